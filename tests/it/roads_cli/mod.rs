//! Roads on the command line: a small country drawn here, whose answers a reader can count, goes through the
//! program as files, and what comes out is compared with lengths and speeds written out by hand.
//!
//! ```text
//!            C 63.20 ·····private·····
//!            │                  P ····
//!   K·····Q··│ (ice road)            ·
//!   │     ···B 63.10 ──── shop ───── D ⇒ E (one-way), back by G
//!   H ~ferry~ A 63.00                        I1 ─ I2 (island)
//!  13.80    14.00                  14.20    14.50
//! ```

mod analyse;
mod bad_files;
mod closed;
mod county;
mod lines;
mod route;
mod speeds;
mod travel;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const A: [f64; 2] = [14.0, 63.0];
const B: [f64; 2] = [14.0, 63.1];
const C: [f64; 2] = [14.0, 63.2];
const D: [f64; 2] = [14.2, 63.1];
const E: [f64; 2] = [14.2, 63.12];
const G: [f64; 2] = [14.22, 63.12];
const P: [f64; 2] = [14.1, 63.15];
const H: [f64; 2] = [13.8, 63.0];
const K: [f64; 2] = [13.8, 63.05];
const Q: [f64; 2] = [13.9, 63.075];
const ISLAND: [[f64; 2]; 2] = [[14.5, 63.0], [14.5, 63.03]];
/// On the road from B to D, half-way.
const SHOP: [f64; 2] = [14.1, 63.1];

/// The ways: points and tags.
fn ways() -> Vec<(Vec<[f64; 2]>, &'static str)> {
    vec![
        (vec![A, B, C], "highway=primary name=Storvägen ref=321"),
        (vec![B, D], "highway=secondary name=Byvägen maxspeed=80"),
        (vec![D, E], "highway=residential name=Enkelgatan oneway=yes"),
        (vec![E, G, D], "highway=residential name=Omvägen"),
        (vec![C, P, D], "highway=unclassified name=Enskild access=private"),
        (ISLAND.to_vec(), "highway=unclassified name=Öväg"),
        (vec![A, H], "route=ferry name=Färjan duration=00:20"),
        (vec![H, K], "highway=tertiary name=Färjevägen"),
        (vec![K, Q, B], "highway=unclassified name=Isvägen ice_road=yes"),
        (vec![E, C], "highway=path name=Stigen"),
        (vec![A, [14.1, 63.0], P], "highway=construction"),
        (vec![A, B], "building=yes"),
    ]
}

/// An OSM file of ways; points at the same place are one node.
fn osm(ways: &[(Vec<[f64; 2]>, &str)]) -> String {
    let mut nodes: Vec<[f64; 2]> = Vec::new();
    let mut body = String::new();
    for (number, (points, tags)) in ways.iter().enumerate() {
        let _ = write!(body, "<way id=\"{}\">", 100 + number);
        for point in points {
            let at = nodes.iter().position(|node| node == point).unwrap_or_else(|| {
                nodes.push(*point);
                nodes.len() - 1
            });
            let _ = write!(body, "<nd ref=\"{}\"/>", at + 1);
        }
        for (key, value) in tags.split(' ').filter_map(|tag| tag.split_once('=')) {
            let _ = write!(body, "<tag k=\"{key}\" v=\"{value}\"/>");
        }
        body += "</way>\n";
    }
    let mut text = String::new();
    for (id, [lon, lat]) in (1..).zip(&nodes) {
        let _ = writeln!(text, "<node id=\"{id}\" lon=\"{lon}\" lat=\"{lat}\"/>");
    }
    format!("<?xml version=\"1.0\"?>\n<osm version=\"0.6\">\n{text}{body}</osm>\n")
}

/// Cells: people and place.
const CELLS: [(f64, [f64; 2]); 7] = [
    (10.0, [14.002, 63.02]), // a hundred metres from the road south of B
    (20.0, [14.0, 63.15]),   // between B and C
    (30.0, [13.8, 63.04]),   // over the ferry
    (40.0, [14.5, 63.01]),   // on the island
    (50.0, [15.5, 63.5]),    // far from every road
    (60.0, P),               // on the private road
    (70.0, [14.2, 63.11]),   // in the one-way street
];

/// Metres of a degree along and across a meridian of WGS 84, by the series of the ellipsoid.
fn degree_m(lat: f64) -> [f64; 2] {
    let phi = lat.to_radians();
    let lon = 111_412.84 * phi.cos() - 93.5 * (3.0 * phi).cos() + 0.118 * (5.0 * phi).cos();
    let lat =
        111_132.92 - 559.82 * (2.0 * phi).cos() + 1.175 * (4.0 * phi).cos() - 0.0023 * (6.0 * phi).cos();
    [lon, lat]
}

/// The length of a drawn line; right to some decimetres over the ten kilometres of these roads.
fn metres(line: &[[f64; 2]]) -> f64 {
    let step = |a: [f64; 2], b: [f64; 2]| {
        let [lon, lat] = degree_m(f64::midpoint(a[1], b[1]));
        ((b[0] - a[0]) * lon).hypot((b[1] - a[1]) * lat)
    };
    line.windows(2).map(|ends| step(ends[0], ends[1])).sum()
}

/// A part of a trip: metres and seconds.
#[derive(Debug, Clone, Copy)]
struct Trip {
    m: f64,
    s: f64,
}

/// The speeds of classes where no limit is tagged, km/h: `docs/travel.md`, Speeds.
const MOTORWAY: f64 = 90.0;
const TRUNK: f64 = 85.0;
const PRIMARY: f64 = 65.0;
const TERTIARY: f64 = 40.0;
const UNCLASSIFIED: f64 = 30.0;

/// A drawn line at a speed.
fn at(kmh: f64, line: &[[f64; 2]]) -> Trip {
    let m = metres(line);
    Trip { m, s: m / kmh * 3.6 }
}

/// Parts one after the other.
fn sum<const N: usize>(parts: [Trip; N]) -> Trip {
    parts.iter().fold(Trip { m: 0.0, s: 0.0 }, |all, part| Trip { m: all.m + part.m, s: all.s + part.s })
}

/// Half of Byvägen: 0.85 × 80 km/h.
fn to_shop_from(end: [f64; 2]) -> Trip {
    at(68.0, &[end, SHOP])
}

/// The ferry: 20 minutes said, and 5 of waiting.
fn ferry() -> Trip {
    Trip { s: 1500.0, ..at(1.0, &[A, H]) }
}

/// By car from each cell to the shop on the road, where there is a way.
fn by_car() -> [Option<Trip>; 7] {
    let south = at(PRIMARY, &[A, B]);
    [
        Some(sum([at(PRIMARY, &[[14.0, 63.02], B]), to_shop_from(B)])),
        Some(sum([at(PRIMARY, &[[14.0, 63.15], B]), to_shop_from(B)])),
        Some(sum([at(TERTIARY, &[[13.8, 63.04], H]), ferry(), south, to_shop_from(B)])),
        None,
        None,
        Some(sum([at(UNCLASSIFIED, &[P, D]), to_shop_from(D)])),
        Some(sum([at(27.0, &[[14.2, 63.11], E, G, D]), to_shop_from(D)])),
    ]
}

/// The walk from the first cell to its road.
fn access() -> Trip {
    at(5.0, &[[14.002, 63.02], [14.0, 63.02]])
}

/// Within a metre and a tenth of a second of what was counted by hand.
fn is_about(found: Trip, wanted: Trip, what: &str) {
    assert!(
        (found.m - wanted.m).abs() < 1.0 && (found.s - wanted.s).abs() < 0.2,
        "{what}: {found:?}, by hand {wanted:?}"
    );
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

/// A point feature.
fn point(place: [f64; 2], id: &str, properties: &str) -> String {
    let [lon, lat] = place;
    format!(
        r#"{{"type":"Feature",{id}"properties":{{{properties}}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",\n"))
}

/// A feature of any shape; coordinates as JSON.
fn shape(kind: &str, coordinates: &str, properties: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
    )
}

fn line_of(points: &[[f64; 2]]) -> String {
    serde_json::to_string(points).expect("numbers")
}

/// A folder with the small country in it.
struct Country {
    folder: TempDir,
}

impl Country {
    fn new() -> Self {
        let country = Self { folder: tempfile::tempdir().expect("a folder") };
        country.write("roads.osm", osm(&ways()));
        let cells: Vec<String> =
            CELLS.iter().map(|(people, place)| point(*place, "", &format!(r#""pop":{people}"#))).collect();
        country.write("cells.geojson", collection(&cells));
        country.write("shops.geojson", collection(&[point(SHOP, "", r#""name":"Byshopen""#)]));
        country
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).expect("written");
        name.to_owned()
    }

    /// Runs the program in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        self.run_on(None, arguments)
    }

    fn run_on(&self, threads: Option<&str>, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sotplan"));
        command.args(arguments).current_dir(self.folder.path()).env("LC_ALL", "C.UTF-8");
        if let Some(threads) = threads {
            command.env("RAYON_NUM_THREADS", threads);
        }
        command.output().expect("the program starts")
    }

    /// Runs what must succeed without a word on standard error.
    fn good(&self, arguments: &[&str]) -> Vec<u8> {
        let done = self.run(arguments);
        assert_eq!((done.status.code(), text(&done.stderr).as_str()), (Some(0), ""), "{arguments:?}");
        done.stdout
    }

    /// Runs what must fail with exit code 1, all these phrases on standard error and nothing on standard output.
    fn refuse(&self, arguments: &[&str], phrases: &[&str]) {
        let done = self.run(arguments);
        let said = text(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{arguments:?}: {said}");
        assert_eq!(text(&done.stdout), "", "{arguments:?} prints no half result");
        for phrase in phrases {
            assert!(said.contains(phrase), "{arguments:?}: “{said}” does not say “{phrase}”");
        }
        assert!(!said.contains("panicked"), "{said}");
    }

    /// Analyses cells and shop on the roads, and answers the summary.
    fn analyse(&self, more: &[&str]) -> Value {
        let mut all = vec!["analyse", "--json", "--out", "out", "--population", "cells.geojson"];
        all.extend(["--grocery", "shops.geojson", "--roads", "roads.osm"]);
        all.extend(more);
        serde_json::from_slice(&self.good(&all)).expect("JSON")
    }

    fn refuse_analysis(&self, more: &[&str], phrases: &[&str]) {
        let mut all = vec!["analyse", "--json", "--out", "none", "--population", "cells.geojson"];
        all.extend(["--grocery", "shops.geojson"]);
        all.extend(more);
        self.refuse(&all, phrases);
        assert!(!self.path("none").exists(), "{more:?} leaves no results behind");
    }

    /// Asks for a table and answers its rows.
    fn travel(&self, from: &str, to: &str, more: &[&str]) -> Vec<Row> {
        let mut all =
            vec!["travel", "--roads", "roads.osm", "--from", from, "--to", to, "--out", "table.csv"];
        all.extend(more);
        assert_eq!(text(&self.good(&all)), "", "standard output stays clean");
        rows(&self.path("table.csv"))
    }

    /// Asks for a route and answers its features.
    fn route(&self, from: [f64; 2], to: [f64; 2], more: &[&str]) -> Vec<Value> {
        let place = |[lon, lat]: [f64; 2]| format!("{lon},{lat}");
        let (from, to) = (place(from), place(to));
        let mut all = vec!["route", "--roads", "roads.osm", "--from", &from, "--to", &to];
        all.extend(more);
        let printed: Value = serde_json::from_slice(&self.good(&all)).expect("JSON");
        assert_eq!(printed["type"], "FeatureCollection");
        printed["features"].as_array().expect("features").clone()
    }

    /// The exported cells of the last analysis.
    fn cells(&self) -> Vec<Value> {
        let text = std::fs::read(self.path("out/demand.geojson")).expect("a file");
        let all: Value = serde_json::from_slice(&text).expect("JSON");
        let cells = all["features"].as_array().expect("features");
        cells.iter().map(|cell| cell["properties"].clone()).collect()
    }
}

/// A row of a table of travel costs.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    from: String,
    to: String,
    seconds: Option<f64>,
    metres: Option<f64>,
    from_access: Option<f64>,
    to_access: Option<f64>,
    reason: String,
}

impl Row {
    fn trip(&self) -> Trip {
        Trip { m: self.metres.expect("metres"), s: self.seconds.expect("seconds") }
    }
}

fn rows(path: &Path) -> Vec<Row> {
    let mut table = csv::Reader::from_path(path).expect("a table");
    let header: Vec<&str> =
        ["from_id", "to_id", "seconds", "metres", "from_access_m", "to_access_m", "reason"].to_vec();
    assert_eq!(table.headers().expect("a header").iter().collect::<Vec<_>>(), header);
    let number = |text: &str| (!text.is_empty()).then(|| text.parse::<f64>().expect("a number"));
    let row = |record: csv::StringRecord| Row {
        from: record[0].into(),
        to: record[1].into(),
        seconds: number(&record[2]),
        metres: number(&record[3]),
        from_access: number(&record[4]),
        to_access: number(&record[5]),
        reason: record[6].into(),
    };
    table.records().map(|record| row(record.expect("a row"))).collect()
}

/// People within, beyond and without a value by reason; they must be all there are.
fn people(summary: &Value, kind: &str, total: f64) -> (f64, f64, BTreeMap<String, f64>) {
    let kind = &summary["kinds"][kind];
    let without: BTreeMap<String, f64> = kind["people_without_value"]
        .as_object()
        .expect("reasons")
        .iter()
        .map(|(reason, people)| (reason.clone(), number(people)))
        .collect();
    let (within, beyond) = (number(&kind["people_within"]), number(&kind["people_beyond"]));
    assert_eq!(within + beyond + without.values().sum::<f64>(), total, "{kind}");
    assert_eq!(number(&kind["people_total"]), total);
    (within, beyond, without)
}

fn reasons(all: &[(&str, f64)]) -> BTreeMap<String, f64> {
    all.iter().map(|(reason, people)| ((*reason).to_owned(), *people)).collect()
}
