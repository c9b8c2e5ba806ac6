//! Which plan is best, and is that proven? Branch and bound over "is this site chosen?", best bound first.
//! Knows the relaxation, not what is counted.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::form::{Form, State, sites_of};
use super::local_search::Improver;
use super::pool::{Pool, target, whole};
use super::relaxation::{Ascent, Dual, Pace, Part};
use super::selection::Room;
use super::shake::Shaker;
use super::{Effort, Watch};

/// So many parts are looked at together, on any number of cores, so that the answer does not depend on them.
const TOGETHER: usize = 8;
/// The first climb, and those below.
const FIRST: Pace = Pace { steps: 3_000, length: 1.0, patience: 20, least: 2e-3 };
const AGAIN: Pace = Pace { steps: 300, length: 0.5, patience: 10, least: 2e-2 };
/// Where the lists are short the first climb goes on more slowly.
const POLISH: Pace = Pace { steps: 4_000, length: 1.0, patience: 100, least: 1e-3 };
const POLISHED: usize = 500_000;
/// A glance at a part, and at how many sites before one is divided on.
const TRY: Pace = Pace { steps: 12, length: 0.3, patience: 6, least: 1e-2 };
const TRIED: usize = 6;
const BELOW: Pace = Pace { steps: 120, length: 0.3, patience: 8, least: 2e-2 };

/// A part of the search that is still to be looked at.
struct Node {
    bound: f64,
    depth: u32,
    state: Vec<State>,
    pays: Arc<Vec<f64>>,
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

/// What looking at a part gave.
#[derive(Default)]
pub(super) struct Seen {
    pub plans: Vec<(u64, Vec<u32>)>,
    children: Vec<Node>,
    /// Sites the relaxation of the whole chose now and then.
    favoured: Vec<u32>,
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
    /// Look at so many groups of parts at most; a search within a search has an end.
    groups: usize,
}

impl<'a> Search<'a> {
    /// A search for the best plans.
    pub fn new(form: &'a Form<'a>, means: Means<'a>) -> Self {
        Self { form, means, any: false, groups: usize::MAX }
    }

    /// A search for any plan.
    pub fn for_any(form: &'a Form<'a>, means: Means<'a>) -> Self {
        Self { any: true, ..Self::new(form, means) }
    }

    /// A search on the way of this one, of so many groups of parts; nobody hears of it.
    pub fn within<'b>(&self, form: &'b Form<'b>, groups: usize) -> Search<'b>
    where
        'a: 'b,
    {
        Search { form, means: self.means, any: self.any, groups }
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
        let pays = self.first_plan(&state, pool);
        let mut shaker = Shaker::new(self.means.effort.seed);
        let root = Node { bound: 0.0, depth: 0, state, pays: Arc::new(pays) };
        let mut heap = BinaryHeap::from([root]);
        if let Some(ended) = self.descend(&mut heap, pool, &mut shaker, 1) {
            return ended;
        }
        // What the first look closed stands in no better plan: the rest is searched without it.
        let mut common = self.form.state.clone();
        for (site, state) in common.iter_mut().enumerate() {
            if heap.iter().all(|node| node.state[site] == State::Closed) {
                *state = State::Closed;
            }
        }
        let slim = self.form.without_closed(common);
        let rest = self.within(&slim, self.groups);
        rest.descend(&mut heap, pool, &mut shaker, self.groups).unwrap_or_else(|| Ended {
            bound: heap.peek().map_or(0, |node| whole(node.bound)),
            is_complete: false,
        })
    }

    /// Looks at the most promising parts, group by group, at most so many groups.
    fn descend(
        &self,
        heap: &mut BinaryHeap<Node>,
        pool: &mut Pool,
        shaker: &mut Shaker,
        groups: usize,
    ) -> Option<Ended> {
        let mut told = 0;
        let mut dive: Option<Node> = None;
        for group in 0.. {
            let open = heap.peek().into_iter().chain(&dive);
            let Some(lowest) = open.map(|node| whole(node.bound)).min() else {
                return Some(Ended { bound: u64::MAX, is_complete: true });
            };
            if lowest >= pool.threshold() || (self.any && pool.best().is_some()) {
                return Some(Ended { bound: u64::MAX, is_complete: true });
            }
            if lowest > told {
                told = lowest;
                self.tell(pool, lowest);
            }
            if self.is_over() || self.is_content(pool, lowest) {
                return Some(Ended { bound: lowest, is_complete: false });
            }
            if group == groups {
                return None;
            }
            // The first of a group is a dive: one way down to a plan, whatever its bound.
            let mut batch: Vec<Node> = dive.take().into_iter().collect();
            batch.extend((batch.len()..TOGETHER).map_while(|_| heap.pop()));
            let known: &Pool = pool;
            let (mut seen, shaken) = rayon::join(
                || batch.into_par_iter().map(|node| self.look(node, known)).collect::<Vec<Seen>>(),
                || if self.groups == usize::MAX { shaker.shake(self, known) } else { Seen::default() },
            );
            seen.push(shaken);
            for (at, mut seen) in seen.into_iter().enumerate() {
                shaker.learn(&seen.favoured);
                if at == 0 && groups > 1 && !seen.children.is_empty() {
                    seen.children.sort_by(|a, b| b.bound.total_cmp(&a.bound));
                    dive = seen.children.pop();
                }
                for (loss, sites) in &seen.plans {
                    if pool.offer(*loss, sites) {
                        self.tell(pool, told);
                    }
                }
                heap.extend(seen.children);
            }
        }
        None
    }

    /// Is the best plan near enough to the bound?
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    fn is_content(&self, pool: &Pool, bound: u64) -> bool {
        let Some(best) = pool.best().filter(|_| self.means.effort.gap > 0.0 && pool.size == 1) else {
            return false;
        };
        let (a, b) = (self.form.value(best) as f64, self.form.value(bound) as f64);
        (a - b).abs() <= self.means.effort.gap * a.max(b)
    }

    fn tell(&self, pool: &Pool, bound: u64) {
        if self.groups != usize::MAX {
            return;
        }
        let plan = pool
            .plans
            .first()
            .map(|(loss, sites)| super::Plan { sites: sites.clone(), value: self.form.value(*loss) });
        let bound = pool.best().map_or(bound, |best| bound.min(best));
        self.means.watch.improved(plan.as_ref(), self.form.value(bound));
    }

    /// Greedy and exchange; what each point pays at first.
    fn first_plan(&self, state: &[State], pool: &mut Pool) -> Vec<f64> {
        let chosen = state.iter().map(|state| *state == State::Open).collect();
        let mut improver = Improver::new(self.form, state, chosen);
        improver.add_greedily();
        // A bound is worth more than the last exchange.
        let is_early = || {
            self.means.effort.seconds.is_none_or(|most| self.means.start.elapsed().as_secs_f64() < most / 4.0)
        };
        improver.exchange(|| !self.is_over() && is_early());
        if let Some((loss, sites)) = self.tidy(&improver.chosen, state) {
            pool.offer(loss, &sites);
        }
        self.tell(pool, 0);
        improver.first_payments()
    }

    /// The plan made of a choice: what excludes others or costs too much goes, what is missing is added.
    pub fn tidy(&self, wanted: &[bool], state: &[State]) -> Option<(u64, Vec<u32>)> {
        let mut chosen: Vec<bool> = state.iter().map(|state| *state == State::Open).collect();
        let mut improver = Improver::new(self.form, state, chosen.clone());
        for (site, _) in wanted.iter().enumerate().filter(|(site, wanted)| **wanted && !chosen[*site]) {
            if improver.may_add(site, None) && improver.has_room_for(site) {
                improver.chosen[site] = true;
            }
        }
        improver.add_greedily();
        if self.form.is_cover() {
            improver.drop_needless();
        }
        chosen.clone_from(&improver.chosen);
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

    /// Looks at a part: bounds it, fixes what cannot be otherwise, and divides it.
    fn look(&self, node: Node, pool: &Pool) -> Seen {
        let mut seen = Seen::default();
        let mut node = node;
        let mut best = pool.clone();
        for round in 0.. {
            let Some(part) = Part::new(self.form, &node.state) else { return seen };
            if Self::is_decided(&part) {
                self.close(&part, &node.state, &mut seen);
                return seen;
            }
            let pace = match (node.depth, round) {
                (0, 0) => FIRST,
                (0, _) => AGAIN,
                _ => BELOW,
            };
            let mut dual = self.climb(&part, &node, pace, &mut best, &mut seen);
            if node.depth == 0
                && part.lists.site.len() < POLISHED
                && whole(dual.bound.max(node.bound)) < best.threshold()
                && !self.is_over()
            {
                let pays = Arc::new(dual.pays.clone());
                let polished = Node { bound: node.bound, depth: 0, state: node.state.clone(), pays };
                let better = self.climb(&part, &polished, POLISH, &mut best, &mut seen);
                if better.bound > dual.bound {
                    dual = better;
                }
            }
            node.bound = node.bound.max(dual.bound);
            if node.depth == 0 {
                let often = part.sites.iter().zip(&dual.mean).filter(|(_, mean)| **mean > 0.01);
                seen.favoured = often.map(|(site, _)| *site).collect();
            }
            if whole(node.bound) >= best.threshold() {
                return seen;
            }
            if self.is_over() {
                seen.children.push(node);
                return seen;
            }
            self.round_up(&part, &dual, &node.state, &mut best, &mut seen);
            if whole(node.bound) >= best.threshold() {
                return seen;
            }
            let free = part.sites.len();
            let Some(fixed) = self.fix(&part, &dual, &mut node.state, best.threshold()) else { return seen };
            node.pays = Arc::new(dual.pays.clone());
            if fixed * 8 <= free || round > 20 {
                self.divide(&part, &dual, node, best.threshold(), &mut seen);
                return seen;
            }
        }
        seen
    }

    fn is_decided(part: &Part) -> bool {
        match part.room {
            Room::Count(count) => count == 0 || count == part.sites.len(),
            Room::Budget(_) => part.sites.is_empty(),
        }
    }

    /// Takes in the only plan that is left.
    fn close(&self, part: &Part, state: &[State], seen: &mut Seen) {
        let mut chosen: Vec<bool> = state.iter().map(|state| *state == State::Open).collect();
        if matches!(part.room, Room::Count(count) if count > 0) {
            for site in &part.sites {
                chosen[*site as usize] = true;
            }
        }
        let sites = sites_of(&chosen);
        if self.form.accepts(&sites)
            && let Some(loss) = self.form.loss(&chosen)
        {
            seen.plans.push((loss, sites));
        }
    }

    /// Climbs the dual of a part; plans met on the way are kept.
    fn climb(&self, part: &Part, node: &Node, pace: Pace, best: &mut Pool, seen: &mut Seen) -> Dual {
        let mut tried: Vec<u32> = Vec::new();
        let mut turn = 0usize;
        let is_first = node.depth == 0;
        let start = target(best.threshold(), 0.0);
        Ascent::new(part, &node.pays).climb(pace, start, |share, bound| {
            turn += 1;
            let every = if is_first { 10 } else { 40 };
            if turn % every == 1 {
                let mut chosen: Vec<bool> = node.state.iter().map(|state| *state == State::Open).collect();
                for (site, share) in part.sites.iter().zip(share) {
                    chosen[*site as usize] = *share > 0.999;
                }
                let sites = sites_of(&chosen);
                if sites != tried {
                    tried = sites;
                    self.try_choice(&chosen, &node.state, is_first && turn % 100 == 1, best, seen);
                }
            }
            (whole(bound) < best.threshold() && !self.is_over()).then(|| target(best.threshold(), bound))
        })
    }

    /// The plan of the sites that were chosen most often lately, improved.
    fn round_up(&self, part: &Part, dual: &Dual, state: &[State], best: &mut Pool, seen: &mut Seen) {
        let mut order: Vec<usize> = (0..part.sites.len()).collect();
        order.sort_by(|a, b| dual.mean[*b].total_cmp(&dual.mean[*a]).then(a.cmp(b)));
        let mut chosen: Vec<bool> = state.iter().map(|state| *state == State::Open).collect();
        let most = match part.room {
            Room::Count(count) => count,
            Room::Budget(_) => order.iter().filter(|at| dual.mean[**at] >= 0.5).count(),
        };
        for at in order.into_iter().take(most) {
            chosen[part.sites[at] as usize] = true;
        }
        self.try_choice(&chosen, state, true, best, seen);
    }

    fn try_choice(&self, chosen: &[bool], state: &[State], improve: bool, best: &mut Pool, seen: &mut Seen) {
        let Some((loss, sites)) = self.tidy(chosen, state) else { return };
        best.offer(loss, &sites);
        seen.plans.push((loss, sites.clone()));
        if improve {
            let mut chosen = vec![false; chosen.len()];
            for site in sites {
                chosen[site as usize] = true;
            }
            let mut improver = Improver::new(self.form, state, chosen);
            if improver.exchange(|| !self.is_over())
                && let Some((loss, sites)) = self.tidy(&improver.chosen, state)
            {
                best.offer(loss, &sites);
                seen.plans.push((loss, sites));
            }
        }
    }

    /// Fixes sites that no better plan has otherwise; returns how many, or `None` if nothing is left.
    fn fix(&self, part: &Part, dual: &Dual, state: &mut [State], threshold: u64) -> Option<usize> {
        let mut fixed = 0;
        let shares = dual.selection.share.iter().zip(&dual.selection.penalty);
        for (site, (share, penalty)) in part.sites.iter().zip(shares) {
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

    /// Divides a part on the site that is least decided, or of some such the one that moves the bound most.
    fn divide(&self, part: &Part, dual: &Dual, node: Node, threshold: u64, seen: &mut Seen) {
        let clash = |at: usize, site: u32| {
            dual.selection.share[at] > 0.0
                && self.form.excludes[site as usize].iter().any(|other| {
                    part.sites.binary_search(other).is_ok_and(|at| dual.selection.share[at] > 0.0)
                })
        };
        let undecided = |at: usize| {
            let mean = dual.mean[at];
            mean.min(1.0 - mean) + if clash(at, part.sites[at]) { 1.0 } else { 0.0 }
        };
        let mut candidates: Vec<usize> =
            (0..part.sites.len()).filter(|at| node.state[part.sites[*at] as usize] == State::Free).collect();
        candidates.sort_by(|a, b| {
            undecided(*b)
                .total_cmp(&undecided(*a))
                .then(dual.selection.penalty[*a].total_cmp(&dual.selection.penalty[*b]))
                .then(a.cmp(b))
        });
        candidates.truncate(TRIED);
        let tried = candidates.iter().map(|at| self.try_site(part.sites[*at], &node, threshold));
        // The product favours sites that move both bounds.
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
            Some((_, children)) => seen.children.extend(children),
            // Everything was fixed: what is left is one plan, found when the part is looked at again.
            None => seen.children.push(Node { depth: node.depth + 1, ..node }),
        }
    }

    /// The parts with and without a site, each with the bound of a short climb; those that can hold no wanted
    /// plan are left out.
    fn try_site(&self, site: u32, node: &Node, threshold: u64) -> Vec<Node> {
        let mut children = Vec::new();
        for choice in [State::Open, State::Closed] {
            let mut state = node.state.clone();
            state[site as usize] = choice;
            if !self.propagate(&mut state) {
                continue;
            }
            let Some(part) = Part::new(self.form, &state) else { continue };
            let mut bound = node.bound;
            if !Self::is_decided(&part) {
                let target = target(threshold, node.bound);
                let dual = Ascent::new(&part, &node.pays).climb(TRY, target, |_, bound| {
                    (whole(bound) < threshold && !self.is_over()).then_some(target)
                });
                bound = bound.max(dual.bound);
                if whole(bound) >= threshold {
                    continue;
                }
            }
            children.push(Node { bound, depth: node.depth + 1, state, pays: Arc::clone(&node.pays) });
        }
        children
    }
}
