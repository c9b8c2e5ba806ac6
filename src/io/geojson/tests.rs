//! What the reader makes of files, one example a rule.

use super::*;
use crate::model::{Refusal, SourcePlace};
use crate::progress::Unwatched;

fn read_text(text: &str) -> Result<ReadLayer, IoError> {
    read_bytes(text.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> Result<ReadLayer, IoError> {
    let input = Input::of_bytes(SourcePlace::File("test.geojson".into()), bytes);
    read(&input, &LoadOptions::default(), &Unwatched)
}

fn codes(file: &ReadLayer) -> Vec<(u32, &'static str)> {
    file.table.report.refused.iter().map(|refused| (refused.number, refused.reason.code())).collect()
}

fn point(coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"a":1}},"geometry":{{"type":"Point","coordinates":{coordinates}}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",\n"))
}

#[test]
fn one_bad_feature_costs_only_itself() {
    let good = point("[14.63839,63.17569]");
    let file = read_text(&collection(&[
        good.clone(),
        point("[NaN,63]"),
        point("[63.17569,14.63839]"),
        point("[14.6,1e300]"),
        point("[140.2,63.1]"),
        point("[\"14\",63]"),
        r#"{"type":"Feature","properties":{},"geometry":null}"#.into(),
        r#"{"type":"Feature","properties":{},"geometry":{"type":"MultiPoint","coordinates":[]}}"#.into(),
        good,
    ]))
    .expect("two features are good");
    assert_eq!(
        codes(&file),
        [
            (2, "not_finite"),
            (3, "swapped_axes"),
            (4, "not_finite"),
            (5, "outside_area_of_use"),
            (6, "bad_geometry"),
            (7, "no_geometry"),
            (8, "empty_geometry"),
        ]
    );
    assert_eq!(file.table.features.iter().map(|f| f.number).collect::<Vec<_>>(), [1, 9]);
    assert_eq!(file.table.report.features_in, 9);
}

#[test]
fn a_number_beyond_all_numbers_is_not_finite() {
    let good = point("[14.63839,63.17569]");
    let file = read_text(&collection(&[good, "1e999x".into(), "1e99x".into(), "1e999".into()]))
        .expect("one is good");
    assert_eq!(codes(&file), [(2, "not_finite"), (3, "not_json"), (4, "not_a_feature")]);
}

#[test]
fn a_file_that_breaks_off_keeps_what_came_before() {
    let whole = collection(&[point("[14.6,63.1]"), point("[14.7,63.2]"), point("[14.8,63.3]")]);
    let cut = &whole[..whole.len() - 30];
    let file = read_text(cut).expect("two features are whole");
    assert_eq!(file.table.features.len(), 2);
    assert_eq!(codes(&file), [(3, "not_json")]);
}

#[test]
fn crs_comes_from_the_file_or_is_stated() {
    let named = |crs: &str, coordinates: &str| {
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{crs}"}}}},"features":[{}]}}"#,
            point(coordinates)
        )
    };
    let home = |file: ReadLayer| {
        let place = file.table.features[0].place;
        ((place.lon * 1e4).round() / 1e4, (place.lat * 1e4).round() / 1e4)
    };
    let sweref = read_text(&named("urn:ogc:def:crs:EPSG::3006", "[481794.0,7005216.0]")).expect("EPSG:3006");
    assert!(!sweref.crs_assumed);
    assert_eq!(home(sweref), (14.6384, 63.1757));
    let mercator = read_text(&named("EPSG:3857", "[1629538.6,9127700.0]")).expect("EPSG:3857");
    assert_eq!(mercator.crs, Crs::WebMercator);
    let assumed = read_text(&collection(&[point("[481794.0,7005216.0]")])).expect("metres");
    assert!(assumed.crs_assumed);
    assert_eq!(assumed.table.report.remarks[0].kind, RemarkKind::AssumedSweref99Tm);
    assert_eq!(home(assumed), (14.6384, 63.1757));
    let swapped = read_text(&named("EPSG:3006", "[7005216.0,481794.0]"));
    assert_eq!(home(swapped.expect("north first, as EPSG:3006 is defined")), (14.6384, 63.1757));
    let swapped = read_text(&named("urn:ogc:def:crs:OGC:1.3:CRS84", "[63.1757,14.6384]"));
    let Err(IoError::NoUsableFeature { report, .. }) = swapped else { panic!("CRS84 is longitude first") };
    assert!(matches!(report.refused[0].reason, Refusal::SwappedAxes { .. }));
    assert!(matches!(read_text(&named("EPSG:3027", "[1,2]")), Err(IoError::UnsupportedCrs { .. })));
}

#[test]
fn newline_delimited_bom_and_bare_geometries() {
    let lines = format!("\u{feff}{}\n{}\n", point("[14.6,63.1]"), point("[14.7,63.2]"));
    let file = read_text(&lines).expect("two lines");
    assert_eq!(file.table.features.len(), 2);
    let bare = read_text(r#"{"type":"Point","coordinates":[14.6,63.1]}"#).expect("a bare geometry");
    assert_eq!(bare.table.features.len(), 1);
    let separated = format!("\u{1e}{}\n\u{1e}{}\n", point("[14.6,63.1]"), point("[14.7,63.2]"));
    assert_eq!(read_text(&separated).expect("RFC 8142").table.features.len(), 2);
}

#[test]
fn a_cell_stands_at_its_centroid_in_the_plane() {
    let cell = r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[13.906444,62.146666],[13.90612,62.155641],[13.886934,62.155488],[13.887263,62.146513],[13.906444,62.146666]]]}}"#;
    let file = read_text(cell).expect("a cell");
    let point = file.table.features[0].point;
    assert!((point.e - 442_500.0).abs() < 0.2 && (point.n - 6_891_500.0).abs() < 0.2, "{point:?}");
}

#[test]
fn ids_are_kept_where_they_are_unique() {
    let with_id = |id: &str, lon: f64| {
        format!(
            r#"{{"type":"Feature","id":{id},"properties":null,"geometry":{{"type":"Point","coordinates":[{lon},63.12345]}}}}"#
        )
    };
    let file = read_text(&collection(&[
        with_id("\"a\"", 14.12345),
        with_id("7", 14.22345),
        with_id("\"a\"", 14.32345),
    ]))
    .expect("three features");
    let ids: Vec<_> = file.table.features.iter().map(|feature| feature.id.as_deref()).collect();
    assert_eq!(ids, [None, Some("7"), None]);
    assert_eq!(file.table.report.remarks.iter().filter(|r| r.kind.code() == "duplicate_id").count(), 2);
}

#[test]
fn files_that_are_something_else_say_so() {
    for (text, part) in [
        ("", "empty"),
        ("null", "begins with"),
        ("{}", "no “type”"),
        (r#"{"type":"FeatureCollection"}"#, "no “features”"),
        (r#"{"type":"FeatureCollection","features":{}}"#, "must be an array"),
        (r#"{"type":"featurecollection","features":[]}"#, "upper and lower case"),
        (r#"{"type":"MultiPoint" "coordinates":[]}"#, "expected a comma"),
    ] {
        let error = read_text(text).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error.contains(part), "{text}: {error}");
    }
    let latin1 = read_bytes(b"{\"type\":\"\xe5\"}");
    assert!(matches!(latin1, Err(IoError::NotUtf8 { byte: 9, .. })));
}
