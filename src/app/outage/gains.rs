//! What would it give if a place worked longer? Whom it would serve in which hours beside those who work anyway: options that
//! can be added up without counting anybody twice.

use rayon::prelude::*;

use super::compute::{Crisis, served, together_hours};
use super::hits::Hits;
use super::places::{Place, places};
use crate::geometry::PlanePoint;
use crate::model::SiteId;
use crate::model::outage::{HOURS, Need, OutageScenario};
use crate::model::travel::TravelError;
use crate::outage::{Case, HourSet, evaluate, timeline};
use crate::progress::Progress;
use crate::units::{Cost, Metres};

/// Something that could be done, and the scenario with it.
pub(super) struct Choice {
    pub scenario: OutageScenario,
    /// The places that it changes are fuelled here.
    pub fuelled_at: SiteId,
    /// All of them stand no farther than `within` from one of these.
    pub near: Vec<PlanePoint>,
    pub within: Metres,
}

/// Whom an option serves in addition, one entry a need and a cell: both by position.
pub(super) struct Gain {
    pub cells: Vec<(u32, u32, HourSet)>,
}

/// The hours in which each cell has what it needs, in the worst case; by need, by cell.
pub(super) struct Base {
    pub needs: Vec<Need>,
    pub hours: Vec<Vec<HourSet>>,
    /// The hours that the outage is about: in which anything fails at home, and all where one has it every day.
    pub counts: Vec<Vec<HourSet>>,
}

impl Base {
    pub fn of(crisis: &Crisis, needs: &[Need]) -> Self {
        let needs: Vec<Need> = needs.iter().copied().filter(|need| crisis.need(*need).is_some()).collect();
        let limit = crisis.results().limit();
        let cells = crisis.results().situation.demand.len();
        let of = |need: &Need| {
            let mut out = vec![HourSet::NONE; cells];
            for one in crisis.need(*need).into_iter().flat_map(|need| &need.together) {
                let (open, closed) = together_hours(one, crisis.closed_hours, Case::Worst);
                for (cell, hours) in out.iter_mut().enumerate() {
                    let within = |table: &crate::model::travel::Nearest| {
                        table.cost(cell, 0).is_some_and(|(_, cost)| cost.is_within(limit))
                    };
                    if !open.is_empty() && within(&one.nearest) {
                        *hours = hours.or(open);
                    }
                    if !closed.is_empty() && one.closed.as_deref().is_some_and(within) {
                        *hours = hours.or(closed);
                    }
                }
            }
            out
        };
        let counts = |need: &Need| {
            let usual = crisis.nearest_ever(*need);
            let has = |usual: &Option<(usize, Cost)>| usual.is_some_and(|(_, cost)| cost.is_within(limit));
            let cells = usual.iter().zip(&crisis.hit);
            cells.map(|(usual, hit)| if has(usual) { HourSet::all() } else { *hit }).collect()
        };
        let hours = needs.par_iter().map(of).collect();
        let counts = needs.par_iter().map(counts).collect();
        Self { needs, hours, counts }
    }

    /// People-hours that are supplied, of those that count before an hour; and if all of them were.
    pub fn people_hours(&self, crisis: &Crisis, end: usize) -> (f64, f64) {
        let people = &crisis.results().situation.demand.people;
        let told = before(end);
        let (mut supplied, mut all) = (0.0, 0.0);
        for (hours, counts) in self.hours.iter().zip(&self.counts) {
            for ((hours, counts), people) in hours.iter().zip(counts).zip(people) {
                supplied += counted(hours.and(*counts).and(told), people.value());
                all += counted(counts.and(told), people.value());
            }
        }
        (supplied, all)
    }
}

/// People-hours of some people in some hours.
pub(super) fn counted(hours: HourSet, people: f64) -> f64 {
    f64::from(hours.len()) * people
}

/// The hours before one.
pub(super) fn before(end: usize) -> HourSet {
    (0..end.min(HOURS)).fold(HourSet::NONE, HourSet::with)
}

/// A place that a choice lets work, for a need, in some hours.
struct Served {
    choice: usize,
    need: usize,
    point: PlanePoint,
    hours: HourSet,
}

/// What each choice lets work, for sure.
fn lets_work(crisis: &Crisis, base: &Base, choices: &[Choice], progress: &dyn Progress) -> Vec<Served> {
    // The areas are the same whatever is done.
    let Ok(hits) = Hits::of(&crisis.scenario, &crisis.results().situation) else { return Vec::new() };
    let of = |(choice, asked): (usize, &Choice)| -> Vec<Served> {
        if progress.is_cancelled() {
            return Vec::new();
        }
        let is_near =
            |point: PlanePoint| asked.near.iter().any(|near| near.distance(point).is_within(asked.within));
        let changed = |place: &Place| {
            place.fuelled_at == asked.fuelled_at || place.fuelled_too.contains(&asked.fuelled_at)
        };
        let around = &crisis.tables.around;
        let all = places(crisis.results(), &asked.scenario, &crisis.assumed, &hits, around, &is_near);
        let serves = |place: Place| {
            let season = asked.scenario.season;
            let parts = Case::BOTH.map(|case| evaluate(&place.state, &crisis.chain, season, case));
            let of_need = |need: usize| {
                let wanted = base.needs[need];
                let lines = || [0, 1].map(|case: usize| timeline(&parts[case], &crisis.chain, wanted));
                place.needs.contains(&wanted).then(|| Served {
                    choice,
                    need,
                    point: place.point,
                    hours: served(&lines()).works[0],
                })
            };
            (0..base.needs.len()).filter_map(of_need).collect::<Vec<_>>()
        };
        all.into_iter().filter(changed).flat_map(serves).collect()
    };
    choices.par_iter().enumerate().flat_map_iter(of).collect()
}

fn by_place(a: &PlanePoint, b: &PlanePoint) -> std::cmp::Ordering {
    a.e.total_cmp(&b.e).then(a.n.total_cmp(&b.n))
}

/// What each choice gives beside what is there anyway.
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
pub(super) fn gains(
    crisis: &Crisis,
    base: &Base,
    choices: &[Choice],
    progress: &dyn Progress,
) -> Result<Vec<Gain>, TravelError> {
    let tables = &crisis.tables;
    let all = lets_work(crisis, base, choices, progress);
    progress.check()?;
    let mut points: Vec<PlanePoint> = all.iter().map(|one| one.point).collect();
    points.sort_by(by_place);
    points.dedup();
    let has_both = crisis.scenario.roads.is_some() && tables.has_closures();
    let open = tables.reached(&points, has_both, progress)?;
    let closed = if has_both { Some(tables.reached(&points, false, progress)?) } else { None };
    let mut out: Vec<Gain> = choices.iter().map(|_| Gain { cells: Vec::new() }).collect();
    for one in &all {
        let site = points.binary_search_by(|known| by_place(known, &one.point)).unwrap_or(0);
        let (by_open, by_closed) = match &closed {
            Some(_) => (one.hours.without(crisis.closed_hours), one.hours.and(crisis.closed_hours)),
            None => (one.hours, HourSet::NONE),
        };
        let closed = closed.as_ref().map_or(&[][..], |closed| closed.row(site));
        for (row, hours) in [(open.row(site), by_open), (closed, by_closed)] {
            for reach in row {
                let fresh = hours.without(base.hours[one.need][reach.demand as usize]);
                if !fresh.is_empty() {
                    out[one.choice].cells.push((u32::try_from(one.need).unwrap_or(0), reach.demand, fresh));
                }
            }
        }
    }
    out.iter_mut().for_each(Gain::join);
    Ok(out)
}

impl Gain {
    /// One entry a need and a cell.
    fn join(&mut self) {
        self.cells.sort_by_key(|(need, cell, _)| (*need, *cell));
        self.cells.dedup_by(|next, kept| {
            let is_same = (next.0, next.1) == (kept.0, kept.1);
            if is_same {
                kept.2 = kept.2.or(next.2);
            }
            is_same
        });
    }
}
