//! Which sites are best on anybody's table of costs? Tables become a problem in whole numbers, the answer goes back
//! into the numbers and names as written. Does not know what a site is, nor in which unit it costs.

mod pose;
mod told;

use super::siting::{Scale, Units};
use crate::io::matrix_file::{Names, Pair, PairTable, SiteTable, WeightTable};
use crate::location::{self, Answer, Counted, Effort, Objective, Outcome, Plan, Problem, Watch};

/// How much may be chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    Sites(usize),
    Budget(f64),
    AsNeeded,
}

/// What is asked of the tables.
#[derive(Debug, Clone)]
pub struct Question {
    pub objective: Objective,
    pub amount: Amount,
    pub cutoff: Option<f64>,
    pub required: Vec<String>,
    pub forbidden: Vec<String>,
    pub exclusive: Vec<[String; 2]>,
    pub require_all: bool,
}

/// The tables that are asked.
#[derive(Debug)]
pub struct Tables {
    pub pairs: PairTable,
    pub weights: WeightTable,
    pub sites: Option<SiteTable>,
}

/// A question ready to be solved, and what its numbers stand for.
#[derive(Debug)]
pub struct Matrix {
    pub sites: Names,
    pub demand: Names,
    pub problem: Problem,
    pub cost_scale: Scale,
    pub weight_scale: Scale,
    pub money_scale: Scale,
    cutoff: Option<f64>,
    /// By demand.
    weights: Vec<f64>,
    /// By site and demand.
    pairs: Vec<Pair>,
    /// Where each site's pairs begin; one more than there are sites.
    starts: Vec<usize>,
}

impl Matrix {
    /// Solves it. Cancelling keeps the best so far.
    ///
    /// # Errors
    /// A [`location::ProblemError`] when the question cannot be asked.
    pub fn solve(&self, effort: &Effort, watch: &dyn Watch) -> Result<Answer, location::ProblemError> {
        location::solve(&self.problem, effort, watch)
    }

    /// The weight of a demand point as written.
    #[must_use]
    pub fn weight(&self, demand: u32) -> f64 {
        self.weights.get(demand as usize).copied().unwrap_or_default()
    }

    /// Demand points that ask for nothing.
    #[must_use]
    pub fn zero_weights(&self) -> usize {
        self.weights.iter().filter(|weight| **weight == 0.0).count()
    }

    /// Sites that no pair names.
    pub fn sites_without_pair(&self) -> impl Iterator<Item = &str> {
        self.sites
            .iter()
            .enumerate()
            .filter(|(at, _)| self.starts[*at] == self.starts[at + 1])
            .map(|(_, name)| name)
    }

    /// The value of a plan, computed afresh from the numbers as written where they are not shared out.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a number of sites")]
    pub fn value(&self, plan: &Plan) -> f64 {
        let objective = self.problem.objective;
        let nearest = || self.nearest(plan).into_iter().zip(&self.weights);
        match objective.counted() {
            Counted::WeightedCost => nearest().filter_map(|(cost, weight)| Some(cost? * weight)).sum(),
            Counted::GreatestCost => nearest()
                .filter(|(_, weight)| **weight > 0.0)
                .filter_map(|(cost, _)| cost)
                .fold(0.0, f64::max),
            Counted::Sites => plan.sites.len() as f64,
            Counted::Weight if objective.sites_needed() == 1 && !objective.has_capacities() => {
                nearest().filter(|(cost, _)| cost.is_some()).map(|(_, weight)| weight).sum()
            }
            Counted::Weight => self.weight_scale.value(plan.value),
        }
    }

    fn units(&self) -> Units<'_> {
        Units {
            problem: &self.problem,
            weights: &self.weights,
            weight_scale: self.weight_scale,
            cost: Box::new(|units| units / self.cost_scale.factor()),
            cost_rounding: self.cost_scale.rounded_to().unwrap_or(0.0),
            greatest: Box::new(|| self.pairs.iter().map(|pair| pair.cost).fold(0.0, f64::max)),
        }
    }

    /// A whole value, such as a bound, in the numbers as written.
    #[must_use]
    pub fn in_units(&self, whole: u64) -> f64 {
        self.units().value(whole)
    }

    /// What no plan can beat; where it is reached, exactly the value.
    #[must_use]
    pub fn bound(&self, answer: &Answer) -> Option<f64> {
        let Outcome::Found { plan, bound } = &answer.outcome else { return None };
        Some(if plan.value == *bound { self.value(plan) } else { self.in_units(*bound) })
    }

    /// By how much another plan could be better than "proven" says, because numbers were rounded to become whole.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        self.units().tolerance()
    }

    /// The least cost of every demand point to the chosen sites, as written.
    fn nearest(&self, plan: &Plan) -> Vec<Option<f64>> {
        let mut nearest: Vec<Option<f64>> = vec![None; self.demand.len()];
        for &site in &plan.sites {
            let site = site as usize;
            for pair in &self.pairs[self.starts[site]..self.starts[site + 1]] {
                let slot = &mut nearest[pair.demand as usize];
                let serves = self.cutoff.is_none_or(|cutoff| pair.cost <= cutoff);
                if serves && slot.is_none_or(|best| pair.cost < best) {
                    *slot = Some(pair.cost);
                }
            }
        }
        nearest
    }
}
