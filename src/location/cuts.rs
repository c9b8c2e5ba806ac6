//! Which plans in parts are no plans? Cuts that every whole plan keeps and the linear relaxation breaks, for coverage.
//!
//! Zero-half cuts: an odd number of points together, halved and rounded up. Of three points of which every site serves at
//! most two, one site serves no more than two, so two sites are needed or somebody is unserved.
//! Sources: Caprara and Fischetti (1996), {0, ½}-Chvátal-Gomory cuts; Koster, Zymolka and Kutschka (2009), separating them.

use std::collections::hash_map::Entry;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::levels::Levels;

/// Σ factor × chosen + Σ unserved ≥ least.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub sites: Vec<(u32, f64)>,
    /// Levels at which a point's not being served counts.
    pub levels: Vec<u32>,
    pub least: f64,
    /// No more than this can be gained by the cut.
    pub most: f64,
}

/// A cut must be broken by this much.
const LEAST_BROKEN: f64 = 0.02;
/// Shares below this are none.
const LEAST_SHARE: f64 = 1e-4;
/// So many ways on are looked at from two and from three points.
const WAYS: [usize; 2] = [6, 2];
/// Points of which at most this much is missing or too much are combined.
const MOST_SLACK: f64 = 0.4;
/// A point stands in at most so many cuts of one turn.
const TIMES: usize = 4;
/// A point is combined with at most so many others that share a site with it.
const MOST_PARTNERS: usize = 30;

/// A point as the relaxation has it: which sites it is served by in part, and how far that is from being served just once.
struct Row {
    level: u32,
    sites: Vec<u32>,
    /// The sum of the shares of these.
    sum: f64,
    slack: f64,
}

/// Finds cuts that are broken, the most broken first.
pub(super) struct Separator<'a> {
    levels: &'a Levels,
    share: &'a [f64],
    rows: Vec<Row>,
    by_site: Vec<Vec<u32>>,
}

impl<'a> Separator<'a> {
    /// `share` of each site, and how much `reached` each level in sum.
    pub fn new(levels: &'a Levels, share: &'a [f64], reached: &[f64]) -> Self {
        let mut alike: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
        let mut rows: Vec<Row> = Vec::new();
        let mut sites: Vec<u32> = Vec::new();
        for (level, reached) in (0u32..).zip(reached) {
            let at = level as usize;
            if levels.is_first[at] {
                sites.clear();
            }
            let more = levels.site[levels.starts[at]..levels.starts[at + 1]].iter();
            sites.extend(more.filter(|site| share[**site as usize] > LEAST_SHARE));
            let slack = (reached - 1.0).abs();
            // What is served whole by one site breaks nothing.
            if slack > MOST_SLACK || sites.len() < 2 || levels.most[at] <= 0.0 {
                continue;
            }
            let mut own = sites.clone();
            own.sort_unstable();
            let sum = own.iter().map(|site| share[*site as usize]).sum();
            let row = Row { level, slack, sum, sites: own.clone() };
            match alike.entry(own) {
                Entry::Occupied(known) => {
                    let have = &mut rows[*known.get()];
                    let worth = |row: &Row| (row.slack, levels.within(row.level as usize).len());
                    let (own, other) = (worth(&row), worth(have));
                    if own.0.total_cmp(&other.0).then(own.1.cmp(&other.1)).is_lt() {
                        *have = row;
                    }
                }
                Entry::Vacant(known) => {
                    known.insert(rows.len());
                    rows.push(row);
                }
            }
        }
        let mut by_site: Vec<Vec<u32>> = vec![Vec::new(); share.len()];
        for (number, row) in (0u32..).zip(&rows) {
            for site in &row.sites {
                by_site[*site as usize].push(number);
            }
        }
        for list in &mut by_site {
            list.sort_by(|a, b| rows[*a as usize].slack.total_cmp(&rows[*b as usize].slack).then(a.cmp(b)));
            list.truncate(MOST_PARTNERS);
        }
        Self { levels, share, rows, by_site }
    }

    /// At most so many cuts, the most broken first.
    pub fn find(&self, count: usize) -> Vec<Cut> {
        let rows = 0u32..u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let mut found: Vec<(f64, Vec<u32>)> = rows
            .into_par_iter()
            .flat_map_iter(|first| {
                let row = &self.rows[first as usize];
                let mut found = Vec::new();
                self.extend(&[first], &row.sites, row.slack, &mut found);
                found
            })
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        let mut seen: FxHashSet<Vec<u32>> = FxHashSet::default();
        // Of cuts of the same points a few are enough for one turn.
        let mut used: FxHashMap<u32, usize> = FxHashMap::default();
        let mut cuts = Vec::new();
        for (_, rows) in found {
            if cuts.len() == count {
                break;
            }
            if rows.iter().any(|row| used.get(row).is_some_and(|times| *times >= TIMES))
                || seen.contains(&rows)
            {
                continue;
            }
            for row in &rows {
                *used.entry(*row).or_default() += 1;
            }
            cuts.push(self.cut(&rows));
            seen.insert(rows);
        }
        cuts
    }

    /// Adds two more points, and again two.
    fn extend(&self, rows: &[u32], odd: &[u32], slack: f64, found: &mut Vec<(f64, Vec<u32>)>) {
        let is_first = rows.len() == 1;
        let count = WAYS[usize::from(!is_first)];
        let least = if is_first { rows[0] } else { 0 };
        for (_, second) in self.ways(rows, odd, slack, count, 2.0) {
            if second < least {
                continue;
            }
            let two_slack = slack + self.rows[second as usize].slack;
            let two_odd = difference(odd, &self.rows[second as usize].sites);
            let two = [rows, &[second]].concat();
            let most = if is_first { 1.3 } else { 1.0 - 2.0 * LEAST_BROKEN };
            for (weight, third) in self.ways(&two, &two_odd, two_slack, count, most) {
                if third < least {
                    continue;
                }
                let mut three = [&two[..], &[third]].concat();
                three.sort_unstable();
                if weight < 1.0 - 2.0 * LEAST_BROKEN {
                    found.push((weight, three));
                } else if is_first {
                    let three_odd = difference(&two_odd, &self.rows[third as usize].sites);
                    self.extend(&three, &three_odd, two_slack + self.rows[third as usize].slack, found);
                }
            }
        }
    }

    /// Points that take away the heaviest site that stands an odd number of times: how much is left odd, lightest
    /// first, at most so many, each below `most`.
    fn ways(&self, rows: &[u32], odd: &[u32], slack: f64, count: usize, most: f64) -> Vec<(f64, u32)> {
        let share = |site: u32| self.share[site as usize];
        let Some(heaviest) =
            odd.iter().copied().max_by(|a, b| share(*a).total_cmp(&share(*b)).then(b.cmp(a)))
        else {
            return Vec::new();
        };
        let before: f64 = odd.iter().map(|site| share(*site)).sum();
        let mut ways: Vec<(f64, u32)> = Vec::new();
        for other in &self.by_site[heaviest as usize] {
            let row = &self.rows[*other as usize];
            let both: f64 = common(odd, &row.sites).map(share).sum();
            let weight = slack + row.slack + before + row.sum - 2.0 * both;
            if weight < most && slack + row.slack < 1.0 && !rows.contains(other) {
                ways.push((weight, *other));
            }
        }
        ways.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        ways.truncate(count);
        ways
    }

    /// The cut of these points, with every site that serves some of them.
    fn cut(&self, rows: &[u32]) -> Cut {
        let levels: Vec<u32> = rows.iter().map(|row| self.rows[*row as usize].level).collect();
        let mut times: FxHashMap<u32, u32> = FxHashMap::default();
        let mut most = 0.0f64;
        for level in &levels {
            for site in self.levels.within(*level as usize) {
                *times.entry(*site).or_default() += 1;
            }
            most = most.max(self.levels.most[*level as usize]);
        }
        let mut sites: Vec<(u32, f64)> =
            times.into_iter().map(|(site, times)| (site, f64::from(times.div_ceil(2)))).collect();
        sites.sort_unstable_by_key(|(site, _)| *site);
        let least = f64::from(u32::try_from(levels.len().div_ceil(2)).unwrap_or(u32::MAX));
        Cut { sites, levels, least, most }
    }
}

/// What stands in both of two rising lists.
fn common<'l>(a: &'l [u32], b: &'l [u32]) -> impl Iterator<Item = u32> + 'l {
    let mut at = 0;
    a.iter().copied().filter(move |site| {
        while at < b.len() && b[at] < *site {
            at += 1;
        }
        b.get(at) == Some(site)
    })
}

/// What stands in one of two rising lists alone.
fn difference(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut left = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => {
                left.push(a[i]);
                i += 1;
            }
            std::cmp::Ordering::Greater => {
                left.push(b[j]);
                j += 1;
            }
            std::cmp::Ordering::Equal => {
                i += 1;
                j += 1;
            }
        }
    }
    left.extend(&a[i..]);
    left.extend(&b[j..]);
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Points that are sites, each with its nearest sites as levels.
    fn levels(random: &mut Random, count: u32) -> Levels {
        let mut levels = Levels { starts: vec![0], ..Levels::default() };
        for point in 0..count {
            for level in 0..=random.below(3) {
                for _ in 0..=random.below(3) {
                    levels.site.push((point + u32::try_from(random.below(7)).unwrap_or(0)) % count);
                }
                let first = levels.starts[levels.starts.len() - 1 - level];
                let mut known = FxHashSet::default();
                let own: Vec<u32> =
                    levels.site[first..].iter().copied().filter(|site| known.insert(*site)).collect();
                levels.site.truncate(first);
                levels.site.extend(own);
                levels.starts.push(levels.site.len());
                levels.is_first.push(level == 0);
                levels.most.push(1.0);
                levels.point.push(point);
                levels.cost.push(f64::from(u32::try_from(level).unwrap_or(0)));
            }
        }
        levels
    }

    // Every whole plan keeps every cut; the shares that it was found at do not.
    #[test]
    fn whole_plans_keep_cuts_that_shares_break() {
        let mut found = 0;
        for seed in 0..200 {
            let mut random = Random::new(seed);
            let levels = levels(&mut random, 14);
            let share: Vec<f64> = (0..14).map(|_| [0.0, 0.5, 0.5, 1.0][random.below(4)] * 0.7).collect();
            let mut reached = vec![0.0; levels.most.len()];
            levels.reached(&share, &mut reached);
            for cut in Separator::new(&levels, &share, &reached).find(50) {
                found += 1;
                let sum = |chosen: &dyn Fn(u32) -> f64| {
                    let sites = cut.sites.iter().map(|(site, factor)| factor * chosen(*site));
                    let unserved = cut.levels.iter().map(|level| {
                        (1.0 - levels.within(*level as usize).iter().map(|site| chosen(*site)).sum::<f64>())
                            .max(0.0)
                    });
                    sites.sum::<f64>() + unserved.sum::<f64>()
                };
                assert!(sum(&|site| share[site as usize]) < cut.least, "seed {seed}: {cut:?} is not broken");
                for plan in 0u32..1 << 14 {
                    let whole = sum(&|site| f64::from(plan >> site & 1));
                    assert!(whole >= cut.least, "seed {seed}: {plan:b} gives {whole} for {cut:?}");
                }
            }
        }
        assert!(found > 50, "{found} cuts");
    }
}
