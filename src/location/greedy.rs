//! In which order would one build, one site at a time? Always the best next step; not the best plan of a number.

use super::feasible::left_out;
use super::solve::mask;
use super::{Counted, Limit, Plan, Problem, Role};
use crate::progress::Progress;

/// One step of building one site at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub site: u32,
    /// The value of all sites so far; `None` while somebody who must be served is not.
    pub value: Option<u64>,
}

/// How good a choice is, less is better: demand that is not served, then the value, then what decides ties.
type Score = (u64, u64, u64);

/// The order "one a year": required sites first, then always the site that gains most, until the limit.
/// While somebody is not served, it is the site that serves most of those. Cancelled, it ends where it stands.
#[must_use]
pub fn greedy_order(problem: &Problem, progress: &dyn Progress) -> Vec<Step> {
    let is_left_out = mask(problem, &left_out(problem));
    let counts =
        problem.demand.iter().zip(is_left_out).map(|(weight, is_out)| *weight > 0 && !is_out).collect();
    let mut build = Build {
        problem,
        counts,
        chosen: Vec::new(),
        cost: vec![u32::MAX; problem.demand.len()],
        sites: vec![0; problem.demand.len()],
    };
    let mut steps = Vec::new();
    for (site, _) in (0u32..).zip(&problem.sites).filter(|(_, site)| site.role == Role::Required) {
        build.take(site, &mut steps);
    }
    let clash = |pair: &[u32; 2]| pair[0] != pair[1] && pair.iter().all(|site| build.chosen.contains(site));
    if problem.exclusive.iter().any(clash) {
        return steps;
    }
    while !build.is_enough() && !progress.is_cancelled() {
        let candidates = (0u32..).zip(&problem.sites).filter(|(site, _)| build.may_take(*site));
        let Some((_, site)) = candidates.map(|(site, _)| (build.score(Some(site)), site)).min() else {
            break;
        };
        build.take(site, &mut steps);
    }
    steps
}

/// What is built so far.
struct Build<'a> {
    problem: &'a Problem,
    counts: Vec<bool>,
    chosen: Vec<u32>,
    /// The cost to the nearest site of each demand point, and how many are within the cutoff.
    cost: Vec<u32>,
    sites: Vec<u32>,
}

impl Build<'_> {
    fn may_take(&self, site: u32) -> bool {
        let at = &self.problem.sites[site as usize];
        let is_free = |pair: &[u32; 2]| {
            let other = if pair[0] == site { pair[1] } else { pair[0] };
            !pair.contains(&site) || !self.chosen.contains(&other)
        };
        let fits = match self.problem.limit {
            Limit::Budget(budget) => {
                self.problem.cost_of(&self.chosen) + u128::from(at.cost) <= u128::from(budget)
            }
            _ => true,
        };
        at.role == Role::Candidate
            && !self.chosen.contains(&site)
            && fits
            && self.problem.exclusive.iter().all(is_free)
    }

    fn is_enough(&self) -> bool {
        match self.problem.limit {
            Limit::Sites(count) => {
                let is_done = self.problem.objective.counts_sites() && self.score(None).0 == 0;
                is_done || self.chosen.len() >= count
            }
            Limit::Budget(_) => false,
            Limit::None => self.score(None).0 == 0,
        }
    }

    fn take(&mut self, site: u32, steps: &mut Vec<Step>) {
        self.chosen.push(site);
        for (demand, cost) in self.problem.costs.row(site as usize) {
            if self.problem.serves_at(cost) {
                self.cost[demand as usize] = self.cost[demand as usize].min(cost);
                self.sites[demand as usize] += 1;
            }
        }
        steps.push(Step { site, value: self.value() });
    }

    fn value(&self) -> Option<u64> {
        let (unserved, value, _) = self.score(None);
        let most = || {
            let weights = self.problem.demand.iter().zip(&self.counts).filter(|(_, counts)| **counts);
            let unit = u64::from(self.problem.weight_unit());
            weights.map(|(weight, _)| weight * unit).sum::<u64>()
        };
        match self.problem.objective.counted() {
            Counted::Weight => Some(most().saturating_sub(value)),
            _ if unserved > 0 => None,
            Counted::Sites => u64::try_from(self.chosen.len()).ok(),
            Counted::WeightedCost | Counted::GreatestCost => Some(value),
        }
    }

    /// How good it is with one more site.
    fn score(&self, more: Option<u32>) -> Score {
        if self.problem.objective.has_capacities() {
            return self.score_of_capacity(more);
        }
        let (mut cost, mut sites) = (self.cost.clone(), self.sites.clone());
        if let Some(site) = more {
            for (demand, entry) in self.problem.costs.row(site as usize) {
                if self.problem.serves_at(entry) {
                    cost[demand as usize] = cost[demand as usize].min(entry);
                    sites[demand as usize] += 1;
                }
            }
        }
        let decay = self.problem.counted_decay();
        let (unit, needed) = (self.problem.weight_unit(), u32::from(self.problem.objective.sites_needed()));
        let mut score = (0, 0, 0);
        for demand in 0..cost.len() {
            if !self.counts[demand] {
                continue;
            }
            let weight = self.problem.demand[demand];
            let is_served = sites[demand] > 0;
            match self.problem.objective.counted() {
                Counted::WeightedCost if is_served => score.1 += weight * u64::from(cost[demand]),
                Counted::GreatestCost if is_served => score.1 = score.1.max(u64::from(cost[demand])),
                Counted::Sites if is_served => {}
                Counted::WeightedCost | Counted::GreatestCost | Counted::Sites => score.0 += 1,
                Counted::Weight if needed > 1 => {
                    score.1 += if sites[demand] >= needed { 0 } else { weight };
                    score.2 += if is_served { 0 } else { weight };
                }
                Counted::Weight => {
                    let loss = if is_served {
                        decay.loss(cost[demand], self.problem.cutoff).min(unit)
                    } else {
                        unit
                    };
                    score.1 += weight * u64::from(loss);
                }
            }
        }
        score
    }

    fn score_of_capacity(&self, more: Option<u32>) -> Score {
        let mut sites = self.chosen.clone();
        sites.extend(more);
        let plan = Plan { sites, value: 0 };
        let served: u64 = super::assignment(self.problem, &plan).iter().map(|part| part.weight).sum();
        let all: u64 =
            self.problem.demand.iter().zip(&self.counts).filter(|(_, c)| **c).map(|(w, _)| *w).sum();
        (0, all.saturating_sub(served), 0)
    }
}
