//! Which place is suited? The minimum level, candidates, site factors, flags, ranking and trial points.
//! Reads travel costs, never graphs or files.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use sotplan::model::{Evidence, Fact, FactValue, Parameters};
//! use sotplan::siting::{FuelNear, Outcome, Rule, Verdict, judge, rules_of, says_some};
//!
//! // All that is known of the store: somebody works there.
//! let staffed = Fact::new(FactValue::Choice("staffed".into()), Evidence::none());
//! let rules = rules_of(&BTreeMap::from([("staffing", staffed)]), &FuelNear::NoLayer, &Parameters::default());
//! assert_eq!(rules[Rule::M1 as usize].outcome, Outcome::Met);
//! // What is unknown is a question, never a no.
//! assert_eq!(judge(&rules, true), Verdict::CannotBeJudged);
//! ```

mod candidates;
mod factors;
mod flags;
mod minimum_level;
pub mod ranking;
mod trial;

pub use candidates::{Candidate, Host, Inputs, NearestUnit, candidates, nearest_towns};
pub use factors::{Missing, Reading, Readings, evidence_of, fact_of, readings, recorded_at};
pub use flags::{Flag, PlaceFlags, Question, flags, is_beyond, limit_of};
pub use minimum_level::{
    FuelNear, NearestFuel, Outcome, Rule, RuleResult, Verdict, Why, judge, rules_of, says_some,
};
pub use trial::{SiteFigures, TrialModel};
