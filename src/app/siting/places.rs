//! Which places can be chosen, and why or why not? Stores and SOT places with their role and its reason.

use rustc_hash::FxHashSet;

use super::question::{Amount, PriceByHand, Question};
use super::unsolvable::Unsolvable;
use crate::app::Results;
use crate::geometry::{LonLat, PlanePoint};
use crate::location::Role;
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
    NoCost { column: Option<String> },
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

/// A place with the role that its status gives it.
pub(super) fn place(candidate: &Candidate, results: &Results) -> Place {
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

pub(super) fn decide_by_hand(question: &Question, places: &mut [Place]) -> Result<(), Unsolvable> {
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

impl Question {
    /// With another price of a place, or without one.
    #[must_use]
    pub fn priced(&self, place: &Place, price: Option<f64>) -> Self {
        let mut prices = self.prices.clone();
        prices.retain(|said| !place.is(&said.site));
        prices.extend(price.map(|price| PriceByHand { site: place.site.clone(), price }));
        Self { prices, ..self.clone() }
    }
}

/// With a budget, a place without a cost cannot be chosen; one that exists costs nothing more.
pub(super) fn forbid_without_cost(question: &Question, places: &mut [Place]) -> Result<(), Unsolvable> {
    let Amount::Budget(_) = question.amount else { return Ok(()) };
    let column = &question.cost_field;
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
            let surely =
                |site: &SiteId| (0u32..).zip(places).find(|(_, place)| place.is(site)).map(|(at, _)| at);
            let other = match &sot.favoured {
                Some(site) => surely(site).filter(|other| *other != at),
                None => favoured(named, at, sot, places),
            };
            match other {
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
