//! Which shape do a geometry's coordinates draw? Checks what the grammar leaves open: lengths of rings and lines,
//! closed rings, sizes of positions.

use geojson::{GeometryValue, Position};

use super::wording::of_library;
use crate::model::{Message, Refusal, RemarkKind};

/// A remark on loose form, once.
pub(super) fn remark_loose(remarks: &mut Vec<RemarkKind>, message: Message) {
    let remark = RemarkKind::LooseForm { message };
    if !remarks.contains(&remark) {
        remarks.push(remark);
    }
}

fn bad(sv: impl Into<String>, en: impl Into<String>) -> Result<(), Refusal> {
    Err(Refusal::BadGeometry { message: Message::new(sv, en) })
}

/// The shape that a geometry of the grammar draws, or why it is none.
pub(super) fn shape_of(
    value: &GeometryValue,
    remarks: &mut Vec<RemarkKind>,
) -> Result<geo::Geometry, Refusal> {
    check_positions(value, remarks)?;
    let bad = |error: geojson::Error| Refusal::BadGeometry { message: of_library(&error.to_string()) };
    geo::Geometry::try_from(value).map_err(bad)
}

/// Checks what the grammar leaves open: ring and line lengths, closed rings, position sizes.
fn check_positions(value: &GeometryValue, remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    match value {
        GeometryValue::Point { coordinates } => check_position(coordinates, remarks),
        GeometryValue::MultiPoint { coordinates } => {
            coordinates.iter().try_for_each(|position| check_position(position, remarks))
        }
        GeometryValue::LineString { coordinates } => check_line(coordinates, remarks),
        GeometryValue::MultiLineString { coordinates } => {
            coordinates.iter().try_for_each(|line| check_line(line, remarks))
        }
        GeometryValue::Polygon { coordinates } => check_rings(coordinates, remarks),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().try_for_each(|rings| check_rings(rings, remarks))
        }
        GeometryValue::GeometryCollection { geometries } => {
            if geometries.iter().any(|g| matches!(g.value, GeometryValue::GeometryCollection { .. })) {
                let message = Message::new("en samling i en samling", "a collection inside a collection");
                remark_loose(remarks, message);
            }
            if geometries.len() == 1 {
                let message = Message::new(
                    "en samling av en enda geometri",
                    "a collection of one geometry, which could stand for itself",
                );
                remark_loose(remarks, message);
            }
            for geometry in geometries {
                check_positions(&geometry.value, remarks)?;
            }
            if geometries.is_empty() {
                return bad("en samling utan geometrier", "a collection without geometries");
            }
            Ok(())
        }
    }
}

fn check_position(position: &Position, remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    match position.len() {
        0 => Err(Refusal::EmptyGeometry),
        1 => bad("en position har ett tal, två behövs", "a position has one number, two are needed"),
        2 | 3 => Ok(()),
        n => {
            let message = Message::new(
                format!("en position har {n} tal; de två första används"),
                format!("a position has {n} numbers; the first two are used"),
            );
            remark_loose(remarks, message);
            Ok(())
        }
    }
}

fn check_line(line: &[Position], remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    line.iter().try_for_each(|position| check_position(position, remarks))?;
    match line.len() {
        0 => Err(Refusal::EmptyGeometry),
        1 => bad("en linje har en position, två behövs", "a line has one position, two are needed"),
        _ => Ok(()),
    }
}

fn check_rings(rings: &[Vec<Position>], remarks: &mut Vec<RemarkKind>) -> Result<(), Refusal> {
    if rings.is_empty() {
        return Err(Refusal::EmptyGeometry);
    }
    for (at, ring) in rings.iter().enumerate() {
        ring.iter().try_for_each(|position| check_position(position, remarks))?;
        let is_closed =
            ring.first().zip(ring.last()).is_some_and(|(a, b)| a.as_slice()[..2] == b.as_slice()[..2]);
        let needed = if is_closed { 4 } else { 3 };
        if ring.len() < needed || (!is_closed && ring.len() == 3) {
            let (n, number) = (ring.len(), at + 1);
            return bad(
                format!("ring {number} har {n} positioner, fyra behövs (den sista är den första igen)"),
                format!("ring {number} has {n} positions, four are needed (the last repeats the first)"),
            );
        }
        if is_closed && ring.first().map(Position::len) != ring.last().map(Position::len) {
            let message = Message::new(
                "ringens första och sista position har olika många tal",
                "the ring's first and last position have different numbers of values",
            );
            remark_loose(remarks, message);
        }
        if !is_closed && !remarks.contains(&RemarkKind::RingClosed) {
            remarks.push(RemarkKind::RingClosed);
        }
    }
    Ok(())
}

/// The first position of a geometry.
pub(super) fn first_of(value: &GeometryValue) -> Option<&Position> {
    match value {
        GeometryValue::Point { coordinates } => Some(coordinates),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            coordinates.first()
        }
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            coordinates.first()?.first()
        }
        GeometryValue::MultiPolygon { coordinates } => coordinates.first()?.first()?.first(),
        GeometryValue::GeometryCollection { geometries } => first_of(&geometries.first()?.value),
    }
}
