//! Do places lie side by side as they should? Three villages whose figures one can count, the example against its own
//! exports, names that mean one place or several, and the same bytes from the window and the command line.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use sotplan::app::command::Command;
use sotplan::app::comparing::{self, Asked};
use sotplan::app::export::{self, Form, Stamp, TableStyle};
use sotplan::app::exports::Export;
use sotplan::app::history::History;
use sotplan::app::session::Session;
use sotplan::app::{Results, demo};
use sotplan::model::{Compared, LayerId, Project, Side, SiteId, TrialId, TrialPoint};
use sotplan::progress::Unwatched;

use crate::board::compute;
use crate::edges::bench::Bench;

/// Points in SWEREF 99 TM, metres from a corner of a plane.
fn points(all: &[(f64, f64, Value)]) -> Value {
    let feature = |(e, n, properties): &(f64, f64, Value)| {
        json!({"type": "Feature", "properties": properties,
            "geometry": {"type": "Point", "coordinates": [500_000.0 + e, 7_000_000.0 + n]}})
    };
    json!({"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:3006"}},
        "features": all.iter().map(feature).collect::<Vec<_>>()})
}

/// Three villages, twenty kilometres apart.
fn villages() -> Bench {
    let bench = Bench::new();
    let store = |name: &str| json!({"name": name});
    bench.put(
        "store.geojson",
        &points(&[
            (0.0, 0.0, store("Lanthandeln i Alfa")),
            (20_000.0, 0.0, store("Lanthandeln i Beta")),
            (40_000.0, 0.0, store("Lanthandeln i Gamma")),
        ]),
    );
    let people = |people: u32, old: u32| json!({"population": people, "65+": old});
    bench.put(
        "pop.geojson",
        &points(&[
            (0.0, 1_000.0, people(100, 40)),
            (0.0, 5_000.0, people(30, 10)),
            (20_000.0, 2_000.0, people(50, 5)),
            (20_000.0, 9_000.0, people(10, 2)),
            (40_000.0, 500.0, people(20, 8)),
        ]),
    );
    bench
        .put("fuel.geojson", &points(&[(0.0, 100.0, store("Mack A")), (40_000.0, 3_000.0, store("Mack G"))]));
    bench
}

const VILLAGES: &str = "compare --population pop.geojson --population-field population --grocery store.geojson \
    --fuel fuel.geojson --detour 1 --threshold 10km --out out";

fn row<'a>(json: &'a Value, id: &str) -> &'a Value {
    let rows = json["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no row {id}"))
}

/// The places by their labels.
fn labels(json: &Value, ids: &Value) -> Vec<String> {
    let places = json["places"].as_array().expect("places");
    let label = |id: &Value| {
        let place = places.iter().find(|place| place["id"] == *id).expect("a place");
        place["label"].as_str().expect("a label").replace("Lanthandeln i ", "")
    };
    ids.as_array().expect("ids").iter().map(label).collect()
}

#[test]
fn three_villages_have_the_figures_one_can_count() {
    let bench = villages();
    let run = bench.run(&format!("{VILLAGES} --places Alfa,Beta,Gamma --reference Beta --json"));
    assert!(run.is_success, "{}", run.err);
    let json: Value = serde_json::from_str(&run.out).expect("JSON alone");
    assert_eq!(json, bench.json("out/comparison.json"));
    for (id, values, best, worst) in [
        ("people.threshold", json!([130, 60, 20]), vec!["Alfa"], vec!["Gamma"]),
        ("people.group.65+", json!([50, 7, 8]), vec!["Alfa"], vec!["Beta"]),
        ("people.nearest", json!([130, 60, 20]), vec!["Alfa"], vec!["Gamma"]),
        ("service.fuel", json!([0.1, 20, 3]), vec!["Alfa"], vec!["Beta"]),
        ("service.grocery", json!([20, 20, 20]), vec![], vec![]),
        ("factor.fuel", json!([0.1, 20, 3]), vec!["Alfa"], vec!["Beta"]),
        ("level.m5", json!(["met", "not_met", "not_met"]), vec!["Alfa"], vec!["Beta", "Gamma"]),
        ("closure.pushed_beyond", json!([130, 60, 20]), vec!["Alfa"], vec!["Gamma"]),
        ("closure.left_without", json!([0, 0, 0]), vec![], vec![]),
    ] {
        let row = row(&json, id);
        assert_eq!(row["values"], values, "{id}");
        assert_eq!(
            (labels(&json, &row["best"]), labels(&json, &row["worst"])),
            (own(&best), own(&worst)),
            "{id}"
        );
    }
    assert_eq!(row(&json, "people.threshold")["differences"], json!([70, 0, -40]));
    assert_eq!(row(&json, "level.m5")["differences"], json!([null, null, null]));
    // What is not known has its reason, in every place, and is neither best nor worst.
    let pharmacy = row(&json, "service.pharmacy");
    assert_eq!(pharmacy["values"], json!([null, null, null]));
    assert_eq!(pharmacy["unknowns"].as_array().expect("unknowns").len(), 3);
    assert_eq!(pharmacy["unknowns"][0]["reason"], "no_layer_of_the_kind");
    assert_eq!((&pharmacy["best"], &pharmacy["worst"]), (&json!([]), &json!([])));
    let curve = &json["curve"].as_array().expect("curves")[0];
    assert_eq!(curve["steps"].as_array().expect("steps").len(), 31);
    let at = |place: usize, km: usize| json["curve"][place]["people"][km].clone();
    assert_eq!([at(0, 0), at(0, 1), at(0, 4), at(0, 5), at(0, 30)], [0, 100, 100, 130, 190].map(Value::from));
    assert_eq!([at(2, 0), at(2, 1), at(1, 2), at(1, 9)], [0, 20, 50, 60].map(Value::from));
}

fn own(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn each_sentence_rests_on_rows_and_says_who_has_most() {
    let bench = villages();
    assert!(bench.run(&format!("{VILLAGES} --places Alfa,Beta,Gamma")).is_success);
    let json = bench.json("out/comparison.json");
    let rows: BTreeSet<&str> =
        json["rows"].as_array().expect("rows").iter().filter_map(|row| row["id"].as_str()).collect();
    let sentences = json["sentences"].as_array().expect("sentences");
    assert!(sentences.len() > 6);
    for sentence in sentences {
        let on = sentence["rows"].as_array().expect("rows");
        assert!(
            !on.is_empty() && on.iter().all(|id| rows.contains(id.as_str().expect("an id"))),
            "{sentence}"
        );
    }
    let said = |text: &str| sentences.iter().any(|sentence| sentence["text"] == text);
    assert!(said("Most people within 10 km: 130 (Lanthandeln i Beta 60, Lanthandeln i Gamma 20)"));
    assert!(sentences.iter().any(|sentence| {
        sentence["kind"] == "question"
            && sentence["text"]
                .as_str()
                .is_some_and(|text| text.starts_with("Ask the store about Lanthandeln i Alfa"))
    }));
    // Seven old people against eight is no difference that anybody should decide by; fifty is.
    let of = |kind: &str, row: &str| {
        let fits = |sentence: &&Value| sentence["kind"] == kind && sentence["rows"] == json!([row]);
        sentences.iter().filter(fits).count()
    };
    assert_eq!((of("for", "people.group.65+"), of("against", "people.group.65+")), (1, 0));
}

/// What a part of a group that nobody counts does: the sum is not known.
#[test]
fn a_group_that_is_not_counted_everywhere_is_not_known() {
    let bench = villages();
    let mut cells: Value = bench.json("pop.geojson");
    cells["features"][3]["properties"].as_object_mut().expect("properties").remove("65+");
    bench.put("pop.geojson", &cells);
    assert!(bench.run(&format!("{VILLAGES} --places Alfa,Beta,Gamma")).is_success);
    let json = bench.json("out/comparison.json");
    let old = row(&json, "people.group.65+");
    assert_eq!(old["values"], json!([50, null, 8]));
    assert_eq!(old["unknowns"][0]["reason"], "cells_without_figure");
    assert_eq!(
        (labels(&json, &old["best"]), labels(&json, &old["worst"])),
        (own(&["Alfa"]), own(&["Gamma"]))
    );
    for feature in cells["features"].as_array_mut().expect("features") {
        feature["properties"].as_object_mut().expect("properties").remove("65+");
    }
    bench.put("pop.geojson", &cells);
    assert!(bench.run(&format!("{VILLAGES} --places Alfa,Beta")).is_success);
    let json = bench.json("out/comparison.json");
    assert_eq!(row(&json, "people.group.65+")["unknowns"][1]["reason"], "no_column");
}

/// What stands in the file for those who follow it by script.
#[test]
fn the_file_has_the_form_it_had() {
    let bench = villages();
    assert!(bench.run(&format!("{VILLAGES} --places Alfa,Gamma --reference Alfa")).is_success);
    let mut json = bench.json("out/comparison.json");
    json.as_object_mut().expect("an object").remove("sotplan").expect("what it rests on");
    let written = serde_json::to_string_pretty(&json).expect("JSON") + "\n";
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/beside/comparison.json");
    if std::env::var_os("SOTPLAN_BLESS").is_some() {
        std::fs::write(&golden, &written).expect("written");
    }
    let known = std::fs::read_to_string(&golden).expect("the form it had");
    for (at, (now, before)) in written.lines().zip(known.lines()).enumerate() {
        assert_eq!(now, before, "line {}", at + 1);
    }
    assert_eq!(written.lines().count(), known.lines().count());
}

fn asked(project: &Project, places: Vec<SiteId>) -> Asked {
    let reference = places.first().cloned().map(Side::Place);
    let compared = Compared { places, reference, ..Compared::default() };
    Asked { compared: Arc::new(compared), ..Asked::of(project) }
}

fn compared(results: &Results, asked: &Asked) -> comparing::Comparison {
    let ranked = export::Comparison::new(results, &asked.model, &asked.selected);
    comparing::compare(results, asked, &ranked, &Unwatched).expect("nobody cancels")
}

/// The example with a test site.
fn example() -> Project {
    let mut project = demo::project(&Unwatched).expect("the demo");
    let place = sotplan::geometry::LonLat::new(14.5, 63.6);
    project.trials = Arc::new(vec![TrialPoint { id: TrialId(1), name: "Vid sjön".into(), place }]);
    project
}

#[test]
fn best_and_worst_are_what_one_reads_off_the_file_whatever_places() {
    let project = example();
    let results = compute(&project);
    let count = results.candidates.len();
    for start in [0, 7, 19, 31, 55, count - 8] {
        let mut places: Vec<SiteId> =
            (0..5).map(|step| results.candidates[(start + step * 13) % count].site.clone()).collect();
        places.push(SiteId::Trial(TrialId(1)));
        let comparison = compared(&results, &asked(&project, places));
        assert_eq!((comparison.places.len(), comparison.gone.len()), (6, 0));
        let ids: Vec<&str> = comparison.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "each row has an id of its own");
        let text = read_json(&comparison, &results);
        for row in text["rows"].as_array().expect("rows") {
            one_row(row, &text);
        }
    }
}

fn read_json(comparison: &comparing::Comparison, results: &Results) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("comparison.json");
    comparing::write_json(&path, comparison, results, &Stamp::default()).expect("written");
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

/// Best and worst by a reading of the values alone.
fn one_row(row: &Value, json: &Value) {
    let id = row["id"].as_str().expect("an id");
    let states: Vec<&str> = row["states"]
        .as_array()
        .expect("states")
        .iter()
        .map(|state| state.as_str().expect("a state"))
        .collect();
    let known = |at: usize| -> Option<f64> {
        match (&row["values"][at], states[at]) {
            (_, "beyond_measure") => Some(f64::INFINITY),
            (Value::Number(number), "known") => number.as_f64(),
            (Value::String(text), "known") if text == "met" => Some(1.0),
            (Value::String(text), "known") if text == "not_met" => Some(0.0),
            (Value::String(_), "known") => row["order"].get(at).and_then(Value::as_f64),
            (Value::Null, "unknown" | "does_not_apply") => None,
            other => panic!("{id}: {other:?}"),
        }
    };
    let all: Vec<Option<f64>> = (0..states.len()).map(known).collect();
    // Nothing is empty: what has no value has a reason.
    let without = states.iter().filter(|state| **state != "known").count();
    assert_eq!(row["unknowns"].as_array().expect("unknowns").len(), without, "{id}");
    let wanted = |pick: fn(f64, f64) -> f64| -> BTreeSet<String> {
        let Some(end) = all.iter().flatten().copied().reduce(pick) else { return BTreeSet::new() };
        let other = all.iter().flatten().any(|value| *value != end);
        let at = (0..all.len()).filter(|at| other && all[*at] == Some(end));
        at.map(|at| json["places"][at]["id"].as_str().expect("an id").to_owned()).collect()
    };
    let named = |member: &str| -> BTreeSet<String> {
        row[member].as_array().expect("ids").iter().map(|id| id.as_str().expect("an id").to_owned()).collect()
    };
    let (best, worst) = match row["direction"].as_str().expect("a direction") {
        "more" => (wanted(f64::max), wanted(f64::min)),
        "less" => (wanted(f64::min), wanted(f64::max)),
        _ => (BTreeSet::new(), BTreeSet::new()),
    };
    assert_eq!((named("best"), named("worst")), (best, worst), "{id}: {row}");
}

#[test]
fn figures_are_those_of_the_exports() {
    let project = example();
    let results = compute(&project);
    let measure = results.measure();
    let places: Vec<SiteId> = results.candidates.iter().take(6).map(|one| one.site.clone()).collect();
    let comparison = compared(&results, &asked(&project, places));
    let text = read_json(&comparison, &results);
    let candidates = tempfile::tempdir().expect("a folder");
    let path = candidates.path().join("candidates.geojson");
    export::write_candidates(&path, &results, &Stamp::default(), Form::default()).expect("written");
    let exported: Value = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
    let radii = results.project.parameters.radii(measure).map(|radius| measure.in_units(radius));
    for (at, place) in text["places"].as_array().expect("places").iter().enumerate() {
        let feature = exported["features"].as_array().expect("features");
        let feature = feature.iter().find(|feature| feature["id"] == place["id"]).expect("the place");
        let says = |name: String| feature["properties"][name].clone();
        for (id, name) in [
            ("people.radius_1", format!("people_within_{}_km", radii[0])),
            ("people.radius_2", format!("people_within_{}_km", radii[1])),
            ("people.nearest", "people_nearest".into()),
            ("people.gap", "sot_gap_people".into()),
            ("closure.left_without", "people_left_without_if_closed".into()),
            ("closure.extra_person_km", "extra_person_km_if_closed".into()),
            ("service.fuel", "nearest_fuel_km".into()),
            ("service.rescue", "nearest_rescue_km".into()),
            ("service.sot", "nearest_sot_km".into()),
        ] {
            let (ours, theirs) = (row(&text, id)["values"][at].clone(), says(name));
            assert_eq!(ours.as_f64(), theirs.as_f64(), "{id} of {}", place["label"]);
        }
        // Groups of countryside are the parts of everybody within the threshold, who are those the ranking counts.
        let sum: f64 = ["locality", "rural", "rural_remote", "unknown"]
            .iter()
            .filter_map(|group| {
                let id = format!("people.rural.{group}");
                text["rows"].as_array()?.iter().find(|row| row["id"] == id)?["values"][at].as_f64()
            })
            .sum();
        let all = row(&text, "people.threshold")["values"][at].as_f64();
        assert_eq!(Some(sum), all);
        assert_eq!(row(&text, "factor.people_within")["values"][at].as_f64(), all);
        let limit = measure.in_units(results.limit());
        let line = &text["curve"][at];
        let step =
            line["steps"].as_array().expect("steps").iter().position(|step| step.as_f64() == Some(limit));
        assert_eq!(line["people"][step.expect("the limit is a step")].as_f64(), all);
    }
}

#[test]
fn a_name_that_means_no_place_or_several_is_told_with_what_fits() {
    let bench = villages();
    let refused = |places: &str| {
        let run = bench.run(&format!("{VILLAGES} --places {places}"));
        assert!(!run.is_success && run.out.is_empty(), "{places}");
        assert!(!bench.path("out").exists(), "nothing is written");
        run.err
    };
    let err = refused("Alfa,Lanthandeln");
    for phrase in ["“Lanthandeln” fits several places", "Lanthandeln i Alfa", "layer-", "NAME/MUNICIPALITY"]
    {
        assert!(err.contains(phrase), "{err}");
    }
    assert!(refused("Alfa,Delta").contains("is called “Delta”"));
    assert!(refused("Alfa,Lanthamdeln").contains("Do you mean one of these? Lanthandeln i Alfa"));
    assert!(refused("Alfa").contains("two places or plans at least"));
    assert!(refused("Alfa,alfa").contains("the same place"));
    assert!(refused("Alfa,Beta,Gamma,a,b,c,d").contains("too many"));
    assert!(refused("Alfa,Beta --reference Gamma").contains("none of those that are compared"));
    let run = bench.run("compare --demo --places Hallen/Åre,Kall,Föllinge --out out --json");
    assert!(run.is_success, "{}", run.err);
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["places"][0]["municipality"], "Åre");
    assert_eq!(json["places"][0]["label"], "Hallen");
    let err = bench.run("compare --demo --places Hallen/Berg,Kall --out none").err;
    assert!(err.contains("is called “Hallen/Berg”") && err.contains("Hallen (Åre)"), "{err}");
    let err = bench.run("compare --demo --project p.gpkg --places Kall,Hallen --out none").err;
    assert!(err.contains("--project") && err.contains("--demo"), "{err}");
}

#[test]
fn the_choice_is_undone_saved_and_written_alike_by_window_and_command_line() {
    let bench = Bench::new();
    let project = example();
    let results = compute(&project);
    let site = |name: &str| comparing::find(name, &results, &project.trials).expect("a place");
    let places = ["Valsjöbyn", "Rötviken", "Föllinge", "Vid sjön"].map(site).to_vec();
    let reference = places.get(1).cloned().map(Side::Place);
    let wanted = Compared { places, reference, ..Compared::default() };
    let mut history = History::default();
    let next = history.edit(&project, Command::Compare(wanted.clone()), None);
    assert_eq!(*next.compared, wanted);
    let before = history.undo(&next).expect("a step");
    assert!(before.compared.places.is_empty());
    sotplan::io::project_file::save(&bench.path("p.gpkg"), &next).expect("saved");
    let run = bench.run("compare --project p.gpkg --out out");
    assert!(run.is_success, "{}", run.err);
    assert!(run.out.contains("Rötviken (Krokom)"), "{}", run.out);
    // The same from a window.
    let mut session = Session::new(Arc::new(|| {}), Stamp::today(), None);
    session.open_files(vec![bench.path("p.gpkg")]);
    session.settle();
    for (export, name) in [
        (Export::Compared, "comparison.json"),
        (Export::ComparedTable, "comparison.csv"),
        (Export::ComparedPlaces, "comparison.geojson"),
    ] {
        let path = bench.path(&format!("window-{name}"));
        session.export(export, path, TableStyle::Plain, Form::default());
        session.settle();
        assert_eq!(bench.read(&format!("window-{name}")), bench.read(&format!("out/{name}")), "{name}");
    }
    let table = bench.table("out/comparison.csv");
    assert!(
        table.iter().all(|fields| fields[5..9].iter().all(|field| !field.is_empty())),
        "nothing is empty"
    );
    let named = bench.run("compare --project p.gpkg --places Valsjöbyn,Föllinge --out two --json");
    let json: Value = serde_json::from_str(&named.out).expect("JSON");
    assert_eq!(json["places"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_place_that_is_gone_is_told_and_the_others_are_compared() {
    let project = example();
    let results = compute(&project);
    let mut places: Vec<SiteId> = results.candidates.iter().take(2).map(|one| one.site.clone()).collect();
    places.push(SiteId::Feature { layer: LayerId(99), key: "x".into() });
    places.push(SiteId::Trial(TrialId(7)));
    let comparison = compared(&results, &asked(&project, places));
    assert_eq!((comparison.places.len(), comparison.gone.len()), (2, 2));
    // A SOT place and its store are one place.
    let hosted = results.candidates.iter().find(|one| one.sot.is_some()).expect("a SOT place");
    let sot = &results.situation.sot_places[hosted.sot.expect("its SOT place")].site;
    let comparison = compared(&results, &asked(&project, vec![hosted.site.clone(), sot.clone()]));
    assert_eq!(comparison.places.len(), 1);
}
