//! What can be said of a dependency between two parts of the event chain?

use serde::{Deserialize, Serialize};

use super::part::{Limit, Part};
use super::range::Range;
use crate::lang::{Lang, Said};

/// Names a dependency: what fails, and what hangs on it.
pub type EdgeId = (Part, Part);

/// After how many hours what hangs on it fails too; never is a delay as well.
pub type Delay = Option<Range>;

/// What the loss does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Stops,
    Limits(Limit),
    /// Nothing: switched off by the user.
    Nothing,
}

impl Said for Effect {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Stops => lang.pick("stoppar", "stops").into(),
            Self::Limits(limit) => limit.said(lang),
            Self::Nothing => lang.pick("påverkar inte", "has no effect").into(),
        }
    }
}

/// What a user has said of a dependency in place of what stands in the table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EdgeEdit {
    pub effect: Effect,
    pub delay: Delay,
    /// In localities, where the table tells the two apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_in_locality: Option<Range>,
    pub recovery_h: f64,
}
