//! Bytes to model and back, with a report of everything not used.
//! The only place that opens files; every save is atomic. Does not know routing, undo or the window.

pub mod beside;
pub mod content;
mod error;
pub mod geojson;
pub mod geopackage;
mod gpkg_shape;
mod guard;
mod json_writer;
pub mod matrix_file;
mod overwrite;
mod profile_file;
pub mod project_file;
pub mod reference_file;
pub mod roads;
pub mod settings_file;
mod source;

pub use error::IoError;
pub use guard::{guarded, said_by};
pub use json_writer::{JsonWriter, remove_old, write_atomically};
pub use overwrite::{is_there, refuse_overwriting};
pub use profile_file::read_profile;
pub use roads::{RoadFile, RoadOptions, is_osm, load_roads, tells_roads};
pub use source::{LoadOptions, Loaded, load_bytes, load_file, sha256_hex, table_named};
