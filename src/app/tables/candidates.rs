//! The table of candidates: what each place meets, whom it serves, what its closing would mean.

use std::cmp::Ordering;

use super::column::{Column, Table, shown};
use super::value::Value;
use crate::app::Results;
use crate::app::telling::words::short;
use crate::lang::Lang;
use crate::model::ServiceKind;
use crate::say;
use crate::siting::{Candidate, Rule};
use crate::units::{Measure, People};

type Of<'a> = Column<'a, &'a Candidate>;

/// The table of candidates.
#[must_use]
pub fn candidates(results: &Results, lang: Lang) -> Table<'_, &Candidate> {
    let mut columns = names(results, lang);
    columns.extend(Rule::ALL.map(|rule| {
        Column::new(rule.id(), move |candidate: &&Candidate| {
            let found = Rule::ALL.iter().zip(&candidate.rules).find(|(known, _)| **known == rule);
            found.map_or(Value::Nothing, |(_, check)| Value::text(check.outcome.id()))
        })
    }));
    columns.extend(people(results, lang));
    columns.extend(if_closed(results.measure(), lang));
    columns.extend(nearest(results.measure(), lang));
    Table { columns }
}

fn names(results: &Results, lang: Lang) -> Vec<Of<'_>> {
    let sot = |candidate: &Candidate| candidate.sot.and_then(|at| results.situation.sot_places.get(at));
    vec![
        Column::new("id", |candidate: &&Candidate| Value::text(candidate.site.text())),
        Column::new("name", |candidate: &&Candidate| Value::text(&candidate.name)).shown_as(shown(
            0,
            lang.pick("Plats", "Place"),
            180.0,
        )),
        Column::new("municipality", |candidate: &&Candidate| {
            Value::text(results.situation.area_name(candidate.area).unwrap_or_default())
        })
        .shown_as(shown(1, lang.pick("Kommun", "Municipality"), 92.0)),
        Column::new("status", move |candidate: &&Candidate| {
            Value::text(sot(candidate).map_or("", |sot| sot.status.id()))
        }),
        Column::new("status_date", move |candidate: &&Candidate| {
            Value::text(sot(candidate).map_or("", |sot| sot.status_date.as_str()))
        }),
        Column::new("verdict", |candidate: &&Candidate| Value::text(candidate.verdict.id()))
            .shown_as(shown(2, lang.pick("Bedömning", "Verdict"), 178.0))
            .ordered(|a, b| a.verdict.cmp(&b.verdict)),
    ]
}

fn people(results: &Results, lang: Lang) -> Vec<Of<'_>> {
    let measure = results.measure();
    let radii = results.project.parameters.radii(measure);
    let mut columns: Vec<Of<'_>> = Vec::new();
    for (turn, (at, radius)) in (4u8..).zip(radii.into_iter().enumerate()) {
        let (near, unit, within) = (measure.in_units(radius), measure.unit(), short(lang, radius, measure));
        columns.push(
            Column::new(format!("people_within_{near}_{unit}"), move |candidate: &&Candidate| {
                Value::People(candidate.people_within[at])
            })
            .shown_as(shown(turn, say!(lang, "Inom {within}", "Within {within}"), 92.0)),
        );
    }
    let limit = short(lang, results.limit(), measure);
    if !radii.iter().any(|radius| *radius == results.limit()) {
        columns.push(Column::of_screen(
            "people_in_limit",
            shown(4, say!(lang, "Inom gränsen {limit}", "Within threshold {limit}"), 130.0),
            |candidate: &&Candidate| Value::People(candidate.people_in_limit),
        ));
    }
    columns.push(
        Column::new("people_nearest", |candidate: &&Candidate| Value::people(candidate.people_nearest))
            .shown_as(shown(6, lang.pick("Närmast för", "Nearest for"), 88.0)),
    );
    columns.push(
        Column::new("sot_gap_people", |candidate: &&Candidate| Value::people(candidate.gap_people))
            .shown_as(shown(3, lang.pick("I SOT-lucka", "In SOT gap"), 84.0)),
    );
    columns
}

fn if_closed<'a>(measure: Measure, lang: Lang) -> Vec<Of<'a>> {
    let left = |candidate: &Candidate| candidate.people_left_without.map_or(0.0, People::value);
    let sum = |sum: Option<f64>| {
        sum.map_or(Value::Nothing, |value| Value::Number { value, in_files: 1, on_screen: 0 })
    };
    let km = move |candidate: &&Candidate| sum(candidate.extra_person_km);
    let min = move |candidate: &&Candidate| sum(candidate.extra_person_min);
    // Who is left without has no longer way to sum up: that is more than any sum.
    let order = move |of: fn(&Candidate) -> Option<f64>| {
        move |a: &&Candidate, b: &&Candidate| -> Ordering {
            let sum = |candidate: &Candidate| of(candidate).unwrap_or(-1.0);
            left(a).total_cmp(&left(b)).then(sum(a).total_cmp(&sum(b)))
        }
    };
    let unit = measure.unit();
    let title = shown(8, say!(lang, "Vid nedläggning: person-{unit}", "If closed: person-{unit}"), 178.0);
    let is_time = measure == Measure::Time;
    let mut columns = vec![
        Column::new("people_left_without_if_closed", |candidate: &&Candidate| {
            Value::people(candidate.people_left_without)
        })
        .shown_as(shown(7, lang.pick("Vid nedläggning: utan butik", "If closed: no store"), 158.0)),
        Column::new("extra_person_km_if_closed", km)
            .shown_if(!is_time, title.clone())
            .ordered(order(|candidate| candidate.extra_person_km)),
    ];
    if is_time {
        let column = Column::of_screen("extra_person_min_if_closed", title, min);
        columns.push(column.ordered(order(|candidate| candidate.extra_person_min)));
    }
    columns
}

fn nearest<'a>(measure: Measure, lang: Lang) -> Vec<Of<'a>> {
    let mut columns: Vec<Of<'a>> = Vec::new();
    for unit in [Measure::Distance, Measure::Time] {
        for kind in ServiceKind::measured() {
            let name = unit.unit();
            let value = move |candidate: &Candidate| {
                let trip = candidate.nearest(kind).map(|unit| unit.trip);
                match unit {
                    Measure::Distance => Value::km(trip.map(|trip| trip.length)),
                    Measure::Time => Value::minutes(trip.and_then(|trip| trip.time)),
                }
            };
            // Where there is none it is farther than anywhere.
            let far = move |candidate: &Candidate| match value(candidate) {
                Value::Number { value, .. } => value,
                _ => f64::INFINITY,
            };
            let column =
                Column::new(format!("nearest_{}_{name}", kind.id()), move |one: &&Candidate| value(one))
                    .ordered(move |a, b| far(a).total_cmp(&far(b)));
            columns.push(match kind.column(lang).filter(|_| unit == measure) {
                Some((turn, title)) => column.shown_as(shown(8 + turn, format!("{title} {name}"), 76.0)),
                None => column,
            });
        }
    }
    columns
}
