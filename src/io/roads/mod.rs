//! How does a file become roads? OpenStreetMap's PBF and XML with its shops and stations, or line features.
//! Does not know profiles and graphs: `model::roads` is what comes out, and `network` reads it.

mod access;
mod assemble;
mod barriers;
mod cache;
mod collect;
mod columns;
mod gpkg;
mod lines;
mod pbf;
mod problem;
mod register;
mod seasons;
mod services;
mod speed;
mod tags;
mod turns;
mod xml;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use self::collect::Collected;
use self::problem::Problem;
use super::beside::WORTH_S;
use super::source::{date_in_name, file_name, hex};
use super::{IoError, Loaded, guarded};
use crate::geometry::Crs;
use crate::model::roads::Roads;
use crate::model::{LineColumns, Message, Role, SourceFile, SourcePlace};
use crate::progress::Progress;

/// Endings of OpenStreetMap files, the longest first.
const OSM_ENDINGS: [&str; 5] = [".osm.pbf", ".osm.bz2", ".osm.gz", ".pbf", ".osm"];

/// A road file, read.
#[derive(Debug)]
pub struct RoadFile {
    pub source: SourceFile,
    pub roads: Roads,
    /// Layers found in an OpenStreetMap file: one for each kind of service that occurs, and the named places.
    pub services: Vec<Loaded>,
}

/// What the user says of a road file instead of letting the program recognise it. OpenStreetMap files need nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoadOptions {
    pub crs: Option<Crs>,
    pub columns: LineColumns,
}

impl RoadOptions {
    /// What is said, as one text: another answer for each other text.
    fn said(&self) -> String {
        serde_json::to_string(&(self.crs, &self.columns)).unwrap_or_default()
    }
}

/// Does the name say that this is an OpenStreetMap file?
#[must_use]
pub fn is_osm_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    OSM_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Reads roads, and the services that an OpenStreetMap file holds beside them.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn load_roads(path: &Path, options: &RoadOptions, progress: &dyn Progress) -> Result<RoadFile, IoError> {
    guarded(&file_name(path), || load(path, options, progress))
}

fn load(path: &Path, options: &RoadOptions, progress: &dyn Progress) -> Result<RoadFile, IoError> {
    let (source, roads, spots) = if is_osm_file(path) {
        read_osm(path, progress)?
    } else {
        let said = options.said();
        cached(path, &said, progress, || {
            let (source, roads) = lines::read(path, options, progress)?;
            Ok((source, roads, Vec::new()))
        })?
    };
    if roads.is_empty() {
        return Err(IoError::NoRoads { file: source.name(), report: Box::new(roads.report) });
    }
    let services = services::layers(path, &source, spots, progress)?;
    progress.report(1, 1);
    Ok(RoadFile { source, roads, services })
}

/// Reads one layer of services or places of an OpenStreetMap file, by its part.
///
/// # Errors
/// [`IoError`] when the file holds nothing of this part, is of no use, or when cancelled.
pub(super) fn load_service(
    path: &Path,
    part: &str,
    role: Option<&Role>,
    progress: &dyn Progress,
) -> Result<Loaded, IoError> {
    let (source, _, spots) = read_osm(path, progress)?;
    let file = source.name();
    let layers = services::layers(path, &source, spots, progress)?;
    let found = layers.into_iter().find(|layer| layer.source.part.as_deref() == Some(part));
    let mut found = found.ok_or_else(|| IoError::Roads {
        file,
        message: Message::new(
            format!("filen har inte längre något av slaget {part}. Välj en annan fil eller ta bort lagret"),
            format!("the file no longer holds anything of the kind {part}. Choose another file or remove the layer"),
        ),
    })?;
    // What the user has made of it since.
    if let Some(role) = role {
        found.role = role.clone();
    }
    Ok(found)
}

/// What a file of roads holds.
type Content = (SourceFile, Roads, Vec<services::PlacedSpot>);

fn read_osm(path: &Path, progress: &dyn Progress) -> Result<Content, IoError> {
    let bytes = size(path)?;
    let is_pbf = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pbf"));
    let read = || -> Result<_, Problem> {
        let file = File::open(path)?;
        let raw = if is_pbf {
            pbf::read(file, pbf::ONE_PASS, progress)?
        } else {
            xml::read(path, file, bytes, progress)?
        };
        Ok(assemble::assemble(raw.collected, &raw.places, progress)?)
    };
    let mut source = SourceFile {
        place: SourcePlace::File(path.to_owned()),
        sha256: String::new(),
        bytes,
        crs: Crs::Wgs84,
        crs_assumed: false,
        date: None,
        part: None,
    };
    source.date = date_in_name(&source.name());
    cached(path, "", progress, || {
        let (roads, spots) = read().map_err(|problem| problem.of_file(path))?;
        Ok((source.clone(), roads, spots))
    })
}

/// What was kept of a file with this content and these options, else what is read of it, which is kept.
fn cached(
    path: &Path,
    options: &str,
    progress: &dyn Progress,
    read: impl Fn() -> Result<Content, IoError> + Sync,
) -> Result<Content, IoError> {
    enum Got {
        Kept(Box<cache::Kept>),
        Read(Result<Content, IoError>, Duration),
    }
    let timed = || {
        let started = Instant::now();
        let content = read();
        Got::Read(content, started.elapsed())
    };
    // The digest of a large file takes a while: side by side with whatever else there is to do.
    let digested = || digest(path, progress).map_err(|problem| problem.of_file(path));
    let get = || cache::read(path).map_or_else(&timed, |kept| Got::Kept(Box::new(kept)));
    let (sha256, got) = rayon::join(digested, get);
    let sha256 = sha256?;
    let (content, took) = match got {
        Got::Kept(kept) if kept.is_of(&sha256, options) => return Ok(kept.content(path)),
        Got::Read(content, took) => (content, took),
        // Of another content: read after all.
        Got::Kept(_) => match timed() {
            Got::Read(content, took) => (content, took),
            Got::Kept(_) => unreachable!("it was read"),
        },
    };
    let (mut source, roads, spots) = content?;
    source.sha256 = sha256;
    if took.as_secs_f64() >= WORTH_S {
        cache::write(path, options, &source, &roads, &spots);
    }
    Ok((source, roads, spots))
}

/// What a file held: its objects, and where its nodes lie.
struct Raw {
    collected: Collected,
    places: assemble::Places,
}

/// The size of a file that is there and not empty.
fn size(path: &Path) -> Result<u64, IoError> {
    let open_error = |source| IoError::Open { path: path.to_owned(), source };
    let meta = std::fs::metadata(path).map_err(open_error)?;
    if meta.is_dir() {
        return Err(open_error(std::io::ErrorKind::IsADirectory.into()));
    }
    if meta.len() == 0 {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return Err(IoError::Empty { file });
    }
    Ok(meta.len())
}

fn digest(path: &Path, progress: &dyn Progress) -> Result<String, Problem> {
    let mut file = BufReader::new(File::open(path)?);
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        progress.check()?;
        match file.read(&mut block)? {
            0 => return Ok(hex(&hasher.finalize())),
            n => hasher.update(&block[..n]),
        }
    }
}

#[cfg(test)]
mod tests;
