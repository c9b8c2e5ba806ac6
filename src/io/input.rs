//! What is a reader given, and what does it give back? A file that is opened, unpacked and digested once, whatever is
//! asked of it; what the user says of it; a table or roads. Does not know formats.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::IoError;
use super::content::{self, Packing, file_name};
use super::sides;
use crate::geometry::Crs;
use crate::lang::Lang;
use crate::model::roads::Roads;
use crate::model::{
    FeatureTable, FileEncoding, KindSet, LineColumns, Message, Reading, Remark, RemarkKind, Role, SourceFile,
    SourcePlace, TextEncoding,
};
use crate::progress::Progress;

/// Bytes read between two looks at "stop?".
const BLOCK: usize = 1 << 20;

/// What the user says of a file of a layer instead of letting the program recognise it.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// The system, whatever the file says.
    pub crs: Option<Crs>,
    /// The system where the file names none, or one that is not known, and its numbers are no degrees.
    pub crs_if_unsaid: Option<Crs>,
    pub role: Option<Role>,
    /// Which of several layers of the file (see [`SourceFile::part`]).
    pub part: Option<String>,
    /// How the letters of a text are written, whatever its bytes tell.
    pub encoding: Option<TextEncoding>,
    /// Which columns mean what, and which rows are wanted.
    pub reading: Reading,
}

/// What the user says of a road file instead of letting the program recognise it. `OpenStreetMap` files need nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoadOptions {
    pub crs: Option<Crs>,
    pub columns: LineColumns,
}

/// One thing that a file holds, as it can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A layer; with a name where the file holds several.
    Layer(Option<String>),
    /// Roads, and what lies beside them in the same reading.
    Roads,
    /// A project of this program.
    Project,
    /// Something that is not read, by its name.
    Unread(String),
}

/// A layer, read.
#[derive(Debug)]
pub struct ReadLayer {
    pub table: FeatureTable,
    pub crs: Crs,
    pub crs_assumed: bool,
    /// The part that it is of a file that holds several, and the layer's name.
    pub part: Option<(String, String)>,
    /// The name that tells what it is, where that is not the file's.
    pub told_by: Option<String>,
    /// What it is, where the format says it.
    pub role: Option<Role>,
    /// How its letters are written, where it is text.
    pub encoding: Option<FileEncoding>,
}

impl ReadLayer {
    /// The only layer of its file.
    pub(in crate::io) fn new(mut table: FeatureTable, crs: Crs, crs_assumed: bool) -> Self {
        if let Some(metres) = crs.accuracy_m() {
            let kind = RemarkKind::AboutFile { message: transformed(crs, metres) };
            table.report.remarks.push(Remark { number: None, kind, place: None });
        }
        Self { table, crs, crs_assumed, part: None, told_by: None, role: None, encoding: None }
    }

    /// One of several layers of a file: what it is is told by its own name, not by the file's.
    pub(in crate::io) fn of_part(self, file: &str, name: &str) -> Self {
        let stem = content::stem(file);
        let shown = if stem == name { name.to_owned() } else { format!("{stem} – {name}") };
        let told_by = format!("{}.geojson", name.replace(['/', '\\'], " "));
        Self { part: Some((name.to_owned(), shown)), told_by: Some(told_by), ..self }
    }
}

/// Coordinates of an older system are transformed, which is not exact.
fn transformed(crs: Crs, metres: f64) -> Message {
    let (name, digits) = (crs.name(), usize::from(metres < 1.0));
    let (sv, en) = (Lang::Sv.number(metres, digits), Lang::En.number(metres, digits));
    Message::new(
        format!("koordinaterna i {name} räknas om; lägena kan vara fel med omkring {sv} m"),
        format!("the coordinates in {name} are transformed; places may be off by about {en} m"),
    )
}

/// A service or a named place where it lies, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::io) struct PlacedSpot {
    pub kinds: KindSet,
    pub is_place: bool,
    pub is_way: bool,
    pub id: i64,
    pub lon: f64,
    pub lat: f64,
    /// Its tags.
    pub properties: Vec<(String, String)>,
}

/// Roads, read, and what lies beside them.
#[derive(Debug, PartialEq)]
pub(in crate::io) struct ReadRoads {
    pub roads: Roads,
    /// Services and named places.
    pub spots: Vec<PlacedSpot>,
    pub crs: Crs,
    pub crs_assumed: bool,
}

/// Reads the roads of a file.
pub(in crate::io) type ReadsRoads = fn(&Input<'_>, &RoadOptions, &dyn Progress) -> Result<ReadRoads, IoError>;

/// A file to read.
pub struct Input<'a> {
    place: SourcePlace,
    file: String,
    held: Held<'a>,
    head: Vec<u8>,
    packing: Packing,
    size: u64,
    raw: OnceLock<Vec<u8>>,
    plain: OnceLock<Vec<u8>>,
    on_disk: OnceLock<tempfile::NamedTempFile>,
    sha256: OnceLock<String>,
}

/// Where its bytes are.
enum Held<'a> {
    Disk(PathBuf),
    Memory(&'a [u8]),
}

impl<'a> Input<'a> {
    /// Opens a file on disk.
    ///
    /// # Errors
    /// [`IoError`] when there is none, or none that may be read.
    pub fn open(path: &Path) -> Result<Self, IoError> {
        content::refuse_geodatabase(path)?;
        let path = &sides::main_file(path);
        Self::of_disk(path, SourcePlace::File(path.to_owned()))
    }

    /// What was unpacked from an archive, called by its name there; it is as it lies.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub(in crate::io) fn unpacked(path: &Path, name: String) -> Result<Self, IoError> {
        let place = SourcePlace::File(path.to_owned());
        Ok(Self { file: name, ..Self::of_disk(path, place)? })
    }

    /// A file beside a shapefile, as it lies.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub(in crate::io) fn side(&self, ending: &str) -> Result<Option<Input<'static>>, IoError> {
        let Held::Disk(path) = &self.held else { return Ok(None) };
        let found = sides::beside(path, ending);
        found.map(|side| Input::of_disk(&side, SourcePlace::File(side.clone()))).transpose()
    }

    fn of_disk(path: &Path, place: SourcePlace) -> Result<Self, IoError> {
        let open_error = |source| IoError::Open { path: path.to_owned(), source };
        let meta = std::fs::metadata(path).map_err(open_error)?;
        if meta.is_dir() {
            return Err(open_error(std::io::ErrorKind::IsADirectory.into()));
        }
        let (head, packing) = content::head(path).map_err(open_error)?;
        Ok(Self::new(place, Held::Disk(path.to_owned()), meta.len(), (head, packing)))
    }

    /// A file that lies in memory.
    #[must_use]
    pub fn of_bytes(place: SourcePlace, bytes: &'a [u8]) -> Self {
        Self::new(place, Held::Memory(bytes), bytes.len() as u64, content::head_of_bytes(bytes))
    }

    fn new(place: SourcePlace, held: Held<'a>, size: u64, (head, packing): (Vec<u8>, Packing)) -> Self {
        let file = match &place {
            SourcePlace::File(path) => file_name(path),
            SourcePlace::Demo(name) => name.clone(),
            SourcePlace::BuiltIn(name) => (*name).to_owned(),
        };
        Self {
            place,
            file,
            held,
            head,
            packing,
            size,
            raw: OnceLock::new(),
            plain: OnceLock::new(),
            on_disk: OnceLock::new(),
            sha256: OnceLock::new(),
        }
    }

    /// Its name without folders.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Its first bytes, unpacked.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    #[must_use]
    pub const fn packing(&self) -> Packing {
        self.packing
    }

    /// The path by which the user knows it.
    #[must_use]
    pub fn named(&self) -> &Path {
        match (&self.place, &self.held) {
            (SourcePlace::File(path), _) | (_, Held::Disk(path)) => path,
            (SourcePlace::Demo(name), Held::Memory(_)) => Path::new(name),
            (SourcePlace::BuiltIn(name), Held::Memory(_)) => Path::new(name),
        }
    }

    /// Its bytes as they lie.
    fn raw(&self, progress: &dyn Progress) -> Result<&[u8], IoError> {
        match &self.held {
            Held::Memory(bytes) => Ok(bytes),
            Held::Disk(path) => once(&self.raw, || read_bytes(path, progress)).map(Vec::as_slice),
        }
    }

    /// Its bytes, unpacked, in memory.
    ///
    /// # Errors
    /// [`IoError`] when it cannot be read or unpacked, or when cancelled.
    pub fn bytes(&self, progress: &dyn Progress) -> Result<&[u8], IoError> {
        let raw = self.raw(progress)?;
        match self.packing {
            Packing::None => Ok(raw),
            packing => {
                once(&self.plain, || content::unpacked_bytes(self.named(), packing, raw)).map(Vec::as_slice)
            }
        }
    }

    /// Where it lies unpacked on disk: itself, or a copy that is gone with this.
    ///
    /// # Errors
    /// [`IoError`] when it cannot be unpacked, or when cancelled.
    pub fn path(&self, progress: &dyn Progress) -> Result<&Path, IoError> {
        match (&self.held, self.packing) {
            (Held::Disk(path), Packing::None) => Ok(path),
            (Held::Disk(path), packing) => once(&self.on_disk, || content::unpacked(path, packing, progress))
                .map(tempfile::NamedTempFile::path),
            (Held::Memory(_), _) => {
                let copy = || {
                    let bytes = self.bytes(progress)?;
                    let folder = std::env::temp_dir();
                    let written = tempfile::NamedTempFile::new_in(&folder).and_then(|mut file| {
                        file.write_all(bytes)?;
                        Ok(file)
                    });
                    written.map_err(|source| IoError::Write { path: folder, source })
                };
                once(&self.on_disk, copy).map(tempfile::NamedTempFile::path)
            }
        }
    }

    /// The digest of its bytes as they lie, lower-case hex. A shapefile is all of its files: its digest is that of
    /// theirs, so that it is another one when the table beside the shapes changes.
    ///
    /// # Errors
    /// [`IoError`] when it cannot be read, or when cancelled.
    pub fn sha256(&self, progress: &dyn Progress) -> Result<&str, IoError> {
        let all = || {
            let mut all = self.own_sha256(progress)?;
            if !self.head.starts_with(sides::SHAPES_BEGIN) {
                return Ok(all);
            }
            all.insert_str(0, "shp ");
            for ending in sides::SIDES {
                if let Some(side) = self.side(ending)? {
                    // The index begins as the shapes do, so each is asked for itself alone.
                    all = format!("{all}\n{ending} {}", side.own_sha256(progress)?);
                }
            }
            Ok(sha256_hex(all.as_bytes()))
        };
        once(&self.sha256, all).map(String::as_str)
    }

    /// The digest of this one file.
    fn own_sha256(&self, progress: &dyn Progress) -> Result<String, IoError> {
        match (&self.held, self.raw.get()) {
            (Held::Memory(bytes), _) => Ok(sha256_hex(bytes)),
            (_, Some(bytes)) => Ok(sha256_hex(bytes)),
            (Held::Disk(path), None) => digest(path, progress),
        }
    }

    /// What is kept of where a layer or roads come from.
    ///
    /// # Errors
    /// Those of [`Self::sha256`].
    pub fn source(
        &self,
        crs: Crs,
        crs_assumed: bool,
        progress: &dyn Progress,
    ) -> Result<SourceFile, IoError> {
        Ok(SourceFile {
            place: self.place.clone(),
            sha256: self.sha256(progress)?.to_owned(),
            bytes: self.size,
            crs,
            crs_assumed,
            encoding: None,
            date: date_in_name(&self.file),
            part: None,
            reading: Reading::default(),
        })
    }

    /// Its length as it lies, bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }
}

/// What was made before, else what is made now.
fn once<T>(cell: &OnceLock<T>, make: impl FnOnce() -> Result<T, IoError>) -> Result<&T, IoError> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
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
        let block = (&mut file).take(BLOCK as u64).read_to_end(&mut bytes).map_err(open_error)?;
        // Reading is a small part of the work: a tenth of the bar.
        progress.report(bytes.len() as u64 / 10, total.max(1));
        if block == 0 || bytes.len() == before {
            return Ok(bytes);
        }
    }
}

fn digest(path: &Path, progress: &dyn Progress) -> Result<String, IoError> {
    let open_error = |source| IoError::Open { path: path.to_owned(), source };
    let mut file = std::fs::File::open(path).map_err(open_error)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; BLOCK];
    loop {
        progress.check()?;
        match file.read(&mut block).map_err(open_error)? {
            0 => return Ok(hex(&hasher.finalize())),
            n => hasher.update(&block[..n]),
        }
    }
}

/// A table of a file: `stores.gpkg:shops`, or `stores.gpkg|layername=shops`, as QGIS writes it. A colon may stand in the
/// name of a file too: what is there as a whole is a file, else the longest beginning that is one.
#[must_use]
pub fn table_named(path: &Path) -> Option<(PathBuf, String)> {
    if path.exists() {
        return None;
    }
    let text = path.to_str()?;
    if let Some((file, part)) = text.split_once("|layername=") {
        return Some((file.into(), part.to_owned()));
    }
    let colons = text.rmatch_indices(':').map(|(at, _)| (&text[..at], &text[at + 1..]));
    let named = |(file, part): &(&str, &str)| !part.is_empty() && Path::new(file).is_file();
    colons.into_iter().find(named).map(|(file, part)| (file.into(), part.to_owned()))
}

/// SHA-256 as lower-case hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hex.
pub(in crate::io) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The date that a file's name tells: `2025-11-12` or a year.
pub(in crate::io) fn date_in_name(name: &str) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_named_behind_the_longest_file_there_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, "").expect("written");
            path
        };
        let (plain, colon) = (write("a.gpkg"), write("a.gpkg:b"));
        let named = |name: &str| table_named(&folder.path().join(name));
        assert_eq!(named("a.gpkg"), None);
        assert_eq!(named("a.gpkg:b"), None, "a file is called so");
        assert_eq!(named("a.gpkg:c"), Some((plain.clone(), "c".into())));
        assert_eq!(named("a.gpkg:b:c"), Some((colon, "c".into())));
        assert_eq!(named("a.gpkg:län:x"), Some((plain.clone(), "län:x".into())));
        assert_eq!(named("a.gpkg|layername=c"), Some((plain, "c".into())));
        assert_eq!((named("none.gpkg:c"), named("a.gpkg:")), (None, None));
    }

    #[test]
    fn finds_dates_in_names() {
        assert_eq!(date_in_name("befolkning_1km_2024_rutor.geojson"), Some("2024".into()));
        assert_eq!(date_in_name("pipos_2025-11-12.geojson"), Some("2025-11-12".into()));
        assert_eq!(date_in_name("id_12024.geojson"), None);
        assert_eq!(date_in_name("åäö.geojson"), None);
    }
}
