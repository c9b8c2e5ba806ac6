//! Which plan is best? Chooses the method for the objective, and says what stands in the way if there is none.

use std::time::Instant;

use super::branch::{Pool, Search};
use super::form::Form;
use super::{Answer, Effort, Outcome, Plan, Problem, ProblemError, Watch};

/// Finds the best plan and proves it, as far as the effort allows. Cancelling keeps the best so far.
///
/// # Errors
/// [`ProblemError`] when the question cannot be asked.
pub fn solve(problem: &Problem, effort: &Effort, watch: &dyn Watch) -> Result<Answer, ProblemError> {
    problem.check()?;
    let start = Instant::now();
    let left_out = vec![false; problem.demand.len()];
    let form = Form::new(problem, &left_out);
    let mut pool = Pool::new(1, u64::MAX);
    let ended = Search { form: &form, effort, watch, start }.run(&mut pool);
    let outcome = match pool.plans.first() {
        Some((loss, sites)) => Outcome::Found {
            plan: Plan { sites: sites.clone(), value: form.value(*loss) },
            bound: form.value(ended.bound.min(*loss)),
        },
        None => Outcome::Nothing,
    };
    Ok(Answer {
        objective: problem.objective,
        outcome,
        left_out: Vec::new(),
        was_content: false,
        seconds: start.elapsed().as_secs_f64(),
        seed: effort.seed,
    })
}
