//! The county table: people, land, density and full-range stores of each municipality, its county and the country, as the
//! data have them and as they were printed.

use super::column::{Column, Table, shown};
use super::value::Value;
use crate::app::municipality::{CountyTable, Flag, LandBy, Line, printed};
use crate::lang::{Lang, Said};

type Of<'a> = Column<'a, &'a Line>;

fn number(value: Option<f64>, in_files: usize, on_screen: usize) -> Value {
    value.map_or(Value::Nothing, |value| Value::Number { value, in_files, on_screen })
}

fn difference(value: Option<f64>, decimals: usize) -> Value {
    value.map_or(Value::Nothing, |value| Value::Difference { value, in_files: decimals, on_screen: decimals })
}

fn count(count: Option<usize>) -> Value {
    count.map_or(Value::Nothing, Value::count)
}

/// The table; columns of what nobody knows, of any row, are only in files.
#[must_use]
pub fn county(table: &CountyTable, lang: Lang) -> Table<'_, &Line> {
    let mut columns = names(lang);
    columns.extend(people(table, lang));
    columns.extend(land(table, lang));
    columns.extend(stores(table, lang));
    columns.extend(said(table, lang));
    Table { columns }
}

fn names<'a>(lang: Lang) -> Vec<Of<'a>> {
    vec![
        Column::new("level", |line: &&Line| Value::text(line.kind.id())),
        Column::new("code", |line: &&Line| Value::text(line.code.clone())),
        Column::new("area", move |line: &&Line| Value::text(line.name.said(lang))).shown_as(shown(
            0,
            lang.pick("Kommun eller län", "Municipality or county"),
            170.0,
        )),
        Column::new("municipalities_in_data", |line: &&Line| count(line.parts.map(|(held, _)| held))),
        Column::new("municipalities", |line: &&Line| count(line.parts.map(|(_, of)| of))),
    ]
}

fn people<'a>(table: &CountyTable, lang: Lang) -> Vec<Of<'a>> {
    let has_printed = table.has_printed();
    let dates = table.people_dates.said(Lang::En);
    vec![
        Column::new("people", |line: &&Line| Value::people(line.people)).shown_as(shown(
            1,
            lang.pick("Folkmängd i data", "People in data"),
            124.0,
        )),
        Column::new("people_date", move |line: &&Line| {
            Value::text(if line.people.is_some() { dates.clone() } else { String::new() })
        }),
        Column::new("people_printed", |line: &&Line| number(line.printed.map(|row| row.people), 0, 0))
            .shown_if(has_printed, shown(2, lang.pick("i tryck", "printed"), 84.0)),
        Column::new("people_difference", |line: &&Line| {
            let by = line.people_difference();
            difference(by, usize::from(by.is_some_and(|by| by.fract().abs() > 1e-9)))
        })
        .shown_if(has_printed, shown(3, lang.pick("skillnad", "difference"), 84.0)),
    ]
}

fn land<'a>(table: &CountyTable, lang: Lang) -> Vec<Of<'a>> {
    let has_printed = table.has_printed();
    let decimals = |line: &&Line| line.printed.map_or(1, |row| row.decimals);
    vec![
        Column::new("land_km2", |line: &&Line| number(line.land_km2, 2, 0))
            .shown_if(table.has_land(), shown(5, lang.pick("Land km² i data", "Land km² in data"), 120.0)),
        Column::new("land_km2_printed", |line: &&Line| number(line.printed.map(|row| row.land_km2), 0, 0))
            .shown_if(has_printed, shown(6, lang.pick("Land km² i tryck", "Land km² printed"), 120.0)),
        Column::new("land_km2_difference", |line: &&Line| difference(line.land_difference(), 2)),
        Column::new("polygon_with_water_km2", |line: &&Line| number(line.polygon_km2, 1, 0)).shown_if(
            table.has_polygons(),
            shown(7, lang.pick("Yta km² med vatten", "Area km² with water"), 142.0),
        ),
        Column::new("people_per_km2", |line: &&Line| number(line.density().map(|(of, _)| of), 3, 1))
            .shown_if(
                has_printed || table.has_land(),
                shown(8, lang.pick("Inv/km² i data", "Per km² in data"), 112.0),
            ),
        Column::new("people_per_km2_by_land", |line: &&Line| {
            Value::text(line.density().map_or("", |(_, by): (f64, LandBy)| by.id()))
        }),
        Column::new("people_per_km2_printed", move |line: &&Line| {
            let decimals = decimals(line);
            number(line.printed.map(|row| row.density), decimals, decimals)
        })
        .shown_if(has_printed, shown(9, lang.pick("i tryck", "printed"), 72.0)),
        Column::new("people_per_km2_difference", move |line: &&Line| {
            difference(line.density_difference(), decimals(line))
        }),
    ]
}

fn stores<'a>(table: &CountyTable, lang: Lang) -> Vec<Of<'a>> {
    let has_printed = table.has_printed();
    let has_stores = table.lines.iter().any(|line| line.stores.is_some());
    let dates = table.store_dates.said(Lang::En);
    vec![
        Column::new("grocery_stores", |line: &&Line| count(line.stores.map(|stores| stores.all)))
            .shown_if(has_stores, shown(10, lang.pick("Livsmedelsbutiker", "Grocery stores"), 124.0)),
        Column::new("full_range_stores", |line: &&Line| count(line.stores.map(|stores| stores.full_range)))
            .shown_if(has_stores, shown(11, lang.pick("fullsortiment", "full range"), 104.0)),
        Column::new("full_range_unknown", |line: &&Line| count(line.stores.map(|stores| stores.unknown)))
            .shown_if(has_stores, shown(12, lang.pick("okänt sortiment", "range unknown"), 118.0)),
        Column::new("stores_date", move |line: &&Line| {
            Value::text(if line.stores.is_some() { dates.clone() } else { String::new() })
        }),
        Column::new("full_range_stores_printed", |line: &&Line| {
            number(line.printed.and_then(|row| row.stores).map(f64::from), 0, 0)
        })
        .shown_if(has_printed, shown(13, lang.pick("fullsort. i tryck", "full r. printed"), 112.0)),
        Column::new("full_range_stores_difference", |line: &&Line| difference(line.stores_difference(), 0)),
    ]
}

/// The flags, by their names and in words, and where the print comes from.
fn said<'a>(table: &CountyTable, lang: Lang) -> Vec<Of<'a>> {
    let of_print =
        |text: &'static str| move |line: &&Line| Value::text(if line.printed.is_some() { text } else { "" });
    let remarks = shown(4, lang.pick("Trolig orsak", "Likely reason"), 400.0);
    vec![
        Column::new("printed_date", of_print(printed::DATE)),
        Column::new("printed_source", of_print(printed::source(Lang::En))),
        Column::new("flags", |line: &&Line| {
            Value::text(line.flags.iter().map(Flag::id).collect::<Vec<_>>().join("; "))
        }),
        Column::new("flags_text", |line: &&Line| Value::text(line.remarks(Lang::En))),
        Column::new("flags_text_sv", |line: &&Line| Value::text(line.remarks(Lang::Sv))),
        Column::of_screen("remarks", remarks.clone(), move |line: &&Line| Value::text(line.reasons(lang)))
            .shown_if(table.has_remarks(), remarks),
    ]
}
