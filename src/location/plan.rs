//! A set of sites and what it is worth.

/// Chosen sites and what they come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// In rising order.
    pub sites: Vec<u32>,
    /// p-median: weight × cost. p-center: cost. LSCP: number of sites.
    /// Coverage: weight (times [`DECAY_UNIT`](super::DECAY_UNIT) with a decay).
    pub value: u64,
}
