//! What do villages come to when they lie side by side? Two to six places or plans as columns, every figure of the inspector as a
//! row, what speaks for each in sentences, and what nobody knows. Does not know the window.

mod around;
mod ask;
mod build;
mod closure;
mod factors;
mod find;
mod level;
mod people;
mod plans;
mod process;
mod sentences;
mod services;
mod sheet;
pub mod sources;
mod standing;
mod subject;
mod unit;
mod written;

pub use self::ask::Ask;
pub use self::build::{Asked, compare};
pub use self::find::{Unclear, find, find_area, find_plan, name_of};
pub use self::sheet::{
    Better, Cell, Comparison, Curve, Group, Place, PlaceKind, Row, Sentence, SentenceKind, Value,
};
pub use self::subject::compared_as;
pub use self::unit::Unit;
pub use self::written::{as_text, files, lang_of, write_all, write_json, write_places, write_table_file};
