//! Is each column and value of the register taken for what it means, in whichever words?

use super::*;

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
