//! What stands beside tables of places? Texts in two columns: a name and what it is.

/// A table of texts without places: what the other tables of a file rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTable {
    pub name: String,
    pub head: [String; 2],
    pub rows: Vec<[String; 2]>,
}
