//! How is a network that took a while to prepare kept and found again? As bytes, with what it was made of.
//! Does not know where the bytes lie.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::graph::{Adjacency, Graph, NONE};
use super::roadnet::RoadNetwork;
use super::snap::SnapIndex;
use crate::model::roads::Roads;
use crate::model::{Mode, TravelProfile};

/// Changes whenever networks are made differently of the same roads.
pub const KEPT_VERSION: u32 = 4;

/// A network in three parts, which are read side by side.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    version: u32,
    /// What the roads were read from.
    of: &'a str,
    #[serde(with = "as_bytes")]
    graph: Cow<'a, [u8]>,
    #[serde(with = "as_bytes")]
    index: Cow<'a, [u8]>,
    #[serde(with = "as_bytes")]
    arcs: Cow<'a, [u8]>,
}

/// Bytes as they are, not one by one.
mod as_bytes {
    use std::borrow::Cow;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, [u8]>, D::Error> {
        <&[u8]>::deserialize(deserializer).map(Cow::Borrowed)
    }
}

impl RoadNetwork {
    /// The network as bytes. `of` tells what its roads were read from; closures are not kept.
    #[must_use]
    pub fn to_kept(&self, of: &str) -> Option<Vec<u8>> {
        if !self.overlay().is_empty() {
            return None;
        }
        let (out, inn) = self.arcs();
        let kept = Kept {
            version: KEPT_VERSION,
            of,
            graph: postcard::to_stdvec(&*self.graph).ok()?.into(),
            index: postcard::to_stdvec(self.index()).ok()?.into(),
            arcs: postcard::to_stdvec(&(&**out, &**inn)).ok()?.into(),
        };
        postcard::to_stdvec(&kept).ok()
    }

    /// The network of these bytes, if it was made of the same roads for the same profile.
    #[must_use]
    pub fn from_kept(
        bytes: &[u8],
        of: &str,
        roads: &Arc<Roads>,
        profile: &TravelProfile,
        mode: Mode,
    ) -> Option<Self> {
        let kept: Kept<'_> = postcard::from_bytes(bytes).ok()?;
        if kept.version != KEPT_VERSION || kept.of != of {
            return None;
        }
        let (graph, (index, arcs)) = rayon::join(
            || postcard::from_bytes::<Graph>(&kept.graph).ok(),
            || {
                let index = postcard::from_bytes::<SnapIndex>(&kept.index).ok();
                (index, postcard::from_bytes::<(Adjacency, Adjacency)>(&kept.arcs).ok())
            },
        );
        let (graph, index, (out, inn)) = (graph?, index?, arcs?);
        let is_same = graph.mode == mode
            && graph.profile == *profile
            && graph.is_sound(roads, [&out, &inn])
            && index.is_sound(&graph);
        is_same.then(|| Self::of_parts(Arc::clone(roads), graph, index, out, inn))
    }
}

impl Graph {
    /// Does every number stand for something that is there? Bytes may come from anywhere.
    fn is_sound(&self, roads: &Roads, arrays: [&Adjacency; 2]) -> bool {
        let is_below = |number: u32, count: usize| (number as usize) < count;
        let (stretches, nodes) = (self.stretches.len(), self.node_junctions.len());
        self.along_cm.len() == self.vertices.len()
            && self.stretch_pieces.len() == stretches
            && self.stretch_pieces.iter().all(|piece| *piece == NONE || is_below(*piece, self.pieces.len()))
            && self.lane_heads.len() == stretches * 2
            && self.lane_tails.len() == stretches * 2
            && rises(self.stretches.iter().map(|stretch| stretch.first_vertex), self.vertices.len())
            && rises(self.stretches.iter().map(|stretch| stretch.first_part), self.parts.len())
            && self.stretches.iter().all(|stretch| {
                is_below(stretch.tail, self.junctions.len()) && is_below(stretch.head, self.junctions.len())
            })
            && (0u32..)
                .zip(&self.stretches)
                .all(|(at, _)| !self.vertex_range(at).is_empty() && !self.parts_of(at).is_empty())
            && self.parts.iter().all(|part| {
                is_below(part.way, roads.ways.len()) && is_below(part.first_vertex, self.vertices.len())
            })
            && self.node_junctions.iter().all(|junction| is_below(*junction, self.junctions.len()))
            && self.node_junctions.is_sorted()
            && self
                .lane_heads
                .iter()
                .chain(&self.lane_tails)
                .all(|node| *node == NONE || is_below(*node, nodes))
            && self
                .more_lane_tails
                .iter()
                .all(|(lane, node)| is_below(*lane, stretches * 2) && is_below(*node, nodes))
            && arrays.into_iter().all(|arcs| {
                arcs.node_count() == nodes
                    && arcs.lanes.len() == arcs.arcs.len()
                    && arcs.starts.last().is_some_and(|last| *last as usize == arcs.arcs.len())
                    && rises(arcs.starts.iter().copied(), arcs.arcs.len())
                    && arcs.arcs.iter().all(|arc| is_below(arc.to, nodes))
                    && arcs.lanes.iter().all(|lane| *lane == NONE || is_below(*lane, stretches * 2))
            })
    }
}

/// Do positions never fall, nor pass the end?
fn rises(mut starts: impl Iterator<Item = u32>, count: usize) -> bool {
    let mut last = 0;
    starts.all(|start| std::mem::replace(&mut last, start) <= start && start as usize <= count)
}
