//! How do documents come into a `GeoPackage` and out of it? One transaction each way.
//! A `GeoPackage`, so that QGIS and GDAL open the file too. Does not know what the documents hold.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, ffi};

use super::documents::{self, Document, Documents};
use super::meta;
use super::packed::{self, ToPack};
use super::result_tables::{self, KnownTable, ResultTables};
use super::trouble::{FORMAT_VERSION, Trouble, not_saved};
use super::version::FileVersion;
use crate::io::gpkg::SCHEMA;
use crate::io::{IoError, OpenBy};
use crate::lang::{Lang, Said};
use crate::model::Message;
use crate::progress::Progress;

const SQLITE_MAGIC: &[u8] = b"SQLite format 3\0";

/// Our two tables beside those of every `GeoPackage`, named as an extension.
/// `write-only`: whoever does not know them can still read everything else.
const OWN_SCHEMA: &str = r"
INSERT INTO gpkg_extensions VALUES
    ('sotplan_documents', NULL, 'sotplan_project', 'The project of the program Sotplan, as JSON documents', 'write-only'),
    ('sotplan_meta', NULL, 'sotplan_project', 'The project of the program Sotplan, as JSON documents', 'write-only');

CREATE TABLE sotplan_documents (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE TABLE sotplan_meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT
);
";

// A row that is the same already is left alone, so that saving the same project again changes no byte.
const PUT_DOCUMENT: &str = "INSERT INTO sotplan_documents VALUES (?1, ?2, ?3) \
    ON CONFLICT (name) DO UPDATE SET version = excluded.version, json = excluded.json \
    WHERE version IS NOT excluded.version OR json IS NOT excluded.json";

/// The documents of a project file.
///
/// # Errors
/// See [`super::open`].
pub fn read(path: &Path) -> Result<Documents, IoError> {
    if header(path)?.is_empty() {
        let file =
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
        return Err(IoError::Empty { file });
    }
    let advice = Message::new(
        "Öppna ett projekt som Sotplan har sparat; vägar i en GeoPackage öppnas med Öppna vägar",
        "Open a project that Sotplan has saved; roads in a GeoPackage are opened with Open roads",
    );
    look(path, &advice)
}

/// The project file that rescued work is on: empty where it has none; and what that held when it was opened or saved last.
#[derive(Debug, Clone, Copy)]
pub struct RescuedOf<'a> {
    pub path: &'a Path,
    pub version: Option<&'a FileVersion>,
}

/// What a project file is to hold.
pub struct Contents<'a> {
    pub documents: &'a Documents,
    /// The digests of all source files that the documents name: others that lie in the file are taken out. `None` where
    /// not all of them are known: then nothing is.
    pub named: Option<BTreeSet<&'a str>>,
    /// Another project file, whose packed files come along.
    pub packed_in: Option<&'a Path>,
    /// Files to be packed.
    pub to_pack: BTreeSet<ToPack>,
    /// The tables of results of just this project; where there are none, those of before are kept, marked as out of date.
    pub results: Option<&'a ResultTables<'a>>,
    /// What the file has to hold to be written over; `None` writes over any project.
    pub expected: Option<&'a FileVersion>,
    /// Who saves, and when.
    pub by: Option<&'a OpenBy>,
    /// The project file that this is rescued work on.
    pub rescued_of: Option<RescuedOf<'a>>,
    pub progress: &'a dyn Progress,
}

impl Contents<'_> {
    /// Puts everything in; gives what the file holds then.
    fn put(&self, transaction: &Transaction<'_>, before: &Documents) -> Result<FileVersion, Trouble> {
        put(transaction, self.documents)?;
        let before = FileVersion::of(before);
        let after = FileVersion::of(&documents_of(transaction)?);
        // Who saved last is of interest only where something was changed: saving the same again changes no byte.
        if let Some(by) = self.by.filter(|_| before != after) {
            meta::put(transaction, SAVED_BY, &by.who)?;
            meta::put(transaction, SAVED_ON, &by.computer)?;
            meta::put(transaction, SAVED_AT, &by.since)?;
        }
        if let Some(of) = self.rescued_of {
            meta::put(transaction, RESCUED_OF, &of.path.to_string_lossy())?;
            meta::put(transaction, RESCUED_VERSION, of.version.map_or("", FileVersion::as_text))?;
        }
        if let Some(other) = self.packed_in {
            packed::copy(transaction, other, self.progress)?;
        }
        if let Some(named) = &self.named {
            packed::retain(transaction, named)?;
        }
        if !self.to_pack.is_empty() {
            packed::put(transaction, &self.to_pack, self.progress)?;
        }
        match self.results {
            Some(results) => result_tables::put(transaction, results, self.progress)?,
            None => result_tables::mark_if_old(transaction)?,
        }
        Ok(after)
    }

    /// Nothing is written over that somebody else has saved meanwhile.
    fn refuse_changed(
        &self,
        path: &Path,
        transaction: &Transaction<'_>,
        found: &Documents,
    ) -> Result<(), Trouble> {
        if self.expected.is_none_or(|expected| *expected == FileVersion::of(found)) {
            return Ok(());
        }
        let by = saved_by_of(transaction)?;
        Err(Trouble::Refused(IoError::ProjectChanged { path: path.into(), by }))
    }
}

/// Who saved last, at which computer, and when.
const SAVED_BY: &str = "saved_by";
const SAVED_ON: &str = "saved_on";
pub(super) const SAVED_AT: &str = "saved_at";

/// The project file that rescued work belongs to.
pub(super) const RESCUED_OF: &str = "rescued_of";
pub(super) const RESCUED_VERSION: &str = "rescued_version";

fn saved_by_of(connection: &Connection) -> rusqlite::Result<OpenBy> {
    let of = |key: &str| Ok::<_, rusqlite::Error>(meta::get(connection, key)?.unwrap_or_default());
    Ok(OpenBy { who: of(SAVED_BY)?, computer: of(SAVED_ON)?, since: of(SAVED_AT)? })
}

/// Who saved a project file last, and when.
///
/// # Errors
/// [`IoError`] when it cannot be read.
pub fn saved_by(path: &Path) -> Result<OpenBy, IoError> {
    let asked = || Ok::<_, Trouble>(saved_by_of(&packed::opened(path)?)?);
    asked().map_err(|trouble| trouble.on_read(path))
}

/// Writes a project into a new file or over that of an existing one.
///
/// # Errors
/// See [`super::save`].
pub fn write(path: &Path, contents: &Contents<'_>) -> Result<FileVersion, IoError> {
    match header(path) {
        Err(IoError::Open { source, .. }) if source.kind() == ErrorKind::NotFound => create(path, contents),
        Err(IoError::Open { path, source }) => Err(IoError::Write { path, source }),
        Err(error) => Err(error),
        // Nothing can be lost: what some file dialogs leave, or a crash of the system.
        Ok(header) if header.is_empty() => create(path, contents),
        Ok(_) => {
            // Read-only first: a foreign file is not even touched.
            look(path, &Message::new("Spara under ett annat namn", "Save under another name"))
                .map_err(not_saved)?;
            update(path, contents).map_err(|error| error.on_write(path))
        }
    }
}

/// The first bytes of a file.
fn header(path: &Path) -> Result<Vec<u8>, IoError> {
    let open_error = |source| IoError::Open { path: path.into(), source };
    let file = File::open(path).map_err(open_error)?;
    if file.metadata().map_err(open_error)?.is_dir() {
        return Err(open_error(ErrorKind::IsADirectory.into()));
    }
    let mut bytes = Vec::with_capacity(100);
    file.take(100).read_to_end(&mut bytes).map_err(open_error)?;
    Ok(bytes)
}

/// Reads the documents of a file that is not empty, or says what it is instead and what to do.
fn look(path: &Path, advice: &Message) -> Result<Documents, IoError> {
    let refused = |sv: &str, en: &str| IoError::Project {
        path: path.into(),
        message: Message::new(
            format!("{sv}. {}", advice.said(Lang::Sv)),
            format!("{en}. {}", advice.said(Lang::En)),
        ),
    };
    let header = header(path)?;
    if !header.starts_with(SQLITE_MAGIC) {
        return Err(refused("den är inget Sotplan-projekt", "it is not a Sotplan project"));
    }
    if header.get(68..72) != Some(b"GPKG") {
        return Err(refused(
            "den är en databas, men inget Sotplan-projekt",
            "it is a database, but not a Sotplan project",
        ));
    }
    let found = match read_with(path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        // A save was cut short by a crash: SQLite restores the last whole state, for which it must write.
        Err(Trouble::Sql(rusqlite::Error::SqliteFailure(error, _)))
            if error.extended_code == ffi::SQLITE_READONLY_ROLLBACK =>
        {
            read_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        }
        found => found,
    };
    let documents = found.map_err(|trouble| match trouble {
        Trouble::NotAProject => refused(
            "den är en GeoPackage utan Sotplan-projekt",
            "it is a GeoPackage without a Sotplan project",
        ),
        other => other.on_read(path),
    })?;
    documents::refuse_newer(path, &documents)?;
    Ok(documents)
}

fn read_with(path: &Path, flags: OpenFlags) -> Result<Documents, Trouble> {
    let mut connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // The file may come from anybody: no function hidden in its schema is called.
    connection.pragma_update(None, "trusted_schema", false)?;
    // One transaction, so that a save in between is seen whole or not at all.
    let transaction = connection.transaction()?;
    documents_of(&transaction)
}

fn documents_of(connection: &Connection) -> Result<Documents, Trouble> {
    const TABLES: &str = "SELECT count(*) FROM sqlite_schema \
        WHERE type = 'table' AND name IN ('sotplan_documents', 'sotplan_meta')";
    const FORMAT: &str = "SELECT CAST(value AS INTEGER) FROM sotplan_meta WHERE key = 'format_version'";
    if connection.query_row(TABLES, [], |row| row.get::<_, i64>(0))? != 2 {
        return Err(Trouble::NotAProject);
    }
    let format: i64 = connection.query_row(FORMAT, [], |row| row.get(0))?;
    if format > FORMAT_VERSION {
        return Err(Trouble::NewerFormat(format));
    }
    let mut statement = connection.prepare("SELECT name, version, json FROM sotplan_documents")?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, Document { version: row.get(1)?, json: row.get(2)? })))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Changes an existing project file in one transaction.
fn update(path: &Path, contents: &Contents<'_>) -> Result<FileVersion, Trouble> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // QGIS leaves a write-ahead log while it has the file open; then the log keeps the save whole instead.
    let _ = connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()));
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Again, now that nobody else can write.
    let found = documents_of(&transaction)?;
    documents::refuse_newer(path, &found).map_err(Trouble::Refused)?;
    contents.refuse_changed(path, &transaction, &found)?;
    let version = contents.put(&transaction, &found)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(version)
}

/// Writes a new project file beside its place and moves it there when it is whole.
fn create(path: &Path, contents: &Contents<'_>) -> Result<FileVersion, IoError> {
    let write_error = |source| IoError::Write { path: path.into(), source };
    let temporary = Temporary::beside(path).map_err(write_error)?;
    let version = fill(&temporary.0, contents).map_err(|trouble| trouble.on_write(path))?;
    // Somebody else may have put a file there meanwhile.
    if fs::metadata(path).is_ok_and(|meta| meta.len() > 0) {
        return Err(write_error(ErrorKind::AlreadyExists.into()));
    }
    fs::rename(&temporary.0, path).map_err(write_error)?;
    // The new name must outlast a power cut as well; not every system lets a folder be opened.
    if let Some(folder) = File::open(folder_of(path)).ok().filter(|_| cfg!(unix)) {
        let _ = folder.sync_all();
    }
    Ok(version)
}

fn fill(path: &Path, contents: &Contents<'_>) -> Result<FileVersion, Trouble> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(SCHEMA)?;
    transaction.execute_batch(OWN_SCHEMA)?;
    let version = contents.put(&transaction, &Documents::new())?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(version)
}

fn put(connection: &Transaction<'_>, documents: &Documents) -> Result<(), Trouble> {
    let mut statement = connection.prepare(PUT_DOCUMENT)?;
    for (name, document) in documents {
        statement.execute((name, document.version, &document.json))?;
    }
    meta::put(connection, "format_version", &FORMAT_VERSION.to_string())?;
    meta::put(connection, "program_version", env!("CARGO_PKG_VERSION"))?;
    Ok(())
}

/// The tables of results that lie in a project file.
///
/// # Errors
/// [`IoError`] when it cannot be read.
pub fn result_tables_of(path: &Path) -> Result<Vec<KnownTable>, IoError> {
    let listed = || -> Result<Vec<KnownTable>, Trouble> {
        let mut connection = packed::opened(path)?;
        let transaction = connection.transaction()?;
        Ok(result_tables::list(&transaction)?)
    };
    listed().map_err(|trouble| trouble.on_read(path))
}

/// A file that goes away again unless it was moved to its place.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(path: &Path) -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
        loop {
            let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let temporary = folder_of(path).join(format!(".{name}.{process}-{count}.tmp"));
            match OpenOptions::new().write(true).create_new(true).open(&temporary) {
                // Left by a process of the same number long ago.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                result => return result.map(|_| Self(temporary)),
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        let mut journal = self.0.clone().into_os_string();
        journal.push("-journal");
        let _ = fs::remove_file(journal);
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
