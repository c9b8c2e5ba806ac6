//! No file ends the program. Small files of every kind are broken in a thousand ways, seeded, for about a minute and a
//! half; each reader refuses by name or reads what is left, and what was read is computed. The fuzzer of `fuzz` asks the
//! same functions.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;
use sotplan::app::{Results, load, outputs};
use sotplan::io::matrix_file::{read_pairs, read_sites, read_weights};
use sotplan::io::{
    IoError, LoadOptions, RoadOptions, load_bytes, load_file, load_roads, project_file, read_profile,
};
use sotplan::model::{AreaFields, KindRule, Project, Role, ServiceKind, SourcePlace};
use sotplan::progress::Unwatched;
use sotplan::random::Random;

use super::bench::{degrees, feature, point, rectangle, sweref};

#[path = "../../../fuzz/readers.rs"]
mod readers;
#[path = "../../../fuzz/seeds.rs"]
mod seeds;

/// How long the mutator works, over all readers.
const BUDGET: Duration = Duration::from_mins(1);

/// The same, where files are only read.
const READING: Duration = Duration::from_secs(30);

/// Longer than one small file may take, also where the machine is busy and nothing is optimised.
const HANGS: Duration = Duration::from_secs(20);

/// Pieces that break readers: numbers at the edges of numbers, brackets, members of formats.
const PIECES: [&[u8]; 30] = [
    b"[]",
    b"[14.5]",
    b"[[]]",
    b"null",
    b"{}",
    b"1e308",
    b"-1e308",
    b"1e-320",
    b"-0",
    b"NaN",
    b"99999999999999999999",
    b"180",
    b"-90.0000001",
    b"\"\"",
    b"[14.5,63.1,1,2,3]",
    b"[14.5,63.1],[14.5,63.1]",
    b"\"GeometryCollection\"",
    b"\"MultiPolygon\"",
    b"\"Polygon\"",
    b"\"LineString\"",
    b"\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:3008\"}},",
    b"EPSG:3857",
    b"<nd ref='1'/>",
    b"<tag k='highway' v='ferry'/>",
    b"lat='91'",
    b"\xff\xfe",
    b"\xc3",
    b"\\u0000",
    b",,",
    b"\0\0\0\0",
];

fn broken(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let end = (at + 1 + random.below(24)).min(bytes.len());
        match random.below(8) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
            2 => {
                bytes.drain(at..end);
            }
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            5 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..end, piece.iter().copied());
            }
            6 => bytes.truncate(at),
            // A number becomes another one, so that the form stays whole.
            _ => {
                let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte == b'.' || *byte == b'-';
                if let Some(from) = bytes[at..].iter().position(is_digit).map(|found| at + found) {
                    let until = bytes[from..].iter().position(|byte| !is_digit(byte));
                    let to = until.map_or(bytes.len(), |found| from + found);
                    let piece = PIECES[5 + random.below(8)];
                    bytes.splice(from..to, piece.iter().copied());
                }
            }
        }
    }
    bytes
}

fn shapes() -> Vec<u8> {
    let ring = json!([[14.1, 63.1], [14.3, 63.1], [14.3, 63.2], [14.1, 63.2], [14.1, 63.1]]);
    let hole = json!([[14.15, 63.12], [14.15, 63.15], [14.2, 63.15], [14.15, 63.12]]);
    let row =
        |people: u32| json!({"beftotalt": people, "kommun": "Åre", "name": "A", "kod": "2321", "slower": 2});
    degrees(&[
        point(14.123, 63.123, row(5)),
        feature(json!({"type": "Polygon", "coordinates": [ring, hole]}), row(7)),
        feature(json!({"type": "MultiPolygon", "coordinates": [[ring], [ring, hole]]}), row(1)),
        feature(json!({"type": "LineString", "coordinates": [[14.1, 63.1], [14.2, 63.1]]}), row(2)),
        feature(json!({"type": "MultiLineString", "coordinates": [[[14.1, 63.1], [14.2, 63.1]]]}), row(2)),
        feature(json!({"type": "MultiPoint", "coordinates": [[14.1, 63.1], [14.2, 63.1]]}), row(3)),
        feature(
            json!({"type": "GeometryCollection", "geometries": [
            {"type": "Point", "coordinates": [14.1, 63.1]}, {"type": "Polygon", "coordinates": [ring]}]}),
            row(4),
        ),
    ])
    .to_string()
    .into_bytes()
}

fn metres() -> Vec<u8> {
    let cells: Vec<_> = (0..4)
        .map(|at| {
            let e = 500_000.0 + f64::from(at) * 1000.0;
            rectangle(e, 7_000_000.0, e + 1000.0, 7_001_000.0, json!({"beftotalt": at, "name": "x"}))
        })
        .collect();
    sweref(&cells).to_string().into_bytes()
}

fn roles() -> [Role; 5] {
    [
        Role::Population { field: "beftotalt".into() },
        Role::Areas(AreaFields { code: Some("kod".into()), name: Some("kommun".into()) }),
        Role::Services(KindRule::All(ServiceKind::Grocery.into())),
        Role::SotPlaces,
        Role::Services(KindRule::EachItsOwn),
    ]
}

/// Reads broken GeoJSON in a role, and computes and writes what is left.
fn layers(bytes: &[u8], random: &mut Random, folder: &Path) {
    let read = |bytes: Vec<u8>, name: &str, role: Role| {
        let options = LoadOptions { role: Some(role), ..LoadOptions::default() };
        load_bytes(SourcePlace::Demo(name.into()), &bytes, &options, &Unwatched)
    };
    let all = roles();
    let role = all[random.below(all.len())].clone();
    let Ok(one) = read(bytes.to_vec(), "a.geojson", role) else { return };
    let mut files = vec![one];
    files.extend(read(metres(), "pop.geojson", all[0].clone()));
    files.extend(read(shapes(), "areas.geojson", all[1].clone()));
    files.extend(read(shapes(), "store.geojson", all[2].clone()));
    let project = load::with_layers(&Project::default(), files);
    let results = Results::compute(&project, None, &Unwatched).expect("not cancelled");
    for report in results.situation.reports.values() {
        assert!(report.adds_up(), "{report:?}");
    }
    let phases = sotplan::app::results::Phases::new();
    let (chosen, stamp) = Default::default();
    outputs::write_all(folder, &results, &chosen, &stamp, phases).expect("written");
}

/// Did a library end on it? The guard tells by its own error.
fn is_sound<T>(read: Result<T, IoError>) {
    if let Err(error @ IoError::Panicked { .. }) = read {
        panic!("{error}");
    }
}

fn osm() -> Vec<u8> {
    b"<?xml version='1.0'?><osm version='0.6'><bounds minlat='63' minlon='14' maxlat='64' maxlon='15'/>\
      <node id='1' lat='63.0' lon='14.0'><tag k='shop' v='supermarket'/></node><node id='2' lat='63.0' lon='14.02'/>\
      <node id='3' lat='63.01' lon='14.02'><tag k='barrier' v='gate'/></node>\
      <way id='1'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='highway' v='secondary'/><tag k='maxspeed' v='80'/>\
      <tag k='maxweight' v='3.5'/></way><way id='2'><nd ref='2'/><nd ref='3'/><tag k='route' v='ferry'/>\
      <tag k='duration' v='00:20'/></way><relation id='1'><member type='way' ref='1' role='from'/>\
      <member type='node' ref='2' role='via'/><member type='way' ref='2' role='to'/>\
      <tag k='type' v='restriction'/><tag k='restriction' v='no_left_turn'/></relation></osm>"
        .to_vec()
}

/// A `GeoPackage` with one table of lines.
fn geopackage(path: &Path) {
    let connection = rusqlite::Connection::open(path).expect("a database");
    connection
        .execute_batch(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);
             INSERT INTO gpkg_spatial_ref_sys VALUES (3006, 3006);
             CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
             INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', 'LINESTRING', 3006);
             CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom BLOB, klass TEXT, hastighet INTEGER);",
        )
        .expect("made");
    let mut blob = b"GP\0\x01\xbe\x0b\0\0\x01\x02\0\0\0\x02\0\0\0".to_vec();
    for number in [500_000.0_f64, 7_000_000.0, 501_000.0, 7_000_000.0] {
        blob.extend(number.to_le_bytes());
    }
    connection.execute("INSERT INTO roads VALUES (1, ?1, 'x', 70)", [blob]).expect("a row");
}

/// A sound file of each sort that is unpacked or has a form of its own, to be broken.
struct Seeds {
    folder: tempfile::TempDir,
    gpkg: Vec<u8>,
    project: Vec<u8>,
    pbf: Vec<u8>,
    profile: Vec<u8>,
}

impl Seeds {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        geopackage(&path("seed.gpkg"));
        project_file::save(
            &path("project.gpkg"),
            &sotplan::app::demo::project(&Unwatched).expect("the demo"),
        )
        .expect("saved");
        let read = |name: &str| std::fs::read(path(name)).expect("a file");
        let (gpkg, project) = (read("seed.gpkg"), read("project.gpkg"));
        let pbf = seeds::encoder::fixture(false);
        let profile = serde_json::to_vec(&sotplan::model::TravelProfile::default()).expect("JSON");
        Self { folder, gpkg, project, pbf, profile }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        std::fs::write(self.path(name), bytes).expect("written");
        self.path(name)
    }

    /// Breaks one sort of file and reads it.
    fn try_reader(&self, which: u64, random: &mut Random) {
        let roads = |name: &str, bytes: Vec<u8>| {
            is_sound(load_roads(&self.put(name, &bytes), &RoadOptions::default(), &Unwatched));
        };
        match which {
            0..=2 => layers(&broken(&shapes(), random), random, &self.path("out")),
            3 => layers(&broken(&metres(), random), random, &self.path("out")),
            4 => self.try_everything_of_layers(random),
            5 => roads("x.osm", broken(&osm(), random)),
            6 => roads("x.osm.pbf", broken(&self.pbf, random)),
            7 => roads("x.gpkg", broken(&self.gpkg, random)),
            8 => is_sound(project_file::open(&self.put("p.gpkg", &broken(&self.project, random)))),
            9 => {
                let pairs = b"site,demand,cost\na,1,1\n\"b, c\",2,5.25\n";
                is_sound(read_pairs(&self.put("c.csv", &broken(pairs, random))));
            }
            10 => {
                let weights = b"demand;weight\n1;1,5\n2;0\n";
                is_sound(read_weights(&self.put("d.csv", &broken(weights, random))));
                let sites = b"site,cost,capacity\na,2,1\nb,,1.5\n";
                is_sound(read_sites(&self.put("s.csv", &broken(sites, random))));
            }
            _ => is_sound(read_profile(&self.put("s.json", &broken(&self.profile, random)))),
        }
    }

    /// A file of features is read as a layer, roads, closures and places.
    fn try_everything_of_layers(&self, random: &mut Random) {
        let file = self.put("x.geojson", &broken(&shapes(), random));
        let options = LoadOptions::default();
        is_sound(load_file(&file, &options, &Unwatched));
        is_sound(load_roads(&file, &RoadOptions::default(), &Unwatched));
        is_sound(sotplan::app::roads::closures_from_file(&file, &options, 1, &Unwatched));
        is_sound(sotplan::app::roads::places_from_file(&file, &options, &Unwatched));
    }
}

/// Tries rounds for a while. A panic is looked for, not shown: round, reader and what was said tell how to see it again.
fn rounds(budget: Duration, readers: u64, mut try_one: impl FnMut(u64, &mut Random)) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let started = Instant::now();
    let mut failed = None;
    for round in 0u64.. {
        let begun = Instant::now();
        if started.elapsed() > budget {
            break;
        }
        let which = round % readers;
        let tried = catch_unwind(AssertUnwindSafe(|| try_one(which, &mut Random::new(round))));
        let said = match tried {
            Err(panic) => sotplan::io::said_by(panic.as_ref()),
            Ok(()) if begun.elapsed() > HANGS => format!("took {:?}", begun.elapsed()),
            Ok(()) => continue,
        };
        failed = Some((round, which, said));
        break;
    }
    std::panic::set_hook(before);
    assert!(failed.is_none(), "round, reader and what was said: {failed:?}");
}

#[test]
fn no_file_ends_the_program() {
    let seeds = Seeds::new();
    rounds(BUDGET, 12, |which, random| seeds.try_reader(which, random));
}

/// Sound files first, so that what is broken was whole; then broken ones.
#[test]
fn no_reader_ends_on_a_broken_file() {
    let all = readers::READERS.map(|(name, read)| (read, seeds::seeds(name)));
    for (read, seeds) in &all {
        for seed in seeds {
            read(seed);
        }
    }
    rounds(READING, all.len() as u64, |which, random| {
        let (read, seeds) = &all[usize::try_from(which).unwrap_or(0)];
        read(&broken(&seeds[random.below(seeds.len())], random));
    });
}
