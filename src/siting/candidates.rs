//! What speaks for each place? Every grocery store, and every SOT place that has no store for itself in the data.

use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::minimum_level::{
    FuelNear, NearestFuel, RuleResult, Verdict, Why, judge, rules_of, rules_without_store,
};
use crate::analysis::{Closure, Coverage};
use crate::geometry::{LonLat, PlanePoint};
use crate::model::travel::TravelModel;
use crate::model::{AreaIx, Project, ServiceIx, ServiceKind, ServiceOrigin, SiteId, Situation};
use crate::progress::{Cancelled, Progress};
use crate::units::{Metres, People};

/// What stands at the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    Store(ServiceIx),
    /// A SOT place whose store is not in the data.
    NotInData,
}

/// The nearest unit of a kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearestUnit {
    pub service: ServiceIx,
    /// Straight line, no factor.
    pub straight: Metres,
    /// By the travel model.
    pub travel: Metres,
}

/// A place that could be a SOT point, with everything known about it.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub site: SiteId,
    pub name: String,
    pub place: LonLat,
    pub point: PlanePoint,
    pub area: Option<AreaIx>,
    pub host: Host,
    /// Position in [`Situation::sot_places`], if it is one.
    pub sot: Option<usize>,
    /// By [`ServiceKind::index`]; the place itself counts for kinds other units offer, not for its own.
    pub nearest: [Option<NearestUnit>; 8],
    pub rules: [RuleResult; 9],
    pub verdict: Verdict,
    /// People within the two radii of the parameters.
    pub people_within: [People; 2],
    /// People for whom the store is the nearest.
    pub people_nearest: Option<People>,
    /// People beyond the threshold from every SOT point in place, whom this place would reach.
    /// `None` when no SOT layer is loaded.
    pub gap_people: Option<People>,
    /// Extra person-kilometres one way if the store closes.
    pub extra_person_km: Option<f64>,
}

impl Candidate {
    #[must_use]
    pub fn nearest(&self, kind: ServiceKind) -> Option<&NearestUnit> {
        self.nearest[kind.index()].as_ref()
    }

    /// Rules still to be met or asked about.
    pub fn missing(&self) -> impl Iterator<Item = &RuleResult> {
        self.rules.iter().filter(|rule| rule.outcome != super::Outcome::Met)
    }
}

/// What candidates are computed from.
pub struct Inputs<'a> {
    pub project: &'a Project,
    pub situation: &'a Situation,
    pub travel: &'a dyn TravelModel,
    pub sot: Option<&'a Coverage>,
    pub closures: &'a [Closure],
}

type Located = GeomWithData<[f64; 2], ServiceIx>;

/// The nearest unit of each kind, by an R-tree each.
pub struct UnitFinder {
    trees: Vec<RTree<Located>>,
}

impl UnitFinder {
    #[must_use]
    pub fn new(situation: &Situation) -> Self {
        let tree = |kind: ServiceKind| {
            let located = situation.of_kind(kind).iter().map(|ix| {
                let point = situation.services[ix.at()].point;
                Located::new([point.e, point.n], *ix)
            });
            RTree::bulk_load(located.collect())
        };
        Self { trees: ServiceKind::ALL.into_iter().map(tree).collect() }
    }

    /// The nearest unit of a kind other than the place itself.
    #[must_use]
    pub fn nearest(
        &self,
        kind: ServiceKind,
        point: PlanePoint,
        not: Option<ServiceIx>,
        travel: &dyn TravelModel,
    ) -> Option<NearestUnit> {
        let near = self.trees[kind.index()].nearest_neighbor_iter([point.e, point.n]);
        let located = near.into_iter().find(|located| Some(located.data) != not)?;
        let there = PlanePoint::new(located.geom()[0], located.geom()[1]);
        Some(NearestUnit {
            service: located.data,
            straight: point.distance(there),
            travel: travel.length(point, there),
        })
    }
}

/// Every candidate, in the order of the services; SOT places without a store for themselves last.
/// A store hosts the first SOT place that names it; each further one is a candidate of its own.
///
/// # Errors
/// [`Cancelled`] when the result is no longer wanted.
pub fn candidates(inputs: &Inputs<'_>, progress: &dyn Progress) -> Result<Vec<Candidate>, Cancelled> {
    let Inputs { situation, project, travel, .. } = *inputs;
    let finder = UnitFinder::new(situation);
    let stores = situation.of_kind(ServiceKind::Grocery);
    let mut spots: Vec<Spot> = stores
        .iter()
        .map(|ix| {
            let hosted =
                situation.sot_places.iter().position(|sot| sot.host.is_some_and(|(host, _)| host == *ix));
            let point = situation.services[ix.at()].point;
            Spot { host: Host::Store(*ix), sot: hosted, point, is_the_store: true }
        })
        .collect();
    let hosted: Vec<usize> = spots.iter().filter_map(|spot| spot.sot).collect();
    let others = situation.sot_places.iter().enumerate().filter(|(at, _)| !hosted.contains(at));
    spots.extend(others.map(|(at, sot)| {
        let host = sot.host.map_or(Host::NotInData, |(store, _)| Host::Store(store));
        Spot { host, sot: Some(at), point: sot.point, is_the_store: false }
    }));
    let points: Vec<_> = spots.iter().map(|spot| spot.point).collect();
    let [near, far] = project.parameters.people_radii;
    let cutoff = near.max(far).max(project.parameters.threshold);
    let rows = travel.rows(&situation.demand.points, &points, cutoff, progress)?;
    progress.check()?;
    Ok(spots
        .par_iter()
        .enumerate()
        .map(|(at, spot)| describe(inputs, &finder, *spot, rows.row(at)))
        .collect())
}

/// Where a candidate stands.
#[derive(Clone, Copy)]
struct Spot {
    host: Host,
    sot: Option<usize>,
    point: PlanePoint,
    /// It is the store itself, not one more SOT place that the store hosts.
    is_the_store: bool,
}

fn describe(
    inputs: &Inputs<'_>,
    finder: &UnitFinder,
    spot: Spot,
    row: &[crate::model::travel::Reach],
) -> Candidate {
    let Inputs { situation, project, travel, .. } = *inputs;
    let Spot { host, sot, point, is_the_store } = spot;
    let parameters = &project.parameters;
    let mut people_within = [People::ZERO; 2];
    let mut gap_people = People::ZERO;
    for reach in row {
        let cell = reach.demand as usize;
        let people = situation.demand.people[cell];
        for (sum, radius) in people_within.iter_mut().zip(parameters.people_radii) {
            if reach.length <= radius {
                *sum += people;
            }
        }
        let in_gap = inputs.sot.is_none_or(|sot| sot.is_beyond(cell, parameters.threshold));
        if in_gap && reach.length <= parameters.threshold {
            gap_people += people;
        }
    }
    let itself = match host {
        Host::Store(ix) => Some(ix),
        Host::NotInData => None,
    };
    let mut nearest = [None; 8];
    for kind in ServiceKind::ALL {
        // A store that itself offers parcels has them at no distance; only its own kind looks elsewhere.
        let not = if kind == ServiceKind::Grocery { itself } else { None };
        nearest[kind.index()] = finder.nearest(kind, point, not, travel);
    }
    let fuel = fuel_near(inputs, nearest[ServiceKind::Fuel.index()]);
    let store = itself.and_then(|ix| situation.service(ix));
    let rules = store.map_or_else(
        || rules_without_store(&Why::NoStoreInData),
        |store| rules_of(&store.facts, &fuel, parameters),
    );
    // A register that lacks the store is a question, not a no: the place stays a candidate.
    let verdict = judge(&rules, true);
    let closure = itself.and_then(|ix| inputs.closures.iter().find(|closure| closure.service == ix));
    let sot_place = sot.and_then(|at| situation.sot_places.get(at));
    let (site, name, place, area) = match (store.filter(|_| is_the_store), sot_place) {
        (Some(store), _) => (store.site.clone(), store.name.clone(), store.place, store.area),
        (None, Some(sot)) => (sot.site.clone(), sot.name.clone(), sot.place, sot.area),
        (None, None) => (SiteId::Added(0), String::new(), LonLat::default(), None),
    };
    Candidate {
        site,
        name,
        place,
        point,
        area,
        host,
        sot,
        nearest,
        rules,
        verdict,
        people_within,
        people_nearest: closure.map(|closure| closure.people),
        gap_people: inputs.sot.map(|_| gap_people),
        extra_person_km: closure.map(|closure| closure.extra_person_km),
    }
}

fn fuel_near(inputs: &Inputs<'_>, nearest: Option<NearestUnit>) -> FuelNear {
    let Some((unit, station)) =
        nearest.and_then(|unit| Some((unit, inputs.situation.service(unit.service)?)))
    else {
        return FuelNear::NoLayer;
    };
    let (file, date) = match station.origin {
        ServiceOrigin::Feature { layer, .. } => {
            let source = inputs.project.layer(layer).map(|layer| &layer.source);
            (
                source.map(crate::model::SourceFile::name).unwrap_or_default(),
                source.and_then(|source| source.date.clone()).unwrap_or_default(),
            )
        }
        ServiceOrigin::Added(at) => {
            let evidence = inputs.project.added.get(at).map(|added| &added.evidence);
            (
                evidence.map(|evidence| evidence.who.clone()).unwrap_or_default(),
                evidence.map(|evidence| evidence.when.clone()).unwrap_or_default(),
            )
        }
    };
    FuelNear::Nearest(NearestFuel { name: station.name.clone(), apart: unit.straight, file, date })
}
