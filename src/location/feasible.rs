//! Can there be a plan at all, and if not, what stands in the way?

use super::form::{State, excludes, states};
use super::{Infeasible, LeftOut, Limit, Problem, Role};

/// Demand that no site that may be chosen reaches.
pub(super) fn left_out(problem: &Problem) -> Vec<LeftOut> {
    let count = problem.demand.len();
    let (mut by_any, mut by_open) = (vec![false; count], vec![false; count]);
    for (site, role) in problem.sites.iter().map(|site| site.role).enumerate() {
        let reached = if role == Role::Forbidden { &mut by_any } else { &mut by_open };
        for (demand, cost) in problem.costs.row(site) {
            if problem.serves_at(cost) {
                reached[demand as usize] = true;
            }
        }
    }
    let reached = by_open.into_iter().zip(by_any);
    let unreached =
        (0u32..).zip(reached).filter(|(demand, (open, _))| !open && problem.demand[*demand as usize] > 0);
    unreached.map(|(demand, (_, by_forbidden))| LeftOut { demand, by_forbidden }).collect()
}

/// What can be said before anything is searched.
pub(super) fn obstacles(problem: &Problem, left_out: &[LeftOut]) -> Vec<Infeasible> {
    let mut found = Vec::new();
    let required: Vec<u32> =
        (0u32..).zip(&problem.sites).filter(|(_, s)| s.role == Role::Required).map(|(ix, _)| ix).collect();
    for pair in &problem.exclusive {
        if pair[0] != pair[1] && pair.iter().all(|site| required.contains(site)) {
            found.push(Infeasible::RequiredExclude { sites: *pair });
        }
    }
    match problem.limit {
        Limit::Sites(limit) if required.len() > limit => {
            found.push(Infeasible::TooManyRequired { required: required.len(), limit });
        }
        Limit::Sites(limit)
            if found.is_empty()
                && !problem.objective.counts_sites()
                && complete(problem, &required, limit).is_none() =>
        {
            let available = (0..limit).rev().find(|fewer| complete(problem, &required, *fewer).is_some());
            found.push(Infeasible::TooFewSites { available: available.unwrap_or(0), limit });
        }
        Limit::Budget(budget) => {
            let cost = problem.cost_of(&required);
            if cost > u128::from(budget) {
                found.push(Infeasible::RequiredOverBudget { cost, budget });
            }
        }
        _ => {}
    }
    if problem.require_all && !left_out.is_empty() {
        found.push(Infeasible::Unreachable { demand: left_out.to_vec() });
    }
    found
}

/// Exactly `count` sites that hold these, if there are such: roles and exclusions are kept.
pub(super) fn complete(problem: &Problem, sites: &[u32], count: usize) -> Option<Vec<u32>> {
    let mut state = states(problem);
    let excludes = excludes(problem);
    let mut chosen: Vec<u32> = sites.to_vec();
    chosen.extend((0u32..).zip(&state).filter(|(_, s)| **s == State::Open).map(|(site, _)| site));
    chosen.sort_unstable();
    chosen.dedup();
    for site in &chosen {
        if state[*site as usize] == State::Closed {
            return None;
        }
        for other in &excludes[*site as usize] {
            if chosen.binary_search(other).is_ok() {
                return None;
            }
            state[*other as usize] = State::Closed;
        }
        state[*site as usize] = State::Open;
    }
    let mut missing = count.checked_sub(chosen.len())?;
    let free: Vec<u32> =
        (0u32..).zip(&state).filter(|(_, s)| **s == State::Free).map(|(site, _)| site).collect();
    let (bound, loose): (Vec<u32>, Vec<u32>) = free
        .into_iter()
        .partition(|site| excludes[*site as usize].iter().any(|other| state[*other as usize] == State::Free));
    let take = missing.min(loose.len());
    chosen.extend(&loose[..take]);
    missing -= take;
    if missing > 0 {
        let independent = independent_sites(&bound, &excludes, missing)?;
        chosen.extend(independent);
    }
    chosen.sort_unstable();
    Some(chosen)
}

/// `wanted` of these sites of which none excludes another: an independent set of the graph of exclusions.
fn independent_sites(sites: &[u32], excludes: &[Vec<u32>], wanted: usize) -> Option<Vec<u32>> {
    if wanted == 0 {
        return Some(Vec::new());
    }
    if sites.len() < wanted {
        return None;
    }
    let among = |site: u32| excludes[site as usize].iter().filter(|other| sites.contains(other)).count();
    // A site that excludes at most one other can be taken without loss; otherwise try both ways.
    let (site, rivals) = sites.iter().map(|site| (*site, among(*site))).min_by_key(|(_, rivals)| *rivals)?;
    let rest: Vec<u32> = sites
        .iter()
        .copied()
        .filter(|other| *other != site && !excludes[site as usize].contains(other))
        .collect();
    if let Some(mut found) = independent_sites(&rest, excludes, wanted - 1) {
        found.push(site);
        return Some(found);
    }
    if rivals <= 1 {
        return None;
    }
    let without: Vec<u32> = sites.iter().copied().filter(|other| *other != site).collect();
    independent_sites(&without, excludes, wanted)
}

/// Independent demand points: no two share a site, so each needs one of its own.
pub(super) fn independent_points(problem: &Problem, left_out: &[bool], cutoff: Option<u32>) -> Vec<u32> {
    let state = states(problem);
    let counts = |demand: usize| problem.demand[demand] > 0 && !left_out[demand];
    let mut lists: Vec<(u32, Vec<u32>)> = Vec::new();
    super::form::for_each_list(problem, &state, &counts, cutoff, |demand, entries| {
        lists.push((demand, entries.iter().map(|entry| entry.1).collect()));
    });
    lists.sort_by_key(|(demand, sites)| (sites.len(), *demand));
    let mut taken = vec![false; problem.sites.len()];
    let mut found = Vec::new();
    for (demand, sites) in lists {
        if sites.iter().all(|site| !taken[*site as usize]) {
            for site in &sites {
                taken[*site as usize] = true;
            }
            found.push(demand);
        }
    }
    found.sort_unstable();
    found
}
