//! Which stretches of road, when cut, cost people most or cut them off?
//! Does not know what the sites offer.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::graph::{CLOSED, NONE};
use super::roadnet::{Heading, RoadNetwork, Site, Terms};
use super::search::{FAR, Key, Seed, Tree};
use super::snap::Snap;
use crate::progress::{Cancelled, Progress};

/// What cutting one stretch does to the trips of people to their nearest site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Critical {
    pub stretch: u32,
    /// People whose trip becomes longer, or impossible.
    pub people: f64,
    /// Milliseconds and centimetres more, summed over those who still have a trip.
    pub extra_ms: f64,
    pub extra_cm: f64,
    /// People who have no trip any more.
    pub people_cut_off: f64,
}

/// Who lives where on the network.
#[derive(Debug, Clone, Copy)]
pub struct Resident {
    pub snap: Snap,
    pub people: f64,
}

/// The way of every node to its nearest site, and the nodes that depend on each arc.
struct Forest<'a> {
    network: &'a RoadNetwork,
    terms: Terms,
    tree: Tree,
    /// Nodes whose trip goes through a node, one after the other.
    children: Vec<u32>,
    child_starts: Vec<u32>,
    /// Where searches begin, by node.
    seeds: FxHashMap<u32, Key>,
    /// Residents by the nodes through which they leave, and all of their ends.
    at_node: FxHashMap<u32, Vec<u32>>,
    ends: Vec<Vec<(u32, Key)>>,
    direct: Vec<Key>,
}

impl RoadNetwork {
    /// Every stretch that people's trips to their nearest site use, with what cutting it would do, worst first:
    /// those cut off, then what is minimised summed over people.
    ///
    /// A stretch is cut as a whole; who lives on it still leaves it by its ends. Exact: each cut is answered as if
    /// the network had been searched anew without the stretch.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    ///
    /// # Complexity
    /// The sum, over stretches used, of the nodes that depend on them.
    pub fn criticality(
        &self,
        residents: &[Resident],
        sites: &[Option<Site>],
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Vec<Critical>, Cancelled> {
        let forest = Forest::grow(self, residents, sites, terms, progress)?;
        let used = forest.used_stretches();
        let count = used.len() as u64;
        let done = std::sync::atomic::AtomicU64::new(0);
        let found: Result<Vec<Option<Critical>>, Cancelled> = used
            .par_iter()
            .with_max_len(64)
            .map(|(stretch, roots)| {
                progress.check()?;
                let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if done.is_multiple_of(256) {
                    progress.report(done, count);
                }
                // The roads that lead to a gate tell what it does.
                if self.graph.is_gate(*stretch) {
                    return Ok(None);
                }
                let twins = self.twins(*stretch);
                // Of stretches that lie on one another the first stands for all.
                if twins.iter().any(|twin| twin < stretch && find(&used, *twin).is_some()) {
                    return Ok(None);
                }
                Ok(forest.without(*stretch, roots, &twins, &used, residents))
            })
            .collect();
        let mut found: Vec<Critical> = found?.into_iter().flatten().collect();
        let cost = |critical: &Critical| match terms.by {
            super::By::Time => critical.extra_ms,
            super::By::Distance => critical.extra_cm,
        };
        found.sort_by(|a, b| {
            b.people_cut_off
                .total_cmp(&a.people_cut_off)
                .then(cost(b).total_cmp(&cost(a)))
                .then(a.stretch.cmp(&b.stretch))
        });
        Ok(found)
    }
}

impl<'a> Forest<'a> {
    fn grow(
        network: &'a RoadNetwork,
        residents: &[Resident],
        sites: &[Option<Site>],
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Self, Cancelled> {
        let mut seeds: Vec<Seed> = Vec::new();
        for (number, site) in (0u32..).zip(sites) {
            if let Some(site) = site {
                network.seeds(site, number, terms, &mut seeds);
            }
        }
        let mut tree = Tree::with_parents();
        tree.grow(network.search_arcs(terms.heading), network.range(), terms.by, &seeds, FAR - 1, progress)?;
        let mut by_node: FxHashMap<u32, Key> = FxHashMap::default();
        for seed in &seeds {
            let slot = by_node.entry(seed.node).or_insert(FAR);
            *slot = (*slot).min(seed.key);
        }
        let (child_starts, children) = children(&tree, network.search_arcs(terms.heading).node_count());
        let is_leaving = terms.heading == Heading::ToSite;
        let mut at_node: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let mut ends = Vec::with_capacity(residents.len());
        let mut direct = vec![FAR; residents.len()];
        let mut on_stretch: FxHashMap<u32, Vec<&Site>> = FxHashMap::default();
        for site in sites.iter().flatten() {
            on_stretch.entry(site.snap.stretch).or_default().push(site);
        }
        for (number, resident) in (0u32..).zip(residents) {
            let mut own = Vec::with_capacity(2);
            network.each_lane_end(&resident.snap, is_leaving, terms.by, |_, node, key| own.push((node, key)));
            for (node, _) in &own {
                at_node.entry(*node).or_default().push(number);
            }
            for site in on_stretch.get(&resident.snap.stretch).into_iter().flatten() {
                let key = match terms.heading {
                    Heading::ToSite => network.direct(&resident.snap, &site.snap, terms.by),
                    Heading::FromSite => network.direct(&site.snap, &resident.snap, terms.by),
                };
                let extra = network.access_key(&site.snap, terms) + terms.by.key(site.head_start_ms, 0);
                if let Some(key) = key {
                    direct[number as usize] = direct[number as usize].min(key + extra);
                }
            }
            ends.push(own);
        }
        Ok(Self { network, terms, tree, children, child_starts, seeds: by_node, at_node, ends, direct })
    }

    /// Stretches on the way of any node, and the nodes right before them.
    fn used_stretches(&self) -> Vec<(u32, Vec<u32>)> {
        let arcs = self.network.search_arcs(self.terms.heading);
        let mut used: Vec<(u32, u32)> = Vec::new();
        for node in self.tree.touched() {
            if let Some((_, arc)) = self.tree.parent(*node)
                && arcs.lanes[arc as usize] != NONE
            {
                used.push((arcs.lanes[arc as usize] / 2, *node));
            }
        }
        used.sort_unstable();
        used.chunk_by(|a, b| a.0 == b.0)
            .map(|group| (group[0].0, group.iter().map(|(_, node)| *node).collect()))
            .collect()
    }

    fn children_of(&self, node: u32) -> &[u32] {
        let range = self.child_starts[node as usize] as usize..self.child_starts[node as usize + 1] as usize;
        &self.children[range]
    }

    /// What cutting a stretch does, with those that lie on it too; `None` if it concerns nobody.
    fn without(
        &self,
        stretch: u32,
        roots: &[u32],
        twins: &[u32],
        used: &[(u32, Vec<u32>)],
        residents: &[Resident],
    ) -> Option<Critical> {
        let mut fresh: FxHashMap<u32, Key> = FxHashMap::default();
        let mut open: Vec<u32> = roots.to_vec();
        open.extend(twins.iter().filter_map(|twin| find(used, *twin)).flatten());
        while let Some(node) = open.pop() {
            if fresh.insert(node, FAR).is_none() {
                open.extend(self.children_of(node));
            }
        }
        let mut concerned: Vec<u32> =
            fresh.keys().filter_map(|node| self.at_node.get(node)).flatten().copied().collect();
        concerned.sort_unstable();
        concerned.dedup();
        if concerned.iter().all(|number| residents[*number as usize].people <= 0.0) {
            return None;
        }
        self.search_again(|of| of == stretch || twins.contains(&of), &mut fresh);
        let mut out = Critical { stretch, people: 0.0, extra_ms: 0.0, extra_cm: 0.0, people_cut_off: 0.0 };
        for number in concerned {
            let people = residents[number as usize].people;
            let cost = |key_of: &dyn Fn(u32) -> Key| {
                let through = self.ends[number as usize].iter().filter_map(|(node, key)| {
                    let found = key_of(*node);
                    (found != FAR).then(|| found + key)
                });
                through.min().unwrap_or(FAR).min(self.direct[number as usize])
            };
            let before = cost(&|node| self.tree.key(node));
            let after = cost(&|node| fresh.get(&node).copied().unwrap_or_else(|| self.tree.key(node)));
            if after == before || people <= 0.0 {
                continue;
            }
            out.people += people;
            if after == FAR {
                out.people_cut_off += people;
                continue;
            }
            let ((ms0, cm0), (ms1, cm1)) = (self.terms.by.parts(before), self.terms.by.parts(after));
            out.extra_ms += (f64::from(ms1) - f64::from(ms0)) * people;
            out.extra_cm += (f64::from(cm1) - f64::from(cm0)) * people;
        }
        (out.people > 0.0).then_some(out)
    }

    /// Searches the nodes that lost their way again, from the rest of the network inwards (Dijkstra 1959).
    fn search_again(&self, is_cut: impl Fn(u32) -> bool, fresh: &mut FxHashMap<u32, Key>) {
        let arcs = self.network.search_arcs(self.terms.heading);
        let back = self.network.opposite_arcs(self.terms.heading);
        let by = self.terms.by;
        let mut heap: BinaryHeap<Reverse<(Key, u32)>> = BinaryHeap::new();
        #[allow(clippy::iter_over_hash_type, reason = "the heap orders them")]
        for node in fresh.keys() {
            let mut best = self.seeds.get(node).copied().unwrap_or(FAR);
            for at in back.range(*node) {
                let arc = back.arcs[at];
                let is_shut = back.lanes[at] != NONE && is_cut(back.lanes[at] / 2);
                if arc.ms == CLOSED || is_shut || fresh.contains_key(&arc.to) {
                    continue;
                }
                let key = self.tree.key(arc.to);
                if key != FAR {
                    best = best.min(key + by.key(arc.ms, arc.cm));
                }
            }
            if best != FAR {
                heap.push(Reverse((best, *node)));
            }
        }
        while let Some(Reverse((key, node))) = heap.pop() {
            match fresh.get_mut(&node) {
                Some(slot) if key < *slot => *slot = key,
                _ => continue,
            }
            for at in arcs.range(node) {
                let arc = arcs.arcs[at];
                let is_shut = arcs.lanes[at] != NONE && is_cut(arcs.lanes[at] / 2);
                if arc.ms != CLOSED && !is_shut && fresh.contains_key(&arc.to) {
                    heap.push(Reverse((key + by.key(arc.ms, arc.cm), arc.to)));
                }
            }
        }
    }
}

/// The nodes right before a stretch, where it is used.
fn find(used: &[(u32, Vec<u32>)], stretch: u32) -> Option<&[u32]> {
    let at = used.binary_search_by_key(&stretch, |(known, _)| *known).ok()?;
    Some(&used[at].1)
}

fn children(tree: &Tree, count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; count + 1];
    let parents = || tree.touched().iter().filter_map(|node| Some((*node, tree.parent(*node)?.0)));
    for (_, parent) in parents() {
        starts[parent as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut children = vec![0u32; starts[count] as usize];
    for (node, parent) in parents() {
        children[next[parent as usize] as usize] = node;
        next[parent as usize] += 1;
    }
    (starts, children)
}
