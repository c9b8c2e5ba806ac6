//! Is every GeoJSON file that the program writes what RFC 7946 says? Checked by a reader of its own, on plain JSON.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use sotplan::app::export::{Form, Stamp, write_selected};
use sotplan::app::siting::plan_export::{ExportedPlan, write_plan};
use sotplan::app::siting::{Amount, Question, pose};
use sotplan::app::{Results, demo};
use sotplan::geometry::LonLat;
use sotplan::model::{Project, SiteId, TrialId, TrialPoint};
use sotplan::progress::Unwatched;

use super::bench::{Bench, degrees, feature, features, point};

const KINDS: [&str; 7] =
    ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

/// Checks a collection: form, positions, rings, ids, and the members that `docs/formats.md` promises.
fn check(text: &str) {
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(value["type"], "FeatureCollection");
    assert!(value.get("crs").is_none(), "RFC 7946 has no crs");
    assert!(value["name"].is_string(), "a name");
    let about = &value["sotplan"];
    assert!(about["program"] == "Sotplan" && about["version"].is_string() && about["date"].is_string());
    for name in ["coordinates", "geometries", "geometry", "properties"] {
        assert!(value.get(name).is_none(), "a collection has no {name} (7.1)");
    }
    twice_named(text);
    let mut ids = BTreeSet::new();
    for feature in value["features"].as_array().expect("features") {
        assert_eq!(feature["type"], "Feature");
        assert!(feature["properties"].is_object());
        for name in ["coordinates", "geometries", "features"] {
            assert!(feature.get(name).is_none(), "a feature has no {name}");
        }
        if let Some(id) = feature.get("id") {
            assert!(id.is_string() || id.is_number());
            assert!(ids.insert(id.to_string()), "{id} twice");
        }
        geometry(&feature["geometry"]);
    }
}

/// No object names a member twice (RFC 7159, 4).
fn twice_named(text: &str) {
    struct Once;
    impl<'de> serde::de::Visitor<'de> for Once {
        type Value = ();
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("JSON")
        }
        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            Ok(())
        }
        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            Ok(())
        }
        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            Ok(())
        }
        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            Ok(())
        }
        fn visit_str<E>(self, _: &str) -> Result<(), E> {
            Ok(())
        }
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
            while seq.next_element_seed(Seed)?.is_some() {}
            Ok(())
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            let mut names = BTreeSet::new();
            while let Some(name) = map.next_key::<String>()? {
                assert!(names.insert(name.clone()), "{name} stands twice in one object");
                map.next_value_seed(Seed)?;
            }
            Ok(())
        }
    }
    struct Seed;
    impl<'de> serde::de::DeserializeSeed<'de> for Seed {
        type Value = ();
        fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
            deserializer.deserialize_any(Once)
        }
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    serde::de::DeserializeSeed::deserialize(Seed, &mut reader).expect("JSON");
}

fn geometry(value: &Value) {
    let kind = value["type"].as_str().expect("a type");
    assert!(KINDS.contains(&kind), "{kind}");
    let list = |value: &Value| value.as_array().expect("an array").clone();
    let coordinates = &value["coordinates"];
    match kind {
        "Point" => {
            position(coordinates);
        }
        "MultiPoint" => list(coordinates).iter().for_each(|one| {
            position(one);
        }),
        "LineString" => line(coordinates),
        "MultiLineString" => list(coordinates).iter().for_each(line),
        "Polygon" => polygon(coordinates),
        "MultiPolygon" => list(coordinates).iter().for_each(polygon),
        _ => list(&value["geometries"]).iter().for_each(geometry),
    }
}

fn position(value: &Value) -> [f64; 2] {
    let numbers: Vec<f64> =
        value.as_array().expect("a position").iter().map(|n| n.as_f64().expect("a number")).collect();
    assert!(matches!(numbers.len(), 2 | 3), "{value}");
    assert!(numbers[0].abs() <= 180.0 && numbers[1].abs() <= 90.0, "longitude first: {value}");
    [numbers[0], numbers[1]]
}

fn line(value: &Value) {
    assert!(value.as_array().expect("a line").len() >= 2, "two or more positions: {value}");
    value.as_array().expect("a line").iter().for_each(|one| {
        position(one);
    });
}

fn polygon(value: &Value) {
    let rings = value.as_array().expect("rings");
    assert!(!rings.is_empty());
    for (at, ring) in rings.iter().enumerate() {
        let places: Vec<[f64; 2]> = ring.as_array().expect("a ring").iter().map(position).collect();
        assert!(places.len() >= 4, "four or more positions: {ring}");
        assert_eq!(places.first(), places.last(), "closed");
        let [x0, y0] = places[0];
        let doubled: f64 = places
            .windows(2)
            .map(|two| (two[0][0] - x0) * (two[1][1] - y0) - (two[1][0] - x0) * (two[0][1] - y0))
            .sum();
        if at == 0 {
            assert!(doubled >= 0.0, "an outer ring runs counter-clockwise: {ring}");
        } else {
            assert!(doubled <= 0.0, "a hole runs clockwise: {ring}");
        }
    }
}

#[test]
fn what_an_analysis_writes() {
    let bench = Bench::new();
    let ring = json!([
        [[14.0, 63.0], [14.0, 63.01], [14.02, 63.01], [14.02, 63.0], [14.0, 63.0]],
        [[14.005, 63.002], [14.015, 63.002], [14.015, 63.008], [14.005, 63.008], [14.005, 63.002]]
    ]);
    let cell = |geometry: Value| feature(geometry, json!({"beftotalt": 3}));
    bench.put(
        "pop.geojson",
        &degrees(&[
            cell(json!({"type": "Polygon", "coordinates": ring})),
            cell(json!({"type": "MultiPolygon", "coordinates": [ring]})),
            cell(json!({"type": "GeometryCollection", "geometries": [
                {"type": "Polygon", "coordinates": ring}, {"type": "Point", "coordinates": [14.0, 63.0]}]})),
            cell(json!({"type": "Point", "coordinates": [15.123, 63.123, 300.0]})),
            cell(json!({"type": "LineString", "coordinates": [[14.0, 63.0], [14.0, 63.000_000_01]]})),
            cell(json!({"type": "Polygon", "coordinates": [[[14.0, 63.0], [14.000_000_1, 63.0], [14.0, 63.000_000_1], [14.0, 63.0]]]})),
        ]),
    );
    bench.put("store.geojson", &degrees(&[point(14.5, 63.5, json!({"name": "\"A\" \\ é\n"}))]));
    bench.analyse("--threshold 1km");
    for name in ["demand", "candidates", "gaps"] {
        check(&bench.read(&format!("out/{name}.geojson")));
    }
    let demo = bench.run("analyse --demo --out demo --json");
    assert!(demo.is_success);
    for name in ["demand", "candidates", "gaps"] {
        check(&bench.read(&format!("demo/{name}.geojson")));
    }
    let gaps = bench.json("demo/gaps.geojson");
    let documented =
        ["kind", "rank", "people", "cells", "mean_km", "max_km", "municipality", "municipality_code"];
    for gap in features(&gaps) {
        assert!(
            documented.iter().all(|name| gap["properties"].get(*name).is_some()),
            "{}",
            gap["properties"]
        );
    }
}

#[test]
fn what_a_plan_and_a_route_write() {
    let bench = Bench::new();
    assert!(bench.run("site --demo --objective p-median --sites 3 --out plan").is_success);
    check(&bench.read("plan/chosen.geojson"));
    bench.write(
        "roads.osm",
        "<osm version='0.6'><node id='1' lat='63.0' lon='14.0'/><node id='2' lat='63.0' lon='14.02'/>\
         <way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='secondary'/></way></osm>",
    );
    for (from, to) in [("14.0,63.0", "14.02,63.0"), ("14.01,63.0", "14.01,63.0")] {
        let run = bench.run(&format!("route --roads roads.osm --from {from} --to {to} --out route.geojson"));
        assert!(run.is_success, "{}", run.err);
        check(&bench.read("route.geojson"));
    }
}

#[test]
fn what_the_window_writes() {
    let bench = Bench::new();
    let project = demo::project(&Unwatched).expect("the demo");
    let trial = TrialPoint { id: TrialId(1), name: "Läge".into(), place: LonLat::new(14.5, 63.2) };
    let project = Project { trials: Arc::new(vec![trial]), ..project };
    let results = Arc::new(Results::compute(&project, None, &Unwatched).expect("not cancelled"));
    let stamp = Stamp { date: "2026-11-28".into() };
    let selected = [results.candidates[0].site.clone(), SiteId::Trial(TrialId(1))].into();
    write_selected(
        &bench.path("selected.geojson"),
        &results,
        &selected,
        &project.trials,
        &stamp,
        Form::default(),
    )
    .expect("written");
    check(&bench.read("selected.geojson"));
    let question = Question { amount: Amount::Sites(4), ..Question::default() };
    let posed = Arc::new(pose(&question, &results, &Unwatched).expect("posed"));
    let answer =
        sotplan::location::solve(&posed.problem, &question.effort.into(), &Unwatched).expect("solved");
    let view = posed.view(answer.plan().expect("a plan"), &results, &Unwatched).expect("a view");
    let plan = ExportedPlan { posed, question, answer: Some(answer), view, results };
    write_plan(&bench.path("plan.geojson"), &plan, &stamp, Form::default()).expect("written");
    check(&bench.read("plan.geojson"));
}

#[test]
#[should_panic(expected = "counter-clockwise")]
fn the_reader_sees_a_ring_that_runs_the_wrong_way() {
    polygon(&json!([[[14.0, 63.0], [14.0, 63.01], [14.02, 63.01], [14.0, 63.0]]]));
}
