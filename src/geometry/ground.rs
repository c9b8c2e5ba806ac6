//! How long is a short line on the ground? WGS 84, without a map projection.
//! Does not know roads.

use geo::{Distance, Geodesic, Point};

use super::LonLat;
use crate::units::Metres;

/// Semi-major axis of WGS 84, metres.
const A: f64 = 6_378_137.0;
/// First eccentricity of WGS 84, squared.
const E2: f64 = 6.694_379_990_141_316e-3;

/// Beyond this the formula below gives way to the exact geodesic.
const LOCAL_M: f64 = 50_000.0;

/// Metres for a degree of longitude and of latitude near one latitude.
///
/// The radii of curvature of the ellipsoid: N(φ)·cos φ along the parallel, M(φ) along the meridian
/// (Snyder, *Map Projections: A Working Manual*, 1987, p. 24 f.). Taken at the middle latitude of a line
/// of 50 km the length is right to 1 in 10⁵, of a road's vertices to 1 in 10⁸.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalScale {
    pub m_per_lon: f64,
    pub m_per_lat: f64,
}

impl LocalScale {
    #[must_use]
    pub fn at(lat: f64) -> Self {
        let (sin, cos) = lat.to_radians().sin_cos();
        let w2 = 1.0 - E2 * sin * sin;
        let w = w2.sqrt();
        let degree = std::f64::consts::PI / 180.0;
        Self { m_per_lon: A * cos / w * degree, m_per_lat: A * (1.0 - E2) / (w2 * w) * degree }
    }

    /// East and north of a place from another, metres.
    #[must_use]
    pub fn offset(self, from: LonLat, to: LonLat) -> (f64, f64) {
        ((to.lon - from.lon) * self.m_per_lon, (to.lat - from.lat) * self.m_per_lat)
    }
}

/// The length on the ellipsoid between two places.
#[must_use]
pub fn ground_distance(a: LonLat, b: LonLat) -> Metres {
    let (east, north) = LocalScale::at((a.lat + b.lat) * 0.5).offset(a, b);
    let local = east.hypot(north);
    if local <= LOCAL_M {
        return Metres::new(local);
    }
    Metres::new(Geodesic.distance(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_geodesic(lon in -20.0f64..40.0, lat in 35.0f64..71.0, dx in -0.4f64..0.4, dy in -0.4f64..0.4) {
            let (a, b) = (LonLat::new(lon, lat), LonLat::new(lon + dx, lat + dy));
            let exact = Geodesic.distance(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat));
            let ours = ground_distance(a, b).value();
            prop_assert!((ours - exact).abs() <= exact * 2e-5, "{ours} {exact}");
        }
    }
}
