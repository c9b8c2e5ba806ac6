//! What does it cost to get from people to services? The seam between travel models and everything else.
//! Analysis and siting read nothing but these tables. Does not know how a cost was found.

use crate::geometry::PlanePoint;
use crate::lang::{Lang, Said};
use crate::progress::{Cancelled, Progress};
use crate::say;
use crate::units::{Metres, Seconds};

/// How costs were found; named wherever a distance is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// Straight line × detour factor, an estimate; minutes at one mean speed, if given.
    StraightLine { detour_factor: f64, speed_kmh: Option<f64> },
}

impl Method {
    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::StraightLine { .. } => "straight_line_x_detour",
        }
    }

    /// Minutes for a length, where the method knows a speed.
    #[must_use]
    pub fn time(self, length: Metres) -> Option<Seconds> {
        match self {
            Self::StraightLine { speed_kmh, .. } => {
                speed_kmh.filter(|v| *v > 0.0).map(|v| Seconds::new(length.value() / (v / 3.6)))
            }
        }
    }
}

impl Said for Method {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::StraightLine { detour_factor, .. } => {
                let factor = lang.number(*detour_factor, 2);
                let factor = factor.trim_end_matches('0').trim_end_matches(['.', ',']);
                say!(lang, "fågelvägen × {factor} (uppskattning)", "straight line × {factor} (estimate)")
            }
        }
    }
}

/// Why a demand point has no cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoCost {
    /// There is no service of the kind.
    NoService,
}

impl NoCost {
    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoService => "no_service",
        }
    }
}

impl Said for NoCost {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::NoService => {
                lang.pick("ingen service av slaget i data", "no service of the kind in the data").into()
            }
        }
    }
}

/// Stands where there is no k-th site.
pub const NO_SITE: u32 = u32::MAX;

/// The k nearest sites of every demand point, in rising order of cost; equal costs in order of site.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    k: usize,
    /// Row-major, `k` a demand point; [`NO_SITE`] where there are fewer.
    sites: Vec<u32>,
    /// Metres; infinite where there is no site.
    metres: Vec<f64>,
}

impl Nearest {
    /// # Panics
    /// In debug builds when the two tables differ in size.
    #[must_use]
    pub fn new(k: usize, sites: Vec<u32>, metres: Vec<f64>) -> Self {
        debug_assert_eq!(sites.len(), metres.len());
        Self { k, sites, metres }
    }

    #[must_use]
    pub fn demand_count(&self) -> usize {
        self.sites.len().checked_div(self.k).unwrap_or(0)
    }

    /// The site of this rank (0 = nearest) and the length to it.
    #[must_use]
    pub fn at(&self, demand: usize, rank: usize) -> Option<(usize, Metres)> {
        if rank >= self.k {
            return None;
        }
        let slot = demand * self.k + rank;
        let site = *self.sites.get(slot)?;
        if site == NO_SITE { None } else { Some((site as usize, Metres::new(*self.metres.get(slot)?))) }
    }
}

/// One entry of a row: which demand point, and the length to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    pub demand: u32,
    pub length: Metres,
}

/// Sparse rows site → demand within a cutoff, in order of demand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CostRows {
    starts: Vec<usize>,
    entries: Vec<Reach>,
}

impl CostRows {
    #[must_use]
    pub fn from_rows(rows: Vec<Vec<Reach>>) -> Self {
        let mut starts = Vec::with_capacity(rows.len() + 1);
        starts.push(0);
        let mut entries = Vec::with_capacity(rows.iter().map(Vec::len).sum());
        for row in rows {
            entries.extend(row);
            starts.push(entries.len());
        }
        Self { starts, entries }
    }

    #[must_use]
    pub fn row(&self, site: usize) -> &[Reach] {
        match (self.starts.get(site), self.starts.get(site + 1)) {
            (Some(&a), Some(&b)) => &self.entries[a..b],
            _ => &[],
        }
    }
}

/// A maker of travel costs: a straight line, a road network, a routing server.
pub trait TravelModel: Sync {
    fn method(&self) -> Method;

    /// The k nearest sites of every demand point.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    fn nearest(
        &self,
        demand: &[PlanePoint],
        sites: &[PlanePoint],
        k: usize,
        progress: &dyn Progress,
    ) -> Result<Nearest, Cancelled>;

    /// Every pair within the cutoff.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    fn rows(
        &self,
        demand: &[PlanePoint],
        sites: &[PlanePoint],
        cutoff: Metres,
        progress: &dyn Progress,
    ) -> Result<CostRows, Cancelled>;

    /// The length between two places.
    fn length(&self, from: PlanePoint, to: PlanePoint) -> Metres;
}
