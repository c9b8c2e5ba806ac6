//! How does a layer become a table of a GeoPackage? With its columns' types and an index of places, which QGIS opens as its
//! own; and a table of texts, without places. Does not know whose file it is.

use geo::BoundingRect as _;
use geozero::{CoordDimensions, ToWkb as _};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Transaction, params};

use super::outgoing::{Kind, OutRow, Outgoing, as_text};
use super::texts::TextTable;
use crate::geometry::Crs;
use crate::io::gpkg::quoted;
use crate::model::Entry;

/// What the list of a file says of a table.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::io) struct Listed<'a> {
    pub description: &'a str,
    /// When it was last changed; now, where nothing is said.
    pub last_change: Option<&'a str>,
}

impl Listed<'_> {
    /// Enters a table into the list.
    pub fn put(
        &self,
        transaction: &Transaction<'_>,
        table: &str,
        kind: &str,
        bounds: Option<geo::Rect>,
        srs: u16,
    ) -> rusqlite::Result<()> {
        const LIST: &str = "INSERT INTO gpkg_contents \
            VALUES (?1, ?2, ?1, ?3, coalesce(?4, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), ?5, ?6, ?7, ?8, ?9)";
        let bounds = bounds.map(|rect| (rect.min(), rect.max()));
        let values = params![
            table,
            kind,
            self.description,
            self.last_change,
            bounds.map(|(min, _)| min.x),
            bounds.map(|(min, _)| min.y),
            bounds.map(|(_, max)| max.x),
            bounds.map(|(_, max)| max.y),
            srs
        ];
        transaction.execute(LIST, values).map(drop)
    }
}

/// Puts a layer into a database as a table of features.
pub(in crate::io) fn put_features(
    transaction: &Transaction<'_>,
    outgoing: &mut Outgoing<'_>,
    listed: &Listed<'_>,
) -> rusqlite::Result<()> {
    outgoing.ids_as_column();
    outgoing.distinct_names();
    outgoing.note_mixed();
    let has_shapes = outgoing.rows.iter().any(|row| row.shape.is_some());
    let kind = if has_shapes { one_type(&mut outgoing.rows) } else { outgoing.kind_of_none };
    let names = Names::new(outgoing);
    describe(transaction, outgoing, &names, kind, listed)?;
    rows(transaction, outgoing, &names)?;
    transaction.execute_batch(&index_kept(&names))
}

/// Writes rows of a table anew, those of these numbers from 0, where its columns are as they were and its shapes are the
/// same; whether it could be done.
pub(in crate::io) fn update_features(
    transaction: &Transaction<'_>,
    outgoing: &mut Outgoing<'_>,
    numbers: &[usize],
) -> rusqlite::Result<bool> {
    const COLUMNS: &str = "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid";
    outgoing.distinct_names();
    let columns = {
        let mut statement = transaction.prepare(COLUMNS)?;
        let rows = statement.query_map([&outgoing.name], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<rusqlite::Result<Vec<(String, String)>>>()?
    };
    // The key and the shape stand first.
    let Some(((key, _), columns)) = columns.split_first().and_then(|(key, rest)| Some((key, rest.get(1..)?)))
    else {
        return Ok(false);
    };
    // Where the source has a column of that name, it is the key.
    let key_field = outgoing.fields.iter().position(|field| field.name == *key);
    let fields: Vec<usize> = (0..outgoing.fields.len()).filter(|field| Some(*field) != key_field).collect();
    if columns.len() != fields.len() {
        return Ok(false);
    }
    for (field, (name, kind)) in fields.iter().zip(columns) {
        if outgoing.fields[*field].name != *name || !fits(outgoing, *field, kind) {
            return Ok(false);
        }
        // Whole numbers of a column of reals are written as such.
        if kind == sql_type(Kind::Real) {
            outgoing.fields[*field].kind = Kind::Real;
        }
    }
    let table = quoted(&outgoing.name);
    let set: Vec<String> =
        (2..).zip(columns).map(|(place, (name, _))| format!("{} = ?{place}", quoted(name))).collect();
    let sql = format!("UPDATE {table} SET {} WHERE {} = ?1", set.join(", "), quoted(key));
    let mut update = transaction.prepare(&sql)?;
    for (number, row) in numbers.iter().zip(&outgoing.rows) {
        let key = match key_field.map(|field| outgoing.value(row, field)) {
            None => i64::try_from(number + 1).unwrap_or(i64::MAX),
            Some(Some(Entry::Integer(key))) => key,
            Some(_) => return Ok(false),
        };
        update.raw_bind_parameter(1, key)?;
        for (at, field) in (2..).zip(&fields) {
            update.raw_bind_parameter(at, sql_value(outgoing, row, *field))?;
        }
        if update.raw_execute()? != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Can the values of a field stand in a column of this type, as if the table were written anew?
fn fits(outgoing: &Outgoing<'_>, field: usize, column: &str) -> bool {
    let kind = outgoing.fields[field].kind;
    let is_empty = || outgoing.rows.iter().all(|row| outgoing.value(row, field).is_none());
    sql_type(kind) == column
        || (column == sql_type(Kind::Real) && kind == Kind::Integer)
        || (column == sql_type(Kind::Text) && matches!(kind, Kind::Date | Kind::Moment))
        || is_empty()
}

/// Puts a table without places into a database.
pub(in crate::io) fn put_texts(
    transaction: &Transaction<'_>,
    table: &TextTable,
    listed: &Listed<'_>,
) -> rusqlite::Result<()> {
    let name = quoted(&table.name);
    let [what, value] = table.head.each_ref().map(|head| quoted(head));
    transaction.execute_batch(&format!(
        "CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {what} TEXT, {value} TEXT)"
    ))?;
    listed.put(transaction, &table.name, "attributes", None, 0)?;
    let mut insert = transaction.prepare(&format!("INSERT INTO {name} ({what}, {value}) VALUES (?1, ?2)"))?;
    for row in &table.rows {
        insert.execute([&row[0], &row[1]])?;
    }
    Ok(())
}

/// The names in the table.
struct Names {
    table: String,
    key: String,
    /// The column of the source that is the key.
    key_field: Option<usize>,
    geometry: String,
}

impl Names {
    fn new(outgoing: &Outgoing<'_>) -> Self {
        let name = outgoing.name.trim();
        let lower = name.to_lowercase();
        let is_reserved =
            name.is_empty() || ["gpkg_", "rtree_", "sqlite_"].iter().any(|prefix| lower.starts_with(prefix));
        let table = if is_reserved { format!("layer_{name}") } else { name.to_owned() };
        let key_field = outgoing.fields.iter().position(|field| field.name.eq_ignore_ascii_case("fid"));
        let key_field = key_field.filter(|at| is_key(outgoing, *at));
        let key = match key_field {
            Some(at) => outgoing.fields[at].name.clone(),
            None => outgoing.free_name("fid"),
        };
        Self { table, key, key_field, geometry: outgoing.free_name("geom") }
    }
}

/// Does a column give every row a whole number of its own?
fn is_key(outgoing: &Outgoing<'_>, field: usize) -> bool {
    let mut seen = rustc_hash::FxHashSet::default();
    outgoing
        .rows
        .iter()
        .all(|row| matches!(outgoing.value(row, field), Some(Entry::Integer(key)) if seen.insert(key)))
}

/// The table, and what the file says of it.
fn describe(
    transaction: &Transaction<'_>,
    outgoing: &Outgoing<'_>,
    names: &Names,
    kind: &str,
    listed: &Listed<'_>,
) -> rusqlite::Result<()> {
    let epsg = outgoing.crs.epsg();
    if !matches!(outgoing.crs, Crs::Wgs84 | Crs::Sweref99Tm) {
        transaction.execute(
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?1, ?2, 'EPSG', ?2, 'undefined', NULL)",
            params![outgoing.crs.name(), epsg],
        )?;
    }
    let columns = outgoing.fields.iter().enumerate().filter(|(at, _)| Some(*at) != names.key_field);
    let columns = columns.map(|(_, field)| format!(", {} {}", quoted(&field.name), sql_type(field.kind)));
    let (table, key, geometry) = (quoted(&names.table), quoted(&names.key), quoted(&names.geometry));
    transaction.execute_batch(&format!(
        "CREATE TABLE {table} ({key} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {geometry} {kind}{})",
        columns.collect::<String>()
    ))?;
    let mut bounds: Option<geo::Rect> = None;
    for rect in outgoing.rows.iter().filter_map(|row| row.shape.as_ref()?.bounding_rect()) {
        bounds = Some(bounds.map_or(rect, |known| joined(known, rect)));
    }
    listed.put(transaction, &names.table, "features", bounds, epsg)?;
    transaction.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, ?4, 0, 0)",
        params![names.table, names.geometry, kind, epsg],
    )?;
    transaction.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, ?2, 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        params![names.table, names.geometry],
    )?;
    let index = index(names);
    transaction
        .execute_batch(&format!("CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)"))
}

fn joined(a: geo::Rect, b: geo::Rect) -> geo::Rect {
    geo::Rect::new(
        (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
        (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
    )
}

fn index(names: &Names) -> String {
    quoted(&format!("rtree_{}_{}", names.table, names.geometry))
}

const fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "INTEGER",
        Kind::Real => "REAL",
        Kind::Boolean => "BOOLEAN",
        Kind::Date => "DATE",
        Kind::Moment => "DATETIME",
        Kind::Text | Kind::Mixed => "TEXT",
    }
}

/// The rows, in the order of the source.
fn rows(transaction: &Transaction<'_>, outgoing: &Outgoing<'_>, names: &Names) -> rusqlite::Result<()> {
    let fields: Vec<usize> =
        (0..outgoing.fields.len()).filter(|field| Some(*field) != names.key_field).collect();
    let places: Vec<String> = (1..=fields.len() + 2).map(|place| format!("?{place}")).collect();
    let table = quoted(&names.table);
    let mut insert = transaction.prepare(&format!("INSERT INTO {table} VALUES ({})", places.join(", ")))?;
    let mut place =
        transaction.prepare(&format!("INSERT INTO {} VALUES (?1, ?2, ?3, ?4, ?5)", index(names)))?;
    let epsg = i32::from(outgoing.crs.epsg());
    for (number, row) in (1i64..).zip(&outgoing.rows) {
        let key = match names.key_field.and_then(|field| outgoing.value(row, field)) {
            Some(Entry::Integer(key)) => key,
            _ => number,
        };
        insert.raw_bind_parameter(1, key)?;
        let rect = row.shape.as_ref().and_then(geo::Geometry::bounding_rect);
        insert.raw_bind_parameter(2, blob(row, rect, epsg)?)?;
        for (at, field) in (3..).zip(&fields) {
            insert.raw_bind_parameter(at, sql_value(outgoing, row, *field))?;
        }
        insert.raw_execute()?;
        if let Some(rect) = rect {
            let (min, max) = (rect.min(), rect.max());
            place.execute(params![key, min.x, max.x, min.y, max.y])?;
        }
    }
    Ok(())
}

/// A shape as the format wants it; more than a point with its bounds in front.
fn blob(row: &OutRow<'_>, rect: Option<geo::Rect>, epsg: i32) -> rusqlite::Result<Option<Vec<u8>>> {
    let Some(shape) = &row.shape else { return Ok(None) };
    let is_point = matches!(shape, geo::Geometry::Point(_));
    let bounds = rect
        .filter(|_| !is_point)
        .map_or_else(Vec::new, |rect| vec![rect.min().x, rect.max().x, rect.min().y, rect.max().y]);
    let failed = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
    shape.to_gpkg_wkb(CoordDimensions::xy(), Some(epsg), bounds).map(Some).map_err(failed)
}

#[expect(clippy::cast_precision_loss, reason = "whole numbers of a column of reals are exact")]
fn sql_value<'r>(outgoing: &'r Outgoing<'_>, row: &'r OutRow<'_>, field: usize) -> ToSqlOutput<'r> {
    let kind = outgoing.fields[field].kind;
    match outgoing.value(row, field) {
        None => ToSqlOutput::Borrowed(ValueRef::Null),
        Some(Entry::Integer(number)) if kind == Kind::Integer => ToSqlOutput::Owned(Value::Integer(number)),
        Some(Entry::Integer(number)) if kind == Kind::Real => ToSqlOutput::Owned(Value::Real(number as f64)),
        Some(Entry::Real(number)) if kind == Kind::Real => ToSqlOutput::Owned(Value::Real(number)),
        Some(Entry::Flag(said)) if kind == Kind::Boolean => {
            ToSqlOutput::Owned(Value::Integer(i64::from(said)))
        }
        Some(Entry::Text(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Some(entry) => ToSqlOutput::Owned(Value::Text(as_text(entry).into_owned())),
    }
}

/// What keeps the index right when another program edits the table, as the extension of the index wants it.
fn index_kept(names: &Names) -> String {
    let (t, c, i) = (quoted(&names.table), quoted(&names.geometry), quoted(&names.key));
    let r = index(names);
    let trigger = |name: &str| quoted(&format!("rtree_{}_{}_{name}", names.table, names.geometry));
    let has_new = format!("NEW.{c} NOTNULL AND NOT ST_IsEmpty(NEW.{c})");
    let has_none = format!("NEW.{c} ISNULL OR ST_IsEmpty(NEW.{c})");
    let put = format!(
        "INSERT OR REPLACE INTO {r} VALUES (NEW.{i}, ST_MinX(NEW.{c}), ST_MaxX(NEW.{c}), ST_MinY(NEW.{c}), ST_MaxY(NEW.{c}));"
    );
    let drop_old = format!("DELETE FROM {r} WHERE id = OLD.{i};");
    let drop_both = format!("DELETE FROM {r} WHERE id IN (OLD.{i}, NEW.{i});");
    let all = [
        ("insert", format!("AFTER INSERT ON {t} WHEN ({has_new})"), put.clone()),
        (
            "update1",
            format!("AFTER UPDATE OF {c} ON {t} WHEN OLD.{i} = NEW.{i} AND ({has_new})"),
            put.clone(),
        ),
        (
            "update2",
            format!("AFTER UPDATE OF {c} ON {t} WHEN OLD.{i} = NEW.{i} AND ({has_none})"),
            drop_old.clone(),
        ),
        (
            "update3",
            format!("AFTER UPDATE ON {t} WHEN OLD.{i} != NEW.{i} AND ({has_new})"),
            format!("{drop_old} {put}"),
        ),
        ("update4", format!("AFTER UPDATE ON {t} WHEN OLD.{i} != NEW.{i} AND ({has_none})"), drop_both),
        ("delete", format!("AFTER DELETE ON {t} WHEN OLD.{c} NOT NULL"), drop_old),
    ];
    all.map(|(name, when, what)| format!("CREATE TRIGGER {} {when} BEGIN {what} END;\n", trigger(name)))
        .concat()
}

/// The one type of all shapes, in capitals; single shapes become ones of one part where others have several.
pub(super) fn one_type(rows: &mut [OutRow<'_>]) -> &'static str {
    let mut types: Vec<&'static str> =
        rows.iter().filter_map(|row| row.shape.as_ref().map(type_of)).collect();
    types.sort_unstable();
    types.dedup();
    let multi = match types.as_slice() {
        [only] => return only,
        ["MULTIPOINT", "POINT"] => "MULTIPOINT",
        ["LINESTRING", "MULTILINESTRING"] => "MULTILINESTRING",
        ["MULTIPOLYGON", "POLYGON"] => "MULTIPOLYGON",
        _ => return "GEOMETRY",
    };
    for shape in rows.iter_mut().filter_map(|row| row.shape.as_mut()) {
        *shape = match std::mem::replace(shape, geo::Point::new(0.0, 0.0).into()) {
            geo::Geometry::Point(point) => geo::MultiPoint::new(vec![point]).into(),
            geo::Geometry::LineString(line) => geo::MultiLineString::new(vec![line]).into(),
            geo::Geometry::Polygon(polygon) => geo::MultiPolygon::new(vec![polygon]).into(),
            several => several,
        };
    }
    multi
}

fn type_of(shape: &geo::Geometry) -> &'static str {
    match shape {
        geo::Geometry::Point(_) => "POINT",
        geo::Geometry::MultiPoint(_) => "MULTIPOINT",
        geo::Geometry::Line(_) | geo::Geometry::LineString(_) => "LINESTRING",
        geo::Geometry::MultiLineString(_) => "MULTILINESTRING",
        geo::Geometry::Polygon(_) | geo::Geometry::Rect(_) | geo::Geometry::Triangle(_) => "POLYGON",
        geo::Geometry::MultiPolygon(_) => "MULTIPOLYGON",
        geo::Geometry::GeometryCollection(_) => "GEOMETRYCOLLECTION",
    }
}
