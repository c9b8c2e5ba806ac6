//! What does a whole value of a problem stand for, and what may its rounding hide? The same for a project's cells and
//! for anybody's tables.

use super::whole::Scale;
use crate::location::{Counted, Problem};

/// What the whole numbers of a problem stand for, in the units of users.
pub(in crate::app) struct Units<'a> {
    pub problem: &'a Problem,
    /// The weights of the demand as they are.
    pub weights: &'a [f64],
    pub weight_scale: Scale,
    /// A cost of so many units of the table.
    pub cost: Box<dyn Fn(f64) -> f64 + 'a>,
    /// What rounding may hide of a cost, and the greatest of the costs.
    pub cost_rounding: f64,
    pub greatest: Box<dyn Fn() -> f64 + 'a>,
}

impl Units<'_> {
    /// The value of a plan or a bound: weight × cost, a cost, sites or weight, as the objective counts.
    #[expect(clippy::cast_precision_loss, reason = "shown to users")]
    pub fn value(&self, whole: u64) -> f64 {
        match self.problem.objective.counted() {
            Counted::WeightedCost => (self.cost)(whole as f64 / self.weight_scale.factor()),
            Counted::GreatestCost => (self.cost)(whole as f64),
            Counted::Sites => whole as f64,
            Counted::Weight => self.weight_scale.value(whole) / f64::from(self.problem.weight_unit()),
        }
    }

    /// By how much another plan could be better than "proven" says, because numbers were rounded to become whole.
    #[expect(clippy::cast_precision_loss, reason = "a bound on rounding")]
    pub fn tolerance(&self) -> f64 {
        let weight = self.weight_scale.rounded_to().unwrap_or(0.0);
        let people = || self.weights.iter().sum::<f64>();
        let count = self.weights.len() as f64;
        match self.problem.objective.counted() {
            Counted::WeightedCost => {
                let greatest = if weight > 0.0 { (self.greatest)() } else { 0.0 };
                people() * self.cost_rounding + count * weight * greatest
            }
            Counted::GreatestCost => self.cost_rounding,
            Counted::Sites => 0.0,
            Counted::Weight => {
                // The capacity of a site is rounded down; with a decay each unit of weight counts in whole parts.
                let sites =
                    if self.problem.objective.has_capacities() { self.problem.sites.len() } else { 0 };
                let unit = self.problem.weight_unit();
                let parts = if unit > 1 { people() / f64::from(unit) } else { 0.0 };
                (count + sites as f64) * weight + parts
            }
        }
    }
}
