//! What does the project come to? All figures of one snapshot; never a mix of two.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use rayon::prelude::*;

use super::built_in;
use super::findings::{self, Findings};
use super::states::States;
use super::travel::{Made, Travel};
use crate::analysis::{
    AreaRow, Closure, Coverage, CoverageSummary, Gap, GapOutline, GroupFigures, Rural, area_table, closures,
    gaps, outline,
};
use crate::geometry::{LonLat, PlanePoint};
use crate::model::travel::{TravelError, TravelModel};
use crate::model::{Demand, Layer, LayerReport, Project, RankingModel, ServiceKind, SiteId, Situation};
use crate::progress::Progress;
use crate::siting::ranking::{Ranking, rank};
use crate::siting::{
    Candidate, Inputs, PlaceFlags, Readings, SiteFigures, TrialModel, candidates, flags, readings,
};
use crate::units::{Cost, Measure, People, TOLERANCE};

/// How long each phase took, seconds.
pub type Phases = BTreeMap<&'static str, f64>;

/// The figures of one kind.
pub struct KindResult {
    pub coverage: Coverage,
    pub summary: CoverageSummary,
    /// What it would be with all roads open, where some are closed.
    pub open: Option<CoverageSummary>,
    /// What closed roads do to people's way, where some are closed.
    pub farther: Option<Farther>,
    /// The same by group of countryside, the most remote first; empty where no locality is in the data.
    pub groups: Vec<GroupFigures>,
    pub gaps: Vec<(Gap, GapOutline)>,
    /// In the order of `coverage.services`.
    pub closures: Vec<Closure>,
}

/// Who has farther since roads are closed, whether or not anybody passes the threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Farther {
    /// People whose way became longer, and still is one.
    pub people: People,
    /// People who have none any more.
    pub cut_off: People,
    /// By how much more on average and at most, of those who still have one.
    pub mean: Cost,
    pub most: Cost,
}

impl Farther {
    fn between(open: &Coverage, closed: &Coverage, demand: &Demand) -> Self {
        let (mut people, mut cut_off) = (People::ZERO, People::ZERO);
        let (mut sum, mut most) = (0.0, 0.0f64);
        for (cell, here) in demand.people.iter().enumerate().filter(|(_, here)| **here > People::ZERO) {
            match (open.nearest.cost(cell, 0), closed.nearest.cost(cell, 0)) {
                (Some((_, before)), Some((_, now))) => {
                    let more = now.value() - before.value();
                    if more > TOLERANCE {
                        people += *here;
                        sum += more * here.value();
                        most = most.max(more);
                    }
                }
                (Some(_), None) => cut_off += *here,
                (None, _) => {}
            }
        }
        let mean = if people > People::ZERO { sum / people.value() } else { 0.0 };
        Self { people, cut_off, mean: Cost::new(mean), most: Cost::new(most) }
    }
}

impl KindResult {
    /// The figures of what was measured; `open` is what it would be with all roads open.
    fn of(
        coverage: Coverage,
        open: Option<Coverage>,
        situation: &Situation,
        rural: Option<&Rural>,
        threshold: Cost,
    ) -> Self {
        let demand = &situation.demand;
        let gaps = gaps(&coverage, situation, threshold);
        let outlines = gaps.par_iter().map(|gap| outline(gap, demand)).collect::<Vec<_>>();
        Self {
            summary: coverage.summary(demand, threshold),
            farther: open.as_ref().map(|open| Farther::between(open, &coverage, demand)),
            open: open.map(|open| open.summary(demand, threshold)),
            groups: rural.map_or_else(Vec::new, |rural| rural.figures(&coverage, demand, threshold)),
            closures: closures(&coverage, demand, threshold),
            gaps: gaps.into_iter().zip(outlines).collect(),
            coverage,
        }
    }

    /// The services without which somebody reaches none of the kind, most people first.
    #[must_use]
    pub fn only_services(&self) -> Vec<&Closure> {
        let left = |closure: &&Closure| closure.people_left_without > People::ZERO;
        let mut only: Vec<&Closure> = self.closures.iter().filter(left).collect();
        only.sort_by_key(|closure| (std::cmp::Reverse(closure.people_left_without), closure.service));
        only
    }
}

/// Everything computed from a project.
pub struct Results {
    /// What it was computed from.
    pub project: Project,
    pub situation: Arc<Situation>,
    pub travel: Travel,
    /// The kinds that are loaded, in the order of [`ServiceKind::measured`].
    pub kinds: Vec<KindResult>,
    pub areas: Vec<AreaRow>,
    /// Who lives in a locality, near one or far from any; `None` where no locality is in the data.
    pub rural: Option<Arc<Rural>>,
    /// What of the data somebody has to look at.
    pub findings: Arc<Findings>,
    /// Places that walk over water to their road.
    pub over_water: Vec<OverWater>,
    pub candidates: Vec<Candidate>,
    /// The site factors of each candidate.
    pub readings: Vec<Readings>,
    pub trial: Arc<TrialModel>,
    /// The nearest few of every cell, made when services are first closed.
    states: OnceLock<Arc<States>>,
    pub phases: Phases,
}

impl Results {
    /// Computes a snapshot; what `previous` shares with it is not computed again.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn compute(
        project: &Project,
        previous: Option<&Self>,
        progress: &dyn Progress,
    ) -> Result<Self, TravelError> {
        Self::compute_by(project, None, previous, progress)
    }

    /// The same, with ways of another maker than the project's parameters and roads name.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn compute_by(
        project: &Project,
        made: Option<Made>,
        previous: Option<&Self>,
        progress: &dyn Progress,
    ) -> Result<Self, TravelError> {
        Self::computed(&built_in::with_areas(project), made, previous, progress)
    }

    fn computed(
        project: &Project,
        made: Option<Made>,
        previous: Option<&Self>,
        progress: &dyn Progress,
    ) -> Result<Self, TravelError> {
        let mut phases = Phases::new();
        let mut clock = Clock::start();
        let bound = previous.filter(|old| has_same_binding(&old.project, project));
        let situation = serving(project, bound, progress)?;
        clock.lap("bind", &mut phases);
        progress.report(3, 10);
        let needs_rescue = situation.kinds_loaded.contains(ServiceKind::Rescue);
        let old = previous.map(|old| &old.travel);
        let by_parameters = || Travel::of(project, needs_rescue, old, progress);
        let travel = made.map_or_else(by_parameters, |made| Ok(Travel::Made(made)))?;
        clock.lap("network", &mut phases);
        let (coverages, states) = coverages(project, bound, &situation, &travel, progress)?;
        let open = with_roads_open(&situation, project, &travel, coverages.len(), progress)?;
        clock.lap("nearest", &mut phases);
        progress.report(6, 10);
        let rural = match bound.filter(|old| has_same_groups(old, project)) {
            Some(old) => old.rural.clone(),
            None => groups(project, &situation, &travel, progress)?,
        };
        let threshold = project.parameters.limit(travel.measure());
        let areas = area_table(&situation, &coverages, rural.as_deref(), threshold);
        let judge = |(coverage, open)| {
            progress.check()?;
            Ok(KindResult::of(coverage, open, &situation, rural.as_deref(), threshold))
        };
        let kinds =
            coverages.into_par_iter().zip(open).map(judge).collect::<Result<Vec<_>, TravelError>>()?;
        clock.lap("coverage", &mut phases);
        progress.report(8, 10);
        let of = |kind| kinds.iter().find(|result: &&KindResult| result.coverage.kind == kind);
        let inputs = Inputs {
            project,
            situation: &situation,
            travel: &travel,
            sot: of(ServiceKind::Sot).map(|result| &result.coverage),
            closures: of(ServiceKind::Grocery).map_or(&[], |result| &result.closures),
        };
        let candidates = candidates(&inputs, progress)?;
        let readings = readings(&candidates, &situation, &project.parameters, travel.measure());
        let trial = trial_model(project, bound, &situation);
        clock.lap("candidates", &mut phases);
        progress.report(9, 10);
        let (findings, over_water) = looked_at(project, bound, &situation, &travel);
        clock.lap("findings", &mut phases);
        progress.report(10, 10);
        Ok(Self {
            project: project.clone(),
            situation,
            travel,
            kinds,
            areas,
            rural,
            findings,
            over_water,
            candidates,
            readings,
            trial,
            states,
            phases,
        })
    }

    /// What states with other services closed are measured with; made once for a binding and its ways.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn states(&self, progress: &dyn Progress) -> Result<&Arc<States>, TravelError> {
        if let Some(states) = self.states.get() {
            return Ok(states);
        }
        let profile = &self.project.parameters.profile;
        let states = States::new(&self.situation, profile, &self.travel, progress)?;
        Ok(self.states.get_or_init(|| Arc::new(states)))
    }

    #[must_use]
    pub fn kind(&self, kind: ServiceKind) -> Option<&KindResult> {
        self.kinds.iter().find(|result| result.coverage.kind == kind)
    }

    /// Does this still say what the project says?
    #[must_use]
    pub fn is_current(&self, project: &Project) -> bool {
        has_same_binding(&self.project, &built_in::with_areas(project))
            && self.project.closed_services == project.closed_services
            && self.project.parameters == project.parameters
            && *self.project.closures == *project.closures
            && self.project.roads.len() == project.roads.len()
            && self.project.roads.iter().zip(&project.roads).all(|(a, b)| Arc::ptr_eq(&a.roads, &b.roads))
    }

    /// The threshold, in what is counted.
    #[must_use]
    pub fn limit(&self) -> Cost {
        self.project.parameters.limit(self.travel.measure())
    }

    /// What is counted: lengths or times.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.travel.measure()
    }

    #[must_use]
    pub fn report(&self, layer: &Layer) -> Option<&LayerReport> {
        self.situation.reports.get(&layer.id)
    }

    /// The candidates in the order of a model of now: no cost of travel is computed for it.
    #[must_use]
    pub fn rank(&self, model: &RankingModel, selected: &BTreeSet<SiteId>) -> Ranking {
        rank(&self.candidates, &self.readings, &self.situation, selected, model)
    }

    /// What to look at and what to ask at a candidate.
    #[must_use]
    pub fn flags(&self, candidate: usize, model: &RankingModel) -> PlaceFlags {
        let (readings, parameters) = (&self.readings[candidate], &self.project.parameters);
        flags(&self.candidates[candidate], readings, &self.situation, model, parameters, self.measure())
    }

    /// The figures of a point on trial.
    ///
    /// # Errors
    /// [`TravelError`] where the ways could not be had.
    pub fn figures_at(&self, point: PlanePoint) -> Result<SiteFigures, TravelError> {
        self.trial.figures(
            point,
            &self.situation,
            &self.project.parameters,
            &self.travel,
            self.kind(ServiceKind::Grocery).map(|result| &result.coverage),
            self.kind(ServiceKind::Sot).map(|result| &result.coverage),
        )
    }
}

/// What the layers mean and who serves; bound again only where layers, edits or limits are others.
fn serving(
    project: &Project,
    bound: Option<&Results>,
    progress: &dyn Progress,
) -> Result<Arc<Situation>, TravelError> {
    let Some(old) = bound else { return Ok(Arc::new(Situation::bind(project, progress)?)) };
    if old.project.closed_services == project.closed_services {
        return Ok(Arc::clone(&old.situation));
    }
    let bound = Arc::clone(old.situation.bound());
    Ok(Arc::new(Situation::serving(bound, &project.closed_services)))
}

/// What was measured, and what states with other services closed are measured with, where that is known.
type Measured = (Vec<Coverage>, OnceLock<Arc<States>>);

/// The coverages of a snapshot: those of before while people, services and ways are the same; where only other services
/// are closed, what is known of every cell without them.
fn coverages(
    project: &Project,
    bound: Option<&Results>,
    situation: &Arc<Situation>,
    travel: &Travel,
    progress: &dyn Progress,
) -> Result<Measured, TravelError> {
    // The time before a rescue vehicle moves is no part of the ways, but of what is measured.
    let waits = |of: &Project| of.parameters.profile.turnout_min.map(f64::to_bits);
    let same_ways = |old: &&Results| old.travel.is_of(project) && waits(&old.project) == waits(project);
    let Some(old) = bound.filter(same_ways) else {
        return Ok((measure(situation, project, travel, progress)?, OnceLock::new()));
    };
    let before: Vec<Coverage> = old.kinds.iter().map(|kind| kind.coverage.clone()).collect();
    if Arc::ptr_eq(&old.situation, situation) {
        return Ok((before, old.states.clone()));
    }
    let states = Arc::clone(old.states(progress)?);
    Ok((states.coverages(situation, &before, travel, progress)?, OnceLock::from(states)))
}

fn measure(
    situation: &Situation,
    project: &Project,
    travel: &dyn TravelModel,
    progress: &dyn Progress,
) -> Result<Vec<Coverage>, TravelError> {
    let kinds: Vec<ServiceKind> =
        ServiceKind::measured().filter(|kind| situation.kinds_loaded.contains(*kind)).collect();
    kinds
        .into_par_iter()
        .map(|kind| {
            let head_starts = situation.head_starts(kind, &project.parameters.profile);
            Coverage::compute(situation, kind, travel, &head_starts, progress)
        })
        .collect()
}

/// Do two projects bind alike, whoever is closed? Compares shared parts by address, so it is cheap.
fn has_same_binding(a: &Project, b: &Project) -> bool {
    let same_layers = a.layers.len() == b.layers.len()
        && a.layers.iter().zip(&b.layers).all(|(a, b)| {
            a.id == b.id && a.role == b.role && a.name == b.name && Arc::ptr_eq(&a.table, &b.table)
        });
    same_layers
        && Arc::ptr_eq(&a.amendments, &b.amendments)
        && Arc::ptr_eq(&a.added, &b.added)
        && a.has_same_statuses(b)
        && a.parameters.stages().binding == b.parameters.stages().binding
}

/// The groups of countryside, by car on land.
fn groups(
    project: &Project,
    situation: &Situation,
    travel: &Travel,
    progress: &dyn Progress,
) -> Result<Option<Arc<Rural>>, TravelError> {
    let by_car = travel.by_car_on_land(project, progress)?;
    Ok(Rural::compute(situation, &project.parameters.rural, &by_car, progress)?.map(Arc::new))
}

/// The speeds and places of trial points, kept while those are the same.
fn trial_model(project: &Project, bound: Option<&Results>, situation: &Arc<Situation>) -> Arc<TrialModel> {
    match bound.filter(|old| Arc::ptr_eq(&old.situation, situation)) {
        Some(old) if old.project.parameters.profile == project.parameters.profile => Arc::clone(&old.trial),
        _ => Arc::new(TrialModel::new(situation, project)),
    }
}

/// The coverages with all roads open, where some are closed.
fn with_roads_open(
    situation: &Situation,
    project: &Project,
    travel: &Travel,
    kinds: usize,
    progress: &dyn Progress,
) -> Result<Vec<Option<Coverage>>, TravelError> {
    match travel.without_closures() {
        Some(open) => Ok(measure(situation, project, &open, progress)?.into_iter().map(Some).collect()),
        None => Ok(vec![None; kinds]),
    }
}

/// What has to be looked at in data and ways.
fn looked_at(
    project: &Project,
    bound: Option<&Results>,
    situation: &Arc<Situation>,
    travel: &Travel,
) -> (Arc<Findings>, Vec<OverWater>) {
    (findings_of(project, bound, situation, travel), over_water(situation, travel))
}

/// What has to be looked at, kept while places, ways and limits are the same.
fn findings_of(
    project: &Project,
    bound: Option<&Results>,
    situation: &Arc<Situation>,
    travel: &Travel,
) -> Arc<Findings> {
    let limits = |of: &Project| {
        let parameters = &of.parameters;
        (parameters.same_name_within, parameters.far_from_road, parameters.people_expected)
    };
    let same = |old: &&Results| {
        Arc::ptr_eq(old.situation.bound(), situation.bound())
            && limits(&old.project) == limits(project)
            && old.travel.is_of(project)
    };
    bound
        .filter(same)
        .map_or_else(|| Arc::new(findings::find(project, situation, travel)), |old| Arc::clone(&old.findings))
}

/// Are people in the same groups of countryside? Neither thresholds nor closures change them.
fn has_same_groups(old: &Results, project: &Project) -> bool {
    let (before, now) = (old.project.parameters.stages(), project.parameters.stages());
    before.groups == now.groups
        && before.ways == now.ways
        && old.project.roads.len() == project.roads.len()
        && old.project.roads.iter().zip(&project.roads).all(|(a, b)| Arc::ptr_eq(&a.roads, &b.roads))
}

/// A place whose way to its road crosses water, and no road is on its own side.
#[derive(Debug, Clone, PartialEq)]
pub struct OverWater {
    /// A service by its name, or a cell by its feature's number.
    pub name: String,
    /// Who lives there; nobody at a service.
    pub people: People,
    pub place: LonLat,
    /// The spot on the road.
    pub road: LonLat,
}

fn over_water(situation: &Situation, travel: &Travel) -> Vec<OverWater> {
    let Some(road) = travel.road() else { return Vec::new() };
    let demand = &situation.demand;
    let cells = road.over_water(&demand.points).into_iter().map(|(cell, snap)| OverWater {
        name: format!("#{}", demand.origins[cell].feature_ix + 1),
        people: demand.people[cell],
        place: demand.places[cell],
        road: snap.place,
    });
    let points: Vec<PlanePoint> = situation.services.iter().map(|service| service.point).collect();
    let services = road.over_water(&points).into_iter().map(|(at, snap)| OverWater {
        name: situation.services[at].name.clone(),
        people: People::ZERO,
        place: situation.services[at].place,
        road: snap.place,
    });
    let mut all: Vec<OverWater> = cells.chain(services).collect();
    all.sort_by_key(|over| std::cmp::Reverse(over.people));
    all
}

/// Measures phases.
struct Clock(Instant);

impl Clock {
    fn start() -> Self {
        Self(Instant::now())
    }

    fn lap(&mut self, name: &'static str, phases: &mut Phases) {
        let now = Instant::now();
        phases.insert(name, (now - self.0).as_secs_f64());
        self.0 = now;
    }
}
