//! What decides in a meeting? The next best plans, what one site costs instead of another, and what each further
//! site gains.

use std::ops::RangeInclusive;
use std::time::Instant;

use super::branch::{Means, Search};
use super::feasible::{left_out, obstacles};
use super::form::Form;
use super::pool::Pool;
use super::solve::{mask, search};
use super::{
    Answer, Counted, Effort, LeftOut, Limit, Objective, Outcome, Plan, Problem, ProblemError, Role, Watch,
};

/// The best plans in falling order of worth; sets of sites, each once.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternatives {
    /// The best first.
    pub plans: Vec<Plan>,
    /// Is it proven that no other plan stands before the last of these (or, if there are fewer than asked
    /// for, that no other lies within the loss)?
    pub is_complete: bool,
    pub seconds: f64,
}

/// The best plans whose value is at most `max_loss` (relative) worse than the best, at most `count`.
///
/// # Errors
/// [`ProblemError`] when the question cannot be asked.
pub fn alternatives(
    problem: &Problem,
    best: &Answer,
    count: usize,
    max_loss: f64,
    effort: &Effort,
    watch: &dyn Watch,
) -> Result<Alternatives, ProblemError> {
    problem.check()?;
    let start = Instant::now();
    let Some(plan) = best.plan() else {
        let is_complete = matches!(best.outcome, Outcome::Infeasible(_));
        return Ok(Alternatives { plans: Vec::new(), is_complete, seconds: 0.0 });
    };
    let effort = Effort { gap: 0.0, ..*effort };
    let means = Means { effort: &effort, watch, start };
    let least = limit_of(problem.objective, plan.value, max_loss);
    let (mut plans, is_complete) = match problem.objective.counted() {
        Counted::Sites | Counted::GreatestCost => {
            by_division(problem, plan, best.is_proven(), count, least, means)
        }
        Counted::WeightedCost | Counted::Weight => by_pool(problem, plan, count, least, means),
    };
    plans.truncate(count);
    Ok(Alternatives { plans, is_complete, seconds: start.elapsed().as_secs_f64() })
}

/// The worst value that is wanted.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a value"
)]
fn limit_of(objective: Objective, value: u64, max_loss: f64) -> u64 {
    let loss = max_loss.max(0.0);
    if objective.is_maximised() {
        (value as f64 * (1.0 - loss)).ceil().max(0.0) as u64
    } else {
        (value as f64 * (1.0 + loss)).floor() as u64
    }
}

/// All plans are kept in one search.
fn by_pool(problem: &Problem, plan: &Plan, count: usize, least: u64, means: Means<'_>) -> (Vec<Plan>, bool) {
    let form = Form::new(problem, &mask(problem, &left_out(problem)));
    let limit = if problem.objective.is_maximised() { form.total.saturating_sub(least) } else { least };
    let mut pool = Pool::new(count.max(1), limit.saturating_add(1));
    if let Some(loss) = form.loss_of(&plan.sites) {
        pool.offer(loss, &plan.sites);
    }
    let ended = Search::new(&form, means).run(&mut pool);
    let plans = pool.plans.into_iter().map(|(loss, sites)| Plan { sites, value: form.value(loss) });
    (plans.collect(), ended.is_complete)
}

/// A subproblem: some of all plans, and the best of them.
struct Subproblem {
    best: Plan,
    roles: Vec<Role>,
}

/// The best plan divides the others into subproblems without it, each of which is solved. Source: Lawler (1972).
fn by_division(
    problem: &Problem,
    plan: &Plan,
    is_proven: bool,
    count: usize,
    least: u64,
    means: Means<'_>,
) -> (Vec<Plan>, bool) {
    let left_out = left_out(problem);
    let roles: Vec<Role> = problem.sites.iter().map(|site| site.role).collect();
    let mut subproblems = vec![Subproblem { best: plan.clone(), roles }];
    let mut plans = Vec::new();
    let mut is_complete = is_proven;
    while plans.len() < count {
        let next = (0..subproblems.len()).min_by(|a, b| {
            let (a, b) = (&subproblems[*a].best, &subproblems[*b].best);
            (a.value, &a.sites).cmp(&(b.value, &b.sites))
        });
        let Some(next) = next else { break };
        let subproblem = subproblems.swap_remove(next);
        for roles in divide(problem, &subproblem) {
            if means.watch.is_cancelled() {
                is_complete = false;
                break;
            }
            match solve_subproblem(problem, &left_out, &roles, means) {
                Outcome::Found { plan, bound } => {
                    is_complete &= plan.value == bound;
                    if plan.value <= least {
                        subproblems.push(Subproblem { best: plan, roles });
                    }
                }
                Outcome::Infeasible(_) => {}
                Outcome::Nothing => is_complete = false,
            }
        }
        plans.push(subproblem.best);
    }
    (plans, is_complete)
}

/// The roles that leave every plan of a subproblem but its best, each in one of them.
fn divide(problem: &Problem, subproblem: &Subproblem) -> Vec<Vec<Role>> {
    let mut found = Vec::new();
    let mut roles = subproblem.roles.clone();
    for site in &subproblem.best.sites {
        let at = *site as usize;
        if roles[at] == Role::Required {
            continue;
        }
        let mut without = roles.clone();
        without[at] = Role::Forbidden;
        found.push(without);
        roles[at] = Role::Required;
    }
    // Plans that hold all of these and more; of a number there are none.
    if matches!(problem.limit, Limit::Sites(_)) && !problem.objective.counts_sites() {
        return found;
    }
    for at in 0..roles.len() {
        if roles[at] == Role::Candidate {
            let mut with = roles.clone();
            with[at] = Role::Required;
            found.push(with);
            roles[at] = Role::Forbidden;
        }
    }
    found
}

/// The best plan with other roles; who counts stays as it was.
fn solve_subproblem(problem: &Problem, left_out: &[LeftOut], roles: &[Role], means: Means<'_>) -> Outcome {
    let mut subproblem = Problem { require_all: false, ..problem.clone() };
    for (site, role) in subproblem.sites.iter_mut().zip(roles) {
        site.role = *role;
    }
    let obstacles = obstacles(&subproblem, &[]);
    if obstacles.is_empty() { search(&subproblem, left_out, means) } else { Outcome::Infeasible(obstacles) }
}

/// The best plan for each number of sites, each proven as far as the effort allows for it alone.
/// Numbers that are infeasible have their reasons. Stops when cancelled; what is done is returned.
///
/// # Errors
/// [`ProblemError`] when the question cannot be asked.
pub fn curve(
    problem: &Problem,
    counts: RangeInclusive<usize>,
    effort: &Effort,
    watch: &dyn Watch,
) -> Result<Vec<(usize, Answer)>, ProblemError> {
    let mut points = Vec::new();
    for count in counts {
        if watch.is_cancelled() {
            break;
        }
        let one = Problem { limit: Limit::Sites(count), ..problem.clone() };
        points.push((count, super::solve(&one, effort, watch)?));
    }
    Ok(points)
}

/// The best plan with `wanted` chosen and `given_up` not. Who counts stays as it is without the choice, so the
/// difference in value is what the choice costs; somebody whom only `given_up` reaches makes it infeasible where
/// everyone must be served.
///
/// # Errors
/// [`ProblemError`] when the question cannot be asked.
pub fn solve_instead(
    problem: &Problem,
    wanted: u32,
    given_up: Option<u32>,
    effort: &Effort,
    watch: &dyn Watch,
) -> Result<Answer, ProblemError> {
    problem.check()?;
    let means = Means { effort, watch, start: Instant::now() };
    let left_out = left_out(problem);
    let mut roles: Vec<Role> = problem.sites.iter().map(|site| site.role).collect();
    if let Some(role) = roles.get_mut(wanted as usize) {
        *role = Role::Required;
    }
    if let Some(role) = given_up.and_then(|site| roles.get_mut(site as usize)) {
        *role = Role::Forbidden;
    }
    let outcome = solve_subproblem(problem, &left_out, &roles, means);
    Ok(Answer::of(problem.objective, outcome, left_out, means))
}
