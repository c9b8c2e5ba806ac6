//! The table of cells: where each is, how many people it holds, the nearest of each kind of service.

use super::column::{Column, Table};
use super::value::Value;
use crate::app::Results;

/// The number of a cell in its file.
fn number(results: &Results, cell: usize) -> u32 {
    let origin = results.situation.demand.origins[cell];
    let layer = results.project.layer(origin.layer);
    let feature = layer.and_then(|layer| layer.table.features.get(origin.feature_ix as usize));
    feature.map_or(origin.feature_ix + 1, |feature| feature.number)
}

/// The table of cells; a row is a position in the demand.
#[must_use]
pub fn cells(results: &Results) -> Table<'_, usize> {
    let demand = &results.situation.demand;
    let mut columns: Vec<Column<'_, usize>> = vec![
        Column::new("cell", |cell: &usize| Value::number(f64::from(number(results, *cell)), 0)),
        Column::new("lon", |cell: &usize| Value::number(demand.places[*cell].lon, 6)),
        Column::new("lat", |cell: &usize| Value::number(demand.places[*cell].lat, 6)),
        Column::new("people", |cell: &usize| Value::People(demand.people[*cell])),
        Column::new("municipality", |cell: &usize| {
            Value::text(results.situation.area_name(demand.areas[*cell]).unwrap_or_default())
        }),
    ];
    for kind in &results.kinds {
        let (id, coverage) = (kind.coverage.kind.id(), &kind.coverage);
        columns.extend([
            Column::new(format!("{id}_km"), |cell: &usize| {
                Value::km(coverage.at(*cell, 0).ok().map(|(_, trip)| trip.length))
            }),
            Column::new(format!("{id}_min"), |cell: &usize| {
                Value::minutes(coverage.at(*cell, 0).ok().and_then(|(_, trip)| trip.time))
            }),
            // Where there is no way, the reason stands here.
            Column::new(format!("{id}_name"), |cell: &usize| match coverage.at(*cell, 0) {
                Ok((service, _)) => Value::text(results.situation.service_name(service)),
                Err(reason) => Value::text(reason.id()),
            }),
        ]);
    }
    Table { columns }
}
