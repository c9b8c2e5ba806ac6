//! What does one feature say? Reads its geometry and properties, or says why it cannot be used.
//! Geometry grammar is the `geojson` crate's; this file knows what the program asks beyond it.

use std::borrow::Cow;
use std::fmt;

use geo::{
    BoundingRect, Centroid, Contains, CoordsIter, InteriorPoint, InterpolatableLine, MapCoordsInPlace,
};
use geojson::{GeometryValue, Position};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::split::{Part, repeated};
use super::wording::of_library;
use super::{StatedCrs, rings, stated_crs};
use crate::geometry::{AREA_OF_USE, Crs, LonLat, PlanePoint, Reprojection};
use crate::model::{Entry, Feature, Message, Refusal, RemarkKind, TableBuilder};

/// What every feature of a file is read with.
pub(super) struct Context<'a> {
    pub bytes: &'a [u8],
    pub in_collection: bool,
    pub crs: Crs,
    /// The user named the system: what single features say does not count.
    pub is_said: bool,
    pub reprojection: &'a Reprojection,
}

/// A feature, or why not; and what is worth a remark either way.
pub(super) struct Read {
    pub result: Result<Feature, (Refusal, Option<LonLat>)>,
    pub remarks: Vec<RemarkKind>,
    pub is_demo: bool,
    /// A ring runs the other way than RFC 7946 wants: so common that the file says it once.
    pub runs_wrong: bool,
}

/// Coordinates beyond this are no coordinates in any system.
const HUGE: f64 = 1e9;

/// Reads one feature.
///
/// What it says is counted among the columns, and put into `said` by column.
pub(super) fn read_feature<'a>(
    context: &Context<'a>,
    part: &Part,
    number: u32,
    columns: &mut TableBuilder,
    said: &mut Vec<(usize, Said<'a>)>,
) -> Read {
    let mut reader = FeatureReader {
        context,
        number,
        remarks: Vec::new(),
        is_demo: false,
        runs_wrong: false,
        geometry_crs: None,
    };
    let result = reader.read(part, columns, said);
    let FeatureReader { remarks, is_demo, runs_wrong, .. } = reader;
    Read { result, remarks, is_demo, runs_wrong }
}

struct FeatureReader<'c, 'a> {
    context: &'c Context<'a>,
    number: u32,
    remarks: Vec<RemarkKind>,
    is_demo: bool,
    runs_wrong: bool,
    /// The `crs` member that some programs write into a geometry.
    geometry_crs: Option<serde_json::Value>,
}

type Refused = (Refusal, Option<LonLat>);

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

    fn read(
        &mut self,
        part: &Part,
        columns: &mut TableBuilder,
        said: &mut Vec<(usize, Said<'a>)>,
    ) -> Result<Feature, Refused> {
        let text: &'a [u8] = &self.context.bytes[part.range.clone()];
        if part.is_cut_off {
            let message = Message::new("filen tar slut inne i objektet", "the file ends inside this feature");
            return Err((Refusal::NotJson { message }, None));
        }
        let object: Members<'a> = serde_json::from_slice(text).map_err(|e| (no_object(text, &e), None))?;
        for key in &object.repeated {
            remark_loose(&mut self.remarks, repeated(key));
        }
        let is_feature = match object.kind.as_deref() {
            Some("Feature") => true,
            Some(kind) if is_geometry(kind) => false,
            Some(kind) => {
                let found = Message::new(format!("typen ”{kind}”"), format!("type “{kind}”"));
                return Err((Refusal::NotAFeature { found }, None));
            }
            None => {
                let found = Message::new("”type” saknas", "no “type”");
                return Err((Refusal::NotAFeature { found }, None));
            }
        };
        if !is_feature && self.context.in_collection {
            self.loose(
                "en geometri står för sig bland objekten",
                "a bare geometry stands among the features",
            );
        }
        let id = self.properties(&object, columns, said)?;
        let geometry_text = if is_feature {
            match object.geometry {
                None => return Err((Refusal::NoGeometry, None)),
                Some(raw) if raw.get() == "null" => return Err((Refusal::NoGeometry, None)),
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
        self.feature(geometry_text, id, object.crs).map(|mut feature| {
            feature.number = self.number;
            feature
        })
    }

    /// The id, and what the properties say.
    fn properties(
        &mut self,
        object: &Members<'a>,
        columns: &mut TableBuilder,
        said: &mut Vec<(usize, Said<'a>)>,
    ) -> Result<Option<Box<str>>, Refused> {
        let mut id = match object.id.map(RawValue::get) {
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
            None | Some("null") => return Ok(id),
            Some(raw) if raw.starts_with('{') => raw,
            Some(raw) => {
                let found = raw.chars().take(20).collect();
                return Err((Refusal::BadProperties { found }, None));
            }
        };
        let mut scan = PropertyScan { columns, said, own_id: None, is_demo: false };
        let mut reader = serde_json::Deserializer::from_str(raw);
        if let Err(error) = reader.deserialize_map(&mut scan) {
            return Err((Refusal::NotJson { message: of_library(&error.to_string()) }, None));
        }
        self.is_demo |= scan.is_demo;
        id = id.or(scan.own_id);
        Ok(id)
    }

    fn feature(
        &mut self,
        geometry_text: &str,
        id: Option<Box<str>>,
        stated: Option<&RawValue>,
    ) -> Result<Feature, Refused> {
        let value = self.geometry_value(geometry_text)?;
        self.refuse_other_crs(stated)?;
        check_positions(&value, &mut self.remarks).map_err(|refusal| (refusal, None))?;
        let mut geometry =
            geo_types_of(&value).map_err(|e| (Refusal::BadGeometry { message: of_library(&e) }, None))?;
        if geometry.coords_iter().next().is_none() {
            return Err((Refusal::EmptyGeometry, None));
        }
        // The plane's coordinates come from the file's own numbers, not by way of degrees.
        let source = (!self.context.crs.is_degrees()).then(|| geometry.clone());
        self.to_degrees(&mut geometry)?;
        let (place, point) = self.representative(&geometry, source)?;
        if self.context.crs.is_degrees() && has_few_decimals(&value) {
            self.remarks.push(RemarkKind::FewDecimals);
        }
        self.runs_wrong = rings::runs_wrong(&geometry);
        if rings::crosses_itself(&geometry) {
            self.remarks.push(RemarkKind::NotSimple);
        }
        let shape = match geometry {
            geo::Geometry::Point(_) => None,
            other => Some(Box::new(other)),
        };
        Ok(Feature { number: 0, id, place, point, shape, row: 0 })
    }

    /// A feature that names another system than the file's stands somewhere else than its numbers seem to say.
    fn refuse_other_crs(&mut self, of_feature: Option<&RawValue>) -> Result<(), Refused> {
        let of_feature = of_feature.and_then(|raw| serde_json::from_str(raw.get()).ok());
        let stated = [of_feature, self.geometry_crs.take()];
        for stated in stated.iter().flatten().filter(|_| !self.context.is_said) {
            let found = match stated_crs(Some(stated)) {
                StatedCrs::Nothing => continue,
                StatedCrs::Known(crs) if crs == self.context.crs => continue,
                StatedCrs::Known(crs) => crs.name(),
                StatedCrs::Unknown(found) => found,
            };
            return Err((Refusal::OtherCrs { found, of_file: self.context.crs.name() }, None));
        }
        Ok(())
    }

    fn geometry_value(&mut self, text: &str) -> Result<GeometryValue, Refused> {
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
                Err((Refusal::BadGeometry { message: of_library(&error.to_string()) }, None))
            }
        }
    }

    /// Brings a geometry into degrees, refusing what is out of bounds.
    fn to_degrees(&self, geometry: &mut geo::Geometry) -> Result<(), Refused> {
        for coord in geometry.coords_iter() {
            for (axis, value) in [("x", coord.x), ("y", coord.y)] {
                if !value.is_finite() || value.abs() > HUGE {
                    let field = format!("geometry.coordinates.{axis}");
                    return Err((Refusal::NotFinite { field, value: format!("{value:e}") }, None));
                }
            }
        }
        if !self.context.crs.is_degrees() {
            if let Some(coord) =
                geometry.coords_iter().find(|c| looks_swapped_in_metres(self.context.crs, c.x, c.y))
            {
                return Err((Refusal::SwappedAxes { x: coord.x, y: coord.y }, None));
            }
            let bad = std::cell::Cell::new(None);
            geometry.map_coords_in_place(|c| {
                if let Some(place) = self.context.reprojection.lon_lat(c.x, c.y)
                    && AREA_OF_USE.contains(place)
                {
                    geo::Coord { x: place.lon, y: place.lat }
                } else {
                    bad.set(Some((c.x, c.y)));
                    c
                }
            });
            return match bad.get() {
                Some((x, y)) => Err((Refusal::OutsideAreaOfUse { x, y }, None)),
                None => Ok(()),
            };
        }
        for coord in geometry.coords_iter() {
            let place = LonLat::new(coord.x, coord.y);
            if !AREA_OF_USE.contains(place) {
                return Err(if AREA_OF_USE.contains(LonLat::new(coord.y, coord.x)) {
                    (Refusal::SwappedAxes { x: coord.x, y: coord.y }, None)
                } else {
                    (Refusal::OutsideAreaOfUse { x: coord.x, y: coord.y }, None)
                });
            }
        }
        Ok(())
    }

    /// The point that stands for the feature: a cell at its centroid in the plane, else a point on it.
    /// `geometry` is in degrees, `source` in the file's system where that is another.
    fn representative(
        &mut self,
        geometry: &geo::Geometry,
        source: Option<geo::Geometry>,
    ) -> Result<(LonLat, PlanePoint), Refused> {
        let reprojection = self.context.reprojection;
        let unplaceable = |place: LonLat| (Refusal::OutsideAreaOfUse { x: place.lon, y: place.lat }, None);
        let first = geometry.coords_iter().next().map(|c| LonLat::new(c.x, c.y)).unwrap_or_default();
        let source = source.unwrap_or_else(|| geometry.clone());
        let plane = reprojection.plane_geometry(source).ok_or_else(|| unplaceable(first))?;
        if let geo::Geometry::Point(point) = plane {
            return Ok((first, PlanePoint::new(point.x(), point.y())));
        }
        let parts = parts_of(&plane);
        if parts > 1 {
            self.remarks.push(RemarkKind::SeveralParts { parts });
        }
        let inside = match &plane {
            geo::Geometry::Polygon(polygon) => polygon
                .centroid()
                .filter(|centroid| is_small_convex(polygon) || polygon.contains(centroid))
                .or_else(|| polygon.interior_point()),
            geo::Geometry::MultiPolygon(polygons) => polygons
                .centroid()
                .filter(|centroid| polygons.contains(centroid))
                .or_else(|| polygons.interior_point()),
            geo::Geometry::LineString(line) => {
                line.point_at_ratio_from_start(&geo::Euclidean, 0.5).or_else(|| plane.interior_point())
            }
            other => other.interior_point(),
        };
        let inside = inside.filter(|point| point.x().is_finite() && point.y().is_finite());
        let point = inside.map(|point| PlanePoint::new(point.x(), point.y()));
        let point = point.or_else(|| reprojection.plane(first)).ok_or_else(|| unplaceable(first))?;
        let place = reprojection.lon_lat_from_plane(point).ok_or_else(|| unplaceable(first))?;
        Ok((place, point))
    }
}

/// Points, lines and polygons in a geometry, whatever they are nested in.
fn parts_of(geometry: &geo::Geometry) -> usize {
    match geometry {
        geo::Geometry::MultiPoint(points) => points.0.len(),
        geo::Geometry::MultiPolygon(polygons) => polygons.0.len(),
        geo::Geometry::MultiLineString(lines) => lines.0.len(),
        geo::Geometry::GeometryCollection(collection) => collection.iter().map(parts_of).sum(),
        _ => 1,
    }
}

/// A grid cell: four corners that fill their box, so that its centroid surely lies inside.
fn is_small_convex(polygon: &geo::Polygon) -> bool {
    use geo::Area;
    polygon.interiors().is_empty()
        && polygon.exterior().0.len() == 5
        && polygon
            .bounding_rect()
            .is_some_and(|rect| polygon.unsigned_area() > 0.9 * rect.width() * rect.height())
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

fn geo_types_of(value: &GeometryValue) -> Result<geo::Geometry, String> {
    geo::Geometry::try_from(value).map_err(|error| error.to_string())
}

/// At most three decimals of a degree in both axes of a point.
fn has_few_decimals(value: &GeometryValue) -> bool {
    let GeometryValue::Point { coordinates } = value else { return false };
    let is_coarse = |v: f64| ((v * 1e3).round() / 1e3 - v).abs() < 1e-12;
    coordinates.as_slice().iter().take(2).all(|v| is_coarse(*v))
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

/// Do the numbers lie where SWEREF 99 TM puts Sweden, in either order? The eastings of local zones, around 150 km,
/// do not.
pub(super) fn looks_like_sweref(x: f64, y: f64) -> bool {
    let is_east = |v: f64| (260_000.0..=920_000.0).contains(&v);
    let is_north = |v: f64| (6_100_000.0..=7_700_000.0).contains(&v);
    (is_east(x) && is_north(y)) || (is_north(x) && is_east(y))
}

/// Are the numbers no degrees, whatever they are?
pub(super) fn looks_like_metres(x: f64, y: f64) -> bool {
    x.is_finite() && y.is_finite() && (x.abs().max(y.abs()) > 1000.0) && x.abs().max(y.abs()) < HUGE
}

fn looks_swapped_in_metres(crs: Crs, x: f64, y: f64) -> bool {
    matches!(crs, Crs::Sweref99Tm | Crs::Sweref99Zone(_))
        && (5_900_000.0..7_900_000.0).contains(&x)
        && (0.0..1_100_000.0).contains(&y)
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
    columns: &'c mut TableBuilder,
    said: &'c mut Vec<(usize, Said<'a>)>,
    own_id: Option<Box<str>>,
    is_demo: bool,
}

impl<'de> Visitor<'de> for &mut PropertyScan<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let value: Said<'de> = map.next_value()?;
            let column = self.columns.column(&key);
            let (sample, is_number) = match &value {
                Said::Null => continue,
                #[expect(clippy::cast_precision_loss, reason = "a sample for people to read")]
                Said::Integer(number) => ((*number as f64).to_string(), true),
                Said::Real(number) => (number.to_string(), true),
                Said::Flag(said) => (said.to_string(), false),
                Said::Text(text) => {
                    if key == "source" && text == "demo" {
                        self.is_demo = true;
                    }
                    (text.to_string(), false)
                }
                Said::Other(serde_json::Value::Number(number)) => {
                    (number.as_f64().unwrap_or_default().to_string(), true)
                }
                Said::Other(_) => (String::from("…"), false),
            };
            if key == "id" && !matches!(&value, Said::Other(other) if !other.is_number()) {
                self.own_id = Some(sample.as_str().into());
            }
            self.columns.count(column, sample, is_number);
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
pub(super) enum Said<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Flag(bool),
    Text(Cow<'a, str>),
    /// A list, an object, or a whole number beyond 63 bits.
    Other(serde_json::Value),
}

impl Said<'_> {
    /// The value of a table; nothing said is none, and is not asked for.
    pub(super) fn entry(&self) -> Entry<'_> {
        match self {
            Said::Null => Entry::Text(""),
            Said::Integer(number) => Entry::Integer(*number),
            Said::Real(number) => Entry::Real(*number),
            Said::Flag(said) => Entry::Flag(*said),
            Said::Text(text) => Entry::Text(text),
            Said::Other(value) => Entry::Other(value),
        }
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
