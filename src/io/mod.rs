//! Bytes to model and back, with a report of everything not used.
//! The only place that opens files; every save is atomic. Does not know routing, undo or the window.
//!
//! ```
//! use sotplan::io::{LoadOptions, load_bytes};
//! use sotplan::model::SourcePlace;
//! use sotplan::progress::Unwatched;
//!
//! let text = r#"{"type": "FeatureCollection", "features": [
//!     {"type": "Feature", "properties": {"name": "The store"},
//!      "geometry": {"type": "Point", "coordinates": [14.63839, 63.17569]}},
//!     {"type": "Feature", "properties": {"name": "Nowhere"}, "geometry": null}]}"#;
//! let place = SourcePlace::File("stores.geojson".into());
//! let loaded = load_bytes(place, text.as_bytes(), &LoadOptions::default(), &Unwatched)?;
//! // What cannot be used is counted and named, never dropped.
//! assert_eq!(loaded.table.features.len(), 1);
//! assert_eq!(loaded.table.report.refused_by_reason()["no_geometry"], 1);
//! # Ok::<(), sotplan::io::IoError>(())
//! ```

mod archive;
pub mod beside;
#[cfg(test)]
mod chance;
mod content;
mod delimited;
mod encoding;
mod error;
mod exact_json;
mod features;
mod flatgeobuf;
mod formats;
mod formula;
mod geojson;
#[cfg(feature = "parquet")]
mod geoparquet;
mod gpkg;
pub mod ground;
mod guard;
mod input;
mod join;
mod json_writer;
mod kept_roads;
mod lines;
pub mod loads_file;
mod logo;
mod marks;
pub mod matrix_file;
mod open;
mod open_by;
mod osm;
pub mod outage_file;
mod overwrite;
mod profile_file;
pub mod project_file;
pub mod reference_file;
mod relatives;
mod road_file;
pub mod settings_file;
mod shapefile;
mod sides;
mod table;
mod workbook;
mod write;

pub use self::formats::{endings, files_in};
pub use self::open_by::OpenBy;
pub use content::stem;
pub use error::IoError;
pub use formula::shielded;
pub use guard::{guarded, said_by};
pub use input::{Input, LoadOptions, Part, RoadOptions, sha256_hex, table_named};
pub use json_writer::{JsonWriter, remove_old, write_atomically};
pub use logo::{Logo, read_logo};
pub use open::{Loaded, columns_of_join, format_name, load, load_bytes, load_file, parts};
pub use overwrite::{is_there, overwritten, refuse_overwriting};
pub use profile_file::read_profile;
pub use road_file::{RoadFile, load_roads, roads_of};
pub use sides::main_file;
pub use write::{
    PlaneTable, SheetCell, Target, TextTable, WriteOptions, Written, has_own_ids, same_name, sheet,
    source_name, write_collection, write_layer, write_together,
};
