//! How good can any plan be at most? The Lagrangian relaxation of "everyone is served once", and its dual.
//! Sources: Cornuéjols, Fisher and Nemhauser (1977); step sizes after Held, Wolfe and Crowder (1974);
//! the averaged choice after Barahona and Anbil (2000), The volume algorithm.

use super::capacity::Service;
use super::form::{Form, Lists, State};
use super::selection::{Selection, Slack};

/// A node of the search as a problem of its own: sites that are open or closed are worked into the lists.
pub(super) struct Subproblem {
    pub lists: Lists<f64>,
    /// Position in the form of each free site.
    pub sites: Vec<u32>,
    pub cost: Vec<u64>,
    /// Position in the form of each point.
    pub points: Vec<u32>,
    /// The fixed cost of opening each site.
    pub opening: Vec<f64>,
    /// Capacities of the free sites, then of those that are open; empty where there are none.
    capacity: Vec<f64>,
    /// What is lost whatever is chosen.
    pub base: f64,
    /// What not serving someone who must be served counts at most.
    pub most: f64,
    pub slack: Slack,
}

impl Subproblem {
    /// `None` where no plan can be.
    pub fn new(form: &Form<'_>, state: &[State]) -> Option<Self> {
        let spent: u128 = (form.problem.sites.iter().zip(state))
            .filter(|(_, s)| **s == State::Open)
            .map(|(site, _)| u128::from(site.cost))
            .sum();
        let open = state.iter().filter(|s| **s == State::Open).count();
        let slack = match form.relaxed_slack() {
            Slack::Count(count) => Slack::Count(count.checked_sub(open)?),
            Slack::Budget(budget) => {
                Slack::Budget(u64::try_from(u128::from(budget).checked_sub(spent)?).ok()?)
            }
        };
        let mut subproblem = Self {
            lists: Lists::default(),
            sites: Vec::new(),
            cost: Vec::new(),
            points: Vec::new(),
            opening: Vec::new(),
            capacity: Vec::new(),
            base: 0.0,
            most: form.most(),
            slack,
        };
        subproblem.base += form.shift.as_ref().map_or(0.0, |shift| shift.base);
        for (site, _) in state.iter().enumerate().filter(|(_, s)| **s == State::Open) {
            subproblem.base += form.opening_cost(site);
        }
        let mut number = vec![u32::MAX; state.len()];
        for (site, at) in
            (0u32..).zip(state).filter(|(_, s)| **s == State::Free).map(|(site, _)| (site, site as usize))
        {
            let cost = form.problem.sites[at].cost;
            if matches!(slack, Slack::Budget(left) if cost > left) {
                continue;
            }
            number[at] = u32::try_from(subproblem.sites.len()).unwrap_or(u32::MAX);
            subproblem.sites.push(site);
            subproblem.cost.push(cost);
        }
        if matches!(slack, Slack::Count(count) if count > subproblem.sites.len()) {
            return None;
        }
        if !form.capacity.is_empty() {
            subproblem.hold_open(form, state, &mut number);
        }
        subproblem.fill(form, state, &number)?;
        if form.shift.is_some() || form.is_cover() {
            subproblem.opening =
                subproblem.sites.iter().map(|site| form.opening_cost(*site as usize)).collect();
        }
        if form.is_cover() {
            subproblem.drop_redundant();
        }
        Some(subproblem)
    }

    /// With capacities, open sites stay in the lists, behind the free ones: they do not serve everyone in reach.
    fn hold_open(&mut self, form: &Form<'_>, state: &[State], number: &mut [u32]) {
        let open = (0u32..).zip(state).filter(|(_, s)| **s == State::Open).map(|(site, _)| site);
        let all: Vec<u32> = self.sites.iter().copied().chain(open).collect();
        for (at, site) in (0u32..).zip(&all) {
            number[*site as usize] = at;
        }
        #[expect(clippy::cast_precision_loss, reason = "bounds are rounded to the safe side")]
        let capacity = all.iter().map(|site| form.capacity[*site as usize] as f64);
        self.capacity = capacity.collect();
    }

    /// Values of the points by their position in the form; 0 where the subproblem does not hold the point.
    pub fn by_form(&self, values: &[f64]) -> Vec<f64> {
        let count = self.points.iter().max().map_or(0, |last| *last as usize + 1);
        let mut by_form = vec![0.0; count];
        for (point, value) in self.points.iter().zip(values) {
            by_form[*point as usize] = *value;
        }
        by_form
    }

    /// The value of each point, of values by position in the form.
    pub fn of_form(&self, values: &[f64]) -> Vec<f64> {
        self.points.iter().map(|point| values.get(*point as usize).copied().unwrap_or(0.0)).collect()
    }

    /// Sites that serve nobody left are not chosen; no multiplier is above the cheapest site that serves the point.
    fn drop_redundant(&mut self) {
        let mut is_needed = vec![false; self.sites.len()];
        for at in 0..self.lists.len() {
            let mut cheapest = f64::INFINITY;
            for site in &self.lists.site[self.lists.range(at)] {
                is_needed[*site as usize] = true;
                cheapest = cheapest.min(self.opening[*site as usize]);
            }
            self.lists.ceiling[at] = self.lists.ceiling[at].min(cheapest.max(1e-9));
        }
        let mut number = vec![u32::MAX; self.sites.len()];
        let mut kept = 0;
        for (site, _) in is_needed.iter().enumerate().filter(|(_, needed)| **needed) {
            number[site] = kept;
            let into = kept as usize;
            self.sites[into] = self.sites[site];
            self.cost[into] = self.cost[site];
            self.opening[into] = self.opening[site];
            kept += 1;
        }
        self.sites.truncate(kept as usize);
        self.cost.truncate(kept as usize);
        self.opening.truncate(kept as usize);
        for site in &mut self.lists.site {
            *site = number[*site as usize];
        }
    }

    fn fill(&mut self, form: &Form<'_>, state: &[State], number: &[u32]) -> Option<()> {
        let from = &form.lists;
        let (costs, ceilings) = match &form.shift {
            Some(shift) => (Some(&shift.cost), &shift.ceiling),
            None => (None, &from.ceiling),
        };
        self.lists.starts.push(0);
        let may_choose = self.slack != Slack::Count(0);
        for (point, ceiling) in ceilings.iter().enumerate() {
            let range = from.range(point);
            let first = self.lists.site.len();
            let mut ceiling = *ceiling;
            let mut need = from.need[point];
            for entry in range {
                let site = &from.site[entry];
                let cost = costs.map_or_else(|| f64::from(from.cost[entry]), |costs| costs[entry]);
                if cost >= ceiling {
                    break;
                }
                let is_held = match state[*site as usize] {
                    State::Closed => false,
                    State::Open if !self.capacity.is_empty() => true,
                    State::Open if need == 1 => {
                        ceiling = cost;
                        break;
                    }
                    State::Open => {
                        need -= 1;
                        false
                    }
                    State::Free => may_choose && number[*site as usize] != u32::MAX,
                };
                if is_held {
                    self.lists.site.push(number[*site as usize]);
                    self.lists.cost.push(cost);
                }
            }
            let held = self.lists.site.len() - first;
            if held < usize::from(need) {
                self.lists.site.truncate(first);
                self.lists.cost.truncate(first);
                if ceiling.is_infinite() {
                    return None;
                }
                self.base += from.weight[point] * ceiling;
                continue;
            }
            self.lists.weight.push(from.weight[point]);
            self.lists.need.push(need);
            self.lists.ceiling.push(ceiling);
            self.lists.starts.push(self.lists.site.len());
            self.points.push(u32::try_from(point).unwrap_or(u32::MAX));
        }
        Some(())
    }
}

/// What a dual comes to.
#[derive(Debug, Clone, Default)]
pub(super) struct Dual {
    /// No plan in this subproblem loses less.
    pub bound: f64,
    /// The multiplier of each point, by position in the form; 0 where the subproblem does not hold the point.
    pub multipliers: Vec<f64>,
    /// For each free site of the subproblem: by how much the bound rises if it is chosen, or not.
    pub selection: Selection,
    /// The averaged choice: how much of each site was chosen lately.
    pub mean: Vec<f64>,
}

/// The step size of an ascent, and how it shrinks: a factor of the step of Held, Wolfe and Crowder.
#[derive(Debug, Clone, Copy)]
pub(super) struct StepSize {
    pub iterations: usize,
    pub initial: f64,
    /// Halve it after so many iterations without a better bound.
    pub patience: usize,
    /// Stop below it.
    pub least: f64,
}

/// Subgradient ascent: searches for the multipliers of the greatest bound.
pub(super) struct Ascent<'a> {
    subproblem: &'a Subproblem,
    multipliers: Vec<f64>,
    /// How many entries of each point lie below its multiplier.
    reach: Vec<usize>,
    /// Of each site, at the present multipliers.
    reduced_cost: Vec<f64>,
    /// With capacities: whom each site serves.
    service: Service,
    direction: Vec<f64>,
    /// How far each multiplier goes along the direction: less where much weight hangs on the point.
    scale: Vec<f64>,
    selection: Selection,
    best: Dual,
    best_multipliers: Vec<f64>,
    best_reduced_cost: Vec<f64>,
}

impl<'a> Ascent<'a> {
    /// Starts from the multipliers of another subproblem, by position in the form.
    pub fn new(subproblem: &'a Subproblem, multipliers: &[f64]) -> Self {
        let lists = &subproblem.lists;
        let start = |(at, point): (usize, &u32)| {
            let range = lists.range(at);
            let nearest = lists.cost.get(range.start).copied().unwrap_or(0.0);
            let most = lists.ceiling[at] / f64::from(lists.need[at]);
            multipliers.get(*point as usize).copied().unwrap_or(0.0).max(nearest).min(most)
        };
        let multipliers: Vec<f64> = subproblem.points.iter().enumerate().map(start).collect();
        Self {
            subproblem,
            reach: (0..lists.len()).map(|at| lists.range(at).start).collect(),
            reduced_cost: vec![0.0; subproblem.sites.len().max(subproblem.capacity.len())],
            service: if subproblem.capacity.is_empty() {
                Service::default()
            } else {
                Service::new(lists, subproblem.capacity.len())
            },
            direction: vec![0.0; multipliers.len()],
            scale: lists.weight.iter().map(|weight| weight.max(1.0).sqrt().recip()).collect(),
            selection: Selection::default(),
            best: Dual {
                bound: f64::NEG_INFINITY,
                mean: vec![0.0; subproblem.sites.len()],
                ..Dual::default()
            },
            best_multipliers: multipliers.clone(),
            best_reduced_cost: Vec::new(),
            multipliers,
        }
    }

    /// The reduced costs of the sites; returns the part of the bound that no choice changes.
    fn reduce_costs(&mut self) -> f64 {
        let lists = &self.subproblem.lists;
        if self.subproblem.opening.is_empty() {
            self.reduced_cost.iter_mut().for_each(|cost| *cost = 0.0);
        } else {
            self.reduced_cost.copy_from_slice(&self.subproblem.opening);
        }
        let mut sum = self.subproblem.base;
        for at in 0..lists.len() {
            let multiplier = self.multipliers[at];
            let weight = lists.weight[at];
            let range = lists.range(at);
            let mut end = self.reach[at];
            while end < range.end && lists.cost[end] < multiplier {
                end += 1;
            }
            while end > range.start && lists.cost[end - 1] >= multiplier {
                end -= 1;
            }
            self.reach[at] = end;
            sum += weight * multiplier * f64::from(lists.need[at]);
            if !self.subproblem.capacity.is_empty() {
                continue;
            }
            for (site, cost) in lists.site[range.start..end].iter().zip(&lists.cost[range.start..end]) {
                self.reduced_cost[*site as usize] += weight * (*cost - multiplier);
            }
        }
        for (site, capacity) in self.subproblem.capacity.iter().enumerate() {
            self.reduced_cost[site] = -self.service.saves(site, *capacity, lists, &self.multipliers);
        }
        sum
    }

    /// The Lagrangian bound at the present multipliers.
    fn evaluate(&mut self) -> f64 {
        let sum = self.reduce_costs();
        let (free, open) = self.reduced_cost.split_at(self.subproblem.sites.len());
        self.selection.choose(free, &self.subproblem.cost, self.subproblem.slack);
        self.selection.share.extend(open.iter().map(|_| 1.0));
        sum + self.selection.sum + open.iter().sum::<f64>()
    }

    /// The subgradient, deflected by the last direction; returns the weighted square of the new direction.
    fn direct(&mut self, deflection: f64) -> f64 {
        let lists = &self.subproblem.lists;
        let mut square = 0.0;
        for at in 0..lists.len() {
            let from = lists.range(at).start;
            let mut served = 0.0;
            if self.subproblem.capacity.is_empty() {
                for site in &lists.site[from..self.reach[at]] {
                    served += self.selection.share[*site as usize];
                }
            } else {
                for entry in lists.range(at) {
                    served += self.selection.share[lists.site[entry] as usize] * self.service.taken[entry];
                }
            }
            let need = f64::from(lists.need[at]);
            let subgradient = need - served;
            let mut direction = deflection * subgradient + (1.0 - deflection) * self.direction[at];
            if direction > 0.0 && self.multipliers[at] * need >= lists.ceiling[at] {
                direction = 0.0;
            }
            self.direction[at] = direction;
            square += lists.weight[at] * direction * direction * self.scale[at];
        }
        square
    }

    fn step(&mut self, length: f64) {
        let lists = &self.subproblem.lists;
        for at in 0..lists.len() {
            let most = lists.ceiling[at] / f64::from(lists.need[at]);
            let least = lists.cost.get(lists.range(at).start).copied().unwrap_or(0.0);
            self.multipliers[at] =
                (self.multipliers[at] + length * self.direction[at] * self.scale[at]).max(least).min(most);
        }
    }

    /// Ascends until the bound reaches `target` (what a plan must beat) or the iterations are done. `each` sees
    /// every choice on the way, with its shares, and may stop the ascent by returning `None`, or lower the
    /// target.
    pub fn run(
        mut self,
        step_size: StepSize,
        mut target: f64,
        mut each: impl FnMut(&[f64], f64) -> Option<f64>,
    ) -> Dual {
        let mut length = step_size.initial;
        let mut since = 0;
        for iteration in 0..step_size.iterations.max(1) {
            let bound = self.evaluate();
            let share = 0.1f64.max(1.0 / f64::from(u32::try_from(iteration + 1).unwrap_or(u32::MAX)));
            for (mean, now) in self.best.mean.iter_mut().zip(&self.selection.share) {
                *mean += share * (now - *mean);
            }
            if bound > self.best.bound {
                let is_more = bound > self.best.bound + 1e-4 * (target - bound).abs();
                since = if is_more { 0 } else { since + 1 };
                self.best.bound = bound;
                self.best_multipliers.copy_from_slice(&self.multipliers);
                self.best_reduced_cost.clone_from(&self.reduced_cost);
            } else {
                since += 1;
            }
            match each(&self.selection.share, self.best.bound) {
                Some(lower) => target = target.min(lower),
                None => break,
            }
            if self.best.bound >= target {
                break;
            }
            if since >= step_size.patience {
                since = 0;
                length *= 0.5;
                self.multipliers.copy_from_slice(&self.best_multipliers);
                self.direction.iter_mut().for_each(|direction| *direction = 0.0);
                if length < step_size.least {
                    break;
                }
                self.evaluate();
            }
            let square = self.direct(if since == 0 && iteration == 0 { 1.0 } else { DEFLECTION });
            if square <= 0.0 {
                break;
            }
            let ahead = (target - bound).max(1e-9 * bound.abs());
            self.step(length * ahead / square);
        }
        self.finish()
    }

    fn finish(mut self) -> Dual {
        self.multipliers.copy_from_slice(&self.best_multipliers);
        let free = &self.best_reduced_cost[..self.subproblem.sites.len()];
        self.selection.choose(free, &self.subproblem.cost, self.subproblem.slack);
        self.selection.find_penalties(free, &self.subproblem.cost, self.subproblem.slack);
        self.best.selection = self.selection;
        self.best.multipliers = self.subproblem.by_form(&self.best_multipliers);
        self.best
    }
}

/// How much of a new subgradient is taken into the direction (Camerini, Fratta and Maffioli 1975).
const DEFLECTION: f64 = 0.3;
