//! How does a file become roads of a project, and the services beside them? The door for roads: whatever the format.

use std::path::Path;

use super::content::file_name;
use super::formats::Format;
use super::input::{Input, LoadOptions, RoadOptions};
use super::open::loaded;
use super::{IoError, Loaded, guarded, osm};
use crate::model::roads::Roads;
use crate::model::{Message, SourceFile};
use crate::progress::Progress;

/// A road file, read.
#[derive(Debug)]
pub struct RoadFile {
    pub source: SourceFile,
    pub roads: Roads,
    /// Layers found in an `OpenStreetMap` file: one for each kind of service that occurs, and the named places.
    pub services: Vec<Loaded>,
}

/// Reads roads, and the services that an `OpenStreetMap` file holds beside them.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn load_roads(path: &Path, options: &RoadOptions, progress: &dyn Progress) -> Result<RoadFile, IoError> {
    guarded(&file_name(path), || roads_of(&Input::open(path)?, options, progress))
}

/// The roads of a file that is open.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn roads_of(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<RoadFile, IoError> {
    let format = Format::of(input)?;
    let Some(reader) = format.roads else {
        let message = Message::new(
            format!("en {}-fil har inga vägar. Välj OpenStreetMap, GeoPackage eller GeoJSON", format.name),
            format!("a {} file holds no roads. Choose OpenStreetMap, GeoPackage or GeoJSON", format.name),
        );
        return Err(IoError::File { file: input.file().into(), message });
    };
    let read = reader(input, options, progress)?;
    if read.roads.is_empty() {
        return Err(IoError::NoRoads { file: input.file().into(), report: Box::new(read.roads.report) });
    }
    let source = input.source(read.crs, read.crs_assumed, progress)?;
    let layers = osm::layers(input.file(), read.spots).into_iter();
    let services = layers
        .map(|layer| loaded(input, layer, &LoadOptions::default(), progress))
        .collect::<Result<_, _>>()?;
    progress.report(1, 1);
    Ok(RoadFile { source, roads: read.roads, services })
}
