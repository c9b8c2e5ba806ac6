//! How far is it from one place to every junction?
//!
//! Label-correcting search with a ring of buckets (Meyer & Sanders, *Δ-stepping: a parallelizable shortest path
//! algorithm*, 2003): a bucket holds the labels of a small range of costs and is emptied in any order. What is
//! found does not depend on that order: labels are compared by cost, then by the other measure. The nearest
//! services of every junction are found in the same way (see `labels`).

use super::graph::{Adjacency, CLOSED, NONE};
use crate::progress::{Cancelled, Progress};

/// What a trip costs: the measure that is minimised in the upper half, the other one in the lower.
/// Adding two keys adds both; comparing them compares the first measure, then the second.
pub type Key = u64;

/// No trip.
pub const FAR: Key = Key::MAX;

/// Which measure is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Time,
    Distance,
}

impl By {
    #[inline]
    #[must_use]
    pub const fn key(self, ms: u32, cm: u32) -> Key {
        let (high, low) = match self {
            Self::Time => (ms, cm),
            Self::Distance => (cm, ms),
        };
        ((high as u64) << 32) | low as u64
    }

    /// Milliseconds and centimetres of a key.
    #[inline]
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "the two halves")]
    pub const fn parts(self, key: Key) -> (u32, u32) {
        let (high, low) = ((key >> 32) as u32, key as u32);
        match self {
            Self::Time => (high, low),
            Self::Distance => (low, high),
        }
    }

    /// Whole milliseconds or centimetres within a limit; a limit that is whole but for rounding counts as whole.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
    pub fn whole_limit(units: f64) -> u32 {
        (units + 1e-6).floor().clamp(0.0, f64::from(u32::MAX - 1)) as u32
    }

    /// The largest key within a limit of the minimised measure, in milliseconds or centimetres.
    #[must_use]
    pub const fn limit(limit: u32) -> Key {
        ((limit as u64) << 32) | u32::MAX as u64
    }
}

/// A ring of buckets of labels.
struct Ring<T> {
    buckets: Vec<Vec<T>>,
    mask: usize,
    shift: u32,
    /// The bucket that is emptied now.
    at: u64,
    waiting: usize,
}

/// Buckets a ring has at most; wider steps need fewer.
const MAX_BUCKETS: u64 = 1 << 14;

impl<T> Default for Ring<T> {
    fn default() -> Self {
        Self { buckets: Vec::new(), mask: 0, shift: 32, at: 0, waiting: 0 }
    }
}

impl<T> Ring<T> {
    /// Makes ready for keys from `first` on, of which none is ever more than `span` above the one being handled.
    fn open(&mut self, first: Key, span: Key, mean: u32) {
        let mut shift = bucket_shift(mean);
        while (span >> shift) + 2 > MAX_BUCKETS {
            shift += 1;
        }
        let count = usize::try_from(((span >> shift) + 2).next_power_of_two()).unwrap_or(1 << 14);
        if self.buckets.len() < count {
            self.buckets.resize_with(count, Vec::new);
        }
        self.mask = count - 1;
        self.shift = shift;
        self.at = first >> shift;
        self.waiting = 0;
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "masked")]
    fn push(&mut self, key: Key, entry: T) {
        self.buckets[(key >> self.shift) as usize & self.mask].push(entry);
        self.waiting += 1;
    }

    /// The next label, if its bucket does not lie wholly beyond the limit.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "masked")]
    fn pop(&mut self, limit: Key) -> Option<T> {
        while self.waiting > 0 && self.at <= limit >> self.shift {
            if let Some(entry) = self.buckets[self.at as usize & self.mask].pop() {
                self.waiting -= 1;
                return Some(entry);
            }
            self.at += 1;
        }
        None
    }

    fn clear(&mut self) {
        if self.waiting > 0 {
            self.buckets.iter_mut().for_each(Vec::clear);
            self.waiting = 0;
        }
    }
}

/// Buckets a mean arc spans.
const WIDTH_DIVISOR: u32 = 4;

/// By how many bits keys are shifted to get their bucket. It is as wide as a part of a mean arc: labels are seldom
/// corrected, buckets seldom empty.
pub fn bucket_shift(mean: u32) -> u32 {
    32 + (mean.max(16).next_power_of_two() / WIDTH_DIVISOR).trailing_zeros()
}

/// Arcs' costs as far as the buckets need them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ArcRange {
    pub max_ms: u32,
    pub max_cm: u32,
    pub mean_ms: u32,
    pub mean_cm: u32,
}

impl ArcRange {
    #[must_use]
    pub fn of(arcs: &Adjacency) -> Self {
        let mut out = Self::default();
        let (mut ms, mut cm, mut count) = (0u64, 0u64, 0u64);
        for arc in arcs.arcs.iter().filter(|arc| arc.ms != CLOSED) {
            out.max_ms = out.max_ms.max(arc.ms);
            out.max_cm = out.max_cm.max(arc.cm);
            ms += u64::from(arc.ms);
            cm += u64::from(arc.cm);
            count += 1;
        }
        let mean = |sum: u64| u32::try_from(sum / count.max(1)).unwrap_or(u32::MAX);
        (out.mean_ms, out.mean_cm) = (mean(ms), mean(cm));
        out
    }

    const fn max(self, by: By) -> u32 {
        match by {
            By::Time => self.max_ms,
            By::Distance => self.max_cm,
        }
    }

    pub(super) const fn mean(self, by: By) -> u32 {
        match by {
            By::Time => self.mean_ms,
            By::Distance => self.mean_cm,
        }
    }
}

/// Where a search begins: a node and what it has cost to get there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed {
    pub node: u32,
    pub key: Key,
    /// The service it belongs to; not read by [`Tree::grow`].
    pub site: u32,
}

/// A service and what it costs to reach it from a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    pub key: Key,
    pub site: u32,
}

impl Label {
    pub const NONE: Self = Self { key: FAR, site: NONE };
}

/// Takes a label in if it is among the best of different services.
#[inline]
pub fn insert(slots: &mut [Label], label: Label) -> bool {
    let Some(last) = slots.len().checked_sub(1) else { return false };
    if label >= slots[last] {
        return false;
    }
    // Where the same service stood, else the last: that slot becomes free.
    let mut free = last;
    for (at, slot) in slots.iter().enumerate() {
        if slot.site == label.site {
            if slot.key <= label.key {
                return false;
            }
            free = at;
            break;
        }
    }
    while free > 0 && slots[free - 1] > label {
        slots[free] = slots[free - 1];
        free -= 1;
    }
    slots[free] = label;
    true
}

/// Labels handled between two looks at "stop?".
pub const BETWEEN_LOOKS: u32 = 1 << 16;

/// The cheapest way from one start to every node within a limit; kept and cleared between uses.
#[derive(Default)]
pub struct Tree {
    keys: Vec<Key>,
    /// The arc by which a node was reached, as a position in the arcs; only if asked for.
    parents: Vec<(u32, u32)>,
    touched: Vec<u32>,
    ring: Ring<(Key, u32)>,
    has_parents: bool,
}

impl Tree {
    /// A tree that also knows the way.
    #[must_use]
    pub fn with_parents() -> Self {
        Self { has_parents: true, ..Self::default() }
    }

    /// The cost to a node, [`FAR`] beyond the limit.
    #[inline]
    #[must_use]
    pub fn key(&self, node: u32) -> Key {
        self.keys[node as usize]
    }

    /// The nodes reached, in no order.
    #[must_use]
    pub fn touched(&self) -> &[u32] {
        &self.touched
    }

    /// The node before this one and the arc between, if this is no start.
    #[must_use]
    pub fn parent(&self, node: u32) -> Option<(u32, u32)> {
        self.parents.get(node as usize).copied().filter(|(before, _)| *before != NONE)
    }

    /// Searches from the seeds, as far as `limit`.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn grow(
        &mut self,
        arcs: &Adjacency,
        range: ArcRange,
        by: By,
        seeds: &[Seed],
        limit: Key,
        progress: &dyn Progress,
    ) -> Result<(), Cancelled> {
        self.grow_where(arcs, range, by, seeds, limit, progress, |_, _| true)
    }

    /// The same, following only labels that `is_wanted` (node, key) lets pass.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    #[allow(clippy::too_many_arguments, reason = "the search's own words; a struct would name them twice")]
    pub fn grow_where(
        &mut self,
        arcs: &Adjacency,
        range: ArcRange,
        by: By,
        seeds: &[Seed],
        limit: Key,
        progress: &dyn Progress,
        is_wanted: impl Fn(u32, Key) -> bool,
    ) -> Result<(), Cancelled> {
        self.clear(arcs.node_count());
        let (Some(first), Some(last)) =
            (seeds.iter().map(|seed| seed.key).min(), seeds.iter().map(|seed| seed.key).max())
        else {
            return Ok(());
        };
        let span = (last - first).max(u64::from(range.max(by)) << 32) + (1 << 32);
        self.ring.open(first, span, range.mean(by));
        for seed in seeds {
            if seed.key <= limit && is_wanted(seed.node, seed.key) {
                self.reach(seed.node, seed.key, (NONE, NONE));
            }
        }
        let mut handled = 0u32;
        while let Some((key, node)) = self.ring.pop(limit) {
            handled = handled.wrapping_add(1);
            if handled.is_multiple_of(BETWEEN_LOOKS) && progress.is_cancelled() {
                self.ring.clear();
                return Err(Cancelled);
            }
            if self.keys[node as usize] != key {
                continue;
            }
            for at in arcs.range(node) {
                let arc = arcs.arcs[at];
                if arc.ms == CLOSED {
                    continue;
                }
                let next = key.saturating_add(by.key(arc.ms, arc.cm));
                if next < self.keys[arc.to as usize] && next <= limit && is_wanted(arc.to, next) {
                    let at = u32::try_from(at).unwrap_or(NONE);
                    self.reach(arc.to, next, (node, at));
                }
            }
        }
        self.ring.clear();
        Ok(())
    }

    #[inline]
    fn reach(&mut self, node: u32, key: Key, parent: (u32, u32)) {
        let slot = &mut self.keys[node as usize];
        if key >= *slot {
            return;
        }
        if *slot == FAR {
            self.touched.push(node);
        }
        *slot = key;
        if self.has_parents {
            self.parents[node as usize] = parent;
        }
        self.ring.push(key, (key, node));
    }

    fn clear(&mut self, count: usize) {
        if self.keys.len() == count {
            for node in self.touched.drain(..) {
                self.keys[node as usize] = FAR;
            }
        } else {
            self.touched.clear();
            self.keys = vec![FAR; count];
            if self.has_parents {
                self.parents = vec![(NONE, NONE); count];
            }
        }
    }
}
