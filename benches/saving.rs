//! How long does a save take, with the tables of results? The first, the same again, and after one edit of each kind.
//! `cargo bench --bench saving -- POPULATION GROCERY FUEL …`; without files, the demo.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints, and stops at its first surprise"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use sotplan::app::command::Command;
use sotplan::app::load::{self, Wanted};
use sotplan::app::project_tables::result_tables;
use sotplan::app::{Results, demo};
use sotplan::geometry::LonLat;
use sotplan::io::LoadOptions;
use sotplan::io::project_file::{self, Beside};
use sotplan::model::{AddedService, Evidence, Parameters, Project, ServiceKind, TrialId, TrialPoint};
use sotplan::progress::Unwatched;
use sotplan::scene::qgis;
use sotplan::units::Metres;

fn project_said() -> Project {
    let files: Vec<PathBuf> =
        std::env::args().skip(1).filter(|word| word != "--bench").map(PathBuf::from).collect();
    if files.is_empty() {
        return demo::project(&Unwatched).expect("the demo");
    }
    let wanted = |path| Wanted { path, options: LoadOptions::default() };
    let wanted: Vec<Wanted> = files.into_iter().map(wanted).collect();
    let layers = load::read_all(&wanted, &Unwatched).into_iter().map(|read| read.expect("a good file"));
    load::with_layers(&Project::default(), layers.collect())
}

/// Saves, and says how long the whole of it took, of that what names the content, and how much of the cells is another.
fn save(path: &Path, project: &Project, results: &Results, before: &mut Vec<String>, what: &str) {
    let started = Instant::now();
    let tables = result_tables(results, project, qgis::styles, "2026-01-02").expect("nobody cancels");
    let named = ms(started);
    let parts =
        tables.tables.iter().filter(|table| table.name == "demand").flat_map(|table| &table.digest.parts);
    let now: Vec<String> = parts.cloned().collect();
    let others = now.iter().zip(before.iter()).filter(|(now, before)| now != before).count();
    let beside = Beside { results: Some(&tables), ..Beside::default() };
    project_file::save_as(path, project, &beside, &Unwatched).expect("a save");
    let (took, all) = (ms(started), now.len());
    println!(
        "{what}: {took:.0} ms, of that {named:.0} to see what is another; parts of the cells: {others} of {all}"
    );
    *before = now;
}

fn ms(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1e3
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("project.gpkg");
    let project = project_said();
    let results = Results::compute(&project, None, &Unwatched).expect("nobody cancels");
    let (cells, services) = (results.situation.demand.len(), results.situation.services.len());
    println!("{cells} cells, {services} services");
    let started = Instant::now();
    project_file::save(&folder.path().join("plain.gpkg"), &project).expect("a save");
    println!("without tables: {:.0} ms", ms(started));
    let mut parts = Vec::new();
    save(&path, &project, &results, &mut parts, "the first save");
    save(&path, &project, &results, &mut parts, "the same again");
    let place = results.situation.demand.places.get(cells / 2).copied().unwrap_or(LonLat::new(15.0, 63.0));
    let trial = TrialPoint { id: TrialId(1), name: "A test site".into(), place };
    let added = AddedService {
        id: 1,
        name: "A store".into(),
        kinds: ServiceKind::Grocery.into(),
        place,
        facts: std::collections::BTreeMap::new(),
        evidence: Evidence::none(),
    };
    let threshold = Parameters { threshold: Metres::new(12_000.0), ..project.parameters.clone() };
    let detour = Parameters { detour_factor: 1.4, ..project.parameters.clone() };
    let renamed = Project { name: "Another name".into(), ..project.clone() };
    save(&path, &renamed, &results, &mut parts, "after a name");
    let mut before = (project, Arc::new(results));
    for (what, command) in [
        ("after a test site", Command::AddTrial(trial)),
        ("after a store more", Command::AddService(added)),
        ("after another threshold", Command::SetParameters(Box::new(threshold))),
        ("after another detour factor, which changes every row", Command::SetParameters(Box::new(detour))),
    ] {
        let project = command.apply(&before.0);
        let results = Results::compute(&project, Some(&before.1), &Unwatched).expect("nobody cancels");
        save(&path, &project, &results, &mut parts, what);
        before = (project, Arc::new(results));
    }
    println!("{} kB", std::fs::metadata(&path).expect("a file").len() / 1000);
}
