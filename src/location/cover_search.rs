//! Is there a plan that covers more? Simulated annealing: one site moves to a neighbour, better or, while it is warm, a
//! little worse. For coverage where one site is as good as another.
//!
//! Sources: Kirkpatrick, Gelatt and Vecchi (1983); Murray and Church (1996), for location planning.

use super::form::{BySite, Form, State, sites_of};
use super::selection::Slack;
use crate::random::Random;

/// Proposals of the first cooling; each second one is twice as long as those before, up to the longest.
const SHORTEST: u32 = 1_000_000;
const LONGEST: u32 = 32_000_000;
/// At the cold end of a cooling this share of the moves that are possible is accepted; so many of them are looked at.
const ACCEPTED: f64 = 0.004;
const SAMPLES: usize = 20_000;
/// Where a cooling begins, ends and is frozen, in units of temperature.
const WARM: f64 = 1.2;
const COLD: f64 = 0.5;
const FROZEN: f64 = 0.05;
/// This share of a cooling is slow.
const SLOW: f64 = 0.9;
/// What is so many temperatures worse is never accepted.
const HOPELESS: f64 = 20.0;
/// So many proposals at one temperature.
const SAME: u32 = 256;
/// The name of no site.
const NONE: u32 = u32::MAX;
/// One proposal of so many puts a site where nobody is covered.
const FAR: usize = 16;

/// A point under the plan: how many chosen sites cover it, and which, all names joined by exclusive or.
#[derive(Clone, Copy)]
struct Cell {
    weight: i64,
    count: u32,
    by: u32,
}

/// A plan as it is changed.
pub(super) struct CoverSearch {
    /// What is asked of each proposal stands together.
    cells: Vec<Cell>,
    /// The sites that cover each point, and the points that each site covers.
    starts: Vec<usize>,
    site: Vec<u32>,
    site_starts: Vec<usize>,
    point: Vec<u32>,
    excludes: Vec<Vec<u32>>,
    cost: Vec<u64>,
    slack: Slack,
    fixed: Vec<bool>,
    chosen: Vec<bool>,
    /// Chosen sites that may go.
    members: Vec<u32>,
    chosen_count: usize,
    spent: u128,
    /// What is not covered.
    loss: i64,
    best: i64,
    best_sites: Vec<u32>,
    random: Random,
    /// The unit of temperature: at first the mean weight of a point, then as calibrated.
    unit: f64,
    is_calibrated: bool,
    cooling: u32,
    length: u32,
    done: u32,
}

impl CoverSearch {
    /// `None` where this search does not know how: sites that are not as good as each other.
    pub fn new(form: &Form<'_>, seed: u64) -> Option<Self> {
        let lists = &form.lists;
        let unserved = form.unserved?;
        let is_plain = form.capacity.is_empty()
            && !form.is_cover()
            && lists.len() > 0
            && lists.need.iter().all(|need| *need == 1)
            && lists.cost.iter().all(|cost| *cost == 0);
        if !is_plain {
            return None;
        }
        let BySite { starts: site_starts, entries } = lists.by_site(form.state.len());
        let point: Vec<u32> = entries.into_iter().map(|(point, _)| point).collect();
        let weight =
            form.weight.iter().map(|weight| i64::try_from(*weight * u64::from(unserved)).unwrap_or(i64::MAX));
        let weight: Vec<i64> = weight.collect();
        let loss: i64 = weight.iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "a temperature")]
        let unit =
            loss as f64 / weight.len() as f64 * (point.len() as f64 / form.state.len() as f64 / 30.0).sqrt();
        let mut search = Self {
            cells: weight.iter().map(|weight| Cell { weight: *weight, count: 0, by: 0 }).collect(),
            starts: lists.starts.clone(),
            site: lists.site.clone(),
            site_starts,
            point,
            excludes: form.excludes.clone(),
            cost: form.problem.sites.iter().map(|site| site.cost).collect(),
            slack: form.slack,
            fixed: form.state.iter().map(|state| *state != State::Free).collect(),
            chosen: vec![false; form.state.len()],
            members: Vec::new(),
            chosen_count: 0,
            spent: 0,
            loss,
            best: i64::MAX,
            best_sites: Vec::new(),
            random: Random::new(seed),
            unit,
            is_calibrated: false,
            cooling: 0,
            length: SHORTEST,
            done: 0,
        };
        for (site, _) in form.state.iter().enumerate().filter(|(_, state)| **state == State::Open) {
            search.add(site);
        }
        Some(search)
    }

    /// The same search among fewer sites: as warm, and for as long.
    pub fn narrowed(&self, form: &Form<'_>, seed: u64) -> Option<Self> {
        let (unit, is_calibrated, length, cooling) =
            (self.unit, self.is_calibrated, self.length, self.cooling);
        let mut narrowed = Self { unit, is_calibrated, cooling, length, ..Self::new(form, seed)? };
        narrowed.go_to(&self.best_sites);
        Some(narrowed)
    }

    /// Has a cooling just ended?
    pub const fn is_between(&self) -> bool {
        self.done == 0
    }

    /// How many points a site covers, in the mean.
    pub fn mean_cover(&self) -> usize {
        let sites = self.site_starts.windows(2).filter(|pair| pair[0] < pair[1]).count();
        self.point.len() / sites.max(1)
    }

    fn points(&self, site: usize) -> &[u32] {
        &self.point[self.site_starts[site]..self.site_starts[site + 1]]
    }

    fn add(&mut self, site: usize) {
        let own = u32::try_from(site).unwrap_or(u32::MAX);
        self.chosen[site] = true;
        self.chosen_count += 1;
        if !self.fixed[site] {
            self.members.push(own);
        }
        self.spent += u128::from(self.cost[site]);
        for point in &self.point[self.site_starts[site]..self.site_starts[site + 1]] {
            let cell = &mut self.cells[*point as usize];
            if cell.count == 0 {
                self.loss -= cell.weight;
            }
            cell.count += 1;
            cell.by ^= own;
        }
    }

    /// Takes out the member at this place.
    fn remove(&mut self, place: usize) {
        let own = self.members.swap_remove(place);
        let site = own as usize;
        self.chosen[site] = false;
        self.chosen_count -= 1;
        self.spent -= u128::from(self.cost[site]);
        for point in &self.point[self.site_starts[site]..self.site_starts[site + 1]] {
            let cell = &mut self.cells[*point as usize];
            cell.count -= 1;
            cell.by ^= own;
            if cell.count == 0 {
                self.loss += cell.weight;
            }
        }
    }

    /// What is lost if the site goes.
    fn lost(&self, site: usize) -> i64 {
        let cells = self.points(site).iter().map(|point| &self.cells[*point as usize]);
        cells.map(|cell| if cell.count == 1 { cell.weight } else { 0 }).sum()
    }

    /// What is gained if the site comes, and `gone` goes; without any, a name that no site has.
    fn gained(&self, site: usize, gone: u32) -> i64 {
        let cells = self.points(site).iter().map(|point| &self.cells[*point as usize]);
        let is_new = |cell: &Cell| cell.count == 0 || (cell.count == 1 && cell.by == gone);
        cells.map(|cell| if is_new(cell) { cell.weight } else { 0 }).sum()
    }

    /// May the site come if `gone` goes?
    fn may_come(&self, site: usize, gone: Option<u32>) -> bool {
        let fits = match self.slack {
            Slack::Count(count) => self.chosen_count - usize::from(gone.is_some()) < count,
            Slack::Budget(budget) => {
                let back = gone.map_or(0, |gone| u128::from(self.cost[gone as usize]));
                self.spent - back + u128::from(self.cost[site]) <= u128::from(budget)
            }
        };
        let is_free = |other: &u32| !self.chosen[*other as usize] || Some(*other) == gone;
        fits && !self.chosen[site] && !self.fixed[site] && self.excludes[site].iter().all(is_free)
    }

    /// It cools slowly, then at once.
    fn temperature(&self) -> f64 {
        let share = f64::from(self.done) / f64::from(self.length);
        // From the best plan it is less warm.
        let warm = if self.cooling.is_multiple_of(2) { (WARM * COLD).sqrt() } else { WARM };
        let level = if share < SLOW {
            warm * (COLD / warm).powf(share / SLOW)
        } else {
            COLD * (FROZEN / COLD).powf((share - SLOW) / (1.0 - SLOW))
        };
        self.unit * level
    }

    /// The temperature at which so many of the moves that are possible here would be accepted.
    fn calibrate(&mut self) -> f64 {
        let mut rises = Vec::new();
        for _ in 0..SAMPLES {
            if self.members.is_empty() {
                break;
            }
            let gone = self.members[self.random.below(self.members.len())];
            if let Some(site) = self.neighbour(gone as usize)
                && self.may_come(site, Some(gone))
            {
                let rise = self.lost(gone as usize) - self.gained(site, gone);
                #[expect(clippy::cast_precision_loss, reason = "a temperature")]
                if rise > 0 {
                    rises.push(rise as f64);
                }
            }
        }
        let wanted = ACCEPTED * f64::from(u32::try_from(rises.len()).unwrap_or(u32::MAX));
        let accepted = |unit: f64| rises.iter().map(|rise| (-rise / (unit * COLD)).exp()).sum::<f64>();
        let (mut low, mut high) = (self.unit * 1e-3, self.unit * 1e3);
        for _ in 0..60 {
            let middle = (low * high).sqrt();
            if accepted(middle) < wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// A site that shares a point with this one, or one that covers somebody who is not covered.
    fn neighbour(&mut self, site: usize) -> Option<usize> {
        let any = self.random.below(self.cells.len());
        let point = if self.random.below(FAR) == 0 && self.cells[any].count == 0 {
            any
        } else {
            let at = self.random.below(self.points(site).len());
            *self.points(site).get(at)? as usize
        };
        let list = self.starts[point]..self.starts[point + 1];
        let at = self.random.below(list.len());
        self.site[list].get(at).map(|site| *site as usize)
    }

    /// Proposes a move, and makes it if it is good enough at this temperature.
    fn propose(&mut self, temperature: f64) {
        if self.members.is_empty() {
            return;
        }
        let place = self.random.below(self.members.len());
        let gone = self.members[place];
        if matches!(self.slack, Slack::Budget(_)) && self.random.below(4) == 0 {
            self.propose_number(place, temperature);
            return;
        }
        let Some(site) = self.neighbour(gone as usize) else { return };
        if !self.may_come(site, Some(gone)) {
            return;
        }
        let rise = self.lost(gone as usize) - self.gained(site, gone);
        if self.accepts(rise, temperature) {
            self.remove(place);
            self.add(site);
            self.note();
        }
    }

    /// Under a budget: one site more near this one, or this one less.
    fn propose_number(&mut self, place: usize, temperature: f64) {
        let member = self.members[place];
        if let Some(site) = self.neighbour(member as usize)
            && self.may_come(site, None)
        {
            if self.gained(site, NONE) > 0 {
                self.add(site);
                self.note();
            }
        } else if self.accepts(self.lost(member as usize), temperature) {
            self.remove(place);
        }
    }

    fn accepts(&mut self, rise: i64, temperature: f64) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "a chance")]
        let hardness = rise as f64 / temperature;
        rise <= 0 || (hardness < HOPELESS && self.random.unit() < (-hardness).exp())
    }

    fn note(&mut self) {
        if self.loss < self.best {
            self.best = self.loss;
            self.best_sites = sites_of(&self.chosen);
        }
    }

    /// Makes a plan the one that is changed, as far as it may be.
    fn go_to(&mut self, sites: &[u32]) {
        for place in (0..self.members.len()).rev() {
            self.remove(place);
        }
        for site in sites {
            if self.may_come(*site as usize, None) {
                self.add(*site as usize);
            }
        }
        self.fill();
        self.note();
    }

    /// Adds the sites that gain most until none may come.
    fn fill(&mut self) {
        loop {
            let free = (0..self.chosen.len()).filter(|site| self.may_come(*site, None));
            let most = free.map(|site| (self.gained(site, NONE), std::cmp::Reverse(site))).max();
            match most {
                Some((gain, site)) if gain > 0 || matches!(self.slack, Slack::Count(_)) => self.add(site.0),
                _ => return,
            }
        }
    }

    /// So many proposals from where it was left; `known` is the best plan known. Returns the best it met, if that is
    /// better.
    pub fn run(
        &mut self,
        proposals: u32,
        known: Option<&(u64, Vec<u32>)>,
        mut wants_more: impl FnMut() -> bool,
    ) -> Option<(u64, Vec<u32>)> {
        let known = known.map(|(loss, sites)| (i64::try_from(*loss).unwrap_or(i64::MAX), sites));
        let mut temperature = self.unit;
        for proposal in 0..proposals {
            if proposal.is_multiple_of(4096) && !wants_more() {
                break;
            }
            if self.done == 0 {
                // By turns from the best plan and from where the last cooling ended.
                if let Some((_, sites)) = known.filter(|_| self.cooling.is_multiple_of(2)) {
                    self.go_to(sites);
                } else {
                    self.fill();
                }
                // After the first cooling it stands where most plans will.
                if !self.is_calibrated && self.cooling == 1 {
                    self.unit = self.calibrate();
                    self.is_calibrated = true;
                }
            }
            if self.done.is_multiple_of(SAME) || proposal == 0 {
                temperature = self.temperature();
            }
            self.propose(temperature);
            self.done += 1;
            if self.done == self.length {
                self.done = 0;
                self.cooling += 1;
                if self.cooling.is_multiple_of(2) {
                    self.length = (self.length * 2).min(LONGEST);
                }
            }
        }
        if known.is_some_and(|(loss, _)| loss <= self.best) {
            return None;
        }
        let best = u64::try_from(self.best).ok()?;
        Some((best, self.best_sites.clone()))
    }
}
