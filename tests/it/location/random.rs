//! Is every answer the best of all sets of sites, and every verdict right?

use sotplan::location::{Effort, Objective, Outcome, Problem, Proof, assignment, solve};
use sotplan::progress::Unwatched;

use super::cases::case;
use super::oracle::{Oracle, set_of};

/// Questions of each objective; six objectives make 720.
const EACH: u64 = 120;

/// What is wrong with the answer to a question.
fn fault(problem: &Problem) -> Result<bool, String> {
    let oracle = Oracle::new(problem);
    let plans = oracle.plans();
    let answer = solve(problem, &Effort::default(), &Unwatched).map_err(|error| error.to_string())?;
    let best = plans.first();
    match (&answer.outcome, best) {
        (Outcome::Infeasible(why), None) => {
            if why.is_empty() || answer.proof() != Proof::Infeasible || !answer.is_proven() {
                return Err("infeasible, but without a reason or a proof".into());
            }
            Ok(false)
        }
        (Outcome::Found { plan, bound }, Some((value, set))) => {
            let chosen = set_of(&plan.sites);
            if plan.value != *value || bound != value || answer.proof() != Proof::Proven {
                return Err(format!(
                    "{plan:?}, bound {bound}, {:?}; the best is {value} with {set:b}",
                    answer.proof()
                ));
            }
            if !plan.sites.is_sorted() || !oracle.allows(chosen) || oracle.value(chosen) != Some(*value) {
                return Err(format!("{plan:?} is no plan of this value"));
            }
            let left_out: Vec<(u32, bool)> =
                answer.left_out.iter().map(|one| (one.demand, one.by_forbidden)).collect();
            if left_out != oracle.left_out() {
                return Err(format!("left out {left_out:?}, and should be {:?}", oracle.left_out()));
            }
            assigned(problem, plan)?;
            Ok(true)
        }
        (outcome, best) => Err(format!("{outcome:?}, but by trying every set: {best:?}")),
    }
}

/// Does the assignment use chosen sites and known costs, and come to the value?
fn assigned(problem: &Problem, plan: &sotplan::location::Plan) -> Result<(), String> {
    let served = assignment(problem, plan);
    for one in &served {
        let cost = problem.costs.get(one.site as usize, one.demand as usize);
        if cost != Some(one.cost)
            || !problem.serves_at(one.cost)
            || !plan.sites.contains(&one.site)
            || one.weight == 0
        {
            return Err(format!("{one:?} cannot be"));
        }
    }
    let sum = match problem.objective {
        Objective::PMedian => served.iter().map(|one| one.weight * u64::from(one.cost)).sum(),
        Objective::PCenter => served.iter().map(|one| u64::from(one.cost)).max().unwrap_or(0),
        Objective::Capacitated => {
            for (at, site) in problem.sites.iter().enumerate() {
                let load: u64 =
                    served.iter().filter(|one| one.site as usize == at).map(|one| one.weight).sum();
                if site.capacity.is_some_and(|capacity| load > capacity) {
                    return Err(format!("site {at} is overfull: {load}"));
                }
            }
            for (demand, weight) in problem.demand.iter().enumerate() {
                let sent: u64 =
                    served.iter().filter(|one| one.demand as usize == demand).map(|one| one.weight).sum();
                if sent > *weight {
                    return Err(format!("demand {demand} sends {sent} of {weight}"));
                }
            }
            served.iter().map(|one| one.weight).sum()
        }
        Objective::Mclp if problem.decay == sotplan::location::Decay::None => {
            served.iter().map(|one| one.weight).sum()
        }
        _ => plan.value,
    };
    if sum == plan.value {
        Ok(())
    } else {
        Err(format!("the assignment comes to {sum}, the plan to {}", plan.value))
    }
}

fn all_of(objective: Objective) {
    let (mut found, mut infeasible) = (0, 0);
    let mut faults = Vec::new();
    for number in 0..EACH {
        let most = match (objective, number % 12) {
            (Objective::Capacitated, _) => 7,
            (_, 0) => 15,
            _ => 10,
        };
        let problem = case(number, objective, most);
        match fault(&problem) {
            Ok(true) => found += 1,
            Ok(false) => infeasible += 1,
            Err(fault) => faults.push(format!("{} {number}: {fault}\n{problem:?}", objective.id())),
        }
    }
    let first = faults.first().cloned().unwrap_or_default();
    assert!(faults.is_empty(), "{} of {EACH} are wrong; the first: {first}", faults.len());
    assert!(found > EACH / 3, "{}: {found} of {EACH} have a plan", objective.id());
    assert!(infeasible > 3, "{}: {infeasible} of {EACH} have none", objective.id());
}

#[test]
fn least_total_travel_is_the_least() {
    all_of(Objective::PMedian);
}

#[test]
fn least_worst_travel_is_the_least() {
    all_of(Objective::PCenter);
}

#[test]
fn most_people_within_are_the_most() {
    all_of(Objective::Mclp);
}

#[test]
fn fewest_sites_are_the_fewest() {
    all_of(Objective::Lscp);
}

#[test]
fn most_people_with_two_sites_are_the_most() {
    all_of(Objective::Backup);
}

#[test]
fn most_people_with_room_are_the_most() {
    all_of(Objective::Capacitated);
}
