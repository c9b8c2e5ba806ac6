//! What does the window remember of the work that is followed? The table shown, what is listed, the status being set.

use super::evidence::EvidenceDraft;
use crate::model::process::{ConcernKind, When};
use crate::model::{SiteId, SotStatus};

/// What is looked at in the step of following up.
#[derive(Debug, Clone, Default)]
pub struct FollowState {
    pub tab: FollowTab,
    /// Only places with this to look at; all where there is none.
    pub only: Option<ConcernKind>,
}

/// What the step of following up shows below the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FollowTab {
    #[default]
    Board,
    Timeline,
    Concerns,
    /// How the municipality that is chosen stands.
    Municipality,
    Log,
}

/// A status being set, with its date and its source.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusDraft {
    pub site: SiteId,
    pub name: String,
    pub status: SotStatus,
    /// As it is typed; it is asked, never filled in.
    pub date: String,
    pub in_favour_of: Option<SiteId>,
    pub evidence: EvidenceDraft,
}

impl StatusDraft {
    /// The date, once what is typed is one.
    #[must_use]
    pub fn when(&self) -> Option<When> {
        When::parse(&self.date)
    }
}
