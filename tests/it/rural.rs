//! Are people in the right group of countryside? Beside a plain count by hand: the distance along the only road.

use serde_json::{Value, json};

use crate::edges::bench::{Bench, features, number, point, rectangle, sweref};

const N: f64 = 6_400_000.0;
const E: f64 = 700_000.0;

/// A road of 72 km/h due east, on which the speed set of Pipos drives 1.2 km a minute; people along it.
fn country(cells: &[(f64, f64, f64)]) -> Bench {
    let bench = Bench::new();
    let line = |from: [f64; 2], to: [f64; 2], more: Value| {
        let mut all = json!({"Klass_181": 5, "F_Hogst_225": 72, "B_Hogst_225": 72});
        all.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        json!({"type": "Feature", "properties": all, "geometry": {"type": "LineString", "coordinates": [from, to]}})
    };
    let roads = [
        line([E, N], [E + 10_000.0, N], json!({})),
        line([E + 10_000.0, N], [E + 100_000.0, N], json!({})),
        // An island: over the water by ferry alone.
        line([E + 10_000.0, N], [E + 10_000.0, N + 2_000.0], json!({"Farjeled": 1})),
        line([E + 10_000.0, N + 2_000.0], [E + 12_000.0, N + 2_000.0], json!({})),
    ];
    bench.put("roads.geojson", &sweref(&roads));
    bench.put("store.geojson", &sweref(&[point(E, N, json!({"name": "Affär"}))]));
    let cells: Vec<Value> =
        cells.iter().map(|(x, y, people)| point(E + x, N + y, json!({"beftotalt": people}))).collect();
    bench.put("pop.geojson", &sweref(&cells));
    bench
}

fn groups(bench: &Bench, more: &str) -> Vec<String> {
    bench.analyse(&format!("--roads roads.geojson --speeds pipos {more}"));
    let demand = bench.json("out/demand.geojson");
    let group = |cell: &Value| cell["properties"]["rural_group"].as_str().unwrap_or("none").to_owned();
    features(&demand).iter().map(group).collect()
}

/// Four cells of a square kilometre with 800 people each are a locality; the next is 20 km, some beyond 45 minutes.
const CELLS: [(f64, f64, f64); 9] = [
    (500.0, 0.0, 800.0),
    (1_500.0, 0.0, 800.0),
    (2_500.0, 0.0, 800.0),
    (3_500.0, 0.0, 800.0),
    // 5 minutes are 6 km from the last of them.
    (9_400.0, 0.0, 30.0),
    (9_600.0, 0.0, 40.0),
    // 45 minutes are 54 km.
    (57_400.0, 0.0, 5.0),
    (57_600.0, 0.0, 6.0),
    (11_000.0, 2_000.0, 9.0),
];

#[test]
fn groups_are_told_by_minutes_to_a_locality_of_cells() {
    let bench = country(&CELLS);
    let wanted = [
        "locality",
        "locality",
        "locality",
        "locality",
        "locality",
        "rural",
        "rural",
        "rural-remote",
        "rural-remote",
    ];
    assert_eq!(groups(&bench, ""), wanted);
    // An oracle of one line: metres along the road to the nearest cell of the locality.
    let demand = bench.json("out/demand.geojson");
    for (cell, (x, ..)) in features(&demand).iter().zip(CELLS).take(8) {
        let metres = (x - 3_500.0).max(0.0);
        let minutes = number(&cell["properties"]["locality_min"]);
        assert!((minutes - metres / 1_200.0).abs() < 0.02, "{x}: {minutes}");
    }
    let summary = bench.json("out/summary.json");
    let people: f64 = summary["rural_groups"]["kinds"]["grocery"]
        .as_array()
        .unwrap_or_else(|| panic!("{}", summary["rural_groups"]))
        .iter()
        .map(|group| number(&group["people_total"]))
        .sum();
    assert!((people - 3_290.0).abs() < 1e-9, "everyone is in a group: {people}");
}

#[test]
fn a_locality_is_a_matter_of_everyone_though_the_old_are_counted() {
    let bench = country(&CELLS);
    let all = groups(&bench, "");
    let cell = |(x, y, people): &(f64, f64, f64)| {
        point(E + x, N + y, json!({"beftotalt": people, "65+": people / 10.0}))
    };
    bench.put("pop.geojson", &sweref(&CELLS.iter().map(cell).collect::<Vec<_>>()));
    assert_eq!(groups(&bench, "--population-field 65+"), all);
    let summary = bench.json("out/summary.json");
    let of_first = summary["rural_groups"]["kinds"]["grocery"].as_array().expect("groups");
    let people: f64 = of_first.iter().map(|group| number(&group["people_total"])).sum();
    assert!((people - 329.0).abs() < 1e-9, "the old are counted: {people}");
}

#[test]
fn cells_that_do_not_touch_or_are_too_few_are_no_locality() {
    let mut cells = CELLS;
    // A gap in the middle: two of 1 600 people each.
    cells[2].0 = 20_000.0;
    cells[3].0 = 21_000.0;
    assert!(groups(&country(&cells), "").iter().all(|group| group == "none"));
}

#[test]
fn a_layer_of_localities_goes_before_the_cells() {
    let bench = country(&CELLS);
    let town = |x: f64, people: f64| {
        rectangle(
            E + x,
            N - 500.0,
            E + x + 3_000.0,
            N + 500.0,
            json!({"name": "Staden", "population": people}),
        )
    };
    bench.put("places.geojson", &sweref(&[town(56_000.0, 4_000.0), town(0.0, 2_900.0)]));
    let found = groups(&bench, "--places places.geojson");
    // The cells at 57.4 km and beyond lie inside; 54 km before the first of them is at 3.4 km.
    let remote = "rural-remote";
    assert_eq!(found, [remote, remote, remote, "rural", "rural", "rural", "locality", "locality", remote]);
}

#[test]
fn a_plan_may_be_for_the_countryside_alone() {
    let bench = country(&CELLS);
    let store = |x: f64, name: &str| point(E + x, N, json!({"name": name}));
    bench.put("store.geojson", &sweref(&[store(0.0, "Stadens"), store(57_500.0, "Skogens")]));
    let chosen = |more: &str| {
        let ask =
            "site --population pop.geojson --grocery store.geojson --roads roads.geojson --speeds pipos";
        let run = bench.run(&format!("{ask} --objective mclp --threshold 10km --sites 1 --out plan {more}"));
        assert!(run.is_success, "{}", run.err);
        run.said()
    };
    let is_in_the_forest = |said: &str| said.contains("Skogens") && !said.contains("Stadens");
    assert!(!is_in_the_forest(&chosen("")), "{}", chosen(""));
    let remote = chosen("--group rural-remote");
    assert!(is_in_the_forest(&remote), "{remote}");
}
