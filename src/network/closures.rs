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
        let mut slow: FxHashMap<u32, Vec<SlowPart>> = FxHashMap::default();
        for cut in cuts {
            let over =
                by_stretch.entry(cut.stretch).or_insert_with(|| Over { closed: Vec::new(), slower: 1.0 });
            match cut.slower {
                None => over.closed.push((cut.from_cm, cut.to_cm)),
                Some(factor) => slow.entry(cut.stretch).or_default().push((cut.from_cm, cut.to_cm, factor)),
            }
        }
        // The order of a map is of no account here: every list is sorted for itself.
        #[allow(clippy::iter_over_hash_type, reason = "each value is changed for itself")]
        for (stretch, over) in &mut by_stretch {
            over.closed.sort_unstable();
            if let Some(parts) = slow.get_mut(stretch) {
                over.slower = slower_by(parts, graph.stretches[*stretch as usize].cm.max(1));
            }
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

/// From, to (centimetres from the tail), and how many times as long travel takes between.
type SlowPart = (u32, u32, f64);

/// How many times as long a whole stretch takes: the slow parts stretch its time by their shares.
/// Where parts overlap the slowest counts; a road drawn twice is not slow twice.
fn slower_by(parts: &mut Vec<SlowPart>, whole_cm: u32) -> f64 {
    parts.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    parts.dedup();
    let mut ends: Vec<u32> = parts.iter().flat_map(|part| [part.0, part.1]).collect();
    ends.sort_unstable();
    ends.dedup();
    let span = |ends: &[u32]| {
        let covers = |part: &&SlowPart| part.0 <= ends[0] && ends[1] <= part.1;
        let factor = parts.iter().filter(covers).map(|part| part.2).fold(1.0, f64::max);
        f64::from(ends[1] - ends[0]) / f64::from(whole_cm) * (factor - 1.0)
    };
    1.0 + ends.windows(2).map(span).sum::<f64>()
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
