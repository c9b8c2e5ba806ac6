//! How is a layer written as FlatGeobuf? With an index, unless rows stand nowhere: then in the order of the source.

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, PropertyProcessor as _};

use super::outgoing::{Kind, Outgoing, as_text};
use crate::model::{Entry, Message};

/// The file.
///
/// # Errors
/// What the writer says, in words.
#[expect(clippy::cast_precision_loss, reason = "whole numbers of a column of reals are exact")]
pub fn file(outgoing: &mut Outgoing<'_>) -> Result<Vec<u8>, Message> {
    outgoing.ids_as_column();
    outgoing.note_mixed();
    let failed = |error: String| Message::new(error.clone(), error);
    let has_index = outgoing.rows.iter().all(|row| row.shape.is_some());
    let options = FgbWriterOptions {
        write_index: has_index,
        // One type of geometry, or none said.
        promote_to_multi: false,
        detect_type: false,
        crs: FgbCrs { org: Some("EPSG"), code: i32::from(outgoing.crs.epsg()), ..FgbCrs::default() },
        ..FgbWriterOptions::default()
    };
    let kind = super::gpkg::one_type(&mut outgoing.rows);
    let kind = match kind {
        "POINT" => GeometryType::Point,
        "MULTIPOINT" => GeometryType::MultiPoint,
        "LINESTRING" => GeometryType::LineString,
        "MULTILINESTRING" => GeometryType::MultiLineString,
        "POLYGON" => GeometryType::Polygon,
        "MULTIPOLYGON" => GeometryType::MultiPolygon,
        _ => GeometryType::Unknown,
    };
    let mut writer = FgbWriter::create_with_options(&outgoing.name, kind, options)
        .map_err(|error| failed(error.to_string()))?;
    for field in &outgoing.fields {
        let kind = match field.kind {
            Kind::Integer => ColumnType::Long,
            Kind::Real => ColumnType::Double,
            Kind::Boolean => ColumnType::Bool,
            Kind::Moment => ColumnType::DateTime,
            Kind::Date | Kind::Text | Kind::Mixed => ColumnType::String,
        };
        writer.add_column(&field.name, kind, |_, _| {});
    }
    for row in &outgoing.rows {
        let nowhere = || geo::Geometry::GeometryCollection(geo::GeometryCollection::default());
        let shape = row.shape.clone().unwrap_or_else(nowhere);
        let mut fault = None;
        let said = writer.add_feature_geom(shape, |feature| {
            for (at, field) in outgoing.fields.iter().enumerate() {
                let Some(entry) = outgoing.value(row, at) else { continue };
                let text = as_text(entry);
                let value = match (field.kind, entry) {
                    (Kind::Integer, Entry::Integer(number)) => ColumnValue::Long(number),
                    (Kind::Real, Entry::Integer(number)) => ColumnValue::Double(number as f64),
                    (Kind::Real, Entry::Real(number)) => ColumnValue::Double(number),
                    (Kind::Boolean, Entry::Flag(said)) => ColumnValue::Bool(said),
                    (Kind::Moment, _) => ColumnValue::DateTime(&text),
                    _ => ColumnValue::String(&text),
                };
                if let Err(error) = feature.property(at, &field.name, &value) {
                    fault = Some(error.to_string());
                }
            }
        });
        if let Some(fault) = said.err().map(|error| error.to_string()).or(fault) {
            return Err(failed(fault));
        }
    }
    let mut out = Vec::new();
    writer.write(&mut out).map_err(|error| failed(error.to_string()))?;
    Ok(out)
}
