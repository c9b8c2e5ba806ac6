//! Do the rings of a polygon run the way RFC 7946 wants, and does its border cross itself?

use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo::{Coord, Geometry, LineString, Polygon};

/// Borders with more positions than this are not searched for crossings.
const SEARCHED_MAX: usize = 5000;

/// An outer ring runs clockwise, or a hole counterclockwise.
pub(super) fn runs_wrong(geometry: &Geometry) -> bool {
    any_polygon(geometry, &|polygon| {
        doubled_area(polygon.exterior()) < 0.0
            || polygon.interiors().iter().any(|hole| doubled_area(hole) > 0.0)
    })
}

/// Two stretches of a polygon's border cross each other; touching is no crossing.
pub(super) fn crosses_itself(geometry: &Geometry) -> bool {
    any_polygon(geometry, &|polygon| {
        if polygon.interiors().is_empty()
            && let [a, b, c, d, _] = polygon.exterior().0[..]
        {
            return cross([a, b], [c, d]) || cross([b, c], [d, a]);
        }
        border_crosses(polygon)
    })
}

fn any_polygon(geometry: &Geometry, found: &dyn Fn(&Polygon) -> bool) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => found(polygon),
        Geometry::MultiPolygon(polygons) => polygons.iter().any(found),
        Geometry::GeometryCollection(parts) => parts.iter().any(|part| any_polygon(part, found)),
        _ => false,
    }
}

/// Twice the area, below zero when the ring runs clockwise.
pub(super) fn doubled_area(ring: &LineString) -> f64 {
    // From the first position, so that small rings far from zero keep their digits.
    let Some(from) = ring.0.first() else { return 0.0 };
    ring.0
        .windows(2)
        .map(|pair| {
            let [a, b] = [pair[0] - *from, pair[1] - *from];
            a.x * b.y - b.x * a.y
        })
        .sum()
}

/// # Complexity
/// O(n log n), and each stretch against those that overlap it from west to east.
fn border_crosses(polygon: &Polygon) -> bool {
    let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
    if rings().map(|ring| ring.0.len()).sum::<usize>() > SEARCHED_MAX {
        return false;
    }
    let stretch =
        |pair: &[Coord]| if pair[0].x <= pair[1].x { [pair[0], pair[1]] } else { [pair[1], pair[0]] };
    let mut border: Vec<[Coord; 2]> = rings().flat_map(|ring| ring.0.windows(2).map(stretch)).collect();
    border.sort_unstable_by(|a, b| a[0].x.total_cmp(&b[0].x));
    border.iter().enumerate().any(|(at, one)| {
        let later = border[at + 1..].iter().take_while(|other| other[0].x <= one[1].x);
        later.into_iter().any(|other| cross(*one, *other))
    })
}

/// Each end of either lies on its own side of the other.
fn cross([a, b]: [Coord; 2], [c, d]: [Coord; 2]) -> bool {
    let apart = |a: f64, b: f64, c: f64, d: f64| a.max(b) < c.min(d) || c.max(d) < a.min(b);
    if apart(a.x, b.x, c.x, d.x) || apart(a.y, b.y, c.y, d.y) {
        return false;
    }
    let divides = |a, b, c, d| {
        let [one, other] = [RobustKernel::orient2d(a, b, c), RobustKernel::orient2d(a, b, d)];
        one != other && one != Orientation::Collinear && other != Orientation::Collinear
    };
    divides(a, b, c, d) && divides(c, d, a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn a_bow_crosses_itself_and_a_square_does_not() {
        let bow = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 1.0), (x: 1.0, y: 0.0), (x: 0.0, y: 1.0)];
        let square = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 1.0)];
        assert!(crosses_itself(&bow.into()));
        assert!(!crosses_itself(&square.clone().into()));
        assert!(!runs_wrong(&square.into()));
    }

    #[test]
    fn long_borders_and_holes_are_searched() {
        let hole = |x: f64| {
            polygon![
                exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0)],
                interiors: [[(x: x, y: 1.0), (x: x, y: 2.0), (x: x + 1.0, y: 2.0), (x: x + 1.0, y: 1.0)]]
            ]
        };
        assert!(!crosses_itself(&hole(1.0).into()));
        assert!(!crosses_itself(&hole(3.0).into()), "touching is no crossing");
        assert!(crosses_itself(&hole(3.5).into()));
        assert!(!runs_wrong(&hole(1.0).into()), "a hole runs clockwise");
        let loops = polygon![
            (x: 0.0, y: 0.0), (x: 3.0, y: 0.0), (x: 3.0, y: 2.0), (x: 1.0, y: 2.0), (x: 1.0, y: -1.0), (x: 0.0, y: -1.0)
        ];
        assert!(crosses_itself(&loops.into()));
    }
}
