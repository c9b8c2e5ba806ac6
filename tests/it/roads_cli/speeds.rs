//! Who travels how fast: profiles, a file of speeds, winter.

use super::*;

/// The fastest trips to the shop.
fn trips(country: &Country, more: &[&str]) -> Vec<Row> {
    country.travel("cells.geojson", "shops.geojson", more)
}

#[test]
fn a_file_of_speeds_from_an_export_changes_nothing_until_it_is_changed() {
    let country = Country::new();
    let before = country.analyse(&["--cost", "time"]);
    let mut profile = before["roads"]["profile"].clone();
    country.write("speeds.json", profile.to_string());
    let mut after = country.analyse(&["--cost", "time", "--speeds", "speeds.json"]);
    after["seconds"] = before["seconds"].clone();
    assert_eq!(after, before);
    profile["speeds_kmh"]["primary"] = 35.0.into();
    profile["limit_share"] = 0.5.into();
    profile["ferry_wait_min"] = 0.0.into();
    country.write("speeds.json", profile.to_string());
    let rows = trips(&country, &["--speeds", "speeds.json"]);
    let village = at(0.5 * 80.0, &[B, SHOP]);
    is_about(rows[0].trip(), sum([at(35.0, &[[14.0, 63.02], B]), village]), "half as fast");
    let ferry = Trip { s: 1200.0, ..ferry() };
    let parts = [at(TERTIARY, &[[13.8, 63.04], H]), ferry, at(35.0, &[A, B]), village];
    is_about(rows[2].trip(), sum(parts), "without waiting");
    let found = country.analyse(&["--cost", "time", "--speeds", "speeds.json"]);
    assert_eq!(found["roads"]["profile"], profile, "what was said is what is told");
}

#[test]
fn a_file_may_say_only_what_it_changes() {
    let country = Country::new();
    country.write("speeds.json", r#"{"speeds_kmh":{"primary":35},"max_access":50}"#);
    let rows = trips(&country, &["--speeds", "speeds.json"]);
    assert_eq!(rows[0].reason, "no_road_at_from", "the access leg is the file's");
    is_about(rows[1].trip(), sum([at(35.0, &[[14.0, 63.15], B]), to_shop_from(B)]), "the class that is said");
    is_about(rows[6].trip(), by_car()[6].expect("a way"), "the classes that are not");
    let rows = trips(&country, &["--speeds", "speeds.json", "--max-access", "1km"]);
    assert_eq!(rows[0].reason, "", "what the command line says counts more");
}

#[test]
fn a_class_at_zero_is_closed_to_cars() {
    let country = Country::new();
    country.write("speeds.json", r#"{"speeds_kmh":{"residential":0}}"#);
    let rows = trips(&country, &["--speeds", "speeds.json"]);
    // The one-way street is no road; the nearest is the private one, straight to its foot between D and P.
    let [lon, lat] = degree_m(63.11);
    let to_p = [(P[0] - D[0]) * lon, (P[1] - D[1]) * lat];
    let share = 0.01 * lat * to_p[1] / (to_p[0] * to_p[0] + to_p[1] * to_p[1]);
    let foot = [(P[0] - D[0]).mul_add(share, D[0]), (P[1] - D[1]).mul_add(share, D[1])];
    is_about(rows[6].trip(), sum([at(UNCLASSIFIED, &[foot, D]), to_shop_from(D)]), "from the private road");
    assert!(
        (rows[6].from_access.expect("a length") - metres(&[CELLS[6].1, foot])).abs() < 0.5,
        "{:?}",
        rows[6]
    );
}

#[test]
fn a_bad_file_of_speeds_is_named_with_its_value() {
    let country = Country::new();
    let refuse = |content: &str, phrases: &[&str]| {
        country.write("speeds.json", content);
        let all: Vec<&str> = ["speeds.json", "cannot be read as speeds", "profile"]
            .into_iter()
            .chain(phrases.iter().copied())
            .collect();
        country.refuse_analysis(&["--roads", "roads.osm", "--speeds", "speeds.json"], &all);
        let travel = [
            "travel",
            "--roads",
            "roads.osm",
            "--from",
            "cells.geojson",
            "--to",
            "shops.geojson",
            "--out",
            "t.csv",
        ];
        country.refuse(&travel.into_iter().chain(["--speeds", "speeds.json"]).collect::<Vec<_>>(), &all);
        assert!(!country.path("t.csv").exists());
    };
    refuse(r#"{"speeds_kmh":{"primary":700}}"#, &["primary = 700", "between 1 and 200"]);
    refuse(r#"{"speeds_kmh":{"primary":-3}}"#, &["primary = -3"]);
    refuse(r#"{"speeds_kmh":{"primary":"fast"}}"#, &["fast"]);
    refuse(r#"{"speeds_kmh":{"highroad":70}}"#, &["highroad"]);
    refuse(r#"{"walk_kmh":0}"#, &["walk_kmh = 0"]);
    refuse(r#"{"limit_share":4}"#, &["limit_share = 4", "between 0.1 and 3"]);
    refuse(r#"{"ferry_wait_min":-1}"#, &["-1 minutes"]);
    refuse(r#"{"max_access":-1}"#, &["-1"]);
    refuse(r#"{"winter":{"speed_factor":0}}"#, &["winter.speed_factor = 0"]);
    refuse(r#"{"gravl_kmh":30}"#, &["no member is called gravl_kmh"]);
    refuse(r#"{"winter":{"is_on":true,"speed":1}}"#, &["no member is called winter.speed"]);
    refuse(&country.analyse(&[]).to_string(), &["no member is called"]);
    refuse("hastigheter", &["line 1"]);
    refuse("", &[]);
    let missing = ["--roads", "roads.osm", "--speeds", "none.json"];
    country.refuse_analysis(&missing, &["none.json", "no such file", "Check the path"]);
    let missing = ["--roads", "roads.osm", "--speeds", "none.json", "--lang", "sv"];
    country.refuse_analysis(&missing, &["none.json", "filen finns inte"]);
}

#[test]
fn walking_takes_private_roads_and_paths() {
    let country = Country::new();
    let found = country.analyse(&["--profile", "walk", "--threshold", "2h"]);
    assert_eq!(found["roads"]["mode"], "walk");
    assert!(found["method_note"].as_str().expect("a note").contains("walking"));
    let (_, _, without) = people(&found, "grocery", 280.0);
    assert_eq!(without, reasons(&[("no_road", 50.0), ("not_connected", 40.0)]));
    let cells = country.cells();
    let minutes = |at: usize| number(&cells[at]["grocery_min"]);
    let walk = |line: &[[f64; 2]]| at(5.0, line).s / 60.0;
    assert!((minutes(1) - walk(&[[14.0, 63.15], B, SHOP])).abs() < 0.02);
    assert!((minutes(6) - walk(&[[14.2, 63.11], D, SHOP])).abs() < 0.02, "against the one-way street");
    // The ferry takes who walks, too.
    let over = walk(&[[13.8, 63.04], H]) + 25.0 + walk(&[A, B, SHOP]);
    assert!((minutes(2) - over).abs() < 0.02, "{} {over}", minutes(2));
}

#[test]
fn winter_is_slower_and_opens_the_ice() {
    let country = Country::new();
    let summer = trips(&country, &[]);
    let winter = trips(&country, &["--winter"]);
    let half = at(0.9 * 68.0, &[B, SHOP]);
    is_about(winter[1].trip(), sum([at(0.9 * PRIMARY, &[[14.0, 63.15], B]), half]), "a tenth slower");
    // From K over the ice, at no more than 30 km/h, instead of the ferry.
    let ice = sum([at(0.9 * TERTIARY, &[[13.8, 63.04], K]), at(0.9 * UNCLASSIFIED, &[K, Q, B]), half]);
    let boat = sum([at(0.9 * TERTIARY, &[[13.8, 63.04], H]), ferry(), at(0.9 * PRIMARY, &[A, B]), half]);
    assert!(ice.s < boat.s);
    is_about(winter[2].trip(), ice, "over the ice");
    for (day, is_winter) in [
        ("12-15", true),
        ("12-14", false),
        ("03-31", true),
        ("04-01", false),
        ("01-01", true),
        ("07-15", false),
    ] {
        let found = trips(&country, &["--winter", day]);
        assert_eq!(found, if is_winter { winter.clone() } else { summer.clone() }, "{day}");
    }
    let found = country.analyse(&["--winter"]);
    assert!(found["method_note"].as_str().expect("a note").contains("winter"));
    assert_eq!(found["roads"]["profile"]["winter"]["is_on"], true);
    let found = country.analyse(&["--winter", "07-15"]);
    assert!(!found["method_note"].as_str().expect("a note").contains("winter"), "winter has not come");
    for wrong in ["13-01", "02-32", "0215", "00-10", "x-y", "summer"] {
        let done =
            country.run(&["analyse", "--demo", "--out", "x", "--roads", "roads.osm", "--winter", wrong]);
        assert!(!done.status.success() && text(&done.stderr).contains("MM-DD"), "{wrong}: {done:?}");
    }
}
