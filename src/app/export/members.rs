//! How are lengths, costs, places and collections written in GeoJSON?

use super::about::About;
use super::origin::{km, minutes};
use crate::app::Results;
use crate::geometry::LonLat;
use crate::io::{IoError, JsonWriter, write_atomically};
use crate::model::ServiceIx;
use crate::units::{Cost, Measure, Metres};
use std::path::Path;

pub(super) fn opt_km(json: &mut JsonWriter, name: &str, length: Option<Metres>) {
    json.key(name);
    match length {
        Some(length) => json.number(km(length)),
        None => json.value(&()),
    }
}

/// A cost under a name that ends with its unit: kilometres to the metre, or minutes to a hundredth.
pub(super) fn cost_member(json: &mut JsonWriter, name: &str, cost: Option<Cost>, measure: Measure) {
    json.key(&format!("{name}_{}", measure.unit()));
    match (cost, measure) {
        (Some(cost), Measure::Distance) => json.number(km(cost.metres())),
        (Some(cost), Measure::Time) => json.number(minutes(cost.seconds())),
        (None, _) => json.value(&()),
    }
}

/// Writes a collection whose features were written in pieces.
pub(super) fn write_collection(
    path: &Path,
    name: &str,
    about: &About,
    pieces: &[Vec<u8>],
) -> Result<(), IoError> {
    let name = serde_json::Value::from(name).to_string();
    let mut head = [b"{\"type\":\"FeatureCollection\",\"name\":", name.as_bytes()].concat();
    for (name, value) in about.members() {
        head.extend([b",\"", name.as_bytes(), b"\":", value].concat());
    }
    let mut parts: Vec<&[u8]> = vec![&head, b",\"features\":[\n"];
    for (at, piece) in pieces.iter().filter(|piece| !piece.is_empty()).enumerate() {
        if at > 0 {
            parts.push(b",\n");
        }
        parts.push(piece);
    }
    parts.push(b"\n]}\n");
    write_atomically(path, &parts)
}

pub(super) fn point_geometry(json: &mut JsonWriter, place: LonLat) {
    json.key("geometry");
    json.begin_object();
    json.member("type", "Point");
    json.key("coordinates");
    json.position(place.lon, place.lat);
    json.end_object();
}

pub(in crate::app) fn service_id(results: &Results, ix: ServiceIx) -> String {
    results.situation.service(ix).map(|service| service.site.text()).unwrap_or_default()
}

pub(in crate::app) fn area_members(
    json: &mut JsonWriter,
    results: &Results,
    area: Option<crate::model::AreaIx>,
) {
    let area = area.and_then(|ix| results.situation.areas.get(ix.at()));
    json.member("municipality", &area.map(|area| area.name.as_str()));
    json.member("municipality_code", &area.map(|area| area.code.as_str()).filter(|code| !code.is_empty()));
}
