//! What stands beside the documents of a project file? A value for each key; what is the same already is left alone.

use rusqlite::{Connection, OptionalExtension as _};

// A row that is the same already is left alone, so that saving the same project again changes no byte.
const PUT: &str = "INSERT INTO sotplan_meta VALUES (?1, ?2) \
    ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value";

/// Puts a value under its key.
pub(super) fn put(connection: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    connection.execute(PUT, (key, value)).map(drop)
}

/// The value under a key.
pub(super) fn get(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT value FROM sotplan_meta WHERE key = ?1";
    connection.query_row(sql, [key], |row| row.get(0)).optional().map(Option::flatten)
}
