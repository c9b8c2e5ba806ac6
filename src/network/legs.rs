//! How does a place on the network get to its junctions and back? The legs between place, road and junction.
//! Does not search: that begins at the nodes named here.

use super::graph::NONE;
use super::roadnet::{Heading, RoadNetwork, Site, Terms};
use super::search::{By, Key, Seed};
use super::snap::Snap;

impl RoadNetwork {
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
    pub(super) fn each_end(&self, snap: &Snap, is_leaving: bool, by: By, mut visit: impl FnMut(u32, Key)) {
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
        let over = self.overlay().of(snap.stretch);
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
            let key = by.key(over.map_or(ms, |_| self.overlay().slowed(snap.stretch, ms)), cm);
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
            let is_shut = self.overlay().of(snap.stretch).is_some_and(|over| !over.is_open(at, at));
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
            let (out, _) = self.arcs();
            let step = out.range(first).find(|arc| out.lanes[*arc] == NONE);
            let private_end = step.map(|arc| out.arcs[arc].to);
            (first..).take(count).filter(|node| Some(*node) != private_end).for_each(&mut visit);
        }
    }

    /// The cost along one stretch, without leaving it.
    pub(super) fn direct(&self, from: &Snap, to: &Snap, by: By) -> Option<Key> {
        if from.stretch != to.stretch {
            return None;
        }
        let stretch = &self.graph.stretches[from.stretch as usize];
        let over = self.overlay().of(from.stretch);
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
        Some(by.key(over.map_or(ms, |_| self.overlay().slowed(from.stretch, ms)), from.cm.abs_diff(to.cm)))
    }

    /// Where searches from or to a site begin.
    pub(super) fn seeds(&self, site: &Site, number: u32, terms: Terms, seeds: &mut Vec<Seed>) {
        let extra = self.access_key(&site.snap, terms) + terms.by.key(site.head_start_ms, 0);
        let is_leaving = terms.heading == Heading::FromSite;
        self.each_end(&site.snap, is_leaving, terms.by, |node, key| {
            seeds.push(Seed { node, key: key + extra, site: number });
        });
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
}
