//! What comes of an outage for the places and people of a project? Binds a scenario to the data, asks `outage` for clocks and
//! counts, and tells it.

mod around;
mod assumed;
mod change;
mod compare;
mod compute;
mod export;
mod file;
mod fuel;
mod gains;
mod hits;
mod homes;
mod hour_layer;
mod idle;
mod json;
mod optimise;
mod places;
mod sensitivity;
mod tables;
mod told;

pub use self::assumed::{Assumed, assumed, delay_said, edge_said, not_known};
pub use self::change::OutageChange;
pub use self::compare::{ScenarioSide, write_scenarios};
pub use self::compute::{Clock, Crisis, GroupName, NeedCrisis, NoPlace, OutageError, Together};
pub use self::export::{
    cause_said, files, line_said, write_all, write_assumptions, write_clocks, write_fuel, write_hours,
    write_municipalities, write_scenario,
};
pub use self::file::{FileError, outlines_of, resolved, written};
pub use self::fuel::{FuelFirst, FuelPlan, FuelUse, StationFuel, StoreDemand};
pub use self::hits::Unfit;
pub use self::homes::Home;
pub use self::idle::{Idle, idle};
pub use self::json::{as_json, best_json, working, write_hour};
pub use self::optimise::{Best, BestAsked, BestOf, LeftOutWhy, Over, SotOption, best};
pub use self::places::{Place, PowerBy};
pub use self::sensitivity::{Sensitivity, Unsure, sensitivity};
pub use self::tables::OutageTables;
pub use self::told::{Told, band, known_id, people, span};
