//! Which source files lie in the project file itself, and how do they come out again? Each under the digest by which the
//! project names it, in parts that are packed, with the files that belong to it. Does not know documents.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use rusqlite::{Connection, OpenFlags, Transaction};
use sha2::{Digest as _, Sha256};

use super::trouble::Trouble;
use crate::io::input::hex;
use crate::io::{IoError, sides};
use crate::model::Message;
use crate::progress::Progress;

/// Bytes of a file that are packed together: one part is held in memory, and no value grows too large for `SQLite`.
const PART: u64 = 4 << 20;

const SCHEMA: &str = r"
CREATE TABLE IF NOT EXISTS sotplan_files (
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    is_main INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (digest, name)
);
CREATE TABLE IF NOT EXISTS sotplan_file_parts (
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    part INTEGER NOT NULL,
    deflated BLOB NOT NULL,
    PRIMARY KEY (digest, name, part)
);
INSERT INTO gpkg_extensions
    SELECT own, NULL, 'sotplan_project', 'The files of a project of the program Sotplan, deflated', 'write-only'
    FROM (SELECT 'sotplan_files' AS own UNION SELECT 'sotplan_file_parts')
    WHERE own NOT IN (SELECT table_name FROM gpkg_extensions WHERE table_name IS NOT NULL);
";

/// A file that lies in a project file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedFile {
    /// The digest by which the project names it, lower-case hex.
    pub digest: String,
    pub name: String,
    /// Unpacked, with the files that belong to it.
    pub bytes: u64,
}

/// A file that is to lie in a project file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToPack {
    pub digest: String,
    pub path: PathBuf,
}

/// The files that lie in a project file.
///
/// # Errors
/// [`IoError`] when it cannot be read.
pub fn list(path: &Path) -> Result<Vec<PackedFile>, IoError> {
    listed(path).map_err(|trouble| trouble.on_read(path))
}

fn listed(path: &Path) -> Result<Vec<PackedFile>, Trouble> {
    let connection = opened(path)?;
    if !has_files(&connection)? {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(
        "SELECT digest, max(CASE WHEN is_main THEN name END), sum(bytes) FROM sotplan_files GROUP BY digest ORDER BY digest",
    )?;
    let rows = statement.query_map([], |row| {
        let bytes = row.get::<_, i64>(2)?;
        let name = row.get::<_, Option<String>>(1)?.unwrap_or_default();
        Ok(PackedFile { digest: row.get(0)?, name, bytes: u64::try_from(bytes).unwrap_or(0) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A connection to a project file that only reads.
pub(super) fn opened(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // The file may come from anybody: no function hidden in its schema is called.
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

fn has_files(connection: &Connection) -> rusqlite::Result<bool> {
    const TABLES: &str = "SELECT count(*) FROM sqlite_schema \
        WHERE type = 'table' AND name IN ('sotplan_files', 'sotplan_file_parts')";
    Ok(connection.query_row(TABLES, [], |row| row.get::<_, i64>(0))? == 2)
}

/// Puts files into a project file; one that lies there already is left alone.
pub(super) fn put(
    transaction: &Transaction<'_>,
    files: &BTreeSet<ToPack>,
    progress: &dyn Progress,
) -> Result<(), Trouble> {
    transaction.execute_batch(SCHEMA)?;
    for file in files {
        if !is_there(transaction, &file.digest)? {
            let all = sides::all_files(&file.path);
            for (nth, path) in all.iter().enumerate() {
                put_one(transaction, &file.digest, path, nth == 0, progress)?;
            }
        }
    }
    Ok(())
}

fn digests(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT DISTINCT digest FROM sotplan_files")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

fn is_there(connection: &Connection, digest: &str) -> rusqlite::Result<bool> {
    connection
        .query_row("SELECT count(*) > 0 FROM sotplan_files WHERE digest = ?1", [digest], |row| row.get(0))
}

fn put_one(
    transaction: &Transaction<'_>,
    digest: &str,
    path: &Path,
    is_main: bool,
    progress: &dyn Progress,
) -> Result<(), Trouble> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let failed = |source| Trouble::Refused(IoError::Open { path: path.into(), source });
    let mut file = File::open(path).map_err(failed)?;
    let mut insert = transaction.prepare("INSERT INTO sotplan_file_parts VALUES (?1, ?2, ?3, ?4)")?;
    let (mut bytes, mut sha256) = (0_u64, Sha256::new());
    for part in 0_i64.. {
        progress.check().map_err(|cancelled| Trouble::Refused(IoError::Cancelled(cancelled)))?;
        let mut plain = Vec::new();
        io::Read::by_ref(&mut file).take(PART).read_to_end(&mut plain).map_err(failed)?;
        if plain.is_empty() {
            break;
        }
        bytes += plain.len() as u64;
        sha256.update(&plain);
        let mut deflated = Vec::new();
        DeflateEncoder::new(plain.as_slice(), Compression::fast())
            .read_to_end(&mut deflated)
            .map_err(failed)?;
        insert.execute((digest, &name, part, deflated))?;
    }
    transaction.execute(
        "INSERT INTO sotplan_files VALUES (?1, ?2, ?3, ?4, ?5)",
        (digest, &name, is_main, i64::try_from(bytes).unwrap_or(i64::MAX), hex(&sha256.finalize())),
    )?;
    Ok(())
}

/// Copies the files of another project file.
pub(super) fn copy(
    transaction: &Transaction<'_>,
    from: &Path,
    progress: &dyn Progress,
) -> Result<(), Trouble> {
    let other = opened(from)?;
    if !has_files(&other)? {
        return Ok(());
    }
    transaction.execute_batch(SCHEMA)?;
    for digest in &digests(&other)? {
        if is_there(transaction, digest)? {
            continue;
        }
        let mut statement =
            other.prepare("SELECT name, is_main, bytes, sha256 FROM sotplan_files WHERE digest = ?1")?;
        let mut rows = statement.query([digest])?;
        while let Some(row) = rows.next()? {
            let (name, is_main): (String, bool) = (row.get(0)?, row.get(1)?);
            let (bytes, sha256): (i64, String) = (row.get(2)?, row.get(3)?);
            transaction.execute(
                "INSERT INTO sotplan_files VALUES (?1, ?2, ?3, ?4, ?5)",
                (digest, name, is_main, bytes, sha256),
            )?;
        }
        let mut statement =
            other.prepare("SELECT name, part, deflated FROM sotplan_file_parts WHERE digest = ?1")?;
        let mut rows = statement.query([digest])?;
        while let Some(row) = rows.next()? {
            progress.check().map_err(|cancelled| Trouble::Refused(IoError::Cancelled(cancelled)))?;
            let (name, part): (String, i64) = (row.get(0)?, row.get(1)?);
            let deflated = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
            transaction.execute(
                "INSERT INTO sotplan_file_parts VALUES (?1, ?2, ?3, ?4)",
                (digest, name, part, deflated),
            )?;
        }
    }
    Ok(())
}

/// Takes out the files that the project no longer names.
pub(super) fn retain(transaction: &Transaction<'_>, named: &BTreeSet<&str>) -> rusqlite::Result<()> {
    if !has_files(transaction)? {
        return Ok(());
    }
    for digest in digests(transaction)?.iter().filter(|digest| !named.contains(digest.as_str())) {
        transaction.execute("DELETE FROM sotplan_file_parts WHERE digest = ?1", [digest])?;
        transaction.execute("DELETE FROM sotplan_files WHERE digest = ?1", [digest])?;
    }
    Ok(())
}

/// Lays a packed file into a folder of its digest below `folder`, and gives its path. What lies there already and is
/// whole is used.
///
/// # Errors
/// [`IoError`] when it is not there, is damaged, cannot be written, or when cancelled.
pub fn unpack(
    project: &Path,
    digest: &str,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<PathBuf, IoError> {
    let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_digest {
        return Err(damaged(project, digest));
    }
    let folder = folder.join(digest);
    let unpacked = Unpacking { project, digest, folder: &folder }.all(progress);
    unpacked.map_err(|trouble| trouble.on_read(project))?.ok_or_else(|| damaged(project, digest))
}

struct Unpacking<'a> {
    project: &'a Path,
    digest: &'a str,
    folder: &'a Path,
}

impl Unpacking<'_> {
    fn all(&self, progress: &dyn Progress) -> Result<Option<PathBuf>, Trouble> {
        let connection = opened(self.project)?;
        if !has_files(&connection)? {
            return Ok(None);
        }
        let mut statement =
            connection.prepare("SELECT name, is_main, sha256 FROM sotplan_files WHERE digest = ?1")?;
        let rows = statement.query_map([self.digest], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows: Vec<(String, bool, String)> = rows.collect::<Result<_, _>>()?;
        let mut main = None;
        for (name, is_main, sha256) in rows {
            // A name of somebody else's file stays in its folder.
            if Path::new(&name).file_name().is_none_or(|own| own != name.as_str()) {
                return Err(Trouble::Refused(damaged(self.project, &name)));
            }
            let to = self.folder.join(&name);
            if own_digest(&to).ok().as_ref() != Some(&sha256) {
                self.one(&connection, &name, &sha256, &to, progress)?;
            }
            if is_main {
                main = Some(to);
            }
        }
        Ok(main)
    }

    fn one(
        &self,
        connection: &Connection,
        name: &str,
        sha256: &str,
        to: &Path,
        progress: &dyn Progress,
    ) -> Result<(), Trouble> {
        let failed = |source| Trouble::Refused(IoError::Write { path: to.into(), source });
        fs::create_dir_all(self.folder).map_err(failed)?;
        let mut file = tempfile::NamedTempFile::new_in(self.folder).map_err(failed)?;
        let mut digest = Sha256::new();
        let mut statement = connection.prepare(
            "SELECT deflated FROM sotplan_file_parts WHERE digest = ?1 AND name = ?2 ORDER BY part",
        )?;
        let mut rows = statement.query((self.digest, name))?;
        while let Some(row) = rows.next()? {
            progress.check().map_err(|cancelled| Trouble::Refused(IoError::Cancelled(cancelled)))?;
            let deflated = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            let mut plain = Vec::new();
            // No part holds more, whatever it claims.
            let read = DeflateDecoder::new(deflated).take(PART).read_to_end(&mut plain);
            read.map_err(|_| Trouble::Refused(damaged(self.project, name)))?;
            digest.update(&plain);
            file.write_all(&plain).map_err(failed)?;
        }
        if hex(&digest.finalize()) != sha256 {
            return Err(Trouble::Refused(damaged(self.project, name)));
        }
        file.persist(to).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

fn own_digest(path: &Path) -> io::Result<String> {
    let mut sha256 = Sha256::new();
    let mut file = File::open(path)?;
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hex(&sha256.finalize())),
            read => sha256.update(&block[..read]),
        }
    }
}

fn damaged(project: &Path, name: &str) -> IoError {
    let message = Message::new(
        format!(
            "den packade filen ”{name}” saknas eller är skadad. Be om projektfilen på nytt, eller öppna den bredvid sina källfiler"
        ),
        format!(
            "the packed file “{name}” is missing or damaged. Ask for the project file again, or open it beside its source files"
        ),
    );
    IoError::Project { path: project.into(), message }
}
