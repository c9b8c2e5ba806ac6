//! What comes of the outage scenario that is looked at? Computed by a job whenever result, scenario or assumptions are others;
//! the last stays until then. Gaps and fuel of an hour, what the answer hangs on and the best places each have a job of
//! their own.

use std::sync::Arc;

use crate::analysis::{Coverage, Gap, GapOutline, gaps, outline};
use crate::app::Results;
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::app::outage::{
    Best, BestAsked, Crisis, FuelPlan, OutageError, OutageTables, Sensitivity, best, sensitivity,
};
use crate::app::ways::{CriticalRoad, critical_to};
use crate::geometry::PlanePoint;
use crate::location::Watch;
use crate::model::outage::{Need, OutageAssumptions, OutageBook, OutageScenario};
use crate::model::travel::{Nearest, TravelError, TravelModel as _, Traveller};
use crate::model::{ServiceIx, ServiceKind};
use crate::outage::Case;
use crate::progress::Progress;
use crate::units::Cost;

/// An hour of a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourOf {
    pub need: Need,
    pub hour: usize,
    pub case: Case,
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub scenario: &'a OutageScenario,
    pub assumptions: &'a OutageAssumptions,
    pub at: HourOf,
    /// Gaps are drawn or listed.
    pub gaps: bool,
    pub fuel: bool,
    pub sensitivity: bool,
}

/// A crisis, and the same without what its scenario adds, removes and fuels.
pub struct Computed {
    pub crisis: Crisis,
    pub before: Option<Crisis>,
}

/// Gaps of an hour.
pub type HourGaps = Vec<(Gap, GapOutline)>;

type Made = (Arc<OutageTables>, Result<Computed, OutageError>);

/// The roads whose closure costs most in an hour.
pub type Roads = Arc<Vec<CriticalRoad>>;

/// The crisis shown.
#[derive(Default)]
pub struct CrisisWork {
    of: Option<(Arc<Results>, OutageScenario, OutageAssumptions)>,
    tables: Option<Arc<OutageTables>>,
    computing: Slot<Made>,
    pub shown: Option<Arc<Computed>>,
    /// Why nothing came of it.
    pub refused: Option<Arc<OutageError>>,
    gaps_of: Option<(Arc<Computed>, HourOf)>,
    gap_slot: Slot<HourGaps>,
    pub gaps: Option<(HourOf, Arc<HourGaps>)>,
    fuel_of: Option<(Arc<Computed>, usize)>,
    fuel_slot: Slot<Option<FuelPlan>>,
    pub fuel: Option<Arc<FuelPlan>>,
    hangs_of: Option<Arc<Computed>>,
    hangs_slot: Slot<Option<Vec<Sensitivity>>>,
    pub hangs: Option<Arc<Vec<Sensitivity>>>,
    best_slot: Slot<Option<Best>>,
    pub best: Option<Arc<Best>>,
    roads_slot: Slot<Option<Vec<CriticalRoad>>>,
    pub roads: Option<(HourOf, Roads)>,
}

/// A search that nobody watches but that can be stopped.
struct Quietly<'a>(&'a dyn Progress);

impl Progress for Quietly<'_> {
    fn report(&self, done: u64, total: u64) {
        self.0.report(done, total);
    }
    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

impl Watch for Quietly<'_> {
    fn improved(&self, _: Option<&crate::location::Plan>, _: u64) {}
}

impl CrisisWork {
    /// Starts what is due and takes in what is ready; tells of work that failed.
    pub fn follow(
        &mut self,
        wake: &Wake,
        results: Option<&Arc<Results>>,
        wanted: Option<Wanted<'_>>,
    ) -> Option<Panicked> {
        let Some(results) = results else {
            *self = Self::default();
            return None;
        };
        if self.tables.as_ref().is_some_and(|tables| !Arc::ptr_eq(&tables.results, results)) {
            self.tables = None;
        }
        if let Some(wanted) = wanted {
            self.compute(wake, results, wanted);
        }
        let mut panicked = None;
        match self.computing.poll() {
            Some(Ok((tables, made))) => {
                self.tables = Some(tables);
                match made {
                    Ok(computed) => (self.shown, self.refused) = (Some(Arc::new(computed)), None),
                    Err(OutageError::Travel(TravelError::Cancelled(_))) => {}
                    Err(error) => (self.shown, self.refused) = (None, Some(Arc::new(error))),
                }
            }
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        if let Some(wanted) = wanted {
            self.beside(wake, wanted);
        }
        panicked.or_else(|| self.take())
    }

    fn compute(&mut self, wake: &Wake, results: &Arc<Results>, wanted: Wanted<'_>) {
        let is_same = self.of.as_ref().is_some_and(|(of, scenario, assumed)| {
            // A name decides nothing.
            let named = OutageScenario { name: wanted.scenario.name.clone(), ..scenario.clone() };
            Arc::ptr_eq(of, results) && named == *wanted.scenario && *assumed == *wanted.assumptions
        });
        if is_same {
            return;
        }
        let (scenario, assumed) = (wanted.scenario.clone(), wanted.assumptions.clone());
        self.of = Some((Arc::clone(results), scenario.clone(), assumed.clone()));
        let (known, results) = (self.tables.clone(), Arc::clone(results));
        self.computing.start(wake, move |progress| {
            let tables = known.unwrap_or_else(|| Arc::new(OutageTables::new(&results)));
            let of = |scenario: &OutageScenario| Crisis::compute(&tables, scenario, &assumed, progress);
            let made = of(&scenario).and_then(|crisis| {
                let stripped = scenario.unchanged();
                let before = (stripped != scenario).then(|| of(&stripped)).transpose()?;
                Ok(Computed { crisis, before })
            });
            (tables, made)
        });
    }

    /// What is asked beside the crisis, of the one that is shown.
    fn beside(&mut self, wake: &Wake, wanted: Wanted<'_>) {
        let Some(shown) = self.shown.clone() else { return };
        let is_of = |of: &Arc<Computed>| Arc::ptr_eq(of, &shown);
        let has_gaps = self.gaps_of.as_ref().is_some_and(|(of, at)| is_of(of) && *at == wanted.at);
        if wanted.gaps && !has_gaps {
            self.gaps_of = Some((Arc::clone(&shown), wanted.at));
            let (of, at) = (Arc::clone(&shown), wanted.at);
            self.gap_slot.start(wake, move |_| gaps_at(&of.crisis, at));
        }
        let has_fuel = self.fuel_of.as_ref().is_some_and(|(of, hour)| is_of(of) && *hour == wanted.at.hour);
        if wanted.fuel && !has_fuel {
            self.fuel_of = Some((Arc::clone(&shown), wanted.at.hour));
            let (of, hour) = (Arc::clone(&shown), wanted.at.hour);
            self.fuel_slot.start(wake, move |progress| FuelPlan::at(&of.crisis, hour, progress).ok());
        }
        if wanted.sensitivity && !self.hangs_of.as_ref().is_some_and(is_of) {
            self.hangs_of = Some(Arc::clone(&shown));
            self.hangs = None;
            self.hangs_slot.start_search(wake, move |progress| {
                let crisis = &shown.crisis;
                sensitivity(&crisis.tables, &crisis.scenario, &crisis.assumed, progress).ok()
            });
        }
    }

    fn take(&mut self) -> Option<Panicked> {
        let mut panicked = None;
        match self.gap_slot.poll() {
            Some(Ok(gaps)) => {
                self.gaps = self.gaps_of.as_ref().map(|(_, at)| (*at, Arc::new(gaps)));
            }
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.fuel_slot.poll() {
            Some(Ok(plan)) => self.fuel = plan.map(Arc::new),
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.hangs_slot.poll() {
            Some(Ok(found)) => self.hangs = found.map(Arc::new),
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.best_slot.poll() {
            Some(Ok(found)) => self.best = found.map(Arc::new),
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.roads_slot.poll() {
            Some(Ok(found)) => {
                self.roads = self.roads.take().map(|(at, _)| (at, Arc::new(found.unwrap_or_default())));
            }
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        panicked
    }

    /// Looks for the best places over scenarios of a project.
    pub fn ask_best(&mut self, wake: &Wake, book: &OutageBook, scenarios: &[u32], asked: BestAsked) {
        let Some(tables) = self.tables.clone() else { return };
        let scenarios: Vec<OutageScenario> =
            scenarios.iter().filter_map(|id| book.scenario(*id)).cloned().collect();
        let assumed = book.assumptions.clone();
        self.best = None;
        self.best_slot.start_search(wake, move |progress| {
            let crises: Result<Vec<Crisis>, OutageError> = scenarios
                .iter()
                .map(|scenario| Crisis::compute(&tables, scenario, &assumed, progress))
                .collect();
            let crises = crises.ok()?;
            let borrowed: Vec<&Crisis> = crises.iter().collect();
            best(&borrowed, &asked, &Quietly(progress)).ok().flatten()
        });
    }

    /// Looks for the roads whose closure costs most in an hour, on the way to the nearest place that works for sure.
    pub fn ask_roads(&mut self, wake: &Wake, at: HourOf) {
        let Some(shown) = self.shown.clone() else { return };
        self.roads = Some((at, Arc::default()));
        self.roads_slot.start_search(wake, move |progress| {
            let (points, starts) = working(&shown.crisis, at);
            let traveller = at.need.kind().map_or(Traveller::Visitor, Traveller::of);
            critical_to(shown.crisis.results(), (&points, &starts), traveller, progress).ok()
        });
    }

    #[must_use]
    pub const fn is_asking_best(&self) -> bool {
        self.best_slot.is_running()
    }

    #[must_use]
    pub const fn is_asking_roads(&self) -> bool {
        self.roads_slot.is_running()
    }

    /// Ends the search for the best places, with what it has.
    pub fn stop_best(&self) {
        self.best_slot.stop();
    }

    #[must_use]
    pub const fn is_computing(&self) -> bool {
        self.computing.is_running()
    }

    #[must_use]
    pub const fn is_asking_hangs(&self) -> bool {
        self.hangs_slot.is_running()
    }

    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.computing.is_running()
            || self.gap_slot.is_running()
            || self.fuel_slot.is_running()
            || self.hangs_slot.is_running()
            || self.best_slot.is_running()
            || self.roads_slot.is_running()
    }
}

/// Where places work in an hour, and the wait of each.
fn working(crisis: &Crisis, at: HourOf) -> (Vec<PlanePoint>, Vec<crate::units::Seconds>) {
    let minute = u32::try_from(at.hour * 60).unwrap_or(u32::MAX);
    let works = |place: &usize| {
        crisis
            .timelines(*place, at.need)
            .is_some_and(|lines| !lines[at.case as usize].stopped.contains(minute))
    };
    let places: Vec<usize> = (0..crisis.places.len()).filter(works).collect();
    (places.iter().map(|place| crisis.places[*place].point).collect(), Vec::new())
}

/// The gaps of an hour: connected cells that no place that works is within the threshold of.
fn gaps_at(crisis: &Crisis, at: HourOf) -> HourGaps {
    let results = crisis.results();
    let situation = &results.situation;
    let nearest = crisis.nearest_at(at.need, at.hour, at.case);
    let measure = results.measure();
    let site = |one: &Option<(usize, Cost)>| {
        one.map_or(crate::model::travel::NO_SITE, |(place, _)| u32::try_from(place).unwrap_or(u32::MAX - 1))
    };
    let cost = |one: &Option<(usize, Cost)>| one.map_or(f64::INFINITY, |(_, cost)| cost.value());
    let costs: Vec<f64> = nearest.iter().map(cost).collect();
    let seconds = if measure == crate::units::Measure::Time { costs.clone() } else { Vec::new() };
    let reasons = (0..nearest.len()).map(|cell| crisis.reason(at.need, cell)).collect();
    let table = Nearest::new(1, measure, nearest.iter().map(site).collect(), costs, seconds, reasons);
    let kind = at.need.kind().unwrap_or(ServiceKind::Sot);
    let services = crisis.places.iter().map(|place| place.service.unwrap_or(ServiceIx(u32::MAX))).collect();
    let coverage = Coverage::of(situation, kind, results.travel.method(), services, table);
    let found = gaps(&coverage, situation, results.limit());
    found.into_iter().map(|gap| (gap.clone(), outline(&gap, &situation.demand))).collect()
}
