//! What does an answer of Overpass hold? Elements of `OpenStreetMap` with their tags: nodes as points, ways as lines or
//! areas, relations of areas as areas. An element without tags only gives others their shape.

use std::cell::Cell;

use geo::{Coord, Geometry, LineString, Point};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{not_read, text};
use crate::geometry::Crs;
use crate::io::IoError;
use crate::io::features::rows::FreeRow;
use crate::io::features::{Intake, Placing, area_of_rings, remark_file};
use crate::io::input::{Input, LoadOptions, ReadLayer};
use crate::model::{Entry, LayerReport, Message, Refusal, Remark, RemarkKind};
use crate::progress::Progress;

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    elements: Vec<Element>,
    #[serde(default)]
    remark: Value,
}

#[derive(Deserialize)]
struct Element {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    id: i64,
    lat: Option<f64>,
    lon: Option<f64>,
    center: Option<Position>,
    #[serde(default)]
    nodes: Vec<i64>,
    geometry: Option<Vec<Option<Position>>>,
    #[serde(default)]
    members: Vec<Member>,
    #[serde(default)]
    tags: Map<String, Value>,
}

impl Element {
    /// Positions that a way has.
    fn positions(&self) -> usize {
        self.geometry.as_ref().map_or(self.nodes.len(), Vec::len)
    }
}

#[derive(Deserialize)]
struct Member {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(rename = "ref", default)]
    id: i64,
    geometry: Option<Vec<Option<Position>>>,
}

#[derive(Deserialize, Clone, Copy)]
struct Position {
    lat: f64,
    lon: f64,
}

impl From<Position> for Coord {
    fn from(position: Position) -> Self {
        Self { x: position.lon, y: position.lat }
    }
}

/// Reads an answer as a layer.
///
/// # Errors
/// [`IoError`] when it is none, when nothing can be used, or when cancelled.
pub(in crate::io) fn read(
    input: &Input<'_>,
    _options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let answer: Answer =
        serde_json::from_str(text(input, progress)?).map_err(|error| not_read(input, &error))?;
    let known = Known::of(&answer.elements);
    let is_feature = |element: &&Element| !element.tags.is_empty();
    let untagged = answer.elements.iter().filter(|element| !is_feature(element));
    let alone = untagged.filter(|element| !known.used.contains(&(letter(&element.kind), element.id))).count();
    let features: Vec<&Element> = answer.elements.iter().filter(is_feature).collect();
    let mut report = LayerReport { features_in: features.len(), ..LayerReport::default() };
    if let Some(said) = answer.remark.as_str().map(str::trim).filter(|said| !said.is_empty()) {
        let text = said.chars().take(300).collect();
        report.remarks.push(Remark { number: None, kind: RemarkKind::ServerSays { text }, place: None });
    }
    let without_tags = || {
        Message::new(
            format!("{alone} element har inga taggar och hör inte till något annat: de är inga objekt"),
            format!("{alone} elements have no tags and belong to no other: they are no features"),
        )
    };
    remark_file(&mut report, (alone > 0).then(without_tags));
    let placing = Placing::new(Crs::Wgs84);
    let mut intake = Intake::default();
    for (number, element) in (1u32..).zip(features) {
        if number.is_multiple_of(2048) {
            progress.check()?;
        }
        let shape = known.shape(element);
        let id = Some(format!("{}/{}", element.kind, element.id).into());
        let said = super::entries(&element.tags).collect::<Vec<(&str, Entry<'_>)>>();
        FreeRow { number, id, shape, remarks: Vec::new(), said }.take(&placing, &mut intake);
    }
    Ok(ReadLayer::new(intake.finish(input.file(), report)?, Crs::Wgs84, false))
}

const fn letter(kind: &str) -> u8 {
    match kind.as_bytes() {
        [first, ..] => *first,
        [] => b'?',
    }
}

/// What elements give to each other.
struct Known<'a> {
    nodes: FxHashMap<i64, Coord>,
    ways: FxHashMap<i64, &'a Element>,
    /// Elements that others name.
    used: FxHashSet<(u8, i64)>,
    /// Positions that relations may still draw: each names its ways again.
    left: Cell<usize>,
}

/// How often all ways may be drawn by relations: a border is that of areas of several levels.
const MOST_DRAWN: usize = 64;

impl<'a> Known<'a> {
    fn of(elements: &'a [Element]) -> Self {
        let mut out = Self {
            nodes: FxHashMap::default(),
            ways: FxHashMap::default(),
            used: FxHashSet::default(),
            left: Cell::new(0),
        };
        for element in elements {
            match (element.kind.as_str(), element.lon, element.lat) {
                ("node", Some(x), Some(y)) => drop(out.nodes.insert(element.id, Coord { x, y })),
                ("way", ..) => drop(out.ways.insert(element.id, element)),
                _ => {}
            }
            out.used.extend(element.nodes.iter().map(|node| (b'n', *node)));
            out.used.extend(element.members.iter().map(|member| (letter(&member.kind), member.id)));
        }
        let drawn: usize = out.ways.values().map(|way| way.positions()).sum();
        out.left = Cell::new(drawn.saturating_mul(MOST_DRAWN));
        out
    }

    fn shape(&self, element: &Element) -> Result<Geometry, Refusal> {
        let center = || {
            let center: Coord = element.center.ok_or_else(without_shape)?.into();
            Ok(Geometry::Point(Point(center)))
        };
        match element.kind.as_str() {
            "node" => match (element.lon, element.lat) {
                (Some(x), Some(y)) => Ok(Point::new(x, y).into()),
                _ => Err(Refusal::NoGeometry),
            },
            "way" => match self.line(element) {
                Some(line) => Ok(of_way(line?, &element.tags)),
                None => center(),
            },
            "relation" if self.has_lines(element) && is_area_relation(&element.tags) => self.area(element),
            _ => center(),
        }
    }

    /// The line of a way: its own positions, else those of its nodes; `None` where there are neither.
    fn line(&self, way: &Element) -> Option<Result<LineString, Refusal>> {
        if let Some(geometry) = &way.geometry {
            return Some(whole(geometry));
        }
        if way.nodes.is_empty() || !way.nodes.iter().any(|node| self.nodes.contains_key(node)) {
            return None;
        }
        let nodes = way.nodes.iter().map(|node| self.nodes.get(node).copied());
        Some(nodes.collect::<Option<Vec<Coord>>>().map(LineString::new).ok_or_else(missing))
    }

    fn has_lines(&self, relation: &Element) -> bool {
        let has = |member: &Member| member.geometry.is_some() || self.ways.contains_key(&member.id);
        relation.members.iter().any(|member| member.kind == "way" && has(member))
    }

    /// The area that the ways of a relation close.
    fn area(&self, relation: &Element) -> Result<Geometry, Refusal> {
        let mut lines = Vec::new();
        for member in relation.members.iter().filter(|member| member.kind == "way") {
            let line = match &member.geometry {
                Some(geometry) => Some(whole(geometry)),
                None => self.ways.get(&member.id).and_then(|way| {
                    let Some(left) = self.left.get().checked_sub(way.positions()) else {
                        return Some(Err(too_often()));
                    };
                    self.left.set(left);
                    self.line(way)
                }),
            };
            lines.push(line.ok_or_else(missing)??);
        }
        let rings = closed(&lines).ok_or_else(|| {
            bad(
                "relationens vägar sluter ingen yta; någon del saknas",
                "the ways of the relation do not close an area; a part is missing",
            )
        })?;
        area_of_rings(rings).ok_or_else(|| {
            bad(
                "ytan har orimligt många ringar i varandra",
                "the area has unreasonably many rings within each other",
            )
        })
    }
}

fn bad(sv: &str, en: &str) -> Refusal {
    Refusal::BadGeometry { message: Message::new(sv, en) }
}

fn without_shape() -> Refusal {
    bad(
        "svaret har elementet utan dess form. Fråga med ”out geom;” i stället för ”out;”",
        "the answer has the element without its shape. Ask with “out geom;” instead of “out;”",
    )
}

fn too_often() -> Refusal {
    bad(
        "relationerna i svaret har samma vägar orimligt många gånger",
        "the relations of the answer have the same ways unreasonably often",
    )
}

fn missing() -> Refusal {
    bad(
        "någon av elementets positioner saknas i svaret. Fråga med ”out geom;” och utan ram",
        "some positions of the element are missing in the answer. Ask with “out geom;” and without a frame",
    )
}

/// Positions of which none is left out, as a frame around the question leaves them out.
fn whole(geometry: &[Option<Position>]) -> Result<LineString, Refusal> {
    let positions = geometry.iter().map(|position| position.map(Coord::from));
    positions.collect::<Option<Vec<_>>>().map(LineString::new).ok_or_else(missing)
}

/// Tags whose closed ways are areas.
const OF_AREAS: [&str; 14] = [
    "building",
    "landuse",
    "natural",
    "leisure",
    "amenity",
    "shop",
    "tourism",
    "boundary",
    "place",
    "office",
    "area:highway",
    "water",
    "craft",
    "healthcare",
];

fn of_way(line: LineString, tags: &Map<String, Value>) -> Geometry {
    let area = tags.get("area").and_then(Value::as_str);
    let is_area = area == Some("yes")
        || (area != Some("no")
            && OF_AREAS.iter().any(|tag| tags.get(*tag).is_some_and(|value| value != "no")));
    if is_area && line.is_closed() && line.0.len() >= 4 {
        let border = crate::io::features::turned(line, true);
        geo::Polygon::new(border, Vec::new()).into()
    } else {
        line.into()
    }
}

fn is_area_relation(tags: &Map<String, Value>) -> bool {
    tags.get("type").and_then(Value::as_str).is_some_and(|kind| matches!(kind, "multipolygon" | "boundary"))
}

/// Rings of lines that meet at their ends; `None` where one does not close.
fn closed(lines: &[LineString]) -> Option<Vec<LineString>> {
    let key = |coord: Coord| (coord.x.to_bits(), coord.y.to_bits());
    let mut at_end: FxHashMap<(u64, u64), Vec<usize>> = FxHashMap::default();
    for (at, line) in lines.iter().enumerate() {
        at_end.entry(key(*line.0.first()?)).or_default().push(at);
        at_end.entry(key(*line.0.last()?)).or_default().push(at);
    }
    let mut is_used = vec![false; lines.len()];
    let mut rings = Vec::new();
    for start in 0..lines.len() {
        if std::mem::replace(&mut is_used[start], true) {
            continue;
        }
        let mut ring = lines[start].0.clone();
        while ring.first() != ring.last() {
            let end = *ring.last()?;
            let next = at_end.get_mut(&key(end))?;
            // Each line is looked at once from either end.
            let at = loop {
                let at = next.pop()?;
                if !is_used[at] {
                    break at;
                }
            };
            is_used[at] = true;
            let line = &lines[at].0;
            if line.first() == Some(&end) {
                ring.extend(&line[1..]);
            } else {
                ring.extend(line.iter().rev().skip(1));
            }
        }
        rings.push(LineString::new(ring));
    }
    (!rings.is_empty()).then_some(rings)
}
