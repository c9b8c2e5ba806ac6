//! What a limit reaches, and which roads matter, against asking for every place and every road one by one.

use std::sync::Arc;

use sotplan::geometry::LonLat;
use sotplan::model::roads::{Direction, RoadPoint, Roads};
use sotplan::model::{Mode, TravelProfile};
use sotplan::network::{By, FAR, Heading, Resident, RoadNetwork, Site, Snap, Step, Terms};
use sotplan::progress::Unwatched;
use sotplan::units::Metres;

use super::ascii::{place, plain_way, roads_of};

/// A board of roads, some missing, some one-way; the same for the same seed.
fn board(side: u32, seed: u64) -> Roads {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut dice = |sides: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % sides
    };
    let mut points = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let shift = |dice: &mut dyn FnMut(u64) -> u64| f64::from(u32::try_from(dice(60)).unwrap()) - 30.0;
            let (dx, dy) = (shift(&mut dice), shift(&mut dice));
            points.push(RoadPoint::from(place(
                f64::from(column).mul_add(200.0, dx),
                f64::from(row).mul_add(200.0, dy),
            )));
        }
    }
    let mut ways = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let here = row * side + column;
            for (is_inside, there) in [(column + 1 < side, here + 1), (row + 1 < side, here + side)] {
                if !is_inside || dice(5) == 0 {
                    continue;
                }
                let mut way = plain_way(i64::try_from(ways.len()).unwrap());
                way.limit_forward = u16::try_from(300 + dice(600)).unwrap();
                way.limit_backward = way.limit_forward;
                match dice(8) {
                    0 => way.direction = Direction::Forward,
                    1 => way.direction = Direction::Backward,
                    _ => {}
                }
                ways.push((vec![here, there], way));
            }
        }
    }
    roads_of(points, &ways, Vec::new())
}

fn network(roads: Roads) -> RoadNetwork {
    let profile = TravelProfile { prefer_connected_within: Metres::new(0.0), ..TravelProfile::default() };
    RoadNetwork::build(Arc::new(roads), &profile, Mode::Car, &Unwatched).expect("a network")
}

fn on(network: &RoadNetwork, place: LonLat) -> Snap {
    network.snap(place, Metres::new(3_000.0)).expect("a road nearby")
}

fn terms(heading: Heading, by: By) -> Terms {
    Terms { by, heading, counts_access: false }
}

#[test]
fn what_is_reached_is_what_costs_at_most_the_limit() {
    let mut inside = 0;
    for seed in 1..40 {
        let network = network(board(6, seed));
        let start = on(&network, place(510.0, 490.0));
        for (heading, by, units) in [
            (Heading::ToSite, By::Time, 60_000),
            (Heading::FromSite, By::Time, 45_000),
            (Heading::FromSite, By::Distance, 70_000),
        ] {
            let terms = terms(heading, by);
            let reached = network.reach(&start, By::limit(units), terms, &Unwatched).expect("steps");
            for pair in reached.windows(2) {
                let (a, b) = (&pair[0], &pair[1]);
                assert!(
                    a.from_cm <= a.to_cm && (a.stretch, a.to_cm) < (b.stretch, b.from_cm),
                    "each part once"
                );
            }
            let covers = |stretch: u32, cm: u32| {
                reached.iter().any(|s: &Step| {
                    s.stretch == stretch && (s.from_cm.min(s.to_cm)..=s.from_cm.max(s.to_cm)).contains(&cm)
                })
            };
            for stretch in 0..u32::try_from(network.graph.stretches.len()).unwrap() {
                let whole = network.graph.stretches[stretch as usize].cm;
                for tenth in 1..10 {
                    let cm = whole / 10 * tenth;
                    let snap = on(&network, network.graph.place_along(stretch, cm));
                    if snap.stretch != stretch {
                        continue;
                    }
                    let site = [Some(Site { snap: start, head_start_ms: 0 })];
                    let rows = network.rows(&[Some(snap)], &site, FAR - 1, terms, &Unwatched).expect("a row");
                    let cost = rows[0].first().map_or(u32::MAX, |entry| match by {
                        By::Time => entry.ms,
                        By::Distance => entry.cm,
                    });
                    // Positions are rounded to the centimetre, times to the millisecond.
                    let slack = 60;
                    if cost.saturating_add(slack) < units {
                        inside += 1;
                        assert!(covers(stretch, snap.cm), "seed {seed}: {cost} of {units} is not reached");
                    } else if cost > units + slack {
                        assert!(!covers(stretch, snap.cm), "seed {seed}: {cost} of {units} is reached");
                    }
                }
            }
        }
    }
    assert!(inside > 1_000, "the boards are worth the test: {inside}");
}

#[test]
fn a_critical_road_costs_what_the_network_without_it_costs() {
    let mut compared = 0;
    let mut cut_off = 0.0;
    for seed in 1..40 {
        let roads = board(5, seed);
        let full = network(roads.clone());
        let homes: Vec<LonLat> = (0..12u32)
            .map(|n| place(f64::from(n * 67 % 800) + 13.0, f64::from(n * 131 % 800) + 17.0))
            .collect();
        let shops = [place(120.0, 80.0), place(690.0, 610.0)];
        for (heading, by) in [(Heading::ToSite, By::Time), (Heading::FromSite, By::Distance)] {
            let terms = terms(heading, by);
            let sites = |network: &RoadNetwork| {
                shops.map(|shop| Some(Site { snap: on(network, shop), head_start_ms: 0 }))
            };
            let residents: Vec<Resident> =
                homes.iter().map(|home| Resident { snap: on(&full, *home), people: 3.0 }).collect();
            let critical = full.criticality(&residents, &sites(&full), terms, &Unwatched).expect("a list");
            let costs = |network: &RoadNetwork| {
                let demand: Vec<_> = homes.iter().map(|home| Some(on(network, *home))).collect();
                network.nearest(&demand, &sites(network), 1, terms, &Unwatched).expect("costs")
            };
            let before = costs(&full);
            for found in critical {
                let occupied = residents.iter().map(|resident| resident.snap.stretch);
                let mut occupied =
                    occupied.chain(sites(&full).into_iter().flatten().map(|site| site.snap.stretch));
                if occupied.any(|stretch| stretch == found.stretch) {
                    continue;
                }
                let gone: Vec<u32> = full.graph.parts_of(found.stretch).iter().map(|part| part.way).collect();
                let kept = (0..u32::try_from(roads.ways.len()).unwrap()).filter(|way| !gone.contains(way));
                let kept: Vec<_> = kept
                    .map(|way| (roads.refs_of(way as usize).to_vec(), roads.ways[way as usize].clone()))
                    .collect();
                let after = costs(&network(roads_of(roads.points.clone(), &kept, Vec::new())));
                let mut wanted = (0.0, 0.0, 0.0);
                for (old, new) in before.iter().zip(&after) {
                    // Without a road other roads become one stretch, rounded once instead of twice.
                    if (new.key >> 32).abs_diff(old.key >> 32) <= 10 {
                        continue;
                    }
                    wanted.0 += 3.0;
                    if new.key == FAR {
                        wanted.1 += 3.0;
                    } else {
                        let units = |key: u64| match by {
                            By::Time => f64::from(by.parts(key).0),
                            By::Distance => f64::from(by.parts(key).1),
                        };
                        wanted.2 += (units(new.key) - units(old.key)) * 3.0;
                    }
                }
                let extra = if by == By::Time { found.extra_ms } else { found.extra_cm };
                assert_eq!((found.people, found.people_cut_off), (wanted.0, wanted.1), "seed {seed}");
                assert!((extra - wanted.2).abs() <= 10.0 * wanted.0, "seed {seed}: {extra} {}", wanted.2);
                compared += 1;
                cut_off += found.people_cut_off;
            }
        }
    }
    assert!(compared > 100 && cut_off > 0.0, "the boards are worth the test: {compared}, {cut_off}");
}
