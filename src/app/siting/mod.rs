//! Where should SOT points stand? Poses a question of location-allocation about a project and its results,
//! and tells the answer in places, people, kilometres and words. Does not know how a question is solved.

mod answer;
mod costs;
pub mod decide;
pub mod export;
mod fields;
pub mod live;
mod places;
pub mod plan_export;
mod preview;
mod question;
pub mod scenario;
mod unsolvable;
mod whole;
mod words;

use crate::location::{self, Plan, Problem, Watch};
use crate::units::{Cost, Measure};

use super::Results;

pub use answer::{Figures, LeftOutCell, LeftOutWhy, PlanView, Served, Solved};
pub use costs::{Ambiguous, group_columns, rural_groups};
pub use export::Beside;
pub use fields::number_columns;
pub use places::{
    Exclusion, ExclusionReason, Place, Reason, UnknownFavoured, role_from_id, role_id, role_of,
};
pub use preview::{Preview, preview};
pub use question::{Amount, ByHand, DecaySaid, EffortSaid, Question};
pub use unsolvable::Unsolvable;
pub use whole::{Scale, decimals};
pub use words::{cell_id, listed, said_exclusion};

/// A question made ready to be solved: the problem in whole numbers, and what its numbers stand for.
#[derive(Debug, Clone)]
pub struct Posed {
    pub question: Question,
    /// In the order of [`Results::candidates`] and of the problem's sites.
    pub places: Vec<Place>,
    /// In the order of the problem's exclusive pairs.
    pub exclusions: Vec<Exclusion>,
    /// "In favour of" somebody whom the data does not name.
    pub unknown_favoured: Vec<UnknownFavoured>,
    pub problem: Problem,
    pub measure: Measure,
    /// Metres or seconds of one unit of the cost table.
    pub cost_unit: f64,
    /// The weight of each cell as it is: people, or those of the group.
    pub weights: Vec<f64>,
    pub weight_scale: Scale,
    pub money_scale: Scale,
    /// Cells that have no value for the group; they count as nobody.
    pub cells_without_group: usize,
    /// Numbers written so that they may be thousands or decimals.
    pub ambiguous: Vec<Ambiguous>,
}

impl Posed {
    /// The value of a plan, or a bound, as users read it: person-km or person-minutes, people, km or minutes,
    /// number of sites.
    #[must_use]
    pub fn value(&self, value: u64) -> f64 {
        answer::in_user_units(self, value)
    }

    /// By how much another plan could be better in spite of a proof, because costs are whole and weights may have
    /// more decimals than are counted; in the units of users.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        answer::tolerance(self)
    }

    /// A plan in places and people.
    ///
    /// # Errors
    /// [`Unsolvable::Cancelled`] when it is no longer wanted.
    pub fn view(&self, plan: &Plan, results: &Results, watch: &dyn Watch) -> Result<PlanView, Unsolvable> {
        self.view_within(plan, self.within(results), results, watch)
    }

    /// The same, with people counted within another threshold than the question's.
    ///
    /// # Errors
    /// [`Unsolvable::Cancelled`] when it is no longer wanted.
    pub fn view_within(
        &self,
        plan: &Plan,
        within: Cost,
        results: &Results,
        watch: &dyn Watch,
    ) -> Result<PlanView, Unsolvable> {
        answer::view(self, plan, within, results, watch)
    }

    /// The threshold that people are counted within: the question's, else the project's.
    #[must_use]
    pub fn within(&self, results: &Results) -> Cost {
        self.question.threshold.unwrap_or_else(|| results.limit())
    }

    /// The position of a site: of a store, or of the SOT place that it hosts.
    #[must_use]
    pub fn position(&self, site: &crate::model::SiteId) -> Option<u32> {
        let at = self.places.iter().position(|place| place.is(site))?;
        u32::try_from(at).ok()
    }
}

/// Makes a question ready: sites with roles and reasons, weights, costs.
///
/// # Errors
/// [`Unsolvable`] when the question cannot be asked of these results.
pub fn pose(question: &Question, results: &Results, watch: &dyn Watch) -> Result<Posed, Unsolvable> {
    places::pose(question, results, watch)
}

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
