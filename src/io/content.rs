//! What are the first bytes of a file, and how is it packed? Does not know what stands further on.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::IoError;
use crate::model::Message;
use crate::progress::Progress;

/// Bytes looked at, packed and unpacked.
const LOOKED_AT: usize = 4096;

/// How much more a packed file may hold than its own length; real ones hold 10 to 25 times.
const MAX_UNPACKED: u64 = 200;
const ALWAYS_UNPACKED: u64 = 16 << 20;

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

/// The first bytes of a file, unpacked, and how it is packed.
///
/// # Errors
/// Those of opening and reading.
pub fn head(path: &Path) -> std::io::Result<(Vec<u8>, Packing)> {
    let mut file = File::open(path)?;
    let start = first(&mut file)?;
    let packing = Packing::of(&start);
    if packing == Packing::None {
        return Ok((start, packing));
    }
    file.seek(SeekFrom::Start(0))?;
    // What cannot be unpacked tells nothing; its reader says why.
    Ok((first(&mut packing.unpack(file)).unwrap_or_default(), packing))
}

/// The first bytes of what lies in memory, unpacked.
#[must_use]
pub fn head_of_bytes(bytes: &[u8]) -> (Vec<u8>, Packing) {
    let packing = Packing::of(bytes);
    let cut = &bytes[..bytes.len().min(if packing == Packing::None { LOOKED_AT } else { usize::MAX })];
    (first(&mut packing.unpack(cut)).unwrap_or_default(), packing)
}

fn first(from: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(LOOKED_AT);
    from.take(LOOKED_AT as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// The name of the first element of an XML text, past declarations and comments.
pub fn first_element(text: &[u8]) -> Option<&[u8]> {
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
pub fn unpacked_bytes(path: &Path, packing: Packing, bytes: &[u8]) -> Result<Vec<u8>, IoError> {
    let limit = Packing::limit(bytes.len() as u64);
    let mut out = Vec::new();
    packing.unpack(bytes).take(limit + 1).read_to_end(&mut out).map_err(|error| broken(path, &error))?;
    if out.len() as u64 > limit { Err(too_much(path)) } else { Ok(out) }
}

fn broken(path: &Path, error: &std::io::Error) -> IoError {
    let message = Message::new(
        format!("filen är packad (gzip eller bzip2) men kan inte packas upp ({error}). Hämta den på nytt"),
        format!("the file is packed (gzip or bzip2) but cannot be unpacked ({error}). Download it again"),
    );
    IoError::File { file: file_name(path), message }
}

fn too_much(path: &Path) -> IoError {
    let message = Message::new(
        "filen packas upp till orimligt mycket data och läses inte. Hämta den från en källa du litar på",
        "the file unpacks into unreasonably much data and is not read. Get it from a source you trust",
    );
    IoError::File { file: file_name(path), message }
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
    Err(IoError::File { file: file_name(path), message })
}

/// A name without its ending.
#[must_use]
pub fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A text past its byte order mark and blanks.
pub(in crate::io) fn text_start(start: &[u8]) -> &[u8] {
    start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start()
}

/// A file's name without folders.
pub(in crate::io) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into())
}
