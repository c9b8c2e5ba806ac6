//! The table of a comparison with another program's distances: both, their difference, and its likely reason.

use super::column::{Column, Table, shown};
use super::value::Value;
use crate::app::pipos::Compared;
use crate::lang::{Lang, Said};
use crate::units::Metres;

/// The table of a comparison, a row a square.
#[must_use]
pub fn pipos<'a>(lang: Lang) -> Table<'a, &'a Compared> {
    let km = |length: Option<Metres>| {
        length.map_or(Value::Nothing, |length| Value::Number {
            value: length.km(),
            in_files: 3,
            on_screen: 2,
        })
    };
    let part = |row: &Compared| row.more().map(|more| more / row.theirs.value().max(1.0) * 100.0);
    let columns: Vec<Column<'a, &'a Compared>> = vec![
        Column::new("id", |row: &&Compared| Value::text(&row.label)).shown_as(shown(
            0,
            lang.pick("Ruta", "Square"),
            130.0,
        )),
        Column::new("lon", |row: &&Compared| Value::number(row.place.lon, 6)),
        Column::new("lat", |row: &&Compared| Value::number(row.place.lat, 6)),
        Column::new("people", |row: &&Compared| Value::people(row.people)).shown_as(shown(
            4,
            lang.pick("Personer", "People"),
            76.0,
        )),
        Column::new("pipos_km", move |row: &&Compared| km(Some(row.theirs)))
            .shown_as(shown(1, "Pipos km", 80.0)),
        Column::new("sotplan_km", move |row: &&Compared| km(row.ours)).shown_as(shown(2, "Sotplan km", 84.0)),
        Column::new("difference_km", |row: &&Compared| {
            row.more().map_or(Value::Nothing, |more| Value::Difference {
                value: more / 1000.0,
                in_files: 3,
                on_screen: 2,
            })
        })
        .shown_as(shown(3, lang.pick("Skillnad km", "Difference km"), 96.0)),
        Column::new("difference_percent", move |row: &&Compared| {
            part(row).map_or(Value::Nothing, |part| Value::number(part, 2))
        }),
        Column::new("service", |row: &&Compared| Value::text(row.service.clone().unwrap_or_default()))
            .shown_as(shown(5, lang.pick("Närmaste här", "Nearest here"), 150.0)),
        Column::new("why", move |row: &&Compared| {
            Value::text(row.why.as_ref().map(|why| why.said(lang)).unwrap_or_default())
        })
        .shown_as(shown(6, lang.pick("Trolig orsak", "Likely reason"), 260.0)),
    ];
    Table { columns }
}
