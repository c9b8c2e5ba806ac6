//! By which roads does one get there? The route between two snapped places, with its legs and its shape.

use super::graph::NONE;
use super::roadnet::{Heading, RoadNetwork, Terms};
use super::search::{By, FAR, Key, Tree};
use super::snap::Snap;
use crate::geometry::LonLat;
use crate::model::roads::RoadClass;
use crate::progress::{Cancelled, Progress};
use crate::units::{Metres, Seconds};

/// A part of a route on roads of one name and class.
#[derive(Debug, Clone, PartialEq)]
pub struct Leg {
    pub name: Option<String>,
    pub class: RoadClass,
    pub length: Metres,
    pub time: Seconds,
    pub line: Vec<LonLat>,
}

/// A route; length and time are on the road, the access legs stand apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub length: Metres,
    pub time: Seconds,
    pub access_from: Metres,
    pub access_to: Metres,
    /// At walking speed.
    pub access_time: Seconds,
    /// The points on the road where it begins and ends.
    pub ends: [LonLat; 2],
    pub legs: Vec<Leg>,
}

impl Route {
    /// The whole line on the road; at least two places, be they the same.
    #[must_use]
    pub fn line(&self) -> Vec<LonLat> {
        let mut line: Vec<LonLat> = Vec::new();
        for place in self.legs.iter().flat_map(|leg| &leg.line) {
            if line.last() != Some(place) {
                line.push(*place);
            }
        }
        if line.len() < 2 { self.ends.to_vec() } else { line }
    }
}

/// A part of a stretch in the direction of travel, centimetres from its tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub stretch: u32,
    pub from_cm: u32,
    pub to_cm: u32,
    /// Against the stretch, which the ends of a step without length do not tell.
    pub is_backward: bool,
}

impl RoadNetwork {
    /// The cheapest route between two places, if there is one.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn route(
        &self,
        from: &Snap,
        to: &Snap,
        by: By,
        progress: &dyn Progress,
    ) -> Result<Option<Route>, Cancelled> {
        let steps = self.route_steps(from, to, by, progress)?;
        Ok(steps.map(|steps| self.described(from, to, &steps)))
    }

    /// The parts of stretches of the cheapest route, in the order of travel.
    ///
    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    pub fn route_steps(
        &self,
        from: &Snap,
        to: &Snap,
        by: By,
        progress: &dyn Progress,
    ) -> Result<Option<Vec<Step>>, Cancelled> {
        let terms = Terms { by, heading: Heading::FromSite, counts_access: false };
        let mut tree = Tree::with_parents();
        self.tree_from(&mut tree, from, FAR - 1, terms, progress)?;
        let mut best: (Key, u32, u32) = (FAR, NONE, NONE);
        self.each_lane_end(to, false, by, |lane, node, key| {
            let found = tree.key(node);
            if found != FAR {
                best = best.min((found + key, node, lane));
            }
        });
        if let Some(direct) = self.direct(from, to, by)
            && direct <= best.0
        {
            let is_backward = to.cm < from.cm
                || (to.cm == from.cm && !self.graph.stretches[from.stretch as usize].is_forward);
            return Ok(Some(vec![Step {
                stretch: from.stretch,
                from_cm: from.cm,
                to_cm: to.cm,
                is_backward,
            }]));
        }
        let (key, mut node, last_lane) = best;
        if key == FAR {
            return Ok(None);
        }
        let mut steps = Vec::new();
        if last_lane != NONE {
            steps.push(self.arriving(to, last_lane));
        }
        let (out, _) = self.arcs();
        while let Some((before, arc)) = tree.parent(node) {
            let lane = out.lanes[arc as usize];
            if lane != NONE {
                steps.push(self.whole(lane));
            }
            node = before;
        }
        // Where the tree begins: the lane by which the place was left.
        let mut first: Option<(Key, u32)> = None;
        self.each_lane_end(from, true, by, |lane, start, key| {
            if start == node && first.is_none_or(|(best, _)| key < best) {
                first = Some((key, lane));
            }
        });
        if let Some((_, lane)) = first.filter(|(_, lane)| *lane != NONE) {
            let whole = self.whole(lane);
            steps.push(Step { from_cm: from.cm, ..whole });
        }
        steps.reverse();
        Ok(Some(steps))
    }

    /// A stretch from end to end.
    fn whole(&self, lane: u32) -> Step {
        let stretch = lane / 2;
        let cm = self.graph.stretches[stretch as usize].cm;
        let is_backward = lane % 2 == 1;
        let (from_cm, to_cm) = if is_backward { (cm, 0) } else { (0, cm) };
        Step { stretch, from_cm, to_cm, is_backward }
    }

    fn arriving(&self, to: &Snap, lane: u32) -> Step {
        Step { to_cm: to.cm, ..self.whole(lane) }
    }

    /// The time of a step, closures counted.
    #[must_use]
    pub fn step_ms(&self, step: Step) -> u32 {
        let whole = &self.graph.stretches[step.stretch as usize];
        // Ends are the junctions themselves: what is waited at a landing lies between them.
        let at = |cm: u32| match cm {
            0 => (0, 0),
            cm if cm == whole.cm => (whole.ms_forward, whole.ms_backward),
            cm => self.graph.ms_along(step.stretch, cm),
        };
        let ((f0, b0), (f1, b1)) = (at(step.from_cm), at(step.to_cm));
        let ms = if step.is_backward { b0.saturating_sub(b1) } else { f1.saturating_sub(f0) };
        self.overlay().slowed(step.stretch, ms)
    }

    /// The vertices of a step, its ends included.
    #[must_use]
    pub fn step_line(&self, step: Step) -> Vec<LonLat> {
        let graph = &*self.graph;
        let range = graph.vertex_range(step.stretch);
        let (low, high) = (step.from_cm.min(step.to_cm), step.from_cm.max(step.to_cm));
        let mut line = vec![graph.place_along(step.stretch, low)];
        for at in range {
            if graph.along_cm[at] > low && graph.along_cm[at] < high {
                line.push(graph.vertices[at].place());
            }
        }
        line.push(graph.place_along(step.stretch, high));
        if step.is_backward {
            line.reverse();
        }
        line
    }

    /// A step cut where one way of the file goes over into another.
    fn by_way(&self, step: Step) -> Vec<Step> {
        let graph = &*self.graph;
        let (low, high) = (step.from_cm.min(step.to_cm), step.from_cm.max(step.to_cm));
        let bounds =
            graph.parts_of(step.stretch).iter().map(|part| graph.along_cm[part.first_vertex as usize]);
        let mut at: Vec<u32> = bounds.filter(|cm| *cm > low && *cm < high).collect();
        at.insert(0, low);
        at.push(high);
        at.dedup();
        if at.len() < 2 {
            return vec![step];
        }
        let mut pieces: Vec<Step> = at
            .windows(2)
            .map(|ends| {
                let (from_cm, to_cm) = if step.is_backward { (ends[1], ends[0]) } else { (ends[0], ends[1]) };
                Step { from_cm, to_cm, ..step }
            })
            .collect();
        if step.is_backward {
            pieces.reverse();
        }
        pieces
    }

    fn described(&self, from: &Snap, to: &Snap, steps: &[Step]) -> Route {
        let mut legs: Vec<Leg> = Vec::new();
        let (mut ms, mut cm) = (0u64, 0u64);
        for step in steps {
            ms += u64::from(self.step_ms(*step));
            cm += u64::from(step.from_cm.abs_diff(step.to_cm));
            for piece in self.by_way(*step) {
                self.add_leg(piece, &mut legs);
            }
        }
        let seconds = |ms: f64| Seconds::new(ms / 1000.0);
        let access = |snap: &Snap| Metres::new(f64::from(snap.access_cm) / 100.0);
        #[allow(clippy::cast_precision_loss, reason = "milliseconds and centimetres of one route")]
        let (length, time) = (Metres::new(cm as f64 / 100.0), seconds(ms as f64));
        Route {
            length,
            time,
            access_from: access(from),
            access_to: access(to),
            access_time: seconds(
                f64::from(self.access_ms(from.access_cm)) + f64::from(self.access_ms(to.access_cm)),
            ),
            ends: [from.place, to.place],
            legs,
        }
    }

    fn add_leg(&self, piece: Step, legs: &mut Vec<Leg>) {
        let graph = &*self.graph;
        let middle = u32::midpoint(piece.from_cm, piece.to_cm);
        let way = graph.way_along(piece.stretch, middle) as usize;
        let class = self.roads.ways[way].class;
        let name = self.roads.name_of(way);
        let length = Metres::new(f64::from(piece.from_cm.abs_diff(piece.to_cm)) / 100.0);
        let time = Seconds::new(f64::from(self.step_ms(piece)) / 1000.0);
        let line = self.step_line(piece);
        match legs.last_mut() {
            Some(last) if last.class == class && last.name.as_deref() == name => {
                last.length += length;
                last.time += time;
                last.line.extend(line.into_iter().skip(1));
            }
            _ => legs.push(Leg { name: name.map(str::to_owned), class, length, time, line }),
        }
    }
}
