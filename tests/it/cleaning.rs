//! What of the data has to be looked at, and what becomes of it: each finding is told once, every decision changes what it
//! says and nothing else, survives a save, and is undone.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use sotplan::app::Results;
use sotplan::app::command::{Change, Command};
use sotplan::app::deciding::{Verdict, change, decide_all};
use sotplan::app::findings::{Decision, Finding, counts};
use sotplan::app::load;
use sotplan::geometry::LonLat;
use sotplan::io::{LoadOptions, load_bytes, load_file, project_file};
use sotplan::model::{
    Evidence, FindingKind, KindRule, Layer, LeftOut, Project, Role, ServiceKind, SiteId, SourcePlace,
};
use sotplan::progress::Unwatched;
use sotplan::units::People;

/// One metre north, in degrees of latitude.
const METRE: f64 = 1.0 / 111_400.0;

fn store(name: &str, lon: f64, lat: f64, more: &Value) -> Value {
    let mut properties = json!({ "name": name });
    for (key, value) in more.as_object().into_iter().flatten() {
        properties[key.as_str()] = value.clone();
    }
    json!({
        "type": "Feature", "properties": properties,
        "geometry": { "type": "Point", "coordinates": [lon, lat] },
    })
}

fn cell(people: u32, lon: f64, lat: f64) -> Value {
    json!({
        "type": "Feature", "properties": { "beftotalt": people },
        "geometry": { "type": "Point", "coordinates": [lon, lat] },
    })
}

/// A project of stores and cells.
fn project(stores: &[Value], cells: &[Value]) -> Project {
    let read = |name: &str, features: &[Value], role: Role| {
        let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
        let place = SourcePlace::File(name.into());
        let mut loaded =
            load_bytes(place, text.as_bytes(), &LoadOptions::default(), &Unwatched).expect("a layer");
        loaded.role = role;
        loaded
    };
    let people = Role::Population { field: "beftotalt".into() };
    let kind = Role::Services(KindRule::All(ServiceKind::Grocery.into()));
    let layers = vec![read("cells.geojson", cells, people), read("stores.geojson", stores, kind)];
    load::with_layers(&Project::default(), layers)
}

fn results(project: &Project) -> Results {
    Results::compute(project, None, &Unwatched).expect("results")
}

fn named(finding: &Finding) -> (FindingKind, &str, Option<&str>) {
    (finding.kind, finding.name(), finding.other.as_ref().map(|place| place.name.as_str()))
}

fn all(project: &Project) -> Vec<(FindingKind, String, Option<String>)> {
    let results = results(project);
    let found = results.findings.found.iter().map(named);
    found.map(|(kind, name, other)| (kind, name.to_owned(), other.map(str::to_owned))).collect()
}

fn here() -> [Value; 1] {
    [cell(10, 14.6, 63.2)]
}

#[test]
fn doubles_are_told_by_name_and_by_place() {
    let at = |metres: f64| 63.2 + metres * METRE;
    let none = json!({});
    let stores = [
        store("ICA Nära Hallen", 14.6, at(0.0), &none),
        // The same name, written otherwise, within 200 m.
        store("Ica nära, Hallen", 14.6, at(190.0), &none),
        // Beyond them.
        store("ICA Nära Hallen", 14.6, at(420.0), &none),
        // Another name within 25 m of the first, and at it.
        store("Hallens lanthandel", 14.6, at(20.0), &none),
        store("ICA Nära Hallen", 14.6, at(0.0), &none),
        // Just beyond 25 m of every other.
        store("Ensam", 14.6, at(240.0), &none),
    ];
    let expected = [
        (FindingKind::SameName, "Ica nära, Hallen", "ICA Nära Hallen"),
        (FindingKind::SameName, "ICA Nära Hallen", "ICA Nära Hallen"),
        (FindingKind::SamePlace, "Hallens lanthandel", "ICA Nära Hallen"),
    ];
    let found = all(&project(&stores, &here()));
    let expected: Vec<_> =
        expected.map(|(kind, name, other)| (kind, name.to_owned(), Some(other.to_owned()))).into();
    assert_eq!(found, expected);
}

#[test]
fn places_where_no_place_is_are_told_once_by_what_is_worst() {
    let none = json!({});
    let stores = [
        store("Östersund", 14.636, 63.179, &none),
        // In the middle of lake Vänern, of the Gulf of Bothnia, and in Oslo.
        store("Vänern", 13.3, 58.95, &none),
        store("Bottenhavet", 17.6, 60.9, &none),
        store("Oslo", 10.75, 59.91, &none),
        // Holmön, Ven and Fårö are Sweden.
        store("Fårö", 19.13, 57.93, &none),
    ];
    let found = all(&project(&stores, &here()));
    let expected = [
        (FindingKind::OutsideCountry, "Oslo".to_owned(), None),
        (FindingKind::InWater, "Vänern".to_owned(), None),
        (FindingKind::InWater, "Bottenhavet".to_owned(), None),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_hint_at_no_staff_is_a_question_and_never_an_answer() {
    let stores = [
        store("Byns obemannade butik", 14.6, 63.2, &json!({})),
        store("Handlar'n", 14.7, 63.3, &json!({ "opening_hours": "24/7" })),
        store("Nära Dej", 14.8, 63.4, &json!({ "opening_hours": "24/7", "bemanning": "bemannad" })),
        store("Coop", 14.9, 63.5, &json!({ "opening_hours": "Mo-Su 08:00-22:00" })),
    ];
    let results = results(&project(&stores, &here()));
    let names: Vec<_> = results.findings.found.iter().map(named).collect();
    assert_eq!(
        names,
        [
            (FindingKind::Unstaffed, "Byns obemannade butik", None),
            (FindingKind::Unstaffed, "Handlar'n", None),
        ]
    );
    let staffed: Vec<bool> =
        results.situation.services.iter().map(|service| service.facts.contains_key("staffing")).collect();
    assert_eq!(staffed, [false, false, true, false]);
}

#[test]
fn people_are_compared_with_what_they_should_sum_to() {
    let mut project =
        project(&[store("A", 14.6, 63.2, &json!({}))], &[cell(10, 14.6, 63.2), cell(7, 14.7, 63.2)]);
    assert!(all(&project).is_empty());
    project.parameters.people_expected = Some(People::new(17.0));
    assert!(all(&project).is_empty());
    project.parameters.people_expected = Some(People::new(18.0));
    assert_eq!(all(&project), [(FindingKind::Total, String::new(), None)]);
}

#[test]
fn a_merger_leaves_one_that_knows_what_both_did() {
    let stores = [
        store("Handlar'n", 14.6, 63.2, &json!({})),
        store("Handlar'n", 14.6, 63.2, &json!({ "bemanning": "bemannad" })),
    ];
    let before = project(&stores, &here());
    let found = results(&before).findings.found.clone();
    let said = Evidence { who: "Eva".into(), what: "samtal".into(), ..Evidence::default() };
    let command =
        decide_all(&found, |kind| kind == FindingKind::SameName, Verdict::Merge, &said).expect("a merger");
    let after = results(&command.apply(&before));
    let [one] = after.situation.services.as_slice() else { panic!("one store") };
    assert!(one.facts.contains_key("staffing"));
    let [report] =
        [after.situation.reports.values().find(|report| !report.refused.is_empty()).expect("a report")];
    assert!(report.adds_up());
    assert_eq!(report.refused_by_reason().get("merged"), Some(&1));
    let [decided] = after.findings.decided.as_slice() else { panic!("one decision") };
    assert!(matches!(decided.decision, Decision::Merged(_)));
    assert_eq!(decided.evidence.who, "Eva");
}

#[test]
fn what_is_kept_is_no_open_finding_and_comes_back() {
    let stores = [store("A", 14.6, 63.2, &json!({})), store("B", 14.6, 63.2, &json!({}))];
    let before = project(&stores, &here());
    let finding = results(&before).findings.found[0].clone();
    let (site, keep) = change(&finding, Verdict::Keep, &Evidence::default()).expect("a change");
    let kept = Command::Amend(site.clone(), keep).apply(&before);
    assert_eq!(results(&kept).findings.open().count(), 0);
    assert_eq!(results(&kept).situation.services.len(), 2);
    let other = finding.other.map(|place| place.site);
    let again = Command::Amend(site, Change::Unsettle(finding.kind, other)).apply(&kept);
    assert_eq!(results(&again).findings.open().count(), 1);
    assert!(again.amendments.is_empty());
}

#[test]
fn decisions_survive_a_save_and_a_file_in_another_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("stores.geojson");
    let stores = [
        store("A", 14.6, 63.2, &json!({})),
        store("A", 14.6, 63.2 + 50.0 * METRE, &json!({})),
        store("C", 14.9, 63.4, &json!({})),
    ];
    let write = |stores: &[&Value]| {
        let text = json!({ "type": "FeatureCollection", "features": stores }).to_string();
        std::fs::write(&file, text).expect("written");
    };
    write(&stores.iter().collect::<Vec<_>>());
    let kind = Role::Services(KindRule::All(ServiceKind::Grocery.into()));
    let read = || {
        let mut loaded = load_file(&file, &LoadOptions::default(), &Unwatched).expect("a layer");
        loaded.role = kind.clone();
        loaded
    };
    let before = load::with_layers(&Project::default(), vec![read()]);
    let found = results(&before).findings.found.clone();
    let merge = decide_all(&found, |_| true, Verdict::Merge, &Evidence::default()).expect("a merger");
    let merged = merge.apply(&before);
    assert_eq!(results(&merged).situation.services.len(), 2);
    let saved = folder.path().join("p.sotplan");
    project_file::save(&saved, &merged).expect("saved");
    let opened = reopened(&saved);
    assert_eq!(results(&opened).situation.services.len(), 2);
    // The rows stand in another order now: the merger is of the same two.
    write(&[&stores[2], &stores[1], &stores[0]]);
    let layer = Arc::new(read().into_layer(merged.layers[0].id));
    let shuffled = Command::ReplaceLayer(layer).apply(&merged);
    let now = results(&shuffled);
    let places: Vec<LonLat> = now.situation.services.iter().map(|service| service.place).collect();
    assert_eq!(places.len(), 2);
    assert!(places.contains(&LonLat::new(14.6, 63.2)) && shuffled.held.is_empty());
}

/// The project file opened, as the window opens it.
fn reopened(path: &Path) -> Project {
    let saved = project_file::open(path).expect("a project");
    let read = |source: &project_file::SavedSource| {
        let SourcePlace::File(file) = &source.place else { panic!("a file") };
        Arc::new(source.layer(load_file(file, &source.options, &Unwatched).expect("stores")))
    };
    let layers: Vec<Arc<Layer>> = saved.sources().iter().map(read).collect();
    saved.into_project(layers, Vec::new())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is merged in whatever order, in circles too: services in = services used + refused, each merger is in
    /// force or has nothing to merge with, and taking all back gives what was.
    #[test]
    fn mergers_lose_nothing_and_are_undone(
        at in proptest::collection::vec((0u8..4, 0u8..3), 1..8),
        pairs in proptest::collection::vec((0usize..8, 0usize..8), 0..8),
    ) {
        let stores: Vec<Value> = at
            .iter()
            .map(|(x, y)| store(&format!("s{x}"), 14.6 + f64::from(*x) * 0.1, 63.2 + f64::from(*y) * METRE, &json!({})))
            .collect();
        let before = project(&stores, &here());
        let layer = before.layers.last().expect("a layer").id;
        let site = |at: usize| SiteId::Feature { layer, key: format!("#{}", at + 1) };
        let mut now = before.clone();
        for (from, to) in pairs {
            let how = LeftOut::SameAs(site(to));
            let change = Change::LeaveOut(how, Evidence::default());
            now = Command::Amend(site(from), change).apply(&now);
        }
        let after = results(&now);
        for report in after.situation.reports.values() {
            prop_assert!(report.adds_up());
        }
        prop_assert!(!after.situation.services.is_empty());
        let (services, places, _) = counts(&after.situation);
        prop_assert!(places <= services && services <= stores.len());
        let sites: Vec<SiteId> = now.amendments.keys().cloned().collect();
        let back = Command::AmendAll(sites.into_iter().map(|site| (site, Change::CountAgain)).collect());
        let back = back.apply(&now);
        prop_assert!(back.amendments.is_empty());
        prop_assert_eq!(results(&back).situation.services.len(), stores.len());
    }
}
