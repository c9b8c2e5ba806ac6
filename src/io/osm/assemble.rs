//! How do collected ways become roads whose points are shared? Looks nodes up, cuts ways where nodes are
//! missing, names each point once. Does not know tags or file formats.
//!
//! Points are in order of their node's id and ways in order of theirs, so the same file gives the same roads
//! whatever the order in which its parts were read.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::collect::{Collected, Node, RawRoad, Spot, SpotPlace};
use super::turns::Turn;
use crate::io::input::PlacedSpot;
use crate::model::roads::{Barrier, NO_NAME, RoadPoint, Roads, TurnRestriction, Way};
use crate::progress::{Cancelled, Progress};

/// What a file held: its objects, and where its nodes lie.
pub(super) struct Raw {
    pub collected: Collected,
    pub places: Places,
}

/// Stands for "no such point".
const NONE: u32 = u32::MAX;

/// The nodes that ways name, each once in order of id, and where they lie.
pub(super) struct Places {
    ids: Vec<i64>,
    points: Vec<Option<RoadPoint>>,
}

/// A node found: its position among the wanted ids, and where it lies.
pub(super) type Found = (u32, RoadPoint);

impl Places {
    /// The nodes that these references want, not found yet.
    pub fn wanted_by(refs: &[i64]) -> Self {
        let mut ids = refs.to_vec();
        ids.par_sort_unstable();
        ids.dedup();
        let points = vec![None; ids.len()];
        Self { ids, points }
    }

    /// Which of these nodes are wanted. Nodes in order of id, as nearly all files have them, are found by walking.
    pub fn among(&self, nodes: impl Iterator<Item = Node>) -> Vec<Found> {
        let mut found = Vec::new();
        let (mut at, mut last) = (0, i64::MAX);
        for node in nodes {
            if node.id < last {
                at = self.ids.partition_point(|id| *id < node.id);
            }
            last = node.id;
            while self.ids.get(at).is_some_and(|id| *id < node.id) {
                at += 1;
            }
            if self.ids.get(at) == Some(&node.id)
                && let Ok(ix) = u32::try_from(at)
            {
                found.push((ix, node.point));
            }
        }
        found
    }

    /// Puts found nodes in their place; of two with one id the first stays.
    pub fn put(&mut self, found: Vec<Found>) {
        for (ix, point) in found {
            self.points[ix as usize].get_or_insert(point);
        }
    }

    fn find(&self, id: i64) -> u32 {
        match self.ids.binary_search(&id) {
            Ok(ix) if self.points[ix].is_some() => u32::try_from(ix).unwrap_or(NONE),
            _ => NONE,
        }
    }
}

/// The roads, and where the services lie.
pub(super) fn assemble(
    collected: Collected,
    places: &Places,
    progress: &dyn Progress,
) -> Result<(Roads, Vec<PlacedSpot>), Cancelled> {
    let Collected { mut roads, refs, mut barriers, turns, spots, report, .. } = collected;
    // Positions among the wanted nodes, [`NONE`] where a node is missing.
    let at: Vec<u32> = refs.par_iter().map(|id| places.find(*id)).collect();
    drop(refs);
    progress.check()?;
    roads.par_sort_by_key(|raw| raw.road.way.id);
    let mut out = Roads { report, ..Roads::default() };
    add_ways(&mut out, roads, &at);
    progress.check()?;
    let point_ix = number_points(&mut out, places);
    barriers.sort_by_key(|(id, _)| *id);
    barriers.dedup_by_key(|(id, _)| *id);
    let point_of = |id: i64| point_ix.get(places.find(id) as usize).copied().filter(|ix| *ix != NONE);
    out.barriers = barriers
        .into_iter()
        .filter_map(|(id, stops)| {
            let point = point_of(id)?;
            Some(Barrier {
                point,
                stops_cars: stops.cars,
                stops_foot: stops.foot,
                stops_rescue: stops.rescue,
                is_private: stops.is_private,
            })
        })
        .collect();
    out.report.barriers_read = out.barriers.len() as u64;
    add_turns(&mut out, &turns, point_of);
    let spots = spots.into_iter().filter_map(|spot| place_spot(spot, &at, places, &mut out)).collect();
    Ok((out, spots))
}

/// Adds every way, cut into runs of nodes that are there. Its references are positions among the wanted nodes.
fn add_ways(out: &mut Roads, roads: Vec<RawRoad>, at: &[u32]) {
    let mut names: FxHashMap<Box<str>, u32> = FxHashMap::default();
    let mut last = None;
    for raw in roads {
        let mut way = raw.road.way;
        if last.replace(way.id) == Some(way.id) {
            out.report.refuse("duplicate_id", &format!("way {}", way.id), "");
            continue;
        }
        let nodes = &at[raw.refs];
        let before = out.ways.len();
        if let Some(name) = raw.road.name.filter(|_| nodes.len() > 1) {
            let next = u32::try_from(out.names.len()).unwrap_or(NO_NAME);
            way.name = *names.entry(name).or_insert_with_key(|name| {
                out.names.push(name.to_string());
                next
            });
        }
        for run in nodes.split(|ix| *ix == NONE) {
            add_run(out, &way, run);
        }
        let missing = nodes.iter().filter(|ix| **ix == NONE).count();
        if out.ways.len() > before {
            out.report.ways_used += 1;
            if missing > 0 {
                let what = format!("way {}: {missing} / {}", way.id, nodes.len());
                out.report.note("missing_nodes", &what);
            }
        } else {
            let reason = if missing > 0 { "missing_nodes" } else { "too_short" };
            let detail = format!("{missing} / {}", nodes.len());
            out.report.refuse(reason, &format!("way {}", way.id), &detail);
        }
    }
}

/// A stretch of at least two different nodes, each once in a row.
fn add_run(out: &mut Roads, way: &Way, run: &[u32]) {
    let first = out.refs.len();
    out.refs.extend(run);
    let mut kept = first;
    for ix in first..out.refs.len() {
        if kept == first || out.refs[ix] != out.refs[kept - 1] {
            out.refs[kept] = out.refs[ix];
            kept += 1;
        }
    }
    out.refs.truncate(kept);
    // Positions are `u32`: a file with more references than that has no room.
    match u32::try_from(first) {
        Ok(first_ref) if kept - first >= 2 => out.ways.push(Way { first_ref, ..way.clone() }),
        _ => out.refs.truncate(first),
    }
}

/// Makes points of the nodes that roads use; returns the point of each wanted node.
fn number_points(out: &mut Roads, places: &Places) -> Vec<u32> {
    let mut point_ix = vec![NONE; places.ids.len()];
    for ix in &out.refs {
        point_ix[*ix as usize] = 0;
    }
    for (ix, point) in point_ix.iter_mut().zip(&places.points) {
        if let (0, Some(point)) = (*ix, point) {
            *ix = u32::try_from(out.points.len()).unwrap_or(NONE);
            out.points.push(*point);
        }
    }
    out.refs.par_iter_mut().for_each(|ix| *ix = point_ix[*ix as usize]);
    point_ix
}

fn add_turns(out: &mut Roads, turns: &[Turn], point_of: impl Fn(i64) -> Option<u32>) {
    let way_at = |roads: &Roads, id: i64, via: u32| {
        let first = roads.ways.partition_point(|way| way.id < id);
        let runs = roads.ways[first..].iter().take_while(|way| way.id == id).count();
        let ix = (first..first + runs).find(|ix| roads.refs_of(*ix).contains(&via))?;
        u32::try_from(ix).ok()
    };
    for turn in turns {
        let found = point_of(turn.via_node).and_then(|via| {
            let from_way = way_at(out, turn.from_way, via)?;
            let to_way = way_at(out, turn.to_way, via)?;
            Some(TurnRestriction { from_way, to_way, via, is_only: turn.is_only })
        });
        match found {
            Some(turn) => out.turns.push(turn),
            None => *out.report.turns_left.entry("incomplete".into()).or_default() += 1,
        }
    }
    out.turns.sort_by_key(|turn| (turn.via, turn.from_way, turn.to_way, turn.is_only));
    out.turns.dedup();
    out.report.turns_read = out.turns.len() as u64;
}

/// A service at its node, or at the mean of the nodes around it.
fn place_spot(spot: Spot, at: &[u32], places: &Places, out: &mut Roads) -> Option<PlacedSpot> {
    let (lon, lat) = match &spot.place {
        SpotPlace::At(point) => (f64::from(point.lon_e7), f64::from(point.lat_e7)),
        SpotPlace::Around(range) => {
            let known = at[range.clone()].iter().filter_map(|ix| *places.points.get(*ix as usize)?);
            let (mut n, mut lon, mut lat) = (0.0, 0.0, 0.0);
            for point in known {
                n += 1.0;
                lon += f64::from(point.lon_e7);
                lat += f64::from(point.lat_e7);
            }
            if n == 0.0 {
                out.report.note("service_without_nodes", &format!("way {}", spot.id));
                return None;
            }
            (lon / n, lat / n)
        }
    };
    Some(PlacedSpot {
        kinds: spot.kinds,
        is_place: spot.is_place,
        is_way: spot.is_way,
        id: spot.id,
        lon: lon * 1e-7,
        lat: lat * 1e-7,
        properties: spot.properties,
    })
}
