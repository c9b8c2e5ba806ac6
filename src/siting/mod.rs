//! Which place is suited? The minimum level, candidates and trial points. Reads travel costs, never graphs or files.

mod candidates;
mod minimum_level;
mod trial;

pub use candidates::{Candidate, Host, Inputs, NearestUnit, candidates};
pub use minimum_level::{FuelNear, NearestFuel, Outcome, Rule, RuleResult, Verdict, Why, judge, rules_of};
pub use trial::{SiteFigures, TrialModel};
