//! How does a file become a layer? Bytes in, digest, reader by format, role recognised.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::content::{Content, Packing, refuse_geodatabase, sniff, unpacked, unpacked_bytes};
use super::{IoError, geojson, geopackage, guarded, roads};
use crate::geometry::Crs;
use crate::model::recognise::{self, Hints};
use crate::model::{FeatureTable, KindSet, Layer, LayerId, Role, SourceFile, SourcePlace};
use crate::progress::Progress;

/// Bytes read between two looks at "stop?".
const BLOCK: usize = 1 << 20;

/// What the user says of a file instead of letting the program recognise it.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// The system, whatever the file says.
    pub crs: Option<Crs>,
    /// The system where the file names none, or one that is not known, and its numbers are no degrees.
    pub crs_if_unsaid: Option<Crs>,
    pub role: Option<Role>,
    /// Which of several layers of the file (see [`SourceFile::part`]).
    pub part: Option<String>,
}

/// A file, read.
#[derive(Debug)]
pub struct Loaded {
    pub source: SourceFile,
    /// The layer's name where a file holds several layers; else the file's is taken.
    pub name: Option<String>,
    pub role: Role,
    pub table: FeatureTable,
}

impl Loaded {
    /// The layer of a project.
    #[must_use]
    pub fn into_layer(self, id: LayerId) -> Layer {
        let name = self.name.unwrap_or_else(|| {
            let file = self.source.name();
            file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem).to_owned()
        });
        Layer {
            id,
            name,
            source: self.source,
            role: self.role,
            table: Arc::new(self.table),
            is_visible: true,
            opacity: 1.0,
        }
    }
}

/// Reads a file.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn load_file(path: &Path, options: &LoadOptions, progress: &dyn Progress) -> Result<Loaded, IoError> {
    guarded(&file_name(path), || load(path, options, progress))
}

/// A file's name without folders.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into())
}

fn load(path: &Path, options: &LoadOptions, progress: &dyn Progress) -> Result<Loaded, IoError> {
    refuse_geodatabase(path)?;
    if let Some((file, part)) = table_named(path) {
        let options = LoadOptions { part: Some(part), ..options.clone() };
        return load(&file, &options, progress);
    }
    match sniff(path) {
        Ok((Content::GeoPackage, Packing::None)) => return geopackage::load(path, path, options, progress),
        Ok((Content::GeoPackage, packing)) => {
            let unpacked = unpacked(path, packing, progress)?;
            return geopackage::load(unpacked.path(), path, options, progress);
        }
        _ => {}
    }
    // A saved project names the layer that was found in an OpenStreetMap file.
    if let Some(part) = options.part.as_ref().filter(|_| roads::is_osm(path)) {
        return roads::load_service(path, part, options.role.as_ref(), progress);
    }
    let bytes = read_bytes(path, progress)?;
    load_bytes(SourcePlace::File(path.to_owned()), &bytes, options, progress)
}

/// `roads.gpkg|layername=shops`, as QGIS writes it: a table of a database.
#[must_use]
pub fn table_named(path: &Path) -> Option<(PathBuf, String)> {
    let text = path.to_str()?;
    let (file, part) = text.split_once("|layername=")?;
    (!path.exists()).then(|| (file.into(), part.to_owned()))
}

/// Reads a file's bytes.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, or when cancelled.
pub fn load_bytes(
    place: SourcePlace,
    bytes: &[u8],
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<Loaded, IoError> {
    let mut source = SourceFile {
        place,
        sha256: String::new(),
        bytes: bytes.len() as u64,
        crs: Crs::default(),
        crs_assumed: false,
        date: None,
        part: None,
    };
    let file = source.name();
    let packed = unpacked_bytes(Path::new(&file), bytes)?;
    let text = packed.as_deref().unwrap_or(bytes);
    refuse_other_formats(&file, text)?;
    source.date = date_in_name(&file);
    // The digest of a large file takes about as long as reading it: side by side.
    let (sha256, read) = rayon::join(
        || sha256_hex(bytes),
        || geojson::read(&file, text, (options.crs, options.crs_if_unsaid), progress),
    );
    let read = read?;
    source.sha256 = sha256;
    source.crs = read.crs;
    source.crs_assumed = read.crs_assumed;
    let table = read.table;
    let role = options.role.clone().unwrap_or_else(|| recognise_role(&file, &table));
    Ok(Loaded { source, name: None, role, table })
}

/// SHA-256 as lower-case hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read_bytes(path: &Path, progress: &dyn Progress) -> Result<Vec<u8>, IoError> {
    let open_error = |source| IoError::Open { path: path.to_owned(), source };
    let mut file = std::fs::File::open(path).map_err(open_error)?;
    let meta = file.metadata().map_err(open_error)?;
    if meta.is_dir() {
        return Err(open_error(std::io::ErrorKind::IsADirectory.into()));
    }
    let total = meta.len();
    let mut bytes = Vec::with_capacity(usize::try_from(total).unwrap_or(0));
    loop {
        progress.check()?;
        let before = bytes.len();
        let block = file.by_ref().take(BLOCK as u64).read_to_end(&mut bytes).map_err(open_error)?;
        // Reading is a small part of the work: a tenth of the bar.
        progress.report(bytes.len() as u64 / 10, total.max(1));
        if block == 0 || bytes.len() == before {
            return Ok(bytes);
        }
    }
}

/// Names the formats users try most, instead of calling them bad JSON.
fn refuse_other_formats(file: &str, bytes: &[u8]) -> Result<(), IoError> {
    let by_content = [
        (&b"PK\x03\x04"[..], "zip/xlsx/kmz"),
        (b"SQLite format 3\0", "gpkg"),
        (b"PAR1", "parquet"),
        (b"PMTiles", "pmtiles"),
        (&[0, 0, 0x27, 0x0a], "shp"),
        (b"%PDF", "pdf"),
    ];
    let extension =
        by_content.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| (*name).to_owned());
    let by_name = || {
        let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_lowercase())?;
        let known =
            ["shp", "dbf", "csv", "xlsx", "xls", "gpkg", "kml", "kmz", "gml", "pbf", "osm", "tif", "parquet"];
        known.contains(&extension.as_str()).then_some(extension)
    };
    // A name that says otherwise does not matter where the content is JSON.
    let is_json = bytes.trim_ascii_start().first().is_some_and(|first| matches!(first, b'{' | b'['));
    match extension.or_else(|| if is_json { None } else { by_name() }) {
        Some(extension) => Err(IoError::UnsupportedFormat { file: file.into(), extension }),
        None => Ok(()),
    }
}

/// The date that a file's name tells: `2025-11-12` or a year.
pub(super) fn date_in_name(name: &str) -> Option<String> {
    let bytes = name.as_bytes();
    let digits =
        |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    for at in 0..bytes.len() {
        let starts = at == 0 || !bytes[at - 1].is_ascii_digit();
        if !starts || !digits(at, at + 4) || bytes.get(at + 4).is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let Ok(year) = name[at..at + 4].parse::<u16>() else { continue };
        if !(1990..=2100).contains(&year) {
            continue;
        }
        let full = bytes.get(at + 4) == Some(&b'-')
            && digits(at + 5, at + 7)
            && bytes.get(at + 7) == Some(&b'-')
            && digits(at + 8, at + 10);
        return Some(name[at..if full { at + 10 } else { at + 4 }].to_owned());
    }
    None
}

/// Guesses the role from the name, the columns and a sample of features.
fn recognise_role(file: &str, table: &FeatureTable) -> Role {
    let step = (table.features.len() / 200).max(1);
    let mut seen = 0.0;
    let mut polygons = 0.0;
    let mut with_kind = 0.0;
    let mut kinds = KindSet::EMPTY;
    for feature in table.features.iter().step_by(step) {
        seen += 1.0;
        let is_polygon = matches!(
            feature.shape.as_deref(),
            Some(geo::Geometry::Polygon(_) | geo::Geometry::MultiPolygon(_))
        );
        polygons += f64::from(u8::from(is_polygon));
        let own = recognise::kinds_of_feature(table.row(feature));
        with_kind += f64::from(u8::from(!own.is_empty()));
        kinds = kinds.union(own);
    }
    let mut each = kinds.iter();
    let one_kind = each.next().filter(|_| each.next().is_none());
    let share = |part: f64| if seen > 0.0 { part / seen } else { 0.0 };
    recognise::role(&Hints {
        file_name: file,
        columns: &table.columns,
        areas: recognise::area_fields_of(table),
        polygons: share(polygons),
        with_kind: share(with_kind),
        one_kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_dates_in_names() {
        assert_eq!(date_in_name("befolkning_1km_2024_rutor.geojson"), Some("2024".into()));
        assert_eq!(date_in_name("pipos_2025-11-12.geojson"), Some("2025-11-12".into()));
        assert_eq!(date_in_name("id_12024.geojson"), None);
        assert_eq!(date_in_name("åäö.geojson"), None);
    }
}
