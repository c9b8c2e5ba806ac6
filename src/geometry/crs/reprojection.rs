//! What is a coordinate of some system in degrees and in our plane, and the other way about?
//! Projections come from `proj4rs`; see `definitions` for what it is asked.

use geo::{Coord, MapCoordsInPlace};
use proj4rs::Proj;
use rayon::prelude::*;

use super::definitions;
use super::system::Crs;
use crate::geometry::{LonLat, PlanePoint};

/// A place of degrees in the plane we measure in; for many places make a [`Reprojection`] once.
#[must_use]
pub fn plane_from_place(place: LonLat) -> Option<PlanePoint> {
    Reprojection::new(Crs::Wgs84).plane(place)
}

impl Crs {
    /// A place in this system, east (or longitude) first; `None` where the projection has no answer. For many places
    /// make a [`Reprojection`] once.
    #[must_use]
    pub fn from_wgs84(self, place: LonLat) -> Option<(f64, f64)> {
        Reprojection::new(self).source_from_wgs84(place)
    }
}

/// From one system into degrees and into the plane we measure in.
pub struct Reprojection {
    crs: Crs,
    /// The source is in degrees of WGS 84 already.
    is_wgs84: bool,
    source: Proj,
    degrees: Proj,
    plane: Proj,
}

impl Reprojection {
    /// # Panics
    /// For a [`Crs::Sweref99Zone`] of a number that is no zone, which no file, user or saved project can name.
    #[must_use]
    pub fn new(crs: Crs) -> Self {
        Self {
            crs,
            is_wgs84: crs.is_wgs84_degrees(),
            source: proj(crs),
            degrees: proj(Crs::Wgs84),
            plane: proj(Crs::Sweref99Tm),
        }
    }

    /// Degrees of a coordinate of the source system; `None` where the projection has no answer.
    #[must_use]
    pub fn lon_lat(&self, x: f64, y: f64) -> Option<LonLat> {
        if self.is_wgs84 {
            return Some(LonLat::new(x, y));
        }
        let (lon, lat) = transform(&self.source, &self.degrees, self.taken((x, y)))?;
        Some(LonLat::new(lon.to_degrees(), lat.to_degrees()))
    }

    /// A coordinate of the source system as `proj4rs` takes it, degrees as radians.
    fn taken(&self, (x, y): (f64, f64)) -> (f64, f64) {
        if self.source.is_latlong() { (x.to_radians(), y.to_radians()) } else { (x, y) }
    }

    /// Turns coordinates of the source system into degrees, all or none: `false` where one has no answer, and then
    /// what stands in the slice is of no use.
    #[must_use]
    pub fn to_degrees(&self, points: &mut [(f64, f64)]) -> bool {
        if !points.iter().all(|(x, y)| x.is_finite() && y.is_finite()) {
            return false;
        }
        if self.is_wgs84 {
            return true;
        }
        for point in points.iter_mut() {
            *point = self.taken(*point);
        }
        if proj4rs::transform::transform(&self.source, &self.degrees, points).is_err() {
            return false;
        }
        for (lon, lat) in points.iter_mut() {
            (*lon, *lat) = (lon.to_degrees(), lat.to_degrees());
        }
        points.iter().all(|(lon, lat)| lon.is_finite() && lat.is_finite())
    }

    /// Metres in SWEREF 99 TM of a place in degrees; `None` where the projection has no answer.
    #[must_use]
    pub fn plane(&self, place: LonLat) -> Option<PlanePoint> {
        let (e, n) = transform(&self.degrees, &self.plane, (place.lon.to_radians(), place.lat.to_radians()))?;
        Some(PlanePoint::new(e, n))
    }

    /// Degrees of a point of the plane; `None` where the projection has no answer.
    #[must_use]
    pub fn lon_lat_from_plane(&self, point: PlanePoint) -> Option<LonLat> {
        let (lon, lat) = transform(&self.plane, &self.degrees, (point.e, point.n))?;
        Some(LonLat::new(lon.to_degrees(), lat.to_degrees()))
    }

    /// Metres in SWEREF 99 TM of a coordinate of the source system, by no detour through degrees: numbers that are
    /// SWEREF 99 TM already stay what they are. `None` where the projection has no answer.
    #[must_use]
    pub fn plane_from_source(&self, x: f64, y: f64) -> Option<PlanePoint> {
        if self.is_wgs84 {
            return self.plane(LonLat::new(x, y));
        }
        if self.crs == Crs::Sweref99Tm {
            return (x.is_finite() && y.is_finite()).then_some(PlanePoint::new(x, y));
        }
        let (e, n) = transform(&self.source, &self.plane, self.taken((x, y)))?;
        Some(PlanePoint::new(e, n))
    }

    /// The vertices of a geometry of the source system in the plane; `None` where one has no answer.
    #[must_use]
    pub fn plane_geometry(&self, geometry: geo::Geometry) -> Option<geo::Geometry> {
        let mut out = geometry;
        let complete = std::cell::Cell::new(true);
        out.map_coords_in_place(|c| {
            if let Some(p) = self.plane_from_source(c.x, c.y) {
                Coord { x: p.e, y: p.n }
            } else {
                complete.set(false);
                c
            }
        });
        complete.get().then_some(out)
    }

    /// A polygon given in degrees, with the edges of the file it comes from: straight in the source system, which
    /// is for degrees what RFC 7946 (3.1.1) says. Where such an edge is no straight line of the plane, vertices are
    /// added until it lies within 1 cm of the truth. `None` where a vertex has no answer.
    #[must_use]
    pub fn plane_polygon(&self, polygon: &geo::Polygon) -> Option<geo::Polygon> {
        map_rings(polygon, |ring| {
            let in_source =
                |c: &Coord| self.source_from_wgs84(LonLat::new(c.x, c.y)).map(|(x, y)| Coord { x, y });
            let source: Vec<Coord> = ring.coords().map(in_source).collect::<Option<_>>()?;
            let plane = |c: Coord| self.plane_from_source(c.x, c.y).map(|p| Coord { x: p.e, y: p.n });
            let bend = if self.crs == Crs::Sweref99Tm { f64::INFINITY } else { BEND_M };
            bent(&source, bend, plane, |c| c)
        })
    }

    /// A polygon of the plane in degrees, whose straight edges lie within `bend_m` of the plane's.
    #[must_use]
    pub fn degrees_polygon(&self, polygon: &geo::Polygon, bend_m: f64) -> Option<geo::Polygon> {
        let degrees = |c: Coord| {
            let place = self.lon_lat_from_plane(PlanePoint::new(c.x, c.y))?;
            Some(Coord { x: place.lon, y: place.lat })
        };
        let plane = |c: Coord| self.plane(LonLat::new(c.x, c.y)).map_or(c, |p| Coord { x: p.e, y: p.n });
        map_rings(polygon, |ring| bent(&ring.0, bend_m, degrees, plane))
    }

    /// A place in the source system, east (or longitude) first, in the system's own unit; `None` where the projection
    /// has no answer.
    #[must_use]
    pub fn source_from_wgs84(&self, place: LonLat) -> Option<(f64, f64)> {
        if self.is_wgs84 {
            return Some((place.lon, place.lat));
        }
        let (x, y) =
            transform(&self.degrees, &self.source, (place.lon.to_radians(), place.lat.to_radians()))?;
        Some(if self.source.is_latlong() { (x.to_degrees(), y.to_degrees()) } else { (x, y) })
    }
}

/// How far an edge may lie from where it belongs, metres.
const BEND_M: f64 = 0.01;

/// Edges shorter than this bend less than [`BEND_M`]: a parallel at 72° north, the most bent line there is in the
/// area of use, has a curvature of tan 72° / 6 370 km, and its sagitta is curvature × length² / 8.
const STRAIGHT_M: f64 = 400.0;

/// Along shorter edges what is projected is a parabola: the next term grows with the cube of the length, at 72° north to
/// less than a millimetre (a test compares it with what is projected).
const PARABOLA_M: f64 = 5_000.0;

/// An edge is never divided more often.
const PIECES_MAX: f64 = 4096.0;

fn map_rings(
    polygon: &geo::Polygon,
    ring: impl Fn(&geo::LineString) -> Option<geo::LineString>,
) -> Option<geo::Polygon> {
    let holes: Option<Vec<geo::LineString>> = polygon.interiors().iter().map(&ring).collect();
    Some(geo::Polygon::new(ring(polygon.exterior())?, holes?))
}

/// A line taken into another system, with vertices added where its edges would leave the truth by more than `bend_m`.
/// `measured` brings a coordinate of the new system into metres.
fn bent(
    line: &[Coord],
    bend_m: f64,
    taken: impl Fn(Coord) -> Option<Coord> + Sync,
    measured: impl Fn(Coord) -> Coord + Sync,
) -> Option<geo::LineString> {
    let last = line.len().saturating_sub(1);
    if last <= PART {
        return bent_part(line, bend_m, &taken, &measured).map(geo::LineString::new);
    }
    let firsts: Vec<usize> = (0..last).step_by(PART).collect();
    let part = |first: usize| {
        let part = bent_part(&line[first..=(first + PART).min(last)], bend_m, &taken, &measured)?;
        // Each part begins where the one before ends.
        Some(if first == 0 { part } else { part[1..].to_vec() })
    };
    let parts: Option<Vec<Vec<Coord>>> = firsts.into_par_iter().map(part).collect();
    Some(geo::LineString::new(parts?.concat()))
}

/// The edges of a long line are taken so many at a time, side by side.
const PART: usize = 8_192;

fn bent_part(
    line: &[Coord],
    bend_m: f64,
    taken: &impl Fn(Coord) -> Option<Coord>,
    measured: &impl Fn(Coord) -> Coord,
) -> Option<Vec<Coord>> {
    let between =
        |a: Coord, b: Coord, at: f64| Coord { x: a.x + (b.x - a.x) * at, y: a.y + (b.y - a.y) * at };
    let apart = |a: Coord, b: Coord| {
        let (a, b) = (measured(a), measured(b));
        (a.x - b.x).hypot(a.y - b.y)
    };
    let mut out: Vec<Coord> = Vec::with_capacity(line.len());
    if let Some(first) = line.first() {
        out.push(taken(*first)?);
    }
    for edge in line.windows(2) {
        let (from, to) = (*out.last()?, taken(edge[1])?);
        let length = if bend_m.is_finite() { apart(from, to) } else { 0.0 };
        if length > STRAIGHT_M {
            let middle = taken(between(edge[0], edge[1], 0.5))?;
            let is_short = length < PARABOLA_M;
            let mut worst = apart(middle, between(from, to, 0.5));
            for at in [0.25, 0.75].into_iter().filter(|_| !is_short) {
                worst = worst.max(apart(taken(between(edge[0], edge[1], at))?, between(from, to, at)));
            }
            let along = |at: f64| {
                if !is_short {
                    return taken(between(edge[0], edge[1], at));
                }
                // The parabola through both ends and the middle.
                let (chord, bow) = (between(from, to, at), 4.0 * at * (1.0 - at));
                let straight = between(from, to, 0.5);
                Some(Coord {
                    x: chord.x + bow * (middle.x - straight.x),
                    y: chord.y + bow * (middle.y - straight.y),
                })
            };
            // The sagitta falls with the square of the length; half of the bound, since it is not the same all along.
            let pieces = (worst * 2.0 / bend_m).sqrt().ceil().min(PIECES_MAX);
            let mut piece = 1.0;
            while piece < pieces {
                out.push(along(piece / pieces)?);
                piece += 1.0;
            }
        }
        out.push(to);
    }
    Some(out)
}

/// The table of projections is compiled in, a [`Crs::Other`] is only made of what can be computed, and a test asks for
/// every system there is.
#[expect(clippy::panic, reason = "a system of the program that its own table lacks is a slip in the program")]
fn proj(crs: Crs) -> Proj {
    let text = definitions::text(crs.epsg()).unwrap_or_default();
    Proj::from_proj_string(&text).unwrap_or_else(|error| panic!("EPSG:{}: {error}", crs.epsg()))
}

fn transform(from: &Proj, to: &Proj, (x, y): (f64, f64)) -> Option<(f64, f64)> {
    let mut point = (x, y, 0.0);
    proj4rs::transform::transform(from, to, &mut point).ok()?;
    (point.0.is_finite() && point.1.is_finite()).then_some((point.0, point.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Reference values from PROJ 9.5 (EPSG:4326 -> EPSG:3006), Östersund's town hall square.
    #[test]
    fn agrees_with_proj() {
        let reprojection = Reprojection::new(Crs::Sweref99Tm);
        let place = LonLat::new(14.638_394_6, 63.175_693_6);
        let plane = reprojection.plane(place).expect("inside the projection");
        assert!((plane.e - 481_794.0).abs() < 0.1 && (plane.n - 7_005_216.0).abs() < 0.1, "{plane:?}");
        let back = reprojection.lon_lat_from_plane(plane).expect("inside the projection");
        assert!((back.lon - place.lon).abs() < 1e-9 && (back.lat - place.lat).abs() < 1e-9);
    }

    #[test]
    fn sweref_99_tm_stays_what_it_is() {
        let reprojection = Reprojection::new(Crs::Sweref99Tm);
        assert_eq!(
            reprojection.plane_from_source(400_500.0, 6_810_500.0),
            Some(PlanePoint::new(400_500.0, 6_810_500.0))
        );
    }

    // An edge of 200 km along a parallel: straight in degrees, 1.5 km off the straight line of the plane.
    #[test]
    fn long_edges_are_straight_in_the_system_of_the_file() {
        use geo::{Distance, Euclidean, line_string, polygon};
        let to_plane = Reprojection::new(Crs::Wgs84);
        let square = polygon![(x: 13.0, y: 62.0), (x: 17.0, y: 62.0), (x: 17.0, y: 63.0), (x: 13.0, y: 63.0)];
        let plane = to_plane.plane_polygon(&square).expect("in Sweden");
        let vertices = geo::MultiPolygon::new(vec![plane.clone()]);
        for at in 1..400 {
            let lon = 13.0 + f64::from(at) / 100.0;
            let point = to_plane.plane(LonLat::new(lon, 62.0)).expect("in Sweden");
            let apart = Euclidean.distance(plane.exterior(), &geo::Point::new(point.e, point.n));
            assert!(apart <= BEND_M, "{apart} m off at {lon}");
        }
        let straight = line_string![*plane.exterior().0.first().expect("a ring"), {
            let p = to_plane.plane(LonLat::new(17.0, 62.0)).expect("in Sweden");
            Coord { x: p.e, y: p.n }
        }];
        let middle = to_plane.plane(LonLat::new(15.0, 62.0)).expect("in Sweden");
        assert!(Euclidean.distance(&straight, &geo::Point::new(middle.e, middle.n)) > 1000.0);
        // And back again: the same border within the bound, though written with straight edges in degrees.
        let back = to_plane.degrees_polygon(&plane, 0.5).expect("in Sweden");
        assert!(back.exterior().0.len() >= square.exterior().0.len());
        assert_eq!(vertices.0.len(), 1);
    }

    /// Short edges are bent by a parabola: how far that is from what is projected, in every direction, in the far north
    /// and far from the middle meridian.
    #[test]
    fn short_edges_bend_as_they_are_projected() {
        let to_plane = Reprojection::new(Crs::Wgs84);
        let taken = |c: Coord| to_plane.plane_from_source(c.x, c.y).map(|p| Coord { x: p.e, y: p.n });
        for (lon, lat) in [(10.0, 55.0), (15.0, 63.0), (24.5, 72.0), (5.0, 72.0)] {
            for turn in 0..16 {
                let turn = f64::from(turn) / 16.0 * std::f64::consts::TAU;
                let (east, north) = (4_900.0 * turn.cos(), 4_900.0 * turn.sin());
                let metres = 111_200.0;
                let to =
                    Coord { x: lon + east / metres / f64::to_radians(lat).cos(), y: lat + north / metres };
                let edge = [Coord { x: lon, y: lat }, to];
                let found = bent_part(&edge, 1e-3, &taken, &|c| c).expect("in the area of use");
                assert!(found.len() > 2, "bent");
                for (at, one) in found.iter().enumerate() {
                    #[expect(clippy::cast_precision_loss, reason = "few")]
                    let at = at as f64 / (found.len() - 1) as f64;
                    let on = Coord { x: lon + (to.x - lon) * at, y: lat + (to.y - lat) * at };
                    let exact = taken(on).expect("in the area of use");
                    let off = (exact.x - one.x).hypot(exact.y - one.y);
                    assert!(off < 1e-3, "{off} m at {lon} {lat}");
                }
            }
        }
    }

    #[test]
    fn every_system_works_in_sweden() {
        let home = LonLat::new(14.6, 63.2);
        for crs in Crs::all() {
            let (x, y) = crs.from_wgs84(home).expect("inside the projection");
            let back = Reprojection::new(crs).lon_lat(x, y).expect("inside the projection");
            assert!((back.lon - home.lon).abs() < 1e-7 && (back.lat - home.lat).abs() < 1e-7, "{crs:?}");
        }
    }
}
