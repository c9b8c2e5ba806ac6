//! What leaves the program of a plan? Chosen places, who goes where, the summary, alternatives and the curve.
//! Names are stable and documented in `docs/formats.md`.

use std::path::Path;

use super::answer::Solved;
use super::decide::chosen_places;
use super::places::role_id;
use super::posed::Posed;
use super::words::cell_id;
use crate::app::Results;
use crate::app::export::{
    About, Chosen, Place, ResultLayer, Row, Stamp, TableStyle, assumptions, origin_members, origin_of,
    write_to_folder,
};
use crate::app::outputs::{Written, make_folder};
use crate::app::tables::{Value, write_table};
use crate::io::{IoError, JsonWriter, remove_old, write_atomically};
use crate::lang::{Lang, Said};
use crate::location::{Alternatives, Answer, Plan};
use crate::model::{Layer, LayerId};

/// What was found out beside the best plan.
#[derive(Debug, Default)]
pub struct Beside {
    pub alternatives: Option<Alternatives>,
    /// The best plan for each number of sites.
    pub curve: Option<Vec<(usize, Answer)>>,
}

/// The files of an answer that are always written, by name.
const FILES: [&str; 4] = ["assignment.csv", "alternatives.csv", "curve.csv", "summary.json"];

/// The layer of the chosen places.
const CHOSEN: &str = "chosen";

/// The files of an answer, by name.
#[must_use]
pub fn files(chosen: &Chosen) -> Vec<String> {
    chosen.layer_files(&[CHOSEN]).into_iter().chain(chosen.style.file_names(&FILES)).collect()
}

/// Writes every file of an answer.
///
/// # Errors
/// [`IoError`] when the folder or a file cannot be written, when a place has no coordinates in the system that is asked for,
/// or for what the format cannot hold.
pub fn write_all(
    folder: &Path,
    solved: &Solved,
    beside: &Beside,
    results: &Results,
    chosen: &Chosen,
    stamp: &Stamp,
) -> Result<Written, IoError> {
    make_folder(folder)?;
    let style = chosen.style;
    let [assignment, alternatives, curve, summary_file] =
        FILES.map(|name| folder.join(style.file_name(name)));
    let summary = summary(solved, beside, results, stamp);
    let sites = chosen_sites(solved).collect();
    let sites = PlanSites { name: CHOSEN, posed: &solved.posed, results, sites };
    let about = About::new(assumptions(results, stamp));
    let notes = write_to_folder(folder, &[&sites], &about, chosen)?;
    write_assignment(&assignment, solved, results, style)?;
    // What an earlier answer left does not belong to this one.
    match &beside.alternatives {
        Some(found) => write_alternatives(&alternatives, &solved.posed, found, style)?,
        None => remove_old(&alternatives)?,
    }
    match &beside.curve {
        Some(points) => write_curve(&curve, &solved.posed, points, style)?,
        None => remove_old(&curve)?,
    }
    write_atomically(&summary_file, &[&summary, b"\n"])?;
    Ok(Written { summary, notes })
}

fn optional(json: &mut JsonWriter, name: &str, value: Option<f64>) {
    json.key(name);
    optional_number(json, value);
}

pub(super) fn optional_number(json: &mut JsonWriter, value: Option<f64>) {
    match value {
        Some(value) => json.number(rounded(value)),
        None => json.value(&()),
    }
}

/// To a millionth: finer than anything measured.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The places of a plan as points, with the people each serves.
pub(super) struct PlanSites<'a> {
    pub name: &'static str,
    pub posed: &'a Posed,
    pub results: &'a Results,
    /// Position among the places, people served, and people whom none of the others reaches.
    pub sites: Vec<(u32, f64, Option<f64>)>,
}

/// What a place of a plan says of itself.
const OF_SITES: [&str; 13] = [
    "id",
    "name",
    "store",
    "sot_id",
    "area",
    "role",
    "reason",
    "status",
    "status_date",
    "cost",
    "capacity",
    "people_served",
    "people_reached_by_none_without_it",
];

impl ResultLayer for PlanSites<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn count(&self) -> usize {
        self.sites.len()
    }

    fn columns(&self) -> Vec<String> {
        OF_SITES.map(String::from).into()
    }

    fn row(&self, at: usize) -> Row<'_> {
        let site = self.sites[at].0 as usize;
        let place = &self.posed.places[site];
        let origin = self.results.candidates.get(site).filter(|candidate| candidate.site == place.site);
        Row {
            id: Some(place.site.text().into()),
            place: Place::Point(place.place, place.point),
            origin: origin.and_then(|candidate| origin_of(self.results, candidate)),
        }
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        let (site, people, left) = self.sites[at];
        site_members(json, self.posed, site, self.results, Some((people, left)));
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.results.project.layer(id).map(AsRef::as_ref)
    }
}

/// The chosen places, the people each serves, and the people whom none of the others reaches.
fn chosen_sites(solved: &Solved) -> impl Iterator<Item = (u32, f64, Option<f64>)> + '_ {
    let places = solved.plan.iter().flat_map(|view| chosen_places(&solved.posed, view));
    places.map(|place| (place.site, place.people, Some(place.loss.people)))
}

fn site_object(
    json: &mut JsonWriter,
    posed: &Posed,
    site: u32,
    results: &Results,
    people: Option<(f64, Option<f64>)>,
) {
    json.begin_object();
    site_members(json, posed, site, results, people);
    json.end_object();
}

fn site_members(
    json: &mut JsonWriter,
    posed: &Posed,
    site: u32,
    results: &Results,
    people: Option<(f64, Option<f64>)>,
) {
    let Some(place) = posed.places.get(site as usize) else { return };
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
    if let Some((people, left)) = people {
        json.number_member("people_served", people);
        if let Some(left) = left {
            json.number_member("people_reached_by_none_without_it", left);
        }
    }
}

/// Who goes where; with capacities and backups a cell may stand on several lines.
fn write_assignment(
    path: &Path,
    solved: &Solved,
    results: &Results,
    style: TableStyle,
) -> Result<(), IoError> {
    let posed = &solved.posed;
    let cost = format!("cost_{}", posed.measure.unit());
    let header = ["cell", "area", "people", "site", "site_name", &cost].map(String::from);
    let served = solved.plan.iter().flat_map(|view| &view.served);
    let rows = served.map(|one| {
        let area = results.situation.demand.areas.get(one.demand as usize).copied().flatten();
        let place = posed.places.get(one.site as usize);
        vec![
            Value::text(cell_id(one.demand, results)),
            Value::text(results.situation.area_name(area).unwrap_or_default().to_owned()),
            Value::number(one.people, super::decimals(one.people).min(6) as usize),
            Value::text(place.map(|place| place.site.text()).unwrap_or_default()),
            Value::text(posed.place_name(one.site).to_owned()),
            Value::number(posed.measure.in_units(one.cost), 3),
        ]
    });
    write_table(path, style, &header, rows)
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

fn write_alternatives(
    path: &Path,
    posed: &Posed,
    found: &Alternatives,
    style: TableStyle,
) -> Result<(), IoError> {
    let best = found.plans.first().map_or(0.0, |plan| posed.value(plan.value));
    let rows = found.plans.iter().enumerate().map(|(at, plan)| {
        let value = posed.value(plan.value);
        vec![
            Value::text((at + 1).to_string()),
            Value::number(value, 6),
            Value::number((value - best).abs(), 6),
            Value::text(site_ids(posed, plan).join("; ")),
            Value::text(site_names(posed, plan)),
        ]
    });
    let header = ["rank", "value", "loss", "sites", "names"].map(String::from);
    write_table(path, style, &header, rows)
}

fn write_curve(
    path: &Path,
    posed: &Posed,
    points: &[(usize, Answer)],
    style: TableStyle,
) -> Result<(), IoError> {
    let value =
        |value: Option<u64>| value.map_or(Value::Nothing, |value| Value::number(posed.value(value), 6));
    let rows = points.iter().map(|(count, answer)| {
        let plan = answer.plan();
        vec![
            Value::text(count.to_string()),
            value(plan.map(|plan| plan.value)),
            value(answer.bound()),
            Value::text(answer.is_proven().to_string()),
            Value::text(answer.proof().said(Lang::En)),
            plan.map_or(Value::Nothing, |plan| Value::text(site_names(posed, plan))),
        ]
    });
    let header = ["sites", "value", "bound", "proven", "status", "names"].map(String::from);
    write_table(path, style, &header, rows)
}

fn figures(json: &mut JsonWriter, name: &str, of: &super::answer::Figures, posed: &Posed) {
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
    json.member(
        "proven",
        &(answer.is_proven() && posed.money_scale.doubt(&posed.problem, Lang::En).is_none()),
    );
    json.member("status", &solved.status(results, Lang::En));
    json.member("sites", &solved.plan.as_ref().map(|view| site_ids(posed, &view.plan)).unwrap_or_default());
    json.number_member("seconds", answer.seconds);
    json.member("seed", &answer.seed);
    json.number_member("tolerance", posed.tolerance());
    json.member("costs_rounded_up_to", &posed.money_scale.rounded_to());
    json.member("question", &posed.question);
    json.key("chosen");
    json.begin_array();
    for (site, people, left) in chosen_sites(solved) {
        json.line_break();
        site_object(&mut json, posed, site, results, Some((people, left)));
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
        json.value(&super::said_unknown_favoured(&posed.places, unknown, Lang::En));
    }
    for ambiguous in &posed.ambiguous {
        json.value(&ambiguous.said(Lang::En));
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
