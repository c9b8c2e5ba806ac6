//! How do roads become a graph for one profile? Chains are measured, timed, put in spatial order and joined.
//! Does not know files.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::chains::{Chain, Chains, RoadEnd, Run, chains, run_points};
use super::expand::expand;
use super::graph::{Graph, NONE, Part, Stretch};
use super::pieces;
use super::rules::{Rules, WayUse};
use crate::geometry::ground_distance;
use crate::model::roads::{RoadClass, RoadPoint, Roads};
use crate::model::{Mode, TravelProfile};
use crate::progress::{Cancelled, Progress};

impl Graph {
    /// Makes the graph of roads for one profile.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    ///
    /// # Complexity
    /// O(points + junctions · log junctions).
    pub fn build(
        roads: &Roads,
        profile: &TravelProfile,
        mode: Mode,
        progress: &dyn Progress,
    ) -> Result<Self, Cancelled> {
        let rules = Rules::new(profile, mode);
        let uses: Vec<WayUse> = (0..roads.ways.len())
            .into_par_iter()
            .map(|way| rules.of(&roads.ways[way], way_length(roads, way)))
            .collect();
        progress.check()?;
        let mut is_blocked = vec![false; roads.points.len()];
        for barrier in roads.barriers.iter().filter(|barrier| rules.is_stopped_by(**barrier)) {
            is_blocked[barrier.point as usize] = true;
        }
        let mut is_gate = FxHashSet::default();
        for barrier in roads.barriers.iter().filter(|barrier| rules.is_kept_private_by(**barrier)) {
            // Every road ends for itself at the gate, and a stretch without length leads through it.
            if !is_blocked[barrier.point as usize] {
                is_blocked[barrier.point as usize] = true;
                is_gate.insert(barrier.point);
            }
        }
        let mut chains = chains(roads, &uses, &is_blocked, &is_gate);
        progress.check()?;
        let mut graph = Self { mode, profile: profile.clone(), ..Self::default() };
        let mut ends = number_junctions(roads, &chains, &mut graph.junctions);
        add_gates(&mut chains, &mut ends, &is_gate);
        progress.check()?;
        lay_out(roads, &chains, &uses, &ends, &mut graph);
        progress.check()?;
        pieces::find(&mut graph);
        progress.check()?;
        expand(roads, &mut graph);
        Ok(graph)
    }
}

/// Joins the ends of roads at a private gate, each with the first. Where there are just two, whoever begins or ends a
/// trip on either may pass: on the way next to the gate, up to its end or the next junction.
fn add_gates(chains: &mut Chains, ends: &mut Vec<[u32; 2]>, is_gate: &FxHashSet<u32>) {
    if is_gate.is_empty() {
        return;
    }
    let mut at_gate: BTreeMap<u32, Vec<(RoadEnd, u32, Run, usize)>> = BTreeMap::new();
    for (number, (chain, junctions)) in chains.chains.iter().zip(ends.iter()).enumerate() {
        let parts = &chains.parts[chain.first_part as usize..][..chain.part_count as usize];
        let (Some((first, along)), Some((last, last_along))) = (parts.first(), parts.last()) else {
            continue;
        };
        let start = if *along { first.from } else { first.to };
        let end = if *last_along { last.to } else { last.from };
        for (at, junction, run, place) in
            [(chain.tail, junctions[0], first, start), (chain.head, junctions[1], last, end)]
        {
            if is_gate.contains(&at.point) {
                let spot = Run { way: run.way, from: place, to: place };
                at_gate.entry(at.point).or_default().push((at, junction, spot, number));
            }
        }
    }
    for roads in at_gate.values() {
        if let [(.., a), (.., b)] = roads.as_slice() {
            chains.chains[*a].is_at_gate = true;
            chains.chains[*b].is_at_gate = true;
        }
        let Some(((tail, first, ..), others)) = roads.split_first() else { continue };
        for (head, junction, spot, _) in others {
            let first_part = u32::try_from(chains.parts.len()).unwrap_or(NONE);
            chains.parts.push((*spot, true));
            let (tail, head) = (*tail, *head);
            chains.chains.push(Chain {
                first_part,
                part_count: 1,
                tail,
                head,
                is_gate: true,
                is_at_gate: false,
            });
            ends.push([*first, *junction]);
        }
    }
}

/// The length of a way, as stated or by its points; only ferries with a stated crossing time ask for it.
fn way_length(roads: &Roads, way: usize) -> f64 {
    if roads.ways[way].class != RoadClass::Ferry {
        return 0.0;
    }
    let stated = f64::from(roads.ways[way].stated_length_m);
    if stated > 0.0 {
        return stated;
    }
    let points = roads.refs_of(way).iter().map(|ix| roads.points[*ix as usize].place());
    points.clone().zip(points.skip(1)).map(|(a, b)| ground_distance(a, b).value()).sum()
}

/// Numbers the junctions along a Hilbert curve, so that neighbours in the land are neighbours in memory.
/// Returns the junction of each chain's tail and head.
fn number_junctions(roads: &Roads, chains: &Chains, junctions: &mut Vec<RoadPoint>) -> Vec<[u32; 2]> {
    // An end at a barrier is a junction of its own: nobody passes.
    let mut keyed: Vec<(u32, u32, u32)> = Vec::with_capacity(chains.chains.len() * 2);
    let mut add = |end: RoadEnd, slot: u32| {
        let apart = if end.is_blocked { slot + 1 } else { 0 };
        keyed.push((end.point, apart, slot));
    };
    for (at, chain) in (0u32..).zip(&chains.chains) {
        add(chain.tail, at * 2);
        add(chain.head, at * 2 + 1);
    }
    let curve = |point: u32| {
        let RoadPoint { lon_e7, lat_e7 } = roads.points[point as usize];
        let shifted = |e7: i32| e7.cast_unsigned() ^ 0x8000_0000;
        fast_hilbert::xy2h(shifted(lon_e7), shifted(lat_e7), 32)
    };
    let mut keyed: Vec<(u64, (u32, u32, u32))> =
        keyed.into_par_iter().map(|entry| (curve(entry.0), entry)).collect();
    keyed.par_sort_unstable();
    let mut ends = vec![[NONE; 2]; chains.chains.len()];
    let mut before = None;
    for (_, (point, apart, slot)) in keyed {
        if before != Some((point, apart)) {
            junctions.push(roads.points[point as usize]);
            before = Some((point, apart));
        }
        let junction = u32::try_from(junctions.len() - 1).unwrap_or(NONE);
        ends[slot as usize / 2][slot as usize % 2] = junction;
    }
    ends
}

/// Writes shapes, lengths and times of the stretches, in the order of their tails.
fn lay_out(roads: &Roads, chains: &Chains, uses: &[WayUse], ends: &[[u32; 2]], graph: &mut Graph) {
    let mut order: Vec<u32> = (0u32..).take(chains.chains.len()).collect();
    order.par_sort_unstable_by_key(|at| (ends[*at as usize], *at));
    let mut is_stated = false;
    for at in &order {
        let chain = &chains.chains[*at as usize];
        let parts = &chains.parts[chain.first_part as usize..][..chain.part_count as usize];
        let [tail, head] = ends[*at as usize];
        let first_vertex = u32::try_from(graph.vertices.len()).unwrap_or(NONE);
        let first_part = u32::try_from(graph.parts.len()).unwrap_or(NONE);
        let (run, forward) = parts[0];
        let (way, used) = (&roads.ways[run.way as usize], uses[run.way as usize]);
        let (along, against) =
            if forward { (used.forward, used.backward) } else { (used.backward, used.forward) };
        for (at, (run, forward)) in parts.iter().enumerate() {
            is_stated |= roads.ways[run.way as usize].stated_length_m > 0.0;
            let first = u32::try_from(graph.vertices.len()).unwrap_or(NONE) - u32::from(at > 0);
            graph.parts.push(Part {
                way: run.way,
                first_vertex: first,
                ms_forward: 0,
                ms_backward: 0,
                is_along_way: *forward,
            });
            graph.vertices.extend(run_points(roads, *run, *forward).skip(usize::from(at > 0)));
        }
        graph.stretches.push(Stretch {
            tail,
            head,
            first_vertex,
            first_part,
            cm: 0,
            ms_forward: 0,
            ms_backward: 0,
            class: way.class,
            is_forward: along > 0.0 || chain.is_gate,
            is_backward: against > 0.0 || chain.is_gate,
            is_destination_only: used.is_destination_only || chain.is_gate || chain.is_at_gate,
            is_shut_off: way.is_shut_off() || chain.is_gate,
        });
    }
    measure(roads, uses, is_stated, graph);
}

/// Lengths and times along every stretch.
fn measure(roads: &Roads, uses: &[WayUse], is_stated: bool, graph: &mut Graph) {
    let vertices = &graph.vertices;
    // The step to each vertex from the one before it; those between two stretches are not read.
    let steps: Vec<f32> = (0..vertices.len())
        .into_par_iter()
        .with_min_len(4096)
        .map(|at| {
            let before = vertices[at.saturating_sub(1)].place();
            #[allow(
                clippy::cast_possible_truncation,
                reason = "metres of one road segment: 24 bits are 1 mm in 16 km"
            )]
            let step = ground_distance(before, vertices[at].place()).value() as f32;
            step
        })
        .collect();
    let wait_ms = graph.profile.ferry_wait_min * 60_000.0 * 0.5;
    let touches_land = ferry_landings(graph);
    graph.along_cm = vec![0; vertices.len()];
    for at in 0..graph.stretches.len() {
        let stretch = u32::try_from(at).unwrap_or(NONE);
        let range = graph.vertex_range(stretch);
        let is_ferry = graph.stretches[at].class == RoadClass::Ferry;
        let wait = |junction: u32| {
            if is_ferry && touches_land[junction as usize] { wait_ms } else { 0.0 }
        };
        let first_part = graph.stretches[at].first_part as usize;
        let part_count = graph.parts_of(stretch).len();
        let (mut metres, mut forward, mut backward) = (0.0f64, wait(graph.stretches[at].tail), 0.0f64);
        backward += forward;
        for ix in first_part..first_part + part_count {
            let part = graph.parts[ix];
            graph.parts[ix].ms_forward = rounded(forward);
            graph.parts[ix].ms_backward = rounded(backward);
            let to = if ix + 1 < first_part + part_count {
                graph.parts[ix + 1].first_vertex as usize
            } else {
                range.end - 1
            };
            let from = part.first_vertex as usize;
            let scale = if is_stated { stated_scale(roads, part.way, &steps[from + 1..=to]) } else { 1.0 };
            let before = metres;
            for (slot, step) in graph.along_cm[from + 1..=to].iter_mut().zip(&steps[from + 1..=to]) {
                metres += f64::from(*step) * scale;
                *slot = rounded(metres * 100.0);
            }
            let used = uses[part.way as usize];
            let (along, against) =
                if part.is_along_way { (used.forward, used.backward) } else { (used.backward, used.forward) };
            let time = |speed: f32| {
                if speed > 0.0 { (metres - before) / f64::from(speed) * 1000.0 } else { 0.0 }
            };
            forward += time(along);
            backward += time(against);
        }
        let last = wait(graph.stretches[at].head);
        let whole = &mut graph.stretches[at];
        whole.cm = rounded(metres * 100.0);
        whole.ms_forward = rounded(forward + last);
        whole.ms_backward = rounded(backward + last);
    }
}

/// Whole units; far below `u32::MAX` for any road on Earth, and never the mark of a closed arc.
fn rounded(value: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
    let whole = value.round().clamp(0.0, f64::from(u32::MAX / 2)) as u32;
    whole
}

/// Which junctions does a ferry share with a road? There one waits.
fn ferry_landings(graph: &Graph) -> Vec<bool> {
    let mut out = vec![false; graph.junctions.len()];
    for stretch in graph.stretches.iter().filter(|stretch| stretch.class != RoadClass::Ferry) {
        out[stretch.tail as usize] = true;
        out[stretch.head as usize] = true;
    }
    out
}

/// The stated length of a way by that of its points; 1 where none is stated.
/// `steps` are those of the part that is looked at, mostly the whole way.
fn stated_scale(roads: &Roads, way: u32, steps: &[f32]) -> f64 {
    let stated = f64::from(roads.ways[way as usize].stated_length_m);
    if stated <= 0.0 {
        return 1.0;
    }
    if steps.len() + 1 == roads.refs_of(way as usize).len() {
        let drawn: f64 = steps.iter().map(|step| f64::from(*step)).sum();
        return if drawn > 0.0 { stated / drawn } else { 1.0 };
    }
    let points = roads.refs_of(way as usize).iter().map(|ix| roads.points[*ix as usize].place());
    let drawn: f64 = points.clone().zip(points.skip(1)).map(|(a, b)| ground_distance(a, b).value()).sum();
    if drawn > 0.0 { stated / drawn } else { 1.0 }
}
