//! How large is a shape on the ground? On the ellipsoid of WGS 84, without a map projection. Does not know what is water.

use std::sync::LazyLock;

use geo::{Coord, Polygon};
use rayon::prelude::*;

/// A longer ring is measured in parts, side by side.
const PART: usize = 8_192;

/// The polar radius of WGS 84 in metres, and the square of its eccentricity.
const POLAR_M: f64 = 6_356_752.314_245;
const ECCENTRICITY_2: f64 = 6.694_379_990_141_316e-3;

/// An edge that runs further north is taken in pieces, degrees.
const PIECE_DEG: f64 = 1.0;

/// The surface of a polygon in degrees, whose edges are straight in degrees as RFC 7946 (3.1.1) has them, square
/// kilometres. The same whichever way its rings run.
///
/// Under an edge lies, down to the equator, the integral over its longitudes of the zone of one radian (Snyder, Map
/// Projections, a working manual, 1987, formula 3-12): by the rule of Gauss at two places, right to 10⁻⁹ and better.
///
/// # Complexity
/// O(corners).
#[must_use]
pub fn surface_km2(polygon: &Polygon) -> f64 {
    let of_ring = |ring: &geo::LineString| {
        let last = ring.0.len().saturating_sub(1);
        let part = |from: usize| -> f64 {
            let edges = ring.0[from..=(from + PART).min(last)].windows(2);
            edges.map(|edge| under_edge_m2(edge[0], edge[1])).sum()
        };
        let parts: Vec<usize> = (0..last).step_by(PART).collect();
        // Summed in their order, whatever the number of threads.
        let signed: Vec<f64> = parts.into_par_iter().map(part).collect();
        signed.iter().sum::<f64>().abs() / 1e6
    };
    of_ring(polygon.exterior()) - polygon.interiors().iter().map(of_ring).sum::<f64>()
}

/// What lies between an edge and the equator, square metres; signed by the way that it runs.
fn under_edge_m2(from: Coord, to: Coord) -> f64 {
    let (east, north) = (to.x - from.x, to.y - from.y);
    if east == 0.0 {
        return 0.0;
    }
    let pieces = (north.abs() / PIECE_DEG).ceil().max(1.0);
    // The two places of Gauss's rule, from the middle of a piece, in pieces.
    let apart = 0.5 / 3.0_f64.sqrt();
    let (mut middle, mut sum) = (0.5, 0.0);
    while middle < pieces {
        let at = |place: f64| zone_m2((from.y + north * place / pieces).to_radians());
        sum += at(middle - apart) + at(middle + apart);
        middle += 1.0;
    }
    east.to_radians() * sum / (2.0 * pieces)
}

/// The zone of one radian of longitude from the equator to a latitude in radians, square metres.
fn zone_m2(lat: f64) -> f64 {
    static ECCENTRICITY: LazyLock<f64> = LazyLock::new(|| ECCENTRICITY_2.sqrt());
    let (sin, e) = (lat.sin(), *ECCENTRICITY);
    POLAR_M * POLAR_M / 2.0 * (sin / (1.0 - ECCENTRICITY_2 * sin * sin) + (e * sin).atanh() / e)
}

#[cfg(test)]
mod tests {
    use geo::GeodesicArea;

    use super::*;

    /// A square between two meridians and two parallels.
    fn square(west: f64, south: f64, side: f64, is_reversed: bool) -> Vec<(f64, f64)> {
        let (east, north) = (west + side, south + side);
        let mut ring = vec![(west, south), (east, south), (east, north), (west, north), (west, south)];
        if is_reversed {
            ring.reverse();
        }
        ring
    }

    #[test]
    fn a_degree_at_63_north_is_as_large_as_the_ellipsoid_says_with_and_without_a_hole() {
        // The zone between two parallels, with Snyder's logarithm.
        let (b, e) = (6_356_752.314_245_f64, 6.694_379_990_141_316e-3_f64.sqrt());
        let zone = |lat: f64| {
            let sin = lat.to_radians().sin();
            let log = ((1.0 + e * sin) / (1.0 - e * sin)).ln() / (2.0 * e);
            std::f64::consts::PI * b * b * (sin / (1.0 - e * e * sin * sin) + log) / 1e6
        };
        let exact = |south: f64, side: f64| (zone(south + side) - zone(south)) * side / 360.0;
        for is_reversed in [false, true] {
            let ring = square(14.0, 63.0, 1.0, is_reversed);
            let plain = Polygon::new(ring.clone().into(), Vec::new());
            let found = surface_km2(&plain);
            assert!((found - exact(63.0, 1.0)).abs() < 1e-6, "{found} {}", exact(63.0, 1.0));
            // The hole runs the same way as its ring: that must not add it.
            let hole = square(14.25, 63.25, 0.5, is_reversed);
            let pierced = Polygon::new(ring.into(), vec![hole.into()]);
            let left = exact(63.0, 1.0) - exact(63.25, 0.5);
            assert!((surface_km2(&pierced) - left).abs() < 1e-6);
        }
    }

    #[test]
    fn a_shape_of_short_edges_is_as_large_as_geodesics_say() {
        // A ring whose radius varies, of more corners than are measured at once; a triangle of edges 10 degrees long,
        // of which geodesics need the corners between.
        let ring = |at: u32| {
            let turn = f64::from(at) / 20_000.0 * std::f64::consts::TAU;
            let radius = 1.0 + 0.1 * (turn * 31.0).sin();
            (15.0 + 1.3 * radius * turn.cos(), 63.0 + 0.6 * radius * turn.sin())
        };
        let ring: Vec<(f64, f64)> = (0..20_000).chain([0]).map(ring).collect();
        let along = |(x, y): (f64, f64), (to_x, to_y): (f64, f64)| {
            (0..20_000).map(move |step| {
                let at = f64::from(step) / 20_000.0;
                (x + (to_x - x) * at, y + (to_y - y) * at)
            })
        };
        let corners = [(10.0, 55.0), (24.0, 58.0), (15.0, 69.0), (10.0, 55.0)];
        let triangle: Vec<(f64, f64)> =
            corners.windows(2).flat_map(|edge| along(edge[0], edge[1])).chain([corners[0]]).collect();
        let few = Polygon::new(corners.to_vec().into(), Vec::new());
        for (corners, of_few) in [(ring, None), (triangle, Some(few))] {
            let polygon = Polygon::new(corners.into(), Vec::new());
            let geodesic = polygon.geodesic_area_signed().abs() / 1e6;
            for polygon in [Some(polygon), of_few].into_iter().flatten() {
                let found = surface_km2(&polygon);
                assert!((found / geodesic - 1.0).abs() < 1e-8, "{found} {geodesic}");
            }
        }
    }
}
