//! Does `sotplan power` size reserve power as a list says, name what it cannot read, and say what it assumes?

use serde_json::{Value, json};

use crate::edges::bench::Bench;

fn sized(bench: &Bench, more: &str) -> Value {
    let run = bench.run(&format!("power {more} --json"));
    assert!(run.is_success, "{}", run.err);
    serde_json::from_str(&run.out).expect("JSON alone")
}

#[test]
fn a_list_is_sized_as_on_paper() {
    let bench = Bench::new();
    let list = "namn;kw;antal;startfaktor;kyla;när\nKyl;5;4;3;ja;\nLjus;10;1;;nej;dag\n";
    std::fs::write(bench.path("laster.csv"), list).expect("written");
    let found = sized(&bench, "--loads laster.csv --tank 500 --litre-price 20");
    // 30 kW × 0.8 run at once, a quarter more is 30. One of the cooling units starts at three times its power beside the
    // rest: 24 − 4 + 15 = 35 kW, ÷ 0.8.
    assert_eq!(
        (&found["kw"], &found["start_kw"], &found["set_kw"]),
        (&json!(24.0), &json!(35.0), &json!(35.0))
    );
    assert_eq!((&found["kva"], &found["containers"]), (&json!(43.75), &json!(1)));
    assert_eq!((&found["cold_kw"], &found["rated_kw"]), (&json!(20.0), &json!(30.0)));
    assert_eq!(found["kw_by_hour"].as_array().expect("hours")[3], json!(16.0));
}

#[test]
fn what_a_start_takes_decides_where_it_is_more() {
    let bench = Bench::new();
    std::fs::write(bench.path("l.csv"), "name,kw,start_factor\nPump,10,6\nRest,20,1\n").expect("written");
    let found = sized(&bench, "--loads l.csv");
    assert_eq!((&found["kw"], &found["kva"]), (&json!(24.0), &json!(95.0)));
    assert!(found["warning_ids"].as_array().expect("a list").contains(&json!("start_decides")));
    // No margin, all at once, no difference between working and apparent power.
    let other = sized(&bench, "--loads l.csv --simultaneity 1 --margin 0 --power-factor 1");
    assert_eq!((&other["kw"], &other["kva"]), (&json!(30.0), &json!(80.0)));
}

#[test]
fn litres_follow_the_hours_and_the_tank() {
    let bench = Bench::new();
    std::fs::write(bench.path("l.csv"), "kw\n40\n").expect("written");
    let found = sized(&bench, "--loads l.csv --tank 300 --heater 50");
    // 32 of 40 kW: 80 %, a fifth of the way from 12.1 to 15.1; the heater 50 ÷ (9.8 × 0.85).
    let hour = 12.7 + 50.0 / (9.8 * 0.85);
    let near = |name: &str, wanted: f64| {
        let value = found[name].as_f64().expect("a number");
        assert!((value - wanted).abs() < 0.006, "{name}: {value} is not {wanted}");
    };
    near("litres_per_hour", hour);
    near("litres_24", hour * 24.0);
    near("litres_72", hour * 72.0);
    near("litres_168", hour * 168.0);
    near("tank_hours", 300.0 / hour);
    assert_eq!(found["kva"], json!(50.0));
}

#[test]
fn usual_lists_and_faults_are_told() {
    let bench = Bench::new();
    let store = sized(&bench, "--template store");
    let kva = store["kva"].as_f64().expect("a number");
    assert!((63.0..=77.0).contains(&kva), "{kva}");
    assert_eq!(sized(&bench, "--template large-store")["containers"], json!(2));
    let told = bench.run("power --template store");
    assert!(told.out.contains("Set: ") && told.out.contains("None of it is a promise"), "{}", told.out);
    std::fs::write(bench.path("l.csv"), "name,kw\nKyl,mycket\n").expect("written");
    for (line, phrases) in [
        ("power", &["--loads", "--template"][..]),
        ("power --loads l.csv", &["l.csv", "line 2", "“mycket” is no number"]),
        ("power --loads gone.csv", &["gone.csv"]),
        ("power --template store --power-factor 0", &["--power-factor"]),
        ("power --loads l.csv --template store", &["--loads", "--template"]),
    ] {
        let run = bench.run(line);
        assert!(!run.is_success, "{line}");
        for phrase in phrases {
            assert!(run.err.contains(phrase), "{line}: {}", run.err);
        }
    }
}
