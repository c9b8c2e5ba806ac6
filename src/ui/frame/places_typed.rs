//! Which place is meant by what was typed? Coordinates in WGS 84 or SWEREF 99 TM, or the id of a cell.

use crate::geometry::{AREA_OF_USE, Crs, GridCell, LonLat, PlanePoint, Reprojection};
use crate::lang::Lang;
use crate::say;

/// A place that was typed, and how it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    pub place: LonLat,
    pub told: String,
}

/// Every reading that makes sense.
#[must_use]
pub fn read(text: &str, lang: Lang) -> Vec<Typed> {
    // A little way in from the corner, so that it lies in the cell, however large that is.
    let cell = GridCell::corner_of_id(text.trim()).and_then(|corner| {
        let inside = PlanePoint::new(corner.e + 50.0, corner.n + 50.0);
        let place = Reprojection::new(Crs::Wgs84).lon_lat_from_plane(inside)?;
        Some(Typed { place, told: say!(lang, "Ruta {}", "Cell {}", text.trim()) })
    });
    cell.into_iter().chain(numbers(text).and_then(|pair| of_numbers(pair, lang))).collect()
}

/// Two numbers, however they are set apart: a comma is a decimal sign where a blank or a semicolon stands between them.
fn numbers(text: &str) -> Option<[f64; 2]> {
    let text: String = text.trim().chars().filter(|c| !matches!(c, '°' | '(' | ')')).collect();
    let letters = |c: char| c.is_alphabetic();
    let text = text.replace(letters, " ");
    let parts: Vec<&str> = if text.contains(';') {
        text.split(';').collect()
    } else if text.contains(", ") {
        text.split(", ").collect()
    } else if text.split_whitespace().count() == 2 {
        text.split_whitespace().collect()
    } else {
        text.split(',').collect()
    };
    let read = |part: &&str| {
        let plain: String = part.chars().filter(|c| !c.is_whitespace()).collect();
        plain.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite())
    };
    let read: Vec<f64> = parts.iter().filter(|part| !part.trim().is_empty()).filter_map(read).collect();
    <[f64; 2]>::try_from(read).ok()
}

/// Degrees where they are small, else metres; latitude and northing first or last, whichever lies in the North.
fn of_numbers([a, b]: [f64; 2], lang: Lang) -> Option<Typed> {
    let degrees = [LonLat::new(b, a), LonLat::new(a, b)];
    let is_here = |place: &LonLat| AREA_OF_USE.contains(*place);
    if let Some(place) = degrees.into_iter().find(is_here) {
        let (lat, lon) = (lang.number(place.lat, 5), lang.number(place.lon, 5));
        return Some(Typed {
            place,
            told: say!(lang, "{lat}° N, {lon}° Ö (WGS 84)", "{lat}° N, {lon}° E (WGS 84)"),
        });
    }
    let (north, east) = if a > b { (a, b) } else { (b, a) };
    let place = Reprojection::new(Crs::Wgs84).lon_lat_from_plane(PlanePoint::new(east, north))?;
    is_here(&place).then(|| {
        let (n, e) = (lang.number(north, 0), lang.number(east, 0));
        Typed { place, told: format!("N {n}, E {e} (SWEREF 99 TM)") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read_in_any_order_and_with_any_sign_between() {
        for text in [
            "63.1792, 14.6357",
            "63,1792 14,6357",
            "14.6357,63.1792",
            "63.1792;14.6357",
            "N 63.1792° E 14.6357°",
        ] {
            let read = read(text, Lang::En);
            assert_eq!(read.len(), 1, "{text}");
            let place = read[0].place;
            assert!(
                (place.lat - 63.1792).abs() < 1e-9 && (place.lon - 14.6357).abs() < 1e-9,
                "{text}: {place:?}"
            );
        }
        // Östersund: the same place in the plane, to a metre.
        for text in ["7005533 481604", "481604, 7005533", "N 7005533 E 481604"] {
            let place = read(text, Lang::En)[0].place;
            assert!(
                (place.lat - 63.18).abs() < 0.02 && (place.lon - 14.64).abs() < 0.02,
                "{text}: {place:?}"
            );
        }
    }

    #[test]
    fn what_is_no_place_is_none() {
        for text in ["", "Hallen", "12", "1 2 3", "99 200", "NaN 14", "1e999, 2"] {
            assert!(read(text, Lang::Sv).is_empty(), "{text}");
        }
    }
}
