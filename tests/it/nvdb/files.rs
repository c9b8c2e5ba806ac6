//! Are files of the register read as they come: locked, empty, of several tables, beside points?

use super::*;

/// A folder in which the program runs.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> (bool, String, String) {
        let done = Command::new(env!("CARGO_BIN_EXE_sotplan"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("it starts");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (done.status.success(), text(done.stdout), text(done.stderr))
    }
}

#[test]
fn a_set_is_named_and_what_is_no_name_is_a_file() {
    let bench = Bench::new();
    let row = json!({"Klass_181": 5, "F_Hogst_225": 72, "B_Hogst_225": 72, "extlen": 1000.0});
    std::fs::write(bench.path("roads.geojson"), geojson(&[(line(0.0, 1000.0), row)])).expect("written");
    let (a, b) = (place(0.0, 0.0), place(1000.0, 0.0));
    let ends = [format!("{},{}", a.lon, a.lat), format!("{},{}", b.lon, b.lat)];
    let seconds = |speeds: &[&str]| {
        let all = ["route", "--lang", "en", "--roads", "roads.geojson", "--from", &ends[0], "--to", &ends[1]];
        let (is_good, out, err) =
            bench.run(&all.into_iter().chain(speeds.iter().copied()).collect::<Vec<_>>());
        assert!(is_good, "{err}");
        let route: Value = serde_json::from_str(&out).expect("JSON");
        let set = route["sotplan"]["roads"]["speeds"].clone();
        (route["features"][0]["properties"]["seconds"].as_f64().expect("a number"), set)
    };
    let near = |found: (f64, Value), wanted: f64, set: Value| {
        assert!((found.0 - wanted).abs() < 0.1 && found.1 == set, "{found:?} {wanted} {set}");
    };
    near(seconds(&["--speeds", "pipos"]), 50.0, json!("pipos"));
    near(seconds(&["--speeds", "default"]), 50.0 / 0.85, json!("default"));
    near(seconds(&[]), 50.0 / 0.85, json!("default"));
    std::fs::write(bench.path("own.json"), r#"{"basis":"pipos","limit_share":0.5}"#).expect("written");
    near(seconds(&["--speeds", "own.json"]), 100.0, Value::Null);
    let all = [
        "route",
        "--lang",
        "en",
        "--roads",
        "roads.geojson",
        "--from",
        &ends[0],
        "--to",
        &ends[1],
        "--speeds",
        "pipo",
    ];
    let (is_good, _, err) = bench.run(&all);
    assert!(!is_good && err.contains("Ready sets: default, pipos"), "{err}");
}

#[test]
fn a_geopackage_that_is_locked_empty_a_view_or_more_than_it_holds() {
    let bench = Bench::new();
    let row = || json!({"Klass_181": 5, "F_Hogst_225": 72, "B_Hogst_225": 72});
    let route = |file: &str| {
        let (a, b) = (place(0.0, 0.0), place(1000.0, 0.0));
        let ends = [format!("{},{}", a.lon, a.lat), format!("{},{}", b.lon, b.lat)];
        bench.run(&[
            "route",
            "--lang",
            "en",
            "--roads",
            file,
            "--from",
            &ends[0],
            "--to",
            &ends[1],
            "--out",
            "r.geojson",
        ])
    };
    // A view of the table, named as one of features.
    geopackage(&bench.path("view.gpkg"), &[(line(0.0, 1000.0), row())], false);
    let file = Connection::open(bench.path("view.gpkg")).expect("opened");
    file.execute_batch("ALTER TABLE NVDB RENAME TO hidden; CREATE VIEW NVDB AS SELECT * FROM hidden;")
        .expect("a view");
    drop(file);
    let (is_good, _, err) = route("view.gpkg");
    assert!(is_good, "{err}");
    // Another program writes to it.
    geopackage(&bench.path("locked.gpkg"), &[(line(0.0, 1000.0), row())], false);
    let writer = Connection::open(bench.path("locked.gpkg")).expect("opened");
    writer.execute_batch("BEGIN EXCLUSIVE").expect("locked");
    let (is_good, _, err) = route("locked.gpkg");
    assert!(!is_good && err.contains("locked by another program"), "{err}");
    drop(writer);
    assert!(route("locked.gpkg").0);
    // No table at all.
    std::fs::write(bench.path("none.gpkg"), b"").expect("written");
    assert!(route("none.gpkg").2.contains("the file is empty"));
    Connection::open(bench.path("bare.gpkg"))
        .expect("made")
        .execute_batch("CREATE TABLE a (b)")
        .expect("a table");
    let (is_good, _, err) = route("bare.gpkg");
    assert!(!is_good && err.contains("bare.gpkg") && err.contains("Choose a file with roads"), "{err}");
    // A header that claims half a million pages more than there are, and a line that claims two thousand million points.
    geopackage(&bench.path("large.gpkg"), &[(line(0.0, 1000.0), row())], false);
    let mut bytes = std::fs::read(bench.path("large.gpkg")).expect("read");
    bytes[28..32].copy_from_slice(&0x0008_0000u32.to_be_bytes());
    std::fs::write(bench.path("large.gpkg"), &bytes).expect("written");
    let (is_good, _, err) = route("large.gpkg");
    assert!(is_good || err.contains("Export it again"), "{err}");
    geopackage(&bench.path("points.gpkg"), &[(line(0.0, 1000.0), row()), (line(0.0, 1000.0), row())], false);
    let file = Connection::open(bench.path("points.gpkg")).expect("opened");
    let mut claimed = blob(&line(0.0, 1000.0));
    claimed[13..17].copy_from_slice(&0x7fff_ffffu32.to_le_bytes());
    file.execute("UPDATE NVDB SET Shape = ?1 WHERE fid = 2", [claimed]).expect("a row");
    drop(file);
    let (is_good, _, err) = route("points.gpkg");
    assert!(is_good && err.contains("bad_geometry 1"), "{err}");
}

#[test]
fn what_a_geopackage_is_is_said_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.gdb");
    std::fs::create_dir(&path).expect("a folder");
    let error = load_roads(&path, &RoadOptions::default(), &Unwatched).expect_err("no reader");
    assert!(error.said(Lang::En).contains("Choose GeoPackage"), "{}", error.said(Lang::En));
    assert!(error.said(Lang::Sv).contains("Välj GeoPackage"), "{}", error.said(Lang::Sv));
}

/// A table of points beside the roads, and one without geometry.
fn add_points(path: &Path) {
    let file = Connection::open(path).expect("opened");
    file.execute_batch(
        "INSERT INTO gpkg_contents VALUES ('Butiker', 'features'), ('anteckningar', 'attributes');
         INSERT INTO gpkg_geometry_columns VALUES ('Butiker', 'geom', 'POINT', 3006, 0, 0);
         CREATE TABLE Butiker (fid INTEGER PRIMARY KEY, geom BLOB, namn TEXT, typ TEXT);
         CREATE TABLE anteckningar (a TEXT);",
    )
    .expect("tables");
    let mut point = b"GP\0\x01".to_vec();
    point.extend(3006i32.to_le_bytes());
    point.push(1);
    point.extend(1u32.to_le_bytes());
    for value in [EASTING + 100.0, NORTHING] {
        point.extend(value.to_le_bytes());
    }
    file.execute("INSERT INTO Butiker (geom, namn, typ) VALUES (?1, 'Lanthandel', 'dagligvaror')", [point])
        .expect("a row");
}

#[test]
fn a_geopackage_in_the_window_is_all_that_it_holds() {
    let bench = Bench::new();
    let row = json!({"Klass_181": 5, "F_Hogst_225": 70, "B_Hogst_225": 70});
    let path = bench.path("allt.gpkg");
    geopackage(&path, &[(line(0.0, 1000.0), row)], false);
    add_points(&path);
    let session = || Session::new(Arc::new(|| {}), Stamp::default(), None);
    let told = |session: &Session| {
        session.notices.iter().map(|notice| notice.said(Lang::En)).collect::<Vec<_>>().join("\n")
    };
    // Roads and points become roads and a layer; what is neither is named.
    let mut first = session();
    first.open_files(vec![path.clone()]);
    first.settle();
    assert_eq!((first.project().roads.len(), first.project().layers.len()), (1, 1), "{}", told(&first));
    assert!(told(&first).contains("anteckningar"), "{}", told(&first));
    // Packed, it is the same.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &std::fs::read(&path).expect("read")).expect("packed");
    let packed_path = bench.path("allt.gpkg.gz");
    std::fs::write(&packed_path, packed.finish().expect("packed")).expect("written");
    let mut of_packed = session();
    of_packed.open_files(vec![packed_path]);
    of_packed.settle();
    let packed = of_packed.project();
    assert_eq!((packed.roads.len(), packed.layers.len()), (1, 1), "{}", told(&of_packed));
    assert!(told(&of_packed).contains("anteckningar"), "{}", told(&of_packed));
    // With a project in it, it is the project; the tables beside it are named.
    let project = bench.path("projekt.gpkg");
    first.save(project.clone());
    first.settle();
    let file = Connection::open(&project).expect("opened");
    file.execute("ATTACH ?1 AS other", [path.to_str().expect("UTF-8")]).expect("attached");
    file.execute_batch(
        "CREATE TABLE Butiker AS SELECT * FROM other.Butiker;
         INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
           VALUES ('Butiker', 'features', 'Butiker', 3006);
         INSERT INTO gpkg_geometry_columns VALUES ('Butiker', 'geom', 'POINT', 3006, 0, 0);",
    )
    .expect("a table");
    drop(file);
    let mut again = session();
    again.open_files(vec![project.clone()]);
    again.settle();
    assert_eq!((again.project().roads.len(), again.path.as_ref()), (1, Some(&project)), "{}", told(&again));
    assert!(told(&again).contains("Butiker"), "{}", told(&again));
}

#[test]
fn one_table_of_several_is_chosen_and_a_system_of_nobody_is_told_by_its_numbers() {
    let bench = Bench::new();
    let row = |kmh: u32| json!({"Klass_181": 5, "F_Hogst_225": kmh, "B_Hogst_225": kmh});
    let path = bench.path("two.gpkg");
    geopackage(&path, &[(line(0.0, 1000.0), row(36))], false);
    Connection::open(&path)
        .expect("opened")
        .execute_batch(
            "CREATE TABLE senare AS SELECT fid, Shape, Klass_181, 72 AS F_Hogst_225, 72 AS B_Hogst_225 FROM NVDB;
             INSERT INTO gpkg_contents VALUES ('senare', 'features');
             INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined', 99999, 'NONE', 99999, '');
             INSERT INTO gpkg_geometry_columns VALUES ('senare', 'Shape', 'LINESTRING', 99999, 2, 2);",
        )
        .expect("a table");
    let (a, b) = (place(0.0, 0.0), place(1000.0, 0.0));
    let ends = [format!("{},{}", a.lon, a.lat), format!("{},{}", b.lon, b.lat)];
    let route = |file: &str| {
        let all = ["route", "--lang", "en", "--roads", file, "--from", &ends[0], "--to", &ends[1]];
        bench.run(&[&all[..], &["--speeds", "pipos"]].concat())
    };
    let seconds = |file: &str| {
        let (is_good, out, err) = route(file);
        assert!(is_good, "{err}");
        let route: Value = serde_json::from_str(&out).expect("JSON");
        (route["features"][0]["properties"]["seconds"].as_f64().expect("a number"), err)
    };
    let is = |found: (f64, String), wanted: f64| assert!((found.0 - wanted).abs() < 0.1, "{found:?}");
    is(seconds("two.gpkg|layername=NVDB"), 100.0);
    is(seconds("two.gpkg|layername=senare"), 50.0);
    let (_, said) = seconds("two.gpkg");
    assert!(said.contains("2 tables are read as one network: NVDB, senare"), "{said}");
    let (is_good, _, err) = route("two.gpkg|layername=tidigare");
    assert!(!is_good && err.contains("It has: NVDB, senare"), "{err}");
}
