//! Which point of which road is nearest to a place?
//! Depends on the network alone: never on what else is asked, and not on closures.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::graph::{Graph, NONE, Stretch};
use super::water::Water;
use crate::geometry::{LocalScale, LonLat};
use crate::model::roads::RoadClass;
use crate::units::{Metres, TOLERANCE};

/// A place on the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snap {
    pub stretch: u32,
    /// Centimetres from the stretch's tail.
    pub cm: u32,
    /// Milliseconds from the tail to here, and from here back to the tail.
    pub ms_forward: u32,
    pub ms_backward: u32,
    /// From the place to the road, straight, centimetres.
    pub access_cm: u32,
    /// The point on the road.
    pub place: LonLat,
    /// The way between place and road crosses water, and no road is nearer on this side.
    pub crosses_water: bool,
}

/// A uniform grid over the segments of all roads.
#[derive(Clone, Serialize, Deserialize)]
pub struct SnapIndex {
    west: f64,
    south: f64,
    /// Degrees of a grid square.
    step_lon: f64,
    step_lat: f64,
    columns: u32,
    rows: u32,
    #[serde(with = "super::words")]
    starts: Vec<u32>,
    /// (first vertex, stretch) of each segment, by square.
    #[serde(with = "super::words")]
    segments: Vec<(u32, u32)>,
    /// By stretch: does it lie on a large piece?
    is_connected: Vec<bool>,
}

/// The nearest point found so far.
#[derive(Clone, Copy)]
struct Best {
    metres: f64,
    segment: (u32, u32),
    t: f64,
}

impl Best {
    /// The point on the road.
    fn place(&self, graph: &Graph) -> LonLat {
        let vertex = self.segment.0 as usize;
        let (a, b) = (graph.vertices[vertex].place(), graph.vertices[vertex + 1].place());
        LonLat::new((b.lon - a.lon).mul_add(self.t, a.lon), (b.lat - a.lat).mul_add(self.t, a.lat))
    }
}

impl SnapIndex {
    /// # Complexity
    /// O(segments).
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        let small_m = u64::from(whole(graph.profile.small_piece.value()));
        let is_large: Vec<bool> =
            graph.pieces.iter().enumerate().map(|(at, piece)| at == 0 || piece.road_m >= small_m).collect();
        let is_connected: Vec<bool> =
            graph.stretch_pieces.iter().map(|piece| *piece != NONE && is_large[*piece as usize]).collect();
        let (mut west, mut south, mut east, mut north) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        for vertex in &graph.vertices {
            let place = vertex.place();
            west = west.min(place.lon);
            east = east.max(place.lon);
            south = south.min(place.lat);
            north = north.max(place.lat);
        }
        let mut index = Self {
            west,
            south,
            step_lon: 1.0,
            step_lat: 1.0,
            columns: 0,
            rows: 0,
            starts: vec![0],
            segments: Vec::new(),
            is_connected,
        };
        if graph.vertices.is_empty() {
            return index;
        }
        let vertices = u32::try_from(graph.vertices.len()).unwrap_or(u32::MAX);
        index.choose_squares(east, north, vertices);
        index.fill(graph);
        index
    }

    /// Is every segment one of the graph's, and every square there?
    pub(super) fn is_sound(&self, graph: &Graph) -> bool {
        let squares = self.columns as usize * self.rows as usize;
        let is_rising = self.starts.is_sorted();
        let ends = self.starts.last().is_some_and(|last| *last as usize == self.segments.len());
        let is_there = |(vertex, stretch): &(u32, u32)| {
            (*vertex as usize) + 1 < graph.vertices.len() && (*stretch as usize) < graph.stretches.len()
        };
        let has_squares = (self.columns == 0) == (self.rows == 0);
        let steps = [self.west, self.south, self.step_lon, self.step_lat];
        has_squares
            && self.starts.len() == squares + 1
            && is_rising
            && ends
            && self.is_connected.len() == graph.stretches.len()
            && steps.iter().all(|step| step.is_finite())
            && self.segments.iter().all(is_there)
    }

    /// Squares about as many as vertices, between 50 m and 5 km wide.
    fn choose_squares(&mut self, east: f64, north: f64, vertices: u32) {
        let scale = LocalScale::at(f64::midpoint(self.south, north));
        let width = (east - self.west) * scale.m_per_lon;
        let height = (north - self.south) * scale.m_per_lat;
        let side = (width * height / f64::from(vertices)).sqrt().clamp(50.0, 5_000.0);
        // Very wide and thin networks would still give too many squares.
        let side = side.max(width / 30_000.0).max(height / 30_000.0);
        self.step_lon = side / scale.m_per_lon;
        self.step_lat = side / scale.m_per_lat;
        self.columns = whole((east - self.west) / self.step_lon) + 1;
        self.rows = whole((north - self.south) / self.step_lat) + 1;
    }

    fn fill(&mut self, graph: &Graph) {
        let squares = self.columns as usize * self.rows as usize;
        // Most segments lie within one square.
        let of: Vec<(u32, u32)> =
            graph.vertices.par_iter().with_min_len(4096).map(|vertex| self.square(vertex.place())).collect();
        let mut starts = vec![0u32; squares + 1];
        self.each_entry(graph, &of, |square, _| starts[square + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut segments = vec![(0, 0); starts[squares] as usize];
        self.each_entry(graph, &of, |square, segment| {
            segments[next[square] as usize] = segment;
            next[square] += 1;
        });
        self.starts = starts;
        self.segments = segments;
    }

    /// Calls for each square that a segment may touch; long segments are followed in steps. `of` holds the square of
    /// each vertex.
    fn each_entry(&self, graph: &Graph, of: &[(u32, u32)], mut add: impl FnMut(usize, (u32, u32))) {
        for at in (0u32..).take(graph.stretches.len()) {
            let range = graph.vertex_range(at);
            for vertex in range.start..range.end - 1 {
                let segment = (u32::try_from(vertex).unwrap_or(NONE), at);
                let (column, row) = of[vertex];
                if of[vertex + 1] == (column, row) {
                    add(row as usize * self.columns as usize + column as usize, segment);
                    continue;
                }
                let (a, b) = (graph.vertices[vertex].place(), graph.vertices[vertex + 1].place());
                let steps =
                    ((b.lon - a.lon).abs() / self.step_lon).max((b.lat - a.lat).abs() / self.step_lat);
                let steps = whole(steps) + 1;
                let point = |step: u32| {
                    let t = f64::from(step) / f64::from(steps);
                    LonLat::new((b.lon - a.lon).mul_add(t, a.lon), (b.lat - a.lat).mul_add(t, a.lat))
                };
                let mut before = None;
                for step in 0..steps {
                    let (c0, r0) = self.square(point(step));
                    let (c1, r1) = self.square(point(step + 1));
                    let covered = (c0.min(c1), c0.max(c1), r0.min(r1), r0.max(r1));
                    if before == Some(covered) {
                        continue;
                    }
                    before = Some(covered);
                    for row in covered.2..=covered.3 {
                        for column in covered.0..=covered.1 {
                            add(row as usize * self.columns as usize + column as usize, segment);
                        }
                    }
                }
            }
        }
    }

    /// The square of a place, the nearest one for places outside.
    fn square(&self, place: LonLat) -> (u32, u32) {
        let column = whole((place.lon - self.west) / self.step_lon).min(self.columns - 1);
        let row = whole((place.lat - self.south) / self.step_lat).min(self.rows - 1);
        (column, row)
    }

    /// The point of a road that stands for a place, at most `limit` away.
    /// A road on a small piece is passed over for a connected one not much farther away.
    ///
    /// # Errors
    /// The length to the nearest road where that is beyond the limit, if one is within twice the limit.
    ///
    /// # Complexity
    /// O(1) on average near roads; O(squares within the limit) far from them.
    pub fn snap(
        &self,
        graph: &Graph,
        place: LonLat,
        limit: Metres,
        water: Option<&Water>,
    ) -> Result<Snap, Option<Metres>> {
        let snap = self.snap_by(graph, place, limit, |_| true)?;
        let Some(water) = water.filter(|water| water.is_crossed(place, snap.place)) else { return Ok(snap) };
        // On its own side, if there is a road.
        let is_dry = |found: &Best| !water.is_crossed(place, found.place(graph));
        Ok(self.snap_by(graph, place, limit, is_dry).unwrap_or(Snap { crosses_water: true, ..snap }))
    }

    fn snap_by(
        &self,
        graph: &Graph,
        place: LonLat,
        limit: Metres,
        is_reached: impl Fn(&Best) -> bool,
    ) -> Result<Snap, Option<Metres>> {
        let limit_m = limit.value();
        let scale = LocalScale::at(place.lat);
        let slack = graph.profile.prefer_connected_within.value();
        let is_wanted = |stretch: &Stretch, found: &Best| !stretch.is_shut_off && is_reached(found);
        let [any, connected] = self.nearest(graph, place, scale, limit_m * 2.0, slack, is_wanted);
        let best = match (any, connected) {
            (Some(any), Some(connected))
                if connected.metres <= any.metres + slack && connected.metres <= limit_m =>
            {
                connected
            }
            (Some(any), _) if any.metres <= limit_m => any,
            (Some(any), _) => return Err(Some(Metres::new(any.metres))),
            (None, _) => return Err(None),
        };
        Ok(Self::on(graph, best))
    }

    /// The point of whichever road is nearest, ferries and motorways too, at most `limit` away.
    #[must_use]
    pub fn snap_to_any(&self, graph: &Graph, place: LonLat, limit: Metres) -> Option<Snap> {
        self.snap_to(graph, place, limit, |_| true)
    }

    /// The point of the nearest road of certain classes.
    #[must_use]
    pub fn snap_to(
        &self,
        graph: &Graph,
        place: LonLat,
        limit: Metres,
        is_wanted: impl Fn(RoadClass) -> bool,
    ) -> Option<Snap> {
        let scale = LocalScale::at(place.lat);
        let wanted = |stretch: &Stretch, _: &Best| is_wanted(stretch.class);
        self.nearest(graph, place, scale, limit.value(), 0.0, wanted)[0].map(|best| Self::on(graph, best))
    }

    /// Every stretch within some metres of a place, with its nearest spot in centimetres from its tail, in order of
    /// the stretches.
    #[must_use]
    pub fn within(&self, graph: &Graph, place: LonLat, metres: f64) -> Vec<(u32, u32)> {
        let mut best: Vec<Best> = Vec::new();
        if self.columns == 0 {
            return Vec::new();
        }
        let scale = LocalScale::at(place.lat);
        let (east, north) = (metres / scale.m_per_lon, metres / scale.m_per_lat);
        let low = self.square(LonLat::new(place.lon - east, place.lat - north));
        let high = self.square(LonLat::new(place.lon + east, place.lat + north));
        for row in low.1..=high.1 {
            for column in low.0..=high.0 {
                let square = row as usize * self.columns as usize + column as usize;
                for segment in &self.segments[self.starts[square] as usize..self.starts[square + 1] as usize]
                {
                    let found = distance_to(graph, *segment, place, scale);
                    if found.metres > metres {
                        continue;
                    }
                    match best.iter_mut().find(|known| known.segment.1 == segment.1) {
                        Some(known) if found.metres < known.metres => *known = found,
                        Some(_) => {}
                        None => best.push(found),
                    }
                }
            }
        }
        let mut out: Vec<(u32, u32)> =
            best.into_iter().map(|best| (best.segment.1, Self::on(graph, best).cm)).collect();
        out.sort_unstable();
        out
    }

    /// The nearest segment of any road, and the nearest on a large piece if that is at most `slack` farther.
    fn nearest(
        &self,
        graph: &Graph,
        place: LonLat,
        scale: LocalScale,
        limit_m: f64,
        slack: f64,
        is_wanted: impl Fn(&Stretch, &Best) -> bool,
    ) -> [Option<Best>; 2] {
        let mut best: [Option<Best>; 2] = [None, None];
        if self.columns == 0 {
            return best;
        }
        let (column, row) = self.square(place);
        let (width, height) = (self.step_lon * scale.m_per_lon, self.step_lat * scale.m_per_lat);
        let side = width.min(height);
        // The place in squares from the south-western corner.
        let (x, y) = ((place.lon - self.west) / self.step_lon, (place.lat - self.south) / self.step_lat);
        // How far outside the grid the place lies: nothing is nearer than that.
        let outside = self.outside(place, scale);
        for ring in 0..self.columns.max(self.rows) {
            let at_least = (f64::from(ring) - 1.0).max(0.0) * side;
            let at_least = at_least.max(outside);
            // What is a centimetre farther may count as near.
            let enough = |best: &[Option<Best>; 2]| {
                let enough = match best {
                    [Some(any), Some(connected)] => connected.metres.min(any.metres + slack),
                    [Some(any), None] => any.metres + slack,
                    _ => limit_m,
                };
                enough.min(limit_m) + 0.01
            };
            if at_least > enough(&best) {
                break;
            }
            self.each_square_of_ring(column, row, ring, |square, column, row| {
                // From the place to the square's nearest side.
                let dx = (column - x).max(x - column - 1.0).max(0.0) * width;
                let dy = (row - y).max(y - row - 1.0).max(0.0) * height;
                let near = enough(&best);
                if dx * dx + dy * dy > near * near {
                    return;
                }
                let range = self.starts[square] as usize..self.starts[square + 1] as usize;
                for segment in &self.segments[range] {
                    let found = distance_to(graph, *segment, place, scale);
                    let is_better =
                        best.iter().any(|best| best.is_none_or(|best| found.metres <= best.metres + 0.01));
                    let is_out = !is_better || found.metres > limit_m + TOLERANCE;
                    if is_out || !is_wanted(&graph.stretches[segment.1 as usize], &found) {
                        continue;
                    }
                    keep(graph, &mut best[0], found);
                    if self.is_connected[segment.1 as usize] {
                        keep(graph, &mut best[1], found);
                    }
                }
            });
        }
        best
    }

    fn outside(&self, place: LonLat, scale: LocalScale) -> f64 {
        let east = self.west + f64::from(self.columns) * self.step_lon;
        let north = self.south + f64::from(self.rows) * self.step_lat;
        let dx = (self.west - place.lon).max(place.lon - east).max(0.0) * scale.m_per_lon;
        let dy = (self.south - place.lat).max(place.lat - north).max(0.0) * scale.m_per_lat;
        dx.hypot(dy)
    }

    fn each_square_of_ring(&self, column: u32, row: u32, ring: u32, mut visit: impl FnMut(usize, f64, f64)) {
        let (c, r, ring) = (i64::from(column), i64::from(row), i64::from(ring));
        let (columns, rows) = (i64::from(self.columns), i64::from(self.rows));
        let mut at = |column: i64, row: i64| {
            if (0..columns).contains(&column)
                && (0..rows).contains(&row)
                && let Ok(square) = usize::try_from(row * columns + column)
            {
                #[allow(clippy::cast_precision_loss, reason = "a number of squares")]
                visit(square, column as f64, row as f64);
            }
        };
        for column in (c - ring).max(0)..=(c + ring).min(columns - 1) {
            at(column, r - ring);
            if ring > 0 {
                at(column, r + ring);
            }
        }
        for row in (r - ring + 1).max(0)..(r + ring).min(rows) {
            at(c - ring, row);
            at(c + ring, row);
        }
    }

    fn on(graph: &Graph, best: Best) -> Snap {
        let (vertex, stretch) = (best.segment.0 as usize, best.segment.1);
        let (a, b) = (graph.along_cm[vertex], graph.along_cm[vertex + 1]);
        let cm = a + whole((f64::from(b - a) * best.t).round());
        let (ms_forward, ms_backward) = graph.ms_along(stretch, cm);
        Snap {
            stretch,
            cm,
            ms_forward,
            ms_backward,
            access_cm: whole((best.metres * 100.0).round()),
            place: graph.place_along(stretch, cm),
            crosses_water: false,
        }
    }
}

/// Nearer by a centimetre wins. At the same distance, as where roads meet, a road that may be passed through:
/// who stands on the end of a private one may drive along it. Then the first segment, so that the order of
/// search does not matter.
fn keep(graph: &Graph, best: &mut Option<Best>, found: Best) {
    let cm = |best: &Best| whole((best.metres * 100.0).round());
    let is_private = |best: &Best| graph.stretches[best.segment.1 as usize].is_destination_only;
    let is_better = best.is_none_or(|best| {
        cm(&found)
            .cmp(&cm(&best))
            .then_with(|| is_private(&found).cmp(&is_private(&best)))
            .then_with(|| found.metres.total_cmp(&best.metres))
            .then_with(|| found.segment.cmp(&best.segment))
            .is_lt()
    });
    if is_better {
        *best = Some(found);
    }
}

/// The point of a segment nearest to a place, on the plane that touches the Earth there.
fn distance_to(graph: &Graph, segment: (u32, u32), place: LonLat, scale: LocalScale) -> Best {
    let vertex = segment.0 as usize;
    let (ax, ay) = scale.offset(place, graph.vertices[vertex].place());
    let (bx, by) = scale.offset(place, graph.vertices[vertex + 1].place());
    let (dx, dy) = (bx - ax, by - ay);
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 { (-(ax * dx + ay * dy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (ax + t * dx, ay + t * dy);
    Best { metres: (x * x + y * y).sqrt(), segment, t }
}

/// The whole part of a number that is not negative.
fn whole(value: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u32")]
    let whole = value.clamp(0.0, f64::from(u32::MAX)) as u32;
    whole
}
