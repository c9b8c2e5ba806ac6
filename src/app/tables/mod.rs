//! Which tables are there? Each stands once: what its columns are called and what stands in them. The window draws them,
//! files are written from them. Does not know where they are shown.

mod areas;
mod assumed;
mod candidates;
mod cells;
mod column;
mod county;
mod csv;
mod findings;
mod following;
mod gaps;
mod pipos;
mod services;
mod value;

pub use self::areas::{AreaLine, areas};
pub use self::assumed::assumed;
pub use self::candidates::candidates;
pub use self::cells::cells;
pub use self::column::{Column, Shown, Table};
pub use self::county::county;
pub use self::csv::TableStyle;
pub(in crate::app) use self::csv::{write_long_table, write_table};
pub use self::findings::{FindingLine, finding_lines, findings};
pub use self::following::{FollowLine, StepLine, follow_lines, follow_up, process, step_lines};
pub use self::gaps::{GapLine, gaps};
pub use self::pipos::pipos;
pub use self::services::{ServiceLine, service_lines, services};
pub use self::value::Value;
