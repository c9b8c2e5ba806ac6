//! How are shapes read from `TopoJSON`, where borders that shapes have in common are stored once?
//! Only what this program's own asset uses of the specification (1.0): quantised arcs and several polygons a shape.

use geo::{Coord, LineString, MultiPolygon, Polygon, Simplify};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Topology<Objects> {
    bbox: [f64; 4],
    transform: Transform,
    pub objects: Objects,
    arcs: Vec<Vec<[i32; 2]>>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

/// Shapes of one sort.
#[derive(Deserialize)]
pub struct Collection<Properties> {
    pub geometries: Vec<Geometry<Properties>>,
}

/// A shape: of each polygon its rings, of each ring the numbers of its arcs.
#[derive(Deserialize)]
pub struct Geometry<Properties> {
    #[serde(default)]
    pub id: String,
    pub properties: Properties,
    arcs: Vec<Vec<Vec<i32>>>,
}

impl<Properties> Geometry<Properties> {
    /// The numbers of its arcs, whichever way round they are taken.
    pub fn arcs(&self) -> impl Iterator<Item = usize> {
        self.arcs.iter().flatten().flatten().map(|number| arc_of(*number).0)
    }
}

/// The place of an arc, and whether it is taken the other way round: then the number is the complement.
fn arc_of(number: i32) -> (usize, bool) {
    let place = if number < 0 { !number } else { number };
    (usize::try_from(place).unwrap_or(usize::MAX), number < 0)
}

/// The arcs in degrees.
pub struct Arcs {
    lines: Vec<LineString>,
    /// West, south, east, north.
    bbox: [f64; 4],
}

impl<Objects> Topology<Objects> {
    pub fn degrees(&self) -> Arcs {
        let lines = self.arcs.iter().map(|arc| self.transform.line(arc)).collect();
        Arcs { lines, bbox: self.bbox }
    }
}

impl Transform {
    /// Each point is stored as its difference from the one before.
    fn line(&self, arc: &[[i32; 2]]) -> LineString {
        let mut at = [0, 0];
        let points = arc.iter().map(|step| {
            at = [at[0] + step[0], at[1] + step[1]];
            let [x, y] = [0, 1].map(|axis| f64::from(at[axis]) * self.scale[axis] + self.translate[axis]);
            Coord { x, y }
        });
        points.collect()
    }
}

impl Arcs {
    /// The same with fewer points, moved by at most this many degrees of latitude. Ends stay, so borders in common
    /// stay in common (Douglas–Peucker on every arc).
    pub fn coarse(&self, tolerance: f64) -> Self {
        let lines = self.lines.iter().map(|line| coarse(line, tolerance)).collect();
        Self { lines, bbox: self.bbox }
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn line(&self, arc: usize) -> Option<&LineString> {
        self.lines.get(arc)
    }

    /// Is the arc no border, but where the map ends? Arcs end there, so it is all edge or none.
    pub fn is_edge(&self, arc: usize) -> bool {
        let [west, south, east, north] = self.bbox;
        let Some(line) = self.line(arc) else { return false };
        let all = |on: &dyn Fn(&Coord) -> bool| line.0.iter().all(on);
        let is = |value: f64, edge: f64| (value - edge).abs() < 1e-6;
        all(&|c| is(c.x, west))
            || all(&|c| is(c.x, east))
            || all(&|c| is(c.y, south))
            || all(&|c| is(c.y, north))
    }

    /// A shape. A ring that has fewer than three corners left, as coarse ones of small islands, is left out.
    pub fn shape<Properties>(&self, geometry: &Geometry<Properties>) -> MultiPolygon {
        let polygons = geometry.arcs.iter().filter_map(|rings| {
            let mut rings = rings.iter().map(|ring| self.ring(ring));
            let exterior = rings.next().filter(is_area)?;
            Some(Polygon::new(exterior, rings.filter(is_area).collect()))
        });
        polygons.collect()
    }

    fn ring(&self, numbers: &[i32]) -> LineString {
        let mut points: Vec<Coord> = Vec::new();
        for number in numbers {
            let (arc, is_reversed) = arc_of(*number);
            let Some(line) = self.line(arc) else { continue };
            // An arc begins where the one before ends.
            points.pop();
            if is_reversed {
                points.extend(line.0.iter().rev());
            } else {
                points.extend(&line.0);
            }
        }
        LineString(points)
    }
}

/// Has it three corners?
pub fn is_area(ring: &LineString) -> bool {
    ring.0.len() > 3
}

fn coarse(line: &LineString, tolerance: f64) -> LineString {
    // A degree of longitude is half as long as one of latitude at 60° north.
    let narrow = |c: &Coord| Coord { x: c.x / 2.0, y: c.y };
    let wide = |c: &Coord| Coord { x: c.x * 2.0, y: c.y };
    let narrowed: LineString = line.0.iter().map(narrow).collect();
    narrowed.simplify(tolerance).0.iter().map(wide).collect()
}
