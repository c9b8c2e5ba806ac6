//! Is a municipality chosen from table, search, map and follow-up, and does it stand beside its county as printed and as
//! the data have it?

use egui::PointerButton;
use egui_kittest::kittest::Queryable;
use sotplan::ui::state::{AreasShown, FollowTab, Selection, StepId};

use crate::bench::Window;

impl Window {
    fn says(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    /// Is the sheet of this municipality shown, with its people?
    fn shows_sheet(&self, name: &str, people: &str) -> bool {
        self.app().view.area.as_deref() == Some(name)
            && self.says(&format!("People, People in the data: {name} {people}, Jämtlands län 130\u{a0}810"))
    }
}

#[test]
fn the_county_table_and_a_municipality_stand_in_the_table_of_municipalities() {
    let mut window = Window::open(Vec::new());
    window.table("Municipalities");
    window.click("Municipalities: County table");
    assert!(window.says("Printed: population Statistics Sweden, stores Pipos, 2023-02-22"));
    assert!(window.says("it is not land area"));
    assert!(
        window.says(
            "Printed people: the printed municipalities give 130\u{a0}810, probably of different dates"
        )
    );
    window.click("Copy as table");
    assert!(window.messages().iter().any(|said| said.contains("13")), "{:?}", window.messages());
    window.click("Municipalities: Municipality sheet");
    assert!(window.says("Choose a municipality"));
    window.click("Show the sheet of Krokom");
    assert!(window.shows_sheet("Krokom", "14\u{a0}966"));
    assert!(window.says("8 of 8 municipalities in the data"));
    assert!(window.says("SOT places, number, SOT places: Krokom 2, Jämtlands län 9, 22.2\u{a0}%"));
    window.click("Copy as table");
    // A place, a ranked store and a gap of the lists are chosen by a click.
    window.click("Open Valsjöbyn");
    assert!(matches!(window.app().view.selection, Some(Selection::Site(_))));
    let gap = window.harness.query_all_by_label_contains("Gap ").next().is_some();
    assert!(gap, "Krokom has gaps");
    // Another municipality takes its place.
    window.click("My municipality: Krokom");
    window.click("Ragunda");
    assert!(window.shows_sheet("Ragunda", "5\u{a0}284"));
}

#[test]
fn the_sheet_is_reached_from_search_inspector_map_and_follow_up() {
    let mut window = Window::open(Vec::new());
    window.harness.state_mut().view.dialogs.search = Some("bräck".into());
    window.settle();
    window.click("Municipality sheet: Bräcke");
    assert!(window.shows_sheet("Bräcke", "6\u{a0}298") && window.app().view.dialogs.search.is_none());

    let view = &mut window.harness.state_mut().view;
    view.sheet.set_open(StepId::REACH, false);
    view.area = None;
    let results = window.app().session.results.clone().unwrap();
    let berg = results.situation.areas.iter().find(|area| area.name == "Berg").unwrap();
    let selection = Selection::Area(berg.layer, berg.feature_ix);
    window.harness.state_mut().view.selection = Some(selection);
    window.settle();
    window.click("Show the municipality sheet");
    assert!(window.shows_sheet("Berg", "7\u{a0}061"));

    let view = &mut window.harness.state_mut().view;
    view.sheet.set_open(StepId::REACH, false);
    view.area = None;
    window.settle();
    // A place of the map in Strömsund.
    let at = window.on_map(15.4, 64.0);
    window.harness.event(egui::Event::PointerMoved(at));
    window.harness.step();
    for pressed in [true, false] {
        let button = PointerButton::Secondary;
        let modifiers = egui::Modifiers::NONE;
        window.harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        window.harness.step();
    }
    window.harness.run_steps(3);
    window.click("Show the sheet of Strömsund");
    assert!(window.shows_sheet("Strömsund", "11\u{a0}605"));

    let view = &mut window.harness.state_mut().view;
    (view.step, view.tables.areas) = (StepId::FOLLOW, AreasShown::Reach);
    view.area = Some("Åre".into());
    window.settle();
    window.click("The sheet of Åre");
    assert_eq!(window.app().view.step, StepId::FOLLOW, "one stays where one follows up");
    assert_eq!(window.app().view.follow.tab, FollowTab::Municipality);
    assert!(window.shows_sheet("Åre", "11\u{a0}727"));
    // What is written down shows at once.
    assert!(window.says("Follow-up, number of places, Places that are followed: Åre 4, Jämtlands län 9"));
}
