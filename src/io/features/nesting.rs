//! Which rings are borders and which are holes, where a format only lists rings? A ring within a border is a hole, a
//! ring within that hole is an island, whichever way they run: programs do not agree on the direction.

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use rustc_hash::FxHashMap;

use super::rings::doubled_area;

/// So few rings are compared each with each.
const FEW: usize = 8;

/// Stretches looked at for one feature before it is given up, for each ring, for each position and besides: far more
/// than any real border needs, and no more than a file of this length is worth.
const LOOKED_AT_PER_RING: usize = 500;
const LOOKED_AT_PER_POSITION: usize = 100;
const LOOKED_AT: usize = 1_000_000;

/// Polygons of closed rings, in the order of their borders; `None` where the rings lie within each other more often
/// than any real shape's. Borders run counterclockwise, holes clockwise.
pub(in crate::io) fn polygons_of_rings(rings: Vec<LineString>) -> Option<MultiPolygon> {
    let (parents, is_hole) = parents(&rings)?;
    let mut position = vec![None; rings.len()];
    let mut shapes: Vec<(LineString, Vec<LineString>)> = Vec::new();
    let mut holes = Vec::new();
    for (at, ring) in rings.into_iter().enumerate() {
        if is_hole[at] {
            holes.push((parents[at], ring));
        } else {
            position[at] = Some(shapes.len());
            shapes.push((turned(ring, true), Vec::new()));
        }
    }
    for (parent, hole) in holes {
        if let Some(shape) = parent.and_then(|parent| position[parent]) {
            shapes[shape].1.push(turned(hole, false));
        }
    }
    Some(MultiPolygon::new(shapes.into_iter().map(|(border, holes)| Polygon::new(border, holes)).collect()))
}

/// One polygon, or several.
pub(in crate::io) fn area_of_rings(rings: Vec<LineString>) -> Option<geo::Geometry> {
    let mut polygons = polygons_of_rings(rings)?;
    Some(match polygons.0.len() {
        1 => polygons.0.remove(0).into(),
        _ => polygons.into(),
    })
}

/// A ring that runs the way it should: borders counterclockwise, holes clockwise.
pub(in crate::io) fn turned(mut ring: LineString, is_border: bool) -> LineString {
    if (doubled_area(&ring) < 0.0) == is_border {
        ring.0.reverse();
    }
    ring
}

/// The smallest ring that each ring lies within, and which rings are holes.
fn parents(rings: &[LineString]) -> Option<(Vec<Option<usize>>, Vec<bool>)> {
    let mut parents = vec![None; rings.len()];
    let mut is_hole = vec![false; rings.len()];
    if rings.len() == 1 {
        return Some((parents, is_hole));
    }
    let areas: Vec<f64> = rings.iter().map(|ring| doubled_area(ring).abs()).collect();
    let positions: usize = rings.iter().map(|ring| ring.0.len()).sum();
    let mut left = LOOKED_AT + rings.len() * LOOKED_AT_PER_RING + positions * LOOKED_AT_PER_POSITION;
    let around = if rings.len() <= FEW { None } else { Some(Stretches::new(rings)) };
    for (at, ring) in rings.iter().enumerate() {
        let Some(first) = ring.0.first() else { continue };
        let found = match &around {
            Some(stretches) => stretches.around(*first, &mut left)?,
            None => (0..rings.len()).map(|ring| (ring, CoordPos::OnBoundary)).collect(),
        };
        let mut parent: Option<usize> = None;
        for (other, side) in found {
            // Of two as large as each other neither lies within the other: the same border twice.
            let is_smaller = parent.is_none_or(|parent| areas[other] < areas[parent]);
            if other == at || areas[other] <= areas[at] || !is_smaller {
                continue;
            }
            if side == CoordPos::Inside || lies_within(ring, &rings[other], &mut left)? {
                parent = Some(other);
            }
        }
        parents[at] = parent;
    }
    // From the largest on: what a ring lies within is known before it.
    let mut order: Vec<usize> = (0..rings.len()).collect();
    order.sort_unstable_by(|a, b| areas[*b].total_cmp(&areas[*a]));
    for at in order {
        is_hole[at] = parents[at].is_some_and(|parent: usize| !is_hole[parent]);
    }
    Some((parents, is_hole))
}

/// The box of a stretch, by its ring and its place in it.
type Stretch = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

/// All stretches of all rings, to ask which rings lie around a position.
struct Stretches<'a> {
    rings: &'a [LineString],
    tree: RTree<Stretch>,
}

impl<'a> Stretches<'a> {
    fn new(rings: &'a [LineString]) -> Self {
        let of_ring = |(ring, line): (usize, &'a LineString)| {
            line.0.windows(2).enumerate().map(move |(at, ends)| {
                let corner = |end: Coord| [end.x, end.y];
                let bounds = Rectangle::from_corners(corner(ends[0]), corner(ends[1]));
                GeomWithData::new(bounds, (ring, at))
            })
        };
        Self { rings, tree: RTree::bulk_load(rings.iter().enumerate().flat_map(of_ring).collect()) }
    }

    /// The rings around a position, and those that it lies on: a line east from it crosses a ring around it an odd number
    /// of times. `None` when there is too much to look at.
    fn around(&self, from: Coord, left: &mut usize) -> Option<Vec<(usize, CoordPos)>> {
        let east = AABB::from_corners([from.x, from.y], [f64::MAX, from.y]);
        let mut found: FxHashMap<usize, CoordPos> = FxHashMap::default();
        for stretch in self.tree.locate_in_envelope_intersecting(east) {
            *left = left.checked_sub(1)?;
            let (ring, at) = stretch.data;
            let side = found.entry(ring).or_insert(CoordPos::Outside);
            let (a, b) = (self.rings[ring].0[at], self.rings[ring].0[at + 1]);
            let turn = RobustKernel::orient2d(a, b, from);
            let is_between = |v: f64, a: f64, b: f64| a.min(b) <= v && v <= a.max(b);
            if turn == Orientation::Collinear && is_between(from.x, a.x, b.x) && is_between(from.y, a.y, b.y)
            {
                *side = CoordPos::OnBoundary;
            }
            let is_up = b.y > a.y;
            let is_crossed = (a.y > from.y) != (b.y > from.y)
                && turn == if is_up { Orientation::CounterClockwise } else { Orientation::Clockwise };
            if is_crossed {
                *side = match *side {
                    CoordPos::Inside => CoordPos::Outside,
                    CoordPos::Outside => CoordPos::Inside,
                    CoordPos::OnBoundary => CoordPos::OnBoundary,
                };
            }
        }
        found.retain(|_, side| *side != CoordPos::Outside);
        Some(found.into_iter().collect())
    }
}

/// Does a ring lie within a larger one? A position of it that is not on the border tells. Neighbours may share a long
/// stretch, so the whole ring is gone through in shorter and shorter steps.
fn lies_within(ring: &LineString, larger: &LineString, left: &mut usize) -> Option<bool> {
    let positions = ring.0.len();
    let steps = std::iter::successors(Some((positions / 2).max(1)), |step| (*step > 1).then_some(step / 2));
    let corners = steps.flat_map(|step| (0..positions).step_by(step)).map(|at| ring.0[at]);
    let middles = ring.0.windows(2).map(|ends| (ends[0] + ends[1]) / 2.0);
    for position in corners.chain(middles) {
        *left = left.checked_sub(larger.0.len())?;
        match coord_pos_relative_to_ring(position, larger) {
            CoordPos::Inside => return Some(true),
            CoordPos::Outside => return Some(false),
            CoordPos::OnBoundary => {}
        }
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;

    fn square(from: f64, to: f64, is_reversed: bool) -> LineString {
        let mut ring = vec![(from, from), (to, from), (to, to), (from, to), (from, from)];
        if is_reversed {
            ring.reverse();
        }
        ring.into()
    }

    #[test]
    fn holes_and_islands_are_told_by_where_they_lie() {
        for turns in 0..16 {
            let turn = |bit: u32| turns >> bit & 1 == 1;
            let lake = square(1.0, 9.0, turn(1));
            let rings =
                [lake, square(0.0, 10.0, turn(0)), square(20.0, 22.0, turn(2)), square(4.0, 6.0, turn(3))];
            let found = polygons_of_rings(rings.to_vec()).expect("few rings");
            assert_eq!(found.0.len(), 3, "{turns}");
            assert!((found.unsigned_area() - (100.0 - 64.0 + 4.0 + 4.0)).abs() < 1e-9, "{turns}");
            let holes: Vec<usize> = found.iter().map(|polygon| polygon.interiors().len()).collect();
            assert_eq!(holes, [1, 0, 0]);
            assert!(found.iter().all(|polygon| polygon.signed_area() > 0.0));
        }
    }

    #[test]
    fn a_hole_may_touch_its_border() {
        let border: LineString = vec![(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)].into();
        let hole: LineString = vec![(0.0, 0.0), (2.0, 1.0), (1.0, 2.0), (0.0, 0.0)].into();
        let found = polygons_of_rings(vec![hole, border]).expect("few rings");
        assert_eq!((found.0.len(), found.0[0].interiors().len()), (1, 1));
        let twice = polygons_of_rings(vec![square(0.0, 1.0, true), square(0.0, 1.0, true)]).expect("two");
        assert_eq!(twice.0.len(), 2, "the same border twice is no hole");
    }

    /// Many rings are asked by another way than few: both say the same, whatever touches.
    #[test]
    fn many_rings_are_told_as_few_are() {
        let mut seed = 3u64;
        let mut corner = |most: u32| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(seed >> 33).unwrap_or(0) % most)
        };
        for _ in 0..200 {
            let rings: Vec<LineString> = (0..14)
                .map(|_| {
                    let (x, y, width, height) = (corner(12), corner(12), corner(6) + 1.0, corner(6) + 1.0);
                    vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)].into()
                })
                .collect();
            let stretches = Stretches::new(&rings);
            for (at, ring) in rings.iter().enumerate() {
                let mut left = usize::MAX;
                let found = stretches.around(ring.0[0], &mut left).expect("few");
                for (other, larger) in rings.iter().enumerate().filter(|(other, _)| *other != at) {
                    let told = found.iter().find(|(ring, _)| *ring == other).map(|(_, side)| *side);
                    let wanted = coord_pos_relative_to_ring(ring.0[0], larger);
                    assert_eq!(told.unwrap_or(CoordPos::Outside), wanted, "{:?} {larger:?}", ring.0[0]);
                }
            }
        }
    }

    #[test]
    fn neighbours_that_share_a_long_border_are_two_areas() {
        let shared: Vec<(f64, f64)> = (0..=2000).map(|at| (f64::from(at % 2), f64::from(at))).collect();
        let closed = |mut ring: Vec<(f64, f64)>| {
            ring.push(ring[0]);
            LineString::from(ring)
        };
        let west = [shared.as_slice(), &[(-9.0, 2000.0), (-9.0, 0.0)]].concat();
        let east = [shared.as_slice(), &[(5.0, 2000.0), (5.0, 0.0)]].concat();
        let found = polygons_of_rings(vec![closed(west), closed(east)]).expect("two areas");
        assert_eq!(found.0.len(), 2);
    }

    #[test]
    fn a_coast_with_many_islands_is_read_and_rings_in_rings_without_end_are_given_up() {
        let island = |at: u32| {
            let (x, y) = (f64::from(at % 100) * 3.0 + 1.0, f64::from(at / 100) * 3.0 + 1.0);
            vec![(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0), (x, y)].into()
        };
        let coast = (0..20_000).map(|at| {
            let angle = f64::from(at % 19_999) / 19_999.0 * std::f64::consts::TAU;
            (500.0 + angle.cos() * 2000.0, 500.0 + angle.sin() * 2000.0)
        });
        let mut rings: Vec<LineString> = (0..5000).map(island).collect();
        rings.push(coast.collect::<Vec<_>>().into());
        let found = polygons_of_rings(rings).expect("a real coast");
        assert_eq!((found.0.len(), found.0[0].interiors().len()), (1, 5000));
        let nested = |rings: u32| (0..rings).map(|at| square(f64::from(at), 1e6 - f64::from(at), false));
        let found = polygons_of_rings(nested(50).collect()).expect("few rings");
        assert!(found.0.len() == 25 && found.iter().all(|polygon| polygon.interiors().len() == 1));
        assert!(polygons_of_rings(nested(4000).collect()).is_none());
    }
}
