//! Who still has what when the power is gone, hour by hour? Clocks of places by the event chain, and the people whom those
//! that work can serve. Reads the model and tables of travel costs; does not know files, nor how costs were found.

mod clock;
mod hours;
mod own_power;
mod spans;
mod supply;

pub use self::clock::{Case, Change, Level, PlaceParts, PlaceState, Timeline, evaluate, timeline};
pub use self::hours::HourSet;
pub use self::own_power::{Fuelled, OwnPower};
pub use self::spans::{Minute, Spans, minute};
pub use self::supply::{Counts, NeedHours, People, Served, Slots, Supply, supply};
