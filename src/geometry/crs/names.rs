//! Which system does a code or a name mean, as people and programs write them?

use super::known;
use super::system::Crs;

/// A statement that names no system the program can compute: as a user finds it again in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotUnderstood(pub String);

/// Letters of a statement that are shown.
const SHOWN: usize = 120;

/// A system by its code or name alone.
pub(super) fn named(text: &str) -> Result<Crs, NotUnderstood> {
    let not_understood = || NotUnderstood(format!("“{}”", shown(text)));
    let upper = text.to_ascii_uppercase();
    if upper.rsplit([':', '/', '#']).next() == Some("CRS84") {
        return Ok(Crs::Wgs84);
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number(&upper) {
        return code(&upper);
    }
    // The last of a text that names whose the number is: `EPSG:3006`, `urn:…:EPSG:9.8:3006`, `SWEREF 99 TM (EPSG:3006)`.
    if upper.contains("EPSG") || upper.starts_with("ESRI:") {
        let digits = upper.trim_end_matches([')', ']', '"', '>', ' ']);
        let digits = digits.rsplit([':', '/', '#', ' ', '=']).next().unwrap_or_default();
        // `epsg.xml#3006` and `EPSG3006` too.
        let digits = digits.strip_prefix("EPSG").unwrap_or(digits);
        return if is_number(digits) { code(digits) } else { Err(not_understood()) };
    }
    by_name(text).ok_or_else(not_understood)
}

/// A system by its number: EPSG's, or one of the numbers by which Esri and Google called Web Mercator.
pub(super) fn code(digits: &str) -> Result<Crs, NotUnderstood> {
    match digits.parse::<u32>() {
        Ok(102_100 | 102_113 | 900_913) => Ok(Crs::WebMercator),
        Ok(number) => {
            let epsg = u16::try_from(number).ok();
            epsg.and_then(|epsg| Crs::try_from(epsg).ok()).ok_or_else(|| unsupported(number))
        }
        Err(_) => Err(NotUnderstood(format!("“{}”", shown(digits)))),
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
    let plain =
        letters.replace("sweref1999", "sweref99").replace("etrs1989", "etrs89").replace("wgs1984", "wgs84");
    let esri = match plain.as_str() {
        "eureffintm35fin" => "etrs89tm35finen",
        "etrs89laea" => "etrs89extendedlaeaeurope",
        "etrs89lcc" => "etrs89extendedlcceurope",
        other => other,
    };
    only(known::by_name(&plain)).or_else(|| only(known::by_name(esri)))
}

/// The one system of a name: of several the first that is computed.
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
