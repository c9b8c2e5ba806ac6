//! Do road files, minutes, closures and ways work by clicks?

use egui_kittest::kittest::Queryable;
use sotplan::model::ServiceKind;
use sotplan::ui::state::Selection;

use crate::bench::{Window, write};

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

    window.table("Critical roads");
    window.click("Find critical roads to grocery store");
    assert!(window.harness.query_all_by_label("Norrvägen").next().is_some());
}
