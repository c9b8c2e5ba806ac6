//! What is told of a crisis at once, in files and on the terminal?

use super::compute::Crisis;
use super::fuel::FuelPlan;
use super::optimise::Best;
use super::sensitivity::Sensitivity;
use crate::lang::Lang;
use crate::model::outage::Known;
use crate::units::People;

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

/// People, as a number.
#[must_use]
pub fn people(value: f64, lang: Lang) -> String {
    lang.people(People::new(value))
}

/// The least and the most of something: one where they read alike, with a dash between where not.
#[must_use]
pub fn span(least: &str, most: &str) -> String {
    if least == most { least.to_owned() } else { format!("{least}–{most}") }
}

/// People, from the least to the most.
#[must_use]
pub fn band(least: f64, most: f64, lang: Lang) -> String {
    span(&people(least, lang), &people(most, lang))
}
