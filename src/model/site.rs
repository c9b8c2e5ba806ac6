//! Which service, SOT place or trial point is meant? Ids that survive a save.

use super::LayerId;

/// Identifies a site (a store, a SOT place, an added or a trial point); survives a save.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteId {
    /// A feature of a layer, by its key (see [`super::Layer::feature_key`]).
    Feature { layer: LayerId, key: String },
    /// A service added by hand.
    Added(u32),
    /// A test site of the user.
    Trial(TrialId),
    /// A feature that was not surely found again (see [`super::Held`]); bound to nothing.
    Held(u32),
}

impl SiteId {
    /// The stable name in exports.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Feature { layer, key } => format!("layer-{}/{key}", layer.0),
            Self::Added(n) => format!("added-{n}"),
            Self::Trial(id) => format!("trial-{}", id.0),
            Self::Held(id) => format!("held-{id}"),
        }
    }
}

/// Identifies a trial point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct TrialId(pub u32);
