//! How are layers written as a GeoPackage of their own? A table of features each, and tables of texts beside them.

use std::path::Path;

use rusqlite::Connection;

use super::outgoing::Outgoing;
use super::tables::{Listed, put_features, put_texts};
use super::texts::TextTable;
use crate::io::IoError;
use crate::io::gpkg::SCHEMA;

/// Writes the file beside its place and moves it there when it is whole: a table each, and tables of texts.
///
/// # Errors
/// [`IoError::Write`] when it cannot be written.
pub fn write(path: &Path, tables: &mut [Outgoing<'_>], texts: &[TextTable]) -> Result<(), IoError> {
    let failed = |source: std::io::Error| IoError::Write { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file =
        tempfile::Builder::new().prefix(".sotplan-").suffix(".tmp").tempfile_in(folder).map_err(failed)?;
    fill(file.path(), tables, texts).map_err(|error| failed(std::io::Error::other(error)))?;
    file.as_file().sync_all().map_err(failed)?;
    readable_by_others(file.as_file()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A temporary file is its owner's alone; what is written is as any other file.
#[cfg(unix)]
fn readable_by_others(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

fn fill(path: &Path, tables: &mut [Outgoing<'_>], texts: &[TextTable]) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    // Nobody sees the file before it is whole.
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    for outgoing in tables {
        put_features(&transaction, outgoing, &Listed::default())?;
    }
    for table in texts {
        put_texts(&transaction, table, &Listed::default())?;
    }
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)
}
