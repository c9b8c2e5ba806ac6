//! How is a map composed for paper? A page of a size with title, legend, scale, north, sources and date around the map, in a
//! scale that a ruler can use, and names placed for it. Does not know how a page is turned into PDF or points.

mod sheet;
mod size;
mod sources;

pub use self::sheet::{Sheet, draw};
pub use self::size::{POINTS_PER_MM, Paper, PaperSize, nice_scale};
pub use self::sources::sources;
