//! Which long work runs beside whoever looks at it, and what did it answer? The search for plans, the shares of a
//! ranking, the figures of a trial point, the sheet of a municipality. Does not know a window.

pub mod crisis;
pub mod listing;
pub mod municipal;
pub mod planner;
pub mod ranked;
pub mod trial;
