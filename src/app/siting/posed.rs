//! What is a question made ready to be solved? The problem in whole numbers, and what its numbers stand for.

use super::costs::Ambiguous;
use super::places::{Exclusion, Place, UnknownFavoured};
use super::question::Question;
use super::whole::Scale;
use crate::app::Results;
use crate::location::Problem;
use crate::units::{Cost, Measure};

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
