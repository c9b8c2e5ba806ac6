//! How good can any plan be at most? The Lagrangian relaxation of "everyone is served once", and its dual.
//! Sources: Cornuéjols, Fisher and Nemhauser (1977); step lengths after Held, Wolfe and Crowder (1974);
//! the averaged choice after Barahona and Anbil (2000), The volume algorithm.

use super::capacity::BySite;
use super::form::{Form, Lists, State};
use super::selection::{Room, Selection};

/// A part of the search: sites that are open or closed are worked into the lists.
pub(super) struct Part {
    pub lists: Lists,
    /// Position in the form of each free site.
    pub sites: Vec<u32>,
    pub cost: Vec<u64>,
    /// Position in the form of each point.
    points: Vec<u32>,
    /// What each site loses by itself.
    opening: Vec<f64>,
    /// Capacities of the free sites, then of those that are open; empty where there are none.
    capacity: Vec<f64>,
    /// What is lost whatever is chosen.
    base: f64,
    pub room: Room,
}

impl Part {
    /// `None` where no plan can be.
    pub fn new(form: &Form<'_>, state: &[State]) -> Option<Self> {
        let spent: u128 = (form.problem.sites.iter().zip(state))
            .filter(|(_, s)| **s == State::Open)
            .map(|(site, _)| u128::from(site.cost))
            .sum();
        let open = state.iter().filter(|s| **s == State::Open).count();
        let room = match form.part_room() {
            Room::Count(count) => Room::Count(count.checked_sub(open)?),
            Room::Budget(budget) => Room::Budget(u64::try_from(u128::from(budget).checked_sub(spent)?).ok()?),
        };
        let mut part = Self {
            lists: Lists::default(),
            sites: Vec::new(),
            cost: Vec::new(),
            points: Vec::new(),
            opening: Vec::new(),
            capacity: Vec::new(),
            base: 0.0,
            room,
        };
        #[expect(clippy::cast_precision_loss, reason = "bounds are rounded to the safe side")]
        let opening = |site: usize| form.opening.get(site).map_or(0.0, |cost| *cost as f64);
        for (site, _) in state.iter().enumerate().filter(|(_, s)| **s == State::Open) {
            part.base += opening(site);
        }
        let mut number = vec![u32::MAX; state.len()];
        for (site, at) in
            (0u32..).zip(state).filter(|(_, s)| **s == State::Free).map(|(site, _)| (site, site as usize))
        {
            let cost = form.problem.sites[at].cost;
            if matches!(room, Room::Budget(left) if cost > left) {
                continue;
            }
            number[at] = u32::try_from(part.sites.len()).unwrap_or(u32::MAX);
            part.sites.push(site);
            part.cost.push(cost);
        }
        if matches!(room, Room::Count(count) if count > part.sites.len()) {
            return None;
        }
        if !form.capacity.is_empty() {
            // Open sites stay in the lists, behind the free ones: they do not serve everyone in reach.
            let open = (0u32..).zip(state).filter(|(_, s)| **s == State::Open).map(|(site, _)| site);
            let all: Vec<u32> = part.sites.iter().copied().chain(open).collect();
            for (at, site) in (0u32..).zip(&all) {
                number[*site as usize] = at;
            }
            #[expect(clippy::cast_precision_loss, reason = "bounds are rounded to the safe side")]
            let capacity = all.iter().map(|site| form.capacity[*site as usize] as f64);
            part.capacity = capacity.collect();
        }
        part.fill(form, state, &number)?;
        if form.is_cover() {
            part.opening = part.sites.iter().map(|site| opening(*site as usize)).collect();
            part.forget_needless();
        }
        Some(part)
    }

    /// Sites that serve nobody left are not chosen; nobody pays more than the cheapest site that serves him.
    fn forget_needless(&mut self) {
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
        self.lists.starts.push(0);
        let may_choose = self.room != Room::Count(0);
        for point in 0..from.len() {
            let range = from.range(point);
            let first = self.lists.site.len();
            let mut ceiling = from.ceiling[point];
            let mut need = from.need[point];
            for (site, cost) in from.site[range.clone()].iter().zip(&from.cost[range]) {
                if f64::from(*cost) >= ceiling {
                    break;
                }
                let is_held = match state[*site as usize] {
                    State::Closed => false,
                    State::Open if !self.capacity.is_empty() => true,
                    State::Open if need == 1 => {
                        ceiling = f64::from(*cost);
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
                    self.lists.cost.push(*cost);
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
    /// No plan in this part loses less.
    pub bound: f64,
    /// What each point pays, by position in the form; 0 where the part does not hold the point.
    pub pays: Vec<f64>,
    /// For each free site of the part: by how much the bound rises if it is chosen, or not.
    pub selection: Selection,
    /// How much of each site was chosen lately.
    pub mean: Vec<f64>,
}

/// How long to look for a better dual.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    pub steps: usize,
    /// Length of the first steps.
    pub length: f64,
    /// Halve the length after so many steps without a better bound.
    pub patience: usize,
    /// Stop below this length.
    pub least: f64,
}

/// Searches for the best prices.
pub(super) struct Ascent<'a> {
    part: &'a Part,
    pays: Vec<f64>,
    /// How many entries of each point lie below what it pays.
    reach: Vec<usize>,
    price: Vec<f64>,
    /// With capacities: whom each site serves.
    by_site: BySite,
    slope: Vec<f64>,
    /// How far each point goes along its slope: less where much weight hangs on it.
    scale: Vec<f64>,
    selection: Selection,
    best: Dual,
    best_pays: Vec<f64>,
    best_price: Vec<f64>,
}

impl<'a> Ascent<'a> {
    /// Starts from what points paid in another part, by position in the form.
    pub fn new(part: &'a Part, pays: &[f64]) -> Self {
        let lists = &part.lists;
        let start = |(at, point): (usize, &u32)| {
            let range = lists.range(at);
            let nearest = lists.cost.get(range.start).map_or(0.0, |cost| f64::from(*cost));
            let most = lists.ceiling[at] / f64::from(lists.need[at]);
            pays.get(*point as usize).copied().unwrap_or(0.0).max(nearest).min(most)
        };
        let pays: Vec<f64> = part.points.iter().enumerate().map(start).collect();
        Self {
            part,
            reach: (0..lists.len()).map(|at| lists.range(at).start).collect(),
            price: vec![0.0; part.sites.len().max(part.capacity.len())],
            by_site: if part.capacity.is_empty() {
                BySite::default()
            } else {
                BySite::new(lists, part.capacity.len())
            },
            slope: vec![0.0; pays.len()],
            scale: lists.weight.iter().map(|weight| weight.max(1.0).sqrt().recip()).collect(),
            selection: Selection::default(),
            best: Dual { bound: f64::NEG_INFINITY, mean: vec![0.0; part.sites.len()], ..Dual::default() },
            best_pays: pays.clone(),
            best_price: Vec::new(),
            pays,
        }
    }

    /// The prices of the sites and the sum of what is paid.
    fn prices(&mut self) -> f64 {
        let lists = &self.part.lists;
        if self.part.opening.is_empty() {
            self.price.iter_mut().for_each(|price| *price = 0.0);
        } else {
            self.price.copy_from_slice(&self.part.opening);
        }
        let mut sum = self.part.base;
        for at in 0..lists.len() {
            let pays = self.pays[at];
            let weight = lists.weight[at];
            let range = lists.range(at);
            let mut end = self.reach[at];
            while end < range.end && f64::from(lists.cost[end]) < pays {
                end += 1;
            }
            while end > range.start && f64::from(lists.cost[end - 1]) >= pays {
                end -= 1;
            }
            self.reach[at] = end;
            sum += weight * pays * f64::from(lists.need[at]);
            if !self.part.capacity.is_empty() {
                continue;
            }
            for (site, cost) in lists.site[range.start..end].iter().zip(&lists.cost[range.start..end]) {
                self.price[*site as usize] += weight * (f64::from(*cost) - pays);
            }
        }
        for (site, capacity) in self.part.capacity.iter().enumerate() {
            self.price[site] = -self.by_site.saves(site, *capacity, lists, &self.pays);
        }
        sum
    }

    /// One look at the present prices: the bound they give.
    fn look(&mut self) -> f64 {
        let sum = self.prices();
        let (free, open) = self.price.split_at(self.part.sites.len());
        self.selection.choose(free, &self.part.cost, self.part.room);
        self.selection.share.extend(open.iter().map(|_| 1.0));
        sum + self.selection.sum + open.iter().sum::<f64>()
    }

    /// The direction of steepest ascent, mixed with the last direction; returns its weighted square.
    fn slopes(&mut self, mix: f64) -> f64 {
        let lists = &self.part.lists;
        let mut square = 0.0;
        for at in 0..lists.len() {
            let from = lists.range(at).start;
            let mut served = 0.0;
            if self.part.capacity.is_empty() {
                for site in &lists.site[from..self.reach[at]] {
                    served += self.selection.share[*site as usize];
                }
            } else {
                for entry in lists.range(at) {
                    served += self.selection.share[lists.site[entry] as usize] * self.by_site.taken[entry];
                }
            }
            let need = f64::from(lists.need[at]);
            let mut slope = need - served;
            slope = mix * slope + (1.0 - mix) * self.slope[at];
            if slope > 0.0 && self.pays[at] * need >= lists.ceiling[at] {
                slope = 0.0;
            }
            self.slope[at] = slope;
            square += lists.weight[at] * slope * slope * self.scale[at];
        }
        square
    }

    fn step(&mut self, length: f64) {
        let lists = &self.part.lists;
        for at in 0..lists.len() {
            let most = lists.ceiling[at] / f64::from(lists.need[at]);
            let least = lists.cost.get(lists.range(at).start).map_or(0.0, |cost| f64::from(*cost));
            self.pays[at] = (self.pays[at] + length * self.slope[at] * self.scale[at]).max(least).min(most);
        }
    }

    /// Climbs until the bound reaches `target` (what a plan must beat) or the pace is run. `each` sees
    /// every choice that gave a better bound, with its shares, and may stop the climb by returning `None`,
    /// or lower the target.
    pub fn climb(
        mut self,
        pace: Pace,
        mut target: f64,
        mut each: impl FnMut(&[f64], f64) -> Option<f64>,
    ) -> Dual {
        let mut length = pace.length;
        let mut since = 0;
        for turn in 0..pace.steps.max(1) {
            let bound = self.look();
            let share = 0.1f64.max(1.0 / f64::from(u32::try_from(turn + 1).unwrap_or(u32::MAX)));
            for (mean, now) in self.best.mean.iter_mut().zip(&self.selection.share) {
                *mean += share * (now - *mean);
            }
            if bound > self.best.bound {
                let is_more = bound > self.best.bound + 1e-4 * (target - bound).abs();
                since = if is_more { 0 } else { since + 1 };
                self.best.bound = bound;
                self.best_pays.copy_from_slice(&self.pays);
                self.best_price.clone_from(&self.price);
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
            if since >= pace.patience {
                since = 0;
                length *= 0.5;
                self.pays.copy_from_slice(&self.best_pays);
                self.slope.iter_mut().for_each(|slope| *slope = 0.0);
                if length < pace.least {
                    break;
                }
                self.look();
            }
            let square = self.slopes(if since == 0 && turn == 0 { 1.0 } else { MIX });
            if square <= 0.0 {
                break;
            }
            let ahead = (target - bound).max(1e-9 * bound.abs());
            self.step(length * ahead / square);
        }
        self.finish()
    }

    fn finish(mut self) -> Dual {
        self.pays.copy_from_slice(&self.best_pays);
        let free = &self.best_price[..self.part.sites.len()];
        self.selection.choose(free, &self.part.cost, self.part.room);
        self.selection.weigh(free, &self.part.cost, self.part.room);
        self.best.selection = self.selection;
        let points = self.part.points.iter().max().map_or(0, |last| *last as usize + 1);
        self.best.pays = vec![0.0; points];
        for (point, paid) in self.part.points.iter().zip(&self.best_pays) {
            self.best.pays[*point as usize] = *paid;
        }
        self.best
    }
}

/// How much of a new direction is taken.
const MIX: f64 = 0.3;
