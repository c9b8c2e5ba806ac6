//! Which tables does a GeoPackage hold, and how is one of points or areas read as a layer?
//! Tables of roads are `lines::database`'s.

mod schema;
mod shape;
mod system;

use std::borrow::Cow;
use std::iter;
use std::path::Path;
use std::time::Duration;

use geo::CoordsIter as _;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

pub(in crate::io) use self::schema::SCHEMA;
use self::shape::shape;
use self::system::System;
use super::features::{Intake, Placing, remark_file, sample_of};
use super::input::{Input, LoadOptions, Part, ReadLayer};
use super::{IoError, geojson};
use crate::geometry::Crs;
use crate::model::{
    Entry, FeatureTable, KindRule, LayerReport, Message, Refusal, Remark, RemarkKind, Role, recognise,
};
use crate::progress::Progress;

/// How long another program that writes the file is waited for.
const PATIENCE: Duration = Duration::from_millis(1500);

/// A table of features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub geometry: String,
    /// `POINT`, `MULTILINESTRING` …, in capitals.
    pub kind: String,
    /// The system that the file states of it.
    pub system: System,
    /// All columns but the geometry.
    pub columns: Vec<String>,
}

impl Table {
    /// May it hold lines?
    #[must_use]
    pub fn may_hold_lines(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "LINESTRING" | "MULTILINESTRING" | "GEOMETRY" | "GEOMETRYCOLLECTION" | "CURVE" | "MULTICURVE"
        )
    }

    /// May it hold points or areas?
    #[must_use]
    pub fn may_hold_places(&self) -> bool {
        matches!(self.kind.as_str(), "POINT" | "MULTIPOINT" | "POLYGON" | "MULTIPOLYGON" | "GEOMETRY")
    }

    /// Its system, if the program knows it.
    #[must_use]
    pub const fn crs(&self) -> Option<Crs> {
        match self.system {
            System::Known(crs) => Some(crs),
            System::Unknown(_) | System::Unsaid(_) => None,
        }
    }
}

/// What a `GeoPackage` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    pub features: Vec<Table>,
    /// Tables that are not read: pictures, attributes without places.
    pub others: Vec<String>,
    pub is_project: bool,
}

/// A connection that only reads.
pub(in crate::io) fn open(path: &Path) -> rusqlite::Result<Connection> {
    opened(path).map(|(connection, _)| connection)
}

/// A connection that only reads, and whether it takes the file for one that nobody changes.
fn opened(path: &Path) -> rusqlite::Result<(Connection, bool)> {
    let connection = secured(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)?;
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
fn is_left_whole(path: &Path) -> bool {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    let has_changes = std::fs::metadata(beside).is_ok_and(|meta| meta.len() > 0);
    !has_changes && super::content::head(path).is_ok_and(|(head, _)| head.get(18..20) == Some(&[2, 2]))
}

/// A connection to a file that lies where nothing can be written: SQLite is told that nobody changes it, so that it wants
/// no files beside it.
fn unchanging(path: &Path) -> rusqlite::Result<Connection> {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { format!("/{}", text.replace('\\', "/")) } else { text.into_owned() };
    let text = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    secured(Connection::open_with_flags(format!("file:{text}?immutable=1"), flags)?)
}

fn taken_as_whole() -> Message {
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
    let mut statement = connection.prepare(
        "SELECT table_name, column_name, upper(geometry_type_name), srs_id
         FROM gpkg_geometry_columns ORDER BY table_name",
    )?;
    let table = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let found: Vec<(String, String, String, i64)> =
        statement.query_map([], table)?.collect::<Result<_, _>>()?;
    for (name, geometry, kind, number) in found {
        // A table that is only listed is told as not read.
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

/// What a `GeoPackage` holds: a project, or roads, layers of points or areas, and what is not read.
pub(in crate::io) fn parts(
    input: &Input<'_>,
    tells_roads: fn(&Table) -> bool,
    progress: &dyn Progress,
) -> Result<Vec<Part>, IoError> {
    let tables = tables(input, progress)?;
    if tables.is_project {
        let others = tables.features.into_iter().map(|table| Part::Unread(table.name));
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
    // What the layer is is told by the table's name, not by the file's.
    let told_by = format!("{}.geojson", table.name.replace(['/', '\\'], " "));
    let mut report = LayerReport::default();
    remark_file(&mut report, is_taken_as_whole.then(taken_as_whole));
    if is_assumed {
        report.remarks.push(Remark { number: None, kind: RemarkKind::AssumedSweref99Tm, place: None });
    }
    let features = features(&connection, (file, report), table, crs, progress)?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let name = if stem == table.name { stem.to_owned() } else { format!("{stem} – {}", table.name) };
    let part = Some((table.name.clone(), name));
    Ok(ReadLayer { part, told_by: Some(told_by), ..ReadLayer::new(features, crs, is_assumed) })
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

/// The rows of a table, in its own system.
fn features(
    connection: &Connection,
    (file, mut report): (&str, LayerReport),
    table: &Table,
    crs: Crs,
    progress: &dyn Progress,
) -> Result<FeatureTable, IoError> {
    let fault = |error: rusqlite::Error| of_sqlite(file, &error);
    let names = iter::once(&table.geometry).chain(&table.columns).map(|column| quoted(column));
    let names = names.collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT {names} FROM {}", quoted(&table.name));
    let mut statement = connection.prepare(&sql).map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    let key = primary_key(connection, &table.name);
    let key = key.and_then(|key| table.columns.iter().position(|column| *column == key));
    let placing = Placing::new(crs);
    let mut intake = Intake::default();
    let columns: Vec<usize> = table.columns.iter().map(|column| intake.columns.column(column)).collect();
    let mut number = 0u32;
    while let Some(row) = rows.next().map_err(fault)? {
        number = number.saturating_add(1);
        if number.is_multiple_of(512) {
            progress.check()?;
        }
        let mut remarks = Vec::new();
        let said = columns.iter().zip(1..).filter_map(|(column, place)| Some((*column, entry(row, place)?)));
        let said: Vec<(usize, Said<'_>)> = said.collect();
        let mut own_id = None;
        for (column, said) in &said {
            let (name, entry) = (&table.columns[*column], said.entry());
            intake.count(*column, entry);
            if name == "source" && entry == Entry::Text("demo") {
                intake.mark_demo();
            }
            if name == "id" {
                own_id = Some(sample_of(entry).into());
            }
        }
        let key: Option<Box<str>> = key.and_then(|key| match row.get_ref(key + 1) {
            Ok(ValueRef::Integer(id)) => Some(id.to_string().into()),
            _ => None,
        });
        let shape = match row.get_ref(0) {
            Ok(ValueRef::Null) => Err(Refusal::NoGeometry),
            Ok(ValueRef::Blob(blob)) => shape(blob).ok_or_else(unreadable),
            _ => Err(unreadable()),
        };
        let shape = shape.and_then(|shape| geojson::shape_of(&(&shape).into(), &mut remarks));
        let placed = shape.and_then(|shape| placing.place(shape, &mut remarks));
        let said = said.iter().map(|(column, said)| (*column, said.entry()));
        intake.take(number, key.or(own_id), placed, remarks, said);
    }
    report.features_in = number as usize;
    intake.finish(&format!("{file} ({})", table.name), report)
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

fn primary_key(connection: &Connection, table: &str) -> Option<String> {
    let sql = "SELECT name FROM pragma_table_info(?1) WHERE pk = 1";
    connection.query_row(sql, [table], |row| row.get(0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
