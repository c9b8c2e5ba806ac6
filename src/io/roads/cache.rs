//! How is a large file of roads read at once the second time? What was read is kept beside it, named by content.
//! A cache that is missing, damaged or of another version is no error: the file itself is read.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::services::PlacedSpot;
use super::{Held, RoadOptions};
use crate::geometry::Crs;
use crate::io::beside::Beside;
use crate::model::roads::Roads;
use crate::model::{KindSet, LineColumns, ServiceKind, SourceFile, SourcePlace};

/// Roads as read.
const BESIDE: Beside = Beside {
    ending: ".sotplan-cache",
    // Changes with every change of what is kept or of how tags and columns are read.
    magic: b"Sotplan roads 6\n",
};

/// What was kept of a file.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    /// Of the file that was read, lower-case hex.
    sha256: String,
    /// What was said of its columns when it was read.
    columns: LineColumns,
    /// The system that was said, should the file name none.
    said_crs: Option<Crs>,
    crs: Crs,
    crs_assumed: bool,
    date: Option<String>,
    bytes: u64,
    roads: Roads,
    spots: Vec<KeptSpot>,
}

impl Kept {
    /// Is it what would be read now?
    pub fn is_of(&self, sha256: &str, options: &RoadOptions) -> bool {
        // A project says the system that the file was found to have.
        let is_same_crs = options.crs == self.said_crs || options.crs == Some(self.crs);
        self.sha256 == sha256 && self.columns == options.columns && is_same_crs
    }

    pub fn content(self, path: &Path) -> Held {
        let source = SourceFile {
            place: SourcePlace::File(path.to_owned()),
            sha256: self.sha256,
            bytes: self.bytes,
            crs: self.crs,
            crs_assumed: self.crs_assumed,
            date: self.date,
            part: None,
        };
        (source, self.roads, self.spots.into_iter().map(PlacedSpot::from).collect())
    }
}

#[derive(Serialize, Deserialize)]
struct KeptSpot {
    kinds: Vec<ServiceKind>,
    is_place: bool,
    is_way: bool,
    id: i64,
    lon: f64,
    lat: f64,
    properties: String,
}

/// What was kept of a file, whatever its content is now.
pub(super) fn read(path: &Path) -> Option<Kept> {
    let kept: Kept = postcard::from_bytes(BESIDE.read(path)?.body()).ok()?;
    kept.roads.is_sound().then_some(kept)
}

/// Keeps what was read.
pub(super) fn write(
    path: &Path,
    options: &RoadOptions,
    source: &SourceFile,
    roads: &Roads,
    spots: &[PlacedSpot],
) {
    let kept = Kept {
        sha256: source.sha256.clone(),
        columns: options.columns.clone(),
        said_crs: options.crs,
        crs: source.crs,
        crs_assumed: source.crs_assumed,
        date: source.date.clone(),
        bytes: source.bytes,
        roads: roads.clone(),
        spots: spots.iter().map(KeptSpot::from).collect(),
    };
    BESIDE.write_later(path, move || postcard::to_stdvec(&kept).ok());
}

impl From<&PlacedSpot> for KeptSpot {
    fn from(spot: &PlacedSpot) -> Self {
        Self {
            kinds: spot.kinds.iter().collect(),
            is_place: spot.is_place,
            is_way: spot.is_way,
            id: spot.id,
            lon: spot.lon,
            lat: spot.lat,
            properties: spot.properties.clone(),
        }
    }
}

impl From<KeptSpot> for PlacedSpot {
    fn from(kept: KeptSpot) -> Self {
        Self {
            kinds: kept.kinds.into_iter().fold(KindSet::EMPTY, KindSet::with),
            is_place: kept.is_place,
            is_way: kept.is_way,
            id: kept.id,
            lon: kept.lon,
            lat: kept.lat,
            properties: kept.properties,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::roads::RoadPoint;

    #[test]
    fn what_is_kept_comes_back_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.osm.pbf");
        let roads = Roads { points: vec![RoadPoint { lon_e7: 150_000_000, lat_e7: -7 }], ..Roads::default() };
        let spot = PlacedSpot {
            kinds: KindSet::EMPTY.with(ServiceKind::Fuel).with(ServiceKind::Grocery),
            is_place: false,
            is_way: true,
            id: -3,
            lon: 14.5,
            lat: 63.25,
            properties: "{\"å\":1}".into(),
        };
        let source = SourceFile {
            place: SourcePlace::File(path.clone()),
            sha256: "ab".into(),
            bytes: 7,
            crs: Crs::Sweref99Tm,
            crs_assumed: false,
            date: Some("2024".into()),
            part: None,
        };
        assert!(read(&path).is_none());
        let said = RoadOptions::default();
        write(&path, &said, &source, &roads, std::slice::from_ref(&spot));
        crate::io::beside::finish();
        let kept = read(&path).expect("kept");
        let other = LineColumns { speed: Some("Fart".into()), ..LineColumns::default() };
        let other = RoadOptions { columns: other, ..RoadOptions::default() };
        assert!(kept.is_of("ab", &said) && !kept.is_of("ac", &said) && !kept.is_of("ab", &other));
        // The system of the file itself is what a project says; another was not read by.
        let by = |crs: Crs| RoadOptions { crs: Some(crs), ..RoadOptions::default() };
        assert!(kept.is_of("ab", &by(Crs::Sweref99Tm)) && !kept.is_of("ab", &by(Crs::Sweref99Zone(3008))));
        assert_eq!(kept.content(&path), (source, roads, vec![spot]));
        std::fs::write(folder.path().join("a.osm.pbf-wal"), b"later").expect("a write");
        assert!(read(&path).is_none(), "the file is not all of its content");
        std::fs::remove_file(folder.path().join("a.osm.pbf-wal")).expect("removed");
        let cache = folder.path().join("a.osm.pbf.sotplan-cache");
        let mut bytes = std::fs::read(&cache).expect("the cache");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&cache, &bytes).expect("a write");
        assert!(read(&path).is_none(), "a damaged cache");
        std::fs::write(&cache, b"Sotplan").expect("a write");
        assert!(read(&path).is_none(), "a short cache");
    }
}
