//! What does each reader do with bytes from anywhere? The same functions for the fuzzer and for the tests of the project.
//! A panic is a finding, also one that `io::guard` would keep from the user; so are a feature that is neither used nor
//! refused and a place that is no number.

#![allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    reason = "a fuzz target fails by panicking, and each target uses one of the functions"
)]

use std::io::Write as _;

use sotplan::geometry::{Crs, stated, stated_object};
use sotplan::io::{
    Input, IoError, LoadOptions, Loaded, Part, RoadOptions, guarded, load, parts, project_file, roads_of,
};
use sotplan::model::SourcePlace;
use sotplan::progress::Unwatched;

/// A reader, by the name of its target.
pub type Reader = (&'static str, fn(&[u8]));

/// All of them.
pub const READERS: [Reader; 13] = [
    ("geojson", geojson),
    ("relatives", relatives),
    ("gpkg", gpkg),
    ("shapefile", shapefile),
    ("flatgeobuf", flatgeobuf),
    ("marks", marks),
    ("zip", zip),
    ("csv", csv),
    ("xlsx", xlsx),
    ("osm_xml", osm_xml),
    ("osm_pbf", osm_pbf),
    ("project", project),
    ("crs", crs),
];

/// Begins the line that names a part, where a file is made of several.
pub const PART: &str = "\n==FILE ";

/// Layers of one file that are read.
const MOST_LAYERS: usize = 4;

pub fn geojson(bytes: &[u8]) {
    file("a.geojson", bytes);
}

/// Esri JSON, Overpass JSON, `TopoJSON`, uMap: their content tells.
pub fn relatives(bytes: &[u8]) {
    file("a.json", bytes);
}

pub fn gpkg(bytes: &[u8]) {
    file("a.gpkg", bytes);
    roads("a.gpkg", bytes);
}

/// Parts are packed, so that what is broken is the parts and not the archive.
pub fn shapefile(bytes: &[u8]) {
    file("a.zip", &packed(bytes));
}

pub fn flatgeobuf(bytes: &[u8]) {
    file("a.fgb", bytes);
}

/// GPX and KML: their content tells.
pub fn marks(bytes: &[u8]) {
    file("a.kml", bytes);
}

pub fn zip(bytes: &[u8]) {
    file("a.zip", bytes);
}

pub fn csv(bytes: &[u8]) {
    file("a.csv", bytes);
}

pub fn xlsx(bytes: &[u8]) {
    file("a.xlsx", &packed(bytes));
}

pub fn osm_xml(bytes: &[u8]) {
    roads("a.osm", bytes);
    file("a.osm", bytes);
}

pub fn osm_pbf(bytes: &[u8]) {
    roads("a.osm.pbf", bytes);
    file("a.osm.pbf", bytes);
}

pub fn project(bytes: &[u8]) {
    let mut written = tempfile::Builder::new().suffix(".gpkg").tempfile().expect("a file");
    written.write_all(bytes).expect("written");
    drop(sound(project_file::open(written.path())));
}

/// WKT 1 and 2, PROJJSON, codes, URN, URL and names.
pub fn crs(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let answers =
        [stated(&text).ok(), serde_json::from_str(&text).ok().and_then(|object| stated_object(&object).ok())];
    for crs in answers.into_iter().flatten() {
        assert!(!crs.name().is_empty());
    }
}

/// Only what gets out of a reader is a finding: some libraries panic on damage, which their reader takes for an answer.
/// The fuzzer would end at once.
pub fn watch() {
    let end = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_of_library = panic.location().is_some_and(|at| at.file().contains("/registry/src/"));
        if !is_of_library {
            end(panic);
        }
    }));
}

/// Looks at a file as the door does, and reads its layers.
fn file(name: &str, bytes: &[u8]) {
    let input = Input::of_bytes(SourcePlace::File(name.into()), bytes);
    let Some(found) = sound(parts(&input, &Unwatched)) else { return };
    // What to do where nothing is said is asked for in every second file.
    let crs_if_unsaid = bytes.len().is_multiple_of(2).then_some(Crs::Sweref99Tm);
    let layers = found.into_iter().filter_map(|part| match part {
        Part::Layer(part) => Some(part),
        _ => None,
    });
    for part in layers.take(MOST_LAYERS) {
        let options = LoadOptions { part, crs_if_unsaid, ..LoadOptions::default() };
        if let Some(loaded) = sound(guarded(name, || load(&input, &options, &Unwatched))) {
            adds_up(&loaded);
        }
    }
}

fn roads(name: &str, bytes: &[u8]) {
    let input = Input::of_bytes(SourcePlace::File(name.into()), bytes);
    let options = RoadOptions::default();
    if let Some(read) = sound(guarded(name, || roads_of(&input, &options, &Unwatched))) {
        read.services.iter().for_each(adds_up);
    }
}

/// Nothing is lost, and whatever is used lies somewhere.
fn adds_up(loaded: &Loaded) {
    let (table, report) = (&loaded.table, &loaded.table.report);
    assert_eq!(report.features_in, table.features.len() + report.refused.len(), "{:?}", loaded.source.place);
    for feature in &table.features {
        let place = feature.place;
        assert!(place.lon.is_finite() && place.lat.is_finite(), "feature {}", feature.number);
    }
}

/// An error is an answer, but not that a library ended on it.
fn sound<T>(read: Result<T, IoError>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(error @ IoError::Panicked { .. }) => panic!("{error}"),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// A zip of the parts that a text names by lines of their own.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut left = bytes;
    while let Some(at) = left.windows(PART.len()).position(|part| part == PART.as_bytes()) {
        left = &left[at + PART.len()..];
        let end = left.iter().position(|byte| *byte == b'\n').unwrap_or(left.len());
        let name = String::from_utf8_lossy(&left[..end]);
        left = left.get(end + 1..).unwrap_or_default();
        // A marker at once after the name ends an empty part.
        let next = left.windows(PART.len()).position(|part| part == PART.as_bytes()).unwrap_or(left.len());
        // A name that stands twice is refused by the writer; the fuzzer is told nothing by it.
        if writer.start_file(name, options).is_ok() {
            writer.write_all(&left[..next]).expect("in memory");
        }
        left = &left[next..];
    }
    writer.finish().map(std::io::Cursor::into_inner).unwrap_or_default()
}
