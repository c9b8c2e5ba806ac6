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
use std::time::Instant;

use sha2::{Digest, Sha256};

use self::collect::Collected;
use self::problem::Problem;
use super::beside::WORTH_S;
use super::content::{Content, Packing, refuse_geodatabase, sniff, unpacked};
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

/// What a file of roads is: by its content, and where that tells nothing by its name, so that a damaged file is told as
/// what it was meant to be.
fn content(path: &Path) -> (Content, Packing) {
    let (content, packing) = sniff(path).unwrap_or((Content::Other, Packing::None));
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let named = |ending: &str| name.ends_with(ending);
    let content = match content {
        Content::Other if named(".pbf") => Content::OsmPbf,
        Content::Other if OSM_ENDINGS.iter().any(|ending| named(ending)) => Content::OsmXml,
        known => known,
    };
    (content, packing)
}

/// Does a file hold `OpenStreetMap` data?
#[must_use]
pub fn is_osm(path: &Path) -> bool {
    matches!(content(path).0, Content::OsmPbf | Content::OsmXml)
}

/// Does a table of a `GeoPackage` hold roads, by its columns or its name?
#[must_use]
pub fn tells_roads(table: &super::geopackage::Table) -> bool {
    table.may_hold_lines() && gpkg::tells_roads(table)
}

/// Reads roads, and the services that an OpenStreetMap file holds beside them.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn load_roads(path: &Path, options: &RoadOptions, progress: &dyn Progress) -> Result<RoadFile, IoError> {
    guarded(&file_name(path), || load(path, options, progress))
}

fn load(path: &Path, options: &RoadOptions, progress: &dyn Progress) -> Result<RoadFile, IoError> {
    refuse_geodatabase(path)?;
    let (source, roads, spots) = read(path, options, progress)?;
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
    let (source, _, spots) = read(path, &RoadOptions::default(), progress)?;
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

/// What a file of roads was read to.
type Held = (SourceFile, Roads, Vec<services::PlacedSpot>);

fn read(path: &Path, options: &RoadOptions, progress: &dyn Progress) -> Result<Held, IoError> {
    size(path)?;
    let (content, packing) = content(path);
    cached(path, options, progress, || match content {
        Content::OsmPbf | Content::OsmXml => read_osm(path, content, packing, progress),
        Content::GeoPackage => {
            let unpacked = unpacked_to(path, packing, progress)?;
            let (source, roads) = gpkg::read(unpacked.path(path), path, options, progress)?;
            Ok((source, roads, Vec::new()))
        }
        Content::Json | Content::Other => {
            let (source, roads) = lines::geojson(path, options, progress)?;
            Ok((source, roads, Vec::new()))
        }
    })
}

/// Where a file lies unpacked: itself, or a copy for the time being.
struct Unpacked(Option<tempfile::NamedTempFile>);

impl Unpacked {
    fn path<'a>(&'a self, path: &'a Path) -> &'a Path {
        self.0.as_ref().map_or(path, tempfile::NamedTempFile::path)
    }
}

fn unpacked_to(path: &Path, packing: Packing, progress: &dyn Progress) -> Result<Unpacked, IoError> {
    match packing {
        Packing::None => Ok(Unpacked(None)),
        packed => unpacked(path, packed, progress).map(|file| Unpacked(Some(file))),
    }
}

fn read_osm(
    path: &Path,
    content: Content,
    packing: Packing,
    progress: &dyn Progress,
) -> Result<Held, IoError> {
    let bytes = size(path)?;
    let raw = if content == Content::OsmPbf {
        let unpacked = unpacked_to(path, packing, progress)?;
        let read = || pbf::read(File::open(unpacked.path(path))?, pbf::ONE_PASS, progress);
        read().map_err(|problem| problem.of_file(path))?
    } else {
        let read = || xml::read(File::open(path)?, packing, bytes, progress);
        read().map_err(|problem: Problem| problem.of_file(path))?
    };
    let (roads, spots) = assemble::assemble(raw.collected, &raw.places, progress)?;
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
    Ok((source, roads, spots))
}

/// What was kept of a file with this content and these options, else what is read of it, which is kept.
fn cached(
    path: &Path,
    options: &RoadOptions,
    progress: &dyn Progress,
    read: impl Fn() -> Result<Held, IoError> + Sync,
) -> Result<Held, IoError> {
    let timed = || {
        let started = Instant::now();
        Box::new((read(), started.elapsed()))
    };
    // The digest of a large file takes a while: side by side with whatever else there is to do.
    let digested = || digest(path, progress).map_err(|problem| problem.of_file(path));
    let get = || cache::read(path).ok_or_else(&timed);
    let (sha256, got) = rayon::join(digested, get);
    let sha256 = sha256?;
    let (content, took) = *match got {
        Ok(kept) if kept.is_of(&sha256, options) => return Ok(kept.content(path)),
        // Of another content: read after all.
        Ok(_) => timed(),
        Err(timed) => timed,
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
