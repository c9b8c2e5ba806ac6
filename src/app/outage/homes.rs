//! What fails at home? People by hour, by the same chain that places follow; nobody is taken to have a set.

use rustc_hash::FxHashMap;

use super::hits::Hits;
use crate::app::Results;
use crate::model::RuralGroup;
use crate::model::outage::{Chain, HOURS, Known, Part, Season};
use crate::outage::{Case, HourSet, Minute, PlaceState, Spans, evaluate};

/// What people are without at home, by hour and case.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Home {
    pub without_power: f64,
    pub without_mobile: f64,
    pub without_water: f64,
    pub cold: f64,
}

/// What fails at home: people by hour and case; by cell the hours in which anything fails, and in which the power is gone.
pub(super) struct Homes {
    pub by_hour: Vec<[Home; 2]>,
    pub hit: Vec<HourSet>,
    pub dark: Vec<HourSet>,
}

/// What people are without at home. Nobody is taken to have reserve power there.
pub(super) fn homes(results: &Results, hits: &Hits<'_>, chain: &Chain, season: Season) -> Homes {
    type Key = (Vec<Option<Minute>>, Known);
    let demand = &results.situation.demand;
    let locality = |cell: usize| match results.rural.as_ref().map(|rural| rural.groups[cell]) {
        Some(Some(RuralGroup::Locality)) => Known::Yes,
        Some(Some(_)) => Known::No,
        Some(None) | None => Known::Unknown,
    };
    // Cells that are hit alike, the first of them, and their people.
    let mut alike: FxHashMap<Key, (usize, f64)> = FxHashMap::default();
    let mut first = Vec::with_capacity(demand.len());
    for (cell, people) in demand.people.iter().enumerate() {
        let key = (hits.key(cell), locality(cell));
        let known = alike.entry(key).or_insert((cell, 0.0));
        known.1 += people.value();
        first.push(known.0);
    }
    let mut sets: Vec<(Key, (usize, f64))> = alike.into_iter().collect();
    sets.sort_by_key(|(_, (cell, _))| *cell);
    let mut out = vec![[Home::default(); 2]; HOURS];
    let mut hours_of: FxHashMap<usize, [HourSet; 2]> = FxHashMap::default();
    for ((_, is_in_locality), (cell, people)) in sets {
        let gone = hits.cell(cell);
        let hit = HourSet::of(&gone.iter().fold(Spans::NEVER, |all, one| all.or(one)));
        let state = PlaceState { gone, is_in_locality, ..PlaceState::default() };
        for case in Case::BOTH {
            let parts = evaluate(&state, chain, season, case);
            let gone = |part: Part| HourSet::of(&parts.gone[part as usize]);
            let [power, mobile, water, heat] =
                [Part::Electricity, Part::Mobile, Part::Water, Part::Heat].map(gone);
            if case == Case::Worst {
                hours_of.insert(cell, [hit, power]);
            }
            for (hour, both) in out.iter_mut().enumerate() {
                let home = &mut both[case as usize];
                let add =
                    |sum: &mut f64, hours: HourSet| *sum += if hours.contains(hour) { people } else { 0.0 };
                add(&mut home.without_power, power);
                add(&mut home.without_mobile, mobile);
                add(&mut home.without_water, water);
                add(&mut home.cold, heat);
            }
        }
    }
    let of = |which: usize| {
        first.iter().map(|cell| hours_of.get(cell).map(|hours| hours[which]).unwrap_or_default()).collect()
    };
    Homes { by_hour: out, hit: of(0), dark: of(1) }
}
