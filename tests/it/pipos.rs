//! Is a table of Pipos' own distances set beside ours as it should be: by id or place, in its unit, with the reason?

use serde_json::{Value, json};

use crate::edges::bench::{Bench, point, sweref};

const NORTHING: f64 = 6_400_000.0;

/// A road due east; a store at 0 m and one at 9 000 m; cells 2, 4 and 6 km along it, 300 m north of it.
fn country() -> Bench {
    let bench = Bench::new();
    let line = json!({"type": "Feature",
        "properties": {"Klass_181": 5, "F_Hogst_225": 70, "B_Hogst_225": 70},
        "geometry": {"type": "LineString", "coordinates": [[700_000.0, NORTHING], [710_000.0, NORTHING]]}});
    bench.put("roads.geojson", &sweref(&[line]));
    let store = |x: f64, name: &str| point(700_000.0 + x, NORTHING, json!({"name": name}));
    bench.put("store.geojson", &sweref(&[store(0.0, "Väst"), store(9_000.0, "Öst")]));
    let cells: Vec<Value> = [2_000.0, 4_000.0, 6_000.0]
        .into_iter()
        .enumerate()
        .map(|(at, x)| {
            let id = format!("R{at}");
            point(700_000.0 + x, NORTHING + 300.0, json!({"beftotalt": 10 * (at + 1), "ruta": id}))
        })
        .collect();
    bench.put("pop.geojson", &sweref(&cells));
    bench
}

const ANALYSE: &str =
    "analyse --population pop.geojson --grocery store.geojson --roads roads.geojson --out out";

/// id, people, their km, our km, why.
fn compared(bench: &Bench, more: &str) -> Vec<(String, String, f64, f64, String)> {
    let run = bench.run(&format!("{ANALYSE} --pipos t.csv {more}"));
    assert!(run.is_success, "{}", run.err);
    let km = |text: &str| text.parse().unwrap_or(f64::NAN);
    let mut rows: Vec<_> = bench
        .table("out/pipos.csv")
        .into_iter()
        .map(|row| (row[0].clone(), row[3].clone(), km(&row[4]), km(&row[5]), row[9].clone()))
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

#[test]
fn rows_are_told_by_id_and_their_reasons_found() {
    let bench = country();
    // Without the walk; to the other store; as ours.
    bench.write("t.csv", "Ruta;Avst_m\nR0;2000\nR1;5000\nR2;3300\n");
    let rows = compared(&bench, "");
    assert_eq!((rows[0].1.as_str(), rows[0].2), ("10", 2.0));
    assert!((rows[0].3 - 2.3).abs() < 0.01, "{rows:?}");
    assert!(rows[0].4.contains("walk"), "{rows:?}");
    assert!(rows[1].4.contains("Öst"), "{rows:?}");
    assert_eq!(rows[2].4, "");
}

#[test]
fn with_the_same_assumptions_the_same_rows_agree() {
    let bench = country();
    bench.write("t.csv", "x,y,distance_km\n702000,6400300,2\n704000,6400300,4\n706000,6400300,3\n");
    let rows = compared(&bench, "--speeds pipos --cost distance");
    assert!(rows.iter().all(|row| (row.2 - row.3).abs() < 0.005 && row.4.is_empty()), "{rows:?}");
    assert!(rows.iter().all(|row| row.1.is_empty()), "who lives there is not known: {rows:?}");
}

#[test]
fn a_number_of_a_feature_is_not_believed_against_a_place() {
    let bench = country();
    // Ids of Pipos' own numbering that are also numbers of features here; each says where it lies.
    let mut pop = bench.json("pop.geojson");
    for (at, cell) in pop["features"].as_array_mut().expect("cells").iter_mut().enumerate() {
        cell["id"] = json!(at + 1);
    }
    bench.put("pop.geojson", &pop);
    bench.write("t.csv", "id,x,y,distance_m\n1,706000,6400300,3300\n2,702000,6400300,2300\n");
    let rows = compared(&bench, "");
    assert!(rows.iter().all(|row| (row.2 - row.3).abs() < 0.01), "{rows:?}");
    // Without places they are believed where every row has one, and not where some have none.
    bench.write("t.csv", "id,distance_m\n1,2300\n2,4300\n");
    assert_eq!(compared(&bench, "").len(), 2);
    bench.write("t.csv", "id,distance_m\n1,2300\n99,4300\n");
    let run = bench.run(&format!("{ANALYSE} --pipos t.csv"));
    assert!(!run.is_success && run.err.contains("no row is of a loaded cell"), "{}", run.said());
}

#[test]
fn what_cannot_be_compared_is_said_and_counted() {
    let bench = country();
    bench.write("t.csv", "Ruta;Avst_m;Distrikt\nR0;2300;A\nR1;;A\nR9;4000;A\n;1;A\n");
    let run = bench.run(&format!("{ANALYSE} --pipos t.csv"));
    assert!(run.is_success && run.said().contains("3 rows could not be compared"), "{}", run.said());
    for (table, said) in [
        ("id,avst_a,avst_b\nR0,1,2\n", "Choose one of them"),
        ("id,annat\nR0,1\n", "annat"),
        ("PK\u{3}\u{4}…", "Save the Pipos table as CSV"),
        ("", "the file is empty"),
        ("Ruta;km\nR0;2300\nR1;4300\n", "says km but reaches 4300"),
        ("Ruta;km\nfoo;2\n", "the file's ids are like “foo”"),
    ] {
        bench.write("t.csv", table);
        let run = bench.run(&format!("{ANALYSE} --pipos t.csv"));
        assert!(!run.is_success && run.err.contains(said), "{}", run.err);
    }
    bench.write("t.csv", "id,distance_m\nR0,2300\n");
    let run = bench.run(&format!("{ANALYSE} --pipos t.csv --pipos-kind rescue"));
    assert!(!run.is_success && run.err.contains("rescue cannot be compared"), "{}", run.err);
}

#[test]
fn tables_as_spreadsheets_write_them() {
    let bench = country();
    bench.write("t.csv", "sep=;\n\nRuta;\"Avstånd till butik, meter\"\n\"R0\";2 300\nR0;2300\n");
    let run = bench.run(&format!("{ANALYSE} --pipos t.csv"));
    assert!(run.is_success && run.said().contains("1 ids stand more than once, first R0"), "{}", run.said());
    let rows = compared(&bench, "");
    assert!(rows.len() == 2 && rows.iter().all(|row| (row.2 - row.3).abs() < 0.01), "{rows:?}");
    // Thousands or decimals? Said, where no other number tells.
    bench.write("t.csv", "Ruta,km\nR0,\"2,300\"\nR1,\"4,300\"\n");
    let run = bench.run(&format!("{ANALYSE} --pipos t.csv"));
    assert!(run.said().contains("“2,300” (2) are read as decimals"), "{}", run.said());
}

#[test]
fn a_table_is_never_written_over() {
    let bench = country();
    std::fs::create_dir(bench.path("out")).expect("a folder");
    for name in ["pipos.csv", "areas.csv"] {
        bench.write(&format!("out/{name}"), "id,distance_m\nR0,2300\n");
        let run = bench.run(&format!("{ANALYSE} --pipos out/{name}"));
        assert!(!run.is_success && run.err.contains(name), "{}", run.err);
        assert_eq!(bench.read(&format!("out/{name}")), "id,distance_m\nR0,2300\n");
        assert!(!bench.path("out/summary.json").exists());
    }
}

#[test]
fn features_count_too() {
    let bench = country();
    let row = |x: f64, km: Value| point(700_000.0 + x, NORTHING + 300.0, json!({"dist_km": km}));
    let mut features = vec![row(2_000.0, json!(2.3)), row(4_000.0, json!("4,3"))];
    features.push(json!({"type": "Feature", "properties": {"dist_km": 1}, "geometry": null}));
    bench.put("t.csv", &sweref(&features));
    let run = bench.run(&format!("{ANALYSE} --pipos t.csv"));
    assert!(run.is_success && run.said().contains("1 row could not be compared"), "{}", run.said());
    let rows = compared(&bench, "");
    assert!(rows.len() == 2 && rows.iter().all(|row| (row.2 - row.3).abs() < 0.01), "{rows:?}");
}
