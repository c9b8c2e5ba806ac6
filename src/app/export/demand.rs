//! Which cells leave the program? Each with its nearest and second nearest service of each kind.

use super::heads::of_kinds;
use super::layer::{Place, ResultLayer, Row};
use super::origin::{km, minutes};
use crate::analysis::Coverage;
use crate::app::Results;
use crate::io::JsonWriter;
use crate::model::travel::Trip;
use crate::model::{Feature, Layer, LayerId, ServiceKind};

/// Every cell with its nearest and second nearest service of each kind.
pub(in crate::app) struct Cells<'a> {
    results: &'a Results,
    names: Names,
}

/// What cells say of themselves.
const OF_CELLS: [&str; 5] = ["cell", "people", "municipality", "municipality_code", "municipality_named"];

/// What they say where there are localities.
const OF_GROUPS: [&str; 2] = ["rural_group", "locality_min"];

/// What they say of each kind of service.
const OF_KINDS: [&str; 8] = [
    "{kind}_km",
    "{kind}_min",
    "{kind}_id",
    "{kind}_name",
    "{kind}_2_km",
    "{kind}_2_min",
    "{kind}_2_id",
    "{kind}_reason",
];

impl<'a> Cells<'a> {
    pub(in crate::app) fn new(results: &'a Results) -> Self {
        // Names and ids are the same for thousands of cells: escape each once.
        let services = results.situation.services.iter();
        let services = services.map(|service| (json_text(&service.site.text()), json_text(&service.name)));
        let areas = results.situation.areas.iter();
        let areas = areas.map(|area| (json_text(&area.name), json_text(&area.code)));
        let keys = results.kinds.iter().map(|kind| KindKeys::new(kind.coverage.kind));
        let names = Names { services: services.collect(), areas: areas.collect(), keys: keys.collect() };
        Self { results, names }
    }

    fn feature(&self, cell: usize) -> Option<&'a Feature> {
        let origin = self.results.situation.demand.origins[cell];
        self.results.project.layer(origin.layer)?.table.features.get(origin.feature_ix as usize)
    }
}

impl ResultLayer for Cells<'_> {
    fn name(&self) -> &'static str {
        "demand"
    }

    fn count(&self) -> usize {
        self.results.situation.demand.len()
    }

    fn columns(&self) -> Vec<String> {
        let results = self.results;
        let has_others = results.situation.demand.other_areas.iter().any(Option::is_some);
        let has_times = results.kinds.iter().any(|kind| kind.coverage.times.is_some());
        let kinds: Vec<ServiceKind> = results.kinds.iter().map(|kind| kind.coverage.kind).collect();
        let of_cells = OF_CELLS.into_iter().filter(|name| has_others || *name != "municipality_named");
        let of_groups = OF_GROUPS.into_iter().filter(|_| results.rural.is_some());
        let of_kinds = of_kinds(&OF_KINDS, &kinds).into_iter();
        let of_kinds = of_kinds.filter(|name| has_times || !name.ends_with("_min"));
        of_cells.chain(of_groups).map(String::from).chain(of_kinds).collect()
    }

    fn reserved(&self) -> Vec<String> {
        let plain = OF_CELLS.into_iter().chain(OF_GROUPS).map(String::from);
        plain.chain(of_kinds(&OF_KINDS, &ServiceKind::ALL)).collect()
    }

    fn row(&self, cell: usize) -> Row<'_> {
        let demand = &self.results.situation.demand;
        let origin = demand.origins[cell];
        let point = Place::Point(demand.places[cell], demand.points[cell]);
        let place = self.feature(cell).map_or(point, Place::Of);
        Row { id: None, place, origin: Some((origin.layer, origin.feature_ix)) }
    }

    fn members(&self, cell: usize, json: &mut JsonWriter) {
        cell_members(json, self.results, &self.names, cell, self.feature(cell));
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.results.project.layer(id).map(AsRef::as_ref)
    }
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

fn cell_members(
    json: &mut JsonWriter,
    results: &Results,
    names: &Names,
    cell: usize,
    feature: Option<&Feature>,
) {
    let demand = &results.situation.demand;
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
