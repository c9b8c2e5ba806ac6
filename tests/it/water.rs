//! Is the walk from a place to its road kept on its own side of the water, and said where it cannot be?

use serde_json::{Value, json};

use crate::edges::bench::{Bench, number, point, rectangle, sweref};

const N: f64 = 6_400_000.0;
const E: f64 = 700_000.0;

fn road(from: [f64; 2], to: [f64; 2]) -> Value {
    json!({"type": "Feature", "properties": {"Klass_181": 5, "F_Hogst_225": 70, "B_Hogst_225": 70},
        "geometry": {"type": "LineString", "coordinates": [from, to]}})
}

/// A road along the north shore of a lake, with the store; a house 400 m south of it beyond the lake. Perhaps a second
/// road 900 m south of the house, which leads round to the first.
fn country(has_own_road: bool) -> Bench {
    let bench = Bench::new();
    let mut roads = vec![road([E, N], [E + 10_000.0, N])];
    if has_own_road {
        let round = [[E, N], [E - 2_000.0, N], [E - 2_000.0, N - 1_300.0], [E + 10_000.0, N - 1_300.0]];
        roads.extend(round.windows(2).map(|ends| road(ends[0], ends[1])));
    }
    bench.put("roads.geojson", &sweref(&roads));
    bench.put("store.geojson", &sweref(&[point(E, N, json!({"name": "Lanthandel"}))]));
    bench.put("pop.geojson", &sweref(&[point(E + 5_000.0, N - 400.0, json!({"beftotalt": 7}))]));
    bench.put(
        "lake.geojson",
        &sweref(&[rectangle(E + 3_000.0, N - 300.0, E + 7_000.0, N - 100.0, json!({}))]),
    );
    bench
}

fn km(bench: &Bench, more: &str) -> (f64, String, Value) {
    let run = bench.analyse(&format!("--roads roads.geojson --cost distance {more}"));
    let demand = bench.json("out/demand.geojson");
    let km = number(&demand["features"][0]["properties"]["grocery_km"]);
    (km, run.said(), bench.json("out/quality.json"))
}

#[test]
fn a_house_beyond_a_lake_takes_the_road_on_its_own_side() {
    let bench = country(true);
    let (over, said, _) = km(&bench, "");
    assert!((over - 5.4).abs() < 0.01 && !said.contains("water"), "{over} {said}");
    let (round, said, quality) = km(&bench, "--water lake.geojson");
    // 900 m south, 7 km west, 1.3 km north, 2 km east.
    assert!((round - (0.9 + 7.0 + 1.3 + 2.0)).abs() < 0.02, "{round}");
    assert!(!said.contains("water between"), "{said}");
    assert_eq!(quality["over_water"].as_array().map(Vec::len), Some(0), "{quality}");
}

#[test]
fn where_no_road_is_on_its_side_that_is_said_with_the_place() {
    let bench = country(false);
    let (over, said, quality) = km(&bench, "--water lake.geojson");
    assert!((over - 5.4).abs() < 0.01, "{over}");
    assert!(said.contains("water"), "{said}");
    let told = quality["over_water"].as_array().expect("a list");
    assert_eq!((told.len(), number(&told[0]["people"])), (1, 7.0), "{quality}");
}
