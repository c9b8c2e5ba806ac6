//! Which closures of roads stand in the project file? Those drawn as points, as lines and as areas, a table each, for a table
//! holds shapes of one kind.

use super::rows::TableRows;
use crate::app::Results;
use crate::geometry::{Crs, LonLat, Reprojection};
use crate::io::JsonWriter;
use crate::model::{ClosureEffect, ClosureShape, MadeOn, Project, RoadClosure};

/// What closures of a table are drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    Point,
    Line,
    Area,
}

/// The closures that are drawn alike.
pub(super) struct Closures<'a> {
    results: &'a Results,
    alike: Vec<&'a RoadClosure>,
    reprojection: Reprojection,
}

impl<'a> Closures<'a> {
    pub fn new(results: &'a Results, project: &'a Project, drawn: Drawn) -> Self {
        let is_it = |closure: &&RoadClosure| match closure.shape {
            ClosureShape::Point(_) => drawn == Drawn::Point,
            ClosureShape::Line(_) => drawn == Drawn::Line,
            ClosureShape::Area(_) => drawn == Drawn::Area,
        };
        let alike = project.closures.iter().filter(is_it).collect();
        Self { results, alike, reprojection: Reprojection::new(Crs::Wgs84) }
    }
}

impl TableRows for Closures<'_> {
    fn count(&self) -> usize {
        self.alike.len()
    }

    fn columns(&self) -> Vec<String> {
        ["id", "name", "reason", "effect", "times_as_slow", "active", "waiting", "made_on"]
            .map(String::from)
            .into()
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        let closure = self.alike[at];
        json.member("id", &closure.id);
        json.member("name", &closure.name);
        json.member("reason", &closure.reason);
        match closure.effect {
            ClosureEffect::Closed => json.member("effect", "closed"),
            ClosureEffect::Slower(times) => {
                json.member("effect", "slower");
                json.number_member("times_as_slow", times);
            }
        }
        json.member("active", &closure.is_active);
        json.member("waiting", &self.results.travel.is_waiting(closure));
        if let MadeOn::Roads(roads) = &closure.made_on {
            json.member("made_on", &roads.join("; "));
        }
    }

    fn shape(&self, at: usize) -> Option<geo::Geometry> {
        let line = |places: &[LonLat]| -> geo::LineString {
            places.iter().map(|place| (place.lon, place.lat)).collect()
        };
        let degrees: geo::Geometry = match &self.alike[at].shape {
            ClosureShape::Point(place) => geo::Point::new(place.lon, place.lat).into(),
            ClosureShape::Line(places) => line(places).into(),
            ClosureShape::Area(ring) => geo::Polygon::new(line(ring), Vec::new()).into(),
        };
        self.reprojection.plane_geometry(degrees)
    }
}
