//! Which plan is best, and is that proven? Branch and bound over "is this site chosen?", best bound first.
//! Knows the relaxation, not what is counted.

use std::collections::BinaryHeap;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::form::{Form, Shift, State, sites_of};
use super::local_search::LocalSearch;
use super::node::{Explored, Node};
use super::perturbation::Perturbation;
use super::pool::{Pool, whole};
use super::{Effort, Watch};

/// So many nodes are explored together, on any number of cores, so that the answer does not depend on them.
const BATCH: usize = 8;

/// While they are, plans are looked for: so many times the entries of the lists may be looked at, at most so many.
const ENTRIES_BESIDE: usize = 2_000;
const MOST_BESIDE: usize = 1_000_000_000;

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
    /// Has the root been solved as a saddle point?
    pub is_saddled: bool,
    /// Are plans looked for by annealing? Then none is improved by interchange.
    pub anneals: bool,
}

impl<'a> Search<'a> {
    /// A search for the best plans.
    pub fn new(form: &'a Form<'a>, means: Means<'a>) -> Self {
        Self { form, means, any: false, batches: usize::MAX, is_saddled: false, anneals: false }
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
        Search { form, means: self.means, any: self.any, batches, is_saddled: false, anneals: false }
    }

    /// Is it a search on the way of another?
    pub fn is_inner(&self) -> bool {
        self.batches != usize::MAX
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
        let mut root = Node { bound: 0.0, depth: 0, state, multipliers: Arc::new(multipliers) };
        let mut cuts = Vec::new();
        let has_saddle = self.has_saddle(pool);
        if has_saddle {
            perturbation.learn(self.form);
            let at_root = Search { anneals: perturbation.anneals(), ..*self };
            let Some(rooted) = at_root.bound_root(root, pool, &mut perturbation) else {
                return Ended { bound: u64::MAX, is_complete: true };
            };
            (root, cuts) = (rooted.node, rooted.cuts);
            root.depth = 1;
        }
        let mut heap = BinaryHeap::from([root]);
        if !has_saddle && let Some(ended) = self.descend(&mut heap, pool, &mut perturbation, 1) {
            return ended;
        }
        // What the root closed stands in no better plan: the rest is searched without it.
        let mut common = self.form.state.clone();
        for (site, state) in common.iter_mut().enumerate() {
            if heap.iter().all(|node| node.state[site] == State::Closed) {
                *state = State::Closed;
            }
        }
        let mut slim = self.form.without_closed(common);
        slim.shift = Shift::of(&slim, &cuts);
        let anneals = perturbation.anneals();
        let rest = Search { is_saddled: has_saddle, anneals, ..self.within(&slim, self.batches) };
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
            let work = self.form.lists.site.len().saturating_mul(ENTRIES_BESIDE).min(MOST_BESIDE);
            let (mut explored, perturbed) = rayon::join(
                || batch.into_par_iter().map(|node| self.explore(node, known)).collect::<Vec<Explored>>(),
                || {
                    if self.is_inner() {
                        Explored::default()
                    } else {
                        perturbation.perturb(self, known, work)
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
                self.take(&explored.plans, pool, told);
                heap.extend(explored.children);
            }
        }
        None
    }

    /// Is the best plan near enough to the bound?
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    pub fn is_content(&self, pool: &Pool, bound: u64) -> bool {
        let Some(best) = pool.incumbent().filter(|_| self.means.effort.gap > 0.0 && pool.size == 1) else {
            return false;
        };
        let (a, b) = (self.form.value(best) as f64, self.form.value(bound) as f64);
        (a - b).abs() <= self.means.effort.gap * a.max(b)
    }

    /// Takes plans in, and tells of each that is the best.
    pub fn take(&self, plans: &[(u64, Vec<u32>)], pool: &mut Pool, bound: u64) {
        for (loss, sites) in plans {
            if pool.offer(*loss, sites) {
                self.tell(pool, bound);
            }
        }
    }

    pub fn tell(&self, pool: &Pool, bound: u64) {
        if self.is_inner() {
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
    pub fn propagate(&self, state: &mut [State]) -> bool {
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
}
