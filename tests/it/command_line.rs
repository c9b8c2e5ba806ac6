//! Does the program do without a window what its help says: results in files, JSON alone on standard output,
//! and a message that names the file when something is wrong?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest, Sha256};
use sotplan::geometry::{Crs, LonLat, Reprojection};
use tempfile::TempDir;

const FILES: [&str; 8] = [
    "areas.csv",
    "candidates.geojson",
    "demand.geojson",
    "factors.csv",
    "gaps.geojson",
    "quality.json",
    "ranking.csv",
    "summary.json",
];

const KINDS: [&str; 7] = ["grocery", "fuel", "pharmacy", "parcel", "payment", "rescue", "sot"];

fn sotplan(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sotplan"));
    command.args(arguments).env("LC_ALL", "C.UTF-8").output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Runs an analysis that must succeed, and answers the JSON that it prints.
fn analyse(arguments: &[&str], out: &Path) -> Value {
    let mut all = vec!["analyse", "--json", "--out", out.to_str().expect("UTF-8")];
    all.extend(arguments);
    let done = sotplan(&all);
    assert!(done.status.success(), "{arguments:?}: {}", text(&done.stderr));
    assert_eq!(text(&done.stderr), "", "nothing to complain about");
    serde_json::from_slice(&done.stdout).expect("standard output is JSON and nothing else")
}

/// Runs an analysis that must fail with all these phrases on standard error, and nothing printed.
fn refuse(arguments: &[&str], phrases: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut all = vec!["analyse", "--json"];
    all.extend(arguments);
    let out = folder.path().join("out");
    if !arguments.contains(&"--out") {
        all.extend(["--out", out.to_str().expect("UTF-8")]);
    }
    let done = sotplan(&all);
    let said = text(&done.stderr);
    assert!(!done.status.success(), "{arguments:?} must fail");
    assert_eq!(text(&done.stdout), "", "{arguments:?} prints no half result");
    for phrase in phrases {
        assert!(said.contains(phrase), "{arguments:?}: “{said}” does not say “{phrase}”");
    }
    assert!(!said.contains("panicked"), "{said}");
    assert!(!out.exists(), "{arguments:?} leaves no results behind");
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

fn collection(path: &Path) -> geojson::FeatureCollection {
    let text = std::fs::read_to_string(path).expect("UTF-8");
    match text.parse::<geojson::GeoJson>().expect("valid GeoJSON") {
        geojson::GeoJson::FeatureCollection(collection) => collection,
        other => panic!("not a collection: {other:?}"),
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn demo_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/jamtland").join(name)
}

struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    }
}

/// Every position of the file lies within the plausible bounds of degrees.
fn is_in_degrees(collection: &geojson::FeatureCollection) {
    use geo::CoordsIter;
    for feature in &collection.features {
        let geometry = feature.geometry.as_ref().expect("a geometry");
        let geometry = geo::Geometry::<f64>::try_from(geometry.value.clone()).expect("a shape");
        for c in geometry.coords_iter() {
            assert!((9.0..26.0).contains(&c.x) && (54.0..71.0).contains(&c.y), "{c:?}");
        }
    }
}

#[test]
fn the_demo_gives_eight_files_and_json() {
    let bench = Bench::new();
    let out = bench.path("deep/down/out");
    let printed = analyse(&["--demo"], &out);
    let mut names: Vec<String> = std::fs::read_dir(&out)
        .expect("the folder is made")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into())
        .collect();
    names.sort();
    assert_eq!(names, FILES, "these files, and nothing left over");
    let summary = json(&out.join("summary.json"));
    assert_eq!(summary, printed, "what is printed is what is written");
    for phase in ["read", "bind", "nearest", "coverage", "candidates", "write"] {
        assert!(number(&summary["seconds"][phase]) >= 0.0, "{phase}");
    }
    let kinds = summary["kinds"].as_object().expect("kinds");
    assert_eq!(kinds.keys().map(String::as_str).collect::<std::collections::BTreeSet<_>>(), KINDS.into());
    for (kind, figures) in kinds {
        let without: f64 =
            figures["people_without_value"].as_object().expect("reasons").values().map(number).sum();
        let sum = number(&figures["people_within"]) + number(&figures["people_beyond"]) + without;
        assert_eq!((sum, number(&figures["people_total"])), (130_810.0, 130_810.0), "{kind}");
        let lengths = ["p50_km", "p90_km", "max_km"].map(|name| number(&figures[name]));
        assert!(lengths.is_sorted() && lengths[0] >= 0.0, "{kind}: {lengths:?}");
        let mean = number(&figures["mean_km"]);
        assert!(mean > 0.0 && mean < lengths[2]);
        let turnout = number(&figures["mean_min"]) - mean / 70.0 * 60.0;
        if kind == "rescue" {
            // The vehicles move after 1.5 to 10 minutes.
            assert!((1.5..=10.0).contains(&turnout), "{kind}: {turnout} min before they move");
        } else {
            assert!(turnout.abs() < 0.01, "{kind}: minutes at 70 km/h");
        }
    }
    let layers = summary["layers"].as_array().expect("layers");
    assert_eq!(layers.len(), 11);
    layers_add_up(layers);
    quality_agrees(&json(&out.join("quality.json")), layers);
    collections_agree(&out, &summary);
    areas_agree(&out.join("areas.csv"), &summary);
}

fn layers_add_up(layers: &[Value]) {
    for layer in layers {
        let refused: f64 = layer["features_refused"].as_object().expect("reasons").values().map(number).sum();
        assert_eq!(
            number(&layer["features_in"]),
            number(&layer["features_used"]) + refused,
            "{}",
            layer["name"]
        );
        assert!(number(&layer["features_in"]) > 0.0);
    }
}

fn quality_agrees(quality: &Value, layers: &[Value]) {
    let reports = quality["layers"].as_array().expect("layers");
    assert_eq!(reports.len(), layers.len());
    for (report, layer) in reports.iter().zip(layers) {
        assert_eq!(report["name"], layer["name"]);
        assert_eq!(report["adds_up"], true);
        let refused = report["refused"].as_array().expect("refusals");
        assert_eq!(number(&report["features_in"]) - number(&report["features_used"]), refused.len() as f64);
        let mut by_code: BTreeMap<String, f64> = BTreeMap::new();
        for remark in report["remarks"].as_array().expect("remarks") {
            *by_code.entry(remark["remark"].as_str().expect("a code").into()).or_insert(0.0) += 1.0;
            assert!(!remark["message"].as_str().expect("a message").is_empty());
        }
        let counted = layer["remarks"].as_object().expect("remarks");
        assert_eq!(by_code, counted.iter().map(|(code, n)| (code.clone(), number(n))).collect());
    }
}

fn collections_agree(out: &Path, summary: &Value) {
    let of = |name: &str| collection(&out.join(name));
    let (demand, candidates, gaps) = (of("demand.geojson"), of("candidates.geojson"), of("gaps.geojson"));
    for collection in [&demand, &candidates, &gaps] {
        is_in_degrees(collection);
        let about = &collection.foreign_members.as_ref().expect("foreign members")["sotplan"];
        assert_eq!((number(&about["detour_factor"]), number(&about["threshold_km"])), (1.3, 10.0));
        assert_eq!(about["method"], "straight_line_x_detour");
        assert!(about["note"].as_str().expect("a note").contains("incomplete"));
        assert_eq!(about["version"], env!("CARGO_PKG_VERSION"));
        let sources = about["sources"].as_array().expect("sources");
        assert_eq!(sources.len(), 11);
        for source in sources {
            let bytes =
                std::fs::read(demo_file(source["file"].as_str().expect("a name"))).expect("a demo file");
            let said = source["sha256"].as_str().expect("a digest");
            let digits: Vec<u8> = (0..64)
                .step_by(2)
                .map(|at| u8::from_str_radix(&said[at..at + 2], 16).expect("hex"))
                .collect();
            assert_eq!(digits, Sha256::digest(&bytes).as_slice(), "{}", source["file"]);
            assert_eq!(said, said.to_lowercase());
            assert_eq!(source["demo"], true);
        }
    }
    let sum = |of: &geojson::FeatureCollection, name: &str| -> f64 {
        of.features.iter().map(|f| number(f.property(name).expect("a property"))).sum()
    };
    let cells = summary["layers"].as_array().expect("layers").iter().find(|l| l["role"] == "population");
    assert_eq!(demand.features.len() as f64, number(&cells.expect("cells")["features_used"]));
    assert_eq!(sum(&demand, "people"), 130_810.0);
    let beyond: f64 = demand
        .features
        .iter()
        .filter(|cell| number(cell.property("grocery_km").expect("a length")) > 10.0)
        .map(|cell| number(cell.property("people").expect("people")))
        .sum();
    assert_eq!(beyond, number(&summary["kinds"]["grocery"]["people_beyond"]));
    for kind in KINDS {
        let of_kind = gaps.features.iter().filter(|gap| gap.property("kind").is_some_and(|k| k == kind));
        let of_kind: Vec<_> = of_kind.collect();
        assert_eq!(of_kind.len() as f64, number(&summary["kinds"][kind]["gaps"]));
        let people: f64 = of_kind.iter().map(|gap| number(gap.property("people").expect("people"))).sum();
        assert_eq!(people, number(&summary["kinds"][kind]["people_beyond"]), "{kind}");
        let ranks: Vec<f64> =
            of_kind.iter().map(|gap| number(gap.property("rank").expect("a rank"))).collect();
        assert_eq!(ranks, (1..=of_kind.len()).map(|rank| rank as f64).collect::<Vec<_>>());
    }
    let verdicts = summary["candidates"].as_object().expect("verdicts");
    assert_eq!(candidates.features.len() as f64, verdicts.values().map(number).sum::<f64>());
    assert_eq!(candidates.features.len(), 97);
    let mut ids = std::collections::BTreeSet::new();
    for candidate in &candidates.features {
        let id = candidate.property("id").and_then(Value::as_str).expect("an id");
        assert!(ids.insert(id.to_owned()), "{id} occurs twice");
        let rules = candidate.property("rules").and_then(Value::as_object).expect("rules");
        assert_eq!(rules.keys().collect::<Vec<_>>(), ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9"]);
        let not_met =
            rules.iter().filter(|(_, rule)| rule["outcome"] != "met").map(|(name, _)| name.as_str());
        let missing = candidate.property("missing").and_then(Value::as_array).expect("a list");
        assert_eq!(
            missing.iter().map(|name| name.as_str().unwrap_or("")).collect::<Vec<_>>(),
            not_met.collect::<Vec<_>>()
        );
    }
}

fn areas_agree(path: &Path, summary: &Value) {
    let mut table = csv::Reader::from_path(path).expect("a table");
    let header = table.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let sum = |name: &str| -> f64 {
        let column = header.iter().position(|h| h == name).unwrap_or_else(|| panic!("no column {name}"));
        rows.iter().map(|row| row[column].parse::<f64>().expect("a number")).sum()
    };
    assert_eq!(rows.len(), 8);
    assert_eq!(sum("people"), 130_810.0);
    for kind in KINDS {
        assert_eq!(sum(&format!("{kind}_people_beyond")), number(&summary["kinds"][kind]["people_beyond"]));
        assert_eq!(sum(&format!("{kind}_people_without_value")), 0.0);
    }
}

#[test]
fn both_spellings_and_both_languages() {
    let bench = Bench::new();
    let out = bench.path("out");
    let out = out.to_str().expect("UTF-8");
    let english = sotplan(&["analyze", "--demo", "--out", out]);
    assert!(english.status.success());
    let english = text(&english.stdout);
    assert!(english.contains("Grocery: ") && english.contains("of 130\u{202f}810 people"), "{english}");
    assert!(english.contains("Registers are incomplete") && english.contains("(estimate)"), "{english}");
    let swedish = sotplan(&["analyse", "--demo", "--out", out, "--lang", "sv"]);
    assert!(swedish.status.success());
    let swedish = text(&swedish.stdout);
    assert!(swedish.contains("Livsmedel: ") && swedish.contains("av 130\u{202f}810 personer"), "{swedish}");
    assert!(swedish.contains("Gräns: 10,0 km") && swedish.contains("(uppskattning)"), "{swedish}");
    let missing = sotplan(&[
        "analyse",
        "--lang",
        "sv",
        "--population",
        "saknas.geojson",
        "--grocery",
        "saknas.geojson",
        "--out",
        out,
    ]);
    assert!(text(&missing.stderr).contains("saknas.geojson: filen finns inte"), "{missing:?}");
}

/// `sotplan analyse … | head -0`: the reader is gone before the result comes.
#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sotplan"));
    command.args(["analyse", "--demo", "--json", "--out"]).arg(folder.path().join("out"));
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("it ends");
    assert_eq!((done.status.code(), text(&done.stderr).as_str()), (Some(0), ""));
    assert!(folder.path().join("out/summary.json").is_file(), "the files are written");
}

#[test]
fn swedish_tables_open_in_a_swedish_excel() {
    let bench = Bench::new();
    let out = bench.path("out");
    analyse(&["--demo", "--swedish-csv"], &out);
    let bytes = std::fs::read(out.join("areas.csv")).expect("a table");
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark");
    let mut table = csv::ReaderBuilder::new().delimiter(b';').from_reader(body);
    let header = table.headers().expect("a header").clone();
    assert_eq!(header.iter().take(4).collect::<Vec<_>>(), ["area_code", "area", "people", "cells"]);
    let mean = header.iter().position(|name| name == "grocery_mean_km").expect("a column");
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 8);
    for row in &rows {
        assert!(row[mean].contains(',') && !row[mean].contains('.'), "{}", &row[mean]);
        assert!(row[mean].replace(',', ".").parse::<f64>().is_ok_and(|mean| mean > 0.0));
    }
    assert!(rows.iter().any(|row| &row[1] == "Härjedalen"));
    // GeoJSON and JSON know no Swedish numbers.
    assert!(json(&out.join("summary.json"))["kinds"]["grocery"]["mean_km"].is_number());
}

#[test]
fn the_parameters_said_are_the_parameters_used() {
    let bench = Bench::new();
    let near =
        analyse(&["--demo", "--threshold", "5km", "--detour", "1.5", "--speed", "60"], &bench.path("near"));
    let far =
        analyse(&["--demo", "--threshold", "20000m", "--detour", "1,5", "--speed", "60"], &bench.path("far"));
    assert_eq!((number(&near["threshold_km"]), number(&far["threshold_km"])), (5.0, 20.0));
    assert_eq!((number(&near["detour_factor"]), number(&near["speed_kmh"])), (1.5, 60.0));
    let of = |value: &Value, name: &str| number(&value["kinds"]["grocery"][name]);
    assert!(of(&near, "people_beyond") > of(&far, "people_beyond"));
    assert_eq!(of(&near, "mean_km"), of(&far, "mean_km"), "the threshold moves nobody");
    let usual = analyse(&["--demo"], &bench.path("usual"));
    let ratio = of(&near, "mean_km") / of(&usual, "mean_km");
    assert!((ratio - 1.5 / 1.3).abs() < 1e-4, "{ratio}");
}

#[test]
fn the_demo_given_as_files_is_the_demo() {
    let bench = Bench::new();
    let name = |name: &str| demo_file(name).to_str().expect("UTF-8").to_owned();
    let [people, grocery, fuel, areas, sot] = ["population", "grocery", "fuel", "municipalities", "sot"]
        .map(|stem| name(&format!("{stem}.geojson")));
    let arguments =
        ["--population", &people, "--grocery", &grocery, "--fuel", &fuel, "--areas", &areas, "--sot", &sot];
    let files = analyse(&arguments, &bench.path("files"));
    let demo = analyse(&["--demo"], &bench.path("demo"));
    for kind in ["grocery", "fuel", "sot"] {
        assert_eq!(files["kinds"][kind], demo["kinds"][kind], "{kind}");
    }
    assert_eq!(files["kinds"].as_object().map(serde_json::Map::len), Some(3), "only the kinds given");
    assert_eq!(files["candidates"], demo["candidates"]);
}

#[test]
fn files_that_cannot_be_used_are_named() {
    let bench = Bench::new();
    let people = demo_file("population.geojson").to_str().expect("UTF-8").to_owned();
    let grocery = demo_file("grocery.geojson").to_str().expect("UTF-8").to_owned();
    let with_store =
        |file: &str, phrases: &[&str]| refuse(&["--population", &people, "--grocery", file], phrases);
    with_store("nowhere/butiker.geojson", &["nowhere/butiker.geojson", "no such file", "Check the path"]);
    let folder = bench.folder.path().to_str().expect("UTF-8");
    with_store(folder, &[folder, "is a folder"]);
    with_store(&bench.write("tom.geojson", ""), &["tom.geojson", "empty"]);
    with_store(&bench.write("blank.geojson", " \n\t\n"), &["blank.geojson", "empty"]);
    let broken = "{\"type\": \"FeatureCollection\",\n  \"features\": [oops";
    with_store(&bench.write("broken.geojson", broken), &["broken.geojson"]);
    let broken = "{\"type\": \"FeatureCollection\",\n  \"features\" []}";
    with_store(&bench.write("colon.geojson", broken), &["colon.geojson, line 2, column 14", "colon"]);
    with_store(
        &bench.write("latin1.geojson", b"{\"type\":\"\xe5\"}"),
        &["latin1.geojson", "not UTF-8", "Save the file"],
    );
    let abroad = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[139.7,35.7]}}]}"#;
    let named = ["abroad.geojson", "the only feature of the file", "Feature 1", "139.7, 35.7", "longitude"];
    with_store(&bench.write("abroad.geojson", abroad), &named);
    let grid = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:2400"}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;
    with_store(&bench.write("rt90.geojson", grid), &["rt90.geojson", "EPSG:2400", "Export in"]);
    for (name, content, format) in [
        ("butiker.kml", &b"<kml/>"[..], "kml"),
        ("butiker.shp", &[0, 0, 0x27, 0x0a, 0, 0], "shp"),
        ("butiker.xlsx", b"PK\x03\x04rest", "xlsx"),
        ("butiker.geojson", b"PAR1rest", "parquet"),
        ("butiker.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader", "pbf"),
    ] {
        with_store(&bench.write(name, content), &[name, format, "not read", "GeoJSON"]);
    }
    let damaged = bench.write("butiker.gpkg", b"SQLite format 3\0rest");
    with_store(&damaged, &["butiker.gpkg", "GeoPackage cannot be read", "Export it again"]);
    refuse(&["--population", &people], &["no service layer", "--grocery"]);
    refuse(&["--grocery", &grocery], &["--population"]);
    let wrong = ["--population", &people, "--population-field", "folk", "--grocery", &grocery];
    refuse(&wrong, &["population.geojson", "“folk”", "Choose the right population column"]);
    refuse(&["--population", &grocery, "--grocery", &grocery], &["grocery.geojson", "--population-field"]);
    refuse(&["--demo", "--threshold=-3km"], &["--threshold", "above zero"]);
    refuse(&["--demo", "--detour", "0.5"], &["--detour", "between 1 and 3"]);
}

/// A table of text is a layer like any other: told by `info`, used by `analyse`.
#[test]
fn a_table_of_text_is_a_layer() {
    let bench = Bench::new();
    let people = demo_file("population.geojson").to_str().expect("UTF-8").to_owned();
    let stores =
        bench.write("livsmedelsbutiker.csv", "id;namn;x;y\n1;Åre Livs;402 000,5;7032000\n2;B;fel;7032000\n");
    let told = text(&sotplan(&["info", "--lang", "en", &stores]).stdout);
    for phrase in ["Grocery", "1 of 2 features", "SWEREF 99 TM (EPSG:3006), assumed", "namn: text", "fel"] {
        assert!(told.contains(phrase), "{told} does not say {phrase}");
    }
    let json: Value = serde_json::from_slice(&sotplan(&["info", "--json", &stores]).stdout).expect("JSON");
    assert_eq!(json["parts"][0]["features_refused"]["not_a_number"], 1, "{json}");
    let by_degrees = bench.write("stores.csv", "lat,lon,namn\n63.398,13.077,Åre Livs\n");
    for file in [&stores, &by_degrees] {
        let out = bench.folder.path().join("out");
        let done = sotplan(&[
            "analyse",
            "--json",
            "--out",
            out.to_str().expect("UTF-8"),
            "--population",
            &people,
            "--grocery",
            file,
        ]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let summary: Value = serde_json::from_slice(&done.stdout).expect("JSON");
        assert_eq!(summary["kinds"]["grocery"]["services"], 1, "{summary}");
    }
    let neither = text(&sotplan(&["info", "--lang", "en", &stores, "nowhere.csv"]).stderr);
    assert!(neither.contains("nowhere.csv") && neither.contains("no such file"), "{neither}");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let bench = Bench::new();
    let file = bench.write("file", "not a folder");
    let below = format!("{file}/out");
    refuse(&["--demo", "--out", &below], &[&below, "cannot be written", "Choose another place"]);
    refuse(&["--demo", "--out", &file], &[&file, "cannot be written", "Choose another place"]);
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), "not a folder");
    let empty = bench.write("empty.geojson", "");
    refuse(&["--demo", "--grocery", &empty], &["empty.geojson", "is empty", "choose another"]);
}

/// A small county: cells and stores at odd places, with a name and a column of people.
fn places() -> (Vec<(LonLat, u32)>, Vec<LonLat>) {
    let place = |i: u32, a: u32, b: u32| {
        LonLat::new(13.4 + f64::from(i * a % 101) * 0.0217, 62.6 + f64::from(i * b % 89) * 0.0113)
    };
    let cells = (1..120).map(|i| (place(i, 37, 53), i * 7 % 61)).collect();
    (cells, (1..14).map(|i| place(i, 71, 29)).collect())
}

/// The places as a file in a system, written by this conversion.
fn file_in(
    crs: Option<&str>,
    properties: impl Fn(usize) -> String,
    places: &[LonLat],
    convert: impl Fn(LonLat) -> [f64; 2],
) -> String {
    let features: Vec<String> = places
        .iter()
        .enumerate()
        .map(|(at, place)| {
            let [x, y] = convert(*place);
            let properties = properties(at);
            format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}"#)
        })
        .collect();
    let crs = crs
        .map(|name| format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#))
        .unwrap_or_default();
    format!(r#"{{"type":"FeatureCollection",{crs}"features":[{}]}}"#, features.join(",\n"))
}

/// Spherical Mercator by its formula (EPSG:3857).
fn web_mercator(place: LonLat) -> [f64; 2] {
    const RADIUS_M: f64 = 6_378_137.0;
    let lat = place.lat.to_radians();
    [RADIUS_M * place.lon.to_radians(), RADIUS_M * (std::f64::consts::FRAC_PI_4 + lat / 2.0).tan().ln()]
}

type Convert<'a> = &'a dyn Fn(LonLat) -> [f64; 2];

#[test]
fn three_systems_give_the_same_figures() {
    let bench = Bench::new();
    let plane = Reprojection::new(Crs::Wgs84);
    let sweref = |place: LonLat| plane.plane(place).map(|p| [p.e, p.n]).expect("inside the projection");
    let degrees = |place: LonLat| [place.lon, place.lat];
    let systems: [(&str, Option<&str>, Convert<'_>, &str, bool); 5] = [
        ("degrees", None, &degrees, "EPSG:4326", false),
        ("crs84", Some("urn:ogc:def:crs:OGC:1.3:CRS84"), &degrees, "EPSG:4326", false),
        ("sweref", Some("urn:ogc:def:crs:EPSG::3006"), &sweref, "EPSG:3006", false),
        ("unnamed", None, &sweref, "EPSG:3006", true),
        ("mercator", Some("EPSG:3857"), &web_mercator, "EPSG:3857", false),
    ];
    let (cells, stores) = places();
    let homes: Vec<LonLat> = cells.iter().map(|(place, _)| *place).collect();
    let mut first: Option<Value> = None;
    for (name, crs, convert, epsg, assumed) in systems {
        let people = file_in(crs, |at| format!(r#""pop":{}"#, cells[at].1), &homes, convert);
        let people = bench.write(&format!("{name}-people.geojson"), people);
        let shops = file_in(crs, |at| format!(r#""name":"Butik {at}""#), &stores, convert);
        let shops = bench.write(&format!("{name}-shops.geojson"), shops);
        let found = analyse(&["--population", &people, "--grocery", &shops], &bench.path(name));
        for layer in found["layers"].as_array().expect("layers") {
            assert_eq!((&layer["crs"], &layer["crs_assumed"]), (&epsg.into(), &assumed.into()), "{name}");
            let remarks = layer["remarks"].as_object().expect("remarks");
            assert_eq!(remarks.contains_key("assumed_sweref99tm"), assumed, "{name}: {remarks:?}");
        }
        let expected = first.get_or_insert_with(|| found.clone());
        let (expected, found) = (&expected["kinds"]["grocery"], &found["kinds"]["grocery"]);
        let total: u32 = cells.iter().map(|(_, people)| people).sum();
        assert_eq!(number(&found["people_total"]), f64::from(total));
        assert_eq!(found["people_within"], expected["people_within"], "{name}");
        for figure in ["mean_km", "p50_km", "p90_km", "max_km"] {
            let (a, b) = (number(&found[figure]), number(&expected[figure]));
            assert!((a - b).abs() < 0.0011 && b > 1.0, "{name} {figure}: {a} {b}");
        }
    }
}

#[test]
fn metres_said_to_be_degrees_are_refused_not_guessed() {
    let bench = Bench::new();
    let (cells, stores) = places();
    let homes: Vec<LonLat> = cells.iter().map(|(place, _)| *place).collect();
    let plain = |place: LonLat| [place.lon, place.lat];
    let swapped = |place: LonLat| [place.lat, place.lon];
    let people =
        bench.write("people.geojson", file_in(None, |at| format!(r#""pop":{}"#, cells[at].1), &homes, plain));
    let shops = bench.write("shops.geojson", file_in(None, |_| String::new(), &stores, swapped));
    refuse(
        &["--population", &people, "--grocery", &shops],
        &["shops.geojson", "seem swapped", "longitude (east) first"],
    );
    let metres = |place: LonLat| web_mercator(place);
    let shops = bench.write("metres.geojson", file_in(Some("EPSG:4326"), |_| String::new(), &stores, metres));
    refuse(&["--population", &people, "--grocery", &shops], &["metres.geojson", "lie outside longitude"]);
    // The user may say what the file does not.
    let shops = bench.write("unsaid.geojson", file_in(None, |_| String::new(), &stores, web_mercator));
    refuse(&["--population", &people, "--grocery", &shops], &["unsaid.geojson"]);
    let everything = bench.write(
        "people-m.geojson",
        file_in(None, |at| format!(r#""pop":{}"#, cells[at].1), &homes, web_mercator),
    );
    let found =
        analyse(&["--crs", "3857", "--population", &everything, "--grocery", &shops], &bench.path("said"));
    assert!(number(&found["kinds"]["grocery"]["mean_km"]) > 1.0);
}

#[test]
fn a_file_cut_in_the_middle_keeps_its_good_features() {
    let bench = Bench::new();
    let people = demo_file("population.geojson").to_str().expect("UTF-8").to_owned();
    let whole = std::fs::read(demo_file("grocery.geojson")).expect("a demo file");
    let half = &whole[..whole.len() / 2];
    let complete = half.split(|byte| *byte == b'\n').count() - 2;
    let cut = bench.write("cut.geojson", half);
    let out = bench.path("out");
    let found = analyse(&["--population", &people, "--grocery", &cut], &out);
    let layer = found["layers"].as_array().expect("layers").iter().find(|l| l["file"] == "cut.geojson");
    let layer = layer.expect("the layer");
    assert!(complete > 30);
    assert_eq!(number(&layer["features_used"]), complete as f64);
    assert_eq!(number(&layer["features_in"]), complete as f64 + 1.0);
    assert_eq!(number(&layer["features_refused"]["not_json"]), 1.0);
    assert_eq!(number(&layer["remarks"]["file_form"]), 1.0, "the file says that it breaks off");
    let quality = json(&out.join("quality.json"));
    let report = quality["layers"].as_array().expect("layers").iter().find(|l| l["file"] == "cut.geojson");
    let refused = &report.expect("a report")["refused"][0];
    assert_eq!(number(&refused["feature"]), complete as f64 + 1.0);
    assert!(refused["message"].as_str().expect("a message").contains("ends inside this feature"));
    assert_eq!(number(&found["kinds"]["grocery"]["services"]), complete as f64);
}

#[test]
fn bad_features_are_counted_by_reason_and_named() {
    let bench = Bench::new();
    let cell = |people: &str, lon: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"pop":{people},"kommun":"Okänd"}},"geometry":{{"type":"Point","coordinates":[{lon},63.12345]}}}}"#
        )
    };
    let cells = [
        cell("12", "14.12345"),
        cell("-3", "14.22345"),
        cell("\"många\"", "14.32345"),
        cell("null", "14.42345"),
        cell("0", "14.52345"),
        cell("\"1 234,5\"", "14.62345"),
        cell("9", "140.12345"),
        cell("9", "NaN"),
        cell("true", "14.72345"),
    ];
    let people = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, cells.join(","));
    let people = bench.write("celler.geojson", people);
    let shop = bench.write("shop.geojson", r#"{"type":"Point","coordinates":[14.12345,63.12345]}"#);
    let out = bench.path("out");
    let found = analyse(&["--population", &people, "--grocery", &shop], &out);
    let grocery = &found["kinds"]["grocery"];
    assert_eq!(number(&grocery["people_total"]), 1246.5);
    assert_eq!(number(&grocery["people_within"]) + number(&grocery["people_beyond"]), 1246.5);
    let layer = &found["layers"][0];
    let expected = serde_json::json!({"negative":1,"no_value":1,"not_a_number":2,"not_finite":1,"outside_area_of_use":1});
    assert_eq!(layer["features_refused"], expected);
    assert_eq!((number(&layer["features_in"]), number(&layer["features_used"])), (9.0, 3.0));
    assert_eq!(number(&layer["remarks"]["zero_population"]), 1.0);
    let quality = json(&out.join("quality.json"));
    let refused: Vec<(f64, &str, &str)> = quality["layers"][0]["refused"]
        .as_array()
        .expect("refusals")
        .iter()
        .map(|r| {
            (number(&r["feature"]), r["reason"].as_str().unwrap_or(""), r["field"].as_str().unwrap_or(""))
        })
        .collect();
    assert_eq!(
        refused,
        [
            (2.0, "negative", "pop"),
            (3.0, "not_a_number", "pop"),
            (4.0, "no_value", "pop"),
            (7.0, "outside_area_of_use", "geometry.coordinates"),
            (8.0, "not_finite", "geometry.coordinates"),
            (9.0, "not_a_number", "pop"),
        ]
    );
}

#[test]
fn points_across_the_border_count_and_duplicates_are_listed() {
    let bench = Bench::new();
    let people = demo_file("population.geojson").to_str().expect("UTF-8").to_owned();
    let areas = demo_file("municipalities.geojson").to_str().expect("UTF-8").to_owned();
    let shop = |lon: f64, lat: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"A"}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
        )
    };
    // Östersund twice, once more 11 m north, and Trondheim.
    let shops = [
        shop(14.63839, 63.17569),
        shop(14.63839, 63.17569),
        shop(14.63839, 63.17579),
        shop(10.3951, 63.4305),
    ];
    let shops = bench.write(
        "shops.geojson",
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, shops.join(",")),
    );
    let out = bench.path("out");
    let found = analyse(&["--population", &people, "--areas", &areas, "--grocery", &shops], &out);
    assert_eq!(number(&found["kinds"]["grocery"]["services"]), 4.0, "all are used");
    let quality = json(&out.join("quality.json"));
    let report = quality["layers"].as_array().expect("layers").iter().find(|l| l["file"] == "shops.geojson");
    let remarks = report.expect("a report")["remarks"].as_array().expect("remarks");
    let of = |code: &str| remarks.iter().filter(|r| r["remark"] == code).collect::<Vec<_>>();
    let outside = of("outside_areas");
    assert_eq!(outside.len(), 1);
    assert_eq!(number(&outside[0]["feature"]), 4.0);
    let km = number(&outside[0]["km_outside"]);
    assert!((60.0..110.0).contains(&km), "Trondheim lies {km} km outside");
    assert_eq!(number(&of("duplicate_exact")[0]["feature"]), 2.0);
    assert_eq!(number(&of("duplicate_exact")[0]["same_as_feature"]), 1.0);
    let near = of("duplicate_near");
    assert_eq!((near.len(), number(&near[0]["feature"])), (1, 3.0));
    assert!((number(&near[0]["metres_apart"]) - 11.1).abs() < 0.2, "{}", near[0]);
}

/// A picture without a window: all that a map tells, well-formed, the same each time.
#[test]
fn a_map_is_a_picture_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let mut all = vec!["map", "--demo", "--format", "svg", "--out", out.to_str().expect("UTF-8")];
        all.extend(more);
        let done = sotplan(&all);
        assert!(done.status.success(), "{}", text(&done.stderr));
        std::fs::read_to_string(out).expect("a picture")
    };
    let picture = write("map.svg", &["--lang", "sv"]);
    assert_eq!(picture, write("again.svg", &["--lang", "sv"]));
    for phrase in ["Till närmaste livsmedelsbutik", "97\u{a0}355 pers.", "20 km", "Östersund", "Demodata"] {
        let narrow = phrase.replace('\u{a0}', "\u{202f}");
        assert!(picture.contains(phrase) || picture.contains(&narrow), "no “{phrase}”");
    }
    for group in ["ground", "cells", "areas", "services", "legend", "scale", "names"] {
        assert!(picture.contains(&format!("<g id=\"{group}\"")), "no {group}");
    }
    let mut reader = quick_xml::Reader::from_str(&picture);
    reader.config_mut().check_end_names = true;
    while reader.read_event().expect("well-formed XML") != quick_xml::events::Event::Eof {}
    // 94 stores, a sign each, one in the legend; the legend's classes are the cells' people.
    let basket = sotplan::scene::signs::Sign::Kind(sotplan::model::ServiceKind::Grocery).path();
    assert_eq!(picture.matches(basket).count(), 95);
    let people = write("people.svg", &["--lang", "en", "--colour", "people", "--dark", "--kind", "fuel"]);
    assert!(people.contains("People per km²") && people.contains("#161a1d"));
}
