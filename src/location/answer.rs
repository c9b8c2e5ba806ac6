//! What came out, and how sure is it? A plan, a bound, and what stands in the way.

use super::{Objective, Plan};
use crate::lang::{Lang, Said};
use crate::progress::{Progress, Unwatched};
use crate::say;

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Stop after this long, seconds; `None` = when it is proven.
    pub seconds: Option<f64>,
    /// Be content when the plan is proven to be this near the best, relative.
    pub gap: f64,
    pub seed: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { seconds: None, gap: 0.0, seed: 1 }
    }
}

/// Watches a search while it runs.
pub trait Watch: Progress {
    /// A better plan, or a better bound. `plan` is the best so far, if there is one.
    fn improved(&self, plan: Option<&Plan>, bound: u64);
}

impl Watch for Unwatched {
    fn improved(&self, _plan: Option<&Plan>, _bound: u64) {}
}

/// Demand that no site that may be chosen reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    pub demand: u32,
    /// A forbidden site would reach it.
    pub by_forbidden: bool,
}

/// Why no plan can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Infeasible {
    /// More sites are required than may be chosen.
    TooManyRequired { required: usize, limit: usize },
    /// The required sites alone cost more than the budget.
    RequiredOverBudget { cost: u128, budget: u64 },
    /// Two required sites exclude each other.
    RequiredExclude { sites: [u32; 2] },
    /// Fewer sites may be chosen than are asked for.
    TooFewSites { available: usize, limit: usize },
    /// All demand is to be served, and no site that may be chosen reaches this.
    Unreachable { demand: Vec<LeftOut> },
    /// To serve everyone at least this many sites are needed; these demand points share no site.
    NeedsMoreSites { needed: usize, limit: usize, witnesses: Vec<u32> },
    /// To serve everyone costs at least this.
    NeedsMoreBudget { needed: u64, budget: u64 },
    /// Sites needed to serve everyone exclude each other.
    ExclusionsForbid { witnesses: Vec<u32> },
}

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The best plan found, and what no plan can beat: at least (minimised) or at most (maximised) this.
    Found {
        plan: Plan,
        bound: u64,
    },
    Infeasible(Vec<Infeasible>),
    /// Stopped before a plan was found, or before it was known whether there is one.
    Nothing,
}

/// The answer to a [`Problem`](super::Problem).
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub objective: Objective,
    pub outcome: Outcome,
    /// Demand that counts in no plan, because no site reaches it.
    pub left_out: Vec<LeftOut>,
    /// Was it content with the gap that was asked for? Otherwise it was cut off.
    pub was_content: bool,
    /// Seconds of solving.
    pub seconds: f64,
    pub seed: u64,
}

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// No plan is better.
    Proven,
    /// As near the best as was asked for: relative gap.
    Within(f64),
    /// Cut off; relative gap.
    NotProven(f64),
    /// Proven that there is no plan.
    Infeasible,
    /// Cut off before anything was found.
    Nothing,
}

impl Answer {
    #[must_use]
    pub const fn plan(&self) -> Option<&Plan> {
        match &self.outcome {
            Outcome::Found { plan, .. } => Some(plan),
            _ => None,
        }
    }

    /// What no plan can beat, where a plan was found.
    #[must_use]
    pub const fn bound(&self) -> Option<u64> {
        match &self.outcome {
            Outcome::Found { bound, .. } => Some(*bound),
            _ => None,
        }
    }

    /// Relative gap between plan and bound, of the larger: 0 … 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    pub fn gap(&self) -> Option<f64> {
        let Outcome::Found { plan, bound } = &self.outcome else { return None };
        let (low, high) = (plan.value.min(*bound), plan.value.max(*bound));
        Some(if high == low { 0.0 } else { (high - low) as f64 / high as f64 })
    }

    #[must_use]
    pub fn proof(&self) -> Proof {
        match &self.outcome {
            Outcome::Infeasible(_) => Proof::Infeasible,
            Outcome::Nothing => Proof::Nothing,
            Outcome::Found { plan, bound } if plan.value == *bound => Proof::Proven,
            Outcome::Found { .. } => {
                let gap = self.gap().unwrap_or(1.0);
                if self.was_content { Proof::Within(gap) } else { Proof::NotProven(gap) }
            }
        }
    }

    #[must_use]
    pub fn is_proven(&self) -> bool {
        matches!(self.proof(), Proof::Proven | Proof::Infeasible)
    }
}

impl Said for Proof {
    fn said(&self, lang: Lang) -> String {
        let percent = |gap: f64| {
            let digits = if gap < 0.0001 { 4 } else { 2 };
            lang.number((gap * 100.0).max(0.0001), digits)
        };
        match self {
            Self::Proven => lang.pick("bevisat bäst", "proven").into(),
            Self::Within(gap) => {
                let gap = percent(*gap);
                say!(lang, "bevisat inom {gap} % från det bästa", "within {gap} %")
            }
            Self::NotProven(gap) => {
                let gap = percent(*gap);
                say!(
                    lang,
                    "inte bevisat: högst {gap} % från det bästa",
                    "not proven: at most {gap} % from the best"
                )
            }
            Self::Infeasible => {
                lang.pick("det finns ingen sådan plan, bevisat", "no such plan exists, proven").into()
            }
            Self::Nothing => lang
                .pick(
                    "inte bevisat: avbrutet innan någon plan hittades",
                    "not proven: stopped before a plan was found",
                )
                .into(),
        }
    }
}

/// Who is served from where, for capacities: a part of a demand point's weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    pub demand: u32,
    pub site: u32,
    pub weight: u64,
    pub cost: u32,
}
