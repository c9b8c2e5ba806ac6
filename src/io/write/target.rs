//! Which formats are written, and which of them does a file's name tell?

use std::path::Path;

use crate::io::IoError;
use crate::io::content::file_name;
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

/// A file that is not written, and why.
pub(super) fn refused(path: &Path, message: Message) -> IoError {
    IoError::File { file: file_name(path), message }
}
