//! Which program saved a project file, and in which versions? For whoever asks what a file is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::FileVersion;
use super::container::{RESCUED_OF, RESCUED_VERSION, SAVED_AT};
use super::trouble::Trouble;
use crate::io::IoError;

/// Which program saved a project file last, and in which versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Of the program.
    pub program: String,
    /// Of the tables.
    pub format: i64,
    /// Of each document, by name.
    pub documents: BTreeMap<String, i64>,
    /// When it was last saved with a change; empty where that is not said.
    pub saved_at: String,
    /// The project file that it is rescued work on.
    pub rescued_of: Option<PathBuf>,
    /// What that file held when it was opened or saved last.
    pub rescued_version: Option<FileVersion>,
}

/// Which program saved a project file.
///
/// # Errors
/// [`IoError`] when it cannot be read.
pub fn origin(path: &Path) -> Result<Origin, IoError> {
    asked(path).map_err(|trouble| trouble.on_read(path))
}

fn asked(path: &Path) -> Result<Origin, Trouble> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    let meta = |key: &str| -> rusqlite::Result<Option<String>> {
        let asked = "SELECT CAST(value AS TEXT) FROM sotplan_meta WHERE key = ?1";
        Ok(connection.query_row(asked, [key], |row| row.get(0)).optional()?.flatten())
    };
    let mut statement = connection.prepare("SELECT name, version FROM sotplan_documents")?;
    let documents = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Origin {
        program: meta("program_version")?.unwrap_or_default(),
        format: meta("format_version")?.and_then(|text| text.parse().ok()).unwrap_or_default(),
        documents: documents.collect::<Result<_, _>>()?,
        saved_at: meta(SAVED_AT)?.unwrap_or_default(),
        rescued_of: meta(RESCUED_OF)?.map(PathBuf::from),
        rescued_version: meta(RESCUED_VERSION)?.filter(|text| !text.is_empty()).map(FileVersion::from_text),
    })
}
