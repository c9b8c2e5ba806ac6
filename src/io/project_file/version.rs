//! Are the documents of a project file those that were read or written last? If not, somebody else has saved meanwhile.

use sha2::{Digest as _, Sha256};

use super::documents::Documents;
use crate::io::input::hex;

/// Names the documents of a project file: a SHA-256 over their names, versions and texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVersion(String);

impl FileVersion {
    /// As it stands in a file.
    pub(super) fn as_text(&self) -> &str {
        &self.0
    }

    /// As it stood in a file.
    pub(super) const fn from_text(text: String) -> Self {
        Self(text)
    }

    pub(super) fn of(documents: &Documents) -> Self {
        let mut digest = Sha256::new();
        for (name, document) in documents {
            for part in [name.as_bytes(), document.json.as_bytes()] {
                digest.update((part.len() as u64).to_le_bytes());
                digest.update(part);
            }
            digest.update(document.version.to_le_bytes());
        }
        Self(hex(&digest.finalize()))
    }
}
