//! Is there a better plan near the incumbent? Perturbs it and improves it again, or searches a neighbourhood of it.
//! Source: Lourenço, Martin and Stützle (2003), Iterated local search.

use super::branch::Search;
use super::cover_search::CoverSearch;
use super::form::{Form, State};
use super::local_search::LocalSearch;
use super::node::Explored;
use super::pool::Pool;
use crate::random::Random;

/// Perturbations while one batch of nodes is explored.
const AT_ONCE: usize = 16;
/// Stop after so many batches without a better incumbent.
const PATIENCE: usize = 300;

/// So many good plans are kept as the elite, and forgotten after so many turns.
const ELITE: usize = 10;
const FORGOTTEN: usize = 16;
/// So many tenths of the incumbent are chosen afresh, by turns, each in a search of so many batches of nodes.
const FREED: [usize; 4] = [2, 4, 6, 8];
const INNER: usize = 30;

/// Annealing goes on among other sites when their number has changed by one of so many.
const LEAST_CHANGE: usize = 8;

/// Annealing among so many sites.
struct Annealing {
    search: CoverSearch,
    among: usize,
}

/// Perturbs the incumbent; the same seed, the same perturbations.
pub(super) struct Perturbation {
    random: Random,
    /// Sites worth trying: those that the relaxation at the root chose now and then.
    core: Vec<u32>,
    /// The loss of the incumbent.
    incumbent: u64,
    since: usize,
    turn: usize,
    /// The plan that is perturbed next.
    current: Option<(u64, Vec<u32>)>,
    /// Good plans since the last merging.
    elite: Pool,
    seed: u64,
    /// Among all sites that may stand in a better plan, and among the core.
    annealing: [Option<Annealing>; 2],
    left: Vec<u32>,
}

impl Perturbation {
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            core: Vec::new(),
            incumbent: u64::MAX,
            since: 0,
            turn: 0,
            current: None,
            elite: Pool::new(ELITE, u64::MAX),
            seed,
            annealing: [None, None],
            left: Vec::new(),
        }
    }

    /// Makes ready for a question of coverage, if it is one.
    pub fn learn(&mut self, form: &Form<'_>) {
        let search = CoverSearch::new(form, self.seed);
        self.annealing[0] = search.map(|search| Annealing { search, among: form.state.len() });
    }

    /// Are plans looked for by annealing?
    pub const fn anneals(&self) -> bool {
        self.annealing[0].is_some()
    }

    /// The core, where it is known by now.
    pub fn set_core(&mut self, core: &[u32]) {
        if !core.is_empty() {
            self.core = core.to_vec();
        }
    }

    /// Annealing goes on without the sites that stand in no better plan.
    pub fn leave_out(&mut self, state: &[State]) {
        let left = (0u32..).zip(state).filter(|(_, state)| **state != State::Closed).map(|(site, _)| site);
        self.left = left.collect();
    }

    /// Between two coolings: goes on among other sites, where those have changed by much, and those of the best plan.
    fn narrow(&mut self, at: usize, form: &Form<'_>, plan: Option<&(u64, Vec<u32>)>) {
        let sites = if at == 0 { &self.left } else { &self.core };
        let from = self.annealing[at].as_ref().or(self.annealing[0].as_ref());
        let Some(from) = from.filter(|annealing| annealing.search.is_between()) else { return };
        if sites.is_empty() || sites.len().abs_diff(from.among) * LEAST_CHANGE < from.among {
            return;
        }
        let state = among(form, sites.iter().chain(plan.into_iter().flat_map(|(_, sites)| sites)));
        self.seed = self.seed.wrapping_add(1);
        let search = from.search.narrowed(&form.without_closed(state), self.seed);
        self.annealing[at] = search.map(|search| Annealing { search, among: sites.len() });
    }

    /// Goes on with one of the annealings.
    fn anneal(&mut self, search: &Search<'_>, pool: &Pool, work: usize) -> Explored {
        let mut explored = Explored::default();
        // By turns, once the core is known.
        self.turn += 1;
        let at = usize::from(self.turn.is_multiple_of(2) && !self.core.is_empty());
        let known = pool.plans.first();
        self.narrow(at, search.form, known);
        // Until the first has come to the end of a cooling there is no second.
        let at = if self.annealing[at].is_some() { at } else { 0 };
        if let Some(annealing) = &mut self.annealing[at] {
            let met = annealing.search.run(work, known, || !search.is_over());
            explored.plans.extend(met.filter(|(_, sites)| search.form.accepts(sites)));
        }
        explored
    }

    /// Some perturbations of the incumbent; `work` is how many entries may be looked at where that can be said.
    pub fn perturb(&mut self, search: &Search<'_>, pool: &Pool, work: usize) -> Explored {
        let mut explored = Explored::default();
        if self.anneals() {
            return self.anneal(search, pool, work);
        }
        let Some((loss, sites)) = pool.plans.first() else { return explored };
        if *loss < self.incumbent {
            self.incumbent = *loss;
            self.since = 0;
        }
        self.since += 1;
        if self.since > PATIENCE || self.core.is_empty() || search.form.is_cover() {
            return explored;
        }
        self.turn += 1;
        if self.turn.is_multiple_of(2) {
            return self.search_neighbourhood(search, pool);
        }
        // Now and then it begins at the incumbent again.
        if self.turn % 4 == 1 || self.current.as_ref().is_none_or(|(current, _)| loss < current) {
            self.current = Some((*loss, sites.clone()));
        }
        for _ in 0..AT_ONCE {
            let Some((current, sites)) = self.current.clone() else { break };
            if search.is_over() {
                break;
            }
            let Some((new_loss, new_sites)) = self.perturb_once(search, &sites) else { continue };
            explored.plans.push((new_loss, new_sites.clone()));
            self.elite.offer(new_loss, &new_sites);
            // Accepted to go on from though a little worse.
            if new_loss <= current + current / 500 {
                self.current = Some((new_loss, new_sites));
            }
        }
        explored
    }

    /// Keeps a part of the incumbent, and searches for the best rest among the core and the sites of elite plans.
    /// Sources: Shaw (1998), large neighbourhood search; Danna, Rothberg and Le Pape (2005), relaxation induced.
    fn search_neighbourhood(&mut self, search: &Search<'_>, pool: &Pool) -> Explored {
        let mut explored = Explored::default();
        let Some((incumbent, sites)) = pool.plans.first() else { return explored };
        let good = self.elite.plans.iter().flat_map(|(_, sites)| sites);
        let mut state = among(search.form, good.chain(&self.core).chain(sites));
        let kept = 10 - FREED[self.turn / 2 % FREED.len()];
        for site in sites {
            let state = &mut state[*site as usize];
            if self.random.below(10) < kept && *state == State::Free {
                *state = State::Open;
            }
        }
        let form = search.form.without_closed(state);
        let mut found = Pool::new(1, *incumbent);
        search.within(&form, INNER).run(&mut found);
        for (loss, sites) in &found.plans {
            self.elite.offer(*loss, sites);
        }
        explored.plans = found.plans;
        if self.turn.is_multiple_of(FORGOTTEN) {
            self.elite = Pool::new(ELITE, u64::MAX);
        }
        explored
    }

    /// Takes some sites out, puts some of the core in, and improves.
    fn perturb_once(&mut self, search: &Search<'_>, sites: &[u32]) -> Option<(u64, Vec<u32>)> {
        let state = &search.form.state;
        let mut chosen = vec![false; state.len()];
        for site in sites {
            chosen[*site as usize] = true;
        }
        let free: Vec<u32> =
            sites.iter().copied().filter(|site| state[*site as usize] == State::Free).collect();
        if free.is_empty() {
            return None;
        }
        let mut local_search = LocalSearch::new(search.form, state, chosen);
        for _ in 0..self.random.below(8) + 2 {
            local_search.chosen[free[self.random.below(free.len())] as usize] = false;
        }
        for _ in 0..self.random.below(4) {
            let at = self.random.below(self.core.len());
            let site = self.core[at] as usize;
            if local_search.may_add(site, None) && local_search.fits(site) {
                local_search.chosen[site] = true;
            }
        }
        local_search.add_greedily();
        local_search.interchange(|| !search.is_over());
        search.repair(&local_search.chosen, state)
    }
}

/// Only these sites are free, of those that were; what was decided stays.
fn among<'s>(form: &Form<'_>, sites: impl Iterator<Item = &'s u32>) -> Vec<State> {
    let mut is_held = vec![false; form.state.len()];
    for site in sites {
        is_held[*site as usize] = true;
    }
    let state = |(known, is_held): (&State, bool)| {
        if *known == State::Free && !is_held { State::Closed } else { *known }
    };
    form.state.iter().zip(is_held).map(state).collect()
}
