//! Which places keep most people supplied? SOT points at the places that could have one, chosen by people-hours in one scenario
//! or several: as they weigh, or for the worst of them. With the solver of plans and its proof.

use std::collections::BTreeMap;
use std::time::Instant;

use super::compute::Crisis;
use super::gains::{Base, Choice, Gain, before, gains};
use crate::geometry::{PlanePoint, plane_from_place};
use crate::lang::{Lang, Said};
use crate::location::{self, CostTable, Decay, Effort, Limit, Objective, Problem, Proof, Role, Site, Watch};
use crate::model::outage::Need;
use crate::model::recognise::folded;
use crate::model::travel::TravelError;
use crate::model::{SiteId, SotStatus};
use crate::outage::HourSet;
use crate::progress::Progress;
use crate::siting::{Host, Verdict};
use crate::units::Metres;

/// Of several scenarios, what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Over {
    /// All of them, as they weigh.
    #[default]
    Expected,
    /// The one in which most people-hours are lost.
    Worst,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct BestAsked {
    /// So many more SOT points.
    pub count: usize,
    pub needs: Vec<Need>,
    pub over: Over,
    /// Seconds; `None` until it is proven.
    pub seconds: Option<f64>,
}

impl Default for BestAsked {
    fn default() -> Self {
        Self { count: 3, needs: Self::needs_usual(), over: Over::Expected, seconds: Some(30.0) }
    }
}

impl BestAsked {
    /// Food, fuel and word.
    #[must_use]
    pub fn needs_usual() -> Vec<Need> {
        use crate::model::ServiceKind::{Fuel, Grocery};
        vec![Need::Kind(Grocery), Need::Kind(Fuel), Need::Information]
    }
}

/// A place that could have a SOT point.
#[derive(Debug, Clone, PartialEq)]
pub struct SotOption {
    pub site: SiteId,
    pub name: String,
    pub municipality: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Best {
    pub chosen: Vec<SotOption>,
    /// By scenario: people-hours without and with the places, and if everybody had everything.
    pub scenarios: Vec<BestOf>,
    /// In people-hours: what was maximised, and what no choice can beat.
    pub value: f64,
    pub bound: f64,
    pub proof: Proof,
    pub seconds: f64,
    pub options: usize,
    /// Places that are no option, with why not.
    pub left_out: Vec<(String, LeftOutWhy)>,
}

/// Why a place is no option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutWhy {
    Status(SotStatus),
    /// It cannot be a SOT point today: not staffed, or no permanent premises.
    NotPossible,
}

impl LeftOutWhy {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Status(status) => status.id(),
            Self::NotPossible => Verdict::NotPossible.id(),
        }
    }
}

impl Said for LeftOutWhy {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Status(status) => status.said(lang),
            Self::NotPossible => Verdict::NotPossible.said(lang),
        }
    }
}

/// People-hours in a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct BestOf {
    pub name: String,
    pub before: f64,
    pub after: f64,
    pub everyone: f64,
}

/// Pairs of options that never stand in one plan.
type Exclusive = Vec<[u32; 2]>;

/// Who could have a SOT point in a crisis: every candidate that is none, and every test site; with who never stands with whom.
fn options(crisis: &Crisis) -> (Vec<SotOption>, Exclusive, Vec<(String, LeftOutWhy)>) {
    let results = crisis.results();
    let situation = &results.situation;
    let (mut out, mut left_out, mut favoured) = (Vec::new(), Vec::new(), Vec::new());
    for candidate in &results.candidates {
        let sot = candidate.sot.and_then(|at| situation.sot_places.get(at));
        let is_added = |site: &SiteId| crisis.scenario.added.contains(site);
        if sot.is_some_and(|sot| sot.status.is_serving() || is_added(&sot.site)) || is_added(&candidate.site)
        {
            continue;
        }
        let name = sot.map_or(&candidate.name, |sot| &sot.name).clone();
        if let Some(sot) = sot.filter(|sot| matches!(sot.status, SotStatus::Paused | SotStatus::Closed)) {
            left_out.push((name, LeftOutWhy::Status(sot.status)));
            continue;
        }
        // A SOT place whose store is not in the data stays: registers miss stores.
        if candidate.verdict == Verdict::NotPossible && candidate.host != Host::NotInData {
            left_out.push((name, LeftOutWhy::NotPossible));
            continue;
        }
        if let Some(other) = sot.and_then(|sot| sot.in_favour_of.as_ref()) {
            favoured.push((out.len(), folded(other)));
        }
        let municipality = situation.area_name(candidate.area).map(str::to_owned);
        out.push(SotOption { site: candidate.site.clone(), name, municipality });
    }
    for trial in results.project.trials.iter() {
        let site = SiteId::Trial(trial.id);
        if !crisis.scenario.added.contains(&site) {
            out.push(SotOption { site, name: trial.name.clone(), municipality: None });
        }
    }
    let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let pairs = favoured.into_iter().filter_map(|(at, name)| {
        let other = out.iter().position(|option| folded(&option.name) == name)?;
        (other != at).then(|| [index(at), index(other)])
    });
    let pairs = pairs.collect();
    (out, pairs, left_out)
}

/// People-hours by the set of options that would supply them, for each scenario.
struct Worth {
    /// Which options; by scenario people-hours.
    sets: BTreeMap<Vec<u32>, Vec<f64>>,
}

impl Worth {
    fn add(&mut self, scenario: usize, scenarios: usize, crisis: &Crisis, base: &Base, gains: &[Gain]) {
        let people = &crisis.results().situation.demand.people;
        let told = before(crisis.scenario.last_hour());
        let mut by_cell: BTreeMap<(u32, u32), Vec<(u32, HourSet)>> = BTreeMap::new();
        for (option, gain) in (0u32..).zip(gains) {
            for (need, cell, hours) in &gain.cells {
                let hours = hours.and(told).and(base.counts[*need as usize][*cell as usize]);
                if !hours.is_empty() {
                    by_cell.entry((*need, *cell)).or_default().push((option, hours));
                }
            }
        }
        for ((_, cell), options) in by_cell {
            let people = people[cell as usize].value();
            if people <= 0.0 {
                continue;
            }
            // Hours in which the same options would supply.
            let mut parts: Vec<(HourSet, Vec<u32>)> = vec![(told, Vec::new())];
            for (option, hours) in options {
                let mut next = Vec::with_capacity(parts.len() * 2);
                for (part, set) in parts {
                    let (inside, outside) = (part.and(hours), part.without(hours));
                    if !outside.is_empty() {
                        next.push((outside, set.clone()));
                    }
                    if !inside.is_empty() {
                        let mut set = set;
                        set.push(option);
                        next.push((inside, set));
                    }
                }
                parts = next;
            }
            for (part, set) in parts.into_iter().filter(|(_, set)| !set.is_empty()) {
                let worth = self.sets.entry(set).or_insert_with(|| vec![0.0; scenarios]);
                worth[scenario] += people * f64::from(part.len());
            }
        }
    }

    /// What a choice gives in each scenario.
    fn of(&self, chosen: &[u32], scenarios: usize) -> Vec<f64> {
        let mut out = vec![0.0; scenarios];
        for (set, worth) in &self.sets {
            if set.iter().any(|option| chosen.contains(option)) {
                out.iter_mut().zip(worth).for_each(|(sum, worth)| *sum += worth);
            }
        }
        out
    }
}

/// The best places over scenarios of one result.
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
pub fn best(crises: &[&Crisis], asked: &BestAsked, watch: &dyn Watch) -> Result<Option<Best>, TravelError> {
    let Some(first) = crises.first() else { return Ok(None) };
    let start = Instant::now();
    let (options, exclusive, left_out) = options(first);
    let mut worth = Worth { sets: BTreeMap::new() };
    let mut scenarios: Vec<BestOf> = Vec::new();
    for (at, crisis) in crises.iter().enumerate() {
        let base = Base::of(crisis, &asked.needs);
        let assumed = &crisis.assumed;
        let within = Metres::new(assumed.feeds_pumps_within.max(assumed.same_house_within).value() + 1.0);
        let choice = |option: &SotOption| {
            let mut scenario = crisis.scenario.clone();
            scenario.added.insert(option.site.clone());
            let fuelled_at = bundle_site(crisis, &option.site);
            let near = stands(crisis, &option.site);
            Choice { scenario, fuelled_at, near, within }
        };
        let choices: Vec<Choice> = options.iter().map(choice).collect();
        let gains = gains(crisis, &base, &choices, watch as &dyn Progress)?;
        worth.add(at, crises.len(), crisis, &base, &gains);
        let (before, everyone) = base.people_hours(crisis, crisis.scenario.last_hour());
        scenarios.push(BestOf { name: crisis.scenario.name.clone(), before, after: before, everyone });
    }
    let solver = Solver { worth: &worth, options: options.len(), exclusive, count: asked.count, watch };
    let weights: Vec<f64> = crises.iter().map(|crisis| crisis.scenario.weight).collect();
    let found = match asked.over {
        Over::Worst if crises.len() > 1 => solver.worst(&scenarios, asked.seconds, start),
        _ => solver.expected(&weights, asked.seconds, start),
    };
    let Some(Found { chosen, value, bound, proof }) = found else { return Ok(None) };
    for (of, gained) in scenarios.iter_mut().zip(worth.of(&chosen, crises.len())) {
        of.after = of.before + gained;
    }
    let chosen = chosen.iter().filter_map(|at| options.get(*at as usize).cloned()).collect();
    let seconds = start.elapsed().as_secs_f64();
    Ok(Some(Best { chosen, scenarios, value, bound, proof, seconds, options: options.len(), left_out }))
}

/// The site under which places of an option are fuelled: its SOT place, where it is one.
fn bundle_site(crisis: &Crisis, site: &SiteId) -> SiteId {
    let results = crisis.results();
    let sot = results.candidates.iter().find(|candidate| candidate.site == *site).and_then(|found| found.sot);
    let sot = sot.and_then(|at| results.situation.sot_places.get(at));
    sot.map_or_else(|| site.clone(), |sot| sot.site.clone())
}

/// Where an option stands: its place, its store, its SOT place.
fn stands(crisis: &Crisis, site: &SiteId) -> Vec<PlanePoint> {
    let results = crisis.results();
    let situation = &results.situation;
    let Some(candidate) = results.candidates.iter().find(|candidate| candidate.site == *site) else {
        let trial = results.project.trials.iter().find(|trial| SiteId::Trial(trial.id) == *site);
        return trial.and_then(|trial| plane_from_place(trial.place)).into_iter().collect();
    };
    let host = match candidate.host {
        Host::Store(host) => situation.service(host).map(|service| service.point),
        Host::NotInData => None,
    };
    let sot = candidate.sot.and_then(|at| situation.sot_places.get(at)).map(|sot| sot.point);
    [Some(candidate.point), host, sot].into_iter().flatten().collect()
}

struct Found {
    chosen: Vec<u32>,
    value: f64,
    bound: f64,
    proof: Proof,
}

struct Solver<'a> {
    worth: &'a Worth,
    options: usize,
    exclusive: Vec<[u32; 2]>,
    count: usize,
    watch: &'a dyn Watch,
}

/// People-hours are counted to a hundredth, when they have to be whole.
const PARTS: f64 = 100.0;

impl Solver<'_> {
    /// The best choice where scenarios weigh so, and what no choice beats.
    fn expected(&self, weights: &[f64], seconds: Option<f64>, start: Instant) -> Option<Found> {
        let (mut demand, mut rows) = (Vec::new(), vec![Vec::new(); self.options]);
        for (set, worth) in &self.worth.sets {
            let people_hours: f64 = worth.iter().zip(weights).map(|(worth, weight)| worth * weight).sum();
            let whole = whole(people_hours);
            if whole == 0 {
                continue;
            }
            let at = u32::try_from(demand.len()).ok()?;
            demand.push(whole);
            for option in set {
                rows[*option as usize].push((at, 0u32));
            }
        }
        let count = self.count.min(self.options);
        if demand.is_empty() || count == 0 {
            return Some(Found { chosen: Vec::new(), value: 0.0, bound: 0.0, proof: Proof::Proven });
        }
        let site = Site { role: Role::Candidate, cost: 0, capacity: None };
        let problem = Problem {
            costs: CostTable::from_rows(demand.len(), &rows),
            demand,
            sites: vec![site; self.options],
            objective: Objective::Mclp,
            limit: Limit::Sites(count),
            cutoff: Some(0),
            exclusive: self.exclusive.clone(),
            require_all: false,
            decay: Decay::None,
        };
        let left = seconds.map(|seconds| (seconds - start.elapsed().as_secs_f64()).max(1.0));
        let answer =
            location::solve(&problem, &Effort { seconds: left, ..Effort::default() }, self.watch).ok()?;
        let plan = answer.plan()?.clone();
        let bound = answer.bound().unwrap_or(plan.value);
        let (value, bound) = (people_hours(plan.value), people_hours(bound));
        Some(Found { chosen: plan.sites, value, bound, proof: answer.proof() })
    }

    /// The same by trying every choice, where there are few.
    fn worst_of_few(&self, scenarios: &[BestOf]) -> Option<Found> {
        const MOST: usize = 5_000;
        let mut choices: Vec<Vec<u32>> = vec![Vec::new()];
        // Each begins with one that was there before.
        let mut from = 0;
        for _ in 0..self.count.min(self.options) {
            let to = choices.len();
            for at in from..to {
                let after = choices[at].last().map_or(0, |last| last + 1);
                for option in after..u32::try_from(self.options).ok()? {
                    let mut choice = choices[at].clone();
                    choice.push(option);
                    if self.exclusive.iter().all(|pair| !pair.iter().all(|one| choice.contains(one))) {
                        choices.push(choice);
                    }
                }
                if choices.len() > MOST {
                    return None;
                }
            }
            from = to;
        }
        let loss = |choice: &Vec<u32>| {
            let gained = self.worth.of(choice, scenarios.len());
            let lost = scenarios.iter().zip(gained).map(|(of, gained)| of.everyone - of.before - gained);
            lost.fold(f64::NEG_INFINITY, f64::max)
        };
        // Of equals the one with most places.
        let choices = choices.into_iter().rev().map(|choice| (loss(&choice), choice));
        let (value, chosen) = choices.min_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(Found { chosen, value, bound: value, proof: Proof::Proven })
    }

    /// The choice that loses least in the scenario that then loses most. Any weighing of the scenarios gives a bound; the
    /// weighing follows the losses.
    fn worst(&self, scenarios: &[BestOf], seconds: Option<f64>, start: Instant) -> Option<Found> {
        const TURNS: u32 = 60;
        if let Some(found) = self.worst_of_few(scenarios) {
            return Some(found);
        }
        let lost: Vec<f64> = scenarios.iter().map(|of| of.everyone - of.before).collect();
        let scale = lost.iter().copied().fold(1.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "a handful of scenarios")]
        let mut weights = vec![1.0 / scenarios.len() as f64; scenarios.len()];
        let mut best: Option<(f64, Vec<u32>)> = None;
        let mut bound = 0.0f64;
        let mut is_exact = true;
        for turn in 1..=TURNS {
            let Some(found) = self.expected(&weights, seconds, start) else { break };
            is_exact &= matches!(found.proof, Proof::Proven);
            let gained = self.worth.of(&found.chosen, scenarios.len());
            let losses: Vec<f64> = lost.iter().zip(&gained).map(|(lost, gained)| lost - gained).collect();
            let most = losses.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if best.as_ref().is_none_or(|(known, _)| most < *known) {
                best = Some((most, found.chosen));
            }
            let weighed: f64 = lost.iter().zip(&weights).map(|(lost, weight)| lost * weight).sum();
            bound = bound.max(weighed - found.bound);
            let out_of_time = seconds.is_some_and(|seconds| start.elapsed().as_secs_f64() > seconds);
            let is_met = best.as_ref().is_some_and(|(known, _)| *known - bound <= 1e-9 * scale + 1.0);
            if is_met || out_of_time || self.watch.is_cancelled() {
                break;
            }
            let step = 4.0 / f64::from(turn).sqrt();
            for (weight, loss) in weights.iter_mut().zip(&losses) {
                *weight *= (step * (loss - most) / scale).exp();
            }
            let sum: f64 = weights.iter().sum();
            for weight in &mut weights {
                *weight /= sum;
            }
        }
        let (value, chosen) = best?;
        let gap = if value > 0.0 { ((value - bound) / value).max(0.0) } else { 0.0 };
        let is_proven = is_exact && value - bound <= 1.0 + 1e-9 * scale;
        let proof = if is_proven { Proof::Proven } else { Proof::NotProven(gap) };
        Some(Found { chosen, value, bound, proof })
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "people-hours of a country fit")]
fn whole(people_hours: f64) -> u64 {
    (people_hours * PARTS).round().clamp(0.0, 1e15) as u64
}

#[expect(clippy::cast_precision_loss, reason = "people-hours of a country fit")]
fn people_hours(whole: u64) -> f64 {
    whole as f64 / PARTS
}

impl Said for Over {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Expected => lang.pick("alla scenarier, efter vikt", "all scenarios, by weight"),
            Self::Worst => lang.pick("det värsta scenariot", "the worst scenario"),
        }
        .into()
    }
}
