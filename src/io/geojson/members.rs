//! Which members does a feature or geometry have? Those that matter here, as raw text, and which stand there twice.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of a feature or geometry that matter here, as raw text.
#[derive(Default)]
pub(super) struct Members<'a> {
    pub kind: Option<Cow<'a, str>>,
    pub geometry: Option<&'a RawValue>,
    pub properties: Option<&'a RawValue>,
    pub id: Option<&'a RawValue>,
    pub bbox: Option<&'a RawValue>,
    pub crs: Option<&'a RawValue>,
    pub has_coordinates: bool,
    pub has_features: bool,
    pub repeated: Vec<String>,
}

impl<'de> Members<'de> {
    /// Takes in the value of a member.
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "type" => {
                let raw: &RawValue = map.next_value()?;
                self.kind = Some(match serde_json::from_str::<Cow<'de, str>>(raw.get()) {
                    Ok(name) => name,
                    Err(_) => Cow::Borrowed(raw.get()),
                });
            }
            "geometry" => self.geometry = Some(map.next_value()?),
            "properties" => self.properties = Some(map.next_value()?),
            "id" => self.id = Some(map.next_value()?),
            "bbox" => self.bbox = Some(map.next_value()?),
            "crs" => self.crs = Some(map.next_value()?),
            _ => {
                self.has_coordinates |= matches!(key, "coordinates" | "geometries");
                self.has_features |= key == "features";
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// A bit for each member that may stand there once; 0 for those that nobody asks for.
fn bit_of(key: &str) -> u8 {
    match key {
        "type" => 1,
        "geometry" => 2,
        "properties" => 4,
        "id" => 8,
        "bbox" => 16,
        "coordinates" | "geometries" => 32,
        "features" => 64,
        "crs" => 128,
        _ => 0,
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;

        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a GeoJSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut out = Members::default();
                let mut seen = 0u8;
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    out.take(&key, &mut map)?;
                    let bit = bit_of(&key);
                    if seen & bit != 0 {
                        out.repeated.push(key.into_owned());
                    }
                    seen |= bit;
                }
                Ok(out)
            }
        }

        deserializer.deserialize_map(MembersVisitor)
    }
}
