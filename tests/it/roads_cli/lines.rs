//! Roads as lines of a register: columns recognised or said, several files joined, `GeoPackage` files.

use rusqlite::Connection;

use super::*;

/// A road and what its columns say.
fn road(line: &[[f64; 2]], properties: &str) -> String {
    shape("LineString", &line_of(line), properties)
}

/// The one row between two places on roads of these files.
fn trip(country: &Country, from: [f64; 2], to: [f64; 2], roads: &[&str]) -> Row {
    country.write("a.geojson", collection(&[point(from, "", "")]));
    country.write("b.geojson", collection(&[point(to, "", "")]));
    let mut all = vec!["travel", "--from", "a.geojson", "--to", "b.geojson", "--out", "t.csv"];
    all.extend(roads);
    assert_eq!(text(&country.good(&all)), "");
    rows(&country.path("t.csv")).pop().expect("a row")
}

#[test]
fn columns_are_recognised() {
    let country = Country::new();
    let lines = [
        road(&[A, B], r#""highway":"primary","oneway":"no""#),
        road(&[B, C], r#""highway":"primary","maxspeed":"100","oneway":"yes","name":"Norrut""#),
        road(&[B, D], r#""highway":"secondary","maxspeed":80,"oneway":-1,"length_m":20000"#),
    ];
    country.write("lines.geojson", collection(&lines));
    let roads = ["--roads", "lines.geojson"];
    is_about(trip(&country, A, C, &roads).trip(), sum([at(PRIMARY, &[A, B]), at(85.0, &[B, C])]), "north");
    assert_eq!(trip(&country, C, A, &roads).reason, "not_connected", "one-way");
    let stated = Trip { m: 20_000.0, s: 20.0 / 68.0 * 3600.0 };
    is_about(trip(&country, D, B, &roads).trip(), stated, "the length that is stated");
    assert_eq!(trip(&country, B, D, &roads).reason, "not_connected", "one-way the other way");
    let half = trip(&country, SHOP, B, &roads).trip();
    assert!((half.m - 10_000.0).abs() < 1.0 && (half.s - stated.s / 2.0).abs() < 0.2, "{half:?}");
}

#[test]
fn columns_of_nvdb_and_columns_said() {
    let country = Country::new();
    let lines = [
        road(
            &[A, B],
            r#""Funktionell vägklass":1,"Hastighet":90,"Klassning":"residential","Fart":"50","Riktat":"mot","Mått":20000"#,
        ),
        road(
            &[B, C],
            r#""Funktionell vägklass":"5","Hastighet":0,"Klassning":"trunk","Fart":"","Riktat":null,"Mått":null"#,
        ),
    ];
    country.write("nvdb.geojson", collection(&lines));
    let roads = ["--roads", "nvdb.geojson"];
    is_about(
        trip(&country, A, C, &roads).trip(),
        sum([at(76.5, &[A, B]), at(UNCLASSIFIED, &[B, C])]),
        "NVDB",
    );
    let said = [
        "--class-field",
        "Klassning",
        "--speed-field",
        "Fart",
        "--direction-field",
        "Riktat",
        "--length-field",
        "Mått",
    ];
    let roads: Vec<&str> = roads.into_iter().chain(said).collect();
    let first = Trip { m: 20_000.0, s: 20.0 / 42.5 * 3600.0 };
    is_about(trip(&country, C, A, &roads).trip(), sum([at(TRUNK, &[B, C]), first]), "as said");
    assert_eq!(trip(&country, A, C, &roads).reason, "not_connected", "against the line only");
    // Only the class said: the rest is recognised still.
    let only = ["--roads", "nvdb.geojson", "--class-field", "Klassning"];
    is_about(trip(&country, A, C, &only).trip(), sum([at(76.5, &[A, B]), at(TRUNK, &[B, C])]), "class said");
}

#[test]
fn lines_of_which_a_value_is_bad_are_left_out() {
    let country = Country::new();
    let lines = [
        road(&[A, B], r#""class":"primary","speed":70"#),
        road(&[B, C], r#""class":"highroad","speed":70"#),
        road(&[B, D], r#""class":"primary","speed":"fort""#),
        point(SHOP, "", ""),
    ];
    country.write("lines.geojson", collection(&lines));
    let arguments =
        ["analyse", "--json", "--out", "out", "--population", "cells.geojson", "--grocery", "shops.geojson"];
    let all: Vec<&str> =
        arguments.into_iter().chain(["--roads", "lines.geojson", "--max-access", "6km"]).collect();
    let found: Value = serde_json::from_slice(&country.good(&all)).expect("JSON");
    let file = &found["roads"]["files"][0];
    assert_eq!((number(&file["ways_in"]), number(&file["ways_used"])), (4.0, 1.0));
    assert_eq!(file["ways_refused"], serde_json::json!({"bad_class": 1, "bad_speed": 1, "not_a_line": 1}));
    people(&found, "grocery", 280.0);
}

#[test]
fn several_files_meet_where_their_coordinates_agree() {
    let country = Country::new();
    country.write("south.osm", osm(&[(vec![A, B], "highway=primary name=Storvägen")]));
    country.write("north.geojson", collection(&[road(&[B, C], r#""highway":"primary","name":"Storvägen""#)]));
    country.write(
        "east.geojson",
        collection(&[road(&[[14.0, 63.1], D], r#""highway":"secondary","maxspeed":80"#)]),
    );
    country
        .write("near.geojson", collection(&[road(&[[14.000_000_2, 63.1], D], r#""highway":"secondary""#)]));
    for order in
        [["south.osm", "north.geojson", "east.geojson"], ["east.geojson", "north.geojson", "south.osm"]]
    {
        let roads: Vec<&str> = order.iter().flat_map(|file| ["--roads", file]).collect();
        is_about(trip(&country, A, C, &roads).trip(), at(PRIMARY, &[A, B, C]), "north");
        is_about(trip(&country, D, A, &roads).trip(), sum([at(68.0, &[D, B]), at(PRIMARY, &[B, A])]), "east");
        let route = ["route", "--from", "14,63.01", "--to", "14,63.19"];
        let printed: Value =
            serde_json::from_slice(&country.good(&route.into_iter().chain(roads).collect::<Vec<_>>()))
                .expect("JSON");
        assert_eq!(printed["features"][0]["properties"]["legs"], 1, "one name in two files is one leg");
    }
    let apart = ["--roads", "south.osm", "--roads", "near.geojson"];
    assert_eq!(
        trip(&country, [14.0, 63.05], D, &apart).reason,
        "not_connected",
        "two centimetres are no junction"
    );
    let arguments =
        ["analyse", "--json", "--out", "out", "--population", "cells.geojson", "--grocery", "shops.geojson"];
    let roads = ["--roads", "south.osm", "--roads", "north.geojson", "--roads", "east.geojson"];
    let found: Value =
        serde_json::from_slice(&country.good(&arguments.into_iter().chain(roads).collect::<Vec<_>>()))
            .expect("JSON");
    let names: Vec<&str> = found["roads"]["files"]
        .as_array()
        .expect("files")
        .iter()
        .filter_map(|file| file["file"].as_str())
        .collect();
    assert_eq!(names, ["south.osm", "north.geojson", "east.geojson"]);
    people(&found, "grocery", 280.0);
}

/// A line as a GeoPackage's geometry.
fn blob(epsg: i32, line: &[[f64; 2]]) -> Vec<u8> {
    let mut out = b"GP\0\x01".to_vec();
    out.extend(epsg.to_le_bytes());
    out.push(1);
    out.extend(2u32.to_le_bytes());
    out.extend(u32::try_from(line.len()).expect("short").to_le_bytes());
    line.iter().flatten().for_each(|value| out.extend(value.to_le_bytes()));
    out
}

fn geopackage(country: &Country, name: &str, epsg: i32, lines: &[(Vec<[f64; 2]>, &str, f64)]) {
    let file = Connection::open(country.path(name)).expect("made");
    file.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
           organization_coordsys_id INTEGER, definition TEXT);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
           srs_id INTEGER, z INTEGER, m INTEGER);
         CREATE TABLE \"väg nät\" (fid INTEGER PRIMARY KEY, form BLOB, vagklass TEXT, hastighet REAL);",
    )
    .expect("tables");
    file.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('x', ?1, 'EPSG', ?1, '')", [epsg]).expect("a row");
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES ('väg nät', 'form', 'LINESTRING', ?1, 0, 0)",
        [epsg],
    )
    .expect("a row");
    for (line, class, speed) in lines {
        let row = (blob(epsg, line), *class, *speed);
        file.execute("INSERT INTO \"väg nät\" (form, vagklass, hastighet) VALUES (?1, ?2, ?3)", row)
            .expect("a row");
    }
}

#[test]
fn a_geopackage_of_lines_is_roads() {
    let country = Country::new();
    geopackage(&country, "roads.gpkg", 4326, &[(vec![A, B], "primary", 0.0), (vec![B, D], "2", 80.0)]);
    let wanted = sum([at(PRIMARY, &[A, B]), at(68.0, &[B, D])]);
    is_about(trip(&country, A, D, &["--roads", "roads.gpkg"]).trip(), wanted, "in degrees");
    let metres = |place: [f64; 2]| {
        let plane = sotplan::geometry::Reprojection::new(sotplan::geometry::Crs::Wgs84);
        let point = plane.plane(sotplan::geometry::LonLat::new(place[0], place[1])).expect("in Sweden");
        [point.e, point.n]
    };
    let lines = [(vec![metres(A), metres(B)], "1", 0.0), (vec![metres(B), metres(D)], "secondary", 80.0)];
    geopackage(&country, "sweref.gpkg", 3006, &lines);
    is_about(trip(&country, A, D, &["--roads", "sweref.gpkg"]).trip(), wanted, "in SWEREF 99 TM");
    geopackage(&country, "rt38.gpkg", 3027, &lines);
    let route = ["route", "--roads", "rt38.gpkg", "--from", "14,63", "--to", "14.2,63.1"];
    country.refuse(&route, &["rt38.gpkg", "EPSG:3027", "not supported"]);
    geopackage(&country, "empty.gpkg", 4326, &[]);
    country.refuse(
        &["route", "--roads", "empty.gpkg", "--from", "14,63", "--to", "14.2,63.1"],
        &["empty.gpkg", "Choose a file with roads"],
    );
}
