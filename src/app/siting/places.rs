//! Which places can be chosen, and why or why not? Stores and SOT places with their role and its reason.

use rustc_hash::FxHashSet;

use super::costs::{self, Ambiguous, Costs};
use super::fields::{money_scale, read_fields};
use super::{Amount, Posed, Question, Unsolvable};
use crate::app::Results;
use crate::geometry::{LonLat, PlanePoint};
use crate::location::{Decay, Limit, Objective, Problem, Role, Site, Watch};
use crate::model::{AreaIx, SiteId, SotPlace, SotStatus};
use crate::siting::{Candidate, Host};

/// The stable name of a role.
#[must_use]
pub const fn role_id(role: Role) -> &'static str {
    match role {
        Role::Required => "required",
        Role::Candidate => "candidate",
        Role::Forbidden => "forbidden",
    }
}

/// The role of a stable name.
#[must_use]
pub fn role_from_id(id: &str) -> Option<Role> {
    [Role::Required, Role::Candidate, Role::Forbidden].into_iter().find(|role| role_id(*role) == id)
}

/// Why a place has its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A store that is no SOT place.
    Store,
    /// What its status says: in place, paused, in the plan …
    Status { status: SotStatus, date: String, in_favour_of: Option<String> },
    /// Decided by hand, in these words; and what its status says.
    ByHand { why: String, status: Option<(SotStatus, String)> },
    /// It, or the store that hosts it, is thought away.
    ThoughtAway,
    /// With a budget: nobody says what it costs.
    NoCost { column: String },
}

/// A place that the question is about.
#[derive(Debug, Clone)]
pub struct Place {
    /// The store, or the SOT place where no store hosts it alone.
    pub site: SiteId,
    /// The SOT place that the store hosts.
    pub sot: Option<SiteId>,
    /// The SOT place's name, else the store's.
    pub name: String,
    /// The store's name, where another.
    pub store_name: Option<String>,
    pub place: LonLat,
    pub point: PlanePoint,
    pub area: Option<AreaIx>,
    pub status: Option<(SotStatus, String)>,
    pub role: Role,
    pub reason: Reason,
    /// As stated.
    pub cost: Option<f64>,
    /// As stated.
    pub capacity: Option<f64>,
    /// Closed on trial.
    pub is_thought_away: bool,
}

impl Place {
    /// Is this the site, or the SOT place that the store hosts?
    #[must_use]
    pub fn is(&self, site: &SiteId) -> bool {
        self.site == *site || self.sot.as_ref() == Some(site)
    }

    /// Does it serve as a SOT point, and is it not closed on trial?
    #[must_use]
    pub fn exists(&self) -> bool {
        !self.is_thought_away && self.status.as_ref().is_some_and(|(status, _)| status.is_serving())
    }
}

/// Why two places are never both chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExclusionReason {
    /// The first is kept back in favour of the second.
    InFavourOf {
        status: SotStatus,
        date: String,
    },
    ByHand,
}

/// Two places that never stand in one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    pub sites: [u32; 2],
    pub reason: ExclusionReason,
}

/// A place that is kept back in favour of one that is not in the data, or of several of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFavoured {
    pub site: u32,
    pub named: String,
}

/// Makes a question ready.
pub(super) fn pose(question: &Question, results: &Results, watch: &dyn Watch) -> Result<Posed, Unsolvable> {
    let measure = results.measure();
    if question.measure != measure {
        return Err(Unsolvable::OtherMeasure { asked: question.measure, counted: measure });
    }
    check_numbers(question)?;
    let (places, mut ambiguous) = with_roles(question, results)?;
    let costs::Weights { each: weights, without: cells_without_group, ambiguous: of_group } =
        costs::weights(question, results)?;
    ambiguous.extend(of_group);
    let (exclusions, unknown_favoured) = exclusions(question, results, &places)?;
    let needs_threshold =
        question.objective.needs_cutoff() || question.counted_decay() == super::DecaySaid::Linear;
    let threshold = question.threshold.or_else(|| needs_threshold.then(|| results.limit()));
    let points: Vec<PlanePoint> = places.iter().map(|place| place.point).collect();
    let Costs { table, unit, greatest, cutoff } = costs::table(results, &points, threshold, watch)?;
    let capacities = places.iter().filter_map(|place| place.capacity);
    let weight_scale = costs::weight_scale(&weights, capacities, question, greatest);
    let money_scale = money_scale(question, &places);
    let demand: Vec<u64> = weights.iter().map(|weight| weight_scale.whole(*weight)).collect();
    if demand.iter().all(|weight| *weight == 0) {
        return Err(Unsolvable::NobodyToServe);
    }
    let sites = places.iter().map(|place| Site {
        role: place.role,
        cost: place.cost.map_or(0, |cost| money_scale.whole_cost(cost)),
        capacity: place.capacity.map(|capacity| weight_scale.whole_at_most(capacity)),
    });
    let problem = Problem {
        demand,
        sites: sites.collect(),
        costs: table,
        objective: question.objective,
        limit: match question.amount {
            Amount::Sites(count) => Limit::Sites(count),
            Amount::Budget(budget) => Limit::Budget(money_scale.whole_at_most(budget)),
            Amount::AsNeeded => Limit::None,
        },
        cutoff,
        exclusive: exclusions.iter().map(|exclusion| exclusion.sites).collect(),
        require_all: question.require_all,
        decay: match question.counted_decay() {
            super::DecaySaid::None => Decay::None,
            super::DecaySaid::Linear => Decay::Linear,
            super::DecaySaid::Exponential { half } => {
                Decay::Exponential { half: costs::whole(half, unit).unwrap_or(u32::MAX) }
            }
        },
    };
    problem.check().map_err(Unsolvable::Problem)?;
    let question = Question { threshold, ..question.clone() };
    Ok(Posed {
        question,
        places,
        exclusions,
        unknown_favoured,
        problem,
        measure,
        cost_unit: unit,
        weights,
        weight_scale,
        money_scale,
        cells_without_group,
        ambiguous,
    })
}

/// Every place with its role, its reason, and what is stated of it.
pub(super) fn with_roles(
    question: &Question,
    results: &Results,
) -> Result<(Vec<Place>, Vec<Ambiguous>), Unsolvable> {
    let mut places: Vec<Place> =
        results.candidates.iter().map(|candidate| place(candidate, results)).collect();
    if places.is_empty() {
        return Err(Unsolvable::NoPlaces);
    }
    let ambiguous = read_fields(question, results, &mut places)?;
    decide_by_hand(question, &mut places)?;
    forbid_without_cost(question, &mut places)?;
    Ok((places, ambiguous))
}

fn check_numbers(question: &Question) -> Result<(), Unsolvable> {
    let bad = |what, value| Err(Unsolvable::BadNumber { what, value });
    match question.amount {
        Amount::Budget(budget) if !budget.is_finite() || budget < 0.0 => return bad("budget", budget),
        Amount::Budget(_) if question.cost_field.is_none() => return Err(Unsolvable::NoCostField),
        _ => {}
    }
    if question.objective == Objective::Capacitated && question.capacity_field.is_none() {
        return Err(Unsolvable::NoCapacityField);
    }
    if let Some(threshold) = question.threshold.filter(|threshold| threshold.value() < 0.0) {
        return bad("threshold", threshold.value());
    }
    if let super::DecaySaid::Exponential { half } = question.decay
        && half.value() <= 0.0
    {
        return bad("decay", half.value());
    }
    let effort = question.effort;
    if !(0.0..=1.0).contains(&effort.gap) {
        return bad("gap", effort.gap);
    }
    match effort.seconds {
        Some(seconds) if seconds.is_nan() || seconds < 0.0 => bad("time", seconds),
        _ => Ok(()),
    }
}

/// A place with the role that its status gives it.
fn place(candidate: &Candidate, results: &Results) -> Place {
    let situation = &results.situation;
    let closed = &results.project.closed_services;
    let sot = candidate.sot.and_then(|at| situation.sot_places.get(at));
    let store = match candidate.host {
        Host::Store(ix) => situation.service(ix),
        Host::NotInData => None,
    };
    let is_gone = closed.contains(&candidate.site)
        || sot.is_some_and(|sot| closed.contains(&sot.site))
        || store.is_some_and(|store| closed.contains(&store.site));
    let (role, reason) = match sot {
        _ if is_gone => (Role::Forbidden, Reason::ThoughtAway),
        None => (Role::Candidate, Reason::Store),
        Some(sot) => (
            role_of(sot.status),
            Reason::Status {
                status: sot.status,
                date: sot.status_date.clone(),
                in_favour_of: sot.in_favour_of.clone(),
            },
        ),
    };
    let name = sot.map_or_else(|| candidate.name.clone(), |sot| sot.name.clone());
    Place {
        site: candidate.site.clone(),
        sot: sot.map(|sot| sot.site.clone()),
        store_name: store.map(|store| store.name.clone()).filter(|store| *store != name),
        name,
        place: candidate.place,
        point: candidate.point,
        area: candidate.area,
        status: sot.map(|sot| (sot.status, sot.status_date.clone())),
        role,
        reason,
        cost: None,
        capacity: None,
        is_thought_away: is_gone,
    }
}

/// The role that a status gives.
#[must_use]
pub const fn role_of(status: SotStatus) -> Role {
    match status {
        SotStatus::InPlace | SotStatus::InOperation | SotStatus::Inaugurated => Role::Required,
        SotStatus::Paused | SotStatus::Closed => Role::Forbidden,
        SotStatus::Idea
        | SotStatus::InPlan
        | SotStatus::NotStarted
        | SotStatus::Procurement
        | SotStatus::Establishing => Role::Candidate,
    }
}

fn decide_by_hand(question: &Question, places: &mut [Place]) -> Result<(), Unsolvable> {
    // What waits for a decision decides nothing.
    let is_held = |site: &SiteId| matches!(site, SiteId::Held(_));
    for said in question.by_hand.iter().filter(|said| !is_held(&said.site)) {
        let place = places.iter_mut().find(|place| place.is(&said.site));
        let place = place.ok_or_else(|| Unsolvable::UnknownSite { site: said.site.clone() })?;
        // The store and the SOT place that it hosts are one place, and may be named by either.
        let earlier = question.by_hand.iter().take_while(|other| !std::ptr::eq(*other, said));
        if let Some(other) =
            earlier.into_iter().find(|other| place.is(&other.site) && contradict(other.role, said.role))
        {
            let place = place.name.clone();
            let word = |one: &super::ByHand| {
                if one.why.is_empty() { role_id(one.role).to_owned() } else { one.why.clone() }
            };
            return Err(Unsolvable::Contradiction { place, first: word(other), second: word(said) });
        }
        place.role = said.role;
        place.reason = Reason::ByHand { why: said.why.clone(), status: place.status.clone() };
    }
    Ok(())
}

/// Nothing is both in every plan and in none; what is forbidden is not set free.
const fn contradict(a: Role, b: Role) -> bool {
    matches!(
        (a, b),
        (Role::Forbidden, Role::Required | Role::Candidate)
            | (Role::Required | Role::Candidate, Role::Forbidden)
    )
}

/// With a budget, a place without a cost cannot be chosen; one that exists costs nothing more.
fn forbid_without_cost(question: &Question, places: &mut [Place]) -> Result<(), Unsolvable> {
    let (Amount::Budget(_), Some(column)) = (question.amount, &question.cost_field) else { return Ok(()) };
    for place in places.iter_mut().filter(|place| place.cost.is_none() && !place.exists()) {
        match place.role {
            Role::Required => {
                let place = place.name.clone();
                return Err(Unsolvable::LockedWithoutCost { place, column: column.clone() });
            }
            Role::Candidate => {
                place.role = Role::Forbidden;
                place.reason = Reason::NoCost { column: column.clone() };
            }
            Role::Forbidden => {}
        }
    }
    Ok(())
}

/// Pairs that never stand in one plan, and those that name nobody known.
pub(super) fn exclusions(
    question: &Question,
    results: &Results,
    places: &[Place],
) -> Result<(Vec<Exclusion>, Vec<UnknownFavoured>), Unsolvable> {
    let (mut pairs, mut unknown) = (Vec::new(), Vec::new());
    let mut seen = FxHashSet::default();
    let mut add = |a: u32, b: u32, reason| {
        if a != b && seen.insert((a.min(b), a.max(b))) {
            pairs.push(Exclusion { sites: [a, b], reason });
        }
    };
    if question.in_favour_excludes {
        for (at, candidate) in (0u32..).zip(&results.candidates) {
            let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
            let Some((sot, named)) = sot.and_then(|sot| Some((sot, sot.in_favour_of.as_ref()?))) else {
                continue;
            };
            match favoured(named, at, sot, places) {
                Some(other) => {
                    let reason =
                        ExclusionReason::InFavourOf { status: sot.status, date: sot.status_date.clone() };
                    add(at, other, reason);
                }
                None => unknown.push(UnknownFavoured { site: at, named: named.clone() }),
            }
        }
    }
    let is_held = |site: &SiteId| matches!(site, SiteId::Held(_));
    for [a, b] in question.exclusive.iter().filter(|pair| !pair.iter().any(is_held)) {
        let at = |site: &SiteId| {
            let at = (0u32..).zip(places).find(|(_, place)| place.is(site)).map(|(at, _)| at);
            at.ok_or_else(|| Unsolvable::UnknownSite { site: site.clone() })
        };
        let (a, b) = (at(a)?, at(b)?);
        if a == b {
            let place = places.get(a as usize).map(|place| place.name.clone()).unwrap_or_default();
            return Err(Unsolvable::ExcludesItself { place });
        }
        add(a, b, ExclusionReason::ByHand);
    }
    Ok((pairs, unknown))
}

/// The place that goes before another, by its name: a SOT place first, in the same area first.
fn favoured(named: &str, not: u32, sot: &SotPlace, places: &[Place]) -> Option<u32> {
    let key = named.trim().to_lowercase();
    let is_called = |place: &Place| place.name.trim().to_lowercase() == key;
    let is_id = |place: &Place| {
        [Some(&place.site), place.sot.as_ref()].into_iter().flatten().any(|site| match site {
            SiteId::Feature { key: id, .. } => id.to_lowercase() == key,
            _ => site.text() == key,
        })
    };
    let found: Vec<(u32, &Place)> =
        (0u32..).zip(places).filter(|(at, place)| *at != not && (is_called(place) || is_id(place))).collect();
    let only = |wanted: &dyn Fn(&Place) -> bool| {
        let mut of = found.iter().filter(|(_, place)| wanted(place));
        of.next().filter(|_| of.next().is_none()).map(|(at, _)| *at)
    };
    only(&|_| true)
        .or_else(|| only(&|place| place.sot.is_some()))
        .or_else(|| only(&|place| place.sot.is_some() && place.area == sot.area))
}
