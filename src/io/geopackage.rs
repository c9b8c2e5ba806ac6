//! Which tables does a GeoPackage hold, and how is one of points or areas read as a layer?
//! Tables of roads are `roads::gpkg`'s. Does not know roles: a layer's is recognised as that of any other file.

use std::iter;
use std::path::Path;
use std::time::Duration;

use geo::CoordsIter as _;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

use super::gpkg_shape::shape;
use super::source::{file_name, hex};
use super::{IoError, JsonWriter, LoadOptions, Loaded, load_bytes};
use crate::geometry::Crs;
use crate::model::{KindRule, Message, Role, SourceFile, SourcePlace};
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
    pub epsg: i64,
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
    pub fn crs(&self) -> Option<Crs> {
        u16::try_from(self.epsg).ok().and_then(|epsg| Crs::try_from(epsg).ok())
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
pub(super) fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(PATIENCE)?;
    // The file may come from anybody: no function hidden in its schema is called.
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

/// What SQLite says, in words.
pub(super) fn of_sqlite(file: &str, error: &rusqlite::Error) -> IoError {
    let message = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Message::new(
            "filen är låst av ett annat program, som skriver i den. Stäng den där och öppna den igen",
            "the file is locked by another program that writes to it. Close it there and open it again",
        ),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Message::new(
            "GeoPackage-filen kan inte läsas: den är skadad eller avbruten. Exportera den på nytt",
            "the GeoPackage cannot be read: it is damaged or cut off. Export it again",
        ),
        Some(ErrorCode::CannotOpen) => Message::new(
            "GeoPackage-filen kan inte öppnas, kanske för att dess ändringar ligger i en -wal-fil som inte följt med. Spara den på nytt i programmet som skrev den",
            "the GeoPackage cannot be opened, perhaps since its changes lie in a -wal file that did not come along. Save it again in the program that wrote it",
        ),
        _ => Message::new(
            format!("GeoPackage-filen kan inte läsas (SQLite: {error}). Exportera den på nytt"),
            format!("the GeoPackage cannot be read (SQLite: {error}). Export it again"),
        ),
    };
    IoError::Roads { file: file.to_owned(), message }
}

/// A name as SQL writes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The tables of a `GeoPackage`.
///
/// # Errors
/// [`IoError`] when the file is none, is damaged or locked.
pub fn tables(path: &Path) -> Result<Tables, IoError> {
    tables_of(path, &file_name(path))
}

/// The tables of a database that users know by another name.
fn tables_of(path: &Path, file: &str) -> Result<Tables, IoError> {
    let connection = open(path).map_err(|error| of_sqlite(file, &error))?;
    listed(&connection).map_err(|error| of_sqlite(file, &error))
}

pub(super) fn listed(connection: &Connection) -> rusqlite::Result<Tables> {
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
        "SELECT g.table_name, g.column_name, upper(g.geometry_type_name),
           coalesce(s.organization_coordsys_id, g.srs_id)
         FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
         ORDER BY g.table_name",
    )?;
    let table = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let found: Vec<(String, String, String, i64)> =
        statement.query_map([], table)?.collect::<Result<_, _>>()?;
    for (name, geometry, kind, epsg) in found {
        // A table that is only listed is told as not read.
        let Ok(statement) = connection.prepare(&format!("SELECT * FROM {} LIMIT 0", quoted(&name))) else {
            out.others.push(name);
            continue;
        };
        let columns = statement.column_names().filter(|column| **column != geometry);
        let columns = columns.map(str::to_owned).collect();
        out.features.push(Table { name, geometry, kind, epsg, columns });
    }
    if has("gpkg_contents")? {
        let mut statement = connection
            .prepare("SELECT table_name FROM gpkg_contents WHERE data_type <> 'features' ORDER BY 1")?;
        let others = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        out.others.extend(others);
    }
    Ok(out)
}

/// Reads a table of points or areas as a layer. `path` is where the database lies, `named` the file it is of.
///
/// # Errors
/// [`IoError`] when nothing of it can be used, or when cancelled.
pub fn load_table(
    path: &Path,
    named: &Path,
    table: &Table,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<Loaded, IoError> {
    let file = file_name(named);
    let told = || open(path).ok().and_then(|connection| told_by_numbers(&connection, table));
    let crs =
        options.crs.or_else(|| table.crs()).or(options.crs_if_unsaid).or_else(told).ok_or_else(|| {
            IoError::UnsupportedCrs {
                file: format!("{file} ({})", table.name),
                found: format!("EPSG:{}", table.epsg),
            }
        })?;
    let text = geojson(path, &file, table, progress)?;
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    // What the layer is is told by the table's name, not by the file's.
    let place =
        SourcePlace::File(named.with_file_name(format!("{}.geojson", table.name.replace(['/', '\\'], " "))));
    let options = LoadOptions { crs: Some(crs), part: None, ..options.clone() };
    let loaded = load_bytes(place, &text, &options, progress)?;
    let bytes = std::fs::metadata(named).map_or(0, |meta| meta.len());
    let source = SourceFile {
        place: SourcePlace::File(named.to_owned()),
        sha256: digest(named, progress)?,
        bytes,
        part: Some(table.name.clone()),
        date: loaded.source.date.clone().or_else(|| super::source::date_in_name(&file)),
        ..loaded.source.clone()
    };
    let name = if stem == table.name { stem.to_owned() } else { format!("{stem} – {}", table.name) };
    Ok(Loaded { source, name: Some(name), ..loaded })
}

/// The table that an answer is looked for in: the one that is named, the only one, or the only one of a role.
///
/// # Errors
/// [`IoError`] with the tables there are, where it is not clear which is meant.
pub(super) fn load(
    path: &Path,
    named: &Path,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<Loaded, IoError> {
    let file = file_name(named);
    let tables = tables_of(path, &file)?;
    // Water may be a coast, and what is drawn only may be anything.
    let takes_lines = matches!(options.role, Some(Role::Context(_)));
    let is_wanted = |table: &&Table| table.may_hold_places() || takes_lines;
    let places: Vec<&Table> = tables.features.iter().filter(is_wanted).collect();
    let names = || {
        let names = tables
            .features
            .iter()
            .map(|table| table.name.as_str())
            .chain(tables.others.iter().map(String::as_str));
        names.collect::<Vec<_>>().join(", ")
    };
    let unclear =
        |sv: String, en: String| IoError::Roads { file: file.clone(), message: Message::new(sv, en) };
    if let Some(part) = &options.part {
        let found = tables.features.iter().find(|table| table.name == *part).ok_or_else(|| {
            unclear(
                format!("tabellen {part} finns inte i filen. Den har: {}", names()),
                format!("the file has no table {part}. It has: {}", names()),
            )
        })?;
        return load_table(path, named, found, options, progress);
    }
    match places.as_slice() {
        [] => Err(unclear(
            format!(
                "GeoPackage-filen har ingen tabell med punkter eller ytor ({}). Välj en annan fil",
                names()
            ),
            format!("the GeoPackage has no table of points or areas ({}). Choose another file", names()),
        )),
        [only] => load_table(path, named, only, options, progress),
        several => {
            let recognised = LoadOptions { role: None, ..options.clone() };
            let mut fitting = Vec::new();
            for table in several {
                match (load_table(path, named, table, &recognised, progress), &options.role) {
                    (Ok(loaded), Some(role)) if is_meant(&loaded.role, role) => fitting.push(loaded),
                    (Err(error @ IoError::Cancelled(_)), _) => return Err(error),
                    _ => {}
                }
            }
            match (fitting.pop(), fitting.is_empty(), &options.role) {
                (Some(only), true, Some(role)) => Ok(Loaded { role: role.clone(), ..only }),
                _ => Err(unclear(
                    format!("filen har flera tabeller ({}). Skriv vilken: {file}|layername=TABELL", names()),
                    format!("the file has several tables ({}). Say which: {file}|layername=TABLE", names()),
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

fn digest(path: &Path, progress: &dyn Progress) -> Result<String, IoError> {
    use sha2::Digest as _;
    let open_error = |source| IoError::Open { path: path.to_owned(), source };
    let mut file = std::fs::File::open(path).map_err(open_error)?;
    let mut hasher = sha2::Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        progress.check()?;
        match std::io::Read::read(&mut file, &mut block).map_err(open_error)? {
            0 => return Ok(hex(&hasher.finalize())),
            n => hasher.update(&block[..n]),
        }
    }
}

/// The system of a table that names none that there is (0, -1, or a number of nobody's), told by the place of its first
/// shape as of a GeoJSON file that names none: SWEREF 99 TM, or degrees.
pub(super) fn told_by_numbers(connection: &Connection, table: &Table) -> Option<Crs> {
    // The codes of EPSG; another system is another system.
    const CODES: std::ops::RangeInclusive<i64> = 1024..=32_767;
    if CODES.contains(&table.epsg) {
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

/// The rows of a table as GeoJSON in the table's own system.
fn geojson(path: &Path, file: &str, table: &Table, progress: &dyn Progress) -> Result<Vec<u8>, IoError> {
    let fault = |error: rusqlite::Error| of_sqlite(file, &error);
    let connection = open(path).map_err(fault)?;
    let columns = iter::once(&table.geometry).chain(&table.columns).map(|column| quoted(column));
    let columns = columns.collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT {columns} FROM {}", quoted(&table.name));
    let mut statement = connection.prepare(&sql).map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    let id = primary_key(&connection, &table.name);
    let mut json = JsonWriter::default();
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.key("features");
    json.begin_array();
    let mut count = 0u64;
    while let Some(row) = rows.next().map_err(fault)? {
        count += 1;
        if count.is_multiple_of(512) {
            progress.check()?;
        }
        json.line_break();
        json.begin_object();
        json.member("type", "Feature");
        if let Some(id) = id.as_ref().and_then(|id| table.columns.iter().position(|column| column == id))
            && let Ok(ValueRef::Integer(id)) = row.get_ref(id + 1)
        {
            json.member("id", &id);
        }
        json.key("geometry");
        geometry(&mut json, row);
        json.key("properties");
        properties(&mut json, row, &table.columns);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    Ok(json.into_bytes())
}

fn primary_key(connection: &Connection, table: &str) -> Option<String> {
    let sql = "SELECT name FROM pragma_table_info(?1) WHERE pk = 1";
    connection.query_row(sql, [table], |row| row.get(0)).ok()
}

/// What cannot be read is written as a kind that no reader takes, so that the feature is refused by name.
fn geometry(json: &mut JsonWriter, row: &Row<'_>) {
    let found = match row.get_ref(0) {
        Ok(ValueRef::Null) => return json.value(&serde_json::Value::Null),
        Ok(ValueRef::Blob(blob)) => shape(blob),
        _ => None,
    };
    match found {
        Some(shape) => json.value(&geojson::Geometry::new((&shape).into())),
        None => json.value(&serde_json::json!({ "type": "unreadable" })),
    }
}

fn properties(json: &mut JsonWriter, row: &Row<'_>, columns: &[String]) {
    json.begin_object();
    for (ix, name) in columns.iter().enumerate() {
        match row.get_ref(ix + 1) {
            Ok(ValueRef::Integer(number)) => json.member(name, &number),
            Ok(ValueRef::Real(number)) if number.is_finite() => json.member(name, &number),
            Ok(ValueRef::Text(text)) => json.member(name, String::from_utf8_lossy(text).as_ref()),
            _ => json.member(name, &serde_json::Value::Null),
        }
    }
    json.end_object();
}
