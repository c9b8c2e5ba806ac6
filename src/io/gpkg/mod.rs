//! Which tables does a GeoPackage hold, and how is one of points or areas read as a layer?
//! Tables of roads are `lines::database`'s.

mod opening;
mod rows;
mod schema;
mod shape;
mod system;
mod table;

use std::iter;

use geo::CoordsIter as _;
use rusqlite::{Connection, Row};

pub(in crate::io) use self::opening::{of_sqlite, open, quoted};
use self::opening::{opened, taken_as_whole};
pub(in crate::io) use self::rows::{Fault, numbers, parts_of};
pub(in crate::io) use self::schema::SCHEMA;
use self::shape::shape;
#[cfg(feature = "parquet")]
pub(in crate::io) use self::shape::shape_of_wkb;
use self::system::System;
pub use self::table::Table;
use super::IoError;
use super::features::remark_file;
use super::input::{Input, LoadOptions, Part, ReadLayer};
use crate::geometry::Crs;
use crate::model::{KindRule, LayerReport, Message, Remark, RemarkKind, Role, recognise};
use crate::progress::Progress;

/// What a `GeoPackage` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    pub features: Vec<Table>,
    /// Tables that are not read: pictures, attributes without places.
    pub others: Vec<String>,
    pub is_project: bool,
    /// The tables of a project in which its results lie.
    pub results: Vec<String>,
}

/// The tables of a file.
pub(in crate::io) fn tables(input: &Input<'_>, progress: &dyn Progress) -> Result<Tables, IoError> {
    let connection = connected(input, progress)?;
    listed(&connection).map_err(|error| of_sqlite(input.file(), &error))
}

/// A connection to a file that only reads.
pub(in crate::io) fn connected(input: &Input<'_>, progress: &dyn Progress) -> Result<Connection, IoError> {
    connected_told(input, progress).map(|(connection, _)| connection)
}

fn connected_told(input: &Input<'_>, progress: &dyn Progress) -> Result<(Connection, bool), IoError> {
    if !input.head().starts_with(b"SQLite format 3\0") {
        return Err(IoError::UnsupportedFormat { file: input.file().into(), extension: "gpkg".into() });
    }
    opened(input.path(progress)?).map_err(|error| of_sqlite(input.file(), &error))
}

pub(in crate::io) fn listed(connection: &Connection) -> rusqlite::Result<Tables> {
    let has = |table: &str| -> rusqlite::Result<bool> {
        connection.query_row(
            "SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?1",
            [table],
            |row| row.get::<_, i64>(0).map(|count| count > 0),
        )
    };
    let mut out = Tables { is_project: has("sotplan_documents")?, ..Tables::default() };
    if !has("gpkg_geometry_columns")? {
        return Ok(out);
    }
    if out.is_project && has("sotplan_tables")? {
        let mut statement = connection.prepare("SELECT table_name FROM sotplan_tables")?;
        out.results = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    }
    let mut statement = connection.prepare(
        "SELECT table_name, column_name, upper(geometry_type_name), srs_id
         FROM gpkg_geometry_columns ORDER BY table_name",
    )?;
    let table = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let found: Vec<(String, String, String, i64)> =
        statement.query_map([], table)?.collect::<Result<_, _>>()?;
    for (name, geometry, kind, number) in found {
        // A table that is only listed is told as not read; one whose columns have names that are no text too, on which
        // the library would end.
        if !has_sound_names(connection, &name).unwrap_or(true) {
            out.others.push(name);
            continue;
        }
        let Ok(statement) = connection.prepare(&format!("SELECT * FROM {} LIMIT 0", quoted(&name))) else {
            out.others.push(name);
            continue;
        };
        let columns = statement.column_names().filter(|column| **column != geometry);
        let columns = columns.map(str::to_owned).collect();
        let system = System::of(connection, number);
        out.features.push(Table { name, geometry, kind, system, columns });
    }
    if has("gpkg_contents")? {
        // Tables of pictures and of values alone; those that are only listed too.
        let mut statement = connection.prepare("SELECT table_name FROM gpkg_contents ORDER BY 1")?;
        let listed = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        let is_read = |name: &String| out.features.iter().any(|table| table.name.eq_ignore_ascii_case(name));
        let others: Vec<String> =
            listed.into_iter().filter(|name| !is_read(name) && !out.others.contains(name)).collect();
        out.others.extend(others);
    }
    Ok(out)
}

/// Are the names of a table's columns texts?
fn has_sound_names(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare("SELECT CAST(name AS BLOB) FROM pragma_table_xinfo(?1)")?;
    let names = statement.query_map([table], |row| row.get::<_, Vec<u8>>(0))?;
    names
        .map(|name| Ok(std::str::from_utf8(&name?).is_ok()))
        .collect::<rusqlite::Result<Vec<_>>>()
        .map(|all| !all.contains(&false))
}

/// What a `GeoPackage` holds: a project, or roads, layers of points or areas, and what is not read.
pub(in crate::io) fn parts(
    input: &Input<'_>,
    tells_roads: fn(&Table) -> bool,
    progress: &dyn Progress,
) -> Result<Vec<Part>, IoError> {
    let tables = tables(input, progress)?;
    if tables.is_project {
        let others = tables.features.into_iter().filter(|table| !tables.results.contains(&table.name));
        let others = others.map(|table| Part::Unread(table.name));
        return Ok(iter::once(Part::Project).chain(others).collect());
    }
    if tables.features.is_empty() {
        let unread = tables.others.join(", ");
        let message = Message::new(
            format!(
                "GeoPackage-filen har inga lager med punkter, linjer eller ytor ({unread}). Välj en annan fil"
            ),
            format!(
                "the GeoPackage holds no layers of points, lines or areas ({unread}). Choose another file"
            ),
        );
        return Err(IoError::File { file: input.file().into(), message });
    }
    let (roads, others): (Vec<_>, Vec<_>) = tables.features.into_iter().partition(tells_roads);
    let (places, lines): (Vec<_>, Vec<_>) = others.into_iter().partition(Table::may_hold_places);
    let layers = places.into_iter().map(|table| Part::Layer(Some(table.name)));
    let unread = tables.others.into_iter().chain(lines.into_iter().map(|table| table.name)).map(Part::Unread);
    Ok(roads.first().map(|_| Part::Roads).into_iter().chain(layers).chain(unread).collect())
}

/// Reads a table of points or areas as a layer.
fn read_table(
    input: &Input<'_>,
    table: &Table,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let file = input.file();
    let (connection, is_taken_as_whole) = connected_told(input, progress)?;
    let stated = options.crs.or_else(|| table.crs()).or(options.crs_if_unsaid);
    let crs = stated.or_else(|| told_by_numbers(&connection, table)).ok_or_else(|| {
        IoError::UnsupportedCrs { file: format!("{file} ({})", table.name), found: table.system.named() }
    })?;
    let is_assumed = stated.is_none() && crs == Crs::Sweref99Tm;
    let mut report = LayerReport::default();
    remark_file(&mut report, is_taken_as_whole.then(taken_as_whole));
    if is_assumed {
        report.remarks.push(Remark { number: None, kind: RemarkKind::AssumedSweref99Tm, place: None });
    }
    let from = (&connection, input.path(progress)?);
    let features = rows::features(from, (file, report), table, crs, progress)?;
    Ok(ReadLayer::new(features, crs, is_assumed).of_part(file, &table.name))
}

/// The layer of a file: of the table that is named, the only one, or the only one of a role.
///
/// # Errors
/// [`IoError`] with the tables there are, where it is not clear which is meant; when nothing can be used or when
/// cancelled.
pub(in crate::io) fn layer(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let file = input.file();
    let tables = tables(input, progress)?;
    // Water may be a coast, and what is drawn only may be anything.
    let takes_lines = matches!(options.role, Some(Role::Context(_)));
    let is_wanted = |table: &&Table| table.may_hold_places() || takes_lines;
    let places: Vec<&Table> = tables.features.iter().filter(is_wanted).collect();
    let names = || {
        let features = tables.features.iter().map(|table| table.name.as_str());
        features.chain(tables.others.iter().map(String::as_str)).collect::<Vec<_>>().join(", ")
    };
    let unclear =
        |sv: String, en: String| IoError::File { file: file.to_owned(), message: Message::new(sv, en) };
    if let Some(part) = &options.part {
        let found = tables.features.iter().find(|table| table.name == *part).ok_or_else(|| {
            unclear(
                format!("tabellen {part} finns inte i filen. Den har: {}", names()),
                format!("the file has no table {part}. It has: {}", names()),
            )
        })?;
        return read_table(input, found, options, progress);
    }
    match places.as_slice() {
        [] => Err(unclear(
            format!(
                "GeoPackage-filen har ingen tabell med punkter eller ytor ({}). Välj en annan fil",
                names()
            ),
            format!("the GeoPackage has no table of points or areas ({}). Choose another file", names()),
        )),
        [only] => read_table(input, only, options, progress),
        several => {
            let mut fitting = Vec::new();
            for table in several {
                match (read_table(input, table, options, progress), &options.role) {
                    (Ok(read), Some(wanted)) => {
                        let told_by = read.told_by.as_deref().unwrap_or(file);
                        if is_meant(&recognise::role_of(told_by, &read.table), wanted) {
                            fitting.push(read);
                        }
                    }
                    (Err(error @ IoError::Cancelled(_)), _) => return Err(error),
                    _ => {}
                }
            }
            match (fitting.pop(), fitting.is_empty()) {
                (Some(only), true) => Ok(only),
                _ => Err(unclear(
                    format!("filen har flera tabeller ({}). Skriv vilken: {file}:TABELL", names()),
                    format!("the file has several tables ({}). Say which: {file}:TABLE", names()),
                )),
            }
        }
    }
}

/// Is a layer of this recognised role what is asked for?
fn is_meant(found: &Role, wanted: &Role) -> bool {
    match (found, wanted) {
        (Role::Services(KindRule::All(found)), Role::Services(KindRule::All(wanted))) => {
            wanted.iter().all(|kind| found.contains(kind))
        }
        (found, wanted) => std::mem::discriminant(found) == std::mem::discriminant(wanted),
    }
}

/// The system of a table that names none that there is (0, -1, or a number of nobody's), told by the place of its first
/// shape as of a GeoJSON file that names none: SWEREF 99 TM, or degrees.
pub(in crate::io) fn told_by_numbers(connection: &Connection, table: &Table) -> Option<Crs> {
    if !matches!(table.system, System::Unsaid(_)) {
        return None;
    }
    let (geometry, name) = (quoted(&table.geometry), quoted(&table.name));
    let sql = format!("SELECT {geometry} FROM {name} WHERE {geometry} IS NOT NULL LIMIT 1");
    let blob: Vec<u8> = connection.query_row(&sql, [], |row| row.get(0)).ok()?;
    let shape = shape(&blob)?;
    let first = shape.coords_iter().next()?;
    let is_within =
        |x: std::ops::Range<f64>, y: std::ops::Range<f64>| x.contains(&first.x) && y.contains(&first.y);
    if is_within(200_000.0..1_000_000.0, 6_000_000.0..7_800_000.0) {
        Some(Crs::Sweref99Tm)
    } else if is_within(-25.0..45.0, 34.0..72.0) {
        Some(Crs::Wgs84)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::opening::{is_left_whole, unchanging};
    use super::*;
    use crate::model::Entry;

    /// A view that reads a table of functions is read by those who trust the file's schema, and by nobody else.
    #[test]
    fn nothing_hidden_in_a_foreign_schema_is_called() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("foreign.gpkg");
        let trusting = Connection::open(&path).expect("a database");
        trusting
            .execute_batch("CREATE VIEW hidden AS SELECT name FROM pragma_function_list")
            .expect("good SQL");
        let count = |connection: &Connection| {
            connection.query_row("SELECT count(*) FROM hidden", [], |row| row.get::<_, i64>(0))
        };
        assert!(count(&trusting).expect("it trusts") > 0);
        let error = count(&open(&path).expect("it opens")).expect_err("it does not trust");
        assert!(error.to_string().contains("use of virtual table"), "{error}");
    }

    /// A table of one point and a view of it, which the lists name, and two tables that are only listed.
    fn with_view(path: &Path) -> Connection {
        let connection = Connection::open(path).expect("a database");
        connection
            .execute_batch(
                "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
                 CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);
                 CREATE TABLE gpkg_geometry_columns
                   (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
                 CREATE TABLE butiker (fid INTEGER PRIMARY KEY, geom BLOB, namn TEXT);
                 CREATE VIEW öppna AS SELECT fid, geom, namn || '!' AS namn FROM butiker;
                 INSERT INTO gpkg_spatial_ref_sys VALUES (7, 3006);
                 INSERT INTO gpkg_contents VALUES ('butiker', 'features'), ('öppna', 'features'),
                   ('borta', 'features'), ('värden', 'attributes');
                 INSERT INTO gpkg_geometry_columns VALUES ('butiker', 'geom', 'POINT', 7),
                   ('öppna', 'geom', 'POINT', 7), ('borta', 'geom', 'POINT', 7);",
            )
            .expect("good SQL");
        let mut blob = b"GP\0\x01".to_vec();
        blob.extend(3006i32.to_le_bytes());
        blob.push(1);
        blob.extend(1u32.to_le_bytes());
        blob.extend([500_000.0f64, 7_000_000.0].map(f64::to_le_bytes).concat());
        connection.execute("INSERT INTO butiker VALUES (4, ?1, 'Å')", [blob]).expect("a row");
        connection
    }

    #[test]
    fn a_view_is_read_and_what_is_only_listed_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.gpkg");
        drop(with_view(&path));
        let input = Input::open(&path).expect("a file");
        let parts = parts(&input, |_| false, &crate::progress::Unwatched).expect("parts");
        let layers = ["butiker", "öppna"].map(|name| Part::Layer(Some(name.into())));
        let unread = ["borta", "värden"].map(|name| Part::Unread(name.into()));
        assert_eq!(parts, [layers, unread].concat());
        let options = LoadOptions { part: Some("öppna".into()), ..LoadOptions::default() };
        let read = layer(&input, &options, &crate::progress::Unwatched).expect("a layer");
        let row = read.table.row(&read.table.features[0]);
        assert_eq!((row.get("namn"), read.crs), (Some(Entry::Text("Å!")), Crs::Sweref99Tm));
        let gone = LoadOptions { part: Some("borta".into()), ..LoadOptions::default() };
        assert!(layer(&input, &gone, &crate::progress::Unwatched).is_err());
    }

    /// Found by breaking files: names in the schema that are no UTF-8.
    #[test]
    fn a_table_whose_columns_have_names_that_are_no_text_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.gpkg");
        drop(with_view(&path));
        let mut bytes = std::fs::read(&path).expect("a file");
        let at = memchr::memmem::find(&bytes, b"geom BLOB, namn TEXT").expect("the schema") + 12;
        bytes[at] = 0xff;
        std::fs::write(&path, &bytes).expect("written");
        let input = Input::open(&path).expect("a file");
        // The view asks for the name that was.
        let error = crate::io::parts(&input, &crate::progress::Unwatched).expect_err("no layers");
        let said = error.to_string();
        assert!(said.contains("holds no layers") && said.contains("butiker"), "{said}");
    }

    /// SQLite wants to write beside a file in this mode; where it cannot, a file without changes is read as it is.
    #[test]
    fn a_file_that_was_left_in_wal_mode_is_read_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("50 % å?#.gpkg");
        let connection = with_view(&path);
        connection.pragma_update(None, "journal_mode", "wal").expect("wal");
        drop(connection);
        assert!(is_left_whole(&path));
        let frozen = unchanging(&path).expect("it opens");
        let count: i64 =
            frozen.query_row("SELECT count(*) FROM butiker", [], |row| row.get(0)).expect("it reads");
        assert_eq!(count, 1);
        assert!(frozen.execute("DELETE FROM butiker", []).is_err());
        std::fs::write(folder.path().join("50 % å?#.gpkg-wal"), "changes").expect("written");
        assert!(!is_left_whole(&path));
        let rollback = folder.path().join("b.gpkg");
        drop(with_view(&rollback));
        assert!(!is_left_whole(&rollback), "this mode writes nothing when it reads");
    }
}
