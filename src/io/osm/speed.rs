//! How fast may one drive, by OpenStreetMap's `maxspeed` tags? Numbers, units, and what a country implies.
//! Does not know how fast anybody drives: that is a profile.

use super::tag_list::{Cause, Tags};

/// Limits in tenths of km/h; 0 = not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Limits {
    pub forward: u16,
    pub backward: u16,
}

/// "No limit" as a speed, and walking pace.
const NO_LIMIT: f64 = 130.0;
const WALK: f64 = 7.0;

const KM_PER_MILE: f64 = 1.609_344;
const KM_PER_NAUTICAL_MILE: f64 = 1.852;

/// Implied limits in km/h: in towns, outside them, on roads for motor vehicles, on motorways, in living streets.
/// After the table "Default speed limits" of the OpenStreetMap wiki; dry road, ordinary car.
const IMPLIED: [(&str, [f64; 5]); 33] = [
    ("AD", [50.0, 90.0, 90.0, 90.0, 20.0]),
    ("AT", [50.0, 100.0, 100.0, 130.0, WALK]),
    ("BE", [50.0, 90.0, 120.0, 120.0, 20.0]),
    ("BG", [50.0, 90.0, 120.0, 140.0, 20.0]),
    ("CH", [50.0, 80.0, 100.0, 120.0, 20.0]),
    ("CZ", [50.0, 90.0, 110.0, 130.0, 20.0]),
    ("DE", [50.0, 100.0, NO_LIMIT, NO_LIMIT, WALK]),
    ("DK", [50.0, 80.0, 80.0, 130.0, 15.0]),
    ("EE", [50.0, 90.0, 90.0, 110.0, 20.0]),
    ("ES", [50.0, 90.0, 90.0, 120.0, 20.0]),
    ("FI", [50.0, 80.0, 100.0, 120.0, 20.0]),
    ("FR", [50.0, 80.0, 110.0, 130.0, 20.0]),
    ("GB", [48.28, 96.56, 112.65, 112.65, 32.19]),
    ("GR", [50.0, 90.0, 110.0, 130.0, 20.0]),
    ("HR", [50.0, 90.0, 110.0, 130.0, 10.0]),
    ("HU", [50.0, 90.0, 110.0, 130.0, 20.0]),
    ("IE", [50.0, 80.0, 100.0, 120.0, 30.0]),
    ("IS", [50.0, 90.0, 90.0, 90.0, 15.0]),
    ("IT", [50.0, 90.0, 110.0, 130.0, 20.0]),
    ("LI", [50.0, 80.0, 100.0, 120.0, 20.0]),
    ("LT", [50.0, 90.0, 110.0, 130.0, 20.0]),
    ("LU", [50.0, 90.0, 90.0, 130.0, 20.0]),
    ("LV", [50.0, 90.0, 90.0, 110.0, 20.0]),
    ("NL", [50.0, 80.0, 100.0, 100.0, 15.0]),
    ("NO", [50.0, 80.0, 80.0, 100.0, WALK]),
    ("PL", [50.0, 90.0, 100.0, 140.0, 20.0]),
    ("PT", [50.0, 90.0, 100.0, 120.0, 20.0]),
    ("RO", [50.0, 90.0, 100.0, 130.0, 20.0]),
    ("SE", [50.0, 70.0, 90.0, 110.0, WALK]),
    ("SI", [50.0, 90.0, 110.0, 130.0, 10.0]),
    ("SK", [50.0, 90.0, 90.0, 130.0, 20.0]),
    ("UA", [50.0, 90.0, 110.0, 130.0, 20.0]),
    ("UK", [48.28, 96.56, 112.65, 112.65, 32.19]),
];

/// The limits along and against the points.
pub(super) fn limits(tags: Tags<'_>, remarks: &mut Vec<Cause>) -> Limits {
    let mut said = |key: &str| {
        let value = tags.find(key)?;
        let limit = limit(value);
        if limit.is_none() && !matches!(value, "signals" | "variable") {
            remarks.push(("unknown_maxspeed", format!("{key}={value}")));
        }
        limit
    };
    let both = said("maxspeed").or_else(|| by_type(tags)).unwrap_or(0);
    Limits {
        forward: said("maxspeed:forward").unwrap_or(both),
        backward: said("maxspeed:backward").unwrap_or(both),
    }
}

/// Where only the kind of limit is told. `sign` and the like tell nothing.
fn by_type(tags: Tags<'_>) -> Option<u16> {
    let keys = ["maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"];
    keys.iter().find_map(|key| tags.find(key).and_then(implied).and_then(tenths))
}

/// A limit in tenths of km/h; of several the lowest.
pub(in crate::io) fn limit(value: &str) -> Option<u16> {
    value.split([';', '|']).filter_map(|part| tenths(km_h(part.trim())?)).min()
}

fn tenths(km_h: f64) -> Option<u16> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
    let rounded = (1.0..=300.0).contains(&km_h).then(|| (km_h * 10.0).round() as u16);
    rounded
}

fn km_h(text: &str) -> Option<f64> {
    match text {
        "none" => return Some(NO_LIMIT),
        "walk" => return Some(WALK),
        _ => {}
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let Ok(number) = text[..end].parse::<f64>() else { return implied(text) };
    let factor = match text[end..].trim() {
        "" | "km/h" | "kmh" | "kph" | "kmph" => 1.0,
        "mph" => KM_PER_MILE,
        "knots" | "knot" => KM_PER_NAUTICAL_MILE,
        _ => return None,
    };
    Some(number * factor)
}

/// `SE:rural`, `DE:zone30`, `CH:zone:20`; a region (`BE-VLG`) follows its country.
fn implied(text: &str) -> Option<f64> {
    let (place, kind) = text.split_once(':')?;
    let country = place.split('-').next()?.to_ascii_uppercase();
    let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    let kind = kind.trim().to_ascii_lowercase();
    let digits = kind.trim_start_matches("zone").trim_start_matches(':');
    if is_country && let Ok(number) = digits.parse::<u16>() {
        // A zone in the United Kingdom counts miles.
        let factor = if matches!(country.as_str(), "GB" | "UK") { KM_PER_MILE } else { 1.0 };
        return Some(f64::from(number) * factor);
    }
    let column = match kind.as_str() {
        "urban" | "urban_primary" | "urban_secondary" | "nsl_restricted" => 0,
        "rural" | "nsl_single" => 1,
        "trunk" | "expressway" | "nsl_dual" => 2,
        "motorway" => 3,
        "living_street" | "pedestrian_zone" => 4,
        "walk" => return is_country.then_some(WALK),
        "bicycle_road" | "cycle_street" => return is_country.then_some(30.0),
        _ => return None,
    };
    IMPLIED.iter().find(|(name, _)| *name == country).map(|(_, limits)| limits[column])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let check = |text: &str, wanted: Option<u16>| assert_eq!(limit(text), wanted, "{text}");
        check("70", Some(700));
        check("70 km/h", Some(700));
        check("50 mph", Some(805));
        check("50mph", Some(805));
        check("30 knots", Some(556));
        check("none", Some(1300));
        check("walk", Some(70));
        check("50; 70", Some(500));
        check("80|100", Some(800));
        check("fast;70", Some(700));
        check("SE:rural", Some(700));
        check("SE:urban", Some(500));
        check("SE:motorway", Some(1100));
        check("SE:living_street", Some(70));
        check("SE:walk", Some(70));
        check("se:urban", Some(500));
        check("DE:motorway", Some(1300));
        check("DE:zone30", Some(300));
        check("DE:zone:20", Some(200));
        check("SE:30", Some(300));
        check("BE-VLG:urban", Some(500));
        check("GB:nsl_single", Some(966));
        check("AD:rural", Some(900));
        check("XX:rural", None);
        for nonsense in ["", "0", "-50", "9999", "fast", "50 furlongs", "1.2.3", "å", ":", "50;", "NaN"] {
            check(nonsense, limit(nonsense).filter(|_| nonsense == "50;"));
        }
    }

    #[test]
    fn tags_together() {
        let check = |text: &str, forward: u16, backward: u16, remarked: usize| {
            let tags: Vec<(&str, &str)> =
                text.split_whitespace().filter_map(|tag| tag.split_once('=')).collect();
            let mut remarks = Vec::new();
            assert_eq!(limits(Tags(&tags), &mut remarks), Limits { forward, backward }, "{text}");
            assert_eq!(remarks.len(), remarked, "{text}");
        };
        check("", 0, 0, 0);
        check("maxspeed=70", 700, 700, 0);
        check("maxspeed=70 maxspeed:backward=50", 700, 500, 0);
        check("maxspeed:forward=50", 500, 0, 0);
        check("maxspeed:type=SE:urban", 500, 500, 0);
        check("maxspeed=90 maxspeed:type=SE:urban", 900, 900, 0);
        check("maxspeed:type=sign", 0, 0, 0);
        check("maxspeed=fast source:maxspeed=SE:rural", 700, 700, 1);
        check("maxspeed=signals", 0, 0, 0);
    }
}
