//! What is the road network, ready to be searched? Junctions, stretches with their shape, arcs.
//! Immutable; closures lie over it (see `closures`). Does not know who asks what.

use serde::{Deserialize, Serialize};

use crate::geometry::LonLat;
use crate::model::roads::{RoadClass, RoadPoint};
use crate::model::{Mode, TravelProfile};

/// Stands for no stretch, no node, no way.
pub const NONE: u32 = u32::MAX;

/// A directed arc of a search, as one entry of an adjacency array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Edge {
    /// The search node it leads to (in a reversed array: comes from).
    pub to: u32,
    /// Milliseconds; [`CLOSED`] when nobody may pass.
    pub ms: u32,
    /// Centimetres.
    pub cm: u32,
}

/// The time of an arc that nobody may pass.
pub const CLOSED: u32 = u32::MAX;

/// Adjacency arrays: the arcs of node `n` are `arcs[starts[n]..starts[n + 1]]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Adjacency {
    #[serde(with = "super::words")]
    pub starts: Vec<u32>,
    #[serde(with = "super::words")]
    pub arcs: Vec<Edge>,
    /// `stretch · 2 + is_backward` of each arc; [`NONE`] for the free step between copies of a junction.
    #[serde(with = "super::words")]
    pub lanes: Vec<u32>,
}

impl Adjacency {
    #[must_use]
    pub fn range(&self, node: u32) -> std::ops::Range<usize> {
        self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize
    }

    #[must_use]
    pub fn node_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

/// A road between two junctions, without a branch.
#[allow(clippy::struct_excessive_bools, reason = "an answer for each who asks")]
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// Junctions, positions in [`Graph::junctions`].
    pub tail: u32,
    pub head: u32,
    /// Position of the first of its vertices in [`Graph::vertices`]; they end where the next stretch's begin.
    pub first_vertex: u32,
    /// Position of the first of its parts in [`Graph::parts`].
    pub first_part: u32,
    pub cm: u32,
    /// Milliseconds from tail to head and back; meaningless in a direction that is not allowed.
    pub ms_forward: u32,
    pub ms_backward: u32,
    pub class: RoadClass,
    pub is_forward: bool,
    pub is_backward: bool,
    /// Only trips that begin or end on such a road use it.
    pub is_destination_only: bool,
    /// Nobody begins or ends a trip here: a ferry, a motorway, a motor road, a tunnel, a gate.
    pub is_shut_off: bool,
}

impl Stretch {
    /// May it be travelled from tail to head (lane 0) or from head to tail (lane 1)?
    #[must_use]
    pub const fn allows(&self, lane: u32) -> bool {
        if lane == 0 { self.is_forward } else { self.is_backward }
    }

    #[must_use]
    pub const fn ms(&self, lane: u32) -> u32 {
        if lane == 0 { self.ms_forward } else { self.ms_backward }
    }
}

/// A part of a stretch that is one way of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Position in the ways of the roads read.
    pub way: u32,
    /// Position in [`Graph::vertices`].
    pub first_vertex: u32,
    /// Milliseconds from the tail to where the part begins, and from there back to the tail.
    pub ms_forward: u32,
    pub ms_backward: u32,
    pub is_along_way: bool,
}

/// A strongly connected piece of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Piece {
    /// Road within the piece, metres.
    pub road_m: u64,
    pub junctions: u32,
}

/// The network for one profile.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Graph {
    pub mode: Mode,
    pub profile: TravelProfile,
    /// Where the junctions are.
    #[serde(with = "super::words")]
    pub junctions: Vec<RoadPoint>,
    pub stretches: Vec<Stretch>,
    #[serde(with = "super::words")]
    pub vertices: Vec<RoadPoint>,
    /// Centimetres from the stretch's tail, one a vertex.
    #[serde(with = "super::words")]
    pub along_cm: Vec<u32>,
    pub parts: Vec<Part>,
    /// The piece of each stretch; [`NONE`] where one can only leave or only arrive.
    #[serde(with = "super::words")]
    pub stretch_pieces: Vec<u32>,
    /// Largest first.
    pub pieces: Vec<Piece>,
    /// Where the arcs of a search lead, by where they begin; search nodes are junctions and their copies.
    pub out: Adjacency,
    /// The same arcs by where they lead.
    pub inn: Adjacency,
    /// The junction of each search node.
    #[serde(with = "super::words")]
    pub node_junctions: Vec<u32>,
    /// By lane: the search node reached when a stretch is left at its end. [`NONE`] = not allowed.
    #[serde(with = "super::words")]
    pub lane_heads: Vec<u32>,
    /// By lane: the search node from which a stretch is entered to end on it.
    #[serde(with = "super::words")]
    pub lane_tails: Vec<u32>,
    /// Further search nodes for the same: (lane, node), sorted.
    pub more_lane_tails: Vec<(u32, u32)>,
    /// Turn restrictions obeyed.
    pub turns_obeyed: u32,
}

impl Graph {
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.out.node_count()
    }

    /// The positions of a stretch's vertices.
    #[must_use]
    pub fn vertex_range(&self, stretch: u32) -> std::ops::Range<usize> {
        let at = stretch as usize;
        let end = self.stretches.get(at + 1).map_or(self.vertices.len(), |next| next.first_vertex as usize);
        self.stretches[at].first_vertex as usize..end
    }

    #[must_use]
    pub fn parts_of(&self, stretch: u32) -> &[Part] {
        let at = stretch as usize;
        let end = self.stretches.get(at + 1).map_or(self.parts.len(), |next| next.first_part as usize);
        &self.parts[self.stretches[at].first_part as usize..end]
    }

    /// Milliseconds from the tail to a position along a stretch, and from there back to the tail.
    #[must_use]
    pub fn ms_along(&self, stretch: u32, cm: u32) -> (u32, u32) {
        let whole = &self.stretches[stretch as usize];
        let parts = self.parts_of(stretch);
        let starts = |part: &Part| self.along_cm[part.first_vertex as usize];
        let at = parts.partition_point(|part| starts(part) <= cm).saturating_sub(1);
        let part = &parts[at];
        let (end_cm, end_f, end_b) =
            parts.get(at + 1).map_or((whole.cm, whole.ms_forward, whole.ms_backward), |next| {
                (starts(next), next.ms_forward, next.ms_backward)
            });
        let (from, span) = (starts(part), end_cm.saturating_sub(starts(part)));
        let share = if span == 0 { 0.0 } else { f64::from(cm - from) / f64::from(span) };
        let between = |a: u32, b: u32| {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "lies between two u32"
            )]
            let ms = (f64::from(b) - f64::from(a)).mul_add(share, f64::from(a)).round() as u32;
            ms
        };
        (between(part.ms_forward, end_f), between(part.ms_backward, end_b))
    }

    /// The place at a position along a stretch.
    #[must_use]
    pub fn place_along(&self, stretch: u32, cm: u32) -> LonLat {
        let range = self.vertex_range(stretch);
        if range.len() < 2 {
            return self.vertices[range.start].place();
        }
        let along = &self.along_cm[range.clone()];
        let at = along.partition_point(|c| *c <= cm).clamp(1, along.len() - 1) - 1;
        let (a, b) = (self.vertices[range.start + at].place(), self.vertices[range.start + at + 1].place());
        let span = along[at + 1] - along[at];
        let t = if span == 0 { 0.0 } else { f64::from(cm.saturating_sub(along[at])) / f64::from(span) };
        let t = t.min(1.0);
        LonLat::new((b.lon - a.lon).mul_add(t, a.lon), (b.lat - a.lat).mul_add(t, a.lat))
    }

    /// Is a stretch a gate, a point that one passes?
    #[must_use]
    pub fn is_gate(&self, stretch: u32) -> bool {
        self.vertex_range(stretch).len() < 2
    }

    /// The way at a position along a stretch.
    #[must_use]
    pub fn way_along(&self, stretch: u32, cm: u32) -> u32 {
        let parts = self.parts_of(stretch);
        let at = parts.partition_point(|part| self.along_cm[part.first_vertex as usize] <= cm);
        parts[at.saturating_sub(1)].way
    }

    /// The search nodes from which a lane is entered.
    pub fn tails_of(&self, lane: u32) -> impl Iterator<Item = u32> + '_ {
        let from = self.more_lane_tails.partition_point(|(l, _)| *l < lane);
        let more = self.more_lane_tails[from..].iter().take_while(move |(l, _)| *l == lane).map(|(_, n)| *n);
        let first = self.lane_tails[lane as usize];
        (first != NONE).then_some(first).into_iter().chain(more)
    }
}

impl super::words::Words for Edge {
    const COUNT: usize = 3;
    fn put(&self, mut each: impl FnMut(u32)) {
        each(self.to);
        each(self.ms);
        each(self.cm);
    }
    fn get(words: &[u32]) -> Self {
        Self { to: words[0], ms: words[1], cm: words[2] }
    }
}
