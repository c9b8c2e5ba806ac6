//! Who goes where? The assignment of a plan.

use super::feasible::left_out;
use super::form::Form;
use super::{Plan, Problem, Served};

/// Who is served from where under a plan, in order of demand. Each demand point goes to its nearest chosen site;
/// with [`super::Objective::Backup`] the points that have two are listed with both, the nearest first; with
/// [`super::Objective::Capacitated`] parts of a point's weight may go to several sites, and what no capacity is left for
/// is not listed.
#[must_use]
pub fn assignment(problem: &Problem, plan: &Plan) -> Vec<Served> {
    if problem.objective.has_capacities() {
        return by_capacity(problem, plan);
    }
    match usize::from(problem.objective.sites_needed()) {
        1 => nearest(problem, plan),
        needed => several_nearest(problem, plan, needed),
    }
}

fn nearest(problem: &Problem, plan: &Plan) -> Vec<Served> {
    let nearest = problem.nearest(plan).into_iter().zip(0u32..);
    let served = nearest.filter_map(|(served, demand)| {
        let (site, cost) = served?;
        let weight = problem.demand[demand as usize];
        (weight > 0).then_some(Served { demand, site, weight, cost })
    });
    served.collect()
}

fn several_nearest(problem: &Problem, plan: &Plan, needed: usize) -> Vec<Served> {
    let mut within: Vec<Vec<(u32, u32)>> = vec![Vec::new(); problem.demand.len()];
    for &site in &plan.sites {
        for (demand, cost) in problem.costs.row(site as usize).filter(|(_, cost)| problem.serves_at(*cost)) {
            within[demand as usize].push((cost, site));
        }
    }
    let mut served = Vec::new();
    for (mut near, demand) in within.into_iter().zip(0u32..) {
        let weight = problem.demand[demand as usize];
        if weight > 0 && near.len() >= needed {
            near.sort_unstable();
            served.extend(near[..needed].iter().map(|&(cost, site)| Served { demand, site, weight, cost }));
        }
    }
    served
}

fn by_capacity(problem: &Problem, plan: &Plan) -> Vec<Served> {
    let mask = super::solve::mask(problem, &left_out(problem));
    let form = Form::whole(problem, &mask);
    let parts = super::capacity::serve(&form, &plan.sites).into_iter();
    let mut served: Vec<Served> = parts
        .filter_map(|(point, site, weight)| {
            let demand = form.members[point];
            let cost = problem.costs.get(site as usize, demand as usize)?;
            Some(Served { demand, site, weight, cost })
        })
        .collect();
    served.sort_unstable_by_key(|part| (part.demand, part.cost, part.site));
    served
}
