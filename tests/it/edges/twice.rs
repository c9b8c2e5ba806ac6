//! People who stand in two layers are told, all of them and nobody else; counted once, everybody is counted.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use sotplan::app::{Results, load};
use sotplan::io::{LoadOptions, load_bytes};
use sotplan::model::{Parameters, Project, Role, SourcePlace};
use sotplan::progress::Unwatched;

use super::bench::{point, rectangle, sweref};

/// How the same people are written the second time.
#[derive(Debug, Clone, Copy)]
enum Again {
    Squares,
    Points,
    /// Each cell in four, its people in the first of them that are drawn.
    Quarters,
    /// One polygon over every cell, a little larger.
    Polygons,
}

/// A square kilometre by its column and row, and who lives there.
type Cells = BTreeMap<(u8, u8), u32>;

fn cells() -> impl Strategy<Value = Cells> {
    proptest::collection::btree_map((0u8..6, 0u8..6), 1u32..50, 1..14)
}

fn corner(column: u8, row: u8) -> (f64, f64) {
    (500_000.0 + f64::from(column) * 1000.0, 7_000_000.0 + f64::from(row) * 1000.0)
}

fn square(at: (u8, u8), people: u32) -> Value {
    let (e, n) = corner(at.0, at.1);
    rectangle(e, n, e + 1000.0, n + 1000.0, json!({"people": people}))
}

fn again(form: Again, at: (u8, u8), people: u32) -> Vec<Value> {
    let (e, n) = corner(at.0, at.1);
    let said = |people: u32| json!({"people": people});
    match form {
        Again::Squares => vec![square(at, people)],
        Again::Points => vec![point(e + 500.0, n + 500.0, said(people))],
        Again::Quarters => {
            let part = people / 4;
            let side = |k: u32| (f64::from(k % 2) * 500.0, f64::from(k / 2) * 500.0);
            let quarter = |k: u32| {
                let (de, dn) = side(k);
                let people = if k == 0 { people - 3 * part } else { part };
                rectangle(e + de, n + dn, e + de + 500.0, n + dn + 500.0, said(people))
            };
            (0..4).map(quarter).collect()
        }
        Again::Polygons => vec![rectangle(e - 3.0, n - 4.0, e + 1005.0, n + 1006.0, said(people))],
    }
}

fn results(layers: &[Vec<Value>], counts_once: bool) -> Results {
    let role = || Role::Population { field: "people".into() };
    let loaded = layers.iter().enumerate().map(|(at, features)| {
        let options = LoadOptions { role: Some(role()), ..LoadOptions::default() };
        let bytes = sweref(features).to_string().into_bytes();
        load_bytes(SourcePlace::Demo(format!("cells{at}.geojson")), &bytes, &options, &Unwatched)
            .expect("cells")
    });
    let project = load::with_layers(&Project::default(), loaded.collect());
    let project = Project { parameters: Parameters { counts_once, ..Parameters::default() }, ..project };
    Results::compute(&project, None, &Unwatched).expect("not cancelled")
}

fn told(results: &Results) -> f64 {
    results.situation.counted_twice.iter().map(|twice| twice.people.value()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn who_stands_twice_is_told_and_counted_once(
        first in cells(),
        shared in proptest::collection::vec(any::<bool>(), 14),
        other in cells(),
        form in prop_oneof![Just(Again::Squares), Just(Again::Points), Just(Again::Quarters), Just(Again::Polygons)],
        is_first in any::<bool>(),
    ) {
        // The second layer has some cells of the first, and some beside it.
        let people = |cells: &Cells| f64::from(cells.values().sum::<u32>());
        let same: Cells = first.iter().zip(&shared).filter(|(_, is_so)| **is_so).map(|((at, n), _)| (*at, *n)).collect();
        let beside: Cells = other.into_iter().map(|((column, row), n)| ((column + 20, row), n)).collect();
        let one: Vec<Value> = first.iter().map(|(at, n)| square(*at, *n)).collect();
        let two: Vec<Value> = same.iter().chain(&beside).flat_map(|(at, n)| again(form, *at, *n)).collect();
        let layers = if is_first { [one, two] } else { [two, one] };
        let as_written = results(&layers, false);
        prop_assert_eq!(as_written.situation.demand.total().value(), people(&first) + people(&same) + people(&beside));
        prop_assert_eq!(told(&as_written), people(&same));
        let once = results(&layers, true);
        prop_assert_eq!(once.situation.demand.total().value(), people(&first) + people(&beside));
        // Nobody is left out of both: what is refused is the rest, and every file adds up.
        for layer in &once.project.layers {
            prop_assert!(once.report(layer).expect("a report").adds_up());
        }
    }

    #[test]
    fn a_part_never_empties_the_whole(whole in 10u32..100, part in 1u32..9, is_first in any::<bool>()) {
        let village = vec![rectangle(500_250.0, 7_000_250.0, 500_500.0, 7_000_500.0, json!({"people": part}))];
        let county = vec![square((0, 0), whole), square((1, 0), 7)];
        let layers = if is_first { [village, county] } else { [county, village] };
        prop_assert_eq!(told(&results(&layers, false)), f64::from(part));
        prop_assert_eq!(results(&layers, true).situation.demand.total().value(), f64::from(whole + 7));
    }
}
