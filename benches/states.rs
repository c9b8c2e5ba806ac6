//! How long do serving states take over one binding and one network: a week of hours, each with other services closed?
//! `cargo bench --bench states -- POPULATION GROCERY FUEL … --roads FILE`; without files, the demo in a straight line.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints, and stops at its first surprise"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;
use sotplan::app::load::{self, Wanted};
use sotplan::app::{Results, demo};
use sotplan::io::{LoadOptions, RoadOptions};
use sotplan::model::{Project, Service, SiteId};
use sotplan::progress::Unwatched;
use sotplan::units::People;

/// The hours of a week.
const STATES: usize = 168;

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
    let project = if files.is_empty() {
        demo::project(&Unwatched).expect("the demo")
    } else {
        let wanted = |path| Wanted { path, options: LoadOptions::default() };
        let wanted: Vec<Wanted> = files.into_iter().map(wanted).collect();
        let layers = load::read_all(&wanted, &Unwatched).into_iter().map(|read| read.expect("a good file"));
        load::with_layers(&Project::default(), layers.collect())
    };
    let roads = roads
        .iter()
        .map(|path| load::read_roads(path, &RoadOptions::default(), &Unwatched).expect("roads").0);
    load::with_roads(&project, roads.collect())
}

/// By hour: the services that are closed, a third of all, other ones each hour.
fn closed_by_hour(services: &[Service]) -> Vec<BTreeSet<SiteId>> {
    (0..STATES)
        .map(|hour| {
            let is_closed = |at: &usize| (at * 7 + hour * 13).is_multiple_of(3);
            (0..services.len()).filter(is_closed).map(|at| services[at].site.clone()).collect()
        })
        .collect()
}

fn main() {
    let project = project_said();
    let results = Results::compute(&project, None, &Unwatched).expect("nobody cancels");
    let services = &results.situation.services;
    println!("{} cells, {} services", results.situation.demand.len(), services.len());
    let started = Instant::now();
    let states = results.states(&Unwatched).expect("nobody cancels");
    println!("the nearest few of every cell, once: {:.1} ms", ms(started));
    let before: Vec<_> = results.kinds.iter().map(|kind| kind.coverage.clone()).collect();
    let closed = closed_by_hour(services);
    let within = |closed: &BTreeSet<SiteId>| -> People {
        let state = states.serving(closed);
        let coverages =
            states.coverages(&state, &before, &results.travel, &Unwatched).expect("nobody cancels");
        let people = coverages.iter().map(|of| of.summary(&state.demand, results.limit()).people_within);
        people.sum()
    };
    let mut times: Vec<f64> = (0..9)
        .map(|_| {
            let started = Instant::now();
            let people: Vec<People> = closed.par_iter().map(within).collect();
            assert_eq!(people.len(), STATES);
            ms(started)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{STATES} states, a third of the services closed: {:.1} ms", times[times.len() / 2]);
    let one: Vec<BTreeSet<SiteId>> = services.iter().map(|service| [service.site.clone()].into()).collect();
    let started = Instant::now();
    for closed in &one {
        within(closed);
    }
    #[expect(clippy::cast_precision_loss, reason = "a few hundred services")]
    let each = ms(started) / one.len() as f64;
    println!("one closed service: {each:.2} ms");
    let anew = |closed: &BTreeSet<SiteId>| {
        let project = Project { closed_services: Arc::new(closed.clone()), ..project.clone() };
        Results::compute(&project, None, &Unwatched).expect("nobody cancels");
    };
    let started = Instant::now();
    closed.iter().take(3).for_each(anew);
    println!("one state, everything computed anew: {:.1} ms", ms(started) / 3.0);
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
