//! Which roads are only to begin or end a trip, once it is known what lies behind them? Changes the flag of stretches,
//! knows no costs.

use rustc_hash::FxHashMap;

use super::graph::Graph;

/// A private road matters only where a trip between two free roads could take it instead of free roads. Dead ends,
/// and roads that alone connect two parts of the network, are free to use.
///
/// Where several private roads lead to a part that no free road leads to, the part is as private as they are: one may
/// go there, but not through. Of parts that are joined by private roads alone the one with most road is the free one.
///
/// # Complexity
/// O(stretches α + parts + private roads).
pub fn keep_only_bypasses(graph: &mut Graph) {
    if !graph.stretches.iter().any(|stretch| stretch.is_destination_only) {
        return;
    }
    let mut parts = Parts::of(graph);
    let is_private = parts.are_private();
    for group in parts.members.chunk_by(|a, b| a.0 == b.0) {
        if !is_private[group[0].0] {
            for (_, at) in group {
                graph.stretches[*at].is_destination_only = false;
            }
        }
    }
    let shut: Vec<bool> = (0..graph.junctions.len())
        .map(|at| {
            let set = parts.free.find(u32::try_from(at).unwrap_or(u32::MAX));
            parts.set_nodes.get(&set).is_some_and(|node| is_private[*node])
        })
        .collect();
    for stretch in &mut graph.stretches {
        stretch.is_destination_only |= shut[stretch.tail as usize] && shut[stretch.head as usize];
    }
}

/// Free parts of the network, and the groups of private roads between them. Groups and parts are nodes, each place
/// where a group leaves for a part is a link of the two.
struct Parts {
    /// Junctions by free part.
    free: Sets,
    /// (group, stretch), sorted; groups are numbered from zero.
    members: Vec<(usize, usize)>,
    /// The node of each free part that private roads lead to, beyond those of the groups.
    set_nodes: FxHashMap<u32, usize>,
    /// Of each node.
    neighbours: Vec<Vec<usize>>,
    /// Of each node, groups first: centimetres of free road.
    sizes: Vec<u64>,
}

impl Parts {
    fn of(graph: &Graph) -> Self {
        let count = graph.junctions.len();
        let mut free = Sets::new(count);
        let mut touches_free = vec![false; count];
        for stretch in graph.stretches.iter().filter(|stretch| !stretch.is_destination_only) {
            free.unite(stretch.tail, stretch.head);
            touches_free[stretch.tail as usize] = true;
            touches_free[stretch.head as usize] = true;
        }
        let private =
            || graph.stretches.iter().enumerate().filter(|(_, stretch)| stretch.is_destination_only);
        let mut private_sets = Sets::new(count);
        for (_, stretch) in private() {
            if !touches_free[stretch.tail as usize] && !touches_free[stretch.head as usize] {
                private_sets.unite(stretch.tail, stretch.head);
            }
        }
        // A private road between two free junctions is a group of its own, named beyond the junctions.
        let mut members: Vec<(usize, usize)> = private()
            .map(|(at, stretch)| {
                let ends = [stretch.tail, stretch.head];
                let inner = ends.into_iter().find(|end| !touches_free[*end as usize]);
                (inner.map_or(count + at, |end| private_sets.find(end) as usize), at)
            })
            .collect();
        members.sort_unstable();
        let mut group = 0;
        let mut last = None;
        for (name, _) in &mut members {
            group += usize::from(last.is_some_and(|last| last != *name));
            last = Some(*name);
            *name = group;
        }
        let groups = group + 1;
        let mut doors: Vec<(usize, u32)> = members
            .iter()
            .flat_map(|(group, at)| {
                let stretch = &graph.stretches[*at];
                [(*group, stretch.tail), (*group, stretch.head)]
            })
            .filter(|(_, end)| touches_free[*end as usize])
            .collect();
        doors.sort_unstable();
        doors.dedup();
        let mut set_nodes = FxHashMap::default();
        let mut neighbours = vec![Vec::new(); groups];
        for (group, junction) in doors {
            let node = *set_nodes.entry(free.find(junction)).or_insert_with(|| {
                neighbours.push(Vec::new());
                neighbours.len() - 1
            });
            neighbours[group].push(node);
            neighbours[node].push(group);
        }
        let mut sizes = vec![0; neighbours.len()];
        for stretch in graph.stretches.iter().filter(|stretch| !stretch.is_destination_only) {
            if let Some(node) = set_nodes.get(&free.find(stretch.tail)) {
                sizes[*node] += u64::from(stretch.cm);
            }
        }
        Self { free, members, set_nodes, neighbours, sizes }
    }

    /// Which nodes are only to begin or end a trip?
    ///
    /// What hangs on something else by one link is as free or private as that. What then is left, each group and part
    /// that more than one way leads to, is private, but for the largest part of all that hang together.
    fn are_private(&mut self) -> Vec<bool> {
        let count = self.neighbours.len();
        let is_largest = self.largest();
        let mut links: Vec<usize> = self.neighbours.iter().map(Vec::len).collect();
        let mut is_gone = vec![false; count];
        let mut gone: Vec<(usize, Option<usize>)> = Vec::new();
        let mut ready: Vec<usize> =
            (0..count).filter(|node| links[*node] < 2 && !is_largest[*node]).collect();
        while let Some(node) = ready.pop() {
            is_gone[node] = true;
            let holder = self.neighbours[node].iter().copied().find(|other| !is_gone[*other]);
            gone.push((node, holder));
            if let Some(holder) = holder {
                links[holder] -= 1;
                if links[holder] == 1 && !is_largest[holder] {
                    ready.push(holder);
                }
            }
        }
        let mut is_private: Vec<bool> = (0..count).map(|node| !is_gone[node] && !is_largest[node]).collect();
        for (node, holder) in gone.into_iter().rev() {
            is_private[node] = holder.is_some_and(|holder| is_private[holder]);
        }
        is_private
    }

    /// Is a node a free part? Groups come first.
    fn is_part(&self, node: usize) -> bool {
        self.members.last().is_none_or(|(group, _)| node > *group)
    }

    /// The longest free part of all that hang together, the first of equal ones.
    fn largest(&self) -> Vec<bool> {
        let count = self.neighbours.len();
        let mut is_largest = vec![false; count];
        let mut is_seen = vec![false; count];
        for first in 0..count {
            if is_seen[first] {
                continue;
            }
            is_seen[first] = true;
            let (mut stack, mut largest) = (vec![first], None);
            while let Some(node) = stack.pop() {
                let size = (self.sizes[node], std::cmp::Reverse(node));
                if self.is_part(node) && largest.is_none_or(|best| size > best) {
                    largest = Some(size);
                }
                for other in &self.neighbours[node] {
                    if !is_seen[*other] {
                        is_seen[*other] = true;
                        stack.push(*other);
                    }
                }
            }
            if let Some((_, std::cmp::Reverse(node))) = largest {
                is_largest[node] = true;
            }
        }
        is_largest
    }
}

/// Disjoint sets (Tarjan 1975), by path halving.
struct Sets(Vec<u32>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0u32..).take(count).collect())
    }

    fn find(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let above = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = above;
            at = above;
        }
        at
    }

    fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}
