//! What does a node of the search tell? A bound, plans met on the way, sites that are fixed, and its children.

use std::sync::Arc;

use super::branch::Search;
use super::form::{State, sites_of};
use super::local_search::LocalSearch;
use super::node::{Explored, Node};
use super::pool::{Pool, target, whole};
use super::relaxation::{Ascent, Dual, StepSize, Subproblem};
use super::saddle::Saddle;
use super::selection::Slack;

/// The ascent at the root: the first, and those after sites have been fixed.
const ROOT: StepSize = StepSize { iterations: 3_000, initial: 1.0, patience: 20, least: 2e-3 };
const ROOT_AGAIN: StepSize = StepSize { iterations: 300, initial: 0.5, patience: 10, least: 2e-2 };
/// Where the lists are short the first ascent goes on with smaller steps.
const ROOT_POLISH: StepSize = StepSize { iterations: 4_000, initial: 1.0, patience: 100, least: 1e-3 };
const POLISHED_ENTRIES: usize = 500_000;
/// Below a root that was solved as a saddle point, where the lists are short, an ascent goes on as one.
const SADDLED_ENTRIES: usize = 100_000;
const SADDLE_STEPS: usize = 200;
/// Strong branching: a short ascent in both children of each of so many sites, before one is branched on.
const STRONG: StepSize = StepSize { iterations: 12, initial: 0.3, patience: 6, least: 1e-2 };
const STRONG_CANDIDATES: usize = 6;
/// The ascent below the root.
const BELOW_ROOT: StepSize = StepSize { iterations: 120, initial: 0.3, patience: 8, least: 2e-2 };

impl Search<'_> {
    /// Explores a node: bounds it, fixes what cannot be otherwise, and branches.
    pub fn explore(&self, node: Node, pool: &Pool) -> Explored {
        let mut explored = Explored::default();
        let mut node = node;
        let mut best = pool.clone();
        for round in 0.. {
            let Some(subproblem) = Subproblem::new(self.form, &node.state) else { return explored };
            if Self::is_decided(&subproblem) {
                self.close(&subproblem, &node.state, &mut explored);
                return explored;
            }
            let dual = self.bound_node(&subproblem, &node, round, &mut best, &mut explored);
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
            self.round(&subproblem, &dual.mean, &node.state, &mut best, &mut explored);
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

    /// Bounds a node: an ascent, and where that pays a finer one.
    fn bound_node(
        &self,
        subproblem: &Subproblem,
        node: &Node,
        round: usize,
        best: &mut Pool,
        explored: &mut Explored,
    ) -> Dual {
        let step_size = match (node.depth, round) {
            (0, 0) => ROOT,
            (0, _) => ROOT_AGAIN,
            _ => BELOW_ROOT,
        };
        let mut dual = self.ascend(subproblem, node, step_size, best, explored);
        if node.depth == 0
            && subproblem.lists.site.len() < POLISHED_ENTRIES
            && whole(dual.bound.max(node.bound)) < best.threshold()
            && !self.is_over()
        {
            let multipliers = Arc::new(dual.multipliers.clone());
            let polished = Node { bound: node.bound, depth: 0, state: node.state.clone(), multipliers };
            let better = self.ascend(subproblem, &polished, ROOT_POLISH, best, explored);
            if better.bound > dual.bound {
                dual = better;
            }
        }
        if self.is_saddled
            && subproblem.lists.site.len() < SADDLED_ENTRIES
            && whole(dual.bound.max(node.bound)) < best.threshold()
            && !self.is_over()
        {
            let mut saddle = Saddle::new(subproblem, &subproblem.of_form(&dual.multipliers), &dual.mean);
            saddle.run(SADDLE_STEPS);
            if saddle.bound > dual.bound {
                dual = saddle.dual();
            }
        }
        dual
    }

    pub fn is_decided(subproblem: &Subproblem) -> bool {
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
    pub fn round(
        &self,
        subproblem: &Subproblem,
        mean: &[f64],
        state: &[State],
        best: &mut Pool,
        explored: &mut Explored,
    ) {
        let mut order: Vec<usize> = (0..subproblem.sites.len()).collect();
        order.sort_by(|a, b| mean[*b].total_cmp(&mean[*a]).then(a.cmp(b)));
        let mut chosen: Vec<bool> = state.iter().map(|state| *state == State::Open).collect();
        let most = match subproblem.slack {
            Slack::Count(count) => count,
            Slack::Budget(_) => order.iter().filter(|at| mean[**at] >= 0.5).count(),
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
        if improve && !self.anneals {
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
    pub fn peg(
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
