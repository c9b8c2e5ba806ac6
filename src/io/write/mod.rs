//! How is a layer written to a file of its own, in the format that the file's name tells? All columns, all rows.
//! A new format is a file with its writer and a row here.

mod csv;
mod flatgeobuf;
mod geojson;
mod gpkg;
mod outgoing;
mod places;
mod results;
mod xlsx;

use std::path::Path;

use self::outgoing::Outgoing;
pub use self::outgoing::{Written, free_name, has_own_ids, same_name, source_name};
pub use self::results::{TextTable, write_collection, write_together};
use super::content::file_name;
use super::open::Loaded;
use super::{IoError, write_atomically};
use crate::geometry::Crs;
use crate::model::Message;

/// A format that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    GeoJson,
    /// A feature a line.
    GeoJsonLines,
    Csv,
    Tsv,
    GeoPackage,
    Excel,
    FlatGeobuf,
}

/// Formats by the endings of their files' names.
const ENDINGS: [(&str, Target); 11] = [
    (".geojson", Target::GeoJson),
    (".json", Target::GeoJson),
    (".geojsonl", Target::GeoJsonLines),
    (".geojsons", Target::GeoJsonLines),
    (".geojsonseq", Target::GeoJsonLines),
    (".ndjson", Target::GeoJsonLines),
    (".csv", Target::Csv),
    (".tsv", Target::Tsv),
    (".gpkg", Target::GeoPackage),
    (".xlsx", Target::Excel),
    (".fgb", Target::FlatGeobuf),
];

impl Target {
    /// The format that a file's name tells.
    ///
    /// # Errors
    /// [`IoError::File`] with the endings there are.
    pub fn of(path: &Path) -> Result<Self, IoError> {
        let name = file_name(path).to_lowercase();
        let found = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, target)| *target);
        found.ok_or_else(|| {
            let endings = ENDINGS.map(|(ending, _)| ending).join(", ");
            let message = Message::new(
                format!(
                    "filnamnets ändelse säger inte vilket format som ska skrivas. Använd en av {endings}"
                ),
                format!(
                    "the ending of the file's name tells no format that is written. Use one of {endings}"
                ),
            );
            refused(path, message)
        })
    }
}

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

fn refused(path: &Path, message: Message) -> IoError {
    IoError::File { file: file_name(path), message }
}

#[cfg(test)]
mod tests;
