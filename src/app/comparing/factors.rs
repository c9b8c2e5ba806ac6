//! What does each site factor come to at each place? The readings that the ranking weighs, with how they are known.

use super::ask::Ask;
use super::level::both;
use super::sheet::{Better, Cell, Group, Row, Value, nothing};
use super::subject::{Subject, Trial, What, not_of_a_plan};
use super::unit::Unit;
use crate::app::Results;
use crate::lang::{Lang, Said};
use crate::model::{Direction, EvidenceKind, Factor, FactorUnit, Message, ServiceKind, attribute};
use crate::siting::{Candidate, Host, Missing, Reading, evidence_of, fact_of};

pub(super) fn rows(subjects: &[Subject<'_>], within: &[Cell], results: &Results) -> Vec<Row> {
    Factor::ALL.into_iter().map(|factor| of_factor(factor, subjects, within, results)).collect()
}

/// The row above that shows the same.
fn shown_above(factor: Factor) -> Option<&'static str> {
    match factor {
        Factor::PeopleWithin => Some(super::people::THRESHOLD),
        Factor::GapPeople => Some("people.gap"),
        Factor::Rescue => Some("service.rescue"),
        Factor::Sot => Some("service.sot"),
        _ => None,
    }
}

fn better(factor: Factor) -> Better {
    match (factor, factor.direction()) {
        (Factor::ExtraTravel | Factor::Town | Factor::Sot, _) => Better::MoreNeeded,
        (_, Direction::MoreIsBetter) => Better::More,
        (_, Direction::LessIsBetter) => Better::Less,
        (_, Direction::FlagOnly) => Better::Neither,
    }
}

fn of_factor(factor: Factor, subjects: &[Subject<'_>], within: &[Cell], results: &Results) -> Row {
    let measure = results.measure();
    let unit = Unit::of_factor(factor.unit(), measure);
    let id = format!("factor.{}", factor.id());
    let mut row = Row::new(id, Group::Factors, both(&factor), unit, better(factor));
    if let Some(same) = shown_above(factor) {
        row = row.same_as(same);
    }
    if let Some([best, worst]) = told(factor) {
        row = row.telling(best, worst);
    }
    row.is_travelled = matches!(factor.unit(), FactorUnit::Travel | FactorUnit::PersonTravel)
        || matches!(factor, Factor::Town | Factor::PeopleWithin | Factor::GapPeople);
    let cells = subjects.iter().zip(within).map(|(subject, within)| match &subject.what {
        What::Candidate { at, candidate } => of_candidate(factor, *at, candidate, results),
        What::Trial(trial) => of_trial(factor, trial, within, results),
        What::Plan(_) => not_of_a_plan(),
    });
    row.with(cells.collect())
}

fn of_candidate(factor: Factor, at: usize, candidate: &Candidate, results: &Results) -> Cell {
    let reading = results.readings.get(at).map_or(Err(Missing::NotRecorded), |all| all[factor.index()]);
    // Which services a store that is not known has is not known either.
    let is_unknown = factor == Factor::Kinds && matches!(candidate.host, Host::NotInData);
    let reading = if is_unknown { Err(Missing::NoStore) } else { reading };
    let fact = factor.attribute().and_then(|id| fact_of(candidate, &results.situation, id));
    let mut cell = read(factor, reading);
    // Words stay words.
    if let Some((fact, def)) = fact.zip(factor.attribute().and_then(attribute)) {
        let said = |lang| def.say(&fact.value, lang);
        let said = Message::new(said(Lang::Sv), said(Lang::En));
        match factor.unit() {
            FactorUnit::Words => {
                cell.value = Value::Words { id: fact.value.to_text(), said, rank: None };
            }
            FactorUnit::Grade => cell.why = said,
            _ => {}
        }
        if !fact.note.is_empty() {
            let with_note = |lang| {
                let words = cell.why.said(lang);
                let note = &fact.note;
                if words.is_empty() { format!("”{note}”") } else { format!("{words}; ”{note}”") }
            };
            cell.why = Message::new(with_note(Lang::Sv), with_note(Lang::En));
        }
    }
    if let Some((town, _)) = candidate.town.filter(|_| factor == Factor::Town && fact.is_none()) {
        cell = with_town(cell, town, results);
    }
    let evidence = evidence_of(factor, candidate, &results.situation);
    if evidence.kind == EvidenceKind::None { cell } else { cell.known_by(evidence) }
}

fn with_town(cell: Cell, town: usize, results: &Results) -> Cell {
    let name = results.situation.towns.get(town).map(|town| town.name.clone()).unwrap_or_default();
    if matches!(cell.value, Value::Number(_)) {
        Cell { why: Message::new(name.clone(), name), ..cell }
    } else {
        cell
    }
}

/// A reading as a cell.
fn read(factor: Factor, reading: Reading) -> Cell {
    match reading {
        Ok(value) => Cell::new(Value::Number(value), nothing()),
        Err(missing) if missing.is_beyond_measure() => Cell::new(Value::BeyondMeasure, both(&missing)),
        Err(missing) => Cell::unknown(missing.id(), ask(factor, missing), both(&missing)),
    }
}

/// What is known of a point where no store stands.
fn of_trial(factor: Factor, trial: &Trial<'_>, within: &Cell, results: &Results) -> Cell {
    let measure = results.measure();
    let to = |kind: ServiceKind| -> Reading {
        if !results.situation.kinds_loaded.contains(kind) {
            return Err(Missing::NoLayer(kind));
        }
        let none = if results.situation.of_kind(kind).is_empty() {
            Missing::NoneOfKind(kind)
        } else {
            Missing::NoWay
        };
        let unit = trial.figures.nearest[kind].as_ref().ok_or(none)?;
        unit.trip.cost(measure).map(|cost| measure.in_units(cost)).map_err(|_| Missing::NoTimes)
    };
    let is_empty = results.situation.demand.is_empty();
    match factor {
        Factor::PeopleWithin => within.clone(),
        Factor::GapPeople if is_empty => read(factor, Err(Missing::NoPeople)),
        Factor::GapPeople => {
            let people = results.kind(ServiceKind::Sot).map(|_| trial.figures.sot_gap_people.value());
            read(factor, people.ok_or(Missing::NoLayer(ServiceKind::Sot)))
        }
        Factor::Fuel => {
            let straight = trial.fuel_straight.map(crate::units::Metres::km);
            read(factor, straight.map_or_else(|| to(ServiceKind::Fuel), Ok))
        }
        Factor::Rescue => read(factor, to(ServiceKind::Rescue)),
        Factor::Sot => read(factor, to(ServiceKind::Sot)),
        Factor::Town => match trial.town {
            Some((town, trip)) => with_town(read(factor, Ok(trip.length.km())), town, results),
            None => read(factor, Err(Missing::NoTowns)),
        },
        _ => {
            let why = Message::new("testplats: ingen butik finns där", "test site: there is no store");
            Cell::does_not_apply("no_store", why)
        }
    }
}

/// Whom to ask about a factor.
const fn ask(factor: Factor, missing: Missing) -> Ask {
    match (missing, factor) {
        (Missing::NotRecorded, Factor::OtherRooms | Factor::HardStanding) => Ask::PropertyOwner,
        (Missing::NotRecorded, Factor::PowerNeed | Factor::HostViability) => Ask::Store,
        (Missing::NotRecorded, Factor::CivilSociety) => Ask::Village,
        (Missing::NotRecorded, _) => Ask::Municipality,
        (Missing::NoStore, _) => Ask::CountyBoard,
        _ => Ask::Data,
    }
}

/// What is said of the place where a factor is best and worst, where no row above says it.
fn told(factor: Factor) -> Option<[Message; 2]> {
    let pair = |best: [&str; 2], worst: [&str; 2]| {
        Some([Message::new(best[0], best[1]), Message::new(worst[0], worst[1])])
    };
    match factor {
        Factor::Fuel => pair(
            ["Närmast drivmedel, fågelvägen", "Nearest fuel in a straight line"],
            ["Längst till drivmedel, fågelvägen", "Farthest from fuel in a straight line"],
        ),
        Factor::Town => pair(
            [
                "Längst till stad eller sjukhus, så en SOT-punkt behövs mest",
                "Farthest from a town or hospital, so a SOT point is most needed",
            ],
            ["Närmast stad eller sjukhus", "Nearest to a town or hospital"],
        ),
        Factor::Kinds => pair(
            ["Flest typer av service på platsen", "Most kinds of service at the place"],
            ["Färst typer av service på platsen", "Fewest kinds of service at the place"],
        ),
        Factor::OtherRooms => pair(
            ["Har andra rum i huset", "Has other rooms in the building"],
            ["Har inga andra rum i huset", "Has no other rooms in the building"],
        ),
        Factor::HardStanding => pair(
            ["Har hårdgjord yta för containern", "Has hard standing for the container"],
            ["Saknar hårdgjord yta för containern", "Lacks hard standing for the container"],
        ),
        Factor::PowerNeed => {
            pair(["Minst effektbehov", "Least power needed"], ["Störst effektbehov", "Most power needed"])
        }
        Factor::Containers => pair(
            ["Färst containrar behövs", "Fewest containers needed"],
            ["Flest containrar behövs", "Most containers needed"],
        ),
        Factor::TraffickedRoad => pair(
            ["Ingen trafikerad väg mellan platsens delar", "No busy road between the units of the place"],
            ["En trafikerad väg går mellan platsens delar", "A busy road parts the units of the place"],
        ),
        Factor::CivilSociety => pair(
            ["Starkast civilsamhälle", "Strongest civil society"],
            ["Svagast civilsamhälle", "Weakest civil society"],
        ),
        Factor::Readiness => pair(
            ["Kommunen är mest beredd", "The municipality is most ready"],
            ["Kommunen är minst beredd", "The municipality is least ready"],
        ),
        // Said by rows above, or never weighed.
        Factor::PeopleWithin
        | Factor::GapPeople
        | Factor::ExtraTravel
        | Factor::Rescue
        | Factor::Sot
        | Factor::HostViability => None,
    }
}
