//! What do the rows of a table hold? Read side by side over parts of them, each thread by a connection of its own.

use std::borrow::Cow;
use std::iter;
use std::ops::RangeInclusive;
use std::path::Path;

use rayon::prelude::*;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::opening::{of_sqlite, open, quoted};
use super::shape::shape;
use super::table::Table;
use crate::geometry::Crs;
use crate::io::IoError;
use crate::io::features::rows::{Columns, RowIn};
use crate::io::features::{Intake, Placing};
use crate::model::{Entry, FeatureTable, LayerReport, Message, Refusal};
use crate::progress::{Cancelled, Progress};

/// Rows of a part that is read by itself.
const PART_ROWS: i64 = 1024;

/// Why a part of a table could not be read.
pub(in crate::io) enum Fault {
    Sqlite(rusqlite::Error),
    Cancelled(Cancelled),
}

impl Fault {
    pub fn error(self, file: &str) -> IoError {
        match self {
            Self::Cancelled(cancelled) => IoError::Cancelled(cancelled),
            Self::Sqlite(error) => of_sqlite(file, &error),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Cancelled> for Fault {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

/// The numbers of a table's rows, if they have any that are theirs alone.
pub(in crate::io) fn numbers(connection: &Connection, table: &str) -> Option<RangeInclusive<i64>> {
    let count = |sql: &str| connection.query_row(sql, [table], |row| row.get::<_, i64>(0)).ok();
    let is_table =
        count("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1").is_some_and(|n| n > 0);
    // A column that is called so hides them.
    let is_hidden =
        count("SELECT count(*) FROM pragma_table_info(?1) WHERE lower(name) = 'rowid'") != Some(0);
    if !is_table || is_hidden {
        return None;
    }
    let sql = format!("SELECT min(rowid), max(rowid) FROM {}", quoted(table));
    let ends: (Option<i64>, Option<i64>) =
        connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?))).ok()?;
    Some(ends.0?..=ends.1?)
}

/// Row numbers in parts of [`PART_ROWS`]; a file that claims numbers far apart gets few and wide ones.
pub(in crate::io) fn parts_of(rows: &RangeInclusive<i64>) -> impl Iterator<Item = RangeInclusive<i64>> {
    const MOST: i64 = 4096;
    let (first, last) = (*rows.start(), *rows.end());
    let step = (last.saturating_sub(first) / MOST).max(PART_ROWS);
    let mut next = Some(first);
    iter::from_fn(move || {
        let from = next.filter(|from| *from <= last)?;
        let to = from.saturating_add(step - 1).min(last);
        next = to.checked_add(1);
        Some(from..=to)
    })
}

/// The rows of a table, in its own system.
pub(super) fn features(
    (connection, path): (&Connection, &Path),
    (file, mut report): (&str, LayerReport),
    table: &Table,
    crs: Crs,
    progress: &dyn Progress,
) -> Result<FeatureTable, IoError> {
    let reading = Reading {
        table,
        key: primary_key(connection, &table.name)
            .filter(|_| !has_own_ids(connection, table))
            .and_then(|key| table.columns.iter().position(|column| *column == key)),
        is_flag: flags(connection, table),
        placing: Placing::new(crs),
        progress,
    };
    let parts = match numbers(connection, &table.name) {
        Some(rows) => {
            let parts: Vec<_> = parts_of(&rows).collect();
            let read = |own: &mut rusqlite::Result<Connection>, part: &RangeInclusive<i64>| match own {
                Ok(own) => reading.part(own, Some(part)),
                // Once more, to say why.
                Err(_) => reading.part(&open(path)?, Some(part)),
            };
            parts.par_iter().map_init(|| open(path), read).collect::<Result<Vec<_>, Fault>>()
        }
        None => reading.part(connection, None).map(|part| vec![part]),
    };
    let mut all = Intake::default();
    let mut number = 0u32;
    for (mut part, rows) in parts.map_err(|fault| fault.error(file))? {
        part.count_on(number);
        all.append(part);
        number = number.saturating_add(rows);
    }
    report.features_in = number as usize;
    all.finish(&format!("{file} ({})", table.name), report)
}

/// What every part is read by.
struct Reading<'a> {
    table: &'a Table,
    /// The column of the primary key, which is the id of a row that names none.
    key: Option<usize>,
    /// By column: it is declared to hold yes and no, which stand as 1 and 0.
    is_flag: Vec<bool>,
    placing: Placing,
    progress: &'a dyn Progress,
}

impl Reading<'_> {
    /// Reads the rows of a part, numbered from 1, and how many they are; all rows where there are no parts.
    fn part(
        &self,
        connection: &Connection,
        part: Option<&RangeInclusive<i64>>,
    ) -> Result<(Intake, u32), Fault> {
        let names = iter::once(&self.table.geometry).chain(&self.table.columns).map(|column| quoted(column));
        let names = names.collect::<Vec<_>>().join(", ");
        let within = if part.is_some() { "WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid" } else { "" };
        let sql = format!("SELECT {names} FROM {} {within}", quoted(&self.table.name));
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = match part {
            Some(part) => statement.query([part.start(), part.end()])?,
            None => statement.query([])?,
        };
        let mut intake = Intake::default();
        let columns = Columns::new(&self.table.columns, &mut intake);
        let mut number = 0u32;
        while let Some(row) = rows.next()? {
            if number.is_multiple_of(512) {
                self.progress.check()?;
            }
            number = number.saturating_add(1);
            self.take(row, number, &columns, &mut intake);
        }
        Ok((intake, number))
    }

    fn take(&self, row: &Row<'_>, number: u32, columns: &Columns, intake: &mut Intake) {
        let said = (0..self.table.columns.len()).filter_map(|column| Some((column, entry(row, column + 1)?)));
        let said: Vec<(usize, Said<'_>)> = said.collect();
        let shape = match row.get_ref(0) {
            Ok(ValueRef::Null) => Err(Refusal::NoGeometry),
            Ok(ValueRef::Blob(blob)) => shape(blob).ok_or_else(unreadable),
            _ => Err(unreadable()),
        };
        let key = self.key.and_then(|key| match row.get_ref(key + 1) {
            Ok(ValueRef::Integer(id)) => Some(id.to_string().into()),
            _ => None,
        });
        let said = said.iter().map(|(column, said)| match (said, self.is_flag[*column]) {
            (Said::Integer(number @ 0..=1), true) => (*column, Entry::Flag(*number == 1)),
            (said, _) => (*column, said.entry()),
        });
        let said = said.collect();
        columns.take(RowIn { number, id: key, shape, remarks: Vec::new(), said }, &self.placing, intake);
    }
}

fn unreadable() -> Refusal {
    let message = Message::new(
        "geometrin kan inte läsas eller är en kurva",
        "the geometry cannot be read or is a curve",
    );
    Refusal::BadGeometry { message }
}

/// A value of a row; nothing for null and for blobs.
enum Said<'a> {
    Integer(i64),
    Real(f64),
    Text(Cow<'a, str>),
}

impl Said<'_> {
    fn entry(&self) -> Entry<'_> {
        match self {
            Self::Integer(number) => Entry::Integer(*number),
            Self::Real(number) => Entry::Real(*number),
            Self::Text(text) => Entry::Text(text),
        }
    }
}

fn entry<'a>(row: &'a Row<'_>, place: usize) -> Option<Said<'a>> {
    match row.get_ref(place) {
        Ok(ValueRef::Integer(number)) => Some(Said::Integer(number)),
        Ok(ValueRef::Real(number)) if number.is_finite() => Some(Said::Real(number)),
        Ok(ValueRef::Text(text)) => Some(Said::Text(String::from_utf8_lossy(text))),
        _ => None,
    }
}

/// Does a column `id` tell all rows apart? It stays the same when the table is written anew, which the row's number in
/// the database does not.
fn has_own_ids(connection: &Connection, table: &Table) -> bool {
    let sql = format!("SELECT COUNT(*) = COUNT(DISTINCT \"id\") FROM {}", quoted(&table.name));
    table.columns.iter().any(|column| column == "id")
        && connection.query_row(&sql, [], |row| row.get(0)).unwrap_or(false)
}

/// Which columns of a table are declared to hold yes and no?
fn flags(connection: &Connection, table: &Table) -> Vec<bool> {
    let sql = "SELECT lower(type) IN ('boolean', 'bool') FROM pragma_table_info(?1) WHERE name = ?2";
    let is_flag =
        |column: &String| connection.query_row(sql, [&table.name, column], |row| row.get(0)).unwrap_or(false);
    table.columns.iter().map(is_flag).collect()
}

fn primary_key(connection: &Connection, table: &str) -> Option<String> {
    let sql = "SELECT name FROM pragma_table_info(?1) WHERE pk = 1";
    connection.query_row(sql, [table], |row| row.get(0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::{LoadOptions, load_file};
    use crate::progress::Unwatched;

    fn blob(e: f64, n: f64) -> Vec<u8> {
        let mut blob = b"GP\0\x01".to_vec();
        blob.extend(3006i32.to_le_bytes());
        blob.push(1);
        blob.extend(1u32.to_le_bytes());
        blob.extend([e, n].map(f64::to_le_bytes).concat());
        blob
    }

    /// A table of many rows with gaps in their numbers, one of them without a shape and one with none that is.
    fn database(path: &Path, columns: &str) -> Connection {
        let connection = Connection::open(path).expect("a database");
        connection
            .execute_batch(&format!(
                "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);
                 CREATE TABLE gpkg_geometry_columns
                   (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
                 INSERT INTO gpkg_spatial_ref_sys VALUES (7, 3006);
                 INSERT INTO gpkg_geometry_columns VALUES ('t', 'geom', 'POINT', 7);
                 CREATE TABLE t ({columns});
                 BEGIN"
            ))
            .expect("good SQL");
        for at in 0..5000i64 {
            let blob = match at {
                2500 => None,
                3500 => Some(b"none".to_vec()),
                _ => Some(blob(500_000.0 + f64::from(i32::try_from(at).expect("small")), 7_000_000.0)),
            };
            let number = if at < 4000 { at } else { at * 1000 };
            connection.execute("INSERT INTO t VALUES (?1, ?2, ?3)", (number, blob, at)).expect("a row");
        }
        connection.execute_batch("COMMIT").expect("done");
        connection
    }

    #[test]
    fn rows_read_side_by_side_are_numbered_as_they_stand() {
        let folder = tempfile::tempdir().expect("a folder");
        // A column that is called as the numbers are hides them: such a table is read as a whole.
        for (columns, is_numbered) in [
            ("fid INTEGER PRIMARY KEY, geom BLOB, nr INTEGER", true),
            ("rowid INTEGER, geom BLOB, nr INTEGER", false),
            ("fid INTEGER, geom BLOB, nr INTEGER, PRIMARY KEY (nr)) WITHOUT ROWID; SELECT (1", false),
        ] {
            let path = folder.path().join(format!("{}.gpkg", columns.len()));
            let connection = database(&path, columns);
            assert_eq!(numbers(&connection, "t").is_some(), is_numbered, "{columns}");
            drop(connection);
            let table = load_file(&path, &LoadOptions::default(), &Unwatched).expect("a layer").table;
            let refused: Vec<_> =
                table.report.refused.iter().map(|refused| (refused.number, refused.reason.code())).collect();
            assert_eq!(refused, [(2501, "no_geometry"), (3501, "bad_geometry")]);
            assert_eq!((table.report.features_in, table.features.len()), (5000, 4998));
            for feature in &table.features {
                let number = i64::from(feature.number) - 1;
                assert_eq!(table.row(feature).get("nr"), Some(Entry::Integer(number)));
                assert!((feature.point.e - 500_000.0 - f64::from(feature.number - 1)).abs() < 1e-6);
            }
            let column = table.column("nr").expect("a column");
            assert_eq!((column.filled, column.samples.join(" ")), (5000, "0 1 2 3".to_owned()));
        }
    }
}
