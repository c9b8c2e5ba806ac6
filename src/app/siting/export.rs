//! What leaves the program of a plan? Chosen places, who goes where, the summary, alternatives and the curve.
//! Names are stable and documented in `docs/formats.md`.

use std::path::Path;

use super::words::cell_id;
use super::{Posed, Solved, role_id};
use crate::app::Results;
use crate::app::export::{CsvStyle, Stamp, origin_members};
use crate::app::outputs::make_folder;
use crate::io::{IoError, JsonWriter, write_atomically};
use crate::lang::{Lang, Said};
use crate::location::{Alternatives, Answer, Outcome, Plan};

/// What was found out beside the best plan.
#[derive(Debug, Default)]
pub struct Beside {
    pub alternatives: Option<Alternatives>,
    /// The best plan for each number of sites.
    pub curve: Option<Vec<(usize, Answer)>>,
}

/// Writes every file of an answer and returns the summary's text.
///
/// # Errors
/// [`IoError::Write`] when the folder or a file cannot be written.
pub fn write_all(
    folder: &Path,
    solved: &Solved,
    beside: &Beside,
    results: &Results,
    style: CsvStyle,
    stamp: &Stamp,
) -> Result<Vec<u8>, IoError> {
    make_folder(folder)?;
    let summary = summary(solved, beside, results, stamp);
    write_atomically(&folder.join("chosen.geojson"), &[&chosen(solved, results)])?;
    write_atomically(&folder.join("assignment.csv"), &[&assignment(solved, results, style)])?;
    if let Some(found) = &beside.alternatives {
        let table = alternatives(&solved.posed, found, style);
        write_atomically(&folder.join("alternatives.csv"), &[&table])?;
    }
    if let Some(points) = &beside.curve {
        let table = curve(&solved.posed, points, style);
        write_atomically(&folder.join("curve.csv"), &[&table])?;
    }
    write_atomically(&folder.join("summary.json"), &[&summary, b"\n"])?;
    Ok(summary)
}

pub(super) fn optional(json: &mut JsonWriter, name: &str, value: Option<f64>) {
    json.key(name);
    match value {
        Some(value) => json.number(rounded(value)),
        None => json.value(&()),
    }
}

/// To a millionth: finer than anything measured.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The chosen places as points.
fn chosen(solved: &Solved, results: &Results) -> Vec<u8> {
    let mut json = JsonWriter::default();
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.member("name", "chosen");
    site_features(&mut json, &solved.posed, results, chosen_sites(solved));
    json.end_object();
    json.into_bytes()
}

/// The places of a plan as points, with the people each serves.
pub(super) fn site_features(
    json: &mut JsonWriter,
    posed: &Posed,
    results: &Results,
    sites: impl Iterator<Item = (u32, f64)>,
) {
    json.key("features");
    json.begin_array();
    for (site, people) in sites {
        let Some(place) = posed.places.get(site as usize) else { continue };
        json.line_break();
        json.begin_object();
        json.member("type", "Feature");
        json.member("id", &place.site.text());
        json.key("geometry");
        json.begin_object();
        json.member("type", "Point");
        json.key("coordinates");
        json.position(place.place.lon, place.place.lat);
        json.end_object();
        json.key("properties");
        site_object(json, posed, site, results, Some(people));
        json.end_object();
    }
    json.end_array();
}

fn chosen_sites(solved: &Solved) -> impl Iterator<Item = (u32, f64)> + '_ {
    solved.plan.iter().flat_map(|view| view.plan.sites.iter().copied().zip(view.people_at.iter().copied()))
}

fn site_object(json: &mut JsonWriter, posed: &Posed, site: u32, results: &Results, people: Option<f64>) {
    let Some(place) = posed.places.get(site as usize) else { return json.value(&()) };
    json.begin_object();
    json.member("id", &place.site.text());
    json.member("name", &place.name);
    json.member("store", &place.store_name);
    json.member("sot_id", &place.sot.as_ref().map(crate::model::SiteId::text));
    json.member("area", &results.situation.area_name(place.area));
    json.member("role", role_id(place.role));
    json.member("reason", &place.reason.said(Lang::En));
    json.member("status", &place.status.as_ref().map(|(status, _)| status.id()));
    json.member("status_date", &place.status.as_ref().map(|(_, date)| date.as_str()));
    json.member("cost", &place.cost);
    json.member("capacity", &place.capacity);
    if let Some(people) = people {
        json.number_member("people_served", people);
    }
    json.end_object();
}

/// Numbers as the style writes them.
fn number(value: f64, decimals: usize, style: CsvStyle) -> String {
    let text = format!("{value:.decimals$}");
    if style == CsvStyle::Swedish { text.replace('.', ",") } else { text }
}

fn table(style: CsvStyle, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let (bom, delimiter): (&[u8], u8) = match style {
        CsvStyle::Plain => (b"", b','),
        CsvStyle::Swedish => (b"\xef\xbb\xbf", b';'),
    };
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(bom.to_vec());
    // Writing into memory does not fail.
    let _ = table.write_record(header);
    for row in rows {
        let _ = table.write_record(row);
    }
    table.into_inner().unwrap_or_default()
}

/// Who goes where; with capacities and backups a cell may stand on several lines.
fn assignment(solved: &Solved, results: &Results, style: CsvStyle) -> Vec<u8> {
    let posed = &solved.posed;
    let unit = format!("cost_{}", posed.measure.unit());
    let header = ["cell", "area", "people", "site", "site_name", &unit];
    let served = solved.plan.iter().flat_map(|view| &view.served);
    let rows = served.map(|one| {
        let area = results.situation.demand.areas.get(one.demand as usize).copied().flatten();
        let place = posed.places.get(one.site as usize);
        vec![
            cell_id(one.demand, results),
            results.situation.area_name(area).unwrap_or_default().to_owned(),
            number(one.people, super::decimals(one.people).min(6) as usize, style),
            place.map(|place| place.site.text()).unwrap_or_default(),
            posed.place_name(one.site).to_owned(),
            number(posed.measure.in_units(one.cost), 3, style),
        ]
    });
    table(style, &header, rows)
}

fn site_ids(posed: &Posed, plan: &Plan) -> Vec<String> {
    plan.sites
        .iter()
        .filter_map(|site| posed.places.get(*site as usize))
        .map(|place| place.site.text())
        .collect()
}

fn site_names(posed: &Posed, plan: &Plan) -> String {
    plan.sites.iter().map(|site| posed.place_name(*site)).collect::<Vec<_>>().join("; ")
}

fn alternatives(posed: &Posed, found: &Alternatives, style: CsvStyle) -> Vec<u8> {
    let best = found.plans.first().map_or(0.0, |plan| posed.value(plan.value));
    let rows = found.plans.iter().enumerate().map(|(at, plan)| {
        let value = posed.value(plan.value);
        vec![
            (at + 1).to_string(),
            number(value, 6, style),
            number((value - best).abs(), 6, style),
            site_ids(posed, plan).join("; "),
            site_names(posed, plan),
        ]
    });
    table(style, &["rank", "value", "loss", "sites", "names"], rows)
}

fn curve(posed: &Posed, points: &[(usize, Answer)], style: CsvStyle) -> Vec<u8> {
    let rows = points.iter().map(|(count, answer)| {
        let plan = answer.plan();
        let bound = match &answer.outcome {
            Outcome::Found { bound, .. } => number(posed.value(*bound), 6, style),
            _ => String::new(),
        };
        vec![
            count.to_string(),
            plan.map(|plan| number(posed.value(plan.value), 6, style)).unwrap_or_default(),
            bound,
            answer.is_proven().to_string(),
            answer.proof().said(Lang::En),
            plan.map(|plan| site_names(posed, plan)).unwrap_or_default(),
        ]
    });
    table(style, &["sites", "value", "bound", "proven", "status", "names"], rows)
}

fn figures(json: &mut JsonWriter, name: &str, of: &super::Figures, posed: &Posed) {
    let unit = posed.measure.unit();
    let cost = |cost: Option<crate::units::Cost>| cost.map(|cost| posed.measure.in_units(cost));
    json.key(name);
    json.begin_object();
    json.member("sites", &of.sites);
    json.number_member("people", of.people);
    json.number_member("people_within", of.people_within);
    optional(json, &format!("threshold_{unit}"), cost(Some(of.threshold)));
    json.number_member("people_without_way", of.people_without_way);
    optional(json, &format!("mean_{unit}"), cost(of.mean));
    optional(json, &format!("worst_{unit}"), cost(of.worst));
    json.end_object();
}

/// The answer as JSON.
#[must_use]
pub fn summary(solved: &Solved, beside: &Beside, results: &Results, stamp: &Stamp) -> Vec<u8> {
    let (posed, answer) = (&solved.posed, &solved.answer);
    let mut json = JsonWriter::default();
    json.begin_object();
    origin_members(&mut json, results, stamp);
    json.member("objective", answer.objective.id());
    optional(&mut json, "value", solved.plan.as_ref().map(|view| view.value));
    optional(&mut json, "bound", solved.bound);
    json.member("gap", &answer.gap());
    json.member("proven", &answer.is_proven());
    json.member("status", &solved.status(results, Lang::En));
    json.member("sites", &solved.plan.as_ref().map(|view| site_ids(posed, &view.plan)).unwrap_or_default());
    json.number_member("seconds", answer.seconds);
    json.member("seed", &answer.seed);
    json.number_member("tolerance", posed.tolerance());
    json.member("question", &posed.question);
    json.key("chosen");
    json.begin_array();
    for (site, people) in chosen_sites(solved) {
        json.line_break();
        site_object(&mut json, posed, site, results, Some(people));
    }
    json.end_array();
    assignment_member(&mut json, solved, results);
    optional(&mut json, "money", solved.plan.as_ref().and_then(|view| view.money));
    figures(&mut json, "before", &solved.before, posed);
    if let Some(view) = &solved.plan {
        figures(&mut json, "after", &view.figures, posed);
    }
    rules(&mut json, solved, results);
    json.key("left_out");
    json.begin_array();
    for cell in &solved.left_out {
        json.line_break();
        json.begin_object();
        json.member("cell", &cell_id(cell.demand, results));
        json.number_member("people", cell.people);
        json.member("reason", &posed.said_why_left_out(&cell.why, Lang::En));
        json.end_object();
    }
    json.end_array();
    json.number_member("people_left_out", solved.people_left_out());
    json.member("cells_without_group", &posed.cells_without_group);
    json.key("infeasible");
    json.begin_array();
    for why in solved.infeasible() {
        json.value(&posed.said_infeasible(why, results, Lang::En));
    }
    json.end_array();
    beside_members(&mut json, posed, beside);
    json.end_object();
    json.into_bytes()
}

/// By cell: the site that serves it, the first where there are several.
fn assignment_member(json: &mut JsonWriter, solved: &Solved, results: &Results) {
    json.key("assignment");
    json.begin_object();
    let served = solved.plan.as_ref().map(|view| view.served.as_slice()).unwrap_or_default();
    for one in served.chunk_by(|a, b| a.demand == b.demand).filter_map(|of_one| of_one.first()) {
        let place = solved.posed.places.get(one.site as usize);
        json.member(&cell_id(one.demand, results), &place.map(|place| place.site.text()));
    }
    json.end_object();
}

/// Roles and pairs that held, each with its reason.
fn rules(json: &mut JsonWriter, solved: &Solved, results: &Results) {
    let posed = &solved.posed;
    json.key("roles");
    json.begin_array();
    for (site, place) in (0u32..).zip(&posed.places) {
        if place.sot.is_some() || place.role != crate::location::Role::Candidate {
            json.line_break();
            site_object(json, posed, site, results, None);
        }
    }
    json.end_array();
    json.key("exclusions");
    json.begin_array();
    for exclusion in &posed.exclusions {
        json.begin_object();
        json.member("sites", &exclusion.sites.map(|site| posed.place_name(site)));
        json.member("reason", &posed.said_exclusion(exclusion, Lang::En));
        json.end_object();
    }
    json.end_array();
    json.key("remarks");
    json.begin_array();
    for unknown in &posed.unknown_favoured {
        json.value(&posed.said_unknown_favoured(unknown, Lang::En));
    }
    json.end_array();
}

fn beside_members(json: &mut JsonWriter, posed: &Posed, beside: &Beside) {
    if let Some(found) = &beside.alternatives {
        json.key("alternatives");
        json.begin_array();
        for plan in &found.plans {
            json.line_break();
            json.begin_object();
            json.number_member("value", rounded(posed.value(plan.value)));
            json.member("sites", &site_ids(posed, plan));
            json.member("names", &site_names(posed, plan));
            json.end_object();
        }
        json.end_array();
        json.member("alternatives_proven", &found.is_complete);
    }
    if let Some(points) = &beside.curve {
        json.key("curve");
        json.begin_array();
        for (count, answer) in points {
            json.begin_object();
            json.member("sites", count);
            optional(json, "value", answer.plan().map(|plan| posed.value(plan.value)));
            json.member("proven", &answer.is_proven());
            json.end_object();
        }
        json.end_array();
    }
}
