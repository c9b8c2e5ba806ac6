//! How is a layer written to a file of its own, in the format that the file's name tells? All columns, all rows.
//! A new format is a file with its writer and a row here.

mod csv;
mod flatgeobuf;
mod geojson;
mod gpkg;
mod outgoing;
mod places;
mod xlsx;

use std::collections::BTreeMap;
use std::path::Path;

use self::outgoing::Outgoing;
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
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let name = file.to_lowercase();
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
            IoError::File { file, message }
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

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    pub rows: usize,
    /// Of these, rows without a place.
    pub without_place: usize,
    /// Rows that are not written, by reason.
    pub refused: BTreeMap<&'static str, usize>,
    pub crs: Crs,
    /// What the file says otherwise than its source, and why.
    pub notes: Vec<Message>,
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
    match target {
        Target::GeoJson => write_atomically(path, &[&geojson::collection(&outgoing)])?,
        Target::GeoJsonLines => write_atomically(path, &[&geojson::lines(&outgoing)])?,
        Target::Csv | Target::Tsv => {
            let delimiter = match (target, options.swedish) {
                (Target::Tsv, _) => b'\t',
                (_, true) => b';',
                (_, false) => b',',
            };
            let bytes = csv::table(&mut outgoing, delimiter, options.swedish)
                .map_err(|message| refused(path, message))?;
            write_atomically(path, &[&bytes])?;
        }
        Target::GeoPackage => gpkg::write(path, &mut outgoing)?,
        Target::Excel => {
            let bytes = xlsx::workbook(&mut outgoing).map_err(|message| refused(path, message))?;
            write_atomically(path, &[&bytes])?;
        }
        Target::FlatGeobuf => {
            let bytes = flatgeobuf::file(&mut outgoing).map_err(|message| refused(path, message))?;
            write_atomically(path, &[&bytes])?;
        }
    }
    Ok(outgoing.written())
}

fn refused(path: &Path, message: Message) -> IoError {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    IoError::File { file, message }
}

#[cfg(test)]
mod tests;
