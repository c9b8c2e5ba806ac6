//! Which places does a file name? Points with an id each, from a layer.

use crate::geometry::LonLat;
use crate::io::{IoError, LoadOptions, load_file};
use crate::model::LayerReport;
use crate::network::RoadNetwork;
use crate::progress::Progress;
use rustc_hash::FxHashSet;
use std::path::Path;

/// A place with an id, for tables of travel costs.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPlace {
    pub id: String,
    pub place: LonLat,
}

/// Reads the places of a file; an id is the feature's `id`, else its property `id`, where that is unique. Else the number
/// in the file, after `#` where such a number is another feature's id.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use.
pub fn places_from_file(
    path: &Path,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<(Vec<NamedPlace>, LayerReport), IoError> {
    let loaded = load_file(path, options, progress)?;
    let table = &loaded.table;
    // A place without an id of its own, or with one that others bear, is told by its number in the file; where such
    // a number is somebody's id, all of them by `#` and the number.
    let stated: FxHashSet<&str> = table.features.iter().filter_map(|feature| feature.id.as_deref()).collect();
    let unnamed = || table.features.iter().filter(|feature| feature.id.is_none());
    let mut sign = String::new();
    while unnamed().any(|feature| stated.contains(format!("{sign}{}", feature.number).as_str())) {
        sign.push('#');
    }
    let by_number = |number: u32| format!("{sign}{number}");
    let places: Vec<NamedPlace> = table
        .features
        .iter()
        .map(|feature| {
            let id = feature.id.as_ref().map_or_else(|| by_number(feature.number), ToString::to_string);
            NamedPlace { id, place: feature.place }
        })
        .collect();
    let mut report = table.report.clone();
    report.features_used = places.len();
    if places.is_empty() {
        return Err(IoError::NoUsableFeature { file: loaded.source.name(), report: Box::new(report) });
    }
    Ok((places, report))
}

/// The places whose walk to the road crosses water.
#[must_use]
pub fn over_water<'a>(network: &RoadNetwork, places: impl Iterator<Item = &'a NamedPlace>) -> Vec<String> {
    if network.water().is_none() {
        return Vec::new();
    }
    let limit = network.graph.profile.max_access;
    places
        .filter(|place| network.snap(place.place, limit).is_ok_and(|snap| snap.crosses_water))
        .map(|place| place.id.clone())
        .collect()
}
