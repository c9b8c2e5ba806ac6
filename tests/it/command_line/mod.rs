//! Does the program do without a window what its help says: results in files, JSON alone on standard output,
//! and a message that names the file when something is wrong?

mod contradictions;
mod inputs;
mod language;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest, Sha256};
use sotplan::geometry::{Crs, LonLat, Reprojection};
use tempfile::TempDir;

const FILES: [&str; 10] = [
    "areas.csv",
    "candidates.geojson",
    "county.csv",
    "demand.geojson",
    "factors.csv",
    "findings.csv",
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
fn the_demo_gives_ten_files_and_json() {
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
    demand_agrees(&demand, summary);
    gaps_agree(&gaps, summary);
    candidates_agree(&candidates, summary);
}

fn demand_agrees(demand: &geojson::FeatureCollection, summary: &Value) {
    let sum = |of: &geojson::FeatureCollection, name: &str| -> f64 {
        of.features.iter().map(|f| number(f.property(name).expect("a property"))).sum()
    };
    let cells = summary["layers"].as_array().expect("layers").iter().find(|l| l["role"] == "population");
    assert_eq!(demand.features.len() as f64, number(&cells.expect("cells")["features_used"]));
    assert_eq!(sum(demand, "people"), 130_810.0);
    let beyond: f64 = demand
        .features
        .iter()
        .filter(|cell| number(cell.property("grocery_km").expect("a length")) > 10.0)
        .map(|cell| number(cell.property("people").expect("people")))
        .sum();
    assert_eq!(beyond, number(&summary["kinds"]["grocery"]["people_beyond"]));
}

fn gaps_agree(gaps: &geojson::FeatureCollection, summary: &Value) {
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
}

fn candidates_agree(candidates: &geojson::FeatureCollection, summary: &Value) {
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
    assert!(english.contains("Grocery: ") && english.contains("of 130\u{a0}810 people"), "{english}");
    assert!(english.contains("Registers are incomplete") && english.contains("(estimate)"), "{english}");
    let swedish = sotplan(&["analyse", "--demo", "--out", out, "--lang", "sv"]);
    assert!(swedish.status.success());
    let swedish = text(&swedish.stdout);
    assert!(swedish.contains("Livsmedel: ") && swedish.contains("av 130\u{a0}810 personer"), "{swedish}");
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
    for phrase in
        ["Till närmaste livsmedelsbutik", "97\u{a0}355 invånare", "20 km", "Östersund", "Exempeldata"]
    {
        assert!(picture.contains(phrase), "no “{phrase}”");
    }
    for group in ["ground", "cells", "areas", "services", "legend", "scale", "names"] {
        assert!(picture.contains(&format!("<g id=\"{group}\"")), "no {group}");
    }
    let mut reader = quick_xml::Reader::from_str(&picture);
    reader.config_mut().check_end_names = true;
    while reader.read_event().expect("well-formed XML") != quick_xml::events::Event::Eof {}
    // 94 stores, each by its name: a sign, or a dot where signs would lie on each other; one sign in the legend.
    let stores = |picture: &str| {
        let (_, services) = picture.split_once("<g id=\"services\">").expect("services");
        services.split("<g id=").next().unwrap_or("").matches("<title>").count() - 9
    };
    assert_eq!(stores(&picture), 94);
    let basket = sotplan::scene::signs::Sign::Kind(sotplan::model::ServiceKind::Grocery).path();
    assert!(picture.matches(basket).count() > 40);
    let people = write("people.svg", &["--lang", "en", "--colour", "people", "--dark", "--kind", "fuel"]);
    assert!(people.contains("People per km²") && people.contains("#0d1924"));
    // Whatever its shape, nothing lies under the legend.
    for (width, height) in [("1200", "1000"), ("900", "700"), ("700", "900"), ("1000", "500")] {
        let picture = write("shape.svg", &["--width", width, "--height", height]);
        let number = |text: &str, name: &str| -> f64 {
            let (_, rest) = text.split_once(&format!(" {name}=\"")).expect("the number");
            rest.split('"').next().and_then(|number| number.parse().ok()).expect("a number")
        };
        let (_, legend) = picture.split_once("<g id=\"legend\">").expect("a legend");
        let (right, top) = (number(legend, "x") + number(legend, "width"), number(legend, "y"));
        let (_, services) = picture.split_once("<g id=\"services\">").expect("services");
        let services: Vec<&str> =
            services.split("<g id=").next().unwrap_or("").split("<circle").skip(1).collect();
        assert!(services.len() > 94 + 9, "a dot, or the two circles of a sign, each");
        let is_under = |circle: &&&str| number(circle, "cx") < right && number(circle, "cy") > top;
        assert_eq!(services.iter().filter(is_under).count(), 0, "{width} × {height}");
    }
}
