//! Where in the square of web maps is a place?

use crate::geometry::LonLat;

/// A point of the Mercator square, 0…1 from the north-west.
pub type Mercator = [f64; 2];

/// Brings degrees into the Mercator square.
#[must_use]
pub fn mercator(place: LonLat) -> Mercator {
    let lat = place.lat.clamp(-85.0, 85.0).to_radians();
    [(place.lon + 180.0) / 360.0, (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0]
}

/// Degrees of a point of the Mercator square.
#[must_use]
pub fn lon_lat_of(point: Mercator) -> LonLat {
    let lat = (std::f64::consts::PI * (1.0 - 2.0 * point[1])).sinh().atan().to_degrees();
    LonLat::new(point[0] * 360.0 - 180.0, lat)
}

/// How long the width of the Mercator square is on the Earth so far north, metres.
#[must_use]
pub fn metres_around(lat: f64) -> f64 {
    /// Around the Earth at the equator, as web maps have it.
    const EQUATOR_M: f64 = 40_075_016.686;
    EQUATOR_M * lat.to_radians().cos().max(0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mercator_and_back() {
        let place = LonLat::new(14.63, 63.17);
        let back = lon_lat_of(mercator(place));
        assert!((back.lon - place.lon).abs() < 1e-9 && (back.lat - place.lat).abs() < 1e-9);
    }
}
