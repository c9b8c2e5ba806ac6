//! How is a question answered? Posed, solved, and told in places and people.

use super::answer::Solved;
use super::pose::pose;
use super::posed::Posed;
use super::question::Question;
use super::unsolvable::Unsolvable;
use crate::app::Results;
use crate::location::{self, Watch};

/// Poses a question and solves it. Cancelling keeps the best plan found.
///
/// # Errors
/// [`Unsolvable`] when the question cannot be asked.
pub fn solve(question: &Question, results: &Results, watch: &dyn Watch) -> Result<Solved, Unsolvable> {
    let posed = pose(question, results, watch)?;
    solve_posed(posed.into(), results, watch)
}

/// Solves a question that was made ready.
///
/// # Errors
/// [`Unsolvable`] when the question cannot be asked.
pub fn solve_posed(
    posed: std::sync::Arc<Posed>,
    results: &Results,
    watch: &dyn Watch,
) -> Result<Solved, Unsolvable> {
    let effort = posed.question.effort.into();
    let answer = location::solve(&posed.problem, &effort, watch).map_err(Unsolvable::Problem)?;
    Solved::new(posed, answer, results)
}
