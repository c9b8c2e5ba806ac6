//! What if a store stood here? The figures of a point, fast enough to follow a drag.

use super::candidates::{KindSites, NearestUnit};
use crate::analysis::Coverage;
use crate::geometry::PlanePoint;
use crate::model::travel::{NoCost, Pairs, TravelError, TravelModel};
use crate::model::{KindMap, Parameters, Project, ServiceKind, Situation};
use crate::progress::Unwatched;
use crate::units::{Cost, People};

/// What a point would mean to people.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteFigures {
    /// People within the two radii of the parameters.
    pub people_within: [People; 2],
    /// People for whom it would be the nearest grocery store.
    pub people_nearest: People,
    /// Of these, people who can reach no grocery store today; no saving tells it.
    pub people_without_today: People,
    /// People beyond the threshold from every grocery store today, whom it would reach.
    pub grocery_gap_people: People,
    /// People beyond the threshold from every SOT point in place, whom it would reach.
    pub sot_gap_people: People,
    /// Person-kilometres one way that people would save to the nearest grocery store.
    pub saved_person_km: f64,
    /// Person-minutes one way, where the travel model knows times.
    pub saved_person_min: Option<f64>,
    /// The nearest unit of each kind.
    pub nearest: KindMap<Option<NearestUnit>>,
}

/// What trial points are measured with; made once for a result.
pub struct TrialModel {
    kinds: Vec<KindSites>,
}

impl TrialModel {
    #[must_use]
    pub fn new(situation: &Situation, project: &Project) -> Self {
        Self { kinds: KindSites::all(situation, project) }
    }

    /// The figures of a point.
    ///
    /// # Errors
    /// [`TravelError`] where the ways could not be had.
    ///
    /// # Complexity
    /// One search as far as people may gain from the point, and a pass over the cells.
    pub fn figures(
        &self,
        point: PlanePoint,
        situation: &Situation,
        parameters: &Parameters,
        travel: &dyn TravelModel,
        grocery: Option<&Coverage>,
        sot: Option<&Coverage>,
    ) -> Result<SiteFigures, TravelError> {
        let mut out = SiteFigures {
            people_within: [People::ZERO; 2],
            people_nearest: People::ZERO,
            people_without_today: People::ZERO,
            grocery_gap_people: People::ZERO,
            sot_gap_people: People::ZERO,
            saved_person_km: 0.0,
            saved_person_min: None,
            nearest: KindMap::default(),
        };
        let demand = &situation.demand;
        let measure = travel.measure();
        let (radii, limit) = (parameters.radii(measure), parameters.limit(measure));
        let pairs = Pairs { demand: &demand.points, sites: &[point], ..Pairs::visitors(&[], &[]) };
        let cutoff = farthest_gain(grocery).map(|far| far.max(radii[0]).max(radii[1]).max(limit));
        let rows = travel.rows(pairs, cutoff, &Unwatched)?;
        for reach in rows.row(0) {
            // A way whose time nobody knows is within no limit.
            let Ok(cost) = reach.trip.cost(measure) else { continue };
            let cell = reach.demand as usize;
            let people = demand.people[cell];
            for (sum, radius) in out.people_within.iter_mut().zip(radii) {
                if cost.is_within(radius) {
                    *sum += people;
                }
            }
            let trip = grocery.and_then(|coverage| coverage.nearest.at(cell, 0)).map(|(_, trip)| trip);
            let today = trip.and_then(|trip| trip.cost(measure).ok());
            if today.is_none_or(|today| cost < today) {
                out.people_nearest += people;
                if today.is_none() {
                    out.people_without_today += people;
                }
                if let Some(trip) = trip {
                    let saved = trip.length.value() - reach.trip.length.value();
                    out.saved_person_km += saved / 1000.0 * people.value();
                    if let (Some(before), Some(after)) = (trip.time, reach.trip.time) {
                        *out.saved_person_min.get_or_insert(0.0) +=
                            (before - after).minutes() * people.value();
                    }
                }
            }
            if cost.is_within(limit) {
                if today.is_none_or(|today| !today.is_within(limit)) {
                    out.grocery_gap_people += people;
                }
                if sot.is_none_or(|coverage| coverage.is_beyond(cell, limit)) {
                    out.sot_gap_people += people;
                }
            }
        }
        for (kind, sites) in ServiceKind::ALL.into_iter().zip(&self.kinds) {
            let near = sites.nearest(situation, &[point], travel, &Unwatched)?;
            out.nearest[kind] = near.first().and_then(|[first, _]| *first);
        }
        Ok(out)
    }
}

/// Beyond this nobody gains by one more store; `None` where somebody has none today.
fn farthest_gain(grocery: Option<&Coverage>) -> Option<Cost> {
    let grocery = grocery?;
    let nearest = &grocery.nearest;
    // Who has no road gains nothing by a store either.
    let is_left_out = |cell: usize| nearest.at(cell, 0).is_none() && nearest.reason(cell) != NoCost::NoRoad;
    if (0..nearest.demand_count()).any(is_left_out) {
        return None;
    }
    Some(grocery.spread.max().unwrap_or(Cost::ZERO))
}
