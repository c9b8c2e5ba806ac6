//! Is a scenario that is written and read again the same, and is every fault of a file named with its member and its value?

use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use sotplan::app::outage::{resolved, written};
use sotplan::io::outage_file::{ScenarioSaid, read_scenario};
use sotplan::lang::{Lang, Said as _};
use sotplan::model::SiteId;
use sotplan::model::outage::{
    EdgeEdit, Effect, OutageAssumptions, OutageScenario, Part, Range, RoadsClosed, Where,
};
use sotplan::progress::Unwatched;

use super::world::{STORES, assumptions, config, scenarios, site, worlds};
use crate::edges::bench::Bench;

fn read(path: &Path, text: &str) -> Result<ScenarioSaid, String> {
    std::fs::write(path, text).expect("written");
    read_scenario(path, &OutageAssumptions::default()).map_err(|error| error.said(Lang::En))
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn what_is_written_is_read_again_as_it_was(
        world in worlds(6, 6),
        scenario in scenarios(),
        assumed in assumptions(),
        (roads, weight, names) in (any::<bool>(), 0.0..9.0f64, any::<bool>()),
        more in (0.0..1.0f64, 0.0..1.0f64),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let roads = roads.then_some(RoadsClosed { start_h: weight, hours: 12.5 });
        let mut scenario = OutageScenario { roads, weight, ..scenario };
        if names {
            scenario.added.insert(site(STORES, 0));
            scenario.removed.insert(site(STORES, world.stores.len() - 1));
        }
        // What the world lacks cannot be found again.
        let results = world.tables().results.clone();
        let is_there = |site: &SiteId| results.situation.services.iter().any(|one| one.site == *site);
        scenario.refuels.retain(|refuel| is_there(&refuel.site));
        let assumed = assumed
            .with("litres_per_km", Range::exactly(more.0))
            .with("stock_litres", Range(more.0.min(more.1), more.0.max(more.1)));
        let said = read(&folder.path().join("s.json"), &written(&scenario, &assumed).to_string());
        let found = resolved(said.map_err(TestCaseError::fail)?, &results, &Unwatched);
        let (back, back_assumed) = found.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(back, scenario);
        prop_assert_eq!(back_assumed, assumed);
    }
}

/// A dependency that is told as one for everywhere stays one for everywhere.
#[test]
fn a_delay_for_everywhere_is_no_other_in_a_locality_when_it_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let delay = Some(Range(3.0, 3.0));
    let edit = EdgeEdit { effect: Effect::Stops, delay, delay_in_locality: None, recovery_h: 0.0 };
    let edits = [((Part::Grid, Part::Mobile), edit)].into();
    let assumed = OutageAssumptions { edits, ..OutageAssumptions::default() };
    let text = written(&OutageScenario::empty(1), &assumed).to_string();
    let back = read(&folder.path().join("s.json"), &text).expect("a scenario");
    assert_eq!(back.assumptions, assumed);
}

/// What little has to be said, and what is taken where nothing is.
#[test]
fn a_short_file_is_a_scenario() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Storm i norr.json");
    let said =
        read(&path, "\u{feff}{\"areas\": [{\"everything\": true, \"hours\": 24}]}").expect("a scenario");
    assert_eq!(said.scenario.name, "Storm i norr");
    let area = &said.scenario.areas[0];
    assert_eq!((area.start_h, area.hours, &area.place), (0.0, 24.0, &Where::Everything));
    assert_eq!(area.faults.iter().map(|fault| fault.id()).collect::<Vec<_>>(), ["power"]);
    assert_eq!((said.scenario.weight, said.assumptions), (1.0, OutageAssumptions::default()));
}

/// A scenario with one area that is all well but for what is put in.
fn with(member: &str, value: Value) -> Value {
    let mut area = json!({"everything": true, "hours": 24});
    if member == "geometry" || member == "municipalities" || member == "file" {
        area.as_object_mut().expect("an object").remove("everything");
    }
    area[member] = value;
    json!({ "areas": [area] })
}

fn beside(member: &str, value: Value) -> Value {
    let mut all = json!({"areas": [{"everything": true, "hours": 24}]});
    all[member] = value;
    all
}

#[expect(clippy::needless_pass_by_value, reason = "it is made where it is called")]
fn dependency(value: Value) -> Value {
    beside("assumptions", json!({ "dependencies": [value] }))
}

/// What is wrong, and what has to be said of it.
type Wrong<'a> = [(Value, &'a [&'a str])];

/// Every one is told with the file's name.
fn all_are_named(cases: &Wrong<'_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("fel.json");
    let mut faults = Vec::new();
    for (value, phrases) in cases {
        let text = value.to_string();
        match read(&path, &text) {
            Ok(_) => faults.push(format!("{text} is taken")),
            Err(said) => {
                let lacking = phrases.iter().chain(&["fel.json"]).filter(|phrase| !said.contains(**phrase));
                faults.extend(lacking.map(|phrase| format!("{text}: “{said}” does not say “{phrase}”")));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn what_is_no_scenario_or_misspelt_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = read(&folder.path().join("fel.json"), "{\"areas\": [\n").expect_err("no JSON");
    assert!(broken.contains("line 2"), "{broken}");
    assert!(read_scenario(&folder.path().join("gone.json"), &OutageAssumptions::default()).is_err());
    all_are_named(&[
        (json!([1]), &["JSON is [1]", "an object"]),
        (json!({"name": "x"}), &["“areas” is missing"]),
        (json!({"areas": {}}), &["areas is {}", "a list"]),
        (json!({"areas": [7]}), &["areas[0] is 7", "an object"]),
        // Misspelt members.
        (beside("seson", json!("summer")), &["nothing is called seson", "season"]),
        (with("hour", json!(3)), &["nothing is called areas[0].hour", "hours"]),
        (beside("refuels", json!([{"place": "a", "hour": 1, "liters": 5}])), &["refuels[0].liters"]),
        (beside("assumptions", json!({"own_power": 3})), &["assumptions.own_power", "own_power_h"]),
        (beside("roads", json!({"from": 3, "hours": 4})), &["roads.from", "start_h"]),
        (with("restored", json!([{"after": 3, "share": 0.5}])), &["areas[0].restored[0].after", "after_h"]),
    ]);
}

#[test]
fn what_is_of_another_type_is_named() {
    all_are_named(&[
        (with("hours", json!("24")), &["areas[0].hours is \"24\"", "a number"]),
        (with("faults", json!("power")), &["areas[0].faults is \"power\"", "a list"]),
        (
            with("faults", json!(["el"])),
            &["areas[0].faults[0] is \"el\"", "power, mobile, fixed, water, deliveries"],
        ),
        (beside("name", json!(5)), &["name is 5", "a text"]),
        (beside("season", json!("höst")), &["season is \"höst\"", "winter, summer"]),
        (beside("weight", json!("mycket")), &["weight is \"mycket\"", "a number"]),
        (beside("added", json!("Kall")), &["added is \"Kall\"", "a list"]),
        (beside("removed", json!([3])), &["removed[0] is 3", "a text"]),
        (with("municipalities", json!("Åre")), &["areas[0].municipalities is \"Åre\"", "a list"]),
    ]);
}

#[test]
fn what_nobody_could_compute_with_is_named() {
    all_are_named(&[
        (with("hours", json!(-3)), &["areas[0].hours is -3", "not below 0"]),
        (with("start_h", json!(-0.5)), &["areas[0].start_h is -0.5", "not below 0"]),
        (with("hours", json!(1e9)), &["hours", "1000000000"]),
        (beside("weight", json!(1e9)), &["weight", "1000000000"]),
        (beside("refuels", json!([{"place": "a", "hour": 1, "litres": -5}])), &["refuels[0].litres is -5"]),
        (beside("refuels", json!([{"place": "a", "hour": 1}])), &["refuels[0]", "litres"]),
        (beside("roads", json!({"start_h": 4})), &["roads is {\"start_h\":4}", "hours"]),
        (with("restored", json!([{"after_h": 5, "share": 1.5}])), &["restored", "1.5", "5"]),
        (
            with("restored", json!([{"after_h": 5, "share": 0.5}, {"after_h": 9, "share": 0.3}])),
            &["restored", "0.3", "9"],
        ),
        (
            with("restored", json!([{"after_h": 9, "share": 0.3}, {"after_h": 5, "share": 0.5}])),
            &["restored", "0.5", "5"],
        ),
        (with("restored", json!([{"after_h": 9}])), &["areas[0].restored[0]", "share"]),
    ]);
}

#[test]
fn an_area_that_is_none_is_named() {
    let line = |corners: &[[f64; 2]]| json!({"type": "Polygon", "coordinates": [corners]});
    all_are_named(&[
        (json!({"areas": [{"hours": 3}]}), &["areas[0]", "everything, municipalities, geometry or file"]),
        (
            json!({"areas": [{"everything": true, "file": "a.geojson", "hours": 3}]}),
            &["areas[0]", "one of everything"],
        ),
        (with("everything", json!(false)), &["areas[0].everything is false", "true"]),
        (
            with("geometry", json!({"type": "Point", "coordinates": [14, 63]})),
            &["areas[0].geometry", "Polygon or MultiPolygon"],
        ),
        (
            with("geometry", line(&[[14.0, 63.0], [14.5, 99.0], [15.0, 63.0]])),
            &["areas[0].geometry.coordinates[0][1] is [14.5,99.0]", "degrees"],
        ),
        (with("geometry", line(&[[14.0, 63.0], [15.0, 63.0]])), &["three corners"]),
        // Closed as GeoJSON has it, two corners are three positions.
        (with("geometry", line(&[[14.0, 63.0], [15.0, 63.0], [14.0, 63.0]])), &["three corners"]),
        (with("geometry", json!({"type": "Polygon", "coordinates": []})), &["three corners"]),
        (with("geometry", json!({"type": "MultiPolygon", "coordinates": []})), &["three corners"]),
    ]);
}

#[test]
fn assumptions_that_are_none_are_named() {
    all_are_named(&[
        (
            beside("assumptions", json!({"own_power_h": [9, 3]})),
            &["assumptions.own_power_h is [9,3]", "[least, most]"],
        ),
        (beside("assumptions", json!({"own_power_h": "lång"})), &["assumptions.own_power_h is \"lång\""]),
        (beside("assumptions", json!({"km_a_day": [1, 3]})), &["assumptions.km_a_day is [1,3]", "a number"]),
        (
            beside("assumptions", json!({"own_power_unsaid": "yes"})),
            &["assumptions.own_power_unsaid is \"yes\"", "unknown, no"],
        ),
        (beside("assumptions", json!({"litres_per_hour": 2e9})), &["litres_per_hour", "2000000000"]),
        (dependency(json!({"to": "tills"})), &["assumptions.dependencies[0]", "from, to"]),
        (
            dependency(json!({"from": "el", "to": "tills"})),
            &["assumptions.dependencies[0].from is \"el\"", "grid"],
        ),
        (
            dependency(json!({"from": "grid", "to": "sot"})),
            &["assumptions.dependencies[0]", "a dependency that there is"],
        ),
        (
            dependency(json!({"from": "electricity", "to": "tills", "effect": "bryts"})),
            &["dependencies[0].effect is \"bryts\"", "stops, nothing"],
        ),
        (
            dependency(json!({"from": "electricity", "to": "tills", "delay_h": -1})),
            &["dependencies[0].delay_h is -1"],
        ),
        (
            dependency(json!({"from": "electricity", "to": "tills", "delay": 1})),
            &["dependencies[0].delay", "delay_h"],
        ),
    ]);
}

#[test]
fn names_that_the_data_lack_are_told_with_those_that_they_have() {
    let bench = Bench::new();
    let one = |name: &str, value: Value, phrases: &[&str]| {
        bench.put(name, &value);
        let run = bench.run(&format!("outage --demo --scenario {name} --out out"));
        assert!(!run.is_success, "{value}");
        assert!(!bench.path("out").exists(), "{value}: nothing is left behind");
        for phrase in phrases {
            assert!(run.err.contains(phrase), "{value}: “{}” does not say “{phrase}”", run.err);
        }
    };
    one("a.json", with("municipalities", json!(["Bollnäs"])), &["“Bollnäs”", "Krokom", "Härjedalen", "Åre"]);
    one(
        "b.json",
        beside("added", json!(["Valsjöby"])),
        &["added", "“Valsjöby”", "(", "Valsjöbyn", "clocks.csv"],
    );
    one("c.json", beside("removed", json!(["Ingenstans"])), &["removed", "“Ingenstans”"]);
    let refuel = json!([{"place": "Valsjöby", "hour": 3, "litres": 20}]);
    one("d.json", beside("refuels", refuel), &["refuels", "“Valsjöby”", "Valsjöbyn"]);
    one("e.json", with("file", json!("borta.geojson")), &["borta.geojson"]);
    bench.put(
        "punkter.geojson",
        &crate::edges::bench::degrees(&[crate::edges::bench::point(14.0, 63.0, json!({}))]),
    );
    one("f.json", with("file", json!("punkter.geojson")), &["punkter.geojson", "no polygons"]);
}
