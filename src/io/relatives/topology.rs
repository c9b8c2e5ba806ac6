//! What does a `TopoJSON` hold? Objects of which each is a layer, drawn by arcs that they share; arcs may be written as
//! steps of whole numbers.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{chosen, named_system, not_read, text};
use crate::io::IoError;
use crate::io::features::rows::FreeRow;
use crate::io::features::stated::system;
use crate::io::features::{Intake, Placing, turned};
use crate::io::input::{Input, LoadOptions, Part, ReadLayer};
use crate::model::{LayerReport, Message, Refusal};
use crate::progress::Progress;

/// Collections in collections that are followed.
const DEEPEST: usize = 16;

/// How often all arcs may be drawn in a layer: a border is that of two areas.
const MOST_DRAWN: usize = 16;

#[derive(Deserialize)]
struct Topology {
    #[serde(default)]
    objects: Map<String, Value>,
    #[serde(default)]
    arcs: Vec<Vec<Vec<f64>>>,
    transform: Option<Transform>,
    #[serde(default)]
    crs: Value,
}

#[derive(Deserialize, Clone, Copy)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

fn topology(input: &Input<'_>, progress: &dyn Progress) -> Result<Topology, IoError> {
    serde_json::from_str(text(input, progress)?).map_err(|error| not_read(input, &error))
}

/// The objects of a file: one is the file itself.
///
/// # Errors
/// [`IoError`] when it is none, or when cancelled.
pub(in crate::io) fn parts(input: &Input<'_>, progress: &dyn Progress) -> Result<Vec<Part>, IoError> {
    let objects = topology(input, progress)?.objects;
    Ok(match objects.len() {
        0 | 1 => vec![Part::Layer(None)],
        _ => objects.into_iter().map(|(name, _)| Part::Layer(Some(name))).collect(),
    })
}

/// Reads an object as a layer.
///
/// # Errors
/// [`IoError`] when there is none, when its system is not known, when nothing can be used, or when cancelled.
pub(in crate::io) fn layer(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let topology = topology(input, progress)?;
    let names: Vec<String> = topology.objects.keys().cloned().collect();
    let name = names[chosen(input, &names, options.part.as_ref())?].clone();
    let drawing = Drawing { arcs: arcs(&topology), transform: topology.transform };
    let object = &topology.objects[&name];
    let members = match object.get("geometries").and_then(Value::as_array) {
        Some(members) if object.get("type").and_then(Value::as_str) == Some("GeometryCollection") => {
            members.as_slice()
        }
        _ => std::slice::from_ref(object),
    };
    let mut report = LayerReport { features_in: members.len(), ..LayerReport::default() };
    let seen = drawing.arcs.iter().filter_map(|arc| arc.first()).map(|at| (at.x, at.y)).take(200).collect();
    let stated = named_system(Some(&topology.crs));
    let (crs, crs_assumed) = system(input.file(), options, stated, seen, &mut report)?;
    let placing = Placing::new(crs);
    let mut left = drawing.arcs.iter().map(Vec::len).sum::<usize>().saturating_mul(MOST_DRAWN);
    let mut intake = Intake::default();
    let empty = Map::new();
    for (number, member) in (1u32..).zip(members) {
        progress.check()?;
        let shape = drawing.shape(member, &mut left, 0);
        let id = member.get("id").filter(|id| !id.is_null());
        let id = id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned).into());
        let said = member.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let said = super::entries(said).collect();
        FreeRow { number, id, shape, remarks: Vec::new(), said }.take(&placing, &mut intake);
    }
    let read = ReadLayer::new(intake.finish(input.file(), report)?, crs, crs_assumed);
    Ok(if names.len() > 1 { read.of_part(input.file(), &name) } else { read })
}

/// The arcs where they lie.
fn arcs(topology: &Topology) -> Vec<Vec<Coord>> {
    let position = |at: &[f64]| match at {
        [x, y, ..] => Coord { x: *x, y: *y },
        _ => Coord { x: f64::NAN, y: f64::NAN },
    };
    let arc = |arc: &Vec<Vec<f64>>| match topology.transform {
        None => arc.iter().map(|at| position(at)).collect(),
        Some(transform) => {
            let mut sum = Coord { x: 0.0, y: 0.0 };
            arc.iter()
                .map(|step| {
                    sum = sum + position(step);
                    transform.applied(sum)
                })
                .collect()
        }
    };
    topology.arcs.iter().map(arc).collect()
}

impl Transform {
    fn applied(self, at: Coord) -> Coord {
        let [[scale_x, scale_y], [x, y]] = [self.scale, self.translate];
        Coord { x: at.x * scale_x + x, y: at.y * scale_y + y }
    }
}

struct Drawing {
    arcs: Vec<Vec<Coord>>,
    transform: Option<Transform>,
}

fn bad(sv: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::BadGeometry { message: Message::new(sv, en) }
}

/// A member of a shape, as nested as its kind wants.
fn member<'a, T: Deserialize<'a>>(shape: &'a Value, name: &str) -> Result<T, Refusal> {
    let value = shape.get(name).ok_or_else(|| bad(format!("”{name}” saknas"), format!("no “{name}”")))?;
    T::deserialize(value).map_err(|error| bad(format!("”{name}”: {error}"), format!("“{name}”: {error}")))
}

impl Drawing {
    fn shape(&self, shape: &Value, left: &mut usize, depth: usize) -> Result<Geometry, Refusal> {
        if depth > DEEPEST {
            return Err(bad("för många samlingar i varandra", "too many collections within each other"));
        }
        Ok(match shape.get("type").and_then(Value::as_str) {
            None => return Err(Refusal::NoGeometry),
            Some("Point") => Point(self.position(&member::<Vec<f64>>(shape, "coordinates")?)?).into(),
            Some("MultiPoint") => {
                let points = member::<Vec<Vec<f64>>>(shape, "coordinates")?;
                let points = points.iter().map(|at| self.position(at)).collect::<Result<Vec<_>, _>>()?;
                MultiPoint::from(points).into()
            }
            Some("LineString") => self.line(&member::<Vec<i64>>(shape, "arcs")?, left)?.into(),
            Some("MultiLineString") => {
                let lines = member::<Vec<Vec<i64>>>(shape, "arcs")?;
                let lines = lines.iter().map(|arcs| self.line(arcs, left)).collect::<Result<_, _>>()?;
                MultiLineString::new(lines).into()
            }
            Some("Polygon") => self.polygon(&member::<Vec<Vec<i64>>>(shape, "arcs")?, left)?.into(),
            Some("MultiPolygon") => {
                let parts = member::<Vec<Vec<Vec<i64>>>>(shape, "arcs")?;
                let parts = parts.iter().map(|rings| self.polygon(rings, left)).collect::<Result<_, _>>()?;
                MultiPolygon::new(parts).into()
            }
            Some("GeometryCollection") => {
                let parts =
                    shape.get("geometries").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                let parts =
                    parts.iter().map(|part| self.shape(part, left, depth + 1)).collect::<Result<_, _>>()?;
                Geometry::GeometryCollection(GeometryCollection::new_from(parts))
            }
            Some(other) => {
                let name: String = other.chars().take(40).collect();
                return Err(bad(
                    format!("geometrins typ ”{name}” finns inte i TopoJSON"),
                    format!("the geometry's type “{name}” is unknown in TopoJSON"),
                ));
            }
        })
    }

    fn position(&self, at: &[f64]) -> Result<Coord, Refusal> {
        let [x, y, ..] = at else {
            return Err(bad("en position har för få tal", "a position has too few numbers"));
        };
        let at = Coord { x: *x, y: *y };
        Ok(self.transform.map_or(at, |transform| transform.applied(at)))
    }

    /// Arcs behind each other, of which a negative number runs backwards; where two meet stands one position.
    fn line(&self, arcs: &[i64], left: &mut usize) -> Result<LineString, Refusal> {
        let mut out: Vec<Coord> = Vec::new();
        for number in arcs {
            let is_back = *number < 0;
            let at = usize::try_from(if is_back { !number } else { *number }).ok();
            let arc = at.and_then(|at| self.arcs.get(at)).ok_or_else(|| {
                bad(format!("bågen {number} finns inte i filen"), format!("the file has no arc {number}"))
            })?;
            *left = left.checked_sub(arc.len()).ok_or_else(|| {
                bad(
                    "filens bågar ritas orimligt många gånger",
                    "the arcs of the file are drawn unreasonably often",
                )
            })?;
            let skipped = usize::from(!out.is_empty());
            if is_back {
                out.extend(arc.iter().rev().skip(skipped));
            } else {
                out.extend(arc.iter().skip(skipped));
            }
        }
        Ok(LineString::new(out))
    }

    fn polygon(&self, rings: &[Vec<i64>], left: &mut usize) -> Result<Polygon, Refusal> {
        let mut rings =
            rings.iter().map(|arcs| self.line(arcs, left)).collect::<Result<Vec<_>, _>>()?.into_iter();
        // The format says nothing of the way that rings run.
        let border = turned(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), true);
        Ok(Polygon::new(border, rings.map(|ring| turned(ring, false)).collect()))
    }
}
