//! Coverage by road: figures counted by hand, everybody accounted for, and what must not be said together.

use super::*;

#[test]
fn everybody_is_accounted_for_in_kilometres() {
    let country = Country::new();
    let found = country.analyse(&[]);
    assert_eq!((&found["measure"], &found["method"]), (&"distance".into(), &"road_shortest".into()));
    assert_eq!((number(&found["threshold_km"]), number(&found["threshold_min"])), (10.0, 20.0));
    let (within, beyond, without) = people(&found, "grocery", 280.0);
    assert_eq!((within, beyond), (70.0, 120.0));
    assert_eq!(without, reasons(&[("no_road", 50.0), ("not_connected", 40.0)]));
    cells_are_as_counted(&country.cells());
    let figures = &found["kinds"]["grocery"];
    // The shortest five trips by people: 9.6 (70), 10.6 (20), 12.6 (60), 14.1 (10), 30.8 km (30).
    let trips = with_access();
    let mean = trips.iter().map(|(people, trip)| people * trip.m).sum::<f64>() / 190.0 / 1000.0;
    assert!((number(&figures["mean_km"]) - mean).abs() < 0.001, "{} {mean}", figures["mean_km"]);
    assert!((number(&figures["max_km"]) - trips[2].1.m / 1000.0).abs() < 0.001);
    assert!((number(&figures["p50_km"]) - trips[3].1.m / 1000.0).abs() < 0.001);
    let mean = trips.iter().map(|(people, trip)| people * trip.s).sum::<f64>() / 190.0 / 60.0;
    assert!((number(&figures["mean_min"]) - mean).abs() < 0.01, "{} {mean}", figures["mean_min"]);
}

/// The five cells that have a way, with their people and the walk to the road.
fn with_access() -> Vec<(f64, Trip)> {
    let mut trips = by_car();
    trips[0] = trips[0].map(|trip| sum([trip, access()]));
    CELLS.iter().zip(trips).filter_map(|((people, _), trip)| Some((*people, trip?))).collect()
}

fn cells_are_as_counted(cells: &[Value]) {
    assert_eq!(cells.len(), 7);
    let mut by_hand = by_car();
    by_hand[0] = by_hand[0].map(|trip| sum([trip, access()]));
    for (at, (cell, wanted)) in cells.iter().zip(by_hand).enumerate() {
        assert_eq!(number(&cell["people"]), CELLS[at].0);
        let Some(wanted) = wanted else {
            let reason = if at == 3 { "not_connected" } else { "no_road" };
            assert_eq!(cell["grocery_reason"], reason);
            assert!(cell.get("grocery_km").is_none() && cell.get("grocery_min").is_none(), "{cell}");
            continue;
        };
        assert!(cell.get("grocery_reason").is_none(), "{cell}");
        let found = [number(&cell["grocery_km"]), number(&cell["grocery_min"])];
        assert!((found[0] - wanted.m / 1000.0).abs() < 0.0011, "cell {at}: {found:?} {wanted:?}");
        assert!((found[1] - wanted.s / 60.0).abs() < 0.0101, "cell {at}: {found:?} {wanted:?}");
    }
}

#[test]
fn a_threshold_in_minutes_counts_times() {
    let country = Country::new();
    let by_cost = country.analyse(&["--cost", "time"]);
    let by_unit = country.analyse(&["--threshold", "20min"]);
    for found in [&by_cost, &by_unit] {
        assert_eq!((&found["measure"], &found["method"]), (&"time".into(), &"road_fastest".into()));
        assert_eq!(number(&found["threshold_min"]), 20.0);
        let (within, beyond, without) = people(found, "grocery", 280.0);
        assert_eq!((within, beyond), (160.0, 30.0), "only the ferry takes longer");
        assert_eq!(without, reasons(&[("no_road", 50.0), ("not_connected", 40.0)]));
    }
    cells_are_as_counted(&country.cells());
    // Just below and just above the minutes of the one-way street.
    let minutes = by_car()[6].expect("a way").s / 60.0;
    let within = |limit: f64| {
        let found = country.analyse(&["--threshold", &format!("{limit:.2}min")]);
        people(&found, "grocery", 280.0).0
    };
    assert_eq!((within(minutes - 0.02), within(minutes + 0.02)), (30.0, 100.0));
    let found = country.analyse(&["--threshold", "0.5h", "--cost", "time"]);
    assert_eq!(number(&found["threshold_min"]), 30.0);
    let found = country.analyse(&["--threshold", "12,7 km"]);
    assert_eq!((people(&found, "grocery", 280.0).0, &found["measure"]), (150.0, &"distance".into()));
}

#[test]
fn what_measures_differently_is_not_said_together() {
    let country = Country::new();
    for arguments in
        [["--threshold", "20min", "--cost", "distance"], ["--threshold", "10km", "--cost", "time"]]
    {
        let all: Vec<&str> = ["--roads", "roads.osm"].into_iter().chain(arguments).collect();
        country.refuse_analysis(&all, &["--threshold", "--cost", "minutes go with --cost time"]);
        let swedish: Vec<&str> = all.into_iter().chain(["--lang", "sv"]).collect();
        country.refuse_analysis(&swedish, &["--threshold och --cost", "minuter hör till --cost time"]);
    }
    country.write("closed.geojson", collection(&[point(SHOP, "", "")]));
    country.refuse_analysis(&["--closed", "closed.geojson"], &["--closed needs roads", "--roads FILE"]);
    country.refuse_analysis(&["--closed", "closed.geojson", "--lang", "sv"], &["--closed behöver vägar"]);
}

#[test]
fn the_export_tells_everything_that_was_assumed() {
    let country = Country::new();
    country.write(
        "closed.geojson",
        collection(&[point([14.0, 63.18], "", r#""name":"Bron","reason":"Tjäle""#)]),
    );
    let found = country.analyse(&["--closed", "closed.geojson"]);
    for (name, text) in [
        ("summary.json", serde_json::to_vec(&found).expect("JSON")),
        ("demand.geojson", std::fs::read(country.path("out/demand.geojson")).expect("a file")),
        ("gaps.geojson", std::fs::read(country.path("out/gaps.geojson")).expect("a file")),
        ("candidates.geojson", std::fs::read(country.path("out/candidates.geojson")).expect("a file")),
    ] {
        let file: Value = serde_json::from_slice(&text).expect("JSON");
        let about = if name == "summary.json" { &file } else { &file["sotplan"] };
        let roads = &about["roads"];
        assert_eq!(roads["mode"], "car", "{name}");
        assert_eq!(roads["files"][0]["file"], "roads.osm");
        assert_eq!(
            (number(&roads["files"][0]["ways_in"]), number(&roads["files"][0]["ways_used"])),
            (12.0, 10.0)
        );
        assert_eq!(roads["files"][0]["ways_refused"], serde_json::json!({"under_construction": 1}));
        assert_eq!(roads["files"][0]["sha256"].as_str().map(str::len), Some(64));
        let profile = &roads["profile"];
        assert_eq!(profile["speeds_kmh"].as_object().map(serde_json::Map::len), Some(21), "every class");
        for (member, value) in [
            ("limit_share", 0.85),
            ("gravel_kmh", 55.0),
            ("rough_kmh", 25.0),
            ("rescue_factor", 1.1),
            ("walk_kmh", 5.0),
            ("ferry_kmh", 12.0),
            ("ferry_wait_min", 5.0),
            ("max_access", 3000.0),
            ("prefer_connected_within", 500.0),
            ("small_piece", 20_000.0),
        ] {
            assert_eq!(number(&profile[member]), value, "{name}: {member}");
        }
        assert_eq!(profile["tracks"], "opened");
        assert_eq!(
            (&profile["winter"]["is_on"], number(&profile["winter"]["ice_kmh"])),
            (&false.into(), 30.0)
        );
        let closures = roads["closures"].as_array().expect("a list");
        assert_eq!(closures.len(), 1);
        assert_eq!((&closures[0]["name"], &closures[0]["reason"]), (&"Bron".into(), &"Tjäle".into()));
        assert_eq!(closures[0]["effect"], "closed");
        assert!(about.get("detour_factor").is_none(), "{name}: roads have none");
    }
}

#[test]
fn places_farther_from_a_road_than_allowed_have_no_road() {
    let country = Country::new();
    let found = country.analyse(&["--max-access", "50m"]);
    let (_, beyond, without) = people(&found, "grocery", 280.0);
    assert_eq!(beyond, 110.0, "the first cell lies a hundred metres from its road");
    assert_eq!(without, reasons(&[("no_road", 60.0), ("not_connected", 40.0)]));
    assert_eq!(number(&found["roads"]["profile"]["max_access"]), 50.0);
    let found = country.analyse(&["--max-access", "102m"]);
    assert_eq!(people(&found, "grocery", 280.0).2["no_road"], 50.0);
    // A shop far from the road is a reason of its own.
    country.write("shops.geojson", collection(&[point([14.1, 63.11], "", "")]));
    let found = country.analyse(&["--max-access", "300m"]);
    let wanted = reasons(&[("no_road", 50.0), ("no_road_at_service", 230.0)]);
    assert_eq!(people(&found, "grocery", 280.0).2, wanted);
}

#[test]
fn roads_near_nobody_are_an_error() {
    let country = Country::new();
    let far: Vec<_> = ways()
        .into_iter()
        .map(|(line, tags)| (line.iter().map(|[x, y]| [x + 5.0, y + 3.0]).collect(), tags))
        .collect();
    country.write("elsewhere.osm", osm(&far));
    country.refuse_analysis(
        &["--roads", "elsewhere.osm"],
        &["elsewhere.osm", "no populated cell has a road nearby", "--max-access"],
    );
    country
        .refuse_analysis(&["--roads", "elsewhere.osm", "--lang", "sv"], &["ingen befolkad ruta har en väg"]);
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let country = Country::new();
    let mut first: Option<Vec<(String, Vec<u8>)>> = None;
    for threads in [None, None, Some("1"), Some("2")] {
        let arguments =
            ["analyse", "--out", "out", "--population", "cells.geojson", "--grocery", "shops.geojson"];
        let more = [
            "--fuel",
            "shops.geojson",
            "--rescue",
            "shops.geojson",
            "--roads",
            "roads.osm",
            "--cost",
            "time",
        ];
        let all: Vec<&str> = arguments.into_iter().chain(more).collect();
        let done = country.run_on(threads, &all);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(country.path("out"))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .map(|path| {
                let mut bytes = std::fs::read(&path).expect("a file");
                if path.ends_with("summary.json") {
                    let mut summary: Value = serde_json::from_slice(&bytes).expect("JSON");
                    summary.as_object_mut().expect("an object").remove("seconds");
                    bytes = serde_json::to_vec(&summary).expect("JSON");
                }
                (path.file_name().expect("a name").to_string_lossy().into_owned(), bytes)
            })
            .collect();
        files.push(("printed".into(), done.stdout));
        files.sort();
        let first = first.get_or_insert_with(|| files.clone());
        for (wanted, found) in first.iter().zip(&files) {
            assert_eq!(wanted.0, found.0);
            assert!(wanted.1 == found.1, "{} differs with {threads:?} threads", wanted.0);
        }
    }
}

#[test]
fn the_text_names_measure_threshold_and_reasons() {
    let country = Country::new();
    let asked = ["analyse", "--out", "out", "--population", "cells.geojson", "--grocery", "shops.geojson"];
    let run = |more: &[&str]| {
        let all: Vec<&str> =
            asked.into_iter().chain(["--roads", "roads.osm"]).chain(more.iter().copied()).collect();
        text(&country.good(&all))
    };
    let english = run(&["--threshold", "20min"]);
    for phrase in
        ["by road, car, fastest route", "20 min", "30 of 280 people", "no road nearby: 50", "by road: 40"]
    {
        assert!(english.contains(phrase), "{phrase}: {english}");
    }
    assert!(!english.contains("estimate") && !english.contains("straight"), "{english}");
    let swedish = run(&["--lang", "sv"]);
    for phrase in
        ["längs väg, bil, kortaste vägen", "10,0 km", "120 av 280 personer", "ingen väg i närheten: 50"]
    {
        assert!(swedish.contains(phrase), "{phrase}: {swedish}");
    }
}
