//! Where is a thing, and in which plane do we measure? Places on Earth, SWEREF 99 TM, bounds.
//! Does not know files, layers or roads.
//!
//! ```
//! use sotplan::geometry::{LonLat, plane_from_place};
//!
//! // WGS 84 to SWEREF 99 TM: 15° east is its central meridian.
//! let point = plane_from_place(LonLat::new(15.0, 63.0)).expect("a place in Sweden");
//! assert!((point.e - 500_000.0).abs() < 0.001);
//! assert!((point.n - 6_985_589.215).abs() < 0.001);
//! ```

mod crs;
mod grid;
mod ground;
mod near;
mod place;
mod polygons;
mod surface;
mod work;

pub use crs::{Crs, CrsError, Epsg, NotUnderstood, Reprojection, plane_from_place, stated, stated_object};
pub use grid::GridCell;
pub use ground::{LocalScale, ground_distance};
pub use near::{EarlierPoints, Located, NearestPoint, positions};
pub use place::{AREA_OF_USE, AreaOfUse, LonLat, PlaneBounds, PlanePoint};
pub use polygons::{PolygonIndex, Prepared};
pub use surface::surface_km2;
#[cfg(test)]
pub use work::comparisons;
