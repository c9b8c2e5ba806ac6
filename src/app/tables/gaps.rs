//! The table of gaps: who has too far to a kind of service, and where.

use super::column::{Column, Table, shown};
use super::value::Value;
use crate::analysis::Gap;
use crate::app::Results;
use crate::lang::Lang;
use crate::say;
use crate::units::Cost;

/// A gap with its number, the one with most people first.
pub struct GapLine<'a> {
    pub at: usize,
    pub gap: &'a Gap,
}

/// The table of gaps of one kind.
#[must_use]
pub fn gaps(results: &Results, lang: Lang) -> Table<'_, GapLine<'_>> {
    let measure = results.measure();
    let unit = measure.unit();
    let cost = move |cost: Option<Cost>| {
        cost.map_or(Value::Nothing, |cost| Value::number(measure.in_units(cost), 1))
    };
    let columns: Vec<Column<'_, GapLine<'_>>> = vec![
        Column::of_screen("number", shown(0, "#", 50.0), |line: &GapLine<'_>| Value::count(line.at + 1)),
        Column::of_screen(
            "people",
            shown(1, lang.pick("Personer", "People"), 120.0),
            |line: &GapLine<'_>| Value::People(line.gap.people),
        ),
        Column::of_screen(
            "municipality",
            shown(2, lang.pick("Kommun", "Municipality"), 120.0),
            |line: &GapLine<'_>| Value::text(results.situation.area_name(line.gap.area).unwrap_or_default()),
        ),
        Column::of_screen("cells", shown(3, lang.pick("Rutor", "Cells"), 120.0), |line: &GapLine<'_>| {
            Value::count(line.gap.cells.len())
        }),
        Column::of_screen(
            "mean",
            shown(4, say!(lang, "Medel {unit}", "Mean {unit}"), 120.0),
            move |line: &GapLine<'_>| cost(line.gap.mean),
        ),
        Column::of_screen(
            "max",
            shown(5, say!(lang, "Längst {unit}", "Farthest {unit}"), 120.0),
            move |line: &GapLine<'_>| cost(line.gap.max),
        ),
    ];
    Table { columns }
}
