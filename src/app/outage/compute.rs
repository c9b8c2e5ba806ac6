//! What comes of a scenario? Clocks of every place, and people by need, group and municipality for every hour of a week.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::hits::{Hits, Unfit};
use super::homes::{Home, Homes, homes};
use super::places::{Place, places};
use super::tables::OutageTables;
use crate::app::Results;
use crate::lang::{Lang, Said};
use crate::model::outage::{Chain, Need, OutageAssumptions, OutageScenario, RoadsClosed, Season};
use crate::model::travel::{Nearest, NoCost, TravelError, Traveller};
use crate::model::{PeopleGroup, RuralGroup, ServiceKind};
use crate::outage::{
    Case, HourSet, Minute, NeedHours, People, PlaceParts, Served, Slots, Spans, Supply, Timeline, evaluate,
    minute, supply, timeline,
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

/// Why nobody of a cell has a place that works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPlace {
    /// Places can be reached, but none of them works.
    NoneWorks,
    NoWay(NoCost),
}

impl NoPlace {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoneWorks => "none_works",
            Self::NoWay(reason) => reason.id(),
        }
    }
}

impl Said for NoPlace {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::NoneWorks => lang.pick("alla står still", "all are stopped").into(),
            Self::NoWay(reason) => reason.said(lang),
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
    /// By cell: the hours in which nobody has power at home, for sure.
    pub dark: Vec<HourSet>,
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
        let mut places = places(results, scenario, assumed, &hits, &tables.around, &|_| true);
        places.iter_mut().for_each(adjust);
        progress.check().map_err(TravelError::from)?;
        let clocks: Vec<Clock> =
            places.par_iter().map(|place| clock(place, &chain, scenario.season)).collect();
        let closed_hours = closed_hours(scenario.roads);
        let people = PeopleOf::new(tables);
        let need = |need: Need| {
            let together = together(need, &places, &clocks, tables, scenario.roads.is_some(), progress)?;
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
        let Homes { by_hour: homes, hit, dark } = homes(results, &hits, &chain, scenario.season);
        let groups = people.groups(results);
        let tables = Arc::clone(tables);
        let (scenario, assumed) = (scenario.clone(), assumed.clone());
        Ok(Self {
            tables,
            scenario,
            assumed,
            chain,
            places,
            clocks,
            needs,
            groups,
            homes,
            hit,
            dark,
            closed_hours,
        })
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

    /// People-hours of a need that are supplied until everything is restored, a week at most.
    #[must_use]
    pub fn people_hours(&self, need: Need, case: Case) -> f64 {
        self.need(need).map_or(0.0, |need| need.hours.people_hours(case, self.scenario.last_hour()))
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
    pub fn reason(&self, need: Need, cell: usize, hour: usize) -> NoPlace {
        let is_closed = self.closed_hours.contains(hour);
        let all = self.need(need).into_iter().flat_map(|need| &need.together);
        let tables = all.map(|one| one.closed.as_ref().filter(|_| is_closed).unwrap_or(&one.nearest));
        let mut least: Option<NoCost> = None;
        for table in tables {
            if table.cost(cell, 0).is_some() {
                return NoPlace::NoneWorks;
            }
            let reason = table.reason(cell);
            least = Some(least.map_or(reason, |least| least.min(reason)));
        }
        NoPlace::NoWay(least.unwrap_or(NoCost::NoService))
    }

    /// The places of a need that work in an hour, and how long who travels from each waits before.
    #[must_use]
    pub fn working(&self, need: Need, hour: usize, case: Case) -> (Vec<usize>, Vec<Seconds>) {
        let minute = Minute::try_from(hour * 60).unwrap_or(Minute::MAX);
        let works = |place: &usize| {
            self.timelines(*place, need).is_some_and(|lines| !lines[case as usize].stopped.contains(minute))
        };
        let places: Vec<usize> = (0..self.places.len()).filter(works).collect();
        let starts = starts_of(&head_starts(self.results(), need), &self.places, &places);
        (places, starts)
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

/// Who travels from a service waits so long before, by service.
fn head_starts(results: &Results, need: Need) -> FxHashMap<u32, Seconds> {
    if need.kind() != Some(ServiceKind::Rescue) {
        return FxHashMap::default();
    }
    let starts = results.situation.head_starts(ServiceKind::Rescue, &results.project.parameters.profile);
    results.situation.of_kind(ServiceKind::Rescue).iter().map(|ix| ix.0).zip(starts).collect()
}

/// The same of some places; nothing where nobody waits.
fn starts_of(starts: &FxHashMap<u32, Seconds>, places: &[Place], members: &[usize]) -> Vec<Seconds> {
    if starts.is_empty() {
        return Vec::new();
    }
    let start = |at: &usize| places[*at].service.and_then(|ix| starts.get(&ix.0).copied());
    members.iter().map(|at| start(at).unwrap_or(Seconds::ZERO)).collect()
}

fn together(
    need: Need,
    places: &[Place],
    clocks: &[Clock],
    tables: &OutageTables,
    closes_for_a_time: bool,
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
    let starts = head_starts(results, need);
    let whole = need.kind().and_then(|kind| results.kind(kind));
    let of = |(served, members): (Served, Vec<usize>)| {
        let sites: Vec<_> = members.iter().map(|at| places[*at].point).collect();
        let services: Option<Vec<_>> = members.iter().map(|at| places[*at].service).collect();
        let head_starts = starts_of(&starts, places, &members);
        let asked = (sites.as_slice(), head_starts.as_slice());
        // What the result knows is not searched again.
        let known =
            whole.filter(|whole| services.as_ref().is_some_and(|all| *all == *whole.coverage.services));
        let as_now = || match known {
            Some(whole) => Ok(Arc::clone(&whole.coverage.nearest)),
            None => tables.nearest(asked, traveller, false, progress),
        };
        // Closed for a time, the roads are open at all others, also where no whole hour is closed.
        let (nearest, closed) = if closes_for_a_time && tables.has_closures() {
            (tables.nearest(asked, traveller, true, progress)?, Some(as_now()?))
        } else {
            (as_now()?, None)
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
