//! Which labels of a range of costs are passed on next? Buckets over a window that moves up, as `labels` uses them.

use super::graph::NONE;
use super::search::{FAR, Key, Label};

/// A label that has not been passed on yet.
#[derive(Clone, Copy)]
pub struct Waiting {
    pub key: Key,
    pub node: u32,
    pub site: u32,
}

impl Waiting {
    pub const fn label(self) -> Label {
        Label { key: self.key, site: self.site }
    }
}

/// Buckets of a window.
pub const BUCKETS: usize = 64;

/// Labels of a range of costs, by bucket: lists through one array, so that a window is made at once and stays small.
pub struct Window {
    heads: Vec<u32>,
    entries: Vec<(Waiting, u32)>,
    free: u32,
    shift: u32,
    /// The first bucket.
    first: u64,
    /// The largest key of the last.
    pub last: Key,
}

impl Window {
    pub fn new(shift: u32) -> Self {
        Self { heads: vec![NONE; BUCKETS], entries: Vec::new(), free: NONE, shift, first: 0, last: 0 }
    }

    /// Begins with the bucket of this key; all before is empty.
    pub fn open(&mut self, least: Key) {
        self.first = least >> self.shift;
        let last = (self.first + BUCKETS as u64 - 1).min(FAR >> self.shift);
        self.last = (last << self.shift) | ((1 << self.shift) - 1);
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "a bucket of the window")]
    pub fn push(&mut self, waiting: Waiting) {
        let bucket = ((waiting.key >> self.shift) - self.first) as usize % BUCKETS;
        let entry = (waiting, self.heads[bucket]);
        if self.free == NONE {
            self.heads[bucket] = u32::try_from(self.entries.len()).unwrap_or(NONE);
            self.entries.push(entry);
        } else {
            self.heads[bucket] = self.free;
            let place = &mut self.entries[self.free as usize];
            self.free = place.1;
            *place = entry;
        }
    }

    #[inline]
    pub fn pop(&mut self, bucket: usize) -> Option<Waiting> {
        let at = self.heads[bucket];
        if at == NONE {
            return None;
        }
        let (waiting, next) = &mut self.entries[at as usize];
        self.heads[bucket] = std::mem::replace(next, self.free);
        self.free = at;
        Some(*waiting)
    }
}
