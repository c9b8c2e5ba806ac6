//! Which plan is best, and is that proven? Branch and bound over "is this site chosen?", best bound first.
//! Knows the relaxation, not what is counted.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::form::{Form, State, sites_of};
use super::local_search::LocalSearch;
use super::perturbation::Perturbation;
use super::pool::{Pool, target, whole};
use super::relaxation::{Ascent, Dual, StepSize, Subproblem};
use super::selection::Slack;
use super::{Effort, Watch};

/// So many nodes are explored together, on any number of cores, so that the answer does not depend on them.
const BATCH: usize = 8;
/// The ascent at the root: the first, and those after sites have been fixed.
const ROOT: StepSize = StepSize { iterations: 3_000, initial: 1.0, patience: 20, least: 2e-3 };
const ROOT_AGAIN: StepSize = StepSize { iterations: 300, initial: 0.5, patience: 10, least: 2e-2 };
/// Where the lists are short the first ascent goes on with smaller steps.
const ROOT_POLISH: StepSize = StepSize { iterations: 4_000, initial: 1.0, patience: 100, least: 1e-3 };
const POLISHED_ENTRIES: usize = 500_000;
/// Strong branching: a short ascent in both children of each of so many sites, before one is branched on.
const STRONG: StepSize = StepSize { iterations: 12, initial: 0.3, patience: 6, least: 1e-2 };
const STRONG_CANDIDATES: usize = 6;
/// The ascent below the root.
const BELOW_ROOT: StepSize = StepSize { iterations: 120, initial: 0.3, patience: 8, least: 2e-2 };

/// A subproblem that is still to be explored.
struct Node {
    bound: f64,
    depth: u32,
    state: Vec<State>,
    multipliers: Arc<Vec<f64>>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Node {}
impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Node {
    /// The heap gives the greatest first: the lowest bound, then the deepest.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bound = whole(other.bound).cmp(&whole(self.bound)).then(self.depth.cmp(&other.depth));
        by_bound.then(other.bound.total_cmp(&self.bound))
    }
}

/// What exploring a node gave.
#[derive(Default)]
pub(super) struct Explored {
    pub plans: Vec<(u64, Vec<u32>)>,
    children: Vec<Node>,
    /// The core: sites that the relaxation at the root chose now and then.
    core: Vec<u32>,
}

/// What is needed to search.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    pub effort: &'a Effort,
    pub watch: &'a dyn Watch,
    pub start: Instant,
}

/// How a search ended.
pub(super) struct Ended {
    /// No plan that is not in the pool loses less than this (or less than the pool's limit).
    pub bound: u64,
    /// The search came to its end.
    pub is_complete: bool,
}

/// A search under way.
pub(super) struct Search<'a> {
    pub form: &'a Form<'a>,
    means: Means<'a>,
    /// Any plan will do.
    any: bool,
    /// Explore so many batches of nodes at most; a search within a search has an end.
    batches: usize,
}

impl<'a> Search<'a> {
    /// A search for the best plans.
    pub fn new(form: &'a Form<'a>, means: Means<'a>) -> Self {
        Self { form, means, any: false, batches: usize::MAX }
    }

    /// A search for any plan.
    pub fn for_any(form: &'a Form<'a>, means: Means<'a>) -> Self {
        Self { any: true, ..Self::new(form, means) }
    }

    /// A search on the way of this one, of so many batches of nodes; nobody hears of it.
    pub fn within<'b>(&self, form: &'b Form<'b>, batches: usize) -> Search<'b>
    where
        'a: 'b,
    {
        Search { form, means: self.means, any: self.any, batches }
    }

    pub fn is_over(&self) -> bool {
        self.means.watch.is_cancelled()
            || self.means.effort.seconds.is_some_and(|most| self.means.start.elapsed().as_secs_f64() >= most)
    }

    /// Runs until all is looked at or the effort is spent. Plans go into the pool.
    pub fn run(&self, pool: &mut Pool) -> Ended {
        let mut state = self.form.state.clone();
        if !self.propagate(&mut state) {
            return Ended { bound: u64::MAX, is_complete: true };
        }
        let multipliers = self.first_plan(&state, pool);
        let mut perturbation = Perturbation::new(self.means.effort.seed);
        let root = Node { bound: 0.0, depth: 0, state, multipliers: Arc::new(multipliers) };
        let mut heap = BinaryHeap::from([root]);
        if let Some(ended) = self.descend(&mut heap, pool, &mut perturbation, 1) {
            return ended;
        }
        // What the root closed stands in no better plan: the rest is searched without it.
        let mut common = self.form.state.clone();
        for (site, state) in common.iter_mut().enumerate() {
            if heap.iter().all(|node| node.state[site] == State::Closed) {
                *state = State::Closed;
            }
        }
        let slim = self.form.without_closed(common);
        let rest = self.within(&slim, self.batches);
        rest.descend(&mut heap, pool, &mut perturbation, self.batches).unwrap_or_else(|| Ended {
            bound: heap.peek().map_or(0, |node| whole(node.bound)),
            is_complete: false,
        })
    }

    /// Explores the most promising nodes, batch by batch, at most so many batches.
    fn descend(
        &self,
        heap: &mut BinaryHeap<Node>,
        pool: &mut Pool,
        perturbation: &mut Perturbation,
        batches: usize,
    ) -> Option<Ended> {
        let mut told = 0;
        let mut dive: Option<Node> = None;
        for batch_number in 0.. {
            let open = heap.peek().into_iter().chain(&dive);
            let Some(lowest) = open.map(|node| whole(node.bound)).min() else {
                return Some(Ended { bound: u64::MAX, is_complete: true });
            };
            if lowest >= pool.threshold() || (self.any && pool.incumbent().is_some()) {
                return Some(Ended { bound: u64::MAX, is_complete: true });
            }
            if lowest > told {
                told = lowest;
                self.tell(pool, lowest);
            }
            if self.is_over() || self.is_content(pool, lowest) {
                return Some(Ended { bound: lowest, is_complete: false });
            }
            if batch_number == batches {
                return None;
            }
            // The first of a batch is a dive: one way down to a plan, whatever its bound.
            let mut batch: Vec<Node> = dive.take().into_iter().collect();
            batch.extend((batch.len()..BATCH).map_while(|_| heap.pop()));
            let known: &Pool = pool;
            let (mut explored, perturbed) = rayon::join(
                || batch.into_par_iter().map(|node| self.explore(node, known)).collect::<Vec<Explored>>(),
                || {
                    if self.batches == usize::MAX {
                        perturbation.perturb(self, known)
                    } else {
                        Explored::default()
                    }
                },
            );
            explored.push(perturbed);
            for (at, mut explored) in explored.into_iter().enumerate() {
                perturbation.set_core(&explored.core);
                if at == 0 && batches > 1 && !explored.children.is_empty() {
                    explored.children.sort_by(|a, b| b.bound.total_cmp(&a.bound));
                    dive = explored.children.pop();
                }
                for (loss, sites) in &explored.plans {
                    if pool.offer(*loss, sites) {
                        self.tell(pool, told);
                    }
                }
                heap.extend(explored.children);
            }
        }
        None
    }

    /// Is the best plan near enough to the bound?
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    fn is_content(&self, pool: &Pool, bound: u64) -> bool {
        let Some(best) = pool.incumbent().filter(|_| self.means.effort.gap > 0.0 && pool.size == 1) else {
            return false;
        };
        let (a, b) = (self.form.value(best) as f64, self.form.value(bound) as f64);
        (a - b).abs() <= self.means.effort.gap * a.max(b)
    }

    fn tell(&self, pool: &Pool, bound: u64) {
        if self.batches != usize::MAX {
            return;
        }
        let plan = pool
            .plans
            .first()
            .map(|(loss, sites)| super::Plan { sites: sites.clone(), value: self.form.value(*loss) });
        let bound = pool.incumbent().map_or(bound, |best| bound.min(best));
        self.means.watch.improved(plan.as_ref(), self.form.value(bound));
    }

    /// Greedy and interchange; the multipliers to begin with.
    fn first_plan(&self, state: &[State], pool: &mut Pool) -> Vec<f64> {
        let chosen = state.iter().map(|state| *state == State::Open).collect();
        let mut local_search = LocalSearch::new(self.form, state, chosen);
        local_search.add_greedily();
        // A bound is worth more than the last interchange.
        let is_early = || {
            self.means.effort.seconds.is_none_or(|most| self.means.start.elapsed().as_secs_f64() < most / 4.0)
        };
        local_search.interchange(|| !self.is_over() && is_early());
        if let Some((loss, sites)) = self.repair(&local_search.chosen, state) {
            pool.offer(loss, &sites);
        }
        self.tell(pool, 0);
        local_search.initial_multipliers()
    }

    /// Repairs a choice into a plan: what excludes others or costs too much goes, what is missing is added.
    pub fn repair(&self, wanted: &[bool], state: &[State]) -> Option<(u64, Vec<u32>)> {
        let mut chosen: Vec<bool> = state.iter().map(|state| *state == State::Open).collect();
        let mut local_search = LocalSearch::new(self.form, state, chosen.clone());
        for (site, _) in wanted.iter().enumerate().filter(|(site, wanted)| **wanted && !chosen[*site]) {
            if local_search.may_add(site, None) && local_search.fits(site) {
                local_search.chosen[site] = true;
            }
        }
        local_search.add_greedily();
        if self.form.is_cover() {
            local_search.drop_redundant();
        }
        chosen.clone_from(&local_search.chosen);
        let sites = sites_of(&chosen);
        if !self.form.accepts(&sites) {
            return None;
        }
        self.form.loss(&chosen).map(|loss| (loss, sites))
    }

    /// Closes what open sites exclude; `false` if that cannot be.
    fn propagate(&self, state: &mut [State]) -> bool {
        for site in 0..state.len() {
            if state[site] != State::Open {
                continue;
            }
            for other in &self.form.excludes[site] {
                match state[*other as usize] {
                    State::Open => return false,
                    _ => state[*other as usize] = State::Closed,
                }
            }
        }
        true
    }

    /// Explores a node: bounds it, fixes what cannot be otherwise, and branches.
    fn explore(&self, node: Node, pool: &Pool) -> Explored {
        let mut explored = Explored::default();
        let mut node = node;
        let mut best = pool.clone();
        for round in 0.. {
            let Some(subproblem) = Subproblem::new(self.form, &node.state) else { return explored };
            if Self::is_decided(&subproblem) {
                self.close(&subproblem, &node.state, &mut explored);
                return explored;
            }
            let step_size = match (node.depth, round) {
                (0, 0) => ROOT,
                (0, _) => ROOT_AGAIN,
                _ => BELOW_ROOT,
            };
            let mut dual = self.ascend(&subproblem, &node, step_size, &mut best, &mut explored);
            if node.depth == 0
                && subproblem.lists.site.len() < POLISHED_ENTRIES
                && whole(dual.bound.max(node.bound)) < best.threshold()
                && !self.is_over()
            {
                let multipliers = Arc::new(dual.multipliers.clone());
                let polished = Node { bound: node.bound, depth: 0, state: node.state.clone(), multipliers };
                let better = self.ascend(&subproblem, &polished, ROOT_POLISH, &mut best, &mut explored);
                if better.bound > dual.bound {
                    dual = better;
                }
            }
            node.bound = node.bound.max(dual.bound);
            if node.depth == 0 {
                let often = subproblem.sites.iter().zip(&dual.mean).filter(|(_, mean)| **mean > 0.01);
                explored.core = often.map(|(site, _)| *site).collect();
            }
            if whole(node.bound) >= best.threshold() {
                return explored;
            }
            if self.is_over() {
                explored.children.push(node);
                return explored;
            }
            self.round(&subproblem, &dual, &node.state, &mut best, &mut explored);
            if whole(node.bound) >= best.threshold() {
                return explored;
            }
            let free = subproblem.sites.len();
            let Some(fixed) = self.peg(&subproblem, &dual, &mut node.state, best.threshold()) else {
                return explored;
            };
            node.multipliers = Arc::new(dual.multipliers.clone());
            if fixed * 8 <= free || round > 20 {
                self.branch(&subproblem, &dual, node, best.threshold(), &mut explored);
                return explored;
            }
        }
        explored
    }

    fn is_decided(subproblem: &Subproblem) -> bool {
        match subproblem.slack {
            Slack::Count(count) => count == 0 || count == subproblem.sites.len(),
            Slack::Budget(_) => subproblem.sites.is_empty(),
        }
    }

    /// Takes in the only plan that is left.
    fn close(&self, subproblem: &Subproblem, state: &[State], explored: &mut Explored) {
        let mut chosen: Vec<bool> = state.iter().map(|state| *state == State::Open).collect();
        if matches!(subproblem.slack, Slack::Count(count) if count > 0) {
            for site in &subproblem.sites {
                chosen[*site as usize] = true;
            }
        }
        let sites = sites_of(&chosen);
        if self.form.accepts(&sites)
            && let Some(loss) = self.form.loss(&chosen)
        {
            explored.plans.push((loss, sites));
        }
    }

    /// Ascends the dual of a subproblem; plans met on the way are kept.
    fn ascend(
        &self,
        subproblem: &Subproblem,
        node: &Node,
        step_size: StepSize,
        best: &mut Pool,
        explored: &mut Explored,
    ) -> Dual {
        let mut tried: Vec<u32> = Vec::new();
        let mut turn = 0usize;
        let is_first = node.depth == 0;
        let start = target(best.threshold(), 0.0);
        Ascent::new(subproblem, &node.multipliers).run(step_size, start, |share, bound| {
            turn += 1;
            let every = if is_first { 10 } else { 40 };
            if turn % every == 1 {
                let mut chosen: Vec<bool> = node.state.iter().map(|state| *state == State::Open).collect();
                for (site, share) in subproblem.sites.iter().zip(share) {
                    chosen[*site as usize] = *share > 0.999;
                }
                let sites = sites_of(&chosen);
                if sites != tried {
                    tried = sites;
                    self.try_choice(&chosen, &node.state, is_first && turn % 100 == 1, best, explored);
                }
            }
            (whole(bound) < best.threshold() && !self.is_over()).then(|| target(best.threshold(), bound))
        })
    }

    /// The rounding heuristic: the plan of the sites that were chosen most often lately, improved.
    fn round(
        &self,
        subproblem: &Subproblem,
        dual: &Dual,
        state: &[State],
        best: &mut Pool,
        explored: &mut Explored,
    ) {
        let mut order: Vec<usize> = (0..subproblem.sites.len()).collect();
        order.sort_by(|a, b| dual.mean[*b].total_cmp(&dual.mean[*a]).then(a.cmp(b)));
        let mut chosen: Vec<bool> = state.iter().map(|state| *state == State::Open).collect();
        let most = match subproblem.slack {
            Slack::Count(count) => count,
            Slack::Budget(_) => order.iter().filter(|at| dual.mean[**at] >= 0.5).count(),
        };
        for at in order.into_iter().take(most) {
            chosen[subproblem.sites[at] as usize] = true;
        }
        self.try_choice(&chosen, state, true, best, explored);
    }

    fn try_choice(
        &self,
        chosen: &[bool],
        state: &[State],
        improve: bool,
        best: &mut Pool,
        explored: &mut Explored,
    ) {
        let Some((loss, sites)) = self.repair(chosen, state) else { return };
        best.offer(loss, &sites);
        explored.plans.push((loss, sites.clone()));
        if improve {
            let mut chosen = vec![false; chosen.len()];
            for site in sites {
                chosen[site as usize] = true;
            }
            let mut local_search = LocalSearch::new(self.form, state, chosen);
            if local_search.interchange(|| !self.is_over())
                && let Some((loss, sites)) = self.repair(&local_search.chosen, state)
            {
                best.offer(loss, &sites);
                explored.plans.push((loss, sites));
            }
        }
    }

    /// Pegging: fixes sites that, by their penalties, no better plan has otherwise; returns how many, or `None` if nothing is left.
    fn peg(
        &self,
        subproblem: &Subproblem,
        dual: &Dual,
        state: &mut [State],
        threshold: u64,
    ) -> Option<usize> {
        let mut fixed = 0;
        let shares = dual.selection.share.iter().zip(&dual.selection.penalty);
        for (site, (share, penalty)) in subproblem.sites.iter().zip(shares) {
            let is_in = *share > 0.5;
            if penalty.is_finite()
                && whole(dual.bound + penalty) >= threshold
                && (*share <= 0.0 || *share >= 1.0)
            {
                state[*site as usize] = if is_in { State::Open } else { State::Closed };
                fixed += 1;
            }
        }
        self.propagate(state).then_some(fixed)
    }

    /// Branches on the site that is least decided, or of some such the one that moves the bounds most.
    fn branch(
        &self,
        subproblem: &Subproblem,
        dual: &Dual,
        node: Node,
        threshold: u64,
        explored: &mut Explored,
    ) {
        let clash = |at: usize, site: u32| {
            dual.selection.share[at] > 0.0
                && self.form.excludes[site as usize].iter().any(|other| {
                    subproblem.sites.binary_search(other).is_ok_and(|at| dual.selection.share[at] > 0.0)
                })
        };
        let undecided = |at: usize| {
            let mean = dual.mean[at];
            mean.min(1.0 - mean) + if clash(at, subproblem.sites[at]) { 1.0 } else { 0.0 }
        };
        let mut candidates: Vec<usize> = (0..subproblem.sites.len())
            .filter(|at| node.state[subproblem.sites[*at] as usize] == State::Free)
            .collect();
        candidates.sort_by(|a, b| {
            undecided(*b)
                .total_cmp(&undecided(*a))
                .then(dual.selection.penalty[*a].total_cmp(&dual.selection.penalty[*b]))
                .then(a.cmp(b))
        });
        candidates.truncate(STRONG_CANDIDATES);
        let tried = candidates.iter().map(|at| self.strong_branch(subproblem.sites[*at], &node, threshold));
        // The product rule (Achterberg 2007) prefers sites that move both bounds.
        let worth = |children: &[Node]| {
            let rise = |child: &Node| (child.bound - node.bound).max(1e-6);
            if children.len() < 2 { f64::INFINITY } else { children.iter().map(rise).product() }
        };
        let mut best: Option<(f64, Vec<Node>)> = None;
        for children in tried {
            let worth = worth(&children);
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, children));
            }
            if worth.is_infinite() {
                break;
            }
        }
        match best {
            Some((_, children)) => explored.children.extend(children),
            // Everything was fixed: what is left is one plan, found when the node is explored again.
            None => explored.children.push(Node { depth: node.depth + 1, ..node }),
        }
    }

    /// The children with and without a site, each with the bound of a short ascent; those that can hold no wanted
    /// plan are left out.
    fn strong_branch(&self, site: u32, node: &Node, threshold: u64) -> Vec<Node> {
        let mut children = Vec::new();
        for choice in [State::Open, State::Closed] {
            let mut state = node.state.clone();
            state[site as usize] = choice;
            if !self.propagate(&mut state) {
                continue;
            }
            let Some(subproblem) = Subproblem::new(self.form, &state) else { continue };
            let mut bound = node.bound;
            if !Self::is_decided(&subproblem) {
                let target = target(threshold, node.bound);
                let dual = Ascent::new(&subproblem, &node.multipliers).run(STRONG, target, |_, bound| {
                    (whole(bound) < threshold && !self.is_over()).then_some(target)
                });
                bound = bound.max(dual.bound);
                if whole(bound) >= threshold {
                    continue;
                }
            }
            children.push(Node {
                bound,
                depth: node.depth + 1,
                state,
                multipliers: Arc::clone(&node.multipliers),
            });
        }
        children
    }
}
