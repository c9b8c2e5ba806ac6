//! Which road is it that one points at? The nearest to a place, a stretch's name, what it says of itself, its line.
//! Without roads there is none. Does not know how roads are searched or drawn.

use super::Results;
use crate::geometry::{LonLat, PlanePoint};
use crate::lang::{Lang, Said};
use crate::model::roads::RoadClass;
use crate::model::travel::Traveller;
use crate::network::{RoadNetwork, RoadTravel, Snap};
use crate::say;
use crate::units::Metres;

/// The network, for whoever draws it.
#[must_use]
pub fn network(results: &Results) -> Option<&RoadNetwork> {
    results.travel.road().map(RoadTravel::network)
}

/// The road nearest to a place, within a reach, among those of which a class is seen; with how many stretches there
/// are, by which roads are thinned on a map.
#[must_use]
pub fn nearest(
    results: &Results,
    place: LonLat,
    reach: Metres,
    is_seen: impl Fn(RoadClass, usize) -> bool,
) -> Option<Snap> {
    let network = network(results)?;
    let stretches = network.graph.stretches.len();
    network.snap_to_class(place, reach, |class| is_seen(class, stretches))
}

/// Can a place be reached from a road? `None` where nobody travels by road.
#[must_use]
pub fn is_reached(results: &Results, point: PlanePoint) -> Option<bool> {
    Some(results.travel.road()?.snap(point, Traveller::Visitor).is_ok())
}

/// What the road is called at a point of it: its name and class, or its class.
#[must_use]
pub fn called(results: &Results, at: &Snap, lang: Lang) -> Option<String> {
    let network = network(results)?;
    let way = network.graph.way_along(at.stretch, at.cm) as usize;
    let class = network.graph.stretches[at.stretch as usize].class.said(lang);
    Some(match network.roads.name_of(way) {
        Some(name) => format!("{name}, {class}"),
        None => class,
    })
}

/// The name of a stretch of road, at its middle.
#[must_use]
pub fn name(results: &Results, stretch: u32) -> Option<&str> {
    let network = network(results)?;
    let graph = &network.graph;
    let way = graph.way_along(stretch, graph.stretches.get(stretch as usize)?.cm / 2);
    network.roads.name_of(way as usize)
}

/// The line of a stretch of road, from junction to junction.
#[must_use]
pub fn line(results: &Results, stretch: u32) -> Vec<LonLat> {
    let Some(graph) = network(results).map(|network| &network.graph) else { return Vec::new() };
    if stretch as usize >= graph.stretches.len() {
        return Vec::new();
    }
    graph.vertices[graph.vertex_range(stretch)].iter().map(|point| point.place()).collect()
}

/// A stretch of road in few words: name, class, speed, length.
#[must_use]
pub fn told(results: &Results, stretch: u32, lang: Lang) -> Option<String> {
    let network = network(results)?;
    let graph = &network.graph;
    let road = graph.stretches.get(stretch as usize)?;
    let way = graph.way_along(stretch, road.cm / 2) as usize;
    let class = road.class.said(lang);
    let mut parts = match network.roads.name_of(way) {
        Some(name) => vec![name.to_owned(), class],
        None => vec![class],
    };
    let lane = u32::from(!road.is_forward);
    if let Some(way) = network.roads.ways.get(way)
        && way.limit_forward.max(way.limit_backward) > 0
    {
        let limit = lang.number(f64::from(way.limit_forward.max(way.limit_backward)) / 10.0, 0);
        parts.push(say!(lang, "skyltat {limit} km/h", "limit {limit} km/h"));
    }
    if road.ms(lane) > 0 {
        let used = lang.number(f64::from(road.cm) / f64::from(road.ms(lane)) * 36.0, 0);
        parts.push(say!(lang, "räknat {used} km/h", "reckoned {used} km/h"));
    }
    let length = lang.distance(Metres::new(f64::from(road.cm) / 100.0));
    parts.push(say!(lang, "{length} till nästa korsning", "{length} between junctions"));
    if road.is_forward != road.is_backward {
        parts.push(lang.pick("enkelriktad", "one-way").into());
    }
    if network.is_closed(stretch) {
        parts.push(lang.pick("avstängd", "closed").into());
    }
    Some(parts.join(" · "))
}
