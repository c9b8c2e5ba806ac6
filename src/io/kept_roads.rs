//! How is a large file of roads read at once the second time? What was read is kept beside it, named by content.
//! A cache that is missing, damaged or of another version is no error: the file itself is read.

use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::IoError;
use super::beside::{Beside, WORTH_S};
use super::input::{Input, PlacedSpot, ReadRoads, ReadsRoads, RoadOptions};
use crate::geometry::Crs;
use crate::model::roads::Roads;
use crate::model::{KindSet, LineColumns, ServiceKind};
use crate::progress::Progress;

/// Roads as read.
const BESIDE: Beside = Beside {
    ending: ".sotplan-cache",
    // Changes with every change of what is kept or of how tags and columns are read.
    magic: b"Sotplan roads 7\n",
};

/// What was kept of a file.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Of the file that was read, lower-case hex.
    sha256: String,
    /// What was said of its columns when it was read.
    columns: LineColumns,
    /// The system that was said, should the file name none.
    said_crs: Option<Crs>,
    crs: Crs,
    crs_assumed: bool,
    roads: Roads,
    spots: Vec<KeptSpot>,
}

impl Kept {
    /// Is it what would be read now?
    fn is_of(&self, sha256: &str, options: &RoadOptions) -> bool {
        // A project says the system that the file was found to have.
        let is_same_crs = options.crs == self.said_crs || options.crs == Some(self.crs);
        self.sha256 == sha256 && self.columns == options.columns && is_same_crs
    }

    fn content(self) -> ReadRoads {
        let spots = self.spots.into_iter().map(PlacedSpot::from).collect();
        ReadRoads { roads: self.roads, spots, crs: self.crs, crs_assumed: self.crs_assumed }
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
    properties: Vec<(String, String)>,
}

/// What was kept of a file, whatever its content is now.
fn read(path: &Path) -> Option<Kept> {
    let kept: Kept = postcard::from_bytes(BESIDE.read(path)?.body()).ok()?;
    kept.roads.is_sound().then_some(kept)
}

/// Keeps what was read.
fn write(path: &Path, options: &RoadOptions, sha256: &str, read: &ReadRoads) {
    let kept = Kept {
        sha256: sha256.to_owned(),
        columns: options.columns.clone(),
        said_crs: options.crs,
        crs: read.crs,
        crs_assumed: read.crs_assumed,
        roads: read.roads.clone(),
        spots: read.spots.iter().map(KeptSpot::from).collect(),
    };
    BESIDE.write_later(path, move || postcard::to_stdvec(&kept).ok());
}

/// What was kept of a file with this content and these options, else what is read of it, which is kept.
///
/// # Errors
/// Those of the reader.
pub(in crate::io) fn kept(
    input: &Input<'_>,
    options: &RoadOptions,
    progress: &dyn Progress,
    reader: ReadsRoads,
) -> Result<ReadRoads, IoError> {
    if input.size() == 0 {
        return Err(IoError::Empty { file: input.file().into() });
    }
    let path = input.named();
    let timed = || {
        let started = Instant::now();
        Box::new((reader(input, options, progress), started.elapsed()))
    };
    // The digest of a large file takes a while: side by side with whatever else there is to do.
    let get = || read(path).ok_or_else(&timed);
    let (sha256, got) = rayon::join(|| input.sha256(progress), get);
    let sha256 = sha256?;
    let (content, took) = *match got {
        Ok(kept) if kept.is_of(sha256, options) => return Ok(kept.content()),
        // Of another content: read after all.
        Ok(_) => timed(),
        Err(timed) => timed,
    };
    let content = content?;
    if took.as_secs_f64() >= WORTH_S {
        write(path, options, sha256, &content);
    }
    Ok(content)
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
            properties: vec![("å".into(), "1".into())],
        };
        let spots = vec![spot];
        let content = ReadRoads { roads, spots, crs: Crs::Sweref99Tm, crs_assumed: false };
        assert!(read(&path).is_none());
        let said = RoadOptions::default();
        write(&path, &said, "ab", &content);
        crate::io::beside::finish();
        let kept = read(&path).expect("kept");
        let other = LineColumns { speed: Some("Fart".into()), ..LineColumns::default() };
        let other = RoadOptions { columns: other, ..RoadOptions::default() };
        assert!(kept.is_of("ab", &said) && !kept.is_of("ac", &said) && !kept.is_of("ab", &other));
        // The system of the file itself is what a project says; another was not read by.
        let by = |crs: Crs| RoadOptions { crs: Some(crs), ..RoadOptions::default() };
        assert!(kept.is_of("ab", &by(Crs::Sweref99Tm)) && !kept.is_of("ab", &by(Crs::Sweref99Zone(3008))));
        assert_eq!(kept.content(), content);
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
