//! How is a layer written as `FlatGeobuf`? With an index, and so in the order of places;
//! rows that stand nowhere have no room in it.

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, FeatureProcessor, GeozeroDatasource, GeozeroGeometry as _};

use super::outgoing::{Kind, OutRow, Outgoing, as_text};
use crate::model::{Entry, Message};

/// The file.
///
/// # Errors
/// What the writer says, in words.
pub fn file(outgoing: &mut Outgoing<'_>) -> Result<Vec<u8>, Message> {
    outgoing.only_placed();
    outgoing.ids_as_column();
    outgoing.note_mixed();
    let failed = |error: String| Message::new(error.clone(), error);
    let options = FgbWriterOptions {
        // One type of geometry, or none said.
        promote_to_multi: false,
        detect_type: false,
        crs: FgbCrs { org: Some("EPSG"), code: i32::from(outgoing.crs.epsg()), ..FgbCrs::default() },
        ..FgbWriterOptions::default()
    };
    let kind = super::tables::one_type(&mut outgoing.rows);
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
        writer.add_feature(One { outgoing, row }).map_err(|error| failed(error.to_string()))?;
    }
    let mut out = Vec::new();
    writer.write(&mut out).map_err(|error| failed(error.to_string()))?;
    Ok(out)
}

/// One row: its shape, if it has one, and its values.
struct One<'r, 'a> {
    outgoing: &'r Outgoing<'a>,
    row: &'r OutRow<'a>,
}

impl GeozeroDatasource for One<'_, '_> {
    #[expect(clippy::cast_precision_loss, reason = "whole numbers of a column of reals are exact")]
    fn process<P: FeatureProcessor>(&mut self, processor: &mut P) -> geozero::error::Result<()> {
        if let Some(shape) = &self.row.shape {
            shape.process_geom(processor)?;
        }
        for (at, field) in self.outgoing.fields.iter().enumerate() {
            let Some(entry) = self.outgoing.value(self.row, at) else { continue };
            let text = as_text(entry);
            let value = match (field.kind, entry) {
                (Kind::Integer, Entry::Integer(number)) => ColumnValue::Long(number),
                (Kind::Real, Entry::Integer(number)) => ColumnValue::Double(number as f64),
                (Kind::Real, Entry::Real(number)) => ColumnValue::Double(number),
                (Kind::Boolean, Entry::Flag(said)) => ColumnValue::Bool(said),
                (Kind::Moment, _) => ColumnValue::DateTime(&text),
                _ => ColumnValue::String(&text),
            };
            processor.property(at, &field.name, &value)?;
        }
        Ok(())
    }
}
