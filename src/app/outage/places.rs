//! Which places can serve in a crisis, and what is known of their power? Services, SOT points with what they feed, and what a
//! scenario adds or takes away.

use std::collections::BTreeMap;

use super::around::Around;
use super::hits::Hits;
use crate::app::Results;
use crate::geometry::{Crs, LonLat, PlanePoint, Reprojection, plane_from_place};
use crate::lang::{Lang, Said};
use crate::model::outage::{Known, Need, OutageAssumptions, OutageScenario, Range, Unsaid};
use crate::model::{AreaIndex, AreaIx, Fact, FactValue, Service, ServiceIx, ServiceKind, SiteId, SotPlace};
use crate::outage::{Fuelled, OwnPower, PlaceState, minute};
use crate::say;
use crate::siting::{Host, says_some};

/// From where a place's own power is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PowerBy {
    /// Somebody says so; who and when.
    Said(String),
    /// It is a SOT point in service.
    Sot,
    /// It stands at a SOT point, which feeds it.
    FedBy(String),
    /// It stands in the house of this store.
    House(String),
    /// The scenario puts a SOT point there.
    Added,
    /// Nobody says anything.
    Unsaid,
}

impl Said for PowerBy {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Said(who) => who.clone(),
            Self::Sot => lang.pick("SOT-punkt på plats", "SOT point in place").into(),
            Self::FedBy(name) => say!(lang, "drivs av SOT-punkten {name}", "fed by the SOT point {name}"),
            Self::House(name) => say!(lang, "i samma hus som {name}", "in the house of {name}"),
            Self::Added => lang.pick("SOT-punkt i scenariot", "SOT point of the scenario").into(),
            Self::Unsaid => lang.pick("inget sagt om reservkraft", "nothing said of reserve power").into(),
        }
    }
}

/// A place that can serve.
#[derive(Debug, Clone)]
pub struct Place {
    pub site: SiteId,
    pub name: String,
    pub place: LonLat,
    pub point: PlanePoint,
    pub area: Option<AreaIx>,
    pub needs: Vec<Need>,
    /// `None` for a SOT point that only the scenario has.
    pub service: Option<ServiceIx>,
    pub state: PlaceState,
    pub power_by: PowerBy,
    /// The SOT point that it belongs to, or the place itself: what fuel is brought to.
    pub fuelled_at: SiteId,
    /// A set that is only possible is counted here once: with the store in whose house the place is.
    pub counted_at: SiteId,
    /// Where sets are fuelled that give it power beside that one.
    pub fuelled_too: Vec<SiteId>,
    /// Litres in its cistern, where it is a station and somebody says so.
    pub stock: Option<f64>,
}

/// A SOT point: what stands there, and its set.
struct Bundle {
    site: SiteId,
    name: String,
    points: Vec<PlanePoint>,
    area: Option<AreaIx>,
    host: Option<ServiceIx>,
    /// What fuel is brought to that is for its set.
    sites: Vec<SiteId>,
    /// What is known of it and its store.
    facts: Facts,
    has: Known,
    power: OwnPower,
    by: PowerBy,
}

type Facts = BTreeMap<&'static str, Fact>;

/// The places of a scenario that stand where it is asked for.
#[must_use]
pub fn places(
    results: &Results,
    scenario: &OutageScenario,
    assumed: &OutageAssumptions,
    hits: &Hits<'_>,
    around: &Around,
    is_asked: &(dyn Fn(PlanePoint) -> bool + Sync),
) -> Vec<Place> {
    let situation = &results.situation;
    let bundles = bundles(results, scenario, assumed);
    let closed = &results.project.closed_services;
    let is_gone = |site: &SiteId| closed.contains(site) || scenario.removed.contains(site);
    let of = Sources { bundles: &bundles, around, results, scenario, assumed };
    let mut out: Vec<Place> = Vec::new();
    for (ix, service) in (0u32..).zip(&situation.services) {
        // Fuel that is brought finds its set by the place that it is brought to.
        let is_fuelled = || scenario.refuels.iter().any(|refuel| refuel.site == service.site);
        if is_gone(&service.site) || !(is_asked(service.point) || is_fuelled()) {
            continue;
        }
        let needs = needs_of(service);
        if needs.is_empty() {
            continue;
        }
        let mut all = sources(ServiceIx(ix), service, &of).into_iter();
        let Some((has, power, by, fuelled_at)) = all.next() else { continue };
        let is_fed = bundles.iter().any(|bundle| bundle.feeds(ServiceIx(ix), service, assumed));
        let is_at_sot = service.kinds.contains(ServiceKind::Sot) || is_fed;
        let facts = facts_of(service, results);
        let beside = all.filter(|(_, _, _, site)| *site != fuelled_at);
        let house = (by == PowerBy::Unsaid).then(|| of.store_of_house(ServiceIx(ix), service)).flatten();
        let (fuelled_too, beside) = beside.map(|(has, power, _, site)| (site, (has, power))).unzip();
        out.push(Place {
            site: service.site.clone(),
            name: service.name.clone(),
            place: service.place,
            point: service.point,
            area: service.area,
            needs,
            service: Some(ServiceIx(ix)),
            state: PlaceState {
                gone: hits.place(service.point, service.area, || around.other_area(service.point, results)),
                own_power: Some(power),
                has_own_power: has,
                beside,
                is_in_locality: around.locality(service.point, results),
                ..said_state(&facts, is_at_sot)
            },
            power_by: by,
            counted_at: house.map_or_else(|| fuelled_at.clone(), |store| store.site.clone()),
            fuelled_at,
            fuelled_too,
            stock: number(&facts, "stock_litres"),
        });
    }
    out.extend(added(results, scenario, &bundles, around, hits));
    bring(&mut out, scenario, &bundles);
    out
}

/// Fuel that is brought to a place goes to its own set, else to the one that feeds it, and so to all that hang on that.
fn bring(places: &mut [Place], scenario: &OutageScenario, bundles: &[Bundle]) {
    for refuel in &scenario.refuels {
        let Some(place) = places.iter().find(|place| place.site == refuel.site) else { continue };
        let mut beside = place.fuelled_too.iter().zip(&place.state.beside);
        let set = place.fuelled_at.clone();
        let is_counted = |bundle: &Bundle| bundle.site == set && bundle.sites.contains(&refuel.site);
        let has_own =
            set == place.site || beside.any(|(site, (has, _))| *site == place.site && *has != Known::No);
        if has_own || bundles.iter().any(is_counted) {
            continue;
        }
        let brought = (minute(refuel.hour), refuel.litres);
        for place in places.iter_mut() {
            let own = place.state.own_power.iter_mut().filter(|_| place.fuelled_at == set);
            let beside = place.fuelled_too.iter().zip(&mut place.state.beside);
            let beside = beside.filter(|(site, _)| **site == set).map(|(_, (_, power))| power);
            own.chain(beside).for_each(|power| power.brought.push(brought));
        }
    }
}

/// What a service is needed for.
fn needs_of(service: &Service) -> Vec<Need> {
    let mut needs: Vec<Need> = Need::ALL
        .into_iter()
        .filter(|need| need.kind().is_some_and(|kind| service.kinds.contains(kind)))
        .collect();
    let is_sot = service.kinds.contains(ServiceKind::Sot);
    let says = |id: &str| matches!(service.facts.get(id), Some(Fact { value: FactValue::YesNo(true), .. }));
    if is_sot || says("information_point") {
        needs.push(Need::Information);
    }
    if is_sot || says("warm_room") {
        needs.push(Need::WarmRoom);
    }
    needs
}

/// What is known of a place; of a SOT point also what is known of the SOT place itself.
fn facts_of(service: &Service, results: &Results) -> Facts {
    let mut facts = service.facts.clone();
    if service.kinds.contains(ServiceKind::Sot)
        && let Some(sot) = results.situation.sot_places.iter().find(|sot| sot.site == service.site)
    {
        facts.extend(sot.facts.clone());
    }
    facts
}

fn number(facts: &Facts, id: &str) -> Option<f64> {
    match facts.get(id)?.value {
        FactValue::Number(number) => Some(number),
        _ => None,
    }
}

fn said_state(facts: &Facts, is_at_sot: bool) -> PlaceState {
    let routine = match facts.get("manual_routine").map(|fact| &fact.value) {
        Some(FactValue::YesNo(has)) => Some(*has),
        _ => None,
    };
    let by_hand = if routine == Some(true) { Known::Yes } else { Known::No };
    PlaceState {
        by_hand,
        // A SOT point is staffed and has an organisation: the pump is not left to its card reader.
        takes_cash: is_at_sot && routine != Some(false),
        has_own_channel: is_at_sot || says_some(facts, "comms_channel"),
        staff_h: number(facts, "staff_hours"),
        goods_h: number(facts, "goods_days").map(|days| days * 24.0),
        ..PlaceState::default()
    }
}

/// A set by what is known of it.
fn set_of(
    facts: &Facts,
    assumed: &OutageAssumptions,
    scenario: &OutageScenario,
    sites: &[&SiteId],
) -> OwnPower {
    let said = number(facts, "litres_per_hour").filter(|litres| *litres > 0.0);
    let an_hour = said.map_or(assumed.litres_per_hour, Range::exactly);
    let tank = number(facts, "tank_litres");
    let fuel = tank.map_or(Fuelled::Hours(assumed.own_power_h), |tank| Fuelled::Litres { tank, an_hour });
    let brought = scenario.refuels.iter().filter(|refuel| sites.contains(&&refuel.site));
    OwnPower {
        starts_after: number(facts, "start_hours").map_or(0, minute),
        fuel,
        an_hour,
        kept_from: number(facts, "refuel_hours").map(minute),
        brought: brought.map(|refuel| (minute(refuel.hour), refuel.litres)).collect(),
    }
}

/// Does somebody say that there is reserve power, and who?
fn said_power(facts: &Facts) -> Option<(Known, PowerBy)> {
    let fact = facts.get("reserve_power")?;
    let has = match &fact.value {
        FactValue::Choice(id) => match id.as_str() {
            "in_place" => Known::Yes,
            // It may be here or elsewhere.
            "mobile" => Known::Unknown,
            _ => Known::No,
        },
        _ => return None,
    };
    let evidence = &fact.evidence;
    let who = [evidence.who.as_str(), evidence.when.as_str()].into_iter().filter(|text| !text.is_empty());
    Some((has, PowerBy::Said(who.collect::<Vec<_>>().join(" "))))
}

fn with_host(facts: &Facts, host: Option<&Service>) -> Facts {
    let mut all = host.map(|host| host.facts.clone()).unwrap_or_default();
    all.extend(facts.clone());
    all
}

fn bundles(results: &Results, scenario: &OutageScenario, assumed: &OutageAssumptions) -> Vec<Bundle> {
    let situation = &results.situation;
    let closed = &results.project.closed_services;
    let is_gone = |site: &SiteId| closed.contains(site) || scenario.removed.contains(site);
    let of_sot = |sot: &SotPlace, by: PowerBy| {
        let host = sot.host.map(|(host, _)| host);
        let host_service = host.and_then(|host| situation.service(host));
        let facts = with_host(&sot.facts, host_service);
        let sites: Vec<&SiteId> =
            std::iter::once(&sot.site).chain(host_service.map(|service| &service.site)).collect();
        let power = set_of(&facts, assumed, scenario, &sites);
        let is_added = by == PowerBy::Added;
        let (has, by) = said_power(&facts).filter(|_| !is_added).unwrap_or((Known::Yes, by));
        let points = std::iter::once(sot.point).chain(host_service.map(|service| service.point)).collect();
        let sites = sites.into_iter().cloned().collect();
        let (site, name, area) = (sot.site.clone(), sot.name.clone(), sot.area);
        Bundle { site, name, points, area, host, sites, facts, has, power, by }
    };
    let serving = situation.sot_places.iter().filter(|sot| sot.status.is_serving() && !is_gone(&sot.site));
    let mut out: Vec<Bundle> = serving.map(|sot| of_sot(sot, PowerBy::Sot)).collect();
    for site in scenario.added.iter().filter(|site| !is_gone(site)) {
        if out.iter().any(|bundle| bundle.site == *site) {
            continue;
        }
        let candidate = results.candidates.iter().find(|candidate| {
            candidate.site == *site
                || candidate
                    .sot
                    .is_some_and(|at| situation.sot_places.get(at).is_some_and(|sot| sot.site == *site))
        });
        if let Some(sot) = candidate.and_then(|candidate| situation.sot_places.get(candidate.sot?)) {
            if !out.iter().any(|bundle| bundle.site == sot.site) {
                out.push(of_sot(sot, PowerBy::Added));
            }
        } else if let Some(candidate) = candidate {
            let host = match candidate.host {
                Host::Store(host) => Some(host),
                Host::NotInData => None,
            };
            let facts = with_host(&Facts::new(), host.and_then(|host| situation.service(host)));
            let power = set_of(&facts, assumed, scenario, &[&candidate.site]);
            let at = (candidate.point, candidate.area);
            out.push(Bundle::alone(&candidate.site, candidate.name.clone(), at, host, facts, power));
        } else if let Some((name, point)) = trial(site, results) {
            let power = set_of(&Facts::new(), assumed, scenario, &[site]);
            let at = (point, area_of(point, results));
            out.push(Bundle::alone(site, name, at, None, Facts::new(), power));
        }
    }
    out
}

/// In which municipality a test site stands.
fn area_of(point: PlanePoint, results: &Results) -> Option<AreaIx> {
    let areas = &results.situation.areas;
    let (area, by) = AreaIndex::new(areas).find(point)?;
    by.is_within(results.project.parameters.area_snap).then_some(area)
}

/// A test site's name and point.
fn trial(site: &SiteId, results: &Results) -> Option<(String, PlanePoint)> {
    let trials = &results.project.trials;
    let trial = trials.iter().find(|trial| SiteId::Trial(trial.id) == *site)?;
    Some((trial.name.clone(), plane_from_place(trial.place)?))
}

type PowerOf = (Known, OwnPower, PowerBy, SiteId);

/// What a service can have power from.
struct Sources<'a> {
    bundles: &'a [Bundle],
    around: &'a Around,
    results: &'a Results,
    scenario: &'a OutageScenario,
    assumed: &'a OutageAssumptions,
}

impl Bundle {
    /// One that the scenario adds where no SOT place is known.
    fn alone(
        site: &SiteId,
        name: String,
        (point, area): (PlanePoint, Option<AreaIx>),
        host: Option<ServiceIx>,
        facts: Facts,
        power: OwnPower,
    ) -> Self {
        let (points, sites) = (vec![point], vec![site.clone()]);
        let (has, by) = (Known::Yes, PowerBy::Added);
        Self { site: site.clone(), name, points, area, host, sites, facts, has, power, by }
    }

    fn feeds(&self, ix: ServiceIx, service: &Service, assumed: &OutageAssumptions) -> bool {
        let is_fuel = service.kinds.contains(ServiceKind::Fuel);
        let limit = if is_fuel { assumed.feeds_pumps_within } else { assumed.same_house_within };
        let is_near = |point: &PlanePoint| point.distance(service.point).is_within(limit);
        self.site == service.site || self.host == Some(ix) || self.points.iter().any(is_near)
    }

    /// What it gives to a place that it feeds.
    fn fed(&self, service: &Service) -> PowerOf {
        let by = match &self.by {
            PowerBy::Added => PowerBy::Added,
            by if self.site == service.site => by.clone(),
            _ => PowerBy::FedBy(self.name.clone()),
        };
        (self.has, self.power.clone(), by, self.site.clone())
    }
}

/// Everything that gives a service power, what it is told by first: it has power while any of it runs.
fn sources(ix: ServiceIx, service: &Service, of: &Sources<'_>) -> Vec<PowerOf> {
    let feeding = of.bundles.iter().filter(|bundle| bundle.feeds(ix, service, of.assumed));
    let (added, serving): (Vec<&Bundle>, Vec<&Bundle>) =
        feeding.partition(|bundle| bundle.by == PowerBy::Added);
    let mut out: Vec<PowerOf> = added.into_iter().map(|bundle| bundle.fed(service)).collect();
    let own = || set_of(&service.facts, of.assumed, of.scenario, &[&service.site]);
    let is_own = |bundle: &&&Bundle| bundle.site == service.site || bundle.host == Some(ix);
    let serving_own = serving.iter().find(is_own);
    match (serving_own, said_power(&service.facts)) {
        // What a SOT point's store has is the SOT point's set; what it has not, somebody says.
        (Some(_) | None, Some((Known::No, by))) => {
            out.push((Known::No, own(), by, service.site.clone()));
        }
        (Some(bundle), _) => out.push(bundle.fed(service)),
        (None, Some((has, by))) => {
            out.push((has, own(), by, service.site.clone()));
            out.extend(serving.iter().map(|bundle| bundle.fed(service)));
        }
        (None, None) if !serving.is_empty() => out.extend(serving.iter().map(|bundle| bundle.fed(service))),
        (None, None) => out.push(of.house(ix, service).unwrap_or_else(|| of.unsaid(service, own()))),
    }
    out
}

impl Sources<'_> {
    /// The store in whose house it is.
    fn store_of_house(&self, ix: ServiceIx, service: &Service) -> Option<&Service> {
        let (nearest, away) = self.around.stores.to(service.point)?;
        let is_near = away.is_within(self.assumed.same_house_within);
        (is_near && nearest != ix.0).then(|| self.results.situation.service(ServiceIx(nearest)))?
    }

    /// What is said of that store.
    fn house(&self, ix: ServiceIx, service: &Service) -> Option<PowerOf> {
        let store = self.store_of_house(ix, service)?;
        let (has, _) = said_power(&store.facts)?;
        let power = set_of(&store.facts, self.assumed, self.scenario, &[&store.site]);
        Some((has, power, PowerBy::House(store.name.clone()), store.site.clone()))
    }

    fn unsaid(&self, service: &Service, own: OwnPower) -> PowerOf {
        let has = match self.assumed.own_power_unsaid {
            Unsaid::Unknown => Known::Unknown,
            Unsaid::No => Known::No,
        };
        (has, own, PowerBy::Unsaid, service.site.clone())
    }
}

/// SOT points that only the scenario has. A test site is a store too.
fn added<'a>(
    results: &'a Results,
    scenario: &'a OutageScenario,
    bundles: &'a [Bundle],
    around: &'a Around,
    hits: &'a Hits<'a>,
) -> impl Iterator<Item = Place> + 'a {
    let is_fresh = |bundle: &&Bundle| bundle.by == PowerBy::Added && !scenario.removed.contains(&bundle.site);
    bundles.iter().filter(is_fresh).filter_map(move |bundle| {
        let point = *bundle.points.first()?;
        let mut needs = vec![Need::Kind(ServiceKind::Sot), Need::Information, Need::WarmRoom];
        let is_trial = matches!(bundle.site, SiteId::Trial(_));
        if is_trial {
            needs.extend([ServiceKind::Grocery, ServiceKind::Fuel].map(Need::Kind));
        }
        let area = bundle.area;
        Some(Place {
            site: bundle.site.clone(),
            name: bundle.name.clone(),
            place: Reprojection::new(Crs::Wgs84).lon_lat_from_plane(point)?,
            point,
            area,
            needs,
            service: None,
            state: PlaceState {
                gone: hits.place(point, area, || around.other_area(point, results)),
                own_power: Some(bundle.power.clone()),
                has_own_power: bundle.has,
                is_in_locality: around.locality(point, results),
                ..said_state(&bundle.facts, true)
            },
            power_by: PowerBy::Added,
            counted_at: bundle.site.clone(),
            fuelled_at: bundle.site.clone(),
            fuelled_too: Vec::new(),
            stock: None,
        })
    })
}
