//! Which coordinate reference system are numbers in? Sweden's by name, and every other EPSG code that can be computed.

use super::definitions::Epsg;
use super::known;

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
    /// Any other system that can be computed.
    Other(Epsg),
}

/// A coordinate reference system could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrsError {
    /// No system that the program can compute.
    #[error("EPSG:{0} is not a system that can be computed")]
    Unsupported(u16),
}

impl From<Crs> for u16 {
    fn from(crs: Crs) -> Self {
        crs.epsg()
    }
}

impl TryFrom<u16> for Crs {
    type Error = CrsError;
    /// A system with heights (RH 2000) is read as the same without: heights are not used.
    fn try_from(epsg: u16) -> Result<Self, CrsError> {
        match epsg {
            4326 | 4979 => Ok(Self::Wgs84),
            3006 | 5845 => Ok(Self::Sweref99Tm),
            3007..=3018 => Ok(Self::Sweref99Zone(epsg)),
            // In the order of the plain zones.
            5846..=5857 => Ok(Self::Sweref99Zone(epsg - 5846 + 3007)),
            // Its forerunner, of the same numbers.
            3857 | 3785 => Ok(Self::WebMercator),
            _ => Epsg::new(epsg).map(Self::Other).ok_or(CrsError::Unsupported(epsg)),
        }
    }
}

impl Crs {
    /// The systems offered to a user: Sweden's first, then those of neighbours and of Europe. Every other is chosen by
    /// its code.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let zones = 3007..=3018;
        let rt90 = 3019..=3024;
        let utm = (25832..=25835).chain(32632..=32635);
        // SWEREF 99 and ETRS89 in degrees, Europe's two planes, Finland's.
        let rest = [4619, 4258, 3034, 3035, 3067];
        let others = zones.chain(rt90).chain(utm).chain(rest).filter_map(|epsg| Self::try_from(epsg).ok());
        [Self::Wgs84, Self::Sweref99Tm].into_iter().chain(others).chain([Self::WebMercator]).collect()
    }

    #[must_use]
    pub const fn epsg(self) -> u16 {
        match self {
            Self::Wgs84 => 4326,
            Self::Sweref99Tm => 3006,
            Self::Sweref99Zone(epsg) => epsg,
            Self::WebMercator => 3857,
            Self::Other(epsg) => epsg.code(),
        }
    }

    /// The name users know it by.
    #[must_use]
    pub fn name(self) -> String {
        let epsg = self.epsg();
        let name = match self {
            Self::WebMercator => Some("Web Mercator".to_owned()),
            _ => known::by_code(epsg).map(|known| spelled(known.name)),
        };
        name.map_or_else(|| format!("EPSG:{epsg}"), |name| format!("{name} (EPSG:{epsg})"))
    }

    /// Are its numbers degrees (else lengths)?
    #[must_use]
    pub fn is_degrees(self) -> bool {
        match self {
            Self::Wgs84 => true,
            Self::Sweref99Tm | Self::Sweref99Zone(_) | Self::WebMercator => false,
            Self::Other(epsg) => epsg.is_geographic(),
        }
    }

    /// Are its numbers longitude and latitude of WGS 84 as they stand? So are those of SWEREF 99 and ETRS89 in degrees.
    #[must_use]
    pub fn is_wgs84_degrees(self) -> bool {
        match self {
            Self::Other(epsg) => epsg.is_wgs84_degrees(),
            _ => self == Self::Wgs84,
        }
    }

    /// Are lengths measured in it those of the ground, but for a few in a thousand? Not those of Mercator, of the
    /// planes of all Europe, or of degrees.
    #[must_use]
    pub fn is_true_to_length(self) -> bool {
        match self {
            Self::Sweref99Tm | Self::Sweref99Zone(_) => true,
            Self::Wgs84 | Self::WebMercator => false,
            Self::Other(epsg) => epsg.is_transverse_mercator(),
        }
    }

    /// How far from the truth its transformation into WGS 84 may be, metres; `None` where it is exact (the system is
    /// WGS 84, or within its own uncertainty the same: SWEREF 99, ETRS89).
    #[must_use]
    pub fn accuracy_m(self) -> Option<f64> {
        match self {
            Self::Other(epsg) => epsg.accuracy_m(),
            _ => None,
        }
    }

    /// Is its first axis north by the letter of the EPSG dataset, however files write it?
    #[must_use]
    pub fn is_north_first(self) -> bool {
        known::by_code(self.epsg()).is_some_and(|known| known.is_north_first)
    }
}

/// As Swedes write the names of their systems.
fn spelled(name: &str) -> String {
    name.replace("SWEREF99", "SWEREF 99").replace("RT90", "RT 90")
}
