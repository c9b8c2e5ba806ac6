//! What is asked? Sites that may be chosen, demand, costs, an objective and a limit, all in whole numbers.

use super::objective::{Counted, Objective};
use super::{CostTable, Plan};
use crate::lang::{Lang, Said};
use crate::say;

/// May the site be chosen?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// It stands in every plan.
    Required,
    #[default]
    Candidate,
    /// It stands in no plan.
    Forbidden,
}

/// A place that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Site {
    pub role: Role,
    /// What it costs, in the unit of the budget.
    pub cost: u64,
    /// How much demand it can serve, in the unit of the weights; `None` = any.
    pub capacity: Option<u64>,
}

/// How much may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Exactly this many sites, required ones included; for [`Objective::Lscp`] at most this many.
    Sites(usize),
    /// Sites that cost at most this together, required ones included.
    Budget(u64),
    /// As many as are needed; for [`Objective::Lscp`] only.
    None,
}

/// How the worth of a site falls with the cost of getting there; for [`Objective::Mclp`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Decay {
    /// All who are within the cutoff count whole.
    #[default]
    None,
    /// From 1 at no cost to 0 at the cutoff, in a straight line.
    Linear,
    /// Half at this cost, a quarter at twice the cost …; nothing beyond the cutoff.
    Exponential { half: u32 },
}

/// With a decay, coverage is counted in this many parts of a unit of weight.
pub const DECAY_UNIT: u32 = 1_000_000;

impl Decay {
    /// How much of a unit of weight is lost at this cost, in parts of [`DECAY_UNIT`], rounded to the nearest.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of DECAY_UNIT")]
    pub fn loss(self, cost: u32, cutoff: Option<u32>) -> u32 {
        let share = match self {
            Self::None => 0.0,
            Self::Linear => match cutoff {
                Some(cutoff) if cutoff > 0 => f64::from(cost) / f64::from(cutoff),
                _ => 0.0,
            },
            Self::Exponential { half } => 1.0 - 0.5f64.powf(f64::from(cost) / f64::from(half.max(1))),
        };
        (share.clamp(0.0, 1.0) * f64::from(DECAY_UNIT)).round() as u32
    }
}

/// A question of location-allocation.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Weights of the demand, whole. Demand of weight 0 asks for nothing.
    pub demand: Vec<u64>,
    pub sites: Vec<Site>,
    pub costs: CostTable,
    pub objective: Objective,
    pub limit: Limit,
    /// A site serves within this cost; `None` = wherever there is a way.
    pub cutoff: Option<u32>,
    /// Sites that never stand in one plan.
    pub exclusive: Vec<[u32; 2]>,
    /// Is the question infeasible if some demand cannot be reached? Otherwise that demand is left out.
    pub require_all: bool,
    pub decay: Decay,
}

/// Why a question cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProblemError {
    #[error(
        "the cost table has {table} sites and {demand_table} demand points, the lists {sites} and {demand}"
    )]
    Sizes { table: usize, demand_table: usize, sites: usize, demand: usize },
    #[error("this objective needs a cutoff")]
    NoCutoff,
    #[error("this objective needs a number of sites or a budget")]
    NoLimit,
    #[error("weights and costs are so large that their sum cannot be counted exactly")]
    TooLarge,
}

impl Said for ProblemError {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Sizes { .. } => {
                say!(lang, "kostnadstabellen passar inte listorna ({self})", "{self}")
            }
            Self::NoCutoff => lang
                .pick("frågan behöver en gräns för restiden eller avståndet", "the question needs a threshold")
                .into(),
            Self::NoLimit => lang
                .pick("frågan behöver ett antal platser eller en budget", "the question needs a number of sites or a budget")
                .into(),
            Self::TooLarge => lang
                .pick(
                    "vikter och kostnader är så stora att summan inte kan räknas exakt: ange dem i en större enhet",
                    "weights and costs are so large that their sum cannot be counted exactly: give them in a larger unit",
                )
                .into(),
        }
    }
}

impl Problem {
    /// Can the question be asked?
    ///
    /// # Errors
    /// [`ProblemError`] when sizes differ, something is missing, or sums would not be exact.
    pub fn check(&self) -> Result<(), ProblemError> {
        let (table, demand_table) = (self.costs.site_count(), self.costs.demand_count());
        if table != self.sites.len() || demand_table != self.demand.len() {
            let (sites, demand) = (self.sites.len(), self.demand.len());
            return Err(ProblemError::Sizes { table, demand_table, sites, demand });
        }
        if self.objective.needs_cutoff() && self.cutoff.is_none() {
            return Err(ProblemError::NoCutoff);
        }
        if self.limit == Limit::None && !self.objective.counts_sites() {
            return Err(ProblemError::NoLimit);
        }
        let greatest = match self.objective.counted() {
            Counted::WeightedCost => self.greatest_cost(),
            Counted::GreatestCost | Counted::Sites | Counted::Weight => self.weight_unit(),
        };
        // Values are summed in u64; bounds in f64, with an allowance for rounding.
        let total = self
            .demand
            .iter()
            .try_fold(0u64, |sum, weight| sum.checked_add(weight.checked_mul(u64::from(greatest.max(1)))?));
        match total {
            Some(total) if total < 1 << 62 => Ok(()),
            _ => Err(ProblemError::TooLarge),
        }
    }

    fn greatest_cost(&self) -> u32 {
        (0..self.sites.len())
            .flat_map(|site| self.costs.row(site).map(|entry| entry.1))
            .filter(|cost| self.serves_at(*cost))
            .max()
            .unwrap_or(0)
    }

    /// The decay, where the objective knows one.
    #[must_use]
    pub fn counted_decay(&self) -> Decay {
        if self.objective.may_decay() { self.decay } else { Decay::None }
    }

    /// In how many parts each unit of weight counts.
    #[must_use]
    pub fn weight_unit(&self) -> u32 {
        if self.counted_decay() == Decay::None { 1 } else { DECAY_UNIT }
    }

    /// Does a site serve demand at this cost?
    #[must_use]
    pub fn serves_at(&self, cost: u32) -> bool {
        self.cutoff.is_none_or(|cutoff| cost <= cutoff)
    }

    /// May these sites be chosen together? Looks at roles, exclusive pairs and the limit, not at demand.
    #[must_use]
    pub fn allows(&self, chosen: &[u32]) -> bool {
        let holds = |site: u32| chosen.contains(&site);
        let roles = self.sites.iter().zip(0u32..).all(|(site, ix)| match site.role {
            Role::Required => holds(ix),
            Role::Candidate => true,
            Role::Forbidden => !holds(ix),
        });
        let limit = match self.limit {
            Limit::Sites(n) if self.objective.counts_sites() => chosen.len() <= n,
            Limit::Sites(n) => chosen.len() == n,
            Limit::Budget(budget) => self.cost_of(chosen) <= u128::from(budget),
            Limit::None => true,
        };
        roles && limit && self.exclusive.iter().all(|pair| !(holds(pair[0]) && holds(pair[1])))
    }

    /// What these sites cost together.
    #[must_use]
    pub fn cost_of(&self, chosen: &[u32]) -> u128 {
        chosen
            .iter()
            .filter_map(|site| self.sites.get(*site as usize))
            .map(|site| u128::from(site.cost))
            .sum()
    }

    /// The nearest chosen site of every demand point and the cost; equal costs go to the first site.
    #[must_use]
    pub fn nearest(&self, plan: &Plan) -> Vec<Option<(u32, u32)>> {
        let mut nearest: Vec<Option<(u32, u32)>> = vec![None; self.demand.len()];
        for &site in &plan.sites {
            for (demand, cost) in self.costs.row(site as usize) {
                let slot = &mut nearest[demand as usize];
                if self.serves_at(cost) && slot.is_none_or(|(_, best)| cost < best) {
                    *slot = Some((site, cost));
                }
            }
        }
        nearest
    }
}
