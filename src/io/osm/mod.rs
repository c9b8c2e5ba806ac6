//! How does OpenStreetMap data become roads, and layers of the services and places beside them? PBF and XML.

mod access;
mod assemble;
mod barriers;
mod collect;
mod pbf;
mod problem;
mod seasons;
mod services;
mod speed;
mod tag_list;
mod tags;
mod turns;
mod xml;

use std::fs::File;

use self::assemble::Raw;
use self::problem::Problem;
pub(in crate::io) use self::services::layers;
pub(in crate::io) use self::speed::limit;
pub(in crate::io) use self::tags::short;
use super::IoError;
use super::input::{Input, LoadOptions, ReadLayer, ReadRoads, ReadsRoads, RoadOptions};
use super::kept_roads::kept;
use crate::geometry::Crs;
use crate::model::Message;
use crate::progress::Progress;

/// The roads of a PBF.
pub(in crate::io) fn roads_of_pbf(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<ReadRoads, IoError> {
    kept(input, options, progress, pbf)
}

/// The roads of an XML.
pub(in crate::io) fn roads_of_xml(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<ReadRoads, IoError> {
    kept(input, options, progress, xml)
}

/// One layer of services or places of a PBF, by its part: a saved project names the layer that was found in it.
pub(in crate::io) fn layer_of_pbf(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    layer(input, options, progress, pbf)
}

/// One layer of services or places of an XML, by its part.
pub(in crate::io) fn layer_of_xml(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    layer(input, options, progress, xml)
}

fn layer(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
    read: ReadsRoads,
) -> Result<ReadLayer, IoError> {
    let file = input.file();
    let Some(part) = &options.part else {
        let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let extension = ending.filter(|ending| ending == "pbf").unwrap_or_else(|| "osm".into());
        return Err(IoError::UnsupportedFormat { file: file.into(), extension });
    };
    let spots = kept(input, &RoadOptions::default(), progress, read)?.spots;
    let is_meant = |layer: &ReadLayer| layer.part.as_ref().is_some_and(|(found, _)| found == part);
    layers(file, spots).into_iter().find(is_meant).ok_or_else(|| IoError::File {
        file: file.into(),
        message: Message::new(
            format!("filen har inte längre något av typen {part}. Välj en annan fil eller ta bort lagret"),
            format!("the file no longer holds anything of the kind {part}. Choose another file or remove the layer"),
        ),
    })
}

/// Reads a PBF; nothing need be said of it.
fn pbf(input: &Input<'_>, _options: &RoadOptions, progress: &dyn Progress) -> Result<ReadRoads, IoError> {
    let path = input.path(progress)?;
    let read = || pbf::read(File::open(path)?, pbf::ONE_PASS, progress);
    assembled(read().map_err(|problem| problem.of_file(input.named()))?, progress)
}

/// Reads an XML, packed or not.
fn xml(input: &Input<'_>, _options: &RoadOptions, progress: &dyn Progress) -> Result<ReadRoads, IoError> {
    let read = || xml::read(File::open(input.named())?, input.packing(), input.size(), progress);
    assembled(read().map_err(|problem: Problem| problem.of_file(input.named()))?, progress)
}

fn assembled(raw: Raw, progress: &dyn Progress) -> Result<ReadRoads, IoError> {
    let (roads, spots) = assemble::assemble(raw.collected, &raw.places, progress)?;
    Ok(ReadRoads { roads, spots, crs: Crs::Wgs84, crs_assumed: false })
}

#[cfg(test)]
mod tests;
