//! The pictures that lie in a Word file.

/// A picture of the file.
pub struct Media {
    pub name: String,
    pub bytes: Vec<u8>,
}
