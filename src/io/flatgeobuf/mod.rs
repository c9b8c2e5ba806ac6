//! What does a `FlatGeobuf` hold? Features one after another, behind a header that names columns and system.
//! The grammar is the `flatgeobuf` crate's; its own loop is not used: it stops at the first bad feature, takes room for
//! what a feature claims, and reads one after another.

mod shape;
#[cfg(test)]
mod tests;
mod values;

use std::ops::Range;

use flatgeobuf::{Feature, GeometryType, Header, packed_r_tree::PackedRTree};
use rayon::prelude::*;

use self::values::Field;
use super::IoError;
use super::features::rows::{Columns, RowIn, told_apart};
use super::features::stated::{system, system_of};
use super::features::{CRS_SAMPLE, Intake, Placing, remark_file};
use super::input::{Input, LoadOptions, ReadLayer};
use crate::geometry::Crs;
use crate::model::{LayerReport, Message, Refusal};
use crate::progress::Progress;

/// Features handled between two looks at "stop?".
const CHUNK: usize = 2048;

/// Bytes before the header's length: seven that say what it is, of which the fourth is the version, and a patch level.
const MAGIC: usize = 8;

/// Is this the beginning of a `FlatGeobuf`?
pub(in crate::io) fn is_it(start: &[u8]) -> bool {
    start.len() >= MAGIC && start.starts_with(b"fgb") && &start[4..7] == b"fgb"
}

/// Reads a `FlatGeobuf` as a layer.
///
/// # Errors
/// [`IoError`] when it is none or of a newer version, when its system is not known, when nothing can be used, or when
/// cancelled.
pub(in crate::io) fn read(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let (file, bytes) = (input.file(), input.bytes(progress)?);
    let damaged = || {
        let message = Message::new(
            "innehållet är ingen FlatGeobuf, eller är skadat. Hämta eller exportera filen på nytt",
            "the content is no FlatGeobuf, or is damaged. Fetch or export the file again",
        );
        IoError::File { file: file.into(), message }
    };
    if !is_it(bytes) {
        return Err(damaged());
    }
    if bytes[3] > flatgeobuf::VERSION {
        let message = Message::new(
            format!(
                "FlatGeobuf av version {}, som är nyare än den som läses. Exportera som GeoPackage",
                bytes[3]
            ),
            format!("FlatGeobuf of version {}, newer than what is read. Export as GeoPackage", bytes[3]),
        );
        return Err(IoError::File { file: file.into(), message });
    }
    let (header, end) = sized(bytes, MAGIC).ok_or_else(damaged)?;
    let header = flatgeobuf::size_prefixed_root_as_header(header).map_err(|_| damaged())?;
    let begins =
        end.checked_add(index_size(&header, bytes.len()).ok_or_else(damaged)?).ok_or_else(damaged)?;
    let mut report = LayerReport::default();
    let records = records(bytes, begins, &header, &mut report);
    report.features_in = records.len();
    let fields = values::fields(&header);
    let names = told_apart(fields.iter().map(|field| field.name.clone()));
    let step = (records.len() / CRS_SAMPLE).max(1);
    let first = records.iter().step_by(step).filter_map(|record| first_position(&bytes[record.clone()?]));
    let (crs, crs_assumed) = system(file, options, stated(&header), first.collect(), &mut report)?;
    let reading =
        Reading { kind: header.geometry_type(), fields: &fields, names: &names, placing: Placing::new(crs) };
    let read = |(chunk, records): (usize, &[Option<Range<usize>>])| {
        progress.check()?;
        let mut intake = Intake::default();
        let columns = Columns::new(reading.names, &mut intake);
        for (row, record) in (chunk * CHUNK..).zip(records) {
            let record = record.clone().map(|record| &bytes[record]);
            columns.take(reading.row(row, record), &reading.placing, &mut intake);
        }
        Ok(intake)
    };
    let parts: Result<Vec<_>, IoError> = records.par_chunks(CHUNK).enumerate().map(read).collect();
    let mut all = Intake::default();
    parts?.into_iter().for_each(|part| all.append(part));
    progress.report(1, 1);
    Ok(ReadLayer::new(all.finish(file, report)?, crs, crs_assumed))
}

/// What stands at a place behind its length, the length with it, and where it ends.
fn sized(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let length = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    let end = at.checked_add(4)?.checked_add(usize::try_from(length).ok()?)?;
    // Less than its own table is none, and the grammar's reader wants room for it.
    (length >= 8).then_some(())?;
    Some((bytes.get(at..end)?, end))
}

/// The length of the index between header and features; `None` where it cannot be.
fn index_size(header: &Header<'_>, length: usize) -> Option<usize> {
    let (count, size) = (usize::try_from(header.features_count()).ok()?, header.index_node_size());
    if count == 0 || size == 0 {
        return Some(0);
    }
    // Each feature has a node of forty bytes in it.
    let is_sound = size >= 2 && count <= length / 40;
    is_sound.then(|| PackedRTree::index_size(count, size))
}

/// Where the features lie; `None` for one that the file breaks off in.
fn records(
    bytes: &[u8],
    begins: usize,
    header: &Header<'_>,
    report: &mut LayerReport,
) -> Vec<Option<Range<usize>>> {
    let mut out = Vec::new();
    let mut at = begins;
    while at < bytes.len() {
        let end = sized(bytes, at).map(|(_, end)| end);
        out.push(end.map(|end| at..end));
        let Some(end) = end else { break };
        at = end;
    }
    let whole = out.iter().flatten().count() as u64;
    let claimed = header.features_count();
    if whole < out.len() as u64 || (claimed > 0 && whole < claimed) {
        remark_file(
            report,
            [Message::new(
                format!(
                    "filen bryts av: den uppger {claimed} objekt och har {whole} hela. Hämta eller exportera den på nytt"
                ),
                format!(
                    "the file breaks off: it claims {claimed} features and holds {whole} whole ones. Fetch or export it again"
                ),
            )],
        );
    }
    out
}

/// The system that the header names.
fn stated(header: &Header<'_>) -> Option<Result<Crs, String>> {
    let crs = header.crs()?;
    let code = match (crs.code(), crs.code_string()) {
        (code, _) if code > 0 => Some(code.to_string()),
        (_, Some(code)) => Some(code.to_owned()),
        _ => None,
    };
    let coded =
        code.map(|code| format!("{}:{code}", crs.org().filter(|org| !org.is_empty()).unwrap_or("EPSG")));
    let texts = [coded.as_deref(), crs.wkt(), crs.name()];
    let mut told = texts.into_iter().flatten().filter_map(system_of);
    let first = told.next()?;
    // A code of nobody's that comes with a description is told by the description.
    Some(first.or_else(|found| told.find_map(Result::ok).ok_or(found)))
}

fn first_position(record: &[u8]) -> Option<(f64, f64)> {
    let feature = flatgeobuf::size_prefixed_root_as_feature(record).ok()?;
    shape::first_position(&feature.geometry()?, 0)
}

/// What every feature is read by.
struct Reading<'a> {
    kind: GeometryType,
    fields: &'a [Field],
    names: &'a [String],
    placing: Placing,
}

impl Reading<'_> {
    fn row<'a>(&self, row: usize, record: Option<&'a [u8]>) -> RowIn<'a> {
        let number = u32::try_from(row + 1).unwrap_or(u32::MAX);
        let bad = |sv: &str, en: &str| Refusal::BadRow { message: Message::new(sv, en) };
        let cut = || bad("filen tar slut inne i objektet", "the file ends inside this feature");
        let damaged = || bad("objektet är skadat", "the feature is damaged");
        let feature: Result<Feature<'a>, Refusal> = record
            .ok_or_else(cut)
            .and_then(|record| flatgeobuf::size_prefixed_root_as_feature(record).map_err(|_| damaged()));
        let (mut shape, mut said) = (Err(Refusal::NoGeometry), Vec::new());
        match feature {
            Ok(feature) => {
                if let Some(geometry) = feature.geometry() {
                    let mut bytes = record.map_or(0, <[u8]>::len);
                    let is_whole = shape::fits(&geometry, &mut bytes, 0).is_some();
                    shape = if is_whole { shape::shape(&geometry, self.kind, 0) } else { Err(damaged()) };
                }
                let own = feature.columns().map(|_| ());
                let bytes = feature.properties().map(|bytes| bytes.bytes()).unwrap_or_default();
                match values::said(bytes, self.fields) {
                    Ok(values) if own.is_none() => said = values,
                    _ => shape = Err(bad("värdena går inte att läsa", "the values cannot be read")),
                }
            }
            Err(reason) => shape = Err(reason),
        }
        RowIn { number, id: None, shape, remarks: Vec::new(), said }
    }
}
