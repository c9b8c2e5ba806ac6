//! Whom can sites with limited capacity serve? As many as the greatest flow from sites to demand carries.

use petgraph::algo::maximum_flow::dinics;
use petgraph::graph::DiGraph;

use super::form::{BySite, Form, Lists};

/// How much weight of each point each of these sites serves: point of the form, site, weight. The sum is greatest.
pub(super) fn serve(form: &Form<'_>, sites: &[u32]) -> Vec<(usize, u32, u64)> {
    let mut network: DiGraph<(), u64> = DiGraph::new();
    let (source, sink) = (network.add_node(()), network.add_node(()));
    let mut node = vec![None; form.capacity.len()];
    for site in sites {
        let at = network.add_node(());
        network.add_edge(source, at, form.capacity[*site as usize]);
        node[*site as usize] = Some(at);
    }
    let mut which = Vec::new();
    for (point, weight) in form.weight.iter().enumerate() {
        let within = form.lists.site[form.lists.range(point)].iter();
        let near: Vec<_> = within.filter_map(|site| node[*site as usize].map(|at| (*site, at))).collect();
        if near.is_empty() {
            continue;
        }
        let to = network.add_node(());
        network.add_edge(to, sink, *weight);
        for (site, at) in near {
            let edge = network.add_edge(at, to, *weight);
            which.push((edge, point, site));
        }
    }
    let (_, flows) = dinics(&network, source, sink);
    let part =
        |(edge, point, site): (petgraph::graph::EdgeIndex, usize, u32)| (point, site, flows[edge.index()]);
    let mut served: Vec<(usize, u32, u64)> = which.into_iter().map(part).filter(|part| part.2 > 0).collect();
    served.sort_unstable();
    served
}

/// Whom each site serves at given multipliers.
#[derive(Debug, Clone, Default)]
pub(super) struct Service {
    by_site: BySite,
    /// How much of each entry of the lists is served at the last multipliers, 0 … 1.
    pub taken: Vec<f64>,
    order: Vec<(u32, u32)>,
}

impl Service {
    pub fn new(lists: &Lists<f64>, sites: usize) -> Self {
        Self { by_site: lists.by_site(sites), taken: vec![0.0; lists.site.len()], order: Vec::new() }
    }

    /// What a site saves at most if a unit of weight of each point is worth its multiplier: it serves
    /// those of the greatest.
    pub fn saves(&mut self, site: usize, capacity: f64, lists: &Lists<f64>, multipliers: &[f64]) -> f64 {
        self.order.clear();
        self.order.extend_from_slice(self.by_site.of(site));
        self.order.sort_unstable_by(|a, b| {
            multipliers[b.0 as usize].total_cmp(&multipliers[a.0 as usize]).then(a.0.cmp(&b.0))
        });
        let mut left = capacity;
        let mut saved = 0.0;
        for (point, entry) in &self.order {
            let (weight, multiplier) = (lists.weight[*point as usize], multipliers[*point as usize]);
            let served = if multiplier > 0.0 { weight.min(left) } else { 0.0 };
            self.taken[*entry as usize] = if weight > 0.0 { served / weight } else { 0.0 };
            saved += served * multiplier;
            left -= served;
        }
        saved
    }
}
