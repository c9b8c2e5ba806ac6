//! How does a shape stand in a GeoJSON file? As RFC 7946 has it: six decimals, no repeated positions, outer rings
//! counter-clockwise and holes clockwise (3.1.6), edges straight in longitude and latitude.

use geo::orient::{Direction, Orient};

use crate::geometry::Reprojection;
use crate::io::JsonWriter;

/// How far an outline's edge may lie from where it belongs when read as a straight line in degrees, metres.
pub(super) const OUTLINE_BEND_M: f64 = 0.5;

/// Writes the member `geometry`.
pub(super) fn geometry_member(json: &mut JsonWriter, geometry: &geo::Geometry) {
    json.key("geometry");
    json.value(&geojson::GeometryValue::from(&ready(geometry)));
}

/// A geometry in degrees as it is written.
pub(super) fn ready(geometry: &geo::Geometry) -> geo::Geometry {
    use geo::MapCoords;
    match geometry {
        geo::Geometry::Polygon(one) => polygon(one).into(),
        geo::Geometry::MultiPolygon(all) => geo::MultiPolygon::new(all.iter().map(polygon).collect()).into(),
        geo::Geometry::GeometryCollection(all) => {
            geo::Geometry::GeometryCollection(all.iter().map(ready).collect())
        }
        other => other.map_coords(rounded),
    }
}

fn rounded(c: geo::Coord) -> geo::Coord {
    // Adding zero makes of -0 what it is.
    geo::Coord { x: (c.x * 1e6).round() / 1e6 + 0.0, y: (c.y * 1e6).round() / 1e6 + 0.0 }
}

fn polygon(polygon: &geo::Polygon) -> geo::Polygon {
    let holes = polygon.interiors().iter().map(ring).collect();
    geo::Polygon::new(ring(polygon.exterior()), holes).orient(Direction::Default)
}

/// A ring to six decimals; one smaller than that keeps its digits, since a ring needs an area.
fn ring(ring: &geo::LineString) -> geo::LineString {
    let mut positions: Vec<geo::Coord> = ring.coords().map(|c| rounded(*c)).collect();
    positions.dedup();
    let first = positions.first().copied();
    let different = positions.iter().filter(|c| Some(**c) != first).count();
    if different < 2 { ring.clone() } else { positions.into() }
}

/// An outline of the plane in degrees, as files and the map have it.
#[must_use]
pub fn outline_degrees(outline: &geo::MultiPolygon, reprojection: &Reprojection) -> geo::MultiPolygon {
    degrees(outline, reprojection, OUTLINE_BEND_M)
}

/// An outline of the plane in degrees, with the vertices that keep its straight edges within so many metres.
#[must_use]
pub(super) fn degrees(
    outline: &geo::MultiPolygon,
    reprojection: &Reprojection,
    bend_m: f64,
) -> geo::MultiPolygon {
    let taken = |polygon: &geo::Polygon| reprojection.degrees_polygon(polygon, bend_m);
    geo::MultiPolygon::new(outline.iter().filter_map(taken).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{CoordsIter, line_string, polygon};

    #[test]
    fn rings_run_the_right_way_and_close() {
        let clockwise = polygon![
            exterior: [(x: 0.0, y: 0.0), (x: 0.0, y: 4.0), (x: 4.0, y: 4.0), (x: 4.0, y: 0.0)],
            interiors: [[(x: 1.0, y: 1.0), (x: 3.0, y: 1.0), (x: 3.0, y: 3.0), (x: 1.0, y: 3.0)]]
        ];
        let geo::Geometry::Polygon(written) = ready(&clockwise.into()) else { panic!("a polygon") };
        let turns = |ring: &geo::LineString| -> f64 {
            ring.0.windows(2).map(|two| two[0].x * two[1].y - two[1].x * two[0].y).sum()
        };
        assert!(turns(written.exterior()) > 0.0 && turns(&written.interiors()[0]) < 0.0);
        assert!(written.exterior().is_closed());
    }

    #[test]
    fn a_ring_smaller_than_its_digits_keeps_them() {
        let tiny = polygon![(x: 15.0, y: 62.0), (x: 15.000_000_1, y: 62.0), (x: 15.0, y: 62.000_000_1)];
        let written = ready(&tiny.clone().into());
        assert_eq!(written.coords_count(), 4);
        let line = line_string![(x: 15.0, y: 62.0), (x: 15.1, y: 62.0)];
        assert_eq!(ready(&line.clone().into()), line.into());
    }
}
