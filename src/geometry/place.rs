//! What is a place? Longitude and latitude in degrees (WGS 84), or east and north in metres (SWEREF 99 TM).
//! Does not know projections (see `crs`).

use super::work;
use crate::units::Metres;

/// A place in degrees, WGS 84, longitude first.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct LonLat {
    pub lon: f64,
    pub lat: f64,
}

impl LonLat {
    #[must_use]
    pub const fn new(lon: f64, lat: f64) -> Self {
        Self { lon, lat }
    }
}

/// A place in metres, SWEREF 99 TM (EPSG:3006), east first.
///
/// The plane's scale error in Sweden is below 1 ‰; distances are plane distances.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PlanePoint {
    pub e: f64,
    pub n: f64,
}

impl PlanePoint {
    #[must_use]
    pub const fn new(e: f64, n: f64) -> Self {
        Self { e, n }
    }

    /// Plane distance in metres.
    #[must_use]
    pub fn distance(self, other: Self) -> Metres {
        work::compared();
        Metres::new((self.e - other.e).hypot(self.n - other.n))
    }

    /// Squared plane distance, m².
    #[must_use]
    pub fn distance2(self, other: Self) -> f64 {
        work::compared();
        let (de, dn) = (self.e - other.e, self.n - other.n);
        de * de + dn * dn
    }
}

/// The part of the Earth in which coordinates are believed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaOfUse {
    pub lon_min: f64,
    pub lon_max: f64,
    pub lat_min: f64,
    pub lat_max: f64,
}

/// Europe and the Nordic seas: outside it a coordinate is a mistake, not a place a user means.
pub const AREA_OF_USE: AreaOfUse = AreaOfUse { lon_min: -25.0, lon_max: 45.0, lat_min: 34.0, lat_max: 72.0 };

impl AreaOfUse {
    #[must_use]
    pub fn contains(self, place: LonLat) -> bool {
        (self.lon_min..=self.lon_max).contains(&place.lon)
            && (self.lat_min..=self.lat_max).contains(&place.lat)
    }
}

/// An axis-aligned box in the plane, metres. Empty until it holds a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaneBounds {
    pub min: PlanePoint,
    pub max: PlanePoint,
}

impl Default for PlaneBounds {
    fn default() -> Self {
        Self {
            min: PlanePoint::new(f64::INFINITY, f64::INFINITY),
            max: PlanePoint::new(f64::NEG_INFINITY, f64::NEG_INFINITY),
        }
    }
}

impl PlaneBounds {
    pub fn extend(&mut self, point: PlanePoint) {
        self.min = PlanePoint::new(self.min.e.min(point.e), self.min.n.min(point.n));
        self.max = PlanePoint::new(self.max.e.max(point.e), self.max.n.max(point.n));
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.min.e > self.max.e
    }

    #[must_use]
    pub fn contains(&self, point: PlanePoint) -> bool {
        (self.min.e..=self.max.e).contains(&point.e) && (self.min.n..=self.max.n).contains(&point.n)
    }
}

impl FromIterator<PlanePoint> for PlaneBounds {
    fn from_iter<I: IntoIterator<Item = PlanePoint>>(points: I) -> Self {
        let mut bounds = Self::default();
        for point in points {
            bounds.extend(point);
        }
        bounds
    }
}
