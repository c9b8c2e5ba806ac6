//! Do stretches of the register become the network that one drives?

use super::*;

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
