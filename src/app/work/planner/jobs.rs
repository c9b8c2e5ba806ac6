//! Which work do the planner's questions start? Each is a job of its own; the newest wins.

use std::sync::Arc;

use super::{
    ALTERNATIVES, Curves, Details, Pick, Planned, Planner, SECONDS_A_POINT, Series, Shown, ShownSite,
};
use crate::app::Results;
use crate::app::jobs::Wake;
use crate::app::siting::decide;
use crate::app::siting::live::{Live, LiveWatch, Stopped};
use crate::app::siting::scenario::{difference, nearest_of};
use crate::app::siting::{Amount, DecaySaid, Place, Posed, Question, Unsolvable, pose, preview, solve_posed};
use crate::location::{self, Objective, Role};
use crate::model::SiteId;
use crate::progress::Progress;
use crate::units::Cost;

impl Planner {
    pub(super) fn solve(&mut self, wake: &Wake) {
        let Some((results, _)) = self.of.clone() else { return };
        let (question, live) = (self.question.clone(), Arc::new(Live::default()));
        self.failure = None;
        self.asked = Some((question.clone(), Arc::clone(&results), Arc::clone(&live)));
        let waker = Arc::clone(wake);
        self.solving.start_search(wake, move |progress| {
            let watch = LiveWatch { progress, live: &live, wake: &*waker };
            let posed = Arc::new(pose(&question, &results, &watch)?);
            live.pose(&posed);
            (waker)();
            solve_posed(posed, &results, &watch)
        });
    }

    pub(super) fn show(&mut self, wake: &Wake, pick: Pick) {
        let Some((results, book)) = self.of.clone() else { return };
        match &pick {
            Pick::Scenario(id) => {
                let Some(scenario) = book.scenario(*id) else { return };
                let sites: Vec<(SiteId, String)> =
                    scenario.sites.iter().map(|site| (site.site.clone(), site.name.clone())).collect();
                self.showing
                    .start(wake, move |progress| show_sites(pick, None, sites, results, None, progress));
            }
            Pick::Difference(a, b) => {
                let (Some(a), Some(b)) = (book.scenario(*a), book.scenario(*b)) else { return };
                let before: Vec<SiteId> = a.sites.iter().map(|site| site.site.clone()).collect();
                let sites: Vec<(SiteId, String)> =
                    b.sites.iter().map(|site| (site.site.clone(), site.name.clone())).collect();
                self.showing.start(wake, move |progress| {
                    show_sites(pick, Some(&before), sites, results, None, progress)
                });
            }
            _ => {
                if let Some((planned, results)) = self.plan_of(&pick) {
                    self.showing.start(wake, move |progress| show_plan(pick, planned, results, progress));
                } else if let Some(sites) = self.places_of_steps(&pick) {
                    self.showing
                        .start(wake, move |progress| show_sites(pick, None, sites, results, None, progress));
                }
            }
        }
    }

    /// The places shown stay on the map when the project changes; what they mean is measured anew.
    pub(super) fn show_again(&mut self, wake: &Wake) {
        let (Some((results, _)), Some(shown)) = (self.of.clone(), self.shown.clone()) else { return };
        if let Pick::Difference(..) = shown.pick {
            return self.show(wake, shown.pick.clone());
        }
        let sites = shown.sites.iter().map(|site| (site.site.clone(), site.name.clone())).collect();
        let (pick, details) = (shown.pick.clone(), shown.details.clone());
        self.showing.start(wake, move |progress| show_sites(pick, None, sites, results, details, progress));
    }

    pub(super) fn find_alternatives(&mut self, wake: &Wake, loss: f64) {
        let Some(answer) = &self.answer else { return };
        let solved = Arc::clone(&answer.solved);
        self.finding.start_search(wake, move |progress| {
            let (posed, watch) = (&solved.posed, Stopped(progress));
            let effort = posed.question.effort.into();
            location::alternatives(&posed.problem, &solved.answer, ALTERNATIVES, loss, &effort, &watch)
                .map_err(Unsolvable::Problem)
        });
    }

    pub(super) fn try_instead(&mut self, wake: &Wake, wanted: &SiteId, given_up: &SiteId) {
        let Some(answer) = &mut self.answer else { return };
        let posed = Arc::clone(&answer.solved.posed);
        let Some((wanted, given_up)) = posed.position(wanted).zip(posed.position(given_up)) else { return };
        answer.instead = None;
        self.trying.start_search(wake, move |progress| {
            decide::instead(&posed, wanted, given_up, &Stopped(progress))
        });
    }

    pub(super) fn find_order(&mut self, wake: &Wake) {
        let Some(answer) = &self.answer else { return };
        let posed = Arc::clone(&answer.solved.posed);
        self.ordering
            .start_search(wake, move |progress| Ok(location::greedy_order(&posed.problem, progress)));
    }

    pub(super) fn draw_curve(&mut self, wake: &Wake) {
        let Some(answer) = &mut self.answer else { return };
        let (posed, results) = (Arc::clone(&answer.solved.posed), Arc::clone(&answer.results));
        let curves: Arc<Curves> = Arc::default();
        answer.curves = Arc::clone(&curves);
        let waker = Arc::clone(wake);
        self.drawing_curve
            .start_search(wake, move |progress| draw_curves(&posed, &results, &curves, &*waker, progress));
    }
}

/// How many places the curve goes through: those required, to some more than asked for.
#[must_use]
pub fn counts(posed: &Posed) -> std::ops::RangeInclusive<usize> {
    let required = posed.places.iter().filter(|place| place.role == Role::Required).count();
    let possible = posed.places.iter().filter(|place| place.role != Role::Forbidden).count();
    let asked = match posed.question.amount {
        Amount::Sites(count) => count,
        _ => required + 9,
    };
    let first = required.max(1);
    first..=(asked.max(first) + 6).min(possible).max(first)
}

/// The objectives of the curves: the one asked for, most people within, the least worst way.
fn questions(posed: &Posed) -> Vec<Question> {
    let question = &posed.question;
    let plain = |objective: Objective, threshold: Option<Cost>| Question {
        objective,
        threshold,
        decay: DecaySaid::None,
        amount: Amount::Sites(1),
        ..question.clone()
    };
    let mut all = Vec::new();
    if !question.objective.counts_sites() {
        let amount = Amount::Sites(1);
        all.push(Question { amount, ..question.clone() });
    }
    for (objective, threshold) in [(Objective::Mclp, question.threshold), (Objective::PCenter, None)] {
        if question.objective != objective {
            all.push(plain(objective, threshold));
        }
    }
    all
}

fn draw_curves(
    posed: &Arc<Posed>,
    results: &Results,
    curves: &Curves,
    wake: &(dyn Fn() + Send + Sync),
    progress: &dyn Progress,
) -> Result<(), Unsolvable> {
    let watch = Stopped(progress);
    // One threshold for all, so that the curves can be compared: that of the question asked.
    let within = posed.within(results);
    for question in questions(posed) {
        let is_asked = question.objective == posed.problem.objective;
        let posed = if is_asked { Arc::clone(posed) } else { Arc::new(pose(&question, results, &watch)?) };
        curves.write(|series| series.push(Series { posed: Arc::clone(&posed), within, points: Vec::new() }));
        for count in counts(&posed) {
            progress.check()?;
            let point = decide::curve_point(&posed, count, SECONDS_A_POINT, within, results, &watch)?;
            curves.write(|series| {
                if let Some(last) = series.last_mut() {
                    last.points.push(point);
                }
            });
            wake();
        }
    }
    Ok(())
}

/// The places that serve today.
fn existing(places: &[Place]) -> Vec<SiteId> {
    let serves = |place: &&Place| place.exists();
    places.iter().filter(serves).map(|place| place.site.clone()).collect()
}

fn show_plan(
    pick: Pick,
    planned: Planned,
    results: Arc<Results>,
    progress: &dyn Progress,
) -> Result<Shown, Unsolvable> {
    let Planned { posed, question, plan, answer, within } = planned;
    let view = posed.view_within(&plan, within, &results, &Stopped(progress))?;
    let places = decide::chosen_places(&posed, &view);
    let chosen: Vec<_> =
        plan.sites.iter().filter_map(|site| posed.places.get(*site as usize)).cloned().collect();
    let sites: Vec<ShownSite> = chosen
        .iter()
        .map(|place| ShownSite {
            site: place.site.clone(),
            name: place.name.clone(),
            place: Some(place.place),
            exists: place.exists(),
        })
        .collect();
    let at = |site: u32| plan.sites.binary_search(&site).ok().and_then(|at| u32::try_from(at).ok());
    let served = view.served.iter().filter_map(|one| Some((one.demand, at(one.site)?))).collect();
    let before = existing(&posed.places);
    let after: Vec<SiteId> = sites.iter().map(|site| site.site.clone()).collect();
    let difference = difference(&before, &after, &results, progress)?;
    let details = Details { posed, question, answer, view, places, results: Arc::clone(&results) };
    Ok(Shown { pick, results, details: Some(Arc::new(details)), sites, served, difference })
}

/// A plan of sites alone: each cell goes to the nearest. Compared with `before`, or with what exists.
fn show_sites(
    pick: Pick,
    before: Option<&[SiteId]>,
    sites: Vec<(SiteId, String)>,
    results: Arc<Results>,
    details: Option<Arc<Details>>,
    progress: &dyn Progress,
) -> Result<Shown, Unsolvable> {
    let question = Question { measure: results.measure(), ..Question::default() };
    let places = preview(&question, &results)?.places;
    let exist = existing(&places);
    let ids: Vec<SiteId> = sites.iter().map(|(site, _)| site.clone()).collect();
    let nearest = nearest_of(&ids, &results, progress)?;
    let served = (0u32..).zip(&nearest).filter_map(|(cell, near)| Some((cell, near.as_ref()?.0))).collect();
    let known = sites.into_iter().map(|(site, name)| {
        let place = places.iter().find(|place| place.is(&site));
        let exists = place.is_some_and(Place::exists);
        ShownSite { place: place.map(|place| place.place), exists, site, name }
    });
    let shown = known.collect();
    let difference = difference(before.unwrap_or(&exist), &ids, &results, progress)?;
    Ok(Shown { pick, results, details, sites: shown, served, difference })
}
