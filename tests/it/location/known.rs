//! Are the published answers reached and proven? The instances lie beside the project, never in it.

use std::path::{Path, PathBuf};

use sotplan::app::Results;
use sotplan::app::load::{self, Wanted};
use sotplan::app::siting::{self, Amount, Question};
use sotplan::io::LoadOptions;
use sotplan::location::{CostTable, Decay, Effort, Limit, NO_COST, Objective, Problem, Proof, Site, solve};
use sotplan::model::{Parameters, Project};
use sotplan::progress::Unwatched;
use sotplan::units::Measure;

fn folder(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not there; its instances were not tried", folder.display());
    None
}

fn problem(objective: Objective, count: usize, demand: Vec<u64>, sites: usize, costs: CostTable) -> Problem {
    Problem {
        demand,
        sites: vec![Site::default(); sites],
        costs,
        objective,
        limit: Limit::Sites(count),
        cutoff: None,
        exclusive: Vec::new(),
        require_all: true,
        decay: Decay::None,
    }
}

/// An array of numbers, as `NumPy` saves it.
fn rows(path: &Path) -> (usize, Vec<f64>) {
    let bytes = std::fs::read(path).expect("a file");
    let header = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let text = String::from_utf8_lossy(&bytes[10..10 + header]).into_owned();
    let width = text.rsplit(", ").nth(1).and_then(|part| part.trim_end_matches([')', ',', ' ']).parse().ok());
    let numbers = bytes[10 + header..]
        .chunks_exact(8)
        .map(|eight| f64::from_le_bytes(eight.try_into().expect("eight")));
    (width.expect("a width"), numbers.collect())
}

#[test]
fn the_library_of_p_median_instances() {
    let Some(folder) = folder("optimise/pmed") else { return };
    let optima: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("optima.json")).expect("a file")).expect("JSON");
    // Those of 200 places take long without optimisation.
    let last = if cfg!(debug_assertions) { 5 } else { 8 };
    for number in 1..=last {
        let (n, numbers) = rows(&folder.join(format!("pmed{number}.npy")));
        let count = numbers[0] as usize;
        let costs = CostTable::dense(n, n, numbers[n..].iter().map(|cost| *cost as u32).collect());
        for (objective, name) in [(Objective::PMedian, "p_median"), (Objective::PCenter, "p_center")] {
            let problem = problem(objective, count, vec![1; n], n, costs.clone());
            let answer = solve(&problem, &Effort::default(), &Unwatched).expect("a question");
            let expected = optima[name][number.to_string()].as_u64();
            assert_eq!(answer.plan().map(|plan| plan.value), expected, "pmed{number} {name}");
            assert_eq!(answer.proof(), Proof::Proven, "pmed{number} {name}");
        }
    }
}

#[test]
fn new_york_is_covered_as_well_as_known() {
    let Some(folder) = folder("optimise/mclp") else { return };
    if cfg!(debug_assertions) {
        eprintln!("SKIPPED: New York takes long without optimisation; run the tests with --release");
        return;
    }
    let text = std::fs::read_to_string(folder.join("NewYork.txt")).expect("UTF-8");
    let mut points = Vec::new();
    let mut demand = Vec::new();
    for line in text.lines().skip(5).map(str::trim) {
        let mut words = line.split_whitespace().map(str::parse::<f64>);
        match (words.next(), words.next()) {
            (Some(Ok(lat)), Some(Ok(lon))) => points.push((lat.to_radians(), lon.to_radians())),
            (Some(Ok(weight)), None) => demand.push(weight as u64),
            _ => {}
        }
    }
    assert_eq!((points.len(), demand.len()), (2_713, 2_713));
    let row = |a: &(f64, f64)| -> Vec<(u32, u32)> {
        (0u32..)
            .zip(&points)
            .filter_map(|(at, b)| {
                let cosine = a.0.sin() * b.0.sin() + a.0.cos() * b.0.cos() * (a.1 - b.1).cos();
                let metres = cosine.clamp(-1.0, 1.0).acos() * 6_378_100.0;
                (metres <= 400.0).then_some((at, metres.round() as u32))
            })
            .collect()
    };
    let costs = CostTable::from_rows(points.len(), &points.iter().map(row).collect::<Vec<_>>());
    for (count, known) in [(50, 1_153_640), (80, 1_481_434)] {
        let mut problem = problem(Objective::Mclp, count, demand.clone(), points.len(), costs.clone());
        (problem.cutoff, problem.require_all) = (Some(400), false);
        let effort = Effort { seconds: Some(60.0), ..Effort::default() };
        let answer = solve(&problem, &effort, &Unwatched).expect("a question");
        let value = answer.plan().expect("a plan").value;
        assert!(value >= known, "{count} sites: {value}, known {known}");
        eprintln!(
            "New York, {count} sites: {value} ({known} known), {:?}, {:.1} s",
            answer.proof(),
            answer.seconds
        );
    }
}

/// The stores and cells of the county, straight line × 1.3.
fn county() -> Option<Results> {
    let folder = folder("jamtland")?;
    let names = ["befolkning_1km_2024_rutor.geojson", "livsmedelsbutiker.geojson"];
    let wanted = names.map(|name| Wanted { path: folder.join(name), options: LoadOptions::default() });
    let loaded = load::read_all(&wanted, &Unwatched).into_iter().map(|read| read.expect("a good file"));
    let project = load::with_layers(&Project::default(), loaded.collect());
    let project =
        Project { parameters: Parameters { detour_factor: 1.3, ..Parameters::default() }, ..project };
    Some(Results::compute(&project, None, &Unwatched).expect("not cancelled"))
}

#[test]
fn the_county_has_its_best_places() {
    let Some(results) = county() else { return };
    let asked = |objective, threshold: Option<f64>| {
        let question = Question {
            objective,
            amount: Amount::Sites(9),
            threshold: threshold.map(|km| Measure::Distance.from_units(km)),
            ..Question::default()
        };
        siting::solve(&question, &results, &Unwatched).expect("a question")
    };
    let covered = asked(Objective::Mclp, Some(20.0));
    assert_eq!(covered.proof(), Proof::Proven);
    let view = covered.plan.expect("a plan");
    assert_eq!(view.value, 100_307.0);
    assert_eq!(view.figures.people_within, 100_307.0, "the same by costs that are not rounded");
    let median = asked(Objective::PMedian, None);
    assert_eq!(median.proof(), Proof::Proven);
    let view = median.plan.expect("a plan");
    // The reference rounds places otherwise: two millimetres a person.
    assert!((view.value - 2_044_146.6).abs() < 0.3, "{}", view.value);
    assert!(median.posed.problem.costs.get(0, 0).is_some_and(|cost| cost < NO_COST));
    assert_eq!(median.before.people_within, 0.0, "nothing exists");
    let people: f64 = view.people_at.iter().sum();
    assert_eq!(people, 132_637.0, "everyone goes somewhere");
}
