//! What another table gives to a layer: columns by square, code or name with its municipality, numbers spread and never
//! repeated, places for rows without; what meets nothing or more than one is told row by row.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sotplan::io::{IoError, LoadOptions, Loaded, load_file, project_file};
use sotplan::lang::{Lang, Said as _};
use sotplan::model::{Entry, Gives, Join, Joined, Key, Pair, Project, Reading, Role, Sharing, Why};
use sotplan::progress::Unwatched;

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path
}

fn join(file: &Path, gives: Gives) -> Join {
    Join { file: file.into(), part: None, by: Vec::new(), gives, absent_is_zero: false, spread_by: None }
}

fn columns(file: &Path) -> Join {
    join(file, Gives::Columns(Vec::new()))
}

fn read(path: &Path, joins: Vec<Join>) -> Result<Loaded, IoError> {
    let reading = Reading { joins, ..Reading::default() };
    load_file(path, &LoadOptions { reading, ..LoadOptions::default() }, &Unwatched)
}

fn joined(loaded: &Loaded) -> &Joined {
    loaded.table.report.joined.first().expect("joined")
}

fn texts(loaded: &Loaded, column: &str) -> Vec<String> {
    let value = |feature| loaded.table.row(feature).get(column).map(Entry::text).unwrap_or_default();
    loaded.table.features.iter().map(value).collect()
}

fn sum(loaded: &Loaded, column: &str) -> f64 {
    let value = |feature| loaded.table.row(feature).get(column).and_then(Entry::number).unwrap_or(0.0);
    loaded.table.features.iter().map(value).sum()
}

const CELLS: &str = "rutid,beftotalt,kommun\n4800007010000,10,Krokom\n4810007010000,30,Krokom\n4820007010000,0,Åre\n4830007010000,5,Åre\n";

#[test]
fn squares_meet_by_their_ids_whatever_the_column_is_called() {
    let folder = tempfile::tempdir().expect("a folder");
    let cells = write(folder.path(), "rutor.csv", CELLS);
    let groups = write(
        folder.path(),
        "aldre.csv",
        "Ruta;65+;80+\n4810007010000;12;3\n4800007010000;4;1\n4999007010000;7;2\n4830007010000;;\n4830007010000;2;1\n",
    );
    let loaded = read(&cells, vec![columns(&groups)]).expect("joined");
    assert_eq!(texts(&loaded, "65+"), ["4", "12", "", ""]);
    let found = joined(&loaded);
    assert_eq!(found.by, [Pair::of_columns("rutid", "Ruta")]);
    assert_eq!((found.asked, found.met, found.rows, found.rows_met), (4, 2, 5, 2));
    let why: Vec<(&str, Why)> = found.without.iter().map(|row| (row.key.as_str(), row.why)).collect();
    assert_eq!(why, [("4820007010000", Why::NoneSuch), ("4830007010000", Why::Several(2))]);
    let why: Vec<(u32, Why)> = found.left.iter().map(|row| (row.number, row.why)).collect();
    assert_eq!(why, [(3, Why::NoneSuch), (4, Why::Several(2)), (5, Why::Several(2))]);
    let sums: Vec<_> = found.columns.iter().map(|column| (column.name.as_str(), column.sums)).collect();
    assert_eq!(sums, [("65+", Some((25.0, 16.0))), ("80+", Some((7.0, 4.0)))]);
    // Every row that is not joined is a remark of its own.
    let codes = loaded.table.report.remarks_by_code();
    assert_eq!((codes["joined"].len(), codes["not_joined"].len(), codes["row_left"].len()), (2, 2, 3));
    // Nothing is no zero, unless it is said.
    let zero = Join { absent_is_zero: true, ..columns(&groups) };
    let loaded = read(&cells, vec![zero]).expect("joined");
    assert_eq!(
        texts(&loaded, "65+"),
        ["4", "12", "0", ""],
        "a row that cannot be told is not a row that is not there"
    );
}

#[test]
fn numbers_of_a_municipality_are_spread_over_its_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let cells = write(folder.path(), "rutor.csv", CELLS);
    let groups = write(
        folder.path(),
        "kommuner.csv",
        "kommunkod;namn;aldre65;andel_65;medelålder\n2309;Krokom;20;0,5;44\n2321;Åre;7;0,2;41\n2305;Bräcke;9;0,3;48\n",
    );
    let loaded = read(&cells, vec![columns(&groups)]).expect("joined");
    let found = joined(&loaded);
    // A name of one table is a code of the other.
    assert_eq!(found.by, [Pair::of_columns("kommun", "kommunkod")]);
    assert_eq!(texts(&loaded, "aldre65"), ["5.0", "15.0", "0.0", "7.0"]);
    assert_eq!(texts(&loaded, "andel_65"), ["0.5", "0.5", "0.2", "0.2"], "a share is not shared");
    let column = found.columns.iter().find(|column| column.name == "aldre65").expect("a column");
    assert_eq!(column.sharing, Sharing::SpreadBy("beftotalt".into()));
    assert_eq!(column.sums, Some((36.0, 27.0)), "what lies in no cell is told by the sums");
    // Beside stores the same numbers are facts of the municipality, and said not to be sums.
    let stores = write(
        folder.path(),
        "butiker.csv",
        "namn,kommun,x,y\nA,Krokom,480500,7010500\nB,Krokom,481500,7010500\n",
    );
    let loaded =
        read(&stores, vec![Join { by: vec![Pair::of_columns("kommun", "kommunkod")], ..columns(&groups) }])
            .expect("joined");
    assert_eq!(texts(&loaded, "aldre65"), ["20", "20"]);
    assert!(joined(&loaded).columns.iter().any(|column| column.sharing == Sharing::Repeated));
    assert_eq!(texts(&loaded, "namn"), ["A", "B"], "the layer's own column stays as it is");
    assert_eq!(texts(&loaded, "namn (kommuner.csv)"), ["Krokom", "Krokom"]);
}

const VILLAGES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Kall"},"geometry":{"type":"Point","coordinates":[13.23,63.475]}},
{"type":"Feature","properties":{"name":"Hallen"},"geometry":{"type":"Point","coordinates":[14.08,63.17]}},
{"type":"Feature","properties":{"name":"Hallen"},"geometry":{"type":"Point","coordinates":[14.9,62.9]}},
{"type":"Feature","properties":{"name":"Sjoutnäset"},"geometry":{"type":"Point","coordinates":[14.9,64.4]}},
{"type":"Feature","properties":{"name":"Strand"},"geometry":{"type":"Point","coordinates":[15.55,63.9]}},
{"type":"Feature","properties":{"name":"Strand"},"geometry":{"type":"Point","coordinates":[15.7,63.8]}}
]}"#;

#[test]
fn places_are_found_by_name_and_municipality() {
    let folder = tempfile::tempdir().expect("a folder");
    let villages = write(folder.path(), "orter.geojson", VILLAGES);
    let list = write(
        folder.path(),
        "sot_platser.csv",
        "Ort;Kommun;status\nKALL;Åre kommun;in_place\nHallen;2321;idea\nStrand;Strömsund;idea\nNybyn;Åre;idea\n;Åre;idea\n",
    );
    let loaded = read(&list, vec![join(&villages, Gives::Places)]).expect("placed");
    let found = joined(&loaded);
    let by = [
        Pair::of_columns("Ort", "name"),
        Pair { own: Key::Column("Kommun".into()), other: Key::MunicipalityOfPlace },
    ];
    assert_eq!(found.by, by);
    assert_eq!(texts(&loaded, "Ort"), ["KALL", "Hallen"]);
    assert_eq!(texts(&loaded, "status"), ["in_place", "idea"]);
    let places: Vec<_> = loaded.table.features.iter().map(|feature| feature.place.lon).collect();
    assert_eq!(places, [13.23, 14.08], "the Hallen of the municipality that is named");
    // Counts in are counts used and refused, and who is refused is named.
    let report = &loaded.table.report;
    assert_eq!((report.features_in, loaded.table.features.len(), report.refused.len()), (5, 2, 3));
    let why: Vec<_> = found.without.iter().map(|row| (row.number, row.why)).collect();
    assert_eq!(why, [(3, Why::Several(2)), (4, Why::NoneSuch), (5, Why::NoKey)]);
}

#[test]
fn what_does_not_fit_is_an_error_that_names_the_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let cells = write(folder.path(), "rutor.csv", CELLS);
    let other = write(folder.path(), "annat.csv", "a;b;c\n1;2;3\n");
    let said = read(&cells, vec![columns(&other)]).expect_err("nothing in common").to_string();
    assert!(said.contains("annat.csv") && said.contains("a, b, c") && said.contains("rutid"), "{said}");
    let wrong = Join { by: vec![Pair::of_columns("rutid", "rutan")], ..columns(&other) };
    let said = read(&cells, vec![wrong]).expect_err("no such column").to_string();
    assert!(said.contains("rutan") && said.contains("a, b, c"), "{said}");
    let gone =
        read(&cells, vec![columns(&folder.path().join("borta.csv"))]).expect_err("no such file").to_string();
    assert!(gone.contains("borta.csv"), "{gone}");
}

/// What is joined stays joined in a project, and moves with its folder.
#[test]
fn a_project_remembers_what_it_joined() {
    let folder = tempfile::tempdir().expect("a folder");
    let cells = write(folder.path(), "rutor.csv", CELLS);
    let groups = write(folder.path(), "aldre.csv", "rutid;aldre\n4800007010000;4\n4810007010000;6\n");
    let mut loaded = read(&cells, vec![columns(&groups)]).expect("joined");
    loaded.role = Role::Population { field: "aldre".into() };
    let project = sotplan::app::load::with_layers(&Project::default(), vec![loaded]);
    let path = folder.path().join("p.gpkg");
    project_file::save(&path, &project).expect("saved");
    let moved = tempfile::tempdir().expect("another folder");
    for name in ["rutor.csv", "aldre.csv", "p.gpkg"] {
        std::fs::rename(folder.path().join(name), moved.path().join(name)).expect("moved");
    }
    let saved = project_file::open(&moved.path().join("p.gpkg")).expect("opened");
    let source = &saved.sources()[0];
    assert_eq!(source.options.reading.joins[0].file, moved.path().join("aldre.csv"));
    let loaded = load_file(&moved.path().join("rutor.csv"), &source.options, &Unwatched).expect("read");
    assert_eq!(sum(&loaded, "aldre"), 10.0);
    assert!(!source.is_other(&loaded));
    // Another content of the table is another figure, and is told as a file that has changed.
    write(moved.path(), "aldre.csv", "rutid;aldre\n4800007010000;4\n4810007010000;7\n");
    let loaded = load_file(&moved.path().join("rutor.csv"), &source.options, &Unwatched).expect("read");
    assert!(source.is_other(&loaded));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever meets, each row gets what a look through all rows gives it, and what is spread adds up.
    #[test]
    fn joins_are_as_looked_up_by_hand(
        keys in prop::collection::vec(0_u32..30, 1..40),
        others in prop::collection::vec((0_u32..30, 0_u32..1_000), 1..30),
        people in prop::collection::vec(0_u32..50, 40),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut cells = String::from("namn,nyckel,beftotalt,x,y\n");
        for (at, key) in keys.iter().enumerate() {
            let _ = writeln!(cells, "c{at},k{key},{},{},7010500", people[at], 480_500 + at * 1_000);
        }
        let mut table = String::from("nyckel,antal\n");
        for (key, number) in &others {
            let _ = writeln!(table, "k{key},{number}");
        }
        let cells = write(folder.path(), "celler.csv", &cells);
        let other = write(folder.path(), "andra.csv", &table);
        let by = vec![Pair::of_columns("nyckel", "nyckel")];
        let reading = Reading { joins: vec![Join { by, ..columns(&other) }], ..Reading::default() };
        let role = Some(Role::Population { field: "beftotalt".into() });
        let loaded = load_file(&cells, &LoadOptions { reading, role, ..LoadOptions::default() }, &Unwatched).expect("joined");
        let of_key = |key: u32| {
            let mut numbers: Vec<u32> = others.iter().filter(|(other, _)| *other == key).map(|(_, number)| *number).collect();
            numbers.dedup();
            (numbers.len() == 1).then(|| numbers[0])
        };
        let is_shared = keys.iter().any(|key| of_key(*key).is_some() && keys.iter().filter(|other| *other == key).count() > 1);
        for (at, (feature, key)) in loaded.table.features.iter().zip(&keys).enumerate() {
            let alike: Vec<usize> = (0..keys.len()).filter(|other| keys[*other] == *key).collect();
            let all: u32 = alike.iter().map(|other| people[*other]).sum();
            let wanted = of_key(*key).map(|number| match (is_shared, all) {
                (false, _) => f64::from(number),
                (true, 0) => f64::from(number) / alike.len() as f64,
                (true, all) => f64::from(number) * f64::from(people[at]) / f64::from(all),
            });
            let found = loaded.table.row(feature).get("antal").and_then(Entry::number);
            prop_assert_eq!(found.is_some(), wanted.is_some());
            prop_assert!((found.unwrap_or(0.0) - wanted.unwrap_or(0.0)).abs() < 1e-9);
        }
    }
}

fn read_as(path: &Path, role: Role, joins: Vec<Join>) -> Loaded {
    let reading = Reading { joins, ..Reading::default() };
    let options = LoadOptions { reading, role: Some(role), ..LoadOptions::default() };
    load_file(path, &options, &Unwatched).expect("joined")
}

#[test]
fn people_that_are_joined_are_spread_by_the_people_there_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let cells = write(folder.path(), "rutor.csv", CELLS);
    let groups = write(
        folder.path(),
        "kommuner.csv",
        "kommun;aldre65;medelinkomst;skattesats\nKrokom;20;300;33\nÅre;7;280;34\n",
    );
    // As a project that is opened again says it: the people are what the join brings.
    let loaded = read_as(&cells, Role::Population { field: "aldre65".into() }, vec![columns(&groups)]);
    assert_eq!(texts(&loaded, "aldre65"), ["5.0", "15.0", "0.0", "7.0"]);
    assert_eq!(texts(&loaded, "medelinkomst"), ["300", "300", "280", "280"], "a mean is not divided");
    assert_eq!(texts(&loaded, "skattesats"), ["33", "33", "34", "34"]);
    // What may be thousands or decimals, or stands among words, is not divided and not added up.
    for odd in ["1,234", "okänt"] {
        let groups = write(folder.path(), "udda.csv", &format!("kommun\taldre65\nKrokom\t{odd}\nÅre\t7\n"));
        let loaded = read(&cells, vec![columns(&groups)]).expect("joined");
        let column = &joined(&loaded).columns[0];
        let is_said = column.sharing == Sharing::Repeated && column.sums.is_none()
            || texts(&loaded, "aldre65").iter().all(|text| text.parse::<f64>().is_ok());
        assert!(is_said, "{odd}: {column:?}");
    }
}

#[test]
fn a_surer_column_goes_before_one_that_meets_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let cells = write(
        folder.path(),
        "rutor.csv",
        "id,rutid,beftotalt\n1,4800007010000,10\n2,4810007010000,30\n3,4820007010000,5\n",
    );
    let groups = write(
        folder.path(),
        "aldre.csv",
        "id;rutid;aldre\n1;4820007010000;1\n2;4800007010000;2\n3;4899007010000;9\n",
    );
    let loaded = read(&cells, vec![columns(&groups)]).expect("joined");
    assert_eq!(joined(&loaded).by, [Pair::of_columns("rutid", "rutid")]);
    assert_eq!(texts(&loaded, "aldre"), ["2", "", "1"]);
    // Villages of a municipality are not all at its one place.
    let towns = write(
        folder.path(),
        "huvudorter.csv",
        "name,kommun,lon,lat\nÅre,Åre,13.08,63.4\nStrömsund,Strömsund,15.55,63.85\n",
    );
    let list = write(folder.path(), "byar.csv", "ort;kommun\nKall;Åre\nHallen;Åre\nStrand;Strömsund\n");
    assert!(read(&list, vec![join(&towns, Gives::Places)]).is_err());
}

#[test]
fn what_gets_a_place_among_others_keeps_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let villages = write(folder.path(), "orter.geojson", VILLAGES);
    let list = write(
        folder.path(),
        "platser.csv",
        "Ort;Kommun;antal;lon;lat\nDuved;Åre;1;12.93;63.39\nKall;Åre;2;;\nUndersåker;Åre;3;13.3;63.32\nIngenstans;Åre;4;;\n",
    );
    let facts =
        write(folder.path(), "fakta.csv", "Ort;Kommun;hus\nDuved;Åre;10\nKall;Åre;20\nUndersåker;Åre;30\n");
    // Places come first, in whatever order they are said.
    let loaded = read(&list, vec![columns(&facts), join(&villages, Gives::Places)]).expect("joined");
    assert_eq!(texts(&loaded, "Ort"), ["Duved", "Kall", "Undersåker"]);
    assert_eq!(texts(&loaded, "antal"), ["1", "2", "3"]);
    assert_eq!(texts(&loaded, "hus"), ["10", "20", "30"]);
    let nths: Vec<usize> = loaded.table.report.joined.iter().map(|joined| joined.nth).collect();
    assert_eq!(nths, [1, 0]);
    assert_eq!(loaded.table.report.refused.len(), 1);
}

#[test]
fn how_the_other_table_was_read_is_told_with_the_layer() {
    let folder = tempfile::tempdir().expect("a folder");
    let cells = write(folder.path(), "rutor.csv", CELLS);
    let groups = write(
        folder.path(),
        "aldre.csv",
        "SCB 2024\nRuta;65+\n4810007010000;12\n4800007010000;4\n4800007010000;4\n4830007010000;..\n",
    );
    let loaded = read(&cells, vec![columns(&groups)]).expect("joined");
    let found = joined(&loaded);
    assert_eq!((found.rows, found.rows_met, found.repeated, found.left.len()), (4, 3, 1, 0));
    let codes = loaded.table.report.remarks_by_code();
    let said: Vec<String> = codes["joined"].iter().map(|remark| remark.kind.said(Lang::En)).collect();
    for wanted in [
        "aldre.csv: 1 row above the column names is no part of the table",
        "aldre.csv: 65+: 1 cell says that there is no value",
        "aldre.csv: 1 row says the same as another and is not counted again",
    ] {
        assert!(said.iter().any(|said| said.contains(wanted)), "{wanted}: {said:?}");
    }
    assert!(!said.iter().any(|said| said.contains("not shown on the map")), "{said:?}");
}
