//! Coordinate reference systems: which there are (`system`, from `known` and `definitions`), which one a text means
//! (`stated`, from `names`, `wkt` and `projjson`), and what numbers are in another (`reprojection`).

mod definitions;
mod described;
mod known;
mod names;
mod projjson;
mod reprojection;
mod stated;
mod system;
mod wkt;

pub use definitions::Epsg;
pub use names::NotUnderstood;
pub use reprojection::{Reprojection, plane_from_place};
pub use stated::{stated, stated_object};
pub use system::{Crs, CrsError};

#[cfg(test)]
mod tests;
