//! What is wrong with a road file as a whole? Said in both languages, with what to do.

use super::super::IoError;
use crate::model::Message;
use crate::progress::Cancelled;

/// Why a file could not be read.
#[derive(Debug)]
pub(super) enum Problem {
    Io(std::io::Error),
    Cancelled,
    NotPbf,
    NotOsmXml {
        found: String,
    },
    CutOff {
        byte: u64,
    },
    BadBlob {
        number: usize,
        byte: u64,
        said: String,
    },
    NeedsFeature {
        feature: String,
    },
    /// A packing that is not read; the file is whole.
    PackedBy {
        method: &'static str,
    },
    /// It unpacks into more than a real file can hold.
    TooMuch,
    BadXml {
        byte: u64,
        said: String,
    },
    /// A document type, which could define entities that grow without end.
    Doctype {
        byte: u64,
    },
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Cancelled> for Problem {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl Problem {
    /// With the file it is about.
    pub fn of_file(self, path: &std::path::Path) -> IoError {
        let message = match self {
            Self::Cancelled => return IoError::Cancelled(Cancelled),
            Self::Io(source) => return IoError::Open { path: path.to_owned(), source },
            Self::NotPbf => Message::new(
                "är ingen OSM-PBF-fil. Välj en .osm.pbf, t.ex. ett utdrag från Geofabrik",
                "is not an OSM PBF file. Choose an .osm.pbf, for example an extract from Geofabrik",
            ),
            Self::NotOsmXml { found } if found.is_empty() => Message::new(
                "är ingen OSM-XML-fil: den har inget <osm>. Välj en annan fil",
                "is not an OSM XML file: it has no <osm>. Choose another file",
            ),
            Self::NotOsmXml { found } => Message::new(
                format!("är ingen OSM-XML-fil: den börjar med <{found}>, inte <osm>. Välj en annan fil"),
                format!("is not an OSM XML file: it begins with <{found}>, not <osm>. Choose another file"),
            ),
            Self::CutOff { byte } => Message::new(
                format!("filen bryts av vid byte {byte}. Ladda ned den på nytt"),
                format!("the file breaks off at byte {byte}. Download it again"),
            ),
            Self::BadBlob { number, byte, said } => Message::new(
                format!("block {number} vid byte {byte} är skadat ({said}). Ladda ned filen på nytt"),
                format!("block {number} at byte {byte} is damaged ({said}). Download the file again"),
            ),
            Self::NeedsFeature { feature } => Message::new(
                format!(
                    "filen kräver ”{feature}”, som inte läses. Spara den som vanlig OSM-PBF, t.ex. med osmium cat"
                ),
                format!(
                    "the file requires “{feature}”, which is not read. Save it as plain OSM PBF, for example with osmium cat"
                ),
            ),
            Self::PackedBy { method } => Message::new(
                format!(
                    "filen är packad med {method}, som inte läses. Spara den med zlib, t.ex. med osmium cat -f pbf,pbf_compression=zlib"
                ),
                format!(
                    "the file is packed by {method}, which is not read. Save it with zlib, for example with osmium cat -f pbf,pbf_compression=zlib"
                ),
            ),
            Self::TooMuch => Message::new(
                "filen packas upp till orimligt mycket data och läses inte. Hämta den från en källa du litar på",
                "the file unpacks into unreasonably much data and is not read. Get it from a source you trust",
            ),
            Self::BadXml { byte, said } => Message::new(
                format!("inte giltig XML vid byte {byte}. Ladda ned eller exportera filen på nytt"),
                format!("not valid XML at byte {byte}: {said}. Download or export the file again"),
            ),
            Self::Doctype { byte } => Message::new(
                format!(
                    "vid byte {byte} står en dokumenttyp (DOCTYPE), som OSM-filer inte har. Av säkerhetsskäl läses filen inte"
                ),
                format!(
                    "at byte {byte} stands a document type (DOCTYPE), which OSM files do not have. For safety the file is not read"
                ),
            ),
        };
        let file =
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
        IoError::File { file, message }
    }
}
