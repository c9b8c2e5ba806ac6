//! Is every column and value of Sweden's road register understood, as it is delivered? Small files with answers one
//! can count: 1 000 m east along the northing 6 400 000 in SWEREF 99 TM, unless said otherwise.

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

#[test]
fn the_class_of_a_stretch() {
    use RoadClass as C;
    let check = |properties: Value, wanted: RoadClass| {
        let said = properties.to_string();
        assert_eq!(way(properties).class, wanted, "{said}");
    };
    for (functional, wanted) in [
        C::Trunk,
        C::Primary,
        C::Secondary,
        C::Tertiary,
        C::Tertiary,
        C::Unclassified,
        C::Unclassified,
        C::Residential,
        C::Service,
        C::Track,
    ]
    .into_iter()
    .enumerate()
    {
        check(json!({"Klass_181": functional}), wanted);
        check(json!({"Klass_181": format!("{functional}.0")}), wanted);
    }
    check(json!({"Klass_181": 7, "TattbebyggtOmrade": 0}), C::Unclassified);
    check(json!({"Klass_181": 8, "TattbebyggtOmrade": 1}), C::Residential);
    check(json!({"Klass_181": 1, "Motorvag": 1}), C::Motorway);
    check(json!({"Klass_181": 1, "typ_41": 1}), C::Motorway);
    check(json!({"Klass_181": 2, "Motortrafikled": -1}), C::Trunk);
    check(json!({"Klass_181": 3, "Farjeled": 1}), C::Ferry);
    check(json!({"Klass_181": 3, "Vagtr_474": 3}), C::Ferry);
    check(json!({"Vagtr_474": 2, "GCM_t_502": 1}), C::Cycleway);
    check(json!({"Vagtr_474": 4, "GCM_t_502": 11}), C::Footway);
    check(json!({"Vagtr_474": 4, "GCM_t_502": 17}), C::Steps);
    check(json!({"Vagtr_474": 1, "Klass_181": 9}), C::Track);
    // An ordinary private or forest road is open to cars, a cycleway is not, on a ferry nobody knows.
    assert_eq!(way(json!({"Klass_181": 9})).motor, Access::Yes);
    assert_eq!(way(json!({"Vagtr_474": 2})).motor, Access::No);
    let ferry = way(json!({"Farjeled": 1, "Farje_139": "Fåröleden"}));
    assert_eq!((ferry.limit_forward, ferry.motor), (0, Access::Unsaid));
    assert!(way(json!({"Motortrafikled": 1})).is_motorroad);
}

#[test]
fn limits_and_directions_are_those_of_each_side() {
    let two = way(json!({"F_Hogst_225": 80, "B_Hogst_225": 60}));
    assert_eq!((two.limit_forward, two.limit_backward, two.direction), (800, 600, Direction::Both));
    let check = |forward: Value, backward: Value, wanted: Direction| {
        let said = format!("{forward} {backward}");
        let way = way(json!({"F_ForbjudenFardriktning": forward, "B_ForbjudenFardriktning": backward}));
        assert_eq!(way.direction, wanted, "{said}");
    };
    check(json!(0), json!(1), Direction::Forward);
    check(json!(1), json!(0), Direction::Backward);
    check(json!(-1), json!(null), Direction::Backward);
    check(json!("true"), json!("false"), Direction::Backward);
    check(json!(""), json!("1"), Direction::Forward);
    check(json!("Nej"), json!("Ja"), Direction::Forward);
    check(json!(null), json!("Förbjuden färdriktning"), Direction::Forward);
    check(json!("0.0"), json!("0"), Direction::Both);
    let row = |forward: i32, backward: i32| json!({"Klass_181": 5, "F_ForbjudenFardriktning": forward, "B_ForbjudenFardriktning": backward});
    let report = read(&[(line(0.0, 1000.0), row(1, 1)), (line(1000.0, 2000.0), row(0, 0))]).roads.report;
    assert_eq!(report.ways_refused.get("forbidden_both_ways"), Some(&1));
    assert_eq!((report.ways_in, report.ways_used), (2, 1));
}

#[test]
fn without_a_limit_the_law_holds_and_that_is_said() {
    let read_one = |properties: Value| {
        let roads = read(&[(line(0.0, 1000.0), properties)]).roads;
        let remarks: Vec<String> = roads.report.remarks.keys().cloned().collect();
        (roads.ways[0].limit_forward, roads.ways[0].limit_backward, remarks)
    };
    let none = json!({"Klass_181": 7, "F_Hogst_225": null, "B_Hogst_225": null});
    assert_eq!(read_one(none), (0, 0, vec!["no_limit".into()]));
    let inside = json!({"Klass_181": 7, "F_Hogst_225": null, "B_Hogst_225": 0, "TattbebyggtOmrade": 1});
    assert_eq!(read_one(inside), (500, 500, vec!["base_limit_50".into()]));
    let outside =
        json!({"Klass_181": 7, "F_Hogst_225": null, "B_Hogst_225": null, "TattbebyggtOmrade": null});
    assert_eq!(read_one(outside), (700, 700, vec!["base_limit_70".into()]));
    let one = json!({"Klass_181": 7, "F_Hogst_225": 40, "B_Hogst_225": null});
    assert_eq!(read_one(one), (400, 400, vec!["limit_of_other_direction".into()]));
    let one_way =
        json!({"Klass_181": 7, "F_Hogst_225": 40, "B_Hogst_225": null, "B_ForbjudenFardriktning": 1});
    assert_eq!(read_one(one_way), (400, 0, Vec::new()));
}

#[test]
fn keeper_surface_width_and_surroundings() {
    let all = way(
        json!({"Vagha_6": 3, "Slitl_152": 2, "Bredd_156": 3.2, "TattbebyggtOmrade": "0", "F_Cirkulationsplats": 1}),
    );
    assert_eq!((all.keeper, all.surface, all.width_dm), (Keeper::Private, Surface::Gravel, 32));
    assert_eq!((all.built_up, all.is_roundabout), (BuiltUp::Outside, true));
    let words = way(
        json!({"Vagha_6": "Statlig", "Slitl_152": "belagd", "Bredd_156": "6,5", "TattbebyggtOmrade": "ja"}),
    );
    assert_eq!((words.keeper, words.surface, words.width_dm), (Keeper::State, Surface::Paved, 65));
    assert_eq!(words.built_up, BuiltUp::Inside);
    assert_eq!(way(json!({"Vagha_6": 2})).keeper, Keeper::Municipal);
}

#[test]
fn bans_and_obstacles() {
    let bans = |properties: Value| way(properties).bans;
    assert_eq!(bans(json!({"F_ForbudTrafik": 1, "F_Gallar_135": 170})), [true, false]);
    assert_eq!(bans(json!({"B_ForbudTrafik": -1, "B_Gallar_135": "40"})), [false, true]);
    assert_eq!(bans(json!({"F_ForbudTrafik": 1, "F_Gallar_135": 280})), [false, false], "heavy lorries");
    assert_eq!(bans(json!({"F_ForbudTrafik": 0, "F_Gallar_135": 170})), [false, false], "no ban");
    assert_eq!(bans(json!({"F_ForbudTrafik": 1})), [true, false], "whom it is for is not said");
    assert_eq!(bans(json!({"F_ForbudTrafik": 1, "F_Gallar_135": "Motordrivna fordon"})), [true, false]);
    let heavy = way(json!({"F_ForbudTrafik": 1, "F_Gallar_135": 40, "F_Total_136": 3.5}));
    assert_eq!((heavy.bans, heavy.bans_above[0]), ([false, false], 35), "vehicles above a weight");
    let obstacle = |properties: Value| way(properties).obstacle;
    for (kind, wanted) in [
        (1, Access::No),
        (2, Access::No),
        (3, Access::No),
        (4, Access::Destination),
        (5, Access::No),
        (6, Access::No),
        (99, Access::Unsaid),
    ] {
        assert_eq!(obstacle(json!({"Hinde_72": kind})), wanted, "{kind}");
    }
    assert_eq!(obstacle(json!({"Hinde_72": 99, "Passe_73": 1.2})), Access::No);
    assert_eq!(obstacle(json!({"Hinde_72": 1, "Passe_73": 2.6})), Access::Unsaid, "there is room beside it");
}

#[test]
fn names_and_numbers_of_roads() {
    let name = |properties: Value| {
        let mut all = json!({"Klass_181": 5, "F_Hogst_225": 70, "B_Hogst_225": 70});
        all.as_object_mut().expect("an object").extend(properties.as_object().expect("an object").clone());
        let roads = read(&[(line(0.0, 1000.0), all)]).roads;
        roads.name_of(0).map(str::to_owned).unwrap_or_default()
    };
    for (properties, wanted) in [
        (json!({"Evag_555": -1, "Huvnr_556_1": 14, "Undnr_557": 0}), "E14"),
        (json!({"Evag_555": 1, "Huvnr_556_1": "4"}), "E4"),
        (json!({"Evag_555": 45, "Huvnr_556_1": null}), "E45"),
        (json!({"Evag_555": "E14"}), "E14"),
        (json!({"Europ_16": 1, "Huvud_13": 10, "Under_14": 0}), "E10"),
        (json!({"Evag_555": 0, "Huvnr_556_1": 345}), "väg 345"),
        (json!({"Evag_555": null, "Huvnr_556_1": 345, "Undnr_557": 1}), "väg 345.01"),
        (json!({"Huvnr_556_1": 751, "Lan_558": "Z"}), "väg Z 751"),
        (json!({"Huvnr_556_1": 751, "Lan_558": 23}), "väg Z 751"),
        (json!({"Namn_130": "Storgatan", "Huvnr_556_1": 345}), "Storgatan (väg 345)"),
        (json!({"Namn_130": null, "Namn_132": "Skogsvägen"}), "Skogsvägen"),
        (json!({"Farjeled": 1, "Farje_139": "Fåröleden"}), "Fåröleden"),
        (json!({"Huvnr_556_1": 0}), ""),
    ] {
        assert_eq!(name(properties.clone()), wanted, "{properties}");
    }
}

/// The same stretch in each way of writing its columns.
#[test]
fn columns_are_known_however_they_are_written() {
    let wanted = |way: &Way, what: &str| {
        assert_eq!(
            (way.class, way.limit_forward, way.limit_backward, way.direction),
            (RoadClass::Secondary, 800, 600, Direction::Forward),
            "{what}"
        );
        assert!((way.stated_length_m - 1010.0).abs() < 0.01, "{what}: {}", way.stated_length_m);
    };
    let usual = json!({"Klass_181": 2, "F_Hogst_225": 80, "B_Hogst_225": 60, "B_ForbjudenFardriktning": 1, "extlen": 1010.0});
    let lower = json!({"klass_181": 2, "f_hogst_225": 80, "b_hogst_225": 60, "b_forbjudenfardriktning": 1, "EXTLEN": 1010.0});
    let short =
        json!({"Klass_181": 2, "F_Hogst_22": 80, "B_Hogst_22": 60, "B_Forbjude": 1, "extlen": 1010.0});
    let spelt = json!({"FunkVagklass_Klass": 2, "Hastighetsgrans_HogstaTillatnaHastighet_F": 80,
        "Hastighetsgrans_HogstaTillatnaHastighet_B": 60, "ForbjudenFardriktning_B": 1, "extlen": 1010.0});
    for (what, row) in [("usual", &usual), ("lower", &lower), ("short", &short), ("spelt", &spelt)] {
        let rows = [(line(0.0, 1000.0), row.clone())];
        wanted(&read(&rows).roads.ways[0], what);
        for is_text in [false, true] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("nvdb.gpkg");
            geopackage(&path, &rows, is_text);
            wanted(&load(&path).roads.ways[0], &format!("{what}, text: {is_text}"));
        }
    }
}

/// A Shapefile's ten letters cannot tell two columns apart: neither is used, and that is said.
#[test]
fn a_column_that_was_cut_and_could_be_two_is_not_guessed() {
    let row = json!({"Klass_181": 2, "Hastighets": 80, "Hastighe_1": 60});
    let roads = read(&[(line(0.0, 1000.0), row)]).roads;
    assert_eq!((roads.ways[0].limit_forward, roads.ways[0].limit_backward), (0, 0));
    assert_eq!(roads.report.remarks.get("unclear_column"), Some(&2), "{:?}", roads.report.remarks);
}

#[test]
fn measures_of_vehicles_are_no_speeds() {
    let row = json!({"Klass_181": 5, "Hogst_36": 2.6, "Hogst_46": 12, "Hogst_55_30": 10});
    let roads = read(&[(line(0.0, 1000.0), row)]).roads;
    assert_eq!((roads.ways[0].limit_forward, roads.report.remarks.get("no_limit")), (0, Some(&1)));
}

#[test]
fn values_that_nobody_knows_are_counted_by_column() {
    let row =
        |class: Value, speed: Value| json!({"Klass_181": class, "F_Hogst_225": speed, "B_Hogst_225": 70});
    let rows = [
        (line(0.0, 1000.0), row(json!(12), json!(70))),
        (line(1000.0, 2000.0), row(json!("hög"), json!("fort"))),
        (line(2000.0, 3000.0), row(json!(5), json!(70))),
    ];
    let report = read(&rows).roads.report;
    assert_eq!((report.ways_in, report.ways_used), (3, 3), "the roads are there all the same");
    let counted: Vec<_> = report
        .unknown_values
        .iter()
        .map(|(column, values)| (column.as_str(), values.count, values.feature))
        .collect();
    assert_eq!(counted, [("F_Hogst_225", 1, 2), ("Klass_181", 2, 1)]);
    for (lang, words) in [
        (Lang::Sv, "okända värden i kolumnen Klass_181: 2"),
        (Lang::En, "unknown values in the column Klass_181: 2"),
    ] {
        assert!(report.left_out(lang).iter().any(|line| line.contains(words)), "{:?}", report.left_out(lang));
    }
}

#[test]
fn the_registers_length_is_used_and_what_differs_is_listed() {
    let row = |length: f64| json!({"Klass_181": 5, "F_Hogst_225": 70, "B_Hogst_225": 70, "extlen": length});
    let rows = [
        (line(0.0, 1000.0), row(1005.0)),
        (line(1000.0, 2000.0), row(1200.0)),
        (line(2000.0, 3000.0), row(2500.0)),
    ];
    let report = read(&rows).roads.report;
    assert_eq!(report.lengths.outliers, 2);
    assert!((report.lengths.stated_m - 4705.0).abs() < 0.1 && (report.lengths.drawn_m - 3000.0).abs() < 3.0);
    let listed: Vec<i64> = report.lengths.listed.iter().map(|outlier| outlier.feature).collect();
    assert_eq!(listed, [2, 3]);
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

fn is_about(found: Option<(f64, f64)>, seconds: f64, metres: f64) {
    let (s, m) = found.expect("a way");
    assert!(
        (s - seconds).abs() < seconds * 1e-3 + 0.1 && (m - metres).abs() < 1.0,
        "{s} s, {m} m; {seconds} {metres}"
    );
}

#[test]
fn lines_meet_at_their_ends_to_a_decimetre_and_nowhere_else() {
    let row = || json!({"Klass_181": 5, "F_Hogst_225": 72, "B_Hogst_225": 72});
    let pipos = TravelProfile::pipos();
    // The second begins 8 cm beside the end of the first, on the other side of a decimetre's grid line.
    let near = [(line(0.0, 1000.04), row()), (line(1000.12, 2000.0), row())];
    is_about(trip(&network(&near, &pipos), (0.0, 0.0), (2000.0, 0.0)), 100.0, 2000.0);
    let apart = [(line(0.0, 1000.0), row()), (line(1000.4, 2000.0), row())];
    assert_eq!(trip(&network(&apart, &pipos), (0.0, 0.0), (2000.0, 0.0)), None);
    // A bridge: the lines share a vertex, but neither ends there.
    let over = vec![
        [EASTING + 500.0, NORTHING - 400.0],
        [EASTING + 500.0, NORTHING],
        [EASTING + 500.0, NORTHING + 400.0],
    ];
    let mut under = line(0.0, 1000.0);
    under.insert(1, [EASTING + 500.0, NORTHING]);
    let bridge = [(under, row()), (over, row())];
    assert_eq!(trip(&network(&bridge, &pipos), (0.0, 0.0), (500.0, 400.0)), None);
}

#[test]
fn a_locked_gate_is_passed_only_where_it_alone_connects() {
    let row =
        |obstacle: Value| json!({"Klass_181": 5, "F_Hogst_225": 72, "B_Hogst_225": 72, "Hinde_72": obstacle});
    let alone = [(line(0.0, 1000.0), row(json!(4))), (line(1000.0, 2000.0), row(json!(null)))];
    let mut profile = TravelProfile::pipos();
    profile.obeys_obstacles = true;
    is_about(trip(&network(&alone, &profile), (0.0, 0.0), (2000.0, 0.0)), 100.0, 2000.0);
    // With a way round, of 1 400 m instead of 1 000, nobody drives through.
    let round = vec![
        [EASTING, NORTHING],
        [EASTING, NORTHING + 200.0],
        [EASTING + 1000.0, NORTHING + 200.0],
        [EASTING + 1000.0, NORTHING],
    ];
    let before = (line(-1000.0, 0.0), row(json!(null)));
    let two = [before, alone[0].clone(), alone[1].clone(), (round, row(json!(null)))];
    is_about(trip(&network(&two, &profile), (-1000.0, 0.0), (2000.0, 0.0)), 170.0, 3400.0);
    profile.obeys_obstacles = false;
    is_about(trip(&network(&two, &profile), (-1000.0, 0.0), (2000.0, 0.0)), 150.0, 3000.0);
}

#[test]
fn the_two_sets_drive_a_narrow_private_gravel_road_each_in_its_way() {
    let row = json!({"Klass_181": 9, "F_Hogst_225": 70, "B_Hogst_225": 70, "extlen": 1000.0, "Slitl_152": 2,
        "Bredd_156": 3.0, "Vagha_6": 3, "TattbebyggtOmrade": 0});
    let rows = [(line(0.0, 1000.0), row)];
    let seconds = |kmh: f64| 1000.0 / kmh * 3.6;
    let ends = ((0.0, 0.0), (1000.0, 0.0));
    is_about(trip(&network(&rows, &TravelProfile::pipos()), ends.0, ends.1), seconds(70.0), 1000.0);
    let default = TravelProfile::default();
    is_about(trip(&network(&rows, &default), ends.0, ends.1), seconds(40.0), 1000.0);
    let wide = TravelProfile { narrow_below_m: 0.0, ..default.clone() };
    is_about(trip(&network(&rows, &wide), ends.0, ends.1), seconds(50.0), 1000.0);
    let public = TravelProfile { private_kmh: 200.0, ..wide };
    is_about(trip(&network(&rows, &public), ends.0, ends.1), seconds(55.0), 1000.0);
    let paved = TravelProfile { gravel_kmh: 200.0, ..public };
    is_about(trip(&network(&rows, &paved), ends.0, ends.1), seconds(59.5), 1000.0);
}

#[test]
fn a_ferry_takes_the_speed_of_the_assumptions() {
    let road = || json!({"Klass_181": 5, "F_Hogst_225": 72, "B_Hogst_225": 72, "Farjeled": 0});
    let ferry = json!({"Klass_181": 3, "F_Hogst_225": null, "B_Hogst_225": null, "Farjeled": 1});
    let rows = [(line(0.0, 1000.0), road()), (line(1000.0, 2000.0), ferry), (line(2000.0, 3000.0), road())];
    let ends = ((0.0, 0.0), (3000.0, 0.0));
    is_about(trip(&network(&rows, &TravelProfile::pipos()), ends.0, ends.1), 100.0 + 360.0, 3000.0);
    let default = TravelProfile::default();
    let by_road = 2000.0 / (72.0 * 0.85) * 3.6;
    is_about(trip(&network(&rows, &default), ends.0, ends.1), by_road + 300.0 + 300.0, 3000.0);
}

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

#[test]
fn neighbouring_extracts_hold_a_stretch_once_and_bridges_stay_bridges() {
    let row = |class: u32| json!({"Klass_181": class, "F_Hogst_225": 70, "B_Hogst_225": 70});
    let bent = vec![[EASTING, NORTHING], [EASTING + 500.0, NORTHING + 100.0], [EASTING + 1000.0, NORTHING]];
    // A road across the bend's vertex: over it.
    let over = |north: f64| [EASTING + 500.0, NORTHING + 100.0 + north];
    let across = vec![over(-500.0), over(0.0), over(500.0)];
    let mut both = read(&[(bent.clone(), row(5)), (line(1000.0, 2000.0), row(5))]).roads;
    let points = both.points.len();
    both.append(read(&[(across.clone(), row(5)), (bent.clone(), row(5))]).roads);
    assert_eq!(both.report.remarks.get("in_two_files"), Some(&1));
    assert_eq!((both.ways.len(), both.points.len()), (3, points + 3));
    let network =
        RoadNetwork::build(both.into(), &TravelProfile::pipos(), Mode::Car, &Unwatched).expect("built");
    assert!(trip(&network, (100.0, 20.0), (500.0, 400.0)).is_none(), "nothing leads from one to the other");
    is_about(trip(&network, (0.0, 0.0), (2000.0, 0.0)), 2019.8 * 3.6 / 70.0, 2019.8);
    // The same line that says something else is another row of the register.
    let mut other = read(&[(bent.clone(), row(5))]).roads;
    other.append(read(&[(bent, row(6))]).roads);
    assert_eq!(
        (other.ways.len(), other.report.remarks.get("in_two_files")),
        (1, Some(&1)),
        "5 and 6 are one class"
    );
    other.append(read(&[(line(5.0, 9.0), row(5))]).roads);
    assert_eq!(other.ways.len(), 2);
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
fn minus_one_is_a_yes_and_nothing_else() {
    let row = way(json!({"Motorvag": -1, "Klass_181": -1, "Hinde_72": -1, "Vagha_6": -1}));
    assert_eq!((row.class, row.obstacle, row.keeper), (RoadClass::Motorway, Access::Unsaid, Keeper::Unsaid));
    let unknown = read(&[(line(0.0, 9.0), json!({"Klass_181": -1, "Hinde_72": -1, "extlen": 9.0}))]);
    assert!(unknown.roads.report.unknown_values.len() >= 2, "{:?}", unknown.roads.report.unknown_values);
}

#[test]
fn a_ban_above_a_weight_holds_for_its_side_and_not_as_pipos_counts() {
    let row = json!({"Klass_181": 5, "F_Hogst_225": 72, "B_Hogst_225": 72, "extlen": 1000.0,
        "F_ForbudTrafik": 1, "F_Gallar_135": 40, "F_Total_136": 1.5});
    let rows = [(line(0.0, 1000.0), row)];
    let (a, b) = ((0.0, 0.0), (1000.0, 0.0));
    let by_default = network(&rows, &TravelProfile::default());
    assert!(trip(&by_default, a, b).is_none());
    assert!(trip(&by_default, b, a).is_some());
    assert!(trip(&network(&rows, &TravelProfile::pipos()), a, b).is_some());
}

#[test]
fn ends_meet_whatever_the_order_of_the_rows() {
    let row = || json!({"Klass_181": 5, "F_Hogst_225": 70, "B_Hogst_225": 70});
    let a = (line(0.0, 100.0), row());
    let b = (vec![[EASTING + 100.08, NORTHING], [EASTING + 100.0, NORTHING + 200.0]], row());
    let c = (line(100.16, 300.0), row());
    let all = [&a, &b, &c];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let rows: Vec<_> = order.iter().map(|at| all[*at].clone()).collect();
        let network = network(&rows, &TravelProfile::pipos());
        is_about(trip(&network, (0.0, 0.0), (300.0, 0.0)), 299.84 * 3.6 / 70.0, 299.84);
    }
}

#[test]
fn words_lists_and_blanks_are_read_as_people_write_them() {
    let obstacle = |words: &str| way(json!({"Hinde_72": words})).obstacle;
    assert_eq!(obstacle("låst grind eller bom"), Access::Destination);
    assert_eq!((obstacle("Pollare"), obstacle("Betonghinder")), (Access::No, Access::No));
    assert_eq!((obstacle("spårviddshinder"), obstacle("övrigt")), (Access::No, Access::Unsaid));
    let bans = |vehicles: Value| way(json!({"F_ForbudTrafik": 1, "F_Gallar_135": vehicles})).bans;
    assert_eq!(bans(json!("20;30")), [false, false], "buses and cycles");
    assert_eq!(bans(json!("20;10")), [true, false]);
    let heavy = way(json!({"F_ForbudTrafik": 1, "F_Gallar_135": 40, "F_Total_136": "3,5 ton"}));
    assert_eq!((heavy.bans, heavy.bans_above), ([false, false], [35, 0]));
    assert_eq!(way(json!({"extlen": "1 000,5"})).stated_length_m, 1000.5);
    assert_eq!(way(json!({"Farje_139": "Fåröleden"})).class, RoadClass::Ferry);
    assert_eq!(way(json!({"Farje_139": "Fåröleden", "Farjeled": 0})).class, RoadClass::Unclassified);
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
