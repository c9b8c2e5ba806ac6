//! How does it stand in a municipality and its county? The sheet of one municipality, and the county table: what the data
//! have beside what was printed, with every difference flagged and its likely reason.

mod dates;
mod figure;
mod figures;
mod flag;
mod identity;
mod judge;
mod line;
pub mod printed;
mod sheet;
mod table;
mod written;

pub use self::dates::Dates;
pub use self::figure::{Figure, Part};
pub use self::flag::{Flag, Reason};
pub use self::line::{LandBy, Line, LineKind, Stores};
pub use self::sheet::{Asked, Best, GapHere, Sheet, sheet, sheet_of};
pub use self::table::{CountyTable, county_table};
pub use self::written::{as_text, source_of};
