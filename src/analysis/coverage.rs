//! How far is everybody from the nearest service of a kind, and how many are beyond the threshold?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Distribution, Spread};
use crate::model::travel::{Method, Nearest, NoCost, Pairs, TravelError, TravelModel, Traveller, Trip};
use crate::model::{Demand, ServiceIx, ServiceKind, Situation};
use crate::progress::Progress;
use crate::units::{Cost, Measure, People, Seconds};

/// Nearest and second nearest service of one kind for every cell.
#[derive(Debug, Clone)]
pub struct Coverage {
    pub kind: ServiceKind,
    pub method: Method,
    /// The services, in the order that `nearest` numbers them.
    pub services: Arc<Vec<ServiceIx>>,
    pub nearest: Arc<Nearest>,
    /// Of what is counted (see [`Nearest::measure`]).
    pub spread: Arc<Distribution>,
    /// Of lengths and of times, where there are any, whichever is counted.
    pub lengths: Arc<Distribution>,
    pub times: Option<Arc<Distribution>>,
}

/// The figures of one kind at one threshold. People add up to the total, exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageSummary {
    pub people_total: People,
    pub people_within: People,
    pub people_beyond: People,
    pub people_without_value: BTreeMap<NoCost, People>,
    /// Of what is counted.
    pub spread: Spread,
    /// Of the lengths and times of the same trips.
    pub lengths: Spread,
    pub times: Option<Spread>,
}

impl Coverage {
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn compute(
        situation: &Situation,
        kind: ServiceKind,
        travel: &dyn TravelModel,
        head_starts: &[Seconds],
        progress: &dyn Progress,
    ) -> Result<Self, TravelError> {
        let services = situation.of_kind(kind).to_vec();
        let sites = situation.points_of(kind);
        let pairs = Pairs {
            demand: &situation.demand.points,
            sites: &sites,
            traveller: Traveller::of(kind),
            head_starts,
        };
        let nearest = travel.nearest(pairs, 2, progress)?;
        progress.check()?;
        Ok(Self::of(situation, kind, travel.method(), services, nearest))
    }

    /// The coverage of distances and times found before.
    #[must_use]
    pub fn of(
        situation: &Situation,
        kind: ServiceKind,
        method: Method,
        services: Vec<ServiceIx>,
        nearest: Nearest,
    ) -> Self {
        let people = &situation.demand.people;
        let spread = |cost: &dyn Fn(Trip) -> Option<Cost>| {
            let cells = people.iter().enumerate();
            let costs = cells.filter_map(|(cell, people)| Some((cost(nearest.at(cell, 0)?.1)?, *people)));
            Arc::new(Distribution::new(costs))
        };
        let lengths = spread(&|trip| Some(trip.length.into()));
        let has_times = nearest.has_times();
        let times = has_times.then(|| spread(&|trip| trip.time.map(Cost::from)));
        let counted = match (nearest.measure(), &times) {
            (Measure::Time, Some(times)) => Arc::clone(times),
            _ => Arc::clone(&lengths),
        };
        Self {
            kind,
            method,
            services: Arc::new(services),
            nearest: Arc::new(nearest),
            spread: counted,
            lengths,
            times,
        }
    }

    /// What is counted: lengths or times.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.nearest.measure()
    }

    /// The service of this rank for a cell and the trip to it, or why there is none.
    ///
    /// # Errors
    /// The reason why the cell has no value.
    pub fn at(&self, cell: usize, rank: usize) -> Result<(ServiceIx, Trip), NoCost> {
        let (site, trip) = self.nearest.at(cell, rank).ok_or_else(|| self.nearest.reason(cell))?;
        self.services.get(site).map(|ix| (*ix, trip)).ok_or(NoCost::NoService)
    }

    /// Is a cell beyond the threshold, or without any service?
    #[must_use]
    pub fn is_beyond(&self, cell: usize, threshold: Cost) -> bool {
        self.nearest.cost(cell, 0).is_none_or(|(_, cost)| !cost.is_within(threshold))
    }

    #[must_use]
    pub fn summary(&self, demand: &Demand, threshold: Cost) -> CoverageSummary {
        let people_within = self.spread.people_within(threshold);
        let people_beyond = self.spread.people() - people_within;
        let mut people_without_value: BTreeMap<NoCost, People> = BTreeMap::new();
        for (cell, people) in demand.people.iter().enumerate() {
            if *people > People::ZERO && self.nearest.at(cell, 0).is_none() {
                *people_without_value.entry(self.nearest.reason(cell)).or_default() += *people;
            }
        }
        let without: People = people_without_value.values().copied().sum();
        // Parts of people sum to a total that depends on the order: the printed parts make the printed total.
        let people_total = people_within + people_beyond + without;
        CoverageSummary {
            people_total,
            people_within,
            people_beyond,
            people_without_value,
            spread: self.spread.spread(),
            lengths: self.lengths.spread(),
            times: self.times.as_ref().map(|times| times.spread()),
        }
    }
}
