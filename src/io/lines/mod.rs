//! How do line features become roads? The lines of a table in memory, and the line tables of a `GeoPackage`, for
//! registers like NVDB.

mod columns;
mod database;
mod join;
mod register;
mod values;

use super::IoError;
use super::input::{Input, ReadRoads, RoadOptions};
use super::kept_roads::kept;
use crate::progress::Progress;

pub(in crate::io) use self::database::tells_roads;

/// The roads of a `GeoPackage`.
pub(in crate::io) fn of_database(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<ReadRoads, IoError> {
    kept(input, options, progress, database::read)
}

/// The roads of `GeoJSON` lines.
pub(in crate::io) fn of_geojson(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
) -> Result<ReadRoads, IoError> {
    kept(input, options, progress, join::geojson)
}

#[cfg(test)]
mod tests;
