//! Who is served, who is not, and what does a closure do? Reads travel costs, never graphs or files.
//!
//! ```
//! use sotplan::analysis::Distribution;
//! use sotplan::units::{Metres, People};
//!
//! // How far people have to the nearest store, cell by cell.
//! let cells = [(1_000.0, 60.0), (4_000.0, 30.0), (12_000.0, 10.0)];
//! let distances =
//!     Distribution::new(cells.map(|(metres, people)| (Metres::new(metres).into(), People::new(people))));
//! assert_eq!(distances.spread().p90, Some(Metres::new(4_000.0).into()), "nine of ten have at most 4 km");
//! ```

mod area_table;
mod closure;
mod coverage;
mod distribution;
mod gaps;
mod rural;

pub use area_table::{AreaKind, AreaRow, area_table, summed};
pub use closure::{Closure, closures};
pub use coverage::{Coverage, CoverageSummary};
pub use distribution::{Distribution, Spread};
pub use gaps::{Gap, GapOutline, cell_shape, gaps, outline};
pub use rural::{GroupFigures, Locality, Rural, localities};
