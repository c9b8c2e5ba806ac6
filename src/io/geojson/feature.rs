//! What does one feature say? Reads its geometry and properties, or says why it cannot be used.
//! Geometry grammar is the `geojson` crate's; this file knows what the program asks beyond it.

use std::borrow::Cow;
use std::fmt;

use geojson::{GeometryValue, Position};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::split::{Part, repeated};
use super::stated::{StatedCrs, stated_crs};
use super::wording::of_library;
use crate::io::features::{Intake, Placed, Placing, sample_of};
use crate::model::{Entry, Message, Refusal, RemarkKind};

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
                StatedCrs::Known(crs) if crs == self.context.placing.crs => continue,
                StatedCrs::Known(crs) => crs.name(),
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

/// A remark on loose form, once.
fn remark_loose(remarks: &mut Vec<RemarkKind>, message: Message) {
    let remark = RemarkKind::LooseForm { message };
    if !remarks.contains(&remark) {
        remarks.push(remark);
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
    if error.to_string().contains("number out of range") {
        return Refusal::NotFinite {
            field: "geometry.coordinates".into(),
            value: "number out of range".into(),
        };
    }
    Refusal::NotJson { message: of_library(&error.to_string()) }
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

fn bad(sv: impl Into<String>, en: impl Into<String>) -> Result<(), Refusal> {
    Err(Refusal::BadGeometry { message: Message::new(sv, en) })
}

/// The shape that a geometry of the grammar draws, or why it is none.
pub(in crate::io) fn shape_of(
    value: &GeometryValue,
    remarks: &mut Vec<RemarkKind>,
) -> Result<geo::Geometry, Refusal> {
    check_positions(value, remarks)?;
    let bad = |error: geojson::Error| Refusal::BadGeometry { message: of_library(&error.to_string()) };
    geo::Geometry::try_from(value).map_err(bad)
}

/// Checks what the grammar leaves open: ring and line lengths, closed rings, position sizes.
fn check_positions(value: &GeometryValue, remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    match value {
        GeometryValue::Point { coordinates } => check_position(coordinates, remarks),
        GeometryValue::MultiPoint { coordinates } => {
            coordinates.iter().try_for_each(|position| check_position(position, remarks))
        }
        GeometryValue::LineString { coordinates } => check_line(coordinates, remarks),
        GeometryValue::MultiLineString { coordinates } => {
            coordinates.iter().try_for_each(|line| check_line(line, remarks))
        }
        GeometryValue::Polygon { coordinates } => check_rings(coordinates, remarks),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().try_for_each(|rings| check_rings(rings, remarks))
        }
        GeometryValue::GeometryCollection { geometries } => {
            if geometries.iter().any(|g| matches!(g.value, GeometryValue::GeometryCollection { .. })) {
                let message = Message::new("en samling i en samling", "a collection inside a collection");
                remark_loose(remarks, message);
            }
            if geometries.len() == 1 {
                let message = Message::new(
                    "en samling av en enda geometri",
                    "a collection of one geometry, which could stand for itself",
                );
                remark_loose(remarks, message);
            }
            for geometry in geometries {
                check_positions(&geometry.value, remarks)?;
            }
            if geometries.is_empty() {
                return bad("en samling utan geometrier", "a collection without geometries");
            }
            Ok(())
        }
    }
}

fn check_position(position: &Position, remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    match position.len() {
        0 => Err(Refusal::EmptyGeometry),
        1 => bad("en position har ett tal, två behövs", "a position has one number, two are needed"),
        2 | 3 => Ok(()),
        n => {
            let message = Message::new(
                format!("en position har {n} tal; de två första används"),
                format!("a position has {n} numbers; the first two are used"),
            );
            remark_loose(remarks, message);
            Ok(())
        }
    }
}

fn check_line(line: &[Position], remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    line.iter().try_for_each(|position| check_position(position, remarks))?;
    match line.len() {
        0 => Err(Refusal::EmptyGeometry),
        1 => bad("en linje har en position, två behövs", "a line has one position, two are needed"),
        _ => Ok(()),
    }
}

fn check_rings(rings: &[Vec<Position>], remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    if rings.is_empty() {
        return Err(Refusal::EmptyGeometry);
    }
    for (at, ring) in rings.iter().enumerate() {
        ring.iter().try_for_each(|position| check_position(position, remarks))?;
        let is_closed =
            ring.first().zip(ring.last()).is_some_and(|(a, b)| a.as_slice()[..2] == b.as_slice()[..2]);
        let needed = if is_closed { 4 } else { 3 };
        if ring.len() < needed || (!is_closed && ring.len() == 3) {
            let (n, number) = (ring.len(), at + 1);
            return bad(
                format!("ring {number} har {n} positioner, fyra behövs (den sista är den första igen)"),
                format!("ring {number} has {n} positions, four are needed (the last repeats the first)"),
            );
        }
        if is_closed && ring.first().map(Position::len) != ring.last().map(Position::len) {
            let message = Message::new(
                "ringens första och sista position har olika många tal",
                "the ring's first and last position have different numbers of values",
            );
            remark_loose(remarks, message);
        }
        if !is_closed && !remarks.contains(&RemarkKind::RingClosed) {
            remarks.push(RemarkKind::RingClosed);
        }
    }
    Ok(())
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

fn first_of(value: &GeometryValue) -> Option<&Position> {
    match value {
        GeometryValue::Point { coordinates } => Some(coordinates),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            coordinates.first()
        }
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            coordinates.first()?.first()
        }
        GeometryValue::MultiPolygon { coordinates } => coordinates.first()?.first()?.first(),
        GeometryValue::GeometryCollection { geometries } => first_of(&geometries.first()?.value),
    }
}

/// The members of a feature or geometry that matter here, as raw text.
#[derive(Default)]
struct Members<'a> {
    kind: Option<Cow<'a, str>>,
    geometry: Option<&'a RawValue>,
    properties: Option<&'a RawValue>,
    id: Option<&'a RawValue>,
    bbox: Option<&'a RawValue>,
    crs: Option<&'a RawValue>,
    has_coordinates: bool,
    has_features: bool,
    repeated: Vec<String>,
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
                    let bit = match key.as_ref() {
                        "type" => {
                            let raw: &RawValue = map.next_value()?;
                            out.kind = Some(match serde_json::from_str::<Cow<'de, str>>(raw.get()) {
                                Ok(name) => name,
                                Err(_) => Cow::Borrowed(raw.get()),
                            });
                            1
                        }
                        "geometry" => {
                            out.geometry = Some(map.next_value()?);
                            2
                        }
                        "properties" => {
                            out.properties = Some(map.next_value()?);
                            4
                        }
                        "id" => {
                            out.id = Some(map.next_value()?);
                            8
                        }
                        "bbox" => {
                            out.bbox = Some(map.next_value()?);
                            16
                        }
                        "crs" => {
                            out.crs = Some(map.next_value()?);
                            128
                        }
                        "coordinates" | "geometries" => {
                            out.has_coordinates = true;
                            map.next_value::<IgnoredAny>()?;
                            32
                        }
                        "features" => {
                            out.has_features = true;
                            map.next_value::<IgnoredAny>()?;
                            64
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            0
                        }
                    };
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

/// Counts columns while passing over the properties once, and takes what they say.
struct PropertyScan<'c, 'a> {
    intake: &'c mut Intake,
    said: &'c mut Vec<(usize, Said<'a>)>,
    own_id: Option<Box<str>>,
}

impl<'de> Visitor<'de> for &mut PropertyScan<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let value: Said<'de> = map.next_value()?;
            let column = self.intake.columns.column(&key);
            let Some(entry) = value.entry() else { continue };
            self.intake.count(column, entry);
            if key == "source" && entry == Entry::Text("demo") {
                self.intake.mark_demo();
            }
            if key == "id" && !matches!(entry, Entry::Other(other) if !other.is_number()) {
                self.own_id = Some(sample_of(entry).into());
            }
            // Of a name given twice the last holds.
            match self.said.iter_mut().find(|(known, _)| *known == column) {
                Some((_, known)) => *known = value,
                None => self.said.push((column, value)),
            }
        }
        Ok(())
    }
}

/// A property's value.
enum Said<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Flag(bool),
    Text(Cow<'a, str>),
    /// A list, an object, or a whole number beyond 63 bits.
    Other(serde_json::Value),
}

impl Said<'_> {
    /// The value of a table, where anything is said.
    fn entry(&self) -> Option<Entry<'_>> {
        Some(match self {
            Said::Null => return None,
            Said::Integer(number) => Entry::Integer(*number),
            Said::Real(number) => Entry::Real(*number),
            Said::Flag(said) => Entry::Flag(*said),
            Said::Text(text) => Entry::Text(text),
            Said::Other(value) => Entry::Other(value),
        })
    }
}

impl<'de> Deserialize<'de> for Said<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SaidVisitor;

        impl<'de> Visitor<'de> for SaidVisitor {
            type Value = Said<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Said::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Said::Flag(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Said::Integer(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(i64::try_from(value).map_or_else(|_| Said::Other(value.into()), Said::Integer))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Said::Real(value))
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Said::Text(Cow::Borrowed(value)))
            }
            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Said::Text(Cow::Owned(value.to_owned())))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                serde_json::Value::deserialize(SeqAccessDeserializer::new(seq)).map(Said::Other)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                serde_json::Value::deserialize(MapAccessDeserializer::new(map)).map(Said::Other)
            }
        }

        deserializer.deserialize_any(SaidVisitor)
    }
}
