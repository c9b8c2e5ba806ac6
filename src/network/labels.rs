//! Which services are nearest to every junction?
//!
//! Junctions are numbered along a Hilbert curve, so a run of numbers is a *tile* of land. Labels spread within a tile
//! as far as its border, from a window of costs to the next, while all that is read of the tile stays in the
//! processor's nearest cache; what crosses a border is handed over between two steps. Tiles of a step are searched side
//! by side. As in `search` nothing depends on the order: labels only fall, and the k smallest of every junction
//! are unique (cost, then the other measure, then service). So neither tiles nor threads decide an answer.
//!
//! The buckets are those of Meyer & Sanders, *Δ-stepping: a parallelizable shortest path algorithm* (2003).

use rayon::prelude::*;

use super::graph::{Adjacency, CLOSED, Edge};
use super::search::{ArcRange, BETWEEN_LOOKS, By, FAR, Key, Label, Seed, bucket_shift, insert};
use super::window::{BUCKETS, Waiting, Window};
use crate::progress::{Cancelled, Progress};

/// The k nearest services of every node, nearest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    k: usize,
    labels: Vec<Label>,
}

/// Bytes of a tile: labels, arcs and where they begin, a part of a core's own cache in any processor of today.
const TILE_BYTES: usize = 1 << 19;

/// Bytes of a node's arcs and where they begin, about.
const NODE_BYTES: usize = 48;

/// Smaller tiles would be all border.
const LEAST_TILE: usize = 1 << 11;

/// Nodes of a tile.
const fn tile_nodes(k: usize) -> usize {
    let fitting = TILE_BYTES / (k * size_of::<Label>() + NODE_BYTES);
    if fitting < LEAST_TILE { LEAST_TILE } else { fitting.next_power_of_two() }
}

impl Labels {
    /// Finds the k nearest services of every node.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    ///
    /// # Complexity
    /// O(k · (nodes + arcs)) as long as few labels are corrected.
    pub fn find(
        arcs: &Adjacency,
        range: ArcRange,
        by: By,
        seeds: &[Seed],
        k: usize,
        progress: &dyn Progress,
    ) -> Result<Self, Cancelled> {
        let search = Search { arcs, by, shift: bucket_shift(range.mean(by)), k, progress };
        search.find(seeds, tile_nodes(k))
    }

    /// The labels of a node; [`Label::NONE`] where there are fewer than k.
    #[inline]
    #[must_use]
    pub fn of(&self, node: u32) -> &[Label] {
        &self.labels[node as usize * self.k..][..self.k]
    }

    #[must_use]
    pub const fn k(&self) -> usize {
        self.k
    }
}

/// What a search is about.
struct Search<'a> {
    arcs: &'a Adjacency,
    by: By,
    /// See [`bucket_shift`].
    shift: u32,
    k: usize,
    progress: &'a dyn Progress,
}

impl Search<'_> {
    fn find(&self, seeds: &[Seed], tile_nodes: usize) -> Result<Labels, Cancelled> {
        let (k, slots) = (self.k, self.arcs.node_count() * self.k);
        if slots <= tile_nodes * k {
            let labels = vec![Label::NONE; slots];
            return self.settle(labels, tile_nodes, seeds);
        }
        // Threads are gone over to once, not at every step. They touch memory first: that the system has to hand it
        // out is a good part of the work.
        rayon::scope(|_| {
            let labels = (0..slots).into_par_iter().with_min_len(1 << 14).map(|_| Label::NONE).collect();
            self.settle(labels, tile_nodes, seeds)
        })
    }

    fn settle(&self, mut labels: Vec<Label>, tile_nodes: usize, seeds: &[Seed]) -> Result<Labels, Cancelled> {
        let k = self.k;
        if k > 0 {
            let parts = (0u32..).step_by(tile_nodes).zip(labels.chunks_mut(tile_nodes * k));
            let mut tiles: Vec<Tile<'_>> = parts.map(|(first, labels)| Tile::new(first, labels)).collect();
            self.spread(&mut tiles, tile_nodes, seeds)?;
        }
        Ok(Labels { k, labels })
    }

    /// Settles tiles from window to window until nothing is left to hand over.
    fn spread(&self, tiles: &mut [Tile<'_>], tile_nodes: usize, seeds: &[Seed]) -> Result<(), Cancelled> {
        let post = |tiles: &mut [Tile<'_>], waiting: Waiting| {
            let tile = &mut tiles[waiting.node as usize / tile_nodes];
            tile.least = tile.least.min(waiting.key);
            tile.inbox.push(waiting);
        };
        for seed in seeds {
            post(tiles, Waiting { key: seed.key, node: seed.node, site: seed.site });
        }
        let mut window = Window::new(self.shift);
        loop {
            let least = tiles.iter().map(|tile| tile.least).min().unwrap_or(FAR);
            if least == FAR {
                return Ok(());
            }
            window.open(least);
            let last = window.last;
            let mut busy: Vec<&mut Tile<'_>> = tiles.iter_mut().filter(|tile| tile.least <= last).collect();
            if let [tile] = busy.as_mut_slice() {
                tile.settle(self, &mut window)?;
            } else {
                busy.into_par_iter().try_for_each_init(
                    || Window::new(self.shift),
                    |window, tile| {
                        window.open(least);
                        tile.settle(self, window)
                    },
                )?;
            }
            for at in 0..tiles.len() {
                let mut outbox = std::mem::take(&mut tiles[at].outbox);
                outbox.drain(..).for_each(|waiting| post(tiles, waiting));
                tiles[at].outbox = outbox;
            }
        }
    }
}

/// Neighbouring nodes and their labels.
struct Tile<'a> {
    first: u32,
    labels: &'a mut [Label],
    /// Labels beyond the window.
    later: Vec<Waiting>,
    /// What came over the border, and what goes.
    inbox: Vec<Waiting>,
    outbox: Vec<Waiting>,
    /// No label that waits is smaller.
    least: Key,
}

impl<'a> Tile<'a> {
    const fn new(first: u32, labels: &'a mut [Label]) -> Self {
        Self { first, labels, later: Vec::new(), inbox: Vec::new(), outbox: Vec::new(), least: FAR }
    }

    /// Spreads all that waits within the window.
    fn settle(&mut self, search: &Search<'_>, window: &mut Window) -> Result<(), Cancelled> {
        search.progress.check()?;
        // One label a node is what is asked most, and then comparing them needs no branch.
        if search.k == 1 { self.spread::<1>(search, window) } else { self.spread::<0>(search, window) }
    }

    /// `K` is the number of labels a node has; 0 = as many as the search says.
    #[inline(never)]
    fn spread<const K: usize>(&mut self, search: &Search<'_>, window: &mut Window) -> Result<(), Cancelled> {
        let k = if K == 0 { search.k } else { K };
        self.take_in(k, window);
        let mut handled = 0u32;
        for bucket in 0..BUCKETS {
            while let Some(from) = window.pop(bucket) {
                handled = handled.wrapping_add(1);
                if handled.is_multiple_of(BETWEEN_LOOKS) {
                    search.progress.check()?;
                }
                // Displaced by a better one since.
                if !self.slots(from.node, k).contains(&from.label()) {
                    continue;
                }
                let arcs = &search.arcs.arcs[search.arcs.range(from.node)];
                if K == 1 {
                    self.relax_one(arcs, search.by, from, window);
                    continue;
                }
                for arc in arcs.iter().filter(|arc| arc.ms != CLOSED) {
                    let key = from.key.saturating_add(search.by.key(arc.ms, arc.cm));
                    self.offer(Waiting { key, node: arc.to, site: from.site }, k, window);
                }
            }
        }
        Ok(())
    }

    /// Passes a label on where a node has just one. Whether it is better at the far end of an arc cannot be foreseen:
    /// so it is compared without a branch, and only what is better is looked at again.
    #[inline]
    #[allow(clippy::needless_bitwise_bool, reason = "no branches")]
    fn relax_one(&mut self, arcs: &[Edge], by: By, from: Waiting, window: &mut Window) {
        for arcs in arcs.chunks(AT_ONCE) {
            let mut better = [from; AT_ONCE];
            let mut count = 0;
            for arc in arcs {
                let key = from.key.saturating_add(by.key(arc.ms, arc.cm));
                let there = arc.to.wrapping_sub(self.first) as usize;
                let old = self.labels.get(there).copied().unwrap_or(Label::NONE);
                let is_better = (key < old.key) | ((key == old.key) & (from.site < old.site));
                better[count % AT_ONCE] = Waiting { key, node: arc.to, ..from };
                count += usize::from(is_better & (arc.ms != CLOSED));
            }
            for waiting in &better[..count] {
                self.offer(*waiting, 1, window);
            }
        }
    }

    /// The labels of a node of this tile.
    #[inline]
    fn slots(&mut self, node: u32, k: usize) -> &mut [Label] {
        &mut self.labels[(node - self.first) as usize * k..][..k]
    }

    /// Takes a label in, or hands it on to where it belongs.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "a fifth of the whole search otherwise")]
    fn offer(&mut self, waiting: Waiting, k: usize, window: &mut Window) {
        if waiting.key == FAR {
            return;
        }
        if (waiting.node.wrapping_sub(self.first) as usize) * k >= self.labels.len() {
            self.outbox.push(waiting);
        } else if insert(self.slots(waiting.node, k), waiting.label()) {
            self.keep(waiting, window);
        }
    }

    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as above")]
    fn keep(&mut self, waiting: Waiting, window: &mut Window) {
        if waiting.key <= window.last {
            window.push(waiting);
        } else {
            self.least = self.least.min(waiting.key);
            self.later.push(waiting);
        }
    }

    /// Fills the window with what waits.
    fn take_in(&mut self, k: usize, window: &mut Window) {
        self.least = FAR;
        let mut inbox = std::mem::take(&mut self.inbox);
        inbox.drain(..).for_each(|waiting| self.offer(waiting, k, window));
        self.inbox = inbox;
        for waiting in std::mem::take(&mut self.later) {
            if self.slots(waiting.node, k).contains(&waiting.label()) {
                self.keep(waiting, window);
            }
        }
    }
}

/// Arcs that are looked at together.
const AT_ONCE: usize = 8;

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;

    use proptest::prelude::*;

    use super::*;
    use crate::progress::Unwatched;

    /// From, to, both measures; some arcs cost nothing, some are closed, some lie twice.
    type Arc = (u32, u32, u32, u32);

    const NODES: u32 = 40;

    fn adjacency(arcs: &[Arc]) -> Adjacency {
        let mut out = Adjacency::default();
        for node in 0..NODES {
            out.starts.push(u32::try_from(out.arcs.len()).expect("few"));
            let own = arcs.iter().filter(|arc| arc.0 == node);
            out.arcs.extend(own.map(|&(_, to, ms, cm)| Edge { to, ms, cm }));
        }
        out.starts.push(u32::try_from(out.arcs.len()).expect("few"));
        out.lanes = vec![0; out.arcs.len()];
        out
    }

    /// Plain Dijkstra from every service; of each node the k smallest.
    fn plain(arcs: &Adjacency, by: By, seeds: &[Seed], k: usize) -> Vec<Label> {
        let mut found: Vec<Vec<Label>> = vec![Vec::new(); arcs.node_count()];
        for site in 0..=seeds.iter().map(|seed| seed.site).max().unwrap_or(0) {
            let mut keys = vec![FAR; arcs.node_count()];
            let own = seeds.iter().filter(|seed| seed.site == site);
            let mut heap: BinaryHeap<_> = own.map(|seed| Reverse((seed.key, seed.node))).collect();
            while let Some(Reverse((key, node))) = heap.pop() {
                if key >= keys[node as usize] {
                    continue;
                }
                keys[node as usize] = key;
                found[node as usize].push(Label { key, site });
                for arc in arcs.arcs[arcs.range(node)].iter().filter(|arc| arc.ms != CLOSED) {
                    heap.push(Reverse((key + by.key(arc.ms, arc.cm), arc.to)));
                }
            }
        }
        let best = found.into_iter().flat_map(|mut labels| {
            labels.sort_unstable();
            labels.resize(k, Label::NONE);
            labels
        });
        best.collect()
    }

    fn arcs() -> impl Strategy<Value = Vec<Arc>> {
        let cost = prop_oneof![2 => Just(0u32), 4 => 1u32..4, 4 => 1u32..3_000, 1 => Just(2_000_000)];
        let ms = prop_oneof![8 => cost.clone(), 1 => Just(CLOSED)];
        // Far ends are mostly near in number, as junctions along a curve are.
        let to = (0..NODES, prop_oneof![4 => 0u32..4, 1 => 0..NODES]);
        proptest::collection::vec(
            (to, ms, cost).prop_map(|((from, step), ms, cm)| (from, (from + step) % NODES, ms, cm)),
            0..160,
        )
    }

    fn seeds() -> impl Strategy<Value = Vec<Seed>> {
        let head_start = prop_oneof![3 => Just(0u32), 2 => 0u32..5, 1 => 0u32..5_000_000];
        let seed = (0..NODES, head_start, 0u32..3, 0u32..12);
        let seed = seed.prop_map(|(node, ms, cm, site)| Seed { node, key: By::Time.key(ms, cm), site });
        proptest::collection::vec(seed, 0..24)
    }

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads")
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        /// Whatever the tiles and threads: as plain Dijkstra finds it, ties and second measures included.
        #[test]
        fn as_plain_dijkstra(
            both_ways in any::<bool>(),
            drawn in arcs(),
            seeds in seeds(),
            k in 0usize..6,
            is_time in any::<bool>(),
        ) {
            let mut drawn = drawn;
            if both_ways {
                drawn.extend(drawn.clone().into_iter().map(|(from, to, ms, cm)| (to, from, ms, cm)));
            }
            let arcs = adjacency(&drawn);
            let by = if is_time { By::Time } else { By::Distance };
            let mean = ArcRange::of(&arcs).mean(by);
            let expected = plain(&arcs, by, &seeds, k);
            let (one, four) = (pool(1), pool(4));
            for (threads, tile, shift) in [
                (&one, 1, bucket_shift(mean)),
                (&one, 64, bucket_shift(mean)),
                (&four, 7, bucket_shift(mean)),
                // Windows of a few units: nearly every label waits for a later one.
                (&four, 16, 29),
            ] {
                let search = Search { arcs: &arcs, by, shift, k, progress: &Unwatched };
                let found = threads.install(|| search.find(&seeds, tile)).expect("not stopped");
                prop_assert_eq!(&found.labels, &expected, "tiles of {} nodes", tile);
            }
        }
    }

    #[test]
    fn stops_when_asked() {
        struct Stopped;
        impl Progress for Stopped {
            fn report(&self, _done: u64, _total: u64) {}
            fn is_cancelled(&self) -> bool {
                true
            }
        }
        let arcs = adjacency(&[(0, 1, 5, 5)]);
        let seeds = [Seed { node: 0, key: 0, site: 0 }];
        let found = Labels::find(&arcs, ArcRange::of(&arcs), By::Time, &seeds, 1, &Stopped);
        assert_eq!(found, Err(Cancelled));
    }
}
