//! How far is everybody from the nearest service of a kind, and how many are beyond the threshold?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Distribution;
use crate::model::travel::{Method, Nearest, NoCost, TravelModel};
use crate::model::{Demand, ServiceIx, ServiceKind, Situation};
use crate::progress::{Cancelled, Progress};
use crate::units::{Metres, People};

/// Nearest and second nearest service of one kind for every cell.
#[derive(Debug, Clone)]
pub struct Coverage {
    pub kind: ServiceKind,
    pub method: Method,
    /// The services, in the order that `nearest` numbers them.
    pub services: Arc<Vec<ServiceIx>>,
    pub nearest: Arc<Nearest>,
    pub spread: Arc<Distribution>,
}

/// The figures of one kind at one threshold. People add up to the total, exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageSummary {
    pub people_total: People,
    pub people_within: People,
    pub people_beyond: People,
    pub people_without_value: BTreeMap<NoCost, People>,
    pub mean: Option<Metres>,
    pub p50: Option<Metres>,
    pub p90: Option<Metres>,
    pub max: Option<Metres>,
}

impl Coverage {
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn compute(
        situation: &Situation,
        kind: ServiceKind,
        travel: &dyn TravelModel,
        progress: &dyn Progress,
    ) -> Result<Self, Cancelled> {
        let services = situation.of_kind(kind).to_vec();
        let sites: Vec<_> = services.iter().map(|ix| situation.services[ix.at()].point).collect();
        let nearest = travel.nearest(&situation.demand.points, &sites, 2, progress)?;
        progress.check()?;
        let lengths = situation.demand.people.iter().enumerate();
        let spread =
            Distribution::new(lengths.filter_map(|(cell, people)| Some((nearest.at(cell, 0)?.1, *people))));
        Ok(Self {
            kind,
            method: travel.method(),
            services: Arc::new(services),
            nearest: Arc::new(nearest),
            spread: Arc::new(spread),
        })
    }

    /// The service of this rank for a cell and the length to it, or why there is none.
    ///
    /// # Errors
    /// The reason why the cell has no value.
    pub fn at(&self, cell: usize, rank: usize) -> Result<(ServiceIx, Metres), NoCost> {
        let (site, length) = self.nearest.at(cell, rank).ok_or(NoCost::NoService)?;
        self.services.get(site).map(|ix| (*ix, length)).ok_or(NoCost::NoService)
    }

    /// Is a cell beyond the threshold, or without any service?
    #[must_use]
    pub fn is_beyond(&self, cell: usize, threshold: Metres) -> bool {
        self.nearest.at(cell, 0).is_none_or(|(_, length)| length > threshold)
    }

    #[must_use]
    pub fn summary(&self, demand: &Demand, threshold: Metres) -> CoverageSummary {
        let people_within = self.spread.people_within(threshold);
        let people_beyond = self.spread.people() - people_within;
        let unreached =
            |(cell, people): (usize, &People)| self.nearest.at(cell, 0).is_none().then_some(*people);
        let without: People = demand.people.iter().enumerate().filter_map(unreached).sum();
        // Parts of people sum to a total that depends on the order: the printed parts make the printed total.
        let people_total = people_within + people_beyond + without;
        let mut people_without_value = BTreeMap::new();
        if without > People::ZERO {
            people_without_value.insert(NoCost::NoService, without);
        }
        CoverageSummary {
            people_total,
            people_within,
            people_beyond,
            people_without_value,
            mean: self.spread.mean(),
            p50: self.spread.percentile(0.5),
            p90: self.spread.percentile(0.9),
            max: self.spread.max(),
        }
    }
}
