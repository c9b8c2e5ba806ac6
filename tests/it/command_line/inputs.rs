//! Which files does the command line take, in which systems, and what does it say of bad ones?

use super::*;

#[test]
fn files_that_cannot_be_used_are_named() {
    let bench = Bench::new();
    let people = demo_file("population.geojson").to_str().expect("UTF-8").to_owned();
    let grocery = demo_file("grocery.geojson").to_str().expect("UTF-8").to_owned();
    let with_store =
        |file: &str, phrases: &[&str]| refuse(&["--population", &people, "--grocery", file], phrases);
    with_store("nowhere/butiker.geojson", &["nowhere/butiker.geojson", "no such file", "Check the path"]);
    let folder = bench.folder.path().to_str().expect("UTF-8");
    with_store(folder, &[folder, "is a folder"]);
    with_store(&bench.write("tom.geojson", ""), &["tom.geojson", "empty"]);
    with_store(&bench.write("blank.geojson", " \n\t\n"), &["blank.geojson", "empty"]);
    let broken = "{\"type\": \"FeatureCollection\",\n  \"features\": [oops";
    with_store(&bench.write("broken.geojson", broken), &["broken.geojson"]);
    let broken = "{\"type\": \"FeatureCollection\",\n  \"features\" []}";
    with_store(&bench.write("colon.geojson", broken), &["colon.geojson, line 2, column 14", "colon"]);
    with_store(&bench.write("latin1.geojson", b"{\"type\":\"\xe5\"}"), &["latin1.geojson", "type", "å"]);
    let abroad = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[139.7,35.7]}}]}"#;
    let named = ["abroad.geojson", "the only feature of the file", "Feature 1", "139.7, 35.7", "longitude"];
    with_store(&bench.write("abroad.geojson", abroad), &named);
    let grid = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3027"}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;
    with_store(&bench.write("rt38.geojson", grid), &["rt38.geojson", "EPSG:3027", "Export in"]);
    for (name, content, format) in [
        ("butiker.gml", &b"<gml/>"[..], "gml"),
        ("butiker.tif", &b"II*\0"[..], "tif"),
        ("butiker.xlsx", b"PK\x03\x04rest", "xlsx"),
        ("butiker.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader", "pbf"),
    ] {
        with_store(&bench.write(name, content), &[name, format, "not read", "GeoJSON"]);
    }
    let parquet = bench.write("butiker.geojson", b"PAR1rest");
    let said = if cfg!(feature = "parquet") { "breaks off" } else { "without reading of Parquet" };
    with_store(&parquet, &["butiker.geojson", said, "GeoPackage"]);
    let cut = bench.write("butiker.shp", &[0u8, 0, 0x27, 0x0a, 0, 0][..]);
    with_store(&cut, &["butiker.shp", "no shapefile", "export it again"]);
    with_store(&bench.write("butiker.kml", "<kml/>"), &["butiker.kml", "no features"]);
    let damaged = bench.write("butiker.gpkg", b"SQLite format 3\0rest");
    with_store(&damaged, &["butiker.gpkg", "GeoPackage cannot be read", "Export it again"]);
    refuse(&["--population", &people], &["no service layer", "--grocery"]);
    refuse(&["--grocery", &grocery], &["--population"]);
    let wrong = ["--population", &people, "--population-field", "folk", "--grocery", &grocery];
    refuse(&wrong, &["population.geojson", "“folk”", "Choose the right population column"]);
    refuse(&["--population", &grocery, "--grocery", &grocery], &["grocery.geojson", "--population-field"]);
    refuse(&["--demo", "--threshold=-3km"], &["--threshold", "above zero"]);
    refuse(&["--demo", "--detour", "0.5"], &["--detour", "between 1 and 3"]);
}

/// A table of text is a layer like any other: told by `info`, used by `analyse`.
#[test]
fn a_table_of_text_is_a_layer() {
    let bench = Bench::new();
    let people = demo_file("population.geojson").to_str().expect("UTF-8").to_owned();
    let stores =
        bench.write("livsmedelsbutiker.csv", "id;namn;x;y\n1;Åre Livs;402 000,5;7032000\n2;B;fel;7032000\n");
    let told = text(&sotplan(&["info", "--lang", "en", &stores]).stdout);
    for phrase in ["Grocery", "1 of 2 features", "SWEREF 99 TM (EPSG:3006), assumed", "namn: text", "fel"] {
        assert!(told.contains(phrase), "{told} does not say {phrase}");
    }
    let json: Value = serde_json::from_slice(&sotplan(&["info", "--json", &stores]).stdout).expect("JSON");
    assert_eq!(json[0]["tables"][0]["rows_refused"]["not_a_number"], 1, "{json}");
    let table = &json[0]["tables"][0];
    assert_eq!((table["rows"].as_u64(), table["geometry"].as_str()), (Some(2), Some("point")));
    let role = |name: &str| {
        let columns = table["columns"].as_array().expect("columns").iter();
        columns.into_iter().find(|column| column["name"] == name).map(|column| column["role"].clone())
    };
    assert_eq!(role("namn"), Some("name".into()));
    assert_eq!(role("x"), Some("x".into()));
    let bounds = table["bounds"].as_array().expect("bounds");
    assert!(bounds[0] == bounds[2] && bounds[1].as_f64().is_some_and(|south| (63.3..63.5).contains(&south)));
    let lost: Value =
        serde_json::from_slice(&sotplan(&["info", "--json", &stores, "nowhere.csv"]).stdout).expect("JSON");
    assert!(lost[1]["error"].as_str().is_some_and(|error| error.contains("nowhere.csv")), "{lost}");
    let named = sotplan(&["info", "--lang", "en", &format!("{stores}:annan")]);
    assert!(text(&named.stderr).contains("no table annan"), "{}", text(&named.stderr));
    let by_degrees = bench.write("stores.csv", "lat,lon,namn\n63.398,13.077,Åre Livs\n");
    for file in [&stores, &by_degrees] {
        let out = bench.folder.path().join("out");
        let done = sotplan(&[
            "analyse",
            "--json",
            "--out",
            out.to_str().expect("UTF-8"),
            "--population",
            &people,
            "--grocery",
            file,
        ]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let summary: Value = serde_json::from_slice(&done.stdout).expect("JSON");
        assert_eq!(summary["kinds"]["grocery"]["services"], 1, "{summary}");
    }
    let neither = text(&sotplan(&["info", "--lang", "en", &stores, "nowhere.csv"]).stderr);
    assert!(neither.contains("nowhere.csv") && neither.contains("no such file"), "{neither}");
}

/// A small county: cells and stores at odd places, with a name and a column of people.
fn places() -> (Vec<(LonLat, u32)>, Vec<LonLat>) {
    let place = |i: u32, a: u32, b: u32| {
        LonLat::new(13.4 + f64::from(i * a % 101) * 0.0217, 62.6 + f64::from(i * b % 89) * 0.0113)
    };
    let cells = (1..120).map(|i| (place(i, 37, 53), i * 7 % 61)).collect();
    (cells, (1..14).map(|i| place(i, 71, 29)).collect())
}

/// The places as a file in a system, written by this conversion.
fn file_in(
    crs: Option<&str>,
    properties: impl Fn(usize) -> String,
    places: &[LonLat],
    convert: impl Fn(LonLat) -> [f64; 2],
) -> String {
    let features: Vec<String> = places
        .iter()
        .enumerate()
        .map(|(at, place)| {
            let [x, y] = convert(*place);
            let properties = properties(at);
            format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}"#)
        })
        .collect();
    let crs = crs
        .map(|name| format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#))
        .unwrap_or_default();
    format!(r#"{{"type":"FeatureCollection",{crs}"features":[{}]}}"#, features.join(",\n"))
}

/// Spherical Mercator by its formula (EPSG:3857).
fn web_mercator(place: LonLat) -> [f64; 2] {
    const RADIUS_M: f64 = 6_378_137.0;
    let lat = place.lat.to_radians();
    [RADIUS_M * place.lon.to_radians(), RADIUS_M * (std::f64::consts::FRAC_PI_4 + lat / 2.0).tan().ln()]
}

type Convert<'a> = &'a dyn Fn(LonLat) -> [f64; 2];

#[test]
fn three_systems_give_the_same_figures() {
    let bench = Bench::new();
    let plane = Reprojection::new(Crs::Wgs84);
    let sweref = |place: LonLat| plane.plane(place).map(|p| [p.e, p.n]).expect("inside the projection");
    let degrees = |place: LonLat| [place.lon, place.lat];
    let systems: [(&str, Option<&str>, Convert<'_>, &str, bool); 5] = [
        ("degrees", None, &degrees, "EPSG:4326", false),
        ("crs84", Some("urn:ogc:def:crs:OGC:1.3:CRS84"), &degrees, "EPSG:4326", false),
        ("sweref", Some("urn:ogc:def:crs:EPSG::3006"), &sweref, "EPSG:3006", false),
        ("unnamed", None, &sweref, "EPSG:3006", true),
        ("mercator", Some("EPSG:3857"), &web_mercator, "EPSG:3857", false),
    ];
    let (cells, stores) = places();
    let homes: Vec<LonLat> = cells.iter().map(|(place, _)| *place).collect();
    let mut first: Option<Value> = None;
    for (name, crs, convert, epsg, assumed) in systems {
        let people = file_in(crs, |at| format!(r#""pop":{}"#, cells[at].1), &homes, convert);
        let people = bench.write(&format!("{name}-people.geojson"), people);
        let shops = file_in(crs, |at| format!(r#""name":"Butik {at}""#), &stores, convert);
        let shops = bench.write(&format!("{name}-shops.geojson"), shops);
        let found = analyse(&["--population", &people, "--grocery", &shops], &bench.path(name));
        // The areas that are built in stand in for a layer of municipalities, in a system of their own.
        let layers = found["layers"].as_array().expect("layers").iter();
        for layer in layers.filter(|layer| layer["role"] != "areas") {
            assert_eq!((&layer["crs"], &layer["crs_assumed"]), (&epsg.into(), &assumed.into()), "{name}");
            let remarks = layer["remarks"].as_object().expect("remarks");
            assert_eq!(remarks.contains_key("assumed_sweref99tm"), assumed, "{name}: {remarks:?}");
        }
        let expected = first.get_or_insert_with(|| found.clone());
        let (expected, found) = (&expected["kinds"]["grocery"], &found["kinds"]["grocery"]);
        let total: u32 = cells.iter().map(|(_, people)| people).sum();
        assert_eq!(number(&found["people_total"]), f64::from(total));
        assert_eq!(found["people_within"], expected["people_within"], "{name}");
        for figure in ["mean_km", "p50_km", "p90_km", "max_km"] {
            let (a, b) = (number(&found[figure]), number(&expected[figure]));
            assert!((a - b).abs() < 0.0011 && b > 1.0, "{name} {figure}: {a} {b}");
        }
    }
}

#[test]
fn metres_said_to_be_degrees_are_refused_not_guessed() {
    let bench = Bench::new();
    let (cells, stores) = places();
    let homes: Vec<LonLat> = cells.iter().map(|(place, _)| *place).collect();
    let plain = |place: LonLat| [place.lon, place.lat];
    let swapped = |place: LonLat| [place.lat, place.lon];
    let people =
        bench.write("people.geojson", file_in(None, |at| format!(r#""pop":{}"#, cells[at].1), &homes, plain));
    let shops = bench.write("shops.geojson", file_in(None, |_| String::new(), &stores, swapped));
    refuse(
        &["--population", &people, "--grocery", &shops],
        &["shops.geojson", "seem swapped", "longitude (east) first"],
    );
    let metres = |place: LonLat| web_mercator(place);
    let shops = bench.write("metres.geojson", file_in(Some("EPSG:4326"), |_| String::new(), &stores, metres));
    refuse(&["--population", &people, "--grocery", &shops], &["metres.geojson", "lie outside longitude"]);
    // The user may say what the file does not.
    let shops = bench.write("unsaid.geojson", file_in(None, |_| String::new(), &stores, web_mercator));
    refuse(&["--population", &people, "--grocery", &shops], &["unsaid.geojson"]);
    let everything = bench.write(
        "people-m.geojson",
        file_in(None, |at| format!(r#""pop":{}"#, cells[at].1), &homes, web_mercator),
    );
    let found =
        analyse(&["--crs", "3857", "--population", &everything, "--grocery", &shops], &bench.path("said"));
    assert!(number(&found["kinds"]["grocery"]["mean_km"]) > 1.0);
}

#[test]
fn a_file_cut_in_the_middle_keeps_its_good_features() {
    let bench = Bench::new();
    let people = demo_file("population.geojson").to_str().expect("UTF-8").to_owned();
    let whole = std::fs::read(demo_file("grocery.geojson")).expect("a demo file");
    let half = &whole[..whole.len() / 2];
    let complete = half.split(|byte| *byte == b'\n').count() - 2;
    let cut = bench.write("cut.geojson", half);
    let out = bench.path("out");
    let found = analyse(&["--population", &people, "--grocery", &cut], &out);
    let layer = found["layers"].as_array().expect("layers").iter().find(|l| l["file"] == "cut.geojson");
    let layer = layer.expect("the layer");
    assert!(complete > 30);
    assert_eq!(number(&layer["features_used"]), complete as f64);
    assert_eq!(number(&layer["features_in"]), complete as f64 + 1.0);
    assert_eq!(number(&layer["features_refused"]["not_json"]), 1.0);
    assert_eq!(number(&layer["remarks"]["file_form"]), 1.0, "the file says that it breaks off");
    let quality = json(&out.join("quality.json"));
    let report = quality["layers"].as_array().expect("layers").iter().find(|l| l["file"] == "cut.geojson");
    let refused = &report.expect("a report")["refused"][0];
    assert_eq!(number(&refused["feature"]), complete as f64 + 1.0);
    assert!(refused["message"].as_str().expect("a message").contains("ends inside this feature"));
    assert_eq!(number(&found["kinds"]["grocery"]["services"]), complete as f64);
}

#[test]
fn bad_features_are_counted_by_reason_and_named() {
    let bench = Bench::new();
    let cell = |people: &str, lon: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"pop":{people},"kommun":"Okänd"}},"geometry":{{"type":"Point","coordinates":[{lon},63.12345]}}}}"#
        )
    };
    let cells = [
        cell("12", "14.12345"),
        cell("-3", "14.22345"),
        cell("\"många\"", "14.32345"),
        cell("null", "14.42345"),
        cell("0", "14.52345"),
        cell("\"1 234,5\"", "14.62345"),
        cell("9", "140.12345"),
        cell("9", "NaN"),
        cell("true", "14.72345"),
    ];
    let people = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, cells.join(","));
    let people = bench.write("celler.geojson", people);
    let shop = bench.write("shop.geojson", r#"{"type":"Point","coordinates":[14.12345,63.12345]}"#);
    let out = bench.path("out");
    let found = analyse(&["--population", &people, "--grocery", &shop], &out);
    let grocery = &found["kinds"]["grocery"];
    assert_eq!(number(&grocery["people_total"]), 1246.5);
    assert_eq!(number(&grocery["people_within"]) + number(&grocery["people_beyond"]), 1246.5);
    let layer = &found["layers"][0];
    let expected = serde_json::json!({"negative":1,"no_value":1,"not_a_number":2,"not_finite":1,"outside_area_of_use":1});
    assert_eq!(layer["features_refused"], expected);
    assert_eq!((number(&layer["features_in"]), number(&layer["features_used"])), (9.0, 3.0));
    assert_eq!(number(&layer["remarks"]["zero_population"]), 1.0);
    let quality = json(&out.join("quality.json"));
    let refused: Vec<(f64, &str, &str)> = quality["layers"][0]["refused"]
        .as_array()
        .expect("refusals")
        .iter()
        .map(|r| {
            (number(&r["feature"]), r["reason"].as_str().unwrap_or(""), r["field"].as_str().unwrap_or(""))
        })
        .collect();
    assert_eq!(
        refused,
        [
            (2.0, "negative", "pop"),
            (3.0, "not_a_number", "pop"),
            (4.0, "no_value", "pop"),
            (7.0, "outside_area_of_use", "geometry.coordinates"),
            (8.0, "not_finite", "geometry.coordinates"),
            (9.0, "not_a_number", "pop"),
        ]
    );
}

#[test]
fn points_across_the_border_count_and_duplicates_are_listed() {
    let bench = Bench::new();
    let people = demo_file("population.geojson").to_str().expect("UTF-8").to_owned();
    let areas = demo_file("municipalities.geojson").to_str().expect("UTF-8").to_owned();
    let shop = |lon: f64, lat: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"A"}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
        )
    };
    // Östersund twice, once more 11 m north, and Trondheim.
    let shops = [
        shop(14.63839, 63.17569),
        shop(14.63839, 63.17569),
        shop(14.63839, 63.17579),
        shop(10.3951, 63.4305),
    ];
    let shops = bench.write(
        "shops.geojson",
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, shops.join(",")),
    );
    let out = bench.path("out");
    let found = analyse(&["--population", &people, "--areas", &areas, "--grocery", &shops], &out);
    assert_eq!(number(&found["kinds"]["grocery"]["services"]), 4.0, "all are used");
    let quality = json(&out.join("quality.json"));
    let report = quality["layers"].as_array().expect("layers").iter().find(|l| l["file"] == "shops.geojson");
    let remarks = report.expect("a report")["remarks"].as_array().expect("remarks");
    let of = |code: &str| remarks.iter().filter(|r| r["remark"] == code).collect::<Vec<_>>();
    let outside = of("outside_areas");
    assert_eq!(outside.len(), 1);
    assert_eq!(number(&outside[0]["feature"]), 4.0);
    let km = number(&outside[0]["km_outside"]);
    assert!((60.0..110.0).contains(&km), "Trondheim lies {km} km outside");
    assert_eq!(number(&of("duplicate_exact")[0]["feature"]), 2.0);
    assert_eq!(number(&of("duplicate_exact")[0]["same_as_feature"]), 1.0);
    let near = of("duplicate_near");
    assert_eq!((near.len(), number(&near[0]["feature"])), (1, 3.0));
    assert!((number(&near[0]["metres_apart"]) - 11.1).abs() < 0.2, "{}", near[0]);
}
