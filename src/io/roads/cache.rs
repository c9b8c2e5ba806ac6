//! How is a large file of roads read at once the second time? What was read is kept beside it, named by content.
//! A cache that is missing, damaged or of another version is no error: the file itself is read.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::services::PlacedSpot;
use crate::io::settings_file::Folders;
use crate::io::{sha256_hex, write_atomically};
use crate::model::roads::Roads;
use crate::model::{KindSet, ServiceKind};

/// Changes with every change of what is kept or of how tags are read.
const MAGIC: &[u8] = b"Sotplan roads 3\n";

/// Reading that takes less than this is not worth a file.
pub const WORTH_S: f64 = 1.0;

/// Length of a SHA-256.
const DIGEST: usize = 32;

#[derive(Serialize, Deserialize)]
struct Kept {
    /// Of the file that was read, lower-case hex.
    sha256: String,
    roads: Roads,
    spots: Vec<KeptSpot>,
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

/// Where the cache of a file may lie: beside it, or in the user's cache folder where that cannot be written.
fn candidates(path: &Path) -> Vec<PathBuf> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".sotplan-cache");
    let mut found = vec![PathBuf::from(beside)];
    if let (Some(folders), Some(name)) = (Folders::of_user(), path.file_name()) {
        let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let place = sha256_hex(folder.as_bytes());
        let mut name = name.to_owned();
        name.push(format!(".{}.sotplan-cache", &place[..16]));
        found.push(folders.cache.join("roads").join(name));
    }
    found
}

/// Is there a cache to look at?
pub fn is_there(path: &Path) -> bool {
    candidates(path).iter().any(|cache| cache.is_file())
}

/// What was kept of a file with this content.
pub(super) fn read(path: &Path, sha256: &str) -> Option<(Roads, Vec<PlacedSpot>)> {
    candidates(path).iter().find_map(|cache| {
        let bytes = std::fs::read(cache).ok()?;
        let body = bytes.strip_prefix(MAGIC)?;
        let (digest, body) = body.split_at_checked(DIGEST)?;
        if Sha256::digest(body).as_slice() != digest {
            return None;
        }
        let kept: Kept = postcard::from_bytes(body).ok()?;
        (kept.sha256 == sha256).then(|| (kept.roads, kept.spots.into_iter().map(PlacedSpot::from).collect()))
    })
}

/// Keeps what was read. A folder that cannot be written is passed over: the next start reads the file again.
pub(super) fn write(path: &Path, sha256: &str, roads: &Roads, spots: &[PlacedSpot]) {
    // Borrowed and owned forms have the same bytes.
    #[derive(Serialize)]
    struct Borrowed<'a> {
        sha256: &'a str,
        roads: &'a Roads,
        spots: Vec<KeptSpot>,
    }
    let kept = Borrowed { sha256, roads, spots: spots.iter().map(KeptSpot::from).collect() };
    let Ok(body) = postcard::to_stdvec(&kept) else { return };
    let digest = Sha256::digest(&body);
    for cache in candidates(path) {
        if let Some(folder) = cache.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        match write_atomically(&cache, &[MAGIC, digest.as_slice(), &body]) {
            Ok(()) => return,
            Err(error) => log::info!("{error}"),
        }
    }
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
        assert!(!is_there(&path));
        write(&path, "ab", &roads, std::slice::from_ref(&spot));
        assert!(is_there(&path));
        assert_eq!(read(&path, "ab"), Some((roads, vec![spot])));
        assert_eq!(read(&path, "ac"), None, "another content");
        let cache = folder.path().join("a.osm.pbf.sotplan-cache");
        let mut bytes = std::fs::read(&cache).expect("the cache");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&cache, &bytes).expect("a write");
        assert_eq!(read(&path, "ab"), None, "a damaged cache");
        std::fs::write(&cache, b"Sotplan").expect("a write");
        assert_eq!(read(&path, "ab"), None, "a short cache");
    }
}
