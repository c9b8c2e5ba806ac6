//! Which rings are borders and which are holes, where a format only lists rings? A ring within a border is a hole, a
//! ring within that hole is an island, whichever way they run: programs do not agree on the direction.

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::{BoundingRect, Coord, LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::rings::doubled_area;

/// Positions looked at for one feature before it is given up: far more than any real border needs.
const MOST_LOOKED_AT: usize = 500_000_000;

/// Polygons of closed rings, in the order of their borders; `None` where the rings lie within each other more often
/// than any real shape's. Borders run counterclockwise, holes clockwise.
pub(in crate::io) fn polygons_of_rings(rings: Vec<LineString>) -> Option<MultiPolygon> {
    let parents = parents(&rings)?;
    // How many rings a ring lies within: a parent is larger, so walking up ends.
    let depth = |ring: usize| std::iter::successors(parents[ring], |up| parents[*up]).count();
    let is_hole: Vec<bool> = (0..rings.len()).map(|ring| depth(ring) % 2 == 1).collect();
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

/// The smallest ring that each ring lies within.
fn parents(rings: &[LineString]) -> Option<Vec<Option<usize>>> {
    if rings.len() == 1 {
        return Some(vec![None]);
    }
    let areas: Vec<f64> = rings.iter().map(|ring| doubled_area(ring).abs()).collect();
    let boxed = rings.iter().enumerate().filter_map(|(at, ring)| {
        let bounds = ring.bounding_rect()?;
        let corners = [[bounds.min().x, bounds.min().y], [bounds.max().x, bounds.max().y]];
        Some(GeomWithData::new(Rectangle::from_corners(corners[0], corners[1]), at))
    });
    let tree = RTree::bulk_load(boxed.collect());
    let mut left = MOST_LOOKED_AT;
    let mut parents = Vec::with_capacity(rings.len());
    for (at, ring) in rings.iter().enumerate() {
        let Some(first) = ring.0.first() else {
            parents.push(None);
            continue;
        };
        let mut parent: Option<usize> = None;
        for other in tree.locate_in_envelope_intersecting(AABB::from_point([first.x, first.y])) {
            let other = other.data;
            left = left.checked_sub(1)?;
            // Of two as large as each other neither lies within the other: the same border twice.
            let is_smaller = parent.is_none_or(|parent| areas[other] < areas[parent]);
            if other == at || areas[other] <= areas[at] || !is_smaller {
                continue;
            }
            left = left.checked_sub(rings[other].0.len())?;
            if lies_within(ring, &rings[other], &mut left)? {
                parent = Some(other);
            }
        }
        parents.push(parent);
    }
    Some(parents)
}

/// Does a ring lie within a larger one? Its first position that is not on the border tells.
fn lies_within(ring: &LineString, larger: &LineString, left: &mut usize) -> Option<bool> {
    let middles = ring.0.windows(2).map(|ends| (ends[0] + ends[1]) / 2.0);
    for position in ring.0.iter().copied().chain(middles) {
        match side(position, larger) {
            CoordPos::Inside => return Some(true),
            CoordPos::Outside => return Some(false),
            CoordPos::OnBoundary => *left = left.checked_sub(larger.0.len())?,
        }
    }
    Some(true)
}

fn side(position: Coord, ring: &LineString) -> CoordPos {
    coord_pos_relative_to_ring(position, ring)
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
}
