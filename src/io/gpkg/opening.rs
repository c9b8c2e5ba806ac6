//! How is a database opened that others may be writing to, that lies where nothing can be written, or that is hostile?

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::io::IoError;
use crate::model::Message;

/// How long another program that writes the file is waited for.
const PATIENCE: Duration = Duration::from_millis(1500);

/// A connection that only reads.
pub(in crate::io) fn open(path: &Path) -> rusqlite::Result<Connection> {
    opened(path).map(|(connection, _)| connection)
}

/// A connection that only reads, and whether it takes the file for one that nobody changes.
pub(super) fn opened(path: &Path) -> rusqlite::Result<(Connection, bool)> {
    // A connection is used by one thread at a time, so that SQLite need not lock for each value.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = secured(Connection::open_with_flags(path, flags)?)?;
    // Opening alone reads nothing.
    match connection.query_row("PRAGMA schema_version", [], |_| Ok(())) {
        Ok(()) => Ok((connection, false)),
        Err(error) if cannot_write(&error) && is_left_whole(path) => Ok((unchanging(path)?, true)),
        Err(error) => Err(error),
    }
}

fn secured(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(PATIENCE)?;
    // The file may come from anybody: no function hidden in its schema is called.
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

fn cannot_write(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// Is a file in the mode in which changes are written beside it (bytes 18 and 19 are 2), and are there none?
pub(super) fn is_left_whole(path: &Path) -> bool {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    let has_changes = std::fs::metadata(beside).is_ok_and(|meta| meta.len() > 0);
    !has_changes && crate::io::content::head(path).is_ok_and(|(head, _)| head.get(18..20) == Some(&[2, 2]))
}

/// A connection to a file that lies where nothing can be written: SQLite is told that nobody changes it, so that it wants
/// no files beside it.
pub(super) fn unchanging(path: &Path) -> rusqlite::Result<Connection> {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { format!("/{}", text.replace('\\', "/")) } else { text.into_owned() };
    let text = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    secured(Connection::open_with_flags(format!("file:{text}?immutable=1"), flags)?)
}

pub(super) fn taken_as_whole() -> Message {
    Message::new(
        "filen är lämnad i ett läge där ändringar skrivs bredvid den (WAL), i en mapp som inte går att skriva i. Inga ändringar ligger bredvid, så den är läst som den är",
        "the file was left in a mode in which changes are written beside it (WAL), in a folder that cannot be written. No changes lie beside it, so it is read as it is",
    )
}

/// What SQLite says, in words.
pub(in crate::io) fn of_sqlite(file: &str, error: &rusqlite::Error) -> IoError {
    let message = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Message::new(
            "filen är låst av ett annat program, som skriver i den. Stäng den där och öppna den igen",
            "the file is locked by another program that writes to it. Close it there and open it again",
        ),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Message::new(
            "GeoPackage-filen kan inte läsas: den är skadad eller avbruten. Exportera den på nytt",
            "the GeoPackage cannot be read: it is damaged or cut off. Export it again",
        ),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => Message::new(
            "GeoPackage-filen kan inte öppnas, kanske för att dess ändringar ligger i en -wal-fil som inte följt med, eller i en mapp som inte går att skriva i. Kopiera filen, med sin -wal-fil om den har en, till en mapp där du kan skriva, eller spara den på nytt i programmet som skrev den",
            "the GeoPackage cannot be opened, perhaps because its changes lie in a -wal file that did not come along, or in a folder that cannot be written. Copy the file, with its -wal file if it has one, to a folder where you can write, or save it again in the program that wrote it",
        ),
        _ => Message::new(
            format!("GeoPackage-filen kan inte läsas (SQLite: {error}). Exportera den på nytt"),
            format!("the GeoPackage cannot be read (SQLite: {error}). Export it again"),
        ),
    };
    IoError::File { file: file.to_owned(), message }
}

/// A name as SQL writes it.
pub(in crate::io) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
