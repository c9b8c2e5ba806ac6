//! What if a library ends the program on bytes from outside? Every reader runs behind this guard: whatever happens
//! inside, the file is refused by name and nothing of it is used.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::IoError;

/// Runs a reader; a panic inside it becomes an error that names the file.
///
/// # Errors
/// Those of the reader, and [`IoError::Panicked`].
pub fn guarded<T>(file: &str, read: impl FnOnce() -> Result<T, IoError>) -> Result<T, IoError> {
    // A reader that is given up leaves nothing behind: what it was making is dropped.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let said = said_by(panic.as_ref());
        Err(IoError::Panicked { file: file.to_owned(), said })
    })
}

/// What a panic said.
#[must_use]
pub fn said_by(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "?".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_names_the_file() {
        let refused = guarded::<()>("areas.geojson", || panic!("index out of bounds"));
        let text = refused.expect_err("refused").to_string();
        assert!(text.contains("areas.geojson") && text.contains("index out of bounds"), "{text}");
        assert!(guarded("x", || Ok(1)).is_ok_and(|one| one == 1));
    }
}
