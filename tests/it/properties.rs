//! What must hold for every board? People in = people out, closures and additions agree with computing again,
//! limits include themselves, and neither threads nor a previous result change a figure.
//! The cases come from a fixed seed: the same every time.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use sotplan::app::export::{Chosen, Stamp};
use sotplan::app::results::Phases;
use sotplan::app::{Results, demo, outputs};
use sotplan::model::{AddedService, Evidence, LayerId, Parameters, Project, ServiceKind};
use sotplan::progress::Unwatched;
use sotplan::units::{Cost, Metres, People};

use crate::board::{Board, SIZE, Store, boards, centre, compute, degrees};

fn config() -> Config {
    Config {
        cases: 128,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_230_525),
        failure_persistence: None,
        ..Config::default()
    }
}

/// Name of the nearest store of each rank, and the length to it, for every cell.
fn ranks(results: &Results, rank: usize) -> Vec<Option<(String, f64)>> {
    let coverage = &results.kind(ServiceKind::Grocery).expect("a grocery layer").coverage;
    let cells = 0..results.situation.demand.len();
    cells
        .map(|cell| {
            let (service, trip) = coverage.at(cell, rank).ok()?;
            Some((results.situation.services[service.at()].name.clone(), trip.length.value()))
        })
        .collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn people_in_are_people_out(board in boards()) {
        let results = board.compute();
        let total = board.people();
        prop_assert_eq!(results.situation.demand.total().value(), total);
        let rows: f64 = results.areas.iter().map(|row| row.people.value()).sum();
        prop_assert_eq!(rows, total);
        let cells: usize = results.areas.iter().map(|row| row.cells).sum();
        prop_assert_eq!(cells, board.cells.len());
        prop_assert_eq!(results.kinds.len(), 2);
        for (at, kind) in results.kinds.iter().enumerate() {
            let stores = if at == 0 { &board.stores } else { &board.fuel };
            let summary = &kind.summary;
            let without: f64 = summary.people_without_value.values().map(|people| people.value()).sum();
            prop_assert_eq!(summary.people_total.value(), total);
            prop_assert_eq!(summary.people_within.value() + summary.people_beyond.value() + without, total);
            let nearest = |cell| stores.iter().map(|s| board.length(cell, *s)).min_by(f64::total_cmp);
            let within: f64 = board.cells.iter()
                .filter(|cell| nearest(**cell).is_some_and(|length| length <= board.threshold_m))
                .map(|(_, _, people)| f64::from(*people))
                .sum();
            prop_assert_eq!(summary.people_within.value(), within, "within, by an oracle");
            prop_assert_eq!(without, if stores.is_empty() { total } else { 0.0 });
            let gaps: f64 = kind.gaps.iter().map(|(gap, _)| gap.people.value()).sum();
            prop_assert_eq!(gaps, summary.people_beyond.value() + without);
            let beyond: f64 = results.areas.iter().map(|row| row.kinds[at].people_beyond.value()).sum();
            prop_assert_eq!(beyond, summary.people_beyond.value());
            let unserved: f64 = results.areas.iter().map(|row| row.kinds[at].people_without_value.value()).sum();
            prop_assert_eq!(unserved, without);
        }
        for report in results.situation.reports.values() {
            prop_assert!(report.adds_up(), "{report:?}");
        }
    }

    #[test]
    fn a_cell_counts_where_it_lies_else_in_the_nearest_area(board in boards()) {
        let results = board.compute();
        let remarks = &results.situation.reports[&LayerId(2)].remarks;
        for (cell, (column, ..)) in board.cells.iter().enumerate() {
            let number = u32::try_from(cell + 1).expect("a small board");
            let codes: Vec<&str> = remarks.iter()
                .filter(|remark| remark.number == Some(number) && !["zero_population", "counted_twice"].contains(&remark.kind.code()))
                .map(|remark| remark.kind.code())
                .collect();
            // The areas end at column 16; up to 5 km beyond, the nearest one takes the cell.
            let (area, remark) = match column {
                0..8 => (Some("Väster"), None),
                8..16 => (Some("Mitten"), None),
                16..21 => (Some("Mitten"), Some("nearest_area")),
                _ => (None, Some("no_area")),
            };
            prop_assert_eq!(results.situation.area_name(results.situation.demand.areas[cell]), area);
            prop_assert_eq!(codes, remark.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn percentiles_are_the_smallest_lengths_that_reach_the_share(board in boards()) {
        let results = board.compute();
        let kind = results.kind(ServiceKind::Grocery).expect("a grocery layer");
        let mut lengths: Vec<(f64, f64)> = ranks(&results, 0).into_iter().zip(&board.cells)
            .filter_map(|(found, cell)| Some((found?.1, f64::from(cell.2))))
            .filter(|(_, people)| *people > 0.0)
            .collect();
        lengths.sort_by(|a, b| a.0.total_cmp(&b.0));
        let people: f64 = lengths.iter().map(|(_, people)| people).sum();
        let smallest = |share: f64| {
            let at_most = |limit: f64| -> f64 { lengths.iter().filter(|(l, _)| *l <= limit).map(|(_, p)| p).sum() };
            lengths.iter().map(|(length, _)| *length).find(|length| at_most(*length) >= share * people)
        };
        let summary = &kind.summary.spread;
        prop_assert_eq!(summary.p50.map(Cost::value), smallest(0.5));
        prop_assert_eq!(summary.p90.map(Cost::value), smallest(0.9));
        prop_assert_eq!(summary.max.map(Cost::value), lengths.last().map(|(length, _)| *length));
        let moment: f64 = lengths.iter().map(|(length, people)| length * people).sum();
        prop_assert_eq!(summary.mean.is_some(), people > 0.0);
        prop_assert!(summary.mean.is_none_or(|mean| close(mean.value(), moment / people)));
        prop_assert_eq!(kind.coverage.spread.percentile(0.25).map(Cost::value), smallest(0.25));
    }

    #[test]
    fn a_gap_is_one_piece_and_gaps_do_not_touch(board in boards()) {
        let results = board.compute();
        let kind = results.kind(ServiceKind::Grocery).expect("a grocery layer");
        let mut owner = BTreeMap::new();
        for (at, (gap, _)) in kind.gaps.iter().enumerate() {
            for cell in &gap.cells {
                prop_assert!(owner.insert(*cell, at).is_none(), "a cell lies in one gap");
                prop_assert!(kind.coverage.is_beyond(*cell as usize, Cost::new(board.threshold_m)));
            }
        }
        let touch = |a: u32, b: u32| {
            let ((ax, ay, _), (bx, by, _)) = (board.cells[a as usize], board.cells[b as usize]);
            ax.abs_diff(bx) <= 1 && ay.abs_diff(by) <= 1
        };
        for (a, first) in &owner {
            for (b, second) in &owner {
                prop_assert!(first == second || !touch(*a, *b), "{a} and {b} touch in two gaps");
            }
        }
        for (gap, _) in &kind.gaps {
            let mut reached = vec![gap.cells[0]];
            let mut at = 0;
            while let Some(from) = reached.get(at).copied() {
                at += 1;
                for cell in &gap.cells {
                    if !reached.contains(cell) && touch(from, *cell) {
                        reached.push(*cell);
                    }
                }
            }
            prop_assert_eq!(reached.len(), gap.cells.len(), "a gap hangs together");
        }
        let people: Vec<People> = kind.gaps.iter().map(|(gap, _)| gap.people).collect();
        prop_assert!(people.is_sorted_by(|a, b| a >= b), "most people first");
    }

    #[test]
    fn the_nearest_is_nearer_than_the_second(board in boards()) {
        let results = board.compute();
        let (first, second) = (ranks(&results, 0), ranks(&results, 1));
        for (cell, (first, second)) in first.iter().zip(&second).enumerate() {
            prop_assert_eq!(first.is_some(), !board.stores.is_empty());
            prop_assert_eq!(second.is_some(), board.stores.len() > 1);
            let mut all: Vec<(f64, String)> = board.stores.iter().enumerate()
                .map(|(at, store)| (board.length(board.cells[cell], *store), format!("store {at}")))
                .collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            if let (Some(a), Some(b)) = (first, second) {
                prop_assert!(a.1 <= b.1 && a.0 != b.0);
                prop_assert_eq!(b.1, all[1].0);
            }
            if let Some(a) = first {
                // The sort is stable: the lower number wins a tie.
                prop_assert_eq!((a.1, &a.0), (all[0].0, &all[0].1));
            }
        }
    }

    #[test]
    fn a_new_store_makes_no_way_longer(board in boards(), store in (0..SIZE, 0..SIZE)) {
        let before = ranks(&board.compute(), 0);
        let results = board.with_store(store).compute();
        let after = ranks(&results, 0);
        for (cell, (before, after)) in before.iter().zip(&after).enumerate() {
            let after = after.as_ref().map(|(_, length)| *length).expect("there is a store now");
            let new = board.length(board.cells[cell], store);
            let before = before.as_ref().map_or(f64::INFINITY, |(_, length)| *length);
            prop_assert_eq!(after, before.min(new));
        }
        // Added by hand, the same store does the same, to the precision of its degrees.
        let mut project = board.project();
        project.added = Arc::new(vec![added(store)]);
        let by_hand = ranks(&compute(&project), 0);
        for (a, b) in after.iter().zip(&by_hand) {
            let (a, b) = (a.as_ref().expect("a store").1, b.as_ref().expect("a store").1);
            prop_assert!((a - b).abs() < 0.001, "{a} {b}");
        }
    }

    #[test]
    fn a_closure_is_the_store_removed_and_all_computed_again(board in boards()) {
        let results = board.compute();
        let before = ranks(&results, 0);
        let kind = results.kind(ServiceKind::Grocery).expect("a grocery layer");
        prop_assert_eq!(kind.closures.len(), board.stores.len());
        let everyone: f64 = kind.closures.iter().map(|closure| closure.people.value()).sum();
        prop_assert_eq!(everyone, if board.stores.is_empty() { 0.0 } else { board.people() });
        for (at, closure) in kind.closures.iter().enumerate() {
            let name = format!("store {at}");
            let again = board.without_store(at).compute();
            let after = ranks(&again, 0);
            // The stores after the closed one have moved up one number.
            let renamed = |name: &str| {
                let number: usize = name.trim_start_matches("store ").parse().expect("a number");
                format!("store {}", number + usize::from(number >= at))
            };
            let mut expected = Expected::default();
            for (cell, (before, after)) in before.iter().zip(&after).enumerate() {
                let people = f64::from(board.cells[cell].2);
                let (first, near) = before.as_ref().expect("there is a store");
                if *first != name {
                    let (same, length) = after.as_ref().expect("their store is still there");
                    prop_assert_eq!((first, near), (&renamed(same), length), "others are not affected");
                    continue;
                }
                if people == 0.0 {
                    continue;
                }
                expected.people += people;
                match after {
                    None => expected.left_without += people,
                    Some((taker, far)) => {
                        expected.person_km += (far - near) / 1000.0 * people;
                        expected.max_extra = expected.max_extra.max(far - near);
                        if *near <= board.threshold_m && *far > board.threshold_m {
                            expected.pushed += people;
                        }
                        *expected.goes_to.entry(renamed(taker)).or_insert(0.0) += people;
                    }
                }
            }
            prop_assert_eq!(closure.people.value(), expected.people);
            prop_assert!(close(closure.extra_person_km, expected.person_km));
            prop_assert!(close(closure.max_extra.value(), expected.max_extra));
            prop_assert_eq!(closure.people_left_without.value(), expected.left_without);
            prop_assert_eq!(closure.people_pushed_beyond.value(), expected.pushed);
            let goes_to: BTreeMap<String, f64> = closure.goes_to.iter()
                .map(|(ix, people)| (results.situation.services[ix.at()].name.clone(), people.value()))
                .collect();
            prop_assert_eq!(&goes_to, &expected.goes_to);
            prop_assert!(closure.goes_to.is_sorted_by(|a, b| a.1 >= b.1), "most people first");
            let within = |results: &Results| {
                results.kind(ServiceKind::Grocery).expect("a grocery layer").summary.people_within.value()
            };
            let lost = within(&results) - within(&again);
            let unserved = expected.left_without_within(&before, &board, &name);
            prop_assert_eq!(lost, expected.pushed + unserved, "the coverage falls by those pushed out");
            let candidate = results.candidates.iter().find(|c| c.name == name).expect("a store is a candidate");
            prop_assert_eq!(candidate.people_nearest.map(People::value), Some(expected.people));
            prop_assert!(candidate.extra_person_km.is_some_and(|km| close(km, expected.person_km)));
        }
    }

    #[test]
    fn the_curve_never_falls(board in boards(), step in 50.0f64..3_000.0) {
        let results = board.compute();
        let kind = results.kind(ServiceKind::Grocery).expect("a grocery layer");
        let spread = &kind.coverage.spread;
        let end = spread.max().unwrap_or(Cost::ZERO) + Cost::new(step);
        let curve = spread.curve(Cost::new(step), end);
        prop_assert!(curve.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1));
        prop_assert_eq!(curve.last().map(|(_, people)| *people), Some(spread.people()));
        for (length, people) in curve {
            prop_assert_eq!(people, kind.coverage.summary(&results.situation.demand, length).people_within);
        }
    }

    #[test]
    fn a_limit_includes_itself(board in boards(), pick in any::<prop::sample::Index>()) {
        prop_assume!(!board.stores.is_empty());
        let lengths: Vec<f64> = ranks(&board.compute(), 0).into_iter().flatten().map(|(_, length)| length).collect();
        let exact = lengths[pick.index(lengths.len())];
        prop_assume!(exact > 0.0);
        let people_at_most = |limit: f64| -> f64 {
            lengths.iter().zip(&board.cells).filter(|(l, _)| **l <= limit + 0.001).map(|(_, c)| f64::from(c.2)).sum()
        };
        // A millimetre is no difference, a centimetre is.
        for limit in [exact, exact - 0.01, exact - 0.000_9] {
            let mut project = Board { threshold_m: limit, ..board.clone() }.project();
            project.parameters.people_radii = [Metres::new(limit), Metres::new(limit * 2.0)];
            let results = compute(&project);
            let kind = results.kind(ServiceKind::Grocery).expect("a grocery layer");
            prop_assert_eq!(kind.summary.people_within.value(), people_at_most(limit));
            for (cell, length) in lengths.iter().enumerate() {
                prop_assert_eq!(kind.coverage.is_beyond(cell, Cost::new(limit)), *length > limit + 0.001);
            }
            let beyond: f64 = results.areas.iter().map(|row| row.kinds[0].people_beyond.value()).sum();
            prop_assert_eq!(beyond, board.people() - people_at_most(limit));
            for (candidate, store) in results.candidates.iter().zip(&board.stores) {
                for (people, radius) in candidate.people_within.iter().zip([limit, limit * 2.0]) {
                    let expected: f64 = board.cells.iter()
                        .filter(|cell| board.length(**cell, *store) <= radius + 0.001)
                        .map(|cell| f64::from(cell.2))
                        .sum();
                    prop_assert!((people.value() - expected).abs() < 1e-9, "{people:?} {expected}");
                }
            }
        }
    }

    #[test]
    fn a_trial_point_tells_what_its_store_would_do(board in boards(), store in (0..SIZE, 0..SIZE)) {
        let today = board.compute();
        let figures = today.figures_at(centre(store.0, store.1)).expect("figures");
        let then = board.with_store(store).compute();
        let (before, after) = (ranks(&today, 0), ranks(&then, 0));
        let mut reached = 0.0;
        let mut nearest = 0.0;
        let mut saved = 0.0;
        for (cell, (before, after)) in before.iter().zip(&after).enumerate() {
            let people = f64::from(board.cells[cell].2);
            let length = after.as_ref().expect("there is a store now").1;
            let old = before.as_ref().map(|(_, length)| *length);
            if old.is_none_or(|old| length < old) {
                nearest += people;
                saved += old.map_or(0.0, |old| (old - length) / 1000.0 * people);
            }
            if old.is_none_or(|old| old > board.threshold_m) && length <= board.threshold_m {
                reached += people;
            }
        }
        prop_assert!(close(figures.people_nearest.value(), nearest));
        prop_assert!(close(figures.grocery_gap_people.value(), reached));
        prop_assert!(close(figures.saved_person_km, saved));
        let within = |results: &Results| results.kinds[0].summary.people_within.value();
        prop_assert!(close(within(&then) - within(&today), reached));
    }

    #[test]
    fn a_previous_result_changes_no_figure(board in boards(), km in 1.0f64..20.0, detour in 1.0f64..2.0) {
        let first = board.compute();
        let moved = |parameters: Parameters| Project { parameters, ..first.project.clone() };
        let threshold = Metres::from_km(km);
        for parameters in [
            Parameters { threshold, ..first.project.parameters.clone() },
            Parameters { detour_factor: detour, ..first.project.parameters.clone() },
        ] {
            let project = moved(parameters);
            let reused = Results::compute(&project, Some(&first), &Unwatched).expect("nobody cancels");
            prop_assert!(reused.is_current(&project) && (project.parameters == first.project.parameters || !first.is_current(&project)));
            prop_assert_eq!(text(&reused), text(&compute(&project)));
        }
    }
}

#[derive(Default)]
struct Expected {
    people: f64,
    person_km: f64,
    max_extra: f64,
    left_without: f64,
    pushed: f64,
    goes_to: BTreeMap<String, f64>,
}

impl Expected {
    /// People within the threshold of the last store, who have none when it closes.
    fn left_without_within(&self, before: &[Option<(String, f64)>], board: &Board, name: &str) -> f64 {
        if self.left_without == 0.0 {
            return 0.0;
        }
        let here = before.iter().zip(&board.cells).filter_map(|(b, cell)| Some((b.as_ref()?, cell)));
        here.filter(|((store, length), _)| store == name && *length <= board.threshold_m)
            .map(|(_, cell)| f64::from(cell.2))
            .sum()
    }
}

fn added(store: Store) -> AddedService {
    AddedService {
        id: 1,
        name: "added".into(),
        kinds: ServiceKind::Grocery.into(),
        place: degrees(centre(store.0, store.1)),
        facts: BTreeMap::new(),
        evidence: Evidence::none(),
    }
}

fn stamp() -> Stamp {
    Stamp { date: "2026-01-02".into() }
}

/// The summary without its seconds.
fn text(results: &Results) -> String {
    String::from_utf8(outputs::summary(results, &stamp(), &Phases::new())).expect("UTF-8")
}

/// Every file that an analysis writes, the seconds taken out of the summary.
fn files(results: &Results) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    outputs::write_all(folder.path(), results, &Chosen::default(), &stamp(), Phases::new()).expect("written");
    let mut files = read_folder(folder.path());
    let summary = files.get_mut("summary.json").expect("a summary");
    let mut value: serde_json::Value = serde_json::from_slice(summary).expect("JSON");
    assert!(value.as_object_mut().expect("an object").remove("seconds").is_some());
    *summary = value.to_string().into_bytes();
    files
}

fn read_folder(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            (entry.file_name().to_string_lossy().into(), std::fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// A board with more cells than one parallel chunk holds, and people in tenths, so that order would show.
fn wide_project() -> Project {
    let mut state = 7u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut features = Vec::new();
    for _ in 0..9_000 {
        let (e, n) = (450_000 + next(90_000), 6_950_000 + next(120_000));
        features.push(format!(
            r#"{{"type":"Feature","properties":{{"pop":{}.{}}},"geometry":{{"type":"Point","coordinates":[{e},{n}]}}}}"#,
            next(60),
            next(10)
        ));
    }
    let stores: Vec<String> = (0..300)
        .map(|_| {
            let (e, n) = (450_000 + next(90_000), 6_950_000 + next(120_000));
            format!(r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[{e},{n}]}}}}"#)
        })
        .collect();
    let file = |name: &str, features: &[String]| {
        let text = format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"EPSG:3006"}}}},"features":[{}]}}"#,
            features.join(",")
        );
        let place = sotplan::model::SourcePlace::File(name.into());
        sotplan::io::load_bytes(place, text.as_bytes(), &sotplan::io::LoadOptions::default(), &Unwatched)
            .expect("a good file")
    };
    let loaded = vec![file("pop.geojson", &features), file("livsmedel.geojson", &stores)];
    sotplan::app::load::with_layers(&Project::default(), loaded)
}

#[test]
fn neither_threads_nor_repetition_change_a_byte() {
    for project in [demo::project(&Unwatched).expect("the demo"), wide_project()] {
        let default = files(&compute(&project));
        assert_eq!(default.len(), 10);
        assert!(default.values().all(|bytes| !bytes.is_empty()));
        assert_eq!(default, files(&compute(&project)), "the same input gives the same bytes");
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        let alone = one.install(|| files(&compute(&project)));
        for (name, bytes) in &default {
            assert!(alone.get(name) == Some(bytes), "{name} differs with one thread");
        }
    }
}

#[test]
fn reading_depends_on_no_thread_count() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let many = wide_project();
    let alone = one.install(wide_project);
    for (a, b) in many.layers.iter().zip(&alone.layers) {
        assert_eq!(a.table.columns, b.table.columns);
        assert_eq!(a.table.report, b.table.report);
        let points = |layer: &sotplan::model::Layer| {
            layer.table.features.iter().map(|f| (f.number, f.point.e, f.point.n)).collect::<Vec<_>>()
        };
        assert_eq!(points(a), points(b));
    }
}
