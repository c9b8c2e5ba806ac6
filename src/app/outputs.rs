//! What does `analyse` write? Summary and quality as JSON, and every export into one folder.

use std::path::Path;

use super::export::{self, About, Cells, Chosen, Comparison, Gaps, Sites, Stamp};
use super::findings;
use super::results::{KindResult, Phases, Results};
use crate::analysis::Spread;
use crate::io::{IoError, JsonWriter, write_atomically};
use crate::lang::{Lang, Said};
use crate::model::{Layer, LayerReport, Message, Project, RemarkKind, Role, RuralGroup, SourcePlace};
use crate::units::{Cost, Metres};

/// The files of an analysis that are always written, by name.
const FILES: [&str; 7] =
    ["factors.csv", "ranking.csv", "areas.csv", "county.csv", "findings.csv", "quality.json", "summary.json"];

/// The layers of an analysis, by name.
const LAYERS: [&str; 3] = ["demand", "candidates", "gaps"];

/// The files of an analysis, by name.
#[must_use]
pub fn files(chosen: &Chosen) -> Vec<String> {
    chosen.layer_files(&LAYERS).into_iter().chain(chosen.style.file_names(&FILES)).collect()
}

/// What was written.
pub struct Written {
    /// The summary's text.
    pub summary: Vec<u8>,
    /// What the files say otherwise than what was found, and why.
    pub notes: Vec<Message>,
}

/// Writes every file of an analysis.
///
/// # Errors
/// [`IoError`] when the folder or a file cannot be written, when a row has no coordinates in the system that is asked for,
/// or for what the format cannot hold.
pub fn write_all(
    folder: &Path,
    results: &Results,
    chosen: &Chosen,
    stamp: &Stamp,
    mut phases: Phases,
) -> Result<Written, IoError> {
    make_folder(folder)?;
    let style = chosen.style;
    let [factors, ranking, areas, county, findings, quality_file, summary_file] =
        FILES.map(|name| folder.join(style.file_name(name)));
    let started = std::time::Instant::now();
    let layers = || -> Result<Vec<Message>, IoError> {
        let about = About::new(export::assumptions(results, stamp));
        let (cells, sites, gaps) = (Cells::new(results), Sites::all(results), Gaps::new(results));
        export::write_to_folder(folder, &[&cells, &sites, &gaps], &about, chosen)
    };
    let (model, selected) = (&results.project.ranking, &results.project.selected);
    let tables = || -> Result<Comparison, IoError> {
        let comparison = Comparison::new(results, model, selected);
        export::write_factor_table(&factors, results, &comparison, model, style)?;
        export::write_ranking_table(&ranking, results, &comparison, style)?;
        export::write_areas(&areas, results, style, stamp)?;
        export::write_county(&county, results, style)?;
        export::write_findings(&findings, results, style)?;
        write_atomically(&quality_file, &[&quality(results), b"\n"])?;
        Ok(comparison)
    };
    let (layers, tables) = rayon::join(layers, tables);
    let notes = layers?;
    let comparison = tables?;
    phases.insert("write", started.elapsed().as_secs_f64());
    let summary = summary_with(results, &comparison, stamp, &phases);
    write_atomically(&summary_file, &[&summary, b"\n"])?;
    Ok(Written { summary, notes })
}

/// Makes the folder that results are written into, and those above it.
///
/// # Errors
/// [`IoError::Write`] when it cannot be made.
pub fn make_folder(folder: &Path) -> Result<(), IoError> {
    std::fs::create_dir_all(folder).map_err(|source| IoError::Write { path: folder.to_owned(), source })
}

fn opt_km(json: &mut JsonWriter, name: &str, length: Option<Metres>) {
    json.key(name);
    match length {
        Some(length) => json.number((length.value() * 10.0).round() / 1e4),
        None => json.value(&()),
    }
}

/// The summary of an analysis, documented in `docs/formats.md`.
#[must_use]
pub fn summary(results: &Results, stamp: &Stamp, phases: &Phases) -> Vec<u8> {
    let Project { ranking, selected, .. } = &results.project;
    summary_with(results, &Comparison::new(results, ranking, selected), stamp, phases)
}

fn summary_with(results: &Results, comparison: &Comparison, stamp: &Stamp, phases: &Phases) -> Vec<u8> {
    let parameters = &results.project.parameters;
    let mut json = JsonWriter::default();
    json.begin_object();
    export::origin_members(&mut json, results, stamp);
    json.number_member("threshold_km", parameters.threshold.km());
    json.number_member("threshold_min", parameters.time_threshold.minutes());
    json.member("demo", &results.project.is_demo());
    json.key("kinds");
    json.begin_object();
    results.kinds.iter().for_each(|kind| kind_member(&mut json, results, kind));
    json.end_object();
    rural_member(&mut json, results);
    counted_twice_member(&mut json, results);
    findings_members(&mut json, results);
    json.key("candidates");
    json.begin_object();
    for verdict in crate::siting::Verdict::ALL {
        let count = results.candidates.iter().filter(|candidate| candidate.verdict == verdict).count();
        json.member(verdict.id(), &count);
    }
    json.end_object();
    export::ranking_member(&mut json, results, comparison, &results.project.ranking);
    json.key("layers");
    json.begin_array();
    for layer in &results.project.layers {
        layer_summary(&mut json, layer, results.report(layer));
    }
    json.end_array();
    json.key("seconds");
    json.begin_object();
    for (phase, seconds) in phases {
        json.number_member(phase, (seconds * 1e4).round() / 1e4);
    }
    json.end_object();
    json.end_object();
    json.into_bytes()
}

/// What the summary says of one kind of service.
fn kind_member(json: &mut JsonWriter, results: &Results, kind: &KindResult) {
    let summary = &kind.summary;
    json.key(kind.coverage.kind.id());
    json.begin_object();
    json.member("services", &kind.coverage.services.len());
    json.number_member("people_total", summary.people_total.value());
    json.number_member("people_within", summary.people_within.value());
    json.number_member("people_beyond", summary.people_beyond.value());
    json.key("people_without_value");
    json.begin_object();
    for (reason, people) in &summary.people_without_value {
        json.number_member(reason.id(), people.value());
    }
    json.end_object();
    let named = |spread: Spread| {
        [("mean", spread.mean), ("p50", spread.p50), ("p90", spread.p90), ("max", spread.max)]
    };
    for (name, length) in named(summary.lengths) {
        opt_km(json, &format!("{name}_km"), length.map(Cost::metres));
    }
    for (name, time) in summary.times.into_iter().flat_map(named) {
        json.key(&format!("{name}_min"));
        json.value(&time.map(|time| export::minutes(time.seconds())));
    }
    only_service_member(json, results, kind);
    open_member(json, kind);
    json.member("gaps", &kind.gaps.len());
    json.end_object();
}

/// What it would be with all roads open, where some are closed.
fn open_member(json: &mut JsonWriter, kind: &KindResult) {
    let Some(open) = &kind.open else { return };
    let without: f64 = open.people_without_value.values().map(|people| people.value()).sum();
    json.key("with_all_roads_open");
    json.begin_object();
    json.number_member("people_within", open.people_within.value());
    json.number_member("people_beyond", open.people_beyond.value());
    json.number_member("people_without_value", without);
    opt_km(json, "mean_km", open.lengths.mean.map(Cost::metres));
    json.key("mean_min");
    let mean = open.times.and_then(|times| times.mean);
    json.value(&mean.map(|time| export::minutes(time.seconds())));
    json.end_object();
}

/// How many services and places count, and what has to be looked at.
fn findings_members(json: &mut JsonWriter, results: &Results) {
    let (services, places, _) = findings::counts(&results.situation);
    json.key("counted");
    json.begin_object();
    json.member("services", &services);
    json.member("places", &places);
    json.end_object();
    json.key("findings");
    json.begin_object();
    for (kind, (open, settled)) in findings::by_kind(&results.findings.found) {
        json.key(kind.id());
        json.begin_object();
        json.member("open", &open);
        json.member("settled", &settled);
        json.end_object();
    }
    json.end_object();
}

fn counted_twice_member(json: &mut JsonWriter, results: &Results) {
    json.key("counted_twice");
    json.begin_array();
    for twice in &results.situation.counted_twice {
        json.begin_object();
        json.member("layer", &twice.layer.text());
        json.member("already_in", &twice.already_in.text());
        json.member("cells", &twice.cells);
        json.number_member("people", twice.people.value());
        json.member("same_file", &twice.is_same_file);
        json.member("left_out", &twice.is_dropped);
        json.end_object();
    }
    json.end_array();
}

/// What the groups of countryside were made of.
fn rural_member(json: &mut JsonWriter, results: &Results) {
    json.key("rural_groups");
    let Some(rural) = &results.rural else { return json.value(&()) };
    json.begin_object();
    json.member("terms", &results.project.parameters.rural);
    json.member("localities_from", if rural.is_from_layer { "layer" } else { "cells" });
    json.key("localities");
    json.begin_array();
    for locality in &rural.localities {
        json.begin_object();
        json.member("name", &locality.name);
        json.number_member("people", locality.people);
        json.member("cells", &locality.cells.len());
        json.end_object();
    }
    json.end_array();
    json.key("kinds");
    json.begin_object();
    for kind in &results.kinds {
        json.key(kind.coverage.kind.id());
        json.begin_array();
        for figures in &kind.groups {
            json.begin_object();
            json.member("group", &figures.group.map(RuralGroup::id));
            json.number_member("people_total", figures.people.value());
            json.number_member("people_within", figures.within.value());
            json.number_member("people_beyond", figures.beyond.value());
            json.number_member("people_without_value", figures.without_value.value());
            json.end_object();
        }
        json.end_array();
    }
    json.end_object();
    json.end_object();
}

fn layer_summary(json: &mut JsonWriter, layer: &Layer, report: Option<&LayerReport>) {
    json.begin_object();
    json.member("layer", &layer.id.text());
    json.member("name", &layer.name);
    json.member("file", &layer.source.name());
    if let SourcePlace::File(path) = &layer.source.place {
        json.member("path", &path.display().to_string());
    }
    json.member("role", layer.role.id());
    match &layer.role {
        Role::Population { field } => json.member("population_field", field),
        Role::Services(rule) => json.member("kinds", rule),
        Role::Areas(fields) => json.member("area_fields", fields),
        Role::SotPlaces | Role::Context(_) => {}
    }
    json.member("crs", &format!("EPSG:{}", layer.source.crs.epsg()));
    json.member("crs_assumed", &layer.source.crs_assumed);
    if let Some(found) = layer.source.encoding {
        json.member("encoding", found.encoding.name());
        json.member("encoding_assumed", &found.is_guess);
    }
    json.member("sha256", &layer.source.sha256);
    json.member("data_date", &layer.source.date);
    if let Some(report) = report {
        json.member("features_in", &report.features_in);
        json.member("features_used", &report.features_used);
        json.member("features_refused", &report.refused_by_reason());
        area_ways_member(json, report);
        export::joined_member(json, report);
        json.key("remarks");
        json.begin_object();
        for (code, remarks) in report.remarks_by_code() {
            json.member(code, &remarks.len());
        }
        json.end_object();
    }
    json.end_object();
}

/// People who would reach no service of the kind any more if one closed, and which: most people first.
fn only_service_member(json: &mut JsonWriter, results: &Results, kind: &super::results::KindResult) {
    let only = kind.only_services();
    json.key("only_service");
    json.begin_object();
    json.number_member("people", only.iter().map(|closure| closure.people_left_without.value()).sum());
    json.key("services");
    json.begin_array();
    for closure in only {
        let service = results.situation.service(closure.service);
        json.begin_object();
        json.member("id", &service.map(|service| service.site.text()));
        json.member("name", &service.map(|service| service.name.as_str()));
        json.number_member("people", closure.people_left_without.value());
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

/// How population cells came to their municipality, where areas are loaded.
fn area_ways_member(json: &mut JsonWriter, report: &LayerReport) {
    let Some(ways) = report.area_ways else { return };
    json.key("municipality_by");
    json.begin_object();
    for (way, (cells, people)) in ways.all() {
        json.key(way);
        json.begin_object();
        json.member("cells", &cells);
        json.number_member("people", people.value());
        json.end_object();
    }
    json.end_object();
}

/// Every refusal and remark of every layer, documented in `docs/formats.md`.
#[must_use]
pub fn quality(results: &Results) -> Vec<u8> {
    let mut json = JsonWriter::default();
    json.begin_object();
    over_water_member(&mut json, results);
    json.key("layers");
    json.begin_array();
    for layer in &results.project.layers {
        let Some(report) = results.report(layer) else { continue };
        json.line_break();
        json.begin_object();
        json.member("name", &layer.name);
        json.member("file", &layer.source.name());
        json.member("role", layer.role.id());
        json.member("features_in", &report.features_in);
        json.member("features_used", &report.features_used);
        json.member("features_refused", &report.refused_by_reason());
        json.member("adds_up", &report.adds_up());
        area_ways_member(&mut json, report);
        found_members(&mut json, report);
        json.end_object();
    }
    json.end_array();
    json.key("roads");
    json.begin_array();
    for layer in &results.project.roads {
        json.line_break();
        json.begin_object();
        json.member("name", &layer.name);
        json.member("file", &layer.source.name());
        json.key("report");
        json.value(&layer.roads.report);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    json.into_bytes()
}

fn over_water_member(json: &mut JsonWriter, results: &Results) {
    json.key("over_water");
    json.begin_array();
    for place in &results.over_water {
        json.line_break();
        json.begin_object();
        json.member("name", &place.name);
        json.number_member("people", place.people.value());
        json.key("lon_lat");
        json.position(place.place.lon, place.place.lat);
        json.key("road_lon_lat");
        json.position(place.road.lon, place.road.lat);
        json.end_object();
    }
    json.end_array();
}

/// Every refusal and remark of a report.
fn found_members(json: &mut JsonWriter, report: &LayerReport) {
    json.key("refused");
    json.begin_array();
    for refused in &report.refused {
        json.line_break();
        json.begin_object();
        json.member("feature", &refused.number);
        json.member("reason", refused.reason.code());
        json.member("field", &refused.reason.field());
        json.member("message", &refused.reason.said(Lang::En));
        json.end_object();
    }
    json.end_array();
    json.key("remarks");
    json.begin_array();
    for remark in &report.remarks {
        json.line_break();
        json.begin_object();
        json.member("feature", &remark.number);
        json.member("remark", remark.kind.code());
        remark_values(json, &remark.kind);
        json.member("message", &remark.kind.said(Lang::En));
        if let Some(place) = remark.place {
            json.key("lon_lat");
            json.position(place.lon, place.lat);
        }
        json.end_object();
    }
    json.end_array();
}

/// The figures of a remark, apart from its words.
fn remark_values(json: &mut JsonWriter, kind: &RemarkKind) {
    let round = |length: Metres| (length.value() * 10.0).round() / 10.0;
    match kind {
        RemarkKind::OutsideAreas { by } | RemarkKind::NearSimplifiedBorder { by } => {
            json.number_member("km_outside", by.value().round() / 1000.0);
        }
        RemarkKind::Duplicate { of_number, of_layer, apart } => {
            json.member("same_as_feature", of_number);
            json.member("same_as_layer", of_layer);
            json.number_member("metres_apart", round(*apart));
        }
        RemarkKind::NearestArea { area, by } => {
            json.member("municipality", area);
            json.number_member("km_outside", by.value().round() / 1000.0);
        }
        RemarkKind::AreaNotLoaded { name, cells, people } => {
            json.member("municipality", name);
            json.member("cells", cells);
            json.number_member("people", people.value());
        }
        RemarkKind::OtherArea { name } => json.member("municipality", name),
        RemarkKind::SameArea { of_number, .. } | RemarkKind::SameAreaName { of_number, .. } => {
            json.member("same_as_feature", of_number);
        }
        RemarkKind::CountedTwice { of_number, of_layer, people } => {
            json.member("same_as_feature", of_number);
            json.member("same_as_layer", of_layer);
            json.number_member("people", people.value());
        }
        RemarkKind::AmbiguousNumber { field, value, read_as } => {
            json.member("field", field);
            json.member("value", value);
            json.number_member("read_as", *read_as);
        }
        RemarkKind::TotalsDisagree { what, printed, summed } => {
            json.member("what", what);
            json.number_member("printed", *printed);
            json.number_member("summed", *summed);
        }
        _ => {}
    }
}
