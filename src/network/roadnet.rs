//! The network as it can be travelled today: a graph, its snap index and the closures over it.
//! Answers for places that have been snapped; what a pair costs never depends on what else is asked.

use std::sync::Arc;

use rayon::prelude::*;

use super::closures::{Cut, Overlay};
use super::graph::{Adjacency, Graph, Piece};
use super::search::{ArcRange, By};
use super::snap::{Snap, SnapIndex};
use super::water::Water;
use crate::geometry::LonLat;
use crate::model::roads::{RoadClass, Roads};
use crate::model::{Mode, TravelProfile};
use crate::progress::{Cancelled, Progress};
use crate::units::Metres;

/// Who travels to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heading {
    /// People travel to the service.
    #[default]
    ToSite,
    /// The service travels to people, as rescue does.
    FromSite,
}

/// What a question counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub by: By,
    pub heading: Heading,
    /// Does the way between place and road count?
    pub counts_access: bool,
}

/// A place on the network, or the length to the nearest road where that is too far to count.
pub type Snapped = Result<Snap, Option<Metres>>;

/// A site of a question.
#[derive(Debug, Clone, Copy)]
pub struct Site {
    pub snap: Snap,
    /// Added to the time before anybody moves: turnout; milliseconds.
    pub head_start_ms: u32,
}

/// Roads for one profile, with closures.
#[derive(Clone)]
pub struct RoadNetwork {
    pub roads: Arc<Roads>,
    pub graph: Arc<Graph>,
    index: Arc<SnapIndex>,
    overlay: Arc<Overlay>,
    out: Arc<Adjacency>,
    inn: Arc<Adjacency>,
    range: ArcRange,
    /// What a walk to a road does not cross.
    water: Option<Arc<Water>>,
}

impl RoadNetwork {
    /// The same network beside water: places are put on a road of their own side, where there is one.
    #[must_use]
    pub fn beside(self, water: Option<Arc<Water>>) -> Self {
        Self { water: water.filter(|water| !water.is_empty()), ..self }
    }

    #[must_use]
    pub const fn water(&self) -> Option<&Arc<Water>> {
        self.water.as_ref()
    }

    /// Prepares roads for one profile.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn build(
        roads: Arc<Roads>,
        profile: &TravelProfile,
        mode: Mode,
        progress: &dyn Progress,
    ) -> Result<Self, Cancelled> {
        let mut graph = Graph::build(&roads, profile, mode, progress)?;
        let index = SnapIndex::new(&graph);
        let (out, inn) = (std::mem::take(&mut graph.out), std::mem::take(&mut graph.inn));
        Ok(Self::of_parts(roads, graph, index, out, inn))
    }

    pub(super) fn of_parts(
        roads: Arc<Roads>,
        graph: Graph,
        index: SnapIndex,
        out: Adjacency,
        inn: Adjacency,
    ) -> Self {
        Self {
            roads,
            range: ArcRange::of(&out),
            graph: Arc::new(graph),
            index: Arc::new(index),
            overlay: Arc::default(),
            out: Arc::new(out),
            inn: Arc::new(inn),
            water: None,
        }
    }

    /// The same network with other closures. `base` must be without any.
    ///
    /// # Complexity
    /// One pass over the arcs.
    #[must_use]
    pub fn with_cuts(base: &Self, cuts: &[Cut]) -> Self {
        let overlay = Overlay::new(&base.graph, cuts);
        if overlay.is_empty() {
            return base.clone();
        }
        let (out, inn) = rayon::join(|| overlay.laid_over(&base.out), || overlay.laid_over(&base.inn));
        Self {
            range: ArcRange::of(&out),
            out: Arc::new(out),
            inn: Arc::new(inn),
            overlay: Arc::new(overlay),
            ..base.clone()
        }
    }

    #[must_use]
    pub const fn arcs(&self) -> (&Arc<Adjacency>, &Arc<Adjacency>) {
        (&self.out, &self.inn)
    }

    #[must_use]
    pub const fn range(&self) -> ArcRange {
        self.range
    }

    #[must_use]
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// The point of a road that stands for a place.
    ///
    /// # Errors
    /// The length to the nearest road where that is too far, if one is near at all.
    pub fn snap(&self, place: LonLat, limit: Metres) -> Snapped {
        self.index.snap(&self.graph, place, limit, self.water.as_deref())
    }

    /// The point of whichever road is nearest, be it on a small piece, a motorway or a ferry.
    #[must_use]
    pub fn snap_to_any(&self, place: LonLat, limit: Metres) -> Option<Snap> {
        self.index.snap_to_any(&self.graph, place, limit)
    }

    pub(super) fn index(&self) -> &SnapIndex {
        &self.index
    }

    /// The point of the nearest road of certain classes.
    #[must_use]
    pub fn snap_to_class(
        &self,
        place: LonLat,
        limit: Metres,
        is_wanted: impl Fn(RoadClass) -> bool,
    ) -> Option<Snap> {
        self.index.snap_to(&self.graph, place, limit, is_wanted)
    }

    /// The same for many places.
    #[must_use]
    pub fn snap_all(&self, places: &[LonLat], limit: Metres) -> Vec<Snapped> {
        places.par_iter().with_min_len(256).map(|place| self.snap(*place, limit)).collect()
    }

    pub(super) fn search_arcs(&self, heading: Heading) -> &Adjacency {
        match heading {
            // Sites are searched from, against the direction of travel.
            Heading::ToSite => &self.inn,
            Heading::FromSite => &self.out,
        }
    }

    /// The arcs against those of a search.
    pub(super) fn opposite_arcs(&self, heading: Heading) -> &Adjacency {
        match heading {
            Heading::ToSite => &self.out,
            Heading::FromSite => &self.inn,
        }
    }

    /// The strongly connected piece on which a snapped place lies; `None` where one can only leave or only arrive.
    #[must_use]
    pub fn piece_of(&self, snap: &Snap) -> Option<Piece> {
        let piece = self.graph.stretch_pieces[snap.stretch as usize];
        self.graph.pieces.get(piece as usize).copied()
    }

    /// Is a stretch closed anywhere?
    #[must_use]
    pub fn is_closed(&self, stretch: u32) -> bool {
        self.overlay.of(stretch).is_some_and(|over| !over.closed.is_empty())
    }
}
