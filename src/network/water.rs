//! Does a straight way cross water? Shores of lakes and of the sea, asked for each walk from a place to its road.
//! Does not know roads.

use rstar::primitives::Line;
use rstar::{AABB, RTree};

use crate::geometry::LonLat;

/// Shores as segments in degrees.
#[derive(Debug, Default)]
pub struct Water {
    shores: RTree<Line<[f64; 2]>>,
}

impl Water {
    /// Water of these shores: rings of lakes, islands and seas, or lines along the coast.
    #[must_use]
    pub fn new<'a>(shores: impl Iterator<Item = &'a geo::LineString>) -> Self {
        let segments = shores.flat_map(|shore| {
            shore.lines().map(|line| Line::new([line.start.x, line.start.y], [line.end.x, line.end.y]))
        });
        Self { shores: RTree::bulk_load(segments.collect()) }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shores.size() == 0
    }

    /// Does the straight way between two places leave land and come back to it?
    ///
    /// One shore alone does not tell: the place may lie on an island that the layer does not draw, or the shore may be
    /// drawn coarsely. Two are a crossing.
    ///
    /// # Complexity
    /// O(log shores + shores near the way).
    #[must_use]
    pub fn is_crossed(&self, from: LonLat, to: LonLat) -> bool {
        let (a, b) = ([from.lon, from.lat], [to.lon, to.lat]);
        let near = self.shores.locate_in_envelope_intersecting(AABB::from_corners(a, b));
        near.filter(|shore| meets(a, b, shore.from, shore.to)).take(2).count() == 2
    }
}

/// Which side of the line a–b is c on? Zero on it.
fn side(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Do two segments cross? A vertex exactly on the way counts with one of its two segments only.
fn meets(a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]) -> bool {
    let (from, to) = (side(a, b, c), side(a, b, d));
    let parts_shore = (from < 0.0) != (to < 0.0);
    let (first, last) = (side(c, d, a), side(c, d, b));
    parts_shore && (first < 0.0) != (last < 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lake_between_is_crossed_and_a_shore_alone_is_not() {
        let ring = geo::LineString::from(vec![(1.0, 0.0), (2.0, 0.0), (2.0, 4.0), (1.0, 4.0), (1.0, 0.0)]);
        let water = Water::new(std::iter::once(&ring));
        let crossed = |from: (f64, f64), to: (f64, f64)| {
            water.is_crossed(LonLat::new(from.0, from.1), LonLat::new(to.0, to.1))
        };
        assert!(crossed((0.0, 2.0), (3.0, 2.0)) && crossed((3.0, 2.0), (0.0, 1.0)));
        assert!(!crossed((0.0, 2.0), (1.5, 2.0)), "into the lake only");
        assert!(!crossed((0.0, 5.0), (3.0, 5.0)), "past it");
        assert!(!crossed((0.0, 2.0), (0.5, 2.0)));
        // Through two corners: each vertex counts once.
        assert!(crossed((0.0, -1.0), (3.0, 5.0)));
        assert!(!Water::default().is_crossed(LonLat::new(0.0, 0.0), LonLat::new(9.0, 9.0)));
    }
}
