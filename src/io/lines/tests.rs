//! Do lines of registers become roads, and does every bad one say why it does not?

use std::path::Path;

use crate::io::{IoError, RoadFile, RoadOptions, load_roads};
use crate::model::LineColumns;
use crate::model::roads::{Direction, RoadClass};
use crate::progress::Unwatched;

fn load(text: &str, options: &RoadOptions) -> Result<RoadFile, IoError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vägar.geojson");
    std::fs::write(&path, text).expect("room on the disk");
    load_roads(&path, options, &Unwatched)
}

fn feature(geometry: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
}

fn line(coordinates: &str) -> String {
    format!(r#"{{"type":"LineString","coordinates":[{coordinates}]}}"#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

#[test]
fn lines_meet_where_their_coordinates_agree() {
    let several =
        r#"{"type":"MultiLineString","coordinates":[[[14.3,63.1],[14.4,63.1]],[[14.5,63.1],[14.6,63.1]]]}"#;
    let text = collection(&[
        feature(
            &line("[14.1,63.1],[14.2,63.1]"),
            r#""FunkVagkl":2,"HTHAST":80,"Riktning":"med","length_m":5000"#,
        ),
        feature(&line("[14.20000001,63.1],[14.3,63.1]"), r#""FunkVagkl":7,"HTHAST":null,"length_m":"x""#),
        feature(&line("[14.2,63.1],[14.2,63.1]"), r#""FunkVagkl":7"#),
        feature(&line("[14.2,63.1],[14.2,63.2]"), r#""FunkVagkl":12"#),
        feature(r#"{"type":"Point","coordinates":[14.2,63.1]}"#, r#""FunkVagkl":1"#),
        feature(&line("[63.1,14.1],[63.1,14.2]"), r#""FunkVagkl":1"#),
        feature(several, r#""FunkVagkl":9,"length_m":9000"#),
    ]);
    let roads = load(&text, &RoadOptions::default()).expect("some roads").roads;
    let ways: Vec<_> = roads.ways.iter().map(|way| (way.id, way.class, way.limit_forward)).collect();
    assert_eq!(ways, [(1, RoadClass::Secondary, 800), (7, RoadClass::Track, 0), (7, RoadClass::Track, 0)]);
    assert_eq!(roads.ways[0].direction, Direction::Forward);
    assert!((roads.ways[0].stated_length_m - 5000.0).abs() < 0.1 && roads.ways[1].stated_length_m == 0.0);
    let report = roads.report;
    let refused: Vec<_> = report.ways_refused.iter().map(|(why, n)| (why.as_str(), *n)).collect();
    let wanted =
        [("bad_class", 1), ("bad_length", 1), ("not_a_line", 1), ("swapped_axes", 1), ("too_short", 1)];
    assert_eq!(refused, wanted);
    assert!(
        report.examples.contains(&"bad_class: feature 4 FunkVagkl=12".to_owned()),
        "{:?}",
        report.examples
    );
    assert_eq!((report.ways_in, report.ways_used), (7, 2));
}

#[test]
fn two_lines_share_the_point_where_they_meet() {
    let text = collection(&[
        feature(&line("[14.1,63.1],[14.2,63.1]"), ""),
        feature(&line("[14.20000001,63.1],[14.3,63.1]"), ""),
    ]);
    let roads = load(&text, &RoadOptions::default()).expect("two roads").roads;
    assert_eq!((roads.refs_of(0), roads.refs_of(1)), (&[0, 1][..], &[1, 2][..]));
    assert_eq!(roads.ways[0].class, RoadClass::Unclassified);
}

#[test]
fn a_wanted_column_that_is_not_there_is_an_error() {
    let text = collection(&[feature(&line("[14.1,63.1],[14.2,63.1]"), r#""fart":70"#)]);
    let columns = |speed: &str| LineColumns { speed: Some(speed.into()), ..LineColumns::default() };
    let read = |speed: &str| load(&text, &RoadOptions { crs: None, columns: columns(speed) });
    assert_eq!(read("fart").expect("a road").roads.ways[0].limit_backward, 700);
    let error = read("hast").expect_err("no such column").to_string();
    assert!(error.contains("no column “hast”") && error.contains("fart"), "{error}");
}

#[test]
fn a_file_without_lines_says_so() {
    let text = collection(&[feature(r#"{"type":"Point","coordinates":[14.2,63.1]}"#, "")]);
    let error = load(&text, &RoadOptions::default()).expect_err("no road").to_string();
    assert!(error.contains("the only feature of the file is no road (not_a_line: feature 1"), "{error}");
}

/// A line as GeoPackage stores it, claiming `count` points.
fn blob(count: u32, points: &[(f64, f64)]) -> Vec<u8> {
    let mut out = b"GP\0\x01".to_vec();
    out.extend(3006i32.to_le_bytes());
    out.push(1);
    out.extend(2u32.to_le_bytes());
    out.extend(count.to_le_bytes());
    for (x, y) in points {
        out.extend(x.to_le_bytes());
        out.extend(y.to_le_bytes());
    }
    out
}

fn make_gpkg(path: &Path, epsg: i32) {
    let connection = rusqlite::Connection::open(path).expect("a database");
    let sql = format!(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);
         INSERT INTO gpkg_spatial_ref_sys VALUES (7, {epsg});
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
         INSERT INTO gpkg_geometry_columns VALUES ('väg \"nät\"', 'geom', 'LINESTRING', 7), ('punkter', 'geom', 'POINT', 7);
         CREATE TABLE \"väg \"\"nät\"\"\" (fid INTEGER PRIMARY KEY, geom BLOB, \"Hastighetsgräns\" INTEGER, namn TEXT);"
    );
    connection.execute_batch(&sql).expect("tables");
    let start = (481_794.0, 7_005_216.0);
    let good = blob(2, &[start, (482_794.0, 7_005_216.0)]);
    let rows = [
        Some(good.clone()),
        Some(good[..good.len() - 3].to_vec()),
        Some(blob(u32::MAX, &[start])),
        None,
        Some(blob(2, &[start, (f64::NAN, 0.0)])),
        Some(b"GP".to_vec()),
    ];
    for row in rows {
        let sql =
            "INSERT INTO \"väg \"\"nät\"\"\" (geom, \"Hastighetsgräns\", namn) VALUES (?1, 70, 'Byvägen')";
        connection.execute(sql, [row]).expect("a row");
    }
}

#[test]
fn line_tables_of_a_geopackage_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("nvdb_2025.gpkg");
    make_gpkg(&path, 3006);
    let file = load_roads(&path, &RoadOptions::default(), &Unwatched).expect("a road");
    assert_eq!((file.source.crs.epsg(), file.source.date.as_deref()), (3006, Some("2025")));
    let roads = file.roads;
    assert_eq!((roads.ways.len(), roads.ways[0].limit_forward, roads.name_of(0)), (1, 700, Some("Byvägen")));
    let place = roads.points[0].place();
    assert!((place.lon - 14.638_394_6).abs() < 1e-5 && (place.lat - 63.175_693_6).abs() < 1e-5, "{place:?}");
    let refused: Vec<_> = roads.report.ways_refused.iter().map(|(why, n)| (why.as_str(), *n)).collect();
    assert_eq!(refused, [("bad_geometry", 3), ("no_geometry", 1), ("outside_area_of_use", 1)]);
}

#[test]
fn a_geopackage_of_no_use_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    make_gpkg(&path, 3027);
    let error = load_roads(&path, &RoadOptions::default(), &Unwatched).expect_err("RT 38").to_string();
    assert!(error.contains("EPSG:3027 (RT38 2.5 gon V)"), "{error}");
    let bytes = std::fs::read(&path).expect("the file");
    for length in [16, 100, 5000, bytes.len() / 2] {
        std::fs::write(&path, &bytes[..length.min(bytes.len())]).expect("room on the disk");
        assert!(load_roads(&path, &RoadOptions::default(), &Unwatched).is_err(), "{length} bytes");
    }
}
