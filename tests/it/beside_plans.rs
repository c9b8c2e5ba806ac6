//! Do saved plans lie beside places as they should? A plan of one place is that place; of several, what a search of every
//! cell by hand finds. Gone places are named, dropped plans leave the comparison, files and command line know plans.

use std::sync::Arc;

use serde_json::json;
use sotplan::app::command::Command;
use sotplan::app::comparing::{self, Asked, Comparison, Value};
use sotplan::app::siting::scenario::PlanChange;
use sotplan::app::{Results, demo, export};
use sotplan::model::travel::{Pairs, TravelModel as _};
use sotplan::model::{Compared, PlanBook, PlanFigures, PlanProof, PlanSite, Project, Scenario, Side, SiteId};
use sotplan::progress::Unwatched;
use sotplan::units::{People, TOLERANCE};

use crate::board::compute;
use crate::edges::bench::Bench;

fn plan(id: u32, name: &str, sites: &[(SiteId, &str)]) -> Scenario {
    let sites = sites.iter().map(|(site, name)| PlanSite { site: site.clone(), name: (*name).into() });
    Scenario {
        id,
        name: name.into(),
        date: "2026-01-01".into(),
        question: json!(null),
        objective: "p-median".into(),
        sites: sites.collect(),
        value: 1.0,
        bound: None,
        proof: PlanProof::Proven,
        seconds: 0.0,
        seed: 1,
        method: "line".into(),
        figures: PlanFigures {
            unit: "km".into(),
            threshold: 20.0,
            people: 1.0,
            people_within: 1.0,
            people_without_way: 0.0,
            mean: None,
            worst: None,
            money: None,
        },
        inputs: "older".into(),
    }
}

/// The example with a plan of one place, one of three, and one that has lost two of its three.
fn example() -> (Project, Results, Vec<SiteId>) {
    let mut project = demo::project(&Unwatched).expect("the demo");
    let results = compute(&project);
    let site = |name: &str| comparing::find(name, &results, &[]).expect("a place");
    let sites = ["Valsjöbyn", "Rötviken", "Föllinge"].map(site).to_vec();
    let gone = SiteId::Added(77);
    let scenarios = vec![
        plan(1, "En", &[(sites[0].clone(), "Valsjöbyn")]),
        plan(2, "Tre", &[(sites[0].clone(), "A"), (sites[1].clone(), "B"), (sites[2].clone(), "C")]),
        plan(4, "Rest", &[(sites[1].clone(), "Rötviken"), (gone.clone(), "Borta"), (gone, "Väck")]),
    ];
    project.plans = Arc::new(PlanBook { scenarios, ..PlanBook::default() });
    (project, results, sites)
}

fn compared(project: &Project, results: &Results, compared: Compared) -> Comparison {
    let asked = Asked { compared: Arc::new(compared), ..Asked::of(project) };
    let ranked = export::Comparison::new(results, &asked.model, &asked.selected);
    comparing::compare(results, &asked, &ranked, &Unwatched).expect("nobody cancels")
}

fn number(comparison: &Comparison, id: &str, at: usize) -> f64 {
    let row = comparison.row(id).unwrap_or_else(|| panic!("no row {id}"));
    match row.cells[at].value {
        Value::Number(value) => value,
        ref other => panic!("{id} is {other:?}"),
    }
}

#[test]
fn a_plan_of_one_place_is_that_place() {
    let (project, results, sites) = example();
    let both = Compared { places: vec![sites[0].clone()], plans: vec![1], reference: Some(Side::Plan(1)) };
    let found = compared(&project, &results, both);
    assert_eq!(found.reference, Some(1));
    for row in found.rows.iter().filter(|row| row.id.starts_with("people.")) {
        assert_eq!(row.cells[0].value, row.cells[1].value, "{}", row.id);
    }
    assert_eq!(found.curves[0], found.curves[1]);
    assert_eq!(found.catchments[0], found.catchments[1]);
    // The reference is a plan: the place differs from it by nothing.
    assert_eq!(found.row("people.threshold").expect("a row").differences, [Some(0.0), Some(0.0)]);
}

#[test]
fn a_plan_of_three_is_what_a_search_of_every_cell_finds() {
    let (project, results, sites) = example();
    let found =
        compared(&project, &results, Compared { places: sites.clone(), plans: vec![2], reference: None });
    let demand = &results.situation.demand;
    let points: Vec<_> = sites
        .iter()
        .map(|site| results.candidates.iter().find(|one| one.site == *site).expect("a candidate").point)
        .collect();
    let rows = results.travel.rows(Pairs::visitors(&demand.points, &points), None, &Unwatched).expect("ways");
    let mut nearest = vec![f64::INFINITY; demand.len()];
    for site in 0..points.len() {
        for reach in rows.row(site) {
            let cost = reach.trip.cost(results.measure()).expect("a length").value();
            let known = &mut nearest[reach.demand as usize];
            *known = known.min(cost);
        }
    }
    let within = |limit: f64| -> f64 {
        let cells = nearest.iter().zip(&demand.people).filter(|(cost, _)| **cost <= limit + TOLERANCE);
        cells.map(|(_, people)| people.value()).sum()
    };
    let limit = results.limit().value();
    assert!((number(&found, "people.threshold", 3) - within(limit)).abs() < 0.5);
    let [near, far] =
        results.project.parameters.radii(results.measure()).map(|radius| within(radius.value()));
    assert!((number(&found, "people.radius_1", 3) - near).abs() < 0.5);
    assert!((number(&found, "people.radius_2", 3) - far).abs() < 0.5);
    // The three overlap or not: never more than their sum, never fewer than the largest.
    let alone: Vec<f64> = (0..3).map(|at| number(&found, "people.radius_2", at)).collect();
    assert!(far <= alone.iter().sum::<f64>() + 0.5 && far + 0.5 >= alone.iter().copied().fold(0.0, f64::max));
    let (mut sum, mut all, mut worst) = (0.0, 0.0, 0.0_f64);
    for (cost, people) in nearest.iter().zip(&demand.people).filter(|(_, people)| **people > People::ZERO) {
        (sum, all) = (sum + cost * people.value(), all + people.value());
        worst = worst.max(*cost);
    }
    assert!((number(&found, "plan.mean", 3) * 1000.0 - sum / all).abs() < 1.0);
    assert!((number(&found, "plan.worst", 3) * 1000.0 - worst).abs() < 1.0);
    assert!((number(&found, "plan.places", 3) - 3.0).abs() < f64::EPSILON);
    // A row about one place says nothing of a plan, and nothing about plans is said of a place.
    for (id, at) in [("service.fuel", 3), ("closure.left_without", 3), ("rank.score", 3), ("plan.mean", 0)] {
        let row = found.row(id).expect("a row");
        assert!(matches!(row.cells[at].value, Value::DoesNotApply { .. }), "{id}");
        assert!(!row.best.contains(&at) && !row.worst.contains(&at), "{id}");
    }
}

#[test]
fn what_a_plan_has_lost_is_named_and_a_plan_that_lost_all_is_gone() {
    let (mut project, results, sites) = example();
    let plans = Arc::make_mut(&mut project.plans);
    plans.scenarios.push(plan(5, "Tom", &[(SiteId::Added(78), "Borta")]));
    let chosen = Compared { places: vec![sites[0].clone()], plans: vec![4, 5, 6], reference: None };
    let found = compared(&project, &results, chosen);
    assert_eq!(found.places.len(), 2);
    assert_eq!(found.gone, [Side::Plan(5), Side::Plan(6)]);
    let cell = &found.row("plan.places").expect("a row").cells[1];
    assert_eq!(cell.value, Value::Number(1.0));
    let why = sotplan::lang::Said::said(&cell.why, sotplan::lang::Lang::Sv);
    assert_eq!(why, "Rötviken; finns inte längre och räknas inte: Borta, Väck");
    // It was saved on other inputs.
    let saved = &found.row("plan.saved").expect("a row").cells[1];
    assert!(saved.more.contains(&("is_current", false.into())));
}

#[test]
fn a_plan_that_is_dropped_leaves_the_comparison_and_comes_back_with_undo() {
    let (mut project, _, sites) = example();
    let chosen = Compared::default().with(sites[0].clone()).with(Side::Plan(2)).with(sites[1].clone());
    assert_eq!(chosen.sides().last(), Some(Side::Plan(2)));
    project.compared = Arc::new(Compared { reference: Some(Side::Plan(2)), ..chosen });
    let mut history = sotplan::app::history::History::default();
    let next = history.edit(&project, Command::Plan(PlanChange::Drop(2)), None);
    assert_eq!(*next.compared, Compared { places: sites[..2].to_vec(), ..Compared::default() });
    assert_eq!(history.undo(&next).expect("a step").compared, project.compared);
}

#[test]
fn the_command_line_compares_plans_of_a_project() {
    let bench = Bench::new();
    let (project, ..) = example();
    sotplan::io::project_file::save(&bench.path("p.gpkg"), &project).expect("saved");
    let run = bench.run(
        "compare --project p.gpkg --places Föllinge --plans tre,plan:4 --reference Tre --out out --json",
    );
    assert!(run.is_success, "{}", run.err);
    let file = bench.json("out/comparison.json");
    let kinds: Vec<_> =
        file["places"].as_array().expect("places").iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["store", "plan", "plan"]);
    assert_eq!(file["reference"], "plan:2");
    assert_eq!(file["places"][1]["lon_lat"].as_array().expect("places").len(), 3);
    // Every place of the plans once, though two of them are in two plans.
    let layer = bench.json("out/comparison.geojson");
    assert_eq!(layer["features"].as_array().expect("features").len(), 3);
    let run = bench.run("compare --project p.gpkg --plans Fyra,Tre --out out");
    assert!(
        run.err.contains("no saved plan is called “Fyra”. The project has: En, Tre, Rest"),
        "{}",
        run.err
    );
    let run = bench.run("compare --demo --plans En,Tre --out out");
    assert!(run.err.contains("the project has no saved plans"), "{}", run.err);
}
