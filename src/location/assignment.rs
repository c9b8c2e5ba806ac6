//! Who goes where? The assignment of a plan, and its value computed afresh from the costs.

use super::{Plan, Problem, Served};

/// Who is served from where under a plan. Each demand point goes to its nearest chosen site; with capacities
/// parts of its weight may go to several. With [`Objective::Backup`](super::Objective::Backup) each point
/// has its two nearest, the nearest first.
#[must_use]
pub fn assignment(problem: &Problem, plan: &Plan) -> Vec<Served> {
    problem
        .nearest(plan)
        .into_iter()
        .zip(0u32..)
        .filter_map(|(served, demand)| {
            let (site, cost) = served?;
            let weight = problem.demand[demand as usize];
            (weight > 0).then_some(Served { demand, site, weight, cost })
        })
        .collect()
}
