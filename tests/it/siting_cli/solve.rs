//! `sotplan solve` on tables small enough to do by hand, and on tables that are wrong.

use serde_json::{Value, json};

use super::{Desk, texts, values};

const COSTS: &str = "site,demand,cost\na,1,1\na,2,5.5\nb,1,4\nb,2,1\nc,3,2\n";
const WEIGHTS: &str = "demand,weight\n1,10\n2,1\n3,2\n4,7\n5,0\n";

fn desk() -> Desk {
    Desk::with(&[
        ("c.csv", COSTS),
        ("w.csv", WEIGHTS),
        ("s.csv", "site,cost,capacity\na,3,4\nb,2,20\nc,1,\n"),
    ])
}

const FILES: [&str; 5] = ["solve", "--costs", "c.csv", "--demand", "w.csv"];

fn ask<'a>(more: &[&'a str]) -> Vec<&'a str> {
    FILES.iter().chain(more).copied().collect()
}

#[test]
fn every_objective_is_answered() {
    let desk = desk();
    // c must stand for 3; then a (10 + 5.5) is better than b (40 + 1).
    let median = desk.json(&ask(&["--objective", "p-median", "--sites", "2"]));
    assert_eq!(median["value"], json!(19.5), "{median}");
    assert_eq!(median["bound"], json!(19.5));
    assert_eq!(
        (&median["gap"], &median["proven"], &median["status"]),
        (&json!(0), &json!(true), &json!("proven"))
    );
    assert_eq!(texts(&median["sites"]), ["a", "c"]);
    assert_eq!(median["assignment"], json!({"1": "a", "2": "a", "3": "c"}));
    assert_eq!(median["left_out"], json!([{"demand": "4", "weight": 7, "only_forbidden_sites": false}]));
    assert_eq!(
        (&median["zero_weight"], &median["tolerance"], &median["seed"]),
        (&json!(1), &json!(0), &json!(1))
    );
    assert!(median["seconds"].as_f64().is_some_and(|seconds| seconds < 5.0));
    let center = desk.json(&ask(&["--objective", "p-center", "--sites", "2"]));
    assert_eq!((&center["value"], texts(&center["sites"])), (&json!(4), vec!["b", "c"]));
    let covered = desk.json(&ask(&["--objective", "mclp", "--sites", "1", "--cutoff", "3.9"]));
    assert_eq!((&covered["value"], texts(&covered["sites"])), (&json!(10), vec!["a"]));
    assert_eq!(covered["assignment"], json!({"1": "a"}));
    let within = desk.json(&ask(&["--objective", "mclp", "--sites", "1", "--cutoff", "4"]));
    assert_eq!((&within["value"], texts(&within["sites"])), (&json!(11), vec!["b"]), "within is at most");
    let fewest = desk.json(&ask(&["--objective", "lscp", "--cutoff", "4"]));
    assert_eq!((&fewest["value"], texts(&fewest["sites"])), (&json!(2), vec!["b", "c"]));
    let backup = desk.json(&ask(&["--objective", "backup", "--sites", "2", "--cutoff", "4"]));
    assert_eq!((&backup["value"], texts(&backup["sites"])), (&json!(10), vec!["a", "b"]));
    assert_eq!(backup["assignment"]["1"], json!(["a", "b"]), "the nearest first");
    let room = desk.json(&ask(&["--objective", "capacitated", "--sites", "1", "--sites-file", "s.csv"]));
    assert_eq!((&room["value"], texts(&room["sites"])), (&json!(11), vec!["b"]));
    let budget =
        desk.json(&ask(&["--objective", "mclp", "--budget", "3", "--cutoff", "4", "--sites-file", "s.csv"]));
    assert_eq!((&budget["value"], texts(&budget["sites"])), (&json!(13), vec!["b", "c"]));
}

#[test]
fn roles_and_pairs_hold() {
    let desk = desk();
    let covered = ["--objective", "mclp", "--cutoff", "4"];
    let with = |more: &[&'static str]| desk.json(&ask(&[&covered[..], more].concat()));
    assert_eq!(texts(&with(&["--sites", "2", "--required", "c", "--forbidden", "b"])["sites"]), ["a", "c"]);
    assert_eq!(
        texts(&with(&["--sites", "2", "--exclusive", "b,c", "--exclusive", "a,b"])["sites"]),
        ["a", "c"]
    );
    let several = with(&["--sites", "2", "--alternatives", "5"]);
    let best = values(&several["alternatives"]);
    assert_eq!(best, [13.0, 12.0, 11.0]);
    assert_eq!(several["alternatives_proven"], json!(true));
}

#[test]
fn what_cannot_be_is_said_by_name() {
    let desk = desk();
    let all = desk.json(&ask(&["--objective", "p-median", "--sites", "3", "--require-all"]));
    assert_eq!(
        (&all["value"], &all["bound"], &all["gap"], &all["proven"]),
        (&json!(null), &json!(null), &json!(null), &json!(true))
    );
    let status = all["status"].as_str().expect("a text");
    assert!(status.starts_with("infeasible: ") && status.contains('4'), "{status}");
    assert_eq!(texts(&all["infeasible"]).len(), 1);
    let few = desk.json(&ask(&["--objective", "p-median", "--sites", "1"]));
    assert!(few["status"].as_str().is_some_and(|status| status.contains("at least 2 places")), "{few}");
    let pair = desk.json(&ask(&[
        "--objective",
        "mclp",
        "--cutoff",
        "4",
        "--sites",
        "2",
        "--required",
        "a,b",
        "--exclusive",
        "a,b",
    ]));
    assert!(
        pair["status"].as_str().is_some_and(|status| status.contains("both a and b are in every plan")),
        "{pair}"
    );
    let most = desk.json(&ask(&["--objective", "lscp", "--cutoff", "4", "--sites", "1"]));
    assert!(most["status"].as_str().is_some_and(|status| status.contains("at least 2 places")), "{most}");
    let text = desk.run(&ask(&["--objective", "p-median", "--sites", "3", "--require-all", "--lang", "sv"]));
    assert!(String::from_utf8_lossy(&text.stdout).contains("omöjligt"));
}

#[test]
fn tables_that_are_wrong_are_refused_by_line() {
    let ask = ask(&["--objective", "p-median", "--sites", "1"]);
    let with_costs = |costs: &str, phrases: &[&str]| {
        Desk::with(&[("c.csv", costs), ("w.csv", WEIGHTS)]).refuse(&ask, phrases);
    };
    with_costs("site,demand,cost\na,1,1\na,2,x\n", &["c.csv", "line 3", "cost", "“x”"]);
    with_costs("site,demand,cost\na,1,-1\n", &["line 2", "below zero"]);
    with_costs("site,demand,cost\na,1,NaN\n", &["line 2", "not a number"]);
    with_costs("site,demand,cost\na,1,inf\n", &["line 2", "not a number", "leave out the row"]);
    with_costs("site,demand,cost\na,1,\n", &["line 2", "cost is empty", "Leave out"]);
    with_costs("site,demand,cost\na,1,1\nb,1,2\na,1,3\n", &["line 4", "line 2", "a, 1"]);
    with_costs("site,demand\na,1\n", &["line 1", "cost", "site,demand,cost"]);
    with_costs("a,1,1\n", &["line 1", "no column site"]);
    with_costs("site,demand,cost\n,1,1\n", &["line 2", "site is empty"]);
    with_costs("site,demand,cost\n", &["c.csv", "no rows"]);
    with_costs("", &["c.csv", "empty"]);
    with_costs("site,demand,cost\na,9,1\n", &["w.csv", "9", "weight"]);
    let with_weights = |weights: &str, phrases: &[&str]| {
        Desk::with(&[("c.csv", COSTS), ("w.csv", weights)]).refuse(&ask, phrases);
    };
    with_weights("demand,weight\n1,2\n1,3\n", &["w.csv", "line 3", "line 2"]);
    with_weights("demand,weight\n1,\n", &["line 2", "weight is empty"]);
    Desk::new().refuse(&ask, &["c.csv", "no such file"]);
    let desk = desk();
    let refuse = |more: &[&'static str], phrases: &[&str]| desk.refuse(&super::solve::ask(more), phrases);
    refuse(&["--objective", "mclp", "--sites", "1"], &["--cutoff"]);
    refuse(&["--objective", "p-median"], &["a number of sites or a budget"]);
    refuse(&["--objective", "p-median", "--budget", "3"], &["--sites-file"]);
    refuse(&["--objective", "p-median", "--sites", "1", "--required", "z"], &["--required", "“z”"]);
    refuse(&["--objective", "p-median", "--sites", "1", "--required", "a", "--forbidden", "a"], &["both"]);
    refuse(&["--objective", "p-median", "--sites", "1", "--exclusive", "a"], &["--exclusive a"]);
    refuse(&["--objective", "best", "--sites", "1"], &["p-median"]);
}

#[test]
fn a_swedish_excel_is_read_and_ids_are_texts() {
    let desk = Desk::with(&[
        ("c.csv", "\u{feff}demand;site;cost;note\n007;Å 1;1,5;x\n7;Å 1;2,5;\n"),
        ("w.csv", "demand;weight\r\n007;2\r\n7;4,5\r\n"),
    ]);
    let answer = desk.json(&ask(&["--objective", "p-median", "--sites", "1"]));
    assert_eq!(answer["value"], json!(14.25));
    assert_eq!(answer["assignment"], json!({"007": "Å 1", "7": "Å 1"}));
}

#[test]
fn more_digits_than_fit_are_rounded_and_said() {
    let desk = Desk::with(&[
        ("c.csv", "site,demand,cost\na,1,50000.123456789\nb,1,50000.123456788\n"),
        ("w.csv", "demand,weight\n1,3\n"),
    ]);
    let answer = desk.json(&ask(&["--objective", "p-median", "--sites", "1"]));
    let value = answer["value"].as_f64().expect("a number");
    assert!(value == 3.0 * 50_000.123_456_789 || value == 3.0 * 50_000.123_456_788, "the numbers as written");
    assert!(
        answer["tolerance"].as_f64().is_some_and(|tolerance| tolerance > 0.0 && tolerance < 0.01),
        "{answer}"
    );
}

#[test]
fn half_a_million_pairs_are_read_at_once() {
    use std::fmt::Write as _;
    let n = if cfg!(debug_assertions) { 200 } else { 700 };
    let mut costs = String::from("site,demand,cost\n");
    let mut weights = String::from("demand,weight\n");
    for site in 0..n {
        let _ = writeln!(weights, "{site},1");
        for demand in 0..n {
            let _ = writeln!(costs, "{site},{demand},{}", (site * 7919 + demand * 104_729) % 1000);
        }
    }
    let desk = Desk::with(&[("c.csv", &costs), ("w.csv", &weights)]);
    let started = std::time::Instant::now();
    let answer = desk.json(&ask(&["--objective", "mclp", "--sites", "1", "--cutoff", "1000"]));
    assert_eq!(answer["value"], json!(n));
    assert!(started.elapsed().as_secs_f64() < 5.0, "{:?}", started.elapsed());
}

/// San Francisco's stores and tracts, answered by a solver of mixed integer programs.
#[test]
fn san_francisco_as_published() {
    use std::fmt::Write as _;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/optimise/spopt-sf");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there; San Francisco was not tried", folder.display());
        return;
    }
    let text = std::fs::read_to_string(folder.join("reference_optima.json")).expect("a file");
    let known: Value = serde_json::from_str(&text).expect("JSON");
    let mut table =
        csv::Reader::from_path(folder.join("SF_network_distance_candidateStore_16_censusTract_205_new.csv"))
            .expect("a table");
    let (mut costs, mut weights) = (String::from("site,demand,cost\n"), String::from("demand,weight\n"));
    let mut seen = std::collections::BTreeSet::new();
    for row in table.records() {
        let row = row.expect("a row");
        let _ = writeln!(costs, "{},{},{}", &row[1], &row[2], &row[0]);
        if seen.insert(row[2].to_owned()) {
            let _ = writeln!(weights, "{},{}", &row[2], &row[3]);
        }
    }
    let desk = Desk::with(&[("c.csv", &costs), ("w.csv", &weights)]);
    let near = |answer: &Value, expected: &Value| {
        let (value, expected) =
            (answer["value"].as_f64().expect("a value"), expected.as_f64().expect("known"));
        assert!((value - expected).abs() <= expected * 1e-9, "{value}, known {expected}");
        assert_eq!(answer["proven"], json!(true));
    };
    for count in ["1", "2", "3", "4", "5", "8"] {
        let median = desk.json(&ask(&["--objective", "p-median", "--sites", count]));
        near(&median, &known[format!("p_median_p{count}")]["weighted_sum"]);
        let center = desk.json(&ask(&["--objective", "p-center", "--sites", count]));
        near(&center, &known[format!("p_center_p{count}")]["radius"]);
    }
    for radius in ["2000", "3000", "5000"] {
        for count in ["2", "4"] {
            let covered = desk.json(&ask(&["--objective", "mclp", "--sites", count, "--cutoff", radius]));
            near(&covered, &known[format!("mclp_p{count}_S{radius}")]["covered"]);
        }
        let fewest = desk.json(&ask(&["--objective", "lscp", "--cutoff", radius, "--require-all"]));
        assert_eq!(
            fewest["value"].as_f64(),
            known[format!("lscp_S{radius}")]["min_sites"].as_f64(),
            "{radius}"
        );
        assert_eq!(fewest["proven"], json!(true));
    }
}

#[test]
fn a_decimal_comma_in_a_comma_file_is_no_other_number() {
    let desk = Desk::with(&[("c.csv", "site,demand,cost\na,1,12,5\n"), ("w.csv", "demand,weight\n1,3\n")]);
    desk.refuse(
        &ask(&["--objective", "p-median", "--sites", "1"]),
        &["c.csv", "line 2", "4 fields", "point"],
    );
}

#[test]
fn the_next_best_of_the_fewest_keep_the_number() {
    let desk = Desk::with(&[
        ("c.csv", "site,demand,cost\na,1,1\na,2,1\nb,1,1\nb,2,1\nc,1,1\n"),
        ("w.csv", "demand,weight\n1,1\n2,1\n"),
    ]);
    let lscp = ["--objective", "lscp", "--cutoff", "1", "--alternatives", "9"];
    let one = desk.json(&ask(&[&lscp[..], &["--sites", "1"]].concat()));
    assert_eq!(values(&one["alternatives"]), [1.0, 1.0]);
    // Of the sets of one only {c} does not reach everyone; all sets of two do.
    let all = desk.json(&ask(&[&lscp[..], &["--max-loss", "1"]].concat()));
    assert_eq!(values(&all["alternatives"]), [1.0, 1.0, 2.0, 2.0, 2.0]);
    assert_eq!(all["alternatives_proven"], json!(true));
}
