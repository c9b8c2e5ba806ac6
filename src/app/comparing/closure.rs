//! What would happen if the store of a place closed? As the inspector tells it.

use super::ask::Ask;
use super::level::both;
use super::sheet::{Better, Cell, Group, Row, Value, nothing};
use super::sources;
use super::subject::{Subject, not_of_a_plan};
use super::unit::Unit;
use crate::analysis::Closure;
use crate::app::Results;
use crate::lang::Lang;
use crate::model::{Message, ServiceKind};
use crate::siting::{Host, Missing};
use crate::units::People;

pub(super) fn rows(subjects: &[Subject<'_>], results: &Results) -> Vec<Row> {
    let mut rows = vec![
        people(
            "closure.left_without",
            Message::new("Når ingen annan butik", "Reach no other store"),
            Better::MoreNeeded,
            (subjects, results),
            |closure| closure.people_left_without,
        )
        .telling(
            Message::new(
                "Flest skulle inte nå någon annan butik om den läggs ner",
                "Most people would reach no other store if it closed",
            ),
            Message::new(
                "Färst skulle inte nå någon annan butik om den läggs ner",
                "Fewest people would reach no other store if it closed",
            ),
        ),
        people(
            "closure.pushed_beyond",
            Message::new("Hamnar bortom gränsen", "Pushed beyond the threshold"),
            Better::MoreNeeded,
            (subjects, results),
            |closure| closure.people_pushed_beyond,
        )
        .telling(
            Message::new(
                "Flest hamnar bortom gränsen om butiken läggs ner",
                "Most people end up beyond the threshold if the store closes",
            ),
            Message::new(
                "Färst hamnar bortom gränsen om butiken läggs ner",
                "Fewest people end up beyond the threshold if the store closes",
            ),
        ),
    ];
    let mut extra = |id: &str, name: Message, unit: Unit, of: fn(&Closure) -> Option<f64>| {
        let cells = subjects.iter().map(|subject| match closure_of(subject, results) {
            Ok(closure) => longer(closure, of(closure)),
            Err(cell) => *cell,
        });
        // Those who are left without have no longer way to sum up, so that no direction holds.
        let row = Row::new(id, Group::Closure, name, unit, Better::Neither);
        rows.push(row.from(layers(subjects, results)).travelled().with(cells.collect()));
    };
    extra(
        "closure.extra_person_km",
        Message::new("Längre väg tillsammans, personkilometer", "Longer way in all, person-km"),
        Unit::PersonKm,
        |closure| Some(closure.extra_person_km),
    );
    extra(
        "closure.extra_person_min",
        Message::new("Längre tid tillsammans, personminuter", "Longer time in all, person-min"),
        Unit::PersonMin,
        |closure| closure.extra_person_min,
    );
    rows
}

fn layers(subjects: &[Subject<'_>], results: &Results) -> Vec<crate::model::LayerId> {
    let mut layers = sources::of_population(results);
    layers.extend(sources::of_kind(subjects, ServiceKind::Grocery));
    layers
}

/// What the store's closing does, or why that is not told.
fn closure_of<'a>(subject: &Subject<'_>, results: &'a Results) -> Result<&'a Closure, Box<Cell>> {
    if subject.as_plan().is_some() {
        return Err(not_of_a_plan().into());
    }
    let Some((_, candidate)) = subject.as_candidate() else {
        let why = Message::new("ingen butik på platsen", "no store at the place");
        return Err(Cell::does_not_apply("no_store", why).into());
    };
    if results.situation.demand.is_empty() {
        return Err(Cell::unknown(Missing::NoPeople.id(), Ask::Data, both(&Missing::NoPeople)).into());
    }
    let Host::Store(ix) = candidate.host else {
        return Err(Cell::unknown(Missing::NoStore.id(), Ask::CountyBoard, both(&Missing::NoStore)).into());
    };
    let of_store = |result: &'a crate::app::results::KindResult| {
        result.closures.iter().find(|closure| closure.service == ix)
    };
    results.kind(ServiceKind::Grocery).and_then(of_store).ok_or_else(|| {
        let why = Message::new("nedlagd i simuleringen", "closed in the simulation");
        Cell::does_not_apply("closed_on_trial", why).into()
    })
}

fn people(
    id: &str,
    name: Message,
    better: Better,
    (subjects, results): (&[Subject<'_>], &Results),
    of: impl Fn(&Closure) -> People,
) -> Row {
    let cells = subjects.iter().map(|subject| match closure_of(subject, results) {
        Ok(closure) => Cell::number(of(closure).value()),
        Err(cell) => *cell,
    });
    let row = Row::new(id, Group::Closure, name, Unit::People, better);
    row.from(layers(subjects, results)).travelled().with(cells.collect())
}

/// How much longer the way becomes for those who have another store, and for whom that says nothing.
fn longer(closure: &Closure, sum: Option<f64>) -> Cell {
    let Some(sum) = sum else {
        return Cell::unknown(Missing::NoTimes.id(), Ask::Data, both(&Missing::NoTimes));
    };
    let left = closure.people_left_without;
    if left == People::ZERO {
        return Cell::new(Value::Number(sum), nothing());
    }
    let said = |lang: Lang| {
        let people = lang.persons(left);
        crate::say!(
            lang,
            "utöver dem räknas inte {people} som inte når någon annan butik",
            "not counted: {people} who reach no other store"
        )
    };
    Cell::new(Value::Number(sum), Message::new(said(Lang::Sv), said(Lang::En)))
}
