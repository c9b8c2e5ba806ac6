//! Why can a Parquet file not be read, and what is to be done?

use parquet::errors::ParquetError;

use crate::model::Message;

/// Why a file cannot be read.
pub(super) struct Fault(pub Message);

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        let said = match error {
            ParquetError::General(said) | ParquetError::NYI(said) | ParquetError::EOF(said) => said,
            other => other.to_string(),
        };
        Self(damaged(&said))
    }
}

/// It is not as a Parquet file is, or has what the library does not read.
pub(super) fn damaged(what: &str) -> Message {
    Message::new(
        format!(
            "Parquet-filen är avbruten eller skadad, eller har något som inte läses ({what}). Hämta den på nytt, eller exportera som GeoPackage"
        ),
        format!(
            "the Parquet file breaks off or is damaged, or has something that is not read ({what}). Fetch it again, or export it as GeoPackage"
        ),
    )
}

/// It claims more than can be.
pub(super) fn too_much() -> Message {
    Message::new(
        "Parquet-filen säger sig hålla mer än en riktig fil av dess storlek. Exportera som GeoPackage",
        "the Parquet file claims to hold more than a real file of its size. Export it as GeoPackage",
    )
}
