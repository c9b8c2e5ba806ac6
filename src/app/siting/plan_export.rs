//! How does the plan on the map leave the window? As points with role, reason, people, and how sure the plan is.
//! Names are stable and documented in `docs/formats.md`.

use std::path::Path;
use std::sync::Arc;

use super::answer::PlanView;
use super::decide::chosen_places;
use super::export::{PlanSites, optional_number};
use super::posed::Posed;
use super::question::Question;
use crate::app::Results;
use crate::app::export::{About, Form, Stamp, assumptions, write_layer};
use crate::io::{IoError, JsonWriter};
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
/// [`IoError`] when a place has no coordinates in the system, for what the format cannot hold, or when it cannot be written.
pub fn write_plan(path: &Path, plan: &ExportedPlan, stamp: &Stamp, form: Form) -> Result<(), IoError> {
    let ExportedPlan { posed, view, results, .. } = plan;
    let sites = chosen_places(posed, view).into_iter();
    let sites = sites.map(|place| (place.site, place.people, Some(place.loss.people))).collect();
    let sites = PlanSites { name: "plan", posed, results, sites };
    write_layer(path, &sites, &about(plan, stamp), form).map(drop)
}

/// What the plan is worth, and what it rests on.
fn about(plan: &ExportedPlan, stamp: &Stamp) -> About {
    let ExportedPlan { posed, question, answer, view, results } = plan;
    let bound = answer.as_ref().and_then(Answer::bound).map(|bound| posed.value(bound));
    let status = answer.as_ref().map(|answer| answer.proof().said(Lang::En));
    let mut about = About::new(assumptions(results, stamp));
    let mut say = |name, write: &dyn Fn(&mut JsonWriter)| {
        let mut json = JsonWriter::default();
        write(&mut json);
        about.more.push((name, json.into_bytes()));
    };
    say("objective", &|json| json.value(posed.problem.objective.id()));
    say("unit", &|json| json.value(posed.measure.unit()));
    say("value", &|json| optional_number(json, Some(view.value)));
    say("bound", &|json| optional_number(json, bound));
    say("proven", &|json| json.value(&answer.as_ref().is_some_and(Answer::is_proven)));
    say("status", &|json| json.value(status.as_deref().unwrap_or("not proven")));
    say("seconds", &|json| optional_number(json, answer.as_ref().map(|answer| answer.seconds)));
    say("seed", &|json| json.value(&question.effort.seed));
    say("question", &|json| json.value(question));
    about
}
