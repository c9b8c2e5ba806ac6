//! Which demand points lie within a limit of each of many sites, and what does each pair cost?

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::roadnet::{Heading, RoadNetwork, Site, Terms};
use super::search::{FAR, Key, Tree};
use super::snap::Snap;
use crate::progress::{Cancelled, Progress};

/// One entry of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowEntry {
    pub demand: u32,
    pub ms: u32,
    pub cm: u32,
}

/// Fewer sites than this are answered by a pass over the demand each.
const FEW: usize = 3;

/// Demand points by the nodes through which they are left or reached.
struct ByNode {
    starts: Vec<u32>,
    /// (demand point, cost between node and point, access leg included).
    entries: Vec<(u32, Key)>,
    on_stretch: FxHashMap<u32, Vec<u32>>,
}

/// What a row needs while it is made; kept between rows.
struct Scratch {
    tree: Tree,
    best: Vec<Key>,
    found: Vec<u32>,
}

impl RoadNetwork {
    /// Every demand point within the limit of each site, in order of demand.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    ///
    /// # Complexity
    /// For each site a search as far as the limit, and a look at the demand points at the nodes it reaches.
    pub fn rows(
        &self,
        demand: &[Option<Snap>],
        sites: &[Option<Site>],
        limit: Key,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Vec<Vec<RowEntry>>, Cancelled> {
        if sites.len() < FEW {
            let mut tree = Tree::default();
            return sites
                .iter()
                .map(|site| self.row(&mut tree, demand, site.as_ref(), limit, terms, progress))
                .collect();
        }
        let index = self.by_node(demand, terms);
        let scratch = || Scratch { tree: Tree::default(), best: vec![FAR; demand.len()], found: Vec::new() };
        sites
            .par_iter()
            .map_init(scratch, |scratch, site| {
                progress.check()?;
                let Some(site) = site else { return Ok(Vec::new()) };
                self.indexed_row(scratch, &index, demand, site, limit, terms, progress)
            })
            .collect()
    }

    fn by_node(&self, demand: &[Option<Snap>], terms: Terms) -> ByNode {
        let is_leaving = terms.heading == Heading::ToSite;
        let mut starts = vec![0u32; self.search_arcs(terms.heading).node_count() + 1];
        let mut all: Vec<(u32, u32, Key)> = Vec::with_capacity(demand.len() * 2);
        let mut on_stretch: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (number, snap) in (0u32..).zip(demand) {
            let Some(snap) = snap else { continue };
            let access = self.access_key(snap, terms);
            self.each_lane_end(snap, is_leaving, terms.by, |_, node, key| {
                starts[node as usize + 1] += 1;
                all.push((node, number, key + access));
            });
            on_stretch.entry(snap.stretch).or_default().push(number);
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); all.len()];
        for (node, number, key) in all {
            entries[next[node as usize] as usize] = (number, key);
            next[node as usize] += 1;
        }
        ByNode { starts, entries, on_stretch }
    }

    #[allow(clippy::too_many_arguments, reason = "a question and what it is answered with")]
    fn indexed_row(
        &self,
        scratch: &mut Scratch,
        index: &ByNode,
        demand: &[Option<Snap>],
        site: &Site,
        limit: Key,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Vec<RowEntry>, Cancelled> {
        let Scratch { tree, best, found } = scratch;
        self.grow_from(tree, site, limit, terms, progress)?;
        let mut take = |number: u32, key: Key| {
            let slot = &mut best[number as usize];
            if key <= limit && key < *slot {
                if *slot == FAR {
                    found.push(number);
                }
                *slot = key;
            }
        };
        for node in tree.touched() {
            let range = index.starts[*node as usize] as usize..index.starts[*node as usize + 1] as usize;
            let at_node = tree.key(*node);
            for (number, key) in &index.entries[range] {
                take(*number, at_node.saturating_add(*key));
            }
        }
        for number in index.on_stretch.get(&site.snap.stretch).into_iter().flatten() {
            if let Some(snap) = &demand[*number as usize]
                && let Some(key) = self.direct_key(snap, site, terms)
            {
                take(*number, key);
            }
        }
        found.sort_unstable();
        let row = found.drain(..).map(|number| {
            let (ms, cm) = terms.by.parts(std::mem::replace(&mut best[number as usize], FAR));
            RowEntry { demand: number, ms, cm }
        });
        Ok(row.collect())
    }

    /// One row by a pass over the demand.
    fn row(
        &self,
        tree: &mut Tree,
        demand: &[Option<Snap>],
        site: Option<&Site>,
        limit: Key,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Vec<RowEntry>, Cancelled> {
        let Some(site) = site else { return Ok(Vec::new()) };
        self.grow_from(tree, site, limit, terms, progress)?;
        let mut row = Vec::new();
        for (number, snap) in (0u32..).zip(demand) {
            let Some(snap) = snap else { continue };
            let key = self.key_by(tree, snap, site, terms);
            if key <= limit {
                let (ms, cm) = terms.by.parts(key);
                row.push(RowEntry { demand: number, ms, cm });
            }
        }
        Ok(row)
    }
}
