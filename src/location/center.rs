//! Which sites make the worst way shortest, and which are the fewest that reach everyone? By covering.

use super::branch::{Ended, Means, Search};
use super::form::Form;
use super::pool::Pool;
use super::selection::Slack;
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
    if let Slack::Count(_) = form.slack {
        form.slack = Slack::Budget(u64::MAX);
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
    let reach = |radius: u32| reach_everyone(problem, left_out, Some(radius), means);
    // Nobody can be nearer than the nearest site of whom it is farthest. Without anybody any sites will do.
    let (least, greatest) = extent(problem, left_out).unwrap_or_default();
    let (sites, is_known) = reach(greatest);
    let Some(sites) = sites else {
        return Covered { plan: None, bound: u64::from(least), is_decided: is_known };
    };
    let mut plan = Plan { value: u64::from(worst(problem, &sites)), sites };
    // Every radius below `low` is too small; the plan's own is enough.
    let mut low = least;
    loop {
        let high = u32::try_from(plan.value).unwrap_or(u32::MAX);
        let bound = u64::from(low.min(high));
        means.watch.improved(Some(&plan), bound);
        if low >= high {
            return Covered { bound, is_decided: true, plan: Some(plan) };
        }
        let middle = low + (high - low) / 2;
        match reach(middle) {
            (Some(sites), _) => plan = Plan { value: u64::from(worst(problem, &sites)), sites },
            (None, true) => low = next_cost(problem, left_out, middle).unwrap_or(high),
            (None, false) => return Covered { bound, is_decided: true, plan: Some(plan) },
        }
    }
}

/// The greatest cost to a nearest site, and the greatest cost at all, of demand that counts.
fn extent(problem: &Problem, left_out: &[bool]) -> Option<(u32, u32)> {
    let mut extent: Option<(u32, u32)> = None;
    each_list(problem, left_out, |entries| {
        let costs = || entries.iter().map(|entry| entry.0);
        if let (Some(nearest), Some(farthest)) = (costs().min(), costs().max()) {
            let (least, greatest) = extent.unwrap_or_default();
            extent = Some((least.max(nearest), greatest.max(farthest)));
        }
    });
    extent
}

/// The smallest cost above this one: no radius between them covers more.
fn next_cost(problem: &Problem, left_out: &[bool], above: u32) -> Option<u32> {
    let mut next = None;
    each_list(problem, left_out, |entries| {
        let own = entries.iter().map(|entry| entry.0).filter(|cost| *cost > above).min();
        next = [next, own].into_iter().flatten().min();
    });
    next
}

/// The entries (cost, site) of every demand point that counts.
fn each_list(problem: &Problem, left_out: &[bool], mut each: impl FnMut(&[(u32, u32)])) {
    let state = super::form::states(problem);
    let counts = |demand: usize| problem.demand[demand] > 0 && !left_out[demand];
    super::form::for_each_list(problem, &state, &counts, problem.cutoff, |_, entries| each(entries));
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
fn worst(problem: &Problem, sites: &[u32]) -> u32 {
    let nearest = problem.nearest(&Plan { sites: sites.to_vec(), value: 0 });
    let costs = nearest.into_iter().zip(&problem.demand).filter(|(_, weight)| **weight > 0);
    costs.filter_map(|(served, _)| served.map(|(_, cost)| cost)).max().unwrap_or(0)
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
