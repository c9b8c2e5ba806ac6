//! How large is a shape on the ground? On the ellipsoid of WGS 84, without a map projection. Does not know what is water.

use geo::{GeodesicArea, Polygon};
use rayon::prelude::*;

/// A longer ring is measured in parts, side by side.
const PART: usize = 8_192;

/// The surface of a polygon in degrees, square kilometres. The same whichever way its rings run.
///
/// # Complexity
/// O(corners); exact geodesics, so a country takes a moment.
#[must_use]
pub fn surface_km2(polygon: &Polygon) -> f64 {
    let of_ring = |ring: &geo::LineString| {
        if ring.0.len() <= PART {
            return Polygon::new(ring.clone(), Vec::new()).geodesic_area_signed().abs() / 1e6;
        }
        let last = ring.0.len() - 1;
        // Each part closed by way of the first corner: what one goes there, the next comes back.
        let part = |from: usize| {
            let corners = ring.0.first().into_iter().chain(&ring.0[from..=(from + PART).min(last)]);
            Polygon::new(corners.copied().collect(), Vec::new()).geodesic_area_signed()
        };
        let parts: Vec<usize> = (0..last).step_by(PART).collect();
        // Summed in their order, whatever the number of threads.
        let signed: Vec<f64> = parts.into_par_iter().map(part).collect();
        signed.iter().sum::<f64>().abs() / 1e6
    };
    of_ring(polygon.exterior()) - polygon.interiors().iter().map(of_ring).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square between two meridians and two parallels, with many corners along the parallels.
    fn square(west: f64, south: f64, side: f64, is_reversed: bool) -> Vec<(f64, f64)> {
        stepped((west, south, side), is_reversed, 1000)
    }

    fn stepped((west, south, side): (f64, f64, f64), is_reversed: bool, count: u32) -> Vec<(f64, f64)> {
        let steps = (0..=count).map(|step| side * f64::from(step) / f64::from(count));
        let below = steps.clone().map(|step| (west + step, south));
        let above = steps.rev().map(|step| (west + step, south + side));
        let mut ring: Vec<(f64, f64)> = below.chain(above).chain([(west, south)]).collect();
        if is_reversed {
            ring.reverse();
        }
        ring
    }

    #[test]
    fn a_ring_measured_in_parts_is_as_large_as_at_once() {
        for is_reversed in [false, true] {
            let ring = Polygon::new(stepped((14.0, 63.0, 1.0), is_reversed, 10_000).into(), Vec::new());
            let at_once = ring.geodesic_area_signed().abs() / 1e6;
            assert!((surface_km2(&ring) - at_once).abs() < 1e-6);
        }
    }

    #[test]
    fn a_degree_at_63_north_is_as_large_as_the_ellipsoid_says_with_and_without_a_hole() {
        // The zone between two parallels: π b² (sin φ / (1 − e² sin² φ) + artanh(e sin φ) / e), over 360 degrees.
        let (b, e) = (6_356_752.314_245_f64, 6.694_379_990_141_316e-3_f64.sqrt());
        let zone = |lat: f64| {
            let sin = lat.to_radians().sin();
            std::f64::consts::PI * b * b * (sin / (1.0 - e * e * sin * sin) + (e * sin).atanh() / e) / 1e6
        };
        let exact = |south: f64, side: f64| (zone(south + side) - zone(south)) * side / 360.0;
        for is_reversed in [false, true] {
            let ring = square(14.0, 63.0, 1.0, is_reversed);
            let plain = Polygon::new(ring.clone().into(), Vec::new());
            let found = surface_km2(&plain);
            assert!((found - exact(63.0, 1.0)).abs() < 0.01, "{found} {}", exact(63.0, 1.0));
            // The hole runs the same way as its ring: that must not add it.
            let hole = square(14.25, 63.25, 0.5, is_reversed);
            let pierced = Polygon::new(ring.into(), vec![hole.into()]);
            let left = exact(63.0, 1.0) - exact(63.25, 0.5);
            assert!((surface_km2(&pierced) - left).abs() < 0.01);
        }
    }
}
