//! GeoJSON (RFC 7946, and the older form with a `crs` member): collection, feature, geometry, newline-delimited.
//! Each feature is read by itself, so that one bad feature never costs the rest of the file.

mod feature;
mod rings;
mod split;
mod wording;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value;

use self::feature::{Context, Read, read_feature};
use self::split::{Document, Part, split};
use super::IoError;
use crate::geometry::{Crs, Reprojection};
use crate::model::{Feature, FeatureTable, LayerReport, Message, Refused, Remark, RemarkKind, TableBuilder};
use crate::progress::{Cancelled, Progress};

/// A file, read.
pub struct ReadFile {
    pub table: FeatureTable,
    pub crs: Crs,
    pub crs_assumed: bool,
}

/// Features handled between two looks at "stop?".
const CHUNK: usize = 2048;

/// Features looked at to tell degrees from metres.
const CRS_SAMPLE: usize = 200;

/// Reads the features of a file; `said` is what the user says instead of the file, and where it says nothing.
///
/// # Errors
/// [`IoError`] when the file is not GeoJSON, none of its features can be used, or when cancelled.
pub fn read(
    file: &str,
    bytes: &[u8],
    said: (Option<Crs>, Option<Crs>),
    progress: &dyn Progress,
) -> Result<ReadFile, IoError> {
    let document = split(file, bytes, progress)?;
    let mut report = LayerReport { features_in: document.parts.len(), ..LayerReport::default() };
    for message in &document.loose {
        remark_file(&mut report, RemarkKind::FileForm { message: message.clone() });
    }
    if document.is_cut_by_server {
        remark_file(&mut report, RemarkKind::CutByServer);
    }
    for text in &document.server_says {
        remark_file(&mut report, RemarkKind::ServerSays { text: text.clone() });
    }
    let Decided { crs, crs_assumed, is_said } = match said.0 {
        Some(crs) => Decided { crs, crs_assumed: false, is_said: true },
        None => decide_crs(file, bytes, &document, said.1, &mut report)?,
    };
    let table = read_parts(bytes, &document, crs, is_said, report, progress)?;
    if table.features.is_empty() {
        return Err(IoError::NoUsableFeature { file: file.into(), report: Box::new(table.report) });
    }
    Ok(ReadFile { table, crs, crs_assumed })
}

fn remark_file(report: &mut LayerReport, kind: RemarkKind) {
    report.remarks.push(Remark { number: None, kind, place: None });
}

fn rings_run_wrong(features: usize) -> Message {
    Message::new(
        format!(
            "ringar går åt fel håll i {features} objekt (yttre ringar ska gå moturs, hål medurs); objekten används"
        ),
        format!(
            "rings run the wrong way in {features} features (outer rings must run counterclockwise, holes clockwise); the features are used"
        ),
    )
}

/// What a `crs` member, of a file, a feature or a geometry, says.
enum StatedCrs {
    Nothing,
    Known(Crs),
    /// As written: not understood, or not supported. Never guessed over.
    Unknown(String),
}

fn stated_crs(member: Option<&Value>) -> StatedCrs {
    let Some(member) = member.filter(|member| !member.is_null()) else { return StatedCrs::Nothing };
    let properties = member.get("properties");
    // `name` of 2008, `EPSG` of drafts before it, and a bare text.
    let code = || properties?.get("code").and_then(|code| Some(format!("EPSG:{}", code.as_u64()?)));
    let name =
        properties.and_then(|properties| properties.get("name")).or(Some(member)).and_then(Value::as_str);
    let link = || properties?.get("href")?.as_str().map(str::to_owned);
    let Some(text) = name.map(str::to_owned).or_else(code).or_else(link) else {
        let is_empty = member.as_object().is_some_and(serde_json::Map::is_empty);
        let text: String = member.to_string().chars().take(120).collect();
        return if is_empty { StatedCrs::Nothing } else { StatedCrs::Unknown(text) };
    };
    match Crs::from_name(&text) {
        Some(Ok(crs)) => StatedCrs::Known(crs),
        Some(Err(_)) | None => StatedCrs::Unknown(format!("“{text}”")),
    }
}

/// The system of a file, and who says so.
struct Decided {
    crs: Crs,
    crs_assumed: bool,
    /// The user does: what features say is not looked at.
    is_said: bool,
}

/// The system that the file, its first features, the user, or the look of its numbers names.
/// A statement is never guessed over; a guess is made only where nothing is said, and only of what fits Sweden.
fn decide_crs(
    file: &str,
    bytes: &[u8],
    document: &Document,
    if_unsaid: Option<Crs>,
    report: &mut LayerReport,
) -> Result<Decided, IoError> {
    let known = |crs| Ok(Decided { crs, crs_assumed: false, is_said: false });
    let said = |crs| Ok(Decided { crs, crs_assumed: false, is_said: true });
    let unsupported = |found: String| match if_unsaid {
        Some(crs) => said(crs),
        None => Err(IoError::UnsupportedCrs { file: file.into(), found }),
    };
    match stated_crs(document.crs.as_ref()) {
        StatedCrs::Known(crs) => return known(crs),
        StatedCrs::Unknown(found) => return unsupported(found),
        StatedCrs::Nothing => {}
    }
    let step = (document.parts.len() / CRS_SAMPLE).max(1);
    let mut seen: Vec<(f64, f64)> = Vec::new();
    for part in document.parts.iter().step_by(step) {
        let (first, stated) = feature::first_position(&bytes[part.range.clone()]);
        match stated {
            StatedCrs::Known(crs) => return known(crs),
            StatedCrs::Unknown(found) => return unsupported(found),
            StatedCrs::Nothing => {}
        }
        seen.extend(first);
    }
    let count = |is_so: fn(f64, f64) -> bool| seen.iter().filter(|(x, y)| is_so(*x, *y)).count();
    if let Some(crs) = if_unsaid.filter(|_| count(feature::looks_like_metres) * 2 > seen.len()) {
        return said(crs);
    }
    if count(feature::looks_like_sweref) * 2 > seen.len() {
        remark_file(report, RemarkKind::AssumedSweref99Tm);
        return Ok(Decided { crs: Crs::Sweref99Tm, crs_assumed: true, is_said: false });
    }
    if count(feature::looks_like_metres) * 2 > seen.len() {
        let sample = seen.into_iter().filter(|(x, y)| feature::looks_like_metres(*x, *y)).collect();
        return Err(IoError::UnnamedCrs { file: file.into(), sample, fits: Vec::new() });
    }
    known(Crs::Wgs84)
}

/// Reads every feature, both cores at work, order kept.
fn read_parts(
    bytes: &[u8],
    document: &Document,
    crs: Crs,
    is_said: bool,
    mut report: LayerReport,
    progress: &dyn Progress,
) -> Result<FeatureTable, IoError> {
    let total = document.parts.len() as u64;
    let done = std::sync::Mutex::new(0u64);
    let chunks: Result<Vec<Chunk>, IoError> = document
        .parts
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk_ix, parts)| {
            progress.check()?;
            let chunk = Chunk::read(bytes, parts, chunk_ix * CHUNK, document.is_collection, (crs, is_said))?;
            // Reported under the lock, so that the bar never goes back.
            let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *done += parts.len() as u64;
            // Splitting and reading bytes took the first fifth of the bar.
            progress.report(total + *done * 4, total * 5);
            Ok(chunk)
        })
        .collect();
    let mut features = Vec::with_capacity(document.parts.len());
    let mut columns = TableBuilder::default();
    let mut is_demo = false;
    let mut running_wrong = 0;
    for chunk in chunks? {
        let rows = u32::try_from(features.len()).unwrap_or(u32::MAX);
        features.extend(
            chunk.features.into_iter().map(|feature: Feature| Feature { row: feature.row + rows, ..feature }),
        );
        report.refused.extend(chunk.refused);
        report.remarks.extend(chunk.remarks);
        columns.merge(chunk.columns, rows);
        is_demo |= chunk.is_demo;
        running_wrong += chunk.running_wrong;
    }
    if running_wrong > 0 {
        remark_file(&mut report, RemarkKind::FileForm { message: rings_run_wrong(running_wrong) });
    }
    drop_repeated_ids(&mut features, &mut report);
    Ok(FeatureTable::new(features, columns.finish(), report, is_demo))
}

/// What one stretch of features came to.
struct Chunk {
    features: Vec<Feature>,
    refused: Vec<Refused>,
    remarks: Vec<Remark>,
    columns: TableBuilder,
    is_demo: bool,
    /// Features with a ring that runs the wrong way.
    running_wrong: usize,
}

impl Chunk {
    fn read(
        bytes: &[u8],
        parts: &[Part],
        first: usize,
        in_collection: bool,
        (crs, is_said): (Crs, bool),
    ) -> Result<Self, Cancelled> {
        let mut out = Self {
            features: Vec::with_capacity(parts.len()),
            refused: Vec::new(),
            remarks: Vec::new(),
            columns: TableBuilder::default(),
            is_demo: false,
            running_wrong: 0,
        };
        // The table of projections is compiled in, so this fails for no system the program offers.
        let Ok(reprojection) = Reprojection::new(crs) else { return Err(Cancelled) };
        let context = Context { bytes, in_collection, crs, is_said, reprojection: &reprojection };
        let mut said = Vec::new();
        for (offset, part) in parts.iter().enumerate() {
            let number = u32::try_from(first + offset + 1).unwrap_or(u32::MAX);
            said.clear();
            let read = read_feature(&context, part, number, &mut out.columns, &mut said);
            let Read { result, remarks, is_demo, runs_wrong } = read;
            out.is_demo |= is_demo;
            out.running_wrong += usize::from(runs_wrong);
            let place = match &result {
                Ok(feature) => Some(feature.place),
                Err((_, place)) => *place,
            };
            out.remarks.extend(remarks.into_iter().map(|kind| Remark { number: Some(number), kind, place }));
            match result {
                Ok(feature) => {
                    let row = u32::try_from(out.features.len()).unwrap_or(u32::MAX);
                    for (column, value) in &said {
                        out.columns.put(*column, row, value.entry());
                    }
                    out.features.push(Feature { row, ..feature });
                }
                Err((reason, place)) => out.refused.push(Refused { number, reason, place }),
            }
        }
        Ok(out)
    }
}

/// An id that several features share names none of them.
fn drop_repeated_ids(features: &mut [Feature], report: &mut LayerReport) {
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    for id in features.iter().filter_map(|feature| feature.id.as_deref()) {
        *seen.entry(id).or_insert(0) += 1;
    }
    let repeated: Vec<bool> = features
        .iter()
        .map(|feature| feature.id.as_deref().is_some_and(|id| seen.get(id).is_some_and(|n| *n > 1)))
        .collect();
    for (feature, repeated) in features.iter_mut().zip(repeated) {
        if repeated && let Some(id) = feature.id.take() {
            report.remarks.push(Remark {
                number: Some(feature.number),
                kind: RemarkKind::DuplicateId { id: id.into() },
                place: Some(feature.place),
            });
        }
    }
}

#[cfg(test)]
mod tests;
