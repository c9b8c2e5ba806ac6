//! What speaks for each place? Every grocery store, and every SOT place that has no store for itself in the data.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::minimum_level::{
    FuelNear, NearestFuel, RuleResult, Verdict, Why, judge, rules_of, rules_without_store,
};
use crate::analysis::{Closure, Coverage};
use crate::geometry::{LonLat, NearestPoint, PlanePoint, positions};
use crate::model::travel::{Pairs, Reach, TravelError, TravelModel, Traveller, Trip};
use crate::model::{AreaIx, KindMap, Project, ServiceIx, ServiceKind, ServiceOrigin, SiteId, Situation};
use crate::progress::Progress;
use crate::units::{Metres, People, Seconds};

/// What stands at the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    Store(ServiceIx),
    /// A SOT place whose store is not in the data.
    NotInData,
}

/// The unit of a kind that is nearest by the travel model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearestUnit {
    pub service: ServiceIx,
    /// Straight line, no factor.
    pub straight: Metres,
    pub trip: Trip,
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
    /// Position in [`crate::model::Bound::sot_places`], if it is one.
    pub sot: Option<usize>,
    /// The place itself counts for kinds other units offer, not for its own.
    pub nearest: KindMap<Option<NearestUnit>>,
    pub rules: [RuleResult; 9],
    pub verdict: Verdict,
    /// To the nearest fuel, as M5 measures it.
    pub fuel_straight: Option<Metres>,
    /// Is a unit of the kind within the distance at which a store hosts a place? Whichever
    /// is nearest by road, in a straight line another one may be at the door.
    pub has_here: KindMap<bool>,
    /// The nearest town or hospital, by its position in [`Situation::towns`].
    pub town: Option<(usize, Trip)>,
    /// People within the threshold.
    pub people_in_limit: People,
    /// People within the two radii of the parameters.
    pub people_within: [People; 2],
    /// People for whom the store is the nearest.
    pub people_nearest: Option<People>,
    /// People beyond the threshold from every SOT point in place, whom this place would reach.
    /// `None` when no SOT layer is loaded.
    pub gap_people: Option<People>,
    /// People who can reach no store at all if this one closes; whoever they are, no length tells it.
    pub people_left_without: Option<People>,
    /// Extra person-kilometres one way if the store closes, of those who have another.
    pub extra_person_km: Option<f64>,
    /// Extra person-minutes one way if the store closes, where the travel model knows times.
    pub extra_person_min: Option<f64>,
}

impl Candidate {
    #[must_use]
    pub fn nearest(&self, kind: ServiceKind) -> Option<&NearestUnit> {
        self.nearest[kind].as_ref()
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

/// The nearest unit of a kind in a straight line; by that of fuel M5 judges.
struct StraightFinder(NearestPoint);

impl StraightFinder {
    fn all(situation: &Situation) -> KindMap<Self> {
        KindMap::new(|kind| Self::new(situation, kind))
    }

    fn new(situation: &Situation, kind: ServiceKind) -> Self {
        let services = situation.of_kind(kind).iter();
        Self(NearestPoint::new(services.map(|ix| (ix.0, situation.services[ix.at()].point))))
    }

    fn nearest(&self, point: PlanePoint) -> Option<(ServiceIx, Metres)> {
        self.0.to(point).map(|(ix, apart)| (ServiceIx(ix), apart))
    }
}

/// Services of a kind as sites of the travel model.
pub struct KindSites {
    kind: ServiceKind,
    points: Vec<PlanePoint>,
    head_starts: Vec<Seconds>,
}

impl KindSites {
    #[must_use]
    pub fn all(situation: &Situation, project: &Project) -> Vec<Self> {
        let sites = |kind| Self {
            kind,
            points: situation.points_of(kind),
            head_starts: situation.head_starts(kind, &project.parameters.profile),
        };
        ServiceKind::ALL.into_iter().map(sites).collect()
    }

    /// The two nearest units of the kind for each point, if there are any.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn nearest(
        &self,
        situation: &Situation,
        points: &[PlanePoint],
        travel: &dyn TravelModel,
        progress: &dyn Progress,
    ) -> Result<Vec<[Option<NearestUnit>; 2]>, TravelError> {
        let pairs = Pairs {
            demand: points,
            sites: &self.points,
            traveller: Traveller::of(self.kind),
            head_starts: &self.head_starts,
        };
        let nearest = travel.nearest(pairs, 2, progress)?;
        let services = situation.of_kind(self.kind);
        let unit = |at: usize, rank: usize| {
            let (site, trip) = nearest.at(at, rank)?;
            let straight = points[at].distance(self.points[site]);
            Some(NearestUnit { service: services[site], straight, trip })
        };
        Ok((0..points.len()).map(|at| [unit(at, 0), unit(at, 1)]).collect())
    }
}

/// Every candidate, in the order of the services; SOT places without a store for themselves last.
/// A store hosts the first SOT place that names it; each further one is a candidate of its own.
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
///
/// # Complexity
/// What lies around a position is found once, however many places stand at it.
pub fn candidates(inputs: &Inputs<'_>, progress: &dyn Progress) -> Result<Vec<Candidate>, TravelError> {
    let spots = spots(inputs.situation);
    let points: Vec<_> = spots.iter().map(|spot| spot.point).collect();
    let (points, position_of) = positions(&points);
    let around = around(inputs, &points, progress)?;
    let closures: FxHashMap<ServiceIx, &Closure> =
        inputs.closures.iter().map(|closure| (closure.service, closure)).collect();
    let candidate =
        |(spot, position): (&Spot, &usize)| describe(inputs, &closures, *spot, &around[*position]);
    Ok(spots.par_iter().zip(&position_of).map(candidate).collect())
}

/// Where candidates stand.
fn spots(situation: &Situation) -> Vec<Spot> {
    let mut first_of: FxHashMap<ServiceIx, usize> = FxHashMap::default();
    for (at, sot) in situation.sot_places.iter().enumerate() {
        if let Some((host, _)) = sot.host {
            first_of.entry(host).or_insert(at);
        }
    }
    let stores = situation.of_kind(ServiceKind::Grocery).iter();
    let mut spots: Vec<Spot> = stores
        .map(|ix| {
            let (sot, point) = (first_of.get(ix).copied(), situation.services[ix.at()].point);
            Spot { host: Host::Store(*ix), sot, point, is_the_store: true }
        })
        .collect();
    let hosted: FxHashSet<usize> = spots.iter().filter_map(|spot| spot.sot).collect();
    let others = situation.sot_places.iter().enumerate().filter(|(at, _)| !hosted.contains(at));
    spots.extend(others.map(|(at, sot)| {
        let host = sot.host.map_or(Host::NotInData, |(store, _)| Host::Store(store));
        Spot { host, sot: Some(at), point: sot.point, is_the_store: false }
    }));
    spots
}

/// What lies around a position, whichever places stand at it.
struct Around {
    /// The two nearest units of each kind by the travel model.
    units: KindMap<[Option<NearestUnit>; 2]>,
    /// The nearest unit of each kind in a straight line.
    straight: KindMap<Option<(ServiceIx, Metres)>>,
    town: Option<(usize, Trip)>,
    reached: Reached,
}

/// At most so many ways are held at a time.
const ROWS_MAX: usize = 1 << 28;

/// The same of each position.
fn around(
    inputs: &Inputs<'_>,
    points: &[PlanePoint],
    progress: &dyn Progress,
) -> Result<Vec<Around>, TravelError> {
    let Inputs { situation, project, travel, .. } = *inputs;
    let finders = StraightFinder::all(situation);
    let measure = travel.measure();
    let [near, far] = project.parameters.radii(measure);
    let cutoff = near.max(far).max(project.parameters.limit(measure));
    let mut reached = Vec::with_capacity(points.len());
    // A part at a time: of thousands of stores in one town each reaches everybody there.
    for part in points.chunks((ROWS_MAX / situation.demand.len().max(1)).max(1)) {
        let rows = travel.rows(Pairs::visitors(&situation.demand.points, part), Some(cutoff), progress)?;
        progress.check()?;
        reached.par_extend((0..part.len()).into_par_iter().map(|at| Reached::by(inputs, rows.row(at))));
    }
    let units: Result<Vec<_>, TravelError> = KindSites::all(situation, project)
        .par_iter()
        .map(|sites| sites.nearest(situation, points, travel, progress))
        .collect();
    let units = units?;
    let towns = nearest_towns(project, situation, travel, points, progress)?;
    let around = |(at, point): (usize, &PlanePoint)| Around {
        units: KindMap::new(|kind| units[kind as usize][at]),
        straight: KindMap::new(|kind| finders[kind].nearest(*point)),
        town: towns[at],
        reached: reached[at],
    };
    Ok(points.par_iter().enumerate().map(around).collect())
}

/// The way from each point to the nearest town or hospital, by its position in [`Situation::towns`].
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
pub fn nearest_towns(
    project: &Project,
    situation: &Situation,
    travel: &dyn TravelModel,
    points: &[PlanePoint],
    progress: &dyn Progress,
) -> Result<Vec<Option<(usize, Trip)>>, TravelError> {
    let least = project.parameters.town_people;
    let towns = situation.towns.iter().enumerate().filter(|(_, town)| town.counts(least));
    let (at, sites): (Vec<usize>, Vec<PlanePoint>) = towns.map(|(at, town)| (at, town.point)).unzip();
    let nearest = travel.nearest(Pairs::visitors(points, &sites), 1, progress)?;
    let trip = |point| nearest.at(point, 0).map(|(site, trip)| (at[site], trip));
    Ok((0..points.len()).map(trip).collect())
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

/// People who reach a place.
#[derive(Clone, Copy, Default)]
struct Reached {
    /// Within each of the two radii.
    within: [People; 2],
    in_limit: People,
    /// Of those within the limit: with no SOT place within it today.
    in_gaps: People,
}

impl Reached {
    fn by(inputs: &Inputs<'_>, row: &[Reach]) -> Self {
        let (parameters, measure) = (&inputs.project.parameters, inputs.travel.measure());
        let (radii, limit) = (parameters.radii(measure), parameters.limit(measure));
        let mut out = Self::default();
        for reach in row {
            let cell = reach.demand as usize;
            let people = inputs.situation.demand.people[cell];
            // A way whose time nobody knows is within no limit.
            let Ok(cost) = reach.trip.cost(measure) else { continue };
            for (sum, radius) in out.within.iter_mut().zip(radii) {
                if cost.is_within(radius) {
                    *sum += people;
                }
            }
            if cost.is_within(limit) {
                out.in_limit += people;
                if inputs.sot.is_none_or(|sot| sot.is_beyond(cell, limit)) {
                    out.in_gaps += people;
                }
            }
        }
        out
    }
}

fn describe(
    inputs: &Inputs<'_>,
    closures: &FxHashMap<ServiceIx, &Closure>,
    spot: Spot,
    around: &Around,
) -> Candidate {
    let Inputs { situation, project, .. } = *inputs;
    let Spot { host, sot, point, is_the_store } = spot;
    let parameters = &project.parameters;
    let Reached { within: people_within, in_limit: people_in_limit, in_gaps: gap_people } = around.reached;
    let itself = match host {
        Host::Store(ix) => Some(ix),
        Host::NotInData => None,
    };
    let nearest = KindMap::new(|kind| {
        // A store that itself offers parcels has them at no distance; only its own kind looks elsewhere.
        let not = if kind == ServiceKind::Grocery { itself } else { None };
        around.units[kind].iter().copied().flatten().find(|unit| Some(unit.service) != not)
    });
    let nearest_fuel = around.straight[ServiceKind::Fuel];
    let fuel = fuel_near(inputs, nearest_fuel);
    let store = itself.and_then(|ix| situation.service(ix));
    let rules = store.map_or_else(
        || rules_without_store(&Why::NoStoreInData),
        |store| rules_of(&store.facts, &fuel, parameters),
    );
    // A register that lacks the store is a question, not a no: the place stays a candidate.
    let verdict = judge(&rules, true);
    let closure = itself.and_then(|ix| closures.get(&ix).copied());
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
        fuel_straight: nearest_fuel.map(|(_, apart)| apart),
        has_here: KindMap::new(|kind| {
            around.straight[kind].is_some_and(|(_, apart)| apart.is_within(parameters.host_within))
        }),
        town: around.town,
        people_in_limit,
        people_within,
        people_nearest: closure.map(|closure| closure.people),
        gap_people: inputs.sot.map(|_| gap_people),
        people_left_without: closure.map(|closure| closure.people_left_without),
        extra_person_km: closure.map(|closure| closure.extra_person_km),
        extra_person_min: closure.and_then(|closure| closure.extra_person_min),
    }
}

fn fuel_near(inputs: &Inputs<'_>, nearest: Option<(ServiceIx, Metres)>) -> FuelNear {
    let Some((apart, station)) = nearest.and_then(|(ix, apart)| Some((apart, inputs.situation.service(ix)?)))
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
    FuelNear::Nearest(NearestFuel { name: station.name.clone(), apart, file, date })
}
