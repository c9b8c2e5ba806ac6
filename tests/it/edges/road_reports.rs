//! Cases that users of other road programs have met, each as two villages with a short way between them that may or
//! may not be used, and a long way round: is the right one taken, and is what was left out said?

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::bench::{Bench, Run, degrees, feature, point};

/// Corners: A and D are the villages' junctions, B and C the far side of the long way, E and F the ends of the piece
/// in question.
///
/// ```text
/// B ──────── C   20 km north
/// │          │
/// A ─ E ~~ F ─ D  2 km
/// ```
const NODES: &str = r#"
<node id="1" lat="63.0" lon="14.0"/><node id="2" lat="63.1794494" lon="14.0"/>
<node id="3" lat="63.1794494" lon="14.0393701"/><node id="4" lat="63.0" lon="14.0393701"/>
<node id="6" lat="63.0" lon="14.0354331"/>"#;
const E_PLAIN: &str = r#"<node id="5" lat="63.0" lon="14.003937"/>"#;

const ROAD: &str = "highway=secondary maxspeed=80";

/// The villages lie 5 km up each side of the long way: some 12 km apart by the piece, 32 km without it.
const NEAR_M: f64 = 11_996.0;
const FAR_M: f64 = 31_985.7;

fn tags(said: &str) -> String {
    said.split('|').filter_map(|tag| tag.split_once('=')).fold(String::new(), |mut all, (key, value)| {
        let _ = write!(all, "<tag k=\"{key}\" v=\"{value}\"/>");
        all
    })
}

fn way(id: u32, nodes: &[u32], said: &str, more: &str) -> String {
    let nodes = nodes.iter().fold(String::new(), |mut all, node| {
        let _ = write!(all, "<nd ref=\"{node}\"/>");
        all
    });
    format!("<way id=\"{id}\" {more}>{nodes}{}</way>", tags(&said.replace(' ', "|")))
}

fn osm(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><osm version=\"0.6\">{body}</osm>")
}

/// The world with a piece of these tags, `|` between them; the node E as given.
fn world(piece: &str, node: &str, more: &str) -> String {
    let piece = format!("<way id=\"3\" {more}><nd ref=\"5\"/><nd ref=\"6\"/>{}</way>", tags(piece));
    let rest = [way(1, &[1, 2, 3, 4], ROAD, ""), way(2, &[1, 5], ROAD, ""), way(4, &[6, 4], ROAD, "")];
    osm(&format!("{NODES}{node}{piece}{}", rest.concat()))
}

fn place(id: &str, lon: f64, lat: f64) -> Value {
    let mut place = point(lon, lat, json!({}));
    place["id"] = json!(id);
    place
}

fn bench(roads: &str) -> Bench {
    let bench = Bench::new();
    bench.write("roads.osm", roads);
    bench.put("a.geojson", &degrees(&[place("A", 13.999_980_3, 63.044_862_4)]));
    bench.put("b.geojson", &degrees(&[place("B", 14.039_389_8, 63.044_862_4)]));
    bench
}

/// Seconds and metres of the only row, or its reason.
fn travel(bench: &Bench, from: &str, to: &str, more: &str) -> (Run, Result<(f64, f64), String>) {
    let ask = format!("travel --from {from}.geojson --to {to}.geojson --out t.csv");
    let roads = if more.contains("--roads") { "" } else { "--roads roads.osm" };
    let run = bench.run(&format!("{ask} {roads} {more}"));
    assert!(run.is_success, "{}", run.err);
    let row = bench.table("t.csv").remove(0);
    let number = |at: usize| row[at].parse::<f64>().ok();
    let found = number(2).zip(number(3)).ok_or_else(|| row[6].clone());
    (run, found)
}

fn metres(roads: &str, more: &str) -> f64 {
    travel(&bench(roads), "a", "b", more).1.expect("a way").1
}

fn is(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 0.02, "{found} m, not {wanted} m");
}

#[test]
fn a_direction_that_is_forbidden_to_cars_is_not_driven() {
    let world = world("highway=unclassified|maxspeed=70|motor_vehicle:forward=no", E_PLAIN, "");
    let bench = bench(&world);
    let (_, there) = travel(&bench, "a", "b", "");
    let (_, back) = travel(&bench, "b", "a", "");
    is(there.expect("a way").1, FAR_M);
    is(back.expect("a way").1, NEAR_M);
}

#[test]
fn a_private_gate_lets_nobody_through_who_goes_elsewhere() {
    let gate =
        |tags: &str| format!("<node id=\"5\" lat=\"63.0\" lon=\"14.003937\">{}</node>", self::tags(tags));
    let piece = "highway=unclassified|maxspeed=70";
    let private = world(piece, &gate("barrier=lift_gate|motor_vehicle=private"), "");
    is(metres(&private, ""), FAR_M);
    is(metres(&world(piece, &gate("barrier=lift_gate"), ""), ""), NEAR_M);
    // A trip may end behind it: on the piece itself, from either side, and begin there.
    let bench = bench(&private);
    bench.put("b.geojson", &degrees(&[place("B", 14.02, 63.0)]));
    for (from, to) in [("a", "b"), ("b", "a")] {
        let found = travel(&bench, from, to, "").1.expect("a way").1;
        assert!((found - 6_014.0).abs() < 5.0, "{found}");
    }
}

#[test]
fn a_private_gate_in_the_middle_of_a_way_is_drawn_over_and_tells_its_road() {
    let gate =
        format!("<node id=\"5\" lat=\"63.0\" lon=\"14.02\">{}</node>", tags("barrier=gate|access=private"));
    let ways = [way(1, &[1, 5, 4], ROAD, "")];
    let bench = bench(&osm(&format!("{NODES}{gate}{}", ways.concat())));
    let run = bench.run("route --roads roads.osm --from 14.0,63.0 --to 14.0393701,63.0 --out r.geojson");
    assert!(run.is_success, "{}", run.err);
    let route = bench.json("r.geojson");
    let metres = super::bench::number(&route["features"][0]["properties"]["metres"]);
    is(metres, 1_994.99);
    // Routes of cells and critical roads in an analysis go over it too.
    let cell = |lon: f64, people: u32| point(lon, 63.0005, json!({"beftotalt": people}));
    bench.put("pop.geojson", &degrees(&[cell(14.001, 5), cell(14.039, 7)]));
    bench.put("store.geojson", &degrees(&[point(14.0393, 63.0, json!({"name": "Affär"}))]));
    bench.analyse("--roads roads.osm");
}

/// A road with a bar at each end, and a side road between them that nothing else leads to.
#[test]
fn between_two_private_gates_one_may_go_but_not_through() {
    let gate = |id: u32, lon: f64| {
        let tags = tags("barrier=gate|access=private");
        format!("<node id=\"{id}\" lat=\"63.0\" lon=\"{lon}\">{tags}</node>")
    };
    let inner = r#"<node id="8" lat="63.0" lon="14.02"/><node id="9" lat="62.99" lon="14.02"/>"#;
    let nodes = format!("{NODES}{}{}{inner}", gate(5, 14.003_937), gate(7, 14.03));
    let forest = "highway=unclassified maxspeed=70";
    let ways = [
        way(1, &[1, 2, 3, 4], ROAD, ""),
        way(2, &[1, 5], ROAD, ""),
        way(3, &[5, 8], forest, ""),
        way(5, &[8, 7], forest, ""),
        way(6, &[8, 9], forest, ""),
        way(7, &[7, 6], forest, ""),
        way(4, &[6, 4], ROAD, ""),
    ];
    let bench = bench(&osm(&format!("{nodes}{}", ways.concat())));
    is(travel(&bench, "a", "b", "").1.expect("a way").1, FAR_M);
    bench.put("b.geojson", &degrees(&[place("B", 14.02, 62.995)]));
    for (from, to) in [("a", "b"), ("b", "a")] {
        let found = travel(&bench, from, to, "").1.expect("a way").1;
        assert!((found - 6_572.0).abs() < 10.0, "{found}");
    }
}

#[test]
fn a_ferry_for_customers_takes_cars_and_one_for_walkers_none() {
    is(metres(&world("route=ferry|access=customers", E_PLAIN, ""), ""), NEAR_M);
    let on_foot = bench(&world("route=ferry|foot=yes", E_PLAIN, ""));
    let (run, found) = travel(&on_foot, "a", "b", "");
    is(found.expect("a way").1, FAR_M);
    assert!(run.said().contains("ferry_without_cars"), "{}", run.said());
    let (_, walk) = travel(&on_foot, "a", "b", "--profile walk");
    is(walk.expect("a way").1, NEAR_M);
}

#[test]
fn what_an_editor_deleted_is_gone() {
    let piece = "highway=secondary|maxspeed=80";
    is(metres(&world(piece, E_PLAIN, ""), ""), NEAR_M);
    for gone in ["action=\"delete\"", "visible=\"false\""] {
        is(metres(&world(piece, E_PLAIN, gone), ""), FAR_M);
    }
}

#[test]
fn nobody_walks_on_a_motor_road_or_begins_there() {
    let bench = bench(&world("highway=trunk|motorroad=yes", E_PLAIN, ""));
    is(travel(&bench, "a", "b", "--profile walk").1.expect("a way").1, FAR_M);
    is(travel(&bench, "a", "b", "").1.expect("a way").1, NEAR_M);
    // A house beside the motor road is put on the road at its end.
    bench.put("a.geojson", &degrees(&[place("A", 14.02, 63.0)]));
    let _ = travel(&bench, "a", "b", "");
    let access: f64 = bench.table("t.csv")[0][4].parse().expect("a number");
    assert!(access > 700.0, "{access}");
}

#[test]
fn a_road_is_closed_in_its_season() {
    let summer_road =
        world("highway=secondary|maxspeed=70|motor_vehicle:conditional=no @ (Oct 15-Jun 6)", E_PLAIN, "");
    is(metres(&summer_road, ""), NEAR_M);
    is(metres(&summer_road, "--winter 01-15"), FAR_M);
    let ice =
        world("highway=secondary|maxspeed=30|surface=ice|access:conditional=no @ (may-oct)", E_PLAIN, "");
    is(metres(&ice, ""), FAR_M);
    is(metres(&ice, "--winter 01-15"), NEAR_M);
}

#[test]
fn a_house_above_a_tunnel_takes_the_street() {
    let nodes = r#"<node id="1" lat="63.0" lon="14.0"/><node id="2" lat="63.0" lon="14.0984252"/>
<node id="3" lat="63.0053835" lon="14.0"/><node id="4" lat="63.0053835" lon="14.0984252"/>
<node id="5" lat="63.0" lon="13.9015748"/><node id="6" lat="63.0053835" lon="13.9015748"/>"#;
    let ways = [
        way(1, &[5, 1], ROAD, ""),
        way(2, &[1, 2], &format!("{ROAD} tunnel=yes"), ""),
        way(3, &[6, 3, 4], "highway=residential", ""),
        way(4, &[5, 6], ROAD, ""),
    ];
    let bench = bench(&osm(&format!("{nodes}{}", ways.concat())));
    bench.put("a.geojson", &degrees(&[place("A", 14.049_212_6, 63.001_794_5)]));
    bench.put("b.geojson", &degrees(&[place("B", 13.901_574_8, 63.0)]));
    let (_, found) = travel(&bench, "a", "b", "");
    is(found.expect("a way").1, 8_079.91);
    let access: f64 = bench.table("t.csv")[0][4].parse().expect("a number");
    assert!((access - 400.04).abs() < 0.02, "{access}");
}

#[test]
fn a_road_that_lies_twice_is_closed_twice() {
    let one = world("highway=secondary|maxspeed=80", E_PLAIN, "");
    // The same road in a second extract, parted at its middle.
    let two = osm(&format!(
        "{NODES}{E_PLAIN}<node id=\"7\" lat=\"63.0\" lon=\"14.019685\"/>{}",
        [
            way(1, &[1, 2, 3, 4], ROAD, ""),
            way(2, &[1, 5], ROAD, ""),
            way(30, &[5, 7], ROAD, ""),
            way(31, &[7, 6], ROAD, ""),
            way(4, &[6, 4], ROAD, ""),
        ]
        .concat()
    ));
    let bench = bench(&one);
    bench.write("two.osm", two);
    bench.put("closed.geojson", &degrees(&[point(14.019_685, 63.0, json!({"name": "bron"}))]));
    let both = "--roads roads.osm --roads two.osm";
    is(travel(&bench, "a", "b", both).1.expect("a way").1, NEAR_M);
    is(travel(&bench, "a", "b", &format!("{both} --closed closed.geojson")).1.expect("a way").1, FAR_M);
}

#[test]
fn nodes_that_stand_in_the_way_are_read() {
    let world =
        osm(r#"<way id="1"><nd ref="1" lat="63.0" lon="14.0"/><nd ref="2" lat="63.0" lon="14.019685"/>
<nd ref="3" lat="63.0" lon="14.0393701"/><tag k="highway" v="secondary"/><tag k="maxspeed" v="80"/></way>"#);
    let bench = bench(&world);
    bench.put("a.geojson", &degrees(&[place("A", 14.0, 63.0)]));
    bench.put("b.geojson", &degrees(&[place("B", 14.039_370_1, 63.0)]));
    let (_, found) = travel(&bench, "a", "b", "");
    is(found.expect("a way").1, 1_994.99);
}

#[test]
fn lines_of_the_topographic_map_have_classes() {
    let line = |kind: &str, from: f64, to: f64| {
        feature(
            json!({"type": "LineString", "coordinates": [[from, 63.0], [to, 63.0]]}),
            json!({"objekttyp": kind}),
        )
    };
    let kinds = ["Motortrafikled", "Landsväg", "Småväg enkel standard", "Lokalgata"];
    let lines: Vec<Value> =
        kinds.iter().zip([14.0, 14.1, 14.2, 14.3]).map(|(kind, from)| line(kind, from, from + 0.1)).collect();
    let bench = bench("");
    bench.put("lines.geojson", &degrees(&lines));
    let speed = |from: f64, to: f64| {
        bench.put("a.geojson", &degrees(&[place("A", from, 63.0)]));
        bench.put("b.geojson", &degrees(&[place("B", to, 63.0)]));
        let (_, found) = travel(&bench, "a", "b", "--roads lines.geojson");
        let (seconds, metres) = found.expect("a way");
        (metres / seconds * 3.6).round()
    };
    let found = [speed(14.0, 14.1), speed(14.1, 14.2), speed(14.2, 14.3), speed(14.3, 14.4)];
    assert!(found[0] > found[1] && found[1] > found[2] && found[2] > found[3], "{found:?}");
    // Without any column that is known, that is said aloud.
    bench.put(
        "bare.geojson",
        &degrees(&[feature(
            json!({"type": "LineString", "coordinates": [[14.0, 63.0], [14.4, 63.0]]}),
            json!({"a": 1}),
        )]),
    );
    let (run, _) = travel(&bench, "a", "b", "--roads bare.geojson");
    assert!(run.err.contains("every line"), "{}", run.err);
}

#[test]
fn blocks_that_are_packed_otherwise_are_no_damage() {
    // A blob header, and a blob whose packed data is LZ4 (field 6): nothing of it is damaged.
    let mut blob = vec![0x10, 0x04, 0x32, 0x04];
    blob.extend([0u8; 4]);
    let mut header = vec![0x0a, 0x09];
    header.extend(b"OSMHeader");
    header.extend([0x18, u8::try_from(blob.len()).expect("short")]);
    let mut file = u32::try_from(header.len()).expect("short").to_be_bytes().to_vec();
    file.extend(header);
    file.extend(blob);
    let bench = bench("");
    bench.write("roads.osm.pbf", file);
    let run = bench.run("travel --roads roads.osm.pbf --from a.geojson --to b.geojson --out t.csv");
    assert!(!run.is_success && run.err.contains("LZ4") && run.err.contains("zlib"), "{}", run.err);
}
