//! How does a comparison come about? Every row from one result, and from what the project says of ranking and trial points
//! at that moment; no figure is computed in another way than where it is shown alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::sheet::{Cell, Comparison};
use super::subject::{Subject, What, compared_as};
use super::{around, closure, factors, level, people, plans, process, sentences, services, standing};
use crate::app::{Results, export};
use crate::model::process::Follow;
use crate::model::travel::TravelError;
use crate::model::{Compared, PlanBook, Project, RankingModel, Side, SiteId, TrialPoint};
use crate::progress::Progress;

/// What a comparison is asked of: parts of a project that its results do not hang on.
#[derive(Clone)]
pub struct Asked {
    pub compared: Arc<Compared>,
    pub trials: Arc<Vec<TrialPoint>>,
    pub model: Arc<RankingModel>,
    pub selected: Arc<BTreeSet<SiteId>>,
    pub follows: Arc<BTreeMap<SiteId, Follow>>,
    pub plans: Arc<PlanBook>,
}

impl Asked {
    #[must_use]
    pub fn of(project: &Project) -> Self {
        Self {
            compared: Arc::clone(&project.compared),
            trials: Arc::clone(&project.trials),
            model: Arc::clone(&project.ranking),
            selected: Arc::clone(&project.selected),
            follows: Arc::clone(&project.follows),
            plans: Arc::clone(&project.plans),
        }
    }

    /// Is it the same question? By address, so it is cheap.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.compared, &other.compared)
            && Arc::ptr_eq(&self.trials, &other.trials)
            && Arc::ptr_eq(&self.follows, &other.follows)
            && (Arc::ptr_eq(&self.plans, &other.plans) || self.has_the_plans_of(other))
            && self.ranks_alike(other)
    }

    /// Are the plans that are compared the same? A question asked anew is no other plan.
    fn has_the_plans_of(&self, other: &Self) -> bool {
        self.compared.plans.iter().all(|id| self.plans.scenario(*id) == other.plans.scenario(*id))
    }

    /// Are places ranked the same?
    #[must_use]
    pub fn ranks_alike(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.model, &other.model) && Arc::ptr_eq(&self.selected, &other.selected)
    }
}

/// Lays the places side by side.
///
/// # Errors
/// [`TravelError`] when it is no longer wanted, or a way could not be had.
///
/// # Complexity
/// One search a place as far as its curve reaches, and a pass over the cells reached.
pub fn compare(
    results: &Results,
    asked: &Asked,
    ranked: &export::Comparison,
    progress: &dyn Progress,
) -> Result<Comparison, TravelError> {
    let (subjects, gone) = subjects(results, asked, progress)?;
    let around = around::around(&subjects, results, progress)?;
    progress.check()?;
    let mut rows = plans::rows(&subjects, results);
    rows.extend(level::rows(&subjects));
    rows.extend(services::rows(&subjects, results));
    rows.extend(people::rows(&subjects, &around, results));
    rows.extend(closure::rows(&subjects, results));
    let within: Vec<Cell> =
        rows.iter().find(|row| row.id == people::THRESHOLD).map(|row| row.cells.clone()).unwrap_or_default();
    rows.extend(factors::rows(&subjects, &within, results));
    rows.extend(standing::ranks(&subjects, ranked));
    rows.extend(standing::status(&subjects, results));
    rows.extend(process::rows(&subjects, &asked.follows));
    rows.extend(standing::questions(&subjects, results, &asked.model));
    let places: Vec<_> = subjects.iter().map(Subject::place).collect();
    let reference = asked.compared.reference.as_ref().and_then(|side| {
        let side = match side {
            Side::Place(site) => compared_as(site, results)?.into(),
            Side::Plan(_) => side.clone(),
        };
        places.iter().position(|place| place.side == side)
    });
    for row in &mut rows {
        row.compare(reference, &places);
    }
    let sentences = sentences::of(&places, &rows);
    let curves = around.iter().map(|around| around.curve(results)).collect();
    let catchments = around.iter().map(|around| around.within(results).collect()).collect();
    let (measure, limit) = (results.measure(), results.limit());
    Ok(Comparison { places, gone, reference, rows, curves, catchments, sentences, measure, limit })
}

/// What is chosen, each once, and what there is not.
fn subjects<'a>(
    results: &'a Results,
    asked: &'a Asked,
    progress: &dyn Progress,
) -> Result<(Vec<Subject<'a>>, Vec<Side>), TravelError> {
    let (mut found, mut gone): (Vec<Subject<'a>>, Vec<Side>) = (Vec::new(), Vec::new());
    for side in asked.compared.sides() {
        progress.check()?;
        let subject = match &side {
            Side::Plan(id) => match asked.plans.scenario(*id) {
                Some(plan) => Subject::plan(plan, results, progress)?,
                None => None,
            },
            Side::Place(SiteId::Trial(id)) => match asked.trials.iter().find(|trial| trial.id == *id) {
                Some(trial) => Subject::trial(trial, results, progress)?,
                None => None,
            },
            Side::Place(site) => Subject::candidate(site, results),
        };
        let is_there = |new: &Subject<'_>, known: &Subject<'_>| match (&new.what, &known.what) {
            (What::Candidate { at: a, .. }, What::Candidate { at: b, .. }) => a == b,
            _ => false,
        };
        match subject {
            Some(new) if found.iter().any(|known| is_there(&new, known)) => {}
            Some(new) => found.push(new),
            None => gone.push(side),
        }
    }
    Ok((found, gone))
}
