//! `sotplan outage` as a user runs it: what it prints, what it writes, and what it never does.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::{Value, json};

use crate::edges::bench::{Bench, features, number};

const FILES: [&str; 6] =
    ["assumptions.csv", "clocks.csv", "fuel.csv", "hours.csv", "municipalities.csv", "scenario.json"];
const COUNTED: [&str; 4] = ["people_total", "people_supplied", "people_beyond", "people_without_value"];

fn told(bench: &Bench, line: &str) -> Value {
    let run = bench.run(&format!("outage {line} --json"));
    assert!(run.is_success, "{line}: {}", run.err);
    serde_json::from_str(&run.out).expect("JSON alone")
}

fn names(bench: &Bench, folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(bench.path(folder)).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// The rows of a table, each by the names of its head.
fn rows(bench: &Bench, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = bench.read(name);
    let mut table = csv::Reader::from_reader(text.as_bytes());
    table.deserialize().map(|row| row.expect("a row")).collect()
}

fn people(row: &BTreeMap<String, String>, name: &str) -> f64 {
    row[name].parse().unwrap_or_else(|_| panic!("{name}: {row:?}"))
}

#[test]
fn a_storm_over_the_example_is_told_hour_by_hour() {
    let bench = Bench::new();
    let told = told(&bench, "--demo --scenario storm-24 --out out");
    let hours = told["hours"].as_array().expect("hours");
    assert_eq!(hours.len(), 169);
    let groups: Vec<&str> =
        told["groups"].as_array().expect("groups").iter().map(|id| id.as_str().expect("an id")).collect();
    assert_eq!(groups[0], "everyone");
    for (at, hour) in hours.iter().enumerate() {
        assert_eq!(hour["hour"], json!(at));
        for (kind, of) in hour["kinds"].as_object().expect("kinds") {
            assert_eq!(of["groups"].as_object().expect("groups").len(), groups.len(), "{kind}");
            for group in &groups {
                let is = |name: &str| number(&of["groups"][*group][name]);
                let [total, supplied, beyond, without] = COUNTED.map(is);
                let what = format!("{kind} {at} h {group}");
                assert!((supplied + beyond + without - total).abs() < 1e-6, "{what}");
                for (name, value) in
                    ["supplied", "beyond", "without_value"].into_iter().zip([supplied, beyond, without])
                {
                    let (least, most) =
                        (is(&format!("people_{name}_lower")), is(&format!("people_{name}_upper")));
                    assert!(least <= value && value <= most, "{what} {name}");
                }
                // A day after the power is back everything is as every day.
                if at >= 48 {
                    let everyday = &told["everyday"][kind]["groups"][*group];
                    assert_eq!(json!(supplied), everyday["people_supplied"], "{what}");
                }
            }
        }
    }
    let dark = |hour: usize| number(&hours[hour]["homes"]["without_power"]);
    let all = number(&hours[0]["kinds"]["grocery"]["groups"]["everyone"]["people_total"]);
    assert_eq!((dark(0), dark(23), dark(24)), (all, all, 0.0));
}

#[test]
fn the_files_say_what_the_json_says() {
    let bench = Bench::new();
    let told = told(&bench, "--demo --scenario ice-72 --out out");
    let mut wanted: BTreeSet<String> = FILES.iter().map(|name| (*name).to_owned()).collect();
    wanted.extend([0, 4, 24, 72].map(|hour| format!("hour-{hour}.geojson")));
    assert_eq!(names(&bench, "out"), wanted);
    // Every row of hours; people are whole there.
    let hours = rows(&bench, "out/hours.csv");
    let kinds = told["hours"][0]["kinds"].as_object().expect("kinds").len();
    assert_eq!(hours.len(), 169 * kinds * told["groups"].as_array().expect("groups").len());
    for row in &hours {
        let at: usize = row["hour"].parse().expect("an hour");
        let is = &told["hours"][at]["kinds"][&row["kind"]]["groups"][&row["group"]];
        for name in COUNTED.into_iter().chain(["people_supplied_upper", "people_supplied_limited"]) {
            assert!((people(row, name) - number(&is[name])).abs() <= 0.51, "{row:?} {name} {is}");
        }
    }
    sums_of_hours(&bench, &told);
    working_places(&bench, &told);
    fuel_and_assumptions(&bench, &told);
}

/// Municipalities and cells of an hour sum to everyone.
fn sums_of_hours(bench: &Bench, told: &Value) {
    for hour in ["0", "4", "24", "72"] {
        for kind in told["hours"][0]["kinds"].as_object().expect("kinds").keys() {
            let of = |row: &&BTreeMap<String, String>| row["hour"] == hour && row["kind"] == *kind;
            let all = rows(bench, "out/municipalities.csv");
            let at: usize = hour.parse().expect("an hour");
            let everyone = &told["hours"][at]["kinds"][kind]["groups"]["everyone"];
            for name in COUNTED {
                let sum: f64 = all.iter().filter(of).map(|row| people(row, name)).sum();
                assert!((sum - number(&everyone[name])).abs() < 10.0, "{kind} {hour} {name}");
            }
        }
    }
    // Cells of an hour sum to it.
    let cells = bench.json("out/hour-4.geojson");
    for (kind, of) in told["hours"][4]["kinds"].as_object().expect("kinds") {
        for (state, name) in [("supplied", COUNTED[1]), ("beyond", COUNTED[2]), ("without_value", COUNTED[3])]
        {
            let is = |cell: &&Value| cell["properties"][format!("{kind}_state")] == state;
            let found: f64 =
                features(&cells).iter().filter(is).map(|cell| number(&cell["properties"]["people"])).sum();
            assert!((found - number(&of["groups"]["everyone"][name])).abs() < 1e-6, "{kind} {state}");
        }
    }
}

/// As many places work by their clocks as are told.
fn working_places(bench: &Bench, told: &Value) {
    for hour in [0, 4, 24, 72] {
        for (kind, of) in told["hours"][hour]["kinds"].as_object().expect("kinds") {
            for (case, name) in [("worst", "places_working"), ("best", "places_working_upper")] {
                let at = f64::from(u32::try_from(hour).expect("small"));
                let works = |row: &&BTreeMap<String, String>| {
                    let to = row["to_hour"].parse().unwrap_or(f64::INFINITY);
                    let is_now = people(row, "from_hour") <= at && at < to;
                    row["kind"] == *kind && row["case"] == case && is_now && row["state"] != "stopped"
                };
                let clocks = rows(bench, "out/clocks.csv");
                assert_eq!(json!(clocks.iter().filter(works).count()), of[name], "{kind} {hour} {case}");
            }
        }
    }
}

fn fuel_and_assumptions(bench: &Bench, told: &Value) {
    let fuel = rows(bench, "out/fuel.csv");
    let uses: Vec<&BTreeMap<String, String>> = fuel.iter().filter(|row| row["part"] == "use").collect();
    assert_eq!(uses.len(), told["fuel"]["litres_a_day"].as_object().expect("uses").len());
    for row in uses {
        let is = &told["fuel"]["litres_a_day"][&row["what"]];
        assert!((people(row, "litres_a_day_least") - number(&is[0])).abs() < 0.06, "{row:?} {is}");
        assert!((people(row, "litres_a_day_most") - number(&is[1])).abs() < 0.06, "{row:?} {is}");
    }
    let assumed = rows(bench, "out/assumptions.csv");
    assert_eq!(assumed.len(), told["assumptions"].as_array().expect("assumptions").len());
    for (row, is) in assumed.iter().zip(told["assumptions"].as_array().expect("assumptions")) {
        let value = row["value"].replace('\u{a0}', " ");
        assert_eq!((json!(row["id"]), json!(value)), (is["id"].clone(), is["value"].clone()));
        assert!(!row["source"].is_empty() && !row["basis"].is_empty(), "{row:?}");
    }
}

/// What is assumed is told as it is counted, not rounded to another number.
#[test]
fn a_small_number_is_not_told_as_another() {
    let bench = Bench::new();
    told(&bench, "--demo --scenario storm-24 --out out");
    let assumed = rows(&bench, "out/assumptions.csv");
    let value = |id: &str| assumed.iter().find(|row| row["id"] == id).expect("told")["value"].clone();
    assert_eq!((value("litres_per_km"), value("goods_kg")), ("0.08".into(), "1.5".into()));
}

#[test]
fn the_written_scenario_gives_the_same_again() {
    let bench = Bench::new();
    bench.put(
        "s.json",
        &json!({"name": "Storm i Krokom",
            "areas": [{"municipalities": ["Krokom"], "hours": 60.5, "restored": [{"after_h": 20, "share": 0.4}]},
                {"geometry": {"type": "Polygon", "coordinates": [[[14.123_456_789_012, 63.1], [15.3, 63.1], [15.3, 63.6], [14.1, 63.6], [14.123_456_789_012, 63.1]]]},
                    "start_h": 3, "hours": 30, "faults": ["power", "mobile"]}],
            "added": ["Valsjöbyn"], "refuels": [{"place": "Valsjöbyn", "hour": 30, "litres": 80}],
            "assumptions": {"own_power_h": [10, 50],
                "dependencies": [{"from": "grid", "to": "mobile", "delay_h": [2, 3]}, {"from": "cold", "to": "grocery", "effect": "nothing"}]}}),
    );
    let first = told(&bench, "--demo --scenario s.json --out first");
    let again = told(&bench, "--demo --scenario first/scenario.json --out again");
    for name in FILES {
        assert_eq!(bench.read(&format!("first/{name}")), bench.read(&format!("again/{name}")), "{name}");
    }
    assert_eq!((&first["hours"], &first["people_hours"]), (&again["hours"], &again["people_hours"]));
    assert!(number(&first["people_hours"]["sot"]["gained"]) > 0.0, "{}", first["people_hours"]);
    // Somewhere else it is another outage.
    assert!(
        number(&first["hours"][4]["homes"]["without_power"])
            < number(&first["hours"][4]["kinds"]["grocery"]["groups"]["everyone"]["people_total"])
    );
}

#[test]
fn places_for_the_worst_of_two_outages_are_found() {
    let bench = Bench::new();
    let told = told(
        &bench,
        "--demo --scenario storm-24 --scenario ice-72 --sot-points 2 --over worst --needs grocery --out out",
    );
    assert_eq!(told["scenarios"].as_array().expect("scenarios").len(), 2);
    let best = &told["best"];
    assert_eq!(best["chosen"].as_array().expect("places").len(), 2);
    let of = best["scenarios"].as_array().expect("scenarios");
    assert_eq!(of.len(), 2);
    let lost = |one: &Value| number(&one["people_hours_if_all_had"]) - number(&one["people_hours_after"]);
    let most = of.iter().map(lost).fold(0.0, f64::max);
    assert!((most - number(&best["value"])).abs() < 0.5, "{best}");
    assert!(number(&best["bound"]) <= number(&best["value"]) + 1.0, "{best}");
    for one in of {
        assert!(number(&one["people_hours_after"]) > number(&one["people_hours_before"]), "{one}");
    }
    assert_eq!(names(&bench, "out"), ["1-storm-24", "2-ice-72", "scenarios.csv"].map(str::to_owned).into());
    sides(&bench, &told);
    assert_eq!(names(&bench, "out/1-storm-24").len(), FILES.len() + 4);
    // What is told comes true when the places are added.
    let sites: Vec<&Value> =
        best["chosen"].as_array().expect("places").iter().map(|one| &one["site"]).collect();
    bench.put("med.json", &json!({"areas": [{"everything": true, "hours": 24}], "added": sites}));
    let run = bench.run("outage --demo --scenario med.json --out med --json");
    assert!(run.is_success, "{}", run.err);
    let with: Value = serde_json::from_str(&run.out).expect("JSON alone");
    let (is, wanted) =
        (number(&with["people_hours"]["grocery"]["supplied"]), number(&of[0]["people_hours_after"]));
    assert!((is - wanted).abs() < 0.5, "{is} is not {wanted}");
}

/// Scenarios beside each other say what each says of itself.
fn sides(bench: &Bench, told: &Value) {
    let rows = rows(bench, "out/scenarios.csv");
    for scenario in told["scenarios"].as_array().expect("scenarios") {
        let name = scenario["scenario"]["name"].as_str().expect("a name");
        let food =
            rows.iter().find(|row| row["scenario"] == name && row["kind"] == "grocery").expect("a row");
        let hours = scenario["hours"].as_array().expect("hours");
        let of = |hour: &Value| number(&hour["kinds"]["grocery"]["groups"]["everyone"]["people_supplied"]);
        let least = hours.iter().map(of).fold(f64::INFINITY, f64::min);
        assert!((people(food, "people_least") - least).abs() <= 0.51, "{food:?}");
        let hardest: usize = food["hardest_hour"].parse().expect("an hour");
        assert!((of(&hours[hardest]) - least).abs() < 1e-9, "{food:?}");
        let hours_of = &scenario["people_hours"]["grocery"];
        for (column, member) in [("people_hours", "supplied"), ("people_hours_upper", "supplied_upper")] {
            assert!((people(food, column) - number(&hours_of[member])).abs() <= 0.51, "{food:?}");
        }
    }
}

#[test]
fn what_changes_nothing_is_told() {
    let bench = Bench::new();
    let far = json!({"type": "Polygon", "coordinates": [[[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]]]});
    bench.put(
        "idle.json",
        &json!({
            "areas": [
                {"everything": true, "hours": 24},
                {"name": "Quiet", "everything": true, "hours": 24, "faults": []},
                {"name": "Late", "everything": true, "start_h": 200, "hours": 24},
                {"name": "Far", "geometry": far, "hours": 24},
            ],
            "roads": {"hours": 10},
            "refuels": [{"place": "demo-fuel-001", "hour": 3, "litres": 100}],
            "added": ["Lillhärdal"],
            "assumptions": {"own_power_unsaid": "no"},
        }),
    );
    let idle = told(&bench, "--demo --scenario idle.json --out out");
    let said: Vec<&str> =
        idle["changes_nothing"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for part in ["“Quiet”", "“Late”", "“Far”", "no road is closed", "no generating set", "SOT point already"]
    {
        assert!(said.iter().any(|line| line.contains(part)), "{part}: {said:?}");
    }
    assert_eq!(said.len(), 6, "{said:?}");
    let full = told(&bench, "--demo --scenario ice-72 --hit Åre --out full");
    assert_eq!(full["changes_nothing"], json!([]));
}

#[test]
fn an_input_is_never_overwritten() {
    let bench = Bench::new();
    let text = json!({"areas": [{"everything": true, "hours": 5}]}).to_string();
    std::fs::create_dir(bench.path("out")).expect("a folder");
    for (name, line) in [
        ("out/scenario.json", "--scenario out/scenario.json --out out"),
        ("scenario.json", "--scenario scenario.json --out ."),
        ("out/hours.csv", "--scenario out/hours.csv --out out"),
    ] {
        bench.write(name, &text);
        let run = bench.run(&format!("outage --demo {line}"));
        assert!(!run.is_success, "{line}");
        assert!(run.err.contains(name.rsplit('/').next().expect("a name")), "{line}: {}", run.err);
        assert_eq!(bench.read(name), text, "{line}");
        std::fs::remove_file(bench.path(name)).expect("removed");
        assert!(names(&bench, "out").is_empty(), "{line}: nothing is written");
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let bench = Bench::new();
    for (line, phrases) in [
        ("--demo --out out", &["--scenario"][..]),
        ("--demo --scenario storm-24", &["--out"]),
        ("--demo --scenario storm-25 --out out", &["“storm-25”", "storm-24, ice-72, week-168"]),
        ("--demo --scenario storm-24 --out out --at 169", &["--at"]),
        ("--demo --scenario storm-24 --out out --hit Bollnäs", &["“Bollnäs”", "Krokom"]),
        (
            "--demo --scenario storm-24 --out out --sot-points 1 --needs food",
            &["--needs", "“food”", "grocery"],
        ),
    ] {
        let run = bench.run(&format!("outage {line}"));
        assert!(!run.is_success && run.out.is_empty(), "{line}");
        for phrase in phrases {
            assert!(run.err.contains(phrase), "{line}: {}", run.err);
        }
    }
    assert!(!bench.path("out").exists());
}

#[test]
fn it_is_told_in_the_language_asked_for() {
    let bench = Bench::new();
    let run = |lang: &str| {
        let done = Command::new(env!("CARGO_BIN_EXE_sotplan"))
            .args(["outage", "--demo", "--scenario", "ice-72", "--sot-points", "1", "--sensitivity"])
            .args(["--out", lang, "--lang", lang])
            .current_dir(bench.path(""))
            .output()
            .expect("the program starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    let (sv, en) = (run("sv"), run("en"));
    for phrase in [
        "Isstorm, 72 timmar",
        "Livsmedel: till vardags",
        "Värmestuga",
        "Bästa 1 nya SOT-punkter",
        "Svaret beror mest på:",
        "Inget av det är ett löfte",
        "Skrivet till sv",
    ] {
        assert!(sv.contains(phrase), "“{phrase}”: {sv}");
    }
    for phrase in [
        "Ice storm, 72 hours",
        "Warm room",
        "Best 1 new SOT points",
        "None of it is a promise",
        "Written to en",
    ] {
        assert!(en.contains(phrase), "“{phrase}”: {en}");
        assert!(!sv.contains(phrase), "“{phrase}”: {sv}");
    }
    // What machines read is one language.
    assert_eq!(bench.read("sv/hours.csv"), bench.read("en/hours.csv"));
    assert_eq!(bench.read("sv/clocks.csv"), bench.read("en/clocks.csv"));
    assert_eq!(bench.read("sv/assumptions.csv"), bench.read("en/assumptions.csv"));
}
