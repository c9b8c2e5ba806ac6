//! What do files of marks hold, as navigators (GPX) and virtual globes (KML, KMZ) write them? XML, a feature at a time, in
//! degrees. Read without the `gpx` and `kml` crates: they give up a file for one bad feature.

mod gpx;
mod kml;
#[cfg(test)]
mod tests;
mod xml;

use self::xml::{Element, Stop};
use super::features::rows::FreeRow;
use super::features::{Intake, Placing, remark_file};
use super::input::{Input, LoadOptions, ReadLayer};
use super::{IoError, archive};
use crate::geometry::Crs;
use crate::model::{Entry, LayerReport, Message, Refusal};
use crate::progress::Progress;

/// A feature of such a file.
struct Mark {
    /// The id that the file gives it.
    id: Option<String>,
    shape: Result<geo::Geometry, Refusal>,
    said: Vec<(String, String)>,
}

/// Values are texts; a number that would be written the same is one.
fn entry(text: &str) -> Entry<'_> {
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) if whole.to_string() == text => Entry::Integer(whole),
        (_, Ok(real)) if real.is_finite() && real.to_string() == text => Entry::Real(real),
        _ => Entry::Text(text),
    }
}

fn bad(sv: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::BadGeometry { message: Message::new(sv, en) }
}

/// Reads waypoints as points, routes and tracks as lines.
///
/// # Errors
/// [`IoError`] when nothing can be used, or when cancelled.
pub(in crate::io) fn gpx(
    input: &Input<'_>,
    _options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    read(input, input.bytes(progress)?, gpx::FEATURES, gpx::mark, progress)
}

/// Reads placemarks, of a KMZ those of its first KML.
///
/// # Errors
/// [`IoError`] when nothing can be used, or when cancelled.
pub(in crate::io) fn kml(
    input: &Input<'_>,
    _options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let unpacked;
    let bytes = if input.head().starts_with(archive::ARCHIVE_BEGINS) {
        unpacked = archive::first_file(input, ".kml", progress)?;
        &unpacked
    } else {
        input.bytes(progress)?
    };
    read(input, bytes, kml::FEATURES, kml::mark, progress)
}

fn read(
    input: &Input<'_>,
    bytes: &[u8],
    wanted: &[&str],
    mark: fn(&Element) -> Mark,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let refused = |message| IoError::File { file: input.file().into(), message };
    let text = xml::text(bytes).map_err(refused)?;
    let placing = Placing::new(Crs::Wgs84);
    let (mut intake, mut number) = (Intake::default(), 0u32);
    let stop = xml::elements(&text, wanted, |element| {
        progress.check()?;
        number = number.saturating_add(1);
        let Mark { id, shape, said } = mark(&element);
        let id = id.filter(|id| !id.is_empty()).map(String::into_boxed_str);
        let said = said.iter().map(|(name, text)| (name.as_str(), entry(text))).collect();
        FreeRow { number, id, shape, remarks: Vec::new(), said }.take(&placing, &mut intake);
        Ok(())
    });
    let mut report = LayerReport { features_in: number as usize, ..LayerReport::default() };
    match stop {
        Ok(()) => {}
        Err(Stop::Cancelled(cancelled)) => return Err(cancelled.into()),
        Err(Stop::Xml(said)) if number == 0 => return Err(refused(said)),
        Err(Stop::Xml(said)) => remark_file(&mut report, [said]),
    }
    Ok(ReadLayer::new(intake.finish(input.file(), report)?, Crs::Wgs84, false))
}
