//! Is there a plan that covers more? Simulated annealing: one site goes, and of all that could come near it one comes, the
//! better the more likely, and while it is warm a little worse too. For coverage where one site is as good as another.
//!
//! Sources: Kirkpatrick, Gelatt and Vecchi (1983); Geman and Geman (1984), for drawing from all at once; Murray and
//! Church (1996), for location planning.

use super::cooling::Cooling;
use super::form::{BySite, Form, State, sites_of};
use super::recombine::{Ground, recombine};
use super::selection::Slack;
use crate::random::Random;

/// So many moves are looked at to learn what moves cost.
const SAMPLES: usize = 20_000;
/// What is so many temperatures worse is never accepted.
const HOPELESS: f64 = 20.0;
/// So many moves at one temperature.
const SAME: u32 = 64;
/// So many plans are joined with where a cooling ends.
const ELITE: usize = 8;
/// The name of no site.
const NONE: u32 = u32::MAX;
/// One move of so many may put a site where nobody is covered.
const FAR: usize = 8;

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
    /// What each site would cover of that.
    gain: Vec<i64>,
    /// Of a move: what each site covers that the one that goes covers alone, the sites that cover any of it, and how
    /// likely each is.
    shared: Vec<i64>,
    touched: Vec<u32>,
    drawn: Vec<(u32, f64)>,
    /// Entries looked at so far.
    work: usize,
    best: i64,
    best_sites: Vec<u32>,
    /// Where the last coolings ended.
    elite: Vec<Vec<u32>>,
    random: Random,
    cooling: Cooling,
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
        let mut gain = vec![0; form.state.len()];
        for (point, weight) in weight.iter().enumerate() {
            for site in &lists.site[lists.range(point)] {
                gain[*site as usize] += weight;
            }
        }
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
            shared: vec![0; gain.len()],
            gain,
            touched: Vec::new(),
            drawn: Vec::new(),
            work: 0,
            best: i64::MAX,
            best_sites: Vec::new(),
            elite: Vec::new(),
            random: Random::new(seed),
            cooling: Cooling::new(unit),
        };
        for (site, _) in form.state.iter().enumerate().filter(|(_, state)| **state == State::Open) {
            search.add(site);
        }
        Some(search)
    }

    /// The same search among fewer sites: as warm, and for as long.
    pub fn narrowed(&self, form: &Form<'_>, seed: u64) -> Option<Self> {
        let mut narrowed = Self { cooling: self.cooling.clone(), ..Self::new(form, seed)? };
        narrowed.go_to(&self.best_sites);
        Some(narrowed)
    }

    /// Has a cooling just ended?
    pub const fn is_between(&self) -> bool {
        self.cooling.is_between()
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
                let list = &self.site[self.starts[*point as usize]..self.starts[*point as usize + 1]];
                for site in list {
                    self.gain[*site as usize] -= cell.weight;
                }
                self.work += list.len();
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
                let list = &self.site[self.starts[*point as usize]..self.starts[*point as usize + 1]];
                for site in list {
                    self.gain[*site as usize] += cell.weight;
                }
                self.work += list.len();
            }
        }
    }

    /// What is lost if the site goes.
    fn lost(&self, site: usize) -> i64 {
        let cells = self.points(site).iter().map(|point| &self.cells[*point as usize]);
        cells.map(|cell| if cell.count == 1 { cell.weight } else { 0 }).sum()
    }

    /// What is gained if the site comes and `gone` goes.
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

    /// Learns from moves that are possible here how warm it should be.
    fn calibrate(&mut self) {
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
        self.cooling.calibrate(&rises);
    }

    /// A site that shares a point with this one.
    fn neighbour(&mut self, site: usize) -> Option<usize> {
        let at = self.random.below(self.points(site).len());
        let point = *self.points(site).get(at)? as usize;
        self.coverer(point)
    }

    /// A site that covers somebody who is not covered; now and then there is none at hand.
    fn far(&mut self) -> Option<usize> {
        let point = self.random.below(self.cells.len());
        if self.cells[point].count == 0 { self.coverer(point) } else { None }
    }

    fn coverer(&mut self, point: usize) -> Option<usize> {
        let list = self.starts[point]..self.starts[point + 1];
        let at = self.random.below(list.len());
        self.site[list].get(at).map(|site| *site as usize)
    }

    /// Moves a site, drawn by chance: to where another, or itself, is good enough at this temperature.
    fn step(&mut self, temperature: f64) {
        if self.members.is_empty() {
            return;
        }
        let place = self.random.below(self.members.len());
        let gone = self.members[place];
        if matches!(self.slack, Slack::Budget(_)) && self.random.below(4) == 0 {
            self.propose_number(place, temperature);
            return;
        }
        let lost = self.share(gone as usize);
        // Two that share nothing it covers alone.
        let other = self.neighbour(gone as usize);
        let far = if self.random.below(FAR) == 0 { self.far() } else { None };
        for site in other.into_iter().chain(far) {
            if self.shared[site] == 0 && !self.touched.contains(&u32::try_from(site).unwrap_or(NONE)) {
                self.touched.push(u32::try_from(site).unwrap_or(NONE));
            }
        }
        let came = self.draw(gone, lost, temperature);
        for site in self.touched.drain(..) {
            self.shared[site as usize] = 0;
        }
        if let Some(site) = came.filter(|site| *site != gone) {
            self.remove(place);
            self.add(site as usize);
            self.note();
        }
    }

    /// What is lost if the site goes; what others cover of that stands in `shared` then.
    fn share(&mut self, gone: usize) -> i64 {
        let mut lost = 0;
        for point in &self.point[self.site_starts[gone]..self.site_starts[gone + 1]] {
            let cell = self.cells[*point as usize];
            if cell.count != 1 {
                continue;
            }
            lost += cell.weight;
            let list = &self.site[self.starts[*point as usize]..self.starts[*point as usize + 1]];
            for site in list {
                let shared = &mut self.shared[*site as usize];
                if *shared == 0 {
                    self.touched.push(*site);
                }
                *shared += cell.weight;
            }
            self.work += list.len();
        }
        lost
    }

    /// Draws the site that comes, itself among those that may.
    fn draw(&mut self, gone: u32, lost: i64, temperature: f64) -> Option<u32> {
        let mut drawn = std::mem::take(&mut self.drawn);
        drawn.clear();
        let mut sum = 0.0;
        self.work += self.touched.len();
        for site in &self.touched {
            let at = *site as usize;
            #[expect(clippy::cast_precision_loss, reason = "a chance")]
            let hardness = (lost - self.gain[at] - self.shared[at]) as f64 / temperature;
            if hardness < HOPELESS && (*site == gone || self.may_come(at, Some(gone))) {
                sum += (-hardness).min(500.0).exp();
                drawn.push((*site, sum));
            }
        }
        let drop = self.random.unit() * sum;
        let site = drawn.iter().find(|(_, sum)| *sum > drop).map(|(site, _)| *site);
        self.drawn = drawn;
        site
    }

    /// Under a budget: one site more near this one, or this one less.
    fn propose_number(&mut self, place: usize, temperature: f64) {
        let member = self.members[place];
        if let Some(site) = self.neighbour(member as usize)
            && self.may_come(site, None)
        {
            if self.gain[site] > 0 {
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
            let most = free.map(|site| (self.gain[site], std::cmp::Reverse(site))).max();
            match most {
                Some((gain, site)) if gain > 0 || matches!(self.slack, Slack::Count(_)) => self.add(site.0),
                _ => return,
            }
        }
    }

    /// Goes on from where it was left, until so many entries have been looked at or a cooling ends; `known` is the best
    /// plan known. Returns the best it met, if that is better.
    pub fn run(
        &mut self,
        work: usize,
        known: Option<&(u64, Vec<u32>)>,
        mut wants_more: impl FnMut() -> bool,
    ) -> Option<(u64, Vec<u32>)> {
        let known = known.map(|(loss, sites)| (i64::try_from(*loss).unwrap_or(i64::MAX), sites));
        let enough = self.work.saturating_add(work);
        let mut temperature = self.cooling.temperature();
        while self.work < enough {
            if self.cooling.done() == 0 {
                self.begin(known.map(|(_, sites)| sites.as_slice()));
            }
            if self.members.is_empty() {
                self.fill();
                // Nobody may come or go.
                if self.members.is_empty() {
                    break;
                }
            }
            if self.cooling.done().is_multiple_of(SAME) {
                if !wants_more() {
                    break;
                }
                temperature = self.cooling.temperature();
            }
            self.step(temperature);
            // A step that has nobody to look at is work too.
            self.work += 1;
            if self.cooling.count() {
                self.end();
                if self.is_between() {
                    break;
                }
            }
        }
        if known.is_some_and(|(loss, _)| loss <= self.best) {
            return None;
        }
        let best = u64::try_from(self.best).ok()?;
        Some((best, self.best_sites.clone()))
    }

    /// Ends a cooling: where it came to is joined with the good plans before it.
    fn end(&mut self) {
        let met = sites_of(&self.chosen);
        let mut plan = met.clone();
        for good in self.elite.iter().chain([&self.best_sites]) {
            plan = self.recombined(good, &plan);
        }
        self.elite.truncate(ELITE - 1);
        self.elite.insert(0, met);
        self.go_to(&plan);
        self.cooling.next();
    }

    fn recombined(&self, first: &[u32], second: &[u32]) -> Vec<u32> {
        let ground = Ground {
            starts: &self.site_starts,
            point: &self.point,
            weight: &|point| self.cells[point].weight,
            points: self.cells.len(),
            excludes: &self.excludes,
            cost: &self.cost,
            slack: self.slack,
        };
        recombine(&ground, first, second)
    }

    /// Begins a cooling: from the best plan, or hot from where the last one ended.
    fn begin(&mut self, known: Option<&[u32]>) {
        match known.filter(|_| !self.cooling.is_hot()) {
            Some(sites) => self.go_to(sites),
            None => self.fill(),
        }
        if self.cooling.wants_calibration() {
            self.calibrate();
        }
    }
}
