//! Are the figures of a serving state, over one binding and one network, those of computing all anew with the same
//! services closed?

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use sotplan::app::export::{Chosen, Stamp};
use sotplan::app::load::{self, Wanted};
use sotplan::app::results::Phases;
use sotplan::app::{Results, demo, outputs};
use sotplan::io::{LoadOptions, RoadOptions};
use sotplan::model::{Parameters, Project, ServiceKind, SiteId, TravelProfile};
use sotplan::progress::Unwatched;

/// Other services closed in each turn, from a few to nearly all.
fn closed(results: &Results, turn: u64) -> BTreeSet<SiteId> {
    let mut state = turn.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut draw = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state >> 11
    };
    let share = [3, 20, 50, 90, 99][usize::try_from(turn % 5).expect("small")];
    let services = results.situation.services.iter();
    services.filter(|_| draw() % 100 < share).map(|service| service.site.clone()).collect()
}

fn outputs_of(results: &Results) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    outputs::write_all(folder.path(), results, &Chosen::default(), &Stamp::default(), Phases::default())
        .expect("written");
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            // What a clock says stands last.
            let text = text.split("\"seconds\":").next().unwrap_or_default().to_owned();
            (name, text)
        })
        .collect();
    files.sort();
    files
}

fn check(project: &Project, turns: std::ops::Range<u64>) {
    let first = Results::compute(project, None, &Unwatched).expect("nobody cancels");
    let states = Arc::clone(first.states(&Unwatched).expect("nobody cancels"));
    let before: Vec<_> = first.kinds.iter().map(|kind| kind.coverage.clone()).collect();
    for turn in turns {
        let closed = closed(&first, turn);
        let project = Project { closed_services: Arc::new(closed.clone()), ..project.clone() };
        let anew = Results::compute(&project, None, &Unwatched).expect("nobody cancels");
        let state = states.serving(&closed);
        let coverages = states.coverages(&state, &before, &first.travel, &Unwatched).expect("nobody cancels");
        assert_eq!(coverages.len(), anew.kinds.len());
        for (coverage, kind) in coverages.iter().zip(&anew.kinds) {
            let what = format!("turn {turn}, {:?}, {} closed", coverage.kind, closed.len());
            assert_eq!(coverage.services, kind.coverage.services, "{what}");
            assert_eq!(coverage.nearest, kind.coverage.nearest, "{what}");
            assert_eq!(coverage.summary(&state.demand, first.limit()), kind.summary, "{what}");
        }
        // The same by way of the window: only who serves is another.
        let next = Results::compute(&project, Some(&first), &Unwatched).expect("nobody cancels");
        assert!(Arc::ptr_eq(next.situation.bound(), first.situation.bound()), "bound once");
        for ((name, fast), (_, slow)) in outputs_of(&next).into_iter().zip(outputs_of(&anew)) {
            assert!(fast == slow, "turn {turn}: {name} differs");
        }
    }
}

#[test]
fn serving_states_of_the_demo_are_those_of_computing_anew() {
    let project = demo::project(&Unwatched).expect("the demo");
    check(&project, 0..10);
    let parameters = Parameters { measure: sotplan::units::Measure::Time, ..project.parameters.clone() };
    check(&Project { parameters, ..project }, 10..15);
}

#[test]
fn serving_states_of_a_county_by_road_are_those_of_computing_anew() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/jamtland"));
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there; no county by road was tried", folder.display());
        return;
    }
    let names = ["befolkning_1km_2024_rutor.geojson", "livsmedelsbutiker.geojson", "drivmedel.geojson"];
    let wanted = names.map(|name| Wanted { path: folder.join(name), options: LoadOptions::default() });
    let layers = load::read_all(&wanted, &Unwatched).into_iter().map(|read| read.expect("a good file"));
    let project = load::with_layers(&Project::default(), layers.collect());
    let roads = folder.join("vagnat_syntetiskt.osm.pbf");
    let (roads, _) = load::read_roads(&roads, &RoadOptions::default(), &Unwatched).expect("roads");
    check(&load::with_roads(&project, vec![roads]), 0..5);
}

/// How long a rescue vehicle waits is part of what is measured, in a straight line too.
#[test]
fn another_turnout_is_measured_anew() {
    let project = demo::project(&Unwatched).expect("the demo");
    let parameters = Parameters { measure: sotplan::units::Measure::Time, ..project.parameters.clone() };
    let project = Project { parameters, ..project };
    let first = Results::compute(&project, None, &Unwatched).expect("nobody cancels");
    let profile = TravelProfile { turnout_min: [1.0, 30.0, 40.0], ..project.parameters.profile.clone() };
    let parameters = Parameters { profile, ..project.parameters.clone() };
    let project = Project { parameters, ..project };
    let next = Results::compute(&project, Some(&first), &Unwatched).expect("nobody cancels");
    let anew = Results::compute(&project, None, &Unwatched).expect("nobody cancels");
    let mean = |results: &Results| results.kind(ServiceKind::Rescue).expect("stations").summary.spread.mean;
    assert_eq!(mean(&next), mean(&anew));
    assert_ne!(mean(&next), mean(&first));
}
