//! Which plans does a project keep? The question being asked, and answers saved under a name.
//! Does not know what a question says: it is kept as `app::siting` writes it.

use serde::{Deserialize, Serialize};

use super::SiteId;

/// How sure the value of a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanProof {
    /// No plan is better.
    Proven,
    /// As near the best as was asked for: relative gap.
    Within(f64),
    /// Cut off, or not the best plan of its question; relative gap where it is known.
    NotProven(Option<f64>),
}

/// What a plan meant for people when it was saved; in kilometres or minutes, as `unit` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanFigures {
    /// `km` or `min`.
    pub unit: String,
    pub threshold: f64,
    pub people: f64,
    pub people_within: f64,
    pub people_without_way: f64,
    pub mean: Option<f64>,
    pub worst: Option<f64>,
    /// What the places cost together, where costs were stated.
    pub money: Option<f64>,
}

/// A place of a saved plan; its name is kept for the day the place is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanSite {
    pub site: SiteId,
    pub name: String,
}

/// A question and its answer under a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    pub id: u32,
    pub name: String,
    /// `YYYY-MM-DD`, when it was saved.
    pub date: String,
    /// As `app::siting` writes it.
    pub question: serde_json::Value,
    /// The stable name of the objective.
    pub objective: String,
    pub sites: Vec<PlanSite>,
    /// In the unit of the objective.
    pub value: f64,
    pub bound: Option<f64>,
    pub proof: PlanProof,
    /// Seconds of solving.
    pub seconds: f64,
    pub seed: u64,
    /// How ways were measured, in words.
    pub method: String,
    pub figures: PlanFigures,
    /// Names everything that the figures were computed from.
    pub inputs: String,
}

/// The plans of a project.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanBook {
    /// The question being asked, as `app::siting` writes it; null before anything was asked.
    pub question: serde_json::Value,
    /// In the order saved.
    pub scenarios: Vec<Scenario>,
    /// Questions and scenarios that this version cannot read, as they were written. They are never changed.
    pub unread: Vec<serde_json::Value>,
}

impl PlanBook {
    #[must_use]
    pub fn scenario(&self, id: u32) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.id == id)
    }

    #[must_use]
    pub fn next_id(&self) -> u32 {
        let unread = self.unread.iter().filter_map(|unread| unread.get("id")?.as_u64()?.try_into().ok());
        let known = self.scenarios.iter().map(|scenario| scenario.id);
        known.chain(unread).max().map_or(1, |last: u32| last.saturating_add(1))
    }
}
