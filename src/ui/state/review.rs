//! What does the window remember of a decision about findings, while it is made?

use super::evidence::EvidenceDraft;
use crate::app::deciding::Verdict;
use crate::model::{FindingKind, SiteId};

/// A decision that is being made.
#[derive(Debug, Clone, PartialEq)]
pub struct Deciding {
    pub verdict: Verdict,
    pub of: DecidingOf,
    pub evidence: EvidenceDraft,
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq)]
pub enum DecidingOf {
    One {
        kind: FindingKind,
        site: SiteId,
        other: Option<SiteId>,
    },
    /// All open findings of a kind.
    All(FindingKind),
}
