//! Faults that were found once and shall not come back.

use std::path::PathBuf;

use proptest::prelude::*;
use sotplan::io::{IoError, LoadOptions, Loaded, load_bytes};
use sotplan::lang::{Lang, Said};
use sotplan::model::{Project, SourcePlace};
use sotplan::progress::Unwatched;

use crate::board::compute;

fn read(name: &str, text: &str) -> Result<Loaded, IoError> {
    let place = SourcePlace::File(PathBuf::from(name));
    load_bytes(place, text.as_bytes(), &LoadOptions::default(), &Unwatched)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn point(properties: &str, lon: f64) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Point","coordinates":[{lon},63.12345]}}}}"#
    )
}

fn project(files: &[(&str, String)]) -> Project {
    let loaded = files.iter().map(|(name, text)| read(name, text).expect("a good file")).collect();
    sotplan::app::load::with_layers(&Project::default(), loaded)
}

#[test]
fn a_file_cut_right_after_a_feature_says_so() {
    let whole = collection(&[point(r#""pop":1"#, 14.12345), point(r#""pop":2"#, 14.22345)]);
    let cut = &whole[..=whole.find("},{\"type\"").expect("two features")];
    let loaded = read("pop.geojson", cut).expect("one feature");
    assert_eq!(loaded.table.report.remarks.len(), 1, "the second feature is lost in silence");
    let said = loaded.table.report.remarks[0].kind.said(Lang::En);
    assert!(said.contains("the file breaks off before its end"), "{said}");
    let loaded = read("pop.geojson", &format!("{cut},\n")).expect("one feature");
    assert_eq!(loaded.table.report.remarks.len(), 1, "cut after the comma");
    let loaded = read("pop.geojson", &whole).expect("two features");
    assert_eq!((loaded.table.features.len(), loaded.table.report.remarks.len()), (2, 0));
}

#[test]
fn a_huge_number_of_people_is_refused() {
    let cells = collection(&[
        point(r#""pop":1e308"#, 14.12345),
        point(r#""pop":1e308"#, 14.22345),
        point(r#""pop":5"#, 14.32345),
    ]);
    let results =
        compute(&project(&[("pop.geojson", cells), ("livsmedel.geojson", collection(&[point("", 14.5)]))]));
    assert_eq!(results.kinds[0].summary.people_total.value(), 5.0);
    let report = results.report(&results.project.layers[0]).expect("a report");
    assert_eq!(report.refused_by_reason().get("too_large"), Some(&2));
}

#[test]
fn two_sot_places_of_one_store_are_both_there() {
    let sot =
        |name: &str, lon| point(&format!(r#""name":"{name}","status":"paused","status_date":"2023""#), lon);
    let results = compute(&project(&[
        ("pop.geojson", collection(&[point(r#""pop":5"#, 14.12345)])),
        ("livsmedel.geojson", collection(&[point(r#""name":"A""#, 14.12345)])),
        ("sot.geojson", collection(&[sot("first", 14.12445), sot("second", 14.12465)])),
    ]));
    let named: Vec<Option<usize>> =
        results.candidates.iter().filter(|c| c.sot.is_some()).map(|c| c.sot).collect();
    assert_eq!(named, [Some(0), Some(1)]);
    let [first, second] = &results.candidates[..] else { panic!("two candidates") };
    assert_eq!(first.host, second.host, "one store hosts both");
    assert_eq!(second.site, results.situation.sot_places[1].site);
    assert_ne!(first.site, second.site);
    assert_eq!(second.name, "second");
}

#[test]
fn null_among_the_features_is_json_but_no_feature() {
    let loaded = read("a.geojson", &collection(&["null".into(), point("", 14.12345)])).expect("one feature");
    assert_eq!(loaded.table.report.refused[0].reason.code(), "not_a_feature");
}

#[test]
fn a_repeated_type_is_named() {
    let error = read("a.geojson", r#"{"type":"FeatureCollection","type":"Feature","features":[]}"#)
        .expect_err("refused");
    assert!(error.to_string().contains("more than once"), "{error}");
}

#[test]
fn a_shape_that_crosses_itself_is_remarked() {
    let bow =
        r#"{"type":"Polygon","coordinates":[[[14.1,63.1],[14.2,63.2],[14.2,63.1],[14.1,63.2],[14.1,63.1]]]}"#;
    let loaded = read("a.geojson", bow).expect("a polygon");
    assert!(loaded.table.report.remarks.iter().any(|remark| remark.kind.code() == "not_simple"));
}

#[test]
fn one_fault_is_one_remark() {
    let loaded = read("a.geojson", r#"{"type":"Point","coordinates":[14.12345,63.12345],"bbox":"all"}"#)
        .expect("a point");
    assert_eq!(loaded.table.report.remarks.len(), 1);
}

#[test]
fn a_swedish_message_is_swedish() {
    let error =
        read("a.geojson", r#"{"type":"MultiPolygon","coordinates":[14.1,63.1]}"#).expect_err("refused");
    let said = error.said(Lang::Sv);
    assert!(!said.contains("Encountered"), "{said}");
}

#[test]
fn the_bar_gets_to_the_end() {
    struct Last(std::sync::Mutex<f64>);
    impl sotplan::progress::Progress for Last {
        fn report(&self, done: u64, total: u64) {
            *self.0.lock().expect("whole") = done as f64 / total as f64;
        }
        fn is_cancelled(&self) -> bool {
            false
        }
    }
    let last = Last(0.0.into());
    let text = collection(&[point("", 14.12345)]);
    load_bytes(SourcePlace::File("a.geojson".into()), text.as_bytes(), &LoadOptions::default(), &last)
        .expect("read");
    assert!(*last.0.lock().expect("whole") > 0.99);
}

#[test]
fn rings_that_run_the_wrong_way_are_one_remark() {
    let cell = |lon: f64| {
        let (east, south, north) = (lon + 0.01, 63.12345, 63.13345);
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[[{lon},{south}],[{lon},{north}],[{east},{north}],[{east},{south}],[{lon},{south}]]]}}}}"#
        )
    };
    let cells: Vec<String> = (0u32..5000).map(|at| cell(14.0 + f64::from(at % 100) / 100.0)).collect();
    let loaded = read("cells.geojson", &collection(&cells)).expect("cells");
    let [remark] = &loaded.table.report.remarks[..] else { panic!("one remark") };
    assert_eq!((remark.kind.code(), remark.number), ("file_form", None));
    assert!(remark.kind.said(Lang::Sv).contains("5000 objekt"), "{}", remark.kind.said(Lang::Sv));
    assert!(remark.kind.said(Lang::En).contains("5000 features"));
}

proptest! {
        #[test]
    fn tenths_of_people_leave_no_rest(people in proptest::collection::vec(1u32..100, 1..12)) {
        let cells: Vec<String> = (0u32..).zip(&people)
            .map(|(at, tenths)| point(&format!(r#""pop":{}"#, f64::from(*tenths) / 10.0), 14.02345 + f64::from(at * 7 % 12) / 10.0))
            .collect();
        let results = compute(&project(&[("pop.geojson", collection(&cells)), ("livsmedel.geojson", collection(&[point("", 14.02345)]))]));
        let summary = &results.kinds[0].summary;
        prop_assert!(summary.people_without_value.is_empty(), "{:?}", summary.people_without_value);
        prop_assert_eq!((summary.people_within + summary.people_beyond).value(), summary.people_total.value());
        prop_assert!(results.areas.iter().all(|row| row.kinds[0].people_without_value.value() == 0.0));
    }
}
