//! The table of services of one kind: whom each serves, and what its closing would mean.

use super::column::{Column, Table, shown};
use super::value::Value;
use crate::analysis::Closure;
use crate::app::Results;
use crate::app::telling::words::short;
use crate::lang::Lang;
use crate::model::{Service, ServiceKind};
use crate::say;
use crate::units::Measure;

/// A service, and what happens if it closes.
pub struct ServiceLine<'a> {
    pub service: &'a Service,
    pub closure: &'a Closure,
}

/// The services of a kind that serve, in the order of the results.
pub fn service_lines(results: &Results, kind: ServiceKind) -> impl Iterator<Item = ServiceLine<'_>> {
    let closures = results.kind(kind).into_iter().flat_map(|result| &result.closures);
    closures.filter_map(|closure| {
        Some(ServiceLine { service: results.situation.service(closure.service)?, closure })
    })
}

/// The columns.
#[must_use]
pub fn services(results: &Results, lang: Lang) -> Table<'_, ServiceLine<'_>> {
    let measure = results.measure();
    let (unit, limit) = (measure.unit(), short(lang, results.limit(), measure));
    let cost = move |value: f64| Value::Number { value, in_files: 1, on_screen: 0 };
    let columns: Vec<Column<'_, ServiceLine<'_>>> = vec![
        Column::of_screen("name", shown(0, lang.pick("Namn", "Name"), 190.0), |line: &ServiceLine<'_>| {
            Value::text(&line.service.name)
        }),
        Column::of_screen(
            "municipality",
            shown(1, lang.pick("Kommun", "Municipality"), 110.0),
            |line: &ServiceLine<'_>| {
                Value::text(results.situation.area_name(line.service.area).unwrap_or_default())
            },
        ),
        Column::of_screen(
            "people",
            shown(2, lang.pick("Närmast för", "Nearest for"), 100.0),
            |line: &ServiceLine<'_>| Value::People(line.closure.people),
        ),
        Column::of_screen(
            "pushed_beyond",
            shown(3, say!(lang, "Hamnar bortom {limit}", "Pushed beyond {limit}"), 150.0),
            |line: &ServiceLine<'_>| Value::People(line.closure.people_pushed_beyond),
        ),
        Column::of_screen(
            "left_without",
            shown(4, lang.pick("Når ingen annan", "Reach no other"), 130.0),
            |line: &ServiceLine<'_>| Value::People(line.closure.people_left_without),
        ),
        Column::of_screen(
            "extra_person",
            shown(5, say!(lang, "Vid nedläggning: person-{unit}", "If closed: person-{unit}"), 178.0),
            move |line: &ServiceLine<'_>| match measure {
                Measure::Distance => cost(line.closure.extra_person_km),
                Measure::Time => line.closure.extra_person_min.map_or(Value::Nothing, cost),
            },
        ),
        Column::of_screen(
            "farther",
            shown(6, say!(lang, "Längre väg, {unit} per person", "Farther, {unit} a person"), 190.0),
            move |line: &ServiceLine<'_>| {
                let extra = line.closure.mean_extra();
                extra.map_or(Value::Nothing, |extra| Value::number(measure.in_units(extra), 1))
            },
        ),
    ];
    Table { columns }
}
