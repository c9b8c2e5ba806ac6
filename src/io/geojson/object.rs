//! What do the members of a top-level object say, and which types does GeoJSON have?

use std::ops::Range;

use serde_json::Value;

use crate::model::Message;

/// The text of one feature.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub range: Range<usize>,
    /// The file ends inside it.
    pub is_cut_off: bool,
}

/// The members of a top-level object.
#[derive(Default)]
pub(super) struct Object {
    pub range: Range<usize>,
    pub types: Vec<String>,
    pub features: Option<Vec<Part>>,
    pub features_found: Option<String>,
    pub crs: Option<Value>,
    pub has_geometry: bool,
    pub is_cut_by_server: bool,
    /// Features there are on the server, where it says.
    pub matched: Option<u64>,
    pub server_says: Vec<String>,
    /// The file ends before the object does.
    pub is_open: bool,
    pub repeated: Vec<String>,
}

impl Object {
    /// Members by which servers tell that there is more (Esri `exceededTransferLimit`, WFS and OGC API – Features
    /// `numberMatched` and a link to the next page, `GeoServer` `totalFeatures`), or that something went wrong.
    pub fn read_warning(&mut self, key: &str, text: &[u8]) {
        let value = || serde_json::from_slice::<Value>(text).unwrap_or_default();
        let exceeds = |value: &Value| value.as_bool() == Some(true) || value.as_str() == Some("true");
        match key {
            "exceededTransferLimit" => self.is_cut_by_server |= exceeds(&value()),
            "properties" => {
                self.is_cut_by_server |= value().get("exceededTransferLimit").is_some_and(exceeds);
            }
            "numberMatched" | "totalFeatures" => {
                let value = value();
                let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
                self.matched = self.matched.max(number);
            }
            "links" => {
                let value = value();
                let mut links = value.as_array().into_iter().flatten();
                self.is_cut_by_server |=
                    links.any(|link| link.get("rel").and_then(Value::as_str) == Some("next"));
            }
            "remark" | "warning" | "error" => {
                let value = value();
                let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                if !value.is_null() && !said.trim().is_empty() {
                    self.server_says.push(said.trim().chars().take(300).collect());
                }
            }
            _ => {}
        }
    }

    pub fn has_parts(&self) -> bool {
        self.features.as_ref().is_some_and(|parts| !parts.is_empty())
    }
}

/// A member that stands there twice.
pub(super) fn repeated(key: &str) -> Message {
    Message::new(
        format!("”{key}” förekommer mer än en gång"),
        format!("the member “{key}” occurs more than once"),
    )
}

const KINDS: [&str; 8] = [
    "Feature",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

pub(super) fn is_feature_or_geometry(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// What is said of a type that GeoJSON does not have.
pub(super) fn unknown_type(kind: &str) -> Message {
    let (hint_sv, hint_en) = if is_feature_or_geometry_loosely(kind) {
        ("; stora och små bokstäver skiljs åt i GeoJSON", "; upper and lower case matter in GeoJSON")
    } else {
        ("", "")
    };
    Message::new(
        format!("”type” är ”{kind}”, som inte finns i GeoJSON{hint_sv}"),
        format!("“type” is “{kind}”, which GeoJSON does not know{hint_en}"),
    )
}

fn is_feature_or_geometry_loosely(kind: &str) -> bool {
    KINDS.iter().chain(&["FeatureCollection"]).any(|known| known.eq_ignore_ascii_case(kind))
}
