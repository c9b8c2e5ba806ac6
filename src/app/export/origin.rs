//! What do the figures of an export rest on? Program, date, method, assumptions and sources; the same in every export.

use crate::app::Results;
use crate::io::JsonWriter;
use crate::lang::{Lang, Said};
use crate::model::travel::TravelModel;
use crate::model::{SiteId, SourcePlace};
use crate::network::RoadTravel;
use crate::units::{Metres, Seconds};

/// When an export was made; the caller owns the clock.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    /// `YYYY-MM-DD`.
    pub date: String,
}

impl Stamp {
    #[must_use]
    pub fn today() -> Self {
        Self { date: jiff::Zoned::now().date().to_string() }
    }
}

/// Kilometres to the metre.
pub(super) fn km(length: Metres) -> f64 {
    length.value().round() / 1000.0
}

/// Minutes to a hundredth.
pub(in crate::app) fn minutes(time: Seconds) -> f64 {
    (time.minutes() * 100.0).round() / 100.0
}

/// Which program made an export, and when.
pub(in crate::app) fn program_members(json: &mut JsonWriter, stamp: &Stamp) {
    json.member("program", "Sotplan");
    json.member("version", env!("CARGO_PKG_VERSION"));
    json.member("date", &stamp.date);
}

/// Which program made an export, when, and how it measured.
pub(in crate::app) fn origin_members(json: &mut JsonWriter, results: &Results, stamp: &Stamp) {
    let parameters = &results.project.parameters;
    program_members(json, stamp);
    json.member("method", results.travel.method().id());
    json.member("method_note", &results.travel.method().said(Lang::En));
    json.member("measure", results.measure().id());
    if !results.project.closed_services.is_empty() {
        let closed: Vec<String> = results.project.closed_services.iter().map(SiteId::text).collect();
        json.member("closed_on_trial", &closed);
    }
    match results.travel.road() {
        None => {
            json.number_member("detour_factor", parameters.detour_factor);
            json.member("speed_kmh", &parameters.speed_kmh);
        }
        Some(road) => roads_member(json, results, road),
    }
}

/// Every speed and assumption of travel by road, the files of roads, and the closures that held.
fn roads_member(json: &mut JsonWriter, results: &Results, road: &RoadTravel) {
    let graph = &road.network().graph;
    json.key("roads");
    json.begin_object();
    json.member("mode", graph.mode.id());
    json.key("files");
    json.begin_array();
    for layer in &results.project.roads {
        json.begin_object();
        json.member("name", &layer.name);
        json.member("file", &layer.source.name());
        json.member("sha256", &layer.source.sha256);
        json.member("data_date", &layer.source.date);
        let report = &layer.roads.report;
        json.member("ways_in", &report.ways_in);
        json.member("ways_used", &report.ways_used);
        json.member("ways_refused", &report.ways_refused);
        json.member("turn_restrictions_read", &report.turns_read);
        json.member("turn_restrictions_not_obeyed", &report.turns_left);
        json.member("conditional_not_obeyed", &report.conditional);
        json.member("remarks", &report.remarks);
        json.member("unknown_values", &report.unknown_values);
        json.member("stated_lengths", &report.lengths);
        json.member("columns", &report.columns);
        json.end_object();
    }
    json.end_array();
    json.member("junctions", &graph.junctions.len());
    json.member("stretches", &graph.stretches.len());
    json.member("pieces", &graph.pieces.len());
    json.member("turn_restrictions_obeyed", &graph.turns_obeyed);
    json.member("speeds", &graph.profile.is_as_set().then_some(graph.profile.basis.id()));
    json.member("profile", &graph.profile);
    let rule = if graph.profile.counts_access {
        "straight from the place to the nearest point of a road, at walking speed"
    } else {
        "the nearest point of a road; the way there is not counted"
    };
    json.member("access_rule", rule);
    json.key("closures");
    json.begin_array();
    let active = || results.project.closures.iter().filter(|closure| closure.is_active);
    for closure in active().filter(|closure| !results.travel.is_waiting(closure)) {
        json.value(closure);
    }
    json.end_array();
    let waiting: Vec<_> = active().filter(|closure| results.travel.is_waiting(closure)).collect();
    if !waiting.is_empty() {
        json.member("closures_waiting", &waiting);
    }
    json.end_object();
}

/// The assumptions and sources of a result, the same in every export.
pub(in crate::app) fn assumptions(results: &Results, stamp: &Stamp) -> Vec<u8> {
    let parameters = &results.project.parameters;
    let mut json = JsonWriter::default();
    json.begin_object();
    origin_members(&mut json, results, stamp);
    json.number_member("threshold_km", km(parameters.threshold));
    json.number_member("threshold_min", parameters.time_threshold.minutes());
    json.number_member("fuel_near_m", parameters.fuel_near.value());
    json.number_member("fuel_far_m", parameters.fuel_far.value());
    json.number_member("host_within_m", parameters.host_within.value());
    json.member("articles_min", &parameters.articles_min);
    json.member("hours_min", &parameters.hours_min);
    json.member("hours_min_small", &parameters.hours_min_small);
    json.member("small_turnover_msek", &parameters.small_turnover_msek);
    json.key("people_radii_km");
    json.value(&parameters.people_radii.map(km));
    json.key("people_times_min");
    json.value(&parameters.people_times.map(Seconds::minutes));
    json.member("percentile_rule", "smallest length at which the cumulated people reach the share");
    json.member(
        "within_rule",
        if results.travel.method().is_estimate() {
            "cost <= threshold, after the detour factor"
        } else {
            "cost <= threshold, access legs included"
        },
    );
    json.member("note", "registers are incomplete");
    json.member("edits", &(results.project.amendments.len() + results.project.added.len()));
    json.key("sources");
    json.begin_array();
    for layer in &results.project.layers {
        json.begin_object();
        json.member("layer", &layer.id.text());
        json.member("name", &layer.name);
        json.member("file", &layer.source.name());
        json.member("role", layer.role.id());
        json.member("sha256", &layer.source.sha256);
        json.member("data_date", &layer.source.date);
        json.member("demo", &(layer.table.is_demo || matches!(layer.source.place, SourcePlace::Demo(_))));
        json.end_object();
    }
    json.end_array();
    json.end_object();
    json.into_bytes()
}
