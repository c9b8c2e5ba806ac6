//! What does one feature say? Reads its geometry and properties, or says why it cannot be used.
//! Geometry grammar is the `geojson` crate's; this file knows what the program asks beyond it.

use geojson::GeometryValue;
use serde::de::{Deserializer, IgnoredAny};
use serde_json::value::RawValue;

use super::members::Members;
use super::properties::{PropertyScan, Said};
use super::shape::{first_of, remark_loose, shape_of};
use super::split::{Part, repeated};
use super::stated::{StatedCrs, stated_crs};
use super::wording::of_library;
use crate::io::features::{Intake, Placed, Placing};
use crate::model::{Message, Refusal, RemarkKind};

/// What every feature of a file is read with.
pub(super) struct Context<'a> {
    pub bytes: &'a [u8],
    pub in_collection: bool,
    /// The user named the system: what single features say does not count.
    pub is_said: bool,
    pub placing: &'a Placing,
}

/// Reads one feature into `intake`.
pub(super) fn read_feature(context: &Context<'_>, part: &Part, number: u32, intake: &mut Intake) {
    let mut reader =
        FeatureReader { context, remarks: Vec::new(), id: None, said: Vec::new(), geometry_crs: None };
    let placed = reader.read(part, intake);
    let FeatureReader { remarks, id, said, .. } = reader;
    let said = said.iter().filter_map(|(column, value)| Some((*column, value.entry()?)));
    intake.take(number, id, placed, remarks, said);
}

struct FeatureReader<'c, 'a> {
    context: &'c Context<'a>,
    remarks: Vec<RemarkKind>,
    id: Option<Box<str>>,
    /// What it says, by column.
    said: Vec<(usize, Said<'a>)>,
    /// The `crs` member that some programs write into a geometry.
    geometry_crs: Option<serde_json::Value>,
}

impl<'a> FeatureReader<'_, 'a> {
    fn loose(&mut self, sv: &str, en: &str) {
        remark_loose(&mut self.remarks, Message::new(sv, en));
    }

    fn loose_bbox(&mut self) {
        self.loose(
            "”bbox” är inte en lista av fyra eller sex tal; den används inte",
            "“bbox” is not an array of four or six numbers; it is not used",
        );
    }

    fn read(&mut self, part: &Part, intake: &mut Intake) -> Result<Placed, Refusal> {
        let text: &'a [u8] = &self.context.bytes[part.range.clone()];
        if part.is_cut_off {
            let message = Message::new("filen tar slut inne i objektet", "the file ends inside this feature");
            return Err(Refusal::NotJson { message });
        }
        let object: Members<'a> = serde_json::from_slice(text).map_err(|e| no_object(text, &e))?;
        for key in &object.repeated {
            remark_loose(&mut self.remarks, repeated(key));
        }
        let is_feature = match object.kind.as_deref() {
            Some("Feature") => true,
            Some(kind) if is_geometry(kind) => false,
            Some(kind) => {
                let found = Message::new(format!("typen ”{kind}”"), format!("type “{kind}”"));
                return Err(Refusal::NotAFeature { found });
            }
            None => {
                let found = Message::new("”type” saknas", "no “type”");
                return Err(Refusal::NotAFeature { found });
            }
        };
        if !is_feature && self.context.in_collection {
            self.loose(
                "en geometri står för sig bland objekten",
                "a bare geometry stands among the features",
            );
        }
        self.properties(&object, intake)?;
        let geometry_text = if is_feature {
            match object.geometry {
                None => return Err(Refusal::NoGeometry),
                Some(raw) if raw.get() == "null" => return Err(Refusal::NoGeometry),
                Some(raw) => raw.get(),
            }
        } else {
            // The text was UTF-8 when the file was split.
            std::str::from_utf8(text).unwrap_or_default()
        };
        if is_feature && (object.has_coordinates || object.has_features) {
            self.loose(
                "en Feature har ingen egen ”coordinates” eller ”features”",
                "a Feature has no “coordinates” or “features” of its own",
            );
        } else if !is_feature
            && (object.has_features || object.geometry.is_some() || object.properties.is_some())
        {
            self.loose(
                "en geometri har ingen ”features”, ”geometry” eller ”properties”",
                "a geometry has no “features”, “geometry” or “properties”",
            );
        }
        if !object.bbox.is_none_or(is_bbox) {
            self.loose_bbox();
        }
        let value = self.geometry_value(geometry_text)?;
        self.refuse_other_crs(object.crs)?;
        let shape = shape_of(&value, &mut self.remarks)?;
        self.context.placing.place(shape, &mut self.remarks)
    }

    /// The id, and what the properties say.
    fn properties(&mut self, object: &Members<'a>, intake: &mut Intake) -> Result<(), Refusal> {
        self.id = match object.id.map(RawValue::get) {
            None | Some("null") => None,
            Some(raw) if raw.starts_with(['{', '[', 't', 'f']) => {
                self.loose(
                    "”id” är varken text eller tal; det används inte",
                    "“id” is neither a string nor a number; it is not used",
                );
                None
            }
            Some(raw) => Some(unquoted(raw)),
        };
        let raw = match object.properties.map(RawValue::get) {
            None | Some("null") => return Ok(()),
            Some(raw) if raw.starts_with('{') => raw,
            Some(raw) => {
                let found = raw.chars().take(20).collect();
                return Err(Refusal::BadProperties { found });
            }
        };
        let mut scan = PropertyScan { intake, said: &mut self.said, own_id: None };
        let mut reader = serde_json::Deserializer::from_str(raw);
        if let Err(error) = reader.deserialize_map(&mut scan) {
            return Err(Refusal::NotJson { message: of_library(&error.to_string()) });
        }
        let own_id = scan.own_id;
        self.id = self.id.take().or(own_id);
        Ok(())
    }

    /// A feature that names another system than the file's stands somewhere else than its numbers seem to say.
    fn refuse_other_crs(&mut self, of_feature: Option<&RawValue>) -> Result<(), Refusal> {
        let of_feature = of_feature.and_then(|raw| serde_json::from_str(raw.get()).ok());
        let stated = [of_feature, self.geometry_crs.take()];
        for stated in stated.iter().flatten().filter(|_| !self.context.is_said) {
            let found = match stated_crs(Some(stated)) {
                StatedCrs::Nothing => continue,
                StatedCrs::Known(crs) | StatedCrs::EastFirst(crs) if crs == self.context.placing.crs => {
                    continue;
                }
                StatedCrs::Known(crs) | StatedCrs::EastFirst(crs) => crs.name(),
                StatedCrs::Unknown(found) => found,
            };
            return Err(Refusal::OtherCrs { found, of_file: self.context.placing.crs.name() });
        }
        Ok(())
    }

    fn geometry_value(&mut self, text: &str) -> Result<GeometryValue, Refusal> {
        match serde_json::from_str::<geojson::Geometry>(text) {
            Ok(geometry) => {
                self.geometry_crs = crs_of(&geometry);
                Ok(geometry.value)
            }
            Err(error) => {
                // A bad `bbox` says nothing about the coordinates: read them without it.
                if let Ok(serde_json::Value::Object(mut object)) = serde_json::from_str(text)
                    && object.remove("bbox").is_some()
                    && let Ok(geometry) = serde_json::from_value::<geojson::Geometry>(object.into())
                {
                    self.loose_bbox();
                    self.geometry_crs = crs_of(&geometry);
                    return Ok(geometry.value);
                }
                Err(Refusal::BadGeometry { message: of_library(&error.to_string()) })
            }
        }
    }
}

/// JSON that is no object is no feature; what is no JSON, the library says.
fn no_object(text: &[u8], error: &serde_json::Error) -> Refusal {
    if text.first() == Some(&b'{') || serde_json::from_slice::<IgnoredAny>(text).is_err() {
        return not_json(text, error);
    }
    let found: String = String::from_utf8_lossy(text).chars().take(20).collect();
    Refusal::NotAFeature { found: Message::new(found.clone(), found) }
}

/// What JSON says of a text it cannot read, naming the numbers that JSON does not have.
fn not_json(text: &[u8], error: &serde_json::Error) -> Refusal {
    let text = String::from_utf8_lossy(text);
    for word in ["-Infinity", "Infinity", "NaN", "nan", "inf"] {
        let outside_strings = text.split('"').step_by(2).any(|part| part.contains(word));
        if outside_strings {
            return Refusal::NotFinite { field: "geometry.coordinates".into(), value: word.into() };
        }
    }
    if begins_beyond_all_numbers(&text) {
        return Refusal::NotFinite {
            field: "geometry.coordinates".into(),
            value: "number out of range".into(),
        };
    }
    Refusal::NotJson { message: of_library(&error.to_string()) }
}

/// Is the first thing a number that no `f64` can hold, such as 1e999?
fn begins_beyond_all_numbers(text: &str) -> bool {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let number = text.trim_start().split(|c: char| !is_of_number(c)).next().unwrap_or_default();
    number.parse::<f64>().is_ok_and(f64::is_infinite)
}

fn is_geometry(kind: &str) -> bool {
    matches!(
        kind,
        "Point"
            | "MultiPoint"
            | "LineString"
            | "MultiLineString"
            | "Polygon"
            | "MultiPolygon"
            | "GeometryCollection"
    )
}

fn is_bbox(raw: &RawValue) -> bool {
    serde_json::from_str::<Vec<f64>>(raw.get()).is_ok_and(|numbers| matches!(numbers.len(), 4 | 6))
}

fn unquoted(raw: &str) -> Box<str> {
    serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned()).into()
}

fn crs_of(geometry: &geojson::Geometry) -> Option<serde_json::Value> {
    geometry.foreign_members.as_ref().and_then(|members| members.get("crs")).cloned()
}

/// The first position of a feature's text, for telling degrees from metres, and the system that the feature names.
pub(super) fn first_position(text: &[u8]) -> (Option<(f64, f64)>, StatedCrs) {
    let Ok(members) = serde_json::from_slice::<Members<'_>>(text) else { return (None, StatedCrs::Nothing) };
    let own = members.crs.and_then(|raw| serde_json::from_str(raw.get()).ok());
    let geometry =
        members.geometry.map_or_else(|| std::str::from_utf8(text).unwrap_or_default(), RawValue::get);
    let geometry = serde_json::from_str::<geojson::Geometry>(geometry).ok();
    let stated = match stated_crs(own.as_ref()) {
        StatedCrs::Nothing => stated_crs(geometry.as_ref().and_then(crs_of).as_ref()),
        stated => stated,
    };
    let position = geometry.as_ref().and_then(|geometry| first_of(&geometry.value));
    let pair = position.map(geojson::Position::as_slice).filter(|numbers| numbers.len() >= 2);
    (pair.map(|numbers| (numbers[0], numbers[1])), stated)
}
