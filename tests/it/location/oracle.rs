//! The best set of sites by trying every one of them. Written from the rules alone; shares nothing with the solvers
//! but the question itself.

use sotplan::location::{DECAY_UNIT, Decay, Limit, Objective, Problem, Role};

/// Sets as bits.
pub type Set = u32;

/// A question laid out for trying every set.
pub struct Oracle<'a> {
    problem: &'a Problem,
    /// By demand: every site that serves it, and the cost, the cheapest first.
    serving: Vec<Vec<(u32, u32)>>,
    required: Set,
    forbidden: Set,
}

/// Demand that counts in no plan, and whether a forbidden site reaches it.
pub type LeftOut = (u32, bool);

impl<'a> Oracle<'a> {
    pub fn new(problem: &'a Problem) -> Self {
        let serves = |cost: u32| problem.cutoff.is_none_or(|cutoff| cost <= cutoff);
        let serving = (0..problem.demand.len())
            .map(|demand| {
                let mut sites: Vec<(u32, u32)> = (0..problem.sites.len())
                    .filter_map(|site| {
                        Some((u32::try_from(site).expect("few"), problem.costs.get(site, demand)?))
                    })
                    .filter(|(_, cost)| serves(*cost))
                    .collect();
                sites.sort_by_key(|(site, cost)| (*cost, *site));
                sites
            })
            .collect();
        let of = |role: Role| {
            let sites = problem.sites.iter().enumerate().filter(|(_, site)| site.role == role);
            sites.fold(0, |set, (at, _)| set | 1 << at)
        };
        Self { problem, serving, required: of(Role::Required), forbidden: of(Role::Forbidden) }
    }

    pub fn left_out(&self) -> Vec<LeftOut> {
        let counts =
            self.serving.iter().zip(&self.problem.demand).enumerate().filter(|(_, (_, weight))| **weight > 0);
        counts
            .filter(|(_, (sites, _))| sites.iter().all(|(site, _)| self.forbidden >> site & 1 == 1))
            .map(|(demand, (sites, _))| (u32::try_from(demand).expect("few"), !sites.is_empty()))
            .collect()
    }

    /// May these sites be chosen together?
    pub fn allows(&self, set: Set) -> bool {
        let problem = self.problem;
        let is_in_limit = match problem.limit {
            Limit::Sites(count) => set.count_ones() as usize == count,
            Limit::Budget(budget) => {
                let cost: u64 = (0..problem.sites.len())
                    .filter(|at| set >> at & 1 == 1)
                    .map(|at| problem.sites[at].cost)
                    .sum();
                cost <= budget
            }
            Limit::None => true,
        };
        is_in_limit
            && set & self.required == self.required
            && set & self.forbidden == 0
            && problem.exclusive.iter().all(|pair| pair.iter().any(|site| set >> site & 1 == 0))
    }

    /// The value of a set that is allowed; `None` where somebody who must be served is not.
    pub fn value(&self, set: Set) -> Option<u64> {
        let problem = self.problem;
        let mut sum = 0;
        let mut worst = 0;
        for (sites, &weight) in self.serving.iter().zip(&problem.demand) {
            let is_reachable = sites.iter().any(|(site, _)| self.forbidden >> site & 1 == 0);
            if weight == 0 || (!is_reachable && !problem.require_all) {
                continue;
            }
            if !is_reachable {
                return None;
            }
            let mut chosen = sites.iter().filter(|(site, _)| set >> site & 1 == 1);
            let nearest = chosen.next().map(|(_, cost)| *cost);
            match (problem.objective, nearest) {
                (Objective::PMedian | Objective::PCenter | Objective::Lscp, None) => return None,
                (Objective::PMedian, Some(cost)) => sum += weight * u64::from(cost),
                (Objective::PCenter, Some(cost)) => worst = worst.max(u64::from(cost)),
                (Objective::Mclp, Some(cost)) if problem.decay == Decay::None => {
                    let _ = cost;
                    sum += weight;
                }
                (Objective::Mclp, Some(cost)) => sum += weight * u64::from(self.worth(cost)),
                (Objective::Backup, Some(_)) if chosen.next().is_some() => sum += weight,
                _ => {}
            }
        }
        Some(match problem.objective {
            Objective::PCenter => worst,
            Objective::Lscp => u64::from(set.count_ones()),
            Objective::Capacitated => self.flow(set),
            _ => sum,
        })
    }

    /// Millionths of a person that count at this cost.
    fn worth(&self, cost: u32) -> u32 {
        let lost = match self.problem.decay {
            Decay::None => 0.0,
            Decay::Linear => match self.problem.cutoff {
                Some(cutoff) if cutoff > 0 => f64::from(cost) / f64::from(cutoff),
                _ => 0.0,
            },
            Decay::Exponential { half } => 1.0 - 2f64.powf(-f64::from(cost) / f64::from(half)),
        };
        DECAY_UNIT - (lost * f64::from(DECAY_UNIT)).round() as u32
    }

    /// The most demand that the sites have room for: one path at a time, each found by search.
    fn flow(&self, set: Set) -> u64 {
        let problem = self.problem;
        let (demands, sites) = (problem.demand.len(), problem.sites.len());
        let mut sent = vec![vec![0u64; sites]; demands];
        let total_room = |site: usize| problem.sites[site].capacity.unwrap_or(u64::MAX / 4);
        loop {
            let left: Vec<u64> =
                (0..demands).map(|at| problem.demand[at] - sent[at].iter().sum::<u64>()).collect();
            let room: Vec<u64> =
                (0..sites).map(|at| total_room(at) - sent.iter().map(|row| row[at]).sum::<u64>()).collect();
            // From demand with something left, over sites and back along what was sent, to a site with room.
            let mut came: Vec<Option<Option<usize>>> =
                left.iter().map(|left| (*left > 0).then_some(None)).collect();
            let mut reached: Vec<Option<usize>> = vec![None; sites];
            let mut queue: Vec<usize> = (0..demands).filter(|at| left[*at] > 0).collect();
            let mut end = None;
            while let Some(demand) = queue.pop() {
                for (site, _) in self.serving[demand].iter().map(|(site, cost)| (*site as usize, cost)) {
                    if set >> site & 1 == 0 || reached[site].is_some() {
                        continue;
                    }
                    reached[site] = Some(demand);
                    if room[site] > 0 {
                        end = Some(site);
                        break;
                    }
                    for other in 0..demands {
                        if sent[other][site] > 0 && came[other].is_none() {
                            came[other] = Some(Some(site));
                            queue.push(other);
                        }
                    }
                }
                if end.is_some() {
                    break;
                }
            }
            let Some(end) = end else { return sent.iter().flatten().sum() };
            let mut path = vec![(reached[end].expect("reached"), end)];
            let mut least = room[end];
            while let Some(Some(site)) = came[path.last().expect("a path").0] {
                least = least.min(sent[path.last().expect("a path").0][site]);
                path.push((reached[site].expect("reached"), site));
            }
            least = least.min(left[path.last().expect("a path").0]);
            for (at, (demand, site)) in path.iter().enumerate() {
                sent[*demand][*site] += least;
                if let Some((_, onward)) = path.get(at + 1) {
                    sent[*demand][*onward] -= least;
                }
            }
        }
    }

    /// Every set that is a plan, with its value, the best first.
    pub fn plans(&self) -> Vec<(u64, Set)> {
        let all: Set = 1 << self.problem.sites.len();
        let mut plans: Vec<(u64, Set)> = (0..all)
            .filter(|set| self.allows(*set))
            .filter_map(|set| Some((self.value(set)?, set)))
            .collect();
        plans.sort_unstable();
        if self.problem.objective.is_maximised() {
            plans.reverse();
        }
        plans
    }
}

/// A list of sites as bits.
pub fn set_of(sites: &[u32]) -> Set {
    sites.iter().fold(0, |set, site| set | 1 << site)
}
