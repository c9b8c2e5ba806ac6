//! What is a closed or slowed road to the network? Cuts along stretches, and arcs changed accordingly.
//! Does not know who closed it (see `model::RoadClosure`), nor how a drawn shape finds its roads.

use rustc_hash::FxHashMap;

use super::graph::{Adjacency, CLOSED, Graph, NONE};

/// Part of a stretch that is closed, or slower than usual; centimetres from the tail, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    pub stretch: u32,
    pub from_cm: u32,
    pub to_cm: u32,
    /// Travel takes this many times as long there; `None` = closed.
    pub slower: Option<f64>,
}

/// What lies over one stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    /// Closed parts, in rising order.
    pub closed: Vec<(u32, u32)>,
    /// Travel along the whole stretch takes this many times as long.
    pub slower: f64,
}

impl Over {
    /// May one pass between two positions?
    #[must_use]
    pub fn is_open(&self, a: u32, b: u32) -> bool {
        let (from, to) = (a.min(b), a.max(b));
        !self.closed.iter().any(|(start, end)| *start <= to && from <= *end)
    }
}

/// Closures by stretch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    by_stretch: FxHashMap<u32, Over>,
}

impl Overlay {
    #[must_use]
    pub fn new(graph: &Graph, cuts: &[Cut]) -> Self {
        let mut by_stretch: FxHashMap<u32, Over> = FxHashMap::default();
        for cut in cuts {
            let whole = f64::from(graph.stretches[cut.stretch as usize].cm.max(1));
            let over =
                by_stretch.entry(cut.stretch).or_insert_with(|| Over { closed: Vec::new(), slower: 1.0 });
            match cut.slower {
                None => over.closed.push((cut.from_cm, cut.to_cm)),
                // The slow part stretches the time of the whole by its share.
                Some(factor) => {
                    let share = f64::from(cut.to_cm.saturating_sub(cut.from_cm)) / whole;
                    over.slower += share.min(1.0) * (factor - 1.0);
                }
            }
        }
        // The order of a map is of no account here: every list is sorted for itself.
        #[allow(clippy::iter_over_hash_type, reason = "each value is changed for itself")]
        for over in by_stretch.values_mut() {
            over.closed.sort_unstable();
        }
        Self { by_stretch }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_stretch.is_empty()
    }

    #[must_use]
    pub fn of(&self, stretch: u32) -> Option<&Over> {
        if self.by_stretch.is_empty() { None } else { self.by_stretch.get(&stretch) }
    }

    /// A time along a stretch, slowed as it is.
    #[must_use]
    pub fn slowed(&self, stretch: u32, ms: u32) -> u32 {
        self.of(stretch).map_or(ms, |over| times(ms, over.slower))
    }

    /// Arcs as they are with these closures.
    #[must_use]
    pub fn laid_over(&self, arcs: &Adjacency) -> Adjacency {
        let mut out = arcs.clone();
        for (arc, lane) in out.arcs.iter_mut().zip(&out.lanes) {
            if *lane != NONE
                && let Some(over) = self.by_stretch.get(&(lane / 2))
            {
                arc.ms = if over.closed.is_empty() { times(arc.ms, over.slower) } else { CLOSED };
            }
        }
        out
    }
}

fn times(ms: u32, factor: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped below the mark of a closed arc"
    )]
    let slowed = (f64::from(ms) * factor).round().clamp(0.0, f64::from(CLOSED / 2)) as u32;
    slowed
}
