//! What can fail, for how long, and what hangs on it? Scenarios of an outage, the dependencies between what fails and what
//! people need, and what is assumed. Does not know what comes of it (see `outage`).

mod assumptions;
mod book;
mod chain;
mod edge;
mod horizon;
mod need;
mod part;
mod range;
mod scenario;

pub use self::assumptions::{AssumptionRow, Known, OutageAssumptions, Unsaid};
pub use self::book::{LoadList, OutageBook};
pub use self::chain::{Chain, Dependency};
pub use self::edge::{Delay, EdgeEdit, EdgeId, Effect};
pub use self::horizon::{HORIZON_H, HOURS};
pub use self::need::Need;
pub use self::part::{Limit, LimitSet, Part};
pub use self::range::{Basis, NEVER_H, Range};
pub use self::scenario::{
    Fault, OutageArea, OutageScenario, Outlines, Preset, Refuel, Restored, RoadsClosed, Season, Where,
};
