//! What is told of a crisis at once, in files and on the terminal?

use super::compute::Crisis;
use super::fuel::FuelPlan;
use super::optimise::Best;
use super::sensitivity::Sensitivity;
use crate::model::outage::Known;

/// A crisis and what else was asked of it.
pub struct Told<'a> {
    pub crisis: &'a Crisis,
    /// The same without what the scenario adds, removes and fuels, where it does.
    pub before: Option<&'a Crisis>,
    pub fuel: &'a FuelPlan,
    pub sensitivity: &'a [Sensitivity],
    pub best: Option<&'a Best>,
}

/// Does a place have own power, in words for files?
#[must_use]
pub const fn known_id(known: Known) -> &'static str {
    match known {
        Known::Yes => "yes",
        Known::No => "no",
        Known::Unknown => "unknown",
    }
}
