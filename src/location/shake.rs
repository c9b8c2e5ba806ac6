//! Is there a better plan a few exchanges away from the best? Shakes the best plan and improves it again.
//! Source: Lourenço, Martin and Stützle (2003), Iterated local search.

use super::branch::{Search, Seen};
use super::form::State;
use super::local_search::Improver;
use super::pool::Pool;

/// Shakes while one group of parts is looked at.
const AT_ONCE: usize = 16;
/// Stop after so many groups without a better plan.
const PATIENCE: usize = 300;

/// So many good plans are remembered, and forgotten after so many turns.
const ELITE: usize = 10;
const FORGOTTEN: usize = 16;
/// So many tenths of the best plan are chosen afresh, by turns, each in a search of so many groups of parts.
const LOOSENED: [usize; 4] = [2, 4, 6, 8];
const INNER: usize = 30;

/// Shakes the best plan; the same seed, the same shakes.
pub(super) struct Shaker {
    random: u64,
    favoured: Vec<u32>,
    best: u64,
    since: usize,
    turn: usize,
    /// Where the shaking stands.
    now: Option<(u64, Vec<u32>)>,
    /// Good plans since the last merging.
    elite: Pool,
}

impl Shaker {
    pub fn new(seed: u64) -> Self {
        Self {
            random: seed,
            favoured: Vec::new(),
            best: u64::MAX,
            since: 0,
            turn: 0,
            now: None,
            elite: Pool::new(ELITE, u64::MAX),
        }
    }

    /// Sites worth trying.
    pub fn learn(&mut self, favoured: &[u32]) {
        if !favoured.is_empty() {
            self.favoured = favoured.to_vec();
        }
    }

    /// A number below `most`. Source: `SplitMix64`, Steele, Lea and Flood (2014).
    #[expect(clippy::cast_possible_truncation, reason = "below `most`")]
    fn below(&mut self, most: usize) -> usize {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % most.max(1) as u64) as usize
    }

    /// Some shakes of the best plan.
    pub fn shake(&mut self, search: &Search<'_>, pool: &Pool) -> Seen {
        let mut seen = Seen::default();
        let Some((loss, sites)) = pool.plans.first() else { return seen };
        if *loss < self.best {
            self.best = *loss;
            self.since = 0;
        }
        self.since += 1;
        if self.since > PATIENCE || self.favoured.is_empty() || search.form.is_cover() {
            return seen;
        }
        self.turn += 1;
        if self.turn.is_multiple_of(2) {
            return self.loosen(search, pool);
        }
        // Now and then it begins at the best again.
        if self.turn % 4 == 1 || self.now.as_ref().is_none_or(|(now, _)| loss < now) {
            self.now = Some((*loss, sites.clone()));
        }
        for _ in 0..AT_ONCE {
            let Some((now, sites)) = self.now.clone() else { break };
            if search.is_over() {
                break;
            }
            let Some((new_loss, new_sites)) = self.shake_once(search, &sites) else { continue };
            seen.plans.push((new_loss, new_sites.clone()));
            self.elite.offer(new_loss, &new_sites);
            // A little worse will do to go on from.
            if new_loss <= now + now / 500 {
                self.now = Some((new_loss, new_sites));
            }
        }
        seen
    }

    /// Keeps most of the best plan, and searches for the best rest among favoured sites and those of good plans.
    /// Sources: Shaw (1998), large neighbourhood search; Danna, Rothberg and Le Pape (2005), relaxation induced.
    fn loosen(&mut self, search: &Search<'_>, pool: &Pool) -> Seen {
        let mut seen = Seen::default();
        let Some((best, sites)) = pool.plans.first() else { return seen };
        let mut state = vec![State::Closed; search.form.state.len()];
        let good = self.elite.plans.iter().flat_map(|(_, sites)| sites);
        for site in good.chain(&self.favoured).chain(sites) {
            state[*site as usize] = State::Free;
        }
        let kept = 10 - LOOSENED[self.turn / 2 % LOOSENED.len()];
        for site in sites {
            if self.below(10) < kept {
                state[*site as usize] = State::Open;
            }
        }
        for (state, known) in state.iter_mut().zip(&search.form.state) {
            if *known != State::Free {
                *state = *known;
            }
        }
        let form = search.form.without_closed(state);
        let mut found = Pool::new(1, *best);
        search.within(&form, INNER).run(&mut found);
        for (loss, sites) in &found.plans {
            self.elite.offer(*loss, sites);
        }
        seen.plans = found.plans;
        if self.turn.is_multiple_of(FORGOTTEN) {
            self.elite = Pool::new(ELITE, u64::MAX);
        }
        seen
    }

    /// Takes some sites out, puts favoured ones in, and improves.
    fn shake_once(&mut self, search: &Search<'_>, sites: &[u32]) -> Option<(u64, Vec<u32>)> {
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
        let mut improver = Improver::new(search.form, state, chosen);
        for _ in 0..self.below(8) + 2 {
            improver.chosen[free[self.below(free.len())] as usize] = false;
        }
        for _ in 0..self.below(4) {
            let at = self.below(self.favoured.len());
            let site = self.favoured[at] as usize;
            if improver.may_add(site, None) && improver.has_room_for(site) {
                improver.chosen[site] = true;
            }
        }
        improver.add_greedily();
        improver.exchange(|| !search.is_over());
        search.tidy(&improver.chosen, state)
    }
}
