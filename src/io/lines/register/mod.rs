//! What does Sweden's road register NVDB say of a stretch? Its columns by whatever name, and their values.
//! Does not know geometries or files. What each column means is told in `docs/formats.md`, with its sources.

mod codes;
mod names;
mod row;

pub(super) use codes::functional_class;
pub(super) use names::{Field, Register};
pub(super) use row::Row;
