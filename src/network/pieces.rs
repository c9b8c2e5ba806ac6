//! Which parts of the network can be left and reached again? Strongly connected pieces, largest first.
//! Closed roads, turns and private roads are not looked at: a piece is a matter of the land.

use super::graph::{Graph, NONE, Piece};

/// Fills in the pieces of a graph.
pub fn find(graph: &mut Graph) {
    let count = graph.junctions.len();
    let (starts, heads) = out_arcs(graph);
    let (mut component, pieces) = tarjan(count, &starts, &heads);
    let mut sizes = vec![Piece::default(); pieces];
    let mut road_cm = vec![0u64; pieces];
    for piece in &component {
        sizes[*piece as usize].junctions += 1;
    }
    for stretch in &graph.stretches {
        let piece = component[stretch.tail as usize];
        if piece == component[stretch.head as usize] {
            road_cm[piece as usize] += u64::from(stretch.cm);
        }
    }
    for (size, cm) in sizes.iter_mut().zip(&road_cm) {
        size.road_m = cm / 100;
    }
    // Largest first; equal ones by their first junction, so that nothing depends on the search.
    let mut first = vec![NONE; pieces];
    for (junction, piece) in (0u32..).zip(&component) {
        let slot = &mut first[*piece as usize];
        *slot = (*slot).min(junction);
    }
    let mut order: Vec<usize> = (0..pieces).collect();
    order.sort_unstable_by_key(|piece| (std::cmp::Reverse(road_cm[*piece]), first[*piece]));
    let mut rank = vec![0u32; pieces];
    for (at, piece) in (0u32..).zip(&order) {
        rank[*piece] = at;
    }
    for piece in &mut component {
        *piece = rank[*piece as usize];
    }
    graph.pieces = order.into_iter().map(|piece| sizes[piece]).collect();
    graph.stretch_pieces = graph
        .stretches
        .iter()
        .map(|stretch| {
            let (tail, head) = (component[stretch.tail as usize], component[stretch.head as usize]);
            if tail == head { tail } else { NONE }
        })
        .collect();
}

fn out_arcs(graph: &Graph) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; graph.junctions.len() + 1];
    let ends = || {
        graph.stretches.iter().flat_map(|stretch| {
            let forward = stretch.is_forward.then_some((stretch.tail, stretch.head));
            let backward = stretch.is_backward.then_some((stretch.head, stretch.tail));
            forward.into_iter().chain(backward)
        })
    };
    for (from, _) in ends() {
        starts[from as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut heads = vec![0u32; starts.last().map_or(0, |n| *n as usize)];
    for (from, to) in ends() {
        heads[next[from as usize] as usize] = to;
        next[from as usize] += 1;
    }
    (starts, heads)
}

/// Strongly connected components (Tarjan, *Depth-first search and linear graph algorithms*, 1972),
/// with a stack of its own, since roads are deeper than a thread's stack.
fn tarjan(count: usize, starts: &[u32], heads: &[u32]) -> (Vec<u32>, usize) {
    let mut index = vec![NONE; count];
    let mut low = vec![0u32; count];
    let mut component = vec![NONE; count];
    let (mut open, mut path): (Vec<u32>, Vec<(u32, u32)>) = (Vec::new(), Vec::new());
    let (mut next_index, mut found) = (0u32, 0usize);
    for root in 0u32.. {
        if root as usize >= count {
            break;
        }
        if index[root as usize] != NONE {
            continue;
        }
        path.push((root, starts[root as usize]));
        index[root as usize] = next_index;
        low[root as usize] = next_index;
        next_index += 1;
        open.push(root);
        while let Some((node, arc)) = path.last_mut() {
            let at = *node as usize;
            if *arc < starts[at + 1] {
                let to = heads[*arc as usize];
                *arc += 1;
                if index[to as usize] == NONE {
                    index[to as usize] = next_index;
                    low[to as usize] = next_index;
                    next_index += 1;
                    open.push(to);
                    path.push((to, starts[to as usize]));
                } else if component[to as usize] == NONE {
                    low[at] = low[at].min(index[to as usize]);
                }
                continue;
            }
            path.pop();
            if let Some((above, _)) = path.last() {
                low[*above as usize] = low[*above as usize].min(low[at]);
            }
            if low[at] == index[at] {
                while let Some(member) = open.pop() {
                    component[member as usize] = u32::try_from(found).unwrap_or(NONE);
                    if member as usize == at {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    (component, found)
}
