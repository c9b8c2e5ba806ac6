//! What must hold in every world and every outage: more fuel, longer delays, shorter outages and more places make nobody worse;
//! everybody is counted once an hour; without an outage it is as every day. The cases come from a fixed seed.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;
use sotplan::app::outage::{Crisis, GroupName};
use sotplan::geometry::PlanePoint;
use sotplan::model::outage::{
    Chain, EdgeEdit, Fault, HOURS, Need, OutageAssumptions, OutageScenario, Part, Range, Refuel,
};
use sotplan::model::{ServiceKind, SiteId, TrialId};
use sotplan::outage::{Case, Counts, minute};
use sotplan::units::People;

use super::world::{
    DETOUR, SOTS, STATIONS, STORES, Spot, World, assumptions, computed, config, scenarios, site, table,
    worlds, worse,
};

fn numbers(counts: &Counts) -> [f64; 4] {
    [counts.supplied, counts.beyond, counts.without, counts.total]
}

/// Fuel more, in one of several ways.
fn with_more_fuel(
    how: u8,
    world: &World,
    scenario: &OutageScenario,
    assumed: &OutageAssumptions,
) -> (World, OutageScenario, OutageAssumptions) {
    let (mut world, mut scenario, mut assumed) = (world.clone(), scenario.clone(), assumed.clone());
    let mut change = |id: &str, to: fn(f64) -> f64| {
        for (_, spots) in world.spots_mut() {
            for fact in spots.iter_mut().filter_map(|spot| spot.facts.get_mut(id)) {
                *fact = json!(to(fact.as_f64().expect("a number")));
            }
        }
    };
    match how {
        0 => change("tank_litres", |litres| litres * 1.5 + 10.0),
        1 => change("litres_per_hour", |litres| litres / 2.0),
        2 => {
            // Somebody fuels a store, a station and a SOT point once more.
            for (at, layer) in (0u32..).zip([STORES, STATIONS, SOTS]) {
                let hour = f64::from(12 + at * 7);
                scenario.refuels.push(Refuel { site: site(layer, 0), hour, litres: 120.0 });
            }
        }
        3 => {
            let Range(least, most) = assumed.own_power_h;
            assumed.own_power_h = Range(least + 5.0, most + 9.0);
        }
        _ => assumed.litres_per_hour = Range(2.0, 9.0),
    }
    (world, scenario, assumed)
}

/// The same with one dependency that is felt some hours later.
fn with_longer_delay(which: usize, hours: f64, assumed: &OutageAssumptions) -> OutageAssumptions {
    let edge = Chain::with(&assumed.edits).edges[which % table().len()];
    let later = |range: Range| Range(range.0 + hours, range.1 + hours);
    let edit = EdgeEdit {
        effect: edge.effect,
        delay: edge.delay.map(later),
        delay_in_locality: edge.delay_in_locality.map(later),
        recovery_h: edge.recovery_h,
    };
    let mut assumed = assumed.clone();
    assumed.edits.insert(edge.id(), edit);
    assumed
}

/// A world in which no set has to be sent for and none is kept fuelled from some hour on: both count once, from when the grid
/// first goes there, and where a first outage is left out that is later.
fn standing(world: &World) -> World {
    let mut world = world.clone();
    for (_, spots) in world.spots_mut() {
        for spot in spots {
            spot.facts.retain(|id, _| !["start_hours", "refuel_hours"].contains(id));
        }
    }
    world
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn more_fuel_makes_nobody_worse(
        world in worlds(20, 6),
        scenario in scenarios(),
        assumed in assumptions(),
        how in 0..5u8,
    ) {
        let before = computed(&world.tables(), &scenario, &assumed);
        let (world, scenario, assumed) = with_more_fuel(how, &world, &scenario, &assumed);
        let after = computed(&world.tables(), &scenario, &assumed);
        prop_assert_eq!(worse(&before, &after), None);
    }

    #[test]
    fn a_longer_delay_makes_nobody_worse(
        world in worlds(20, 6),
        scenario in scenarios(),
        assumed in assumptions(),
        which in 0..1000usize,
        hours in 1..24u32,
    ) {
        let tables = world.tables();
        let before = computed(&tables, &scenario, &assumed);
        let after = computed(&tables, &scenario, &with_longer_delay(which, f64::from(hours), &assumed));
        prop_assert_eq!(worse(&before, &after), None);
    }

    #[test]
    fn a_shorter_outage_makes_nobody_worse(
        world in worlds(20, 6),
        scenario in scenarios(),
        assumed in assumptions(),
        (which, share, how) in (0..3usize, 0.0..1.0f64, 0..4u8),
    ) {
        let world = standing(&world);
        let tables = world.tables();
        let before = computed(&tables, &scenario, &assumed);
        let mut shorter = scenario.clone();
        let count = shorter.areas.len();
        let area = &mut shorter.areas[which % count];
        match how {
            0 => area.hours = (area.hours * share * 2.0).floor() / 2.0,
            1 => area.restored.iter_mut().for_each(|step| step.after_h = (step.after_h * share).floor()),
            2 => { area.faults.remove(&Fault::ALL[which]); }
            _ => { shorter.areas.remove(which % count); }
        }
        let after = computed(&tables, &shorter, &assumed);
        prop_assert_eq!(worse(&before, &after), None);
    }

    /// Where nobody has had power back in between, that holds of every set.
    #[test]
    fn one_outage_that_ends_sooner_makes_nobody_worse(
        world in worlds(20, 6),
        scenario in scenarios(),
        assumed in assumptions(),
        share in 0.0..1.0f64,
    ) {
        let tables = world.tables();
        let mut scenario = scenario;
        scenario.areas.truncate(1);
        let before = computed(&tables, &scenario, &assumed);
        scenario.areas[0].hours = (scenario.areas[0].hours * share * 2.0).floor() / 2.0;
        let after = computed(&tables, &scenario, &assumed);
        prop_assert_eq!(worse(&before, &after), None);
    }

    #[test]
    fn one_place_more_makes_nobody_worse(
        world in worlds(20, 6),
        scenario in scenarios(),
        assumed in assumptions(),
        (which, pick) in (0..5u8, 0..100usize),
    ) {
        let before = computed(&world.tables(), &scenario, &assumed);
        let (mut world, mut scenario) = (world, scenario);
        if which == 0 {
            // Somebody who has none gets a set of his own.
            let mut spots: Vec<&mut Spot> = world.spots_mut().flat_map(|(_, spots)| spots).collect();
            let count = spots.len();
            spots[pick % count].facts.insert("reserve_power", json!("in_place"));
        } else {
            let results = before.results();
            let mut sites: Vec<SiteId> = results.candidates.iter().map(|one| one.site.clone()).collect();
            sites.extend((1u32..).zip(&world.trials).map(|(id, _)| SiteId::Trial(TrialId(id))));
            scenario.added.insert(sites[pick % sites.len()].clone());
        }
        let after = computed(&world.tables(), &scenario, &assumed);
        prop_assert_eq!(worse(&before, &after), None);
    }

    #[test]
    fn everybody_is_counted_once_an_hour(
        world in worlds(40, 8),
        scenario in scenarios(),
        assumed in assumptions(),
    ) {
        let crisis = computed(&world.tables(), &scenario, &assumed);
        let all: f64 = world.cells.iter().map(|cell| f64::from(cell.2)).sum();
        let of_column: f64 = world.cells.iter().map(|cell| f64::from(cell.2 / 5)).sum();
        for need in &crisis.needs {
            for hour in 0..HOURS {
                let [worst, best] = &need.hours.hours[hour];
                for (case, counts) in [worst, best].into_iter().enumerate() {
                    for one in counts.iter().chain(&need.hours.areas[hour][case]) {
                        prop_assert_eq!(one.supplied + one.beyond + one.without, one.total);
                        prop_assert!(one.limited <= one.supplied);
                    }
                    prop_assert_eq!(counts[0].total, all);
                    let areas = &need.hours.areas[hour][case];
                    let sum = |pick: fn(&Counts) -> [f64; 4], of: &mut dyn Iterator<Item = &Counts>| {
                        of.fold([0.0; 4], |sum, one| std::array::from_fn(|at| sum[at] + pick(one)[at]))
                    };
                    prop_assert_eq!(sum(numbers, &mut areas.iter()), numbers(&counts[0]));
                    let rural = crisis.groups.iter().filter(|(name, _)| matches!(name, GroupName::Rural(_)));
                    let slots: Vec<&Counts> = rural.map(|(_, slot)| &counts[*slot]).collect();
                    if !slots.is_empty() {
                        prop_assert_eq!(sum(numbers, &mut slots.into_iter()), numbers(&counts[0]));
                    }
                    for (name, slot) in &crisis.groups {
                        if matches!(name, GroupName::Column(..)) {
                            prop_assert_eq!(counts[*slot].total, of_column);
                        }
                    }
                }
                // What is for sure is never more than what is at best.
                for (worst, best) in worst.iter().zip(best) {
                    prop_assert!(worst.supplied <= best.supplied && worst.without >= best.without, "{hour}");
                    prop_assert!(worst.supplied - worst.limited <= best.supplied - best.limited, "{hour}");
                }
            }
        }
    }

    #[test]
    fn without_an_outage_every_hour_is_as_every_day(
        world in worlds(40, 8),
        scenario in scenarios(),
        assumed in assumptions(),
        how in 0..3u8,
    ) {
        let mut scenario = scenario;
        match how {
            0 => scenario.areas.clear(),
            1 => scenario.areas.iter_mut().for_each(|area| area.faults.clear()),
            _ => scenario.areas.iter_mut().for_each(|area| area.hours = 0.0),
        }
        let tables = world.tables();
        let crisis = computed(&tables, &scenario, &assumed);
        let results = &tables.results;
        for need in &crisis.needs {
            for hour in 0..HOURS {
                for case in 0..2 {
                    prop_assert_eq!(&need.hours.hours[hour][case], &need.hours.everyday);
                    prop_assert_eq!(&need.hours.areas[hour][case], &need.hours.areas_everyday);
                }
            }
            prop_assert!(need.hours.everyday.iter().all(|counts| counts.limited == 0.0));
            let Some(kind) = need.need.kind().and_then(|kind| results.kind(kind)) else { continue };
            let summary = &kind.summary;
            let without: f64 = summary.people_without_value.values().map(|people: &People| people.value()).sum();
            let wanted = [summary.people_within.value(), summary.people_beyond.value(), without];
            let everyone = &need.hours.everyday[0];
            prop_assert_eq!(&numbers(everyone)[..3], &wanted[..], "{:?}", need.need);
        }
        let kinds: BTreeSet<ServiceKind> = results.kinds.iter().map(|kind| kind.coverage.kind).collect();
        let told: BTreeSet<ServiceKind> = crisis.needs.iter().filter_map(|need| need.need.kind()).collect();
        prop_assert_eq!(kinds, told);
        prop_assert!(crisis.homes.iter().flatten().all(|home| *home == sotplan::app::outage::Home::default()));
    }

    #[test]
    fn the_nearest_that_works_is_the_one_that_a_plain_search_finds(
        world in worlds(40, 8),
        scenario in scenarios(),
        assumed in assumptions(),
        hours in prop::collection::btree_set(0..HOURS, 1..6),
    ) {
        let crisis = computed(&world.tables(), &scenario, &assumed);
        for need in &crisis.needs {
            for hour in &hours {
                for case in Case::BOTH {
                    let fault = unlike_plain(&crisis, &world, need.need, *hour, case);
                    prop_assert_eq!(fault, None, "{:?} {} h {:?}", need.need, hour, case);
                }
            }
        }
    }
}

/// What `nearest_at` and the counts say otherwise than a search of every place.
fn unlike_plain(crisis: &Crisis, world: &World, need: Need, hour: usize, case: Case) -> Option<String> {
    let (limit, at) = (crisis.results().limit(), minute(f64::from(u32::try_from(hour).expect("of a week"))));
    let working: Vec<(usize, PlanePoint)> = (0..crisis.places.len())
        .filter(|place| {
            let lines = crisis.timelines(*place, need);
            lines.is_some_and(|lines| !lines[case as usize].stopped.contains(at))
        })
        .map(|place| (place, crisis.places[place].point))
        .collect();
    let mut plain = Counts::default();
    let demand = &crisis.results().situation.demand;
    for (cell, found) in crisis.nearest_at(need, hour, case).into_iter().enumerate() {
        let (from, people) = (demand.points[cell], f64::from(world.cells[cell].2));
        let far = |to: PlanePoint| ((from.e - to.e).powi(2) + (from.n - to.n).powi(2)).sqrt() * DETOUR;
        let wanted = working.iter().map(|(place, point)| (far(*point), *place)).min_by(|a, b| {
            // Those that stand on one spot are told by their number.
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
        });
        plain.total += people;
        match (wanted, found) {
            (None, None) => plain.without += people,
            (Some((metres, _)), Some((place, cost))) => {
                let is_same = (metres - cost.value()).abs() <= 1e-6
                    && (far(crisis.places[place].point) - metres).abs() <= 1e-6;
                if !is_same {
                    return Some(format!("cell {cell}: {wanted:?} is not {found:?}"));
                }
                let counted = if cost.is_within(limit) { &mut plain.supplied } else { &mut plain.beyond };
                *counted += people;
            }
            _ => return Some(format!("cell {cell}: {wanted:?} is not {found:?}")),
        }
    }
    let counts = &crisis.need(need)?.hours.hours[hour][case as usize][0];
    let is_same = numbers(&plain) == numbers(counts);
    (!is_same).then(|| format!("{plain:?} is not {counts:?}"))
}

/// Of a place of which nobody knows whether it lies in a locality, the worst is no better than either, and the best no worse.
#[test]
fn a_place_that_may_lie_in_a_locality_is_between_both() {
    use sotplan::model::outage::{Known, Season};
    use sotplan::outage::{PlaceState, Spans, evaluate};
    let gone = |locality, edit: EdgeEdit, case| {
        let chain = Chain::with(&[((Part::Grid, Part::Mobile), edit)].into());
        let mut place = PlaceState { is_in_locality: locality, ..PlaceState::default() };
        place.gone[Part::Grid as usize] = Spans::between(0, 6_000);
        evaluate(&place, &chain, Season::Winter, case).gone[Part::Mobile as usize].clone()
    };
    let usual = table().into_iter().find(|edge| edge.id() == (Part::Grid, Part::Mobile)).expect("the edge");
    for delay in [usual.delay, None, Some(Range(0.5, 30.0))] {
        for delay_in_locality in [usual.delay_in_locality, Some(Range(8.0, 40.0))] {
            let edit = EdgeEdit { effect: usual.effect, delay, delay_in_locality, recovery_h: 0.0 };
            for known in [Known::Yes, Known::No] {
                let worst = gone(Known::Unknown, edit, Case::Worst);
                let best = gone(Known::Unknown, edit, Case::Best);
                let lacking = gone(known, edit, Case::Worst).without(&worst);
                assert!(lacking.is_never(), "{edit:?} {known:?}: for sure {worst:?}");
                assert!(
                    best.without(&gone(known, edit, Case::Best)).is_never(),
                    "{edit:?}: at best {best:?}"
                );
            }
        }
    }
}
