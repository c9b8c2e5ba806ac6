//! What comes of the outage scenario that is looked at? Computed by a job whenever result, scenario or assumptions are others;
//! the last stays until then. Gaps and fuel of an hour, what the answer hangs on and the best places each have a job of
//! their own.

use std::sync::Arc;

use crate::analysis::{Coverage, Gap, GapOutline, gaps, outline};
use crate::app::Results;
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::app::outage::{
    Best, BestAsked, Crisis, FuelPlan, Idle, OutageError, OutageTables, ScenarioSide, Sensitivity, best,
    idle, sensitivity,
};
use crate::app::siting::live::Stopped;
use crate::app::ways::{CriticalRoad, critical_to};
use crate::geometry::PlanePoint;
use crate::model::outage::{Need, OutageAssumptions, OutageBook, OutageScenario};
use crate::model::travel::{Nearest, NoCost, TravelError, TravelModel as _, Traveller};
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
    /// All scenarios of the project.
    pub book: &'a OutageBook,
    pub at: HourOf,
    /// Gaps are drawn or listed.
    pub gaps: bool,
    pub also: Also,
}

/// What is looked at beside the crisis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Also {
    Nothing,
    Fuel,
    /// What the answer hangs on.
    Sensitivity,
    /// The scenarios beside each other.
    Scenarios,
}

/// A crisis, and the same without what its scenario adds, removes and fuels.
pub struct Computed {
    pub crisis: Crisis,
    pub before: Option<Crisis>,
    /// What of its scenario changes nothing.
    pub idle: Vec<Idle>,
}

impl Computed {
    #[must_use]
    pub fn new(crisis: Crisis, before: Option<Crisis>) -> Self {
        let idle = idle(&crisis);
        Self { crisis, before, idle }
    }
}

/// Gaps of an hour.
pub type HourGaps = Vec<(Gap, GapOutline)>;

type Made = (Arc<OutageTables>, Result<Computed, OutageError>);

/// The roads whose closure costs most in an hour.
pub type Roads = Arc<Vec<CriticalRoad>>;

/// What scenarios were computed together in.
type BestInputs = (Arc<Results>, Vec<OutageScenario>, OutageAssumptions);

/// The crisis shown. What is asked beside it is told of that crisis alone.
#[derive(Default)]
pub struct CrisisWork {
    of: Option<(Arc<Results>, OutageScenario, OutageAssumptions)>,
    tables: Option<Arc<OutageTables>>,
    computing: Slot<Made>,
    pub shown: Option<Arc<Computed>>,
    /// Why nothing came of it.
    pub refused: Option<Arc<OutageError>>,
    gaps_of: Option<(Arc<Computed>, HourOf)>,
    gap_slot: Slot<Option<HourGaps>>,
    gaps: Option<(Arc<Computed>, HourOf, Arc<HourGaps>)>,
    fuel_of: Option<(Arc<Computed>, usize)>,
    fuel_slot: Slot<Option<FuelPlan>>,
    fuel: Option<(Arc<Computed>, Arc<FuelPlan>)>,
    hangs_of: Option<Arc<Computed>>,
    hangs_slot: Slot<Option<Vec<Sensitivity>>>,
    hangs: Option<(Arc<Computed>, Arc<Vec<Sensitivity>>)>,
    best_of: Option<BestInputs>,
    best_slot: Slot<Option<Best>>,
    best: Option<Arc<Best>>,
    compared_of: Option<BestInputs>,
    compared_slot: Slot<Option<Vec<ScenarioSide>>>,
    compared: Option<Arc<Vec<ScenarioSide>>>,
    roads_of: Option<(Arc<Computed>, HourOf)>,
    roads_slot: Slot<Option<Vec<CriticalRoad>>>,
    roads: Option<(Arc<Computed>, HourOf, Roads)>,
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
            self.compare(wake, wanted);
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
                Ok(Computed::new(crisis, before))
            });
            (tables, made)
        });
    }

    /// Sets the scenarios of the project beside each other.
    fn compare(&mut self, wake: &Wake, wanted: Wanted<'_>) {
        let Some(tables) = self.tables.clone().filter(|_| wanted.also == Also::Scenarios) else { return };
        let book = wanted.book;
        let is_same = self.compared_of.as_ref().is_some_and(|of| is_of(of, &tables.results, book));
        if is_same {
            return;
        }
        let (scenarios, assumed) = (book.scenarios.clone(), book.assumptions.clone());
        self.compared_of = Some((Arc::clone(&tables.results), scenarios.clone(), assumed.clone()));
        self.compared_slot.start_search(wake, move |progress| {
            let side =
                |scenario: &OutageScenario| match Crisis::compute(&tables, scenario, &assumed, progress) {
                    Ok(crisis) => Some(Some(ScenarioSide::of(&crisis))),
                    // One that does not fit the data has nothing to be compared; the panel says why.
                    Err(OutageError::Unfit(_)) => Some(None),
                    Err(_) => None,
                };
            let sides: Option<Vec<Option<ScenarioSide>>> = scenarios.iter().map(side).collect();
            sides.map(|sides| sides.into_iter().flatten().collect())
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
            self.gap_slot.start(wake, move |progress| gaps_at(&of.crisis, at, progress));
        }
        let has_fuel = self.fuel_of.as_ref().is_some_and(|(of, hour)| is_of(of) && *hour == wanted.at.hour);
        // What is fuelled first takes longest and is the same in every hour: it is waited for.
        let is_under_way =
            self.fuel_slot.is_running() && self.fuel_of.as_ref().is_some_and(|(of, _)| is_of(of));
        if wanted.also == Also::Fuel && !has_fuel && !is_under_way {
            self.fuel_of = Some((Arc::clone(&shown), wanted.at.hour));
            let (of, hour) = (Arc::clone(&shown), wanted.at.hour);
            let known = self.fuel().map(|plan| plan.first.clone());
            self.fuel_slot.start(wake, move |progress| match known {
                Some(first) => Some(FuelPlan::with_first(&of.crisis, hour, first)),
                None => FuelPlan::at(&of.crisis, hour, progress).ok(),
            });
        }
        if wanted.also == Also::Sensitivity && !self.hangs_of.as_ref().is_some_and(is_of) {
            self.hangs_of = Some(Arc::clone(&shown));
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
                let of = self.gaps_of.as_ref().zip(gaps);
                self.gaps = of.map(|((of, at), gaps)| (Arc::clone(of), *at, Arc::new(gaps)));
            }
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.fuel_slot.poll() {
            Some(Ok(plan)) => {
                let of = self.fuel_of.as_ref().zip(plan);
                self.fuel = of.map(|((of, _), plan)| (Arc::clone(of), Arc::new(plan)));
            }
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.hangs_slot.poll() {
            Some(Ok(found)) => {
                let of = self.hangs_of.as_ref().zip(found);
                self.hangs = of.map(|(of, found)| (Arc::clone(of), Arc::new(found)));
            }
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.best_slot.poll() {
            Some(Ok(found)) => self.best = found.map(Arc::new),
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.compared_slot.poll() {
            Some(Ok(sides)) => self.compared = sides.map(Arc::new),
            Some(Err(panic)) => panicked = Some(panic),
            None => {}
        }
        match self.roads_slot.poll() {
            Some(Ok(found)) => {
                let of = self.roads_of.as_ref().zip(found);
                self.roads = of.map(|((of, at), found)| (Arc::clone(of), *at, Arc::new(found)));
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
        self.best_of = Some((Arc::clone(&tables.results), scenarios.clone(), assumed.clone()));
        self.best_slot.start_search(wake, move |progress| {
            let crises: Result<Vec<Crisis>, OutageError> = scenarios
                .iter()
                .map(|scenario| Crisis::compute(&tables, scenario, &assumed, progress))
                .collect();
            let crises = crises.ok()?;
            let borrowed: Vec<&Crisis> = crises.iter().collect();
            best(&borrowed, &asked, &Stopped(progress)).ok().flatten()
        });
    }

    /// Looks for the roads whose closure costs most in an hour, on the way to the nearest place that works for sure.
    pub fn ask_roads(&mut self, wake: &Wake, at: HourOf) {
        let Some(shown) = self.shown.clone() else { return };
        self.roads_of = Some((Arc::clone(&shown), at));
        self.roads_slot.start_search(wake, move |progress| {
            let (places, starts) = shown.crisis.working(at.need, at.hour, at.case);
            let points: Vec<PlanePoint> =
                places.iter().map(|place| shown.crisis.places[*place].point).collect();
            let traveller = at.need.kind().map_or(Traveller::Visitor, Traveller::of);
            critical_to(shown.crisis.results(), (&points, &starts), traveller, progress).ok()
        });
    }

    fn of_shown<T>(&self, known: Option<(&Arc<Computed>, T)>) -> Option<T> {
        let (of, known) = known?;
        self.shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, of)).then_some(known)
    }

    /// The gaps of an hour of the crisis shown.
    #[must_use]
    pub fn gaps(&self) -> Option<(HourOf, &Arc<HourGaps>)> {
        self.of_shown(self.gaps.as_ref().map(|(of, at, gaps)| (of, (*at, gaps))))
    }

    /// Its fuel plan, of the hour that it names.
    #[must_use]
    pub fn fuel(&self) -> Option<&Arc<FuelPlan>> {
        self.of_shown(self.fuel.as_ref().map(|(of, plan)| (of, plan)))
    }

    /// What its answer hangs on.
    #[must_use]
    pub fn hangs(&self) -> Option<&Arc<Vec<Sensitivity>>> {
        self.of_shown(self.hangs.as_ref().map(|(of, found)| (of, found)))
    }

    /// The roads whose closure costs most in an hour of it.
    #[must_use]
    pub fn roads(&self) -> Option<(HourOf, &Roads)> {
        self.of_shown(self.roads.as_ref().map(|(of, at, roads)| (of, (*at, roads))))
    }

    /// The best places, while scenarios and assumptions are those that they were looked for in.
    #[must_use]
    pub fn best(&self, results: &Arc<Results>, book: &OutageBook) -> Option<&Arc<Best>> {
        let (of, scenarios, assumed) = self.best_of.as_ref()?;
        let is_same = |was: &OutageScenario| {
            book.scenario(was.id)
                .is_some_and(|now| OutageScenario { name: now.name.clone(), ..was.clone() } == *now)
        };
        let is_current =
            Arc::ptr_eq(of, results) && *assumed == book.assumptions && scenarios.iter().all(is_same);
        self.best.as_ref().filter(|_| is_current)
    }

    /// The scenarios beside each other, while they are those of the project.
    #[must_use]
    pub fn compared(&self, results: &Arc<Results>, book: &OutageBook) -> Option<&Arc<Vec<ScenarioSide>>> {
        let is_current = self.compared_of.as_ref().is_some_and(|of| is_of(of, results, book));
        self.compared.as_ref().filter(|_| is_current && !self.compared_slot.is_running())
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
            || self.compared_slot.is_running()
    }
}

/// Are these all scenarios of the project, with its assumptions?
fn is_of((of, scenarios, assumed): &BestInputs, results: &Arc<Results>, book: &OutageBook) -> bool {
    Arc::ptr_eq(of, results) && *scenarios == book.scenarios && *assumed == book.assumptions
}

/// The gaps of an hour: connected cells that no place that works is within the threshold of.
fn gaps_at(crisis: &Crisis, at: HourOf, progress: &dyn Progress) -> Option<HourGaps> {
    let results = crisis.results();
    let situation = &results.situation;
    let nearest = crisis.nearest_at(at.need, at.hour, at.case);
    progress.check().ok()?;
    let measure = results.measure();
    let site = |one: &Option<(usize, Cost)>| {
        one.map_or(crate::model::travel::NO_SITE, |(place, _)| u32::try_from(place).unwrap_or(u32::MAX - 1))
    };
    let cost = |one: &Option<(usize, Cost)>| one.map_or(f64::INFINITY, |(_, cost)| cost.value());
    let costs: Vec<f64> = nearest.iter().map(cost).collect();
    let seconds = if measure == crate::units::Measure::Time { costs.clone() } else { Vec::new() };
    let reasons = vec![NoCost::NoService; nearest.len()];
    let table = Nearest::new(1, measure, nearest.iter().map(site).collect(), costs, seconds, reasons);
    let kind = at.need.kind().unwrap_or(ServiceKind::Sot);
    let services = crisis.places.iter().map(|place| place.service.unwrap_or(ServiceIx(u32::MAX))).collect();
    let coverage = Coverage::of(situation, kind, results.travel.method(), services, table);
    let found = gaps(&coverage, situation, results.limit());
    let of = |gap: Gap| {
        progress.check().ok()?;
        let outline = outline(&gap, &situation.demand);
        Some((gap, outline))
    };
    found.into_iter().map(of).collect()
}
