//! What does a Parquet file hold? Features, where it says which column is their geometry (`GeoParquet`); else a table.
//! The grammar is the `parquet` crate's, its columns read one by one: its rows take what is nested, and panic on some of
//! what is damaged. Does not know lists and maps, nor roads.

mod claims;
mod fault;
mod group;
mod stated;
#[cfg(test)]
mod tests;
mod values;

use geo::CoordsIter as _;
use parquet::file::metadata::{FileMetaData, ParquetMetaData, ParquetMetaDataReader};
use rayon::prelude::*;

use self::claims::is_sound_description;
use self::fault::{Fault, damaged, too_much};
use self::group::{Batch, Budget, Column, Group};
use self::stated::{Stated, is_geometry, name, stated};
use self::values::{Kind, Said};
use super::IoError;
use super::content::Packing;
use super::features::rows::{Columns, RowIn, told_apart};
use super::features::stated::system;
use super::features::{CRS_SAMPLE, Intake, Placing, remark_file};
use super::gpkg::shape_of_wkb;
use super::input::{Input, LoadOptions, ReadLayer};
use super::table::{self, Cells, Source};
use crate::model::{Entry, LayerReport, Message, Refusal, Remark, RemarkKind};
use crate::progress::Progress;

/// How a file begins and ends.
const MAGIC: &[u8; 4] = b"PAR1";

/// Rows that any file may have, and how many more for its length: rows that say nothing take none.
const ALWAYS_ROWS: u64 = 1 << 20;
const BYTES_OF_ROW: u64 = 4;

/// Is this the beginning of a Parquet file? One that is encrypted says so.
pub(in crate::io) fn is_it(start: &[u8]) -> bool {
    start.starts_with(MAGIC) || start.starts_with(b"PARE")
}

/// Reads a Parquet file as a layer.
///
/// # Errors
/// [`IoError`] when it is none, breaks off or is packed as is not read, when its system is not known, when nothing can
/// be used, or when cancelled.
pub(in crate::io) fn read(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let (file, bytes) = (input.file(), input.bytes(progress)?);
    let failed = |Fault(message): Fault| IoError::File { file: file.into(), message };
    let meta = described(bytes).map_err(failed)?;
    let groups = groups(bytes, &meta).map_err(failed)?;
    let source =
        Described { file, groups, budget: Budget::new(Packing::limit(bytes.len() as u64)), progress };
    let described = meta.file_metadata();
    match stated(described).map_err(|message| failed(Fault(message)))? {
        Some(stated) => source.features(described, stated, options),
        None => source.table(described, options),
    }
}

/// What the end of the file says of the whole.
fn described(bytes: &[u8]) -> Result<ParquetMetaData, Fault> {
    let fault = |what: &str| Fault(damaged(what));
    let (rest, end) = bytes.split_last_chunk::<8>().ok_or_else(|| fault("PAR1"))?;
    if bytes.starts_with(b"PARE") || end.ends_with(b"PARE") {
        let message = Message::new(
            "Parquet-filen är krypterad. Exportera den utan kryptering",
            "the Parquet file is encrypted. Export it without encryption",
        );
        return Err(Fault(message));
    }
    let (length, magic) = end.split_at(4);
    if magic != MAGIC || !bytes.starts_with(MAGIC) {
        return Err(fault("PAR1"));
    }
    let length = length.iter().rev().fold(0, |all: usize, byte| all << 8 | usize::from(*byte));
    let from = rest.len().checked_sub(length).ok_or_else(|| fault("footer"))?;
    let footer = &rest[from..];
    if !is_sound_description(footer) {
        return Err(fault("footer"));
    }
    Ok(ParquetMetaDataReader::decode_metadata(footer)?)
}

/// The parts of a file, with no more rows than it can have.
fn groups<'a>(bytes: &'a [u8], meta: &'a ParquetMetaData) -> Result<Vec<Group<'a>>, Fault> {
    let most = ALWAYS_ROWS + bytes.len() as u64 / BYTES_OF_ROW;
    let mut before = 0usize;
    let mut out = Vec::new();
    for group in meta.row_groups() {
        let rows = usize::try_from(group.num_rows()).map_err(|_| Fault(damaged("num_rows")))?;
        out.push(Group::new(bytes, group, rows, before));
        before =
            before.checked_add(rows).filter(|all| *all as u64 <= most).ok_or_else(|| Fault(too_much()))?;
    }
    Ok(out)
}

/// A file that is described, its rows not read yet.
struct Described<'a> {
    file: &'a str,
    groups: Vec<Group<'a>>,
    budget: Budget,
    progress: &'a dyn Progress,
}

impl Described<'_> {
    fn failed(&self, Fault(message): Fault) -> IoError {
        IoError::File { file: self.file.into(), message }
    }

    fn rows(&self) -> usize {
        self.groups.last().map_or(0, |last| last.before + last.rows)
    }

    /// Its rows as features: the first column that is read is the geometry.
    fn features(
        &self,
        described: &FileMetaData,
        stated: Stated,
        options: &LoadOptions,
    ) -> Result<ReadLayer, IoError> {
        let (mut columns, unread) = columns(described, Some(&stated));
        let geometry = geometry(described, &stated.column).map_err(|fault| self.failed(fault))?;
        columns.insert(0, geometry);
        let mut report = LayerReport { features_in: self.rows(), ..LayerReport::default() };
        remark_file(&mut report, passed_over(&unread));
        // Nobody looks at places where the system is said.
        let is_said = options.crs.is_some() || stated.crs.is_some();
        let seen = if is_said { Vec::new() } else { self.first_positions(&columns[..1])? };
        let (crs, is_assumed) = system(self.file, options, stated.crs, seen, &mut report)?;
        let placing = Placing::new(crs);
        let names: Vec<String> = columns[1..].iter().map(|column| column.name.clone()).collect();
        let take = |group: &Group<'_>| {
            let mut intake = Intake::default();
            let into = Columns::new(&names, &mut intake);
            self.batches(group, &columns, |batch, number| {
                for at in 0..batch.rows {
                    into.take(row(&batch, at, number.saturating_add(at), &names), &placing, &mut intake);
                }
            })?;
            Ok(intake)
        };
        let parts: Result<Vec<Intake>, IoError> = self.groups.par_iter().map(take).collect();
        let mut all = Intake::default();
        Columns::new(&names, &mut all);
        parts?.into_iter().for_each(|part| all.append(part));
        self.progress.report(1, 1);
        Ok(ReadLayer::new(all.finish(self.file, report)?, crs, is_assumed))
    }

    /// Its rows as those of a table of text.
    fn table(&self, described: &FileMetaData, options: &LoadOptions) -> Result<ReadLayer, IoError> {
        let (columns, unread) = columns(described, None);
        let mut head = Cells::default();
        for column in &columns {
            head.push(&column.name);
        }
        head.end_row(1);
        let take = |group: &Group<'_>| {
            let mut cells = Cells::default();
            self.batches(group, &columns, |batch, number| {
                for at in 0..batch.rows {
                    batch.columns.iter().for_each(|column| cells.push(&written(column.get(at))));
                    // The names are the first line.
                    cells.end_row(u32::try_from(number.saturating_add(at + 1)).unwrap_or(u32::MAX));
                }
            })?;
            Ok(cells)
        };
        let parts: Result<Vec<Cells>, IoError> = self.groups.par_iter().map(take).collect();
        let parts = std::iter::once(head).chain(parts?).collect();
        let remark = |message| Remark { number: None, kind: RemarkKind::AboutFile { message }, place: None };
        let remarks = passed_over(&unread).into_iter().map(remark).collect();
        table::layer(Source { file: self.file, parts, remarks }, options, self.progress)
    }

    /// Some rows of a part at a time, with the number of the first, from 1.
    fn batches(
        &self,
        group: &Group<'_>,
        columns: &[Column],
        mut take: impl FnMut(Batch, usize),
    ) -> Result<(), IoError> {
        self.progress.check()?;
        let mut reading = group.columns(columns).map_err(|fault| self.failed(fault))?;
        let mut number = group.before + 1;
        while let Some(batch) = reading.next(&self.budget).map_err(|fault| self.failed(fault))? {
            self.progress.check()?;
            let rows = batch.rows;
            take(batch, number);
            number += rows;
        }
        Ok(())
    }

    /// Places of some of its first shapes in each part.
    fn first_positions(&self, geometry: &[Column]) -> Result<Vec<(f64, f64)>, IoError> {
        let from_each = (CRS_SAMPLE / self.groups.len().max(1)).max(1);
        let mut out = Vec::new();
        for group in self.groups.iter().take(CRS_SAMPLE) {
            self.progress.check()?;
            let mut reading = group.columns(geometry).map_err(|fault| self.failed(fault))?;
            let batch = reading.next(&self.budget).map_err(|fault| self.failed(fault))?;
            let shapes = batch.iter().flat_map(|batch| &batch.columns).flatten();
            let positions = shapes.filter_map(|said| match said {
                Said::Bytes(bytes) => shape_of_wkb(bytes.data())?.coords_iter().next().map(|at| (at.x, at.y)),
                _ => None,
            });
            out.extend(positions.take(from_each));
        }
        Ok(out)
    }
}

/// The columns that are read, and the names of those that are not: lists, maps, bytes, more geometries.
fn columns(described: &FileMetaData, stated: Option<&Stated>) -> (Vec<Column>, Vec<String>) {
    let (mut out, mut unread) = (Vec::new(), Vec::new());
    let is_of = |stated: &Stated, name: &str, group: &str| {
        stated.column == name || stated.bounds.iter().any(|bounds| bounds == group)
    };
    for (at, column) in described.schema_descr().columns().iter().enumerate() {
        let group = column.path().parts().first().cloned().unwrap_or_default();
        let name = name(column);
        if stated.is_some_and(|stated| is_of(stated, &name, &group)) {
            continue;
        }
        match Kind::of(column) {
            Some(kind) if column.max_rep_level() == 0 && !is_geometry(column) => {
                out.push(Column { at, name, kind });
            }
            _ if !unread.contains(&group) => unread.push(group),
            _ => {}
        }
    }
    let names = told_apart(out.iter().map(|column| column.name.clone()));
    out.iter_mut().zip(names).for_each(|(column, name)| column.name = name);
    (out, unread)
}

/// The column that geometries stand in.
fn geometry(described: &FileMetaData, wanted: &str) -> Result<Column, Fault> {
    let columns = described.schema_descr().columns().iter().enumerate();
    let is_it = |column: &parquet::schema::types::ColumnDescriptor| {
        column.max_rep_level() == 0
            && column.physical_type() == parquet::basic::Type::BYTE_ARRAY
            && name(column) == wanted
    };
    let found = columns.into_iter().find(|(_, column)| is_it(column));
    let none = || {
        Fault(Message::new(
            format!(
                "filen säger att geometrin står i kolumnen {wanted}, men har ingen sådan med WKB. Exportera som GeoPackage"
            ),
            format!(
                "the file says that the geometry stands in the column {wanted}, but has none such with WKB. Export as GeoPackage"
            ),
        ))
    };
    let (at, _) = found.ok_or_else(none)?;
    Ok(Column { at, name: wanted.to_owned(), kind: Kind::Bytes })
}

fn passed_over(unread: &[String]) -> Option<Message> {
    let names = unread.join(", ");
    (!unread.is_empty()).then(|| {
        Message::new(
            format!("kolumner med listor, byte eller ytterligare geometrier läses inte: {names}"),
            format!("columns of lists, bytes or further geometries are not read: {names}"),
        )
    })
}

/// A row of a batch, its geometry the first column.
fn row<'a>(batch: &'a Batch, at: usize, number: usize, names: &[String]) -> RowIn<'a> {
    let mut values = batch.columns.iter().map(|column| column.get(at).unwrap_or(&Said::Nothing));
    let mut shape = match values.next() {
        None | Some(Said::Nothing) => Err(Refusal::NoGeometry),
        Some(Said::Bytes(bytes)) => shape_of_wkb(bytes.data()).ok_or_else(unreadable),
        Some(_) => Err(unreadable()),
    };
    let mut said = Vec::with_capacity(names.len());
    for (column, value) in values.enumerate() {
        if matches!(value, Said::Bad) {
            let name = &names[column];
            let message = Message::new(
                format!("{name}: värdet är inte vad kolumnen säger sig hålla"),
                format!("{name}: the value is not what the column says it holds"),
            );
            shape = Err(Refusal::BadRow { message });
        }
        said.extend(value.entry().map(|entry| (column, entry)));
    }
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    RowIn { number, id: None, shape, remarks: Vec::new(), said }
}

fn unreadable() -> Refusal {
    let message = Message::new(
        "geometrin kan inte läsas eller är en kurva",
        "the geometry cannot be read or is a curve",
    );
    Refusal::BadGeometry { message }
}

/// A value as it stands in a table of text.
fn written(said: Option<&Said>) -> String {
    match said {
        Some(Said::Bad) => "#N/A".to_owned(),
        said => said.and_then(Said::entry).map_or_else(String::new, Entry::text),
    }
}
