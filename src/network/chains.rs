//! Where are the junctions, and which stretches of road lie between them?
//! A stretch runs through the places where one way merely goes over into another. Does not know times.

use rustc_hash::FxHashSet;

use super::rules::WayUse;
use crate::model::roads::{RoadPoint, Roads};

/// No run, no way, no point.
const NONE: u32 = u32::MAX;

/// A part of one way between two breaks, as positions in [`Roads::refs`], both included.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    pub way: u32,
    pub from: u32,
    pub to: u32,
}

/// A stretch: runs one after the other, each along or against its way.
#[derive(Debug, Clone, Copy)]
pub struct Chain {
    /// Positions in [`Chains::parts`].
    pub first_part: u32,
    pub part_count: u32,
    /// The points at its ends.
    pub tail: RoadEnd,
    pub head: RoadEnd,
    /// A gate without length, between two ends of roads at one point, which cars pass only to begin or end a trip
    /// behind it.
    pub is_gate: bool,
    /// A road that ends at such a gate, and goes on behind it: it is only to begin or end a trip.
    pub is_at_gate: bool,
}

/// The end of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoadEnd {
    pub point: u32,
    /// A barrier stands here: every stretch ends for itself.
    pub is_blocked: bool,
}

/// The stretches of a network, in the order of its ways.
pub struct Chains {
    pub chains: Vec<Chain>,
    /// Runs in the order and direction of travel.
    pub parts: Vec<(Run, bool)>,
}

/// What a point is to the network.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PointKind {
    Shape,
    /// Two ways meet and one goes over into the other.
    Joint,
    Junction,
    /// A junction where nobody passes.
    Blocked,
}

struct Points {
    kinds: Vec<PointKind>,
    /// Joints only: the two way ends that meet, as `way · 2 + is_last`.
    ends: Vec<[u32; 2]>,
}

/// Finds the stretches that somebody may use.
///
/// The gates are among the points that are blocked. A way with a gate is a stretch, or several, by itself, so that what
/// is next to the gate ends with the way.
#[must_use]
pub fn chains(roads: &Roads, uses: &[WayUse], is_blocked: &[bool], is_gate: &FxHashSet<u32>) -> Chains {
    let mut points = classify(roads, uses, is_blocked);
    part_ways_with_gates(roads, uses, is_gate, &mut points);
    let (runs, mut run_ends) = split(roads, uses, &points);
    let mut out = Chains { chains: Vec::with_capacity(runs.len()), parts: Vec::with_capacity(runs.len()) };
    let mut is_done = vec![false; runs.len()];
    // First those that begin at a junction; what is left are rings of joints, cut where their first run begins.
    for is_ring in [false, true] {
        for at in 0..runs.len() {
            let run = runs[at];
            let (first, last) = (roads.refs[run.from as usize], roads.refs[run.to as usize]);
            if is_done[at] {
                continue;
            }
            let is_end = |point: u32, points: &Points| points.kinds[point as usize] != PointKind::Joint;
            let forward = if is_end(first, &points) {
                true
            } else if is_end(last, &points) {
                false
            } else if is_ring {
                points.kinds[first as usize] = PointKind::Junction;
                run_ends[first as usize] = [NONE; 2];
                true
            } else {
                continue;
            };
            follow(roads, &runs, &run_ends, &points, (at, forward), &mut is_done, &mut out);
        }
    }
    out
}

/// Follows a stretch from one of its ends to the other.
fn follow(
    roads: &Roads,
    runs: &[Run],
    run_ends: &[[u32; 2]],
    points: &Points,
    (mut at, mut forward): (usize, bool),
    is_done: &mut [bool],
    out: &mut Chains,
) {
    let ends = |at: usize, forward: bool| {
        let (first, last) = (roads.refs[runs[at].from as usize], roads.refs[runs[at].to as usize]);
        if forward { (first, last) } else { (last, first) }
    };
    let end = |point: u32| RoadEnd { point, is_blocked: points.kinds[point as usize] == PointKind::Blocked };
    let first_part = u32::try_from(out.parts.len()).unwrap_or(NONE);
    let tail = end(ends(at, forward).0);
    let mut head = tail;
    let mut part_count = 0;
    loop {
        is_done[at] = true;
        out.parts.push((runs[at], forward));
        part_count += 1;
        let last = ends(at, forward).1;
        head.point = last;
        head.is_blocked = end(last).is_blocked;
        if points.kinds[last as usize] != PointKind::Joint {
            break;
        }
        // The joint's other end; a run's end is `run · 2 + is_last`.
        let here = u32::try_from(at).unwrap_or(NONE) * 2 + u32::from(forward);
        let [a, b] = run_ends[last as usize];
        let next = if a == here { b } else { a };
        if next == NONE || is_done[next as usize / 2] {
            break;
        }
        at = next as usize / 2;
        forward = next % 2 == 0;
    }
    out.chains.push(Chain { first_part, part_count, tail, head, is_gate: false, is_at_gate: false });
}

fn part_ways_with_gates(roads: &Roads, uses: &[WayUse], is_gate: &FxHashSet<u32>, points: &mut Points) {
    if is_gate.is_empty() {
        return;
    }
    for (way, _) in uses.iter().enumerate().filter(|(_, used)| !used.is_none()) {
        let refs = roads.refs_of(way);
        if !refs.iter().any(|point| is_gate.contains(point)) {
            continue;
        }
        for end in [refs.first(), refs.last()].into_iter().flatten() {
            let kind = &mut points.kinds[*end as usize];
            if *kind == PointKind::Joint {
                *kind = PointKind::Junction;
            }
        }
    }
}

fn classify(roads: &Roads, uses: &[WayUse], is_blocked: &[bool]) -> Points {
    let mut degree = vec![0u8; roads.points.len()];
    let mut ends = vec![[NONE; 2]; roads.points.len()];
    for (way, used) in uses.iter().enumerate() {
        let refs = roads.refs_of(way);
        let (Some((first, rest)), false) = (refs.split_first(), used.is_none()) else { continue };
        let Some((last, inner)) = rest.split_last() else { continue };
        for point in inner {
            let slot = &mut degree[*point as usize];
            *slot = slot.saturating_add(2);
        }
        for (point, is_last) in [(first, 0), (last, 1)] {
            let slot = &mut degree[*point as usize];
            *slot = slot.saturating_add(1);
            let end = u32::try_from(way).unwrap_or(NONE) * 2 + is_last;
            let slots = &mut ends[*point as usize];
            if slots[0] == NONE {
                slots[0] = end;
            } else {
                slots[1] = end;
            }
        }
    }
    let mut kinds: Vec<PointKind> = degree
        .iter()
        .zip(&ends)
        .map(|(degree, [a, b])| match (degree, *a, *b) {
            (0 | 2, NONE, _) => PointKind::Shape,
            (2, a, b) if b != NONE && goes_over(roads, uses, a, b) => PointKind::Joint,
            _ => PointKind::Junction,
        })
        .collect();
    for turn in &roads.turns {
        kinds[turn.via as usize] = PointKind::Junction;
    }
    for (point, blocked) in is_blocked.iter().enumerate() {
        if *blocked && degree[point] > 0 {
            kinds[point] = PointKind::Blocked;
        }
    }
    Points { kinds, ends }
}

/// Are two way ends, `way · 2 + is_last`, one road for whoever travels?
fn goes_over(roads: &Roads, uses: &[WayUse], a: u32, b: u32) -> bool {
    let (way_a, way_b) = (a as usize / 2, b as usize / 2);
    if way_a == way_b {
        return false;
    }
    let (here, there) = (&roads.ways[way_a], &roads.ways[way_b]);
    let (use_a, use_b) = (uses[way_a], uses[way_b]);
    // Towards the joint at the end of a way is along it; away is against it.
    let (to_a, from_a) =
        if a % 2 == 1 { (use_a.forward, use_a.backward) } else { (use_a.backward, use_a.forward) };
    let (to_b, from_b) =
        if b % 2 == 1 { (use_b.forward, use_b.backward) } else { (use_b.backward, use_b.forward) };
    here.class == there.class
        && here.is_roundabout == there.is_roundabout
        && here.is_shut_off() == there.is_shut_off()
        && use_a.is_destination_only == use_b.is_destination_only
        && (to_a > 0.0) == (from_b > 0.0)
        && (to_b > 0.0) == (from_a > 0.0)
}

/// Cuts the ways at junctions; the run ends that meet at each joint, as `run · 2 + is_last`.
fn split(roads: &Roads, uses: &[WayUse], points: &Points) -> (Vec<Run>, Vec<[u32; 2]>) {
    let mut runs = Vec::with_capacity(roads.ways.len() * 2);
    // The joints' way ends are rewritten as run ends.
    let mut run_ends = points.ends.clone();
    for (way, used) in uses.iter().enumerate() {
        if used.is_none() {
            continue;
        }
        let (refs, start) = (roads.refs_of(way), roads.ways[way].first_ref);
        let way_ix = u32::try_from(way).unwrap_or(NONE);
        let mut from = 0;
        for at in 1..refs.len() {
            let is_last = at + 1 == refs.len();
            let is_break =
                matches!(points.kinds[refs[at] as usize], PointKind::Junction | PointKind::Blocked);
            if !is_last && !is_break {
                continue;
            }
            let run = u32::try_from(runs.len()).unwrap_or(NONE);
            let offset = |at: usize| start + u32::try_from(at).unwrap_or(0);
            runs.push(Run { way: way_ix, from: offset(from), to: offset(at) });
            for (at, is_run_last) in [(from, 0), (at, 1)] {
                let is_way_end = at == 0 || at + 1 == refs.len();
                if is_way_end && points.kinds[refs[at] as usize] == PointKind::Joint {
                    let way_end = way_ix * 2 + u32::from(at != 0);
                    let slots = &mut run_ends[refs[at] as usize];
                    let slot = usize::from(points.ends[refs[at] as usize][0] != way_end);
                    slots[slot] = run * 2 + is_run_last;
                }
            }
            from = at;
        }
    }
    (runs, run_ends)
}

/// The points of a run in the direction of travel.
pub fn run_points(roads: &Roads, run: Run, forward: bool) -> impl ExactSizeIterator<Item = RoadPoint> {
    let refs = &roads.refs[run.from as usize..=run.to as usize];
    let count = refs.len();
    (0..count).map(move |at| {
        let at = if forward { at } else { count - 1 - at };
        roads.points[refs[at] as usize]
    })
}
