//! What comes of an outage for the places and people of a project? Binds a scenario to the data, asks `outage` for clocks and
//! counts, and tells it.

mod assumed;
mod change;
mod compute;
mod export;
mod file;
mod fuel;
mod gains;
mod hits;
mod hour_layer;
mod optimise;
mod places;
mod sensitivity;
mod tables;

pub use self::assumed::{Assumed, assumed, delay_said, edge_said, not_known};
pub use self::change::OutageChange;
pub use self::compute::{Clock, Crisis, GroupName, Home, NeedCrisis, OutageError, Together};
pub use self::export::{
    Told, as_json, best_json, cause_said, files, known_id, line_said, working, write_all, write_clocks,
    write_fuel, write_hour, write_hours,
};
pub use self::file::{FileError, outlines_of, resolved, written};
pub use self::fuel::{FuelFirst, FuelPlan, FuelUse, StationFuel};
pub use self::hits::Unfit;
pub use self::optimise::{Best, BestAsked, BestOf, Over, SotOption, best};
pub use self::places::{Place, PowerBy};
pub use self::sensitivity::{Sensitivity, Unsure, sensitivity};
pub use self::tables::OutageTables;
