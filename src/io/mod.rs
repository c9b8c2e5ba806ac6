//! Bytes to model and back, with a report of everything not used.
//! The only place that opens files; every save is atomic. Does not know routing, undo or the window.

pub mod beside;
mod content;
mod delimited;
mod error;
mod features;
mod formats;
mod geojson;
mod gpkg;
mod guard;
mod input;
mod json_writer;
mod kept_roads;
mod lines;
pub mod matrix_file;
mod open;
mod osm;
mod overwrite;
mod profile_file;
pub mod project_file;
pub mod reference_file;
mod road_file;
pub mod settings_file;

pub use error::IoError;
pub use guard::{guarded, said_by};
pub use input::{Input, LoadOptions, Part, RoadOptions, sha256_hex, table_named};
pub use json_writer::{JsonWriter, remove_old, write_atomically};
pub use open::{Loaded, load, load_bytes, load_file, parts};
pub use overwrite::{is_there, refuse_overwriting};
pub use profile_file::read_profile;
pub use road_file::{RoadFile, load_roads, roads_of};
