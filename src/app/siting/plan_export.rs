//! How does the plan on the map leave the window? As points with role, reason, people, and how sure the plan is.
//! Names are stable and documented in `docs/formats.md`.

use std::path::Path;
use std::sync::Arc;

use super::answer::PlanView;
use super::decide::chosen_places;
use super::export::{optional, site_features};
use super::posed::Posed;
use super::question::Question;
use crate::app::Results;
use crate::app::export::{Stamp, assumptions};
use crate::io::{IoError, JsonWriter, write_atomically};
use crate::lang::{Lang, Said};
use crate::location::Answer;

/// A plan and all that says what it is worth.
pub struct ExportedPlan {
    pub posed: Arc<Posed>,
    pub question: Question,
    /// Where it is the best plan of its question: how sure that is.
    pub answer: Option<Answer>,
    pub view: PlanView,
    pub results: Arc<Results>,
}

/// Writes the places of a plan.
///
/// # Errors
/// [`IoError::Write`].
pub fn write_plan(path: &Path, plan: &ExportedPlan, stamp: &Stamp) -> Result<(), IoError> {
    write_atomically(path, &[&plan_json(plan, stamp), b"\n"])
}

fn plan_json(plan: &ExportedPlan, stamp: &Stamp) -> Vec<u8> {
    let ExportedPlan { posed, question, answer, view, results } = plan;
    let bound = answer.as_ref().and_then(Answer::bound).map(|bound| posed.value(bound));
    let mut json = JsonWriter::default();
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.member("name", "plan");
    json.key("sotplan");
    json.raw(&assumptions(results, stamp));
    json.member("objective", posed.problem.objective.id());
    json.member("unit", posed.measure.unit());
    optional(&mut json, "value", Some(view.value));
    optional(&mut json, "bound", bound);
    json.member("proven", &answer.as_ref().is_some_and(Answer::is_proven));
    let status = answer.as_ref().map(|answer| answer.proof().said(Lang::En));
    json.member("status", &status.unwrap_or_else(|| "not proven".to_owned()));
    optional(&mut json, "seconds", answer.as_ref().map(|answer| answer.seconds));
    json.member("seed", &question.effort.seed);
    json.member("question", question);
    let sites = chosen_places(posed, view);
    let sites = sites.into_iter().map(|place| (place.site, place.people, Some(place.loss.people)));
    site_features(&mut json, posed, results, sites);
    json.end_object();
    json.into_bytes()
}
