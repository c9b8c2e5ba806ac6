//! What does another table say of the rows of a layer? Rows that meet by what they are called: columns are added, or
//! rows that stand nowhere get the places of those they meet. What meets nothing, or more than one, is told row by row.

mod add;
mod keys;
mod rows;
mod towns;

pub use self::add::{JoinFault, Meeting, columns_of_both, joined};
pub use self::towns::Municipalities;
