//! Which shape does a geometry of a `FlatGeobuf` draw? Where its parts end is compared with the positions there are.

use flatgeobuf::{Geometry as Written, GeometryType};
use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use crate::io::features::turned;
use crate::model::{Message, Refusal};

/// Collections in collections that are followed; more would only be there to use up the stack.
const DEEPEST: usize = 16;

fn bad(sv: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::BadGeometry { message: Message::new(sv, en) }
}

/// Do the positions and parts of a geometry fit so many bytes? A feature may name the same part again and again.
/// `None` when they do not.
pub(super) fn fits(written: &Written<'_>, bytes: &mut usize, depth: usize) -> Option<()> {
    // A part is named by four bytes.
    let own = written.xy().map_or(0, |xy| xy.bytes().len()) + 4;
    *bytes = bytes.checked_sub(own)?;
    let parts = written.parts().filter(|_| depth < DEEPEST);
    parts.into_iter().flatten().try_for_each(|part| fits(&part, bytes, depth + 1))
}

/// The positions of a geometry, not of its parts.
fn positions(written: &Written<'_>) -> Vec<Coord> {
    let bytes = written.xy().map(|xy| xy.bytes()).unwrap_or_default();
    let pairs = bytes.as_chunks::<8>().0.as_chunks::<2>().0.iter();
    pairs.map(|[x, y]| Coord { x: f64::from_le_bytes(*x), y: f64::from_le_bytes(*y) }).collect()
}

/// Its lines or rings: all of it, or up to where each ends.
fn lines(written: &Written<'_>) -> Result<Vec<LineString>, Refusal> {
    let all = positions(written);
    let ends = written.ends().filter(|ends| ends.len() > 1);
    let Some(ends) = ends else {
        return Ok(if all.is_empty() { Vec::new() } else { vec![LineString::new(all)] });
    };
    let mut from = 0;
    let mut out = Vec::with_capacity(ends.len());
    for end in ends {
        let part = usize::try_from(end).ok().and_then(|end| Some((end, all.get(from..end)?)));
        let (end, part) = part.ok_or_else(|| {
            bad("formens delar ligger utanför den", "the parts of the shape lie outside of it")
        })?;
        out.push(LineString::new(part.to_vec()));
        from = end;
    }
    Ok(out)
}

fn polygon(written: &Written<'_>) -> Result<Polygon, Refusal> {
    // The format says nothing of the way that rings run.
    let mut rings = lines(written)?.into_iter();
    let border = turned(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), true);
    Ok(Polygon::new(border, rings.map(|ring| turned(ring, false)).collect()))
}

/// The shape of a geometry, of a kind that the header or the geometry itself says.
pub(super) fn shape(written: &Written<'_>, kind: GeometryType, depth: usize) -> Result<Geometry, Refusal> {
    let kind = if kind == GeometryType::Unknown { written.type_() } else { kind };
    if depth > DEEPEST {
        return Err(bad("för många samlingar i varandra", "too many collections within each other"));
    }
    let parts = || written.parts().into_iter().flatten();
    Ok(match kind {
        GeometryType::Point => match positions(written).first() {
            Some(position) => Point(*position).into(),
            None => return Err(Refusal::EmptyGeometry),
        },
        GeometryType::MultiPoint => MultiPoint::from(positions(written)).into(),
        GeometryType::LineString => LineString::new(positions(written)).into(),
        GeometryType::MultiLineString => MultiLineString::new(lines(written)?).into(),
        GeometryType::Polygon | GeometryType::Triangle => polygon(written)?.into(),
        // One of one part may be written without parts.
        GeometryType::MultiPolygon if written.parts().is_none() => {
            MultiPolygon::new(vec![polygon(written)?]).into()
        }
        GeometryType::MultiPolygon => {
            MultiPolygon::new(parts().map(|part| polygon(&part)).collect::<Result<_, _>>()?).into()
        }
        GeometryType::GeometryCollection => {
            let shapes = parts().map(|part| shape(&part, GeometryType::Unknown, depth + 1));
            Geometry::GeometryCollection(GeometryCollection::new_from(shapes.collect::<Result<_, _>>()?))
        }
        other => {
            let name = other.variant_name().unwrap_or("?");
            return Err(bad(
                format!(
                    "är en kurva eller 3D-yta ({name}), som inte läses. Exportera lagret med raka linjer"
                ),
                format!(
                    "is a curve or 3D surface ({name}), which is not read. Export the layer with straight lines"
                ),
            ));
        }
    })
}

/// The first position of a geometry or of its first part.
pub(super) fn first_position(written: &Written<'_>, depth: usize) -> Option<(f64, f64)> {
    match written.xy().filter(|xy| xy.len() >= 2) {
        Some(xy) => Some((xy.get(0), xy.get(1))),
        None if depth < DEEPEST => {
            let parts = written.parts().filter(|parts| !parts.is_empty())?;
            first_position(&parts.get(0), depth + 1)
        }
        None => None,
    }
}
