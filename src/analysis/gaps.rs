//! Where are the gaps? Connected cells beyond the threshold, ranked by people.

use std::collections::BTreeMap;

use geo::{Area, BoundingRect, Contains, InteriorPoint, MultiPolygon, unary_union};
use rustc_hash::FxHashMap;

use super::Coverage;
use crate::geometry::{GridCell, PlanePoint};
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

/// Groups of touching cells, by union-find over buckets as wide as the longest link.
pub(super) fn connect(demand: &Demand, cells: &[u32]) -> Vec<Vec<u32>> {
    let side = |cell: u32| side_m(demand, cell as usize);
    let widest = cells.iter().map(|cell| side(*cell)).fold(0.0, f64::max) * TOUCHING_SIDES;
    if widest <= 0.0 {
        return Vec::new();
    }
    #[expect(clippy::cast_possible_truncation, reason = "metres over kilometres fit an i32")]
    let bucket = |p: PlanePoint| ((p.e / widest).floor() as i32, (p.n / widest).floor() as i32);
    let mut buckets: FxHashMap<(i32, i32), Vec<usize>> = FxHashMap::default();
    let mut parent: Vec<usize> = (0..cells.len()).collect();
    for (at, cell) in cells.iter().enumerate() {
        let point = demand.points[*cell as usize];
        let (x, y) = bucket(point);
        for (dx, dy) in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy))) {
            for other in buckets.get(&(x + dx, y + dy)).into_iter().flatten() {
                let reach = side(*cell).max(side(cells[*other])) * TOUCHING_SIDES;
                if demand.points[cells[*other] as usize].distance2(point) <= reach * reach {
                    let (a, b) = (root(&mut parent, at), root(&mut parent, *other));
                    parent[a.max(b)] = a.min(b);
                }
            }
        }
        buckets.entry((x, y)).or_default().push(at);
    }
    let mut groups: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        groups.entry(root(&mut parent, at)).or_default().push(*cell);
    }
    groups.into_values().collect()
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
    let squares: Vec<geo::Polygon> = gap
        .cells
        .iter()
        .map(|cell| {
            let corners = cell_shape(demand, *cell as usize).map(|p| geo::Coord { x: p.e, y: p.n });
            geo::Polygon::new(corners.to_vec().into(), Vec::new())
        })
        .collect();
    with_holes_at_home(unary_union(&squares))
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
    let boxes: Vec<Option<geo::Rect>> = rings.iter().map(BoundingRect::bounding_rect).collect();
    for hole in holes {
        let shape = geo::Polygon::new(hole.clone(), Vec::new());
        let (Some(inside), Some(rect)) = (shape.interior_point(), shape.bounding_rect()) else { continue };
        let surrounds = |at: &usize| {
            boxes[*at].is_some_and(|other| other.contains(&rect) || other == rect)
                && rings[*at].contains(&inside)
        };
        // An island in a lake in an island: the smallest of those around it.
        let smallest = |a: &usize, b: &usize| rings[*a].unsigned_area().total_cmp(&rings[*b].unsigned_area());
        if let Some(at) = (0..rings.len()).filter(surrounds).min_by(smallest) {
            rings[at].interiors_push(hole);
        }
    }
    MultiPolygon::new(rings)
}

#[cfg(test)]
mod tests {
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
