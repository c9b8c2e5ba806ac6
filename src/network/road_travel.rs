//! Travel costs by road, as the seam of travel models asks for them: plane points in, trips out.
//! Does not know people or kinds of service.

use std::sync::{Arc, RwLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::roadnet::{Heading, RoadNetwork, Site, Snapped, Terms};
use super::search::{By, FAR, Label, Tree};
use super::snap::Snap;
use crate::geometry::{Crs, PlanePoint, Reprojection};
use crate::model::travel::{
    CostRows, Method, NO_SITE, Nearest, NoCost, Pairs, Reach, TravelError, TravelModel, Traveller, Trip,
};
use crate::progress::{Cancelled, Progress};
use crate::units::{Cost, Measure, Metres, Seconds};

/// A place of the plane by the bits of its coordinates.
type PointKey = [u64; 2];

/// Snaps found before. A snap depends on the network alone, so it holds whatever is closed or asked.
type Known = Arc<RwLock<FxHashMap<PointKey, Snapped>>>;

/// A network and the snaps found on it.
#[derive(Clone)]
struct Snapping {
    network: RoadNetwork,
    known: Known,
}

/// Travel by road: visitors by one network, the rescue service by its own.
#[derive(Clone)]
pub struct RoadTravel {
    visitor: Snapping,
    rescue: Option<Snapping>,
    measure: Measure,
    max_access: Metres,
    closed_roads: usize,
    counts_access: bool,
}

/// Few demand points are searched from one by one, instead of from every site at once.
const FEW: usize = 2;

impl RoadTravel {
    /// Travel on a network; `rescue` is the network of rescue vehicles, if stations are asked for.
    #[must_use]
    pub fn new(
        visitor: RoadNetwork,
        rescue: Option<RoadNetwork>,
        measure: Measure,
        closed_roads: usize,
    ) -> Self {
        let max_access = visitor.graph.profile.max_access;
        let snapping = |network| Snapping { network, known: Known::default() };
        let counts_access = visitor.graph.profile.counts_access;
        let rescue = rescue.map(snapping);
        Self { visitor: snapping(visitor), rescue, measure, max_access, closed_roads, counts_access }
    }

    /// The same without the walk between place and road, which lengths and times then leave out.
    #[must_use]
    pub fn without_access(self) -> Self {
        Self { counts_access: false, ..self }
    }

    /// The same roads with other closures or another measure; what was snapped stays snapped.
    #[must_use]
    pub fn with_networks(
        &self,
        visitor: RoadNetwork,
        rescue: Option<RoadNetwork>,
        measure: Measure,
        closed_roads: usize,
    ) -> Self {
        let rescue = rescue.map(|network| {
            let known = self.rescue.as_ref().map(|old| Arc::clone(&old.known)).unwrap_or_default();
            Snapping { network, known }
        });
        Self {
            visitor: Snapping { network: visitor, known: Arc::clone(&self.visitor.known) },
            rescue,
            measure,
            max_access: self.max_access,
            closed_roads,
            counts_access: self.counts_access,
        }
    }

    /// The network that people travel on.
    #[must_use]
    pub const fn network(&self) -> &RoadNetwork {
        &self.visitor.network
    }

    /// The network of a traveller.
    #[must_use]
    pub fn network_of(&self, traveller: Traveller) -> &RoadNetwork {
        &self.snapping(traveller).network
    }

    /// What the minimised measure is.
    #[must_use]
    pub const fn by(&self) -> By {
        match self.measure {
            Measure::Distance => By::Distance,
            Measure::Time => By::Time,
        }
    }

    /// The terms of trips of a traveller; access legs count as the profile says.
    #[must_use]
    pub fn terms(&self, traveller: Traveller) -> Terms {
        let heading = match traveller {
            Traveller::Visitor => Heading::ToSite,
            Traveller::Rescue => Heading::FromSite,
        };
        Terms { by: self.by(), heading, counts_access: self.counts_access }
    }

    /// Where a place of the plane stands on the network of a traveller.
    ///
    /// # Errors
    /// The length to the nearest road where that is too far, if one is near at all.
    pub fn snap(&self, point: PlanePoint, traveller: Traveller) -> Snapped {
        self.snap_all(&[point], traveller).pop().unwrap_or(Err(None))
    }

    /// Which of these places walk over water to their road, with the spot on it, since none is nearer on their side.
    #[must_use]
    pub fn over_water(&self, points: &[PlanePoint]) -> Vec<(usize, Snap)> {
        if self.visitor.network.water().is_none() {
            return Vec::new();
        }
        let snaps = self.snap_all(points, Traveller::Visitor).into_iter().enumerate();
        snaps.filter_map(|(at, snap)| Some((at, snap.ok().filter(|snap| snap.crosses_water)?))).collect()
    }

    fn snapping(&self, traveller: Traveller) -> &Snapping {
        match traveller {
            Traveller::Rescue => self.rescue.as_ref().unwrap_or(&self.visitor),
            Traveller::Visitor => &self.visitor,
        }
    }

    /// Where places of the plane stand on a network; in parallel where they are new.
    fn snap_all(&self, points: &[PlanePoint], traveller: Traveller) -> Vec<Snapped> {
        let Snapping { network, known } = self.snapping(traveller);
        let key = |point: &PlanePoint| [point.e.to_bits(), point.n.to_bits()];
        let mut found: Vec<Option<Snapped>> = match known.read() {
            Ok(known) => points.iter().map(|point| known.get(&key(point)).copied()).collect(),
            Err(_) => vec![None; points.len()],
        };
        let missing: Vec<usize> = (0..points.len()).filter(|at| found[*at].is_none()).collect();
        let fresh: Vec<Snapped> = missing
            .par_chunks(512)
            .flat_map_iter(|chunk| {
                let to_degrees = Reprojection::new(Crs::Wgs84);
                chunk.iter().map(move |at| {
                    let place = to_degrees.lon_lat_from_plane(points[*at]);
                    place.map_or(Err(None), |place| network.snap(place, self.max_access))
                })
            })
            .collect();
        if !missing.is_empty()
            && let Ok(mut known) = known.write()
        {
            known.extend(missing.iter().zip(&fresh).map(|(at, snap)| (key(&points[*at]), *snap)));
        }
        for (at, snap) in missing.iter().zip(fresh) {
            found[*at] = Some(snap);
        }
        found.into_iter().map(|snap| snap.unwrap_or(Err(None))).collect()
    }

    /// Snapped demand and sites of a question.
    fn placed(&self, pairs: Pairs<'_>) -> (Vec<Snapped>, Vec<Option<Site>>) {
        (self.snap_all(pairs.demand, pairs.traveller), self.placed_sites(pairs))
    }

    fn placed_sites(&self, pairs: Pairs<'_>) -> Vec<Option<Site>> {
        let sites = self.snap_all(pairs.sites, pairs.traveller);
        let sites = sites.into_iter().enumerate().map(|(at, snap)| {
            let head_start = pairs.head_starts.get(at).copied().unwrap_or_default();
            snap.ok().map(|snap| Site { snap, head_start_ms: milliseconds(head_start) })
        });
        sites.collect()
    }

    /// The cost of a limit as a search counts it.
    #[must_use]
    pub fn limit(&self, cost: Cost) -> u64 {
        let units = match self.measure {
            Measure::Distance => cost.widened().metres().value() * 100.0,
            Measure::Time => cost.widened().seconds().value() * 1000.0,
        };
        By::limit(By::whole_limit(units))
    }

    fn trip(&self, key: u64) -> Trip {
        let (ms, cm) = self.by().parts(key);
        Trip { length: Metres::new(f64::from(cm) / 100.0), time: Some(Seconds::new(f64::from(ms) / 1000.0)) }
    }

    /// The k nearest of few demand points: from each, in the direction of travel, wider and wider.
    fn nearest_of_few(
        &self,
        traveller: Traveller,
        demand: &[Option<Snap>],
        sites: &[Option<Site>],
        k: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Label>, Cancelled> {
        let network = self.network_of(traveller);
        let terms = self.terms(traveller);
        let mut out = Vec::with_capacity(demand.len() * k);
        let mut tree = Tree::default();
        // Fewer sites than asked for are never enough, however far one looks.
        let wanted = k.min(sites.iter().flatten().count());
        for snap in demand {
            let mut slots = vec![Label::NONE; k];
            if let Some(snap) = snap {
                let mut limit = self.limit(match self.measure {
                    Measure::Distance => Metres::from_km(20.0).into(),
                    Measure::Time => Seconds::from_minutes(20.0).into(),
                });
                loop {
                    network.sites_from(&mut tree, snap, sites, limit, terms, &mut slots, progress)?;
                    let is_enough = wanted.checked_sub(1).is_none_or(|last| slots[last].key <= limit);
                    if is_enough || limit == FAR {
                        break;
                    }
                    limit = if limit > FAR / 16 { FAR } else { limit * 4 };
                }
            }
            out.extend(slots);
        }
        Ok(out)
    }

    fn table(&self, demand: &[Snapped], sites: &[Option<Site>], k: usize, labels: &[Label]) -> Nearest {
        let trips = labels.iter().map(|label| (label.key != FAR).then(|| self.trip(label.key)));
        let metres = trips.clone().map(|trip| trip.map_or(f64::INFINITY, |trip| trip.length.value()));
        let seconds = trips.map(|trip| trip.and_then(|trip| trip.time).map_or(0.0, Seconds::value));
        let numbers = labels.iter().map(|label| if label.key == FAR { NO_SITE } else { label.site });
        let no_site = if sites.is_empty() {
            NoCost::NoService
        } else if sites.iter().all(Option::is_none) {
            NoCost::NoRoadAtService
        } else {
            NoCost::NotConnected
        };
        let reasons = demand.iter().map(|snap| match snap {
            _ if sites.is_empty() => NoCost::NoService,
            Err(_) => NoCost::NoRoad,
            Ok(_) => no_site,
        });
        Nearest::new(
            k,
            self.measure,
            numbers.collect(),
            metres.collect(),
            seconds.collect(),
            reasons.collect(),
        )
    }
}

/// Whole milliseconds of a wait, at most a day.
#[must_use]
pub fn milliseconds(time: Seconds) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a day")]
    let ms = (time.value() * 1000.0).round().clamp(0.0, 86_400_000.0) as u32;
    ms
}

impl TravelModel for RoadTravel {
    fn method(&self) -> Method {
        let graph = &self.visitor.network.graph;
        Method::Road {
            mode: graph.mode,
            measure: self.measure,
            closed_roads: self.closed_roads,
            is_winter: graph.profile.winter.applies(),
            set: graph.profile.is_as_set().then_some(graph.profile.basis),
            counts_access: self.counts_access,
        }
    }

    fn measure(&self) -> Measure {
        self.measure
    }

    /// # Complexity
    /// O(k · network + k · demand), once for all sites.
    fn nearest(&self, pairs: Pairs<'_>, k: usize, progress: &dyn Progress) -> Result<Nearest, TravelError> {
        let sites = self.placed_sites(pairs);
        let snap = || self.snap_all(pairs.demand, pairs.traveller);
        let on_road = |snaps: &[Snapped]| snaps.iter().map(|snap| snap.ok()).collect::<Vec<Option<Snap>>>();
        if pairs.demand.len() <= FEW && k > 0 {
            let demand = snap();
            let labels = self.nearest_of_few(pairs.traveller, &on_road(&demand), &sites, k, progress)?;
            return Ok(self.table(&demand, &sites, k, &labels));
        }
        let (network, terms) = (self.network_of(pairs.traveller), self.terms(pairs.traveller));
        // The search knows nothing of the demand, so that can be put on its roads meanwhile.
        let (labels, demand) = rayon::join(|| network.labels(&sites, k, terms, progress), snap);
        progress.check()?;
        let labels = network.nearest_by(&labels?, &on_road(&demand), &sites, terms);
        Ok(self.table(&demand, &sites, k, &labels))
    }

    /// # Complexity
    /// A search a site, as far as the cutoff, and a pass over the demand.
    fn rows(
        &self,
        pairs: Pairs<'_>,
        cutoff: Option<Cost>,
        progress: &dyn Progress,
    ) -> Result<CostRows, TravelError> {
        let (demand, sites) = self.placed(pairs);
        let snaps: Vec<Option<Snap>> = demand.into_iter().map(Result::ok).collect();
        let limit = cutoff.map_or(FAR - 1, |cutoff| self.limit(cutoff));
        let network = self.network_of(pairs.traveller);
        let rows = network.rows(&snaps, &sites, limit, self.terms(pairs.traveller), progress)?;
        let reach = |entry: super::RowEntry| Reach {
            demand: entry.demand,
            trip: Trip {
                length: Metres::new(f64::from(entry.cm) / 100.0),
                time: Some(Seconds::new(f64::from(entry.ms) / 1000.0)),
            },
        };
        Ok(CostRows::from_rows(rows.into_iter().map(|row| row.into_iter().map(reach).collect()).collect()))
    }
}
