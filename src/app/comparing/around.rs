//! Who lives around each place or plan that is compared? One question to the travel model for all of them: people by
//! distance, and people of a group within the threshold. A plan is reached where its nearest place is.

use std::collections::BTreeMap;

use super::sheet::Curve;
use super::subject::Subject;
use crate::analysis::Distribution;
use crate::app::Results;
use crate::geometry::PlanePoint;
use crate::model::travel::{Pairs, Reach, TravelError, TravelModel as _};
use crate::model::{RuralGroup, ServiceKind};
use crate::progress::Progress;
use crate::units::{Cost, People};

/// A curve reaches at least so far, kilometres or minutes.
const LEAST: f64 = 30.0;

/// Steps of a curve, kilometres or minutes, and how many there may be at most.
const STEPS: [f64; 7] = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
const STEPS_MOST: f64 = 60.0;

/// The cells that a place is reached from, and what that costs.
pub(super) struct Around {
    reached: Vec<(usize, Cost)>,
}

/// People of a group within the threshold.
pub(super) struct Counted {
    pub people: People,
    /// Cells within the threshold of which nobody says how many of the group live there, and everybody in them.
    pub cells_without: usize,
    pub people_without: People,
}

/// What is around each of the places, in their order.
///
/// # Errors
/// [`TravelError`] when it is no longer wanted, or a way could not be had.
pub(super) fn around(
    subjects: &[Subject<'_>],
    results: &Results,
    progress: &dyn Progress,
) -> Result<Vec<Around>, TravelError> {
    let (demand, measure) = (&results.situation.demand, results.measure());
    let sites: Vec<_> = subjects.iter().map(Subject::points).collect();
    let points: Vec<_> = sites.iter().flatten().copied().collect();
    let pairs = Pairs::visitors(&demand.points, &points);
    let rows = results.travel.rows(pairs, Some(farthest(results)), progress)?;
    let reached = |site: usize| {
        // A way whose time nobody knows is within no limit.
        let cost = |reach: &Reach| Some((reach.demand as usize, reach.trip.cost(measure).ok()?));
        rows.row(site).iter().filter_map(cost)
    };
    let mut first = 0;
    let of = |sites: &Vec<PlanePoint>| {
        let own = first..first + sites.len();
        first = own.end;
        if own.len() == 1 {
            return Around { reached: own.flat_map(reached).collect() };
        }
        let mut nearest: BTreeMap<usize, Cost> = BTreeMap::new();
        for (cell, cost) in own.flat_map(reached) {
            nearest.entry(cell).and_modify(|known| *known = (*known).min(cost)).or_insert(cost);
        }
        Around { reached: nearest.into_iter().collect() }
    };
    Ok(sites.iter().map(of).collect())
}

/// How far curves reach.
fn farthest(results: &Results) -> Cost {
    let (parameters, measure) = (&results.project.parameters, results.measure());
    let [first, second] = parameters.radii(measure);
    measure.from_units(LEAST).max(first).max(second).max(parameters.limit(measure))
}

impl Around {
    /// People by distance, at fixed steps.
    pub fn curve(&self, results: &Results) -> Curve {
        let (people, measure) = (&results.situation.demand.people, results.measure());
        let far = farthest(results);
        let step = STEPS.into_iter().find(|step| measure.in_units(far) / step <= STEPS_MOST);
        let step = measure.from_units(step.unwrap_or(STEPS[STEPS.len() - 1]));
        let spread = Distribution::new(self.reached.iter().map(|(cell, cost)| (*cost, people[*cell])));
        Curve { points: spread.curve(step, far) }
    }

    /// The cells within the threshold.
    pub fn within(&self, results: &Results) -> impl Iterator<Item = usize> {
        let limit = results.limit();
        self.reached.iter().filter(move |(_, cost)| cost.is_within(limit)).map(|(cell, _)| *cell)
    }

    /// Everybody within a limit that is no farther than the curve.
    pub fn people_within(&self, limit: Cost, results: &Results) -> People {
        let people = &results.situation.demand.people;
        self.reached.iter().filter(|(_, cost)| cost.is_within(limit)).map(|(cell, _)| people[*cell]).sum()
    }

    /// Everybody within the threshold.
    pub fn people(&self, results: &Results) -> People {
        self.within(results).map(|cell| results.situation.demand.people[cell]).sum()
    }

    /// Everybody within the threshold who has no SOT point in place within it today; `None`: nobody knows which there are.
    pub fn people_in_sot_gaps(&self, results: &Results) -> Option<People> {
        let sot = results.kind(ServiceKind::Sot)?;
        let people = &results.situation.demand.people;
        let is_beyond = |cell: &usize| sot.coverage.is_beyond(*cell, results.limit());
        Some(self.within(results).filter(is_beyond).map(|cell| people[cell]).sum())
    }

    /// People of a group of countryside within the threshold; `None`: those of whom nobody can tell.
    pub fn rural(
        &self,
        groups: &[Option<RuralGroup>],
        group: Option<RuralGroup>,
        results: &Results,
    ) -> People {
        let people = &results.situation.demand.people;
        self.within(results).filter(|cell| groups[*cell] == group).map(|cell| people[cell]).sum()
    }

    /// People whom a column counts within the threshold; `values` by cell.
    pub fn of_column(&self, values: &[Option<f64>], results: &Results) -> Counted {
        let people = &results.situation.demand.people;
        let none = People::ZERO;
        let mut out = Counted { people: none, cells_without: 0, people_without: none };
        for cell in self.within(results) {
            if let Some(value) = values[cell].and_then(|value| People::try_new(value).ok()) {
                out.people += value;
            } else {
                out.cells_without += 1;
                out.people_without += people[cell];
            }
        }
        out
    }
}
