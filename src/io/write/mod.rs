//! How is a layer written to a file of its own, in the format that the file's name tells? All columns, all rows.
//! A new format is a file with its writer and a row here.

mod csv;
mod flatgeobuf;
mod geojson;
mod gpkg;
mod outgoing;
mod places;
mod results;
mod tables;
mod target;
mod texts;
mod xlsx;

use std::path::Path;

pub(super) use self::outgoing::Outgoing;
pub use self::outgoing::{PlaneTable, Written, has_own_ids, same_name, source_name};
pub use self::results::{write_collection, write_together};
pub(super) use self::tables::{Listed, put_features, put_texts, update_features};
pub use self::target::Target;
use self::target::refused;
pub use self::texts::TextTable;
pub use self::xlsx::{SheetCell, sheet};
use super::open::Loaded;
use super::{IoError, write_atomically};
use crate::geometry::Crs;
use crate::model::Message;

/// What the user says of how a layer is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// The system of the coordinates; else WGS 84 for GeoJSON, and the source's own for all others.
    pub crs: Option<Crs>,
    /// Tables of text with byte order mark, semicolon and decimal comma.
    pub swedish: bool,
}

/// Writes a layer. The old file, if there is one, stays until the new one is whole.
///
/// # Errors
/// [`IoError`] for a format that is not written, for what the format cannot hold, or when the file cannot be written.
pub fn write_layer(path: &Path, loaded: &Loaded, options: &WriteOptions) -> Result<Written, IoError> {
    let target = Target::of(path)?;
    let is_json = matches!(target, Target::GeoJson | Target::GeoJsonLines);
    let own = if is_json { Crs::Wgs84 } else { loaded.source.crs };
    let crs = options.crs.unwrap_or(own);
    if target == Target::GeoJsonLines && crs != Crs::Wgs84 {
        let message = Message::new(
            "en fil med ett objekt per rad kan inte ange sitt koordinatsystem och är alltid i WGS 84. Skriv .geojson, eller utelämna --to-crs",
            "a file of a feature a line cannot name its system and is always in WGS 84. Write .geojson, or leave out --to-crs",
        );
        return Err(refused(path, message));
    }
    let mut outgoing = Outgoing::new(loaded, crs);
    let bytes = match target {
        Target::GeoPackage => {
            gpkg::write(path, std::slice::from_mut(&mut outgoing), &[])?;
            return Ok(outgoing.written());
        }
        Target::GeoJson => Ok(geojson::collection(&outgoing, &[])),
        Target::GeoJsonLines => Ok(geojson::lines(&outgoing)),
        Target::Csv if options.swedish => csv::table(&mut outgoing, b';', true),
        Target::Csv => csv::table(&mut outgoing, b',', false),
        Target::Tsv => csv::table(&mut outgoing, b'\t', options.swedish),
        Target::Excel => xlsx::workbook(std::slice::from_mut(&mut outgoing), &[]),
        Target::FlatGeobuf => flatgeobuf::file(&mut outgoing),
    };
    write_atomically(path, &[&bytes.map_err(|message| refused(path, message))?])?;
    Ok(outgoing.written())
}

#[cfg(test)]
mod tests;
