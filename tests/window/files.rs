//! Do files, roles, messages and projects reach the window, and does each say what is wrong?

use egui_kittest::kittest::Queryable;
use sotplan::app::command::{Change, Command};
use sotplan::app::notice::Level;
use sotplan::lang::{Lang, Said};
use sotplan::model::{Evidence, EvidenceKind, Fact, FactValue, Role, ServiceKind, SiteId};
use sotplan::units::People;

use crate::bench::{TWO_STORES, Window, write};

#[test]
fn the_demo_opens_with_its_answer() {
    let window = Window::open(Vec::new());
    let results = window.app().session.results.as_ref().expect("computed");
    assert!((results.situation.demand.total().value() - 130_810.0).abs() < 0.5);
    assert!(window.harness.query_by_label_contains("farther than 10 km").is_some());
    assert!(window.harness.query_by_label("Map").is_some());
}

#[test]
fn attributes_are_filtered_and_written_and_never_an_empty_file_by_mistake() {
    let mut window = Window::open(Vec::new());
    let path = window.file("features.geojson");
    let export = |window: &mut Window| {
        let layers = window.app().session.project().layers.clone();
        let grocery = layers.iter().find(|layer| layer.table.column("staffing").is_some()).unwrap();
        window.harness.state_mut().view.tables.features.layer = Some(grocery.id);
        window.settle();
        window.harness.state_mut().view.dialogs.path_field = Some(sotplan::ui::state::PathField {
            purpose: sotplan::ui::state::PathUse::Export(sotplan::app::exports::Export::Features),
            text: window.file("features.geojson").display().to_string(),
        });
        window.harness.run_steps(2);
        window.click("OK");
    };
    export(&mut window);
    assert!(!path.exists(), "no table is open, so nothing says what to write");
    assert!(
        window
            .messages()
            .iter()
            .any(|text| text.contains("open the table") || text.contains("Open the table"))
    );
    window.table("Attributes");
    window.harness.state_mut().view.tables.features.filter.text = "Lanthandeln".into();
    export(&mut window);
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let features = json["features"].as_array().unwrap();
    assert!(!features.is_empty() && features.len() < 94, "{}", features.len());
    assert!(features.iter().all(|one| one["properties"].to_string().contains("Lanthandeln")));
    assert_eq!(json["sotplan"]["features_in_source"], 94);
}

#[test]
fn a_municipality_that_is_gone_filters_nothing_any_more() {
    let mut window = Window::open(Vec::new());
    window.click("My municipality: All municipalities");
    window.click("Krokom");
    assert_eq!(window.app().view.area.as_deref(), Some("Krokom"));
    window.harness.state_mut().session.new_project();
    window.settle();
    assert_eq!(window.app().view.area, None);
}

#[test]
fn without_areas_the_built_in_ones_stand_in_and_say_so_and_are_not_saved() {
    let mut window = Window::open(Vec::new());
    let areas =
        window.app().session.project().layers.iter().find(|layer| layer.role.id() == "areas").unwrap().id;
    let before: Vec<f64> =
        window.app().session.results.as_ref().unwrap().areas.iter().map(|row| row.people.value()).collect();
    window.harness.state_mut().session.edit(sotplan::app::command::Command::RemoveLayer(areas), None);
    window.settle();
    let results = window.app().session.results.clone().unwrap();
    let after: Vec<f64> = results.areas.iter().map(|row| row.people.value()).collect();
    assert_eq!(before, after, "cells say themselves where they belong");
    let layer =
        results.project.layers.iter().find(|layer| layer.id == sotplan::model::LayerId::BUILT_IN).unwrap();
    assert!(
        results
            .report(layer)
            .unwrap()
            .remarks
            .iter()
            .any(|remark| remark.kind == sotplan::model::RemarkKind::AreasBuiltIn)
    );
    let path = window.file("saved.gpkg");
    window.harness.state_mut().session.save(path.clone());
    window.settle();
    let saved = sotplan::io::project_file::open(&path).unwrap();
    let is_built_in = |source: &sotplan::io::project_file::SavedSource| {
        matches!(source.place, sotplan::model::SourcePlace::BuiltIn(_))
            || source.id == sotplan::model::LayerId::BUILT_IN
    };
    assert!(
        !saved.sources().is_empty() && !saved.sources().iter().any(is_built_in),
        "no project names what is built in"
    );
}

#[test]
fn the_language_switches_at_once_and_back() {
    let mut window = Window::open(Vec::new());
    window.click("Svenska");
    assert!(window.harness.query_by_label_contains("har längre än 10 km").is_some());
    window.click("English");
    assert!(window.harness.query_by_label_contains("farther than 10 km").is_some());
}

#[test]
fn the_threshold_changes_the_answer_and_undo_brings_it_back() {
    let mut window = Window::open(Vec::new());
    let beyond = |window: &Window| {
        window
            .app()
            .session
            .results
            .as_ref()
            .unwrap()
            .kind(ServiceKind::Grocery)
            .unwrap()
            .summary
            .people_beyond
    };
    let before = beyond(&window);
    window.click("20 km");
    assert!(beyond(&window) < before);
    assert!(window.harness.query_by_label_contains("farther than 20 km").is_some());
    window.click("Undo");
    assert_eq!(beyond(&window), before);
    window.click("Redo");
    assert!(beyond(&window) < before);
    // By keys, in both of the ways that programs have for it.
    let shift = egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT);
    for redo in [(egui::Modifiers::COMMAND, egui::Key::Y), (shift, egui::Key::Z)] {
        window.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
        window.harness.step();
        window.settle();
        assert_eq!(beyond(&window), before, "undone");
        window.harness.key_press_modifiers(redo.0, redo.1);
        window.harness.step();
        window.settle();
        assert!(beyond(&window) < before, "{redo:?}");
    }
}

#[test]
fn a_file_loads_gets_a_role_and_the_role_changes() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder.path().join("something.geojson"), TWO_STORES);
    let mut window = Window::open(vec![file]);
    window.click("Data");
    window.click("something");
    assert_eq!(window.app().session.project().layers[0].role.id(), "context");
    let combo = window.harness.get_by_label("Used as");
    combo.click();
    window.harness.run_steps(3);
    window.click("Fuel");
    let layer = &window.app().session.project().layers[0];
    assert!(matches!(&layer.role, Role::Services(_)), "{:?}", layer.role);
    let results = window.app().session.results.as_ref().unwrap();
    assert_eq!(results.situation.of_kind(ServiceKind::Fuel).len(), 2);
}

#[test]
fn a_broken_file_says_what_is_wrong_and_the_rest_loads() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(&folder.path().join("grocery.geojson"), TWO_STORES);
    let bad =
        write(&folder.path().join("broken.geojson"), r#"{"type":"FeatureCollection","features":[{"type":"#);
    let window = Window::open(vec![bad, good]);
    let errors: Vec<_> =
        window.app().session.notices.iter().filter(|notice| notice.level() == Level::Error).collect();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].said(Lang::En).contains("broken.geojson"), "{}", errors[0].said(Lang::En));
    assert_eq!(window.app().session.project().layers.len(), 1);
    assert!(
        window.harness.query_by_label_contains("broken.geojson").is_some(),
        "the message is on the screen"
    );
}

#[test]
fn a_project_saves_and_opens_again_with_its_edits() {
    let mut window = Window::open(Vec::new());
    window.click("30 km");
    let path = window.file("plan.gpkg");
    window.harness.state_mut().session.save(path.clone());
    window.settle();
    assert!(!window.app().session.has_unsaved_edits());
    let again = Window::open(vec![path]);
    assert!((again.app().session.project().parameters.threshold.km() - 30.0).abs() < 1e-9);
    assert_eq!(again.app().session.project().layers.len(), window.app().session.project().layers.len());
}

#[test]
fn a_fact_about_a_store_that_moved_waits_until_somebody_says_which_it_is() {
    let stores = tempfile::tempdir().unwrap();
    let file = write(&stores.path().join("grocery.geojson"), TWO_STORES);
    let mut window = Window::open(vec![file.clone()]);
    let layer = window.app().session.project().layers[0].id;
    for (number, text) in [("#1", "of Norra"), ("#2", "of Södra")] {
        let site = SiteId::Feature { layer, key: number.into() };
        let evidence = Evidence { kind: EvidenceKind::Stated, who: "Anna".into(), ..Evidence::none() };
        let fact = Fact { value: FactValue::Text(text.into()), evidence, note: String::new() };
        let change = Change::Fact("operator".into(), Some(fact));
        window.harness.state_mut().session.edit(Command::Amend(site, change), None);
    }
    let project = stores.path().join("village.gpkg");
    window.harness.state_mut().session.save(project.clone());
    window.settle();

    // Its owner sorts the file anew, and Norra has moved.
    let moved = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Södra"},"geometry":{"type":"Point","coordinates":[14.61234,63.11234]}},
{"type":"Feature","properties":{"name":"Norra"},"geometry":{"type":"Point","coordinates":[14.53234,63.21234]}}]}"#;
    write(&file, moved);
    let mut window = Window::open(vec![project]);
    let said = |window: &Window| -> Vec<(String, String)> {
        let amendments = &window.app().session.project().amendments;
        let told = amendments.iter().map(|(site, one)| (site.text(), one.facts["operator"].value.to_text()));
        told.collect()
    };
    let of_sodra = ("layer-1/#1".to_owned(), "of Södra".to_owned());
    assert_eq!(said(&window), std::slice::from_ref(&of_sodra));
    assert!(window.messages().iter().any(|text| text.contains("Norra: is now somewhere else")));

    window.click("Data");
    assert!(window.harness.query_by_label("Facts waiting for a decision: 1").is_some());
    assert!(window.harness.query_by_label_contains("same name, 1.0").is_some());
    window.click("This is Norra");
    assert_eq!(said(&window), [of_sodra.clone(), ("layer-1/#2".to_owned(), "of Norra".to_owned())]);
    assert!(window.harness.query_by_label_contains("Facts waiting").is_none());
    window.click("Undo");
    assert_eq!(said(&window), [of_sodra]);
    assert!(window.harness.query_by_label("Facts waiting for a decision: 1").is_some());
}

#[test]
fn people_counted_twice_are_told_and_counted_once_with_a_click() {
    let folder = tempfile::tempdir().unwrap();
    let cells = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"beftotalt":40},"geometry":{"type":"Point","coordinates":[14.51234,63.21234]}},
{"type":"Feature","properties":{"beftotalt":2},"geometry":{"type":"Point","coordinates":[14.61234,63.11234]}}]}"#;
    let [first, second] = ["population.geojson", "befolkning.geojson"].map(|name| folder.path().join(name));
    let stores = write(&folder.path().join("grocery.geojson"), TWO_STORES);
    let mut window = Window::open(vec![write(&first, cells), write(&second, cells), stores]);
    let people = |window: &Window| window.app().session.results.as_ref().unwrap().situation.demand.total();
    assert_eq!(people(&window), People::new(84.0));
    assert!(window.harness.query_by_label_contains("42 people are counted twice").is_some());
    window.click("Data");
    window.click("Count them once");
    assert_eq!(people(&window), People::new(42.0));
    window.click("Include all cells again");
    assert_eq!(people(&window), People::new(84.0));
}

/// Metres of SWEREF 99 13 30, which nothing in the file says.
const CELL_OF_A_ZONE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"beftotalt":40},"geometry":{"type":"Point","coordinates":[179600,7010000]}}]}"#;

#[test]
fn a_file_of_an_unknown_system_asks_for_it_with_the_zone_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let areas = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kommun":"J"},
"geometry":{"type":"Polygon","coordinates":[[[13.9,62.8],[14.3,62.8],[14.3,63.5],[13.9,63.5],[13.9,62.8]]]}}]}"#;
    let areas = write(&folder.path().join("kommuner.geojson"), areas);
    let cells = write(&folder.path().join("population.geojson"), CELL_OF_A_ZONE);
    let mut window = Window::open(vec![areas, cells]);
    assert_eq!(window.app().session.project().layers.len(), 1);
    window.click("Data");
    assert!(window.harness.query_by_label_contains("They fall inside the loaded areas").is_some());
    window.click("Load with this coordinate system");
    let project = window.app().session.project();
    assert_eq!(project.layers.len(), 2);
    let cells = project.layers.iter().find(|layer| layer.name == "population").unwrap();
    assert_eq!((cells.source.crs.epsg(), cells.source.crs_assumed), (3008, false));
    assert!(window.app().session.unplaced.is_empty());

    // A file that waits belongs to its project.
    let other = write(&folder.path().join("befolkning.geojson"), CELL_OF_A_ZONE);
    window.harness.state_mut().session.open_files(vec![other]);
    window.settle();
    assert_eq!(window.app().session.unplaced.len(), 1);
    window.harness.state_mut().session.new_project();
    window.settle();
    assert!(window.app().session.unplaced.is_empty());
}

#[test]
fn nothing_loaded_is_a_designed_state() {
    let mut window = Window::open(Vec::new());
    window.harness.state_mut().session.new_project();
    window.harness.run_steps(3);
    assert!(window.harness.query_by_label_contains("There are no data here yet").is_some());
    window.click("Open the example (Jämtland)");
    assert!(window.app().session.results.is_some());
}

#[test]
fn a_file_is_looked_at_and_changed_before_it_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kommunens lista.csv");
    let rows = "Butiksnamn;Typ;x;y\nHallens lanthandel;Butik;465000;7005000\nAutomaten;Automat;420000;7040000\nUtan plats;Butik;;\n";
    std::fs::write(&path, rows).unwrap();
    let mut window = Window::open(Vec::new());
    window.harness.state_mut().session.new_project();
    window.settle();
    window.harness.state_mut().session.look_at(path.clone(), None);
    window.settle();
    assert!(window.app().session.project().layers.is_empty(), "nothing is loaded yet");
    window.click("Refused: 1");
    window.harness.get_by_label_contains("Feature 3");
    window.click("Used as");
    window.click("Grocery");
    window.click("Name");
    window.click("Butiksnamn   (Hallens lanthandel, Automaten)");
    window.click("Load");
    let project = window.app().session.project();
    let [layer] = project.layers.as_slice() else { panic!("one layer") };
    assert_eq!(layer.table.features.len(), 2);
    let names: Vec<_> = layer
        .table
        .features
        .iter()
        .filter_map(|feature| sotplan::model::recognise::name_of(layer.table.row(feature)))
        .collect();
    assert_eq!(names, ["Hallens lanthandel", "Automaten"]);
    // The next delivery says what is other, before it takes the place of the first.
    let id = layer.id;
    std::fs::write(&path, rows.replace("Automaten;Automat", "Kalls livs;Butik")).unwrap();
    window.harness.state_mut().session.look_at(path, Some(id));
    window.settle();
    let importing = &window.app().session.importing;
    let draft = &importing.shown().unwrap().drafts[0];
    let difference = draft.read.as_ref().unwrap().difference.as_ref().unwrap();
    assert_eq!((difference.same, difference.changed.len()), (1, 1));
    window.click("Replace by the new file");
    assert!(window.messages().iter().any(|text| text.contains("changed: 1")), "{:?}", window.messages());
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    window.settle();
    let table = &window.app().session.project().layers[0].table;
    assert_eq!(table.features[1].number, 2);
}

#[test]
fn a_list_without_coordinates_gets_places_and_columns_from_other_tables() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let villages = write("orter.csv", "name,lon,lat\nKall,13.23,63.475\nHallen,14.08,63.17\n");
    let facts = write("fakta.csv", "Ort;Kommun;Omsättning\nHallen;Åre;12\nDuved;Åre;9\n");
    let list =
        write("platser.csv", "Ort;Kommun;status\nKall;Åre;in_place\nHallen;2321;idea\nNybyn;Åre;idea\n");
    let mut window = Window::open(vec![villages, facts]);
    window.settle();
    window.harness.state_mut().session.look_at(list, None);
    window.settle();
    window.click("Take places from…");
    window.click("orter");
    window.harness.get_by_label_contains("2 of 3 rows got a place");
    window.click("Take columns from…");
    window.click("fakta");
    window.harness.get_by_label_contains("1 of 2 features got values");
    // What was found is shown, and can be chosen otherwise.
    window.click("Rows without a place: 1");
    window.harness.get_by_label_contains("Nybyn, Åre: meets no row");
    window.click("Load");
    let project = window.app().session.project();
    let layer = project.layers.iter().find(|layer| layer.name == "platser").expect("loaded");
    let turnover: Vec<_> =
        layer.table.features.iter().map(|one| layer.table.row(one).get("Omsättning")).collect();
    assert_eq!((turnover.len(), turnover.iter().flatten().count()), (2, 1));
    assert_eq!(layer.source.reading.joins.len(), 2);
}

#[test]
fn signs_that_steer_are_seen_wherever_a_name_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let stores = TWO_STORES.replace("Norra", "ICA \u{202e}jpg.exe").replace("Södra", "Coop\\u0007\u{9b}2J");
    let people = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"beftotalt":40},"geometry":{"type":"Point","coordinates":[14.62,63.18]}}]}"#;
    let files = [("livsmedel\u{202e}.geojson", stores.as_str()), ("befolkning.geojson", people)];
    let paths = files.map(|(name, text)| write(&folder.path().join(name), text));
    let mut window = Window::open(paths.to_vec());
    let mut seen = crate::seen::texts(&window);
    let selection = window.app().session.results.as_ref().unwrap().situation.services[0].site.clone();
    window.harness.state_mut().view.selection = Some(sotplan::ui::state::Selection::Site(selection));
    for (step, name) in [("Data", "Attributes"), ("Places", "Places")] {
        window.click(step);
        window.table(name);
        seen.extend(crate::seen::texts(&window));
    }
    let hidden: Vec<&String> = seen.iter().filter(|text| text.contains(sotplan::lang::steers)).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
    for name in ["ICA □jpg.exe", "Coop□□2J", "livsmedel□"] {
        assert!(seen.iter().any(|text| text.contains(name)), "{name}: {seen:?}");
    }
    // The data stay what the file says.
    let results = window.app().session.results.as_ref().unwrap();
    assert_eq!(results.situation.services[0].name, "ICA \u{202e}jpg.exe");
}
