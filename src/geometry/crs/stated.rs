//! Which system does a text name: a code, a URN, a URL, a name, WKT or PROJJSON? A statement that is not understood is
//! never guessed over.

use super::{Crs, known};

/// A statement that names no system the program can compute: as a user finds it again in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotUnderstood(pub String);

/// Letters of a statement that are shown.
const SHOWN: usize = 120;

/// The system that a text states, in any of the ways files have for it.
///
/// # Errors
/// [`NotUnderstood`] for anything else, for a code that is nobody's, and for a system that cannot be computed.
pub fn stated(text: &str) -> Result<Crs, NotUnderstood> {
    let text = text.trim().trim_start_matches('\u{feff}').trim();
    named(text)
}

/// A system by its code or name alone.
fn named(text: &str) -> Result<Crs, NotUnderstood> {
    let not_understood = || NotUnderstood(format!("“{}”", shown(text)));
    let upper = text.to_ascii_uppercase();
    let is_ogc = upper.contains("OGC") || !upper.contains("EPSG");
    if is_ogc && upper.rsplit([':', '/', '#']).next() == Some("CRS84") {
        return Ok(Crs::Wgs84);
    }
    if upper.bytes().all(|byte| byte.is_ascii_digit()) && !upper.is_empty() {
        return code(&upper, None);
    }
    if upper.contains("EPSG") || upper.starts_with("ESRI:") {
        let digits = upper.rsplit([':', '/', '#', ' ', '=']).next().unwrap_or_default();
        let digits = digits.trim_end_matches([')', ']', '"', '>']).trim();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            return code(digits, Some(text));
        }
        return Err(not_understood());
    }
    by_name(text).ok_or_else(not_understood)
}

/// A system by its number: EPSG's, or one of the numbers by which Esri and Google called Web Mercator.
fn code(digits: &str, text: Option<&str>) -> Result<Crs, NotUnderstood> {
    match digits.parse::<u32>() {
        Ok(102_100 | 102_113 | 900_913) => Ok(Crs::WebMercator),
        Ok(number) => {
            let epsg = u16::try_from(number).ok();
            epsg.and_then(|epsg| Crs::try_from(epsg).ok()).ok_or_else(|| unsupported(number))
        }
        Err(_) => Err(NotUnderstood(format!("“{}”", shown(text.unwrap_or(digits))))),
    }
}

/// A number of nobody's, or of a system that is not computed: with its name, where there is one.
fn unsupported(number: u32) -> NotUnderstood {
    let known = u16::try_from(number).ok().and_then(known::by_code);
    NotUnderstood(match (known, number) {
        (Some(known), _) => format!("EPSG:{number} ({})", known.name),
        // Esri's own numbers, which are none of EPSG's.
        (None, 37_000..=37_999 | 53_000..=54_999 | 102_000..=104_999) => format!("ESRI:{number}"),
        (None, _) => format!("EPSG:{number}"),
    })
}

/// A system by a name as people and programs write it.
pub(super) fn by_name(text: &str) -> Option<Crs> {
    let letters = known::letters(text);
    let letters = letters.strip_prefix("gcs").unwrap_or(&letters);
    match letters {
        "wgs84" | "wgs1984" => return Some(Crs::Wgs84),
        "webmercator"
        | "pseudomercator"
        | "wgs84pseudomercator"
        | "wgs1984webmercatorauxiliarysphere"
        | "wgs1984webmercator"
        | "googlemapsglobalmercator"
        | "popularvisualisationcrsmercator" => {
            return Some(Crs::WebMercator);
        }
        _ => {}
    }
    if let Some(zone) = letters.strip_prefix("rt90") {
        return rt90(zone);
    }
    let plain = letters
        .replace("sweref1999", "sweref99")
        .replace("etrs1989", "etrs89")
        .replace("wgs1984", "wgs84")
        .replace("euref_fin", "eureffin");
    let codes = [plain.clone(), plain.replace("utmzone", "utmzone")];
    codes.iter().find_map(|name| only(known::by_name(name)))
}

/// The one system of several of a name: the first that is computed and has no heights.
fn only(codes: &[u16]) -> Option<Crs> {
    codes.iter().find_map(|code| Crs::try_from(*code).ok())
}

/// A zone of RT 90, west or east of 0 gon in Swedish or English: `2.5 gon V`, `25gonW`, `25gonv015`.
fn rt90(zone: &str) -> Option<Crs> {
    let zone = zone.strip_suffix("015").unwrap_or(zone);
    let epsg = match zone {
        "75gonv" | "75gonw" => 3019,
        "5gonv" | "5gonw" => 3020,
        "25gonv" | "25gonw" => 3021,
        "0gon" | "0gonv" | "0gono" => 3022,
        "25gono" | "25gone" | "25gonö" => 3023,
        "5gono" | "5gone" | "5gonö" => 3024,
        "" => 4124,
        _ => return None,
    };
    Crs::try_from(epsg).ok()
}

/// The beginning of a statement, for an error.
pub(super) fn shown(text: &str) -> String {
    let short: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN).collect();
    if text.chars().count() > SHOWN { format!("{short}…") } else { short }
}
