//! Which point is nearest to another? Of points at one position only the first is looked at, so that thousands at one
//! place cost no more than one. Does not know what stands at the points.

use rstar::{AABB, PointDistance, RTree, RTreeObject};
use rustc_hash::{FxHashMap, FxHashSet};

use super::PlanePoint;
use crate::units::Metres;

/// A point in a tree, and its number.
#[derive(Debug, Clone, Copy)]
pub struct Located {
    pub point: PlanePoint,
    pub data: u32,
}

impl Located {
    #[must_use]
    pub const fn new(point: PlanePoint, data: u32) -> Self {
        Self { point, data }
    }
}

impl RTreeObject for Located {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_point([self.point.e, self.point.n])
    }
}

impl PointDistance for Located {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        self.point.distance2(PlanePoint::new(point[0], point[1]))
    }
}

/// What rounding may do to a squared length.
pub(super) const SLACK: f64 = 1.0 + 1e-9;

fn key(point: PlanePoint) -> [u64; 2] {
    [point.e.to_bits(), point.n.to_bits()]
}

/// The positions of points, each once in the order in which they first come, and the position of each point.
#[must_use]
pub fn positions(points: &[PlanePoint]) -> (Vec<PlanePoint>, Vec<usize>) {
    let mut known: FxHashMap<[u64; 2], usize> = FxHashMap::default();
    let mut distinct = Vec::new();
    let of_point = points.iter().map(|point| {
        *known.entry(key(*point)).or_insert_with(|| {
            distinct.push(*point);
            distinct.len() - 1
        })
    });
    let of_points = of_point.collect();
    (distinct, of_points)
}

/// Points with keys, of which the nearest is asked for.
pub struct NearestPoint(RTree<Located>);

impl NearestPoint {
    /// # Complexity
    /// O(n log n).
    #[must_use]
    pub fn new(points: impl IntoIterator<Item = (u32, PlanePoint)>) -> Self {
        let mut seen: FxHashSet<[u64; 2]> = FxHashSet::default();
        let first = points.into_iter().filter(|(_, point)| seen.insert(key(*point)));
        Self(RTree::bulk_load(first.map(|(at, point)| Located::new(point, at)).collect()))
    }

    /// The key of the nearest point, the first of its position, and how far it is.
    ///
    /// # Complexity
    /// O(log n).
    #[must_use]
    pub fn to(&self, point: PlanePoint) -> Option<(u32, Metres)> {
        let located = self.0.nearest_neighbor([point.e, point.n])?;
        Some((located.data, point.distance(located.point)))
    }
}

/// Points that come one after the other, each of which may ask for the nearest that came before it.
#[derive(Default)]
pub struct EarlierPoints {
    tree: RTree<Located>,
    seen: FxHashSet<[u64; 2]>,
}

impl EarlierPoints {
    /// The nearest of those that came before and its key; of those as near the one of the least key.
    ///
    /// # Complexity
    /// O(log n).
    #[must_use]
    pub fn nearest(&self, point: PlanePoint) -> Option<(Metres, u32)> {
        let mut near = self.tree.nearest_neighbor_iter_with_distance_2([point.e, point.n]).peekable();
        let (_, least2) = *near.peek()?;
        near.take_while(|(_, away2)| *away2 <= least2 * SLACK)
            .map(|(located, _)| (point.distance(located.point), located.data))
            .min()
    }

    /// Keys rise.
    pub fn add(&mut self, key: u32, point: PlanePoint) {
        if self.seen.insert(self::key(point)) {
            self.tree.insert(Located::new(point, key));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points() -> impl Strategy<Value = Vec<PlanePoint>> {
        // A small board, so that several stand at one position and as near as each other.
        let at = (0u8..6, 0u8..6).prop_map(|(e, n)| PlanePoint::new(f64::from(e), f64::from(n)));
        proptest::collection::vec(at, 0..40)
    }

    proptest! {
        #[test]
        fn the_nearest_earlier_point_is_that_of_comparing_all(points in points()) {
            let mut earlier = EarlierPoints::default();
            for (at, point) in (0u32..).zip(&points) {
                let before = (0u32..).zip(&points).take(at as usize);
                let wanted = before.map(|(other, there)| (point.distance(*there), other)).min();
                prop_assert_eq!(earlier.nearest(*point), wanted);
                earlier.add(at, *point);
            }
        }

        #[test]
        fn the_nearest_point_is_the_first_of_its_position(points in points(), e in 0u8..6, n in 0u8..6) {
            // As near as each other by the rule of Pythagoras, two positions would differ by the rounding of one or the other.
            let (beside_e, beside_n) = (std::f64::consts::FRAC_1_PI, std::f64::consts::E.recip());
            let here = PlanePoint::new(f64::from(e) + beside_e, f64::from(n) + beside_n);
            let found = NearestPoint::new((0u32..).zip(points.iter().copied())).to(here);
            let least = points.iter().map(|point| here.distance(*point)).min();
            prop_assert_eq!(found.map(|(_, away)| away), least);
            if let Some((at, _)) = found {
                prop_assert_eq!(points.iter().position(|point| *point == points[at as usize]), Some(at as usize));
            }
        }

        #[test]
        fn every_point_has_its_position(points in points()) {
            let (distinct, of_points) = positions(&points);
            prop_assert!(distinct.iter().enumerate().all(|(at, point)| !distinct[..at].contains(point)));
            let again: Vec<PlanePoint> = of_points.into_iter().map(|at| distinct[at]).collect();
            prop_assert_eq!(again, points);
        }
    }
}
