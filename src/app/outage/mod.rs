//! What comes of an outage for the places and people of a project? Binds a scenario to the data, asks `outage` for clocks and
//! counts, and tells it.

mod change;
mod compute;
mod file;
mod hits;
mod places;
mod tables;

pub use self::change::OutageChange;
pub use self::compute::{Clock, Crisis, GroupName, Home, NeedCrisis, OutageError, Together};
pub use self::file::{FileError, outlines_of, resolved, written};
pub use self::hits::Unfit;
pub use self::places::{Place, PowerBy};
pub use self::tables::OutageTables;
