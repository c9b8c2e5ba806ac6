//! Is there a better plan a few exchanges away from the best? Shakes the best plan and improves it again.
//! Source: Lourenço, Martin and Stützle (2003), Iterated local search.

use super::branch::{Pool, Search, Seen};
use super::form::State;
use super::local_search::Improver;

/// Shakes while one group of parts is looked at.
const AT_ONCE: usize = 6;
/// Stop after so many groups without a better plan.
const PATIENCE: usize = 150;

/// Shakes the best plan; the same seed, the same shakes.
pub(super) struct Shaker {
    random: u64,
    favoured: Vec<u32>,
    best: u64,
    since: usize,
}

impl Shaker {
    pub fn new(seed: u64) -> Self {
        Self { random: seed, favoured: Vec::new(), best: u64::MAX, since: 0 }
    }

    /// Sites worth trying.
    pub fn learn(&mut self, favoured: &[u32]) {
        if !favoured.is_empty() {
            self.favoured = favoured.to_vec();
        }
    }

    /// A number below `most`. Source: SplitMix64, Steele, Lea and Flood (2014).
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
        let (mut loss, mut sites) = (*loss, sites.clone());
        for _ in 0..AT_ONCE {
            if search.is_over() {
                break;
            }
            let Some((new_loss, new_sites)) = self.shake_once(search, &sites) else { continue };
            seen.plans.push((new_loss, new_sites.clone()));
            if new_loss <= loss {
                (loss, sites) = (new_loss, new_sites);
            }
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
        for _ in 0..2 + self.below(6) {
            improver.chosen[free[self.below(free.len())] as usize] = false;
            let at = self.below(self.favoured.len());
            let site = self.favoured[at] as usize;
            if improver.may_add(site, None) && improver.fits(Some(site), None) {
                improver.chosen[site] = true;
            }
        }
        improver.add_greedily(|_| ());
        improver.exchange(|| !search.is_over());
        search.tidy(&improver.chosen, state)
    }
}
