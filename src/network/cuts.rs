//! Which roads does a drawn closure hit? Points, lines and rings to cuts along stretches.

use super::closures::Cut;
use super::graph::Graph;
use super::roadnet::RoadNetwork;
use crate::geometry::{LonLat, ground_distance};
use crate::model::roads::RoadClass;
use crate::model::{ClosureEffect, ClosureShape, RoadClosure};
use crate::units::Metres;

/// A point closes the nearest road at most this far away, metres.
pub const POINT_REACH_M: f64 = 100.0;

/// A line hits roads at most this far from it, metres.
const LINE_REACH_M: f64 = 20.0;

/// A line is looked at every so many metres.
const SAMPLE_M: f64 = 10.0;

/// Hits along a road at most this far apart belong together; nearer than this to its end they may be another road's.
const GAP_CM: u32 = 6_000;
const END_CM: u32 = 2_500;

/// A closed spot reaches this far to either side along the road, centimetres.
const SPOT_CM: u32 = 1_000;

impl RoadNetwork {
    /// The cuts of closures that hold, and how many places each closure of the list cuts (0 = it hits no road).
    ///
    /// # Complexity
    /// A search for each point; for each ring one pass over the vertices.
    #[must_use]
    pub fn cuts_of(&self, closures: &[RoadClosure]) -> (Vec<Cut>, Vec<usize>) {
        let mut cuts = Vec::new();
        let mut counts = Vec::with_capacity(closures.len());
        for closure in closures {
            let before = cuts.len();
            if closure.is_active {
                self.add_cuts(closure, &mut cuts);
            }
            counts.push(cuts.len() - before);
        }
        (cuts, counts)
    }

    /// The cuts that close every ferry.
    #[must_use]
    pub fn ferry_cuts(&self) -> Vec<Cut> {
        (0u32..)
            .zip(&self.graph.stretches)
            .filter(|(_, stretch)| stretch.class == RoadClass::Ferry)
            .map(|(at, stretch)| Cut { stretch: at, from_cm: 0, to_cm: stretch.cm, slower: None })
            .collect()
    }

    /// The roads that a closure hits, by name or else by class, in order; of a ring none, since it means whatever
    /// lies inside.
    #[must_use]
    pub fn roads_hit(&self, closure: &RoadClosure) -> Vec<String> {
        if matches!(closure.shape, ClosureShape::Area(_)) {
            return Vec::new();
        }
        let mut cuts = Vec::new();
        self.add_cuts(closure, &mut cuts);
        let name = |cut: &Cut| {
            let middle = u32::midpoint(cut.from_cm, cut.to_cm);
            let way = self.graph.way_along(cut.stretch, middle) as usize;
            let class = self.graph.stretches[cut.stretch as usize].class;
            self.roads.name_of(way).map_or_else(|| class.id().to_owned(), str::to_owned)
        };
        let mut names: Vec<String> = cuts.iter().map(name).collect();
        names.sort();
        names.dedup();
        names
    }

    fn add_cuts(&self, closure: &RoadClosure, cuts: &mut Vec<Cut>) {
        let slower = match closure.effect {
            ClosureEffect::Closed => None,
            ClosureEffect::Slower(factor) => Some(factor.max(1.0)),
        };
        match &closure.shape {
            ClosureShape::Point(place) => self.spot(*place, slower, cuts),
            ClosureShape::Line(places) => self.along(places, slower, cuts),
            ClosureShape::Area(ring) => inside(&self.graph, ring, slower, cuts),
        }
    }

    /// The parts of roads that a line lies on, or that it crosses.
    fn along(&self, places: &[LonLat], slower: Option<f64>, cuts: &mut Vec<Cut>) {
        let mut hits: Vec<(u32, u32)> = Vec::new();
        for ends in places.windows(2) {
            let length = ground_distance(ends[0], ends[1]).value();
            let steps = (length / SAMPLE_M).ceil().clamp(1.0, 1e6);
            let mut at = 0.5;
            while at < steps {
                let t = at / steps;
                let lon = (ends[1].lon - ends[0].lon).mul_add(t, ends[0].lon);
                let lat = (ends[1].lat - ends[0].lat).mul_add(t, ends[0].lat);
                let snap = self.snap_to_any(LonLat::new(lon, lat), Metres::new(LINE_REACH_M));
                if let Some(snap) = snap {
                    hits.push((snap.stretch, snap.cm));
                    hits.extend(self.twins_at(snap.stretch, snap.cm));
                }
                at += 1.0;
            }
        }
        hits.sort_unstable();
        for own in hits.chunk_by(|a, b| a.0 == b.0) {
            let stretch = own[0].0;
            let whole = self.graph.stretches[stretch as usize].cm;
            // At a junction the line is as near to roads that only begin there: these are hit at their end alone.
            if own.iter().all(|(_, cm)| *cm < END_CM || whole - cm < END_CM) && whole > 2 * END_CM {
                continue;
            }
            for run in own.chunk_by(|a, b| b.1 - a.1 <= GAP_CM) {
                let (from_cm, to_cm) = (run[0].1, run[run.len() - 1].1);
                cuts.push(Cut {
                    stretch,
                    from_cm: from_cm.saturating_sub(SPOT_CM),
                    to_cm: (to_cm + SPOT_CM).min(whole),
                    slower,
                });
            }
        }
    }

    /// A spot of the nearest road, and of every other that lies there too. Slower roads are slower along the whole
    /// stretch: a spot has no length.
    fn spot(&self, place: LonLat, slower: Option<f64>, cuts: &mut Vec<Cut>) {
        let Some(snap) = self.snap_to_any(place, Metres::new(POINT_REACH_M)) else { return };
        let twins = self.twins_at(snap.stretch, snap.cm);
        for (stretch, cm) in std::iter::once((snap.stretch, snap.cm)).chain(twins) {
            let whole = self.graph.stretches[stretch as usize].cm;
            let (from_cm, to_cm) = if slower.is_some() {
                (0, whole)
            } else {
                (cm.saturating_sub(SPOT_CM), (cm + SPOT_CM).min(whole))
            };
            cuts.push(Cut { stretch, from_cm, to_cm, slower });
        }
    }
}

/// The parts of all stretches inside a ring.
fn inside(graph: &Graph, ring: &[LonLat], slower: Option<f64>, cuts: &mut Vec<Cut>) {
    let edges: Vec<(LonLat, LonLat)> =
        ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)).collect();
    if edges.len() < 3 {
        return;
    }
    let (mut low, mut high) = (LonLat::new(f64::MAX, f64::MAX), LonLat::new(f64::MIN, f64::MIN));
    for place in ring {
        low = LonLat::new(low.lon.min(place.lon), low.lat.min(place.lat));
        high = LonLat::new(high.lon.max(place.lon), high.lat.max(place.lat));
    }
    for stretch in 0u32.. {
        if stretch as usize >= graph.stretches.len() {
            break;
        }
        let range = graph.vertex_range(stretch);
        let mut open: Option<(u32, u32)> = None;
        for at in range.start..range.end - 1 {
            let (a, b) = (graph.vertices[at].place(), graph.vertices[at + 1].place());
            let is_apart = a.lon.max(b.lon) < low.lon
                || a.lon.min(b.lon) > high.lon
                || a.lat.max(b.lat) < low.lat
                || a.lat.min(b.lat) > high.lat;
            if is_apart {
                continue;
            }
            let (from_cm, to_cm) = (graph.along_cm[at], graph.along_cm[at + 1]);
            for (t0, t1) in spans_inside(a, b, &edges) {
                let along = |t: f64| {
                    #[allow(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "lies on the segment"
                    )]
                    let cm = from_cm + (f64::from(to_cm - from_cm) * t).round() as u32;
                    cm
                };
                let span = (along(t0), along(t1));
                match &mut open {
                    Some(open) if open.1 == span.0 => open.1 = span.1,
                    _ => {
                        if let Some((from_cm, to_cm)) = open.replace(span) {
                            cuts.push(Cut { stretch, from_cm, to_cm, slower });
                        }
                    }
                }
            }
        }
        if let Some((from_cm, to_cm)) = open {
            cuts.push(Cut { stretch, from_cm, to_cm, slower });
        }
    }
}

/// The parts of a segment inside a ring, as shares of its length.
fn spans_inside(a: LonLat, b: LonLat, edges: &[(LonLat, LonLat)]) -> Vec<(f64, f64)> {
    let mut at: Vec<f64> = vec![0.0, 1.0];
    let (dx, dy) = (b.lon - a.lon, b.lat - a.lat);
    for (p, q) in edges {
        let (ex, ey) = (q.lon - p.lon, q.lat - p.lat);
        let cross = dx * ey - dy * ex;
        if cross == 0.0 {
            continue;
        }
        let (px, py) = (p.lon - a.lon, p.lat - a.lat);
        let t = (px * ey - py * ex) / cross;
        let u = (px * dy - py * dx) / cross;
        if (0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u) {
            at.push(t);
        }
    }
    at.sort_by(f64::total_cmp);
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for ends in at.windows(2) {
        let middle = f64::midpoint(ends[0], ends[1]);
        let place = LonLat::new(dx.mul_add(middle, a.lon), dy.mul_add(middle, a.lat));
        if !contains(edges, place) {
            continue;
        }
        match spans.last_mut() {
            Some(last) if last.1 >= ends[0] => last.1 = ends[1],
            _ => spans.push((ends[0], ends[1])),
        }
    }
    spans
}

/// Does a ring hold a place? By the crossings of a ray to the east.
fn contains(edges: &[(LonLat, LonLat)], place: LonLat) -> bool {
    let crosses = |(p, q): &&(LonLat, LonLat)| {
        (p.lat > place.lat) != (q.lat > place.lat)
            && place.lon < (q.lon - p.lon) * (place.lat - p.lat) / (q.lat - p.lat) + p.lon
    };
    edges.iter().filter(crosses).count() % 2 == 1
}
