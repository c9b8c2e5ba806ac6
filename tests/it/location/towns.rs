//! Are proofs right where the relaxation alone does not prove? Places in a plane, every set of sites tried.

use sotplan::location::{CostTable, Decay, Effort, Limit, Objective, Outcome, Problem, Site, solve};
use sotplan::progress::Unwatched;
use sotplan::random::Random;

/// Every place is a site and has people; ways are straight.
fn towns(seed: u64, count: usize, objective: Objective, chosen: usize) -> Problem {
    let mut random = Random::new(seed);
    let places: Vec<(f64, f64)> =
        (0..count).map(|_| (random.unit() * 100.0, random.unit() * 100.0)).collect();
    let way = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).hypot(a.1 - b.1).round() as u32;
    let costs =
        places.iter().flat_map(|site| places.iter().map(|place| way(site, place)).collect::<Vec<u32>>());
    Problem {
        demand: (0..count).map(|_| 1 + random.below(30) as u64).collect(),
        sites: vec![Site::default(); count],
        costs: CostTable::dense(count, count, costs.collect()),
        objective,
        limit: Limit::Sites(chosen),
        cutoff: (objective == Objective::Mclp).then(|| 12 + random.below(10) as u32),
        exclusive: Vec::new(),
        require_all: false,
        decay: Decay::None,
    }
}

/// The best value of all sets of so many sites.
fn best_of_all(problem: &Problem, chosen: usize) -> u64 {
    let value = |set: &[u32]| -> u64 {
        let counted = |demand: usize| {
            let near = set.iter().filter_map(|site| problem.costs.get(*site as usize, demand)).min();
            let near = near.filter(|cost| problem.serves_at(*cost));
            let weight = problem.demand[demand];
            match problem.objective {
                Objective::PMedian => near.map_or(0, |cost| weight * u64::from(cost)),
                _ => near.map_or(0, |_| weight),
            }
        };
        (0..problem.demand.len()).map(counted).sum()
    };
    let count = problem.sites.len() as u32;
    let mut set: Vec<u32> = (0..chosen as u32).collect();
    let mut best = value(&set);
    // The next set in order, until there is none.
    while let Some(place) = (0..chosen).rev().find(|place| set[*place] < count - (chosen - place) as u32) {
        set[place] += 1;
        for after in place + 1..chosen {
            set[after] = set[after - 1] + 1;
        }
        let own = value(&set);
        best = if problem.objective.is_maximised() { best.max(own) } else { best.min(own) };
    }
    best
}

/// The answer is proven and the best; cut off at once, neither plan nor bound says what is not so.
fn right(objective: Objective, seed: u64) {
    let (count, chosen) = (22, 3 + (seed % 3) as usize);
    let problem = towns(seed, count, objective, chosen);
    let best = best_of_all(&problem, chosen);
    let answer = solve(&problem, &Effort { seed, ..Effort::default() }, &Unwatched).expect("a question");
    assert_eq!(answer.plan().map(|plan| plan.value), Some(best), "{objective:?}, seed {seed}");
    assert!(answer.is_proven(), "{objective:?}, seed {seed}: {:?}", answer.outcome);
    let hasty = Effort { seconds: Some(0.0), seed, ..Effort::default() };
    if let Outcome::Found { plan, bound } = solve(&problem, &hasty, &Unwatched).expect("a question").outcome {
        let (low, high) = (plan.value.min(bound), plan.value.max(bound));
        assert!(
            (low..=high).contains(&best),
            "{objective:?}, seed {seed}: {best} is not within {low} … {high}"
        );
    }
}

#[test]
fn most_people_in_towns_are_the_most() {
    (0..40).for_each(|seed| right(Objective::Mclp, seed));
}

#[test]
fn least_travel_in_towns_is_the_least() {
    (0..40).for_each(|seed| right(Objective::PMedian, seed));
}

/// The same seed gives the same answer on any number of cores.
#[test]
fn answers_do_not_depend_on_the_cores() {
    let problem = towns(7, 60, Objective::Mclp, 7);
    let on = |cores: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().expect("threads");
        let answer = pool.install(|| solve(&problem, &Effort::default(), &Unwatched)).expect("a question");
        answer.outcome
    };
    assert_eq!(on(1), on(4));
}
