//! The table of areas: people, and how far they have to each kind of service. Its rows sum to the people in.

use std::borrow::Cow;

use super::column::{Column, Table, shown};
use super::value::Value;
use crate::analysis::{AreaKind, AreaRow, Spread};
use crate::app::Results;
use crate::lang::{Lang, Said};
use crate::model::{RuralGroup, ServiceKind};
use crate::units::{Cost, Measure, People};

/// What a figure of a spread is called in files and on screen, and what it is.
type Figure = (&'static str, fn(Lang) -> &'static str, fn(&Spread) -> Option<Cost>);

const FIGURES: [Figure; 4] = [
    ("mean", |lang| lang.pick("Medel", "Mean"), |spread| spread.mean),
    ("p50", |_| "P50", |spread| spread.p50),
    ("p90", |_| "P90", |spread| spread.p90),
    ("max", |lang| lang.pick("Längst", "Farthest"), |spread| spread.max),
];

/// A row of the table: an area, or all of them together.
pub struct AreaLine<'a> {
    pub row: Cow<'a, AreaRow>,
    is_all: bool,
}

impl<'a> AreaLine<'a> {
    #[must_use]
    pub const fn of(row: &'a AreaRow) -> Self {
        Self { row: Cow::Borrowed(row), is_all: false }
    }

    /// Everybody, whatever the area.
    #[must_use]
    pub fn all(results: &Results) -> AreaLine<'static> {
        let demand = &results.situation.demand;
        let groups = results.rural.as_ref().map(|rural| rural.people(demand, 0..demand.len()));
        let is_time = results.measure() == Measure::Time;
        let kinds = results.kinds.iter().map(|kind| {
            let (summary, spread) = (&kind.summary, kind.summary.spread);
            AreaKind {
                kind: kind.coverage.kind,
                people_beyond: summary.people_beyond,
                people_without_value: summary.people_without_value.values().copied().sum(),
                spread,
                lengths: if is_time { Spread::default() } else { spread },
                times: is_time.then_some(spread),
            }
        });
        let row = AreaRow {
            area: None,
            named: Vec::new(),
            people: demand.total(),
            cells: demand.len(),
            groups,
            kinds: kinds.collect(),
        };
        AreaLine { row: Cow::Owned(row), is_all: true }
    }

    fn title(&self, results: &Results, lang: Lang) -> String {
        if self.is_all { lang.pick("Alla", "All").into() } else { self.row.title(&results.situation, lang) }
    }
}

/// The table of areas; on screen it is about one kind of service.
#[must_use]
pub fn areas(results: &Results, on_screen: ServiceKind, lang: Lang) -> Table<'_, AreaLine<'_>> {
    let measure = results.measure();
    let mut columns: Vec<Column<'_, AreaLine<'_>>> = vec![
        Column::new("area_code", |line: &AreaLine<'_>| {
            let area = line.row.area.and_then(|ix| results.situation.areas.get(ix.at()));
            Value::text(area.map(|area| area.code.clone()).unwrap_or_default())
        }),
        Column::new("area", move |line: &AreaLine<'_>| Value::text(line.title(results, lang)))
            .shown_as(shown(0, lang.pick("Kommun", "Municipality"), 170.0)),
        Column::new("people", |line: &AreaLine<'_>| Value::People(line.row.people)).shown_as(shown(
            1,
            lang.pick("Personer", "People"),
            104.0,
        )),
        Column::new("cells", |line: &AreaLine<'_>| Value::count(line.row.cells)),
    ];
    for kind in &results.kinds {
        let kind = &kind.coverage;
        columns.extend(of_kind(kind.kind, kind.times.is_some(), kind.kind == on_screen, measure, lang));
    }
    if results.rural.is_some() {
        columns.extend(RuralGroup::ALL.into_iter().enumerate().map(|(at, group)| {
            let id = format!("people_{}", group.id().replace('-', "_"));
            let turn = 20 + u8::try_from(at).unwrap_or(u8::MAX - 20);
            Column::new(id, move |line: &AreaLine<'_>| {
                Value::people(line.row.groups.map(|groups| groups[at]))
            })
            .shown_as(shown(turn, group.said(lang), 104.0))
        }));
        columns.push(Column::new("people_without_group", |line: &AreaLine<'_>| {
            Value::people(line.row.groups.map(|groups| groups[RuralGroup::ALL.len()]))
        }));
    }
    Table { columns }
}

fn of_kind<'a>(
    kind: ServiceKind,
    has_times: bool,
    is_shown: bool,
    measure: Measure,
    lang: Lang,
) -> Vec<Column<'a, AreaLine<'a>>> {
    let id = kind.id();
    let of = move |row: &AreaRow| row.kinds.iter().find(|known| known.kind == kind).cloned();
    let people = |id: String, people: fn(&AreaKind) -> Value| {
        Column::new(id, move |line: &AreaLine<'_>| of(&line.row).map_or(Value::Nothing, |kind| people(&kind)))
    };
    let mut columns = vec![
        people(format!("{id}_people_beyond"), |kind| Value::People(kind.people_beyond))
            .shown_if(is_shown, shown(2, lang.pick("Bortom gränsen", "Beyond threshold"), 104.0)),
        people(format!("{id}_people_without_value"), |kind| Value::People(kind.people_without_value)),
        Column::new(format!("{id}_share_within"), move |line: &AreaLine<'_>| {
            let all = line.row.people;
            let found = of(&line.row).filter(|_| all > People::ZERO);
            found.map_or(Value::Nothing, |kind| {
                let within = all.value() - kind.people_beyond.value() - kind.people_without_value.value();
                Value::Share((within / all.value()).clamp(0.0, 1.0))
            })
        }),
    ];
    let figures = |unit: Measure| {
        let name = unit.unit();
        (10u8..).zip(FIGURES).map(move |(turn, (figure, title, of_spread))| {
            Column::new(format!("{id}_{figure}_{name}"), move |line: &AreaLine<'_>| {
                let cost = of(&line.row).and_then(|kind| match unit {
                    Measure::Distance => of_spread(&kind.lengths),
                    Measure::Time => kind.times.as_ref().and_then(of_spread),
                });
                match unit {
                    Measure::Distance => Value::km(cost.map(Cost::metres)),
                    Measure::Time => Value::minutes(cost.map(Cost::seconds)),
                }
            })
            .shown_if(is_shown && unit == measure, shown(turn, format!("{} {name}", title(lang)), 104.0))
        })
    };
    columns.extend(figures(Measure::Distance));
    if has_times {
        columns.extend(figures(Measure::Time));
    }
    if is_shown {
        let share = move |line: &AreaLine<'_>| {
            of(&line.row)
                .map_or(Value::Nothing, |kind| Value::Share(kind.people_beyond.share_of(line.row.people)))
        };
        columns.push(Column::of_screen("share", shown(3, lang.pick("Andel", "Share"), 104.0), share));
    }
    columns
}
