//! Random questions, the same in every run: every objective, role, limit and oddity that the rules know.

use sotplan::location::{CostTable, Decay, Limit, Objective, Problem, Role, Site};
use sotplan::random::Random;

/// A stream of dice.
pub struct Dice(Random);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Random::new(seed))
    }

    /// Less than `count`.
    pub fn below(&mut self, count: u64) -> u64 {
        self.0.next_u64() % count
    }

    pub fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }
}

fn pick(dice: &mut Dice, from: usize, to: usize) -> usize {
    from + usize::try_from(dice.below((to - from + 1) as u64)).expect("small")
}

fn site(dice: &mut Dice, objective: Objective) -> Site {
    let role = match dice.below(10) {
        0 => Role::Required,
        1 | 2 => Role::Forbidden,
        _ => Role::Candidate,
    };
    let capacity = (objective == Objective::Capacitated && !dice.one_in(6)).then(|| dice.below(40));
    Site { role, cost: dice.below(6), capacity }
}

/// The costs: places in a plane, or numbers without geometry and with many ties; some pairs missing.
fn costs(dice: &mut Dice, sites: usize, demand: usize) -> CostTable {
    let missing = [0, 10, 40, 75][pick(dice, 0, 3)];
    let is_plane = dice.one_in(2);
    let most = [3, 30, 1_000_000][pick(dice, 0, 2)];
    let point = |dice: &mut Dice| (dice.below(100) as f64, dice.below(100) as f64);
    let at_sites: Vec<_> = (0..sites).map(|_| point(dice)).collect();
    let at_demand: Vec<_> = (0..demand).map(|_| point(dice)).collect();
    let rows: Vec<Vec<(u32, u32)>> = at_sites
        .iter()
        .map(|s| {
            (0u32..)
                .zip(&at_demand)
                .filter_map(|(demand, d)| {
                    let cost = if is_plane {
                        ((s.0 - d.0).hypot(s.1 - d.1) * 10.0).round() as u32
                    } else {
                        u32::try_from(dice.below(most)).expect("small")
                    };
                    (dice.below(100) >= missing).then_some((demand, cost))
                })
                .collect()
        })
        .collect();
    CostTable::from_rows(demand, &rows)
}

/// The question of a number.
pub fn case(number: u64, objective: Objective, most_sites: usize) -> Problem {
    let mut dice = Dice::new(number.wrapping_mul(1_000_003) + objective as u64);
    let dice = &mut dice;
    let (sites, demand) = (pick(dice, 1, most_sites), pick(dice, 1, 30));
    let demand = if objective == Objective::Capacitated { demand.min(12) } else { demand };
    let costs = costs(dice, sites, demand);
    let known: Vec<u32> = (0..sites).flat_map(|site| costs.row(site).map(|entry| entry.1)).collect();
    let cutoff = if objective.needs_cutoff() || dice.one_in(4) {
        Some(known.get(pick(dice, 0, known.len().max(1) - 1)).copied().unwrap_or(5))
    } else {
        None
    };
    let limit = match dice.below(3) {
        _ if objective == Objective::Lscp && !dice.one_in(4) => Limit::None,
        _ if objective == Objective::Lscp => Limit::Budget(dice.below(3 * sites as u64 + 1)),
        0 => Limit::Budget(dice.below(2 * sites as u64 + 4)),
        _ => Limit::Sites(pick(dice, 0, sites.min(6)) + usize::from(dice.one_in(20)) * sites),
    };
    let exclusive = (0..pick(dice, 0, 3))
        .map(|_| [0, 1].map(|_| u32::try_from(pick(dice, 0, sites - 1)).expect("few")))
        .filter(|pair| pair[0] != pair[1])
        .collect();
    let decay = match dice.below(4) {
        0 if objective == Objective::Mclp => Decay::Linear,
        1 if objective == Objective::Mclp => {
            Decay::Exponential { half: 1 + u32::try_from(dice.below(300)).expect("small") }
        }
        _ => Decay::None,
    };
    Problem {
        demand: (0..demand).map(|_| if dice.one_in(6) { 0 } else { 1 + dice.below(20) }).collect(),
        sites: (0..sites).map(|_| site(dice, objective)).collect(),
        costs,
        objective,
        limit,
        cutoff,
        exclusive,
        require_all: dice.one_in(4),
        decay,
    }
}
