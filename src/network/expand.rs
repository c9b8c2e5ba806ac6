//! Which arcs does a search follow, so that turn restrictions and private roads are obeyed without looking back?
//!
//! A junction gets copies where the past matters. Arriving by a lane with forbidden turns, one stands on a copy
//! of the junction that lacks them. Roads for destinations only are doubled: one copy to begin a trip on
//! (`S`), one to end it on (`E`), with free steps S → F → E at their junctions with free roads (`F`), so that
//! no trip passes through. Both are exact and cost nothing where they do not occur.

use rustc_hash::{FxHashMap, FxHashSet};

use super::graph::{Adjacency, Edge, Graph, NONE, Stretch};
use super::private::keep_only_bypasses;
use crate::model::Mode;
use crate::model::roads::Roads;

/// One directed arc before it is sorted in.
struct Link {
    from: u32,
    to: u32,
    ms: u32,
    cm: u32,
    lane: u32,
}

/// The search nodes of every junction.
struct Copies {
    free: Vec<u32>,
    start: Vec<u32>,
    end: Vec<u32>,
    /// (junction, search node, lanes that may not follow), sorted by junction.
    turns: Vec<(u32, u32, Vec<u32>)>,
    /// The copy on which an arriving lane stands.
    arrivals: FxHashMap<u32, u32>,
}

/// Fills in the search arcs of a graph whose stretches are known.
pub fn expand(roads: &Roads, graph: &mut Graph) {
    keep_only_bypasses(graph);
    let bans = forbidden_turns(roads, graph);
    let copies = number_nodes(graph, bans);
    let links = links(graph, &copies);
    let count = graph.node_junctions.len();
    let (out, inn) = rayon::join(|| adjacency(count, &links, false), || adjacency(count, &links, true));
    graph.out = out;
    graph.inn = inn;
}

/// The junctions a lane leads from and to.
fn lane_ends(stretch: &Stretch, lane: u32) -> (u32, u32) {
    if lane == 0 { (stretch.tail, stretch.head) } else { (stretch.head, stretch.tail) }
}

/// The lanes that may not follow an arriving lane.
fn forbidden_turns(roads: &Roads, graph: &mut Graph) -> FxHashMap<u32, Vec<u32>> {
    let mut bans: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    // Signs for cars bind neither those on foot nor a rescue vehicle on its way.
    if roads.turns.is_empty() || graph.mode != Mode::Car {
        return bans;
    }
    let vias: FxHashSet<_> = roads.turns.iter().map(|turn| roads.points[turn.via as usize]).collect();
    // Per junction of a restriction: (arriving lane, leaving lane, way).
    let mut ends: FxHashMap<_, Vec<(u32, u32, u32)>> = FxHashMap::default();
    for (at, stretch) in (0u32..).zip(&graph.stretches) {
        if stretch.is_destination_only {
            continue;
        }
        let parts = graph.parts_of(at);
        for (junction, arriving, leaving, part) in [
            (stretch.head, at * 2, at * 2 + 1, parts.last()),
            (stretch.tail, at * 2 + 1, at * 2, parts.first()),
        ] {
            let place = graph.junctions[junction as usize];
            if let (true, Some(part)) = (vias.contains(&place), part) {
                ends.entry(place).or_default().push((arriving, leaving, part.way));
            }
        }
    }
    let allows = |lane: u32| graph.stretches[lane as usize / 2].allows(lane % 2);
    let mut obeyed = 0;
    // Several turns that are the only ones from a lane: any of them may be made.
    let mut only: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for turn in &roads.turns {
        let Some(ends) = ends.get(&roads.points[turn.via as usize]) else { continue };
        let arriving: Vec<u32> =
            ends.iter().filter(|end| end.2 == turn.from_way && allows(end.0)).map(|end| end.0).collect();
        let targets: Vec<u32> =
            ends.iter().filter(|end| end.2 == turn.to_way && allows(end.1)).map(|end| end.1).collect();
        if arriving.is_empty() || targets.is_empty() {
            continue;
        }
        obeyed += 1;
        for lane in arriving {
            if turn.is_only {
                only.entry(lane).or_default().extend(&targets);
            } else if turn.from_way == turn.to_way && targets.contains(&(lane ^ 1)) {
                // No turning round; where the way goes on it may be followed.
                bans.entry(lane).or_default().push(lane ^ 1);
            } else {
                bans.entry(lane).or_default().extend(&targets);
            }
        }
    }
    #[allow(clippy::iter_over_hash_type, reason = "each value is changed for itself")]
    for (lane, allowed) in only {
        let place = graph.junctions[lane_ends(&graph.stretches[lane as usize / 2], lane % 2).1 as usize];
        let others = ends[&place].iter().map(|end| end.1).filter(|leaving| !allowed.contains(leaving));
        bans.entry(lane).or_default().extend(others.filter(|leaving| allows(*leaving)));
    }
    #[allow(clippy::iter_over_hash_type, reason = "each value is changed for itself")]
    for lanes in bans.values_mut() {
        lanes.sort_unstable();
        lanes.dedup();
    }
    graph.turns_obeyed = obeyed;
    bans
}

fn number_nodes(graph: &mut Graph, bans: FxHashMap<u32, Vec<u32>>) -> Copies {
    let count = graph.junctions.len();
    let (mut is_free, mut is_private) = (vec![false; count], vec![false; count]);
    for stretch in &graph.stretches {
        let flags = if stretch.is_destination_only { &mut is_private } else { &mut is_free };
        flags[stretch.tail as usize] = true;
        flags[stretch.head as usize] = true;
    }
    let mut turns: Vec<(u32, u32, Vec<u32>)> = bans
        .into_iter()
        .filter(|(_, banned)| !banned.is_empty())
        .map(|(lane, banned)| (lane_ends(&graph.stretches[lane as usize / 2], lane % 2).1, lane, banned))
        .collect();
    turns.sort_unstable();
    let mut copies = Copies {
        free: vec![NONE; count],
        start: vec![NONE; count],
        end: vec![NONE; count],
        turns: Vec::with_capacity(turns.len()),
        arrivals: FxHashMap::default(),
    };
    let mut turns = turns.into_iter().peekable();
    for at in 0..count {
        let junction = u32::try_from(at).unwrap_or(NONE);
        let mut node = || {
            graph.node_junctions.push(junction);
            u32::try_from(graph.node_junctions.len() - 1).unwrap_or(NONE)
        };
        if is_free[at] || !is_private[at] {
            copies.free[at] = node();
        }
        if is_private[at] {
            copies.start[at] = node();
            copies.end[at] = node();
        }
        while let Some((_, lane, banned)) = turns.next_if(|(j, ..)| *j == junction) {
            let copy = node();
            copies.arrivals.insert(lane, copy);
            copies.turns.push((junction, copy, banned));
        }
    }
    copies
}

fn links(graph: &mut Graph, copies: &Copies) -> Vec<Link> {
    let lanes = graph.stretches.len() * 2;
    graph.lane_heads = vec![NONE; lanes];
    graph.lane_tails = vec![NONE; lanes];
    let mut links = Vec::with_capacity(lanes);
    for (at, stretch) in (0u32..).zip(&graph.stretches) {
        for side in [0, 1] {
            if !stretch.allows(side) {
                continue;
            }
            let lane = at * 2 + side;
            let (u, v) = lane_ends(stretch, side);
            let mut link = |from: u32, to: u32| {
                links.push(Link { from, to, ms: stretch.ms(side), cm: stretch.cm, lane });
            };
            let (u, v) = (u as usize, v as usize);
            if stretch.is_destination_only {
                link(copies.start[u], copies.start[v]);
                link(copies.end[u], copies.end[v]);
                graph.lane_heads[lane as usize] = copies.start[v];
                graph.lane_tails[lane as usize] = copies.end[u];
                continue;
            }
            let to = copies.arrivals.get(&lane).copied().unwrap_or(copies.free[v]);
            link(copies.free[u], to);
            graph.lane_heads[lane as usize] = to;
            graph.lane_tails[lane as usize] = copies.free[u];
            let from = copies.turns.partition_point(|(j, ..)| (*j as usize) < u);
            for (_, copy, banned) in copies.turns[from..].iter().take_while(|(j, ..)| *j as usize == u) {
                if banned.binary_search(&lane).is_err() {
                    link(*copy, to);
                    graph.more_lane_tails.push((lane, *copy));
                }
            }
        }
    }
    let mut step = |from: u32, to: u32| {
        if from != NONE && to != NONE {
            links.push(Link { from, to, ms: 0, cm: 0, lane: NONE });
        }
    };
    for at in 0..copies.free.len() {
        let (free, start, end) = (copies.free[at], copies.start[at], copies.end[at]);
        if free == NONE {
            step(start, end);
        } else {
            step(start, free);
            step(free, end);
        }
    }
    for (junction, copy, _) in &copies.turns {
        step(*copy, copies.end[*junction as usize]);
    }
    graph.more_lane_tails.sort_unstable();
    links
}

fn adjacency(count: usize, links: &[Link], is_reversed: bool) -> Adjacency {
    let ends = |link: &Link| if is_reversed { (link.to, link.from) } else { (link.from, link.to) };
    let mut starts = vec![0u32; count + 1];
    for link in links {
        starts[ends(link).0 as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut arcs = vec![Edge::default(); links.len()];
    let mut lanes = vec![NONE; links.len()];
    for link in links {
        let (from, to) = ends(link);
        let slot = next[from as usize] as usize;
        next[from as usize] += 1;
        arcs[slot] = Edge { to, ms: link.ms, cm: link.cm };
        lanes[slot] = link.lane;
    }
    Adjacency { starts, arcs, lanes }
}
