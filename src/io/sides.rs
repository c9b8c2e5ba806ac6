//! Which files belong to a shapefile? It is one layer in several files of one name: shapes (`.shp`), where each begins
//! (`.shx`), what they say (`.dbf`), in which encoding (`.cpg`) and which system (`.prj`).

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

/// The endings of the files beside the shapes.
pub(in crate::io) const SIDES: [&str; 4] = ["dbf", "shx", "cpg", "prj"];

/// The first bytes of a file of shapes.
pub(in crate::io) const SHAPES_BEGIN: &[u8] = &[0, 0, 0x27, 0x0a];

/// A name as it is compared: `å` may be one character or two, and endings are written in any case.
fn compared(name: &OsStr) -> String {
    name.to_string_lossy().nfc().collect::<String>().to_lowercase()
}

/// The file of the same name with another ending, whatever the case; the one of the same case first.
pub(in crate::io) fn beside(path: &Path, ending: &str) -> Option<PathBuf> {
    let exact = path.with_extension(ending);
    if exact.is_file() {
        return Some(exact);
    }
    let (stem, folder) = (compared(path.file_stem()?), path.parent()?);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let is_it = |other: &PathBuf| {
        other.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
            && other.file_stem().is_some_and(|own| compared(own) == stem)
    };
    let entries = std::fs::read_dir(folder).ok()?;
    let mut found: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_it).collect();
    found.sort();
    found.into_iter().find(|path| path.is_file())
}

/// All files that a layer's file consists of, itself first.
pub(in crate::io) fn all_files(path: &Path) -> Vec<PathBuf> {
    let main = main_file(path);
    let mut head = [0; SHAPES_BEGIN.len()];
    let is_shapes =
        File::open(&main).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == SHAPES_BEGIN;
    let sides = SIDES.iter().filter(|_| is_shapes).filter_map(|ending| beside(&main, ending));
    std::iter::once(main.clone()).chain(sides).collect()
}

/// The file of shapes that a file stands beside, else the file itself: who opens any of a shapefile's files means all.
#[must_use]
pub fn main_file(path: &Path) -> PathBuf {
    let is_side = path
        .extension()
        .and_then(OsStr::to_str)
        .is_some_and(|own| SIDES.iter().any(|side| own.eq_ignore_ascii_case(side)));
    let shapes = if is_side && path.is_file() { beside(path, "shp") } else { None };
    shapes.unwrap_or_else(|| path.to_owned())
}
