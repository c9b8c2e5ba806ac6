//! Tables of travel costs: every pair with its cost or its reason, and one cost a pair however it is asked for.

use std::collections::BTreeMap;

use super::*;

/// The cells again, with ids of every sort.
fn places(country: &Country) {
    let ids = [r#""id":"alfa","#, r#""id":2,"#, "", "", r#""id":"far","#, "", r#""id":"gata","#];
    let properties = [r#""id":"not this""#, "", r#""id":"K 3""#, r#""id":4.5"#, "", r#""name":"P""#, ""];
    let from: Vec<String> = (0..7).map(|at| point(CELLS[at].1, ids[at], properties[at])).collect();
    country.write("from.geojson", collection(&from));
    let to = [
        point(SHOP, r#""id":"shop","#, ""),
        point([14.5, 63.02], r#""id":"island","#, ""),
        point([16.0, 64.0], r#""id":"nowhere","#, ""),
    ];
    country.write("to.geojson", collection(&to));
}

const IDS: [&str; 7] = ["alfa", "2", "K 3", "4.5", "far", "6", "gata"];

#[test]
fn every_pair_has_its_cost_or_its_reason() {
    let country = Country::new();
    places(&country);
    let rows = country.travel("from.geojson", "to.geojson", &[]);
    assert_eq!(rows.len(), 7 * 3);
    for (at, (three, by_hand)) in rows.chunks(3).zip(by_car()).enumerate() {
        let to: Vec<&str> = three.iter().map(|row| row.to.as_str()).collect();
        assert_eq!(to, ["shop", "island", "nowhere"]);
        assert!(three.iter().all(|row| row.from == IDS[at]), "{three:?}");
        let reasons: Vec<&str> = three.iter().map(|row| row.reason.as_str()).collect();
        let wanted = match at {
            3 => ["not_connected", "", "no_road_at_to"],
            4 => ["no_road_at_from"; 3],
            _ => ["", "not_connected", "no_road_at_to"],
        };
        assert_eq!(reasons, wanted, "{at}");
        for row in three {
            assert_eq!(row.reason.is_empty(), row.metres.is_some() && row.seconds.is_some(), "{row:?}");
            assert!(row.metres.is_some() == row.seconds.is_some());
        }
        if let Some(by_hand) = by_hand {
            is_about(three[0].trip(), by_hand, IDS[at]);
        }
    }
    is_about(rows[10].trip(), at(UNCLASSIFIED, &[[14.5, 63.01], [14.5, 63.02]]), "on the island");
    // The way to the road stands apart.
    assert!((rows[0].from_access.expect("access") - access().m).abs() < 0.1, "{:?}", rows[0]);
    assert_eq!(rows[0].to_access, Some(0.0));
    assert_eq!((rows[12].from_access, rows[2].to_access), (None, None), "no road is near enough to tell");
}

#[test]
fn a_road_too_far_away_is_told_with_its_length() {
    let country = Country::new();
    places(&country);
    let rows = country.travel("from.geojson", "to.geojson", &["--max-access", "60m"]);
    assert_eq!(rows[0].reason, "no_road_at_from");
    assert!((rows[0].from_access.expect("within twice the limit") - access().m).abs() < 0.1);
}

#[test]
fn distances_may_be_minimised_instead() {
    let country = Country::new();
    places(&country);
    let fast = country.travel("from.geojson", "to.geojson", &[]);
    let short = country.travel("from.geojson", "to.geojson", &["--cost", "distance"]);
    for (fast, short) in fast.iter().zip(&short) {
        assert_eq!((&fast.from, &fast.to, &fast.reason), (&short.from, &short.to, &short.reason));
        assert!(short.metres <= fast.metres && short.seconds >= fast.seconds, "{short:?} {fast:?}");
    }
    // Two ways of one length and different speeds: from E to D by G, or not at all by the one-way street.
    let one = country.write("e.geojson", collection(&[point(E, "", "")]));
    let two = country.write("d.geojson", collection(&[point(D, "", "")]));
    let there = country.travel(&two, &one, &["--cost", "distance"]);
    is_about(there[0].trip(), at(27.0, &[D, E]), "with the one-way street");
    let back = country.travel(&one, &two, &["--cost", "distance"]);
    is_about(back[0].trip(), at(27.0, &[E, G, D]), "against it");
}

/// A cost by its two ids, as the table writes it.
type Costs = BTreeMap<(String, String), (Option<f64>, Option<f64>)>;

fn costs(rows: &[Row]) -> Costs {
    rows.iter()
        .filter(|row| row.reason.is_empty())
        .map(|row| ((row.from.clone(), row.to.clone()), (row.seconds, row.metres)))
        .collect()
}

#[test]
fn a_pair_costs_the_same_however_it_is_asked_for() {
    let country = Country::new();
    let all: Vec<([f64; 2], String)> = CELLS
        .iter()
        .map(|(_, place)| *place)
        .chain([SHOP, A, B, C, D, E, G, K, [14.05, 63.1], [14.21, 63.11], [14.05, 63.175], ISLAND[0]])
        .enumerate()
        .map(|(at, place)| (place, format!("p{at}")))
        .collect();
    let file = |name: &str, places: &[([f64; 2], String)]| {
        let features: Vec<String> =
            places.iter().map(|(place, id)| point(*place, &format!(r#""id":"{id}","#), "")).collect();
        country.write(name, collection(&features))
    };
    let (every, some) = (file("all.geojson", &all), file("some.geojson", &all[5..12]));
    for cost in ["time", "distance"] {
        let by = ["--cost", cost];
        let whole = country.travel(&every, &every, &by);
        assert_eq!(whole.len(), all.len() * all.len());
        let wanted = costs(&whole);
        let agree = |found: &[Row], what: &str| {
            let found = costs(found);
            assert!(!found.is_empty(), "{what}");
            for (pair, cost) in &found {
                assert_eq!(Some(cost), wanted.get(pair), "{what}, {pair:?}");
            }
            found.len()
        };
        let count = |from: usize, to: usize| {
            let in_part =
                |id: &str, n: usize| n == all.len() || all[5..12].iter().any(|(_, some)| some == id);
            wanted.keys().filter(|(a, b)| in_part(a, from) && in_part(b, to)).count()
        };
        // Searched from either side, or all at once.
        assert_eq!(agree(&country.travel(&every, &some, &by), "fewer to"), count(all.len(), 7));
        assert_eq!(agree(&country.travel(&some, &every, &by), "fewer from"), count(7, all.len()));
        let many = country.travel(&every, &some, &["--cost", cost, "--k", "50"]);
        assert_eq!(agree(&many, "k beyond all"), count(all.len(), 7));
        agree(&country.travel(&every, &some, &["--cost", cost, "--k", "2"]), "k = 2");
        agree(&country.travel(&every, &some, &["--cost", cost, "--max", "15min"]), "max");
        agree(&country.travel(&some, &every, &["--cost", cost, "--max", "12km"]), "max km");
        agree(&country.travel(&every, &every, &["--cost", cost, "--max", "15km", "--k", "4"]), "both");
        for (a, b) in [(0, 7), (6, 7), (7, 6), (5, 16), (17, 5), (12, 13), (2, 14)] {
            let (a, b) = (file("a.geojson", &all[a..=a]), file("b.geojson", &all[b..=b]));
            agree(&country.travel(&a, &b, &by), "one pair");
        }
    }
}

#[test]
fn limits_leave_out_what_lies_beyond() {
    let country = Country::new();
    places(&country);
    // In rising order of minutes from each place: nothing but the shop can be reached from the main land.
    let all = country.travel("from.geojson", "to.geojson", &[]);
    for (limit, is_within) in [
        ("10min", (|row: &Row| row.seconds <= Some(600.0)) as fn(&Row) -> bool),
        ("12km", |row| row.metres <= Some(12_000.0)),
        ("2km", |row| row.metres <= Some(2_000.0)),
    ] {
        for cost in ["time", "distance"] {
            let all = if cost == "time" {
                all.clone()
            } else {
                country.travel("from.geojson", "to.geojson", &["--cost", cost])
            };
            let rows = country.travel("from.geojson", "to.geojson", &["--max", limit, "--cost", cost]);
            let wanted: Vec<&Row> =
                all.iter().filter(|row| row.reason.is_empty() && is_within(row)).collect();
            let found: Vec<&Row> = rows.iter().filter(|row| row.reason.is_empty()).collect();
            assert_eq!(found, wanted, "{limit} by {cost}");
            // Every beginning is there, with its reason when nothing is near enough.
            for id in IDS {
                let own: Vec<&Row> = rows.iter().filter(|row| row.from == id).collect();
                assert!(!own.is_empty(), "{id} with {limit}");
                if own[0].metres.is_none() {
                    let reason = if id == "far" { "no_road_at_from" } else { "beyond_limit" };
                    assert_eq!(
                        (own.len(), own[0].reason.as_str(), own[0].to.as_str()),
                        (1, reason, ""),
                        "{id}"
                    );
                }
            }
        }
    }
}

#[test]
fn without_any_end_the_reason_is_told_with_limits_too() {
    let country = Country::new();
    places(&country);
    let to = country.write("nowhere.geojson", collection(&[point([16.0, 64.0], "", "")]));
    let island = country.write("island.geojson", collection(&[point([14.5, 63.02], "", "")]));
    for more in [&["--max", "10min"][..], &["--k", "1"], &["--k", "3", "--max", "5km"]] {
        let rows = country.travel("from.geojson", &to, more);
        let reasons: Vec<&str> = rows.iter().map(|row| row.reason.as_str()).collect();
        let mut wanted = ["no_road_at_to"; 7];
        wanted[4] = "no_road_at_from";
        assert_eq!(reasons, wanted, "{more:?}");
        let rows = country.travel("from.geojson", &island, more);
        let reasons: Vec<&str> = rows.iter().map(|row| row.reason.as_str()).collect();
        let mut wanted = ["not_connected"; 7];
        (wanted[3], wanted[4]) = ("", "no_road_at_from");
        assert_eq!(reasons, wanted, "{more:?}");
    }
}

#[test]
fn the_k_nearest_come_in_order() {
    let country = Country::new();
    let from = country.write("from.geojson", collection(&[point([14.0, 63.1499], "", "")]));
    let ends = [A, B, C, D, E, SHOP, ISLAND[0]];
    let to: Vec<String> = ends
        .iter()
        .zip(["A", "B", "C", "D", "E", "S", "I"])
        .map(|(place, id)| point(*place, &format!(r#""id":"{id}","#), ""))
        .collect();
    let to = country.write("to.geojson", collection(&to));
    let names = |rows: &[Row]| rows.iter().map(|row| row.to.clone()).collect::<Vec<_>>().concat();
    // Between B and C, some metres nearer to B.
    assert_eq!(names(&country.travel(&from, &to, &["--k", "3"])), "BCS");
    assert_eq!(names(&country.travel(&from, &to, &["--k", "60"])), "BCSDAE", "the island is no end");
    assert_eq!(names(&country.travel(&from, &to, &["--k", "3", "--max", "8min"])), "BC");
    assert_eq!(names(&country.travel(&from, &to, &["--k", "1", "--max", "1km"])), "");
    for (arguments, said) in [
        (["--k", "0"], "--k"),
        (["--k", "x"], "--k"),
        (["--max", "0min"], "--max"),
        (["--max", "soon"], "--max"),
    ] {
        let all = ["travel", "--roads", "roads.osm", "--from", &from, "--to", &to, "--out", "x.csv"];
        let done = country.run(&all.into_iter().chain(arguments).collect::<Vec<_>>());
        assert!(!done.status.success() && text(&done.stderr).contains(said), "{done:?}");
    }
}

#[test]
fn who_travels_decides_which_roads_are_there() {
    let country = Country::new();
    let from = country.write("c.geojson", collection(&[point(C, "", "")]));
    let to = country.write("d.geojson", collection(&[point(D, "", "")]));
    let trip = |more: &[&str]| country.travel(&from, &to, more)[0].trip();
    is_about(trip(&[]), sum([at(PRIMARY, &[C, B]), at(68.0, &[B, D])]), "a car goes round the private road");
    is_about(
        trip(&["--cost", "distance"]),
        sum([at(PRIMARY, &[C, B]), at(68.0, &[B, D])]),
        "also to save way",
    );
    let rescue = at(1.1 * UNCLASSIFIED, &[C, P, D]);
    is_about(trip(&["--profile", "rescue", "--cost", "distance"]), rescue, "rescue takes it");
    let round = sum([at(1.1 * PRIMARY, &[C, B]), at(68.0 * 1.1, &[B, D])]);
    is_about(
        trip(&["--profile", "rescue"]),
        if round.s < rescue.s { round } else { rescue },
        "the faster one",
    );
    is_about(trip(&["--profile", "walk"]), at(5.0, &[C, P, D]), "on foot a private road is a road");
    let from = country.write("e.geojson", collection(&[point(E, "", "")]));
    is_about(
        country.travel(&from, &to, &["--profile", "walk"])[0].trip(),
        at(5.0, &[E, D]),
        "and one-way streets go both ways",
    );
    let to = country.write("c.geojson", collection(&[point(C, "", "")]));
    is_about(
        country.travel(&from, &to, &["--profile", "walk"])[0].trip(),
        at(5.0, &[E, C]),
        "and there is a path",
    );
}

/// A place where a private road and a free one meet stands on the free one, wherever the country is turned.
#[test]
fn a_junction_with_a_private_road_is_no_way_through_it() {
    let country = Country::new();
    let turns = [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]];
    for (number, [east, north]) in (0u32..16).zip(turns.into_iter().cycle()) {
        let moved = f64::from(number) * 0.037;
        let turned = |[lon, lat]: [f64; 2]| {
            let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
            [round(14.0 + moved + (lon - 14.0) * east), round(63.1 + moved + (lat - 63.1) * north)]
        };
        let turned_ways: Vec<_> =
            ways().into_iter().map(|(line, tags)| (line.into_iter().map(turned).collect(), tags)).collect();
        country.write("roads.osm", osm(&turned_ways));
        let from = country.write("c.geojson", collection(&[point(turned(C), "", "")]));
        let to = country.write("d.geojson", collection(&[point(turned(D), "", "")]));
        let round = sum([at(PRIMARY, &[turned(C), turned(B)]), at(68.0, &[turned(B), turned(D)])]);
        for (from, to) in [(&from, &to), (&to, &from)] {
            let found = country.travel(from, to, &["--cost", "distance"])[0].trip();
            is_about(found, round, &format!("{from} {east} {north} {moved}"));
        }
    }
}
