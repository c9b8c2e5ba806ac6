//! Which roads can be reached from a place, or lead to it, within a limit?
//! Answers in stretches and parts of them, never as an area: land without roads is not reached.

use super::graph::NONE;
use super::roadnet::{Heading, RoadNetwork, Terms};
use super::route::Step;
use super::search::{FAR, Key, Tree};
use super::snap::Snap;
use crate::progress::{Cancelled, Progress};

impl RoadNetwork {
    /// The parts of stretches within a limit of a place, each once, in the order of the stretches.
    ///
    /// With [`Heading::ToSite`] the place is a service that people travel to, with [`Heading::FromSite`] they start
    /// there. A part is reached as far as the limit lasts; a
    /// stretch with a closed part only from the place itself.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    ///
    /// # Complexity
    /// A search as far as the limit, and a look at each stretch that begins at a node reached.
    pub fn reach(
        &self,
        snap: &Snap,
        limit: Key,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Vec<Step>, Cancelled> {
        let mut tree = Tree::default();
        self.tree_from(&mut tree, snap, limit, terms, progress)?;
        let (out, inn) = self.arcs();
        let arcs = if terms.heading == Heading::ToSite { inn } else { out };
        // How far each lane is reached from the end where the search enters it, centimetres.
        let mut reached: Vec<(u32, u32)> = Vec::new();
        for node in tree.touched() {
            let key = tree.key(*node);
            if key == FAR || key > limit {
                continue;
            }
            for at in arcs.range(*node) {
                let lane = arcs.lanes[at];
                if lane != NONE && arcs.arcs[at].ms != super::CLOSED {
                    reached.push((lane, self.lasts(lane, key, limit, terms)));
                }
            }
        }
        self.own_stretch(snap, terms, &mut reached);
        reached.sort_unstable();
        let mut steps: Vec<Step> = Vec::new();
        for lanes in reached.chunk_by(|a, b| a.0 / 2 == b.0 / 2) {
            self.joined(lanes, terms.heading, &mut steps);
        }
        self.add_start(snap, limit, terms, &mut steps);
        Ok(merged(steps))
    }

    /// How far from the end where the search enters a lane what is left of the limit lasts, centimetres.
    fn lasts(&self, lane: u32, key: Key, limit: Key, terms: Terms) -> u32 {
        let whole = self.graph.stretches[lane as usize / 2].cm;
        let entry = if Self::enters_at_tail(lane, terms.heading) { 0 } else { whole };
        self.farthest(lane, entry, key, limit, terms).abs_diff(entry)
    }

    /// The position farthest from `entry`, away from where the search comes from, that is still within the limit.
    fn farthest(&self, lane: u32, entry: u32, key: Key, limit: Key, terms: Terms) -> u32 {
        let stretch = lane / 2;
        let whole = self.graph.stretches[stretch as usize].cm;
        let spent = (limit >> 32).saturating_sub(key >> 32);
        let is_upwards = Self::enters_at_tail(lane, terms.heading);
        let is_within = |away: u32| {
            let at = if is_upwards { entry + away } else { entry - away };
            let (low, high) =
                (self.graph.ms_along(stretch, entry.min(at)), self.graph.ms_along(stretch, entry.max(at)));
            let ms = if lane.is_multiple_of(2) { high.0 - low.0 } else { high.1 - low.1 };
            let step = terms.by.key(self.overlay().slowed(stretch, ms), away);
            step >> 32 <= spent
        };
        let (mut least, mut most) = (0, if is_upwards { whole - entry } else { entry });
        if is_within(most) {
            least = most;
        }
        while least < most {
            let middle = least + (most - least).div_ceil(2);
            if is_within(middle) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        if is_upwards { entry + least } else { entry - least }
    }

    /// The stretch of the place itself is entered in its middle; its ends are found by the search.
    fn own_stretch(&self, snap: &Snap, terms: Terms, reached: &mut [(u32, u32)]) {
        // A lane entered from its end beyond the place reaches back to it at most.
        let whole = self.graph.stretches[snap.stretch as usize].cm;
        for (lane, cm) in reached.iter_mut().filter(|(lane, _)| lane / 2 == snap.stretch) {
            let is_from_tail = Self::enters_at_tail(*lane, terms.heading);
            *cm = (*cm).min(if is_from_tail { snap.cm } else { whole - snap.cm });
        }
    }

    /// Does the search enter a lane where its stretch begins? Against the direction of travel it enters at the end.
    const fn enters_at_tail(lane: u32, heading: Heading) -> bool {
        let runs_forward = lane.is_multiple_of(2);
        match heading {
            Heading::FromSite => runs_forward,
            Heading::ToSite => !runs_forward,
        }
    }

    /// The parts of one stretch reached from either end.
    fn joined(&self, lanes: &[(u32, u32)], heading: Heading, steps: &mut Vec<Step>) {
        let stretch = lanes[0].0 / 2;
        let whole = self.graph.stretches[stretch as usize].cm;
        let (mut from_tail, mut from_head) = (0, 0);
        for (lane, cm) in lanes {
            if Self::enters_at_tail(*lane, heading) {
                from_tail = from_tail.max(*cm);
            } else {
                from_head = from_head.max(*cm);
            }
        }
        let part = |from_cm, to_cm| Step { stretch, from_cm, to_cm, is_backward: false };
        if from_tail + from_head >= whole {
            steps.push(part(0, whole));
            return;
        }
        if from_tail > 0 {
            steps.push(part(0, from_tail));
        }
        if from_head > 0 {
            steps.push(part(whole - from_head, whole));
        }
    }

    /// From the place along its own stretch to both sides.
    fn add_start(&self, snap: &Snap, limit: Key, terms: Terms, steps: &mut Vec<Step>) {
        let access = self.access_key(snap, terms);
        if access > limit {
            return;
        }
        let stretch = &self.graph.stretches[snap.stretch as usize];
        let over = self.overlay().of(snap.stretch);
        let (mut low, mut high) = (snap.cm, snap.cm);
        for lane in [snap.stretch * 2, snap.stretch * 2 + 1] {
            if !stretch.allows(lane % 2) {
                continue;
            }
            let end = self.farthest(lane, snap.cm, access, limit, terms);
            if over.is_some_and(|over| !over.is_open(snap.cm, end)) {
                continue;
            }
            low = low.min(end);
            high = high.max(end);
        }
        if high > low {
            steps.push(Step { stretch: snap.stretch, from_cm: low, to_cm: high, is_backward: false });
        }
    }
}

/// Parts that overlap or touch become one.
fn merged(mut steps: Vec<Step>) -> Vec<Step> {
    steps.sort_unstable_by_key(|step| (step.stretch, step.from_cm, step.to_cm));
    let mut out: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match out.last_mut() {
            Some(last) if last.stretch == step.stretch && step.from_cm <= last.to_cm => {
                last.to_cm = last.to_cm.max(step.to_cm);
            }
            _ => out.push(step),
        }
    }
    out
}
