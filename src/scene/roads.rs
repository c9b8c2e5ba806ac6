//! The roads of a result in map coordinates: which appear at which zoom, which is under the pointer, how it is called.
//! Made by a job, once for each network. Does not know colours.

use std::sync::Arc;

use super::lines::{LineSet, Source, off_line};
use super::{Mercator, mercator};
use crate::app::Results;
use crate::model::roads::RoadClass;
use crate::network::{Graph, RoadNetwork};

/// The zoom at which each group of roads appears: the large, the middle, the small, the smallest.
const FIRST_ZOOMS: [f64; 4] = [0.0, 7.0, 10.5, 11.5];

/// A network of so few stretches, as that of a county, is shown a step earlier.
const FEW: usize = 100_000;

/// Roads can be pointed at from here on.
pub const POINTED_ZOOM: f64 = 12.0;

/// The rank of a class: how it is drawn.
#[must_use]
pub const fn rank(class: RoadClass) -> u8 {
    use RoadClass as C;
    match class {
        C::Motorway | C::MotorwayLink => 0,
        C::Trunk | C::TrunkLink => 1,
        C::Primary | C::PrimaryLink => 2,
        C::Secondary | C::SecondaryLink => 3,
        C::Tertiary | C::TertiaryLink => 4,
        C::Unclassified | C::Residential => 5,
        C::Ferry => FERRY,
        _ => 6,
    }
}

pub const FERRY: u8 = 7;

const fn group(rank: u8) -> u8 {
    match rank {
        0..=2 => 0,
        3 | 4 | FERRY => 1,
        5 => 2,
        _ => 3,
    }
}

fn first_zooms(stretches: usize) -> [f64; 4] {
    let ease = if stretches < FEW { 1.0 } else { 0.0 };
    FIRST_ZOOMS.map(|zoom| (zoom - ease).max(0.0))
}

/// Is a road of this class drawn at a zoom, on a network of so many stretches?
#[must_use]
pub fn is_drawn(class: RoadClass, zoom: f64, stretches: usize) -> bool {
    zoom >= first_zooms(stretches)[usize::from(group(rank(class)))]
}

/// Everything that can be drawn of a network.
pub struct RoadScene {
    graph: Arc<Graph>,
    pub lines: LineSet,
    /// The first way of each road layer, in the order of the project.
    way_starts: Vec<usize>,
}

impl RoadScene {
    /// The roads of a result; `previous` is used again while the network is the same.
    #[must_use]
    pub fn of(results: &Results, previous: Option<&Arc<Self>>) -> Option<Arc<Self>> {
        let network = crate::app::streets::network(results)?;
        if let Some(previous) = previous.filter(|previous| Arc::ptr_eq(&previous.graph, &network.graph)) {
            return Some(Arc::clone(previous));
        }
        let layers = results.project.roads.iter().scan(0, |next, layer| {
            let start = *next;
            *next += layer.roads.ways.len();
            Some(start)
        });
        Some(Arc::new(Self::new(network, layers.collect())))
    }

    fn new(network: &RoadNetwork, way_starts: Vec<usize>) -> Self {
        let graph = Arc::clone(&network.graph);
        let sources: Vec<Source> = (0u32..)
            .zip(&graph.stretches)
            .map(|(tag, stretch)| {
                let style = rank(stretch.class);
                Source { tag, style, group: group(style) }
            })
            .collect();
        let first_zooms = first_zooms(sources.len());
        let lines = LineSet::new(&sources, &first_zooms, |tag, out| {
            out.extend(graph.vertices[graph.vertex_range(tag)].iter().map(|point| mercator(point.place())));
        });
        Self { graph, lines, way_starts }
    }

    /// The road layer of a stretch, by its place in the project.
    #[must_use]
    pub fn layer_of(&self, stretch: u32) -> usize {
        let way = self.graph.way_along(stretch, 0) as usize;
        self.way_starts.partition_point(|start| *start <= way).saturating_sub(1)
    }

    /// The stretch nearest to a point, no farther than `within`, in units of the Mercator square.
    #[must_use]
    pub fn at(&self, zoom: f64, point: Mercator, within: f64) -> Option<u32> {
        let window = ([point[0] - within, point[1] - within], [point[0] + within, point[1] + within]);
        let mut best = (within, None);
        for chunk in self.lines.seen(zoom, window) {
            for (line, points) in chunk.lines() {
                for (a, b) in points.clone().zip(points.skip(1)) {
                    let off = off_line(point, a, b);
                    if off < best.0 {
                        best = (off, Some(line.tag));
                    }
                }
            }
        }
        best.1
    }
}
