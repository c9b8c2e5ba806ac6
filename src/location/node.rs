//! Which subproblem is explored next, and what did exploring it give?
//! The lowest bound first, for no proof comes before it.

use std::cmp::Ordering;
use std::sync::Arc;

use super::form::State;
use super::pool::whole;

/// A subproblem that is still to be explored.
pub(super) struct Node {
    pub bound: f64,
    pub depth: u32,
    pub state: Vec<State>,
    pub multipliers: Arc<Vec<f64>>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Node {}
impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Node {
    /// The heap gives the greatest first: the lowest bound, then the deepest.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bound = whole(other.bound).cmp(&whole(self.bound)).then(self.depth.cmp(&other.depth));
        by_bound.then(other.bound.total_cmp(&self.bound))
    }
}

/// What exploring a node gave.
#[derive(Default)]
pub(super) struct Explored {
    pub plans: Vec<(u64, Vec<u32>)>,
    pub children: Vec<Node>,
    /// The core: sites that the relaxation at the root chose now and then.
    pub core: Vec<u32>,
}
