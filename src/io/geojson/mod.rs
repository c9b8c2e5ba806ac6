//! GeoJSON (RFC 7946, and the older form with a `crs` member): collection, feature, geometry, newline-delimited.
//! Each feature is read by itself, so that one bad feature never costs the rest of the file.

mod feature;
mod members;
mod properties;
mod shape;
mod split;
mod stated;
mod wording;

use rayon::prelude::*;

use self::feature::{Context, read_feature};
pub(in crate::io) use self::shape::shape_of;
use self::split::{Document, Part, split};
use self::stated::{StatedCrs, stated_crs};
use super::features::{CRS_SAMPLE, Intake, Placing, Unsaid, unsaid_crs};
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
    let file = input.file();
    let decoded = encoding::decode(input.bytes(progress)?, options.encoding);
    let bytes = decoded.text.as_bytes();
    let document = split(file, bytes, progress)?;
    let mut report = LayerReport { features_in: document.parts.len(), ..LayerReport::default() };
    report.remarks.extend(decoded.remarks());
    for message in &document.loose {
        remark_file(&mut report, RemarkKind::FileForm { message: message.clone() });
    }
    if document.is_cut_by_server {
        remark_file(&mut report, RemarkKind::CutByServer);
    }
    for text in &document.server_says {
        remark_file(&mut report, RemarkKind::ServerSays { text: text.clone() });
    }
    let Decided { crs, crs_assumed, is_said } = match options.crs {
        Some(crs) => Decided { crs, crs_assumed: false, is_said: true },
        None => decide_crs(file, bytes, &document, options.crs_if_unsaid, &mut report)?,
    };
    let intake = read_parts(bytes, &document, &Placing::new(crs), is_said, progress)?;
    let read = ReadLayer::new(intake.finish(file, report)?, crs, crs_assumed);
    Ok(ReadLayer { encoding: Some(decoded.encoding), ..read })
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
    match unsaid_crs(file, seen, if_unsaid)? {
        Unsaid::Said(crs) => said(crs),
        Unsaid::LooksLikeDegrees => known(Crs::Wgs84),
        Unsaid::LooksLikeSweref => {
            remark_file(report, RemarkKind::AssumedSweref99Tm);
            Ok(Decided { crs: Crs::Sweref99Tm, crs_assumed: true, is_said: false })
        }
    }
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
