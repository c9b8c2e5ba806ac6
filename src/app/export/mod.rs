//! What leaves the program? Cells, candidates, gaps, areas and chosen sites, with the assumptions they rest on.
//! Property names are stable and documented in `docs/formats.md`.

mod compare;
mod geometry;
mod tables;

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

pub use self::compare::{Comparison, ranking_member, write_factor_table, write_ranking_table};
pub use self::geometry::degrees;
use self::geometry::geometry_member;
pub use self::tables::{write_areas, write_candidate_table, write_cell_table, write_pipos};
use super::Results;
use super::ways::CriticalRoad;
pub use crate::app::tables::CsvStyle;
use crate::geometry::{Crs, LonLat, Reprojection};
use crate::io::{IoError, JsonWriter, write_atomically};
use crate::lang::{Lang, Said};
use crate::model::travel::{TravelError, TravelModel};
use crate::model::{Evidence, KindMap, ServiceIx, ServiceKind, SiteId, SourcePlace};
use crate::network::RoadTravel;
use crate::say;
use crate::siting::{Candidate, Host, SiteFigures, Verdict};
use crate::units::{Cost, Measure, Metres, People, Seconds};

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
fn km(length: Metres) -> f64 {
    length.value().round() / 1000.0
}

fn opt_km(json: &mut JsonWriter, name: &str, length: Option<Metres>) {
    json.key(name);
    match length {
        Some(length) => json.number(km(length)),
        None => json.value(&()),
    }
}

/// A cost under a name that ends with its unit: kilometres to the metre, or minutes to a hundredth.
fn cost_member(json: &mut JsonWriter, name: &str, cost: Option<Cost>, measure: Measure) {
    json.key(&format!("{name}_{}", measure.unit()));
    match (cost, measure) {
        (Some(cost), Measure::Distance) => json.number(km(cost.metres())),
        (Some(cost), Measure::Time) => json.number(minutes(cost.seconds())),
        (None, _) => json.value(&()),
    }
}

/// Minutes to a hundredth.
pub(super) fn minutes(time: Seconds) -> f64 {
    (time.minutes() * 100.0).round() / 100.0
}

/// Which program made an export, and when.
pub(super) fn program_members(json: &mut JsonWriter, stamp: &Stamp) {
    json.member("program", "Sotplan");
    json.member("version", env!("CARGO_PKG_VERSION"));
    json.member("date", &stamp.date);
}

/// Which program made an export, when, and how it measured.
pub(super) fn origin_members(json: &mut JsonWriter, results: &Results, stamp: &Stamp) {
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
pub(super) fn assumptions(results: &Results, stamp: &Stamp) -> Vec<u8> {
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
        json.member("layer", &format!("layer-{}", layer.id.0));
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

/// Writes a collection whose features were written in pieces.
fn write_collection(path: &Path, name: &str, about: &[u8], pieces: &[Vec<u8>]) -> Result<(), IoError> {
    let name = serde_json::Value::from(name).to_string();
    let head =
        [b"{\"type\":\"FeatureCollection\",\"name\":", name.as_bytes(), b",\"sotplan\":", about].concat();
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

fn point_geometry(json: &mut JsonWriter, place: LonLat) {
    json.key("geometry");
    json.begin_object();
    json.member("type", "Point");
    json.key("coordinates");
    json.position(place.lon, place.lat);
    json.end_object();
}

fn service_id(results: &Results, ix: ServiceIx) -> String {
    results.situation.service(ix).map(|service| service.site.text()).unwrap_or_default()
}

fn area_members(json: &mut JsonWriter, results: &Results, area: Option<crate::model::AreaIx>) {
    let area = area.and_then(|ix| results.situation.areas.get(ix.at()));
    json.member("municipality", &area.map(|area| area.name.as_str()));
    json.member("municipality_code", &area.map(|area| area.code.as_str()).filter(|code| !code.is_empty()));
}

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
        let coverage = &kind.coverage;
        match coverage.at(cell, 0) {
            Ok((service, trip)) => {
                json.key(&keys.km);
                json.number(km(trip.length));
                if let Some(time) = trip.time {
                    json.key(&keys.min);
                    json.number(minutes(time));
                }
                if let Some((id, name)) = names.services.get(service.at()) {
                    json.key(&keys.id);
                    json.raw(id);
                    json.key(&keys.name);
                    json.raw(name);
                }
                if let Ok((second, trip)) = coverage.at(cell, 1) {
                    json.key(&keys.km2);
                    json.number(km(trip.length));
                    if let Some(time) = trip.time {
                        json.key(&keys.min2);
                        json.number(minutes(time));
                    }
                    if let Some((id, _)) = names.services.get(second.at()) {
                        json.key(&keys.id2);
                        json.raw(id);
                    }
                }
            }
            Err(reason) => json.member(&keys.reason, reason.id()),
        }
    }
    json.end_object();
    json.end_object();
}

/// Every candidate.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_candidates(path: &Path, results: &Results, stamp: &Stamp) -> Result<(), IoError> {
    let pieces: Vec<Vec<u8>> = results
        .candidates
        .par_chunks(256)
        .map(|part| features(part, |json, c| candidate_feature(json, results, c)))
        .collect();
    write_collection(path, "candidates", &assumptions(results, stamp), &pieces)
}

fn features<T>(items: &[T], write: impl Fn(&mut JsonWriter, &T)) -> Vec<u8> {
    let mut json = JsonWriter::default();
    for item in items {
        json.line_break();
        write(&mut json, item);
    }
    json.into_bytes()
}

/// The chosen sites: candidates and trial points.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_selected(
    path: &Path,
    results: &Results,
    selected: &BTreeSet<SiteId>,
    trials: &[crate::model::TrialPoint],
    stamp: &Stamp,
) -> Result<usize, IoError> {
    let chosen: Vec<&Candidate> = results.candidates.iter().filter(|c| selected.contains(&c.site)).collect();
    let chosen_trials: Vec<_> =
        trials.iter().filter(|trial| selected.contains(&SiteId::Trial(trial.id))).collect();
    let mut pieces = vec![features(&chosen, |json, candidate| candidate_feature(json, results, candidate))];
    let plane = Reprojection::new(Crs::Wgs84);
    let figures = |trial: &&crate::model::TrialPoint| {
        let point = plane.plane(trial.place).unwrap_or_default();
        results.figures_at(point).map_err(|error| match error {
            TravelError::Cancelled(cancelled) => IoError::Cancelled(cancelled),
            TravelError::NoAnswer(message) => IoError::File { file: trial.name.clone(), message },
        })
    };
    let figures = chosen_trials.iter().map(figures).collect::<Result<Vec<_>, IoError>>()?;
    let with_figures: Vec<_> = chosen_trials.iter().zip(&figures).collect();
    pieces
        .push(features(&with_figures, |json, (trial, figures)| trial_feature(json, results, trial, figures)));
    write_collection(path, "selected_sites", &assumptions(results, stamp), &pieces)?;
    Ok(chosen.len() + chosen_trials.len())
}

fn candidate_feature(json: &mut JsonWriter, results: &Results, candidate: &Candidate) {
    json.begin_object();
    json.member("type", "Feature");
    json.member("id", &candidate.site.text());
    point_geometry(json, candidate.place);
    json.key("properties");
    json.begin_object();
    json.member("id", &candidate.site.text());
    json.member("name", &candidate.name);
    json.member("type", "candidate");
    area_members(json, results, candidate.area);
    let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
    json.member("sot_name", &sot.map(|sot| sot.name.as_str()));
    json.member("status", &sot.map(|sot| sot.status.id()));
    json.member("status_date", &sot.map(|sot| sot.status_date.as_str()));
    json.member("in_favour_of", &sot.and_then(|sot| sot.in_favour_of.as_deref()));
    json.member(
        "host_store",
        match candidate.host {
            Host::Store(_) => "in_data",
            Host::NotInData => "not_in_data",
        },
    );
    json.member("verdict", candidate.verdict.id());
    json.key("rules");
    json.begin_object();
    for rule in &candidate.rules {
        json.key(rule.rule.id());
        json.begin_object();
        json.member("outcome", rule.outcome.id());
        json.member("remark", &rule.has_remark);
        json.member("why", &rule.why.said(Lang::En));
        json.member("why_sv", &rule.why.said(Lang::Sv));
        evidence_member(json, &rule.evidence);
        json.end_object();
    }
    json.end_object();
    json.key("missing");
    json.begin_array();
    for rule in candidate.missing() {
        json.value(rule.rule.id());
    }
    json.end_array();
    for (name, outcome) in
        [("not_met", crate::siting::Outcome::NotMet), ("unknown", crate::siting::Outcome::Unknown)]
    {
        let rules = candidate.missing().filter(|rule| rule.outcome == outcome);
        json.member(name, &rules.map(|rule| rule.rule.id()).collect::<Vec<_>>());
    }
    json.member("missing_text", &missing_text(candidate, Lang::En));
    json.member("missing_text_sv", &missing_text(candidate, Lang::Sv));
    nearest_members(json, results, &candidate.nearest);
    people_members(json, results, candidate.people_within);
    json.key("people_nearest");
    json.value(&candidate.people_nearest.map(People::value));
    json.key("sot_gap_people");
    json.value(&candidate.gap_people.map(People::value));
    json.key("people_left_without_if_closed");
    json.value(&candidate.people_left_without.map(People::value));
    json.key("extra_person_km_if_closed");
    json.value(&candidate.extra_person_km.map(|km| (km * 10.0).round() / 10.0));
    if let Some(minutes) = candidate.extra_person_min {
        json.number_member("extra_person_min_if_closed", minutes.round());
    }
    json.end_object();
    json.end_object();
}

fn evidence_member(json: &mut JsonWriter, evidence: &Evidence) {
    json.key("evidence");
    json.begin_object();
    json.member("kind", evidence.kind.id());
    json.member("who", &evidence.who);
    json.member("when", &evidence.when);
    json.member("what", &evidence.what);
    json.end_object();
}

/// What is missing to become a SOT point, one line a rule, with how it is known: to be copied into a letter.
#[must_use]
pub fn missing_report(candidate: &Candidate, lang: Lang) -> String {
    let (name, verdict) = (&candidate.name, candidate.verdict.said(lang));
    let mut lines = vec![
        say!(
            lang,
            "{name}: vad saknas för att bli SOT-punkt?",
            "{name}: what is missing to become a SOT point?"
        ),
        say!(lang, "Bedömning: {verdict}", "Verdict: {verdict}"),
    ];
    if candidate.host == Host::NotInData {
        lines.push(lang.pick("Värdbutiken finns inte i data.", "The host store is not in the data.").into());
    }
    if candidate.verdict == Verdict::Meets {
        lines.push(lang.pick("Inget saknas.", "Nothing is missing.").into());
    }
    let groups = [
        (crate::siting::Outcome::NotMet, lang.pick("Ej uppfyllt", "Not met")),
        (crate::siting::Outcome::Unknown, lang.pick("Att fråga om", "To ask about")),
    ];
    for (outcome, title) in groups {
        let mut rules = candidate.missing().filter(|rule| rule.outcome == outcome).peekable();
        if rules.peek().is_some() {
            lines.push(format!("{title}:"));
        }
        lines.extend(rules.map(|rule| {
            let known = match rule.evidence.kind {
                crate::model::EvidenceKind::None => String::new(),
                _ => format!(" ({})", rule.evidence.said(lang)),
            };
            format!("– {} {}: {}{known}", rule.rule.id(), rule.rule.said(lang), rule.why.said(lang))
        }));
    }
    lines.join("\n")
}

/// What is missing to become a SOT point, as a sentence.
#[must_use]
pub fn missing_text(candidate: &Candidate, lang: Lang) -> String {
    if candidate.host == Host::NotInData {
        return lang.pick("värdbutiken finns inte i data", "host store not in the data").into();
    }
    if candidate.verdict == Verdict::Meets {
        return lang.pick("inget saknas", "nothing is missing").into();
    }
    let parts: Vec<String> = candidate
        .missing()
        .map(|rule| {
            format!("{} {}: {}", rule.rule.id(), rule.rule.said(lang).to_lowercase(), rule.why.said(lang))
        })
        .collect();
    parts.join("; ")
}

fn nearest_members(
    json: &mut JsonWriter,
    results: &Results,
    nearest: &KindMap<Option<crate::siting::NearestUnit>>,
) {
    for kind in ServiceKind::measured() {
        let unit = nearest[kind].as_ref();
        let id = kind.id();
        opt_km(json, &format!("nearest_{id}_km"), unit.map(|unit| unit.trip.length));
        if let Some(time) = unit.and_then(|unit| unit.trip.time) {
            json.number_member(&format!("nearest_{id}_min"), minutes(time));
        }
        opt_km(json, &format!("nearest_{id}_straight_km"), unit.map(|unit| unit.straight));
        json.member(
            &format!("nearest_{id}_name"),
            &unit.map(|unit| results.situation.service_name(unit.service)),
        );
        json.member(&format!("nearest_{id}_id"), &unit.map(|unit| service_id(results, unit.service)));
    }
}

fn people_members(json: &mut JsonWriter, results: &Results, people: [People; 2]) {
    let measure = results.measure();
    for (people, radius) in people.iter().zip(results.project.parameters.radii(measure)) {
        let (radius, unit) = (measure.in_units(radius), measure.unit());
        json.number_member(&format!("people_within_{radius}_{unit}"), people.value());
    }
}

fn trial_feature(
    json: &mut JsonWriter,
    results: &Results,
    trial: &crate::model::TrialPoint,
    figures: &SiteFigures,
) {
    let id = SiteId::Trial(trial.id).text();
    json.begin_object();
    json.member("type", "Feature");
    json.member("id", &id);
    point_geometry(json, trial.place);
    json.key("properties");
    json.begin_object();
    json.member("id", &id);
    json.member("name", &trial.name);
    json.member("type", "trial_point");
    json.member("host_store", "none");
    json.member("verdict", Verdict::NotPossible.id());
    nearest_members(json, results, &figures.nearest);
    people_members(json, results, figures.people_within);
    json.number_member("people_nearest", figures.people_nearest.value());
    json.number_member("people_without_store_today", figures.people_without_today.value());
    json.number_member("grocery_gap_people", figures.grocery_gap_people.value());
    json.key("sot_gap_people");
    json.value(&results.kind(ServiceKind::Sot).map(|_| figures.sot_gap_people.value()));
    json.number_member("saved_person_km", (figures.saved_person_km * 10.0).round() / 10.0);
    if let Some(minutes) = figures.saved_person_min {
        json.number_member("saved_person_min", minutes.round());
    }
    json.end_object();
    json.end_object();
}

/// The gaps of every kind.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_gaps(path: &Path, results: &Results, stamp: &Stamp) -> Result<(), IoError> {
    let reprojection = Reprojection::new(Crs::Wgs84);
    let mut json = JsonWriter::default();
    for kind in &results.kinds {
        for (rank, (gap, outline)) in kind.gaps.iter().enumerate() {
            json.line_break();
            json.begin_object();
            json.member("type", "Feature");
            geometry_member(&mut json, &degrees(outline, &reprojection).into());
            json.key("properties");
            json.begin_object();
            json.member("kind", gap.kind.id());
            json.member("rank", &(rank + 1));
            json.number_member("people", gap.people.value());
            json.member("cells", &gap.cells.len());
            cost_member(&mut json, "mean", gap.mean, results.measure());
            cost_member(&mut json, "max", gap.max, results.measure());
            area_members(&mut json, results, gap.area);
            json.end_object();
            json.end_object();
        }
    }
    write_collection(path, "gaps", &assumptions(results, stamp), &[json.into_bytes()])
}

/// Writes the most important roads of a kind, worst first.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_critical(
    path: &Path,
    results: &Results,
    kind: ServiceKind,
    roads: &[CriticalRoad],
    stamp: &Stamp,
) -> Result<(), IoError> {
    let mut json = JsonWriter::default();
    for (rank, road) in roads.iter().enumerate() {
        json.line_break();
        json.begin_object();
        json.member("type", "Feature");
        let line: geo::LineString = road.line.iter().map(|place| (place.lon, place.lat)).collect();
        geometry_member(&mut json, &line.into());
        json.key("properties");
        json.begin_object();
        json.member("kind", kind.id());
        json.member("rank", &(rank + 1));
        json.member("name", &road.name);
        json.member("class", road.class.id());
        json.member("municipality", &road.area);
        json.number_member("metres", road.length.value().round());
        json.number_member("people", road.people.value());
        json.number_member("people_cut_off", road.people_cut_off.value());
        json.number_member("extra_person_min", road.extra_person_min.round());
        json.number_member("extra_person_km", road.extra_person_km.round());
        json.end_object();
        json.end_object();
    }
    write_collection(path, "critical_roads", &assumptions(results, stamp), &[json.into_bytes()])
}
