//! What is a project made of? Its files with date, digest and rows, the assumptions that are not standard, what was
//! written down by hand. The same for the window's sheet and `sotplan info`.

mod assumptions;
mod files;
mod made_of;
mod written;

pub use self::assumptions::{Apart, Listed, apart, changed, listed, with_assumption};
pub use self::files::{FileState, states};
pub use self::made_of::{Information, Rows, Source, Work};
pub use self::written::{json, table};
