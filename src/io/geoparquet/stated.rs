//! What does a Parquet file say of its geometries: which column they stand in, how they are written, in which system?
//! By its metadata `geo` (<https://geoparquet.org>), else by the types of its columns.

use parquet::basic::LogicalType;
use parquet::file::metadata::FileMetaData;
use parquet::schema::types::ColumnDescriptor;
use serde_json::Value;

use crate::geometry::{Crs, stated_object};
use crate::io::features::stated::system_of;
use crate::model::Message;

/// What is said of the geometries that are read.
pub(super) struct Stated {
    pub column: String,
    /// `None` where the file says that it does not know.
    pub crs: Option<Result<Crs, String>>,
    /// Columns that hold nothing but the bounds of the shapes.
    pub bounds: Vec<String>,
}

/// What a file says; `None` for one that says nothing of geometries.
///
/// # Errors
/// What is wrong with it, and what to do.
pub(super) fn stated(file: &FileMetaData) -> Result<Option<Stated>, Message> {
    match said(file, "geo") {
        Some(text) => by_metadata(text).map(Some),
        None => Ok(by_type(file)),
    }
}

/// What stands under a key of the file's metadata.
fn said<'a>(file: &'a FileMetaData, key: &str) -> Option<&'a str> {
    let pairs = file.key_value_metadata()?;
    pairs.iter().find(|pair| pair.key == key)?.value.as_deref()
}

fn by_metadata(text: &str) -> Result<Stated, Message> {
    let unreadable = |what: &str| {
        Message::new(
            format!(
                "det filen säger om sin geometri (metadata geo) kan inte läsas: {what}. Exportera som GeoPackage"
            ),
            format!(
                "what the file says of its geometry (metadata geo) cannot be read: {what}. Export as GeoPackage"
            ),
        )
    };
    let geo: Value = serde_json::from_str(text).map_err(|error| unreadable(&error.to_string()))?;
    let primary = geo.get("primary_column").and_then(Value::as_str);
    let columns = geo.get("columns").and_then(Value::as_object);
    let (Some(primary), Some(columns)) = (primary, columns) else {
        return Err(unreadable("primary_column, columns"));
    };
    let column = columns.get(primary).ok_or_else(|| unreadable(&format!("columns.{primary}")))?;
    let encoding = column.get("encoding").and_then(Value::as_str).unwrap_or_default();
    if !encoding.eq_ignore_ascii_case("WKB") {
        return Err(Message::new(
            format!(
                "geometrin i kolumnen {primary} är skriven som ”{encoding}”, som inte läses. Exportera med WKB, eller som GeoPackage"
            ),
            format!(
                "the geometry in the column {primary} is written as “{encoding}”, which is not read. Export it as WKB, or as GeoPackage"
            ),
        ));
    }
    let bounds = columns.values().filter_map(|column| column.pointer("/covering/bbox/xmin/0")?.as_str());
    let bounds = bounds.map(str::to_owned).collect();
    Ok(Stated { column: primary.to_owned(), crs: system(column.get("crs")), bounds })
}

/// The system: degrees of WGS 84 where nothing is said, and nothing where it is said that nobody knows.
fn system(crs: Option<&Value>) -> Option<Result<Crs, String>> {
    match crs {
        None => Some(Ok(Crs::Wgs84)),
        Some(Value::Null) => None,
        Some(Value::String(text)) => system_of(text),
        Some(object) => Some(stated_object(object).map_err(|not| not.0)),
    }
}

/// The first column whose type is that of geometries.
fn by_type(file: &FileMetaData) -> Option<Stated> {
    let columns = file.schema_descr().columns().iter();
    columns.filter(|column| column.max_rep_level() == 0).find_map(|column| {
        let crs = match column.logical_type_ref()? {
            LogicalType::Geometry(kind) => kind.crs.as_deref(),
            LogicalType::Geography(kind) => kind.crs.as_deref(),
            _ => return None,
        };
        let crs = match crs {
            None => Some(Ok(Crs::Wgs84)),
            Some(text) => match (text.strip_prefix("srid:"), text.strip_prefix("projjson:")) {
                (Some("0"), _) => None,
                (Some(code), _) => system_of(&format!("EPSG:{code}")),
                (_, Some(key)) => said(file, key).map_or_else(|| Some(Err(text.to_owned())), system_of),
                _ => system_of(text),
            },
        };
        Some(Stated { column: name(column), crs, bounds: Vec::new() })
    })
}

/// Is it a column whose type is that of geometries?
pub(super) fn is_geometry(column: &ColumnDescriptor) -> bool {
    matches!(column.logical_type_ref(), Some(LogicalType::Geometry(_) | LogicalType::Geography(_)))
}

/// The name of a column; of one in a group, the group's before it.
pub(super) fn name(column: &ColumnDescriptor) -> String {
    column.path().parts().join(".")
}
