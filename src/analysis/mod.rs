//! Who is served, who is not, and what does a closure do? Reads travel costs, never graphs or files.

mod area_table;
mod closure;
mod coverage;
mod distribution;
mod gaps;
mod rural;

pub use area_table::{AreaKind, AreaRow, area_table};
pub use closure::{Closure, closures};
pub use coverage::{Coverage, CoverageSummary};
pub use distribution::{Distribution, Spread};
pub use gaps::{Gap, GapOutline, cell_shape, gaps, outline};
pub use rural::{GroupFigures, Locality, Rural, localities};
