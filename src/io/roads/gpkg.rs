//! Which lines does a GeoPackage hold? Every table of lines, with its columns and its reference system.
//! Does not know what columns mean.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use geozero::wkb::GpkgWkb;
use geozero::{GeomProcessor, GeozeroGeometry};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use serde_json::{Map, Value};

use super::columns::Chosen;
use super::lines::LineBuilder;
use super::{RoadOptions, digest, size};
use crate::geometry::{AREA_OF_USE, Crs, LonLat, Reprojection};
use crate::io::IoError;
use crate::io::source::date_in_name;
use crate::model::roads::Roads;
use crate::model::{Message, SourceFile, SourcePlace};
use crate::progress::Progress;

/// Begins every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

pub(super) fn is_gpkg(path: &Path) -> Result<bool, IoError> {
    size(path)?;
    let mut start = Vec::new();
    let open_error = |source| IoError::Open { path: path.to_owned(), source };
    let file = File::open(path).map_err(open_error)?;
    file.take(MAGIC.len() as u64).read_to_end(&mut start).map_err(open_error)?;
    Ok(start == MAGIC)
}

/// A table of lines.
struct Table {
    name: String,
    geometry: String,
    epsg: i64,
    columns: Vec<String>,
}

/// Reads every table of lines.
pub(super) fn read(
    path: &Path,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<(SourceFile, Roads), IoError> {
    let mut source = SourceFile {
        place: SourcePlace::File(path.to_owned()),
        sha256: digest(path, progress).map_err(|problem| problem.of_file(path))?,
        bytes: size(path)?,
        crs: Crs::default(),
        crs_assumed: false,
        date: None,
        part: None,
    };
    let file = source.name();
    source.date = date_in_name(&file);
    let damaged = |error: rusqlite::Error| IoError::Roads {
        file: file.clone(),
        message: Message::new(
            format!("GeoPackage-filen kan inte läsas ({error}). Exportera den på nytt"),
            format!("the GeoPackage cannot be read ({error}). Export it again"),
        ),
    };
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(damaged)?;
    // The file may come from anybody: no function hidden in its schema is called.
    connection.pragma_update(None, "trusted_schema", false).map_err(damaged)?;
    let tables = tables(&connection).map_err(damaged)?;
    let columns: BTreeSet<String> = tables.iter().flat_map(|table| table.columns.iter().cloned()).collect();
    let columns: Vec<String> = columns.into_iter().collect();
    let chosen = Chosen::new(&options.columns, &columns, &file)?;
    let mut builder = LineBuilder::default();
    let mut number = 0;
    for table in &tables {
        let unsupported =
            || IoError::UnsupportedCrs { file: file.clone(), found: format!("EPSG:{}", table.epsg) };
        let own = || u16::try_from(table.epsg).ok().and_then(|epsg| Crs::try_from(epsg).ok());
        // A table names its own system; what is said holds where it names none we know.
        let crs = own().or(options.crs).ok_or_else(unsupported)?;
        let reprojection = Reprojection::new(crs).map_err(|_| unsupported())?;
        source.crs = crs;
        let sql = format!("SELECT * FROM {}", quoted(&table.name));
        let mut statement = connection.prepare(&sql).map_err(damaged)?;
        let mut rows = statement.query([]).map_err(damaged)?;
        while let Some(row) = rows.next().map_err(damaged)? {
            number += 1;
            if number % 1024 == 0 {
                progress.check()?;
            }
            match lines_of(row, table, &reprojection) {
                Ok(lines) => builder.add(number, &lines, &chosen, &properties(row, table)),
                Err(reason) => builder.refuse(number, reason, &format!("{}.{}", table.name, table.geometry)),
            }
        }
    }
    Ok((source, builder.finish()))
}

fn tables(connection: &Connection) -> rusqlite::Result<Vec<Table>> {
    let mut statement = connection.prepare(
        "SELECT g.table_name, g.column_name, coalesce(s.organization_coordsys_id, g.srs_id)
         FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
         WHERE upper(g.geometry_type_name) IN ('LINESTRING', 'MULTILINESTRING', 'GEOMETRY', 'CURVE', 'MULTICURVE')
         ORDER BY g.table_name",
    )?;
    let table = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found: Vec<(String, String, i64)> = statement.query_map([], table)?.collect::<Result<_, _>>()?;
    let with_columns = |(name, geometry, epsg): (String, String, i64)| {
        let statement = connection.prepare(&format!("SELECT * FROM {} LIMIT 0", quoted(&name)))?;
        let columns = statement.column_names().map(str::to_owned).collect();
        Ok(Table { name, geometry, epsg, columns })
    };
    found.into_iter().map(with_columns).collect()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every column but the geometry.
fn properties(row: &Row<'_>, table: &Table) -> Map<String, Value> {
    let mut out = Map::new();
    for (ix, name) in table.columns.iter().enumerate().filter(|(_, name)| **name != table.geometry) {
        let value = match row.get_ref(ix) {
            Ok(ValueRef::Integer(number)) => number.into(),
            Ok(ValueRef::Real(number)) => number.into(),
            Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned().into(),
            Ok(ValueRef::Null | ValueRef::Blob(_)) | Err(_) => continue,
        };
        out.insert(name.clone(), value);
    }
    out
}

/// The lines of a row in degrees, or the reason why it has none.
fn lines_of(
    row: &Row<'_>,
    table: &Table,
    reprojection: &Reprojection,
) -> Result<Vec<Vec<LonLat>>, &'static str> {
    let blob = match row.get_ref(table.geometry.as_str()) {
        Ok(ValueRef::Blob(blob)) => blob,
        Ok(ValueRef::Null) => return Err("no_geometry"),
        _ => return Err("bad_geometry"),
    };
    let mut lines = Lines::default();
    GpkgWkb(blob).process_geom(&mut lines).map_err(|_| "bad_geometry")?;
    let degrees = |(x, y): (f64, f64)| {
        let place = if x.is_finite() && y.is_finite() { reprojection.lon_lat(x, y) } else { None };
        place.filter(|place| AREA_OF_USE.contains(*place)).ok_or("outside_area_of_use")
    };
    lines.0.into_iter().map(|line| line.into_iter().map(degrees).collect()).collect()
}

/// Takes in lines. Sizes that the file claims are not believed, so nothing is set aside for them.
#[derive(Default)]
struct Lines(Vec<Vec<(f64, f64)>>);

impl GeomProcessor for Lines {
    fn linestring_begin(&mut self, _tagged: bool, _size: usize, _idx: usize) -> geozero::error::Result<()> {
        self.0.push(Vec::new());
        Ok(())
    }

    fn xy(&mut self, x: f64, y: f64, _idx: usize) -> geozero::error::Result<()> {
        // Points and multipoints begin no line: they leave it empty.
        if let Some(line) = self.0.last_mut() {
            line.push((x, y));
        }
        Ok(())
    }
}
