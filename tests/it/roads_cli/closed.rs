//! Closed and slowed roads: what a point, a line and a ring change, counted by hand, and what hits nothing.

use super::*;

/// The figures with closures from one file: within, beyond, without, by the shortest way and 20 km.
fn with_closed(country: &Country, features: &[String]) -> Value {
    country.write("closed.geojson", collection(features));
    country.analyse(&["--threshold", "20km", "--closed", "closed.geojson"])
}

/// Kilometres of a cell to the shop, or the reason why not.
fn km(cell: &Value) -> Result<f64, String> {
    match cell.get("grocery_km") {
        Some(km) => Ok(number(km)),
        None => Err(cell["grocery_reason"].as_str().expect("a reason").to_owned()),
    }
}

/// Each cell as before but those named, which have a new length or a reason.
fn cells_changed(country: &Country, changed: &[(usize, Result<f64, &str>)]) {
    let mut wanted: Vec<Result<f64, String>> =
        by_car().iter().map(|trip| trip.map(|trip| trip.m / 1000.0).ok_or(String::new())).collect();
    wanted[0] = wanted[0].clone().map(|km| km + access().m / 1000.0);
    (wanted[3], wanted[4]) = (Err("not_connected".into()), Err("no_road".into()));
    for (at, value) in changed {
        wanted[*at] = value.map_err(str::to_owned);
    }
    for (at, (cell, wanted)) in country.cells().iter().zip(wanted).enumerate() {
        match (km(cell), wanted) {
            (Ok(found), Ok(wanted)) => {
                assert!((found - wanted).abs() < 0.0011, "cell {at}: {found} {wanted}");
            }
            (found, wanted) => assert_eq!(found, wanted, "cell {at}"),
        }
    }
}

#[test]
fn a_closed_point_cuts_its_road() {
    let country = Country::new();
    let open = with_closed(&country, &[point([14.0, 63.18], "", "")]);
    // Behind the last cell: nobody needs that part.
    assert_eq!(people(&open, "grocery", 280.0).0, 160.0);
    cells_changed(&country, &[]);
    assert!(
        open["method_note"].as_str().expect("a note").contains("1 road closure"),
        "{}",
        open["method_note"]
    );
    // Between the second cell and B. By C leads only a private road, on which nobody passes through.
    let found = with_closed(&country, &[point([14.0, 63.12], "", r#""name":"Bron""#)]);
    let (within, beyond, without) = people(&found, "grocery", 280.0);
    assert_eq!((within, beyond), (140.0, 30.0));
    assert_eq!(without, reasons(&[("no_road", 50.0), ("not_connected", 60.0)]));
    cells_changed(&country, &[(1, Err("not_connected"))]);
    // Fifty metres beside the road is near enough; the one-way street is cut where the cell stands.
    with_closed(&country, &[point([14.001, 63.12], "", ""), point(CELLS[6].1, "", "")]);
    cells_changed(&country, &[(1, Err("not_connected")), (6, Err("not_connected"))]);
}

#[test]
fn a_closed_line_cuts_the_roads_along_it() {
    let country = Country::new();
    // East of the shop: who lives on the private road goes round by C, who lives beyond D does not pass.
    let along =
        shape("LineString", &line_of(&[[14.15, 63.1], [14.16, 63.1], [14.17, 63.1]]), r#""namn":"Byvägen""#);
    let found = with_closed(&country, &[along]);
    let round = sum([at(UNCLASSIFIED, &[P, C]), at(PRIMARY, &[C, B]), to_shop_from(B)]).m / 1000.0;
    assert!(round > 20.0);
    cells_changed(&country, &[(5, Ok(round)), (6, Err("not_connected"))]);
    let (within, beyond, without) = people(&found, "grocery", 280.0);
    assert_eq!((within, beyond), (30.0, 90.0));
    assert_eq!(without, reasons(&[("no_road", 50.0), ("not_connected", 110.0)]));
    assert_eq!(found["roads"]["closures"][0]["name"], "Byvägen");
}

#[test]
fn a_closed_ring_cuts_everything_inside() {
    let country = Country::new();
    let ring = |[w, s, e, n]: [f64; 4]| line_of(&[[w, s], [e, s], [e, n], [w, n], [w, s]]);
    let around_b = shape("Polygon", &format!("[{}]", ring([13.99, 63.09, 14.01, 63.11])), "");
    let found = with_closed(&country, &[around_b]);
    let cut = Err("not_connected");
    cells_changed(&country, &[(0, cut), (1, cut), (2, cut)]);
    assert_eq!(people(&found, "grocery", 280.0).2, reasons(&[("no_road", 50.0), ("not_connected", 100.0)]));
    // Two rings in one feature: B again, and the whole island, whose cell had no way before.
    let both = format!("[[{}],[{}]]", ring([13.99, 63.09, 14.01, 63.11]), ring([14.4, 62.9, 14.6, 63.1]));
    let found = with_closed(&country, &[shape("MultiPolygon", &both, r#""name":"Högvatten""#)]);
    cells_changed(&country, &[(0, cut), (1, cut), (2, cut)]);
    let closures = found["roads"]["closures"].as_array().expect("a list");
    assert_eq!(closures.len(), 2, "{closures:?}");
    // The ferry and the ice may be closed too.
    let sea = shape("Polygon", &format!("[{}]", ring([13.85, 62.95, 13.95, 63.05])), "");
    with_closed(&country, &[sea]);
    cells_changed(&country, &[(2, cut)]);
}

#[test]
fn a_closure_on_no_road_is_an_error_that_names_it() {
    let country = Country::new();
    let ways = [point([14.0, 63.12], "", r#""name":"Bron""#), point([14.05, 63.05], "", r#""name":"Hagen""#)];
    country.write("idle.geojson", collection(&ways));
    country.refuse_analysis(
        &["--roads", "roads.osm", "--closed", "idle.geojson"],
        &["\"Hagen\"", "hits no road", "Draw it on"],
    );
    let swedish = ["--roads", "roads.osm", "--closed", "idle.geojson", "--lang", "sv"];
    country.refuse_analysis(&swedish, &["avstängningen \"Hagen\" träffar ingen väg"]);
    // One without a name is told by its file and number.
    let nameless = [point([14.0, 63.12], "", ""), shape("LineString", "[[14.05,63.04],[14.05,63.06]]", "")];
    country.write("nameless.geojson", collection(&nameless));
    country.refuse_analysis(
        &["--roads", "roads.osm", "--closed", "nameless.geojson"],
        &["nameless.geojson #2", "hits no road"],
    );
    country.refuse(
        &[
            "route",
            "--roads",
            "roads.osm",
            "--from",
            "14,63.15",
            "--to",
            "14.1,63.1",
            "--closed",
            "nameless.geojson",
        ],
        &["nameless.geojson #2"],
    );
    country.refuse_analysis(
        &["--roads", "roads.osm", "--closed", "none.geojson"],
        &["none.geojson", "no such file"],
    );
    let empty = country.write("empty.geojson", collection(&[]));
    country.refuse_analysis(
        &["--roads", "roads.osm", "--closed", &empty],
        &["empty.geojson", "“features” is empty"],
    );
    country.write("text.geojson", "stängt");
    country.refuse_analysis(&["--roads", "roads.osm", "--closed", "text.geojson"], &["text.geojson"]);
}

#[test]
fn several_files_of_closures_are_joined() {
    let country = Country::new();
    country.write("one.geojson", collection(&[point([14.0, 63.12], "", r#""name":"Bron""#)]));
    country.write("two.geojson", collection(&[point([13.9, 63.0], "", r#""name":"Färjan""#)]));
    let found = country.analyse(&["--closed", "one.geojson", "--closed", "two.geojson"]);
    let closures = found["roads"]["closures"].as_array().expect("a list");
    let names: Vec<&str> = closures.iter().filter_map(|closure| closure["name"].as_str()).collect();
    assert_eq!(names, ["Bron", "Färjan"]);
    assert_ne!(closures[0]["id"], closures[1]["id"]);
    let cut = Err("not_connected");
    cells_changed(&country, &[(1, cut), (2, cut)]);
}

/// The trip of the first cell with a closure, without the walk.
fn slowed(country: &Country, feature: &str) -> Trip {
    country.write("slow.geojson", collection(&[feature.to_owned()]));
    let from = country.write("from.geojson", collection(&[point(CELLS[0].1, "", "")]));
    country.travel(&from, "shops.geojson", &["--closed", "slow.geojson"])[0].trip()
}

#[test]
fn slower_roads_take_that_much_longer() {
    let country = Country::new();
    let (first, second) = (at(PRIMARY, &[[14.0, 63.02], B]), to_shop_from(B));
    let twice = |trip: Trip| Trip { s: trip.s * 2.0, ..trip };
    let wanted = sum([twice(first), second]);
    is_about(
        slowed(&country, &point([14.0, 63.05], "", r#""slower":2"#)),
        wanted,
        "a point slows its stretch",
    );
    let plain = shape("LineString", &line_of(&[[14.0, 63.04], [14.0, 63.05]]), r#""slower":"2,0""#);
    let along = |tenths: f64| sum([Trip { s: first.s * (1.0 + tenths / 10.0), ..first }, second]);
    let near = |found: Trip, wanted: Trip, what: &str| {
        // A line reaches ten metres beyond its ends.
        assert!(
            (found.s - wanted.s).abs() < 3.0 && (found.m - wanted.m).abs() < 1.0,
            "{what}: {found:?} {wanted:?}"
        );
    };
    near(slowed(&country, &plain), along(1.0), "a line slows what it lies along");
    // However finely a line is drawn: its road is twice as slow, not three times and more.
    let fine = [[14.0, 63.03], [14.0, 63.04], [14.0, 63.05], [14.0, 63.06]];
    let fine = shape("LineString", &line_of(&fine), r#""slower":2"#);
    near(slowed(&country, &fine), along(3.0), "a line of three parts");
    // A ring slows what lies inside: a tenth of the stretch, spread over the whole of it.
    let ring = line_of(&[[13.9, 63.03], [14.1, 63.03], [14.1, 63.04], [13.9, 63.04], [13.9, 63.03]]);
    let ring = shape("Polygon", &format!("[{ring}]"), r#""slower":3"#);
    let wanted = sum([Trip { s: first.s * 1.2, ..first }, second]);
    let found = slowed(&country, &ring);
    assert!((found.s - wanted.s).abs() < 0.5 && (found.m - wanted.m).abs() < 1.0, "{found:?} {wanted:?}");
}

#[test]
fn a_factor_that_is_none_does_not_close_the_road() {
    let country = Country::new();
    let analyse = |lang: &str| {
        let mut all = vec!["analyse", "--json", "--out", "out", "--population", "cells.geojson"];
        all.extend(["--grocery", "shops.geojson", "--roads", "roads.osm", "--closed", "slow.geojson"]);
        country.run(&[all.as_slice(), &["--lang", lang]].concat())
    };
    for factor in ["0.5", "0", "-2", "\"två\"", "\"2 ×\"", "true"] {
        let slow = point([14.0, 63.12], "", &format!(r#""slower":{factor}"#));
        country.write("slow.geojson", collection(&[point([14.0, 63.05], "", ""), slow.clone()]));
        // The other closure of the file holds; this one is named, with its value.
        let done = analyse("en");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(0), "{said}");
        assert!(said.contains("feature 2: slower =") && said.contains("Write for example 2"), "{said}");
        let summary: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
        assert_eq!(summary["roads"]["closures"].as_array().map(Vec::len), Some(1), "{factor}");
        country.write("slow.geojson", collection(&[slow]));
        assert_eq!(analyse("sv").status.code(), Some(1), "nothing of the file can be used");
    }
}

/// What the closures do stands beside the figures: those of the same roads, all open.
#[test]
fn closures_are_told_by_what_would_be_without_them() {
    let country = Country::new();
    let open = country.analyse(&["--threshold", "20min"]);
    assert_eq!(open["kinds"]["grocery"]["with_all_roads_open"], serde_json::Value::Null);
    country.write("closed.geojson", collection(&[point([14.0, 63.05], "", "")]));
    let closed = country.analyse(&["--threshold", "20min", "--closed", "closed.geojson"]);
    let (before, told) = (&open["kinds"]["grocery"], &closed["kinds"]["grocery"]["with_all_roads_open"]);
    for name in ["people_within", "people_beyond", "mean_km", "mean_min"] {
        assert_eq!(told[name], before[name], "{name}");
    }
    assert_ne!(closed["kinds"]["grocery"]["people_within"], before["people_within"], "somebody is concerned");
}

/// Motorways and ferries are no places to begin a trip, but they are closed like other roads.
#[test]
fn a_motorway_is_closed_and_not_the_road_beside_it() {
    let country = Country::new();
    let beside: Vec<[f64; 2]> = [[13.999, 63.0], [13.999, 63.1]].to_vec();
    let roads = osm(&[
        (vec![A, B], "highway=motorway oneway=no"),
        (vec![A, beside[0], beside[1], B], "highway=tertiary"),
        (vec![B, D], "highway=secondary maxspeed=80"),
    ]);
    country.write("roads.osm", roads);
    let from = country.write("from.geojson", collection(&[point([14.0, 62.999], "", "")]));
    let fast = sum([at(MOTORWAY, &[A, B]), to_shop_from(B)]);
    let slow = sum([at(TERTIARY, &[A, beside[0], beside[1], B]), to_shop_from(B)]);
    is_about(country.travel(&from, "shops.geojson", &[])[0].trip(), fast, "by the motorway");
    for (place, wanted) in [([14.0, 63.05], slow), ([13.9991, 63.05], fast)] {
        country.write("closed.geojson", collection(&[point(place, "", "")]));
        let found = country.travel(&from, "shops.geojson", &["--closed", "closed.geojson"])[0].trip();
        is_about(found, wanted, &format!("closed at {place:?}"));
    }
}
