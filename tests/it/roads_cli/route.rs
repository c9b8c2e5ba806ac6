//! Routes: a whole line, its legs that sum to it, and the same cost as the table gives.

use super::*;

fn length_of(feature: &Value) -> Trip {
    let of = |name: &str| number(&feature["properties"][name]);
    Trip { m: of("metres"), s: of("seconds") }
}

fn line(feature: &Value) -> Vec<[f64; 2]> {
    assert_eq!((&feature["type"], &feature["geometry"]["type"]), (&"Feature".into(), &"LineString".into()));
    let coordinates = feature["geometry"]["coordinates"].as_array().expect("a line");
    coordinates.iter().map(|c| [number(&c[0]), number(&c[1])]).collect()
}

fn is_near(a: [f64; 2], b: [f64; 2]) -> bool {
    metres(&[a, b]) < 0.2
}

/// Checks what holds for every route, and answers the names of its legs.
fn checked(features: &[Value], from: [f64; 2], to: [f64; 2]) -> Vec<String> {
    let (whole, legs) = features.split_first().expect("a route");
    let about = &whole["properties"];
    assert_eq!((&about["type"], number(&about["legs"])), (&"route".into(), legs.len() as f64));
    assert_eq!([number(&about["from"][0]), number(&about["from"][1])], from);
    assert_eq!([number(&about["to"][0]), number(&about["to"][1])], to);
    let all = line(whole);
    assert!(all.len() >= 2, "a line has two positions: {all:?}");
    // It begins and ends on the road, as far from the places as it says.
    for (end, place, name) in [(all[0], from, "from_access_m"), (all[all.len() - 1], to, "to_access_m")] {
        assert!((metres(&[end, place]) - number(&about[name])).abs() < 0.2, "{name}: {end:?} {place:?}");
    }
    let access = number(&about["from_access_m"]) + number(&about["to_access_m"]);
    assert!((number(&about["access_seconds"]) - access / 5.0 * 3.6).abs() < 0.05);
    let total = length_of(whole);
    assert!((metres(&all) - total.m).abs() < 0.5 + total.m * 1e-5, "{} {total:?}", metres(&all));
    let mut sum = Trip { m: 0.0, s: 0.0 };
    let mut before = all[0];
    for (number_, leg) in legs.iter().enumerate() {
        let (own, points) = (length_of(leg), line(leg));
        assert_eq!(
            (&leg["properties"]["type"], number(&leg["properties"]["leg"])),
            (&"leg".into(), number_ as f64 + 1.0)
        );
        assert!(is_near(before, points[0]) && points.len() >= 2, "legs follow one another");
        assert!(metres(&points) - own.m < 0.5 + own.m * 1e-5);
        before = points[points.len() - 1];
        sum = Trip { m: sum.m + own.m, s: sum.s + own.s };
    }
    assert!(is_near(before, all[all.len() - 1]));
    assert!((sum.m - total.m).abs() < 0.01 && (sum.s - total.s).abs() < 0.005, "{sum:?} {total:?}");
    let name = |leg: &Value| leg["properties"]["name"].as_str().unwrap_or("-").to_owned();
    legs.iter().map(name).collect()
}

#[test]
fn legs_sum_to_the_whole_and_have_names() {
    let country = Country::new();
    let route = country.route(CELLS[2].1, SHOP, &[]);
    let names = checked(&route, CELLS[2].1, SHOP);
    assert_eq!(names, ["Färjevägen", "Färjan", "Storvägen (321)", "Byvägen"]);
    let parts = [at(TERTIARY, &[[13.8, 63.04], H]), ferry(), at(PRIMARY, &[A, B]), to_shop_from(B)];
    for (leg, by_hand) in route[1..].iter().zip(parts) {
        is_about(length_of(leg), by_hand, "a leg");
    }
    is_about(length_of(&route[0]), sum(parts), "the whole");
    let classes: Vec<&Value> = route[1..].iter().map(|leg| &leg["properties"]["class"]).collect();
    assert_eq!(classes, ["tertiary", "ferry", "primary", "secondary"]);
    assert_eq!(
        (&route[0]["properties"]["profile"], &route[0]["properties"]["cost"]),
        (&"car".into(), &"time".into())
    );
    let one_way = country.route(CELLS[6].1, SHOP, &["--cost", "distance"]);
    assert_eq!(checked(&one_way, CELLS[6].1, SHOP), ["Enkelgatan", "Omvägen", "Byvägen"]);
    assert_eq!(one_way[0]["properties"]["cost"], "distance");
    // One road is one leg, though a junction lies on it.
    assert_eq!(checked(&country.route(A, C, &[]), A, C), ["Storvägen (321)"]);
    assert_eq!(checked(&country.route(CELLS[0].1, SHOP, &[]), CELLS[0].1, SHOP).len(), 2);
}

#[test]
fn a_route_costs_what_the_table_says() {
    let country = Country::new();
    let ends = [
        CELLS[0].1,
        CELLS[1].1,
        CELLS[2].1,
        CELLS[5].1,
        CELLS[6].1,
        SHOP,
        A,
        B,
        C,
        D,
        E,
        G,
        H,
        K,
        [14.15, 63.1],
    ];
    let features: Vec<String> =
        ends.iter().enumerate().map(|(at, place)| point(*place, &format!(r#""id":"{at}","#), "")).collect();
    let file = country.write("ends.geojson", collection(&features));
    let slower =
        shape("LineString", &line_of(&[[14.01, 63.1], [14.05, 63.1], [14.09, 63.1]]), r#""slower":2"#);
    country.write("slower.geojson", collection(&[slower, point([14.0, 63.18], "", "")]));
    for more in [
        &[][..],
        &["--cost", "distance"],
        &["--profile", "walk"],
        &["--closed", "slower.geojson"],
        &["--winter"],
    ] {
        let table = country.travel(&file, &file, more);
        assert_eq!(table.len(), ends.len() * ends.len());
        for row in table.iter().step_by(4) {
            let place = |id: &str| ends[id.parse::<usize>().expect("a number")];
            let (from, to) = (place(&row.from), place(&row.to));
            if !row.reason.is_empty() {
                assert_eq!(row.reason, "not_connected");
                let place = |[lon, lat]: [f64; 2]| format!("{lon},{lat}");
                let (from, to) = (place(from), place(to));
                let all = ["route", "--roads", "roads.osm", "--from", &from, "--to", &to];
                country.refuse(
                    &all.into_iter().chain(more.iter().copied()).collect::<Vec<_>>(),
                    &["not connected by road"],
                );
                continue;
            }
            let route = country.route(from, to, more);
            checked(&route, from, to);
            let found = length_of(&route[0]);
            let wanted = row.trip();
            assert!(
                (found.m - wanted.m).abs() < 0.006 && (found.s - wanted.s).abs() < 0.0015,
                "{more:?} {row:?} {found:?}"
            );
        }
    }
}

#[test]
fn from_a_place_to_itself_is_a_line_too() {
    let country = Country::new();
    for place in [SHOP, A, B, E, CELLS[0].1, CELLS[6].1] {
        let route = country.route(place, place, &[]);
        checked(&route, place, place);
        assert_eq!((length_of(&route[0]).m, length_of(&route[0]).s), (0.0, 0.0), "{place:?}");
    }
}

#[test]
fn what_cannot_be_reached_is_told() {
    let country = Country::new();
    let roads = ["route", "--roads", "roads.osm"];
    let ask = |more: &[&'static str], phrases: &[&str]| {
        country.refuse(&roads.into_iter().chain(more.iter().copied()).collect::<Vec<_>>(), phrases);
    };
    // The island has 3.3 km of road, the main land's all lies in one piece.
    ask(
        &["--from", "14.5,63.01", "--to", "14.1,63.1"],
        &["not connected by road", "the first lies on a piece of the network with 3.3 km"],
    );
    ask(
        &["--from", "14.1,63.1", "--to", "14.5,63.01", "--lang", "sv"],
        &["inte förbundna längs väg", "den andra på en del av vägnätet med 3,3 km"],
    );
    ask(
        &["--from", "14.1,63.08", "--to", "14.1,63.1", "--max-access", "2km"],
        &["--from", "no road nearby", "The nearest road is 2.23 km away", "the limit is 2.00 km"],
    );
    ask(
        &["--from", "14.1,63.1", "--to", "14.1,63.08", "--max-access", "2km", "--lang", "sv"],
        &["--to", "Närmaste väg ligger 2,23 km bort"],
    );
    ask(
        &["--from", "14.1,63.1", "--to", "17,65"],
        &["--to", "no road nearby", "There is none within 3.00 km"],
    );
    // Closed, one does not leave a piece: it is the closure that parts them.
    country.write("closed.geojson", collection(&[point([14.0, 63.12], "", r#""name":"Bron""#)]));
    ask(
        &["--from", "14.0,63.15", "--to", "14.1,63.1", "--closed", "closed.geojson"],
        &["not connected by road", "closed roads"],
    );
    ask(
        &["--from", "14.0,63.15", "--to", "14.1,63.1", "--closed", "closed.geojson", "--lang", "sv"],
        &["inte förbundna längs väg", "avstängda vägar"],
    );
    for wrong in ["14.1", "14.1;63.1", "x,63", "63.1,194.1", "14,95", "NaN,63", "14,inf"] {
        let done = country.run(&["route", "--roads", "roads.osm", "--from", wrong, "--to", "14.1,63.1"]);
        assert!(!done.status.success() && text(&done.stderr).contains("--from"), "{wrong}: {done:?}");
    }
}

#[test]
fn a_route_goes_to_a_file_if_said() {
    let country = Country::new();
    let printed = country.good(&["route", "--roads", "roads.osm", "--from", "14,63.02", "--to", "14.1,63.1"]);
    let all = [
        "route",
        "--roads",
        "roads.osm",
        "--from",
        "14,63.02",
        "--to",
        "14.1,63.1",
        "--out",
        "route.geojson",
    ];
    assert_eq!(country.good(&all), b"");
    let mut written = std::fs::read(country.path("route.geojson")).expect("a file");
    written.push(b'\n');
    assert_eq!(written, printed);
    let below = [
        "route",
        "--roads",
        "roads.osm",
        "--from",
        "14,63.02",
        "--to",
        "14.1,63.1",
        "--out",
        "no/such/r.geojson",
    ];
    country.refuse(&below, &["no/such/r.geojson", "cannot be written", "Choose another place"]);
    // Standard output and the file hold GeoJSON that its own library reads.
    let parsed: geojson::GeoJson = text(&printed).parse().expect("valid GeoJSON");
    assert!(matches!(parsed, geojson::GeoJson::FeatureCollection(_)));
}
