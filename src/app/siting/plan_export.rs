//! How does the plan on the map leave the window? As points with role, reason, people, and how sure the plan is.
//! Names are stable and documented in `docs/formats.md`.

use std::path::Path;
use std::sync::Arc;

use super::export::{optional, site_object};
use super::{PlanView, Posed, Solved};
use crate::app::Results;
use crate::app::export::{Stamp, origin_members};
use crate::io::{IoError, JsonWriter, write_atomically};
use crate::lang::{Lang, Said};

/// A plan and all that says what it is worth.
pub struct ExportedPlan {
    /// The question as it was made ready for this plan.
    pub posed: Arc<Posed>,
    pub view: PlanView,
    pub results: Arc<Results>,
    /// The answer that the plan was found with.
    pub solved: Arc<Solved>,
}

/// Writes the places of a plan.
///
/// # Errors
/// [`IoError::Write`].
pub fn write_plan(path: &Path, plan: &ExportedPlan, stamp: &Stamp) -> Result<(), IoError> {
    write_atomically(path, &[&plan_json(plan, stamp), b"\n"])
}

fn plan_json(plan: &ExportedPlan, stamp: &Stamp) -> Vec<u8> {
    let ExportedPlan { posed, view, results, solved } = plan;
    let answer = &solved.answer;
    // Proof and bound are of the best plan of its question, not of another one that is shown.
    let is_best = solved.posed.problem.objective == posed.problem.objective
        && answer.plan().is_some_and(|best| best.sites == view.plan.sites);
    let mut json = JsonWriter::default();
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.member("name", "plan");
    origin_members(&mut json, results, stamp);
    json.member("objective", posed.problem.objective.id());
    json.member("measure", posed.measure.unit());
    optional(&mut json, "value", Some(view.value));
    optional(&mut json, "bound", solved.bound.filter(|_| is_best));
    json.member("proven", &(is_best && answer.is_proven()));
    let status = if is_best { answer.proof().said(Lang::En) } else { "not proven".to_owned() };
    json.member("status", &status);
    json.number_member("seconds", answer.seconds);
    json.member("seed", &answer.seed);
    json.member("question", &posed.question);
    json.key("features");
    json.begin_array();
    for (site, people) in view.plan.sites.iter().zip(&view.people_at) {
        let Some(place) = posed.places.get(*site as usize) else { continue };
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
        site_object(&mut json, posed, *site, results, Some(*people));
        json.end_object();
    }
    json.end_array();
    json.end_object();
    json.into_bytes()
}
