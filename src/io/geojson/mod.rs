//! GeoJSON (RFC 7946, and the older form with a `crs` member): collection, feature, geometry, newline-delimited.
//! Each feature is read by itself, so that one bad feature never costs the rest of the file.

mod feature;
mod members;
mod object;
mod properties;
mod shape;
mod split;
mod stated;
mod wording;

use rayon::prelude::*;

use self::feature::{Context, read_feature};
use self::object::Part;
use self::split::{Document, split};
use self::stated::{StatedCrs, stated_crs};
use super::features::{CRS_SAMPLE, Intake, Order, Placing, Unsaid, order_of, said_of_order, unsaid_crs};
use super::input::{Input, LoadOptions, ReadLayer};
use super::{IoError, encoding};
use crate::geometry::Crs;
use crate::model::{LayerReport, Remark, RemarkKind};
use crate::progress::Progress;

/// Features handled between two looks at "stop?".
const CHUNK: usize = 2048;

/// Reads the features of a file.
///
/// # Errors
/// [`IoError`] when the file is not GeoJSON, none of its features can be used, or when cancelled.
pub fn read(input: &Input<'_>, options: &LoadOptions, progress: &dyn Progress) -> Result<ReadLayer, IoError> {
    let decoded = encoding::decode(input.bytes(progress)?, options.encoding);
    let mut read = read_text(input.file(), decoded.text.as_bytes(), options, progress)?;
    read.table.report.remarks.splice(0..0, decoded.remarks());
    Ok(ReadLayer { encoding: Some(decoded.encoding), ..read })
}

/// Reads the features of a text.
///
/// # Errors
/// Those of [`read`].
pub(in crate::io) fn read_text(
    file: &str,
    bytes: &[u8],
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
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
    let Decided { crs, crs_assumed, is_said, order } = match options.crs {
        Some(crs) => said_by_user(crs, bytes, &document, &mut report),
        None => decide_crs(file, bytes, &document, options.crs_if_unsaid, &mut report)?,
    };
    let intake = read_parts(bytes, &document, &Placing::new(crs).in_order(order), is_said, progress)?;
    Ok(ReadLayer::new(intake.finish(file, report)?, crs, crs_assumed))
}

fn remark_file(report: &mut LayerReport, kind: RemarkKind) {
    report.remarks.push(Remark { number: None, kind, place: None });
}

/// The system of a file, and who says so.
struct Decided {
    crs: Crs,
    crs_assumed: bool,
    /// The user does: what features say is not looked at.
    is_said: bool,
    order: Order,
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
    let decided = |crs| Decided { crs, crs_assumed: false, is_said: false, order: Order::EastFirst };
    let said = |crs| Decided { is_said: true, ..decided(crs) };
    let unsupported = |found: String| match if_unsaid {
        Some(crs) => Ok(said(crs)),
        None => Err(IoError::UnsupportedCrs { file: file.into(), found }),
    };
    let (stated, seen) = stated_and_seen(bytes, document);
    match stated {
        StatedCrs::Known(crs) => return Ok(in_order(decided(crs), &seen, report)),
        StatedCrs::EastFirst(crs) => return Ok(decided(crs)),
        StatedCrs::Unknown(found) => return unsupported(found),
        StatedCrs::Nothing => {}
    }
    Ok(match unsaid_crs(file, seen, if_unsaid)? {
        Unsaid::Said(crs) => said(crs),
        Unsaid::LooksLikeDegrees => decided(Crs::Wgs84),
        Unsaid::LooksLikeSweref => {
            remark_file(report, RemarkKind::AssumedSweref99Tm);
            Decided { crs_assumed: true, ..decided(Crs::Sweref99Tm) }
        }
    })
}

/// The system that the user says, in the order in which the file has it where it states the same.
fn said_by_user(crs: Crs, bytes: &[u8], document: &Document, report: &mut LayerReport) -> Decided {
    let decided = Decided { crs, crs_assumed: false, is_said: true, order: Order::EastFirst };
    match stated_and_seen(bytes, document) {
        (StatedCrs::Known(stated), seen) if stated == crs => in_order(decided, &seen, report),
        _ => decided,
    }
}

/// What the file or the first of its features that says anything states, and where some of them lie.
fn stated_and_seen(bytes: &[u8], document: &Document) -> (StatedCrs, Vec<(f64, f64)>) {
    let step = (document.parts.len() / CRS_SAMPLE).max(1);
    let mut stated = stated_crs(document.crs.as_ref());
    let mut seen = Vec::new();
    for part in document.parts.iter().step_by(step) {
        let (first, of_part) = feature::first_position(&bytes[part.range.clone()]);
        if matches!(stated, StatedCrs::Nothing) {
            stated = of_part;
        }
        seen.extend(first);
    }
    (stated, seen)
}

/// The same, with the order in which positions stand where the system named has north first by the letter.
fn in_order(decided: Decided, seen: &[(f64, f64)], report: &mut LayerReport) -> Decided {
    if !decided.crs.is_north_first() {
        return decided;
    }
    let order = order_of(decided.crs, seen);
    if let Some(message) = said_of_order(order, decided.crs) {
        remark_file(report, RemarkKind::FileForm { message });
    }
    Decided { order, ..decided }
}

/// Reads every feature, both cores at work, order kept.
fn read_parts(
    bytes: &[u8],
    document: &Document,
    placing: &Placing,
    is_said: bool,
    progress: &dyn Progress,
) -> Result<Intake, IoError> {
    let total = document.parts.len() as u64;
    let done = std::sync::Mutex::new(0u64);
    let context = Context { bytes, in_collection: document.is_collection, is_said, placing };
    let read = |(chunk, parts): (usize, &[Part])| {
        progress.check()?;
        let mut intake = Intake::default();
        for (at, part) in (chunk * CHUNK + 1..).zip(parts) {
            read_feature(&context, part, u32::try_from(at).unwrap_or(u32::MAX), &mut intake);
        }
        // Reported under the lock, so that the bar never goes back.
        let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *done += parts.len() as u64;
        // Splitting and reading bytes took the first fifth of the bar.
        progress.report(total + *done * 4, total * 5);
        Ok(intake)
    };
    let chunks: Result<Vec<Intake>, IoError> =
        document.parts.par_chunks(CHUNK).enumerate().map(read).collect();
    let mut all = Intake::default();
    chunks?.into_iter().for_each(|chunk| all.append(chunk));
    Ok(all)
}

#[cfg(test)]
mod tests;
