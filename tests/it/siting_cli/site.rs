//! `sotplan site`: the nine places of the demo with their statuses, and a village small enough to do by hand.

use serde_json::{Value, json};

use super::{Desk, texts, values};

fn point(id: &str, properties: &str, lon: f64, lat: f64) -> String {
    format!(
        r#"{{"type":"Feature","id":"{id}","properties":{{{properties}}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// Three stores on a road from west to east, ten kilometres or so apart, and people beside each.
fn village() -> Desk {
    let store =
        |id: &str, name: &str, more: &str, lon| point(id, &format!(r#""name":"{name}"{more}"#), lon, 63.0);
    let stores = collection(&[
        store("w", "Väst", r#","kr":2,"room":30"#, 14.0),
        store("m", "Mitt", r#","kr":3,"room":200"#, 14.2),
        store("e", "Öst", r#","room":40"#, 14.4),
    ]);
    let people =
        |id: &str, count: u32, old: u32, lon| point(id, &format!(r#""pop":{count},"old":{old}"#), lon, 63.0);
    let cells = collection(&[
        people("c1", 50, 1, 14.0),
        people("c2", 100, 2, 14.2),
        people("c3", 70, 90, 14.4),
        people("c4", 5, 0, 16.0),
    ]);
    Desk::with(&[("stores.geojson", &stores), ("people.geojson", &cells)])
}

fn ask<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let files = ["site", "--grocery", "stores.geojson", "--population", "people.geojson", "--out", "out"];
    files.iter().chain(more).copied().collect()
}

fn names(answer: &Value) -> Vec<&str> {
    answer["chosen"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["name"].as_str().expect("a name"))
        .collect()
}

#[test]
fn the_nine_places_have_their_roles() {
    let desk = Desk::new();
    let answer = desk.json(&[
        "site",
        "--demo",
        "--objective",
        "mclp",
        "--threshold",
        "20km",
        "--sites",
        "9",
        "--out",
        "out",
    ]);
    let role = |name: &str| {
        let roles = answer["roles"].as_array().expect("a list");
        let one = roles.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name} has a role"));
        (one["role"].as_str().expect("a role"), one["reason"].as_str().expect("a reason").to_owned())
    };
    for name in ["Kall", "Borgvattnet", "Lillhärdal"] {
        assert_eq!(role(name).0, "required", "{name}");
        assert!(names(&answer).contains(&name), "{name} is in the plan");
    }
    for name in ["Stora Blåsjön", "Ottsjö"] {
        assert_eq!(role(name).0, "forbidden", "{name}");
        assert!(!names(&answer).contains(&name), "{name} is not in the plan");
    }
    for name in ["Valsjöbyn", "Rötviken", "Hallen", "Storlien"] {
        assert_eq!(role(name).0, "candidate", "{name}");
    }
    assert_eq!(role("Ottsjö").1, "paused (2023-05-25), in favour of Hallen");
    let exclusions = answer["exclusions"].as_array().expect("a list");
    assert_eq!(exclusions.len(), 1);
    assert_eq!(texts(&exclusions[0]["sites"]), ["Ottsjö", "Hallen"]);
    assert!(exclusions[0]["reason"].as_str().is_some_and(|reason| reason.contains("in favour of Hallen")));
    assert_eq!(answer["chosen"].as_array().map(Vec::len), Some(9));
    assert_eq!(answer["proven"], json!(true));
    assert!(answer["after"]["people_within"].as_f64() >= answer["before"]["people_within"].as_f64());
    for file in ["chosen.geojson", "assignment.csv", "summary.json"] {
        assert!(!desk.read(&format!("out/{file}")).is_empty());
    }
}

#[test]
fn never_both_even_when_released_and_locked() {
    let desk = Desk::new();
    let base =
        ["site", "--demo", "--objective", "mclp", "--threshold", "20km", "--sites", "9", "--out", "out"];
    let with = |more: &[&'static str]| desk.json(&[&base[..], more].concat());
    let released = with(&["--release", "Ottsjö", "--required", "Hallen"]);
    assert!(names(&released).contains(&"Hallen") && !names(&released).contains(&"Ottsjö"));
    let other = with(&["--required", "Ottsjö"]);
    assert!(names(&other).contains(&"Ottsjö") && !names(&other).contains(&"Hallen"));
    let both = with(&["--required", "Ottsjö", "--required", "Hallen"]);
    assert_eq!((&both["value"], &both["proven"]), (&json!(null), &json!(true)));
    let status = both["status"].as_str().expect("a text");
    assert!(
        status.contains("Ottsjö") && status.contains("Hallen") && status.starts_with("infeasible"),
        "{status}"
    );
}

#[test]
fn a_village_by_hand() {
    let desk = village();
    let one = desk.json(&ask(&["--objective", "mclp", "--threshold", "5km", "--sites", "1"]));
    assert_eq!((&one["value"], names(&one)), (&json!(100), vec!["Mitt"]));
    assert_eq!(one["assignment"], json!({"c2": one["sites"][0]}));
    assert_eq!(one["left_out"][0]["cell"], json!("c4"));
    assert_eq!(one["left_out"][0]["reason"], json!("no place within the threshold"));
    assert_eq!(one["people_left_out"], json!(5));
    let old =
        desk.json(&ask(&["--objective", "mclp", "--threshold", "5km", "--sites", "1", "--group", "old"]));
    assert_eq!((&old["value"], names(&old)), (&json!(90), vec!["Öst"]));
    let room = desk.json(&ask(&[
        "--objective",
        "capacitated",
        "--threshold",
        "5km",
        "--sites",
        "2",
        "--capacity-field",
        "room",
    ]));
    assert_eq!((&room["value"], names(&room)), (&json!(140), vec!["Mitt", "Öst"]));
    let budget = desk.json(&ask(&[
        "--objective",
        "mclp",
        "--threshold",
        "5km",
        "--budget",
        "5",
        "--cost-field",
        "kr",
    ]));
    assert_eq!((&budget["value"], names(&budget)), (&json!(150), vec!["Väst", "Mitt"]));
    let reason = budget["roles"].as_array().expect("a list").iter().find(|one| one["name"] == "Öst");
    assert_eq!(reason.map(|one| &one["reason"]), Some(&json!("no cost stated (kr)")));
    assert_eq!(budget["money"], json!(5));
}

#[test]
fn prices_said_by_hand_go_before_the_column_and_that_before_the_flat_one() {
    let desk = village();
    let asked = |more: &[&'static str]| {
        let base = ["--objective", "mclp", "--threshold", "5km", "--budget", "5"];
        desk.json(&ask(&[&base[..], more].concat()))
    };
    // Väst, Mitt and Öst reach 50, 100 and 70 people. The column says 2 and 3 kr, and nothing of Öst.
    for (more, value, chosen, money) in [
        (&["--cost-field", "kr", "--flat-price", "2"][..], 170, vec!["Mitt", "Öst"], 5),
        (&["--flat-price", "2"], 170, vec!["Mitt", "Öst"], 4),
        (&["--cost-field", "kr", "--price", "Öst=3"], 150, vec!["Väst", "Mitt"], 5),
        (&["--cost-field", "kr", "--price", "Öst=3", "--price", "Mitt=2"], 170, vec!["Mitt", "Öst"], 5),
        (&["--price", "mitt=1"], 100, vec!["Mitt"], 1),
    ] {
        let answer = asked(more);
        assert_eq!((&answer["value"], names(&answer)), (&json!(value), chosen), "{more:?}");
        assert_eq!(answer["money"], json!(money), "{more:?}");
    }
    let alone = asked(&["--price", "Mitt=1"]);
    let reason = alone["roles"].as_array().expect("a list").iter().find(|one| one["name"] == "Öst");
    assert_eq!(reason.map(|one| &one["reason"]), Some(&json!("no price stated")));
}

#[test]
fn a_village_and_what_else_there_is_by_hand() {
    let desk = village();
    let apart = desk.json(&ask(&[
        "--objective",
        "mclp",
        "--threshold",
        "5km",
        "--sites",
        "2",
        "--exclusive",
        "Mitt,Öst",
    ]));
    assert_eq!(names(&apart), ["Väst", "Mitt"]);
    let several = desk.json(&ask(&[
        "--objective",
        "mclp",
        "--threshold",
        "5km",
        "--sites",
        "2",
        "--alternatives",
        "3",
        "--curve",
        "3",
    ]));
    let best = values(&several["alternatives"]);
    assert_eq!(best, [170.0, 150.0, 120.0]);
    let curve = values(&several["curve"]);
    assert_eq!(curve, [100.0, 170.0, 220.0]);
    assert_eq!(desk.read("out/alternatives.csv").lines().count(), 4);
    assert_eq!(desk.read("out/curve.csv").lines().count(), 4);
    let all = desk.json(&ask(&["--objective", "lscp", "--threshold", "5km", "--require-all"]));
    assert!(all["status"].as_str().is_some_and(|status| status.contains("c4")), "{}", all["status"]);
    let fewest = desk.json(&ask(&["--objective", "lscp", "--threshold", "5km"]));
    assert_eq!(fewest["value"], json!(3));
}

#[test]
fn what_exists_is_in_the_plan() {
    let desk = village();
    // One point at the eastern store, one far away, one that is closed at the western store.
    let existing = collection(&[
        point("x1", r#""name":"Finns""#, 14.4001, 63.0),
        point("x2", r#""name":"Ensam","läge":"på plats""#, 15.0, 63.0),
        point("x3", r#""name":"Stängd","läge":"nedlagd""#, 14.0, 63.0),
    ]);
    desk.write("existing.geojson", &existing);
    let more = [
        "--existing",
        "existing.geojson",
        "--status-field",
        "läge",
        "--objective",
        "mclp",
        "--threshold",
        "5km",
    ];
    let answer = desk.json(&ask(&[&more[..], &["--sites", "3"]].concat()));
    let mut found = names(&answer);
    found.sort_unstable();
    assert_eq!(found, ["Ensam", "Finns", "Mitt"]);
    let finns = answer["chosen"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["name"] == "Finns")
        .expect("chosen");
    assert_eq!((&finns["store"], &finns["role"]), (&json!("Öst"), &json!("required")));
    assert_eq!(answer["before"]["people_within"], json!(70));
    assert_eq!(answer["after"]["people_within"], json!(170));
    let free = desk.json(&ask(&[&more[..], &["--sites", "4", "--release", "Stängd"]].concat()));
    assert_eq!(free["value"], json!(220));
    let few = desk.json(&ask(&[&more[..], &["--sites", "1"]].concat()));
    assert!(
        few["status"].as_str().is_some_and(|status| status.contains("Finns") && status.contains("Ensam")),
        "{few}"
    );
    desk.write("existing.geojson", &collection(&[point("x1", r#""status":"kanske""#, 14.4, 63.0)]));
    desk.refuse(
        &ask(&["--existing", "existing.geojson", "--objective", "mclp", "--sites", "1"]),
        &["existing.geojson", "kanske", "in_place"],
    );
}

#[test]
fn a_question_that_is_wrong_is_refused() {
    let desk = village();
    let refuse = |more: &[&'static str], phrases: &[&str]| desk.refuse(&ask(more), phrases);
    refuse(&["--objective", "p-median"], &["--sites or --budget"]);
    refuse(&["--objective", "p-median", "--budget", "3"], &["--cost-field", "--flat-price", "--price"]);
    refuse(
        &["--objective", "p-median", "--budget", "3", "--price", "Mitt"],
        &["--price Mitt", "PLACE=PRICE"],
    );
    refuse(&["--objective", "p-median", "--budget", "3", "--price", "Ö=1"], &["--price", "“Ö”"]);
    refuse(&["--objective", "p-median", "--budget", "3", "--cost-field", "pris"], &["“pris”", "kr"]);
    refuse(&["--objective", "capacitated", "--sites", "1"], &["--capacity-field"]);
    refuse(&["--objective", "p-median", "--sites", "1", "--exclusive", "Väst,Nord"], &["“Nord”"]);
    refuse(&["--objective", "p-median", "--sites", "1", "--group", "unga"], &["“unga”", "old"]);
    refuse(&["--objective", "mclp", "--sites", "1", "--threshold", "20"], &["unit"]);
    refuse(&["--objective", "backup", "--sites", "2", "--decay", "linear"], &["--decay", "mclp"]);
    refuse(&["--objective", "p-median", "--sites", "1", "--decay", "5km"], &["--decay", "mclp"]);
    desk.write("existing.geojson", &collection(&[point("x1", r#""state":"paused""#, 14.4, 63.0)]));
    let misspelt = ["--objective", "p-median", "--sites", "1", "--existing", "existing.geojson"];
    refuse(&[&misspelt[..], &["--status-field", "stat"]].concat(), &["existing.geojson", "stat", "state"]);
    let text = desk.run(&ask(&["--objective", "p-median", "--sites", "1", "--lang", "sv"]));
    let said = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(said.contains("bevisat bäst") && said.contains("personkm"), "{said}");
}

#[test]
fn a_folder_holds_one_answer() {
    let desk = village();
    let base = ["--objective", "mclp", "--threshold", "5km", "--sites", "1"];
    desk.json(&ask(&[&base[..], &["--alternatives", "2", "--curve", "2"]].concat()));
    assert!(desk.has("out/alternatives.csv") && desk.has("out/curve.csv"));
    desk.json(&ask(&base));
    assert!(desk.has("out/summary.json") && desk.has("out/chosen.geojson"));
    assert!(!desk.has("out/alternatives.csv") && !desk.has("out/curve.csv"), "tables of another answer");
}
