//! Which road is it that one points at? The nearest to a place, a stretch's name, what it says of itself, its line.
//! Without roads there is none. Does not know how roads are searched or drawn.

use super::Results;
use super::travel::{Prepared, Travel};
use crate::geometry::{LonLat, PlanePoint};
use crate::lang::{Lang, Said};
use crate::model::RoadClosure;
use crate::model::roads::RoadClass;
use crate::model::travel::Traveller;
use crate::network::{Graph, Piece, RoadNetwork, RoadTravel, Snap};
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

/// The network in few words and numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkTold {
    /// Does it hang together?
    pub pieces: String,
    pub junctions: usize,
    pub stretches: usize,
    pub turns_obeyed: usize,
}

/// The network that the result was measured on.
#[must_use]
pub fn network_told(results: &Results, lang: Lang) -> Option<NetworkTold> {
    let graph = &network(results)?.graph;
    Some(NetworkTold {
        pieces: pieces_text(lang, graph),
        junctions: graph.junctions.len(),
        stretches: graph.stretches.len(),
        turns_obeyed: graph.turns_obeyed as usize,
    })
}

fn pieces_text(lang: Lang, graph: &Graph) -> String {
    let small_m = graph.profile.small_piece.value();
    #[expect(clippy::cast_precision_loss, reason = "lengths of roads, far below 2^53 metres")]
    let km = |metres: u64| lang.number(metres as f64 / 1000.0, 0);
    #[expect(clippy::cast_precision_loss, reason = "lengths of roads, far below 2^53 metres")]
    let (large, small): (Vec<Piece>, Vec<Piece>) =
        graph.pieces.iter().partition(|piece| piece.road_m as f64 >= small_m);
    let large_km = km(large.iter().map(|piece| piece.road_m).sum());
    let mut text = match large.len() {
        0 => lang.pick("Ingen stor sammanhängande del", "No large connected piece").to_owned(),
        1 => say!(
            lang,
            "1 sammanhängande del med {large_km} km väg",
            "1 connected piece with {large_km} km of road"
        ),
        n => say!(
            lang,
            "{n} sammanhängande delar med {large_km} km väg",
            "{n} connected pieces with {large_km} km of road"
        ),
    };
    let small_km = km(small.iter().map(|piece| piece.road_m).sum());
    match small.len() {
        0 => {}
        1 => text += &say!(lang, ", 1 liten del med {small_km} km", ", 1 small piece with {small_km} km"),
        n => {
            let n = lang.count(n);
            text += &say!(lang, ", {n} små delar med {small_km} km", ", {n} small pieces with {small_km} km");
        }
    }
    text
}

/// What the result knows of a closure: its roads, and its position among the closures. `None` where that is not known
/// yet.
fn known<'a>(results: &'a Results, closure: &RoadClosure) -> Option<(&'a Prepared, usize)> {
    let Travel::Road(prepared) = &results.travel else { return None };
    let at = results.project.closures.iter().position(|known| {
        known.id == closure.id && known.is_active == closure.is_active && known.shape == closure.shape
    })?;
    Some((prepared, at))
}

/// How many places a closure cuts; `None` where that is not known yet.
#[must_use]
pub fn cut_count(results: &Results, closure: &RoadClosure) -> Option<usize> {
    let (prepared, at) = known(results, closure)?;
    prepared.cut_counts.get(at).copied()
}

/// The stretches that a closure closes.
#[must_use]
pub fn closed_stretches<'a>(results: &'a Results, closure: &RoadClosure) -> &'a [u32] {
    known(results, closure)
        .and_then(|(prepared, at)| prepared.closed_stretches.get(at))
        .map_or(&[], Vec::as_slice)
}
