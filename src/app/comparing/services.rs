//! How far is it from each place to the nearest unit of each kind? As the inspector and the exports tell it.

use super::ask::Ask;
use super::level::both;
use super::sheet::{Better, Cell, Group, Row, Value};
use super::sources;
use super::subject::{Subject, not_of_a_plan};
use super::unit::Unit;
use crate::app::Results;
use crate::app::export::minutes;
use crate::app::telling::words;
use crate::lang::Lang;
use crate::model::{Evidence, Message, ServiceIx, ServiceKind, ServiceOrigin};
use crate::siting::{Missing, NearestUnit};

pub(super) fn rows(subjects: &[Subject<'_>], results: &Results) -> Vec<Row> {
    ServiceKind::measured().map(|kind| of_kind(kind, subjects, results)).collect()
}

/// Which way is better. How far the next store is decides nothing by itself: some want it near, to some it means that
/// this one is needed.
const fn better(kind: ServiceKind) -> Better {
    match kind {
        ServiceKind::Grocery => Better::Neither,
        ServiceKind::Sot => Better::MoreNeeded,
        _ => Better::Less,
    }
}

fn of_kind(kind: ServiceKind, subjects: &[Subject<'_>], results: &Results) -> Row {
    let measure = results.measure();
    let name = match kind {
        ServiceKind::Grocery => Message::new("Närmaste andra livsmedelsbutik", "Nearest other grocery store"),
        ServiceKind::Rescue => Message::new("Räddningstjänstens väg hit", "Way from the rescue service"),
        ServiceKind::Sot => Message::new("Närmaste SOT-punkt på plats", "Nearest SOT point in place"),
        _ => both(&kind),
    };
    let (sv, en) = (kind.unit(Lang::Sv), kind.unit(Lang::En));
    Row::new(format!("service.{}", kind.id()), Group::Services, name, Unit::of(measure), better(kind))
        .telling(
            if kind == ServiceKind::Sot {
                Message::new(
                    "Längst till en SOT-punkt på plats, så en ny behövs mest",
                    "Farthest from a SOT point in place, so a new one is most needed",
                )
            } else {
                Message::new(format!("Närmast {sv}"), format!("Nearest {en}"))
            },
            if kind == ServiceKind::Sot {
                Message::new("Närmast en SOT-punkt på plats", "Nearest to a SOT point in place")
            } else {
                Message::new(format!("Längst till {sv}"), format!("Farthest to {en}"))
            },
        )
        .from(sources::of_kind(subjects, kind))
        .travelled()
        .with(subjects.iter().map(|subject| cell(kind, subject, results)).collect())
}

fn cell(kind: ServiceKind, subject: &Subject<'_>, results: &Results) -> Cell {
    let measure = results.measure();
    let Some(nearest) = subject.nearest() else { return not_of_a_plan() };
    let Some(unit) = &nearest[kind] else { return unreached(kind, results) };
    let cell = match unit.trip.cost(measure) {
        Ok(cost) => Cell::new(Value::Number(measure.in_units(cost)), told(unit, results)),
        Err(_) => Cell::unknown(Missing::NoTimes.id(), Ask::Data, both(&Missing::NoTimes)),
    };
    let mut cell = match register(unit.service, results) {
        Some(evidence) => cell.known_by(evidence),
        None => cell,
    };
    let km = |metres: crate::units::Metres| Unit::Km.rounded(metres.km());
    cell.more = vec![
        ("unit_name", results.situation.service_name(unit.service).into()),
        ("unit_id", results.situation.service(unit.service).map(|service| service.site.text()).into()),
        ("km", km(unit.trip.length).into()),
        ("min", unit.trip.time.map(minutes).into()),
        ("straight_km", km(unit.straight).into()),
    ];
    cell
}

/// The unit's name, the other length or time, and the straight line.
fn told(unit: &NearestUnit, results: &Results) -> Message {
    let name = results.situation.service_name(unit.service);
    let said = |lang: Lang| {
        let trip = words::trip(lang, unit.trip, results.measure());
        let straight = lang.distance(unit.straight);
        let line = lang.pick("fågelvägen", "straight line");
        format!("{name} · {trip} · {line} {straight}")
    };
    Message::new(said(Lang::Sv), said(Lang::En))
}

/// Why there is no way to a unit of a kind.
fn unreached(kind: ServiceKind, results: &Results) -> Cell {
    let missing = Missing::unit(kind, &results.situation);
    Cell::unknown(missing.id(), Ask::Data, both(&missing))
}

/// Which file the unit stands in, and of when it is.
fn register(ix: ServiceIx, results: &Results) -> Option<Evidence> {
    match results.situation.service(ix)?.origin {
        ServiceOrigin::Feature { layer, .. } => sources::register(results, layer),
        ServiceOrigin::Added(at) => results.project.added.get(at).map(|added| added.evidence.clone()),
    }
}
