//! Do large, deep, cut and senseless texts end in an answer, never in a panic, and does "stop" stop?

use std::fmt::Write as _;
use std::sync::Mutex;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use sotplan::io::{IoError, LoadOptions, Loaded, load_bytes};
use sotplan::model::{Parameters, Project, SourcePlace};
use sotplan::progress::{Progress, Unwatched};

use crate::board::compute;

/// Remembers how far work has come, and stops it there.
struct Watch {
    stop_at: f64,
    seen: Mutex<Vec<f64>>,
}

impl Watch {
    fn until(stop_at: f64) -> Self {
        Self { stop_at, seen: Mutex::new(Vec::new()) }
    }

    fn seen(&self) -> Vec<f64> {
        self.seen.lock().expect("not poisoned").clone()
    }
}

impl Progress for Watch {
    fn report(&self, done: u64, total: u64) {
        assert!(total > 0, "a share of nothing");
        self.seen.lock().expect("not poisoned").push(done as f64 / total as f64);
    }

    fn is_cancelled(&self) -> bool {
        self.seen().last().is_some_and(|share| *share >= self.stop_at)
    }
}

/// Stops at the n-th question.
struct StopAfter(std::sync::atomic::AtomicUsize);

impl Progress for StopAfter {
    fn report(&self, _done: u64, _total: u64) {}

    fn is_cancelled(&self) -> bool {
        use std::sync::atomic::Ordering::Relaxed;
        self.0.fetch_update(Relaxed, Relaxed, |left| Some(left.saturating_sub(1))) == Ok(0)
    }
}

fn load(bytes: &[u8], progress: &dyn Progress) -> Result<Loaded, IoError> {
    load_bytes(SourcePlace::File("large.geojson".into()), bytes, &LoadOptions::default(), progress)
}

fn read(bytes: &[u8]) -> Result<Loaded, IoError> {
    load(bytes, &Unwatched)
}

/// So many bytes of features, each with some properties to skip.
fn features(bytes: usize, between: &str) -> String {
    let mut text = String::with_capacity(bytes + 1000);
    let filler = "x".repeat(180);
    let mut number = 0u32;
    while text.len() < bytes {
        if number > 0 {
            text.push_str(between);
        }
        let (lon, lat) = (13.0 + f64::from(number % 997) / 400.0, 62.0 + f64::from(number % 887) / 400.0);
        text.push_str(r#"{"type":"Feature","properties":{"beftotalt":"#);
        text.push_str(&(number % 50).to_string());
        text.push_str(r#","text":""#);
        text.push_str(&filler);
        text.push_str(r#""},"geometry":{"type":"Point","coordinates":["#);
        let _ = write!(text, "{lon:.6},{lat:.6}]}}}}");
        number += 1;
    }
    text
}

fn collection(features: &str) -> Vec<u8> {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}\n").into_bytes()
}

#[test]
fn forty_megabytes_stop_halfway() {
    let text = collection(&features(40_000_000, ",\n"));
    assert!(text.len() > 40_000_000);
    let watch = Watch::until(0.5);
    // One thread, so that reports come in the order of the work.
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let result = one.install(|| load(&text, &watch));
    assert!(matches!(result, Err(IoError::Cancelled(_))), "{result:?}");
    let seen = watch.seen();
    assert!(seen.is_sorted(), "the bar never goes back");
    assert!(seen.len() > 10, "it moves often: {}", seen.len());
    let last = *seen.last().expect("reports");
    assert!((0.5..0.6).contains(&last), "it stops soon after it is told to: {last}");
}

#[test]
fn a_whole_file_reaches_the_end_of_the_bar() {
    let features = |between| features(8_000_000, between);
    for text in [collection(&features(",\n")), features("\n").into_bytes()] {
        let watch = Watch::until(2.0);
        let loaded = load(&text, &watch).expect("a good file");
        assert_eq!(loaded.table.report.features_in, loaded.table.features.len());
        let seen = watch.seen();
        assert!(seen.is_sorted(), "the bar never goes back, on all cores: {seen:?}");
        assert!(seen.iter().all(|share| (0.0..=1.0).contains(share)));
        assert!(seen.iter().filter(|share| **share < 0.2).count() > 5, "splitting shows: {seen:?}");
        assert_eq!(seen.last(), Some(&1.0), "{seen:?}");
    }
}

#[test]
fn lines_stop_wherever_they_are_told() {
    let text = features(8_000_000, "\n").into_bytes();
    let whole = load(&text, &Unwatched).expect("a good file");
    let lines = text.split(|byte| *byte == b'\n').count();
    assert_eq!(whole.table.features.len(), lines);
    for questions in [0, 1, 3, 8] {
        let stop = StopAfter(questions.into());
        let result = load(&text, &stop);
        assert!(matches!(result, Err(IoError::Cancelled(_))), "after {questions} questions");
    }
}

#[test]
fn deep_nesting_is_refused_not_followed() {
    const DEEP: usize = 100_000;
    let good = r#"{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[14.63839,63.17569]}}"#;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let core = if open == "[" { "" } else { "1" };
        let closed = open.repeat(DEEP) + core + &close.repeat(DEEP);
        let open = open.repeat(DEEP);
        for deep in [&closed, &open] {
            assert!(read(deep.as_bytes()).is_err());
            for text in [
                format!(r#"{{"type":"FeatureCollection","crs":{deep},"features":[{good}]}}"#),
                format!(r#"{{"type":"FeatureCollection","features":[{good},{deep}]}}"#),
                format!(r#"{{"type":"FeatureCollection","features":{deep}}}"#),
                format!(r#"{{"type":"Point","coordinates":{deep}}}"#),
                format!(r#"{{"type":{deep}}}"#),
                format!(
                    r#"{{"type":"FeatureCollection","features":[{good},{{"type":"Feature","properties":{{"a":{deep}}},"geometry":null}}]}}"#
                ),
                format!(
                    r#"{{"type":"FeatureCollection","features":[{good},{{"type":"Feature","id":{deep},"geometry":{{"type":"Point","coordinates":{deep}}}}}]}}"#
                ),
            ] {
                if let Ok(loaded) = read(text.as_bytes()) {
                    let report = &loaded.table.report;
                    assert_eq!(report.features_in, loaded.table.features.len() + report.refused.len());
                    assert!(!loaded.table.features.is_empty());
                }
            }
        }
    }
    let collections = r#"{"type":"GeometryCollection","geometries":["#.repeat(DEEP) + &"]}".repeat(DEEP);
    assert!(read(collections.as_bytes()).is_err());
    // A property nobody asks for may be as deep as it likes: the feature is used.
    let deep = "[".repeat(DEEP) + &"]".repeat(DEEP);
    let text = good.replace("1}", &format!("{deep}}}"));
    if let Ok(loaded) = read(text.as_bytes()) {
        let _ = crate::board::properties(&loaded.table, &loaded.table.features[0]);
    }
}

#[test]
fn a_string_of_ten_megabytes_is_a_string() {
    let long = "å".repeat(5_000_000);
    let good = |name: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"Point","coordinates":[14.63839,63.17569]}}}}"#
        )
    };
    let loaded = read(&collection(&good(&long))).expect("a good file");
    let properties = crate::board::properties(&loaded.table, &loaded.table.features[0]);
    assert_eq!(properties["name"].as_str().map(str::len), Some(10_000_000));
    // As a key, a type, an id, and never closed.
    for text in [
        format!(r#"{{"type":"{long}"}}"#),
        format!(r#"{{"{long}":1,"type":"Point","coordinates":[14.6,63.1]}}"#),
        format!(r#"{{"type":"Feature","id":"{long}","geometry":null}}"#),
        format!(r#"{{"type":"FeatureCollection","features":[{},"{long}"]}}"#, good("a")),
        format!(r#"{{"type":"{long}"#),
        format!(r#"{{"type":"Point","coordinates":[14.6,63.1],"{long}"#),
    ] {
        match read(text.as_bytes()) {
            Ok(_) => {}
            Err(error) => assert!(error.to_string().len() < 10_200_000),
        }
    }
}

/// A file with every kind of geometry, umlauts and escapes.
fn varied() -> Vec<u8> {
    let shape = |geometry: &str, name: &str| {
        format!(
            r#"{{"type":"Feature","id":"{name}","properties":{{"beftotalt":12,"namn":"Åre \"by\" {name}","tom":null}},"geometry":{geometry}}}"#
        )
    };
    let ring = "[[14.1234,63.1234],[14.2234,63.1234],[14.2234,63.2234],[14.1234,63.2234],[14.1234,63.1234]]";
    let features = [
        shape(r#"{"type":"Point","coordinates":[14.63839,63.17569]}"#, "a"),
        shape(&format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#), "b"),
        shape(&format!(r#"{{"type":"MultiPolygon","coordinates":[[{ring}],[{ring}]]}}"#), "ö"),
        shape(r#"{"type":"LineString","coordinates":[[14.1,63.1],[14.2,63.2]]}"#, "d"),
        shape(r#"{"type":"MultiPoint","coordinates":[[14.1,63.1],[14.2,63.2]]}"#, "e"),
        shape(
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[14.1,63.1]}]}"#,
            "f",
        ),
    ];
    let text = format!(
        "\u{feff}{{\"type\":\"FeatureCollection\",\"name\":\"å\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"EPSG:4326\"}}}},\"features\":[\n{}\n]}}\n",
        features.join(",\n")
    );
    text.into_bytes()
}

/// What can be read can also be measured; nothing of it is lost.
fn use_it(loaded: Loaded) {
    let report = &loaded.table.report;
    assert_eq!(report.features_in, loaded.table.features.len() + report.refused.len());
    for feature in &loaded.table.features {
        assert!(feature.point.e.is_finite() && feature.point.n.is_finite());
        assert!(feature.place.lon.is_finite() && feature.place.lat.is_finite());
    }
    let project = sotplan::app::load::with_layers(
        &Project { parameters: Parameters::default(), ..Project::default() },
        vec![loaded],
    );
    let results = compute(&project);
    assert!(results.situation.reports.values().all(sotplan::model::LayerReport::adds_up));
}

#[test]
fn a_file_cut_anywhere_gives_its_whole_features() {
    let text = varied();
    let whole = read(&text).expect("a good file");
    assert_eq!((whole.table.features.len(), whole.table.report.refused.len()), (6, 0));
    let mut counts = Vec::new();
    for step in 0..=200 {
        let cut = text.len() * step / 200;
        match read(&text[..cut]) {
            Ok(loaded) => {
                counts.push(loaded.table.features.len());
                use_it(loaded);
            }
            Err(error) => {
                assert!(error.to_string().starts_with("large.geojson"), "{error}");
                counts.push(0);
            }
        }
    }
    // A cut inside a letter of two bytes leaves text that is not UTF-8; every other cut keeps what came before.
    let kept: Vec<usize> = counts.iter().copied().filter(|count| *count > 0).collect();
    assert!(kept.is_sorted() && kept.len() > 100, "{counts:?}");
    assert_eq!(kept.last(), Some(&6));
}

#[test]
fn degenerate_shapes_get_a_point_or_a_reason() {
    for geometry in [
        r#"{"type":"Polygon","coordinates":[[[14.1,63.1],[14.1,63.1],[14.1,63.1],[14.1,63.1]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[14.1,63.1],[14.2,63.1],[14.3,63.1],[14.1,63.1]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[14.1,63.1],[14.2,63.2],[14.2,63.1],[14.1,63.2],[14.1,63.1]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[14.1,63.1],[14.2,63.1],[14.2,63.2],[14.1,63.1]],[]]}"#,
        r#"{"type":"Polygon","coordinates":[[]]}"#,
        r#"{"type":"MultiPolygon","coordinates":[[]]}"#,
        r#"{"type":"MultiPolygon","coordinates":[]}"#,
        r#"{"type":"LineString","coordinates":[[14.1,63.1],[14.1,63.1]]}"#,
        r#"{"type":"MultiLineString","coordinates":[[]]}"#,
        r#"{"type":"MultiPoint","coordinates":[[14.1,63.1],[14.1,63.1]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[]}]}"#,
        r#"{"type":"Point","coordinates":[45.0,72.0]}"#,
        r#"{"type":"Point","coordinates":[-25.0,34.0]}"#,
        r#"{"type":"Point","coordinates":[1e308,-1e308]}"#,
        r#"{"type":"Point","coordinates":[-0.0,63.00000000000000000000000000000000000001]}"#,
    ] {
        let text = format!(r#"{{"type":"Feature","properties":{{"beftotalt":3}},"geometry":{geometry}}}"#);
        match read(text.as_bytes()) {
            Ok(loaded) => use_it(loaded),
            Err(error) => assert!(matches!(error, IoError::NoUsableFeature { .. }), "{geometry}: {error}"),
        }
    }
}

proptest! {
    #![proptest_config(Config {
        cases: 400,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_230_525),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn random_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn random_grammar_is_answered(words in proptest::collection::vec(0usize..24, 0..60)) {
        const WORDS: [&str; 24] = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\"type\":", "\"FeatureCollection\"", "\"features\":[",
            "\"Feature\"", "\"geometry\":", "\"coordinates\":[14.6,63.1]", "\"Point\"", "1e999", "-", "null",
            "\n", "\u{1e}", "\"properties\":{", "\"å\"", "NaN", "\"crs\":",
        ];
        let text: String = words.iter().map(|at| WORDS[*at]).collect();
        let _ = read(text.as_bytes());
        let _ = read(format!("{{\"type\":\"FeatureCollection\",\"features\":[{text}").as_bytes());
    }

    #[test]
    fn a_few_changed_bytes_are_answered(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), prop_oneof![Just(b'['), Just(b']'), Just(b'{'), Just(b'}'), Just(b'"'), Just(b','), Just(b'9'), Just(b'e'), Just(b'-'), any::<u8>()]), 1..6)
    ) {
        let mut text = varied();
        for (at, byte) in changes {
            let at = at.index(text.len());
            text[at] = byte;
        }
        if let Ok(loaded) = read(&text) {
            use_it(loaded);
        }
    }
}
