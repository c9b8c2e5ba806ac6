//! Which services and named places does an OpenStreetMap file tell? Tags to kinds, and a layer for each kind.
//! Says nothing of staffing: the tags do not tell it. Does not know roads.

use super::tag_list::Tags;
use crate::geometry::Crs;
use crate::io::features::{Intake, Placing};
use crate::io::input::{PlacedSpot, ReadLayer};
use crate::model::{ContextUse, Entry, KindRule, KindSet, LayerReport, Role, ServiceKind};

/// The kinds that OpenStreetMap tells.
const KINDS: [ServiceKind; 6] = [
    ServiceKind::Grocery,
    ServiceKind::Fuel,
    ServiceKind::Rescue,
    ServiceKind::Pharmacy,
    ServiceKind::Parcel,
    ServiceKind::Payment,
];

/// Settlements worth a name on the map.
const PLACES: [&str; 9] =
    ["city", "town", "village", "hamlet", "isolated_dwelling", "farm", "suburb", "neighbourhood", "locality"];

/// The kinds of service that tags tell, and whether they name a settlement.
pub(super) fn meaning(tags: Tags<'_>) -> (KindSet, bool) {
    let mut kinds = KindSet::EMPTY;
    for value in tags.find("shop").unwrap_or_default().split(';') {
        if let "supermarket" | "convenience" | "general" = value.trim() {
            kinds = kinds.with(ServiceKind::Grocery);
        }
    }
    for value in tags.find("amenity").unwrap_or_default().split(';') {
        kinds = match value.trim() {
            "fuel" => kinds.with(ServiceKind::Fuel),
            "fire_station" => kinds.with(ServiceKind::Rescue),
            "pharmacy" => kinds.with(ServiceKind::Pharmacy),
            "post_office" | "parcel_locker" => kinds.with(ServiceKind::Parcel),
            "atm" | "bank" => kinds.with(ServiceKind::Payment),
            _ => kinds,
        };
    }
    if tags.is("post_office", "post_partner") {
        kinds = kinds.with(ServiceKind::Parcel);
    }
    let is_place =
        tags.find("place").is_some_and(|place| PLACES.contains(&place)) && tags.find("name").is_some();
    (kinds, is_place)
}

/// What tags say; of a key given twice the first.
pub(super) fn properties(tags: Tags<'_>) -> Vec<(String, String)> {
    let is_first = |at: usize, key: &str| !tags.0[..at].iter().any(|(earlier, _)| *earlier == key);
    let all = tags.0.iter().enumerate().filter(|(at, (key, _))| is_first(*at, key));
    all.map(|(_, (key, value))| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// The layers of a file: one for each kind that occurs, then the named places.
pub(in crate::io) fn layers(file: &str, mut spots: Vec<PlacedSpot>) -> Vec<ReadLayer> {
    spots.sort_by_key(|spot| (spot.is_way, spot.id));
    let mut layers = Vec::new();
    for kind in KINDS {
        let of_kind: Vec<_> = spots.iter().filter(|spot| spot.kinds.contains(kind)).collect();
        layers.extend(layer(file, &of_kind, kind.id(), Role::Services(KindRule::All(kind.into()))));
    }
    let places: Vec<_> = spots.iter().filter(|spot| spot.is_place).collect();
    layers.extend(layer(file, &places, "places", Role::Context(ContextUse::Places)));
    layers
}

/// A layer of these features; none where there are none in the area of use. Another part of the world: its roads are
/// still of use.
fn layer(file: &str, spots: &[&PlacedSpot], part: &str, role: Role) -> Option<ReadLayer> {
    let placing = Placing::new(Crs::Wgs84);
    let mut intake = Intake::default();
    for (number, spot) in (1u32..).zip(spots) {
        let kind = if spot.is_way { "way" } else { "node" };
        let mut said = Vec::with_capacity(spot.properties.len());
        for (key, value) in &spot.properties {
            let (column, entry) = (intake.columns.column(key), Entry::Text(value));
            intake.count(column, entry);
            said.push((column, entry));
        }
        let mut remarks = Vec::new();
        let placed = placing.place(geo::Point::new(spot.lon, spot.lat).into(), &mut remarks);
        let id = format!("{kind}/{}", spot.id).into();
        intake.take(number, Some(id), placed, remarks, said);
    }
    let report = LayerReport { features_in: spots.len(), ..LayerReport::default() };
    let table = intake.finish(file, report).ok()?;
    let part = Some((part.to_owned(), stem(file).to_owned()));
    Some(ReadLayer { part, role: Some(role), ..ReadLayer::new(table, Crs::Wgs84, false) })
}

/// The file's name without what says its format.
fn stem(name: &str) -> &str {
    const ENDINGS: [&str; 5] = [".osm.pbf", ".osm.bz2", ".osm.gz", ".pbf", ".osm"];
    let lower = name.to_ascii_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending));
    ending.map_or(name, |ending| &name[..name.len() - ending.len()])
}
