//! Which long work runs beside whoever looks at it, and what did it answer? The search for plans and the shares of a
//! ranking. Does not know a window.

pub mod planner;
pub mod ranked;
