//! What is asked of roads without people: closures from a file, tables of travel costs, routes.
//! The command line and the window call the same functions.

mod closures;
mod places;
mod route;
mod table;

pub use self::closures::closures_from_file;
pub use self::places::{NamedPlace, over_water, places_from_file};
pub use self::route::route_geojson;
pub use self::table::{Limit, TableTerms, cost_table};
