//! Which polygons hold a point, and how far is the nearest of them? Each polygon is prepared once, whatever its size; the
//! answers are those of `geo`'s `Contains` and `Euclidean`, point for point. Does not know what the polygons are.

use std::borrow::Cow;

use geo::coordinate_position::CoordPos;
use geo::{Coord, Distance, Euclidean, GeoNum, Kernel, Line, Orientation, Point, Polygon, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::near::SLACK;
use super::{PlanePoint, work};

/// So many edges, and so many boxes, share the box above them.
const FAN: usize = 8;

type Boxed = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Polygons by where they are, each under a key; several may share one.
pub struct PolygonIndex<'a> {
    polygons: Vec<(u32, Prepared<'a>)>,
    boxes: RTree<Boxed>,
}

impl<'a> PolygonIndex<'a> {
    /// # Complexity
    /// O(vertices + polygons · log polygons).
    #[must_use]
    pub fn new(polygons: impl IntoIterator<Item = (u32, Cow<'a, Polygon>)>) -> Self {
        let polygons: Vec<(u32, Prepared)> =
            polygons.into_iter().map(|(key, polygon)| (key, Prepared::new(polygon))).collect();
        let boxes = (0u32..).zip(&polygons).filter_map(|(at, (_, one))| Some(boxed(one.outer.bounds()?, at)));
        let boxes = RTree::bulk_load(boxes.collect());
        Self { polygons, boxes }
    }

    /// The keys of the polygons that a point lies in, not on the border of; one as often as it has such polygons.
    ///
    /// # Complexity
    /// O(log) of polygons and vertices, and the runs of border whose boxes hold the point.
    pub fn holding(&self, point: PlanePoint) -> impl Iterator<Item = u32> + '_ {
        let at = Coord { x: point.e, y: point.n };
        self.boxes
            .locate_in_envelope_intersecting(AABB::from_point([point.e, point.n]))
            .filter_map(|boxed| self.polygons.get(boxed.data as usize))
            .filter(move |(_, polygon)| polygon.position(at) == CoordPos::Inside)
            .map(|(key, _)| *key)
    }

    /// Does one of them hold the point?
    #[must_use]
    pub fn is_held(&self, point: PlanePoint) -> bool {
        self.holding(point).next().is_some()
    }

    /// How far the polygons of a key are, where keys were given in rising order; `None` where it has none.
    #[must_use]
    pub fn distance_m(&self, key: u32, point: PlanePoint) -> Option<f64> {
        let first = self.polygons.partition_point(|(known, _)| *known < key);
        let own = self.polygons[first..].iter().take_while(|(known, _)| *known == key);
        own.map(|(_, polygon)| polygon.distance_m(point)).reduce(f64::min)
    }

    /// The polygons with the nearest box first: the squared distance to the box, the key, and the polygon.
    pub fn nearest_boxes(&self, point: PlanePoint) -> impl Iterator<Item = (f64, u32, &Prepared<'a>)> + '_ {
        let boxes = self.boxes.nearest_neighbor_iter_with_distance_2([point.e, point.n]);
        boxes.filter_map(|(boxed, distance2)| {
            let (key, polygon) = self.polygons.get(boxed.data as usize)?;
            Some((distance2, *key, polygon))
        })
    }
}

fn boxed(rect: Rect, data: u32) -> Boxed {
    let corners = AABB::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]);
    GeomWithData::new(Rectangle::from_aabb(corners), data)
}

/// A polygon that many points are asked about.
pub struct Prepared<'a> {
    outer: Ring<'a>,
    holes: Vec<Ring<'a>>,
    hole_boxes: RTree<Boxed>,
}

impl<'a> Prepared<'a> {
    fn new(polygon: Cow<'a, Polygon>) -> Self {
        let (outer, holes): (Ring, Vec<Ring>) = match polygon {
            Cow::Borrowed(polygon) => {
                let ring = |ring: &'a geo::LineString| Ring::new(Cow::Borrowed(ring.0.as_slice()));
                (ring(polygon.exterior()), polygon.interiors().iter().map(ring).collect())
            }
            Cow::Owned(polygon) => {
                let ring = |ring: geo::LineString| Ring::new(Cow::Owned(ring.0));
                let (outer, holes) = polygon.into_inner();
                (ring(outer), holes.into_iter().map(ring).collect())
            }
        };
        let boxes = (0u32..).zip(&holes).filter_map(|(at, hole)| Some(boxed(hole.bounds()?, at)));
        let hole_boxes = RTree::bulk_load(boxes.collect());
        Self { outer, holes, hole_boxes }
    }

    fn position(&self, at: Coord) -> CoordPos {
        let outer = self.outer.position(at);
        if outer != CoordPos::Inside || self.holes.is_empty() {
            return outer;
        }
        // Of holes that lie over each other the first tells.
        let holes = self.hole_boxes.locate_in_envelope_intersecting(AABB::from_point([at.x, at.y]));
        let first = holes.map(|boxed| boxed.data).filter_map(|hole| {
            let position = self.holes.get(hole as usize)?.position(at);
            (position != CoordPos::Outside).then_some((hole, position))
        });
        match first.min_by_key(|(hole, _)| *hole) {
            None => CoordPos::Inside,
            Some((_, CoordPos::OnBoundary)) => CoordPos::OnBoundary,
            Some(_) => CoordPos::Outside,
        }
    }

    /// How far the polygon is from a point: zero in it and on its border.
    #[must_use]
    pub fn distance_m(&self, point: PlanePoint) -> f64 {
        let at = Coord { x: point.e, y: point.n };
        if self.position(at) != CoordPos::Outside {
            return 0.0;
        }
        let mut nearest = f64::MAX;
        self.outer.approach(at, &mut nearest);
        for (hole, distance2) in self.hole_boxes.nearest_neighbor_iter_with_distance_2([at.x, at.y]) {
            if distance2 > nearest * nearest * SLACK {
                break;
            }
            if let Some(hole) = self.holes.get(hole.data as usize) {
                hole.approach(at, &mut nearest);
            }
        }
        nearest
    }
}

/// A ring, with a box around every run of a few edges, and boxes around a few of those.
///
/// What lies wholly beside a point is judged by its box: how often a run of edges crosses the ray to the east, upwards
/// less downwards, is told by its two ends alone where all of it lies east of the point. An interval tree, as `geo` has,
/// looks at every edge that the ray meets, of a coast with a hundred thousand skerries at thousands.
struct Ring<'a> {
    vertices: Cow<'a, [Coord]>,
    /// The boxes of `FAN` edges each, then those of `FAN` such boxes, up to one for all.
    levels: Vec<Vec<Rect>>,
}

impl<'a> Ring<'a> {
    fn new(vertices: Cow<'a, [Coord]>) -> Self {
        let edges = vertices.len().saturating_sub(1);
        let first: Vec<Rect> = (0..edges)
            .step_by(FAN)
            .map(|first| around(vertices[first..=(first + FAN).min(edges)].iter().map(|at| (*at, *at))))
            .collect();
        let mut levels = vec![first];
        while let Some(below) = levels.last().filter(|below| below.len() > 1) {
            let above =
                below.chunks(FAN).map(|boxes| around(boxes.iter().map(|rect| (rect.min(), rect.max()))));
            levels.push(above.collect());
        }
        Self { vertices, levels }
    }

    fn bounds(&self) -> Option<Rect> {
        self.levels.last()?.first().copied()
    }

    /// The vertices at both ends of the edges under a box.
    fn run(&self, level: usize, at: usize) -> (usize, usize) {
        let edges = FAN.pow(u32::try_from(level).unwrap_or(u32::MAX) + 1);
        (at * edges, ((at + 1) * edges).min(self.vertices.len() - 1))
    }

    fn below(&self, level: usize, at: usize) -> std::ops::Range<usize> {
        at * FAN..((at + 1) * FAN).min(self.levels[level - 1].len())
    }

    fn position(&self, at: Coord) -> CoordPos {
        if self.bounds().is_none() {
            let is_it = self.vertices.first() == Some(&at);
            return if is_it { CoordPos::OnBoundary } else { CoordPos::Outside };
        }
        match self.winding(self.levels.len() - 1, 0, at) {
            None => CoordPos::OnBoundary,
            Some(0) => CoordPos::Outside,
            Some(_) => CoordPos::Inside,
        }
    }

    /// How often the edges under a box go around the point: upwards less downwards across its ray to the east, as
    /// `geo` counts; `None` where it lies on one.
    fn winding(&self, level: usize, nth: usize, at: Coord) -> Option<i32> {
        let bounds = self.levels[level][nth];
        let (min, max) = (bounds.min(), bounds.max());
        if at.y < min.y || at.y > max.y || at.x > max.x {
            return Some(0);
        }
        let (first, last) = self.run(level, nth);
        if at.x < min.x {
            let is_above = |vertex: usize| i32::from(self.vertices[vertex].y > at.y);
            return Some(is_above(last) - is_above(first));
        }
        let mut sum = 0;
        if level == 0 {
            for edge in self.vertices[first..=last].windows(2) {
                sum += crossing(edge[0], edge[1], at)?;
            }
        } else {
            for below in self.below(level, nth) {
                sum += self.winding(level - 1, below, at)?;
            }
        }
        Some(sum)
    }

    /// Lessens a distance to that of the nearest edge.
    fn approach(&self, at: Coord, nearest: &mut f64) {
        if self.bounds().is_some() {
            self.approach_under(self.levels.len() - 1, 0, at, nearest);
        }
    }

    fn approach_under(&self, level: usize, nth: usize, at: Coord, nearest: &mut f64) {
        if level == 0 {
            let (first, last) = self.run(0, nth);
            for edge in self.vertices[first..=last].windows(2) {
                work::compared();
                *nearest = nearest.min(Euclidean.distance(&Point(at), &Line::new(edge[0], edge[1])));
            }
            return;
        }
        let mut order = [(f64::INFINITY, 0); FAN];
        let below = self.below(level, nth);
        let count = below.len();
        for (slot, below) in order.iter_mut().zip(below) {
            *slot = (distance2(self.levels[level - 1][below], at), below);
        }
        order[..count].sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        for (away2, below) in &order[..count] {
            if *away2 > *nearest * *nearest * SLACK {
                break;
            }
            self.approach_under(level - 1, *below, at, nearest);
        }
    }
}

/// The box around boxes, each by its corners.
fn around(corners: impl Iterator<Item = (Coord, Coord)>) -> Rect {
    let (mut min, mut max) =
        (Coord { x: f64::INFINITY, y: f64::INFINITY }, Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY });
    for (low, high) in corners {
        min = Coord { x: min.x.min(low.x), y: min.y.min(low.y) };
        max = Coord { x: max.x.max(high.x), y: max.y.max(high.y) };
    }
    Rect::new(min, max)
}

fn distance2(bounds: Rect, at: Coord) -> f64 {
    let beside = |at: f64, min: f64, max: f64| (min - at).max(at - max).max(0.0);
    let (x, y) = (beside(at.x, bounds.min().x, bounds.max().x), beside(at.y, bounds.min().y, bounds.max().y));
    x * x + y * y
}

/// Does an edge cross the ray to the east: upwards 1, downwards -1; `None` where the point lies on it. An upward edge has
/// its start and not its end, a downward one its end and not its start.
fn crossing(start: Coord, end: Coord, at: Coord) -> Option<i32> {
    work::compared();
    let is_up = start.y <= at.y;
    if if is_up { end.y < at.y } else { end.y > at.y } {
        return Some(0);
    }
    let side = <f64 as GeoNum>::Ker::orient2d(start, end, at);
    let is_beside = at.x < start.x.min(end.x) || at.x > start.x.max(end.x);
    match side {
        Orientation::Collinear if !is_beside => None,
        Orientation::CounterClockwise if is_up && end.y > at.y => Some(1),
        Orientation::Clockwise if !is_up => Some(-1),
        _ => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use geo::coordinate_position::CoordinatePosition;
    use proptest::prelude::*;

    use super::*;

    fn ring() -> impl Strategy<Value = geo::LineString> {
        // On a small board, so that points lie on edges and vertices, and rings cross themselves.
        proptest::collection::vec((0i8..12, 0i8..12), 1..90).prop_map(|corners| {
            let mut ring: geo::LineString =
                corners.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).collect();
            ring.close();
            ring
        })
    }

    proptest! {
        #[test]
        fn answers_are_those_of_geo(outer in ring(), holes in proptest::collection::vec(ring(), 0..4), at in (-1i8..26, -1i8..26)) {
            let polygon = Polygon::new(outer, holes);
            let prepared = Prepared::new(Cow::Borrowed(&polygon));
            let (x, y) = (f64::from(at.0) / 2.0, f64::from(at.1) / 2.0);
            prop_assert_eq!(prepared.position(Coord { x, y }), polygon.coordinate_position(&Coord { x, y }));
            let (own, theirs) = (prepared.distance_m(PlanePoint::new(x, y)), Euclidean.distance(&Point::new(x, y), &polygon));
            prop_assert_eq!(own.to_bits(), theirs.to_bits(), "{} m, by geo {} m", own, theirs);
        }

        #[test]
        fn several_polygons_are_told_by_their_keys(rings in proptest::collection::vec(ring(), 0..12), at in (0i8..24, 0i8..24)) {
            let polygons: Vec<Polygon> = rings.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect();
            let index = PolygonIndex::new((0u32..).zip(polygons.iter().map(Cow::Borrowed)));
            let point = PlanePoint::new(f64::from(at.0) / 2.0, f64::from(at.1) / 2.0);
            let mut found: Vec<u32> = index.holding(point).collect();
            found.sort_unstable();
            let here = Point::new(point.e, point.n);
            let wanted = (0u32..).zip(&polygons).filter(|(_, polygon)| geo::Contains::contains(*polygon, &here));
            prop_assert_eq!(found, wanted.map(|(key, _)| key).collect::<Vec<_>>());
        }
    }
}
