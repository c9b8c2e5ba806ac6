//! Is a plan asked for, proven, stopped, saved and exported by clicks?

use egui_kittest::kittest::Queryable;
use sotplan::model::Role;

use crate::bench::Window;

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
    window.table("Chosen places");
    assert!(window.harness.query_by_label("Chosen place: Kall").is_some());
    window.table("Next best");
    window.click("Find the next best");
    let plans = window.answered().alternatives.as_ref().expect("found").plans.len();
    assert!(plans > 1, "{plans}");
    window.harness.get_by_label("Next best plan 2").click();
    window.settle();
    assert!(window.harness.query_by_label_contains("On the map: plan number 2").is_some());
    window.table("One per year");
    window.click("Order: one a year");
    assert_eq!(window.answered().order.as_ref().map(Vec::len), Some(9));
}

#[test]
fn an_exchange_is_of_the_places_that_the_answer_knows() {
    use sotplan::app::command::Command;
    use sotplan::location::Role as PlanRole;
    let mut window = Window::planning();
    window.click("Find the best plan");
    window.table("Next best");
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
    window.table("Next best");
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
    window.table("Scenarios");
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

/// The plan on the map, written to a file and read again.
fn written(window: &mut Window, path: std::path::PathBuf) -> serde_json::Value {
    let plan = window.app().planner.exported().unwrap();
    let form = sotplan::app::export::Form::default();
    window.harness.state_mut().session.export_plan(path.clone(), plan, form);
    window.settle();
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_saved_scenario_and_a_difference_are_written_and_compared() {
    let mut window = Window::planning();
    window.click("Find the best plan");
    window.click("Save scenario");
    let name = |row: &serde_json::Value| row["properties"]["name"].as_str().unwrap().to_owned();
    window.click("Places, of which locked: 3");
    window.harness.state_mut().session.edit(
        sotplan::app::command::Command::Plan(sotplan::app::siting::scenario::PlanChange::Ask(Box::new(
            sotplan::app::siting::Question {
                amount: sotplan::app::siting::Amount::Sites(5),
                ..sotplan::app::siting::Question::default()
            },
        ))),
        None,
    );
    window.settle();
    window.click("Find the best plan");
    window.click("Save scenario");
    window.table("Scenarios");
    window.click("Compare Plan 1");
    window.click("Compare Plan 2");
    window.harness.get_by_label("Scenario: Plan 1").click();
    window.settle();
    let path = window.file("saved.geojson");
    let one = written(&mut window, path);
    let all = window.app().session.results.as_ref().unwrap().situation.demand.people.iter();
    let all: f64 = all.map(|people| people.value()).sum();
    let rows = one["features"].as_array().unwrap();
    assert_eq!(rows.len(), 9);
    let served: f64 = rows.iter().map(|row| row["properties"]["people_nearest"].as_f64().unwrap()).sum();
    assert!((served - all).abs() < 1.0, "{served} {all}");
    assert_eq!((&one["plans"][0]["name"], &one["plans"][0]["is_current"]), (&"Plan 1".into(), &true.into()));
    window.click("Show the difference");
    let path = window.file("difference.geojson");
    let both = written(&mut window, path);
    let rows = both["features"].as_array().unwrap();
    let of = |plans: &str| rows.iter().filter(|row| row["properties"]["plans"] == plans).count();
    let (only_a, only_b, shared) = (of("Plan 1"), of("Plan 2"), of("Plan 1; Plan 2"));
    assert_eq!((only_a + shared, only_b + shared, rows.len()), (9, 5, only_a + only_b + shared));
    assert!(rows.iter().map(name).collect::<std::collections::BTreeSet<_>>().len() == rows.len());
    // Both lie side by side.
    window.click("Compare");
    window.table("Compare villages");
    assert!(window.harness.query_by_label_contains("2 villages and plans side by side").is_some());
    window.click("Show side by side");
    let made = std::sync::Arc::clone(window.app().beside.made().unwrap());
    assert_eq!(made.comparison.places.len(), 2);
    assert_eq!(made.surroundings[0].sites.len(), 9);
    assert!(window.harness.query_by_label_contains("Plan 1, Number of places: 9").is_some());
}

#[test]
fn a_budget_takes_a_flat_price_and_prices_by_hand() {
    let mut window = Window::planning();
    window.click("Budget");
    let question = |window: &Window| window.app().planner.question.clone();
    assert_eq!(question(&window).flat_price, Some(1e6));
    window.click("Find the best plan");
    // Five new places, beside those that exist.
    let shown = window.app().planner.shown.clone().unwrap();
    assert_eq!(shown.sites.iter().filter(|site| !site.exists).count(), 5);
    let first = shown.sites.iter().find(|site| !site.exists).unwrap().clone();
    window.table("Roles");
    window.harness.state_mut().view.plan.draft.filter.clone_from(&first.name);
    window.harness.run_steps(2);
    assert!(window.harness.query_by_label(&format!("Price: {}", first.name)).is_some());
    assert!(window.harness.query_by_label_contains(": take the price away").is_none());
    let place = window.app().planner.preview.as_ref().unwrap().as_ref().unwrap();
    let place = place.places.iter().find(|place| place.is(&first.site)).unwrap().clone();
    let priced = question(&window).priced(&place, Some(9e6));
    window.harness.state_mut().session.edit(
        sotplan::app::command::Command::Plan(sotplan::app::siting::scenario::PlanChange::Ask(Box::new(
            priced,
        ))),
        None,
    );
    window.settle();
    assert!(window.harness.query_by_label(&format!("{}: take the price away", first.name)).is_some());
    window.click("Find the best plan");
    assert!(window.shown().iter().all(|(name, _)| *name != first.name));
}

#[test]
fn the_places_of_a_plan_are_written_with_role_reason_and_proof() {
    let mut window = Window::planning();
    window.click("Find the best plan");
    let path = window.file("plan.geojson");
    let json = written(&mut window, path);
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
    window.harness.state_mut().view.sheet.set_open(sotplan::ui::state::StepId("plan"), true);
    window.click("Find the best plan");
    window.table("Trade-off");
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
