//! A forbidden turn binds who arrives by a road and goes on, never who sets out at the junction or ends there.

use std::fmt::Write as _;

use serde_json::json;

use super::bench::{Bench, degrees, point};

const BANS: [&str; 8] = [
    "no_left_turn",
    "no_right_turn",
    "no_straight_on",
    "no_u_turn",
    "only_left_turn",
    "only_right_turn",
    "only_straight_on",
    "no_entry",
];

/// The four arms of a junction: east, north, west, south; about one, two, three and four kilometres long.
const ARMS: [(f64, f64); 4] = [(0.02, 0.0), (0.0, 0.018), (-0.06, 0.0), (0.0, -0.036)];

/// Which way an arm may be driven: both, only away from the junction, only towards it.
const WAYS: [[&str; 4]; 3] =
    [["both"; 4], ["away", "both", "both", "both"], ["both", "towards", "both", "away"]];

fn roads(ban: &str, from: usize, to: usize, ways: [&str; 4]) -> String {
    let mut text = String::from("<osm version='0.6'><node id='1' lon='15.0' lat='63.0'/>");
    for (at, (lon, lat)) in ARMS.iter().enumerate() {
        let _ = write!(text, "<node id='{}' lon='{}' lat='{}'/>", at + 2, 15.0 + lon, 63.0 + lat);
    }
    for (at, way) in ways.iter().enumerate() {
        let ends = if *way == "towards" { [at + 2, 1] } else { [1, at + 2] };
        let one_way = if *way == "both" { "no" } else { "yes" };
        let _ = write!(
            text,
            "<way id='{}'><nd ref='{}'/><nd ref='{}'/><tag k='highway' v='tertiary'/><tag k='oneway' v='{one_way}'/></way>",
            at + 10,
            ends[0],
            ends[1]
        );
    }
    let _ = write!(
        text,
        "<relation id='1'><member type='way' ref='{}' role='from'/><member type='node' ref='1' role='via'/>\
         <member type='way' ref='{}' role='to'/><tag k='type' v='restriction'/><tag k='restriction' v='{ban}'/></relation></osm>",
        from + 10,
        to + 10
    );
    text
}

#[test]
fn no_ban_binds_a_start_or_an_end_at_the_junction() {
    let bench = Bench::new();
    let ends: Vec<_> = ARMS.iter().map(|(lon, lat)| point(15.0 + lon, 63.0 + lat, json!({}))).collect();
    bench.put("ends.geojson", &degrees(&ends));
    bench.put("junction.geojson", &degrees(&[point(15.0, 63.0, json!({}))]));
    let metres = |from: &str, to: &str| -> Vec<Option<f64>> {
        let run = bench
            .run(&format!("travel --roads roads.osm --from {from}.geojson --to {to}.geojson --out t.csv"));
        assert!(run.is_success, "{}", run.err);
        bench.table("t.csv").iter().map(|row| row[3].parse().ok()).collect()
    };
    let mut free: Option<[Vec<Option<f64>>; 2]> = None;
    for ways in WAYS {
        for (number, ban) in BANS.iter().enumerate() {
            for from in 0..4 {
                let to = (from + 1 + number) % 4;
                bench.write("roads.osm", roads(ban, from, to, ways));
                let found = [metres("junction", "ends"), metres("ends", "junction")];
                for (at, way) in ways.iter().enumerate() {
                    let (out, back) = (found[0][at], found[1][at]);
                    assert_eq!(out.is_some(), *way != "towards", "{ban} {from}→{to}, arm {at}: out {out:?}");
                    assert_eq!(back.is_some(), *way != "away", "{ban} {from}→{to}, arm {at}: back {back:?}");
                    // As long as the arm, whatever is forbidden.
                    let (lon, lat) = ARMS[at];
                    let length = (lon * 50_672.0).hypot(lat * 111_466.0);
                    for way in [out, back].into_iter().flatten() {
                        assert!((way - length).abs() < length * 0.01, "{ban} {from}→{to}, arm {at}: {way} m");
                    }
                }
                if ways == WAYS[0] {
                    let known = free.get_or_insert_with(|| found.clone());
                    assert_eq!(*known, found, "{ban} {from}→{to} changes nothing at the junction");
                }
            }
        }
    }
}
