//! The network as it can be travelled today: a graph, its snap index and the closures over it.
//! Answers for places that have been snapped; what a pair costs never depends on what else is asked.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::closures::{Cut, Overlay};
use super::graph::{Adjacency, Graph, NONE, Piece};
use super::search::{ArcRange, By, FAR, Key, Label, Labels, Seed, Tree, insert};
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

    /// The time of an access leg at walking speed, milliseconds.
    #[must_use]
    pub fn access_ms(&self, access_cm: u32) -> u32 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a walk of some km in ms")]
        let ms = (f64::from(access_cm) / 100.0 / (self.graph.profile.walk_kmh / 3.6) * 1000.0).round() as u32;
        ms
    }

    pub(super) fn access_key(&self, snap: &Snap, terms: Terms) -> Key {
        if terms.counts_access { terms.by.key(self.access_ms(snap.access_cm), snap.access_cm) } else { 0 }
    }

    /// Calls with each node through which a snapped place is left or reached, and the cost between.
    fn each_end(&self, snap: &Snap, is_leaving: bool, by: By, mut visit: impl FnMut(u32, Key)) {
        self.each_lane_end(snap, is_leaving, by, |_, node, key| visit(node, key));
    }

    /// The same with the lane that is used; [`NONE`] where the place stands at the junction itself.
    #[inline]
    pub(super) fn each_lane_end(
        &self,
        snap: &Snap,
        is_leaving: bool,
        by: By,
        mut visit: impl FnMut(u32, u32, Key),
    ) {
        let graph = &*self.graph;
        let stretch = &graph.stretches[snap.stretch as usize];
        let over = self.overlay.of(snap.stretch);
        self.each_node_of_junction(snap, is_leaving, |node| visit(NONE, node, 0));
        for side in [0, 1] {
            if !stretch.allows(side) {
                continue;
            }
            // Lane 0 runs from tail to head: one leaves towards the head and arrives from the tail.
            let is_head_part = is_leaving == (side == 0);
            let (along_f, along_b) = (snap.ms_forward, snap.ms_backward);
            let before = if side == 0 { along_f } else { along_b };
            let (ms, cm) = if is_head_part {
                (stretch.ms(side).saturating_sub(before), stretch.cm - snap.cm)
            } else {
                (before, snap.cm)
            };
            let far_end = if is_head_part { stretch.cm } else { 0 };
            if over.is_some_and(|over| !over.is_open(snap.cm, far_end)) {
                continue;
            }
            let key = by.key(over.map_or(ms, |_| self.overlay.slowed(snap.stretch, ms)), cm);
            let lane = snap.stretch * 2 + side;
            if is_leaving {
                let head = graph.lane_heads[lane as usize];
                if head != NONE {
                    visit(lane, head, key);
                }
            } else {
                graph.tails_of(lane).for_each(|tail| visit(lane, tail, key));
            }
        }
    }

    /// A place at the very end of a stretch stands at the junction: it is left there by every road that begins,
    /// and reached by every road that ends. A forbidden turn binds who arrives by a road and goes on, not who sets
    /// out there, and nobody turns where the trip ends.
    fn each_node_of_junction(&self, snap: &Snap, is_leaving: bool, mut visit: impl FnMut(u32)) {
        let graph = &*self.graph;
        let stretch = &graph.stretches[snap.stretch as usize];
        // Who arrives at the end of a private road may not have come by a free one's right of way.
        if stretch.is_destination_only && !is_leaving {
            return;
        }
        for (at, junction) in [(0, stretch.tail), (stretch.cm, stretch.head)] {
            let is_shut = self.overlay.of(snap.stretch).is_some_and(|over| !over.is_open(at, at));
            if snap.cm != at || is_shut {
                continue;
            }
            // The nodes of a junction follow one another, the free one first.
            let first = graph.node_junctions.partition_point(|of| *of < junction);
            let count = graph.node_junctions[first..].iter().take_while(|of| **of == junction).count();
            let first = u32::try_from(first).unwrap_or(NONE);
            if is_leaving {
                visit(first);
                continue;
            }
            // A free step leads from the free node to the one on which only private roads end, and who came by
            // those may not go on to a free road.
            let step = self.out.range(first).find(|arc| self.out.lanes[*arc] == NONE);
            let private_end = step.map(|arc| self.out.arcs[arc].to);
            (first..).take(count).filter(|node| Some(*node) != private_end).for_each(&mut visit);
        }
    }

    /// The cost along one stretch, without leaving it.
    pub(super) fn direct(&self, from: &Snap, to: &Snap, by: By) -> Option<Key> {
        if from.stretch != to.stretch {
            return None;
        }
        let stretch = &self.graph.stretches[from.stretch as usize];
        let over = self.overlay.of(from.stretch);
        if over.is_some_and(|over| !over.is_open(from.cm, to.cm)) {
            return None;
        }
        let ms = if to.cm >= from.cm && stretch.is_forward {
            to.ms_forward - from.ms_forward
        } else if to.cm <= from.cm && stretch.is_backward {
            from.ms_backward - to.ms_backward
        } else {
            return None;
        };
        Some(by.key(over.map_or(ms, |_| self.overlay.slowed(from.stretch, ms)), from.cm.abs_diff(to.cm)))
    }

    /// Where searches from or to a site begin.
    pub(super) fn seeds(&self, site: &Site, number: u32, terms: Terms, seeds: &mut Vec<Seed>) {
        let extra = self.access_key(&site.snap, terms) + terms.by.key(site.head_start_ms, 0);
        let is_leaving = terms.heading == Heading::FromSite;
        self.each_end(&site.snap, is_leaving, terms.by, |node, key| {
            seeds.push(Seed { node, key: key + extra, site: number });
        });
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

    /// The k nearest sites of every junction.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn labels(
        &self,
        sites: &[Option<Site>],
        k: usize,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Labels, Cancelled> {
        let mut seeds = Vec::with_capacity(sites.len() * 2);
        for (number, site) in (0u32..).zip(sites) {
            if let Some(site) = site {
                self.seeds(site, number, terms, &mut seeds);
            }
        }
        Labels::find(self.search_arcs(terms.heading), self.range, terms.by, &seeds, k, progress)
    }

    /// The k nearest sites of every demand point, row-major; fewer where there are fewer.
    /// Equal costs: the shorter (or faster) trip, then the lower site number.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    ///
    /// # Complexity
    /// O(k · (nodes + arcs) + k · demand).
    pub fn nearest(
        &self,
        demand: &[Option<Snap>],
        sites: &[Option<Site>],
        k: usize,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Vec<Label>, Cancelled> {
        let labels = self.labels(sites, k, terms, progress)?;
        progress.check()?;
        Ok(self.nearest_by(&labels, demand, sites, terms))
    }

    /// The same for places that are not on the network yet: they are put on it while the search runs.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn nearest_of_places(
        &self,
        places: &[LonLat],
        limit: Metres,
        sites: &[Option<Site>],
        k: usize,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<(Vec<Snapped>, Vec<Label>), Cancelled> {
        let (labels, snaps) =
            rayon::join(|| self.labels(sites, k, terms, progress), || self.snap_all(places, limit));
        let demand: Vec<Option<Snap>> = snaps.iter().map(|snap| snap.ok()).collect();
        let found = self.nearest_by(&labels?, &demand, sites, terms);
        Ok((snaps, found))
    }

    /// The same from labels already found.
    #[must_use]
    pub fn nearest_by(
        &self,
        labels: &Labels,
        demand: &[Option<Snap>],
        sites: &[Option<Site>],
        terms: Terms,
    ) -> Vec<Label> {
        let k = labels.k();
        let mut on_stretch: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (number, site) in (0u32..).zip(sites) {
            if let Some(site) = site {
                on_stretch.entry(site.snap.stretch).or_default().push(number);
            }
        }
        let mut out = vec![Label::NONE; demand.len() * k];
        if k == 0 {
            return out;
        }
        out.par_chunks_mut(k).zip(demand).with_min_len(1024).for_each(|(slots, snap)| {
            let Some(snap) = snap else { return };
            let access = self.access_key(snap, terms);
            let is_leaving = terms.heading == Heading::ToSite;
            self.each_end(snap, is_leaving, terms.by, |node, key| {
                for label in labels.of(node).iter().take_while(|label| label.key != FAR) {
                    insert(slots, Label { key: label.key.saturating_add(key + access), site: label.site });
                }
            });
            for number in on_stretch.get(&snap.stretch).into_iter().flatten() {
                let Some(site) = &sites[*number as usize] else { continue };
                if let Some(key) = self.direct_key(snap, site, terms) {
                    insert(slots, Label { key, site: *number });
                }
            }
        });
        out
    }

    /// Grows a tree from a site, or towards it.
    pub(super) fn grow_from(
        &self,
        tree: &mut Tree,
        site: &Site,
        limit: Key,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<(), Cancelled> {
        let mut seeds = Vec::with_capacity(4);
        self.seeds(site, 0, terms, &mut seeds);
        tree.grow(self.search_arcs(terms.heading), self.range, terms.by, &seeds, limit, progress)
    }

    /// The cost between a demand point and a site on the same stretch, without leaving it; all legs counted.
    pub(super) fn direct_key(&self, snap: &Snap, site: &Site, terms: Terms) -> Option<Key> {
        let direct = match terms.heading {
            Heading::ToSite => self.direct(snap, &site.snap, terms.by),
            Heading::FromSite => self.direct(&site.snap, snap, terms.by),
        };
        let extra = self.access_key(&site.snap, terms) + terms.by.key(site.head_start_ms, 0);
        direct.map(|key| key + extra + self.access_key(snap, terms))
    }

    /// The cost between a demand point and the site a tree was grown from; [`FAR`] if there is none.
    pub(super) fn key_by(&self, tree: &Tree, snap: &Snap, site: &Site, terms: Terms) -> Key {
        let access = self.access_key(snap, terms);
        let mut best = FAR;
        self.each_end(snap, terms.heading == Heading::ToSite, terms.by, |node, key| {
            let found = tree.key(node);
            if found != FAR {
                best = best.min(found.saturating_add(key + access));
            }
        });
        if let Some(key) = self.direct_key(snap, site, terms) {
            best = best.min(key);
        }
        best
    }

    /// The nearest sites of one demand point within a limit, by a search from that point.
    /// `slots` holds the best found; the same answer as [`Self::nearest`] gives, for what lies within the limit.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    #[allow(clippy::too_many_arguments, reason = "a search, its limit and where the answer goes")]
    pub fn sites_from(
        &self,
        tree: &mut Tree,
        from: &Snap,
        sites: &[Option<Site>],
        limit: Key,
        terms: Terms,
        slots: &mut [Label],
        progress: &dyn Progress,
    ) -> Result<(), Cancelled> {
        let turned = match terms.heading {
            Heading::ToSite => Heading::FromSite,
            Heading::FromSite => Heading::ToSite,
        };
        let turned = Terms { heading: turned, ..terms };
        self.tree_from(tree, from, limit, turned, progress)?;
        let start = Site { snap: *from, head_start_ms: 0 };
        for (number, site) in (0u32..).zip(sites) {
            let Some(site) = site else { continue };
            let key = self.key_by(tree, &site.snap, &start, turned);
            if key != FAR {
                insert(slots, Label { key: key + terms.by.key(site.head_start_ms, 0), site: number });
            }
        }
        Ok(())
    }

    /// Grows a tree from a place in the direction of travel (or against it).
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn tree_from(
        &self,
        tree: &mut Tree,
        snap: &Snap,
        limit: Key,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<(), Cancelled> {
        self.grow_from(tree, &Site { snap: *snap, head_start_ms: 0 }, limit, terms, progress)
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
