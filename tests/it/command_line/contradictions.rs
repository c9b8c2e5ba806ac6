//! Are options that cannot both hold refused with both named, in both languages, before a file is read?

use super::*;

/// Refuses a line of words that names only files that do not exist: had one been read, that would be said instead.
fn refuse(line: &str, both: &[&str]) {
    for lang in ["sv", "en"] {
        let arguments: Vec<&str> = line.split(' ').chain(["--lang", lang]).collect();
        let done = sotplan(&arguments);
        let said = text(&done.stderr);
        assert!(!done.status.success() && done.stdout.is_empty(), "{line}: {done:?}");
        assert!(both.iter().all(|option| said.contains(option)), "{line}: “{said}” does not name {both:?}");
        assert!(!said.contains("nowhere"), "{line}: a file was read: {said}");
        assert!(!Path::new("nowhere").exists());
    }
}

const LAYERS: &str = "--population nowhere/p.geojson --grocery nowhere/g.geojson";

fn analyse(more: &str) -> String {
    format!("analyse {LAYERS} --out nowhere/out {more}")
}

fn site(more: &str) -> String {
    format!("site {LAYERS} --objective mclp --sites 2 --out nowhere/out {more}")
}

fn solve(more: &str) -> String {
    format!("solve --costs nowhere/c.csv --demand nowhere/d.csv --objective p-median --sites 2 {more}")
}

#[test]
fn a_place_is_not_required_and_forbidden() {
    for more in ["--required A --forbidden A", "--required Åre --required B --forbidden åre"] {
        refuse(&site(more), &["--required", "--forbidden"]);
    }
    refuse(&site("--release A --forbidden A"), &["--release", "--forbidden"]);
    refuse(&solve("--required a,b --forbidden c,b"), &["b ", "--required", "--forbidden"]);
    for line in [site("--exclusive A,a"), solve("--exclusive a,a"), solve("--exclusive x,y,x,y")] {
        refuse(&line, &["--exclusive "]);
    }
}

#[test]
fn two_limits_are_not_one() {
    for more in
        ["--threshold 10km --threshold 20km", "--cost time --cost distance", "--profile car --profile walk"]
    {
        let option = more.split(' ').next().expect("an option");
        refuse(&analyse(more), &[option]);
    }
    refuse(&analyse("--threshold 10km --cost time"), &["--threshold", "--cost"]);
    refuse(&site("--threshold 20min --cost distance"), &["--threshold", "--cost"]);
    refuse(&site("--threshold 20min --decay 5km"), &["--threshold", "--decay"]);
    refuse(&site("--cost distance --decay 5min"), &["--cost", "--decay"]);
    refuse(&site("--decay 5min"), &["--decay", "--cost time"]);
    refuse(
        &format!("site {LAYERS} --objective p-median --sites 2 --out nowhere/out --decay 5km"),
        &["--decay", "--objective", "p-median"],
    );
}

#[test]
fn roads_and_straight_lines_are_not_one() {
    for more in ["--detour 1.2", "--speed 60"] {
        let option = more.split(' ').next().expect("an option");
        refuse(&analyse(&format!("--roads nowhere/r.osm {more}")), &[option, "--roads"]);
    }
    for more in [
        "--closed nowhere/c.geojson",
        "--profile walk",
        "--speeds pipos",
        "--winter",
        "--max-access 1km",
        "--class-field k",
        "--speed-field k",
        "--direction-field k",
        "--length-field k",
    ] {
        let option = more.split(' ').next().expect("an option");
        refuse(&analyse(more), &[option, "--roads"]);
    }
}

#[test]
fn what_means_nothing_alone_is_refused() {
    refuse(
        "analyse --demo --out nowhere/out --population-field n",
        &["--population-field", "--population FI"],
    );
    refuse("analyse --demo --out nowhere/out --population nowhere/p", &["--demo", "--population"]);
    refuse(&analyse("--area-code-field n"), &["--area-code-field", "--areas"]);
    refuse(&analyse("--area-name-field n"), &["--area-name-field", "--areas"]);
    refuse(&analyse("--pipos-field n"), &["--pipos-field", "--pipos FI"]);
    refuse(&analyse("--pipos-kind fuel"), &["--pipos-kind", "--pipos FI"]);
    refuse(&site("--status-field n"), &["--status-field", "--existing"]);
    refuse(&site("--max-loss 0.1"), &["--max-loss", "--alternatives"]);
    refuse(&solve("--max-loss 0.1"), &["--max-loss", "--alternatives"]);
    let budget = format!("site {LAYERS} --objective mclp --budget 2 --out nowhere/out");
    refuse(&budget, &["--budget", "--cost-field"]);
    refuse(&format!("{budget} --cost-field kr --curve 3"), &["--curve", "--budget"]);
    refuse(
        "solve --costs nowhere/c --demand nowhere/d --objective mclp --budget 2",
        &["--budget", "--sites-file"],
    );
    refuse(site("").replace("--sites 2 ", "").trim_end(), &["--sites", "--budget"]);
}

#[test]
fn one_language_and_no_file_before_a_command() {
    for line in
        ["--lang sv analyse --demo --out nowhere/out", "--lang en --lang sv analyse --demo --out nowhere/out"]
    {
        refuse(line, &["--lang"]);
    }
    let done = sotplan(&["extra.geojson", "analyse", "--demo", "--out", "nowhere/out"]);
    let said = text(&done.stderr);
    assert!(
        !done.status.success() && said.contains("extra.geojson") && said.contains("analyse --help"),
        "{said}"
    );
    assert!(!Path::new("nowhere").exists());
}

/// The default said aloud says nothing new.
#[test]
fn a_default_contradicts_nothing() {
    let bench = Bench::new();
    let summary =
        super::analyse(&["--demo", "--profile", "car", "--pipos-kind", "grocery"], &bench.path("out"));
    assert_eq!(summary["measure"], "distance");
}

#[test]
fn a_result_does_not_replace_what_it_is_made_from() {
    let bench = Bench::new();
    let people = std::fs::read(demo_file("population.geojson")).expect("people");
    for (name, out) in [("gaps.geojson", "."), ("people.geojson", "people.geojson")] {
        let file = bench.write(name, &people);
        let out = bench.path(out);
        let arguments = ["analyse", "--population", &file, "--grocery", "nowhere.geojson", "--out"];
        for (lang, phrase) in [("en", "will not be overwritten"), ("sv", "skrivs inte över")] {
            let all = [&arguments[..], &[out.to_str().expect("UTF-8"), "--lang", lang]].concat();
            let done = sotplan(&all);
            let said = text(&done.stderr);
            assert!(!done.status.success(), "{name}");
            for phrase in [phrase, "--population", "--out", name] {
                assert!(said.contains(phrase), "{said} does not say {phrase}");
            }
        }
        assert_eq!(std::fs::read(&file).expect("still there"), people);
    }
    let from = bench.write("t.csv", "id;x;y\n1;402000;7032000\n");
    let travel = ["travel", "--roads", "nowhere.osm", "--from", &from, "--to", "nowhere.csv", "--out", &from];
    let said = text(&sotplan(&travel).stderr);
    assert!(said.contains("--from") && said.contains("--out") && said.contains("t.csv"), "{said}");
}
