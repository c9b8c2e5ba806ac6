//! Which sites make the worst way shortest, and which are the fewest that reach everyone? By covering.

use super::branch::{Ended, Means, Pool, Search};
use super::form::Form;
use super::selection::Room;
use super::{Limit, Plan, Problem, Watch};

/// How a question of covering ended.
pub(super) struct Covered {
    pub plan: Option<Plan>,
    /// No plan is better than this.
    pub bound: u64,
    /// Is it known whether there is a plan?
    pub is_decided: bool,
}

/// The fewest sites that reach everyone who counts.
pub(super) fn fewest(problem: &Problem, left_out: &[bool], means: Means<'_>) -> Covered {
    let mut form = Form::covering(problem, left_out, problem.cutoff, vec![1; problem.sites.len()]);
    let limit = match problem.limit {
        Limit::Sites(most) => u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1),
        _ => u64::MAX,
    };
    // At most as many as are asked for; the count stands in the loss.
    if let Room::Count(_) = form.room {
        form.room = Room::Budget(u64::MAX);
    }
    let mut pool = Pool::new(1, limit);
    let ended = Search::new(&form, means).run(&mut pool);
    let Ended { bound, is_complete } = ended;
    let plan = pool.plans.first().map(|(loss, sites)| Plan { sites: sites.clone(), value: *loss });
    let value = plan.as_ref().map_or(limit, |plan| plan.value);
    Covered { bound: bound.min(value), is_decided: is_complete || plan.is_some(), plan }
}

/// The plan with the least worst way: a search for the smallest radius that can be covered.
pub(super) fn least_worst(problem: &Problem, left_out: &[bool], means: Means<'_>) -> Covered {
    let radii = radii(problem, left_out);
    let try_radius = |radius: u32| reach_everyone(problem, left_out, Some(radius), means);
    let (mut plan, mut low, mut high) = (None::<Plan>, 0usize, radii.len());
    // Everything below `low` is known to be too small, `high` and above to be enough (or untried).
    while low < high || (plan.is_none() && high == radii.len()) {
        let middle = match &plan {
            None if high == radii.len() => radii.len().saturating_sub(1),
            _ => usize::midpoint(low, high.saturating_sub(1)).max(low),
        };
        let Some(&radius) = radii.get(middle) else { break };
        let (sites, is_known) = try_radius(radius);
        match sites {
            Some(sites) => {
                let value = worst(problem, &sites);
                high = radii.partition_point(|radius| u64::from(*radius) < value).min(middle);
                plan = Some(Plan { sites, value });
            }
            None if is_known => low = middle + 1,
            None => return Covered { bound: at(&radii, low), is_decided: plan.is_some(), plan },
        }
        if plan.is_none() && low >= radii.len() {
            break;
        }
        means.watch.improved(plan.as_ref(), at(&radii, low));
    }
    let bound = plan.as_ref().map_or(0, |plan| plan.value);
    // Without anybody to serve, any sites that may be chosen will do.
    if radii.is_empty() {
        let (sites, is_known) = try_radius(0);
        let plan = sites.map(|sites| Plan { sites, value: 0 });
        return Covered { bound: 0, is_decided: is_known || plan.is_some(), plan };
    }
    Covered { bound, is_decided: true, plan }
}

fn at(radii: &[u32], index: usize) -> u64 {
    radii.get(index).or(radii.last()).map_or(0, |radius| u64::from(*radius))
}

/// Sites that serve everyone who counts within the radius and keep the limit, if there are; and is it known
/// whether there are?
pub(super) fn reach_everyone(
    problem: &Problem,
    left_out: &[bool],
    radius: Option<u32>,
    means: Means<'_>,
) -> (Option<Vec<u32>>, bool) {
    let (opening, limit) = match problem.limit {
        Limit::Budget(budget) => {
            (problem.sites.iter().map(|site| site.cost).collect(), budget.saturating_add(1))
        }
        Limit::Sites(count) => {
            (vec![1; problem.sites.len()], u64::try_from(count).unwrap_or(u64::MAX).saturating_add(1))
        }
        Limit::None => (vec![1; problem.sites.len()], u64::MAX),
    };
    let form = Form::covering(problem, left_out, radius, opening);
    let mut pool = Pool::new(1, limit);
    let quiet = Quiet(means.watch);
    let ended = Search::for_any(&form, Means { watch: &quiet, ..means }).run(&mut pool);
    let sites = pool.plans.into_iter().next().map(|(_, sites)| fill(problem, sites));
    (sites, ended.is_complete)
}

/// Fills a cover up to the number that is asked for.
fn fill(problem: &Problem, sites: Vec<u32>) -> Vec<u32> {
    match problem.limit {
        Limit::Sites(count) => super::feasible::complete(problem, &sites, count).unwrap_or(sites),
        _ => sites,
    }
}

/// The greatest cost to the nearest of these sites, of demand that counts and is reached.
fn worst(problem: &Problem, sites: &[u32]) -> u64 {
    let nearest = problem.nearest(&Plan { sites: sites.to_vec(), value: 0 });
    let costs = nearest.into_iter().zip(&problem.demand).filter(|(_, weight)| **weight > 0);
    costs.filter_map(|(served, _)| served.map(|(_, cost)| u64::from(cost))).max().unwrap_or(0)
}

/// The costs that can be the worst, rising: nobody can be nearer than the nearest site of whom it is farthest.
fn radii(problem: &Problem, left_out: &[bool]) -> Vec<u32> {
    let state = super::form::states(problem);
    let counts = |demand: usize| problem.demand[demand] > 0 && !left_out[demand];
    let mut least = 0;
    let mut radii = Vec::new();
    super::form::for_each_list(problem, &state, &counts, problem.cutoff, |_, entries| {
        least = least.max(entries.iter().map(|entry| entry.0).min().unwrap_or(0));
        radii.extend(entries.iter().map(|entry| entry.0));
        if radii.len() > 8_000_000 {
            radii.sort_unstable();
            radii.dedup();
        }
    });
    radii.sort_unstable();
    radii.dedup();
    radii.retain(|radius| *radius >= least);
    radii
}

/// Watches searches on the way: they may be stopped, but what they find is not the answer.
pub(super) struct Quiet<'a>(pub &'a dyn Watch);

impl crate::progress::Progress for Quiet<'_> {
    fn report(&self, done: u64, total: u64) {
        self.0.report(done, total);
    }

    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

impl Watch for Quiet<'_> {
    fn improved(&self, _plan: Option<&Plan>, _bound: u64) {}
}
