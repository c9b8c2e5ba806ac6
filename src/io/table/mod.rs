//! What does a table of rows and columns hold, whoever wrote it: a text, a workbook? Its names are found, its columns
//! get their types, its rows their places. Does not know separators or workbooks.

mod cells;
mod head;
mod kinds;
mod layer;
mod places;
mod spots;
mod systems;

pub(in crate::io) use self::cells::Cells;
pub(in crate::io) use self::head::Head;
pub(in crate::io) use self::layer::{Source, layer};
pub(in crate::io) use self::places::PlaceColumns;
pub(in crate::io) use self::systems::states_system;
