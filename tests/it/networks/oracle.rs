//! Slow and plain answers to the network's questions: every point of every road, and Floyd and Warshall.

use std::collections::BTreeSet;

use sotplan::geometry::{LocalScale, LonLat, ground_distance};
use sotplan::model::roads::{Access, Direction, Roads};
use sotplan::network::{By, RoadNetwork, Snap};

/// A straight piece of a way.
pub struct Segment {
    pub way: usize,
    pub from: usize,
    pub to: usize,
    pub length_m: f64,
    /// Metres a second; 0 = not allowed.
    forward: f64,
    backward: f64,
    is_private: bool,
}

/// A position on a segment.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    pub segment: usize,
    pub t: f64,
}

pub const NO: f64 = f64::INFINITY;

/// The segments of roads that all have limits, for a car with the default profile. `None` where rounding may decide
/// which of two parts is the larger.
pub fn segments(roads: &Roads) -> Option<Vec<Segment>> {
    let mut out = Vec::new();
    for (at, way) in roads.ways.iter().enumerate() {
        let speed = |limit: u16, against: Direction| {
            if way.direction == against { 0.0 } else { f64::from(limit) / 10.0 * 0.85 / 3.6 }
        };
        for pair in roads.refs_of(at).windows(2) {
            let (a, b) = (pair[0] as usize, pair[1] as usize);
            out.push(Segment {
                way: at,
                from: a,
                to: b,
                length_m: ground_distance(roads.points[a].place(), roads.points[b].place()).value(),
                forward: speed(way.limit_forward, Direction::Backward),
                backward: speed(way.limit_backward, Direction::Forward),
                is_private: way.motor == Access::Destination,
            });
        }
    }
    free_what_is_no_bypass(&mut out).then_some(out)
}

/// Private roads are passed through freely unless they are a bypass: groups of private roads, and parts of free roads
/// that only they lead to, stay for the beginning and end of trips, but for the largest part of all that hang
/// together; what hangs on those by one end is like them. Is it clear which is the largest?
fn free_what_is_no_bypass(segments: &mut [Segment]) -> bool {
    let part = parts(segments);
    let doors = doors(segments, &part);
    // What hangs together through doors, and the largest free part of it by its length.
    let size = |wanted: usize| -> f64 {
        let own = segments.iter().enumerate().filter(|(at, _)| part[*at] == wanted);
        own.map(|(_, segment)| segment.length_m).sum()
    };
    let mut whole: Vec<usize> = (0..segments.len()).collect();
    for _ in 0..segments.len() {
        for (a, b, _) in &doors {
            let least = whole[*a].min(whole[*b]);
            (whole[*a], whole[*b]) = (least, least);
        }
    }
    let named: BTreeSet<usize> = doors.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
    let free: Vec<(usize, f64)> =
        named.iter().filter(|node| !segments[**node].is_private).map(|node| (*node, size(*node))).collect();
    let rivals = |node: usize| {
        free.iter().filter(|(other, _)| *other != node && whole[*other] == whole[node]).collect::<Vec<_>>()
    };
    if free.iter().any(|(node, own)| rivals(*node).iter().any(|(_, other)| (other - own).abs() < 0.5)) {
        return false;
    }
    let is_root = |(node, own): &&(usize, f64)| rivals(*node).iter().all(|(_, other)| other < own);
    let roots: BTreeSet<usize> = free.iter().filter(is_root).map(|(node, _)| *node).collect();
    // Take off what hangs by one door, again and again; what is left is private.
    let mut left = doors.clone();
    let mut core: BTreeSet<usize> = named.clone();
    let mut holders: Vec<(usize, Option<usize>)> = Vec::new();
    while let Some(node) = core.iter().copied().find(|node| {
        !roots.contains(node) && left.iter().filter(|d| d.0 == *node || d.1 == *node).count() < 2
    }) {
        let door = left.iter().copied().find(|d| d.0 == node || d.1 == node);
        holders.push((node, door.map(|d| if d.0 == node { d.1 } else { d.0 })));
        left.retain(|d| Some(*d) != door);
        core.remove(&node);
    }
    let mut private: BTreeSet<usize> = core.difference(&roots).copied().collect();
    for (node, holder) in holders.into_iter().rev() {
        if holder.is_some_and(|holder| private.contains(&holder)) {
            private.insert(node);
        }
    }
    for at in 0..segments.len() {
        segments[at].is_private = private.contains(&part[at]);
    }
    true
}

/// The part of each segment: free ones that share a point, private ones that share a point without free roads.
fn parts(segments: &[Segment]) -> Vec<usize> {
    let touched: BTreeSet<usize> =
        segments.iter().filter(|s| !s.is_private).flat_map(|s| [s.from, s.to]).collect();
    let mut part: Vec<usize> = (0..segments.len()).collect();
    for _ in 0..segments.len() {
        for (a, one) in segments.iter().enumerate() {
            for (b, other) in segments.iter().enumerate() {
                let passes = |point: usize| {
                    (point == other.from || point == other.to)
                        && (!one.is_private || !touched.contains(&point))
                };
                if one.is_private == other.is_private && (passes(one.from) || passes(one.to)) {
                    let least = part[a].min(part[b]);
                    (part[a], part[b]) = (least, least);
                }
            }
        }
    }
    part
}

/// Where a private part leaves for a free one: both parts, and the point.
fn doors(segments: &[Segment], part: &[usize]) -> BTreeSet<(usize, usize, usize)> {
    let mut doors: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
    for (a, one) in segments.iter().enumerate().filter(|(_, s)| s.is_private) {
        for (b, other) in segments.iter().enumerate().filter(|(_, s)| !s.is_private) {
            for point in [one.from, one.to] {
                if point == other.from || point == other.to {
                    doors.insert((part[a], part[b], point));
                }
            }
        }
    }
    doors
}

/// Where the network has put a place, as a position on a segment.
pub fn spot(network: &RoadNetwork, segments: &[Segment], snap: &Snap) -> Spot {
    let way = network.graph.way_along(snap.stretch, snap.cm) as usize;
    let of = |at: usize| -> (f64, f64) {
        let place = |point: usize| network.roads.points[point].place();
        nearest(snap.place, place(segments[at].from), place(segments[at].to))
    };
    let own = (0..segments.len()).filter(|at| segments[*at].way == way);
    let segment = own.min_by(|a, b| of(*a).1.total_cmp(&of(*b).1)).expect("the way has segments");
    Spot { segment, t: of(segment).0 }
}

/// Does the place tell the spot? Not where a way lies on itself or has no length; at the end of a segment only if that is asked for.
pub fn is_told(
    network: &RoadNetwork,
    segments: &[Segment],
    snap: &Snap,
    spot: Spot,
    may_be_end: bool,
) -> bool {
    let point = point_of(segments, spot);
    let own = &segments[spot.segment];
    // Both ends of a road without length are where it is.
    if point.is_some() && (!may_be_end || own.length_m < 0.01 && own.from != own.to) {
        return false;
    }
    let place = |point: usize| network.roads.points[point].place();
    segments.iter().enumerate().all(|(segment, s)| {
        let (t, metres) = nearest(snap.place, place(s.from), place(s.to));
        let is_other = segment != spot.segment && s.way == segments[spot.segment].way && metres < 0.05;
        !is_other || point.is_some() && point_of(segments, Spot { segment, t }) == point
    })
}

/// The position on a line nearest to a place, and how far that is.
pub fn nearest(place: LonLat, a: LonLat, b: LonLat) -> (f64, f64) {
    let scale = LocalScale::at(place.lat);
    let ((ax, ay), (bx, by)) = (scale.offset(place, a), scale.offset(place, b));
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let t = if square > 0.0 { (-(ax * dx + ay * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (t, (ax + t * dx).hypot(ay + t * dy))
}

/// The point at the end of a segment where a spot lies, if it lies at one.
fn point_of(segments: &[Segment], spot: Spot) -> Option<usize> {
    let segment = &segments[spot.segment];
    if spot.t * segment.length_m < 0.005 {
        Some(segment.from)
    } else if (1.0 - spot.t) * segment.length_m < 0.005 {
        Some(segment.to)
    } else {
        None
    }
}

fn cost(by: By, metres: f64, speed: f64) -> f64 {
    if speed <= 0.0 {
        return NO;
    }
    match by {
        By::Time => metres / speed * 1000.0,
        By::Distance => metres * 100.0,
    }
}

/// The cost from each spot to each, ms or cm. A trip is private roads, then free ones, then private ones.
pub fn all_pairs(
    points: usize,
    segments: &[Segment],
    spots: &[Spot],
    cuts: &[Spot],
    by: By,
) -> Vec<Vec<f64>> {
    let node: Vec<usize> =
        spots.iter().enumerate().map(|(at, spot)| point_of(segments, *spot).unwrap_or(points + at)).collect();
    let count = (points + spots.len()) * 3;
    let mut far = vec![vec![NO; count]; count];
    let mut arc = |from: usize, to: usize, cost: f64| far[from][to] = far[from][to].min(cost);
    for at in 0..points + spots.len() {
        arc(at * 3, at * 3 + 1, 0.0);
        arc(at * 3 + 1, at * 3 + 2, 0.0);
        (0..3).for_each(|layer| arc(at * 3 + layer, at * 3 + layer, 0.0));
    }
    for (at, segment) in segments.iter().enumerate() {
        let mut stops: Vec<(f64, Option<usize>)> = vec![(0.0, Some(segment.from)), (1.0, Some(segment.to))];
        let inner = (0..spots.len()).filter(|s| spots[*s].segment == at && node[*s] >= points);
        stops.extend(inner.map(|s| (spots[s].t, Some(node[s]))));
        stops.extend(cuts.iter().filter(|cut| cut.segment == at).map(|cut| (cut.t, None)));
        stops.sort_by(|a, b| a.0.total_cmp(&b.0));
        for pair in stops.windows(2) {
            let [(t0, Some(a)), (t1, Some(b))] = pair else { continue };
            let metres = (t1 - t0) * segment.length_m;
            // Two places at one position are one.
            if t0 == t1 && *a >= points && *b >= points {
                (0..3).for_each(|layer| arc(b * 3 + layer, a * 3 + layer, 0.0));
            }
            for layer in if segment.is_private { [0, 2] } else { [1, 1] } {
                arc(a * 3 + layer, b * 3 + layer, cost(by, metres, segment.forward));
                arc(b * 3 + layer, a * 3 + layer, cost(by, metres, segment.backward));
            }
        }
    }
    for via in 0..count {
        let row = far[via].clone();
        for from in &mut far {
            let first = from[via];
            if first < NO {
                from.iter_mut().zip(&row).for_each(|(slot, rest)| *slot = slot.min(first + rest));
            }
        }
    }
    let start = |at: usize| node[at] * 3 + usize::from(!segments[spots[at].segment].is_private);
    (0..spots.len())
        .map(|from| (0..spots.len()).map(|to| far[start(from)][node[to] * 3 + 2]).collect())
        .collect()
}

/// The same with forbidden turns: what is reached are ends of directed segments, none of them private.
/// Turning round is possible at junctions and dead ends only, unless forbidden.
pub fn all_pairs_with_turns(
    roads: &Roads,
    segments: &[Segment],
    spots: &[Spot],
    by: By,
    may_turn_round: &dyn Fn(usize) -> bool,
) -> Vec<Vec<f64>> {
    let lanes = lanes(segments, by);
    let exists = |way: u32, via: u32, arrives: bool| {
        lanes
            .iter()
            .any(|l| l.way == way && l.cost < NO && via as usize == if arrives { l.to } else { l.from })
    };
    let obeyed: Vec<_> = roads
        .turns
        .iter()
        .filter(|t| exists(t.from_way, t.via, true) && exists(t.to_way, t.via, false))
        .collect();
    let allows = |a: usize, b: usize| {
        let turns_round = a ^ 1 == b;
        let (a, b) = (&lanes[a], &lanes[b]);
        if a.to != b.from || turns_round && !may_turn_round(a.to) {
            return false;
        }
        let mut here = obeyed.iter().filter(|t| t.from_way == a.way && t.via as usize == a.to).peekable();
        let only: Vec<u32> = here.clone().filter(|t| t.is_only).map(|t| t.to_way).collect();
        here.all(|t| t.is_only || t.to_way != b.way) && (only.is_empty() || only.contains(&b.way))
    };
    let far = far_by_lane(&lanes, &allows);
    // The share of a lane before a spot, and after it.
    let before = |lane: usize, t: f64| if lane.is_multiple_of(2) { t } else { 1.0 - t };
    let pair = |from: Spot, to: Spot| {
        let mut best = NO;
        for a in [from.segment * 2, from.segment * 2 + 1].into_iter().filter(|a| lanes[*a].cost < NO) {
            let out = lanes[a].cost * (1.0 - before(a, from.t));
            if from.segment == to.segment && before(a, to.t) >= before(a, from.t) {
                best = best.min(lanes[a].cost * (before(a, to.t) - before(a, from.t)));
            }
            for b in [to.segment * 2, to.segment * 2 + 1].into_iter().filter(|b| lanes[*b].cost < NO) {
                let inn = lanes[b].cost * before(b, to.t);
                for (_, arrived) in far[a].iter().enumerate().filter(|(c, _)| allows(*c, b)) {
                    best = best.min(out + arrived + inn);
                }
            }
        }
        best
    };
    spots.iter().map(|from| spots.iter().map(|to| pair(*from, *to)).collect()).collect()
}

/// A directed segment.
#[derive(Clone, Copy)]
struct Lane {
    way: u32,
    from: usize,
    to: usize,
    cost: f64,
}

/// Both directions of each segment, one after the other.
fn lanes(segments: &[Segment], by: By) -> Vec<Lane> {
    segments
        .iter()
        .flat_map(|s| {
            let way = u32::try_from(s.way).unwrap();
            [
                Lane { way, from: s.from, to: s.to, cost: cost(by, s.length_m, s.forward) },
                Lane { way, from: s.to, to: s.from, cost: cost(by, s.length_m, s.backward) },
            ]
        })
        .collect()
}

/// The least cost from each lane's end to each lane's end, by Floyd and Warshall.
fn far_by_lane(lanes: &[Lane], allows: &dyn Fn(usize, usize) -> bool) -> Vec<Vec<f64>> {
    let mut far: Vec<Vec<f64>> = vec![vec![NO; lanes.len()]; lanes.len()];
    for (a, row) in far.iter_mut().enumerate() {
        row[a] = 0.0;
        for (b, slot) in row.iter_mut().enumerate() {
            if lanes[b].cost < NO && allows(a, b) {
                *slot = slot.min(lanes[b].cost);
            }
        }
    }
    for via in 0..lanes.len() {
        let row = far[via].clone();
        for from in &mut far {
            let first = from[via];
            if first < NO {
                from.iter_mut().zip(&row).for_each(|(slot, rest)| *slot = slot.min(first + rest));
            }
        }
    }
    far
}
