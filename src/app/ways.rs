//! By which roads does one get there, how far do roads carry, and which roads matter most?
//! Asked for one chosen thing at a time, beside the results; nothing here changes a figure.

use geo::Contains;

use super::Results;
use crate::geometry::{Crs, LonLat, PlanePoint, Reprojection, plane_from_place};
use crate::model::roads::RoadClass;
use crate::model::travel::{Pairs, TravelError, TravelModel, Traveller, Trip};
use crate::model::{DemandOrigin, ServiceKind};
use crate::network::{Critical, Resident, Route, Site, Step, milliseconds};
use crate::progress::Progress;
use crate::units::{Cost, Measure, Metres, People, Seconds};

/// The way between a cell and a service.
#[derive(Debug, Clone, PartialEq)]
pub struct CellRoute {
    /// 0 = to the nearest.
    pub rank: usize,
    pub service: String,
    pub trip: Trip,
    /// The cell's middle and its point on the road.
    pub cell: [LonLat; 2],
    /// The service and its point on the road.
    pub site: [LonLat; 2],
    pub route: Route,
}

/// The ways from a cell to its nearest and second nearest service, or from those to the cell for rescue.
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
pub fn routes(
    results: &Results,
    origin: DemandOrigin,
    kind: ServiceKind,
    progress: &dyn Progress,
) -> Result<Vec<CellRoute>, TravelError> {
    let mut out = Vec::new();
    let demand = &results.situation.demand;
    let cell = demand.origins.iter().position(|known| *known == origin);
    let (Some(road), Some(result), Some(cell)) = (results.travel.road(), results.kind(kind), cell) else {
        return Ok(out);
    };
    let traveller = Traveller::of(kind);
    let network = road.network_of(traveller);
    for rank in 0..2 {
        let Ok((ix, trip)) = result.coverage.at(cell, rank) else { continue };
        let Some(service) = results.situation.service(ix) else { continue };
        let snaps = (road.snap(demand.points[cell], traveller), road.snap(service.point, traveller));
        let (Ok(here), Ok(there)) = snaps else { continue };
        let (from, to) = match traveller {
            Traveller::Visitor => (&here, &there),
            Traveller::Rescue => (&there, &here),
        };
        if let Some(route) = network.route(from, to, road.by(), progress)? {
            out.push(CellRoute {
                rank,
                service: service.name.clone(),
                trip,
                cell: [demand.places[cell], here.place],
                site: [service.place, there.place],
                route,
            });
        }
    }
    Ok(out)
}

/// A way by road through places, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Along {
    pub length: Metres,
    pub time: Seconds,
    pub line: Vec<LonLat>,
}

/// The way by road through these places, as visitors travel; `None` where there is none, or no road near.
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
pub fn along(
    results: &Results,
    places: &[LonLat],
    progress: &dyn Progress,
) -> Result<Option<Along>, TravelError> {
    let Some(road) = results.travel.road() else { return Ok(None) };
    let traveller = Traveller::Visitor;
    let network = road.network_of(traveller);
    let mut out = Along { length: Metres::ZERO, time: Seconds::ZERO, line: Vec::new() };
    for pair in places.windows(2) {
        let points = [pair[0], pair[1]].map(plane_from_place);
        let [Some(from), Some(to)] = points else { return Ok(None) };
        let (Ok(from), Ok(to)) = (road.snap(from, traveller), road.snap(to, traveller)) else {
            return Ok(None);
        };
        let Some(route) = network.route(&from, &to, road.by(), progress)? else { return Ok(None) };
        out.length += route.length;
        out.time += route.time;
        out.line.extend(route.line());
    }
    Ok(Some(out))
}

/// From where the reach is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReachFrom {
    pub point: PlanePoint,
    pub kind: ServiceKind,
    /// Before anybody moves: turnout of a rescue station.
    pub head_start: Seconds,
}

/// What is reached within half the threshold and within the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct RoadReach {
    pub limits: [Cost; 2],
    pub people: [People; 2],
    pub road: [Metres; 2],
    pub lines: [Vec<Vec<LonLat>>; 2],
}

/// The roads within the threshold of a place, and the people who live there; `None` without a road at the place.
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
pub fn reach(
    results: &Results,
    from: &ReachFrom,
    progress: &dyn Progress,
) -> Result<Option<RoadReach>, TravelError> {
    let traveller = Traveller::of(from.kind);
    let Some(road) = results.travel.road() else { return Ok(None) };
    let Ok(snap) = road.snap(from.point, traveller) else { return Ok(None) };
    let network = road.network_of(traveller);
    let measure = results.measure();
    let limits = [Cost::new(results.limit().value() / 2.0), results.limit()];
    let demand = &results.situation.demand;
    let (sites, head_starts) = ([from.point], [from.head_start]);
    let pairs = Pairs { demand: &demand.points, sites: &sites, traveller, head_starts: &head_starts };
    let rows = results.travel.rows(pairs, Some(limits[1]), progress)?;
    let mut out =
        RoadReach { limits, people: [People::ZERO; 2], road: [Metres::ZERO; 2], lines: Default::default() };
    for (at, limit) in limits.into_iter().enumerate() {
        let within = rows
            .row(0)
            .iter()
            .filter(|reach| reach.trip.cost(measure).is_ok_and(|cost| cost.is_within(limit)));
        out.people[at] = within.map(|reach| demand.people[reach.demand as usize]).sum();
        let left = match measure {
            Measure::Time => limit.value() - from.head_start.value(),
            Measure::Distance => limit.value(),
        };
        if left <= 0.0 {
            continue;
        }
        let steps = network.reach(&snap, road.limit(Cost::new(left)), road.terms(traveller), progress)?;
        let metres: f64 = steps.iter().map(|step| f64::from(step.from_cm.abs_diff(step.to_cm)) / 100.0).sum();
        out.road[at] = Metres::new(metres);
        out.lines[at] = steps.into_iter().map(|step| network.step_line(step)).collect();
    }
    Ok(Some(out))
}

/// A stretch of road that many depend on.
#[derive(Debug, Clone, PartialEq)]
pub struct CriticalRoad {
    pub stretch: u32,
    pub name: Option<String>,
    pub class: RoadClass,
    pub length: Metres,
    pub area: Option<String>,
    pub people: People,
    pub people_cut_off: People,
    pub extra_person_min: f64,
    pub extra_person_km: f64,
    pub line: Vec<LonLat>,
    pub middle: LonLat,
}

/// How many stretches are told of: of all roads, and of the larger ones.
pub const MOST_CRITICAL: usize = 50;

/// Larger than the streets and small roads that only those who live there need.
#[must_use]
pub fn is_large(class: RoadClass) -> bool {
    class <= RoadClass::TertiaryLink || class == RoadClass::Ferry
}

/// The stretches whose loss costs people most on their way to the nearest service of a kind, worst first.
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
pub fn critical(
    results: &Results,
    kind: ServiceKind,
    progress: &dyn Progress,
) -> Result<Vec<CriticalRoad>, TravelError> {
    let situation = &results.situation;
    let head_starts = situation.head_starts(kind, &results.project.parameters.profile);
    critical_to(results, (&situation.points_of(kind), &head_starts), Traveller::of(kind), progress)
}

/// The same on the way to the nearest of some sites, each with the time before its vehicle moves, or none.
///
/// # Errors
/// [`TravelError`] when the result is no longer wanted, or a way could not be had.
pub fn critical_to(
    results: &Results,
    (points, head_starts): (&[PlanePoint], &[Seconds]),
    traveller: Traveller,
    progress: &dyn Progress,
) -> Result<Vec<CriticalRoad>, TravelError> {
    let Some(road) = results.travel.road() else { return Ok(Vec::new()) };
    let network = road.network_of(traveller);
    let situation = &results.situation;
    let demand = &situation.demand;
    let residents: Vec<Resident> = demand
        .points
        .iter()
        .zip(&demand.people)
        .filter_map(|(point, people)| {
            let snap = road.snap(*point, traveller).ok()?;
            Some(Resident { snap, people: people.value() })
        })
        .collect();
    let sites: Vec<Option<Site>> = points
        .iter()
        .enumerate()
        .map(|(at, point)| {
            let wait = head_starts.get(at).copied().unwrap_or_default();
            let head_start_ms = milliseconds(wait);
            road.snap(*point, traveller).ok().map(|snap| Site { snap, head_start_ms })
        })
        .collect();
    let mut found = network.criticality(&residents, &sites, road.terms(traveller), progress)?;
    // Blind streets cut their few off and stand first; the larger roads are told of beside them.
    let (mut all, mut large) = (0, 0);
    found.retain(|critical| {
        let is_large = is_large(network.graph.stretches[critical.stretch as usize].class);
        all += 1;
        large += usize::from(is_large);
        all <= MOST_CRITICAL || (is_large && large <= MOST_CRITICAL)
    });
    let to_plane = Reprojection::new(Crs::Wgs84);
    let told = |critical: Critical| {
        let graph = &network.graph;
        let stretch = &graph.stretches[critical.stretch as usize];
        let middle = graph.place_along(critical.stretch, stretch.cm / 2);
        let way = graph.way_along(critical.stretch, stretch.cm / 2) as usize;
        let here = to_plane.plane(middle);
        let here = here.map(|point| geo::Point::new(point.e, point.n));
        let area = here.and_then(|here| situation.areas.iter().find(|area| area.shape.contains(&here)));
        let whole = Step { stretch: critical.stretch, from_cm: 0, to_cm: stretch.cm, is_backward: false };
        CriticalRoad {
            stretch: critical.stretch,
            name: network.roads.name_of(way).map(str::to_owned),
            class: stretch.class,
            length: Metres::new(f64::from(stretch.cm) / 100.0),
            area: area.map(|area| area.name.clone()),
            people: People::new(critical.people),
            people_cut_off: People::new(critical.people_cut_off),
            extra_person_min: critical.extra_ms / 60_000.0,
            extra_person_km: critical.extra_cm / 100_000.0,
            line: network.step_line(whole),
            middle,
        }
    };
    Ok(found.into_iter().map(told).collect())
}
