//! Which sites are nearest to each demand point? Labels for all at once, or a tree from one place.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::labels::Labels;
use super::roadnet::{Heading, RoadNetwork, Site, Snapped, Terms};
use super::search::{FAR, Key, Label, Tree, insert};
use super::snap::Snap;
use crate::geometry::LonLat;
use crate::progress::{Cancelled, Progress};
use crate::units::Metres;

impl RoadNetwork {
    /// The k nearest sites of every junction.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn labels(
        &self,
        sites: &[Option<Site>],
        k: usize,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Labels, Cancelled> {
        let mut seeds = Vec::with_capacity(sites.len() * 2);
        for (number, site) in (0u32..).zip(sites) {
            if let Some(site) = site {
                self.seeds(site, number, terms, &mut seeds);
            }
        }
        Labels::find(self.search_arcs(terms.heading), self.range(), terms.by, &seeds, k, progress)
    }

    /// The k nearest sites of every demand point, row-major; fewer where there are fewer.
    /// Equal costs: the shorter (or faster) trip, then the lower site number.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    ///
    /// # Complexity
    /// O(k · (nodes + arcs) + k · demand).
    pub fn nearest(
        &self,
        demand: &[Option<Snap>],
        sites: &[Option<Site>],
        k: usize,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<Vec<Label>, Cancelled> {
        let labels = self.labels(sites, k, terms, progress)?;
        progress.check()?;
        Ok(self.nearest_by(&labels, demand, sites, terms))
    }

    /// The same for places that are not on the network yet: they are put on it while the search runs.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn nearest_of_places(
        &self,
        places: &[LonLat],
        limit: Metres,
        sites: &[Option<Site>],
        k: usize,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<(Vec<Snapped>, Vec<Label>), Cancelled> {
        let (labels, snaps) =
            rayon::join(|| self.labels(sites, k, terms, progress), || self.snap_all(places, limit));
        let demand: Vec<Option<Snap>> = snaps.iter().map(|snap| snap.ok()).collect();
        let found = self.nearest_by(&labels?, &demand, sites, terms);
        Ok((snaps, found))
    }

    /// The same from labels already found.
    #[must_use]
    pub fn nearest_by(
        &self,
        labels: &Labels,
        demand: &[Option<Snap>],
        sites: &[Option<Site>],
        terms: Terms,
    ) -> Vec<Label> {
        let k = labels.k();
        let mut on_stretch: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (number, site) in (0u32..).zip(sites) {
            if let Some(site) = site {
                on_stretch.entry(site.snap.stretch).or_default().push(number);
            }
        }
        let mut out = vec![Label::NONE; demand.len() * k];
        if k == 0 {
            return out;
        }
        out.par_chunks_mut(k).zip(demand).with_min_len(1024).for_each(|(slots, snap)| {
            let Some(snap) = snap else { return };
            let access = self.access_key(snap, terms);
            let is_leaving = terms.heading == Heading::ToSite;
            self.each_end(snap, is_leaving, terms.by, |node, key| {
                for label in labels.of(node).iter().take_while(|label| label.key != FAR) {
                    insert(slots, Label { key: label.key.saturating_add(key + access), site: label.site });
                }
            });
            for number in on_stretch.get(&snap.stretch).into_iter().flatten() {
                let Some(site) = &sites[*number as usize] else { continue };
                if let Some(key) = self.direct_key(snap, site, terms) {
                    insert(slots, Label { key, site: *number });
                }
            }
        });
        out
    }

    /// Grows a tree from a site, or towards it.
    pub(super) fn grow_from(
        &self,
        tree: &mut Tree,
        site: &Site,
        limit: Key,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<(), Cancelled> {
        let mut seeds = Vec::with_capacity(4);
        self.seeds(site, 0, terms, &mut seeds);
        tree.grow(self.search_arcs(terms.heading), self.range(), terms.by, &seeds, limit, progress)
    }

    /// The cost between a demand point and the site a tree was grown from; [`FAR`] if there is none.
    pub(super) fn key_by(&self, tree: &Tree, snap: &Snap, site: &Site, terms: Terms) -> Key {
        let access = self.access_key(snap, terms);
        let mut best = FAR;
        self.each_end(snap, terms.heading == Heading::ToSite, terms.by, |node, key| {
            let found = tree.key(node);
            if found != FAR {
                best = best.min(found.saturating_add(key + access));
            }
        });
        if let Some(key) = self.direct_key(snap, site, terms) {
            best = best.min(key);
        }
        best
    }

    /// The nearest sites of one demand point within a limit, by a search from that point.
    /// `slots` holds the best found; the same answer as [`Self::nearest`] gives, for what lies within the limit.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    #[allow(clippy::too_many_arguments, reason = "a search, its limit and where the answer goes")]
    pub fn sites_from(
        &self,
        tree: &mut Tree,
        from: &Snap,
        sites: &[Option<Site>],
        limit: Key,
        terms: Terms,
        slots: &mut [Label],
        progress: &dyn Progress,
    ) -> Result<(), Cancelled> {
        let turned = match terms.heading {
            Heading::ToSite => Heading::FromSite,
            Heading::FromSite => Heading::ToSite,
        };
        let turned = Terms { heading: turned, ..terms };
        self.tree_from(tree, from, limit, turned, progress)?;
        let start = Site { snap: *from, head_start_ms: 0 };
        for (number, site) in (0u32..).zip(sites) {
            let Some(site) = site else { continue };
            let key = self.key_by(tree, &site.snap, &start, turned);
            if key != FAR {
                insert(slots, Label { key: key + terms.by.key(site.head_start_ms, 0), site: number });
            }
        }
        Ok(())
    }

    /// Grows a tree from a place in the direction of travel (or against it).
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn tree_from(
        &self,
        tree: &mut Tree,
        snap: &Snap,
        limit: Key,
        terms: Terms,
        progress: &dyn Progress,
    ) -> Result<(), Cancelled> {
        self.grow_from(tree, &Site { snap: *snap, head_start_ms: 0 }, limit, terms, progress)
    }
}
