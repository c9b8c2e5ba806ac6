//! How good can any plan be at most, nearly exactly? The linear relaxation as a saddle point, by primal-dual steps.
//!
//! Sources: Pock and Chambolle (2011), diagonal preconditioning; Applegate et al. (2021), restarts and primal weight.

use super::cuts::Cut;
use super::levels::Levels;
use super::projection::{as_f64, project};
use super::relaxation::{Dual, Subproblem};
use super::selection::Selection;

/// Looks at the gap after so many steps.
const LOOK: usize = 20;
/// A level of a list is left out if its cost is beyond the multiplier times this.
const MARGIN: f64 = 1.25;
/// A restart when the gap is this share of what it was, or this share and rising again.
const SUFFICIENT: f64 = 0.2;
const NECESSARY: f64 = 0.8;
/// A restart after this share of all steps.
const LONG: f64 = 0.36;

/// A pair of points of the saddle: shares of sites and of what is not served, prices of levels and of cuts.
#[derive(Clone, Default)]
struct Pair {
    share: Vec<f64>,
    /// Of the levels that stand in cuts only.
    unserved: Vec<f64>,
    price: Vec<f64>,
    cut_price: Vec<f64>,
}

impl Pair {
    fn each(&mut self, other: &Self, mut change: impl FnMut(&mut f64, f64)) {
        let parts = [
            (&mut self.share, &other.share),
            (&mut self.unserved, &other.unserved),
            (&mut self.price, &other.price),
            (&mut self.cut_price, &other.cut_price),
        ];
        for (own, others) in parts {
            own.iter_mut().zip(others).for_each(|(own, other)| change(own, *other));
        }
    }
}

/// How far each step goes: of the shares and of the prices.
#[derive(Default)]
struct Norms {
    site: Vec<f64>,
    unserved: Vec<f64>,
    level: Vec<f64>,
    cut: Vec<f64>,
}

/// The linear relaxation of a subproblem, on its way to the saddle point.
pub(super) struct Saddle<'a> {
    subproblem: &'a Subproblem,
    levels: Levels,
    base: f64,
    cuts: Vec<Cut>,
    /// The levels that stand in cuts, and the position of each level among them.
    held: Vec<u32>,
    place: Vec<u32>,
    norms: Norms,
    now: Pair,
    sum: Pair,
    start: Pair,
    /// Steps in all, and since the last restart.
    steps: usize,
    since: usize,
    /// Prices per share: the primal weight.
    weight: f64,
    threshold: f64,
    gap_at_restart: f64,
    last_gap: f64,
    best: Pair,
    /// No plan in the subproblem loses less.
    pub bound: f64,
    /// The least value of the relaxation seen.
    pub value: f64,
    saved: Vec<f64>,
    reached: Vec<f64>,
    selection: Selection,
}

impl<'a> Saddle<'a> {
    /// Starts from multipliers of the subproblem's points and shares of its sites.
    pub fn new(subproblem: &'a Subproblem, multipliers: &[f64], mean: &[f64]) -> Self {
        let mut saddle = Self {
            subproblem,
            levels: Levels { starts: vec![0], ..Levels::default() },
            base: subproblem.base,
            cuts: Vec::new(),
            held: Vec::new(),
            place: Vec::new(),
            norms: Norms::default(),
            now: Pair { share: mean.to_vec(), ..Pair::default() },
            sum: Pair::default(),
            start: Pair::default(),
            steps: 0,
            since: 0,
            weight: 1.0,
            threshold: 0.0,
            gap_at_restart: f64::INFINITY,
            last_gap: f64::INFINITY,
            best: Pair::default(),
            bound: f64::NEG_INFINITY,
            value: f64::INFINITY,
            saved: vec![0.0; subproblem.sites.len()],
            reached: Vec::new(),
            selection: Selection::default(),
        };
        for (at, multiplier) in multipliers.iter().enumerate() {
            saddle.add_point(at, *multiplier);
        }
        saddle.reached = vec![0.0; saddle.levels.len()];
        saddle.place = vec![u32::MAX; saddle.levels.len()];
        let chosen = saddle.now.share.iter().sum::<f64>().max(1.0);
        let prices = saddle.levels.most.iter().map(|most| most * most).sum::<f64>().sqrt();
        saddle.weight = (prices / chosen.sqrt()).max(1e-9);
        saddle.begin();
        let mut first = saddle.now.clone();
        saddle.bound = saddle.bound_of(&mut first);
        saddle.best = first;
        saddle
    }

    /// The levels of a point, and their prices at its multiplier.
    fn add_point(&mut self, at: usize, multiplier: f64) {
        let lists = &self.subproblem.lists;
        let range = lists.range(at);
        let weight = lists.weight[at];
        let least = lists.cost.get(range.start).copied().unwrap_or(0.0);
        let ceiling = if lists.ceiling[at].is_finite() { lists.ceiling[at] } else { self.subproblem.most };
        self.base += weight * least;
        let farthest = (least + (multiplier - least) * MARGIN).max(multiplier + 1e-9);
        let mut entry = range.start;
        let mut is_first = true;
        while entry < range.end && (is_first || lists.cost[entry] < farthest) {
            let cost = lists.cost[entry];
            while entry < range.end && lists.cost[entry] <= cost {
                self.levels.site.push(lists.site[entry]);
                entry += 1;
            }
            let next = lists.cost[..range.end].get(entry).map_or(ceiling, |next| next.min(ceiling));
            let most = weight * (next - cost).max(0.0);
            self.levels.starts.push(self.levels.site.len());
            self.levels.is_first.push(is_first);
            self.levels.most.push(most);
            self.levels.point.push(u32::try_from(at).unwrap_or(u32::MAX));
            self.levels.cost.push(cost);
            self.now.price.push((weight * (multiplier - cost)).clamp(0.0, most));
            is_first = false;
        }
    }

    /// Takes cuts in and begins anew from the best prices.
    pub fn add_cuts(&mut self, cuts: Vec<(Cut, f64)>) {
        self.now.cut_price.extend(cuts.iter().map(|(_, price)| price));
        self.best.cut_price.resize(self.now.cut_price.len(), 0.0);
        self.cuts.extend(cuts.into_iter().map(|(cut, _)| cut));
        for cut in &self.cuts {
            for level in &cut.levels {
                let place = &mut self.place[*level as usize];
                if *place == u32::MAX {
                    *place = u32::try_from(self.held.len()).unwrap_or(u32::MAX);
                    self.held.push(*level);
                }
            }
        }
        self.levels.reached(&self.now.share, &mut self.reached);
        for level in self.held.iter().skip(self.now.unserved.len()) {
            self.now.unserved.push((1.0 - self.reached[*level as usize]).max(0.0));
        }
        self.value = f64::INFINITY;
        self.begin();
    }

    /// Forgets cuts without a price.
    pub fn drop_idle_cuts(&mut self) {
        let prices: Vec<f64> = self.best.cut_price.clone();
        let is_kept = |at: usize| prices[at] > 1e-7 * self.cuts[at].most.max(1e-9);
        let kept: Vec<usize> = (0..self.cuts.len()).filter(|at| is_kept(*at)).collect();
        if kept.len() == self.cuts.len() {
            return;
        }
        self.now.cut_price = kept.iter().map(|at| self.now.cut_price[*at]).collect();
        self.best.cut_price = kept.iter().map(|at| prices[*at]).collect();
        let old = std::mem::take(&mut self.cuts);
        let mut at = 0;
        self.cuts = old
            .into_iter()
            .filter(|_| {
                at += 1;
                kept.binary_search(&(at - 1)).is_ok()
            })
            .collect();
        self.begin();
    }

    /// Restarts here; cuts may have come or gone.
    fn begin(&mut self) {
        let levels = &self.levels;
        let mut norms = Norms {
            site: vec![0.0; self.saved.len()],
            unserved: vec![1.0; self.held.len()],
            level: vec![0.0; levels.len()],
            cut: Vec::with_capacity(self.cuts.len()),
        };
        let mut after = 0.0;
        for level in (0..levels.len()).rev() {
            after += 1.0;
            for site in &levels.site[levels.starts[level]..levels.starts[level + 1]] {
                norms.site[*site as usize] += after;
            }
            if levels.is_first[level] {
                after = 0.0;
            }
        }
        let mut within = 0;
        for level in 0..levels.len() {
            within = if levels.is_first[level] { 0 } else { within };
            within += levels.starts[level + 1] - levels.starts[level];
            let is_held = usize::from(self.place[level] != u32::MAX);
            norms.level[level] = as_f64(within + is_held);
        }
        for cut in &self.cuts {
            let mut norm = as_f64(cut.levels.len());
            for (site, factor) in &cut.sites {
                norms.site[*site as usize] += factor;
                norm += factor;
            }
            for level in &cut.levels {
                norms.unserved[self.place[*level as usize] as usize] += 1.0;
            }
            norms.cut.push(norm);
        }
        norms.site.iter_mut().for_each(|norm| *norm = norm.max(1.0));
        self.norms = norms;
        self.restart();
    }

    fn restart(&mut self) {
        self.start = self.now.clone();
        self.sum = self.now.clone();
        self.sum.each(&self.start, |sum, _| *sum = 0.0);
        self.since = 0;
        self.gap_at_restart = f64::INFINITY;
        self.last_gap = f64::INFINITY;
    }

    /// What each site saves at the prices of cuts, added.
    fn save_by_cuts(&self, cut_price: &[f64], saved: &mut [f64]) {
        for (cut, price) in self.cuts.iter().zip(cut_price) {
            if *price > 0.0 {
                for (site, factor) in &cut.sites {
                    saved[*site as usize] += factor * price;
                }
            }
        }
    }

    /// The price of cuts on each of the levels that stand in some.
    fn on_levels(&self, cut_price: &[f64]) -> Vec<f64> {
        let mut on = vec![0.0; self.held.len()];
        for (cut, price) in self.cuts.iter().zip(cut_price) {
            for level in &cut.levels {
                on[self.place[*level as usize] as usize] += price;
            }
        }
        on
    }

    /// Takes so many steps.
    pub fn run(&mut self, steps: usize) {
        for _ in 0..steps {
            self.step();
            if self.since.is_multiple_of(LOOK) {
                self.look();
            }
        }
    }

    fn step(&mut self) {
        let mut saved = std::mem::take(&mut self.saved);
        self.levels.saved(&self.now.price, &mut saved);
        self.save_by_cuts(&self.now.cut_price, &mut saved);
        for (saved, opening) in saved.iter_mut().zip(&self.subproblem.opening) {
            *saved -= opening;
        }
        for ((wanted, share), norm) in saved.iter_mut().zip(&self.now.share).zip(&self.norms.site) {
            *wanted = share + *wanted / (self.weight * norm);
        }
        self.threshold = project(
            &mut saved,
            &self.norms.site,
            &self.subproblem.cost,
            self.subproblem.slack,
            self.threshold,
        );
        let mut beyond = std::mem::take(&mut self.now.share);
        for (share, next) in beyond.iter_mut().zip(&saved) {
            *share = 2.0 * next - *share;
        }
        self.now.share = saved;
        let on = self.on_levels(&self.now.cut_price);
        let mut unserved_beyond = self.now.unserved.clone();
        for (place, level) in self.held.iter().enumerate() {
            let level = *level as usize;
            let cost = self.levels.most[level] - self.now.price[level] - on[place];
            let own = &mut self.now.unserved[place];
            let next = (*own - cost / (self.weight * self.norms.unserved[place])).clamp(0.0, 1.0);
            unserved_beyond[place] = 2.0 * next - *own;
            *own = next;
        }
        self.levels.reached(&beyond, &mut self.reached);
        for level in 0..self.levels.len() {
            let place = self.place[level];
            let unserved = if place == u32::MAX { 0.0 } else { unserved_beyond[place as usize] };
            let missing = 1.0 - self.reached[level] - unserved;
            let price = self.now.price[level] + self.weight * missing / self.norms.level[level];
            self.now.price[level] = price.clamp(0.0, self.levels.most[level]);
        }
        for (at, cut) in self.cuts.iter().enumerate() {
            let missing = self.missing(cut, &beyond, &unserved_beyond);
            let price = self.now.cut_price[at] + self.weight * missing / self.norms.cut[at];
            self.now.cut_price[at] = price.clamp(0.0, cut.most);
        }
        self.saved = beyond;
        let now = std::mem::take(&mut self.now);
        self.sum.each(&now, |sum, now| *sum += now);
        self.now = now;
        self.steps += 1;
        self.since += 1;
    }

    /// By how much a cut is not kept.
    fn missing(&self, cut: &Cut, share: &[f64], unserved: &[f64]) -> f64 {
        let chosen: f64 = cut.sites.iter().map(|(site, factor)| factor * share[*site as usize]).sum();
        let left: f64 = cut.levels.iter().map(|level| unserved[self.place[*level as usize] as usize]).sum();
        cut.least - chosen - left
    }

    /// Looks at where it stands, and restarts from the better of where it is and the mean.
    fn look(&mut self) {
        let mut mean = self.sum.clone();
        let count = as_f64(self.since);
        let sum = std::mem::take(&mut self.sum);
        mean.each(&sum, |mean, sum| *mean = sum / count);
        self.sum = sum;
        let (of_mean, of_now) = (self.gap(&mut mean), {
            let mut now = self.now.clone();
            self.gap(&mut now)
        });
        let gap = of_mean.min(of_now);
        if self.gap_at_restart.is_infinite() {
            self.gap_at_restart = gap;
        }
        let is_less = gap < SUFFICIENT * self.gap_at_restart
            || (gap < NECESSARY * self.gap_at_restart && gap > self.last_gap)
            || as_f64(self.since) > LONG * as_f64(self.steps);
        if !is_less {
            self.last_gap = gap;
            return;
        }
        if of_mean < of_now {
            self.now = mean;
        }
        let moved = |now: &[f64], start: &[f64], norm: &[f64]| -> f64 {
            now.iter()
                .zip(start)
                .zip(norm)
                .map(|((now, start), norm)| norm * (now - start) * (now - start))
                .sum()
        };
        let shares = moved(&self.now.share, &self.start.share, &self.norms.site)
            + moved(&self.now.unserved, &self.start.unserved, &self.norms.unserved);
        let prices = moved(&self.now.price, &self.start.price, &self.norms.level)
            + moved(&self.now.cut_price, &self.start.cut_price, &self.norms.cut);
        if shares > 1e-18 && prices > 1e-18 {
            self.weight = (prices / shares).sqrt().sqrt() * self.weight.sqrt();
        }
        self.restart();
        self.gap_at_restart = gap;
    }

    /// How far the value of the shares lies above the bound of the prices. The best of each are kept.
    fn gap(&mut self, pair: &mut Pair) -> f64 {
        let value = self.value_of(pair);
        self.value = self.value.min(value);
        let bound = self.bound_of(pair);
        if bound > self.bound {
            self.bound = bound;
            self.best = pair.clone();
        }
        value - bound
    }

    /// What the shares lose, with what they break at the greatest price.
    fn value_of(&mut self, pair: &Pair) -> f64 {
        self.levels.reached(&pair.share, &mut self.reached);
        let openings =
            self.subproblem.opening.iter().zip(&pair.share).map(|(opening, share)| opening * share);
        let mut value = self.base + openings.sum::<f64>();
        for level in 0..self.levels.len() {
            let place = self.place[level];
            let unserved = if place == u32::MAX { 0.0 } else { pair.unserved[place as usize] };
            value += self.levels.most[level] * (unserved + (1.0 - self.reached[level] - unserved).max(0.0));
        }
        let cuts = self.cuts.iter();
        value
            + cuts.map(|cut| cut.most * self.missing(cut, &pair.share, &pair.unserved).max(0.0)).sum::<f64>()
    }

    /// What no plan beats, by these prices; those of levels in cuts are lowered to what is left for them.
    fn bound_of(&mut self, pair: &mut Pair) -> f64 {
        let on = self.on_levels(&pair.cut_price);
        let mut bound = self.base;
        for (place, level) in self.held.iter().enumerate() {
            let level = *level as usize;
            let left = self.levels.most[level] - on[place];
            pair.price[level] = pair.price[level].min(left.max(0.0));
            bound += left.min(0.0);
        }
        let mut saved = std::mem::take(&mut self.saved);
        self.levels.saved(&pair.price, &mut saved);
        self.save_by_cuts(&pair.cut_price, &mut saved);
        for (site, saved) in saved.iter_mut().enumerate() {
            *saved = self.subproblem.opening.get(site).copied().unwrap_or(0.0) - *saved;
        }
        self.selection.choose(&saved, &self.subproblem.cost, self.subproblem.slack);
        self.saved = saved;
        bound += pair.price.iter().sum::<f64>() + self.selection.sum;
        bound + self.cuts.iter().zip(&pair.cut_price).map(|(cut, price)| cut.least * price).sum::<f64>()
    }

    /// How many entries each step looks at.
    pub fn entry_count(&self) -> usize {
        self.levels.site.len()
    }

    /// How much of each site is chosen.
    pub fn shares(&self) -> &[f64] {
        &self.now.share
    }

    /// The levels, and how much of each site within reach is chosen at each.
    pub fn reached(&mut self) -> (&Levels, &[f64]) {
        self.levels.reached(&self.now.share, &mut self.reached);
        (&self.levels, &self.reached)
    }

    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// The best prices, as an ascent would give them: multipliers by position in the form.
    pub fn dual(&mut self) -> Dual {
        let lists = &self.subproblem.lists;
        let mut multipliers: Vec<f64> = (0..lists.len())
            .map(|at| lists.cost.get(lists.range(at).start).copied().unwrap_or(0.0))
            .collect();
        for (level, price) in self.best.price.iter().enumerate() {
            let at = self.levels.point[level] as usize;
            multipliers[at] += price / lists.weight[at].max(1e-300);
        }
        let mut best = std::mem::take(&mut self.best);
        // Of these very prices: cuts that are gone may have had a little of the best bound.
        let bound = self.bound_of(&mut best);
        self.best = best;
        self.selection.find_penalties(&self.saved, &self.subproblem.cost, self.subproblem.slack);
        Dual {
            bound,
            multipliers: self.subproblem.by_form(&multipliers),
            selection: self.selection.clone(),
            mean: self.now.share.clone(),
        }
    }

    /// The cuts and their best prices.
    pub fn priced_cuts(&self) -> impl Iterator<Item = (&Cut, f64)> {
        self.cuts.iter().zip(self.best.cut_price.iter().copied())
    }
}
