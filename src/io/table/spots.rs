//! Where does one row stand, by what its cells say? Coordinates, a shape in well-known text, the id of a square.

use geo::{Geometry, LineString, Polygon};
use wkt::TryFromWkt as _;

use super::Cells;
use super::kinds::number;
use crate::geometry::{GridCell, PlanePoint};
use crate::model::{Message, Refusal};

/// Where the rows of a table stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Placed {
    Axes {
        east: usize,
        north: usize,
        is_degrees: bool,
    },
    /// Two numbers in one column.
    Pair {
        column: usize,
        is_north_first: bool,
    },
    /// Well-known text.
    Shape {
        column: usize,
    },
    /// The id of a square of Statistics Sweden.
    Square {
        column: usize,
        side_m: f64,
    },
    Nowhere,
}

/// Shapes within shapes that are read: none is real beyond.
const DEEPEST: usize = 16;

/// The words that shapes begin with.
const SHAPES: [&str; 7] =
    ["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

/// Sides of squares of Swedish grids, metres.
const SIDES: [f64; 5] = [10_000.0, 5_000.0, 1_000.0, 500.0, 250.0];

/// Is it a shape in well-known text, by its first word?
pub(super) fn starts_as_shape(text: &str) -> bool {
    let text = unmarked(text).1;
    let word: String =
        text.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase();
    SHAPES.contains(&word.as_str())
}

/// The system that a shape names, `SRID=3006;POINT(…)`, and the shape.
pub(super) fn unmarked(text: &str) -> (Option<&str>, &str) {
    let marked = text
        .get(..5)
        .filter(|start| start.eq_ignore_ascii_case("SRID="))
        .and_then(|_| text[5..].split_once(';'));
    marked.map_or((None, text), |(code, shape)| (Some(code.trim()), shape.trim_start()))
}

/// A shape of well-known text.
pub(super) fn shape_of(text: &str) -> Result<Geometry, Refusal> {
    let bad = |sv: String, en: String| Refusal::BadGeometry { message: Message::new(sv, en) };
    let text = unmarked(text).1;
    let depth = text.bytes().fold((0_usize, 0_usize), |(depth, deepest), byte| match byte {
        b'(' => (depth + 1, deepest.max(depth + 1)),
        b')' => (depth.saturating_sub(1), deepest),
        _ => (depth, deepest),
    });
    if depth.1 > DEEPEST {
        return Err(bad("för många former i varandra".into(), "too many shapes within shapes".into()));
    }
    if !starts_as_shape(text) {
        let start: String = text.chars().take(20).collect();
        return Err(bad(format!("”{start}” är ingen form i WKT"), format!("“{start}” is no shape in WKT")));
    }
    Geometry::try_from_wkt_str(text).map_err(|error| bad(format!("WKT: {error}"), format!("WKT: {error}")))
}

/// The lower left corner of a square of Statistics Sweden, if it lies where Sweden does.
pub(super) fn corner_of(text: &str) -> Option<PlanePoint> {
    let corner = GridCell::corner_of_id(text)?;
    let is_there =
        (200_000.0..=1_000_000.0).contains(&corner.e) && (6_000_000.0..=7_800_000.0).contains(&corner.n);
    (is_there && is_on(corner, 50.0)).then_some(corner)
}

/// Does a corner lie on the grid of this side? Of whole metres a quotient tells it exactly, and quicker than a remainder.
fn is_on(corner: PlanePoint, side: f64) -> bool {
    (corner.e / side).fract() == 0.0 && (corner.n / side).fract() == 0.0
}

/// The side of squares, by the grid on which all their corners lie. Of larger ones than a kilometre nobody can be
/// sure with few rows.
pub(super) fn side_of(corners: impl Iterator<Item = PlanePoint>) -> f64 {
    let mut known = SIDES.map(|side| (side, true));
    let mut count = 0;
    for corner in corners {
        count += 1;
        for (side, is_so) in &mut known {
            *is_so = *is_so && is_on(corner, *side);
        }
    }
    let enough = if count < 20 { 1_000.0 } else { f64::INFINITY };
    known.into_iter().find(|(side, is_so)| *is_so && *side <= enough).map_or(100.0, |(side, _)| side)
}

/// Two numbers that stand in one cell.
pub(super) fn pair_in(text: &str) -> Option<(f64, f64)> {
    let text = text.trim_matches(|sign: char| matches!(sign, '(' | ')' | '[' | ']') || sign.is_whitespace());
    let of = |parts: [&str; 2]| Some((number(parts[0].trim())?, number(parts[1].trim())?));
    let split = |mark: &str| text.split_once(mark).and_then(|(a, b)| of([a, b]));
    // A comma may be the decimal sign: what parts the two is looked for with care.
    let by_space = || {
        let mut parts = text.split_whitespace();
        let (a, b) = (parts.next()?, parts.next()?);
        parts.next().is_none().then(|| of([a.trim_end_matches([',', ';']), b]))?
    };
    split(";").or_else(|| split(", ")).or_else(by_space).or_else(|| split("/")).or_else(|| {
        let mut parts = text.split(',');
        let (a, b) = (parts.next()?, parts.next()?);
        parts.next().is_none().then(|| of([a, b]))?
    })
}

/// The shape of a row in the table's system.
pub(super) fn of_row(
    cells: &Cells,
    row: usize,
    names: &[String],
    placed: &Placed,
) -> Result<Geometry, Refusal> {
    let filled = |column: usize| match cells.get(row, column) {
        "" => Err(Refusal::NoCoordinate { field: names[column].clone() }),
        text => Ok(text),
    };
    let none =
        |column: usize, text: &str| Refusal::NotANumber { field: names[column].clone(), value: text.into() };
    let coordinate = |column: usize| {
        let text = filled(column)?;
        number(text).ok_or_else(|| none(column, text))
    };
    let point = |x: f64, y: f64| Geometry::Point(geo::Point::new(x, y));
    match *placed {
        Placed::Axes { east, north, .. } => Ok(point(coordinate(east)?, coordinate(north)?)),
        Placed::Pair { column, is_north_first } => {
            let text = filled(column)?;
            let (a, b) = pair_in(text).ok_or_else(|| none(column, text))?;
            Ok(if is_north_first { point(b, a) } else { point(a, b) })
        }
        Placed::Shape { column } => shape_of(filled(column)?),
        Placed::Square { column, side_m } => {
            let text = filled(column)?;
            let corner = corner_of(text).ok_or_else(|| none(column, text))?;
            let corners = GridCell { corner, side_m }.corners().map(|corner| (corner.e, corner.n));
            let ring = corners.into_iter().chain([corners[0]]).collect::<Vec<_>>();
            Ok(Geometry::Polygon(Polygon::new(LineString::from(ring), Vec::new())))
        }
        Placed::Nowhere => Err(Refusal::NoGeometry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_stand_in_one_cell_in_many_ways() {
        for text in [
            "63.17, 14.63",
            "63.17,14.63",
            "63,17 14,63",
            "63,17; 14,63",
            "(63.17 14.63)",
            "63,17, 14,63",
            "63.17/14.63",
        ] {
            assert_eq!(pair_in(text), Some((63.17, 14.63)), "{text}");
        }
        for text in ["63.17", "63,17", "a, b", "1,2,3", ""] {
            assert!(pair_in(text).is_none() || text == "63,17", "{text}");
        }
    }

    #[test]
    fn squares_are_of_the_grid_on_which_their_corners_lie() {
        let corner = |text| corner_of(text).expect("a corner");
        assert!(
            (side_of([corner("4420006891000"), corner("4430006891000")].into_iter()) - 1_000.0).abs() < 1e-9
        );
        assert!(
            (side_of([corner("4422506891000"), corner("4430006891500")].into_iter()) - 250.0).abs() < 1e-9
        );
        assert!((side_of([corner("4421006891000")].into_iter()) - 100.0).abs() < 1e-9);
        for text in ["1970010112345", "9999999999999", "44200068910", "0000000000000"] {
            assert_eq!(corner_of(text), None, "{text}");
        }
    }

    #[test]
    fn hostile_shapes_are_refused() {
        let deep = "GEOMETRYCOLLECTION(".repeat(100_000);
        for text in [
            deep.as_str(),
            "POINT",
            "POINT(",
            "POINT(1)",
            "POLYGON((1 2",
            "SRID=3006",
            "SRID=3006;",
            "POINT(a b)",
            "",
        ] {
            assert!(shape_of(text).is_err(), "{text:.20}");
        }
        assert!(shape_of("SRID=3006;point (1 2)").is_ok());
        assert_eq!(unmarked("SRID=3006;POINT(1 2)"), (Some("3006"), "POINT(1 2)"));
    }
}
