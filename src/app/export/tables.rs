//! Tables for a spreadsheet: areas, candidates and cells as CSV, also as a Swedish Excel opens it.

use std::path::{Path, PathBuf};

use super::style::{CsvStyle, service_name};
use crate::analysis::Spread;
use crate::app::Results;
use crate::io::{IoError, refuse_overwriting, write_atomically};
use crate::lang::{Lang, Said};
use crate::model::{RuralGroup, ServiceKind};
use crate::units::{Cost, Metres, People, Seconds};

/// One cell of a table.
pub(in crate::app) enum Field {
    Text(String),
    Number(f64, usize),
    Nothing,
}

impl Field {
    fn km(length: Option<Metres>) -> Self {
        length.map_or(Self::Nothing, |length| Self::Number(length.km(), 3))
    }

    fn minutes(time: Option<Seconds>) -> Self {
        time.map_or(Self::Nothing, |time| Self::Number(time.minutes(), 2))
    }

    fn people(people: People) -> Self {
        Self::Number(people.value(), usize::from(people.value().fract().abs() > 1e-9))
    }

    fn write(&self, style: CsvStyle) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value, decimals) => {
                let text = format!("{value:.decimals$}");
                if style == CsvStyle::Swedish { text.replace('.', ",") } else { text }
            }
            Self::Nothing => String::new(),
        }
    }
}

pub(in crate::app) fn write_table(
    path: &Path,
    style: CsvStyle,
    header: &[String],
    rows: Vec<Vec<Field>>,
) -> Result<(), IoError> {
    let failed =
        |message: String| IoError::Write { path: path.to_owned(), source: std::io::Error::other(message) };
    let (bom, delimiter): (&[u8], u8) = match style {
        CsvStyle::Plain => (b"", b','),
        CsvStyle::Swedish => (b"\xef\xbb\xbf", b';'),
    };
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    table.write_record(header).map_err(|error| failed(error.to_string()))?;
    for row in rows {
        let row = row.iter().map(|field| field.write(style));
        table.write_record(row).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = table.into_inner().map_err(|error| failed(error.to_string()))?;
    write_atomically(path, &[bom, &bytes])
}

/// The table of areas; its rows sum to the people in.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_areas(path: &Path, results: &Results, style: CsvStyle) -> Result<(), IoError> {
    let mut header: Vec<String> = ["area_code", "area", "people", "cells"].map(String::from).into();
    for kind in &results.kinds {
        let id = kind.coverage.kind.id();
        for part in ["people_beyond", "people_without_value", "mean_km", "p50_km", "p90_km", "max_km"] {
            header.push(format!("{id}_{part}"));
        }
        if kind.coverage.times.is_some() {
            header.extend(["mean_min", "p50_min", "p90_min", "max_min"].map(|part| format!("{id}_{part}")));
        }
    }
    if results.rural.is_some() {
        let groups = RuralGroup::ALL.map(|group| group.id().replace('-', "_"));
        header.extend(groups.map(|group| format!("people_{group}")));
        header.push("people_without_group".into());
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of cells")]
    let rows = results.areas.iter().map(|row| {
        let area = row.area.and_then(|ix| results.situation.areas.get(ix.at()));
        let mut fields = vec![
            Field::Text(area.map(|area| area.code.clone()).unwrap_or_default()),
            Field::Text(row.title(&results.situation, Lang::En)),
            Field::people(row.people),
            Field::Number(row.cells as f64, 0),
        ];
        for kind in &row.kinds {
            fields.push(Field::people(kind.people_beyond));
            fields.push(Field::people(kind.people_without_value));
            let figures = |spread: Spread| [spread.mean, spread.p50, spread.p90, spread.max];
            fields.extend(figures(kind.lengths).map(|cost| Field::km(cost.map(Cost::metres))));
            if let Some(times) = kind.times {
                fields.extend(figures(times).map(|cost| Field::minutes(cost.map(Cost::seconds))));
            }
        }
        fields.extend(row.groups.into_iter().flatten().map(Field::people));
        fields
    });
    write_table(path, style, &header, rows.collect())
}

/// The table of candidates.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_candidate_table(path: &Path, results: &Results, style: CsvStyle) -> Result<(), IoError> {
    let measure = results.measure();
    let unit = measure.unit();
    let [near, far] = results.project.parameters.radii(measure).map(|radius| measure.in_units(radius));
    let mut header: Vec<String> =
        ["id", "name", "municipality", "status", "status_date", "verdict"].map(String::from).into();
    header.extend(crate::siting::Rule::ALL.map(|rule| rule.id().to_owned()));
    header.extend([format!("people_within_{near}_{unit}"), format!("people_within_{far}_{unit}")]);
    header.extend(
        ["people_nearest", "sot_gap_people", "people_left_without_if_closed", "extra_person_km_if_closed"]
            .map(String::from),
    );
    header.extend(ServiceKind::measured().map(|kind| format!("nearest_{}_km", kind.id())));
    header.extend(ServiceKind::measured().map(|kind| format!("nearest_{}_min", kind.id())));
    let rows = results.candidates.iter().map(|candidate| {
        let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
        let text = |text: Option<&str>| Field::Text(text.unwrap_or_default().into());
        let mut fields = vec![
            Field::Text(candidate.site.text()),
            Field::Text(candidate.name.clone()),
            text(results.situation.area_name(candidate.area)),
            text(sot.map(|sot| sot.status.id())),
            text(sot.map(|sot| sot.status_date.as_str())),
            text(Some(candidate.verdict.id())),
        ];
        fields.extend(candidate.rules.iter().map(|rule| Field::Text(rule.outcome.id().into())));
        fields.extend(candidate.people_within.map(Field::people));
        fields.push(candidate.people_nearest.map_or(Field::Nothing, Field::people));
        fields.push(candidate.gap_people.map_or(Field::Nothing, Field::people));
        fields.push(candidate.people_left_without.map_or(Field::Nothing, Field::people));
        fields.push(candidate.extra_person_km.map_or(Field::Nothing, |km| Field::Number(km, 1)));
        let trip = |kind| candidate.nearest(kind).map(|unit| unit.trip);
        fields.extend(ServiceKind::measured().map(|kind| Field::km(trip(kind).map(|trip| trip.length))));
        fields.extend(
            ServiceKind::measured().map(|kind| Field::minutes(trip(kind).and_then(|trip| trip.time))),
        );
        fields
    });
    write_table(path, style, &header, rows.collect())
}

/// The number of a cell in its file.
fn cell_number(results: &Results, cell: usize) -> u32 {
    let origin = results.situation.demand.origins[cell];
    let layer = results.project.layer(origin.layer);
    let feature = layer.and_then(|layer| layer.table.features.get(origin.feature_ix as usize));
    feature.map_or(origin.feature_ix + 1, |feature| feature.number)
}

/// The table of cells, one row a cell.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_cell_table(path: &Path, results: &Results, style: CsvStyle) -> Result<(), IoError> {
    let mut header: Vec<String> = ["cell", "lon", "lat", "people", "municipality"].map(String::from).into();
    header.extend(results.kinds.iter().flat_map(|kind| {
        let id = kind.coverage.kind.id();
        [format!("{id}_km"), format!("{id}_min"), format!("{id}_name")]
    }));
    let demand = &results.situation.demand;
    let rows = (0..demand.len()).map(|cell| {
        let place = demand.places[cell];
        let mut fields = vec![
            Field::Number(f64::from(cell_number(results, cell)), 0),
            Field::Number(place.lon, 6),
            Field::Number(place.lat, 6),
            Field::people(demand.people[cell]),
            Field::Text(results.situation.area_name(demand.areas[cell]).unwrap_or_default().into()),
        ];
        for kind in &results.kinds {
            match kind.coverage.at(cell, 0) {
                Ok((service, trip)) => {
                    fields.push(Field::km(Some(trip.length)));
                    fields.push(Field::minutes(trip.time));
                    fields.push(Field::Text(service_name(results, service).into()));
                }
                Err(reason) => {
                    fields.extend([Field::Nothing, Field::Nothing, Field::Text(reason.id().into())]);
                }
            }
        }
        fields
    });
    write_table(path, style, &header, rows.collect())
}

/// The table of a comparison with another program's distances.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_pipos(
    path: &Path,
    comparison: &crate::app::pipos::Comparison,
    style: CsvStyle,
    inputs: &[PathBuf],
) -> Result<(), IoError> {
    refuse_overwriting(inputs.iter().map(PathBuf::as_path), [path])?;
    let header = [
        "id",
        "lon",
        "lat",
        "people",
        "pipos_km",
        "sotplan_km",
        "difference_km",
        "difference_percent",
        "service",
        "why",
    ];
    let rows = comparison.rows.iter().map(|row| {
        let text = |text: Option<String>| Field::Text(text.unwrap_or_default());
        let part = |more: f64| more / row.theirs.value().max(1.0) * 100.0;
        vec![
            Field::Text(row.label.clone()),
            Field::Number(row.place.lon, 6),
            Field::Number(row.place.lat, 6),
            row.people.map_or(Field::Nothing, Field::people),
            Field::km(Some(row.theirs)),
            Field::km(row.ours),
            row.more().map_or(Field::Nothing, |more| Field::Number(more / 1000.0, 3)),
            row.more().map_or(Field::Nothing, |more| Field::Number(part(more), 2)),
            text(row.service.clone()),
            text(row.why.as_ref().map(|why| why.said(Lang::En))),
        ]
    });
    write_table(path, style, &header.map(String::from), rows.collect())
}
