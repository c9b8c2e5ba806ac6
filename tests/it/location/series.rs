//! Are the next best plans the next best, is each step the best step, and does a curve hold the best of each number?

use sotplan::location::{
    Effort, Limit, Objective, Problem, Role, alternatives, curve, greedy_order, solve, solve_instead,
};
use sotplan::progress::Unwatched;

use super::cases::case;
use super::oracle::{Oracle, Set, set_of};

fn next_best_of(problem: &Problem, count: usize, loss: f64) -> Result<(), String> {
    let oracle = Oracle::new(problem);
    let plans = oracle.plans();
    let effort = Effort::default();
    let best = solve(problem, &effort, &Unwatched).map_err(|error| error.to_string())?;
    let found =
        alternatives(problem, &best, count, loss, &effort, &Unwatched).map_err(|error| error.to_string())?;
    let first = plans.first().map_or(0, |plan| plan.0) as f64;
    let is_near = |value: u64| {
        if problem.objective.is_maximised() {
            value as f64 >= first * (1.0 - loss)
        } else {
            value as f64 <= first * (1.0 + loss)
        }
    };
    let expected: Vec<u64> =
        plans.iter().map(|plan| plan.0).filter(|value| is_near(*value)).take(count).collect();
    let values: Vec<u64> = found.plans.iter().map(|plan| plan.value).collect();
    if values != expected || (!found.is_complete && !plans.is_empty()) {
        return Err(format!("{values:?} (complete: {}), and should be {expected:?}", found.is_complete));
    }
    let mut sets: Vec<Set> = found.plans.iter().map(|plan| set_of(&plan.sites)).collect();
    for (set, plan) in sets.iter().zip(&found.plans) {
        if !oracle.allows(*set) || oracle.value(*set) != Some(plan.value) {
            return Err(format!("{plan:?} is no plan of this value"));
        }
    }
    sets.sort_unstable();
    sets.dedup();
    if sets.len() == values.len() { Ok(()) } else { Err("a set stands twice".into()) }
}

#[test]
fn the_next_best_plans_are_the_next_best() {
    for objective in Objective::ALL {
        for number in 1_000..1_025 {
            let problem = case(number, objective, if objective == Objective::Capacitated { 6 } else { 8 });
            for (count, loss) in [(10, 1.0), (4, 0.5)] {
                if let Err(fault) = next_best_of(&problem, count, loss) {
                    panic!("{} {number}, {count} within {loss}: {fault}\n{problem:?}", objective.id());
                }
            }
        }
    }
}

#[test]
fn each_step_gains_most() {
    let objectives = [Objective::PMedian, Objective::PCenter, Objective::Mclp, Objective::Backup];
    for objective in objectives {
        for number in 2_000..2_060 {
            let mut problem = case(number, objective, 9);
            problem.limit = Limit::Sites(problem.sites.len().min(5));
            let order = greedy_order(&problem, &Unwatched);
            if let Err(fault) = steps(&problem, &order) {
                panic!("{} {number}: {fault}\n{order:?}\n{problem:?}", objective.id());
            }
        }
    }
}

fn steps(problem: &Problem, order: &[sotplan::location::Step]) -> Result<(), String> {
    // While it grows, a set need not have its full number yet.
    let free = Problem { limit: Limit::None, require_all: false, ..problem.clone() };
    let oracle = Oracle::new(&free);
    let required = problem.sites.iter().filter(|site| site.role == Role::Required).count();
    let excludes =
        |set: Set| problem.exclusive.iter().any(|pair| pair.iter().all(|site| set >> site & 1 == 1));
    let is_required = |site: u32| problem.sites[site as usize].role == Role::Required;
    if problem.exclusive.iter().any(|pair| pair.iter().all(|site| is_required(*site))) {
        // There is no plan, so no step is right or wrong.
        return Ok(());
    }
    let mut set: Set = 0;
    for (at, step) in order.iter().enumerate() {
        let is_required = problem.sites[step.site as usize].role == Role::Required;
        if is_required != (at < required) || set >> step.site & 1 == 1 {
            return Err(format!("step {at} takes {}", step.site));
        }
        let before = oracle.value(set);
        let next = set | 1 << step.site;
        if step.value != oracle.value(next) {
            return Err(format!(
                "step {at} comes to {:?}, and should to {:?}",
                step.value,
                oracle.value(next)
            ));
        }
        if !is_required {
            if excludes(next) || problem.sites[step.site as usize].role == Role::Forbidden {
                return Err(format!("step {at} is not allowed"));
            }
            let others = (0..problem.sites.len())
                .map(|site| set | 1 << site)
                .filter(|other| *other != set && oracle.allows(*other));
            let values: Vec<u64> = others.filter_map(|other| oracle.value(other)).collect();
            let best =
                if problem.objective.is_maximised() { values.iter().max() } else { values.iter().min() };
            if before.is_some() && step.value.as_ref() != best {
                return Err(format!("step {at} comes to {:?}, the best to {best:?}", step.value));
            }
        }
        set = next;
    }
    Ok(())
}

#[test]
fn the_curve_holds_the_best_of_each_number() {
    for number in 3_000..3_015 {
        for objective in [Objective::PMedian, Objective::Mclp] {
            let problem = case(number, objective, 7);
            let points = curve(&problem, 1..=5, &Effort::default(), &Unwatched).expect("a question");
            assert_eq!(points.len(), 5);
            for (count, answer) in points {
                let one = Problem { limit: Limit::Sites(count), ..problem.clone() };
                let best = Oracle::new(&one).plans().first().map(|plan| plan.0);
                assert_eq!(answer.plan().map(|plan| plan.value), best, "{number} with {count}: {one:?}");
            }
        }
    }
}

#[test]
fn one_site_instead_of_another() {
    let mut asked = 0;
    for number in 4_000..4_040 {
        let problem = case(number, Objective::PMedian, 9);
        let effort = Effort::default();
        let best = solve(&problem, &effort, &Unwatched).expect("a question");
        let Some(plan) = best.plan().cloned() else { continue };
        let is_free = |site: &u32| problem.sites[*site as usize].role == Role::Candidate;
        let given_up = plan.sites.iter().copied().find(is_free);
        let all = 0..u32::try_from(problem.sites.len()).expect("few");
        let Some(wanted) = all.into_iter().find(|site| is_free(site) && !plan.sites.contains(site)) else {
            continue;
        };
        let answer = solve_instead(&problem, wanted, given_up, &effort, &Unwatched).expect("a question");
        // Who counts is who counted before: the sets of the question itself, with the one and without the other.
        let holds = |set: Set| set >> wanted & 1 == 1 && given_up.is_none_or(|site| set >> site & 1 == 0);
        let plans = Oracle::new(&problem).plans();
        let expected = plans.iter().find(|plan| holds(plan.1)).map(|plan| plan.0);
        assert_eq!(answer.plan().map(|plan| plan.value), expected, "{number}");
        assert!(answer.plan().is_none_or(|found| found.value >= plan.value), "{number}");
        assert!(answer.is_proven(), "{number}");
        asked += 1;
    }
    assert!(asked > 10, "{asked} choices were tried");
}
