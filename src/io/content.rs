//! What is a file, by its first bytes? Its name is asked only where they do not tell.
//! Does not know what stands further on.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::IoError;
use super::source::file_name;
use crate::model::Message;
use crate::progress::Progress;

/// Bytes looked at, packed and unpacked.
const LOOKED_AT: usize = 4096;

/// How much more a packed file may hold than its own length; real ones hold 10 to 25 times.
const MAX_UNPACKED: u64 = 200;
const ALWAYS_UNPACKED: u64 = 16 << 20;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// An SQLite database: a `GeoPackage`, maybe a saved project.
    GeoPackage,
    OsmPbf,
    OsmXml,
    Json,
    /// Something else, or nothing that its first bytes tell.
    Other,
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    None,
    Gzip,
    Bzip2,
}

impl Packing {
    /// By the first bytes.
    #[must_use]
    pub fn of(start: &[u8]) -> Self {
        if start.starts_with(&[0x1f, 0x8b]) {
            Self::Gzip
        } else if start.starts_with(b"BZh") && start.get(4..10) == Some(&[0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
        {
            Self::Bzip2
        } else {
            Self::None
        }
    }

    /// A reader of what is packed.
    pub fn unpack<'a>(self, packed: impl Read + 'a) -> Box<dyn Read + 'a> {
        match self {
            Self::None => Box::new(packed),
            Self::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
            Self::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(packed)),
        }
    }

    /// The most that so many packed bytes may unpack to.
    #[must_use]
    pub const fn limit(length: u64) -> u64 {
        length.saturating_mul(MAX_UNPACKED).saturating_add(ALWAYS_UNPACKED)
    }
}

/// Content and packing of a file.
///
/// # Errors
/// Those of opening and reading.
pub fn sniff(path: &Path) -> std::io::Result<(Content, Packing)> {
    let mut file = File::open(path)?;
    let start = first(&mut file)?;
    let packing = Packing::of(&start);
    if packing == Packing::None {
        return Ok((content_of(&start), packing));
    }
    file.seek(SeekFrom::Start(0))?;
    // What cannot be unpacked tells nothing; its reader says why.
    let start = first(&mut packing.unpack(file)).unwrap_or_default();
    Ok((content_of(&start), packing))
}

fn first(from: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(LOOKED_AT);
    from.take(LOOKED_AT as u64).read_to_end(&mut start)?;
    Ok(start)
}

fn content_of(start: &[u8]) -> Content {
    if start.starts_with(b"SQLite format 3\0") {
        return Content::GeoPackage;
    }
    // The length of a blob header, and in it the kind of the first blob.
    if start.get(4..).is_some_and(|rest| rest.iter().take(64).collect::<Vec<_>>().len() >= 11)
        && start[4..].windows(9).take(32).any(|part| part == b"OSMHeader")
    {
        return Content::OsmPbf;
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    match text.first() {
        Some(b'{' | b'[' | 0x1e) => Content::Json,
        Some(b'<') if first_element(text) == Some(b"osm") => Content::OsmXml,
        _ => Content::Other,
    }
}

/// The name of the first element of an XML text, past declarations and comments.
fn first_element(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text;
    loop {
        rest = rest.trim_ascii_start().strip_prefix(b"<")?;
        let end: &[u8] = if rest.starts_with(b"!--") { b"-->" } else { b">" };
        if rest.starts_with(b"?") || rest.starts_with(b"!") {
            let at = rest.windows(end.len()).position(|part| part == end)?;
            rest = &rest[at + end.len()..];
            continue;
        }
        let length = rest.iter().position(|c| c.is_ascii_whitespace() || matches!(c, b'>' | b'/'))?;
        return Some(&rest[..length]);
    }
}

/// A packed file, unpacked to where it can be read from anywhere; it is gone when this is dropped.
///
/// # Errors
/// [`IoError`] when it cannot be unpacked, unpacks to more than a real file would, or when cancelled.
pub fn unpacked(
    path: &Path,
    packing: Packing,
    progress: &dyn Progress,
) -> Result<tempfile::NamedTempFile, IoError> {
    let open_error = |source| IoError::Open { path: path.to_owned(), source };
    let file = File::open(path).map_err(open_error)?;
    let length = file.metadata().map_err(open_error)?.len();
    let folder = std::env::temp_dir();
    let write_error = |source| IoError::Write { path: folder.clone(), source };
    let mut out = tempfile::NamedTempFile::new_in(&folder).map_err(write_error)?;
    let mut from = packing.unpack(file);
    let (mut block, mut written) = (vec![0; 1 << 20], 0u64);
    loop {
        progress.check()?;
        let n = from.read(&mut block).map_err(|error| broken(path, &error))?;
        if n == 0 {
            return Ok(out);
        }
        written += n as u64;
        if written > Packing::limit(length) {
            return Err(too_much(path));
        }
        out.write_all(&block[..n]).map_err(write_error)?;
    }
}

/// The bytes of a packed file, unpacked.
///
/// # Errors
/// [`IoError`] when they cannot be unpacked, or unpack to more than a real file would.
pub fn unpacked_bytes(path: &Path, bytes: &[u8]) -> Result<Option<Vec<u8>>, IoError> {
    let packing = Packing::of(bytes);
    if packing == Packing::None {
        return Ok(None);
    }
    let limit = Packing::limit(bytes.len() as u64);
    let mut out = Vec::new();
    packing.unpack(bytes).take(limit + 1).read_to_end(&mut out).map_err(|error| broken(path, &error))?;
    if out.len() as u64 > limit { Err(too_much(path)) } else { Ok(Some(out)) }
}

fn broken(path: &Path, error: &std::io::Error) -> IoError {
    let message = Message::new(
        format!("filen är packad (gzip eller bzip2) men kan inte packas upp ({error}). Hämta den på nytt"),
        format!("the file is packed (gzip or bzip2) but cannot be unpacked ({error}). Download it again"),
    );
    IoError::Roads { file: file_name(path), message }
}

fn too_much(path: &Path) -> IoError {
    let message = Message::new(
        "filen packas upp till orimligt mycket data och läses inte. Hämta den från en källa du litar på",
        "the file unpacks into unreasonably much data and is not read. Get it from a source you trust",
    );
    IoError::Roads { file: file_name(path), message }
}

/// A folder that is Esri's database, which many county registers are delivered as, is told apart from other folders.
///
/// # Errors
/// [`IoError`] with what to choose instead.
pub fn refuse_geodatabase(path: &Path) -> Result<(), IoError> {
    let is_named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gdb"));
    if !is_named || !path.is_dir() {
        return Ok(());
    }
    let message = Message::new(
        "är en File Geodatabase, som inte läses. Välj GeoPackage när du hämtar filen (hos Lastkajen på samma sida), eller exportera lagret som GeoPackage från QGIS",
        "is a File Geodatabase, which is not read. Choose GeoPackage when you download the file (at Lastkajen on the same page), or export the layer as GeoPackage from QGIS",
    );
    Err(IoError::Roads { file: file_name(path), message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_first_bytes() {
        let check = |start: &[u8], wanted: Content| {
            assert_eq!(content_of(start), wanted, "{:?}", String::from_utf8_lossy(start));
        };
        check(b"SQLite format 3\0rest", Content::GeoPackage);
        check(b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x35\x10\x2f", Content::OsmPbf);
        check(b"<?xml version='1.0'?>\n<!-- a > b -->\n<osm version='0.6'>", Content::OsmXml);
        check(b"\xef\xbb\xbf  <osm>", Content::OsmXml);
        check(b"<gml:FeatureCollection>", Content::Other);
        check(b"<osmChange version='0.6'>", Content::Other);
        check(b"\n {\"type\":\"FeatureCollection\"", Content::Json);
        check(b"PK\x03\x04", Content::Other);
        check(b"", Content::Other);
        check(b"abc", Content::Other);
    }
}
