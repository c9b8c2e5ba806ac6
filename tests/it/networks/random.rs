//! Random networks against the oracles: costs, nearest sites, rows, cuts, private roads, forbidden turns.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "small positions and lengths"
)]

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};
use sotplan::geometry::LonLat;
use sotplan::model::roads::{Access, Direction, RoadPoint, Roads, TurnRestriction, Way};
use sotplan::model::{Mode, TravelProfile};
use sotplan::network::{By, Cut, FAR, Graph, Heading, Label, RoadNetwork, Site, Snap, Terms};
use sotplan::progress::Unwatched;
use sotplan::units::Metres;

use super::ascii::{TERMS, place, plain_way, roads_of};
use super::oracle::{NO, Segment, Spot, all_pairs, all_pairs_with_turns, is_told, nearest, segments, spot};

fn config(cases: u32) -> Config {
    Config {
        cases,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_230_525),
        failure_persistence: None,
        ..Config::default()
    }
}

/// A way before it becomes one: points, limits in km/h along and against, direction (0 and 1: both), is it private?
type Drawn = (Vec<usize>, u16, u16, u8, bool);

#[derive(Debug, Clone)]
struct Map {
    /// In steps of 100 m: points at the same place occur.
    points: Vec<(u8, u8)>,
    ways: Vec<Drawn>,
    /// Way, part of it, how far along.
    places: Vec<(usize, usize, f64)>,
    /// From way, to way, which of the places where they meet, is it the only turn?
    turns: Vec<(usize, usize, usize, bool)>,
}

/// How much of a map is private: one way of so many; 0 = none.
fn maps(private: u8, turns: usize, ends: bool) -> impl Strategy<Value = Map> {
    let points = proptest::collection::vec((0u8..16, 0u8..16), 2..=14);
    let way = (
        proptest::collection::vec(0usize..14, 2..5),
        10u16..120,
        10u16..120,
        0u8..4,
        (0u8..6).prop_map(move |n| n < private),
    );
    let along = if ends { prop_oneof![Just(0.0), Just(1.0), 0.0..1.0].boxed() } else { (0.05..0.95).boxed() };
    let places = proptest::collection::vec((0usize..99, 0usize..99, along), 2..9);
    let turn = (0usize..99, 0usize..99, 0usize..99, proptest::bool::weighted(0.3));
    (
        points,
        proptest::collection::vec(way, 1..14),
        places,
        proptest::collection::vec(turn, turns.min(1)..=turns),
    )
        .prop_map(|(points, ways, places, turns)| Map { points, ways, places, turns })
}

impl Map {
    fn roads(&self) -> Roads {
        let points: Vec<RoadPoint> = self
            .points
            .iter()
            .map(|(x, y)| place(f64::from(*x) * 100.0, f64::from(*y) * 100.0).into())
            .collect();
        let ways: Vec<(Vec<u32>, Way)> = self
            .ways
            .iter()
            .enumerate()
            .map(|(at, (refs, forward, backward, direction, is_private))| {
                let mut way = plain_way(at as i64);
                way.limit_forward = forward * 10;
                way.limit_backward = backward * 10;
                way.direction = match direction {
                    2 => Direction::Forward,
                    3 => Direction::Backward,
                    _ => Direction::Both,
                };
                way.motor = if *is_private { Access::Destination } else { Access::Yes };
                (refs.iter().map(|ix| (ix % points.len()) as u32).collect(), way)
            })
            .collect();
        let turns = self
            .turns
            .iter()
            .filter_map(|(from, to, via, is_only)| {
                let (from, to) = (from % ways.len(), to % ways.len());
                let meet: Vec<u32> =
                    ways[from].0.iter().copied().filter(|ix| ways[to].0.contains(ix)).collect();
                let via = *meet.get(via % meet.len().max(1))?;
                let (from_way, to_way) = (from as u32, to as u32);
                (from != to).then_some(TurnRestriction { from_way, to_way, via, is_only: *is_only })
            })
            .collect();
        roads_of(points, &ways, turns)
    }

    fn places(&self, roads: &Roads) -> Vec<LonLat> {
        self.places
            .iter()
            .map(|(way, part, t)| {
                let refs = roads.refs_of(way % roads.ways.len());
                let part = part % (refs.len() - 1);
                let end = |at: usize| roads.points[refs[at] as usize].place();
                let (a, b) = (end(part), end(part + 1));
                LonLat::new((b.lon - a.lon).mul_add(*t, a.lon), (b.lat - a.lat).mul_add(*t, a.lat))
            })
            .collect()
    }
}

/// Whatever road is nearest: pieces are of no account.
fn profile() -> TravelProfile {
    TravelProfile { prefer_connected_within: Metres::new(0.0), ..TravelProfile::default() }
}

const UNCLEAR: &str = "two parts of the same length";

struct Case {
    network: RoadNetwork,
    segments: Vec<Segment>,
    snaps: Vec<Snap>,
    spots: Vec<Spot>,
}

impl Case {
    /// `None` where rounding decides which roads are private.
    fn new(map: &Map, ends: bool) -> Option<Self> {
        let roads = Arc::new(map.roads());
        let network = RoadNetwork::build(roads.clone(), &profile(), Mode::Car, &Unwatched).unwrap();
        let snaps: Vec<Snap> = map
            .places(&roads)
            .iter()
            .map(|place| network.snap(*place, Metres::new(3_000.0)).expect("on a road"))
            .collect();
        assert!(snaps.iter().all(|snap| snap.access_cm <= 3), "{snaps:?}");
        let segments = segments(&roads)?;
        let (snaps, spots) = snaps
            .into_iter()
            .map(|snap| (snap, spot(&network, &segments, &snap)))
            .filter(|(snap, spot)| is_told(&network, &segments, snap, *spot, ends))
            .unzip();
        Some(Self { network, segments, snaps, spots })
    }

    /// Every stretch of a trip is rounded once.
    fn slack(&self) -> f64 {
        self.network.graph.stretches.len() as f64 * 1.5 + 6.0
    }

    fn oracle(&self, by: By) -> Vec<Vec<f64>> {
        all_pairs(self.network.roads.points.len(), &self.segments, &self.spots, &[], by)
    }

    /// The network agrees with a table of costs: pairs, k nearest, rows.
    fn agrees(&self, network: &RoadNetwork, by: By, oracle: &[Vec<f64>]) -> Result<(), TestCaseError> {
        for heading in [Heading::ToSite, Heading::FromSite] {
            let terms = Terms { by, heading, counts_access: false };
            let demand: Vec<Option<Snap>> = self.snaps.iter().copied().map(Some).collect();
            let sites: Vec<Option<Site>> =
                self.snaps.iter().map(|snap| Some(Site { snap: *snap, head_start_ms: 0 })).collect();
            let exact = |demand: usize, site: usize| match heading {
                Heading::ToSite => oracle[demand][site],
                Heading::FromSite => oracle[site][demand],
            };
            let rows = network.rows(&demand, &sites, By::limit(1 << 30), terms, &Unwatched).unwrap();
            let mut pairs = vec![vec![FAR; sites.len()]; demand.len()];
            for (site, row) in rows.iter().enumerate() {
                for e in row {
                    pairs[e.demand as usize][site] = by.key(e.ms, e.cm);
                }
            }
            for (from, row) in pairs.iter().enumerate() {
                for (site, key) in row.iter().enumerate() {
                    let expected = exact(from, site);
                    let got = if *key == FAR { NO } else { (key >> 32) as f64 };
                    let is_near = got == expected || (got - expected).abs() <= self.slack();
                    prop_assert!(
                        is_near,
                        "{heading:?} {by:?} demand {from} site {site}: {got}, not {expected}"
                    );
                }
            }
            // What a pair costs does not depend on k nor on the other sites.
            for k in 1..=5 {
                let found = network.nearest(&demand, &sites, k, terms, &Unwatched).unwrap();
                for (from, labels) in found.chunks(k).enumerate() {
                    let mut sorted: Vec<Label> =
                        (0u32..).zip(&pairs[from]).map(|(site, key)| Label { key: *key, site }).collect();
                    sorted.retain(|label| label.key != FAR);
                    sorted.sort_unstable();
                    sorted.resize(k.max(sorted.len()), Label::NONE);
                    prop_assert_eq!(labels, &sorted[..k], "{:?} {:?} k {}", heading, by, k);
                }
            }
            let limit = pairs.iter().flatten().filter(|key| **key != FAR).max().map_or(0, |key| key / 2);
            let within = network.rows(&demand, &sites, limit, terms, &Unwatched).unwrap();
            for (all, within) in rows.iter().zip(&within) {
                let mut all = all.clone();
                all.retain(|entry| by.key(entry.ms, entry.cm) <= limit);
                prop_assert_eq!(&all, within);
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn costs_are_those_of_floyd_and_warshall(map in maps(0, 0, true)) {
        let Some(case) = Case::new(&map, true) else { return Err(TestCaseError::reject(UNCLEAR)) };
        for by in [By::Time, By::Distance] {
            case.agrees(&case.network, by, &case.oracle(by))?;
        }
    }

    #[test]
    fn private_roads_begin_and_end_trips(map in maps(3, 0, false)) {
        let Some(case) = Case::new(&map, false) else { return Err(TestCaseError::reject(UNCLEAR)) };
        for by in [By::Time, By::Distance] {
            case.agrees(&case.network, by, &case.oracle(by))?;
        }
    }

    #[test]
    fn forbidden_turns_are_not_made(map in maps(0, 6, false)) {
        let Some(case) = Case::new(&map, false) else { return Err(TestCaseError::reject(UNCLEAR)) };
        // Where two points lie at one place, the place does not tell the junction.
        let mut distinct = case.network.roads.points.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assume!(distinct.len() == case.network.roads.points.len());
        let may_turn_round = |point: usize| case.network.graph.junctions.contains(&case.network.roads.points[point]);
        for by in [By::Time, By::Distance] {
            let oracle = all_pairs_with_turns(&case.network.roads, &case.segments, &case.spots, by, &may_turn_round);
            case.agrees(&case.network, by, &oracle)?;
        }
    }

    #[test]
    fn cuts_close_what_they_touch(map in maps(2, 0, false), cuts in proptest::collection::vec((0usize..99, 0.1f64..0.9), 1..4)) {
        let Some(mut case) = Case::new(&map, false) else { return Err(TestCaseError::reject(UNCLEAR)) };
        let graph = case.network.graph.clone();
        let cuts: Vec<(u32, u32)> = cuts
            .iter()
            .map(|(at, t)| ((at % graph.stretches.len()) as u32, *t))
            .map(|(at, t)| (at, (f64::from(graph.stretches[at as usize].cm) * t) as u32))
            .collect();
        // Only cuts that their place tells.
        let cuts: Vec<((u32, u32), Spot)> = cuts
            .into_iter()
            .filter_map(|(stretch, cm)| {
                let (ms_forward, ms_backward) = graph.ms_along(stretch, cm);
                let place = graph.place_along(stretch, cm);
                let snap = Snap { stretch, cm, ms_forward, ms_backward, access_cm: 0, place, crosses_water: false };
                let spot = spot(&case.network, &case.segments, &snap);
                is_told(&case.network, &case.segments, &snap, spot, false).then_some(((stretch, cm), spot))
            })
            .collect();
        // Nobody stands on a cut.
        let is_clear =
            |snap: &Snap| cuts.iter().all(|((at, cm), _)| *at != snap.stretch || cm.abs_diff(snap.cm) > 100);
        (case.snaps, case.spots) = case.snaps.iter().zip(&case.spots).filter(|(snap, _)| is_clear(snap)).unzip();
        let closed: Vec<Cut> = cuts
            .iter()
            .map(|((stretch, cm), _)| Cut { stretch: *stretch, from_cm: *cm, to_cm: *cm, slower: None })
            .collect();
        let at: Vec<Spot> = cuts.iter().map(|(_, spot)| *spot).collect();
        let network = RoadNetwork::with_cuts(&case.network, &closed);
        for by in [By::Time, By::Distance] {
            let oracle = all_pairs(case.network.roads.points.len(), &case.segments, &case.spots, &at, by);
            case.agrees(&network, by, &oracle)?;
        }
    }

    #[test]
    fn places_are_put_on_the_nearest_segment(map in maps(0, 0, true), east in -4_000f64..6_000.0, south in -4_000f64..6_000.0) {
        let roads = Arc::new(map.roads());
        let here = place(east, south);
        let network = RoadNetwork::build(roads.clone(), &profile(), Mode::Car, &Unwatched).unwrap();
        let nearest = segments(&roads).expect("no private roads")
            .iter()
            .map(|s| nearest(here, roads.points[s.from].place(), roads.points[s.to].place()).1)
            .fold(NO, f64::min);
        match network.snap(here, Metres::new(1_500.0)) {
            Ok(snap) => {
                prop_assert!(nearest <= 1_500.0);
                prop_assert!((f64::from(snap.access_cm) - nearest * 100.0).abs() <= 1.0, "{:?} {}", snap, nearest);
                let (ms_forward, ms_backward) = network.graph.ms_along(snap.stretch, snap.cm);
                prop_assert_eq!((snap.ms_forward, snap.ms_backward), (ms_forward, ms_backward));
                let scale = sotplan::geometry::LocalScale::at(here.lat);
                let (dx, dy) = scale.offset(here, snap.place);
                prop_assert!((dx.hypot(dy) - nearest).abs() < 0.05, "the point on the road is {} away", dx.hypot(dy));
            }
            Err(Some(far)) => prop_assert!((far.value() - nearest).abs() < 0.01 && nearest > 1_500.0),
            Err(None) => prop_assert!(nearest > 3_000.0, "{}", nearest),
        }
    }

    #[test]
    fn access_and_head_start_are_added(map in maps(2, 2, false), starts in proptest::collection::vec(0u32..600_000, 9), off in proptest::collection::vec(0u32..90_000, 9)) {
        let Some(mut case) = Case::new(&map, false) else { return Err(TestCaseError::reject(UNCLEAR)) };
        for heading in [Heading::ToSite, Heading::FromSite] {
            let terms = Terms { by: By::Time, heading, counts_access: true };
            let bare = Terms { counts_access: false, ..terms };
            let sites = |snaps: &[Snap], starts: &[u32]| -> Vec<Option<Site>> {
                snaps.iter().zip(starts).map(|(s, ms)| Some(Site { snap: *s, head_start_ms: *ms })).collect()
            };
            let demand = |snaps: &[Snap]| -> Vec<Option<Snap>> { snaps.iter().copied().map(Some).collect() };
            let all = By::limit(1 << 30);
            let network = &case.network;
            let plain = network
                .rows(&demand(&case.snaps), &sites(&case.snaps, &[0; 9]), all, bare, &Unwatched)
                .unwrap();
            case.snaps.iter_mut().zip(&off).for_each(|(snap, cm)| snap.access_cm = *cm);
            let with = network
                .rows(&demand(&case.snaps), &sites(&case.snaps, &starts), all, terms, &Unwatched)
                .unwrap();
            for (site, (plain, with)) in plain.iter().zip(&with).enumerate() {
                prop_assert_eq!(plain.len(), with.len());
                for (a, b) in plain.iter().zip(with) {
                    let walk = network.access_ms(off[site]) + network.access_ms(off[a.demand as usize]);
                    prop_assert_eq!(a.ms + walk + starts[site], b.ms);
                    prop_assert_eq!(a.cm + off[site] + off[a.demand as usize], b.cm);
                }
            }
            // A site with a long head start is the nearest to nobody who reaches another sooner.
            let first = network
                .nearest(&demand(&case.snaps), &sites(&case.snaps, &starts), 1, terms, &Unwatched)
                .unwrap();
            for (at, label) in (0u32..).zip(&first) {
                let least = (0u32..)
                    .zip(&with)
                    .filter_map(|(site, row)| {
                        let entry = row.iter().find(|entry| entry.demand == at)?;
                        Some(Label { key: By::Time.key(entry.ms, entry.cm), site })
                    })
                    .min();
                prop_assert_eq!(*label, least.unwrap_or(Label::NONE));
            }
        }
    }

    #[test]
    fn neither_threads_nor_the_order_of_ways_matter(map in maps(1, 2, false)) {
        let roads = Arc::new(map.roads());
        let build = |threads: usize, roads: &Arc<Roads>| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| RoadNetwork::build(roads.clone(), &profile(), Mode::Car, &Unwatched).unwrap())
        };
        let (one, two) = (build(1, &roads), build(2, &roads));
        prop_assert!(arrays(&one.graph) == arrays(&two.graph));
        prop_assert_eq!(one.arcs(), two.arcs());
        let places = map.places(&roads);
        let snap = |network: &RoadNetwork| -> Vec<Snap> {
            places.iter().map(|place| network.snap(*place, Metres::new(100.0)).unwrap()).collect()
        };
        prop_assert_eq!(snap(&one), snap(&two));
        // The last way first.
        let count = roads.ways.len() as u32;
        let ways: Vec<(Vec<u32>, Way)> =
            (0..roads.ways.len()).rev().map(|at| (roads.refs_of(at).to_vec(), roads.ways[at].clone())).collect();
        let turned = |turn: &TurnRestriction| TurnRestriction {
            from_way: count - 1 - turn.from_way,
            to_way: count - 1 - turn.to_way,
            ..*turn
        };
        let reversed =
            Arc::new(roads_of(roads.points.clone(), &ways, roads.turns.iter().map(turned).collect()));
        let other = build(2, &reversed);
        let (mine, others) = (snap(&one), snap(&other));
        // Where roads lie on one another, the order tells which is meant.
        let id = |network: &RoadNetwork, snap: &Snap| {
            network.roads.ways[network.graph.way_along(snap.stretch, snap.cm) as usize].id
        };
        let pieces = segments(&roads).expect("no private roads");
        let told = |snap: &Snap| is_told(&one, &pieces, snap, spot(&one, &pieces, snap), true);
        let same: Vec<usize> = (0..mine.len())
            .filter(|at| id(&one, &mine[*at]) == id(&other, &others[*at]) && told(&mine[*at]))
            .collect();
        let table = |network: &RoadNetwork, snaps: &[Snap]| {
            let demand: Vec<_> = same.iter().map(|at| Some(snaps[*at])).collect();
            let sites: Vec<_> = same.iter().map(|at| Some(Site { snap: snaps[*at], head_start_ms: 0 })).collect();
            network.rows(&demand, &sites, By::limit(1 << 30), TERMS, &Unwatched).unwrap()
        };
        let slack = one.graph.stretches.len() as u32 * 2 + 6;
        for (mine, others) in table(&one, &mine).iter().zip(table(&other, &others)) {
            let demand = |row: &[sotplan::network::RowEntry]| row.iter().map(|e| e.demand).collect::<Vec<_>>();
            prop_assert_eq!(demand(mine), demand(&others));
            for (a, b) in mine.iter().zip(others) {
                prop_assert!(a.ms.abs_diff(b.ms) <= slack, "{:?} {:?}", a, b);
            }
        }
    }
}

/// All that a graph is made of.
fn arrays(graph: &Graph) -> impl PartialEq {
    (
        graph.junctions.clone(),
        graph.stretches.clone(),
        (graph.vertices.clone(), graph.along_cm.clone(), graph.parts.clone()),
        (graph.stretch_pieces.clone(), graph.pieces.clone()),
        (graph.node_junctions.clone(), graph.lane_heads.clone(), graph.lane_tails.clone()),
        (graph.more_lane_tails.clone(), graph.turns_obeyed),
    )
}
