//! What of a scenario changes nothing? Areas that hit nobody, roads none of which is closed, fuel for no set, SOT points that
//! are there already. It is said, since nobody writes it on purpose.

use super::compute::Crisis;
use super::hits::Hits;
use crate::lang::{Lang, Said};
use crate::model::SiteId;
use crate::model::outage::{HOURS, Known};
use crate::say;

/// Something that changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idle {
    /// An area without people and places.
    Nobody(String),
    /// An area in which nothing fails.
    NoFault(String),
    /// An area that fails for no time, or after the week that is told.
    NoTime(String),
    /// Roads are closed for a time, and none is closed.
    Roads,
    /// Fuel for a place that no set feeds.
    NoSet(String),
    /// A SOT point where one is in service.
    IsSot(String),
}

impl Said for Idle {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Nobody(area) => say!(
                lang,
                "Området ”{area}” träffar varken människor eller platser",
                "The area “{area}” hits neither people nor places"
            ),
            Self::NoFault(area) => {
                say!(lang, "I området ”{area}” fallerar ingenting", "Nothing fails in the area “{area}”")
            }
            Self::NoTime(area) => say!(
                lang,
                "Området ”{area}” drabbas inte någon gång under veckan",
                "The area “{area}” is hit at no time of the week"
            ),
            Self::Roads => lang
                .pick(
                    "Scenariot stänger vägar en tid, men ingen väg är stängd",
                    "The scenario closes roads for a time, but no road is closed",
                )
                .into(),
            Self::NoSet(place) => say!(
                lang,
                "{place} tankas, men har inget aggregat",
                "{place} is refuelled, but has no generating set"
            ),
            Self::IsSot(place) => {
                say!(lang, "{place} är redan en SOT-punkt", "{place} is a SOT point already")
            }
        }
    }
}

/// Everything of a scenario that changes nothing.
#[must_use]
pub fn idle(crisis: &Crisis) -> Vec<Idle> {
    let scenario = &crisis.scenario;
    let mut out = Vec::new();
    if let Ok(hits) = Hits::of(scenario, &crisis.results().situation) {
        for (at, area) in scenario.areas.iter().enumerate() {
            let name = if area.name.is_empty() { (at + 1).to_string() } else { area.name.clone() };
            let last = f64::from(u32::try_from(HOURS).unwrap_or(u32::MAX));
            if area.faults.is_empty() {
                out.push(Idle::NoFault(name));
            } else if area.hours <= 0.0 || area.start_h >= last {
                out.push(Idle::NoTime(name));
            } else if !hits.hits_any(at, crisis.places.iter().map(|place| (place.point, place.area))) {
                out.push(Idle::Nobody(name));
            }
        }
    }
    if scenario.roads.is_some() && !crisis.tables.has_closures() {
        out.push(Idle::Roads);
    }
    for refuel in &scenario.refuels {
        let has_set = crisis.places.iter().any(|place| {
            let own = (&place.fuelled_at, place.state.has_own_power);
            let beside = place.fuelled_too.iter().zip(place.state.beside.iter().map(|(has, _)| *has));
            let mut sets = std::iter::once(own).chain(beside);
            sets.any(|(site, has)| has != Known::No && (place.site == refuel.site || *site == refuel.site))
        });
        if !has_set {
            out.push(Idle::NoSet(name_of(crisis, &refuel.site)));
        }
    }
    let is_sot = |site: &&SiteId| {
        let results = crisis.results();
        let candidate = results.candidates.iter().find(|candidate| candidate.site == **site);
        let sot = candidate.and_then(|found| results.situation.sot_places.get(found.sot?));
        sot.is_some_and(|sot| sot.status.is_serving())
            && !results.project.closed_services.contains(site)
            && !scenario.removed.contains(site)
    };
    out.extend(scenario.added.iter().filter(is_sot).map(|site| Idle::IsSot(name_of(crisis, site))));
    out.dedup();
    out
}

fn name_of(crisis: &Crisis, site: &SiteId) -> String {
    let services = &crisis.results().situation.services;
    let service = services.iter().find(|service| service.site == *site).map(|service| &service.name);
    let place = || crisis.places.iter().find(|place| place.site == *site).map(|place| &place.name);
    service.or_else(place).cloned().unwrap_or_else(|| site.text())
}
