//! What does a feature set of Esri hold? As a server answers with `f=json`, or `ArcGIS` exports: attributes and a geometry
//! without a type, in a system by its number.

use std::borrow::Cow;

use geo::{Geometry, LineString, MultiLineString, MultiPoint, Point, Rect};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{not_read, text};
use crate::geometry::Crs;
use crate::io::IoError;
use crate::io::features::rows::FreeRow;
use crate::io::features::stated::{system, system_of};
use crate::io::features::{CRS_SAMPLE, Intake, Placing, area_of_rings};
use crate::io::input::{Input, LoadOptions, ReadLayer};
use crate::model::{Entry, LayerReport, Message, Refusal, Remark, RemarkKind};
use crate::progress::Progress;

/// Features handled between two looks at "stop?".
const CHUNK: usize = 2048;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FeatureSet<'a> {
    #[serde(default, borrow)]
    features: Vec<&'a RawValue>,
    spatial_reference: Option<Value>,
    #[serde(default)]
    exceeded_transfer_limit: Value,
    #[serde(default)]
    fields: Vec<Field>,
    object_id_field_name: Option<String>,
}

#[derive(Deserialize)]
struct Field {
    #[serde(default)]
    name: String,
    #[serde(default, rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    attributes: Option<serde_json::Map<String, Value>>,
    #[serde(default)]
    geometry: Option<Value>,
}

type Positions = Vec<Vec<f64>>;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Shape {
    x: Value,
    y: Value,
    points: Option<Positions>,
    paths: Option<Vec<Positions>>,
    rings: Option<Vec<Positions>>,
    xmin: Option<f64>,
    ymin: Option<f64>,
    xmax: Option<f64>,
    ymax: Option<f64>,
    curve_paths: Value,
    curve_rings: Value,
    spatial_reference: Option<Value>,
}

/// Reads a feature set as a layer.
///
/// # Errors
/// [`IoError`] when it is none, when its system is not known, when nothing can be used, or when cancelled.
pub(in crate::io) fn read(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let file = input.file();
    let text = text(input, progress)?;
    let set: FeatureSet<'_> = serde_json::from_str(text).map_err(|error| not_read(input, &error))?;
    let mut report = LayerReport { features_in: set.features.len(), ..LayerReport::default() };
    if set.exceeded_transfer_limit == Value::Bool(true) {
        report.remarks.push(Remark { number: None, kind: RemarkKind::CutByServer, place: None });
    }
    let step = (set.features.len() / CRS_SAMPLE).max(1);
    let sample: Vec<Shape> = set
        .features
        .iter()
        .step_by(step)
        .filter_map(|raw| shape_text(&feature(raw).ok()?.geometry?))
        .collect();
    let own = sample.iter().find_map(|shape| shape.spatial_reference.as_ref());
    let of_file = set.spatial_reference.as_ref().and_then(stated).or_else(|| own.and_then(stated));
    let seen = sample.iter().filter_map(first_position).collect();
    let (crs, crs_assumed) = system(file, options, of_file, seen, &mut report)?;
    let is_of = |kind: &'static str| {
        set.fields.iter().filter(move |field| field.kind == kind).map(|field| field.name.as_str())
    };
    let reading = Reading {
        placing: Placing::new(crs),
        id: set.object_id_field_name.as_deref().or_else(|| is_of("esriFieldTypeOID").next()),
        dates: is_of("esriFieldTypeDate").collect(),
        is_said: options.crs.is_some(),
    };
    let read = |(chunk, features): (usize, &[&RawValue])| {
        progress.check()?;
        let mut intake = Intake::default();
        for (row, raw) in (chunk * CHUNK + 1..).zip(features) {
            reading.take(u32::try_from(row).unwrap_or(u32::MAX), raw, &mut intake);
        }
        Ok(intake)
    };
    let parts: Result<Vec<_>, IoError> = set.features.par_chunks(CHUNK).enumerate().map(read).collect();
    let mut all = Intake::default();
    parts?.into_iter().for_each(|part| all.append(part));
    Ok(ReadLayer::new(all.finish(file, report)?, crs, crs_assumed))
}

fn feature(raw: &RawValue) -> Result<Feature, serde_json::Error> {
    serde_json::from_str(raw.get())
}

fn shape_text(geometry: &Value) -> Option<Shape> {
    Shape::deserialize(geometry).ok()
}

/// The system that a spatial reference names: by its newest number, by its number, by well-known text.
fn stated(reference: &Value) -> Option<Result<Crs, String>> {
    let number = |name: &str| reference.get(name).and_then(Value::as_i64).filter(|number| *number > 0);
    let code = |number: i64| match number {
        // What Esri called Web Mercator before it had a number of EPSG.
        102_100 | 102_113 => 3857,
        other => other,
    };
    let numbers =
        ["latestWkid", "wkid"].into_iter().filter_map(number).map(|wkid| format!("EPSG:{}", code(wkid)));
    let text =
        ["wkt", "wkt2"].into_iter().filter_map(|name| reference.get(name)?.as_str().map(str::to_owned));
    let mut told = numbers.chain(text).filter_map(|text| system_of(&text));
    let first = told.next()?;
    Some(first.or_else(|found| told.find_map(Result::ok).ok_or(found)))
}

fn first_position(shape: &Shape) -> Option<(f64, f64)> {
    if let (Some(x), Some(y)) = (shape.x.as_f64(), shape.y.as_f64()) {
        return Some((x, y));
    }
    let lines = shape.paths.as_ref().or(shape.rings.as_ref());
    let first = shape.points.as_ref().or_else(|| lines?.first()).and_then(|points| points.first())?;
    Some((*first.first()?, *first.get(1)?))
}

struct Reading<'a> {
    placing: Placing,
    id: Option<&'a str>,
    /// Columns of milliseconds since 1970.
    dates: Vec<&'a str>,
    /// The user named the system: what single shapes say does not count.
    is_said: bool,
}

impl Reading<'_> {
    fn take(&self, number: u32, raw: &RawValue, intake: &mut Intake) {
        let feature = feature(raw);
        let mut remarks = Vec::new();
        let shape = match &feature {
            Ok(feature) => self.shape(feature.geometry.as_ref(), &mut remarks),
            Err(error) => {
                Err(Refusal::BadRow { message: Message::new(error.to_string(), error.to_string()) })
            }
        };
        let attributes = feature.ok().and_then(|feature| feature.attributes).unwrap_or_default();
        let id = self.id.and_then(|id| attributes.get(id)).filter(|id| !id.is_null());
        let id = id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned).into());
        let dated = |name: &String, value: &Value| {
            self.dates.contains(&name.as_str()).then(|| date(value.as_i64()?)).flatten()
        };
        let dates: Vec<(&str, String)> = attributes
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), dated(name, value)?)))
            .collect();
        let said = super::entries(&attributes).map(|(name, entry)| {
            let date = dates.iter().find(|(dated, _)| *dated == name);
            (name, date.map_or(entry, |(_, date)| Entry::Text(date)))
        });
        let said = said.collect();
        FreeRow { number, id, shape, remarks, said }.take(&self.placing, intake);
    }

    fn shape(&self, geometry: Option<&Value>, remarks: &mut Vec<RemarkKind>) -> Result<Geometry, Refusal> {
        let geometry = geometry.filter(|geometry| !geometry.is_null()).ok_or(Refusal::NoGeometry)?;
        let shape =
            Shape::deserialize(geometry).map_err(|error| bad(error.to_string(), error.to_string()))?;
        if let Some(own) = shape.spatial_reference.as_ref().and_then(stated).filter(|_| !self.is_said)
            && own != Ok(self.placing.crs)
        {
            let found = own.map_or_else(|found| found, Crs::name);
            return Err(Refusal::OtherCrs { found, of_file: self.placing.crs.name() });
        }
        drawn(shape, remarks)
    }
}

fn bad(sv: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::BadGeometry { message: Message::new(sv, en) }
}

/// A day, with the time where it is not midnight (UTC).
fn date(milliseconds: i64) -> Option<String> {
    let text = jiff::Timestamp::from_millisecond(milliseconds).ok()?.to_string();
    Some(text.strip_suffix("T00:00:00Z").map_or(text.clone(), str::to_owned))
}

fn line(positions: Positions) -> Result<LineString, Refusal> {
    let coord = |position: Vec<f64>| match position.as_slice() {
        [x, y, ..] => Ok(geo::Coord { x: *x, y: *y }),
        _ => Err(bad("en position har ett tal, två behövs", "a position has one number, two are needed")),
    };
    positions.into_iter().map(coord).collect::<Result<Vec<_>, _>>().map(LineString::new)
}

/// What a shape draws; it has no type but the names of its members.
fn drawn(shape: Shape, remarks: &mut Vec<RemarkKind>) -> Result<Geometry, Refusal> {
    if !shape.curve_paths.is_null() || !shape.curve_rings.is_null() {
        return Err(bad(
            "är en kurva, som inte läses. Exportera lagret med raka linjer",
            "is a curve, which is not read. Export the layer with straight lines",
        ));
    }
    if let Some(points) = shape.points {
        return Ok(MultiPoint::from(line(points)?.0).into());
    }
    if let Some(paths) = shape.paths {
        let mut lines = paths.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
        return Ok(if lines.len() == 1 {
            lines.remove(0).into()
        } else {
            MultiLineString::new(lines).into()
        });
    }
    if let Some(rings) = shape.rings {
        let mut rings = rings.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
        if rings.is_empty() {
            return Err(Refusal::EmptyGeometry);
        }
        for ring in &mut rings {
            if !ring.is_closed() && ring.0.len() > 2 {
                ring.close();
                remarks.push(RemarkKind::RingClosed);
            }
        }
        remarks.dedup();
        let many = || {
            bad(
                "ytan har orimligt många ringar i varandra",
                "the area has unreasonably many rings within each other",
            )
        };
        return area_of_rings(rings).ok_or_else(many);
    }
    if let (Some(west), Some(south), Some(east), Some(north)) =
        (shape.xmin, shape.ymin, shape.xmax, shape.ymax)
    {
        return Ok(Rect::new((west, south), (east, north)).to_polygon().into());
    }
    match (&shape.x, &shape.y) {
        (x, y) if x.as_f64().is_some() && y.as_f64().is_some() => {
            Ok(Point::new(x.as_f64().unwrap_or_default(), y.as_f64().unwrap_or_default()).into())
        }
        // An empty point is written as null or "NaN".
        (Value::Null | Value::String(_), _) | (_, Value::Null) => Err(Refusal::EmptyGeometry),
        (x, _) => {
            let found: Cow<'_, str> = x.to_string().into();
            Err(bad(
                format!("en koordinat är inget tal: {found}"),
                format!("a coordinate is no number: {found}"),
            ))
        }
    }
}
