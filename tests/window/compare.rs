//! Is comparing places by clicks right: flags, weights, pairs, factors?

use egui_kittest::kittest::Queryable;
use sotplan::lang::{Lang, Said};
use sotplan::ui::state::Selection;

use crate::bench::Window;

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
    assert!(window.harness.query_by_label_contains("Flag limits").is_some());
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

#[test]
fn three_villages_are_chosen_by_search_table_and_inspector_and_read_side_by_side() {
    let mut window = Window::comparing("Compare villages");
    assert!(window.harness.query_by_label_contains("No villages are chosen").is_some());
    // From the search of the panel.
    window.harness.state_mut().view.compare.wanted = "Valsj".into();
    window.harness.run_steps(2);
    window.click("Compare Valsjöbyn (Krokom)");
    // From the inspector.
    let results = window.app().session.results.clone().unwrap();
    let site = |name: &str| sotplan::app::comparing::find(name, &results, &[]).unwrap();
    let (first, second, third) = (site("Valsjöbyn"), site("Rötviken"), site("Föllinge"));
    assert_eq!(window.app().session.project().compared.places, std::slice::from_ref(&first));
    window.harness.state_mut().view.selection = Some(Selection::Site(second.clone()));
    window.settle();
    window.click("Compare with other villages");
    // From the table of places.
    let name = results.candidates.iter().find(|one| one.site == third).unwrap().name.clone();
    window.harness.state_mut().view.selection = None;
    window.click("Places");
    window.harness.state_mut().view.places.filter = "Föllinge".into();
    window.table("Places");
    window.click(&format!("Compare {name}"));
    assert_eq!(window.app().session.project().compared.places, [first.clone(), second.clone(), third]);
    // The sheet.
    window.click("Compare");
    window.click("Show side by side");
    window.click("Differences to Rötviken");
    assert_eq!(window.app().session.project().compared.reference, Some(second.into()));
    let made = std::sync::Arc::clone(window.app().beside.made().unwrap());
    for row in made.comparison.rows.iter().filter(|row| row.same_as.is_none()) {
        for (at, (place, cell)) in made.comparison.places.iter().zip(&row.cells).enumerate() {
            let said = cell.said(row.unit, Lang::En);
            let word = if row.best.contains(&at) {
                row.better.best(Lang::En)
            } else if row.worst.contains(&at) {
                row.better.worst(Lang::En)
            } else {
                ""
            };
            let start = format!("{}, {}: {said}", place.label, row.name.said(Lang::En));
            let start = if word.is_empty() { start } else { format!("{start}, {word}") };
            assert!(window.harness.query_all_by_label_contains(&start).next().is_some(), "{start}");
        }
    }
    assert!(window.harness.query_all_by_label_contains("unknown: ").next().is_some());
    window.click("Undo");
    assert_eq!(window.app().session.project().compared.reference, None);
    window.click("Do not compare Valsjöbyn");
    assert_eq!(window.app().session.project().compared.places.len(), 2);
    window.click("Undo");
    assert_eq!(window.app().session.project().compared.places.first(), Some(&first));
    window.click("Copy as table");
    assert!(window.messages().iter().any(|message| message.contains("rows")), "{:?}", window.messages());
}

#[test]
fn the_menu_of_the_map_lays_a_place_beside_others() {
    let mut window = Window::comparing("Compare villages");
    let results = window.app().session.results.clone().unwrap();
    let kall = sotplan::app::comparing::find("Kall", &results, &[]).unwrap();
    let place = results.candidates.iter().find(|one| one.site == kall).unwrap().place;
    window.harness.state_mut().view.sheet.set_open(sotplan::ui::state::StepId("compare"), false);
    window.harness.state_mut().view.map.goal = Some(sotplan::ui::state::Goal::at(place, Some(12.0)));
    window.settle();
    let at = window.on_map(place.lon, place.lat);
    window.harness.event(egui::Event::PointerMoved(at));
    window.harness.step();
    for pressed in [true, false] {
        window.harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
        window.harness.step();
    }
    window.harness.run_steps(3);
    window.click("Compare Kall");
    assert_eq!(window.app().session.project().compared.places, [kall]);
}
