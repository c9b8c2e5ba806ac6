//! Which services and named places does an OpenStreetMap file tell? Tags to kinds, and a layer for each kind.
//! Says nothing of staffing: the tags do not tell it. Does not know roads.

use std::fmt::Write as _;
use std::path::Path;

use super::super::{IoError, LoadOptions, Loaded, load_bytes};
use super::tags::Tags;
use crate::geometry::Crs;
use crate::lang::{Lang, Said};
use crate::model::{ContextUse, KindRule, KindSet, Role, ServiceKind, SourceFile, SourcePlace};
use crate::progress::Progress;

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

/// A service or a named place where it lies, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedSpot {
    pub kinds: KindSet,
    pub is_place: bool,
    pub is_way: bool,
    pub id: i64,
    pub lon: f64,
    pub lat: f64,
    /// Its tags as a JSON object.
    pub properties: String,
}

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

/// The tags as a JSON object; of a key given twice the first.
pub(super) fn properties(tags: Tags<'_>) -> String {
    let mut out = String::from("{");
    for (ix, (key, value)) in tags.0.iter().enumerate() {
        if tags.0[..ix].iter().any(|(earlier, _)| earlier == key) {
            continue;
        }
        let (Ok(key), Ok(value)) = (serde_json::to_string(key), serde_json::to_string(value)) else {
            continue;
        };
        let comma = if out.len() > 1 { "," } else { "" };
        let _ = write!(out, "{comma}{key}:{value}");
    }
    out.push('}');
    out
}

/// The layers of a file: one for each kind that occurs, then the named places.
pub(super) fn layers(
    path: &Path,
    source: &SourceFile,
    mut spots: Vec<PlacedSpot>,
    progress: &dyn Progress,
) -> Result<Vec<Loaded>, IoError> {
    spots.sort_by_key(|spot| (spot.is_way, spot.id));
    let mut layers = Vec::new();
    for kind in KINDS {
        let of_kind = spots.iter().filter(|spot| spot.kinds.contains(kind));
        let role = Role::Services(KindRule::All(kind.into()));
        layers.extend(layer(path, source, &of_kind.collect::<Vec<_>>(), role, progress)?);
    }
    let places: Vec<&PlacedSpot> = spots.iter().filter(|spot| spot.is_place).collect();
    layers.extend(layer(path, source, &places, Role::Context(ContextUse::Places), progress)?);
    Ok(layers)
}

/// A layer of these features; none where there are none in the area of use.
fn layer(
    path: &Path,
    source: &SourceFile,
    spots: &[&PlacedSpot],
    role: Role,
    progress: &dyn Progress,
) -> Result<Option<Loaded>, IoError> {
    if spots.is_empty() {
        return Ok(None);
    }
    let name = format!("{} – {}", stem(path), role.said(Lang::Sv).to_lowercase());
    let part = match &role {
        Role::Services(KindRule::All(kinds)) => kinds.iter().next().map_or("services", ServiceKind::id),
        _ => "places",
    };
    let source = SourceFile { part: Some(part.to_owned()), ..source.clone() };
    let options = LoadOptions { crs: Some(Crs::Wgs84), role: Some(role), ..LoadOptions::default() };
    let place = SourcePlace::File(path.with_file_name(format!("{name}.geojson")));
    match load_bytes(place, geojson(spots).as_bytes(), &options, progress) {
        Ok(loaded) => Ok(Some(Loaded { source, name: Some(name), ..loaded })),
        // Another part of the world: its roads are still of use.
        Err(IoError::NoUsableFeature { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn geojson(spots: &[&PlacedSpot]) -> String {
    let mut text = String::from(r#"{"type":"FeatureCollection","features":["#);
    for (ix, spot) in spots.iter().enumerate() {
        let comma = if ix > 0 { "," } else { "" };
        let kind = if spot.is_way { "way" } else { "node" };
        let PlacedSpot { id, lon, lat, properties, .. } = spot;
        let _ = write!(
            text,
            "{comma}\n{{\"type\":\"Feature\",\"id\":\"{kind}/{id}\",\"properties\":{properties},\
             \"geometry\":{{\"type\":\"Point\",\"coordinates\":[{lon:.7},{lat:.7}]}}}}"
        );
    }
    text.push_str("\n]}\n");
    text
}

/// The file's name without what says its format.
fn stem(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    let ending = super::OSM_ENDINGS.iter().find(|ending| lower.ends_with(**ending));
    ending.map_or(name.as_str(), |ending| &name[..name.len() - ending.len()]).to_owned()
}
