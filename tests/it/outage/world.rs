//! Small random worlds of cells and places with random facts, and random outages over them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use serde_json::{Value, json};
use sotplan::app::Results;
use sotplan::app::outage::{Crisis, OutageTables};
use sotplan::geometry::PlanePoint;
use sotplan::model::outage::{
    Chain, Delay, Dependency, EdgeEdit, EdgeId, Effect, Fault, HOURS, Limit, OutageArea, OutageAssumptions,
    OutageScenario, Range, Refuel, Restored, Season, Unsaid, Where,
};
use sotplan::model::{
    AreaFields, KindRule, LayerId, Parameters, Project, Role, RuralTerms, ServiceKind, SiteId, TrialId,
    TrialPoint,
};
use sotplan::outage::{Case, Counts};
use sotplan::progress::Unwatched;
use sotplan::units::Metres;

use crate::board::{Made, SIZE, centre, degrees, half_boards, layer};

pub const DETOUR: f64 = 1.0;

/// A place: column, row, metres beside the centre of the cell, and what is said of it.
#[derive(Debug, Clone)]
pub struct Spot {
    pub at: (u32, u32),
    pub beside: f64,
    pub facts: BTreeMap<&'static str, Value>,
}

impl Spot {
    pub fn point(&self) -> PlanePoint {
        let at = centre(self.at.0, self.at.1);
        PlanePoint::new(at.e + self.beside, at.n)
    }
}

/// A world before it becomes a project.
#[derive(Debug, Clone)]
pub struct World {
    /// Column, row, people.
    pub cells: Vec<(u32, u32, u32)>,
    pub stores: Vec<Spot>,
    pub stations: Vec<Spot>,
    pub pharmacies: Vec<Spot>,
    pub banks: Vec<Spot>,
    pub sots: Vec<Spot>,
    pub trials: Vec<(u32, u32)>,
    pub threshold_m: f64,
}

pub const STORES: u32 = 3;
pub const STATIONS: u32 = 4;
pub const PHARMACIES: u32 = 5;
pub const BANKS: u32 = 6;
pub const SOTS: u32 = 7;

/// The site of a place by the number of its layer.
pub fn site(layer: u32, at: usize) -> SiteId {
    SiteId::Feature { layer: LayerId(layer), key: format!("#{}", at + 1) }
}

pub fn config(cases: u32) -> Config {
    Config {
        cases,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_261_130),
        failure_persistence: None,
        ..Config::default()
    }
}

fn power() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let maybe = |id: &'static str, least: u32, most: u32| {
        prop::option::of(least..most).prop_map(move |number| number.map(|number| (id, json!(number))))
    };
    let set = (
        maybe("tank_litres", 0, 600),
        maybe("litres_per_hour", 1, 20),
        maybe("start_hours", 0, 6),
        maybe("refuel_hours", 4, 60),
    )
        .prop_map(|(a, b, c, d)| [a, b, c, d].into_iter().flatten().collect::<Vec<_>>());
    let has = prop_oneof![Just("in_place"), Just("mobile")];
    prop_oneof![
        2 => Just(Vec::new()),
        1 => prop_oneof![Just("none"), Just("ordered")].prop_map(|no| vec![("reserve_power", json!(no))]),
        3 => (has, set).prop_map(|(has, mut set)| {
            set.push(("reserve_power", json!(has)));
            set
        }),
    ]
}

fn facts() -> impl Strategy<Value = BTreeMap<&'static str, Value>> {
    let yes_no = |id: &'static str| {
        prop_oneof![3 => Just(None), 1 => Just(Some("yes")), 1 => Just(Some("no"))]
            .prop_map(move |said| said.map(|said| (id, json!(said))))
    };
    let number = |id: &'static str, least: u32, most: u32| {
        prop_oneof![3 => Just(None), 1 => (least..most).prop_map(Some)]
            .prop_map(move |number| number.map(|number| (id, json!(number))))
    };
    let rest = (
        yes_no("manual_routine"),
        yes_no("information_point"),
        yes_no("warm_room"),
        number("staff_hours", 2, 120),
        number("goods_days", 1, 6),
    );
    (power(), rest).prop_map(|(power, (a, b, c, d, e))| {
        power.into_iter().chain([a, b, c, d, e].into_iter().flatten()).collect()
    })
}

fn spots(least: usize, most: usize) -> impl Strategy<Value = Vec<Spot>> {
    // In one house, within what a SOT point feeds, or far away.
    let beside = prop_oneof![Just(0.0), Just(30.0), Just(150.0), Just(400.0)];
    let spot = ((0..SIZE, 0..SIZE), beside, facts());
    prop::collection::vec(spot.prop_map(|(at, beside, facts)| Spot { at, beside, facts }), least..=most)
}

/// Some of them stand where a store does, or nearly.
fn beside_stores(spots: &mut [Spot], stores: &[Spot]) {
    for (at, spot) in spots.iter_mut().enumerate() {
        if at % 2 == 0
            && let Some(store) = stores.get(at / 2)
        {
            spot.at = store.at;
        }
    }
}

/// Worlds of so many cells and stores at most.
pub fn worlds(cells: usize, stores: usize) -> impl Strategy<Value = World> {
    let cell = (0..SIZE, 0..SIZE, prop_oneof![1 => Just(0u32), 6 => 1..90u32, 1 => 300..900u32]);
    let statuses = prop::sample::select(vec!["in_operation", "in_place", "idea", "paused", "procurement"]);
    let sots = prop::collection::vec((spots(1, 1), statuses), 0..=2);
    let rest =
        (spots(0, 3), spots(0, 2), spots(0, 2), sots, prop::collection::vec((0..SIZE, 0..SIZE), 0..=2));
    (prop::collection::vec(cell, 5..=cells), spots(1, stores), rest, 2..9u32).prop_map(
        |(cells, stores, (mut stations, mut pharmacies, mut banks, sots, trials), km)| {
            let named = sots.into_iter().map(|(mut spot, status)| {
                let mut spot = spot.remove(0);
                spot.facts.insert("status", json!(status));
                spot
            });
            let mut sots: Vec<Spot> = named.collect();
            for spots in [&mut stations, &mut pharmacies, &mut banks, &mut sots] {
                beside_stores(spots, &stores);
            }
            let threshold_m = f64::from(km) * 1000.0;
            World { cells, stores, stations, pharmacies, banks, sots, trials, threshold_m }
        },
    )
}

impl World {
    pub fn project(&self) -> Project {
        let cells = self.cells.iter().map(|(x, y, people)| {
            (centre(*x, *y), None, format!(r#"{{"people":{people},"ald80_w":{}}}"#, people / 5))
        });
        let made = |spots: &[Spot], name: &str| -> Vec<Made> {
            let one = |(at, spot): (usize, &Spot)| {
                let mut said = json!({ "name": format!("{name} {at}") });
                for (id, value) in &spot.facts {
                    said[*id] = value.clone();
                }
                (spot.point(), None, said.to_string())
            };
            spots.iter().enumerate().map(one).collect()
        };
        let kind = |kind: ServiceKind| Role::Services(KindRule::All(kind.into()));
        let areas = AreaFields { code: Some("kod".into()), name: Some("namn".into()) };
        let layers = vec![
            layer(1, "areas.geojson", Role::Areas(areas), half_boards()),
            layer(2, "cells.geojson", Role::Population { field: "people".into() }, cells.collect()),
            layer(STORES, "stores.geojson", kind(ServiceKind::Grocery), made(&self.stores, "store")),
            layer(STATIONS, "fuel.geojson", kind(ServiceKind::Fuel), made(&self.stations, "fuel")),
            layer(
                PHARMACIES,
                "pharmacies.geojson",
                kind(ServiceKind::Pharmacy),
                made(&self.pharmacies, "pharmacy"),
            ),
            layer(BANKS, "banks.geojson", kind(ServiceKind::Payment), made(&self.banks, "bank")),
            layer(SOTS, "sots.geojson", Role::SotPlaces, made(&self.sots, "sot")),
        ];
        let parameters = Parameters {
            threshold: Metres::new(self.threshold_m),
            detour_factor: DETOUR,
            rural: RuralTerms { locality_people: 400.0, ..RuralTerms::default() },
            ..Parameters::default()
        };
        let trial = |(id, (x, y)): (u32, &(u32, u32))| TrialPoint {
            id: TrialId(id),
            name: format!("trial {id}"),
            place: degrees(centre(*x, *y)),
        };
        let trials = Arc::new((1..).zip(&self.trials).map(trial).collect());
        Project { name: "world".into(), layers, parameters, trials, ..Project::default() }
    }

    pub fn tables(&self) -> Arc<OutageTables> {
        let results = Results::compute(&self.project(), None, &Unwatched).expect("nobody cancels");
        Arc::new(OutageTables::new(&Arc::new(results)))
    }

    /// Its places of every layer, each list with the layer's number.
    pub fn spots_mut(&mut self) -> impl Iterator<Item = (u32, &mut Vec<Spot>)> {
        [
            (STORES, &mut self.stores),
            (STATIONS, &mut self.stations),
            (PHARMACIES, &mut self.pharmacies),
            (BANKS, &mut self.banks),
            (SOTS, &mut self.sots),
        ]
        .into_iter()
    }
}

pub fn computed(
    tables: &Arc<OutageTables>,
    scenario: &OutageScenario,
    assumed: &OutageAssumptions,
) -> Crisis {
    Crisis::compute(tables, scenario, assumed, &Unwatched).expect("it fits")
}

fn wheres() -> impl Strategy<Value = Where> {
    let drawn = (0..SIZE, 0..SIZE, 2..SIZE, 2..SIZE).prop_map(|(x, y, wide, high)| {
        let corner = |x: u32, y: u32| degrees(centre(x, y));
        let ring = vec![corner(x, y), corner(x + wide, y), corner(x + wide, y + high), corner(x, y + high)];
        Where::Outlines(vec![vec![ring]])
    });
    prop_oneof![
        2 => Just(Where::Everything),
        1 => Just(()).prop_map(|()| Where::Municipalities(vec!["Väster".into()])),
        1 => Just(()).prop_map(|()| Where::Municipalities(vec!["02".into(), "Väster".into()])),
        2 => drawn,
    ]
}

fn areas() -> impl Strategy<Value = OutageArea> {
    let faults = prop::collection::btree_set(prop::sample::select(Fault::ALL.to_vec()), 0..3);
    let steps = prop::collection::vec((0..60u32, 0..100u32), 0..3);
    (wheres(), 0..60u32, 0..260u32, faults, steps).prop_map(|(place, start, halves, faults, steps)| {
        let mut hours: Vec<u32> = steps.iter().map(|(hour, _)| *hour).collect();
        let mut shares: Vec<u32> = steps.iter().map(|(_, share)| *share).collect();
        hours.sort_unstable();
        shares.sort_unstable();
        let step = |(hour, share): (u32, u32)| Restored {
            after_h: f64::from(hour),
            share: f64::from(share) / 100.0,
        };
        // Power is nearly always gone.
        let faults = faults.into_iter().chain([Fault::Power]).collect::<BTreeSet<_>>();
        OutageArea {
            name: "area".into(),
            place,
            start_h: f64::from(start) / 2.0,
            hours: f64::from(halves) / 2.0,
            faults,
            restored: hours.into_iter().zip(shares).map(step).collect(),
        }
    })
}

/// Outages with fuel that is brought to some of the places that a world has.
pub fn scenarios() -> impl Strategy<Value = OutageScenario> {
    let sites = prop_oneof![
        (0..8usize).prop_map(|at| site(STORES, at)),
        (0..3usize).prop_map(|at| site(STATIONS, at)),
        (0..2usize).prop_map(|at| site(SOTS, at)),
    ];
    let refuel = (sites, 0..160u32, 1..300u32).prop_map(|(site, hour, litres)| Refuel {
        site,
        hour: f64::from(hour),
        litres: f64::from(litres),
    });
    let refuels = prop::collection::vec(refuel, 0..4);
    (prop::collection::vec(areas(), 1..=3), any::<bool>(), refuels).prop_map(|(areas, summer, refuels)| {
        let season = if summer { Season::Summer } else { Season::Winter };
        OutageScenario { name: "random".into(), areas, season, refuels, ..OutageScenario::empty(1) }
    })
}

fn delays() -> impl Strategy<Value = Delay> {
    prop_oneof![
        1 => Just(None),
        8 => (0..40u32, 0..20u32).prop_map(|(least, more)| {
            Some(Range(f64::from(least) / 2.0, f64::from(least + more) / 2.0))
        }),
    ]
}

/// The table as it is.
pub fn table() -> Vec<Dependency> {
    Chain::with(&BTreeMap::new()).edges
}

fn edits() -> impl Strategy<Value = BTreeMap<EdgeId, EdgeEdit>> {
    let edge = (0..table().len()).prop_map(|at| table()[at]);
    let effect = prop_oneof![
        6 => Just(Effect::Stops),
        1 => Just(Effect::Nothing),
        1 => Just(Effect::Limits(Limit::ByHand)),
    ];
    let edit =
        (edge, effect, delays(), delays(), 0..30u32).prop_map(|(edge, effect, delay, there, recovery)| {
            let recovery_h = f64::from(recovery) / 2.0;
            let delay_in_locality = edge.delay_in_locality.and(there);
            (edge.id(), EdgeEdit { effect, delay, delay_in_locality, recovery_h })
        });
    prop::collection::vec(edit, 0..5).prop_map(|all| all.into_iter().collect())
}

pub fn assumptions() -> impl Strategy<Value = OutageAssumptions> {
    (edits(), any::<bool>(), 1..50u32, 0..50u32).prop_map(|(edits, says_no, least, more)| {
        let hours = Range(f64::from(least), f64::from(least + more));
        let own_power_unsaid = if says_no { Unsaid::No } else { Unsaid::Unknown };
        OutageAssumptions { edits, own_power_unsaid, own_power_h: hours, ..OutageAssumptions::default() }
    })
}

/// Whom something is worse for in the second: by need, hour, case, and group or municipality.
pub fn worse(before: &Crisis, after: &Crisis) -> Option<String> {
    for need in &before.needs {
        let found = after.need(need.need)?;
        for hour in 0..HOURS {
            for case in Case::BOTH {
                let pairs = [
                    (
                        "group",
                        &need.hours.hours[hour][case as usize],
                        &found.hours.hours[hour][case as usize],
                    ),
                    ("area", &need.hours.areas[hour][case as usize], &found.hours.areas[hour][case as usize]),
                ];
                for (what, was, is) in pairs {
                    assert_eq!(was.len(), is.len());
                    for (at, (was, is)) in was.iter().zip(is).enumerate() {
                        if is_worse(was, is) {
                            let id = need.need.id();
                            return Some(format!(
                                "{id} {hour} h {case:?} {what} {at}: {was:?} became {is:?}"
                            ));
                        }
                    }
                }
            }
        }
    }
    None
}

/// Fewer who have it, who have it without limits, or who can reach it at all.
fn is_worse(was: &Counts, is: &Counts) -> bool {
    is.total != was.total
        || is.supplied < was.supplied
        || is.supplied - is.limited < was.supplied - was.limited
        || is.without > was.without
}
