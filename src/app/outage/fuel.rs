//! Where does the fuel go, how long does it last, and what is fuelled first? Litres a day, the stations that still pump, and
//! the sets in the order of the people-hours that keeping them gives.

use std::collections::BTreeMap;

use super::compute::Crisis;
use super::gains::{Base, Choice, before, gains};
use super::places::Place;
use crate::geometry::PlanePoint;
use crate::lang::{Lang, Said};
use crate::model::outage::{HOURS, Known, Need, Part, Range, Refuel, Season};
use crate::model::travel::{TravelError, Trip};
use crate::model::{ServiceKind, SiteId};
use crate::outage::{Case, HourSet, Minute};
use crate::progress::Progress;
use crate::units::Metres;

/// Who burns fuel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FuelUse {
    Sets,
    HomeCare,
    Snow,
    Neighbours,
    People,
}

impl FuelUse {
    /// What goes first, first; an assumption.
    pub const ALL: [Self; 5] = [Self::Sets, Self::HomeCare, Self::Snow, Self::Neighbours, Self::People];

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sets => "sets",
            Self::HomeCare => "home_care",
            Self::Snow => "snow_clearing",
            Self::Neighbours => "neighbours",
            Self::People => "people",
        }
    }
}

impl Said for FuelUse {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Sets => lang.pick("reservkraft på platserna", "sets of the places"),
            Self::HomeCare => lang.pick("hemtjänst", "home care"),
            Self::Snow => lang.pick("snöröjning", "snow clearing"),
            Self::Neighbours => lang.pick("grannars elverk", "neighbours’ generators"),
            Self::People => lang.pick("människors bilar", "people’s cars"),
        }
        .into()
    }
}

/// A station in an hour.
#[derive(Debug, Clone, PartialEq)]
pub struct StationFuel {
    /// Position among the places.
    pub place: usize,
    /// Does it pump for sure, or perhaps?
    pub pumps: Known,
    /// People for whom it is the nearest that pumps for sure.
    pub people: f64,
    pub litres_a_day: f64,
    pub stock: Range,
    /// Days until it is empty; `None` where nobody takes anything.
    pub days: Option<Range>,
}

/// A store that works in an hour, and who depends on it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreDemand {
    /// Position among the places.
    pub place: usize,
    /// People for whom it is the nearest that works for sure, and for whom it is the nearest when nothing fails.
    pub people: f64,
    pub everyday: f64,
    /// Food that they take, kg a day.
    pub kg_a_day: f64,
}

/// A set that is fuelled.
#[derive(Debug, Clone, PartialEq)]
pub struct FuelFirst {
    pub site: SiteId,
    pub name: String,
    /// Hour at which it stands still.
    pub empty_at_h: f64,
    /// Litres until the grid is back, a week at most.
    pub litres: Range,
    /// What keeping it gives, beside those before it.
    pub people_hours: f64,
    /// The nearest station that pumps for sure at that hour, and the way from there.
    pub from: Option<(usize, Trip)>,
}

/// Litres, stations and order in an hour.
#[derive(Debug, Clone, PartialEq)]
pub struct FuelPlan {
    pub hour: usize,
    pub uses: Vec<(FuelUse, Range)>,
    pub stations: Vec<StationFuel>,
    /// Stores that work for sure, most people first.
    pub stores: Vec<StoreDemand>,
    pub first: Vec<FuelFirst>,
}

impl FuelPlan {
    /// The plan at an hour.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn at(crisis: &Crisis, hour: usize, progress: &dyn Progress) -> Result<Self, TravelError> {
        Ok(Self::with_first(crisis, hour, first(crisis, progress)?))
    }

    /// The plan at an hour, where it is known what is fuelled first: that is the same in every hour.
    #[must_use]
    pub fn with_first(crisis: &Crisis, hour: usize, first: Vec<FuelFirst>) -> Self {
        let (uses, stations, stores) = (uses(crisis, hour), stations(crisis, hour), stores(crisis, hour));
        Self { hour, uses, stations, stores, first }
    }

    /// The hour in which fewest people have fuel.
    #[must_use]
    pub fn hardest_hour(crisis: &Crisis) -> usize {
        let Some(fuel) = crisis.need(Need::Kind(ServiceKind::Fuel)) else { return 0 };
        let supplied = |hour: usize| fuel.hours.hours[hour][0].first().map_or(0.0, |all| all.supplied);
        (0..HOURS).min_by(|a, b| supplied(*a).total_cmp(&supplied(*b))).unwrap_or(0)
    }
}

/// Sets that may run, each once: by what they are fuelled at; of which nothing is said, by the house.
fn sets(crisis: &Crisis) -> BTreeMap<&SiteId, usize> {
    let mut out = BTreeMap::new();
    for (at, place) in crisis.places.iter().enumerate() {
        if place.state.own_power.is_some() && place.state.has_own_power != Known::No {
            let known = out.entry(&place.counted_at).or_insert(at);
            // The place itself tells its name.
            if place.site == place.counted_at {
                *known = at;
            }
        }
    }
    out
}

fn minute_of(hour: usize) -> Minute {
    Minute::try_from(hour * 60).unwrap_or(Minute::MAX)
}

fn uses(crisis: &Crisis, hour: usize) -> Vec<(FuelUse, Range)> {
    let assumed = &crisis.assumed;
    let people = crisis.homes.get(hour).map_or(0.0, |home| home[0].without_power);
    let at = minute_of(hour);
    let mut of_sets = Range(0.0, 0.0);
    for place in sets(crisis).into_values() {
        let (place, clock) = (&crisis.places[place], &crisis.clocks[place]);
        let is_dark = |case: Case| {
            let parts = &clock.parts[case as usize];
            parts.gone[Part::Grid as usize].contains(at)
                && !parts.gone[Part::Electricity as usize].contains(at)
        };
        let Some(set) = &place.state.own_power else { continue };
        if is_dark(Case::Worst) {
            of_sets.0 += set.an_hour.0 * 24.0;
        }
        if is_dark(Case::Best) {
            of_sets.1 += set.an_hour.1 * 24.0;
        }
    }
    let of = |which: FuelUse| match which {
        FuelUse::Sets => Range(of_sets.0.min(of_sets.1), of_sets.1.max(of_sets.0)),
        FuelUse::HomeCare => Range::exactly(people / 1_000.0 * assumed.home_care_litres),
        FuelUse::Snow if crisis.scenario.season == Season::Summer => Range::exactly(0.0),
        FuelUse::Snow => Range::exactly(people / 1_000.0 * assumed.snow_litres),
        FuelUse::Neighbours => Range::exactly(people / 1_000.0 * assumed.neighbours_litres),
        FuelUse::People => {
            Range::exactly(people * assumed.cars_per_person * assumed.km_a_day * assumed.litres_per_km)
        }
    };
    FuelUse::ALL.into_iter().map(|which| (which, of(which))).collect()
}

/// Litres a day that a person takes where the grid is gone.
fn litres_a_person(crisis: &Crisis) -> f64 {
    let assumed = &crisis.assumed;
    let snow = if crisis.scenario.season == Season::Winter { assumed.snow_litres } else { 0.0 };
    let shared = (assumed.home_care_litres + snow + assumed.neighbours_litres) / 1_000.0;
    assumed.cars_per_person * assumed.km_a_day * assumed.litres_per_km + shared
}

fn stations(crisis: &Crisis, hour: usize) -> Vec<StationFuel> {
    let need = Need::Kind(ServiceKind::Fuel);
    let by_station = by_place(crisis, need, Some(hour), |_| true);
    let dark = by_place(crisis, need, Some(hour), |cell| crisis.dark[cell].contains(hour));
    let at = minute_of(hour);
    let a_person = litres_a_person(crisis);
    let mut out = Vec::new();
    for (place, station) in crisis.places.iter().enumerate() {
        let Some(lines) = crisis.timelines(place, need) else { continue };
        let pumps = match (lines[0].stopped.contains(at), lines[1].stopped.contains(at)) {
            (false, _) => Known::Yes,
            (true, false) => Known::Unknown,
            (true, true) => Known::No,
        };
        let people = by_station.get(&place).copied().unwrap_or(0.0);
        // As in the uses, of those without power at home.
        let litres_a_day = dark.get(&place).copied().unwrap_or(0.0) * a_person;
        let stock = station.stock.map_or(crisis.assumed.stock_litres, Range::exactly);
        let days = (litres_a_day > 0.0).then(|| Range(stock.0 / litres_a_day, stock.1 / litres_a_day));
        out.push(StationFuel { place, pumps, people, litres_a_day, stock, days });
    }
    out.sort_by(|a, b| b.people.total_cmp(&a.people).then(a.place.cmp(&b.place)));
    out
}

/// People by the place of a need that is nearest to them: of all places, or of those that work for sure in an hour.
fn by_place(
    crisis: &Crisis,
    need: Need,
    hour: Option<usize>,
    counts: impl Fn(usize) -> bool,
) -> BTreeMap<usize, f64> {
    let people = &crisis.results().situation.demand.people;
    let nearest = match hour {
        Some(hour) => crisis.nearest_at(need, hour, Case::Worst),
        None => crisis.nearest_ever(need),
    };
    let mut out: BTreeMap<usize, f64> = BTreeMap::new();
    for (cell, (nearest, people)) in nearest.into_iter().zip(people).enumerate() {
        if let Some((place, _)) = nearest
            && counts(cell)
        {
            *out.entry(place).or_default() += people.value();
        }
    }
    out
}

fn stores(crisis: &Crisis, hour: usize) -> Vec<StoreDemand> {
    let need = Need::Kind(ServiceKind::Grocery);
    let everyday = by_place(crisis, need, None, |_| true);
    let of = |(place, people): (usize, f64)| StoreDemand {
        place,
        people,
        everyday: everyday.get(&place).copied().unwrap_or(0.0),
        kg_a_day: people * crisis.assumed.goods_kg,
    };
    let mut out: Vec<StoreDemand> =
        by_place(crisis, need, Some(hour), |_| true).into_iter().map(of).collect();
    out.sort_by(|a, b| b.people.total_cmp(&a.people).then(a.place.cmp(&b.place)));
    out
}

/// A set that comes to a stop: its place, hours until then, litres until the grid is back.
type Empty = (usize, f64, Range);

/// The sets that stand still while the grid is gone.
fn empty(crisis: &Crisis) -> Vec<Empty> {
    let end = minute_of(HOURS - 1);
    let of = |place: usize| {
        let state = &crisis.places[place].state;
        let set = state.own_power.as_ref().filter(|_| state.has_own_power == Known::Yes)?;
        let gone = |case: Case| &crisis.clocks[place].parts[case as usize].gone[Part::Electricity as usize];
        // While it has not begun to run, nothing is empty.
        let ran = |case: Case| {
            let grid = &crisis.clocks[place].parts[case as usize].gone[Part::Grid as usize];
            grid.without(gone(case)).iter().next().map(|(from, _)| from)
        };
        let began = ran(Case::Worst).unwrap_or(0);
        let (from, _) = gone(Case::Worst).iter().find(|(from, _)| *from >= began)?;
        let hours = |case: Case| {
            let before = gone(case).minutes_before(ran(case).unwrap_or(0));
            minutes(gone(case).minutes_before(end) - before) / 60.0
        };
        let litres = Range(hours(Case::Best) * set.an_hour.0, hours(Case::Worst) * set.an_hour.1);
        (from < end).then_some((place, f64::from(from) / 60.0, litres))
    };
    sets(crisis).into_values().filter_map(of).collect()
}

/// The sets that stand still while the grid is gone, what gives most first.
fn first(crisis: &Crisis, progress: &dyn Progress) -> Result<Vec<FuelFirst>, TravelError> {
    let asked = empty(crisis);
    let choice = |(place, hour, litres): &Empty| {
        let site = crisis.places[*place].fuelled_at.clone();
        let mut scenario = crisis.scenario.clone();
        scenario.refuels.push(Refuel { site: site.clone(), hour: *hour, litres: litres.1 });
        let is_its = |place: &&Place| place.fuelled_at == site || place.fuelled_too.contains(&site);
        let near = crisis.places.iter().filter(is_its).map(|place| place.point).collect();
        Choice { scenario, fuelled_at: site, near, within: Metres::ZERO }
    };
    let choices: Vec<Choice> = asked.iter().map(choice).collect();
    let needs: Vec<Need> = crisis.needs.iter().map(|need| need.need).collect();
    let mut base = Base::of(crisis, &needs);
    let gains = gains(crisis, &base, &choices, progress)?;
    let people = &crisis.results().situation.demand.people;
    let told = before(crisis.scenario.last_hour());
    let mut left: Vec<usize> = (0..asked.len()).collect();
    let mut out = Vec::new();
    while !left.is_empty() {
        let worth = |choice: usize| -> f64 {
            let fresh = |(need, cell, hours): &(u32, u32, HourSet)| {
                let fresh = hours.without(base.hours[*need as usize][*cell as usize]).and(told);
                f64::from(fresh.len()) * people[*cell as usize].value()
            };
            gains[choice].cells.iter().map(fresh).sum()
        };
        let worths = left.iter().enumerate().map(|(at, choice)| (at, worth(*choice)));
        let Some((at, people_hours)) = worths.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))) else {
            break;
        };
        let choice = left.remove(at);
        for (need, cell, hours) in &gains[choice].cells {
            let known = &mut base.hours[*need as usize][*cell as usize];
            *known = known.or(*hours);
        }
        let (place, empty_at_h, litres) = asked[choice];
        let stands = &crisis.places[place];
        let (site, name) = (stands.fuelled_at.clone(), stands.name.clone());
        let from = from_station(crisis, stands.point, empty_at_h, progress)?;
        out.push(FuelFirst { site, name, empty_at_h, litres, people_hours, from });
    }
    Ok(out)
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a week")]
fn minutes(minutes: u64) -> f64 {
    minutes as f64
}

/// The nearest station that pumps for sure at an hour, by the roads of that hour.
fn from_station(
    crisis: &Crisis,
    to: PlanePoint,
    hour: f64,
    progress: &dyn Progress,
) -> Result<Option<(usize, Trip)>, TravelError> {
    let need = Need::Kind(ServiceKind::Fuel);
    let at = crate::outage::minute(hour);
    let pumps =
        |place: &usize| crisis.timelines(*place, need).is_some_and(|lines| !lines[0].stopped.contains(at));
    let stations: Vec<usize> = (0..crisis.places.len()).filter(pumps).collect();
    let points: Vec<PlanePoint> = stations.iter().map(|place| crisis.places[*place].point).collect();
    if points.is_empty() {
        return Ok(None);
    }
    let is_open = crisis.scenario.roads.is_some_and(|roads| {
        !(crate::outage::minute(roads.start_h)..crate::outage::minute(roads.start_h + roads.hours))
            .contains(&at)
    });
    let nearest = crisis.tables.way(&[to], &points, is_open, progress)?;
    Ok(nearest.at(0, 0).map(|(station, trip)| (stations[station], trip)))
}
