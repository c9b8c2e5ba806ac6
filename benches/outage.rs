//! How long does a crisis take, its hours, and the best places in it?
//! `cargo bench --bench outage -- POPULATION GROCERY FUEL … --roads FILE`; without files, the demo in a straight line.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints, and stops at its first surprise"
)]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use sotplan::app::load::{self, Wanted};
use sotplan::app::outage::{BestAsked, Crisis, FuelPlan, OutageTables, Over, best, sensitivity};
use sotplan::app::work::crisis::{Computed, HourOf};
use sotplan::app::{Results, demo};
use sotplan::io::{LoadOptions, RoadOptions};
use sotplan::lang::Lang;
use sotplan::model::outage::{Need, OutageAssumptions, Preset};
use sotplan::model::{Project, ServiceKind};
use sotplan::outage::Case;
use sotplan::progress::Unwatched;
use sotplan::scene::Scene;
use sotplan::scene::crisis::HourDrawn;

/// The project of the files and roads that are named; the demo where none is.
fn project_said() -> Project {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let (mut files, mut roads) = (Vec::new(), Vec::new());
    while let Some(word) = words.next() {
        if word == "--roads" {
            roads.extend(words.next().map(PathBuf::from));
        } else {
            files.push(PathBuf::from(word));
        }
    }
    if files.is_empty() {
        return demo::project(&Unwatched).expect("the demo");
    }
    let wanted = |path| Wanted { path, options: LoadOptions::default() };
    let wanted: Vec<Wanted> = files.into_iter().map(wanted).collect();
    let layers = load::read_all(&wanted, &Unwatched).into_iter().map(|read| read.expect("a good file"));
    let project = load::with_layers(&Project::default(), layers.collect());
    let roads = roads
        .iter()
        .map(|path| load::read_roads(path, &RoadOptions::default(), &Unwatched).expect("roads").0);
    load::with_roads(&project, roads.collect())
}

fn main() {
    let results = Arc::new(Results::compute(&project_said(), None, &Unwatched).expect("nobody cancels"));
    println!("{} cells, {} services", results.situation.demand.len(), results.situation.services.len());
    let assumed = OutageAssumptions::default();
    let scenario = |preset: Preset| preset.scenario(1, Lang::En);
    let ice = scenario(Preset::Ice72);
    // The first time of a scenario: every way is searched.
    let first = |preset: Preset| {
        let tables = Arc::new(OutageTables::new(&results));
        let started = Instant::now();
        let crisis = Crisis::compute(&tables, &scenario(preset), &assumed, &Unwatched).expect("fits");
        (crisis, ms(started))
    };
    let (crisis, _) = first(Preset::Ice72);
    println!("{} needs, {} groups, {} places", crisis.needs.len(), crisis.groups.len(), crisis.places.len());
    println!("hours 0 to 168, the first time: {:.1} ms", median(|| first(Preset::Ice72).1));
    let tables = Arc::clone(&crisis.tables);
    let again = |hours: f64| {
        let mut longer = ice.clone();
        longer.areas[0].hours = hours;
        let started = Instant::now();
        Crisis::compute(&tables, &longer, &assumed, &Unwatched).expect("fits");
        ms(started)
    };
    let mut hours = 72.0;
    let other = median(|| {
        hours += 1.0;
        again(hours)
    });
    println!("another duration: {other:.1} ms");
    hour(&results, crisis);
    let crises: Vec<Crisis> = Preset::ALL.iter().map(|preset| first(*preset).0).collect();
    let crises: Vec<&Crisis> = crises.iter().collect();
    for over in [Over::Expected, Over::Worst] {
        let asked = BestAsked { count: 9, over, ..BestAsked::default() };
        let found = best(&crises, &asked, &Unwatched).expect("ways").expect("an answer");
        println!(
            "9 places over 3 scenarios, {over:?}: {:.2} s, {}, value {:.0}, bound {:.0}",
            found.seconds,
            sotplan::lang::Said::said(&found.proof, Lang::En),
            found.value,
            found.bound
        );
    }
    let started = Instant::now();
    let found = sensitivity(&tables, &ice, &assumed, &Unwatched).expect("ways");
    println!("what it hangs on, {} things: {:.0} ms", found.len(), ms(started));
}

/// What a slider does at each hour.
fn hour(results: &Arc<Results>, crisis: Crisis) {
    let started = Instant::now();
    FuelPlan::at(&crisis, 24, &Unwatched).expect("ways");
    println!("the fuel plan of an hour: {:.1} ms", ms(started));
    let scene = Scene::new(results, None);
    let of = Arc::new(Computed::new(crisis, None));
    let mut at = 0;
    let drawn = median(|| {
        at += 7;
        let started = Instant::now();
        let at = HourOf { need: Need::Kind(ServiceKind::Grocery), hour: at % 169, case: Case::Worst };
        HourDrawn::new(&of, at, &scene).expect("of these results");
        ms(started)
    });
    println!("another hour on the map: {drawn:.2} ms");
}

/// Of 25 turns.
fn median(mut turn: impl FnMut() -> f64) -> f64 {
    let mut times: Vec<f64> = (0..25).map(|_| turn()).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
