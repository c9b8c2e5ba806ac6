//! How far is it from each place to each other? A table of costs by road, as CSV.

use crate::geometry::LonLat;
use crate::io::shielded;
use crate::model::travel::NoCost;
use crate::network::{By, FAR, Heading, Key, Label, RoadNetwork, RowEntry, Site, Snap, Snapped, Terms, Tree};
use crate::progress::{Cancelled, Progress};
use crate::units::{Metres, Seconds};
use rayon::prelude::*;
use std::cell::OnceCell;

use super::places::NamedPlace;

/// Rows searched and written at a time.
const PART: usize = 64;

/// Labels kept at once, 1 GiB of them; where there are more, each `from` is searched from for itself.
const MOST_LABELS: usize = 1 << 26;

/// Reasons of a pair without a route, beside those of [`NoCost`].
const NO_ROAD_FROM: &str = "no_road_at_from";

const NO_ROAD_TO: &str = "no_road_at_to";

/// The way between place and road in metres, where a road is near enough to tell.
fn access(snap: &Snapped) -> String {
    match snap {
        Ok(snap) => format!("{:.2}", f64::from(snap.access_cm) / 100.0),
        Err(Some(length)) => format!("{:.2}", length.value()),
        Err(None) => String::new(),
    }
}

type Writer = csv::Writer<Vec<u8>>;

/// What a table of travel costs shall hold.
#[derive(Debug, Clone, Copy)]
pub struct TableTerms {
    pub by: By,
    /// The k nearest of each `from`; `None` = all.
    pub k: Option<usize>,
    /// Nothing longer than this, on the road.
    pub max: Option<Limit>,
    pub max_access: Metres,
}

/// A limit of time or of length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    Time(Seconds),
    Length(Metres),
}

impl Limit {
    fn allows(self, ms: u32, cm: u32) -> bool {
        match self {
            Self::Time(_) => ms <= self.whole(),
            Self::Length(_) => cm <= self.whole(),
        }
    }

    /// Whole milliseconds or centimetres.
    fn whole(self) -> u32 {
        By::whole_limit(match self {
            Self::Time(limit) => limit.widened().value() * 1000.0,
            Self::Length(limit) => limit.widened().value() * 100.0,
        })
    }

    /// The limit as a search knows it, where it limits what the search minimises.
    fn key(self, by: By) -> Option<Key> {
        match (self, by) {
            (Self::Time(_), By::Time) | (Self::Length(_), By::Distance) => Some(By::limit(self.whole())),
            _ => None,
        }
    }
}

/// Costs between places as CSV: `from_id,to_id,seconds,metres,from_access_m,to_access_m,reason`.
///
/// Seconds and metres are on the road from snap point to snap point; rank and limit follow them too, so that
/// what a pair costs and whether it is in the table can be checked from the table alone.
///
/// # Errors
/// [`Cancelled`] when the result is no longer wanted.
///
/// # Complexity
/// A search for each place of the smaller side; with k one search for all, or one for each `from` where k is large.
pub fn cost_table(
    network: &RoadNetwork,
    from: &[NamedPlace],
    to: &[NamedPlace],
    terms: TableTerms,
    progress: &dyn Progress,
) -> Result<Vec<u8>, Cancelled> {
    let snapped = |places: &[NamedPlace]| {
        let places: Vec<LonLat> = places.iter().map(|place| place.place).collect();
        network.snap_all(&places, terms.max_access)
    };
    let table = Table { from, to, from_snaps: snapped(from), to_snaps: snapped(to), terms };
    let mut out = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ =
        out.write_record(["from_id", "to_id", "seconds", "metres", "from_access_m", "to_access_m", "reason"]);
    match terms.k {
        Some(k) => table.nearest(network, k, &mut out, progress)?,
        None => table.all(network, &mut out, progress)?,
    }
    Ok(out.into_inner().unwrap_or_default())
}

struct Table<'a> {
    from: &'a [NamedPlace],
    to: &'a [NamedPlace],
    from_snaps: Vec<Snapped>,
    to_snaps: Vec<Snapped>,
    terms: TableTerms,
}

/// From which places can anything be reached, however far? Asked once for all, and only if somebody asks.
struct Reachable<'a> {
    table: &'a Table<'a>,
    network: &'a RoadNetwork,
    progress: &'a dyn Progress,
    known: OnceCell<Vec<Label>>,
}

impl Reachable<'_> {
    fn of(&self, from: usize) -> Result<bool, Cancelled> {
        if self.known.get().is_none() {
            let terms = Terms { by: self.table.terms.by, heading: Heading::ToSite, counts_access: false };
            let (demand, sites) = (Table::demand(&self.table.from_snaps), Table::sites(&self.table.to_snaps));
            let found = self.network.nearest(&demand, &sites, 1, terms, self.progress)?;
            let _ = self.known.set(found);
        }
        Ok(self.known.get().and_then(|known| known.get(from)).is_some_and(|label| *label != Label::NONE))
    }
}

impl Table<'_> {
    fn sites(snaps: &[Snapped]) -> Vec<Option<Site>> {
        snaps.iter().map(|snap| snap.ok().map(|snap| Site { snap, head_start_ms: 0 })).collect()
    }

    fn demand(snaps: &[Snapped]) -> Vec<Option<Snap>> {
        snaps.iter().map(|snap| snap.ok()).collect()
    }

    fn nearest(
        &self,
        network: &RoadNetwork,
        k: usize,
        out: &mut Writer,
        progress: &dyn Progress,
    ) -> Result<(), Cancelled> {
        let terms = Terms { by: self.terms.by, heading: Heading::ToSite, counts_access: false };
        let sites = Self::sites(&self.to_snaps);
        // There are no more than all. Labels of every junction must fit in memory, and a junction takes k² steps.
        let k = k.min(sites.len()).max(1);
        let fits = network.graph.node_junctions.len().saturating_mul(k) <= MOST_LABELS;
        if fits && k.saturating_mul(k) <= 64 + 8 * self.from.len() {
            let labels = network.nearest(&Self::demand(&self.from_snaps), &sites, k, terms, progress)?;
            self.write_nearest(out, 0, k, &labels);
            return Ok(());
        }
        for (part, snaps) in self.from_snaps.chunks(PART).enumerate() {
            let labels = snaps.par_iter().map_init(Tree::default, |tree, snap| {
                let mut slots = vec![Label::NONE; k];
                if let Ok(snap) = snap {
                    network.sites_from(tree, snap, &sites, FAR - 1, terms, &mut slots, progress)?;
                }
                Ok(slots)
            });
            let labels = labels.collect::<Result<Vec<_>, Cancelled>>()?.concat();
            self.write_nearest(out, part * PART, k, &labels);
        }
        Ok(())
    }

    /// The rows of some `from`, `k` labels each, from the one of this number on.
    fn write_nearest(&self, out: &mut Writer, first: usize, k: usize, labels: &[Label]) {
        for (at, labels) in (first..).zip(labels.chunks(k)) {
            let mut count = 0;
            for label in labels.iter().filter(|label| **label != Label::NONE) {
                let (ms, cm) = self.terms.by.parts(label.key);
                if self.terms.max.is_none_or(|max| max.allows(ms, cm)) {
                    count += 1;
                    self.write(out, at, label.site as usize, Some((ms, cm)));
                }
            }
            if count == 0 {
                self.write_none(out, at, labels.first().is_some_and(|label| *label != Label::NONE));
            }
        }
    }

    fn all(&self, network: &RoadNetwork, out: &mut Writer, progress: &dyn Progress) -> Result<(), Cancelled> {
        let by = self.terms.by;
        let limit = self.terms.max.and_then(|max| max.key(by)).unwrap_or(FAR - 1);
        // One search for each place of the smaller side; a pair costs the same from either.
        let from_is_searched = self.from.len() <= self.to.len();
        let (heading, sites, demand) = if from_is_searched {
            (Heading::FromSite, &self.from_snaps, &self.to_snaps)
        } else {
            (Heading::ToSite, &self.to_snaps, &self.from_snaps)
        };
        let terms = Terms { by, heading, counts_access: false };
        let (sites, demand) = (Self::sites(sites), Self::demand(demand));
        let without = Reachable { table: self, network, progress, known: OnceCell::new() };
        if from_is_searched {
            for (part, sites) in sites.chunks(PART).enumerate() {
                let rows = network.rows(&demand, sites, limit, terms, progress)?;
                for (at, row) in rows.iter().enumerate() {
                    self.write_row(out, part * PART + at, row, &without)?;
                }
            }
            return Ok(());
        }
        let rows = network.rows(&demand, &sites, limit, terms, progress)?;
        let mut turned: Vec<Vec<RowEntry>> = vec![Vec::new(); self.from.len()];
        for (to, row) in (0u32..).zip(&rows) {
            for entry in row {
                turned[entry.demand as usize].push(RowEntry { demand: to, ..*entry });
            }
        }
        drop(rows);
        for (at, row) in turned.iter().enumerate() {
            self.write_row(out, at, row, &without)?;
        }
        Ok(())
    }

    /// The row of one `from`, its entries in order of `to`.
    fn write_row(
        &self,
        out: &mut Writer,
        from: usize,
        row: &[RowEntry],
        reachable: &Reachable<'_>,
    ) -> Result<(), Cancelled> {
        let mut row = row.iter().peekable();
        let mut count = 0;
        for to in 0..self.to.len() {
            let entry = row.next_if(|entry| entry.demand as usize == to).map(|entry| (entry.ms, entry.cm));
            match (entry, self.terms.max) {
                (Some((ms, cm)), max) if max.is_none_or(|max| max.allows(ms, cm)) => {
                    self.write(out, from, to, entry);
                    count += 1;
                }
                // Without a limit every pair has its row, with its reason.
                (None, None) => {
                    self.write(out, from, to, None);
                    count += 1;
                }
                _ => {}
            }
        }
        if count == 0 {
            self.write_none(out, from, reachable.of(from)?);
        }
        Ok(())
    }

    fn write(&self, out: &mut Writer, from: usize, to: usize, cost: Option<(u32, u32)>) {
        let (a, b) = (&self.from_snaps[from], &self.to_snaps[to]);
        let reason = match (cost, a, b) {
            (Some(_), ..) => "",
            (None, Err(_), _) => NO_ROAD_FROM,
            (None, _, Err(_)) => NO_ROAD_TO,
            (None, Ok(_), Ok(_)) => NoCost::NotConnected.id(),
        };
        let (seconds, metres) = cost.map_or_else(Default::default, |(ms, cm)| {
            (format!("{:.3}", f64::from(ms) / 1000.0), format!("{:.2}", f64::from(cm) / 100.0))
        });
        let record = [
            &*shielded(&self.from[from].id),
            &shielded(&self.to[to].id),
            &seconds,
            &metres,
            &access(a),
            &access(b),
            reason,
        ];
        let _ = out.write_record(record);
    }

    /// A place from which nothing was found still has its row.
    fn write_none(&self, out: &mut Writer, from: usize, is_beyond: bool) {
        let reason = match &self.from_snaps[from] {
            Err(_) => NO_ROAD_FROM,
            Ok(_) if self.to_snaps.iter().all(Result::is_err) => NO_ROAD_TO,
            Ok(_) if is_beyond && self.terms.max.is_some() => NoCost::BeyondLimit.id(),
            Ok(_) => NoCost::NotConnected.id(),
        };
        let id = shielded(&self.from[from].id);
        let _ = out.write_record([&*id, "", "", "", &access(&self.from_snaps[from]), "", reason]);
    }
}
