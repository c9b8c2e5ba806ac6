//! Does the map answer the mouse: trial points, the choice of a place, facts, zoom?

use egui::{Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use sotplan::model::SiteId;
use sotplan::ui::state::Selection;

use crate::bench::Window;

#[test]
fn a_trial_point_is_placed_dragged_live_and_undone_in_one_step() {
    let mut window = Window::open(Vec::new());
    window.click("Places");
    window.click("Place test site");
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
    window.table("Places");
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

/// The people, their areas and the services near them on the screen.
fn shown(window: &Window) -> egui::Rect {
    let app = window.app();
    let scene = sotplan::scene::Scene::new(app.session.results.as_ref().unwrap(), None);
    let (min, max) = scene.bounds.unwrap();
    let corner = |[x, y]: [f64; 2]| {
        let place = sotplan::scene::lon_lat_of([x, y]);
        window.on_map(place.lon, place.lat)
    };
    egui::Rect::from_two_pos(corner(min), corner(max))
}

/// The legend on the screen.
fn legend(window: &Window) -> egui::Rect {
    let map = &window.app().view.map;
    map.legend.unwrap().translate(map.rect.left_bottom().to_vec2())
}

#[test]
fn until_it_is_moved_the_map_shows_everything_clear_of_the_legend() {
    let mut window = Window::open(Vec::new());
    for size in [[1280.0, 800.0], [1920.0, 1080.0], [1280.0, 720.0]] {
        window.harness.set_size(size.into());
        window.harness.run_steps(6);
        window.settle();
        let (map, shown, legend) = (window.app().view.map.rect, shown(&window), legend(&window));
        assert!(map.contains_rect(shown) && !shown.intersects(legend), "{size:?}: {shown:?}, {legend:?}");
        let beside = egui::Rect::from_min_max(egui::pos2(legend.right(), map.top()), map.max);
        let above = egui::Rect::from_min_max(map.min, egui::pos2(map.right(), legend.top()));
        let fills = |free: egui::Rect| (shown.width() / free.width()).max(shown.height() / free.height());
        assert!(fills(beside) > 0.8 || fills(above) > 0.8, "{size:?}: {shown:?} in {map:?}");
    }
    // Moved once, it stays where it is.
    let at = window.map_middle();
    window.press(at, true);
    window.harness.event(egui::Event::PointerMoved(at + vec2(60.0, 0.0)));
    window.harness.step();
    window.press(at + vec2(60.0, 0.0), false);
    window.settle();
    let zoom = window.app().view.map.memory.zoom();
    window.harness.set_size([1920.0, 1080.0].into());
    window.harness.run_steps(6);
    assert!((window.app().view.map.memory.zoom() - zoom).abs() < 1e-9);
}
