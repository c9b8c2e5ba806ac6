//! Small inputs that were once answered wrongly, or in silence, with their right answers.

use serde_json::json;

use super::bench::{Bench, degrees, feature, features, number, point, rectangle, remarks, sweref};

fn people(n: u32) -> serde_json::Value {
    json!({"beftotalt": n})
}

fn line(from: [f64; 2], to: [f64; 2]) -> serde_json::Value {
    let properties = json!({"highway": "secondary", "maxspeed": 80});
    feature(json!({"type": "LineString", "coordinates": [from, to]}), properties)
}

/// Two stores on the main land, one on an island that no road leaves.
fn island() -> Bench {
    let bench = Bench::new();
    bench.put(
        "pop.geojson",
        &sweref(&[
            point(501_500.0, 7_000_500.0, people(100)),
            point(520_500.0, 7_000_500.0, people(100)),
            point(501_500.0, 7_020_500.0, people(500)),
            point(509_500.0, 7_020_500.0, people(300)),
        ]),
    );
    let store = |e: f64, n: f64, name: &str| point(e, n, json!({"name": name}));
    bench.put(
        "store.geojson",
        &sweref(&[
            store(500_500.0, 7_000_500.0, "M1"),
            store(525_500.0, 7_000_500.0, "M2"),
            store(502_500.0, 7_020_500.0, "Island"),
        ]),
    );
    bench.put(
        "roads.geojson",
        &sweref(&[
            line([500_500.0, 7_000_500.0], [530_500.0, 7_000_500.0]),
            line([500_500.0, 7_020_500.0], [525_500.0, 7_020_500.0]),
        ]),
    );
    bench
}

#[test]
fn who_loses_the_only_store_is_told_first() {
    let bench = island();
    for cost in ["distance", "time"] {
        let run = bench.analyse(&format!("--roads roads.geojson --cost {cost}"));
        assert!(run.out.contains("800 people reach no other if Island closes"), "{}", run.out);
        let summary = bench.json("out/summary.json");
        let only = &summary["kinds"]["grocery"]["only_service"];
        assert_eq!(number(&only["people"]), 800.0);
        assert_eq!(only["services"][0]["name"], "Island");
        let candidates = bench.json("out/candidates.geojson");
        for candidate in features(&candidates) {
            let of = &candidate["properties"];
            let left = if of["name"] == "Island" { 800.0 } else { 0.0 };
            assert_eq!(number(&of["people_left_without_if_closed"]), left, "{of}");
        }
        let factors = bench.table("out/factors.csv");
        let extra: Vec<_> = factors.iter().filter(|row| row[3] == "extra_travel").collect();
        let island = extra.iter().find(|row| row[1] == "Island").expect("a row");
        assert_eq!(
            (island[4].as_str(), island[6].as_str()),
            ("", "left_without"),
            "no number, least of all 0"
        );
        assert_eq!(island[19], "1.000000000", "needed most");
        for other in extra.iter().filter(|row| row[1] != "Island") {
            assert!(other[6].is_empty() && other[19].parse::<f64>().expect("a worth") <= 1.0, "{other:?}");
        }
    }
}

/// The one store there is, in a plane without roads.
#[test]
fn the_only_store_of_all_is_everybody_s_last() {
    let bench = island();
    bench.put("store.geojson", &sweref(&[point(500_500.0, 7_000_500.0, json!({"name": "A"}))]));
    let run = bench.analyse("");
    assert!(run.out.contains("1 000 people reach no other if A closes"), "{}", run.out);
    let factors = bench.table("out/factors.csv");
    assert!(factors.iter().any(|row| row[3] == "extra_travel" && row[6] == "left_without"));
}

#[test]
fn a_plan_says_whom_only_one_place_reaches() {
    let bench = island();
    let run = bench.run(
        "site --population pop.geojson --grocery store.geojson --roads roads.geojson --cost distance --objective p-median --sites 2 --out out",
    );
    assert!(run.out.contains("without it 800 people are reached by none"), "{}", run.said());
    let chosen = bench.json("out/chosen.geojson");
    let island = features(&chosen).iter().find(|one| one["properties"]["name"] == "Island").expect("chosen");
    assert_eq!(number(&island["properties"]["people_reached_by_none_without_it"]), 800.0);
}

#[test]
fn a_cell_that_names_a_neighbour_is_not_counted_here() {
    let bench = Bench::new();
    let cell =
        |e: f64, n: u32, kommun: &str| point(e, 7_000_500.0, json!({"beftotalt": n, "kommun": kommun}));
    bench.put(
        "pop.geojson",
        &sweref(&[
            cell(500_500.0, 10, "Strömsund"),
            cell(501_500.0, 10, "Stro\u{308}msunds kommun"),
            cell(502_500.0, 10, ""),
            cell(505_500.0, 7, "Sollefteå"),
            // Inside the polygon: what a cell says goes before where it lies.
            cell(501_500.0, 3, "Sollefteå"),
        ]),
    );
    bench.put("store.geojson", &sweref(&[point(500_500.0, 7_000_500.0, json!({}))]));
    let area = json!({"kommun_kod": "2313", "kommun": "Strömsund"});
    bench.put("areas.geojson", &sweref(&[rectangle(500_000.0, 7_000_000.0, 503_000.0, 7_001_000.0, area)]));
    let run = bench.analyse("--areas areas.geojson");
    let rows = bench.table("out/areas.csv");
    let row =
        |at: usize| (rows[at][0].as_str(), rows[at][1].as_str(), rows[at][2].as_str(), rows[at][3].as_str());
    assert_eq!(row(0), ("2313", "Strömsund", "30", "3"));
    assert_eq!(row(1), ("", "no municipality (names Sollefteå)", "10", "2"));
    assert!(run.out.contains("20 stated by the cell, 10 by position, 10 name a municipality"), "{}", run.out);
    let ways = &bench.json("out/summary.json")["layers"][1]["municipality_by"];
    assert_eq!(number(&ways["names_other"]["people"]), 10.0);
}

/// One of 290 is enough, if it is a municipality that the cells speak of; a village of the same name is not.
#[test]
fn few_hits_count_where_the_columns_speak_of_the_same_level() {
    let bench = Bench::new();
    let cells = (0..40).map(|at| {
        let kommun = if at == 0 { "Ragunda".to_owned() } else { format!("Annan {at}") };
        point(500_500.0 + f64::from(at) * 1000.0, 7_000_500.0, json!({"beftotalt": 1, "kommun": kommun}))
    });
    bench.put("pop.geojson", &sweref(&cells.collect::<Vec<_>>()));
    bench.put("store.geojson", &sweref(&[point(500_500.0, 7_000_500.0, json!({}))]));
    let all = |properties| sweref(&[rectangle(490_000.0, 6_990_000.0, 560_000.0, 7_010_000.0, properties)]);
    bench.put("areas.geojson", &all(json!({"kommun": "Ragunda"})));
    bench.analyse("--areas areas.geojson");
    let rows = bench.table("out/areas.csv");
    assert_eq!((rows[0][1].as_str(), rows[0][2].as_str()), ("Ragunda", "1"));
    assert_eq!(rows[1][1], "no municipality (names Annan 1, Annan 2, Annan 3 and 36 more)");
    bench.put("areas.geojson", &all(json!({"bydel": "Norr"})));
    bench.analyse("--areas areas.geojson");
    let rows = bench.table("out/areas.csv");
    assert_eq!((rows[0][1].as_str(), rows[0][2].as_str(), rows.len()), ("Norr", "40", 1));
}

#[test]
fn fuel_at_exactly_the_limit_is_near() {
    let bench = Bench::new();
    bench.put("pop.geojson", &sweref(&[point(500_500.0, 7_000_500.0, people(1))]));
    for (apart, has_remark) in [(1000.0, true), (200.0, false)] {
        let (mut stores, mut stations) = (Vec::new(), Vec::new());
        for at in 0..25 {
            let (e, n) =
                (450_500.0 + f64::from(at % 5) * 20_000.0, 6_900_500.0 + f64::from(at / 5) * 20_000.0);
            stores.push(point(e, n, json!({"name": format!("s{at}")})));
            stations.push(point(e + apart, n, json!({"name": format!("f{at}")})));
        }
        bench.put("store.geojson", &sweref(&stores));
        bench.put("fuel.geojson", &sweref(&stations));
        bench.analyse("--fuel fuel.geojson");
        let candidates = bench.json("out/candidates.geojson");
        let met = features(&candidates).iter().filter(|candidate| {
            let m5 = &candidate["properties"]["rules"]["M5"];
            m5["outcome"] == "met" && m5["remark"] == has_remark
        });
        assert_eq!(met.count(), 25, "{apart} m");
    }
}

#[test]
fn people_counted_twice_are_told_and_can_be_counted_once() {
    let bench = Bench::new();
    let (a, b) = (point(500_500.0, 7_000_500.0, people(5)), point(501_500.0, 7_000_500.0, people(4)));
    bench.put("pop.geojson", &sweref(&[a.clone(), a.clone(), b.clone()]));
    bench.put("store.geojson", &sweref(&[point(500_500.0, 7_000_500.0, json!({}))]));
    let run = bench.analyse("");
    assert!(run.out.contains("5 people are counted twice"), "{}", run.out);
    assert_eq!(remarks(&bench, "pop"), ["counted_twice"]);
    let twice = &bench.json("out/summary.json")["counted_twice"][0];
    assert_eq!((number(&twice["people"]), number(&twice["cells"])), (5.0, 1.0));
    bench.analyse("--count-once");
    let summary = bench.json("out/summary.json");
    assert_eq!(number(&summary["kinds"]["grocery"]["people_total"]), 9.0);
    assert_eq!(number(&summary["layers"][0]["features_refused"]["counted_before"]), 1.0);

    // The same grid as squares, the same file again, and a finer grid over it.
    let square =
        |e: f64, side: f64, n: u32| rectangle(e, 7_000_000.0, e + side, 7_000_000.0 + side, people(n));
    bench.put("pop.geojson", &sweref(&[a.clone(), b.clone()]));
    bench.put("squares.geojson", &sweref(&[square(500_000.0, 1000.0, 5), square(501_000.0, 1000.0, 4)]));
    let fine: Vec<_> = (0..8).map(|at| square(500_000.0 + f64::from(at) * 250.0, 250.0, 1)).collect();
    bench.put("fine.geojson", &sweref(&fine));
    for (file, people, is_same) in [("squares", 9.0, false), ("pop", 9.0, true), ("fine", 8.0, false)] {
        let run = bench.analyse(&format!("--population {file}.geojson"));
        let twice = &bench.json("out/summary.json")["counted_twice"][0];
        assert_eq!(
            (number(&twice["people"]), twice["same_file"].as_bool()),
            (people, Some(is_same)),
            "{file}"
        );
        assert!(run.out.contains("are counted twice"), "{}", run.out);
        bench.analyse(&format!("--population {file}.geojson --count-once"));
        let total = &bench.json("out/summary.json")["kinds"]["grocery"]["people_total"];
        assert_eq!(number(total), 9.0, "{file}");
    }
}

#[test]
fn an_area_of_several_features_is_one_row() {
    let bench = Bench::new();
    bench.put(
        "pop.geojson",
        &sweref(&[point(500_500.0, 7_000_500.0, people(10)), point(503_500.0, 7_000_500.0, people(7))]),
    );
    bench.put("store.geojson", &sweref(&[point(500_500.0, 7_000_500.0, json!({}))]));
    let area = |e: f64, code: &str, name: &str| {
        rectangle(e, 7_000_000.0, e + 2000.0, 7_002_000.0, json!({"kommun_kod": code, "kommun": name}))
    };
    bench.put("areas.geojson", &sweref(&[area(500_000.0, "1", "A"), area(503_000.0, "1", "A")]));
    bench.analyse("--areas areas.geojson");
    let rows = bench.table("out/areas.csv");
    assert_eq!((rows.len(), rows[0][1].as_str(), rows[0][2].as_str()), (1, "A", "17"));
    assert_eq!(remarks(&bench, "areas"), ["same_area"]);
    bench.put("areas.geojson", &sweref(&[area(500_000.0, "1", "A"), area(503_000.0, "2", "A")]));
    bench.analyse("--areas areas.geojson");
    assert_eq!(bench.table("out/areas.csv").len(), 2);
    assert_eq!(remarks(&bench, "areas"), ["same_area_name"]);
}

#[test]
fn room_with_decimals_is_counted_with_them() {
    let bench = Bench::new();
    bench.write("c.csv", "site,demand,cost\na,1,1\na,2,5\nb,1,4\nb,2,2\n");
    bench.write("d.csv", "demand,weight\n1,1\n2,1\n");
    bench.write("s.csv", "site,cost,capacity\na,2,1\nb,2,1.5\n");
    bench.write("c2.csv", "site,demand,cost\nb,1,1\nb,2,1\nb,3,1\n");
    bench.write("d2.csv", "demand,weight\n1,1.0\n2,0.5\n3,0.5\n");
    bench.write("s2.csv", "site,cost,capacity\nb,2,1.25\n");
    for (set, value) in [("", 1.5), ("2", 1.25)] {
        let run = bench.run(&format!(
            "solve --costs c{set}.csv --demand d{set}.csv --sites-file s{set}.csv --objective capacitated --sites 1 --json"
        ));
        let answer: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        assert_eq!((number(&answer["value"]), number(&answer["tolerance"])), (value, 0.0), "{answer}");
        assert_eq!(answer["sites"], json!(["b"]));
    }
    // More digits than 64 bits hold: the loss is stated.
    bench.write("d3.csv", "demand,weight\n1,1000000000000.000001\n2,0.000000000000000001\n");
    let run = bench.run(
        "solve --costs c.csv --demand d3.csv --sites-file s.csv --objective capacitated --sites 1 --json",
    );
    let answer: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert!(number(&answer["tolerance"]) > 0.0, "{answer}");
    assert!(run.err.contains("more digits"), "{}", run.err);
}

#[test]
fn several_parts_are_told_of_every_geometry() {
    let bench = Bench::new();
    bench.put("pop.geojson", &sweref(&[point(500_500.0, 7_039_500.0, people(5))]));
    let square = |n: f64| {
        json!([[
            [500_500.0, n],
            [501_500.0, n],
            [501_500.0, n + 1000.0],
            [500_500.0, n + 1000.0],
            [500_500.0, n]
        ]])
    };
    for (kind, coordinates) in [
        ("MultiPolygon", json!([square(7_000_500.0), square(7_040_500.0)])),
        ("MultiPoint", json!([[500_500.0, 7_000_500.0], [500_500.0, 7_040_500.0]])),
        (
            "MultiLineString",
            json!([
                [[500_500.0, 7_000_500.0], [500_600.0, 7_000_500.0]],
                [[500_500.0, 7_040_500.0], [500_600.0, 7_040_500.0]]
            ]),
        ),
    ] {
        let shape = json!({"type": kind, "coordinates": coordinates});
        bench.put("store.geojson", &sweref(&[feature(shape, json!({"name": kind}))]));
        bench.analyse("--detour 1");
        assert_eq!(remarks(&bench, "store"), ["several_parts"], "{kind}");
    }
}

#[test]
fn contradictions_are_refused_by_name() {
    let bench = Bench::new();
    let row = |e: f64, name: &str| point(e, 7_000_500.0, json!({"name": name, "beftotalt": 1}));
    bench.put("pop.geojson", &sweref(&[row(500_500.0, "x"), row(502_500.0, "y")]));
    bench.put("store.geojson", &sweref(&[row(500_500.0, "A"), row(502_500.0, "B"), row(504_500.0, "C")]));
    let site = "site --population pop.geojson --grocery store.geojson --objective p-median --sites 2 --json --out out";
    for (options, words) in [
        ("--required A --forbidden A", ["A", "--required", "--forbidden"]),
        ("--release A --forbidden A", ["A", "--release", "--forbidden"]),
        ("--exclusive A,A", ["A", "--exclusive", "itself"]),
    ] {
        let run = bench.run(&format!("{site} {options}"));
        assert!(!run.is_success && run.out.is_empty(), "{options}: {}", run.out);
        assert!(words.iter().all(|word| run.err.contains(word)), "{options}: {}", run.err);
    }
    let run = bench.run(&format!("{site} --budget 5"));
    assert!(!run.is_success && run.err.contains("--sites") && run.err.contains("--budget"), "{}", run.err);
    assert!(bench.run(&format!("{site} --required A --forbidden B")).is_success);
}

#[test]
fn a_position_of_one_number_costs_one_feature() {
    let bench = Bench::new();
    bench.put("pop.geojson", &degrees(&[point(15.71234, 63.31234, people(3))]));
    bench.put("store.geojson", &degrees(&[point(15.71234, 63.31234, json!({}))]));
    let bad = feature(
        json!({"type": "Polygon", "coordinates": [[[14.0, 63.0], [14.5], [15.0, 64.0], [14.0, 63.0]]]}),
        json!({"code": "1", "name": "A"}),
    );
    let good = feature(
        json!({"type": "Polygon", "coordinates": [[[15.0, 63.0], [16.0, 63.0], [16.0, 64.0], [15.0, 63.0]]]}),
        json!({"code": "2", "name": "B"}),
    );
    bench.put("areas.geojson", &degrees(&[bad, good]));
    let run = bench.analyse("--areas areas.geojson");
    assert!(
        run.out.contains("first feature 1, geometry: the geometry cannot be read: a position has one number")
    );
    let rows = bench.table("out/areas.csv");
    assert_eq!((rows[0][1].as_str(), rows[0][2].as_str()), ("B", "3"));
}

/// Columns said on the command line, whatever their case.
#[test]
fn columns_are_found_whatever_their_case() {
    let bench = Bench::new();
    let cell = json!({"Antal": 5, "Namn": "x"});
    bench.put("pop.geojson", &sweref(&[point(500_500.0, 7_000_500.0, cell)]));
    bench.put(
        "store.geojson",
        &sweref(&[point(500_500.0, 7_000_500.0, json!({"name": "A", "Kostnad": "1,250"}))]),
    );
    bench.analyse("--population-field antal");
    let run = bench
        .run("analyse --population pop.geojson --population-field folk --grocery store.geojson --out out");
    assert!(!run.is_success && run.err.contains("Antal") && run.err.contains("folk"), "{}", run.err);
    let run = bench.run("site --population pop.geojson --population-field ANTAL --grocery store.geojson --objective p-median --budget 2 --cost-field kostnad --out out");
    assert!(run.is_success, "{}", run.err);
    assert!(run.out.contains("“1,250” may be thousands or decimals and was read as 1.250"), "{}", run.out);
}

#[test]
fn numbers_that_may_be_thousands_are_told() {
    let bench = Bench::new();
    let cell = |e: f64, n: &str| point(e, 7_000_500.0, json!({"beftotalt": n}));
    bench.put(
        "pop.geojson",
        &sweref(&[cell(500_500.0, "1,234"), cell(501_500.0, "12,5"), cell(502_500.0, "1 234")]),
    );
    bench.put("store.geojson", &sweref(&[point(500_500.0, 7_000_500.0, json!({}))]));
    let run = bench.analyse("--population-field beftotalt");
    assert!(run.out.contains("feature 1: the field “beftotalt” has the value “1,234”"), "{}", run.out);
    assert_eq!(remarks(&bench, "pop"), ["ambiguous_number"]);
    let run =
        bench.run("analyse --population pop.geojson --grocery store.geojson --out out --threshold 1,234km");
    assert!(!run.is_success && run.err.contains("write 1234 or 1.234"), "{}", run.err);
}

#[test]
fn turnout_counts_by_straight_line_and_weight_limits_by_road() {
    let bench = island();
    let station = |name: &str, form: &str| point(501_500.0, 7_000_500.0, json!({"name": name, "form": form}));
    bench.put("rescue.geojson", &sweref(&[station("värnet", "volunteer")]));
    bench.analyse("--rescue rescue.geojson --threshold 20min");
    let demand = bench.json("out/demand.geojson");
    assert_eq!(
        number(&features(&demand)[0]["properties"]["rescue_min"]),
        10.0,
        "they move after ten minutes"
    );
    bench.write(
        "roads.osm",
        "<osm version='0.6'><node id='1' lat='63.0' lon='14.0'/><node id='2' lat='63.0' lon='14.02'/>\
         <node id='3' lat='63.0' lon='14.04'/>\
         <way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='secondary'/></way>\
         <way id='2'><nd ref='2'/><nd ref='3'/><tag k='highway' v='secondary'/><tag k='maxweight' v='1.5'/></way></osm>",
    );
    bench.put("from.geojson", &degrees(&[point(14.0, 63.0, json!({}))]));
    bench.put("to.geojson", &degrees(&[point(14.04, 63.0, json!({}))]));
    let travel = "travel --roads roads.osm --from from.geojson --to to.geojson --out t.csv --max-access 10m";
    assert!(bench.run(travel).is_success);
    assert_eq!(bench.table("t.csv")[0][6], "no_road_at_to", "a car of two tonnes does not pass");
    bench.write("speeds.json", r#"{"car_weight_t": 1.5}"#);
    assert!(bench.run(&format!("{travel} --speeds speeds.json")).is_success);
    assert_eq!(bench.table("t.csv")[0][6], "", "one of a tonne and a half does");
}
