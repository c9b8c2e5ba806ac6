//! Which coordinate reference system are numbers in, and what are they in ours?
//! Projections come from `proj4rs`; this file only names the systems the program accepts.

use geo::{Coord, MapCoordsInPlace};
use proj4rs::Proj;

use super::{LonLat, PlanePoint};

/// A coordinate reference system the program reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(into = "u16", try_from = "u16")]
pub enum Crs {
    /// WGS 84, degrees, longitude first (EPSG:4326 as GeoJSON writes it; OGC CRS84).
    #[default]
    Wgs84,
    /// SWEREF 99 TM, metres (EPSG:3006).
    Sweref99Tm,
    /// A local SWEREF 99 zone, metres (EPSG:3007–3018).
    Sweref99Zone(u16),
    /// Web Mercator, metres (EPSG:3857).
    WebMercator,
}

/// A coordinate reference system, or a coordinate in it, could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrsError {
    #[error("EPSG:{0} is not supported; use EPSG:4326, 3006, 3007–3018 or 3857")]
    Unsupported(u16),
    #[error("the projection library refused EPSG:{epsg}: {message}")]
    Library { epsg: u16, message: String },
}

impl From<Crs> for u16 {
    fn from(crs: Crs) -> Self {
        crs.epsg()
    }
}

impl TryFrom<u16> for Crs {
    type Error = CrsError;
    fn try_from(epsg: u16) -> Result<Self, CrsError> {
        match epsg {
            4326 => Ok(Self::Wgs84),
            3006 => Ok(Self::Sweref99Tm),
            3007..=3018 => Ok(Self::Sweref99Zone(epsg)),
            3857 => Ok(Self::WebMercator),
            _ => Err(CrsError::Unsupported(epsg)),
        }
    }
}

impl Crs {
    /// Every system a user can choose.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let zones = (3007..=3018).map(Self::Sweref99Zone);
        [Self::Wgs84, Self::Sweref99Tm].into_iter().chain(zones).chain([Self::WebMercator]).collect()
    }

    #[must_use]
    pub const fn epsg(self) -> u16 {
        match self {
            Self::Wgs84 => 4326,
            Self::Sweref99Tm => 3006,
            Self::Sweref99Zone(epsg) => epsg,
            Self::WebMercator => 3857,
        }
    }

    /// The name users know it by.
    #[must_use]
    pub fn name(self) -> String {
        const ZONES: [&str; 12] = [
            "12 00", "13 30", "15 00", "16 30", "18 00", "14 15", "15 45", "17 15", "18 45", "20 15",
            "21 45", "23 15",
        ];
        match self {
            Self::Wgs84 => "WGS 84 (EPSG:4326)".into(),
            Self::Sweref99Tm => "SWEREF 99 TM (EPSG:3006)".into(),
            Self::Sweref99Zone(epsg) => {
                let zone = ZONES.get(usize::from(epsg) - 3007).copied().unwrap_or("?");
                format!("SWEREF 99 {zone} (EPSG:{epsg})")
            }
            Self::WebMercator => "Web Mercator (EPSG:3857)".into(),
        }
    }

    /// The system that a GeoJSON `crs` name means: `urn:ogc:def:crs:EPSG::3006`, `EPSG:3006`, CRS84 …
    ///
    /// # Errors
    /// [`CrsError::Unsupported`] for a known form with another code; `None` for an unknown form.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Result<Self, CrsError>> {
        let upper = name.trim().to_ascii_uppercase();
        if upper.ends_with("CRS84") || upper.ends_with("WGS84") {
            return Some(Ok(Self::Wgs84));
        }
        if !upper.contains("EPSG") {
            return None;
        }
        let digits = upper.rsplit([':', '/', '#']).next()?;
        let epsg: u16 = digits.trim().parse().ok()?;
        Some(Self::try_from(epsg))
    }

    #[must_use]
    pub const fn is_degrees(self) -> bool {
        matches!(self, Self::Wgs84)
    }
}

/// A place of degrees in the plane we measure in; for many places make a [`Reprojection`] once.
#[must_use]
pub fn plane_from_place(place: LonLat) -> Option<PlanePoint> {
    Reprojection::new(Crs::Wgs84).ok()?.plane(place)
}

/// From one system into degrees and into the plane we measure in.
pub struct Reprojection {
    crs: Crs,
    source: Proj,
    degrees: Proj,
    plane: Proj,
}

impl Reprojection {
    /// # Errors
    /// [`CrsError::Library`] when the projection library does not know the system.
    pub fn new(crs: Crs) -> Result<Self, CrsError> {
        Ok(Self { crs, source: proj(crs)?, degrees: proj(Crs::Wgs84)?, plane: proj(Crs::Sweref99Tm)? })
    }

    /// Degrees of a coordinate of the source system; `None` where the projection has no answer.
    #[must_use]
    pub fn lon_lat(&self, x: f64, y: f64) -> Option<LonLat> {
        if self.crs.is_degrees() {
            return Some(LonLat::new(x, y));
        }
        let (lon, lat) = transform(&self.source, &self.degrees, (x, y))?;
        Some(LonLat::new(lon.to_degrees(), lat.to_degrees()))
    }

    /// Metres in SWEREF 99 TM of a place in degrees; `None` where the projection has no answer.
    #[must_use]
    pub fn plane(&self, place: LonLat) -> Option<PlanePoint> {
        let (e, n) = transform(&self.degrees, &self.plane, (place.lon.to_radians(), place.lat.to_radians()))?;
        Some(PlanePoint::new(e, n))
    }

    /// Degrees of a point of the plane; `None` where the projection has no answer.
    #[must_use]
    pub fn lon_lat_from_plane(&self, point: PlanePoint) -> Option<LonLat> {
        let (lon, lat) = transform(&self.plane, &self.degrees, (point.e, point.n))?;
        Some(LonLat::new(lon.to_degrees(), lat.to_degrees()))
    }

    /// A geometry in degrees, brought into the plane; `None` where a vertex has no answer.
    #[must_use]
    pub fn plane_geometry(&self, geometry: &geo::Geometry) -> Option<geo::Geometry> {
        let mut out = geometry.clone();
        let complete = std::cell::Cell::new(true);
        out.map_coords_in_place(|c| {
            if let Some(p) = self.plane(LonLat::new(c.x, c.y)) {
                Coord { x: p.e, y: p.n }
            } else {
                complete.set(false);
                c
            }
        });
        complete.get().then_some(out)
    }
}

fn proj(crs: Crs) -> Result<Proj, CrsError> {
    let epsg = crs.epsg();
    Proj::from_epsg_code(epsg).map_err(|e| CrsError::Library { epsg, message: e.to_string() })
}

fn transform(from: &Proj, to: &Proj, (x, y): (f64, f64)) -> Option<(f64, f64)> {
    let mut point = (x, y, 0.0);
    proj4rs::transform::transform(from, to, &mut point).ok()?;
    (point.0.is_finite() && point.1.is_finite()).then_some((point.0, point.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_systems() {
        let wgs84 = Some(Ok(Crs::Wgs84));
        assert_eq!(Crs::from_name("urn:ogc:def:crs:OGC:1.3:CRS84"), wgs84);
        assert_eq!(Crs::from_name("EPSG:4326"), wgs84);
        assert_eq!(Crs::from_name("urn:ogc:def:crs:EPSG::3006"), Some(Ok(Crs::Sweref99Tm)));
        assert_eq!(
            Crs::from_name("http://www.opengis.net/def/crs/EPSG/0/3014"),
            Some(Ok(Crs::Sweref99Zone(3014)))
        );
        assert_eq!(Crs::from_name("EPSG:2400"), Some(Err(CrsError::Unsupported(2400))));
        assert_eq!(Crs::from_name("my own grid"), None);
    }

    // Reference values from PROJ 9.5 (EPSG:4326 -> EPSG:3006), Östersund's town hall square.
    #[test]
    fn agrees_with_proj() -> Result<(), CrsError> {
        let reprojection = Reprojection::new(Crs::Sweref99Tm)?;
        let place = LonLat::new(14.638_394_6, 63.175_693_6);
        let plane = reprojection.plane(place).expect("inside the projection");
        assert!((plane.e - 481_794.0).abs() < 0.1 && (plane.n - 7_005_216.0).abs() < 0.1, "{plane:?}");
        let back = reprojection.lon_lat_from_plane(plane).expect("inside the projection");
        assert!((back.lon - place.lon).abs() < 1e-9 && (back.lat - place.lat).abs() < 1e-9);
        Ok(())
    }

    #[test]
    fn every_system_works_in_sweden() -> Result<(), CrsError> {
        let home = LonLat::new(14.6, 63.2);
        for crs in Crs::all() {
            let there = Reprojection { source: proj(Crs::Wgs84)?, ..Reprojection::new(crs)? };
            let (x, y) = if crs.is_degrees() {
                (home.lon, home.lat)
            } else {
                transform(&there.source, &proj(crs)?, (home.lon.to_radians(), home.lat.to_radians()))
                    .expect("inside the projection")
            };
            let back = Reprojection::new(crs)?.lon_lat(x, y).expect("inside the projection");
            assert!((back.lon - home.lon).abs() < 1e-7 && (back.lat - home.lat).abs() < 1e-7, "{crs:?}");
        }
        Ok(())
    }
}
