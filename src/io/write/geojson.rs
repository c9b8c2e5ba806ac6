//! How is a layer written as GeoJSON? As RFC 7946 wants it; another system than WGS 84 is named as it was before.

use geo::Orient as _;
use geo::orient::Direction;
use rayon::prelude::*;

use super::outgoing::{OutRow, Outgoing};
use crate::geometry::Crs;
use crate::io::JsonWriter;

/// Features written by one thread at a time.
const CHUNK: usize = 512;

/// A collection, a feature a line. More members of it are those given, whose values are JSON already.
pub fn collection(outgoing: &Outgoing<'_>, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut json = JsonWriter::default();
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.member("name", &outgoing.name);
    if outgoing.crs != Crs::Wgs84 {
        json.key("crs");
        json.begin_object();
        json.member("type", "name");
        json.key("properties");
        json.begin_object();
        json.member("name", &format!("urn:ogc:def:crs:EPSG::{}", outgoing.crs.epsg()));
        json.end_object();
        json.end_object();
    }
    for (name, value) in more {
        json.key(name);
        json.raw(value);
    }
    json.key("features");
    json.begin_array();
    for feature in features(outgoing) {
        json.line_break();
        json.raw(&feature);
    }
    json.line_break();
    json.end_array();
    json.end_object();
    json.line_break();
    json.into_bytes()
}

/// A feature a line, and nothing else.
pub fn lines(outgoing: &Outgoing<'_>) -> Vec<u8> {
    let mut features = features(outgoing);
    for feature in &mut features {
        feature.push(b'\n');
    }
    features.concat()
}

fn features(outgoing: &Outgoing<'_>) -> Vec<Vec<u8>> {
    let feature = |row: &OutRow<'_>| feature(outgoing, row);
    outgoing.rows.par_iter().with_min_len(CHUNK).map(feature).collect()
}

fn feature(outgoing: &Outgoing<'_>, row: &OutRow<'_>) -> Vec<u8> {
    let mut json = JsonWriter::default();
    json.begin_object();
    json.member("type", "Feature");
    if let Some(id) = outgoing.id(row) {
        json.member("id", id);
    }
    json.key("properties");
    json.begin_object();
    for (at, field) in outgoing.fields.iter().enumerate() {
        json.member(&field.name, &outgoing.value(row, at));
    }
    json.end_object();
    json.key("geometry");
    match &row.shape {
        None => json.value(&()),
        Some(shape) => json.value(&geojson::Geometry::new((&oriented(shape)).into())),
    }
    json.end_object();
    json.into_bytes()
}

/// Outer rings counterclockwise, holes clockwise.
fn oriented(shape: &geo::Geometry) -> geo::Geometry {
    match shape {
        geo::Geometry::Polygon(polygon) => polygon.orient(Direction::Default).into(),
        geo::Geometry::MultiPolygon(polygons) => polygons.orient(Direction::Default).into(),
        geo::Geometry::GeometryCollection(parts) => {
            geo::Geometry::GeometryCollection(parts.iter().map(oriented).collect())
        }
        other => other.clone(),
    }
}
