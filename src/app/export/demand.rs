//! Which cells leave the program? Each with its nearest and second nearest service of each kind.

use super::geometry::geometry_member;
use super::members::{point_geometry, write_collection};
use super::origin::{Stamp, assumptions, km, minutes};
use crate::analysis::Coverage;
use crate::app::Results;
use crate::io::{IoError, JsonWriter};
use crate::model::ServiceKind;
use crate::model::travel::Trip;
use rayon::prelude::*;
use std::path::Path;

/// Cells written together; one piece a chunk.
const CHUNK: usize = 2048;

/// Every cell with its nearest and second nearest service of each kind.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_demand(path: &Path, results: &Results, stamp: &Stamp) -> Result<(), IoError> {
    let demand = &results.situation.demand;
    let cells: Vec<usize> = (0..demand.len()).collect();
    // Names and ids are the same for thousands of cells: escape each once.
    let services: Vec<(Vec<u8>, Vec<u8>)> = results
        .situation
        .services
        .iter()
        .map(|service| (json_text(&service.site.text()), json_text(&service.name)))
        .collect();
    let areas: Vec<(Vec<u8>, Vec<u8>)> =
        results.situation.areas.iter().map(|area| (json_text(&area.name), json_text(&area.code))).collect();
    let keys: Vec<KindKeys> = results.kinds.iter().map(|kind| KindKeys::new(kind.coverage.kind)).collect();
    let names = Names { services, areas, keys };
    let pieces: Vec<Vec<u8>> = cells
        .par_chunks(CHUNK)
        .map(|cells| {
            let mut json = JsonWriter::default();
            for cell in cells {
                demand_feature(&mut json, results, &names, *cell);
            }
            json.into_bytes()
        })
        .collect();
    write_collection(path, "demand", &assumptions(results, stamp), &pieces)
}

fn json_text(text: &str) -> Vec<u8> {
    serde_json::to_vec(text).unwrap_or_default()
}

struct Names {
    /// Id and name, escaped.
    services: Vec<(Vec<u8>, Vec<u8>)>,
    /// Name and code, escaped.
    areas: Vec<(Vec<u8>, Vec<u8>)>,
    keys: Vec<KindKeys>,
}

struct KindKeys {
    km: String,
    min: String,
    id: String,
    name: String,
    km2: String,
    min2: String,
    id2: String,
    reason: String,
}

impl KindKeys {
    fn new(kind: ServiceKind) -> Self {
        let id = kind.id();
        Self {
            km: format!("{id}_km"),
            min: format!("{id}_min"),
            id: format!("{id}_id"),
            name: format!("{id}_name"),
            km2: format!("{id}_2_km"),
            min2: format!("{id}_2_min"),
            id2: format!("{id}_2_id"),
            reason: format!("{id}_reason"),
        }
    }
}

fn demand_feature(json: &mut JsonWriter, results: &Results, names: &Names, cell: usize) {
    let demand = &results.situation.demand;
    let origin = demand.origins[cell];
    let layer = results.project.layer(origin.layer);
    let feature = layer.and_then(|layer| layer.table.features.get(origin.feature_ix as usize));
    json.line_break();
    json.begin_object();
    json.member("type", "Feature");
    let shape = feature.and_then(|feature| feature.shape.as_deref());
    match shape {
        Some(shape) => geometry_member(json, shape),
        None => point_geometry(json, demand.places[cell]),
    }
    json.key("properties");
    json.begin_object();
    if let Some(feature) = feature {
        json.member("cell", &feature.number);
    }
    json.number_member("people", demand.people[cell].value());
    let area = demand.areas[cell].and_then(|ix| names.areas.get(ix.at()));
    json.key("municipality");
    json.raw(area.map_or(b"null", |(name, _)| name));
    json.key("municipality_code");
    json.raw(area.filter(|(_, code)| code.len() > 2).map_or(b"null", |(_, code)| code));
    let other = demand.other_areas.get(cell).copied().flatten();
    if let Some(other) = other.and_then(|other| results.situation.other_names.get(other as usize)) {
        json.member("municipality_named", other);
    }
    if let Some(rural) = &results.rural {
        json.member("rural_group", &rural.groups[cell].map(crate::model::RuralGroup::id));
        json.member("locality_min", &rural.minutes[cell].map(|minutes| (minutes * 10.0).round() / 10.0));
    }
    for (kind, keys) in results.kinds.iter().zip(&names.keys) {
        nearest_members(json, &kind.coverage, keys, names, cell);
    }
    json.end_object();
    json.end_object();
}

/// The nearest and second nearest service of a kind, or why there is none.
fn nearest_members(json: &mut JsonWriter, coverage: &Coverage, keys: &KindKeys, names: &Names, cell: usize) {
    let trip_members = |json: &mut JsonWriter, [km_key, min_key]: [&str; 2], trip: Trip| {
        json.key(km_key);
        json.number(km(trip.length));
        if let Some(time) = trip.time {
            json.key(min_key);
            json.number(minutes(time));
        }
    };
    let (service, trip) = match coverage.at(cell, 0) {
        Ok(nearest) => nearest,
        Err(reason) => return json.member(&keys.reason, reason.id()),
    };
    trip_members(json, [&keys.km, &keys.min], trip);
    if let Some((id, name)) = names.services.get(service.at()) {
        json.key(&keys.id);
        json.raw(id);
        json.key(&keys.name);
        json.raw(name);
    }
    let Ok((second, trip)) = coverage.at(cell, 1) else { return };
    trip_members(json, [&keys.km2, &keys.min2], trip);
    if let Some((id, _)) = names.services.get(second.at()) {
        json.key(&keys.id2);
        json.raw(id);
    }
}
