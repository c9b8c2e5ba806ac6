//! What does each site factor come to at each place? Readings, computed or recorded; a missing one has its reason
//! and is never zero. Does not know weights.

use std::collections::BTreeMap;

use super::candidates::{Candidate, Host};
use crate::lang::{Lang, Said};
use crate::model::{
    Evidence, Fact, FactValue, Factor, FactorSource, Parameters, ServiceKind, SiteId, Situation,
};
use crate::say;
use crate::units::Measure;

/// Why a factor has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    NotRecorded,
    NoPeople,
    /// No layer of the kind is loaded.
    NoLayer(ServiceKind),
    /// Layers are loaded, but hold no service of the kind.
    NoneOfKind(ServiceKind),
    /// Not reached by road.
    NoWay,
    NoStore,
    NoTimes,
    NoTowns,
    /// Somebody would reach no other store at all: longer than any way there is.
    LeftWithout,
}

impl Missing {
    /// Is it no gap in knowledge, but more than any number?
    #[must_use]
    pub const fn is_beyond_measure(self) -> bool {
        matches!(self, Self::LeftWithout)
    }
}

impl Missing {
    /// Why no unit of a kind is reached.
    #[must_use]
    pub fn unit(kind: ServiceKind, situation: &Situation) -> Self {
        if !situation.kinds_loaded.contains(kind) {
            Self::NoLayer(kind)
        } else if situation.of_kind(kind).is_empty() {
            Self::NoneOfKind(kind)
        } else {
            Self::NoWay
        }
    }

    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotRecorded => "not_recorded",
            Self::NoPeople => "no_population_layer",
            Self::NoLayer(_) => "no_layer_of_the_kind",
            Self::NoneOfKind(_) => "none_of_the_kind",
            Self::NoWay => "not_connected",
            Self::NoStore => "no_store_in_data",
            Self::NoTimes => "no_times",
            Self::NoTowns => "no_towns_in_data",
            Self::LeftWithout => "left_without",
        }
    }
}

impl Said for Missing {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::NotRecorded => lang.pick("inte ifyllt", "not recorded").into(),
            Self::NoPeople => lang.pick("ingen befolkning inläst", "no population is loaded").into(),
            Self::NoLayer(kind) => {
                let kind = kind.said(lang).to_lowercase();
                say!(lang, "inget lager inläst: {kind}", "no layer loaded: {kind}")
            }
            Self::NoneOfKind(kind) => {
                let unit = kind.unit(lang);
                say!(lang, "ingen {unit} i data", "no {unit} in the data")
            }
            Self::NoWay => lang.pick("ingen väg dit", "no way there").into(),
            Self::NoStore => lang.pick("butiken finns inte i data", "the store is not in the data").into(),
            Self::NoTimes => lang.pick("inga restider", "no travel times").into(),
            Self::LeftWithout => lang.pick("ingen annan butik nås", "no other store is reached").into(),
            Self::NoTowns => {
                lang.pick("ingen stad med invånarantal i data", "no town with its people in the data").into()
            }
        }
    }
}

/// The value of a factor at a place, in the factor's unit.
pub type Reading = Result<f64, Missing>;

/// The readings of a place, by [`Factor::index`].
pub type Readings = [Reading; Factor::COUNT];

/// The readings of every candidate.
#[must_use]
pub fn readings(
    candidates: &[Candidate],
    situation: &Situation,
    parameters: &Parameters,
    measure: Measure,
) -> Vec<Readings> {
    candidates
        .iter()
        .map(|candidate| Factor::ALL.map(|factor| read(factor, candidate, situation, parameters, measure)))
        .collect()
}

/// The site on which facts about a place are recorded: its store, else the SOT place itself.
#[must_use]
pub fn recorded_at<'a>(candidate: &'a Candidate, situation: &'a Situation) -> &'a SiteId {
    match candidate.host {
        Host::Store(ix) => situation.service(ix).map_or(&candidate.site, |store| &store.site),
        Host::NotInData => &candidate.site,
    }
}

/// What is recorded of an attribute: of the store, else of the SOT place.
#[must_use]
pub fn fact_of<'a>(candidate: &Candidate, situation: &'a Situation, id: &str) -> Option<&'a Fact> {
    let store = match candidate.host {
        Host::Store(ix) => situation.service(ix).map(|store| &store.facts),
        Host::NotInData => None,
    };
    let place = candidate.sot.and_then(|at| situation.sot_places.get(at)).map(|sot| &sot.facts);
    let of = |facts: Option<&'a BTreeMap<&'static str, Fact>>| facts.and_then(|facts| facts.get(id));
    of(store).or_else(|| of(place))
}

/// How a factor's value is known.
#[must_use]
pub fn evidence_of(factor: Factor, candidate: &Candidate, situation: &Situation) -> Evidence {
    let recorded = factor.attribute().and_then(|id| fact_of(candidate, situation, id));
    match (recorded, factor.source()) {
        (Some(fact), _) => fact.evidence.clone(),
        (None, FactorSource::Recorded(_)) => Evidence::none(),
        (None, _) => Evidence::calculated(""),
    }
}

/// A recorded value as a number; words have none.
fn number(value: &FactValue) -> Option<f64> {
    match value {
        FactValue::Number(number) => Some(*number),
        FactValue::YesNo(yes) => Some(f64::from(u8::from(*yes))),
        FactValue::Choice(id) => match id.as_str() {
            "secure" => Some(2.0),
            "doubtful" => Some(1.0),
            "closing" => Some(0.0),
            grade => grade.parse().ok(),
        },
        FactValue::Text(_) => None,
    }
}

fn read(
    factor: Factor,
    candidate: &Candidate,
    situation: &Situation,
    parameters: &Parameters,
    measure: Measure,
) -> Reading {
    let recorded = |id| fact_of(candidate, situation, id).and_then(|fact| number(&fact.value));
    let needs_people =
        |value: Reading| if situation.demand.is_empty() { Err(Missing::NoPeople) } else { value };
    let nearest = |kind: ServiceKind| {
        let found = candidate.nearest(kind).filter(|_| situation.kinds_loaded.contains(kind));
        found.ok_or_else(|| Missing::unit(kind, situation))
    };
    let in_units = |unit: &crate::siting::NearestUnit| {
        unit.trip.cost(measure).map(|cost| measure.in_units(cost)).map_err(|_| Missing::NoTimes)
    };
    match factor {
        Factor::PeopleWithin => needs_people(Ok(candidate.people_in_limit.value())),
        Factor::GapPeople => needs_people(
            candidate.gap_people.map(crate::units::People::value).ok_or(Missing::NoLayer(ServiceKind::Sot)),
        ),
        Factor::ExtraTravel
            if candidate.people_left_without.is_some_and(|people| people > crate::units::People::ZERO) =>
        {
            Err(Missing::LeftWithout)
        }
        Factor::ExtraTravel => needs_people(match (candidate.extra_person_km, measure) {
            (None, _) => Err(Missing::NoStore),
            (Some(km), Measure::Distance) => Ok(km),
            (Some(_), Measure::Time) => candidate.extra_person_min.ok_or(Missing::NoTimes),
        }),
        // A straight line is known where a way is not.
        Factor::Fuel => match (candidate.fuel_straight, nearest(ServiceKind::Fuel)) {
            (Some(straight), _) => Ok(straight.km()),
            (None, Err(missing)) => Err(missing),
            (None, Ok(_)) => Err(Missing::NoWay),
        },
        Factor::Rescue => nearest(ServiceKind::Rescue).and_then(in_units),
        Factor::Sot => nearest(ServiceKind::Sot).and_then(in_units),
        Factor::Town => match recorded("town_km") {
            Some(km) => Ok(km),
            None => town(candidate, situation, parameters),
        },
        Factor::Kinds => kinds(candidate, situation),
        Factor::OtherRooms
        | Factor::HardStanding
        | Factor::PowerNeed
        | Factor::Containers
        | Factor::TraffickedRoad
        | Factor::CivilSociety
        | Factor::Readiness
        | Factor::HostViability => factor.attribute().and_then(recorded).ok_or(Missing::NotRecorded),
    }
}

fn town(candidate: &Candidate, situation: &Situation, parameters: &Parameters) -> Reading {
    match candidate.town {
        Some((_, trip)) => Ok(trip.length.km()),
        None if situation.towns.iter().any(|town| town.counts(parameters.town_people)) => Err(Missing::NoWay),
        None => Err(Missing::NoTowns),
    }
}

/// Of the five kinds, those with a unit within the distance at which a store hosts a place.
fn kinds(candidate: &Candidate, situation: &Situation) -> Reading {
    // A kind that is not loaded is not known, which is not the same as absent.
    if let Some(kind) = ServiceKind::commercial().find(|kind| !situation.kinds_loaded.contains(*kind)) {
        return Err(Missing::NoLayer(kind));
    }
    let others = ServiceKind::commercial().filter(|kind| *kind != ServiceKind::Grocery);
    let is_here = |kind: &ServiceKind| candidate.has_here[*kind];
    let store = u32::from(matches!(candidate.host, Host::Store(_)));
    let count = others.filter(is_here).fold(store, |count, _| count + 1);
    Ok(f64::from(count))
}
