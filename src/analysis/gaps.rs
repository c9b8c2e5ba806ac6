//! Where are the gaps? Connected cells beyond the threshold, ranked by people.

use std::borrow::Cow;
use std::collections::BTreeMap;

use geo::{Area, BoundingRect, Contains, InteriorPoint, MultiPolygon, unary_union};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Coverage;
use crate::geometry::{GridCell, NearestPoint, PlanePoint, PolygonIndex};
use crate::model::{AreaIx, Demand, ServiceKind, Situation};
use crate::units::{Cost, People};

/// One gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    pub kind: ServiceKind,
    /// Cells, in rising order.
    pub cells: Vec<u32>,
    pub people: People,
    /// People-weighted; `None` where no cell has a value.
    pub mean: Option<Cost>,
    pub max: Option<Cost>,
    /// The area in which most of its people live.
    pub area: Option<AreaIx>,
    /// The centre of its people.
    pub centre: PlanePoint,
}

/// A gap's outline in the plane.
pub type GapOutline = MultiPolygon;

/// Neighbours are cells that touch, corners included: centres at most this many sides apart.
const TOUCHING_SIDES: f64 = 1.5;

/// The side taken for points that are no grid cells, metres.
const POINT_SIDE_M: f64 = 1000.0;

/// The gaps of a kind, most people first; cells without people link others but make no gap.
///
/// # Complexity
/// Near-linear in the number of cells beyond the threshold.
#[must_use]
pub fn gaps(coverage: &Coverage, situation: &Situation, threshold: Cost) -> Vec<Gap> {
    let demand = &situation.demand;
    let beyond: Vec<u32> =
        (0u32..).take(demand.len()).filter(|cell| coverage.is_beyond(*cell as usize, threshold)).collect();
    let groups = connect(demand, &beyond);
    let mut gaps: Vec<Gap> = groups
        .into_iter()
        .map(|cells| describe(coverage, situation, cells))
        .filter(|gap| gap.people > People::ZERO)
        .collect();
    gaps.sort_by(|a, b| b.people.cmp(&a.people).then(a.cells.cmp(&b.cells)));
    gaps
}

/// Groups of touching cells. Cells of one side are put into buckets so small that all in one of them touch each other;
/// then each cell of that side, or of a smaller one, asks the buckets around it for one that it touches.
///
/// # Complexity
/// O(n log n) for each side, however many cells lie over each other.
pub(super) fn connect(demand: &Demand, cells: &[u32]) -> Vec<Vec<u32>> {
    let side = |at: usize| side_m(demand, cells[at] as usize);
    let mut sides: Vec<f64> = (0..cells.len()).map(side).collect();
    sides.sort_unstable_by(f64::total_cmp);
    sides.dedup();
    let mut parent: Vec<usize> = (0..cells.len()).collect();
    for large in sides {
        let reach = large * TOUCHING_SIDES;
        let point = |at: usize| demand.points[cells[at] as usize];
        // The diagonal is a hair shorter than the reach.
        let width = reach * std::f64::consts::FRAC_1_SQRT_2 * (1.0 - 1e-9);
        #[expect(clippy::cast_possible_truncation, reason = "metres over metres fit an i64")]
        let bucket = |p: PlanePoint| ((p.e / width).floor() as i64, (p.n / width).floor() as i64);
        let mut buckets: FxHashMap<(i64, i64), Vec<usize>> = FxHashMap::default();
        for at in (0..cells.len()).filter(|at| side(*at).to_bits() == large.to_bits()) {
            buckets.entry(bucket(point(at))).or_default().push(at);
        }
        let buckets: FxHashMap<(i64, i64), Bucket> =
            buckets.into_iter().map(|(key, members)| (key, Bucket::new(members, point))).collect();
        for at in (0..cells.len()).filter(|at| side(*at) <= large) {
            let (x, y) = bucket(point(at));
            for (dx, dy) in (-2..=2).flat_map(|dx| (-2..=2).map(move |dy| (dx, dy))) {
                let Some(near) = buckets.get(&(x + dx, y + dy)) else { continue };
                let (a, b) = (root(&mut parent, at), root(&mut parent, near.first));
                if a != b && ((dx, dy) == (0, 0) || near.touches(point(at), reach)) {
                    parent[a.max(b)] = a.min(b);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        groups.entry(root(&mut parent, at)).or_default().push(*cell);
    }
    groups.into_values().collect()
}

/// Cells that all touch each other.
struct Bucket {
    first: usize,
    points: Vec<PlanePoint>,
    /// Where they are many, by where they are.
    index: Option<NearestPoint>,
}

/// More cells than this in a bucket are looked for by where they are.
const FEW: usize = 16;

impl Bucket {
    fn new(members: Vec<usize>, point: impl Fn(usize) -> PlanePoint) -> Self {
        let first = members.first().copied().unwrap_or_default();
        let points: Vec<PlanePoint> = members.into_iter().map(point).collect();
        let index = (points.len() > FEW).then(|| NearestPoint::new((0u32..).zip(points.iter().copied())));
        Self { first, points, index }
    }

    fn touches(&self, point: PlanePoint, reach: f64) -> bool {
        let is_near = |other: PlanePoint| other.distance2(point) <= reach * reach;
        match &self.index {
            None => self.points.iter().any(|other| is_near(*other)),
            Some(index) => index.to(point).is_some_and(|(nearest, _)| is_near(self.points[nearest as usize])),
        }
    }
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

fn side_m(demand: &Demand, cell: usize) -> f64 {
    let side = f64::from(demand.sides_m[cell]);
    if side > 0.0 { side } else { POINT_SIDE_M }
}

fn describe(coverage: &Coverage, situation: &Situation, cells: Vec<u32>) -> Gap {
    let demand = &situation.demand;
    let mut people = People::ZERO;
    let mut with_value = 0.0;
    let mut moment = 0.0;
    let mut max: Option<Cost> = None;
    let mut centre = (0.0, 0.0);
    let mut by_area: BTreeMap<Option<AreaIx>, People> = BTreeMap::new();
    for cell in cells.iter().map(|cell| *cell as usize) {
        let here = demand.people[cell];
        people += here;
        *by_area.entry(demand.areas[cell]).or_insert(People::ZERO) += here;
        centre.0 += demand.points[cell].e * here.value();
        centre.1 += demand.points[cell].n * here.value();
        if here > People::ZERO
            && let Some((_, cost)) = coverage.nearest.cost(cell, 0)
        {
            with_value += here.value();
            moment += cost.value() * here.value();
            max = max.max(Some(cost));
        }
    }
    let weight = people.value().max(f64::MIN_POSITIVE);
    Gap {
        kind: coverage.kind,
        people,
        mean: (with_value > 0.0).then(|| Cost::new(moment / with_value)),
        max,
        area: by_area.into_iter().max_by_key(|(_, people)| *people).and_then(|(area, _)| area),
        centre: PlanePoint::new(centre.0 / weight, centre.1 / weight),
        cells,
    }
}

/// The square of a cell, in the plane, counter-clockwise.
#[must_use]
pub fn cell_shape(demand: &Demand, cell: usize) -> [PlanePoint; 4] {
    let side_m = side_m(demand, cell);
    let centre = demand.points[cell];
    let free = GridCell { corner: PlanePoint::new(centre.e - side_m / 2.0, centre.n - side_m / 2.0), side_m };
    GridCell::around(centre, side_m).unwrap_or(free).corners()
}

/// The outline of a gap's cells.
///
/// # Complexity
/// O(n log n) in its cells.
#[must_use]
pub fn outline(gap: &Gap, demand: &Demand) -> GapOutline {
    let mut cells = gap.cells.clone();
    if cells.len() > MANY {
        let covered = covered(demand, &cells);
        cells.retain(|cell| !covered.contains(cell));
    }
    let squares: Vec<geo::Polygon> = cells
        .iter()
        .map(|cell| {
            let corners = cell_shape(demand, *cell as usize).map(|p| geo::Coord { x: p.e, y: p.n });
            geo::Polygon::new(corners.to_vec().into(), Vec::new())
        })
        .collect();
    with_holes_at_home(unary_union(&squares))
}

/// Of fewer cells all squares are joined.
const MANY: usize = 64;

/// So many points are looked at on each side of one; a square that may be covered and is kept changes nothing.
const LOOKED_AT: usize = 32;

/// Points whose squares others cover wholly. Of thousands that lie over each other, each of which crosses all others, few
/// are left.
fn covered(demand: &Demand, cells: &[u32]) -> FxHashSet<u32> {
    let is_point = |cell: &&u32| demand.sides_m[**cell as usize] <= 0.0;
    let mut left: Vec<(u32, PlanePoint)> =
        cells.iter().filter(is_point).map(|cell| (*cell, demand.points[*cell as usize])).collect();
    // In no order of the land, so that the few that are looked at lie on all sides.
    left.sort_by_key(|(cell, _)| cell.wrapping_mul(0x9e37_79b9));
    let mut out = FxHashSet::default();
    loop {
        let before = left.len();
        left = uncovered(left, &mut out);
        // Where many were taken away, others are seen by those that are left.
        if left.len() * 10 >= before * 9 {
            return out;
        }
    }
}

/// Those that are not seen to be covered: one to the north-east within half a side covers that quarter, and so on round.
fn uncovered(points: Vec<(u32, PlanePoint)>, out: &mut FxHashSet<u32>) -> Vec<(u32, PlanePoint)> {
    let half = POINT_SIDE_M / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "metres over metres fit an i64")]
    let bucket = |p: PlanePoint| ((p.e / half).floor() as i64, (p.n / half).floor() as i64);
    let mut left: FxHashMap<(i64, i64), Vec<(u32, PlanePoint)>> = FxHashMap::default();
    for (cell, point) in &points {
        left.entry(bucket(*point)).or_default().push((*cell, *point));
    }
    let mut kept = Vec::new();
    for (cell, point) in points.into_iter().rev() {
        let (x, y) = bucket(point);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        let near = around.flat_map(|key| left.get(&key).into_iter().flatten().take(LOOKED_AT));
        let mut quarters = [false; 4];
        for (_, other) in near.filter(|(other, _)| *other != cell) {
            let (e, n) = (other.e - point.e, other.n - point.n);
            if e.abs() <= half && n.abs() <= half {
                let sides =
                    [(e >= 0.0, n >= 0.0), (e <= 0.0, n >= 0.0), (e <= 0.0, n <= 0.0), (e >= 0.0, n <= 0.0)];
                quarters.iter_mut().zip(sides).for_each(|(quarter, (e, n))| *quarter |= e && n);
            }
            if quarters == [true; 4] {
                break;
            }
        }
        if quarters != [true; 4] {
            kept.push((cell, point));
            continue;
        }
        // What is left covers it still when others are looked at. Those at the end are looked at first, so it is there.
        if let Some(bucket) = left.get_mut(&(x, y))
            && let Some(at) = bucket.iter().rposition(|(other, _)| *other == cell)
        {
            bucket.remove(at);
        }
        out.insert(cell);
    }
    kept
}

/// Each hole in the polygon that surrounds it. Where outlines touch at a corner the union may give a hole to a
/// neighbour, and whoever draws part by part fills it.
fn with_holes_at_home(outline: GapOutline) -> GapOutline {
    if outline.0.len() < 2 {
        return outline;
    }
    let (mut rings, mut holes) = (Vec::new(), Vec::new());
    for polygon in outline {
        let (ring, own) = polygon.into_inner();
        rings.push(geo::Polygon::new(ring, Vec::new()));
        holes.extend(own);
    }
    let index = PolygonIndex::new((0u32..).zip(rings.iter().map(Cow::Borrowed)));
    let areas: Vec<f64> = rings.iter().map(Area::unsigned_area).collect();
    let home_of = |hole: geo::LineString| {
        let shape = geo::Polygon::new(hole, Vec::new());
        let (inside, rect) = (shape.interior_point()?, shape.bounding_rect()?);
        let surrounds = |at: &usize| {
            rings[*at].bounding_rect().is_some_and(|other| other.contains(&rect) || other == rect)
        };
        // An island in a lake in an island: the smallest of those around it.
        let around = index.holding(PlanePoint::new(inside.x(), inside.y())).map(|at| at as usize);
        let home = around.filter(surrounds).min_by(|a, b| areas[*a].total_cmp(&areas[*b]).then(a.cmp(b)))?;
        Some((home, shape.into_inner().0))
    };
    let homes: Vec<(usize, geo::LineString)> = holes.into_iter().filter_map(home_of).collect();
    for (home, hole) in homes {
        rings[home].interiors_push(hole);
    }
    MultiPolygon::new(rings)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn board(cells: &[(f64, f64)]) -> Demand {
        let mut demand = Demand::default();
        for (e, n) in cells {
            demand.points.push(PlanePoint::new(e * 1000.0 + 500.0, n * 1000.0 + 500.0));
            demand.people.push(People::new(1.0));
            demand.sides_m.push(1000.0);
        }
        demand
    }

    // x x .
    // . . x     the corner touches
    // . . .
    // x . .     alone
    #[test]
    fn touching_cells_hang_together_by_sides_and_corners() {
        let demand = board(&[(0.0, 3.0), (1.0, 3.0), (2.0, 2.0), (0.0, 0.0)]);
        assert_eq!(connect(&demand, &[0, 1, 2, 3]), vec![vec![0, 1, 2], vec![3]]);
        assert_eq!(connect(&demand, &[0, 2, 3]), vec![vec![0], vec![2], vec![3]]);
    }

    proptest! {
        /// Cells of three sides and points of none, over each other and far apart.
        #[test]
        fn groups_are_those_of_comparing_all_pairs(cells in proptest::collection::vec((0u8..60, 0u8..60, 0usize..4), 0..60)) {
            let mut demand = Demand::default();
            for (e, n, side) in &cells {
                demand.points.push(PlanePoint::new(f64::from(*e) * 250.0, f64::from(*n) * 250.0));
                demand.sides_m.push([0.0, 100.0, 250.0, 1000.0][*side]);
            }
            let all: Vec<u32> = (0u32..).take(cells.len()).collect();
            let mut group: Vec<usize> = (0..cells.len()).collect();
            let touch = |a: usize, b: usize| {
                let reach = side_m(&demand, a).max(side_m(&demand, b)) * TOUCHING_SIDES;
                demand.points[a].distance2(demand.points[b]) <= reach * reach
            };
            for _ in 0..cells.len() {
                for (a, b) in (0..cells.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
                    if touch(a, b) {
                        let least = group[a].min(group[b]);
                        (group[a], group[b]) = (least, least);
                    }
                }
            }
            let mut wanted: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
            for (cell, group) in (0u32..).zip(&group) {
                wanted.entry(*group).or_default().push(cell);
            }
            prop_assert_eq!(connect(&demand, &all), wanted.into_values().collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_outline_has_the_area_of_its_cells() {
        let demand = board(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]);
        let gap = Gap {
            kind: ServiceKind::Grocery,
            cells: vec![0, 1, 2],
            people: People::new(3.0),
            mean: None,
            max: None,
            area: None,
            centre: PlanePoint::default(),
        };
        let outline = outline(&gap, &demand);
        assert_eq!(outline.0.len(), 1);
        assert!((outline.unsigned_area() - 3.0e6).abs() < 1.0);
    }

    #[test]
    fn squares_that_others_cover_change_no_outline() {
        let mut demand = Demand::default();
        for nth in 0..400 {
            let (e, n) = (f64::from(nth * 37 % 101) * 40.0, f64::from(nth * 53 % 97) * 30.0);
            demand.points.push(PlanePoint::new(500_000.0 + e, 7_000_000.0 + n));
            demand.sides_m.push(0.0);
        }
        let all: Vec<u32> = (0u32..400).collect();
        let covered = covered(&demand, &all);
        assert!(covered.len() > 200, "{}", covered.len());
        let union = |cells: &mut dyn Iterator<Item = u32>| {
            let square = |cell: u32| {
                let corners = cell_shape(&demand, cell as usize).map(|p| geo::Coord { x: p.e, y: p.n });
                geo::Polygon::new(corners.to_vec().into(), Vec::new())
            };
            unary_union(&cells.map(square).collect::<Vec<_>>())
        };
        let left = union(&mut all.iter().copied().filter(|cell| !covered.contains(cell)));
        assert_eq!(left, union(&mut all.iter().copied()));
    }

    // A ring around a hole, and a square that touches its corner, given the hole.
    #[test]
    fn a_hole_goes_to_the_ring_around_it() {
        let square = |e: f64, n: f64, side: f64| {
            geo::LineString::from(vec![(e, n), (e + side, n), (e + side, n + side), (e, n + side), (e, n)])
        };
        let large = geo::Polygon::new(square(0.0, 0.0, 3.0), Vec::new());
        let small = geo::Polygon::new(square(3.0, 3.0, 1.0), vec![square(1.0, 1.0, 1.0)]);
        let home = with_holes_at_home(MultiPolygon::new(vec![small, large]));
        let holes: Vec<usize> = home.iter().map(|polygon| polygon.interiors().len()).collect();
        assert_eq!(holes, [0, 1]);
        assert!((home.unsigned_area() - 9.0).abs() < 1e-9);
    }
}
