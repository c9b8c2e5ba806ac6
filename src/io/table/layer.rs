//! How does a table become a layer? Each row a feature where it says that it stands; rows of a table that says no
//! places are kept for joining.

use std::ops::Range;

use rayon::prelude::*;

use super::kinds::{Kind, Seen, entry, look_at};
use super::places::{SAMPLE, Sample, find};
use super::spots::{Placed, corner_of, of_row, side_of};
use super::systems;
use super::{Cells, Head};
use crate::geometry::Crs;
use crate::io::IoError;
use crate::io::features::{Intake, Placing};
use crate::io::input::{LoadOptions, ReadLayer};
use crate::lang::Lang;
use crate::model::recognise::folded;
use crate::model::{ContextUse, Entry, Gives, LayerReport, Message, Refusal, Remark, RemarkKind, Role};
use crate::progress::Progress;
use crate::say_many;

/// Rows handled between two looks at "stop?".
const CHUNK: usize = 4096;

/// Spreadsheets have no more.
const MOST_COLUMNS: usize = 16_384;

/// A table that is read, and what was found of it before its rows.
pub(in crate::io) struct Source<'a> {
    /// The file, and the table in it where it holds several.
    pub file: &'a str,
    /// Its rows, in parts; the names stand in the first.
    pub parts: Vec<Cells>,
    /// What is to be said of how it was read.
    pub remarks: Vec<Remark>,
}

/// Some rows of a part, and the number of the first: they are counted from 1 below the names.
struct Run<'a> {
    cells: &'a Cells,
    rows: Range<usize>,
    first: u32,
}

/// Reads a table as a layer.
///
/// # Errors
/// [`IoError`] when it is empty, is in an unknown system, when no row can be used, or when cancelled.
pub(in crate::io) fn layer(
    source: Source<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let Source { file, parts, remarks } = source;
    let empty = || {
        let message = Message::new("tabellen är tom", "the table is empty");
        IoError::Table { file: file.into(), message }
    };
    let head = Head::of(parts.first().ok_or_else(empty)?);
    let width = head.names.len();
    if width > MOST_COLUMNS {
        let message = Message::new(
            format!("tabellen har {width} kolumner, vilket inget register har. Är det rätt fil?"),
            format!("the table has {width} columns, which no register has. Is it the right file?"),
        );
        return Err(IoError::Table { file: file.into(), message });
    }
    let runs = runs(&parts, head.first);
    let rows_in = runs.iter().map(|run| run.rows.len()).sum();
    if rows_in == 0 {
        return Err(empty());
    }
    let mut report = LayerReport { features_in: rows_in, remarks, ..LayerReport::default() };
    let mut remark = |kind| report.remarks.push(Remark { number: None, kind, place: None });
    head.messages().into_iter().for_each(|message| remark(RemarkKind::TableForm { message }));

    let sample = sample_of(&runs, rows_in);
    // One small square among larger ones tells that all are small: all rows are looked at.
    let side_m = |column: usize| {
        let rows = runs.iter().flat_map(|run| run.rows.clone().map(|row| run.cells.get(row, column)));
        side_of(rows.filter_map(corner_of))
    };
    let found = find(&head.names, &sample, side_m);
    found.messages.into_iter().for_each(|message| remark(RemarkKind::TableForm { message }));
    let placed = in_order(found.placed, &head.names, &sample, &mut remark);
    let seen = seen_in(&runs, head.names.len(), progress)?;
    faults(&head.names, &seen, &mut remark);

    if placed == Placed::Nowhere {
        let gets_places = options.reading.joins.iter().any(|join| join.gives == Gives::Places);
        // Whoever asks for places gets no empty layer.
        if !gets_places && options.role.as_ref().is_some_and(|role| !matches!(role, Role::Context(_))) {
            return Err(IoError::Table { file: file.into(), message: no_places(&head.names) });
        }
        if !gets_places {
            remark(RemarkKind::AboutFile { message: no_places(&head.names) });
        }
        let rows = Rows::new(&head.names, &seen, &placed, &[]);
        let intake = rows.taken(&runs, &Placing::new(Crs::Wgs84), progress)?;
        let table = intake.finish_placeless(report);
        let role = (!gets_places).then_some(Role::Context(ContextUse::Other));
        return Ok(ReadLayer { role, ..ReadLayer::new(table, Crs::Wgs84, false) });
    }
    let system = systems::of(file, &head.names, &placed, &sample, options)?;
    system.remark.into_iter().for_each(&mut remark);
    if let Some(message) = may_be_corners(&placed, &sample) {
        remark(RemarkKind::TableForm { message });
    }
    // Text of shapes would only be kept twice.
    let left_out: &[usize] = match &placed {
        Placed::Shape { column } => &[*column],
        _ => &[],
    };
    let rows = Rows::new(&head.names, &seen, &placed, left_out);
    let intake = rows.taken(&runs, &Placing::new(system.crs), progress)?;
    Ok(ReadLayer::new(intake.finish(file, report)?, system.crs, system.is_assumed))
}

fn runs(parts: &[Cells], first: usize) -> Vec<Run<'_>> {
    let mut out = Vec::new();
    let mut number = 1_u32;
    for (at, cells) in parts.iter().enumerate() {
        let mut from = if at == 0 { first } else { 0 };
        while from < cells.len() {
            let rows = from..cells.len().min(from + CHUNK);
            let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            from = rows.end;
            out.push(Run { cells, rows, first: number });
            number = number.saturating_add(count);
        }
    }
    out
}

fn sample_of<'a>(runs: &[Run<'a>], rows_in: usize) -> Sample<'a> {
    let step = (rows_in / SAMPLE).max(1);
    let rows = runs.iter().flat_map(|run| run.rows.clone().map(|row| (run.cells, row))).step_by(step);
    Sample { rows: rows.collect() }
}

fn seen_in(runs: &[Run<'_>], width: usize, progress: &dyn Progress) -> Result<Vec<Seen>, IoError> {
    let look = |run: &Run<'_>| {
        progress.check()?;
        Ok(look_at(run.cells, run.rows.clone(), run.first, width))
    };
    let all: Result<Vec<Vec<Seen>>, IoError> = runs.par_iter().map(look).collect();
    let mut seen = vec![Seen::default(); width];
    for part in all? {
        seen.iter_mut().zip(part).for_each(|(seen, part)| seen.append(part));
    }
    Ok(seen)
}

/// In Swedish geodesy x points north: columns that are called so are exchanged, and that is said.
fn in_order(
    placed: Placed,
    names: &[String],
    sample: &Sample<'_>,
    remark: &mut impl FnMut(RemarkKind),
) -> Placed {
    let Placed::Axes { east, north, is_degrees } = placed else { return placed };
    let seen = sample.pairs(east, north);
    // Northings of Sweden beside eastings of its systems (RT 90 up to 1 900 km), or its latitudes and longitudes.
    let is_exchanged = |(x, y): &&(f64, f64)| {
        let is_plane = (6.0e6..7.9e6).contains(x) && (0.0..2.0e6).contains(y);
        let is_lat_lon = (54.0..72.0).contains(x) && (4.0..33.0).contains(y);
        is_plane || is_lat_lon
    };
    if seen.iter().filter(is_exchanged).count() * 2 <= seen.len() {
        return placed;
    }
    let (e, n) = (&names[east], &names[north]);
    let message = Message::new(
        format!("{e} är nordkoordinaten och {n} östkoordinaten, av talen att döma, och används så"),
        format!(
            "{e} is the northing and {n} the easting, judging by the numbers, and they are used that way"
        ),
    );
    remark(RemarkKind::TableForm { message });
    Placed::Axes { east: north, north: east, is_degrees }
}

/// Whole kilometres alone are hardly places, rather corners of squares: half a kilometre beside their middle.
fn may_be_corners(placed: &Placed, sample: &Sample<'_>) -> Option<Message> {
    let Placed::Axes { east, north, is_degrees: false } = *placed else { return None };
    let seen = sample.pairs(east, north);
    let is_whole = |(x, y): &(f64, f64)| x.abs() > 1000.0 && x % 1000.0 == 0.0 && y % 1000.0 == 0.0;
    (seen.len() >= 20 && seen.iter().all(is_whole)).then(|| {
        Message::new(
            "alla koordinater är hela kilometer: är de hörn av rutor ligger varje punkt en halv ruta från rutans mitt. En kolumn rutid, eller mittpunkternas koordinater, ger rätt läge",
            "all coordinates are whole kilometres: if they are corners of squares, each point lies half a square from the square's middle. A column rutid, or the coordinates of the middles, gives the right place",
        )
    })
}

fn no_places(names: &[String]) -> Message {
    let columns = names.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
    Message::new(
        format!(
            "tabellen säger inte var raderna ligger och visas inte på kartan; den är för koppling till annat. Har den koordinater: döp kolumnerna till x och y, lon och lat, wkt eller rutid. Platser kan också hämtas från ett annat lager (--places-from). Kolumner: {columns}"
        ),
        format!(
            "the table does not say where its rows stand and is not shown on the map; it is for joining. If it has coordinates, call the columns x and y, lon and lat, wkt or rutid. Places can also be taken from another layer (--places-from). Columns: {columns}"
        ),
    )
}

/// What stands in columns in place of a value is said, once for each column.
fn faults(names: &[String], seen: &[Seen], remark: &mut impl FnMut(RemarkKind)) {
    for (name, seen) in names.iter().zip(seen) {
        if seen.faults.0 > 0 {
            remark(RemarkKind::TableForm { message: faulty(name, &seen.faults) });
        }
        if seen.nothings.0 > 0 && seen.numbers > 0 {
            remark(RemarkKind::TableForm { message: empty_by_word(name, &seen.nothings) });
        }
    }
}

fn faulty(name: &str, (count, rows): &(usize, Vec<u32>)) -> Message {
    let rows = listed(*count, rows);
    let said = |lang| {
        say_many!(
            lang,
            *count,
            "{name}: {count} cell har ett felvärde (som #N/A eller #SAKNAS!) och räknas som tom; datarad {rows}"
                | "{name}: {count} celler har ett felvärde (som #N/A eller #SAKNAS!) och räknas som tomma; datarad {rows}",
            "{name}: {count} cell holds an error (such as #N/A) and counts as empty; data row {rows}"
                | "{name}: {count} cells hold an error (such as #N/A) and count as empty; data rows {rows}",
        )
    };
    Message::new(said(Lang::Sv), said(Lang::En))
}

fn empty_by_word(name: &str, (count, rows): &(usize, Vec<u32>)) -> Message {
    let rows = listed(*count, rows);
    let said = |lang| {
        say_many!(
            lang,
            *count,
            "{name}: {count} cell säger att värdet saknas (som NA eller ..); datarad {rows}"
                | "{name}: {count} celler säger att värdet saknas (som NA eller ..); datarad {rows}",
            "{name}: {count} cell says that there is no value (such as NA or ..); data row {rows}"
                | "{name}: {count} cells say that there is no value (such as NA or ..); data rows {rows}",
        )
    };
    Message::new(said(Lang::Sv), said(Lang::En))
}

/// The rows that are named, and whether there are more.
fn listed(count: usize, rows: &[u32]) -> String {
    let rest = if count > rows.len() { ", …" } else { "" };
    rows.iter().map(u32::to_string).collect::<Vec<_>>().join(", ") + rest
}

/// How the rows of a table are taken in.
struct Rows<'a> {
    names: &'a [String],
    seen: &'a [Seen],
    placed: &'a Placed,
    kinds: Vec<Option<Kind>>,
    id: Option<usize>,
}

impl<'a> Rows<'a> {
    fn new(names: &'a [String], seen: &'a [Seen], placed: &'a Placed, left_out: &[usize]) -> Self {
        let has_comma = seen.iter().any(Seen::has_comma);
        let kind =
            |(column, seen): (usize, &Seen)| (!left_out.contains(&column)).then(|| seen.kind(has_comma));
        let kinds = seen.iter().enumerate().map(kind).collect();
        let id = names.iter().position(|name| folded(name) == "id");
        Self { names, seen, placed, kinds, id }
    }

    /// Takes each row in as a feature, all cores at work, order kept.
    fn taken(&self, runs: &[Run<'_>], placing: &Placing, progress: &dyn Progress) -> Result<Intake, IoError> {
        let total = runs.len() as u64;
        let done = std::sync::atomic::AtomicU64::new(0);
        let take = |run: &Run<'_>| {
            progress.check()?;
            let intake = self.run(run, placing);
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            progress.report(total + done, total * 2);
            Ok(intake)
        };
        let parts: Result<Vec<Intake>, IoError> = runs.par_iter().map(take).collect();
        let mut all = self.columns();
        for (column, (at, kind)) in self.wanted().enumerate() {
            let seen = &self.seen[at];
            // Among texts such a word is a text.
            let words = if kind == Kind::Text { seen.nothings.0 } else { 0 };
            all.columns.tally(column, seen.filled + words, seen.numbers, &seen.samples);
        }
        parts?.into_iter().for_each(|part| all.append(part));
        Ok(all)
    }

    /// The columns that are kept, with their types.
    fn wanted(&self) -> impl Iterator<Item = (usize, Kind)> {
        self.kinds.iter().enumerate().filter_map(|(at, kind)| Some((at, (*kind)?)))
    }

    /// Nothing yet, but all columns in their order.
    fn columns(&self) -> Intake {
        let mut intake = Intake::default();
        for (at, _) in self.wanted() {
            intake.columns.column(&self.names[at]);
        }
        intake
    }

    fn run(&self, run: &Run<'_>, placing: &Placing) -> Intake {
        let mut intake = self.columns();
        let wanted: Vec<(usize, Kind)> = self.wanted().collect();
        let mut remarks = Vec::new();
        for (number, row) in (run.first..).zip(run.rows.clone()) {
            let cells = run.cells;
            let width = cells.width(row);
            let placed = if width > self.names.len() {
                Err(Refusal::RowTooLong { found: width, columns: self.names.len(), line: cells.line(row) })
            } else {
                of_row(cells, row, self.names, self.placed)
                    .and_then(|shape| placing.place(shape, &mut remarks))
            };
            let id = self.id.map(|id| cells.get(row, id)).filter(|id| !id.is_empty()).map(Into::into);
            let value = |(column, (at, kind)): (usize, &(usize, Kind))| -> Option<(usize, Entry<'_>)> {
                Some((column, entry(cells.get(row, *at), *kind)?))
            };
            intake.take(number, id, placed, remarks.drain(..), wanted.iter().enumerate().filter_map(value));
        }
        intake
    }
}
