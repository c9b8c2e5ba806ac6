//! Where is a thing, and in which plane do we measure? Places on Earth, SWEREF 99 TM, bounds.
//! Does not know files, layers or roads.

mod crs;
mod grid;
mod ground;
mod place;

pub use crs::{Crs, CrsError, Reprojection, plane_from_place};
pub use grid::{GridCell, cell_from_scb_id};
pub use ground::{LocalScale, ground_distance};
pub use place::{AREA_OF_USE, AreaOfUse, LonLat, PlaneBounds, PlanePoint};
