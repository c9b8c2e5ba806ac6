//! What does the root of the search give? A bound near that of the linear relaxation, cuts, and good plans meanwhile.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::branch::Search;
use super::cuts::{Cut, Separator};
use super::form::{Form, Shift, State};
use super::levels::Levels;
use super::node::{Explored, Node};
use super::perturbation::Perturbation;
use super::pool::{Pool, target, whole};
use super::relaxation::{Ascent, StepSize, Subproblem};
use super::saddle::Saddle;

/// Lists with many costs and more entries than this are left to ascents: a step to the saddle takes too long there.
const MOST_ENTRIES: usize = 4_000_000;
/// A first ascent, from which the saddle point is looked for.
const FIRST: StepSize = StepSize { iterations: 400, initial: 1.0, patience: 20, least: 2e-3 };
/// Entries looked at in the first turn, doubled turn by turn, and at most; the steps that makes at least and at most.
const FIRST_ENTRIES: usize = 50_000;
const ENTRIES_A_TURN: usize = 20_000_000;
const STEPS_A_TURN: (usize, usize) = (20, 400);
/// While a step looks at two entries, plans are looked for in so many; while cuts are looked for, in so many for each
/// entry.
const BESIDE_STEPS: usize = 5;
const BESIDE_CUTS: usize = 800;
/// Turns at most for one relaxation, before its cuts or sites change.
const TURNS: usize = 60;
/// The relaxation is near enough solved when its gap is this share of what is left to the best plan.
const NEAR: f64 = 0.15;
/// Cuts at most in one round.
const CUTS_A_ROUND: usize = 400;
/// It has come to an end when so many rounds close less than this share of what is left.
const ROUNDS: (usize, f64) = (3, 0.05);
/// The same where service within the limit is all that counts: there cuts go farther.
const ROUNDS_OF_COVERAGE: (usize, f64) = (8, 0.02);
/// Sites are left out for good as soon as one of so many has been fixed.
const FIXED: usize = 12;
/// The relaxation chooses a site now and then if it chooses this much of it.
const CORE_SHARE: f64 = 0.01;

/// What the root came to.
pub(super) struct Rooted {
    pub node: Node,
    pub cuts: Vec<PricedCut>,
}

/// A cut at a price, by position in the form: whatever is fixed later, it holds.
#[derive(Clone)]
pub(super) struct PricedCut {
    sites: Vec<(u32, f64)>,
    /// A point, and the cost within which no site is chosen if it counts.
    levels: Vec<(u32, f64)>,
    least: f64,
    most: f64,
    price: f64,
}

/// The root under way: cuts and shares by position in the form.
struct Root {
    node: Node,
    share: Vec<f64>,
    cuts: Vec<PricedCut>,
    /// The bound after each round.
    bounds: Vec<f64>,
    turns: u32,
}

/// What comes next.
enum Next {
    /// No plan is better than those known.
    Done,
    /// Sites have been fixed: the same again without them.
    Smaller,
    /// Little more is to be had.
    Enough,
}

impl Search<'_> {
    /// Can the relaxation be solved as a saddle point? Where one site is enough and nothing but service counts. A search
    /// within another is over before that pays, and plans that are nearly as good are told apart by the tree alone.
    pub fn has_saddle(&self, pool: &Pool) -> bool {
        !self.is_inner()
            && pool.size == 1
            && self.form.capacity.is_empty()
            && !self.form.is_cover()
            && self.form.lists.need.iter().all(|need| *need == 1)
            && (self.form.unserved.is_some() || self.form.lists.site.len() <= MOST_ENTRIES)
    }

    /// Bounds the root; plans go into the pool. `None` when no plan is better than those.
    pub fn bound_root(&self, node: Node, pool: &mut Pool, perturbation: &mut Perturbation) -> Option<Rooted> {
        let form = self.form;
        let mut root = Root { node, share: Vec::new(), cuts: Vec::new(), bounds: Vec::new(), turns: 0 };
        loop {
            let subproblem = Subproblem::new(form, &root.node.state)?;
            if Self::is_decided(&subproblem) {
                return Some(Rooted { node: root.node, cuts: Vec::new() });
            }
            match self.solve_root(&mut root, &subproblem, pool, perturbation) {
                Next::Done => return None,
                Next::Smaller => {}
                Next::Enough => break,
            }
        }
        Some(Rooted { cuts: root.cuts, node: root.node })
    }

    /// Solves the relaxation of what is left, with cuts, until sites can be fixed.
    fn solve_root(
        &self,
        root: &mut Root,
        subproblem: &Subproblem,
        pool: &mut Pool,
        perturbation: &mut Perturbation,
    ) -> Next {
        if root.share.is_empty() {
            let start = target(pool.threshold(), 0.0);
            let first = Ascent::new(subproblem, &root.node.multipliers).run(FIRST, start, |_, bound| {
                (whole(bound) < pool.threshold() && !self.is_over()).then(|| target(pool.threshold(), bound))
            });
            root.node.bound = root.node.bound.max(first.bound);
            root.node.multipliers = Arc::new(first.multipliers);
            if whole(root.node.bound) >= pool.threshold() {
                return Next::Done;
            }
            root.set_shares(subproblem, &first.mean);
        }
        let shares: Vec<f64> = subproblem.sites.iter().map(|site| root.share[*site as usize]).collect();
        let mut saddle = Saddle::new(subproblem, &subproblem.of_form(&root.node.multipliers), &shares);
        let known = of_subproblem(&root.cuts, self.form, subproblem, saddle.levels(), &root.node.state);
        saddle.add_cuts(known);
        loop {
            if !self.solve_saddle(&mut saddle, root, pool, perturbation)
                || whole(root.node.bound) >= pool.threshold()
            {
                return Next::Done;
            }
            let next = self.after_round(&mut saddle, root, subproblem, pool, perturbation);
            if let Some(next) = next {
                return next;
            }
        }
    }

    /// Goes on to the saddle point while plans are looked for; `false` when no better plan can be.
    fn solve_saddle(
        &self,
        saddle: &mut Saddle<'_>,
        root: &mut Root,
        pool: &mut Pool,
        perturbation: &mut Perturbation,
    ) -> bool {
        for _ in 0..TURNS {
            if self.is_over() {
                break;
            }
            let known: &Pool = pool;
            let work = (FIRST_ENTRIES << root.turns.min(16)).min(ENTRIES_A_TURN);
            root.turns += 1;
            let steps = (work / saddle.entry_count().max(1)).clamp(STEPS_A_TURN.0, STEPS_A_TURN.1);
            let ((), perturbed) = rayon::join(
                || saddle.run(steps),
                || perturbation.perturb(self, known, work / 2 * BESIDE_STEPS),
            );
            root.node.bound = root.node.bound.max(saddle.bound);
            self.take(&perturbed.plans, pool, whole(root.node.bound));
            if whole(root.node.bound) >= pool.threshold() {
                return false;
            }
            let left = target(pool.threshold(), root.node.bound) - root.node.bound;
            if saddle.value - saddle.bound <= left * NEAR {
                break;
            }
        }
        true
    }

    /// Keeps what the round gave, fixes sites and adds cuts; `None` to go on.
    fn after_round(
        &self,
        saddle: &mut Saddle<'_>,
        root: &mut Root,
        subproblem: &Subproblem,
        pool: &mut Pool,
        perturbation: &mut Perturbation,
    ) -> Option<Next> {
        self.tell(pool, whole(root.node.bound));
        let dual = saddle.dual();
        root.set_shares(subproblem, saddle.shares());
        root.node.multipliers = Arc::new(dual.multipliers.clone());
        let often = subproblem.sites.iter().zip(saddle.shares()).filter(|(_, share)| **share > CORE_SHARE);
        perturbation.set_core(&often.map(|(site, _)| *site).collect::<Vec<u32>>());
        let mut explored = Explored::default();
        let mut best = pool.clone();
        self.round(subproblem, saddle.shares(), &root.node.state, &mut best, &mut explored);
        self.take(&explored.plans, pool, whole(root.node.bound));
        root.keep_cuts(saddle, subproblem);
        if self.is_over() || self.is_content(pool, whole(root.node.bound)) {
            return Some(Next::Enough);
        }
        let Some(fixed) = self.peg(subproblem, &dual, &mut root.node.state, pool.threshold()) else {
            return Some(Next::Done);
        };
        perturbation.leave_out(&root.node.state);
        root.bounds.push(root.node.bound);
        let left = target(pool.threshold(), root.node.bound) - root.node.bound;
        let (rounds, share) = if self.form.unserved.is_some() { ROUNDS_OF_COVERAGE } else { ROUNDS };
        let before = root.bounds.len().checked_sub(rounds + 1).map(|at| root.bounds[at]);
        let is_slow = before.is_some_and(|before| root.node.bound - before < left * share);
        if fixed * FIXED >= subproblem.sites.len() {
            return Some(Next::Smaller);
        }
        if is_slow {
            return Some(Next::Enough);
        }
        let shares = saddle.shares().to_vec();
        let known: &Pool = pool;
        let work = saddle.entry_count().saturating_mul(BESIDE_CUTS);
        let (cuts, perturbed) = {
            let (levels, reached) = saddle.reached();
            rayon::join(
                || Separator::new(levels, &shares, reached).find(CUTS_A_ROUND),
                || perturbation.perturb(self, known, work),
            )
        };
        self.take(&perturbed.plans, pool, whole(root.node.bound));
        if cuts.is_empty() {
            return Some(Next::Enough);
        }
        saddle.drop_idle_cuts();
        saddle.add_cuts(cuts.into_iter().map(|cut| (cut, 0.0)).collect());
        None
    }
}

impl Root {
    fn set_shares(&mut self, subproblem: &Subproblem, shares: &[f64]) {
        self.share = self.node.state.iter().map(|state| f64::from(u8::from(*state == State::Open))).collect();
        for (site, share) in subproblem.sites.iter().zip(shares) {
            self.share[*site as usize] = *share;
        }
    }

    /// The cuts that have a price, by position in the form.
    fn keep_cuts(&mut self, saddle: &Saddle<'_>, subproblem: &Subproblem) {
        let levels = saddle.levels();
        let kept = saddle.priced_cuts().filter(|(_, price)| *price > 0.0).map(|(cut, price)| PricedCut {
            sites: cut
                .sites
                .iter()
                .map(|(site, factor)| (subproblem.sites[*site as usize], *factor))
                .collect(),
            levels: cut
                .levels
                .iter()
                .map(|level| *level as usize)
                .map(|level| (subproblem.points[levels.point[level] as usize], levels.cost[level]))
                .collect(),
            least: cut.least,
            most: cut.most,
            price,
        });
        self.cuts = kept.collect();
    }
}

/// The cuts as they are where some sites are fixed.
fn of_subproblem(
    cuts: &[PricedCut],
    form: &Form<'_>,
    subproblem: &Subproblem,
    levels: &Levels,
    state: &[State],
) -> Vec<(Cut, f64)> {
    let number: FxHashMap<u32, u32> = subproblem.sites.iter().copied().zip(0u32..).collect();
    let position: FxHashMap<u32, u32> = subproblem.points.iter().copied().zip(0u32..).collect();
    let is_served = |point: u32, within: f64| {
        let range = form.lists.range(point as usize);
        let entries = form.lists.site[range.clone()].iter().zip(&form.lists.cost[range]);
        entries
            .take_while(|(_, cost)| f64::from(**cost) <= within)
            .any(|(site, _)| state[*site as usize] == State::Open)
    };
    let as_it_is = |cut: &PricedCut| {
        let chosen = cut.sites.iter().filter(|(site, _)| state[*site as usize] == State::Open);
        let least = cut.least - chosen.map(|(_, factor)| factor).sum::<f64>();
        let sites =
            cut.sites.iter().filter_map(|(site, factor)| Some((*number.get(site)?, *factor))).collect();
        let mut own = Vec::new();
        for (point, within) in cut.levels.iter().filter(|(point, within)| !is_served(*point, *within)) {
            own.push(levels.at(*position.get(point)?, *within)?);
        }
        (least > 0.0).then_some((Cut { sites, levels: own, least, most: cut.most }, cut.price))
    };
    cuts.iter().filter_map(as_it_is).collect()
}

impl Shift {
    /// The cuts at their prices, as costs of the lists and of sites.
    pub fn of(form: &Form<'_>, cuts: &[PricedCut]) -> Option<Self> {
        if cuts.is_empty() {
            return None;
        }
        let lists = &form.lists;
        let mut shift =
            Self { cost: Vec::new(), ceiling: Vec::new(), opening: vec![0.0; form.state.len()], base: 0.0 };
        // What is taken off the step from each entry to the next.
        let mut off = vec![0.0; lists.site.len()];
        for cut in cuts {
            shift.base += cut.price * cut.least;
            for (site, factor) in &cut.sites {
                shift.opening[*site as usize] -= factor * cut.price;
            }
            for (point, within) in &cut.levels {
                let range = lists.range(*point as usize);
                let last =
                    range.start + lists.cost[range].partition_point(|cost| f64::from(*cost) <= *within);
                match last.checked_sub(1).filter(|last| lists.range(*point as usize).contains(last)) {
                    Some(last) => off[last] += cut.price,
                    // None of its sites is left: it is not served so near.
                    None => shift.base -= cut.price,
                }
            }
        }
        for point in 0..lists.len() {
            let range = lists.range(point);
            let weight = lists.weight[point];
            let mut taken = 0.0;
            for entry in range.clone() {
                let own = f64::from(lists.cost[entry]);
                shift.cost.push(own - taken / weight);
                let next = if entry + 1 < range.end {
                    f64::from(lists.cost[entry + 1])
                } else {
                    lists.ceiling[point]
                };
                // No step is less than none.
                let most = weight * (next - own).max(0.0);
                shift.base -= (off[entry] - most).max(0.0);
                taken += off[entry].min(most);
            }
            shift.ceiling.push(lists.ceiling[point] - taken / weight);
        }
        Some(shift)
    }
}
