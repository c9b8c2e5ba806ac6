//! What is the best of two plans, part by part? Where they differ, sites that cover a common point belong together; parts
//! that have no point in common are chosen from either plan, independently of each other.
//!
//! Source: Whitley, Hains and Howe (2009), partition crossover, there for tours.

use super::selection::Slack;

/// What two plans are made of.
pub(super) struct Ground<'a> {
    /// The points that each site covers.
    pub starts: &'a [usize],
    pub point: &'a [u32],
    pub weight: &'a dyn Fn(usize) -> i64,
    pub points: usize,
    pub excludes: &'a [Vec<u32>],
    pub cost: &'a [u64],
    pub slack: Slack,
}

/// A part in which two plans differ.
#[derive(Default, Clone)]
struct Part {
    /// What the second plan covers more here, has more sites, and costs more.
    gain: i64,
    sites: i64,
    cost: i128,
}

/// The name of no site or part.
const NONE: u32 = u32::MAX;

/// The best plan of parts of two plans; at least as good as the first.
pub(super) fn recombine(ground: &Ground<'_>, first: &[u32], second: &[u32]) -> Vec<u32> {
    let mut of = vec![0u8; ground.excludes.len()];
    for (plan, mark) in [(first, 1), (second, 2)] {
        for site in plan {
            of[*site as usize] |= mark;
        }
    }
    let differing: Vec<u32> =
        first.iter().chain(second).copied().filter(|site| of[*site as usize] != 3).collect();
    // Which of the plans cover a point for sure: both what a site of both covers.
    let mut seen = vec![0u8; ground.points];
    for site in first.iter().filter(|site| of[**site as usize] == 3) {
        for point in points(ground, *site) {
            seen[*point as usize] = 3;
        }
    }
    let part_of = parts(ground, &seen, &differing);
    let count = part_of.iter().max().map_or(0, |most| *most as usize + 1);
    let mut parts = vec![Part::default(); count];
    for (site, part) in differing.iter().zip(&part_of) {
        let (part, own) = (&mut parts[*part as usize], of[*site as usize]);
        let sign = if own == 2 { 1 } else { -1 };
        for point in points(ground, *site).iter().map(|point| *point as usize) {
            if seen[point] & own == 0 {
                seen[point] |= own;
                part.gain += sign * (ground.weight)(point);
            }
        }
        part.sites += sign;
        part.cost += i128::from(sign) * i128::from(ground.cost[*site as usize]);
    }
    let is_taken = match ground.slack {
        Slack::Count(most) => by_count(&parts, as_number(most) - as_number(first.len())),
        Slack::Budget(budget) => {
            let spent: i128 = first.iter().map(|site| i128::from(ground.cost[*site as usize])).sum();
            by_budget(&parts, i128::from(budget) - spent)
        }
    };
    let mut out: Vec<u32> = first.iter().copied().filter(|site| of[*site as usize] == 3).collect();
    let stays = |(site, part): &(&u32, &u32)| (of[**site as usize] == 2) == is_taken[**part as usize];
    out.extend(differing.iter().zip(&part_of).filter(stays).map(|(site, _)| *site));
    out.sort_unstable();
    out
}

fn as_number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn points<'a>(ground: &Ground<'a>, site: u32) -> &'a [u32] {
    &ground.point[ground.starts[site as usize]..ground.starts[site as usize + 1]]
}

/// The part that each of the sites belongs to in which the plans differ.
fn parts(ground: &Ground<'_>, seen: &[u8], differing: &[u32]) -> Vec<u32> {
    let mut root: Vec<u32> = (0u32..).take(differing.len()).collect();
    let mut owner = vec![NONE; ground.points];
    let mut at = vec![NONE; ground.excludes.len()];
    for (own, site) in (0u32..).zip(differing) {
        at[*site as usize] = own;
    }
    for (own, site) in (0u32..).zip(differing) {
        for point in points(ground, *site).iter().map(|point| *point as usize) {
            if seen[point] == 3 {
                continue;
            }
            match owner[point] {
                NONE => owner[point] = own,
                other => join(&mut root, own, other),
            }
        }
        let excluded = ground.excludes[*site as usize].iter().map(|other| at[*other as usize]);
        excluded.filter(|other| *other != NONE).for_each(|other| join(&mut root, own, other));
    }
    let mut number = vec![NONE; differing.len()];
    let mut count = 0;
    (0u32..)
        .take(differing.len())
        .map(|own| {
            let number = &mut number[find(&mut root, own) as usize];
            if *number == NONE {
                *number = count;
                count += 1;
            }
            *number
        })
        .collect()
}

fn find(root: &mut [u32], mut at: u32) -> u32 {
    while root[at as usize] != at {
        root[at as usize] = root[root[at as usize] as usize];
        at = root[at as usize];
    }
    at
}

fn join(root: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(root, a), find(root, b));
    root[a.max(b) as usize] = a.min(b);
}

/// The parts to take from the second plan, that gain most together with at most so many sites more.
fn by_count(parts: &[Part], spare: i64) -> Vec<bool> {
    let down: i64 = parts.iter().map(|part| part.sites.min(0)).sum();
    let up: i64 = parts.iter().map(|part| part.sites.max(0)).sum();
    let width = usize::try_from(up - down + 1).unwrap_or(0);
    // The most that is gained with each number of sites more, part by part.
    let mut best = vec![i64::MIN; width];
    let index = |sites: i64| usize::try_from(sites - down).unwrap_or(usize::MAX);
    best[index(0)] = 0;
    let mut takes: Vec<Vec<bool>> = Vec::with_capacity(parts.len());
    for part in parts {
        let mut next = best.clone();
        let mut take = vec![false; width];
        for (at, gain) in best.iter().enumerate().filter(|(_, gain)| **gain != i64::MIN) {
            let to = index(as_number(at) + down + part.sites);
            if gain + part.gain > next[to] {
                next[to] = gain + part.gain;
                take[to] = true;
            }
        }
        best = next;
        takes.push(take);
    }
    let allowed = (0..width).filter(|at| as_number(*at) + down <= spare.max(0));
    let mut at = allowed.max_by_key(|at| (best[*at], std::cmp::Reverse(*at))).unwrap_or(index(0));
    let mut taken = vec![false; parts.len()];
    for (number, part) in parts.iter().enumerate().rev() {
        if takes[number][at] {
            taken[number] = true;
            at = index(as_number(at) + down - part.sites);
        }
    }
    taken
}

/// The parts to take from the second plan: those that gain, the most first, as far as the budget goes.
fn by_budget(parts: &[Part], spare: i128) -> Vec<bool> {
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].gain > 0).collect();
    order.sort_by_key(|at| (parts[*at].cost > 0, std::cmp::Reverse(parts[*at].gain), *at));
    let (mut left, mut taken) = (spare, vec![false; parts.len()]);
    for at in order {
        if parts[at].cost <= left.max(0) {
            left -= parts[at].cost;
            taken[at] = true;
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Sites with what they cover, on a line, so that far sites have nothing in common.
    struct World {
        starts: Vec<usize>,
        point: Vec<u32>,
        weight: Vec<i64>,
        excludes: Vec<Vec<u32>>,
        cost: Vec<u64>,
    }

    impl World {
        fn drawn(random: &mut Random) -> Self {
            let (sites, points) = (24usize, 60usize);
            let mut world = Self {
                starts: vec![0],
                point: Vec::new(),
                weight: (0..points).map(|_| i64::try_from(random.below(50)).unwrap_or(0)).collect(),
                excludes: vec![Vec::new(); sites],
                cost: (0..sites).map(|_| random.below(9) as u64).collect(),
            };
            for site in 0..sites {
                let first = site * points / sites;
                let covered = (first..(first + 5).min(points)).filter(|_| random.below(4) > 0);
                world.point.extend(covered.map(|point| u32::try_from(point).unwrap_or(0)));
                world.starts.push(world.point.len());
            }
            for _ in 0..3 {
                let (a, b) = (random.below(sites), random.below(sites));
                if a != b {
                    world.excludes[a].push(u32::try_from(b).unwrap_or(0));
                    world.excludes[b].push(u32::try_from(a).unwrap_or(0));
                }
            }
            world
        }

        fn value(&self, plan: &[u32]) -> i64 {
            let covered = plan
                .iter()
                .flat_map(|site| &self.point[self.starts[*site as usize]..self.starts[*site as usize + 1]]);
            let covered: std::collections::BTreeSet<u32> = covered.copied().collect();
            covered.into_iter().map(|point| self.weight[point as usize]).sum()
        }

        fn allows(&self, plan: &[u32], slack: Slack) -> bool {
            let fits = match slack {
                Slack::Count(most) => plan.len() <= most,
                Slack::Budget(budget) => {
                    plan.iter().map(|site| self.cost[*site as usize]).sum::<u64>() <= budget
                }
            };
            fits && plan
                .iter()
                .all(|site| self.excludes[*site as usize].iter().all(|other| !plan.contains(other)))
        }

        fn plan(&self, random: &mut Random, slack: Slack) -> Vec<u32> {
            let mut plan = Vec::new();
            for _ in 0..60 {
                let site = u32::try_from(random.below(self.excludes.len())).unwrap_or(0);
                if !plan.contains(&site) {
                    plan.push(site);
                    if !self.allows(&plan, slack) {
                        plan.pop();
                    }
                }
            }
            plan.sort_unstable();
            plan
        }

        fn recombined(&self, slack: Slack, first: &[u32], second: &[u32]) -> Vec<u32> {
            let ground = Ground {
                starts: &self.starts,
                point: &self.point,
                weight: &|point| self.weight[point],
                points: self.weight.len(),
                excludes: &self.excludes,
                cost: &self.cost,
                slack,
            };
            recombine(&ground, first, second)
        }
    }

    #[test]
    fn parts_of_two_plans_are_at_least_as_good_as_the_better_and_within_the_limit() {
        let mut random = Random::new(5);
        let mut better = 0;
        for turn in 0..400 {
            let world = World::drawn(&mut random);
            let slack = if turn % 2 == 0 { Slack::Count(8) } else { Slack::Budget(30) };
            let (a, b) = (world.plan(&mut random, slack), world.plan(&mut random, slack));
            let (first, second) = if world.value(&a) >= world.value(&b) { (a, b) } else { (b, a) };
            let found = world.recombined(slack, &first, &second);
            assert!(world.allows(&found, slack), "{found:?}");
            assert!(found.iter().all(|site| first.contains(site) || second.contains(site)));
            assert!(first.iter().filter(|site| second.contains(site)).all(|site| found.contains(site)));
            assert!(world.value(&found) >= world.value(&first), "{first:?} {second:?} {found:?}");
            better += usize::from(world.value(&found) > world.value(&first));
        }
        assert!(better > 100, "often better than both: {better}");
    }

    /// Each subset of the sites in which two plans differ, asked one by one, where no part has another's points.
    #[test]
    fn the_best_of_all_choices_of_parts_is_found() {
        let mut random = Random::new(9);
        for _ in 0..200 {
            // Sites that have no point in common, and a limit that makes parts of several sizes compete.
            let sites = 10usize;
            let world = World {
                starts: (0..=sites).collect(),
                point: (0u32..10).collect(),
                weight: (0..sites).map(|_| i64::try_from(random.below(99)).unwrap_or(0)).collect(),
                excludes: vec![Vec::new(); sites],
                cost: vec![1; sites],
            };
            let slack = Slack::Count(4);
            let (first, second) = (world.plan(&mut random, slack), world.plan(&mut random, slack));
            let found = world.recombined(slack, &first, &second);
            let all: Vec<u32> =
                (0u32..10).filter(|site| first.contains(site) || second.contains(site)).collect();
            let common = |site: &u32| first.contains(site) && second.contains(site);
            let best = (0u32..1 << all.len())
                .map(|mask| {
                    (0u32..).zip(&all).filter(|(at, _)| mask >> at & 1 == 1).map(|(_, s)| *s).collect()
                })
                .filter(|plan: &Vec<u32>| {
                    plan.len() <= 4 && all.iter().filter(|s| common(s)).all(|s| plan.contains(s))
                })
                .map(|plan| world.value(&plan))
                .max();
            assert_eq!(Some(world.value(&found)), best);
        }
    }
}
