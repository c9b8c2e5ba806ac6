//! How long does it take until one closure has changed coverage, gaps and candidates of a county?

use std::path::Path;
use std::sync::Arc;

use sotplan::app::Results;
use sotplan::app::command::Command;
use sotplan::app::load::{self, Wanted};
use sotplan::geometry::LonLat;
use sotplan::io::{LoadOptions, RoadOptions};
use sotplan::model::{
    ClosureEffect, ClosureShape, KindRule, MadeOn, Project, RoadClosure, Role, ServiceKind, TrialId,
    TrialPoint,
};
use sotplan::progress::Unwatched;

use super::{Figures, best};

/// Cells, stores and fuel stations on roads, all figures of the project computed once.
pub fn measure(roads: &Path, cells: &Path, grocery: &Path, fuel: &Path) -> Figures {
    let mut out = Figures::new();
    let project = project(roads, cells, grocery, fuel);
    let (first, results) = best(1, || Results::compute(&project, None, &Unwatched).expect("figures"));
    out.insert("first", first);
    let update = |command: &Command| {
        let next = command.apply(&project);
        let (seconds, _) = best(9, || Results::compute(&next, Some(&results), &Unwatched).expect("figures"));
        seconds
    };
    // A road between people and their store: the first leg of the cell farthest away.
    let cell = results.situation.demand.places[results.situation.demand.len() / 2];
    let closure = RoadClosure {
        id: 1,
        name: "bench".into(),
        reason: String::new(),
        shape: ClosureShape::Point(nearest_road(&results, cell)),
        effect: ClosureEffect::Closed,
        is_active: true,
        made_on: MadeOn::Unsaid,
    };
    out.insert("close_a_road", update(&Command::AddClosure(closure)));
    let store =
        results.situation.services[results.situation.of_kind(ServiceKind::Grocery)[0].at()].site.clone();
    out.insert("close_a_store", update(&Command::CloseService { site: store, is_closed: true }));
    let trial = TrialPoint { id: TrialId(1), name: String::new(), place: cell };
    out.insert("trial_point_added", update(&Command::AddTrial(trial)));
    let points = &results.situation.demand.points;
    let mut at = 0;
    let (drag, _) = best(50, || {
        at = (at + 97) % points.len();
        results.figures_at(points[at])
    });
    out.insert("drag_best", drag);
    let mut all: Vec<f64> =
        (0..200).map(|n| best(1, || results.figures_at(points[n * 131 % points.len()])).0).collect();
    all.sort_by(f64::total_cmp);
    out.insert("drag_median", all[100]);
    out.insert("drag_slowest", all[199]);
    out
}

fn nearest_road(results: &Results, place: LonLat) -> LonLat {
    let road = results.travel.road().expect("roads");
    road.network().snap(place, sotplan::units::Metres::new(3_000.0)).map_or(place, |snap| snap.place)
}

fn project(roads: &Path, cells: &Path, grocery: &Path, fuel: &Path) -> Project {
    let wanted =
        [cells, grocery, fuel].map(|path| Wanted { path: path.to_owned(), options: LoadOptions::default() });
    let mut loaded: Vec<_> =
        load::read_all(&wanted, &Unwatched).into_iter().map(|read| read.expect("a layer")).collect();
    loaded[0].role = load::population_role(&loaded[0], None).expect("people");
    loaded[1].role = Role::Services(KindRule::All(ServiceKind::Grocery.into()));
    loaded[2].role = Role::Services(KindRule::All(ServiceKind::Fuel.into()));
    let project = load::with_layers(&Project::default(), loaded);
    let (layer, _) = load::read_roads(roads, &RoadOptions::default(), &Unwatched).expect("roads");
    let project = load::with_roads(&project, vec![layer]);
    Project { closures: Arc::default(), ..project }
}
