//! Which plan is best? Chooses the method for the objective, and says what stands in the way if there is none.

use std::time::Instant;

use super::branch::{Means, Search};
use super::center::{Covered, Quiet, fewest, least_worst, reach_everyone};
use super::feasible::{independent_points, left_out, obstacles};
use super::form::Form;
use super::pool::Pool;
use super::{
    Answer, Counted, Decay, Effort, Infeasible, LeftOut, Limit, Objective, Outcome, Problem, ProblemError,
    Watch,
};

/// Finds the best plan and proves it, as far as the effort allows. Cancelling keeps the best so far.
///
/// # Errors
/// [`ProblemError`] when the question cannot be asked.
pub fn solve(problem: &Problem, effort: &Effort, watch: &dyn Watch) -> Result<Answer, ProblemError> {
    problem.check()?;
    let means = Means { effort, watch, start: Instant::now() };
    let left_out = left_out(problem);
    let obstacles = obstacles(problem, &left_out);
    let outcome =
        if obstacles.is_empty() { search(problem, &left_out, means) } else { Outcome::Infeasible(obstacles) };
    Ok(Answer::of(problem.objective, outcome, left_out, means))
}

impl Answer {
    /// An answer found just now.
    pub(super) fn of(
        objective: Objective,
        outcome: Outcome,
        left_out: Vec<LeftOut>,
        means: Means<'_>,
    ) -> Self {
        let seconds = means.start.elapsed().as_secs_f64();
        let seed = means.effort.seed;
        let mut answer = Self { objective, outcome, left_out, was_content: false, seconds, seed };
        answer.was_content = answer.gap().is_some_and(|gap| gap > 0.0 && gap <= means.effort.gap);
        answer
    }
}

/// Which demand does not count, by position.
pub(super) fn mask(problem: &Problem, left_out: &[LeftOut]) -> Vec<bool> {
    let mut mask = vec![false; problem.demand.len()];
    for left in left_out {
        mask[left.demand as usize] = true;
    }
    mask
}

pub(super) fn search(problem: &Problem, left_out: &[LeftOut], means: Means<'_>) -> Outcome {
    let mask = mask(problem, left_out);
    let covered = match problem.objective.counted() {
        Counted::Sites => fewest(problem, &mask, means),
        Counted::GreatestCost => least_worst(problem, &mask, means),
        Counted::WeightedCost | Counted::Weight => by_service(problem, &mask, means),
    };
    outcome(covered, problem, &mask, means)
}

/// Questions in which the sum of what demand points lose counts.
fn by_service(problem: &Problem, mask: &[bool], means: Means<'_>) -> Covered {
    let mut form = Form::new(problem, mask);
    let objective = problem.objective;
    // Where one site is as good as another and serves as many as it reaches.
    let is_plain = objective.sites_needed() == 1
        && !objective.has_capacities()
        && problem.counted_decay() == Decay::None;
    if objective.is_maximised() && is_plain {
        super::reduce::close_dominated(&mut form);
    }
    let mut pool = Pool::new(1, u64::MAX);
    if problem.objective.serves_everyone() && form.has_gaps() {
        // Sites do not reach everyone: is there a plan that does?
        let (sites, is_known) = reach_everyone(problem, mask, problem.cutoff, means);
        if sites.is_none() && is_known {
            return Covered { plan: None, bound: 0, is_decided: true };
        }
        if let Some(sites) = sites
            && let Some(loss) = form.loss_of(&sites)
        {
            pool.offer(loss, &sites);
        }
    }
    let ended = Search::new(&form, means).run(&mut pool);
    let plan = pool
        .plans
        .first()
        .map(|(loss, sites)| super::Plan { sites: sites.clone(), value: form.value(*loss) });
    let bound = form.value(pool.incumbent().map_or(ended.bound, |best| ended.bound.min(best)));
    Covered { bound, is_decided: ended.is_complete || plan.is_some(), plan }
}

fn outcome(covered: Covered, problem: &Problem, mask: &[bool], means: Means<'_>) -> Outcome {
    match covered {
        Covered { plan: Some(plan), bound, .. } => Outcome::Found { plan, bound },
        Covered { is_decided: false, .. } => Outcome::Nothing,
        Covered { is_decided: true, .. } => Outcome::Infeasible(vec![what_forbids(problem, mask, means)]),
    }
}

/// There is no plan that serves everyone: is it the limit, or what excludes what?
fn what_forbids(problem: &Problem, mask: &[bool], means: Means<'_>) -> Infeasible {
    let witnesses = independent_points(problem, mask, problem.cutoff);
    let quiet = Quiet(means.watch);
    let means = Means { watch: &quiet, ..means };
    let free = Problem { limit: Limit::None, objective: Objective::Lscp, ..problem.clone() };
    match problem.limit {
        Limit::Sites(limit) => {
            let needed = usize::try_from(fewest(&free, mask, means).bound).unwrap_or(usize::MAX);
            if needed > limit && needed != usize::MAX {
                return Infeasible::NeedsMoreSites { needed, limit, witnesses };
            }
        }
        Limit::Budget(budget) => {
            let form =
                Form::covering(&free, mask, free.cutoff, free.sites.iter().map(|site| site.cost).collect());
            let mut pool = Pool::new(1, u64::MAX);
            let ended = Search::new(&form, means).run(&mut pool);
            let needed = pool.incumbent().map_or(ended.bound, |best| ended.bound.min(best));
            if needed > budget && needed != u64::MAX {
                return Infeasible::NeedsMoreBudget { needed, budget };
            }
        }
        Limit::None => {}
    }
    Infeasible::ExclusionsForbid { witnesses }
}
