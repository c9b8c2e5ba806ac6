//! Which features of a layer leave the program, as they are in its file? In WGS 84, with all that they say.

use std::path::Path;

use super::geometry::geometry_member;
use super::members::{point_geometry, write_collection};
use super::origin::{Stamp, program_members};
use crate::io::{IoError, JsonWriter};
use crate::model::{Entry, Layer};

/// Writes these features of a layer in this order; how many there were.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_features(path: &Path, layer: &Layer, features: &[u32], stamp: &Stamp) -> Result<usize, IoError> {
    let mut json = JsonWriter::default();
    let chosen = features.iter().filter_map(|at| layer.table.features.get(*at as usize));
    let mut count = 0;
    for feature in chosen {
        json.line_break();
        json.begin_object();
        json.member("type", "Feature");
        if let Some(id) = &feature.id {
            json.member("id", id.as_ref());
        }
        match &feature.shape {
            Some(shape) => geometry_member(&mut json, shape),
            None => point_geometry(&mut json, feature.place),
        }
        json.key("properties");
        json.begin_object();
        // A column without a value is there as null: the first feature tells other programs which columns there are.
        let row = layer.table.row(feature);
        for column in &layer.table.columns {
            json.member(&column.name, &row.get(&column.name).map(Entry::to_value));
        }
        json.end_object();
        json.end_object();
        count += 1;
    }
    let mut about = JsonWriter::default();
    about.begin_object();
    program_members(&mut about, stamp);
    about.member("source", layer.source.name().as_str());
    about.member("sha256", &layer.source.sha256);
    about.member("features_in_source", &layer.table.features.len());
    about.end_object();
    write_collection(path, &layer.name, &about.into_bytes(), &[json.into_bytes()])?;
    Ok(count)
}
