//! The window by its labels, without a display: load, role, select, trial point, undo, export, language, broken file.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at its first surprise")]

use std::path::{Path, PathBuf};

use egui::{Modifiers, PointerButton, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use sotplan::app::command::{Change, Command};
use sotplan::app::export::Stamp;
use sotplan::app::notice::Level;
use sotplan::io::settings_file::Folders;
use sotplan::lang::{Lang, Said};
use sotplan::model::{Evidence, EvidenceKind, Fact, FactValue, Role, ServiceKind, SiteId};
use sotplan::ui::App;
use sotplan::ui::state::Selection;
use sotplan::units::People;

struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

impl Window {
    /// A window in a folder of its own, with these files or the demo.
    fn open(files: Vec<PathBuf>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders {
            settings: folder.path().join("settings"),
            cache: folder.path().join("cache"),
            rescue: folder.path().join("rescue"),
        };
        std::fs::create_dir_all(&folders.settings).unwrap();
        std::fs::write(folders.settings.join("settings.json"), r#"{"lang":"en","online_map":false}"#)
            .unwrap();
        let harness = Harness::builder().with_size([1280.0, 800.0]).build_eframe(move |cc| {
            let mut app = App::new(&cc.egui_ctx, Some(folders), Stamp { date: "2026-01-01".into() });
            app.open_at_start(files);
            app
        });
        let mut window = Self { harness, folder };
        window.settle();
        window
    }

    /// Runs frames until the work is done and drawn.
    fn settle(&mut self) {
        for _ in 0..12_000 {
            self.harness.step();
            let app = self.harness.state();
            if !app.session.is_busy() && app.is_drawn() {
                self.harness.run_steps(3);
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("the window never came to rest");
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_steps(3);
        self.settle();
    }

    fn app(&self) -> &App {
        self.harness.state()
    }

    fn messages(&self) -> Vec<String> {
        self.app().session.notices.iter().map(|notice| notice.said(Lang::En)).collect()
    }

    /// Clicks the middle of the map.
    fn map_middle(&self) -> egui::Pos2 {
        self.app().view.map.rect.center()
    }

    fn press(&mut self, at: egui::Pos2, pressed: bool) {
        self.harness.event(egui::Event::PointerMoved(at));
        self.harness.event(egui::Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        self.harness.step();
    }

    fn click_map(&mut self, at: egui::Pos2) {
        self.harness.event(egui::Event::PointerMoved(at));
        self.harness.step();
        self.press(at, true);
        self.press(at, false);
        self.settle();
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn write(path: &Path, text: &str) -> PathBuf {
    std::fs::write(path, text).unwrap();
    path.to_owned()
}

const TWO_STORES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Norra"},"geometry":{"type":"Point","coordinates":[14.51234,63.21234]}},
{"type":"Feature","properties":{"name":"Södra"},"geometry":{"type":"Point","coordinates":[14.61234,63.11234]}}]}"#;

#[test]
fn the_demo_opens_with_its_answer() {
    let window = Window::open(Vec::new());
    let results = window.app().session.results.as_ref().expect("computed");
    assert!((results.situation.demand.total().value() - 130_810.0).abs() < 0.5);
    assert!(window.harness.query_by_label_contains("farther than 10 km").is_some());
    assert!(window.harness.query_by_label("Map").is_some());
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
fn a_trial_point_is_placed_dragged_live_and_undone_in_one_step() {
    let mut window = Window::open(Vec::new());
    window.click("Places");
    window.click("Place trial point");
    let at = window.map_middle() + vec2(-40.0, 30.0);
    window.click_map(at);
    let trial = window.app().session.project().trials.first().expect("placed").clone();
    assert_eq!(window.app().view.selection, Some(Selection::Site(SiteId::Trial(trial.id))));
    assert!(window.harness.query_by_label_contains("Get it as nearest store").is_some());
    window.harness.event(egui::Event::PointerMoved(at));
    window.harness.run_steps(2);
    window.press(at, true);
    let people = |window: &Window| {
        let figures = window.app().trial.figures().and_then(Result::ok);
        figures.map(|figures| figures.people_nearest)
    };
    let before = people(&window);
    for step in 1..=6u8 {
        window.harness.event(egui::Event::PointerMoved(at + vec2(12.0 * f32::from(step), 0.0)));
        window.harness.step();
    }
    // Found beside the window: they are there while the button is still down.
    for _ in 0..400 {
        if people(&window) != before {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.harness.step();
    }
    assert!(window.app().view.map.drag.is_some() && people(&window).is_some());
    assert_ne!(people(&window), before, "figures follow the drag");
    window.press(at + vec2(72.0, 0.0), false);
    window.settle();
    let moved = window.app().session.project().trials[0].place;
    assert!(moved.lon > trial.place.lon + 0.1, "{moved:?}");
    window.click("Undo");
    let back = window.app().session.project().trials[0].place;
    assert!((back.lon - trial.place.lon).abs() < 1e-9, "one drag is one step");
    window.click("Undo");
    assert!(window.app().session.project().trials.is_empty());
}

#[test]
fn a_place_is_chosen_in_the_table_and_exported() {
    let mut window = Window::open(Vec::new());
    let row = window.harness.get_all_by_label_contains("Choose ").next().expect("a row");
    row.click();
    window.settle();
    assert_eq!(window.app().session.project().selected.len(), 1);
    window.click("Places");
    window.click("Export chosen sites…");
    let path = window.file("out.geojson");
    if let Some(field) = &mut window.harness.state_mut().view.dialogs.path_field {
        field.text = path.display().to_string();
    }
    window.harness.run_steps(2);
    window.click("OK");
    assert!(
        window.messages().iter().any(|message| message.contains("1 site exported")),
        "{:?}",
        window.messages()
    );
    let text = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["features"].as_array().unwrap().len(), 1);
    assert_eq!(json["features"][0]["properties"]["rules"].as_object().unwrap().len(), 9);
    assert!(json["sotplan"]["sources"][0]["sha256"].as_str().unwrap().len() == 64);
}

#[test]
fn a_fact_filled_in_by_hand_changes_the_verdict_at_once() {
    let mut window = Window::open(Vec::new());
    let (site, before) = {
        let results = window.app().session.results.as_ref().unwrap();
        let candidate = results
            .candidates
            .iter()
            .find(|c| c.verdict == sotplan::siting::Verdict::CannotBeJudged && c.sot.is_none())
            .unwrap();
        (candidate.site.clone(), candidate.verdict)
    };
    window.harness.state_mut().view.selection = Some(Selection::Site(site.clone()));
    window.settle();
    // The row lies below the fold of the inspector: reached as a screen reader would.
    window.harness.get_by_label("Edit Staffing").click_accesskit();
    window.settle();
    window.click("unstaffed");
    window.click("Save the fact");
    let results = window.app().session.results.as_ref().unwrap();
    let candidate = results.candidates.iter().find(|candidate| candidate.site == site).unwrap();
    assert_ne!(candidate.verdict, before);
    assert_eq!(candidate.verdict, sotplan::siting::Verdict::NotPossible);
    assert_eq!(candidate.rules[0].evidence.when, "2026-01-01");
}

#[test]
fn the_map_zooms_by_wheel_around_the_pointer_and_comes_back() {
    let mut window = Window::open(Vec::new());
    let at = window.map_middle() + vec2(60.0, -30.0);
    window.harness.event(egui::Event::PointerMoved(at));
    window.harness.run_steps(2);
    let start = (window.app().view.map.memory.zoom(), window.app().view.map.pointer.unwrap());
    for notch in [1.0, 1.0, -1.0, -1.0] {
        window.harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta: vec2(0.0, notch),
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
        });
        window.harness.step();
    }
    window.harness.run_steps(2);
    let end = (window.app().view.map.memory.zoom(), window.app().view.map.pointer.unwrap());
    assert!((start.0 - end.0).abs() < 1e-9);
    assert!((start.1.lon - end.1.lon).abs() < 1e-6 && (start.1.lat - end.1.lat).abs() < 1e-6);
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
    window.click("Read with this system");
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
    window.click("Open the demo");
    assert!(window.app().session.results.is_some());
}

/// Two cells with people, a store beside the western one.
const PEOPLE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"beftotalt":10},"geometry":{"type":"Point","coordinates":[14.5,63.2]}},
{"type":"Feature","properties":{"beftotalt":30},"geometry":{"type":"Point","coordinates":[14.7,63.2]}}]}"#;

const STORE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Norra"},"geometry":{"type":"Point","coordinates":[14.5,63.2]}}]}"#;

/// A road from west to east with a bend, a road under construction, and a fuel station.
const ROADS: &str = r#"<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="63.2" lon="14.5"/><node id="2" lat="63.25" lon="14.6"/><node id="3" lat="63.2" lon="14.7"/>
<node id="4" lat="63.21" lon="14.55"><tag k="amenity" v="fuel"/><tag k="name" v="Macken"/></node>
<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="secondary"/><tag k="name" v="Byvägen"/></way>
<way id="2"><nd ref="1"/><nd ref="3"/><tag k="highway" v="construction"/></way></osm>"#;

impl Window {
    /// Two cells and a store, and the road between them opened as a user does.
    fn with_roads() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let people = write(&folder.path().join("befolkning.geojson"), PEOPLE);
        let store = write(&folder.path().join("livsmedel.geojson"), STORE);
        let mut window = Self::open(vec![people, store]);
        assert!(window.harness.query_by_label_contains("straight line").is_some());
        let roads = write(&window.file("roads.osm"), ROADS);
        window.click("Data");
        window.click("Open roads…");
        window.harness.state_mut().view.dialogs.path_field.as_mut().unwrap().text =
            roads.display().to_string();
        window.harness.run_steps(2);
        window.click("OK");
        window
    }

    /// Where on the screen a place is.
    fn on_map(&self, lon: f64, lat: f64) -> egui::Pos2 {
        let view = &self.app().view;
        let lon_lat = sotplan::geometry::LonLat::new(lon, lat);
        let [x, y] = sotplan::scene::mercator(lon_lat);
        let centre = view.map.memory.detached().unwrap();
        let [x0, y0] = sotplan::scene::mercator(sotplan::geometry::LonLat::new(centre.x(), centre.y()));
        let scale = 256.0 * view.map.memory.zoom().exp2();
        #[expect(clippy::cast_possible_truncation, reason = "screen points")]
        let offset = vec2(((x - x0) * scale) as f32, ((y - y0) * scale) as f32);
        view.map.rect.center() + offset
    }

    /// The farthest cell's way to the store.
    fn farthest_km(&self) -> Option<f64> {
        let results = self.app().session.results.as_ref()?;
        results.kind(ServiceKind::Grocery)?.summary.lengths.max.map(|length| length.metres().km())
    }
}

#[test]
fn a_road_file_is_opened_reported_and_travelled() {
    let mut window = Window::with_roads();
    let session = &window.app().session;
    assert_eq!(session.project().roads.len(), 1);
    assert!(
        window.harness.query_by_label_contains("by road, car, shortest route").is_some(),
        "the status says so"
    );
    let far = window.farthest_km().unwrap();
    assert!((14.9..15.3).contains(&far), "{far} km along the bend, not 10.0 × 1.3");
    // Services are offered, not added.
    assert_eq!(session.project().layers.len(), 2);
    assert!(window.messages().iter().any(|message| message.contains("1 fuel")), "{:?}", window.messages());
    window.click("Add 1 fuel");
    assert_eq!(window.app().session.project().layers.len(), 3);
    assert!(window.app().session.found.is_empty());
    // The report says what was used and what was refused, and why.
    window.click("roads.osm");
    assert!(window.harness.query_by_label_contains("under construction or planned: 1").is_some());
    assert!(
        window
            .harness
            .query_by_label_contains("No large connected piece, 1 small piece with 15 km")
            .is_some()
    );
    window.harness.get_by_label("Remove roads").click_accesskit();
    window.settle();
    assert!(window.harness.query_by_label_contains("straight line × 1.3").is_some());
    window.click("Undo");
    assert!((window.farthest_km().unwrap() - far).abs() < 1e-9);
}

#[test]
fn a_road_file_dropped_is_taken_as_roads() {
    let folder = tempfile::tempdir().unwrap();
    let roads = write(&folder.path().join("roads.osm"), ROADS);
    let mut window = Window::open(vec![roads]);
    assert_eq!(window.app().session.project().roads.len(), 1);
    window.click("Data");
    assert!(window.harness.query_by_label_contains("1 road used").is_some());
    assert!(window.app().session.is_current(), "roads alone are computed too");
}

#[test]
fn minutes_are_counted_and_the_threshold_follows() {
    let mut window = Window::with_roads();
    window.click("Reach");
    window.click("Fastest (min)");
    assert!(window.harness.query_by_label_contains("have longer than 20 min").is_some());
    assert!(window.harness.query_by_label_contains("by road, car, fastest route").is_some());
    let beyond = |window: &Window| {
        let results = window.app().session.results.as_ref().unwrap();
        results.kind(ServiceKind::Grocery).unwrap().summary.people_beyond.value()
    };
    assert!(beyond(&window) < 1e-9, "15 km at 60 km/h");
    window.click("10 min");
    assert!((beyond(&window) - 30.0).abs() < 1e-9);
    assert!(window.harness.query_by_label_contains("have longer than 10 min").is_some());
    window.click("Undo");
    window.click("Undo");
    assert!(window.harness.query_by_label_contains("have farther than 10 km").is_some());
    window.click("Walking");
    assert!(window.harness.query_by_label_contains("by road, walking, shortest route").is_some());
    window.click("Straight line × factor");
    assert!(window.harness.query_by_label_contains("straight line × 1.3").is_some());
}

#[test]
fn a_road_closed_on_the_map_cuts_it_and_undo_opens_it() {
    let mut window = Window::with_roads();
    let open = window.farthest_km().unwrap();
    window.click("Reach");
    window.click("Road closures");
    window.click("Close a road");
    let at = window.on_map(14.65, 63.225);
    window.click_map(at);
    assert_eq!(window.app().session.project().closures.len(), 1);
    let results = window.app().session.results.as_ref().unwrap();
    let summary = &results.kind(ServiceKind::Grocery).unwrap().summary;
    let without: f64 = summary.people_without_value.values().map(|people| people.value()).sum();
    assert!((without - 30.0).abs() < 1e-9, "the eastern cell is cut off");
    assert!(window.harness.query_by_label_contains("not connected to any service by road").is_some());
    assert!(window.harness.query_by_label_contains("cuts the network in 1 place").is_some());
    assert!(window.harness.query_by_label_contains("1 road closure").is_some(), "the status says so");
    window.click("Undo");
    assert!(window.app().session.project().closures.is_empty());
    assert!((window.farthest_km().unwrap() - open).abs() < 1e-9);
}

#[test]
fn an_area_is_drawn_by_its_corners_and_a_miss_is_told() {
    let mut window = Window::with_roads();
    window.click("Reach");
    window.click("Road closures");
    window.click("Close an area");
    for (lon, lat) in [(14.52, 63.17), (14.56, 63.17), (14.56, 63.19)] {
        let at = window.on_map(lon, lat);
        window.click_map(at);
    }
    assert!(window.app().session.project().closures.is_empty(), "not before it is ended");
    window.harness.key_press(egui::Key::Enter);
    window.settle();
    assert_eq!(window.app().session.project().closures.len(), 1);
    assert!(window.harness.query_by_label_contains("hits no road").is_some());
    window.harness.get_by_label("Holds: Road closure 1").click_accesskit();
    window.settle();
    assert!(!window.app().session.project().closures[0].is_active);
    window.harness.get_by_label("Remove Road closure 1").click_accesskit();
    window.settle();
    assert!(window.app().session.project().closures.is_empty());
}

const FORK: &str = r#"<osm version="0.6">
<node id="1" lat="63.20" lon="14.50"/><node id="2" lat="63.20" lon="14.58"/><node id="3" lat="63.20" lon="14.66"/>
<node id="4" lat="63.24" lon="14.58"/><node id="5" lat="63.26" lon="14.58"/><node id="6" lat="63.24" lon="14.60"/>
<way id="4"><nd ref="4"/><nd ref="5"/><tag k="highway" v="tertiary"/><tag k="name" v="Fjällvägen"/></way>
<way id="5"><nd ref="4"/><nd ref="6"/><tag k="highway" v="tertiary"/></way>
<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="secondary"/><tag k="name" v="Storvägen"/></way>
<way id="2"><nd ref="2"/><nd ref="3"/><tag k="highway" v="secondary"/><tag k="name" v="Storvägen"/></way>
<way id="3"><nd ref="2"/><nd ref="4"/><tag k="highway" v="tertiary"/><tag k="name" v="Norrvägen"/></way></osm>"#;

const FORK_PEOPLE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"beftotalt":40},"geometry":{"type":"Point","coordinates":[14.51,63.201]}},
{"type":"Feature","properties":{"beftotalt":60},"geometry":{"type":"Point","coordinates":[14.581,63.255]}}]}"#;

const FORK_STORE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Affären"},"geometry":{"type":"Point","coordinates":[14.65,63.2005]}}]}"#;

#[test]
fn a_cell_tells_its_way_and_a_store_how_far_its_roads_carry() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| write(&folder.path().join(name), text);
    let files = vec![
        file("befolkning.geojson", FORK_PEOPLE),
        file("livsmedel.geojson", FORK_STORE),
        file("vag.osm", FORK),
    ];
    let mut window = Window::open(files);
    let results = window.app().session.results.clone().unwrap();
    assert!(results.travel.road().is_some());
    let origin = results.situation.demand.origins[1];
    window.harness.state_mut().view.selection = Some(Selection::Cell(origin));
    window.settle();
    assert!(window.harness.query_by_label_contains("Norrvägen:").is_some());
    assert!(window.harness.query_by_label_contains("Storvägen:").is_some());

    let store = results.situation.services[0].site.clone();
    window.harness.state_mut().view.selection = Some(Selection::Site(store));
    window.settle();
    window.click("Reach along roads");
    assert!(window.harness.query_by_label_contains("Within 10 km: 100 people").is_some());
    assert!(window.harness.query_by_label_contains("Within 5 km: 0 people").is_some());

    window.click("Table: Critical roads");
    window.click("Find critical roads to grocery store");
    assert!(window.harness.query_all_by_label("Norrvägen").next().is_some());
}

impl Window {
    /// The demo in the step of comparing, with a table open.
    fn comparing(table: &str) -> Self {
        let mut window = Self::open(Vec::new());
        window.click("Compare");
        if table != "Flags" {
            window.click(&format!("Table: {table}"));
        }
        window
    }

    fn first_place(&self) -> String {
        let app = self.app();
        let results = app.session.results.as_ref().unwrap();
        let project = app.session.project();
        let ranking = results.rank(&project.ranking, &project.selected);
        results.candidates[ranking.places[0].candidate].name.clone()
    }
}

#[test]
fn comparing_begins_with_flags_and_selecting_a_row_selects_the_place() {
    let mut window = Window::comparing("Flags");
    assert!(window.harness.query_by_label_contains("have something to look out for").is_some());
    assert!(window.harness.query_by_label_contains("Limits of flags").is_some());
    // Places in place, paused or not possible are told, with their number.
    assert!(window.harness.query_by_label_contains("Leave out: SOT point in place already (3)").is_some());
    assert!(window.harness.query_by_label_contains("Leave out: paused or closed (2)").is_some());
    let results = window.app().session.results.clone().unwrap();
    let kall = results.candidates.iter().find(|candidate| candidate.name.contains("Kall")).unwrap();
    window.harness.state_mut().view.selection = Some(Selection::Site(kall.site.clone()));
    window.settle();
    assert!(window.harness.query_by_label_contains("Left out: SOT point in place already").is_some());
    window.harness.get_by_label("Leave out: SOT point in place already (3)").click_accesskit();
    window.settle();
    assert!(window.harness.query_by_label_contains("Left out:").is_none(), "released, it is ranked");
    window.click("Undo");
    assert!(window.harness.query_by_label_contains("Left out: SOT point in place already").is_some());
}

#[test]
fn a_dragged_weight_ranks_anew_in_the_next_frame_and_is_one_step() {
    let mut window = Window::comparing("Ranking");
    let before = window.first_place();
    assert!(window.harness.query_all_by_label(&format!("Rank 1: {before}")).next().is_some());
    assert!(window.harness.query_by_label_contains("of all weightings and among the first three").is_some());
    // All weight on the way to town: the farthest place comes first.
    for factor in sotplan::model::Factor::weighed() {
        let weight = if factor == sotplan::model::Factor::Town { 100.0 } else { 0.0 };
        let change = sotplan::app::ranking::RankingChange::Weight(factor, weight);
        window.harness.state_mut().session.edit(sotplan::app::command::Command::Rank(change), Some(u64::MAX));
    }
    window.harness.step();
    let after = window.first_place();
    assert_ne!(after, before);
    assert!(
        window.harness.query_all_by_label(&format!("Rank 1: {after}")).next().is_some(),
        "the very next frame shows the new order"
    );
    window.settle();
    window.click("Undo");
    assert_eq!(window.first_place(), before, "one gesture is one step");
    assert!(window.harness.query_all_by_label(&format!("Rank 1: {before}")).next().is_some());
}

#[test]
fn a_weight_slider_is_dragged_with_the_mouse() {
    use sotplan::model::{Factor, RankingModel};
    let mut window = Window::comparing("Ranking");
    let sliders: Vec<_> =
        window.harness.get_all_by_role(egui::accesskit::Role::Slider).map(|node| node.rect()).collect();
    let slider = sliders[0];
    let y = slider.center().y;
    let from = egui::pos2(slider.left() + slider.width() * 0.12, y);
    window.press(from, true);
    for part in [0.3, 0.5, 0.7, 0.9] {
        window.harness.event(egui::Event::PointerMoved(egui::pos2(slider.left() + slider.width() * part, y)));
        window.harness.step();
    }
    window.press(egui::pos2(slider.left() + slider.width() * 0.9, y), false);
    window.settle();
    let weight = window.app().session.project().ranking.setting(Factor::PeopleWithin).weight;
    assert!(weight > 60.0, "{weight}");
    window.click("Undo");
    assert_eq!(*window.app().session.project().ranking, RankingModel::default(), "a drag is one step");
}

#[test]
fn pairs_are_judged_and_become_weights() {
    use sotplan::model::Factor;
    let mut window = Window::comparing("Pairwise judgements");
    assert!(window.harness.query_by_label_contains("0 of 10 pairs are judged").is_some());
    window
        .harness
        .get_by_label("Equally important: People within the threshold against Distance to fuel")
        .click_accesskit();
    window.settle();
    assert!(window.harness.query_by_label_contains("1 of 10 pairs are judged").is_some());
    assert!(window.harness.query_by_label_contains("no chain of answers ties").is_some());
    for label in [
        "People within the threshold against People moved out of a SOT gap",
        "People within the threshold against Extra travel if the store closes",
        "People within the threshold against Way to town or hospital",
    ] {
        window.harness.get_by_label(&format!("Equally important: {label}")).click_accesskit();
        window.settle();
    }
    window.click("Use these weights");
    let shares = window.app().session.project().ranking.shares();
    assert_eq!(shares.len(), 5);
    assert!(shares.iter().all(|(_, share)| (share - 0.2).abs() < 1e-9), "{shares:?}");
    assert!(window.app().session.project().ranking.setting(Factor::Rescue).weight < 1e-9);
    window.click("Undo");
    assert_eq!(window.app().session.project().ranking.shares().len(), 15);
}

#[test]
fn a_factor_is_recorded_with_its_note_and_counts_at_once() {
    use sotplan::model::Factor;
    let mut window = Window::comparing("Flags");
    let results = window.app().session.results.clone().unwrap();
    let at = results.candidates.iter().position(|candidate| candidate.name.contains("Bydalen")).unwrap();
    let site = results.candidates[at].site.clone();
    let reading = |window: &Window| {
        window.app().session.results.as_ref().unwrap().readings[at][Factor::CivilSociety.index()]
    };
    assert!(reading(&window).is_err());
    window.harness.state_mut().view.selection = Some(Selection::Site(site.clone()));
    window.settle();
    window.harness.get_by_label("Edit Civil society").click_accesskit();
    window.settle();
    window.click("2 some");
    window.harness.state_mut().view.dialogs.fact.as_mut().unwrap().note = "byalag och skoterklubb".into();
    window.harness.run_steps(2);
    window.click("Save the fact");
    assert_eq!(reading(&window), Ok(2.0));
    assert!(window.harness.query_by_label_contains("byalag och skoterklubb").is_some());
    let path = window.file("jamfor.gpkg");
    window.harness.state_mut().session.save(path.clone());
    window.settle();
    let again = Window::open(vec![path]);
    let fact = &again.app().session.project().amendments[&site].facts["civil_society"];
    assert_eq!((fact.note.as_str(), fact.evidence.when.as_str()), ("byalag och skoterklubb", "2026-01-01"));
}

impl Window {
    /// The demo in the step of planning.
    fn planning() -> Self {
        let mut window = Self::open(Vec::new());
        window.click("Plan");
        window
    }

    fn answered(&self) -> &sotplan::app::work::planner::Answered {
        self.app().planner.answer.as_ref().unwrap()
    }

    fn shown(&self) -> Vec<(String, bool)> {
        let shown = self.app().planner.shown.as_ref().unwrap();
        shown.sites.iter().map(|site| (site.name.clone(), site.exists)).collect()
    }
}

#[test]
fn a_plan_is_found_proven_and_stands_on_the_map_with_its_places() {
    let mut window = Window::planning();
    assert!(window.harness.query_by_label_contains("Which 9 places").is_some());
    window.click("Find the best plan");
    assert!(window.harness.query_by_label_contains("person-km: proven").is_some());
    assert!(window.harness.query_by_label_contains("With these 9 places").is_some());
    let shown = window.shown();
    assert_eq!((shown.len(), shown.iter().filter(|(_, exists)| *exists).count()), (9, 3));
    assert!(window.harness.query_by_label("Chosen place: Kall").is_some());
    window.click("Table: Next best");
    window.click("Find the next best");
    let plans = window.answered().alternatives.as_ref().expect("found").plans.len();
    assert!(plans > 1, "{plans}");
    window.harness.get_by_label("Next best plan 2").click();
    window.settle();
    assert!(window.harness.query_by_label_contains("On the map: plan number 2").is_some());
    window.click("Table: One a year");
    window.click("Order: one a year");
    assert_eq!(window.answered().order.as_ref().map(Vec::len), Some(9));
}

#[test]
fn an_exchange_is_of_the_places_that_the_answer_knows() {
    use sotplan::app::command::Command;
    use sotplan::location::Role as PlanRole;
    let mut window = Window::planning();
    window.click("Find the best plan");
    window.click("Table: Next best");
    let posed = window.answered().solved.posed.clone();
    let best = window.answered().solved.answer.plan().unwrap().sites.clone();
    let free = |is_in: bool| {
        let places = (0u32..).zip(&posed.places);
        let fits = |(at, place): &(u32, &sotplan::app::siting::Place)| {
            place.role == PlanRole::Candidate && best.contains(at) == is_in
        };
        places.filter(fits).last().unwrap().0
    };
    let (wanted, given_up) = (free(false), free(true));
    // Without the stores the places of now are others, and numbered otherwise.
    let stores =
        window.app().session.project().layers.iter().find(|layer| {
            matches!(&layer.role, Role::Services(_)) && layer.name.to_lowercase().contains("livs")
        });
    let stores = stores.expect("the stores").id;
    window.harness.state_mut().session.edit(Command::RemoveLayer(stores), None);
    window.settle();
    let now = window.app().planner.preview.as_ref().unwrap().as_ref().unwrap().places.len();
    assert!(now < posed.places.len(), "{now}");
    for (label, site) in [("the place", wanted), ("instead of", given_up)] {
        window.harness.get_by_label(label).click_accesskit();
        window.harness.run_steps(3);
        window.harness.get_by_label(posed.place_name(site)).click_accesskit();
        window.harness.run_steps(3);
    }
    window.click("Work out");
    let found = window.answered().instead.as_ref().expect("worked out");
    assert_eq!((found.wanted, found.given_up), (wanted, given_up));
}

#[test]
fn a_plan_of_older_results_is_measured_with_those_of_now() {
    let mut window = Window::planning();
    window.click("Find the best plan");
    window.click("Table: Next best");
    window.click("Find the next best");
    let limit = |window: &Window| window.app().session.results.as_ref().unwrap().limit();
    let before = limit(&window);
    window.click("Reach");
    window.click("20 km");
    assert!(limit(&window) > before);
    window.click("Plan");
    let is_of_now = |window: &Window| {
        let (shown, now) = (&window.app().planner.shown, &window.app().session.results);
        std::sync::Arc::ptr_eq(&shown.as_ref().unwrap().results, now.as_ref().unwrap())
    };
    assert!(is_of_now(&window), "what was on the map");
    window.harness.get_by_label("Next best plan 2").click();
    window.settle();
    assert!(window.harness.query_by_label_contains("On the map: plan number 2").is_some());
    assert!(is_of_now(&window), "what is chosen now, of an answer of then");
}

#[test]
fn a_paused_place_is_released_by_hand_and_undo_takes_it_back() {
    let mut window = Window::planning();
    window.click("Change roles in the table");
    let by_hand = |window: &Window| window.app().planner.question.by_hand.len();
    window.click("Ottsjö: in every plan");
    assert_eq!(by_hand(&window), 1);
    assert!(window.harness.query_by_label("Why: Ottsjö").is_some());
    window.click("Find the best plan");
    let names: Vec<String> = window.shown().into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"Ottsjö".to_owned()), "{names:?}");
    assert!(!names.contains(&"Hallen".to_owned()), "in favour of Hallen: never both");
    window.click("Undo");
    assert_eq!(by_hand(&window), 0);
    assert!(window.harness.query_by_label_contains("compute anew").is_some(), "the answer is of before");
}

#[test]
fn an_impossible_question_says_why_by_name() {
    let mut window = Window::planning();
    window.click("Change roles in the table");
    window.click("Ottsjö: in every plan");
    window.click("Hallen: in every plan");
    window.click("Find the best plan");
    assert!(window.harness.query_by_label_contains("There is no such plan").is_some());
    let said = window.harness.query_by_label_contains("both Ottsjö and Hallen are in every plan");
    assert!(said.is_some(), "the reason names the places");
}

#[test]
fn a_search_that_is_stopped_keeps_the_best() {
    let mut window = Window::planning();
    window.harness.get_by_label("Find the best plan").click();
    for _ in 0..12_000 {
        window.harness.step();
        let planner = &window.app().planner;
        if planner.now().is_some_and(|now| now.plan.is_some()) || !planner.is_solving() {
            break;
        }
    }
    if let Some(stop) = window.harness.query_by_label("Stop, keep the best") {
        stop.click();
    }
    window.settle();
    let answer = window.app().planner.answer.as_ref().expect("kept");
    assert!(answer.solved.plan.is_some());
    // Never called proven unless the bound says so.
    let is_proven = answer.solved.answer.is_proven();
    assert_eq!(window.harness.query_by_label_contains("not proven").is_none(), is_proven);
    assert_eq!(window.shown().len(), 9);
}

#[test]
fn a_scenario_is_saved_undone_and_there_when_the_project_is_opened_again() {
    let mut window = Window::planning();
    window.click("Find the best plan");
    window.click("Save scenario");
    let count = |window: &Window| window.app().session.project().plans.scenarios.len();
    assert_eq!(count(&window), 1);
    assert!(window.harness.query_by_label("Scenario: Plan 1").is_some());
    window.click("Undo");
    assert_eq!(count(&window), 0);
    window.click("Redo");
    let saved = window.app().session.project().plans.clone();
    let path = window.file("planned.gpkg");
    window.harness.state_mut().session.save(path.clone());
    window.settle();
    window.harness.state_mut().session.open_project(path, false);
    window.settle();
    window.settle();
    assert_eq!(window.app().session.project().plans, saved);
    assert!(window.harness.query_by_label_contains("out of date").is_none());
    window.harness.get_by_label("Scenario: Plan 1").click();
    window.settle();
    assert_eq!(window.shown().len(), 9);
    window.click("Reach");
    window.click("20 km");
    window.click("Plan");
    assert!(window.harness.query_by_label_contains("out of date").is_some());
}

#[test]
fn the_places_of_a_plan_are_written_with_role_reason_and_proof() {
    let mut window = Window::planning();
    window.click("Find the best plan");
    let path = window.file("plan.geojson");
    let plan = window.app().planner.exported().expect("a plan");
    window.harness.state_mut().session.export_plan(path.clone(), std::sync::Arc::new(plan));
    window.settle();
    let text = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["proven"], true);
    assert_eq!(json["objective"], "p-median");
    assert_eq!(json["features"].as_array().map(Vec::len), Some(9));
    let kall =
        json["features"].as_array().unwrap().iter().find(|f| f["properties"]["name"] == "Kall").unwrap();
    assert_eq!(kall["properties"]["role"], "required");
    assert!(kall["properties"]["people_served"].as_f64().unwrap() > 0.0);
}

#[test]
fn curves_fill_in_and_a_point_shows_its_plan() {
    let mut window = Window::planning();
    window.harness.state_mut().view.drawer.is_open = true;
    window.click("Find the best plan");
    window.click("Table: Trade-off");
    window.harness.get_by_label("Compute the curves").click();
    for _ in 0..12_000 {
        window.harness.step();
        let points = window.answered().curves.read(|series| series.first().map_or(0, |s| s.points.len()));
        if points >= 2 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    if let Some(stop) = window.harness.query_by_label("Stop, keep what is there") {
        stop.click();
    }
    window.settle();
    let point = window.harness.get_all_by_label_contains("4 places: ").next().expect("a point");
    point.click_accesskit();
    window.harness.run_steps(3);
    window.settle();
    assert_eq!(window.shown().len(), 4);
}

#[test]
fn a_step_that_reaches_not_everybody_yet_is_told_and_not_saved() {
    use sotplan::app::siting::Amount;
    use sotplan::app::work::planner::{Ask, Pick};
    use sotplan::location::Objective;
    use sotplan::units::Measure;
    let mut window = Window::planning();
    let question = &mut window.harness.state_mut().planner.question;
    question.objective = Objective::Lscp;
    question.amount = Amount::AsNeeded;
    question.threshold = Some(Measure::Distance.from_units(40.0));
    for ask in [Ask::Solve, Ask::Order, Ask::Show(Pick::Steps(1))] {
        let wake: sotplan::app::jobs::Wake = std::sync::Arc::new(|| {});
        window.harness.state_mut().planner.ask(&wake, ask);
        window.settle();
    }
    assert!(window.harness.query_by_label("Save scenario").is_none());
    assert!(window.harness.query_by_label_contains("Not everybody is reached yet").is_some());
}
