//! Which EPSG codes can be computed, and how? The definitions are those of `crs-definitions`, computed by `proj4rs`;
//! what they would compute wrongly is refused here.

use std::borrow::Cow;

use proj4rs::Proj;

use super::known;

/// The code of a system that can be computed. Only made of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epsg(u16);

/// Lantmäteriet's seven parameters from RT 90 to SWEREF 99, position vector, which GDAL has too. The EPSG dataset
/// (operation 1895) has them rounded to 0.1 m and 0.001″; both promise 0.1 m.
const RT90: &str =
    "+towgs84=414.1055246174,41.3265500042,603.0582474221,-0.8551163377,2.1413174055,-7.0227298286,0";
const RT90_ROUNDED: &str = "+towgs84=414.1,41.3,603.1,-0.855,2.141,-7.023,0";
const RT90_ACCURACY_M: f64 = 0.1;

/// What a transformation of seven parameters promises where nothing better is known, metres: those in use across
/// Europe are stated as 0.5 to 10 m.
const HELMERT_ACCURACY_M: f64 = 10.0;

impl Epsg {
    /// `None` for a code of nobody's, and for a system that cannot be computed rightly.
    #[must_use]
    pub fn new(code: u16) -> Option<Self> {
        let text = text(code)?;
        (is_sound(code, &text) && Proj::from_proj_string(&text).is_ok()).then_some(Self(code))
    }

    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }

    pub(super) fn is_geographic(self) -> bool {
        text(self.0).is_some_and(|text| is_geographic(&text))
    }

    pub(super) fn is_wgs84_degrees(self) -> bool {
        text(self.0).is_some_and(|text| is_geographic(&text) && !is_shifted(&text) && !text.contains("+pm="))
    }

    pub(super) fn is_transverse_mercator(self) -> bool {
        text(self.0).is_some_and(|text| {
            let is_metres = text.contains("+units=m ");
            matches!(value(&text, "proj"), Some("utm" | "tmerc")) && is_metres
        })
    }

    pub(super) fn accuracy_m(self) -> Option<f64> {
        let text = text(self.0)?;
        is_shifted(&text).then_some(if text.contains(RT90) { RT90_ACCURACY_M } else { HELMERT_ACCURACY_M })
    }
}

/// How a code is computed, as PROJ writes it.
pub(super) fn text(code: u16) -> Option<Cow<'static, str>> {
    let text = crs_definitions::from_code(code)?.proj4;
    Some(if text.contains(RT90_ROUNDED) { text.replace(RT90_ROUNDED, RT90).into() } else { text.into() })
}

/// A parameter of a definition.
pub(super) fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split(' ').find_map(|word| word.strip_prefix('+')?.strip_prefix(name)?.strip_prefix('='))
}

fn is_geographic(text: &str) -> bool {
    value(text, "proj") == Some("longlat")
}

/// Is it on another datum than WGS 84 and those that are taken as the same?
fn is_shifted(text: &str) -> bool {
    match value(text, "towgs84") {
        Some(shift) => shift.split(',').any(|number| number.parse() != Ok(0.0)),
        None => !matches!(value(text, "datum"), None | Some("WGS84" | "NAD83")),
    }
}

/// Would it be computed rightly? Not where a grid of corrections is wanted that is not there, where nobody says how it
/// lies on the Earth, or where its axes or units are others than the definition says.
fn is_sound(code: u16, text: &str) -> bool {
    let has_shift = value(text, "towgs84").is_some()
        || value(text, "datum").is_some_and(|datum| datum != "NAD27")
        || matches!(value(text, "ellps"), Some("GRS80" | "WGS84"));
    let grids = value(text, "nadgrids");
    let is_odd = value(text, "proj") == Some("geocent")
        || value(text, "axis").is_some()
        || known::by_code(code).is_some_and(|known| known.is_in_gon)
        || (is_geographic(text) && value(text, "pm") == Some("paris"));
    !is_odd && (grids == Some("@null") || (grids.is_none() && has_shift))
}
