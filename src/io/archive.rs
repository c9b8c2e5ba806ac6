//! What does a zip archive hold? The files in it that are read, each a part or several; unpacked to a folder that is gone
//! afterwards. Does not know formats: who reads them is given. No claim of the archive is believed: sizes are counted
//! while they are unpacked, and names lead nowhere.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::IoError;
use super::content::Packing;
use super::input::{Input, LoadOptions, Part, ReadLayer, ReadRoads, RoadOptions};
use crate::model::Message;
use crate::progress::Progress;

/// The first bytes of an archive.
pub(in crate::io) const ARCHIVE_BEGINS: &[u8] = b"PK\x03\x04";

/// Bytes unpacked between two looks at "stop?".
const BLOCK: usize = 1 << 20;

/// Files in one archive; more are none of a delivery.
const MOST_FILES: usize = 10_000;

/// Who reads what lies in an archive.
pub(in crate::io) struct Readers {
    /// Is a file of this name one that is opened by itself?
    pub is_opened: fn(&str) -> bool,
    /// Is it one that belongs to another?
    pub is_beside: fn(&str) -> bool,
    pub inspect: fn(&Input<'_>, &dyn Progress) -> Result<Vec<Part>, IoError>,
    pub layer: fn(&Input<'_>, &LoadOptions, &dyn Progress) -> Result<ReadLayer, IoError>,
    pub roads: fn(&Input<'_>, &RoadOptions, &dyn Progress) -> Result<ReadRoads, IoError>,
}

/// The name of the first file in an archive, by its first bytes.
pub(in crate::io) fn first_name(start: &[u8]) -> Option<String> {
    let length = start.get(26..28)?.try_into().ok().map(u16::from_le_bytes)?;
    let name = start.strip_prefix(ARCHIVE_BEGINS).and_then(|_| start.get(30..30 + usize::from(length)))?;
    Some(String::from_utf8_lossy(name).into_owned())
}

/// A file of an archive, unpacked.
struct Unpacked {
    /// Its path in the archive.
    inside: String,
    path: PathBuf,
}

impl Unpacked {
    /// Its name without folders.
    fn file(&self) -> &str {
        self.inside.rsplit('/').next().unwrap_or(&self.inside)
    }

    fn input(&self, of: &Input<'_>) -> Result<Input<'static>, IoError> {
        Input::unpacked(&self.path, format!("{}/{}", of.file(), self.inside))
    }

    fn stem(&self) -> &str {
        self.file().rsplit_once('.').map_or(self.file(), |(stem, _)| stem)
    }
}

/// What of an archive can be read, unpacked; gone when this is dropped.
struct Contents {
    _folder: tempfile::TempDir,
    opened: Vec<Unpacked>,
    unread: Vec<String>,
}

fn refused<T>(input: &Input<'_>, sv: impl Into<String>, en: impl Into<String>) -> Result<T, IoError> {
    Err(IoError::File { file: input.file().into(), message: Message::new(sv, en) })
}

fn of_zip<T>(input: &Input<'_>, inside: &str, error: &ZipError) -> Result<T, IoError> {
    if matches!(error, ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) {
        return refused(
            input,
            format!("{inside} i arkivet är skyddad med lösenord. Packa upp arkivet och öppna filerna i det"),
            format!(
                "{inside} in the archive is protected by a password. Unpack the archive and open the files in it"
            ),
        );
    }
    if matches!(error, ZipError::CompressionMethodNotSupported(_)) {
        return refused(
            input,
            format!(
                "{inside} i arkivet är packad på ett sätt som inte läses. Packa upp arkivet och öppna filerna i det"
            ),
            format!(
                "{inside} in the archive is packed in a way that is not read. Unpack the archive and open the files in it"
            ),
        );
    }
    refused(
        input,
        format!("zip-arkivet är skadat eller avbrutet ({error}). Hämta det på nytt"),
        format!("the zip archive is damaged or cut off ({error}). Fetch it again"),
    )
}

/// Opens an archive.
fn archive(input: &Input<'_>, progress: &dyn Progress) -> Result<ZipArchive<File>, IoError> {
    let path = input.path(progress)?;
    let file = File::open(path).map_err(|source| IoError::Open { path: path.to_owned(), source })?;
    let found = ZipArchive::new(file).or_else(|error| of_zip(input, "", &error))?;
    if found.len() > MOST_FILES {
        return refused(
            input,
            format!(
                "zip-arkivet har {} filer, fler än någon leverans. Packa upp det och öppna filerna i det",
                found.len()
            ),
            format!(
                "the zip archive holds {} files, more than any delivery. Unpack it and open the files in it",
                found.len()
            ),
        );
    }
    Ok(found)
}

/// Unpacks what can be read.
fn unpacked(input: &Input<'_>, readers: &Readers, progress: &dyn Progress) -> Result<Contents, IoError> {
    let mut archive = archive(input, progress)?;
    let folder = tempfile::tempdir_in(std::env::temp_dir()).map_err(write_error)?;
    let mut left = Packing::limit(input.size());
    let (mut opened, mut unread) = (Vec::new(), Vec::new());
    // Files of one folder stay together, under a number: names in an archive lead nowhere else.
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..archive.len() {
        let Some(inside) = inside(&archive, at) else { continue };
        let (within, file) = inside.rsplit_once('/').unwrap_or(("", &inside));
        let is_opened = (readers.is_opened)(file);
        if !is_opened && !(readers.is_beside)(file) {
            unread.push(inside);
            continue;
        }
        let entry = archive.by_index(at).or_else(|error| of_zip(input, &inside, &error))?;
        if !entry.is_file() {
            continue;
        }
        let next = folders.len();
        let number = *folders.entry(within.to_owned()).or_insert(next);
        let within = folder.path().join(number.to_string());
        std::fs::create_dir_all(&within).map_err(write_error)?;
        // A name that stands there twice has one content that is meant, and nobody knows which.
        let name = safe(file);
        let out = tempfile::Builder::new().prefix(&name).rand_bytes(0).tempfile_in(&within);
        let (out, path) =
            out.or_else(|_| twice(input, &inside))?.keep().map_err(|kept| write_error(kept.error))?;
        left = copied(input, (entry, out), left, progress)?;
        if is_opened {
            opened.push(Unpacked { inside, path });
        }
    }
    opened.sort_by(|a, b| a.inside.cmp(&b.inside));
    Ok(Contents { _folder: folder, opened, unread })
}

fn write_error(source: std::io::Error) -> IoError {
    IoError::Write { path: std::env::temp_dir(), source }
}

/// The path of a file in an archive; nothing for folders and for what some systems pack beside the files meant.
fn inside(archive: &ZipArchive<File>, at: usize) -> Option<String> {
    let name = archive.name_for_index(at)?.ok()?.replace('\\', "/");
    let file = name.rsplit('/').next().unwrap_or_default();
    (!file.is_empty() && !file.starts_with("._") && !name.starts_with("__MACOSX/")).then_some(name)
}

/// Unpacks one file; how many bytes are left for the others.
fn copied(
    input: &Input<'_>,
    (mut from, mut to): (impl Read, File),
    mut left: u64,
    progress: &dyn Progress,
) -> Result<u64, IoError> {
    let mut block = vec![0; BLOCK];
    loop {
        progress.check()?;
        let read = from.read(&mut block).or_else(|error| of_zip(input, "", &ZipError::Io(error)))?;
        if read == 0 {
            return Ok(left);
        }
        left = left.checked_sub(read as u64).map_or_else(|| too_much(input), Ok)?;
        to.write_all(&block[..read]).map_err(write_error)?;
    }
}

fn twice<T>(input: &Input<'_>, inside: &str) -> Result<T, IoError> {
    refused(
        input,
        format!("{inside} finns mer än en gång i zip-arkivet. Packa upp det och öppna den fil som gäller"),
        format!("{inside} is in the zip archive more than once. Unpack it and open the file that is meant"),
    )
}

fn too_much<T>(input: &Input<'_>) -> Result<T, IoError> {
    refused(
        input,
        "zip-arkivet packas upp till orimligt mycket data och läses inte. Hämta det från en källa du litar på",
        "the zip archive unpacks into unreasonably much data and is not read. Get it from a source you trust",
    )
}

/// A name that every system can write, of at most so many bytes that it can.
fn safe(file: &str) -> String {
    let is_plain =
        |sign: char| !sign.is_control() && !matches!(sign, ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let plain = file.chars().map(|sign| if is_plain(sign) { sign } else { '_' });
    let plain: String = plain.collect();
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((&plain, ""));
    let mut cut = stem.len().min(200);
    while !stem.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}.{ending}", &stem[..cut])
}

impl Contents {
    /// The name by which a file is asked for: its own without ending where no other has it, else its path.
    fn name<'a>(&self, file: &'a Unpacked) -> &'a str {
        let is_only = self.opened.iter().filter(|other| other.stem() == file.stem()).count() == 1;
        if is_only { file.stem() } else { &file.inside }
    }

    /// The file of a name and the table in it.
    fn find<'a>(&'a self, wanted: &str) -> Option<(&'a Unpacked, Option<String>)> {
        let is_called =
            |file: &&Unpacked, name: &str| [self.name(file), &file.inside, file.file()].contains(&name);
        let found = |name: &str| self.opened.iter().find(|file| is_called(file, name));
        if let Some(file) = found(wanted) {
            return Some((file, None));
        }
        let mut colons = wanted.match_indices(':').map(|(at, _)| (&wanted[..at], &wanted[at + 1..]));
        colons.find_map(|(name, table)| Some((found(name)?, Some(table.to_owned()))))
    }
}

/// The first file of an ending in an archive.
///
/// # Errors
/// [`IoError`] when there is none or it cannot be unpacked, or when cancelled.
pub(in crate::io) fn first_file(
    input: &Input<'_>,
    ending: &str,
    progress: &dyn Progress,
) -> Result<Vec<u8>, IoError> {
    let mut archive = archive(input, progress)?;
    let is_it = |at: &usize| inside(&archive, *at).is_some_and(|name| name.to_lowercase().ends_with(ending));
    let Some(at) = (0..archive.len()).find(is_it) else {
        return refused(
            input,
            format!("arkivet har ingen fil {ending}. Välj ett annat"),
            format!("the archive holds no {ending} file. Choose another"),
        );
    };
    let limit = Packing::limit(input.size());
    let entry = archive.by_index(at).or_else(|error| of_zip(input, ending, &error))?;
    let mut out = Vec::new();
    let read = entry.take(limit + 1).read_to_end(&mut out);
    read.or_else(|error| of_zip(input, ending, &ZipError::Io(error)))?;
    if out.len() as u64 > limit { too_much(input) } else { Ok(out) }
}

/// What an archive holds.
///
/// # Errors
/// [`IoError`] when it cannot be unpacked or holds nothing that is read, or when cancelled.
pub(in crate::io) fn parts(
    input: &Input<'_>,
    readers: &Readers,
    progress: &dyn Progress,
) -> Result<Vec<Part>, IoError> {
    let contents = unpacked(input, readers, progress)?;
    if contents.opened.is_empty() {
        return nothing(input, &contents);
    }
    let (mut out, mut has_roads) = (Vec::new(), false);
    for file in &contents.opened {
        let name = contents.name(file);
        // What cannot be looked into is a layer, whose reader says why.
        let inner = file.input(input)?;
        let inner = (readers.inspect)(&inner, progress).unwrap_or_else(|_| vec![Part::Layer(None)]);
        out.extend(inner.into_iter().filter_map(|part| match part {
            Part::Layer(None) => Some(Part::Layer(Some(name.to_owned()))),
            Part::Layer(Some(table)) => Some(Part::Layer(Some(format!("{name}:{table}")))),
            Part::Roads => (!std::mem::replace(&mut has_roads, true)).then_some(Part::Roads),
            Part::Project => Some(Part::Unread(file.inside.clone())),
            Part::Unread(table) => Some(Part::Unread(format!("{name}:{table}"))),
        }));
    }
    out.extend(contents.unread.into_iter().map(Part::Unread));
    Ok(out)
}

fn nothing<T>(input: &Input<'_>, contents: &Contents) -> Result<T, IoError> {
    let mut names = contents.unread.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.is_empty() {
        names.push('–');
    }
    refused(
        input,
        format!("zip-arkivet har ingen fil som läses ({names}). Välj ett annat arkiv"),
        format!("the zip archive holds no file that is read ({names}). Choose another archive"),
    )
}

/// A layer of an archive: the one that is named, or the only one.
///
/// # Errors
/// [`IoError`] with what there is, where it is not clear which is meant; those of the reader.
pub(in crate::io) fn layer(
    input: &Input<'_>,
    options: &LoadOptions,
    readers: &Readers,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let contents = unpacked(input, readers, progress)?;
    let names = || contents.opened.iter().map(|file| contents.name(file)).collect::<Vec<_>>().join(", ");
    let (file, table) = match (&options.part, contents.opened.as_slice()) {
        (_, []) => return nothing(input, &contents),
        (Some(wanted), _) => match contents.find(wanted) {
            Some(found) => found,
            None => {
                return refused(
                    input,
                    format!("{wanted} finns inte i arkivet. Det har: {}", names()),
                    format!("the archive has no {wanted}. It has: {}", names()),
                );
            }
        },
        (None, [only]) => (only, None),
        (None, _) => {
            let file = input.file();
            return refused(
                input,
                format!("arkivet har flera filer ({}). Skriv vilken: {file}:NAMN", names()),
                format!("the archive holds several files ({}). Say which: {file}:NAME", names()),
            );
        }
    };
    let inner = LoadOptions { part: table, ..options.clone() };
    let read = (readers.layer)(&file.input(input)?, &inner, progress)?;
    let name = contents.name(file);
    let stem = Path::new(input.file()).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let shown = match &stem {
        Some(stem) if stem != file.stem() => format!("{stem} – {}", file.stem()),
        _ => file.stem().to_owned(),
    };
    let part = match &read.part {
        Some((table, of_file)) => {
            (format!("{name}:{table}"), of_file.rsplit('/').next().unwrap_or(of_file).to_owned())
        }
        None => (name.to_owned(), shown),
    };
    let told_by = read.told_by.or_else(|| Some(file.file().to_owned()));
    Ok(ReadLayer { part: Some(part), told_by, ..read })
}

/// The roads of an archive: of the first file in it that has some.
///
/// # Errors
/// [`IoError`] where it has none; those of the reader.
pub(in crate::io) fn roads(
    input: &Input<'_>,
    options: &RoadOptions,
    readers: &Readers,
    progress: &dyn Progress,
) -> Result<ReadRoads, IoError> {
    let contents = unpacked(input, readers, progress)?;
    for file in &contents.opened {
        let inner = file.input(input)?;
        if (readers.inspect)(&inner, progress).is_ok_and(|parts| parts.contains(&Part::Roads)) {
            return (readers.roads)(&inner, options, progress);
        }
    }
    let one = match contents.opened.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    match one {
        Some(only) => (readers.roads)(&only.input(input)?, options, progress),
        None => nothing(input, &contents),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::io::{IoError, Loaded, guarded, load_bytes};
    use crate::model::SourcePlace;
    use crate::progress::Unwatched;

    const ONE: &[u8] = br#"{"type": "Point", "coordinates": [15, 63]}"#;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).expect("begun");
            writer.write_all(bytes).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    fn load(zip: &[u8], part: Option<&str>) -> Result<Loaded, IoError> {
        let options = LoadOptions { part: part.map(str::to_owned), ..LoadOptions::default() };
        guarded("a.zip", || load_bytes(SourcePlace::File("a.zip".into()), zip, &options, &Unwatched))
    }

    fn parts_of(zip: &[u8]) -> Result<Vec<Part>, IoError> {
        crate::io::parts(&Input::of_bytes(SourcePlace::File("a.zip".into()), zip), &Unwatched)
    }

    #[test]
    fn each_file_that_is_read_is_a_part() {
        // A shape of one point, with the system in the file beside it.
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("öar.shp");
        let mut shapes = ::shapefile::ShapeWriter::from_path(&path).expect("a file");
        shapes.write_shape(&::shapefile::Point::new(150_000.0, 7_000_000.0)).expect("written");
        drop(shapes);
        let shp = std::fs::read(&path).expect("shapes");
        let one = zipped(&[
            ("län/öar.shp", &shp),
            ("län/öar.PRJ", b"PROJCS[\"SWEREF99 18 00\",AUTHORITY[\"EPSG\",\"3011\"]]"),
            ("läs mig.txt", b"text"),
            ("__MACOSX/._a.shp", b"x"),
        ]);
        let layer = |name: &str| Part::Layer(Some(name.into()));
        assert_eq!(parts_of(&one).expect("parts"), [layer("öar"), Part::Unread("läs mig.txt".into())]);
        let loaded = load(&one, None).expect("one point");
        assert_eq!(loaded.source.crs.epsg(), 3011);
        assert_eq!((loaded.source.part.as_deref(), loaded.name.as_deref()), (Some("öar"), Some("a – öar")));
        let two = zipped(&[("a/x.geojson", ONE), ("b/x.geojson", ONE), ("y.json", ONE)]);
        let names = ["a/x.geojson", "b/x.geojson", "y"];
        assert_eq!(parts_of(&two).expect("parts"), names.map(layer));
        for name in names {
            assert_eq!(load(&two, Some(name)).expect("one").source.part.as_deref(), Some(name));
        }
        let said = load(&two, None).expect_err("which?").to_string();
        assert!(said.contains("a.zip:NAM") && said.contains("b/x.geojson"), "{said}");
        assert!(load(&two, Some("z")).expect_err("none").to_string().contains("a/x.geojson"));
    }

    #[test]
    fn names_lead_nowhere_and_sizes_are_not_believed() {
        let outside = zipped(&[("../../../etc/x.geojson", ONE), ("C:\\x\\y?.geojson", ONE)]);
        assert!(load(&outside, Some("x")).is_ok());
        assert_eq!(parts_of(&outside).expect("parts").len(), 2);
        let bomb = zipped(&[("a.geojson", &vec![b' '; 40 << 20])]);
        assert!(bomb.len() < 100_000);
        let said = load(&bomb, None).expect_err("a bomb").to_string();
        assert!(said.contains("orimligt") || said.contains("unreasonably"), "{said}");
        let within = zipped(&[("a.zip", &zipped(&[("a.geojson", ONE)]))]);
        assert!(load(&within, None).is_err());
        assert!(load(&zipped(&[]), None).is_err() && load(&zipped(&[("a.txt", b"x")]), None).is_err());
    }

    #[test]
    fn an_archive_that_is_cut_or_broken_is_refused() {
        let good = zipped(&[("a.geojson", ONE), ("b.txt", b"b")]);
        assert!(load(&good, None).is_ok());
        for length in 0..good.len() {
            let read = load(&good[..length], None);
            assert!(
                matches!(&read, Err(error) if !matches!(error, IoError::Panicked { .. })),
                "{length}: {read:?}"
            );
        }
        for at in 0..good.len() {
            for bit in [0, 3, 7] {
                let mut bad = good.clone();
                bad[at] ^= 1 << bit;
                assert!(!matches!(load(&bad, None), Err(IoError::Panicked { .. })), "{at}");
            }
        }
    }
}
