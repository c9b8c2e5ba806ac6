//! Is every column and value of Sweden's road register understood, as it is delivered? Small files with answers one
//! can count: 1 000 m east along the northing 6 400 000 in SWEREF 99 TM, unless said otherwise.

mod columns;
mod files;
mod joined;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use rusqlite::Connection;
use serde_json::{Value, json};
use sotplan::app::export::Stamp;
use sotplan::app::session::Session;
use sotplan::geometry::LonLat;
use sotplan::io::{RoadFile, RoadOptions, load_roads};
use sotplan::lang::{Lang, Said};
use sotplan::model::roads::{Access, BuiltUp, Direction, Keeper, RoadClass, Surface, Way};
use sotplan::model::{Mode, TravelProfile};
use sotplan::network::{By, RoadNetwork};
use sotplan::progress::Unwatched;
use sotplan::units::Metres;
use tempfile::TempDir;

const NORTHING: f64 = 6_400_000.0;
const EASTING: f64 = 700_000.0;

/// A line from one easting to another, in metres from the first.
fn line(from: f64, to: f64) -> Vec<[f64; 2]> {
    vec![[EASTING + from, NORTHING], [EASTING + to, NORTHING]]
}

fn geojson(rows: &[(Vec<[f64; 2]>, Value)]) -> String {
    let features: Vec<Value> = rows
        .iter()
        .map(|(line, properties)| {
            json!({"type": "Feature", "properties": properties,
                "geometry": {"type": "LineString", "coordinates": line}})
        })
        .collect();
    json!({"type": "FeatureCollection", "features": features,
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}})
    .to_string()
}

/// A GeoPackage of the same rows: every column as text, or with the type of its value.
fn geopackage(path: &Path, rows: &[(Vec<[f64; 2]>, Value)], is_text: bool) {
    let file = Connection::open(path).expect("made");
    file.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
           organization_coordsys_id INTEGER, definition TEXT);
         INSERT INTO gpkg_spatial_ref_sys VALUES ('SWEREF99 TM', 3006, 'EPSG', 3006, '');
         CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
           srs_id INTEGER, z INTEGER, m INTEGER);
         INSERT INTO gpkg_contents VALUES ('NVDB', 'features');
         INSERT INTO gpkg_geometry_columns VALUES ('NVDB', 'Shape', 'LINESTRING', 3006, 2, 2);",
    )
    .expect("tables");
    let columns: Vec<String> = rows[0].1.as_object().expect("an object").keys().cloned().collect();
    let defined = columns.iter().fold(String::new(), |all, column| all + ", \"" + column + "\"");
    file.execute(&format!("CREATE TABLE NVDB (fid INTEGER PRIMARY KEY, Shape BLOB{defined})"), [])
        .expect("a table");
    for (line, properties) in rows {
        let places = (0..columns.len()).fold(String::new(), |all, at| format!("{all}, ?{}", at + 2));
        let sql = format!("INSERT INTO NVDB (Shape{defined}) VALUES (?1{places})");
        let mut values: Vec<rusqlite::types::Value> = vec![blob(line).into()];
        values.extend(columns.iter().map(|column| match &properties[column] {
            Value::Null => rusqlite::types::Value::Null,
            Value::String(text) => text.clone().into(),
            other if is_text => other.to_string().into(),
            Value::Number(number) if number.is_i64() => number.as_i64().expect("whole").into(),
            other => other.as_f64().expect("a number").into(),
        }));
        file.execute(&sql, rusqlite::params_from_iter(values)).expect("a row");
    }
}

/// A line with heights and measures, as the register has them.
fn blob(line: &[[f64; 2]]) -> Vec<u8> {
    let mut out = b"GP\0\x01".to_vec();
    out.extend(3006i32.to_le_bytes());
    out.push(1);
    out.extend(3002u32.to_le_bytes());
    out.extend(u32::try_from(line.len()).expect("short").to_le_bytes());
    for [x, y] in line {
        for value in [*x, *y, 12.5, 0.25] {
            out.extend(value.to_le_bytes());
        }
    }
    out
}

fn load(path: &Path) -> RoadFile {
    load_roads(path, &RoadOptions::default(), &Unwatched).expect("roads")
}

fn read(rows: &[(Vec<[f64; 2]>, Value)]) -> RoadFile {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("roads.geojson");
    std::fs::write(&path, geojson(rows)).expect("room on the disk");
    load(&path)
}

/// The way of one stretch with these columns, beside what every stretch says.
#[expect(clippy::needless_pass_by_value, reason = "they are made where it is called")]
fn way(properties: Value) -> Way {
    let mut all = json!({"Klass_181": 5, "F_Hogst_225": 70, "B_Hogst_225": 70, "extlen": 1000.0});
    all.as_object_mut().expect("an object").extend(properties.as_object().expect("an object").clone());
    read(&[(line(0.0, 1000.0), all)]).roads.ways.remove(0)
}

/// A network of some rows for a car.
fn network(rows: &[(Vec<[f64; 2]>, Value)], profile: &TravelProfile) -> RoadNetwork {
    let roads = read(rows).roads;
    RoadNetwork::build(roads.into(), profile, Mode::Car, &Unwatched).expect("not stopped")
}

fn place(metres: f64, north: f64) -> LonLat {
    let plane = sotplan::geometry::Reprojection::new(sotplan::geometry::Crs::Wgs84);
    plane
        .lon_lat_from_plane(sotplan::geometry::PlanePoint::new(EASTING + metres, NORTHING + north))
        .expect("in Sweden")
}

/// Seconds and metres between two places along the line.
fn trip(network: &RoadNetwork, from: (f64, f64), to: (f64, f64)) -> Option<(f64, f64)> {
    let at = |(east, north): (f64, f64)| network.snap(place(east, north), Metres::new(500.0)).ok();
    let route = network.route(&at(from)?, &at(to)?, By::Time, &Unwatched).expect("not stopped")?;
    Some((route.time.value(), route.length.value()))
}
