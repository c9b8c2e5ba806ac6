//! Is a crisis worked out by clicks: a ready scenario, the hours, what one more SOT point changes, the best places, undone?

use egui_kittest::kittest::Queryable;
use sotplan::app::command::Command;
use sotplan::app::outage::OutageChange;
use sotplan::lang::Lang;
use sotplan::model::outage::{Need, Part, Preset, Where};
use sotplan::outage::Case;
use sotplan::ui::state::{MapMode, Selection, StepId};

use crate::bench::Window;

impl Window {
    fn storm(&mut self) {
        self.click("Crisis");
        self.click("Ice storm, 72 hours");
        self.settle();
    }
}

#[test]
fn the_hours_of_a_storm_are_seen_and_what_one_more_sot_point_changes() {
    let mut window = Window::open(Vec::new());
    window.click("Crisis");
    assert!(window.harness.query_by_label_contains("What happens when the power goes?").is_some());
    window.storm();
    let shown = window.app().crisis.shown.clone().expect("a crisis");
    let food = shown.crisis.need(Need::ALL[0]).expect("food");
    let [at_first, _] = &food.hours.hours[0];
    let [later, _] = &food.hours.hours[72];
    assert!(at_first[0].supplied < later[0].supplied);
    assert!(
        window.harness.query_by_label_contains("Hour 0: 2\u{a0}028–112\u{a0}584 of 130\u{a0}810").is_some()
    );
    window.click("Go to hour 72");
    assert!(window.harness.query_by_label_contains("Hour 72: 112\u{a0}584 of 130\u{a0}810").is_some());
    window.click("Go to hour 24");
    window.click("The map shows what is At best");
    assert_eq!(window.app().view.crisis.case, Case::Best);

    // A store is given a SOT point: more people have food, and the panel says how many.
    let results = window.app().session.results.clone().expect("results");
    let strömsund = results.candidates.iter().find(|one| one.sot.is_none()).expect("a store").clone();
    window.harness.state_mut().view.selection = Some(Selection::Site(strömsund.site.clone()));
    window.harness.run_steps(4);
    window.click(&format!("SOT point in {}", strömsund.name));
    window.settle();
    let shown = window.app().crisis.shown.clone().expect("a crisis");
    let before = shown.before.as_ref().expect("without the change");
    let hours = |crisis: &sotplan::app::outage::Crisis| {
        crisis.need(Need::ALL[0]).expect("food").hours.people_hours(Case::Worst, 72)
    };
    assert!(hours(&shown.crisis) > hours(before));
    assert!(window.harness.query_all_by_label_contains("more people-hours").next().is_some());
    // And back.
    window.harness.state_mut().session.undo();
    window.settle();
    assert!(window.app().crisis.shown.as_ref().is_some_and(|shown| shown.before.is_none()));
}

#[test]
fn the_best_places_are_found_and_put_into_the_scenario() {
    let mut window = Window::open(Vec::new());
    window.storm();
    window.click("Find the best places…");
    window.click("Find the places");
    window.settle();
    let best = best_of(&window).expect("an answer");
    assert_eq!(best.chosen.len(), 3);
    assert!(window.harness.query_by_label_contains("proven").is_some());
    window.click("Put them into the scenario");
    let added = window.app().session.project().outages.scenarios[0].added.clone();
    assert_eq!(added.len(), 3);
    assert!(best.chosen.iter().all(|one| added.contains(&one.site)));
}

#[test]
fn a_part_of_the_chain_tells_what_hangs_on_it_and_is_changed() {
    let mut window = Window::open(Vec::new());
    window.storm();
    window.click("Go to hour 4");
    window.table("Event chain");
    let step = StepId::CRISIS;
    window.harness.state_mut().view.sheet.set_height(step, sotplan::ui::state::Height::Full);
    window.harness.run_steps(4);
    let label = {
        let shown = window.app().crisis.shown.clone().expect("a crisis");
        assert!(!shown.crisis.places.is_empty());
        "Tills:"
    };
    window.harness.get_by_label_contains(label).click();
    window.harness.run_steps(4);
    assert_eq!(window.app().view.crisis.part, Some(Part::Tills));
    window.click("Food: stops");
    window.click("Food: has no effect");
    let edits = window.app().session.project().outages.assumptions.edits.clone();
    assert!(edits.contains_key(&(Part::Tills, Part::Grocery)));
}

#[test]
fn scenarios_stand_side_by_side_and_a_click_shows_one() {
    let mut window = Window::open(Vec::new());
    window.storm();
    let week = Preset::Week168.scenario(7, Lang::En);
    let name = week.name.clone();
    window.harness.state_mut().session.edit(Command::Outage(OutageChange::Keep(Box::new(week))), None);
    window.table("Scenarios");
    window.settle();
    let app = window.app();
    let results = app.session.results.clone().expect("results");
    let sides = app.crisis.compared(&results, &app.session.project().outages).cloned().expect("both");
    assert_eq!(sides.len(), 2);
    window.click(&format!("Show the scenario {name}"));
    assert_eq!(window.app().view.crisis.chosen, Some(7));
    window.settle();
    // What stands there is what the scenario itself tells.
    let shown = window.app().crisis.shown.clone().expect("a crisis");
    let food = sides[1].need(Need::ALL[0]).expect("food");
    let told = shown.crisis.need(Need::ALL[0]).expect("food");
    let hours = shown.crisis.scenario.last_hour();
    for (case, supplied) in Case::BOTH.into_iter().zip(food.supplied) {
        assert!((supplied - told.hours.people_hours(case, hours)).abs() < 1e-6);
    }
}

#[test]
fn an_area_is_drawn_on_the_map_and_municipalities_are_ticked() {
    let mut window = Window::open(Vec::new());
    window.storm();
    let area = |window: &Window| window.app().session.project().outages.scenarios[0].areas[0].place.clone();
    window.click("Draw: The whole area");
    assert!(matches!(window.app().view.mode, MapMode::DrawOutage(1, 0)));
    let rect = window.app().view.map.rect;
    for [x, y] in [[0.4, 0.3], [0.6, 0.3], [0.6, 0.6]] {
        let at = rect.lerp_inside(egui::vec2(x, y));
        window.click_map(at);
        window.harness.run_steps(30);
    }
    window.harness.key_press(egui::Key::Enter);
    window.settle();
    assert!(matches!(area(&window), Where::Outlines(outlines) if outlines[0][0].len() == 3));
    window.click("Municipalities: The whole area");
    assert_eq!(area(&window), Where::Municipalities(Vec::new()));
}

/// The best places, where they are of the scenarios as they are now.
fn best_of(window: &Window) -> Option<std::sync::Arc<sotplan::app::outage::Best>> {
    let app = window.app();
    let results = app.session.results.as_ref()?;
    app.crisis.best(results, &app.session.project().outages).cloned()
}
