//! Can results be joined back to what they came from, in every format, system and language of heads?

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use sotplan::app::export::{Form, Format, HEADS, Heads, Stamp, write_candidates, write_features};
use sotplan::app::load::{self, Wanted};
use sotplan::app::{Results, demo};
use sotplan::geometry::{Crs, Reprojection};
use sotplan::io::{LoadOptions, Loaded, load_file};
use sotplan::model::{Amendment, ContextUse, Entry, Evidence, KindRule, Project, Role, ServiceKind, SiteId};
use sotplan::progress::Unwatched;

use super::bench::{Bench, degrees, feature, features, number, rectangle, sweref};

/// The lower left corners of cells, and who lives there; the last has no `note`.
const CELLS: [(f64, f64, u32, Option<&str>); 4] = [
    (442_000.0, 6_891_000.0, 13, Some("a")),
    (443_000.0, 6_891_000.0, 7, Some("å;\"x\"")),
    (470_000.0, 6_900_000.0, 2, Some("=1+1")),
    (471_000.0, 6_900_000.0, 5, None),
];

fn corner(e: f64, n: f64) -> String {
    format!("{e:.0}{n:.0}")
}

/// Cells in SWEREF 99 TM with columns whose names the program needs, and stores with an urn, an address and numbers.
fn bench() -> Bench {
    let bench = Bench::new();
    let cells = CELLS.map(|(e, n, people, note)| {
        let said = json!({"rutid_scb": corner(e, n), "beftotalt": people, "people": 99.5, "CELL": "theirs",
            "fuel_km": true, "note": note});
        rectangle(e, n, e + 1000.0, n + 1000.0, said)
    });
    bench.put("pop.geojson", &sweref(&cells));
    let store = |id: &str, e: f64, n: f64, said: Value| {
        let mut one = feature(json!({"type": "Point", "coordinates": [e, n]}), said);
        one["id"] = json!(id);
        one
    };
    let stores = [
        store(
            "s1",
            442_512.345,
            6_891_500.5,
            json!({"name": "Ica", "urn": "urn:x:1", "adress": "Storg. 1", "kassor": 3, "type": "supermarket"}),
        ),
        store(
            "s2",
            470_100.0,
            6_900_100.25,
            json!({"name": "Coop", "urn": "urn:x:2", "kassor": null, "type": "shop", "status": "open"}),
        ),
    ];
    bench.put("store.geojson", &sweref(&stores));
    bench
}

fn properties(collection: &Value) -> Vec<&Map<String, Value>> {
    features(collection).iter().map(|one| one["properties"].as_object().expect("an object")).collect()
}

/// A table of a file as its reader has it: rows as objects, and where each stands.
fn table(path: &Path, part: Option<&str>, crs: Crs) -> (Loaded, Vec<Map<String, Value>>) {
    let options = LoadOptions {
        crs_if_unsaid: Some(crs),
        role: Some(Role::Context(ContextUse::Other)),
        part: part.map(str::to_owned),
        ..LoadOptions::default()
    };
    let loaded = load_file(path, &options, &Unwatched).expect("it reads");
    let row = |feature: &sotplan::model::Feature| {
        let said = loaded.table.row(feature);
        loaded
            .table
            .columns
            .iter()
            .filter_map(|column| Some((column.name.clone(), said.get(&column.name)?)))
            .map(|(name, entry)| (name, Entry::to_value(entry)))
            .collect()
    };
    let rows = loaded.table.features.iter().map(row).collect();
    (loaded, rows)
}

#[test]
fn every_row_keeps_the_columns_of_its_source() {
    let bench = bench();
    bench.analyse("--population-field beftotalt");
    let cells = bench.json("out/demand.geojson");
    let rows = properties(&cells);
    assert_eq!(rows.len(), CELLS.len());
    // Joined by the id of the cell: the same people.
    let by_id: BTreeMap<String, f64> = rows
        .iter()
        .map(|row| (row["rutid_scb"].as_str().expect("a text").to_owned(), number(&row["people"])))
        .collect();
    for (row, (e, n, people, note)) in rows.iter().zip(CELLS) {
        assert!((by_id[&corner(e, n)] - f64::from(people)).abs() < 1e-9);
        assert_eq!(row["beftotalt"], people, "a number stays one");
        assert_eq!(row["note"], json!(note), "missing is null, a text is as it was");
        // Names that the program needs: in this file, or in one with other data.
        assert_eq!(
            (&row["people_source"], &row["CELL_source"], &row["fuel_km_source"]),
            (&json!(99.5), &json!("theirs"), &json!(true))
        );
        assert!(!row.contains_key("CELL") && !row.contains_key("fuel_km"));
    }
    // Our own come first, in their order.
    let text = bench.read("out/demand.geojson");
    let at = |name: &str| text.find(&format!("\"{name}\":")).unwrap_or_else(|| panic!("{name}"));
    let order = ["cell", "people", "municipality", "grocery_km", "grocery_2_id", "beftotalt", "rutid_scb"];
    assert!(order.windows(2).all(|two| at(two[0]) < at(two[1])), "{text}");
    let stores = bench.json("out/candidates.geojson");
    let rows = properties(&stores);
    let said = |at: usize| {
        ["urn", "adress", "kassor", "name_source", "type_source", "status_source"]
            .map(|name| rows[at][name].clone())
    };
    assert_eq!(
        said(0),
        [json!("urn:x:1"), json!("Storg. 1"), json!(3), json!("Ica"), json!("supermarket"), Value::Null]
    );
    assert_eq!(
        said(1),
        [json!("urn:x:2"), Value::Null, Value::Null, json!("Coop"), json!("shop"), json!("open")]
    );
    // Ids that stand in no column come along too: the site's own holds the layer.
    assert_eq!((&rows[0]["id_source"], &rows[1]["id_source"]), (&json!("s1"), &json!("s2")));
    assert_eq!(rows[0]["type"], "candidate");
}

#[test]
fn a_source_in_metres_comes_back_to_the_millimetre() {
    let bench = bench();
    bench.analyse("--population-field beftotalt --threshold 1km --out-crs 3006 --format geojson,gpkg,xlsx");
    let cells = bench.json("out/demand.geojson");
    assert_eq!(cells["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::3006");
    assert_eq!(cells["sotplan"]["program"], "Sotplan");
    for (cell, (e, n, ..)) in features(&cells).iter().zip(CELLS) {
        let ring = cell["geometry"]["coordinates"][0].as_array().expect("a ring");
        for (x, y) in [(e, n), (e + 1000.0, n), (e + 1000.0, n + 1000.0), (e, n + 1000.0)] {
            let is_it = |at: &&Value| (number(&at[0]) - x).abs() < 1e-3 && (number(&at[1]) - y).abs() < 1e-3;
            assert!(ring.iter().any(|at| is_it(&at)), "{x} {y}: {ring:?}");
        }
    }
    let stores = bench.json("out/candidates.geojson");
    let at = |store: usize| features(&stores)[store]["geometry"]["coordinates"].clone();
    assert_eq!((at(0), at(1)), (json!([442_512.345, 6_891_500.5]), json!([470_100.0, 6_900_100.25])));
    // Gaps are made of whole squares.
    let gaps = bench.json("out/gaps.geojson");
    let positions =
        features(&gaps).iter().flat_map(|gap| gap["geometry"]["coordinates"].as_array().expect("parts"));
    let positions: Vec<&Value> = positions.flat_map(|part| part[0].as_array().expect("a ring")).collect();
    assert!(!positions.is_empty(), "there are gaps");
    for axis in positions.iter().flat_map(|at| [number(&at[0]), number(&at[1])]) {
        assert!((axis / 1000.0 - (axis / 1000.0).round()).abs() < 1e-6, "{axis}");
    }
    for name in ["results.gpkg:candidates", "results.xlsx:candidates"] {
        let (loaded, _) = table(&bench.path("out").join(name), None, Crs::Sweref99Tm);
        assert_eq!(loaded.source.crs, Crs::Sweref99Tm, "{name}");
        let point = loaded.table.features[0].point;
        assert!(
            (point.e - 442_512.345).abs() < 1e-3 && (point.n - 6_891_500.5).abs() < 1e-3,
            "{name}: {point:?}"
        );
    }
}

/// Numbers as numbers whatever their kind, flags as 0 and 1; lists and objects as the texts that tables have of them.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        // SQLite knows no flags: 1 in a column BOOLEAN is one.
        Value::Bool(said) => json!(f64::from(u8::from(*said))),
        Value::Array(_) | Value::Object(_) => value.to_string().into(),
        other => other.clone(),
    }
}

#[test]
fn every_format_says_the_same() {
    let bench = bench();
    for heads in ["en", "sv"] {
        bench.analyse(&format!(
            "--population-field beftotalt --threshold 1km --out-crs 3011 --heads {heads} --format geojson,gpkg --format xlsx"
        ));
        for layer in ["demand", "candidates", "gaps"] {
            let collection = bench.json(&format!("out/{layer}.geojson"));
            let wanted: Vec<BTreeMap<String, Value>> = properties(&collection)
                .iter()
                .map(|row| {
                    row.iter()
                        .filter(|(_, value)| !value.is_null())
                        .map(|(name, value)| (name.clone(), plain(value)))
                        .collect()
                })
                .collect();
            assert!(!wanted.is_empty());
            let (from_json, _) = table(&bench.path(&format!("out/{layer}.geojson")), None, Crs::Wgs84);
            for file in ["results.gpkg", "results.xlsx"] {
                let crs = from_json.source.crs;
                let (loaded, rows) = table(&bench.path("out").join(file), Some(layer), crs);
                assert_eq!(rows.len(), wanted.len(), "{file} {layer}");
                for (row, wanted) in rows.iter().zip(&wanted) {
                    for (name, value) in wanted {
                        // A text that is empty is no value in a workbook.
                        let found = row.get(name).map_or_else(|| json!(""), plain);
                        // The reader of workbooks takes a text of digits for a number.
                        let is_same = found == *value
                            || value.as_str().and_then(|text| text.parse().ok()) == found.as_f64()
                                && found.is_number();
                        assert!(is_same, "{file} {layer}, {name}: {found} and {value}");
                    }
                }
                for (a, b) in loaded.table.features.iter().zip(&from_json.table.features) {
                    assert!(
                        a.point.distance(b.point).value() < 2e-3,
                        "{file} {layer}: {:?} {:?}",
                        a.point,
                        b.point
                    );
                }
            }
        }
    }
}

#[test]
fn heads_are_swedish_where_they_are_wanted() {
    let bench = bench();
    bench.analyse("--population-field beftotalt");
    let plain: BTreeSet<String> =
        names(&bench, "demand").union(&names(&bench, "candidates")).cloned().collect();
    bench.analyse("--population-field beftotalt --heads sv");
    let cells = bench.json("out/demand.geojson");
    let rows = properties(&cells);
    assert_eq!(rows[0]["Personer"], 13);
    assert_eq!(rows[0]["people"], 99.5, "a name that is free again is the source's");
    assert!(rows[0].contains_key("Livsmedel km") && rows[0]["rutid_scb"] == corner(CELLS[0].0, CELLS[0].1));
    let own: BTreeSet<&str> = HEADS.iter().map(|(name, _)| *name).collect();
    for layer in ["demand", "candidates"] {
        for name in names(&bench, layer) {
            let is_free = ["people", "name", "type", "status", "fuel_km"].contains(&name.as_str());
            assert!(!own.contains(name.as_str()) || is_free, "{layer}: {name} is not Swedish");
        }
    }
    for name in plain.iter().filter(|name| !name.ends_with("_source")) {
        let is_own = !["rutid_scb", "beftotalt", "note", "urn", "adress", "kassor"].contains(&name.as_str());
        assert!(!is_own || Heads::Sv.of(name) != *name, "{name} has no Swedish head");
    }
    // As it stands in degrees, so under Swedish heads: six decimals, the same places.
    let text = bench.read("out/candidates.geojson");
    let digits = text.split_once("\"coordinates\":[").expect("a point").1;
    assert!(
        digits.split([',', ']']).take(2).all(|part| part.split_once('.').expect("decimals").1.len() <= 6)
    );
}

fn names(bench: &Bench, layer: &str) -> BTreeSet<String> {
    let collection = bench.json(&format!("out/{layer}.geojson"));
    properties(&collection).iter().flat_map(|row| row.keys().cloned()).collect()
}

#[test]
fn only_the_formats_that_are_asked_for_are_written() {
    let bench = bench();
    bench.analyse("--population-field beftotalt --format gpkg");
    assert!(bench.path("out/results.gpkg").exists() && !bench.path("out/demand.geojson").exists());
    let run = bench.run("site --population pop.geojson --population-field beftotalt --grocery store.geojson --objective p-median --sites 1 --out plan --format geojson,xlsx --out-crs 3006");
    assert!(run.is_success, "{}", run.err);
    let chosen = bench.json("plan/chosen.geojson");
    assert!(properties(&chosen)[0]["urn"].as_str().expect("an urn").starts_with("urn:x:"));
    let (_, rows) = table(&bench.path("plan/results.xlsx"), Some("chosen"), Crs::Sweref99Tm);
    assert_eq!(rows[0]["urn"], properties(&chosen)[0]["urn"]);
    for wrong in ["--format shp", "--out-crs 99", "--heads de"] {
        assert!(!bench.run(&format!("analyse --demo --out x {wrong}")).is_success, "{wrong}");
    }
}

#[test]
fn a_place_far_outside_a_system_is_written_where_it_lies() {
    let bench = bench();
    let far = [rectangle(-24.0, 65.0, -23.9, 65.1, json!({"antal": 3}))];
    bench.put("far.geojson", &degrees(&far));
    let run = bench.run("analyse --population far.geojson --population-field antal --grocery store.geojson --out out --format gpkg --out-crs 3006");
    assert!(run.is_success, "{}", run.err);
    let (_, rows) = table(&bench.path("out/results.gpkg"), Some("demand"), Crs::Sweref99Tm);
    assert_eq!((rows.len(), &rows[0]["people"]), (1, &json!(3)));
}

/// What a hand has put right stands in the program's own columns, what the file says in the source's.
#[test]
fn a_correction_by_hand_leaves_the_source_as_it_was() {
    let bench = bench();
    let read = |name: &str, role: Role| {
        let options = LoadOptions { role: Some(role), ..LoadOptions::default() };
        load::read_all(&[Wanted { path: bench.path(name), options }], &Unwatched).remove(0).expect("it reads")
    };
    let layers = vec![
        read("pop.geojson", Role::Population { field: "beftotalt".into() }),
        read("store.geojson", Role::Services(KindRule::All(ServiceKind::Grocery.into()))),
    ];
    let mut project = load::with_layers(&Project::default(), layers);
    let site = SiteId::Feature { layer: project.layers[1].id, key: "s1".into() };
    let moved = Reprojection::new(Crs::Wgs84)
        .lon_lat_from_plane(sotplan::geometry::PlanePoint::new(442_600.0, 6_891_600.0));
    let amendment = Amendment {
        name: Some(("Ica Nära".into(), Evidence::default())),
        place: Some((moved.expect("a place"), Evidence::default())),
        ..Amendment::default()
    };
    project.amendments = Arc::new([(site, amendment)].into());
    let results = Results::compute(&project, None, &Unwatched).expect("not cancelled");
    let form = Form { crs: Crs::Sweref99Tm, heads: Heads::En };
    let path = bench.path("candidates.geojson");
    write_candidates(&path, &results, &Stamp::default(), form).expect("written");
    let stores = bench.json("candidates.geojson");
    let row = properties(&stores)[0].clone();
    assert_eq!(
        (&row["name"], &row["name_source"], &row["urn"]),
        (&json!("Ica Nära"), &json!("Ica"), &json!("urn:x:1"))
    );
    let at = &features(&stores)[0]["geometry"]["coordinates"];
    assert!((number(&at[0]) - 442_600.0).abs() < 1e-3 && (number(&at[1]) - 6_891_600.0).abs() < 1e-3, "{at}");
    // The features of the layer are as the file has them.
    let layer = &project.layers[1];
    write_features(&bench.path("rows.gpkg"), layer, &[1, 0], &Stamp::default(), form).expect("written");
    let (_, rows) = table(&bench.path("rows.gpkg"), Some("store"), Crs::Sweref99Tm);
    assert_eq!((&rows[0]["name"], &rows[1]["name"]), (&json!("Coop"), &json!("Ica")));
    assert!(Format::of(Path::new("x.csv")).is_err() && Format::of(Path::new("x.fgb")).is_err());
}

/// A list of names is stable: every member that a layer of the example writes has its Swedish head.
#[test]
fn every_column_of_the_example_has_a_swedish_head() {
    let bench = Bench::new();
    let results = Results::compute(&demo::project(&Unwatched).expect("the demo"), None, &Unwatched)
        .expect("not cancelled");
    let form = Form { crs: Crs::Wgs84, heads: Heads::Sv };
    write_candidates(&bench.path("c.geojson"), &results, &Stamp::default(), form).expect("written");
    let places = bench.json("c.geojson");
    let row = properties(&places)[0].clone();
    write_candidates(&bench.path("en.geojson"), &results, &Stamp::default(), Form::default())
        .expect("written");
    let plain = bench.json("en.geojson");
    let plain: BTreeSet<String> = properties(&plain).iter().flat_map(|row| row.keys().cloned()).collect();
    assert!(plain.len() <= row.len(), "two columns have one head");
    assert_eq!(row["SOT-punkt namn"], properties(&bench.json("en.geojson"))[0]["sot_name"]);
    assert!(row.contains_key("Bedömning") && row.contains_key("Närmast Drivmedel km"), "{row:?}");
    for (name, head) in HEADS.iter().filter(|(name, _)| !name.contains('{')) {
        assert!(!row.contains_key(*name) || row.contains_key(*head) && !head.is_empty(), "{name}");
    }
}
