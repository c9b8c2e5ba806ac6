//! Which EPSG codes can be computed, and how? The definitions are those of `crs-definitions`, computed by `proj4rs`;
//! only those are used of which PROJ confirms the result (`known`).

use std::borrow::Cow;

use super::known;

/// The code of a system that can be computed. Only made of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epsg(u16);

/// Lantmäteriet's seven parameters from RT 90 to SWEREF 99, position vector, as GDAL has them too. The EPSG dataset
/// (operation 1895, 0.1 m) has them rounded to 0.1 m and 0.001″, which moves a place by 5 cm.
const RT90: &str =
    "+towgs84=414.1055246174,41.3265500042,603.0582474221,-0.8551163377,2.1413174055,-7.0227298286,0";
const RT90_ROUNDED: &str = "+towgs84=414.1,41.3,603.1,-0.855,2.141,-7.023,0";

impl Epsg {
    /// `None` for a code of nobody's, and for a system that cannot be computed rightly.
    #[must_use]
    pub fn new(code: u16) -> Option<Self> {
        known::by_code(code)?.accuracy_m.map(|_| Self(code))
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
        known::by_code(self.0)?.accuracy_m.filter(|metres| *metres > 0.0)
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
