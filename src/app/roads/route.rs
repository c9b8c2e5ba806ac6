//! How does a route leave the program? As GeoJSON, with its parts.

use crate::app::export::{Stamp, program_members};
use crate::geometry::LonLat;
use crate::io::JsonWriter;
use crate::network::{RoadNetwork, Route};

/// A route as GeoJSON: the whole line first, then its legs.
#[must_use]
pub fn route_geojson(
    route: &Route,
    network: &RoadNetwork,
    ends: [LonLat; 2],
    about: &[(&str, String)],
    stamp: &Stamp,
) -> Vec<u8> {
    let [from, to] = ends;
    let mut json = JsonWriter::default();
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.member("name", "route");
    json.key("sotplan");
    json.begin_object();
    program_members(&mut json, stamp);
    json.key("roads");
    json.begin_object();
    json.member("mode", network.graph.mode.id());
    let profile = &network.graph.profile;
    json.member("speeds", &profile.is_as_set().then_some(profile.basis.id()));
    json.member("profile", profile);
    json.end_object();
    json.end_object();
    json.key("features");
    json.begin_array();
    feature(&mut json, &route.line(), |json| {
        json.member("type", "route");
        json.number_member("seconds", thousandth(route.time.value()));
        json.number_member("metres", thousandth(route.length.value()));
        json.number_member("from_access_m", thousandth(route.access_from.value()));
        json.number_member("to_access_m", thousandth(route.access_to.value()));
        json.number_member("access_seconds", thousandth(route.access_time.value()));
        json.key("from");
        json.position(from.lon, from.lat);
        json.key("to");
        json.position(to.lon, to.lat);
        for (name, value) in about {
            json.member(name, value);
        }
        json.member("legs", &route.legs.len());
    });
    for (number, leg) in route.legs.iter().enumerate() {
        feature(&mut json, &leg.line, |json| {
            json.member("type", "leg");
            json.member("leg", &(number + 1));
            json.member("name", &leg.name);
            json.member("class", leg.class.id());
            json.number_member("seconds", thousandth(leg.time.value()));
            json.number_member("metres", thousandth(leg.length.value()));
        });
    }
    json.end_array();
    json.end_object();
    json.into_bytes()
}

/// Sums of whole milliseconds and centimetres, without the dust of their sum.
fn thousandth(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn feature(json: &mut JsonWriter, line: &[LonLat], properties: impl FnOnce(&mut JsonWriter)) {
    json.line_break();
    json.begin_object();
    json.member("type", "Feature");
    json.key("geometry");
    json.begin_object();
    json.member("type", "LineString");
    json.key("coordinates");
    json.begin_array();
    // A route to where one is already is a line all the same: two positions.
    let again = if line.len() < 2 { line.first() } else { None };
    for place in line.iter().chain(again) {
        json.position(place.lon, place.lat);
    }
    json.end_array();
    json.end_object();
    json.key("properties");
    json.begin_object();
    properties(json);
    json.end_object();
    json.end_object();
}
