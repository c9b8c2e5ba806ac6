//! Roads that are closed for a time: who still reaches what works, hour by hour.

use serde_json::{Value, json};

use crate::edges::bench::{Bench, number};

fn collection(features: &Value) -> Value {
    json!({"type": "FeatureCollection", "features": features})
}

fn feature(kind: &str, coordinates: &Value, properties: &Value) -> Value {
    json!({"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}})
}

/// Ten people five kilometres along the road from a store, fifty beside it; a bridge halfway can be closed.
fn country() -> Bench {
    let bench = Bench::new();
    let cell = |lon: f64, people: u32| feature("Point", &json!([lon, 63.0]), &json!({"population": people}));
    bench.put("pop.geojson", &collection(&json!([cell(14.0, 10), cell(14.1, 50)])));
    let store =
        feature("Point", &json!([14.1, 63.0]), &json!({"name": "Lanthandeln", "reserve_power": "in_place"}));
    bench.put("store.geojson", &collection(&json!([store])));
    let road = feature(
        "LineString",
        &json!([[13.99, 63.0], [14.05, 63.0], [14.11, 63.0]]),
        &json!({"highway": "secondary", "maxspeed": "70"}),
    );
    bench.put("roads.geojson", &collection(&json!([road])));
    let bridge = feature("LineString", &json!([[14.05, 62.99], [14.05, 63.01]]), &json!({"name": "Bron"}));
    bench.put("closed.geojson", &collection(&json!([bridge])));
    bench
}

/// People with the store within 20 km by hour, of an outage of the given roads.
fn supplied(bench: &Bench, roads: Option<Value>, extra: &str) -> Vec<f64> {
    let mut scenario = json!({"areas": [{"everything": true, "hours": 24}]});
    if let Some(roads) = roads {
        scenario["roads"] = roads;
    }
    bench.put("storm.json", &scenario);
    let run = bench.run(&format!(
        "outage --population pop.geojson --grocery store.geojson --roads roads.geojson --closed closed.geojson \
         --threshold 20km --scenario storm.json --at 3,6 --out out --json {extra}"
    ));
    assert!(run.is_success, "{}", run.err);
    let told: Value = serde_json::from_str(&run.out).expect("JSON alone");
    let hours = told["hours"].as_array().expect("hours");
    let of = |hour: &Value| number(&hour["kinds"]["grocery"]["groups"]["everyone"]["people_supplied"]);
    hours.iter().map(of).collect()
}

#[test]
fn a_bridge_that_is_closed_for_a_time_is_open_at_all_others() {
    let bench = country();
    let with = |closed: std::ops::Range<usize>| -> Vec<f64> {
        (0..=168).map(|hour| if closed.contains(&hour) { 50.0 } else { 60.0 }).collect()
    };
    assert_eq!(supplied(&bench, None, ""), with(0..169));
    assert_eq!(supplied(&bench, Some(json!({"start_h": 2, "hours": 3})), ""), with(2..5));
    // Also where no whole hour is closed.
    for roads in
        [json!({"hours": 0}), json!({"start_h": 200, "hours": 5}), json!({"start_h": 0.2, "hours": 0.6})]
    {
        assert_eq!(supplied(&bench, Some(roads.clone()), ""), with(0..0), "{roads}");
    }
}

#[test]
fn a_cell_without_a_value_says_whether_the_road_or_the_place_fails() {
    let bench = country();
    supplied(&bench, Some(json!({"start_h": 2, "hours": 3})), "");
    let reasons = |bench: &Bench, hour: u32, kind: &str| -> Vec<Value> {
        let cells = bench.json(&format!("out/hour-{hour}.geojson"));
        let cells = cells["features"].as_array().expect("cells").clone();
        cells.iter().map(|cell| cell["properties"][&format!("{kind}_reason")].clone()).collect()
    };
    assert_eq!(reasons(&bench, 3, "grocery"), [json!("not_connected"), Value::Null]);
    assert_eq!(reasons(&bench, 6, "grocery"), [Value::Null, Value::Null]);
    // The same store without power: it can be reached, and stands still.
    let store =
        feature("Point", &json!([14.1, 63.0]), &json!({"name": "Lanthandeln", "reserve_power": "none"}));
    bench.put("store.geojson", &collection(&json!([store])));
    supplied(&bench, Some(json!({"start_h": 2, "hours": 3})), "");
    assert_eq!(reasons(&bench, 6, "grocery"), [json!("none_works"), json!("none_works")]);
    assert_eq!(reasons(&bench, 3, "grocery"), [json!("not_connected"), json!("none_works")]);
}
