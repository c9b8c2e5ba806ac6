//! What does a place need when the grid is gone: which set, how many containers, how many litres? From a list of its
//! machines and stated assumptions. Does not know places, files or hours of a crisis.

mod assumption;
pub mod diesel;
mod sizing;
pub mod templates;

pub use self::assumption::PowerAssumption;
pub use self::sizing::{Day, PowerWarning, Sizing, size};
