//! Who would reach each place? People within the threshold and the radii, by group of countryside and by the groups that
//! the population layer counts, and people in gaps.

use super::around::{Around, Counted};
use super::ask::Ask;
use super::level::both;
use super::sheet::{Better, Cell, Group, Row, Value, nothing};
use super::sources;
use super::subject::{Plan, Subject, What, not_of_a_plan};
use super::unit::Unit;
use crate::app::Results;
use crate::app::people_columns::group_columns;
use crate::app::siting::column_values;
use crate::app::telling::words;
use crate::lang::{Lang, Said};
use crate::model::{LayerId, Message, PeopleGroup, RuralGroup, ServiceKind};
use crate::siting::{Host, Missing};
use crate::units::People;

pub(super) fn rows(subjects: &[Subject<'_>], around: &[Around], results: &Results) -> Vec<Row> {
    let mut rows = vec![nearest(subjects, results)];
    rows.extend((0..2).map(|at| within_radius(at, subjects, around, results)));
    // Of these the groups below are parts.
    rows.push(within_limit(around, results));
    rows.extend(rural(around, results));
    rows.extend(columns(around, results));
    rows.push(gap(subjects, around, results));
    rows.extend(grocery_gap(subjects, results));
    rows
}

/// The row of the people within the threshold.
pub(super) const THRESHOLD: &str = "people.threshold";

fn row(id: impl Into<String>, name: Message, results: &Results) -> Row {
    let row = Row::new(id, Group::People, name, Unit::People, Better::More);
    row.from(sources::of_population(results)).travelled()
}

/// A number of people; without a population layer nobody knows it.
fn counted(people: Option<People>, results: &Results) -> Cell {
    match people {
        _ if results.situation.demand.is_empty() => {
            Cell::unknown(Missing::NoPeople.id(), Ask::Data, both(&Missing::NoPeople))
        }
        Some(people) => Cell::number(people.value()),
        None => Cell::unknown(Missing::NoStore.id(), Ask::CountyBoard, both(&Missing::NoStore)),
    }
}

fn short(results: &Results, cost: crate::units::Cost, lang: Lang) -> String {
    words::short(lang, cost, results.measure())
}

fn within_limit(around: &[Around], results: &Results) -> Row {
    let limit = |lang| short(results, results.limit(), lang);
    let (sv, en) = (limit(Lang::Sv), limit(Lang::En));
    let name = Message::new(format!("Inom gränsen {sv}"), format!("Within the threshold {en}"));
    row(THRESHOLD, name, results)
        .telling(
            Message::new(format!("Flest invånare inom {sv}"), format!("Most people within {en}")),
            Message::new(format!("Färst invånare inom {sv}"), format!("Fewest people within {en}")),
        )
        .with(around.iter().map(|around| counted(Some(around.people(results)), results)).collect())
}

/// People within one of the two radii, as candidates and trial points have it.
fn within_radius(at: usize, subjects: &[Subject<'_>], around: &[Around], results: &Results) -> Row {
    let radius = results.project.parameters.radii(results.measure())[at];
    let (sv, en) = (short(results, radius, Lang::Sv), short(results, radius, Lang::En));
    let of = |(subject, around): (&Subject<'_>, &Around)| match &subject.what {
        What::Candidate { candidate, .. } => candidate.people_within[at],
        What::Trial(trial) => trial.figures.people_within[at],
        What::Plan(_) => around.people_within(radius, results),
    };
    let id = if at == 0 { "people.radius_1" } else { "people.radius_2" };
    let row = row(id, Message::new(format!("Inom {sv}"), format!("Within {en}")), results);
    let row = if radius == results.limit() { row.same_as(THRESHOLD) } else { row };
    row.with(subjects.iter().zip(around).map(|both| counted(Some(of(both)), results)).collect())
}

fn nearest(subjects: &[Subject<'_>], results: &Results) -> Row {
    let of = |subject: &Subject<'_>| match &subject.what {
        What::Candidate { candidate, .. } => candidate.people_nearest,
        What::Trial(trial) => Some(trial.figures.people_nearest),
        What::Plan(plan) => nearest_of_plan(plan),
    };
    let name = Message::new("Har platsen som närmaste butik", "Have the place as nearest store");
    row("people.nearest", name, results)
        .telling(
            Message::new("Flest har den som närmaste butik", "Most people have it as their nearest store"),
            Message::new("Färst har den som närmaste butik", "Fewest people have it as their nearest store"),
        )
        .with(subjects.iter().map(|subject| counted(of(subject), results)).collect())
}

/// Everybody has one nearest store: nobody is counted twice, though a store hosts two places of the plan.
fn nearest_of_plan(plan: &Plan<'_>) -> Option<People> {
    let mut hosts = Vec::new();
    let mut sum = People::ZERO;
    for candidate in &plan.candidates {
        let people = candidate.people_nearest?;
        if let Host::Store(store) = candidate.host {
            if hosts.contains(&store) {
                continue;
            }
            hosts.push(store);
        }
        sum += people;
    }
    Some(sum)
}

/// People within the threshold by group of countryside.
fn rural(around: &[Around], results: &Results) -> Vec<Row> {
    let Some(rural) = &results.rural else {
        let why = Message::new(
            "ingen tätort med fler invånare än gränsen i data, eller inga restider",
            "no locality with more people than the limit in the data, or no travel times",
        );
        let cell = Cell::unknown("no_locality", Ask::Data, why);
        let name = Message::new("Glesbygd inom gränsen", "Remote rural within the threshold");
        return vec![row("people.rural", name, results).with(vec![cell; around.len()])];
    };
    let of = |group: Option<RuralGroup>| {
        let people = around.iter().map(|around| around.rural(&rural.groups, group, results));
        people.collect::<Vec<_>>()
    };
    let cells = |people: Vec<People>| people.into_iter().map(|one| counted(Some(one), results)).collect();
    let mut rows: Vec<Row> = RuralGroup::ALL
        .into_iter()
        .map(|group| {
            let (sv, en) = (group.said(Lang::Sv), group.said(Lang::En));
            let id = format!("people.rural.{}", group.id().replace('-', "_"));
            let name = Message::new(format!("– varav {sv}"), format!("– of these {en}"));
            row(id, name, results)
                .telling(
                    Message::new(
                        format!("Flest i {sv} inom gränsen"),
                        format!("Most people of {en} within the threshold"),
                    ),
                    Message::new(
                        format!("Färst i {sv} inom gränsen"),
                        format!("Fewest people of {en} within the threshold"),
                    ),
                )
                .with(cells(of(Some(group))))
        })
        .collect();
    let without = of(None);
    if without.iter().any(|people| *people > People::ZERO) {
        let name = Message::new("– varav okänd grupp", "– of these group unknown");
        let row = Row { better: Better::Neither, ..row("people.rural.unknown", name, results) };
        rows.push(row.with(cells(without)));
    }
    rows
}

/// People within the threshold that columns of the population layers count; where there is no such column, a row that
/// says which is missing.
fn columns(around: &[Around], results: &Results) -> Vec<Row> {
    let found = group_columns(results);
    if found.is_empty() {
        let why = Message::new(
            "befolkningslagret har ingen kolumn för åldrar, t.ex. ”65+”; lägg till den eller koppla en tabell",
            "the population layer has no column of ages, for example “65+”; add it or join a table",
        );
        let cell = Cell::unknown("no_column", Ask::Data, why);
        let name = Message::new("65 år och äldre inom gränsen", "Aged 65 and over within the threshold");
        return vec![row("people.group.65+", name, results).with(vec![cell; around.len()])];
    }
    found.into_iter().map(|column| of_column(&column, around, results)).collect()
}

fn of_column(
    (column, group, layers): &(String, PeopleGroup, Vec<LayerId>),
    around: &[Around],
    results: &Results,
) -> Row {
    let (sv, en) = (group.said(Lang::Sv), group.said(Lang::En));
    let name = Message::new(format!("{sv} inom gränsen"), format!("{en} within the threshold"));
    let row = row(format!("people.group.{column}"), name, results).from(layers.clone()).telling(
        Message::new(format!("Flest {sv} inom gränsen"), format!("Most people {en} within the threshold")),
        Message::new(format!("Färst {sv} inom gränsen"), format!("Fewest people {en} within the threshold")),
    );
    let values = match column_values(results, column) {
        Ok(values) => values,
        Err(error) => {
            let cell = Cell::unknown("bad_value", Ask::Data, both(&error));
            return row.with(vec![cell; around.len()]);
        }
    };
    let values: Vec<Option<f64>> =
        values.into_iter().map(|value| value.map(|(_, number)| number.value)).collect();
    row.with(around.iter().map(|around| of_group(&around.of_column(&values, results))).collect())
}

/// A sum of which a part is not known is no sum: it says how much is missing.
fn of_group(counted: &Counted) -> Cell {
    if counted.cells_without == 0 {
        return Cell::number(counted.people.value());
    }
    let said = |lang: Lang| {
        let (known, cells) = (lang.people(counted.people), lang.count(counted.cells_without));
        let people = lang.persons(counted.people_without);
        crate::say!(
            lang,
            "minst {known}; uppgift saknas för {cells} rutor med {people} inom gränsen",
            "at least {known}; no figure for {cells} cells with {people} within the threshold"
        )
    };
    let cell = Cell::unknown("cells_without_figure", Ask::Data, Message::new(said(Lang::Sv), said(Lang::En)));
    Cell {
        more: vec![
            ("at_least", counted.people.value().into()),
            ("cells_without_figure", counted.cells_without.into()),
        ],
        ..cell
    }
}

fn gap(subjects: &[Subject<'_>], around: &[Around], results: &Results) -> Row {
    let cell = |(subject, around): (&Subject<'_>, &Around)| {
        let people = match &subject.what {
            What::Candidate { candidate, .. } => candidate.gap_people,
            What::Trial(trial) => results.kind(ServiceKind::Sot).map(|_| trial.figures.sot_gap_people),
            What::Plan(_) => around.people_in_sot_gaps(results),
        };
        if people.is_none() {
            let missing = Missing::NoLayer(ServiceKind::Sot);
            return Cell::unknown(missing.id(), Ask::Data, both(&missing));
        }
        counted(people, results)
    };
    let name = Message::new("Lyfts ur SOT-lucka", "Moved out of a SOT gap");
    let mut row = row("people.gap", name, results).telling(
        Message::new("Lyfter flest ur en SOT-lucka", "Moves most people out of a SOT gap"),
        Message::new("Lyfter färst ur en SOT-lucka", "Moves fewest people out of a SOT gap"),
    );
    row.layers.extend(sources::of_sot(results));
    row.with(subjects.iter().zip(around).map(cell).collect())
}

/// What a store at a trial point would give; stores that are there already give it today.
fn grocery_gap(subjects: &[Subject<'_>], results: &Results) -> Vec<Row> {
    if !subjects.iter().any(|subject| matches!(subject.what, What::Trial(_))) {
        return Vec::new();
    }
    let here = || Message::new("platsen finns redan", "the place is there already");
    let saved = |subject: &Subject<'_>| match &subject.what {
        What::Candidate { .. } => Cell::does_not_apply("place_exists", here()),
        What::Plan(_) => not_of_a_plan(),
        What::Trial(trial) => Cell::new(Value::Number(trial.figures.saved_person_km), nothing()),
    };
    let lifted = |subject: &Subject<'_>| match &subject.what {
        What::Candidate { .. } => Cell::does_not_apply("place_exists", here()),
        What::Plan(_) => not_of_a_plan(),
        What::Trial(trial) => counted(Some(trial.figures.grocery_gap_people), results),
    };
    let name = Message::new("Lyfts ur lucka för livsmedel", "Moved out of a grocery gap");
    let lifted = row("people.grocery_gap", name, results).with(subjects.iter().map(lifted).collect());
    let name = Message::new("Kortare väg till butik, personkilometer", "Shorter way to a store, person-km");
    let saved_row = Row::new("people.saved_person_km", Group::People, name, Unit::PersonKm, Better::More)
        .from(sources::of_population(results))
        .travelled();
    vec![lifted, saved_row.with(subjects.iter().map(saved).collect())]
}
