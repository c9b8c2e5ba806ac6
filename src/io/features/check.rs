//! Is a shape whole? Lines need two positions, rings four: a reader that only copies numbers does not know.

use geo::{Geometry, LineString, Polygon};

use crate::model::{Message, Refusal};

fn bad(sv: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::BadGeometry { message: Message::new(sv, en) }
}

/// Why a shape is none.
pub(in crate::io) fn checked(shape: Geometry) -> Result<Geometry, Refusal> {
    check(&shape)?;
    Ok(shape)
}

fn check(shape: &Geometry) -> Result<(), Refusal> {
    match shape {
        // An empty point is written with numbers that are none.
        Geometry::Point(point) if point.x().is_nan() && point.y().is_nan() => Err(Refusal::EmptyGeometry),
        Geometry::MultiPoint(points) if points.0.is_empty() => Err(Refusal::EmptyGeometry),
        Geometry::LineString(line) => check_line(line),
        Geometry::MultiLineString(lines) if lines.0.is_empty() => Err(Refusal::EmptyGeometry),
        Geometry::MultiLineString(lines) => lines.iter().try_for_each(check_line),
        Geometry::Polygon(polygon) => check_rings(polygon),
        Geometry::MultiPolygon(polygons) if polygons.0.is_empty() => Err(Refusal::EmptyGeometry),
        Geometry::MultiPolygon(polygons) => polygons.iter().try_for_each(check_rings),
        Geometry::GeometryCollection(parts) if parts.0.is_empty() => {
            Err(bad("en samling utan geometrier", "a collection without geometries"))
        }
        Geometry::GeometryCollection(parts) => parts.iter().try_for_each(check),
        _ => Ok(()),
    }
}

fn check_line(line: &LineString) -> Result<(), Refusal> {
    match line.0.len() {
        0 => Err(Refusal::EmptyGeometry),
        1 => Err(bad("en linje har en position, två behövs", "a line has one position, two are needed")),
        _ => Ok(()),
    }
}

fn check_rings(polygon: &Polygon) -> Result<(), Refusal> {
    let mut rings = (1..).zip(std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    if polygon.exterior().0.is_empty() {
        return Err(Refusal::EmptyGeometry);
    }
    match rings.find(|(_, ring)| ring.0.len() < 4) {
        None => Ok(()),
        Some((number, ring)) => {
            let n = ring.0.len();
            Err(bad(
                format!("ring {number} har {n} positioner, fyra behövs (den sista är den första igen)"),
                format!("ring {number} has {n} positions, four are needed (the last repeats the first)"),
            ))
        }
    }
}
