//! What comes of a scenario? Clocks of every place, and people by need, group and municipality for every hour of a week.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::hits::{Hits, Unfit};
use super::places::{Place, places};
use super::tables::OutageTables;
use crate::app::Results;
use crate::lang::{Lang, Said};
use crate::model::outage::{
    Chain, HOURS, Known, Need, OutageAssumptions, OutageScenario, Part, RoadsClosed, Season,
};
use crate::model::travel::{Nearest, NoCost, TravelError, Traveller};
use crate::model::{PeopleGroup, RuralGroup, ServiceKind};
use crate::outage::{
    Case, HourSet, Minute, NeedHours, People, PlaceParts, PlaceState, Served, Slots, Spans, Supply, Timeline,
    evaluate, minute, supply, timeline,
};
use crate::progress::Progress;
use crate::units::{Cost, Seconds};

/// Why nothing came of a scenario.
#[derive(Debug, thiserror::Error)]
pub enum OutageError {
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error(transparent)]
    Travel(#[from] TravelError),
}

impl Said for OutageError {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Unfit(unfit) => unfit.said(lang),
            Self::Travel(error) => error.said(lang),
        }
    }
}

/// The clocks of a place.
#[derive(Debug, Clone)]
pub struct Clock {
    /// By case.
    pub parts: [PlaceParts; 2],
    /// In the order of the place's needs, by case.
    pub needs: Vec<[Timeline; 2]>,
}

/// Places that work in the same hours.
pub struct Together {
    pub served: Served,
    /// Positions among the places.
    pub places: Vec<usize>,
    pub nearest: Arc<Nearest>,
    /// With roads closed, where the scenario closes some for a time.
    pub closed: Option<Arc<Nearest>>,
}

/// A need over the crisis.
pub struct NeedCrisis {
    pub need: Need,
    pub together: Vec<Together>,
    pub hours: NeedHours,
}

/// A group of people that is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupName {
    Everyone,
    Rural(Option<RuralGroup>),
    Column(String, PeopleGroup),
}

impl GroupName {
    /// The stable name in files.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Everyone => "everyone".into(),
            Self::Rural(Some(group)) => group.id().into(),
            Self::Rural(None) => "rural-unknown".into(),
            Self::Column(name, _) => name.clone(),
        }
    }
}

impl Said for GroupName {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Everyone => lang.pick("alla", "everyone").into(),
            Self::Rural(Some(group)) => group.said(lang),
            Self::Rural(None) => lang.pick("okänd landsbygdsgrupp", "rural group unknown").into(),
            Self::Column(_, group) => group.said(lang),
        }
    }
}

/// What people are without at home, by hour and case.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Home {
    pub without_power: f64,
    pub without_mobile: f64,
    pub without_water: f64,
    pub cold: f64,
}

/// What came of a scenario.
pub struct Crisis {
    pub tables: Arc<OutageTables>,
    pub scenario: OutageScenario,
    pub assumed: OutageAssumptions,
    pub chain: Chain,
    pub places: Vec<Place>,
    pub clocks: Vec<Clock>,
    pub needs: Vec<NeedCrisis>,
    /// The groups with people, each with its slot.
    pub groups: Vec<(GroupName, usize)>,
    pub homes: Vec<[Home; 2]>,
    /// By cell: the hours in which anything fails there.
    pub hit: Vec<HourSet>,
    /// Hours with roads closed for a time.
    pub closed_hours: HourSet,
}

impl Crisis {
    /// Computes a scenario.
    ///
    /// # Errors
    /// [`OutageError`] where the scenario does not fit the data, the result is no longer wanted, or a way could not be had.
    ///
    /// # Complexity
    /// A search for each set of places that work in the same hours and was not asked for before; else
    /// O(places × dependencies + cells × sets).
    pub fn compute(
        tables: &Arc<OutageTables>,
        scenario: &OutageScenario,
        assumed: &OutageAssumptions,
        progress: &dyn Progress,
    ) -> Result<Self, OutageError> {
        Self::adjusted(tables, scenario, assumed, &|_| {}, progress)
    }

    /// The same with something known otherwise of places.
    ///
    /// # Errors
    /// As [`Self::compute`].
    pub(super) fn adjusted(
        tables: &Arc<OutageTables>,
        scenario: &OutageScenario,
        assumed: &OutageAssumptions,
        adjust: &dyn Fn(&mut Place),
        progress: &dyn Progress,
    ) -> Result<Self, OutageError> {
        if let Some(fault) = scenario.first_fault() {
            return Err(Unfit::Fault(fault).into());
        }
        let results = &tables.results;
        let chain = Chain::with(&assumed.edits);
        let hits = Hits::of(scenario, &results.situation)?;
        let mut places = places(results, scenario, assumed, &hits, &tables.around);
        places.iter_mut().for_each(adjust);
        progress.check().map_err(TravelError::from)?;
        let clocks: Vec<Clock> =
            places.par_iter().map(|place| clock(place, &chain, scenario.season)).collect();
        let closed_hours = closed_hours(scenario.roads);
        let people = PeopleOf::new(tables);
        let need = |need: Need| {
            let together = together(need, &places, &clocks, tables, closed_hours, progress)?;
            let groups: Vec<Supply<'_>> = together
                .iter()
                .map(|one| Supply {
                    served: one.served,
                    nearest: &one.nearest,
                    closed: one.closed.as_deref(),
                })
                .collect();
            let hours = supply(&groups, &people.borrowed(results), results.limit(), closed_hours);
            Ok(NeedCrisis { need, together, hours })
        };
        let needs =
            needs(results, &places).into_par_iter().map(need).collect::<Result<Vec<_>, TravelError>>()?;
        let (homes, hit) = homes(results, &hits, &chain, scenario.season);
        let groups = people.groups(results);
        let tables = Arc::clone(tables);
        let (scenario, assumed) = (scenario.clone(), assumed.clone());
        Ok(Self { tables, scenario, assumed, chain, places, clocks, needs, groups, homes, hit, closed_hours })
    }

    #[must_use]
    pub fn results(&self) -> &Arc<Results> {
        &self.tables.results
    }

    #[must_use]
    pub fn need(&self, need: Need) -> Option<&NeedCrisis> {
        self.needs.iter().find(|known| known.need == need)
    }

    /// The clock of a need at a place, by case.
    #[must_use]
    pub fn timelines(&self, place: usize, need: Need) -> Option<&[Timeline; 2]> {
        let at = self.places.get(place)?.needs.iter().position(|known| *known == need)?;
        self.clocks.get(place)?.needs.get(at)
    }

    /// Which place that works is nearest to each cell in an hour, and how far it is.
    #[must_use]
    pub fn nearest_at(&self, need: Need, hour: usize, case: Case) -> Vec<Option<(usize, Cost)>> {
        let is_closed = self.closed_hours.contains(hour);
        self.nearest_of(need, is_closed, |one| one.served.works[case as usize].contains(hour))
    }

    /// Which place is nearest to each cell when nothing fails, and how far it is.
    #[must_use]
    pub fn nearest_ever(&self, need: Need) -> Vec<Option<(usize, Cost)>> {
        self.nearest_of(need, false, |_| true)
    }

    fn nearest_of(
        &self,
        need: Need,
        is_closed: bool,
        counts: impl Fn(&Together) -> bool,
    ) -> Vec<Option<(usize, Cost)>> {
        let cells = self.results().situation.demand.len();
        let mut out: Vec<Option<(usize, Cost)>> = vec![None; cells];
        let Some(need) = self.need(need) else { return out };
        for one in need.together.iter().filter(|one| counts(one)) {
            let table = one.closed.as_ref().filter(|_| is_closed).unwrap_or(&one.nearest);
            for (cell, best) in out.iter_mut().enumerate() {
                let Some((site, cost)) = table.cost(cell, 0) else { continue };
                let Some(place) = one.places.get(site) else { continue };
                if best.is_none_or(|(known, before)| (cost, *place) < (before, known)) {
                    *best = Some((*place, cost));
                }
            }
        }
        out
    }

    /// Why a cell reaches no place of a need that works in an hour.
    #[must_use]
    pub fn reason(&self, need: Need, cell: usize) -> NoCost {
        let need = self.need(need);
        let reasons = need.into_iter().flat_map(|need| &need.together).map(|one| one.nearest.reason(cell));
        reasons.min().unwrap_or(NoCost::NoService)
    }

    /// The hour that comes after the last change of anything, a week at most.
    #[must_use]
    pub fn ends(&self) -> usize {
        let last = self
            .clocks
            .iter()
            .flat_map(|clock| clock.needs.iter().flatten())
            .filter_map(|line| line.changes.last().map(|change| change.at))
            .max()
            .unwrap_or(0);
        usize::try_from(last.div_ceil(60)).unwrap_or(HOURS - 1).min(HOURS - 1)
    }
}

/// The hours in which places work with roads as every day, and with roads closed for a time.
pub(super) fn together_hours(one: &Together, closed_hours: HourSet, case: Case) -> (HourSet, HourSet) {
    let hours = one.served.works[case as usize];
    if one.closed.is_none() {
        return (hours, HourSet::NONE);
    }
    (hours.without(closed_hours), hours.and(closed_hours))
}

fn clock(place: &Place, chain: &Chain, season: Season) -> Clock {
    let parts = Case::BOTH.map(|case| evaluate(&place.state, chain, season, case));
    let of = |need: &Need| [0, 1].map(|case: usize| timeline(&parts[case], chain, *need));
    let needs = place.needs.iter().map(of).collect();
    Clock { parts, needs }
}

fn closed_hours(roads: Option<RoadsClosed>) -> HourSet {
    let span =
        |roads: RoadsClosed| Spans::between(minute(roads.start_h), minute(roads.start_h + roads.hours));
    roads.map_or(HourSet::NONE, |roads| HourSet::of(&span(roads)))
}

/// What is told: what a layer is loaded for, and what any place gives.
fn needs(results: &Results, places: &[Place]) -> Vec<Need> {
    let loaded = results.situation.kinds_loaded;
    let is_told = |need: &Need| match need.kind() {
        Some(kind) => loaded.contains(kind) || places.iter().any(|place| place.needs.contains(need)),
        None => loaded.contains(ServiceKind::Sot) || places.iter().any(|place| place.needs.contains(need)),
    };
    Need::ALL.into_iter().filter(is_told).collect()
}

/// The hours of a need at a place.
#[must_use]
pub fn served(lines: &[Timeline; 2]) -> Served {
    let works = |line: &Timeline| HourSet::all().without(HourSet::of(&line.stopped));
    let fully = |line: &Timeline| works(line).without(HourSet::of(&line.limited));
    Served { works: [works(&lines[0]), works(&lines[1])], fully: [fully(&lines[0]), fully(&lines[1])] }
}

fn together(
    need: Need,
    places: &[Place],
    clocks: &[Clock],
    tables: &OutageTables,
    closed_hours: HourSet,
    progress: &dyn Progress,
) -> Result<Vec<Together>, TravelError> {
    let mut sets: BTreeMap<Served, Vec<usize>> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        if let Some(which) = place.needs.iter().position(|known| *known == need) {
            sets.entry(served(&clocks[at].needs[which])).or_default().push(at);
        }
    }
    let results = &tables.results;
    let traveller = need.kind().map_or(Traveller::Visitor, Traveller::of);
    let starts: FxHashMap<u32, Seconds> = match need.kind() {
        Some(ServiceKind::Rescue) => {
            let starts =
                results.situation.head_starts(ServiceKind::Rescue, &results.project.parameters.profile);
            results.situation.of_kind(ServiceKind::Rescue).iter().map(|ix| ix.0).zip(starts).collect()
        }
        _ => FxHashMap::default(),
    };
    let whole = need.kind().and_then(|kind| results.kind(kind));
    let of = |(served, members): (Served, Vec<usize>)| {
        let sites: Vec<_> = members.iter().map(|at| places[*at].point).collect();
        let services: Option<Vec<_>> = members.iter().map(|at| places[*at].service).collect();
        let head_starts: Vec<Seconds> = if starts.is_empty() {
            Vec::new()
        } else {
            let start = |at: &usize| places[*at].service.and_then(|ix| starts.get(&ix.0).copied());
            members.iter().map(|at| start(at).unwrap_or(Seconds::ZERO)).collect()
        };
        let asked = (sites.as_slice(), head_starts.as_slice());
        // What the result knows is not searched again.
        let known =
            whole.filter(|whole| services.as_ref().is_some_and(|all| *all == *whole.coverage.services));
        let as_now = || match known {
            Some(whole) => Ok(Arc::clone(&whole.coverage.nearest)),
            None => tables.nearest(asked, traveller, false, progress),
        };
        let (nearest, closed) = if closed_hours.is_empty() || !tables.has_closures() {
            (as_now()?, None)
        } else {
            (tables.nearest(asked, traveller, true, progress)?, Some(as_now()?))
        };
        Ok(Together { served, places: members, nearest, closed })
    };
    sets.into_par_iter().map(of).collect()
}

/// Who lives where, as it is counted.
struct PeopleOf {
    rural: Option<Vec<Option<RuralGroup>>>,
    columns: Vec<Vec<f64>>,
    names: Vec<(String, PeopleGroup)>,
}

impl PeopleOf {
    fn new(tables: &OutageTables) -> Self {
        Self {
            rural: tables.results.rural.as_ref().map(|rural| rural.groups.clone()),
            columns: tables.columns.iter().map(|(_, _, values)| values.clone()).collect(),
            names: tables.columns.iter().map(|(name, group, _)| (name.clone(), *group)).collect(),
        }
    }

    fn borrowed<'a>(&'a self, results: &'a Results) -> People<'a> {
        let demand = &results.situation.demand;
        People {
            everyone: &demand.people,
            rural: self.rural.as_deref(),
            columns: &self.columns,
            areas: &demand.areas,
            area_count: results.situation.areas.len(),
        }
    }

    fn groups(&self, results: &Results) -> Vec<(GroupName, usize)> {
        let mut out = vec![(GroupName::Everyone, Slots::EVERYONE)];
        if let Some(rural) = &self.rural {
            let people = &results.situation.demand.people;
            for group in RuralGroup::ALL.into_iter().map(Some).chain([None]) {
                let is_any =
                    rural.iter().zip(people).any(|(known, people)| *known == group && people.value() > 0.0);
                if is_any {
                    out.push((GroupName::Rural(group), Slots::rural(group)));
                }
            }
        }
        for (at, (name, group)) in self.names.iter().enumerate() {
            out.push((GroupName::Column(name.clone(), *group), Slots::COLUMNS + at));
        }
        out
    }
}

/// What people are without at home. Nobody is taken to have reserve power there.
fn homes(
    results: &Results,
    hits: &Hits<'_>,
    chain: &Chain,
    season: Season,
) -> (Vec<[Home; 2]>, Vec<HourSet>) {
    type Key = (Vec<Option<Minute>>, Known);
    let demand = &results.situation.demand;
    let locality = |cell: usize| match results.rural.as_ref().map(|rural| rural.groups[cell]) {
        Some(Some(RuralGroup::Locality)) => Known::Yes,
        Some(Some(_)) => Known::No,
        Some(None) | None => Known::Unknown,
    };
    // Cells that are hit alike, the first of them, and their people.
    let mut alike: FxHashMap<Key, (usize, f64)> = FxHashMap::default();
    let mut first = Vec::with_capacity(demand.len());
    for (cell, people) in demand.people.iter().enumerate() {
        let key = (hits.key(cell), locality(cell));
        let known = alike.entry(key).or_insert((cell, 0.0));
        known.1 += people.value();
        first.push(known.0);
    }
    let mut sets: Vec<(Key, (usize, f64))> = alike.into_iter().collect();
    sets.sort_by_key(|(_, (cell, _))| *cell);
    let mut out = vec![[Home::default(); 2]; HOURS];
    let mut hit_of: FxHashMap<usize, HourSet> = FxHashMap::default();
    for ((_, is_in_locality), (cell, people)) in sets {
        let gone = hits.cell(cell);
        hit_of.insert(cell, HourSet::of(&gone.iter().fold(Spans::NEVER, |all, one| all.or(one))));
        let state = PlaceState { gone, is_in_locality, ..PlaceState::default() };
        for case in Case::BOTH {
            let parts = evaluate(&state, chain, season, case);
            let gone = |part: Part| HourSet::of(&parts.gone[part as usize]);
            let [power, mobile, water, heat] =
                [Part::Electricity, Part::Mobile, Part::Water, Part::Heat].map(gone);
            for (hour, both) in out.iter_mut().enumerate() {
                let home = &mut both[case as usize];
                let add =
                    |sum: &mut f64, hours: HourSet| *sum += if hours.contains(hour) { people } else { 0.0 };
                add(&mut home.without_power, power);
                add(&mut home.without_mobile, mobile);
                add(&mut home.without_water, water);
                add(&mut home.cold, heat);
            }
        }
    }
    let hit = first.iter().map(|cell| hit_of.get(cell).copied().unwrap_or_default()).collect();
    (out, hit)
}
