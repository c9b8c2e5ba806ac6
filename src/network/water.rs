//! Does a straight way cross water? Shores of lakes and of the sea, asked for each walk from a place to its road.
//! Does not know roads.

use geo::orient::{Direction, Orient};
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

use crate::geometry::{LonLat, ground_distance};

/// Shores nearer to each other than this along a walk are one: lakes that are cut along the border of a map sheet, and
/// a coast that is drawn as an area and as a line, metres.
const SEAM_M: f64 = 1.0;

/// A shore in degrees, and whether it is of an area: water then lies to its left.
type Shore = GeomWithData<Line<[f64; 2]>, bool>;

/// Water of areas, and of lines along a coast.
#[derive(Debug, Default)]
pub struct Water {
    shores: RTree<Shore>,
}

impl Water {
    /// Water of these areas, and of lines whose side is not known.
    #[must_use]
    pub fn new<'a>(
        areas: impl Iterator<Item = &'a geo::Polygon>,
        coasts: impl Iterator<Item = &'a geo::LineString>,
    ) -> Self {
        let mut shores = Vec::new();
        for area in areas {
            // Outside anticlockwise, islands clockwise.
            let area = area.orient(Direction::Default);
            add(&mut shores, area.exterior(), true);
            area.interiors().iter().for_each(|island| add(&mut shores, island, true));
        }
        coasts.for_each(|coast| add(&mut shores, coast, false));
        Self { shores: RTree::bulk_load(shores) }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shores.size() == 0
    }

    /// Does the straight way between two places leave land and come back to it?
    ///
    /// One shore alone does not tell: the place may lie on an island that the layer does not draw, or the shore may be
    /// drawn coarsely. Areas that touch or overlap are one water.
    ///
    /// # Complexity
    /// O(log shores + shores near the way).
    #[must_use]
    pub fn is_crossed(&self, from: LonLat, to: LonLat) -> bool {
        let (a, b) = ([from.lon, from.lat], [to.lon, to.lat]);
        let near = self.shores.locate_in_envelope_intersecting(AABB::from_corners(a, b));
        let mut areas: Vec<(f64, i32)> = Vec::new();
        let mut coasts: Vec<f64> = Vec::new();
        for shore in near {
            let Some((along, is_into)) = met(a, b, shore.geom().from, shore.geom().to) else { continue };
            if shore.data {
                areas.push((along, if is_into { 1 } else { -1 }));
            } else {
                coasts.push(along);
            }
        }
        if areas.is_empty() && coasts.len() < 2 {
            return false;
        }
        let seam = SEAM_M / ground_distance(from, to).value().max(SEAM_M);
        // The outline of an area says nothing that the area does not.
        coasts.retain(|coast| areas.iter().all(|(area, _)| (area - coast).abs() > seam));
        coasts.sort_by(f64::total_cmp);
        coasts.dedup_by(|next, kept| *next - *kept <= seam);
        coasts.len() >= 2 || leaves_and_comes_back(areas, seam)
    }
}

/// Is there land, then water, then land again, where areas of water begin (+1) and end (-1) along a way?
fn leaves_and_comes_back(mut shores: Vec<(f64, i32)>, seam: f64) -> bool {
    // Into the next area before out of the last, where they touch.
    let place = |(along, step): &(f64, i32)| if *step > 0 { along - seam } else { *along };
    shores.sort_by(|a, b| place(a).total_cmp(&place(b)).then(b.1.cmp(&a.1)));
    // In how much water does it begin? In so much that there is never less than none.
    let mut depth = 0;
    let least = shores.iter().map(|(_, step)| {
        depth += step;
        depth
    });
    let mut depth = -least.min().unwrap_or(0).min(0);
    let mut was_on_land = depth == 0;
    let mut has_left = false;
    for (_, step) in shores {
        depth += step;
        if depth == 0 {
            if has_left {
                return true;
            }
            was_on_land = true;
        } else if was_on_land {
            has_left = true;
        }
    }
    false
}

fn add(shores: &mut Vec<Shore>, line: &geo::LineString, is_of_area: bool) {
    let segment = |line: geo::Line| Line::new([line.start.x, line.start.y], [line.end.x, line.end.y]);
    shores.extend(line.lines().map(|line| GeomWithData::new(segment(line), is_of_area)));
}

/// Which side of the line a–b is c on? Above zero on its left, zero on it.
fn side(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// How far along the way a–b it meets the shore c–d, as a part of it, and whether it comes to the shore's left side.
/// A vertex exactly on the way counts with one of its two segments only.
fn met(a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]) -> Option<(f64, bool)> {
    let (from, to) = (side(a, b, c), side(a, b, d));
    let parts_shore = (from < 0.0) != (to < 0.0);
    let (first, last) = (side(c, d, a), side(c, d, b));
    let is_met = parts_shore && (first < 0.0) != (last < 0.0);
    is_met.then(|| (first / (first - last), first < 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(west: f64, east: f64) -> geo::LineString {
        geo::LineString::from(vec![(west, 0.0), (east, 0.0), (east, 4.0), (west, 4.0), (west, 0.0)])
    }

    fn crossed(water: &Water, from: (f64, f64), to: (f64, f64)) -> bool {
        let is_crossed = water.is_crossed(LonLat::new(from.0, from.1), LonLat::new(to.0, to.1));
        assert_eq!(is_crossed, water.is_crossed(LonLat::new(to.0, to.1), LonLat::new(from.0, from.1)));
        is_crossed
    }

    #[test]
    fn a_lake_between_is_crossed_and_a_shore_alone_is_not() {
        let lake = geo::Polygon::new(ring(1.0, 2.0), Vec::new());
        let mut turned = ring(1.0, 2.0);
        turned.0.reverse();
        let turned = geo::Polygon::new(turned, Vec::new());
        for lake in [lake, turned] {
            let water = Water::new(std::iter::once(&lake), std::iter::empty());
            assert!(crossed(&water, (0.0, 2.0), (3.0, 2.0)) && crossed(&water, (3.0, 2.0), (0.0, 1.0)));
            assert!(!crossed(&water, (0.0, 2.0), (1.5, 2.0)), "into the lake only");
            assert!(!crossed(&water, (0.0, 5.0), (3.0, 5.0)), "past it");
            assert!(!crossed(&water, (1.2, 2.0), (1.8, 2.0)), "within it");
        }
        assert!(!crossed(&Water::default(), (0.0, 0.0), (9.0, 9.0)));
    }

    #[test]
    fn areas_that_touch_or_overlap_are_one_water() {
        for (end, begin) in [(1.5, 1.5), (1.6, 1.4)] {
            let parts = [ring(1.0, end), ring(begin, 2.0)].map(|ring| geo::Polygon::new(ring, Vec::new()));
            let water = Water::new(parts.iter(), std::iter::empty());
            assert!(!crossed(&water, (1.2, 2.0), (3.0, 2.0)), "out of the lake only");
            assert!(crossed(&water, (0.0, 2.0), (3.0, 2.0)));
        }
        // The same lake twice, and with its outline as a line.
        let lake = geo::Polygon::new(ring(1.0, 2.0), Vec::new());
        let outline = ring(1.0, 2.0);
        let water = Water::new([&lake, &lake].into_iter(), std::iter::once(&outline));
        assert!(!crossed(&water, (0.0, 2.0), (1.5, 2.0)));
        assert!(crossed(&water, (0.0, 2.0), (3.0, 2.0)));
    }

    #[test]
    fn an_island_in_a_lake_is_land() {
        let lake = geo::Polygon::new(ring(0.0, 9.0), vec![ring(4.0, 5.0)]);
        let water = Water::new(std::iter::once(&lake), std::iter::empty());
        assert!(crossed(&water, (4.5, 2.0), (10.0, 2.0)), "from the island to the mainland");
        assert!(!crossed(&water, (4.2, 2.0), (4.8, 2.0)));
        assert!(!crossed(&water, (2.0, 2.0), (4.5, 2.0)), "out of the water");
        assert!(crossed(&water, (2.0, 2.0), (10.0, 2.0)), "over the island");
    }

    #[test]
    fn coasts_without_a_side_are_crossed_in_twos() {
        let coast = |at: f64| geo::LineString::from(vec![(at, 0.0), (at, 4.0)]);
        let (one, other) = (coast(1.0), coast(2.0));
        let water = Water::new(std::iter::empty(), [&one, &other, &one].into_iter());
        assert!(!crossed(&water, (0.0, 2.0), (1.5, 2.0)));
        assert!(crossed(&water, (0.0, 2.0), (3.0, 2.0)));
    }
}
