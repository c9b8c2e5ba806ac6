//! Which shapes leave the program? Gaps, and the most important roads.

use super::geometry::{degrees, geometry_member};
use super::members::{area_members, cost_member, write_collection};
use super::origin::{Stamp, assumptions};
use crate::app::Results;
use crate::app::ways::CriticalRoad;
use crate::geometry::{Crs, Reprojection};
use crate::io::{IoError, JsonWriter};
use crate::model::ServiceKind;
use std::path::Path;

/// The gaps of every kind.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_gaps(path: &Path, results: &Results, stamp: &Stamp) -> Result<(), IoError> {
    let reprojection = Reprojection::new(Crs::Wgs84);
    let mut json = JsonWriter::default();
    for kind in &results.kinds {
        for (rank, (gap, outline)) in kind.gaps.iter().enumerate() {
            json.line_break();
            json.begin_object();
            json.member("type", "Feature");
            geometry_member(&mut json, &degrees(outline, &reprojection).into());
            json.key("properties");
            json.begin_object();
            json.member("kind", gap.kind.id());
            json.member("rank", &(rank + 1));
            json.number_member("people", gap.people.value());
            json.member("cells", &gap.cells.len());
            cost_member(&mut json, "mean", gap.mean, results.measure());
            cost_member(&mut json, "max", gap.max, results.measure());
            area_members(&mut json, results, gap.area);
            json.end_object();
            json.end_object();
        }
    }
    write_collection(path, "gaps", &assumptions(results, stamp), &[json.into_bytes()])
}

/// Writes the most important roads of a kind, worst first.
///
/// # Errors
/// [`IoError::Write`] when the file cannot be written.
pub fn write_critical(
    path: &Path,
    results: &Results,
    kind: ServiceKind,
    roads: &[CriticalRoad],
    stamp: &Stamp,
) -> Result<(), IoError> {
    let mut json = JsonWriter::default();
    for (rank, road) in roads.iter().enumerate() {
        json.line_break();
        json.begin_object();
        json.member("type", "Feature");
        let line: geo::LineString = road.line.iter().map(|place| (place.lon, place.lat)).collect();
        geometry_member(&mut json, &line.into());
        json.key("properties");
        json.begin_object();
        json.member("kind", kind.id());
        json.member("rank", &(rank + 1));
        json.member("name", &road.name);
        json.member("class", road.class.id());
        json.member("municipality", &road.area);
        json.number_member("metres", road.length.value().round());
        json.number_member("people", road.people.value());
        json.number_member("people_cut_off", road.people_cut_off.value());
        json.number_member("extra_person_min", road.extra_person_min.round());
        json.number_member("extra_person_km", road.extra_person_km.round());
        json.end_object();
        json.end_object();
    }
    write_collection(path, "critical_roads", &assumptions(results, stamp), &[json.into_bytes()])
}
