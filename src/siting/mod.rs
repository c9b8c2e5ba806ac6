//! Which place is suited? The minimum level, candidates, site factors, flags, ranking and trial points.
//! Reads travel costs, never graphs or files.

mod candidates;
mod factors;
mod flags;
mod minimum_level;
pub mod ranking;
mod trial;

pub use candidates::{Candidate, Host, Inputs, NearestUnit, candidates};
pub use factors::{Missing, Reading, Readings, evidence_of, fact_of, readings, recorded_at};
pub use flags::{Flag, PlaceFlags, Question, flags, is_beyond, limit_of};
pub use minimum_level::{FuelNear, NearestFuel, Outcome, Rule, RuleResult, Verdict, Why, judge, rules_of};
pub use trial::{SiteFigures, TrialModel};
