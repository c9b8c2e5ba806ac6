//! A question in the form that is searched: what is lost without sites, demand by demand, nearest site first.
//! Everything is minimised here; coverage becomes weight that is not covered. Knows no method.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::selection::Slack;
use super::{Limit, Problem, Role};

/// Lists hold at most this many entries; the farthest sites of each demand point are left to the table.
const MOST_ENTRIES: usize = 30_000_000;

/// What is known of a site in a subproblem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Free,
    Open,
    Closed,
}

/// The sites each demand point can be served from, nearest first. Demand with equal lists is one point.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists<Cost = u32> {
    /// Whole numbers below 2^62.
    pub weight: Vec<f64>,
    /// How many sites are needed to serve the point.
    pub need: Vec<u8>,
    /// The cost per weight above which entries do not matter: of being served otherwise, of not being served,
    /// or of the nearest site left out of the list. Infinite where the point must be served and the list is whole.
    pub ceiling: Vec<f64>,
    pub starts: Vec<usize>,
    pub site: Vec<u32>,
    pub cost: Vec<Cost>,
}

impl<Cost> Lists<Cost> {
    pub fn len(&self) -> usize {
        self.weight.len()
    }

    pub fn range(&self, demand: usize) -> std::ops::Range<usize> {
        self.starts[demand]..self.starts[demand + 1]
    }

    /// The lists turned round: of each of so many sites the points, and where in the lists the entry stands.
    pub fn by_site(&self, sites: usize) -> BySite {
        let mut starts = vec![0usize; sites + 1];
        for site in &self.site {
            starts[*site as usize + 1] += 1;
        }
        for site in 0..sites {
            starts[site + 1] += starts[site];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); self.site.len()];
        for (point, number) in (0..self.len()).zip(0u32..) {
            for entry in self.range(point) {
                let slot = &mut next[self.site[entry] as usize];
                entries[*slot] = (number, u32::try_from(entry).unwrap_or(u32::MAX));
                *slot += 1;
            }
        }
        BySite { starts, entries }
    }

    /// Appends a point and its entries.
    pub fn push(&mut self, weight: f64, need: u8, ceiling: f64, entries: impl Iterator<Item = (u32, Cost)>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.weight.push(weight);
        self.need.push(need);
        self.ceiling.push(ceiling);
        for (site, cost) in entries {
            self.site.push(site);
            self.cost.push(cost);
        }
        self.starts.push(self.site.len());
    }
}

/// For each site its points in rising order, each with where in the lists the entry stands.
#[derive(Debug, Clone, Default)]
pub(super) struct BySite {
    pub starts: Vec<usize>,
    pub entries: Vec<(u32, u32)>,
}

impl BySite {
    pub fn of(&self, site: usize) -> &[(u32, u32)] {
        &self.entries[self.starts[site]..self.starts[site + 1]]
    }

    pub fn points(&self, site: usize) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.of(site).iter().map(|(point, _)| *point)
    }
}

/// A question as it is searched.
#[derive(Clone)]
pub(super) struct Form<'a> {
    pub problem: &'a Problem,
    pub lists: Lists,
    /// Weights of `lists` as whole numbers.
    pub weight: Vec<u64>,
    /// The cost of a unit of weight that is not served; `None` = it must be.
    pub unserved: Option<u32>,
    /// Some lists end before the last site.
    pub is_truncated: bool,
    /// Points with equal lists are not joined.
    is_whole: bool,
    /// Demand points of the problem behind each point of a truncated form.
    pub members: Vec<u32>,
    /// Sites that a site excludes.
    pub excludes: Vec<Vec<u32>>,
    /// As the roles say.
    pub state: Vec<State>,
    /// Weight × the cost of being unserved: what is lost when nothing is chosen. 0 where all must be served.
    pub total: u64,
    /// The fixed cost of opening a site; empty where only service counts.
    pub opening: Vec<u64>,
    /// The slack of the limit when no site is open.
    pub slack: Slack,
    /// How much weight each site can serve; empty where any.
    pub capacity: Vec<u64>,
    /// The greatest cost in the lists.
    pub dearest: u32,
    /// What the relaxation counts with instead of the costs of the lists and of opening.
    pub shift: Option<Shift>,
}

/// Cuts at fixed prices, worked into the costs of the lists and of sites: what any whole plan loses is at least what
/// these say, plus the base.
#[derive(Clone)]
pub(super) struct Shift {
    /// Of each entry, and the ceiling of each point.
    pub cost: Vec<f64>,
    pub ceiling: Vec<f64>,
    pub opening: Vec<f64>,
    pub base: f64,
}

impl<'a> Form<'a> {
    fn empty(problem: &'a Problem) -> Self {
        Self {
            problem,
            lists: Lists::default(),
            weight: Vec::new(),
            unserved: None,
            is_truncated: false,
            is_whole: false,
            members: Vec::new(),
            excludes: excludes(problem),
            state: states(problem),
            total: 0,
            opening: Vec::new(),
            slack: slack_of(problem),
            capacity: Vec::new(),
            dearest: 0,
            shift: None,
        }
    }

    /// For p-median, MCLP, backup and capacitated coverage. `left_out` is demand that does not count.
    pub fn new(problem: &'a Problem, left_out: &[bool]) -> Self {
        let mut form = Self::empty(problem);
        form.begin(left_out);
        form
    }

    /// The same with every demand point for itself.
    pub fn whole(problem: &'a Problem, left_out: &[bool]) -> Self {
        let mut form = Self { is_whole: true, ..Self::empty(problem) };
        form.begin(left_out);
        form
    }

    fn begin(&mut self, left_out: &[bool]) {
        let problem = self.problem;
        self.unserved = problem.objective.is_maximised().then(|| problem.weight_unit());
        self.fill(left_out, problem.objective.sites_needed(), problem.cutoff);
        if problem.objective.has_capacities() {
            let most = self.total;
            self.capacity =
                problem.sites.iter().map(|site| site.capacity.map_or(most, |c| c.min(most))).collect();
        }
    }

    /// For covering: whoever counts must have a site within `radius`. `opening` is what each site costs.
    pub fn covering(problem: &'a Problem, left_out: &[bool], radius: Option<u32>, opening: Vec<u64>) -> Self {
        let mut form = Self { opening, ..Self::empty(problem) };
        form.fill(left_out, 1, radius);
        super::reduce::reduce_cover(&mut form);
        form
    }

    /// What not serving someone who must be served counts.
    pub fn most(&self) -> f64 {
        f64::from(self.dearest) * 4.0 + 1.0
    }

    /// What opening a site costs in the relaxation.
    #[expect(clippy::cast_precision_loss, reason = "bounds are rounded to the safe side")]
    pub fn opening_cost(&self, site: usize) -> f64 {
        match &self.shift {
            Some(shift) => shift.opening[site],
            None => self.opening.get(site).map_or(0.0, |cost| *cost as f64),
        }
    }

    /// Is every site that serves as good as any other, and does choosing one cost something?
    pub fn is_cover(&self) -> bool {
        !self.opening.is_empty()
    }

    /// The slack of the limit in the relaxation: what sites cost is in the loss where covering is asked for.
    pub fn relaxed_slack(&self) -> Slack {
        match self.slack {
            Slack::Count(_) if self.is_cover() => Slack::Budget(u64::MAX),
            slack => slack,
        }
    }

    /// Is this choice a plan, apart from whom it serves? Where a number of sites is to be covered with, fewer will
    /// do if they can be filled up.
    pub fn accepts(&self, sites: &[u32]) -> bool {
        match self.problem.limit {
            Limit::Sites(_) if self.problem.objective.counts_sites() => self.problem.allows(sites),
            Limit::Sites(count) if self.is_cover() => {
                sites.len() <= count && super::feasible::complete(self.problem, sites, count).is_some()
            }
            _ => self.problem.allows(sites),
        }
    }

    fn fill(&mut self, left_out: &[bool], needed: u8, cutoff: Option<u32>) {
        let problem = self.problem;
        let counts = |demand: usize| problem.demand[demand] > 0 && !left_out[demand];
        let wanted = (0..problem.demand.len()).filter(|d| counts(*d)).count();
        let longest = (MOST_ENTRIES / wanted.max(1)).max(64);
        let mut same: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        let is_cover = self.is_cover();
        let decay = problem.counted_decay();
        for_each_list(problem, &self.state, &counts, cutoff, |demand, entries| {
            let mut ceiling = self.unserved.map_or(f64::INFINITY, f64::from);
            if is_cover {
                for entry in entries.iter_mut() {
                    entry.0 = 0;
                }
            } else if problem.objective.is_maximised() {
                for entry in entries.iter_mut() {
                    entry.0 = decay.loss(entry.0, problem.cutoff);
                }
                entries.retain(|entry| self.unserved.is_none_or(|most| entry.0 < most));
            }
            if entries.len() > longest && self.unserved.is_none() && !is_cover {
                entries.select_nth_unstable(longest);
                ceiling = ceiling.min(f64::from(entries[longest].0));
                entries.truncate(longest);
                self.is_truncated = true;
            }
            entries.sort_unstable();
            let weight = if is_cover { 1 } else { problem.demand[demand as usize] };
            let mut hasher = FxHasher::default();
            for (cost, site) in entries.iter() {
                hasher.write_u64(u64::from(*cost) << 32 | u64::from(*site));
            }
            let alike = same.entry(hasher.finish()).or_default();
            let twin = alike.iter().copied().find(|point| {
                let range = self.lists.range(*point as usize);
                let own = self.lists.cost[range.clone()].iter().zip(&self.lists.site[range]);
                entries.iter().map(|(cost, site)| (cost, site)).eq(own)
            });
            // Points with equal truncated lists may differ farther away.
            if let Some(twin) = twin.filter(|_| !self.is_truncated && !self.is_whole) {
                self.weight[twin as usize] += weight;
                return;
            }
            alike.push(u32::try_from(self.weight.len()).unwrap_or(u32::MAX));
            self.weight.push(weight);
            self.members.push(demand);
            self.lists.push(0.0, needed, ceiling, entries.iter().map(|(cost, site)| (*site, *cost)));
        });
        if self.lists.starts.is_empty() {
            self.lists.starts.push(0);
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "bounds are computed in f64 and rounded to the safe side"
        )]
        for (into, weight) in self.lists.weight.iter_mut().zip(&self.weight) {
            *into = *weight as f64;
        }
        self.dearest = self.lists.cost.iter().copied().max().unwrap_or(0);
        let unserved = u64::from(self.unserved.unwrap_or(0));
        self.total = self.weight.iter().map(|weight| weight * unserved).sum();
    }

    /// The same with other states, and lists without the closed sites; cuts are forgotten.
    pub fn without_closed(&self, state: Vec<State>) -> Self {
        let mut slim = Self { state, shift: None, ..self.clone() };
        slim.forget_closed();
        slim
    }

    /// Takes closed sites out of the lists.
    pub fn forget_closed(&mut self) {
        let old = std::mem::take(&mut self.lists);
        self.lists.starts.push(0);
        for point in 0..old.len() {
            let range = old.range(point);
            let entries = old.site[range.clone()].iter().copied().zip(old.cost[range].iter().copied());
            let kept = entries.filter(|(site, _)| self.state[*site as usize] != State::Closed);
            self.lists.push(old.weight[point], old.need[point], old.ceiling[point], kept);
        }
    }

    /// Forgets points.
    pub fn keep_points(&mut self, is_dominated: &[bool]) {
        let old = std::mem::take(&mut self.lists);
        let (weights, members) = (std::mem::take(&mut self.weight), std::mem::take(&mut self.members));
        self.lists.starts.push(0);
        for point in (0..old.len()).filter(|point| !is_dominated[*point]) {
            let range = old.range(point);
            let entries = old.site[range.clone()].iter().copied().zip(old.cost[range].iter().copied());
            self.lists.push(old.weight[point], old.need[point], old.ceiling[point], entries);
            self.weight.push(weights[point]);
            self.members.push(members[point]);
        }
    }

    /// What is lost with these sites; `None` if somebody who must be served is not.
    pub fn loss(&self, chosen: &[bool]) -> Option<u64> {
        if !self.capacity.is_empty() {
            let served: u64 = super::capacity::serve(self, &sites_of(chosen)).iter().map(|part| part.2).sum();
            return Some(self.total.saturating_sub(served));
        }
        let mut sum = 0u64;
        for point in 0..self.weight.len() {
            let range = self.lists.range(point);
            let mut need = self.lists.need[point];
            let mut cost = self.unserved;
            for (site, entry) in self.lists.site[range.clone()].iter().zip(&self.lists.cost[range]) {
                if chosen[*site as usize] {
                    need -= 1;
                    if need == 0 {
                        cost = Some(*entry);
                        break;
                    }
                }
            }
            if need > 0 && self.is_truncated {
                cost = self.beyond(self.members[point], chosen).or(cost);
            }
            sum += self.weight[point] * u64::from(cost?);
        }
        let opened = self.opening.iter().zip(chosen).filter(|(_, is_chosen)| **is_chosen);
        Some(sum + opened.map(|(cost, _)| *cost).sum::<u64>())
    }

    /// What is lost with these sites.
    pub fn loss_of(&self, sites: &[u32]) -> Option<u64> {
        let mut chosen = vec![false; self.state.len()];
        for site in sites {
            chosen[*site as usize] = true;
        }
        self.loss(&chosen)
    }

    /// Does some site that may be chosen not serve somebody?
    pub fn has_gaps(&self) -> bool {
        let sites = self.state.iter().filter(|state| **state != State::Closed).count();
        let longest =
            |point: usize| self.lists.range(point).len() == sites || self.lists.ceiling[point].is_finite();
        !(0..self.lists.len()).all(longest)
    }

    /// The cost to the nearest chosen site, from the table.
    fn beyond(&self, demand: u32, chosen: &[bool]) -> Option<u32> {
        let sites = chosen.iter().enumerate().filter(|(_, is_chosen)| **is_chosen);
        let costs = sites.filter_map(|(site, _)| self.problem.costs.get(site, demand as usize));
        let nearest = costs.filter(|cost| self.problem.serves_at(*cost)).min()?;
        if !self.problem.objective.is_maximised() {
            return Some(nearest);
        }
        Some(self.problem.counted_decay().loss(nearest, self.problem.cutoff))
    }

    /// The value in the words of the objective.
    pub fn value(&self, loss: u64) -> u64 {
        if self.problem.objective.is_maximised() { self.total.saturating_sub(loss) } else { loss }
    }
}

/// The slack of the limit, with which required sites are to be opened too.
fn slack_of(problem: &Problem) -> Slack {
    match problem.limit {
        Limit::Sites(count) => Slack::Count(count),
        Limit::Budget(budget) => Slack::Budget(budget),
        Limit::None => Slack::Budget(u64::MAX),
    }
}

/// The positions that are chosen.
pub(super) fn sites_of(chosen: &[bool]) -> Vec<u32> {
    chosen.iter().zip(0u32..).filter(|(is_chosen, _)| **is_chosen).map(|(_, site)| site).collect()
}

/// For every site the sites it excludes, in rising order, each once.
pub(super) fn excludes(problem: &Problem) -> Vec<Vec<u32>> {
    let mut excludes = vec![Vec::new(); problem.sites.len()];
    for &[a, b] in &problem.exclusive {
        if a != b {
            excludes[a as usize].push(b);
            excludes[b as usize].push(a);
        }
    }
    for list in &mut excludes {
        list.sort_unstable();
        list.dedup();
    }
    excludes
}

/// The states the roles ask for.
pub(super) fn states(problem: &Problem) -> Vec<State> {
    let state = |site: &super::Site| match site.role {
        Role::Required => State::Open,
        Role::Candidate => State::Free,
        Role::Forbidden => State::Closed,
    };
    problem.sites.iter().map(state).collect()
}

/// Calls `each` with every demand point that counts and its entries (cost, site) within the cutoff, unsorted,
/// of sites that are not closed. Turns the table block by block, so that memory is read in order.
pub(super) fn for_each_list(
    problem: &Problem,
    state: &[State],
    counts: &dyn Fn(usize) -> bool,
    cutoff: Option<u32>,
    mut each: impl FnMut(u32, &mut Vec<(u32, u32)>),
) {
    const BLOCK: usize = 256;
    let sites: Vec<u32> =
        (0u32..).zip(state).filter(|(_, s)| **s != State::Closed).map(|(ix, _)| ix).collect();
    let table = &problem.costs;
    let mut lists: Vec<Vec<(u32, u32)>> = vec![Vec::new(); BLOCK];
    let mut cursors = vec![0usize; sites.len()];
    let count = problem.demand.len();
    for first in (0..count).step_by(BLOCK) {
        let last = (first + BLOCK).min(count);
        for (site, cursor) in sites.iter().zip(&mut cursors) {
            table.block(*site as usize, first, last, cursor, |demand, cost| {
                if cutoff.is_none_or(|most| cost <= most) {
                    lists[demand - first].push((cost, *site));
                }
            });
        }
        for (demand, list) in (first..last).zip(&mut lists) {
            if counts(demand) {
                each(u32::try_from(demand).unwrap_or(u32::MAX), list);
            }
            list.clear();
        }
    }
}
