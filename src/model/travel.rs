//! What does it cost to get from people to services? The seam between travel models and everything else.
//! Analysis and siting read nothing but these tables. Does not know how a cost was found.

use crate::geometry::PlanePoint;
use crate::lang::{Lang, Said};
use crate::model::{Message, Mode, ServiceKind, SpeedSet};
use crate::progress::{Cancelled, Progress};
use crate::say;
use crate::units::{Cost, Measure, Metres, Seconds};

/// How costs were found; named wherever a distance is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// Straight line × detour factor, an estimate; minutes at one mean speed, if given.
    StraightLine { detour_factor: f64, speed_kmh: Option<f64> },
    /// Along roads, the fastest or the shortest route; the way between place and road is walked, if it counts.
    Road {
        mode: Mode,
        measure: Measure,
        closed_roads: usize,
        is_winter: bool,
        /// The ready set of assumptions; `None` where some of it is changed.
        set: Option<SpeedSet>,
        counts_access: bool,
    },
}

impl Method {
    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::StraightLine { .. } => "straight_line_x_detour",
            Self::Road { measure: Measure::Time, .. } => "road_fastest",
            Self::Road { measure: Measure::Distance, .. } => "road_shortest",
        }
    }

    /// Is it an estimate, where the users' reference follows roads?
    #[must_use]
    pub const fn is_estimate(self) -> bool {
        matches!(self, Self::StraightLine { .. })
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
            Self::Road { mode, measure, closed_roads, is_winter, set, counts_access } => {
                let mode = mode.said(lang);
                let which = match measure {
                    Measure::Time => lang.pick("snabbaste vägen", "fastest route"),
                    Measure::Distance => lang.pick("kortaste vägen", "shortest route"),
                };
                let mut text = say!(lang, "längs väg, {mode}, {which}", "by road, {mode}, {which}");
                match set {
                    Some(SpeedSet::Pipos) => text.extend([", ", &SpeedSet::Pipos.said(lang)]),
                    // That the walk is left out is part of the set.
                    _ if !counts_access => {
                        text += lang.pick(", utan gångsträckan till vägen", ", without the walk to the road");
                    }
                    _ => {}
                }
                if *is_winter {
                    text += lang.pick(", vinter", ", winter");
                }
                match closed_roads {
                    0 => {}
                    1 => text += lang.pick(", 1 vägavstängning", ", 1 road closure"),
                    n => text += &say!(lang, ", {n} vägavstängningar", ", {n} road closures"),
                }
                text
            }
        }
    }
}

/// Why a demand point has no cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoCost {
    /// There is no service of the kind.
    NoService,
    /// No road lies within the longest access leg of the place.
    NoRoad,
    /// No road lies within the longest access leg of the service.
    NoRoadAtService,
    /// The place lies on a piece of the network from which no service of the kind can be reached.
    NotConnected,
    /// The trip is longer than was asked for.
    BeyondLimit,
    /// There is a way, but nobody knows how long it takes, and times are counted.
    NoTime,
}

impl NoCost {
    /// The stable name in exports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoService => "no_service",
            Self::NoRoad => "no_road",
            Self::NoRoadAtService => "no_road_at_service",
            Self::NotConnected => "not_connected",
            Self::BeyondLimit => "beyond_limit",
            Self::NoTime => "no_time",
        }
    }
}

impl Said for NoCost {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::NoService => {
                lang.pick("ingen service av den typen i data", "no service of the kind in the data")
            }
            Self::NoRoad => lang.pick("ingen väg i närheten", "no road nearby"),
            Self::NoRoadAtService => lang.pick("ingen väg nära servicen", "no road near the service"),
            Self::NotConnected => lang
                .pick("inte förbunden med någon service längs väg", "not connected to any service by road"),
            Self::BeyondLimit => lang.pick("längre bort än gränsen", "beyond the limit"),
            Self::NoTime => lang.pick("restiden är okänd", "the travel time is unknown"),
        }
        .into()
    }
}

/// One trip: its length, and the time it takes where the travel model knows speeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trip {
    pub length: Metres,
    pub time: Option<Seconds>,
}

impl Trip {
    /// The trip in what is counted.
    ///
    /// # Errors
    /// [`NoCost::NoTime`] where times are counted and this one is not known: a length is no time.
    pub fn cost(self, measure: Measure) -> Result<Cost, NoCost> {
        match measure {
            Measure::Distance => Ok(self.length.into()),
            Measure::Time => self.time.map(Cost::from).ok_or(NoCost::NoTime),
        }
    }
}

/// Stands where there is no k-th site.
pub const NO_SITE: u32 = u32::MAX;

/// The k nearest sites of every demand point, in rising order of cost; equal costs in order of site.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    k: usize,
    measure: Measure,
    /// Row-major, `k` a demand point; [`NO_SITE`] where there are fewer.
    sites: Vec<u32>,
    /// Metres; infinite where there is no site.
    metres: Vec<f64>,
    /// Seconds; empty where the model knows no times, not a number where it does not know one.
    seconds: Vec<f64>,
    /// Why a demand point has no site; empty where the reason is always that there is none.
    reasons: Vec<NoCost>,
}

impl Nearest {
    /// Tables of sites, metres and seconds, `k` a demand point, and a reason a demand point (or none at all).
    ///
    /// A time that is not a number is not known. Where times are counted such a trip is left out, since nobody can say
    /// where it ranks; a demand point that has no other says so ([`NoCost::NoTime`]). So is a trip whose length is none.
    ///
    /// # Panics
    /// In debug builds when the tables differ in size.
    #[must_use]
    pub fn new(
        k: usize,
        measure: Measure,
        sites: Vec<u32>,
        metres: Vec<f64>,
        seconds: Vec<f64>,
        reasons: Vec<NoCost>,
    ) -> Self {
        debug_assert_eq!(sites.len(), metres.len());
        debug_assert!(seconds.is_empty() || seconds.len() == sites.len());
        let mut out = Self { k, measure, sites, metres, seconds, reasons };
        out.leave_out_unknown();
        out
    }

    /// Leaves out trips of which what is counted is not known, the others moving up.
    fn leave_out_unknown(&mut self) {
        let counts_time = self.measure == Measure::Time && !self.seconds.is_empty();
        let is_known = |table: &Self, slot: usize| {
            table.metres[slot].is_finite() && (!counts_time || table.seconds[slot].is_finite())
        };
        let is_unknown = |slot: usize| self.sites[slot] != NO_SITE && !is_known(self, slot);
        if self.k == 0 || !(0..self.sites.len()).any(is_unknown) {
            return;
        }
        if self.reasons.is_empty() {
            self.reasons = vec![NoCost::NoService; self.demand_count()];
        }
        for demand in 0..self.demand_count() {
            let slots = demand * self.k..(demand + 1) * self.k;
            let kept: Vec<usize> =
                slots.clone().filter(|slot| self.sites[*slot] != NO_SITE && is_known(self, *slot)).collect();
            if kept.is_empty() && slots.clone().any(|slot| self.sites[slot] != NO_SITE) {
                self.reasons[demand] = NoCost::NoTime;
            }
            let (from, to) = (slots.start, slots.end);
            for (slot, old) in (from..to).zip(kept.iter().map(Some).chain(std::iter::repeat(None))) {
                let (site, metres) =
                    old.map_or((NO_SITE, f64::INFINITY), |old| (self.sites[*old], self.metres[*old]));
                (self.sites[slot], self.metres[slot]) = (site, metres);
                if !self.seconds.is_empty() {
                    self.seconds[slot] = old.map_or(0.0, |old| self.seconds[*old]);
                }
            }
        }
    }

    #[must_use]
    pub fn demand_count(&self) -> usize {
        self.sites.len().checked_div(self.k).unwrap_or(0)
    }

    /// The site of this rank (0 = nearest) and the trip to it.
    #[must_use]
    pub fn at(&self, demand: usize, rank: usize) -> Option<(usize, Trip)> {
        if rank >= self.k {
            return None;
        }
        let slot = demand * self.k + rank;
        let site = *self.sites.get(slot)?;
        if site == NO_SITE {
            return None;
        }
        let time = self.seconds.get(slot).and_then(|seconds| Seconds::try_new(*seconds).ok());
        Some((site as usize, Trip { length: Metres::new(*self.metres.get(slot)?), time }))
    }

    /// The site of this rank and the cost of getting to it.
    #[must_use]
    pub fn cost(&self, demand: usize, rank: usize) -> Option<(usize, Cost)> {
        let (site, trip) = self.at(demand, rank)?;
        Some((site, trip.cost(self.measure).ok()?))
    }

    /// What the order is by.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// Does the model know times?
    #[must_use]
    pub fn has_times(&self) -> bool {
        !self.seconds.is_empty() || self.sites.is_empty()
    }

    /// The k nearest of those sites that are kept: `number` is each site's new number, [`NO_SITE`] where it is left
    /// out; `has_all` says that the table holds every site of every demand point that has a cost. `None` where the
    /// table does not tell: all that it knows of a demand point are left out, or none of those kept is in it.
    ///
    /// # Complexity
    /// O(table).
    #[must_use]
    pub fn keeping(&self, number: &[u32], k: usize, has_all: bool) -> Option<Self> {
        let count = self.demand_count();
        let (mut sites, mut metres) = (vec![NO_SITE; count * k], vec![f64::INFINITY; count * k]);
        let mut seconds = if self.seconds.is_empty() { Vec::new() } else { vec![0.0; count * k] };
        let mut is_any_kept = false;
        for demand in 0..count {
            let known = &self.sites[demand * self.k..(demand + 1) * self.k];
            let is_full = !known.contains(&NO_SITE);
            let new = known.iter().map(|site| number.get(*site as usize).copied().unwrap_or(NO_SITE));
            let kept = new.enumerate().filter(|(_, new)| *new != NO_SITE).take(k);
            let mut found = 0;
            for (rank, new) in kept {
                let (from, to) = (demand * self.k + rank, demand * k + found);
                (sites[to], metres[to]) = (new, self.metres[from]);
                if let Some(slot) = seconds.get_mut(to) {
                    *slot = self.seconds[from];
                }
                found += 1;
            }
            is_any_kept |= found > 0;
            if found < k && is_full && !has_all {
                return None;
            }
        }
        let tells_reasons = self.reasons.is_empty() || is_any_kept;
        let reasons = self.reasons.clone();
        tells_reasons.then_some(Self { k, measure: self.measure, sites, metres, seconds, reasons })
    }

    /// Why a demand point has no nearest site.
    #[must_use]
    pub fn reason(&self, demand: usize) -> NoCost {
        self.reasons.get(demand).copied().unwrap_or(NoCost::NoService)
    }
}

/// One entry of a row: which demand point, and the trip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    pub demand: u32,
    pub trip: Trip,
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

/// Who travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Traveller {
    /// People travel to the service.
    #[default]
    Visitor,
    /// The rescue service travels to people.
    Rescue,
}

impl Traveller {
    /// Who travels for a kind of service.
    #[must_use]
    pub fn of(kind: ServiceKind) -> Self {
        if kind == ServiceKind::Rescue { Self::Rescue } else { Self::Visitor }
    }
}

/// Between whom trips are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Pairs<'a> {
    pub demand: &'a [PlanePoint],
    pub sites: &'a [PlanePoint],
    pub traveller: Traveller,
    /// The time before a site's vehicle moves, one a site; empty = none.
    pub head_starts: &'a [Seconds],
}

impl<'a> Pairs<'a> {
    /// People who travel to sites.
    #[must_use]
    pub const fn visitors(demand: &'a [PlanePoint], sites: &'a [PlanePoint]) -> Self {
        Self { demand, sites, traveller: Traveller::Visitor, head_starts: &[] }
    }
}

/// Why a maker of travel costs gave none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TravelError {
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// It was asked and did not answer; why, in both languages. No figure is made of that.
    #[error("{}", .0.said(Lang::En))]
    NoAnswer(Message),
}

impl Said for Cancelled {
    fn said(&self, lang: Lang) -> String {
        lang.pick("avbrutet", "cancelled").into()
    }
}

impl Said for TravelError {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Cancelled(cancelled) => cancelled.said(lang),
            Self::NoAnswer(why) => {
                let why = why.said(lang);
                say!(
                    lang,
                    "avstånden kunde inte räknas fram: {why}. Inga siffror räknades om",
                    "the distances could not be computed: {why}. No figures were updated"
                )
            }
        }
    }
}

/// A maker of travel costs: a straight line, a road network, a routing server.
pub trait TravelModel: Sync {
    fn method(&self) -> Method;

    /// What "nearest" and "within" mean.
    fn measure(&self) -> Measure;

    /// The k nearest sites of every demand point.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or when there is none.
    fn nearest(&self, pairs: Pairs<'_>, k: usize, progress: &dyn Progress) -> Result<Nearest, TravelError>;

    /// Every pair within the cutoff; `None` = every pair that has a cost.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or when there is none.
    fn rows(
        &self,
        pairs: Pairs<'_>,
        cutoff: Option<Cost>,
        progress: &dyn Progress,
    ) -> Result<CostRows, TravelError>;
}
