//! Which lines does a GeoPackage hold? Every table of lines that tells roads, with its columns and its reference
//! system, read side by side over parts of its rows. Does not know what columns mean.

use std::iter;
use std::ops::RangeInclusive;

use geozero::wkb::GpkgWkb;
use geozero::{GeomProcessor, GeozeroGeometry};
use rayon::prelude::*;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement};

use super::columns::Chosen;
use super::join::{Batch, LineBuilder};
use super::values::Cell;
use crate::geometry::{AREA_OF_USE, Crs, LonLat, Reprojection, ground_distance};
use crate::io::IoError;
use crate::io::gpkg::{self, Fault, listed, of_sqlite, open, parts_of, quoted};
use crate::io::input::{Input, ReadRoads, RoadOptions};
use crate::model::roads::RoadPoint;
use crate::model::{LineColumns, Message, recognise};
use crate::progress::Progress;

/// A table of lines.
struct Table {
    name: String,
    geometry: String,
    crs: Crs,
    /// It names no system that is known.
    is_unsaid: bool,
    columns: Vec<String>,
    chosen: Chosen,
    /// Are its rows numbered, as those of a view are not?
    rows: Option<RangeInclusive<i64>>,
}

/// Reads every table of lines that tells roads.
pub(super) fn read(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<ReadRoads, IoError> {
    let file = input.file();
    let connection = gpkg::connected(input, progress)?;
    let tables = tables(&connection, options, file)?;
    let path = input.path(progress)?;
    let mut builder = LineBuilder::default();
    let mut number = 0;
    for table in &tables {
        // A table of a million rows is read in some two hundred parts, each by a connection of its own.
        let parts: Vec<_> = match &table.rows {
            Some(rows) => parts_of(rows).map(Some).collect(),
            None => vec![None],
        };
        // Each thread has a connection of its own.
        let read = |connection: &mut rusqlite::Result<Connection>, part: &Option<RangeInclusive<i64>>| {
            match connection {
                Ok(connection) => read_part(connection, table, part.as_ref(), progress),
                // Once more, to say why.
                Err(_) => read_part(&open(path)?, table, part.as_ref(), progress),
            }
        };
        let batches = parts.par_iter().map_init(|| open(path), read).collect::<Result<Vec<Batch>, Fault>>();
        let batches = batches.map_err(|fault| fault.error(file))?;
        for batch in batches {
            let rows = i64::try_from(batch.len()).unwrap_or(0);
            builder.take(batch, number, &table.chosen);
            number += rows;
        }
    }
    // The one that was said, where a table names none: it decides when the file is read again.
    let first = tables.iter().find(|table| table.is_unsaid).or(tables.first());
    let crs = first.map_or_else(Crs::default, |table| table.crs);
    let crs_assumed = tables.iter().any(|table| table.is_unsaid);
    builder.note_tables(tables.iter().map(|table| table.name.clone()).collect());
    let chosen: Vec<Chosen> = tables.into_iter().map(|table| table.chosen).collect();
    builder.note_columns(&chosen);
    Ok(ReadRoads { roads: builder.finish(), spots: Vec::new(), crs, crs_assumed })
}

/// The tables of lines that tell roads; where none tells any, all of them.
fn tables(connection: &Connection, options: &RoadOptions, file: &str) -> Result<Vec<Table>, IoError> {
    let listed = listed(connection).map_err(|error| of_sqlite(file, &error))?;
    let of_lines: Vec<gpkg::Table> =
        listed.features.into_iter().filter(gpkg::Table::may_hold_lines).collect();
    let of_lines = match &options.columns.table {
        None => of_lines,
        Some(wanted) => {
            let names: Vec<String> = of_lines.iter().map(|table| table.name.clone()).collect();
            let found: Vec<_> = of_lines.into_iter().filter(|table| table.name == *wanted).collect();
            if found.is_empty() {
                let names = names.join(", ");
                let message = Message::new(
                    format!("filen har ingen tabell med linjer som heter {wanted}. Den har: {names}"),
                    format!("the file has no table of lines called {wanted}. It has: {names}"),
                );
                return Err(IoError::File { file: file.to_owned(), message });
            }
            found
        }
    };
    let all: Vec<String> = of_lines.iter().flat_map(|table| table.columns.iter().cloned()).collect();
    let chosen = of_lines
        .into_iter()
        .map(|table| Ok((Chosen::new(&options.columns, &table.columns, &all, file)?, table)))
        .collect::<Result<Vec<(Chosen, gpkg::Table)>, IoError>>()?;
    let tells = |(chosen, table): &(Chosen, gpkg::Table)| chosen.tells_roads() || is_called_road(&table.name);
    let tells_any = chosen.iter().any(tells);
    let mut tables = Vec::with_capacity(chosen.len());
    for (chosen, listed) in chosen.into_iter().filter(|table| !tells_any || tells(table)) {
        // A table names its own system; what is said holds where it names none we know.
        let is_unsaid = listed.crs().is_none();
        let crs = listed.crs().or(options.crs).or_else(|| gpkg::told_by_numbers(connection, &listed));
        let crs = crs
            .ok_or_else(|| IoError::UnsupportedCrs { file: file.to_owned(), found: listed.system.named() })?;
        let gpkg::Table { name, geometry, columns, .. } = listed;
        let rows = gpkg::numbers(connection, &name);
        tables.push(Table { name, geometry, crs, is_unsaid, columns, chosen, rows });
    }
    Ok(tables)
}

/// Does a table hold roads, by its columns or its name?
pub(in crate::io) fn tells_roads(table: &gpkg::Table) -> bool {
    let is_told = is_called_road(&table.name)
        || Chosen::new(&LineColumns::default(), &table.columns, &table.columns, "")
            .is_ok_and(|chosen| chosen.tells_roads());
    table.may_hold_lines() && is_told
}

/// Does a table's name speak of roads?
fn is_called_road(name: &str) -> bool {
    let name = recognise::folded(name);
    ["väg", "vag", "road", "highway", "nvdb", "street"].iter().any(|word| name.contains(word))
}

/// Reads the rows of a part; all of them where there are no parts.
fn read_part(
    connection: &Connection,
    table: &Table,
    part: Option<&RangeInclusive<i64>>,
    progress: &dyn Progress,
) -> Result<Batch, Fault> {
    progress.check()?;
    let wanted = table.chosen.columns();
    let columns = iter::once(&table.geometry).chain(wanted.iter().map(|column| &table.columns[*column]));
    let columns = columns.map(|column| quoted(column)).collect::<Vec<_>>().join(", ");
    let within = if part.is_some() { "WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid" } else { "" };
    let sql = format!("SELECT {columns} FROM {} {within}", quoted(&table.name));
    let mut statement: Statement<'_> = connection.prepare(&sql)?;
    let mut rows = match part {
        Some(part) => statement.query([part.start(), part.end()])?,
        None => statement.query([])?,
    };
    // Where each column stands in the answer.
    let mut places = vec![None; table.columns.len()];
    for (place, column) in (1..).zip(&wanted) {
        places[*column] = Some(place);
    }
    let reprojection = Reprojection::new(table.crs);
    let mut batch = Batch::default();
    let mut lines = Lines::default();
    let mut number = 0;
    while let Some(row) = rows.next()? {
        number += 1;
        if number % 1024 == 0 {
            progress.check()?;
        }
        batch.begin(number);
        match add_lines(row, &reprojection, table.crs, &mut lines, &mut batch) {
            Ok(()) => batch.finish(&table.chosen, |column| cell(row, places[column])),
            Err(reason) => batch.refuse(number, reason, format!("{}.{}", table.name, table.geometry)),
        }
    }
    Ok(batch)
}

/// A value of a row.
fn cell<'a>(row: &Row<'_>, place: Option<usize>) -> Cell<'a> {
    match place.map(|place| row.get_ref(place)) {
        Some(Ok(ValueRef::Integer(number))) => Cell::Integer(number),
        Some(Ok(ValueRef::Real(number))) => Cell::Real(number),
        Some(Ok(ValueRef::Text(text))) => Cell::Text(String::from_utf8_lossy(text).into_owned().into()),
        _ => Cell::Null,
    }
}

/// Adds the lines of a row, or says why it has none.
fn add_lines(
    row: &Row<'_>,
    reprojection: &Reprojection,
    crs: Crs,
    lines: &mut Lines,
    batch: &mut Batch,
) -> Result<(), &'static str> {
    let blob = match row.get_ref(0) {
        Ok(ValueRef::Blob(blob)) => blob,
        Ok(ValueRef::Null) => return Err("no_geometry"),
        _ => return Err("bad_geometry"),
    };
    lines.points.clear();
    lines.ends.clear();
    GpkgWkb(blob).process_geom(lines).map_err(|_| "bad_geometry")?;
    let mut from = 0;
    for to in &lines.ends {
        let line = &mut lines.points[from..*to];
        from = *to;
        let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) else { continue };
        // Ends are compared in metres of one plane, whatever the system of the file.
        let metres =
            |(x, y): (f64, f64)| reprojection.plane_from_source(x, y).map(|plane| (plane.e, plane.n));
        let Some((first, last)) = metres(first).zip(metres(last)) else { return Err("outside_area_of_use") };
        let ends = [first, last];
        let is_plane = crs.is_true_to_length();
        let mut drawn: f64 = if is_plane {
            line.windows(2)
                .map(|ends| {
                    let (dx, dy) = (ends[1].0 - ends[0].0, ends[1].1 - ends[0].1);
                    (dx * dx + dy * dy).sqrt()
                })
                .sum()
        } else {
            0.0
        };
        if !reprojection.to_degrees(line) {
            return Err("outside_area_of_use");
        }
        let place = |(lon, lat): &(f64, f64)| LonLat::new(*lon, *lat);
        if !line.iter().all(|point| AREA_OF_USE.contains(place(point))) {
            return Err("outside_area_of_use");
        }
        if !is_plane {
            drawn =
                line.windows(2).map(|ends| ground_distance(place(&ends[0]), place(&ends[1])).value()).sum();
        }
        batch.line(line.iter().map(|point| RoadPoint::from(place(point))), ends, drawn);
    }
    Ok(())
}

/// Takes in lines. Sizes that the file claims are not believed, so nothing is set aside for them.
#[derive(Default)]
struct Lines {
    points: Vec<(f64, f64)>,
    /// Where each line ends among the points.
    ends: Vec<usize>,
}

impl GeomProcessor for Lines {
    fn linestring_begin(&mut self, _tagged: bool, _size: usize, _idx: usize) -> geozero::error::Result<()> {
        self.ends.push(self.points.len());
        Ok(())
    }

    fn xy(&mut self, x: f64, y: f64, _idx: usize) -> geozero::error::Result<()> {
        // Points and multipoints begin no line: they leave it empty.
        if let Some(end) = self.ends.last_mut() {
            self.points.push((x, y));
            *end = self.points.len();
        }
        Ok(())
    }
}
