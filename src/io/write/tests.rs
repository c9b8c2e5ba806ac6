//! Does what is written come back the same?

use serde_json::{Value, json};

use super::*;
use crate::geometry::Crs;
use crate::io::{LoadOptions, load_bytes, load_file};
use crate::lang::{Lang, Said as _};
use crate::model::{Entry, FeatureTable, SourcePlace};
use crate::progress::Unwatched;

/// Every type of value, a row without a place, one that cannot be used, names that differ by case, ids beside the columns.
const HARD: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"a","properties":{"code":"0980","n":5,"r":1.5,"big":9007199254740993,"ok":true,"day":"2024-02-29","NAMN":"=1+1","namn":"å;\"x\"\nrad","mix":1,"list":[1,2],"none":null,"fid":7},"geometry":{"type":"Point","coordinates":[14.123456789,63.1]}},
{"type":"Feature","id":"b","properties":{"code":"x","n":-3,"r":2,"ok":false,"day":"1850-01-01","mix":"t","fid":7,"late":true},"geometry":null},
{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Point","coordinates":[14.5,63.2]}},
{"type":"Feature","properties":{"code":"out"},"geometry":{"type":"Point","coordinates":[100,10]}}]}"#;

/// A cell of SWEREF 99 TM with a hole, which runs the wrong way, and two cells in one feature.
const CELLS: &str = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3006"}},"features":[
{"type":"Feature","properties":{"ruta":"4420006891000","antal":13},"geometry":{"type":"Polygon","coordinates":[[[442000,6891000],[442000,6892000],[443000,6892000],[443000,6891000],[442000,6891000]],[[442100,6891100],[442200,6891100],[442200,6891200],[442100,6891200],[442100,6891100]]]}},
{"type":"Feature","properties":{"ruta":"4440006891000","antal":2},"geometry":{"type":"MultiPolygon","coordinates":[[[[444000,6891000],[445000,6891000],[445000,6892000],[444000,6892000],[444000,6891000]]],[[[446000,6891000],[447000,6891000],[447000,6892000],[446000,6892000],[446000,6891000]]]]}}]}"#;

fn read(name: &str, text: &str) -> Loaded {
    let place = SourcePlace::File(name.into());
    load_bytes(place, text.as_bytes(), &LoadOptions::default(), &Unwatched).expect("it reads")
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn write(&self, name: &str, loaded: &Loaded, options: WriteOptions) -> (Written, Loaded) {
        let path = self.0.path().join(name);
        let written = write_layer(&path, loaded, &options).expect("it is written");
        let said = LoadOptions { crs_if_unsaid: Some(written.crs), ..LoadOptions::default() };
        (written, load_file(&path, &said, &Unwatched).expect("it reads again"))
    }

    fn text(&self, name: &str, loaded: &Loaded, options: WriteOptions) -> String {
        let path = self.0.path().join(name);
        write_layer(&path, loaded, &options).expect("it is written");
        String::from_utf8(std::fs::read(path).expect("it is there")).expect("UTF-8")
    }
}

/// Rows with and without a place, as objects, in the order of the file.
fn rows(table: &FeatureTable) -> Vec<Value> {
    let object = |columns: &[crate::model::Column], row: u32| {
        let said = columns.iter().filter_map(|column| Some((column.name.clone(), column.entry(row)?)));
        Value::Object(said.map(|(name, entry)| (name, Entry::to_value(entry))).collect())
    };
    let placed = table.features.iter().map(|feature| (feature.number, object(&table.columns, feature.row)));
    let nowhere = &table.placeless;
    let placeless = nowhere.rows.iter().map(|row| (row.number, object(&nowhere.columns, row.row)));
    let mut all: Vec<(u32, Value)> = placed.chain(placeless).collect();
    all.sort_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, row)| row).collect()
}

#[test]
fn every_value_and_row_comes_back_from_geojson() {
    let (folder, source) = (Folder::new(), read("hard.geojson", HARD));
    for name in ["out.geojson", "out.json", "out.geojsonl"] {
        let (written, again) = folder.write(name, &source, WriteOptions::default());
        assert_eq!((written.rows, written.without_place), (3, 1), "{name}");
        assert_eq!(written.refused, [("outside_area_of_use", 1)].into());
        assert_eq!(rows(&again.table), rows(&source.table), "{name}");
        let names =
            |table: &FeatureTable| table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&again.table)[..12], names(&source.table)[..12]);
        assert_eq!(again.table.features[0].id.as_deref(), Some("a"));
        assert_eq!(again.table.placeless.rows[0].id.as_deref(), Some("b"));
        assert_eq!(again.table.features[0].place, source.table.features[0].place);
    }
}

#[test]
fn a_geopackage_holds_types_and_rows_without_a_place() {
    let (folder, source) = (Folder::new(), read("hard.geojson", HARD));
    let (written, again) = folder.write("out.gpkg", &source, WriteOptions::default());
    assert_eq!((written.rows, written.without_place), (3, 1));
    // Names that differ by case alone and mixed columns are said.
    assert_eq!(written.notes.len(), 2);
    let found = rows(&again.table);
    let first = json!({"fid_2": 1, "id": "a", "code": "0980", "n": 5, "r": 1.5, "big": 9_007_199_254_740_993_i64, "ok": true,
        "day": "2024-02-29", "NAMN": "=1+1", "namn_2": "å;\"x\"\nrad", "mix": "1", "list": "[1,2]", "fid": 7});
    assert_eq!(found[0], first);
    assert_eq!(found[1]["r"], json!(2.0));
    assert_eq!((&found[1]["late"], &found[1]["mix"]), (&json!(true), &json!("t")));
    assert_eq!(found[2], json!({"fid_2": 3, "code": "1"}));
    let kept = std::fs::read_dir(folder.0.path()).expect("a folder").count();
    assert_eq!(kept, 1, "no file is left behind");
    // A key of the source's own stays one.
    let (_, third) = folder.write("again.gpkg", &again, WriteOptions::default());
    assert_eq!(rows(&third.table).len(), 3);
}

#[test]
fn a_geopackage_has_an_index_that_finds() {
    let (folder, source) = (Folder::new(), read("cells.geojson", CELLS));
    folder.write("out.gpkg", &source, WriteOptions::default());
    let connection = rusqlite::Connection::open(folder.0.path().join("out.gpkg")).expect("a database");
    let sql = "SELECT id FROM rtree_cells_geom WHERE minx < 443500 AND maxx > 442500";
    assert_eq!(connection.query_row(sql, [], |row| row.get::<_, i64>(0)), Ok(1));
    let kind = "SELECT geometry_type_name || srs_id FROM gpkg_geometry_columns";
    assert_eq!(connection.query_row(kind, [], |row| row.get(0)), Ok("MULTIPOLYGON3006".to_owned()));
}

#[test]
fn coordinates_stay_what_they_are_in_their_system_and_come_back_from_another() {
    let (folder, source) = (Folder::new(), read("cells.geojson", CELLS));
    let to =
        |epsg: u16| WriteOptions { crs: Some(Crs::try_from(epsg).expect("a system")), ..Default::default() };
    let text = folder.text("own.geojson", &source, to(3006));
    assert!(text.contains("\"urn:ogc:def:crs:EPSG::3006\""), "{text}");
    // Counterclockwise now, and the hole clockwise, in the very numbers of the source.
    let rings = "[[442000.0,6891000.0],[443000.0,6891000.0],[443000.0,6892000.0],[442000.0,6892000.0],[442000.0,6891000.0]]";
    assert!(text.contains("[443000.0,6892000.0]") && !text.contains(".999"), "{rings}: {text}");
    for (name, epsg) in [("a.gpkg", 3014), ("a.geojson", 25833), ("b.gpkg", 4258), ("c.geojson", 4326)] {
        let (written, there) = folder.write(name, &source, to(epsg));
        assert_eq!((written.crs.epsg(), there.source.crs.epsg()), (epsg, epsg), "{name}");
        let (_, back) = folder.write("back.gpkg", &there, to(3006));
        for (a, b) in source.table.features.iter().zip(&back.table.features) {
            assert!(a.point.distance(b.point).value() < 0.02, "{name}: {:?} {:?}", a.point, b.point);
        }
        assert_eq!(rows(&back.table)[1]["antal"], json!(2));
    }
    let text = folder.text("plain.geojson", &source, WriteOptions::default());
    assert!(!text.contains("crs"), "WGS 84 is not named: {text}");
}

#[test]
fn a_table_of_text_says_places_once_and_never_in_two_systems() {
    let folder = Folder::new();
    let source = read("butiker.csv", "namn,lon,lat,pris\n\"Ica; Åre\",13.1,63.4,1.5\nUtan plats,,,2\n");
    let text = folder.text("a.csv", &source, WriteOptions::default());
    assert!(text.starts_with("namn,lon,lat,pris\n"), "the source's own columns say it: {text}");
    assert_eq!(text.lines().count(), 3, "{text}");
    let swedish = WriteOptions { swedish: true, ..Default::default() };
    let text = folder.text("b.csv", &source, swedish);
    assert!(text.starts_with("\u{feff}namn;lon;lat;pris\n\"Ica; Åre\";13,1;63,4;1,5\n"), "{text}");
    let (written, again) =
        folder.write("c.csv", &source, WriteOptions { crs: Some(Crs::Sweref99Tm), ..Default::default() });
    assert_eq!(written.notes.len(), 2, "renamed columns are said");
    assert_eq!((again.source.crs, again.source.crs_assumed), (Crs::Sweref99Tm, false));
    // No table is read in another system than it was written in, and none says two.
    let crs = Crs::try_from(25832_u16).expect("a system");
    let (_, other) = folder.write("e.csv", &again, WriteOptions { crs: Some(crs), ..Default::default() });
    assert_eq!(other.source.crs, crs);
    assert!(other.table.features[0].point.distance(source.table.features[0].point).value() < 0.002);
    assert!(again.table.features[0].point.distance(source.table.features[0].point).value() < 0.002);
    let cells = folder.text("d.tsv", &read("cells.geojson", CELLS), WriteOptions::default());
    assert!(cells.starts_with("ruta\tantal\teasting\tnorthing\tepsg\twkt\n4420006891000\t13\t"), "{cells}");
    assert!(cells.contains("POLYGON((442000 6891000,"), "{cells}");
}

#[test]
fn what_a_format_cannot_hold_is_an_error_and_the_old_file_stays() {
    let folder = Folder::new();
    let long = "x".repeat(40_000);
    let text = format!(
        r#"{{"type":"Feature","properties":{{"text":"{long}"}},"geometry":{{"type":"Point","coordinates":[15.5,63.25]}}}}"#
    );
    let source = read("long.geojson", &text);
    let path = folder.0.path().join("out.xlsx");
    std::fs::write(&path, "old").expect("a file");
    let error = write_layer(&path, &source, &WriteOptions::default()).expect_err("no cell holds it");
    assert!(error.said(Lang::Sv).contains("rad 1, ”text”"), "{}", error.said(Lang::Sv));
    assert_eq!(std::fs::read(&path).expect("it is there"), b"old");
    let lines = folder.0.path().join("out.geojsonl");
    let options = WriteOptions { crs: Some(Crs::Sweref99Tm), ..Default::default() };
    assert!(write_layer(&lines, &source, &options).is_err() && !lines.exists());
    let shp = write_layer(&folder.0.path().join("out.shp"), &source, &WriteOptions::default());
    assert!(shp.expect_err("not written").said(Lang::En).contains(".gpkg"));
    let missing = folder.0.path().join("none").join("out.gpkg");
    assert!(matches!(write_layer(&missing, &source, &WriteOptions::default()), Err(IoError::Write { .. })));
}

#[test]
fn a_workbook_and_a_flatgeobuf_are_what_they_say() {
    let (folder, source) = (Folder::new(), read("hard.geojson", HARD));
    let write = |name: &str| {
        let path = folder.0.path().join(name);
        let written = write_layer(&path, &source, &WriteOptions::default()).expect("it is written");
        (written, std::fs::read(path).expect("it is there"))
    };
    let (written, bytes) = write("out.xlsx");
    assert!(bytes.starts_with(b"PK\x03\x04"));
    assert_eq!((written.rows, written.notes.len()), (3, 2), "mixed columns and a huge number are said");
    let (written, bytes) = write("out.fgb");
    assert!(bytes.starts_with(b"fgb\x03fgb"));
    assert_eq!((written.rows, written.without_place), (2, 0));
    assert_eq!(written.refused, [("no_geometry", 1), ("outside_area_of_use", 1)].into());
}
