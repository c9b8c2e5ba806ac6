//! Which plan is good at once? Greedy addition, then interchange (vertex substitution) while that helps.
//! Sources: Teitz and Bart (1968); Resende and Werneck (2007), A fast swap-based local search for p-median.

use super::form::{Form, State};
use super::selection::Slack;

/// Sites × chosen sites, above which interchanges are not looked at.
const MOST_PAIRS: usize = 16_000_000;

/// So many interchanges more are tried together with the best.
const AT_ONCE: usize = 12;

/// For every point the nearest and second nearest chosen site; with a need of two, the second and third.
struct Served {
    /// The cost now, and if the site that serves goes.
    now: Vec<f64>,
    next: Vec<f64>,
}

/// A plan being improved.
pub(super) struct LocalSearch<'a> {
    form: &'a Form<'a>,
    /// What not serving someone who must be served counts.
    most: f64,
    pub chosen: Vec<bool>,
    /// Sites that may not be changed.
    fixed: Vec<bool>,
    slack: Slack,
}

impl<'a> LocalSearch<'a> {
    /// `state` says what may be changed; the slack is that of the whole limit, required sites included.
    pub fn new(form: &'a Form<'a>, state: &[State], chosen: Vec<bool>) -> Self {
        Self {
            form,
            most: form.most(),
            chosen,
            fixed: state.iter().map(|state| *state != State::Free).collect(),
            slack: form.slack,
        }
    }

    fn cap(&self, point: usize) -> f64 {
        self.form.lists.ceiling[point].min(self.most)
    }

    /// May `site` be added if `gone` goes?
    pub fn may_add(&self, site: usize, gone: Option<usize>) -> bool {
        let is_free_of = |other: &u32| !self.chosen[*other as usize] || Some(*other as usize) == gone;
        !self.chosen[site] && !self.fixed[site] && self.form.excludes[site].iter().all(is_free_of)
    }

    /// Does the site fit into the slack?
    pub fn fits(&self, site: usize) -> bool {
        match self.slack {
            Slack::Count(count) => self.chosen.iter().filter(|chosen| **chosen).count() < count,
            Slack::Budget(_) => self.cost(site) <= self.left(),
        }
    }

    fn cost(&self, site: usize) -> u128 {
        u128::from(self.form.problem.sites[site].cost)
    }

    /// What is left of a budget; with a number every interchange keeps it.
    fn left(&self) -> u128 {
        match self.slack {
            Slack::Count(_) => u128::MAX,
            Slack::Budget(budget) => {
                let sites = self.form.problem.sites.iter().zip(&self.chosen).filter(|(_, chosen)| **chosen);
                u128::from(budget).saturating_sub(sites.map(|(site, _)| u128::from(site.cost)).sum())
            }
        }
    }

    /// Adds the site that gains most (for its cost, under a budget) until none may be added or none gains.
    pub fn add_greedily(&mut self) {
        loop {
            let left = match self.slack {
                Slack::Count(count) if self.chosen.iter().filter(|chosen| **chosen).count() >= count => {
                    return;
                }
                _ => self.left(),
            };
            let mut best: Option<(f64, usize)> = None;
            for (site, gain) in self.gains().into_iter().enumerate() {
                let cost = self.form.problem.sites[site].cost;
                if u128::from(cost) > left || !self.may_add(site, None) {
                    continue;
                }
                let worth = match self.slack {
                    Slack::Count(_) => gain,
                    #[expect(clippy::cast_precision_loss, reason = "a heuristic")]
                    Slack::Budget(_) => gain / cost.max(1) as f64,
                };
                if best.is_none_or(|(most, _)| worth > most) {
                    best = Some((worth, site));
                }
            }
            match best {
                Some((worth, site)) if worth > 0.0 || matches!(self.slack, Slack::Count(_)) => {
                    self.chosen[site] = true;
                }
                _ => return,
            }
        }
    }

    /// What each site would gain if it were added.
    fn gains(&self) -> Vec<f64> {
        if !self.form.capacity.is_empty() {
            return self.gains_of_capacity();
        }
        let lists = &self.form.lists;
        let served = self.served();
        let mut gain = vec![0.0; self.chosen.len()];
        for point in 0..lists.len() {
            let range = lists.range(point);
            let half = if lists.need[point] > 1 { 0.5 } else { 1.0 };
            for (site, cost) in lists.site[range.clone()].iter().zip(&lists.cost[range]) {
                let saved = served.now[point] - f64::from(*cost);
                if saved <= 0.0 {
                    break;
                }
                gain[*site as usize] += saved * lists.weight[point] * half;
            }
        }
        gain
    }

    /// The same where capacities are limited: as much as is not served yet, up to the capacity.
    #[expect(clippy::cast_precision_loss, reason = "a heuristic")]
    fn gains_of_capacity(&self) -> Vec<f64> {
        let form = self.form;
        let mut left = form.weight.clone();
        for (point, _, weight) in super::capacity::serve(form, &super::form::sites_of(&self.chosen)) {
            left[point] -= weight;
        }
        let mut gain = vec![0u64; self.chosen.len()];
        for (point, left) in left.iter().enumerate() {
            for site in &form.lists.site[form.lists.range(point)] {
                gain[*site as usize] += left;
            }
        }
        gain.iter().zip(&form.capacity).map(|(gain, most)| *gain.min(most) as f64).collect()
    }

    /// Takes out redundant sites, not needed to serve everyone, the dearest first.
    pub fn drop_redundant(&mut self) {
        let lists = &self.form.lists;
        let mut servers = vec![0u32; lists.len()];
        let mut serves: Vec<Vec<u32>> = vec![Vec::new(); self.chosen.len()];
        for (point, servers) in servers.iter_mut().enumerate() {
            for site in &lists.site[lists.range(point)] {
                if self.chosen[*site as usize] {
                    *servers += 1;
                    serves[*site as usize].push(u32::try_from(point).unwrap_or(u32::MAX));
                }
            }
        }
        let mut order: Vec<usize> =
            (0..self.chosen.len()).filter(|s| self.chosen[*s] && !self.fixed[*s]).collect();
        order.sort_by_key(|site| (std::cmp::Reverse(self.form.opening[*site]), serves[*site].len()));
        for site in order {
            if serves[site].iter().all(|point| servers[*point as usize] > 1) {
                self.chosen[site] = false;
                for point in &serves[site] {
                    servers[*point as usize] -= 1;
                }
            }
        }
    }

    /// Multipliers from which an ascent can start: halfway between the nearest chosen site and the next.
    pub fn initial_multipliers(&self) -> Vec<f64> {
        let served = self.served();
        let needs = self.form.lists.need.iter().map(|need| f64::from(*need));
        served
            .now
            .iter()
            .zip(&served.next)
            .zip(needs)
            .map(|((now, next), need)| f64::midpoint(*now, *next) / need)
            .collect()
    }

    fn served(&self) -> Served {
        let lists = &self.form.lists;
        let mut served =
            Served { now: Vec::with_capacity(lists.len()), next: Vec::with_capacity(lists.len()) };
        for point in 0..lists.len() {
            let (mut now, mut next) = (self.cap(point), self.cap(point));
            let mut need = lists.need[point];
            let range = lists.range(point);
            for (site, cost) in lists.site[range.clone()].iter().zip(&lists.cost[range]) {
                if !self.chosen[*site as usize] {
                    continue;
                }
                if need == 0 {
                    next = f64::from(*cost);
                    break;
                }
                need -= 1;
                if need == 0 {
                    now = f64::from(*cost);
                }
            }
            served.now.push(now);
            served.next.push(next);
        }
        served
    }

    /// Exchanges one chosen site for another while that loses less. Returns whether anything changed.
    pub fn interchange(&mut self, mut wants_more: impl FnMut() -> bool) -> bool {
        let chosen_count = self.chosen.iter().filter(|c| **c).count();
        let needs_two = self.form.lists.need.iter().any(|need| *need > 1);
        if needs_two || !self.form.capacity.is_empty() || chosen_count * self.chosen.len() > MOST_PAIRS {
            return false;
        }
        let mut changed = false;
        while wants_more() && self.interchange_once() {
            changed = true;
        }
        changed
    }

    /// Makes the best interchange, if it gains.
    fn interchange_once(&mut self) -> bool {
        let lists = &self.form.lists;
        let out: Vec<usize> =
            (0..self.chosen.len()).filter(|site| self.chosen[*site] && !self.fixed[*site]).collect();
        let mut column = vec![usize::MAX; self.chosen.len()];
        for (at, site) in out.iter().enumerate() {
            column[*site] = at;
        }
        let mut gain = vec![0.0; self.chosen.len()];
        let mut loss = vec![0.0; out.len()];
        let mut extra = vec![0.0; out.len() * self.chosen.len()];
        for point in 0..lists.len() {
            self.weigh_point(point, &column, out.len(), &mut gain, &mut loss, &mut extra);
        }
        // Sums are rounded: what gains less than this gains nothing.
        let least = 1e-6 + 1e-12 * gain.iter().copied().fold(0.0, f64::max);
        let left = self.left();
        let mut found: Vec<(f64, usize, usize)> = Vec::new();
        for site in 0..self.chosen.len() {
            if self.chosen[site] || self.fixed[site] {
                continue;
            }
            // The best partner of each site is enough.
            let partners = out
                .iter()
                .enumerate()
                .map(|(at, gone)| (gain[site] - loss[at] + extra[site * out.len() + at], site, *gone));
            let may = |pair: &(f64, usize, usize)| {
                pair.0 > least
                    && self.cost(site) <= left.saturating_add(self.cost(pair.2))
                    && self.may_add(site, Some(pair.2))
            };
            found.extend(partners.filter(may).max_by(|a, b| a.0.total_cmp(&b.0).then(b.2.cmp(&a.2))));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(&(_, site, gone)) = found.first() else { return false };
        self.interchange_several(&found, (site, gone));
        true
    }

    /// Makes several interchanges of different sites at once where that is better than the best alone.
    fn interchange_several(&mut self, found: &[(f64, usize, usize)], best: (usize, usize)) {
        let before = self.chosen.clone();
        let swap = |chosen: &mut Vec<bool>, (site, gone): (usize, usize)| {
            chosen[gone] = false;
            chosen[site] = true;
        };
        swap(&mut self.chosen, best);
        if found.len() < 2 {
            return;
        }
        let alone = self.chosen.clone();
        for &(_, site, gone) in found.iter().skip(1).take(AT_ONCE) {
            if self.chosen[gone]
                && self.may_add(site, Some(gone))
                && self.cost(site) <= self.left().saturating_add(self.cost(gone))
            {
                swap(&mut self.chosen, (site, gone));
            }
        }
        let several = std::mem::replace(&mut self.chosen, alone);
        if several != self.chosen && several != before {
            let (one, many) = (self.form.loss(&self.chosen), self.form.loss(&several));
            if many.is_some_and(|many| one.is_none_or(|one| many < one)) {
                self.chosen = several;
            }
        }
    }

    /// What one point adds to the gain of each site, the loss of each chosen one, and the extra that both together save.
    fn weigh_point(
        &self,
        point: usize,
        column: &[usize],
        width: usize,
        gain: &mut [f64],
        loss: &mut [f64],
        extra: &mut [f64],
    ) {
        let lists = &self.form.lists;
        let range = lists.range(point);
        let entries = || lists.site[range.clone()].iter().zip(&lists.cost[range.clone()]);
        let weight = lists.weight[point];
        let cap = self.cap(point);
        let mut chosen = entries().filter(|(site, _)| self.chosen[**site as usize]);
        let first = chosen.next();
        let next = chosen.next().map_or(cap, |(_, cost)| f64::from(*cost));
        let (now, at) =
            first.map_or((cap, usize::MAX), |(site, cost)| (f64::from(*cost), column[*site as usize]));
        if at != usize::MAX {
            loss[at] += weight * (next - now);
        }
        for (site, cost) in entries() {
            let cost = f64::from(*cost);
            if cost >= next {
                break;
            }
            let site = *site as usize;
            if self.chosen[site] {
                continue;
            }
            if cost < now {
                gain[site] += weight * (now - cost);
            }
            if at != usize::MAX {
                extra[site * width + at] += weight * (next - cost.max(now));
            }
        }
    }
}
