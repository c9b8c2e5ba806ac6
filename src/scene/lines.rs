//! How are hundreds of thousands of lines kept so that a frame draws only what is seen, no finer than it is seen?
//! Lines lie in chunks with a box around each, once for every step of zoom. Does not know colours or the camera.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Mercator;

/// Lines of a chunk; neighbours in the order given should be neighbours on the ground.
const CHUNK: usize = 256;

/// The zoom up to which each simplified level is fine enough; beyond the last everything is drawn as it is.
const LEVELS: [f64; 8] = [5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 13.0];

/// Points of the screen within which two places are one.
const TOLERANCE: f64 = 0.8;

/// A line to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Names the line to whoever draws it.
    pub tag: u32,
    /// How it is drawn.
    pub style: u8,
    /// Lines of one group appear at the same zoom and are drawn together.
    pub group: u8,
}

/// A line, or a part of one, as it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub tag: u32,
    pub style: u8,
    start: u32,
}

/// Lines that lie near one another.
#[derive(Debug)]
pub struct Chunk {
    pub group: u8,
    pub min: Mercator,
    pub max: Mercator,
    /// From `min`.
    points: Vec<[f32; 2]>,
    lines: Vec<Line>,
}

impl Chunk {
    /// The lines with their points.
    pub fn lines(&self) -> impl Iterator<Item = (Line, impl Iterator<Item = Mercator> + Clone + '_)> {
        self.lines.iter().enumerate().map(|(at, line)| {
            let end = self.lines.get(at + 1).map_or(self.points.len(), |next| next.start as usize);
            let points = &self.points[line.start as usize..end];
            let place = |p: &[f32; 2]| [self.min[0] + f64::from(p[0]), self.min[1] + f64::from(p[1])];
            (*line, points.iter().map(place))
        })
    }

    /// Does it reach into a box?
    #[must_use]
    pub fn is_in(&self, (min, max): (Mercator, Mercator)) -> bool {
        self.min[0] <= max[0] && self.max[0] >= min[0] && self.min[1] <= max[1] && self.max[1] >= min[1]
    }
}

#[derive(Debug)]
struct Level {
    up_to: f64,
    chunks: Vec<Chunk>,
}

/// Lines for every zoom.
#[derive(Debug, Default)]
pub struct LineSet {
    levels: Vec<Level>,
}

impl LineSet {
    /// Keeps lines; `points` writes those of a tag. Groups are first seen at a zoom each.
    ///
    /// # Complexity
    /// O(points · levels), in parallel.
    #[must_use]
    pub fn new(
        sources: &[Source],
        first_zooms: &[f64],
        points: impl Fn(u32, &mut Vec<Mercator>) + Sync,
    ) -> Self {
        let mut chunks: Vec<Vec<Source>> = Vec::new();
        for group in 0u8..u8::try_from(first_zooms.len()).unwrap_or(u8::MAX) {
            let of_group: Vec<Source> = sources.iter().filter(|s| s.group == group).copied().collect();
            chunks.extend(of_group.chunks(CHUNK).map(<[Source]>::to_vec));
        }
        let made: Vec<Vec<Option<Chunk>>> = chunks
            .par_iter()
            .map(|sources| {
                let lines: Vec<(Source, Vec<Mercator>)> = sources
                    .iter()
                    .map(|source| {
                        let mut line = Vec::new();
                        points(source.tag, &mut line);
                        (*source, line)
                    })
                    .collect();
                let first = first_zooms[usize::from(sources[0].group)];
                let simple =
                    LEVELS.iter().map(|zoom| (*zoom > first).then(|| simplified(&lines, *zoom)).flatten());
                simple.chain([chunk(&lines)]).collect()
            })
            .collect();
        let mut levels: Vec<Level> = LEVELS
            .into_iter()
            .chain([f64::INFINITY])
            .map(|up_to| Level { up_to, chunks: Vec::new() })
            .collect();
        for of_chunk in made {
            for (level, chunk) in levels.iter_mut().zip(of_chunk) {
                level.chunks.extend(chunk);
            }
        }
        Self { levels }
    }

    /// The chunks in a box at a zoom, one group after another.
    #[must_use]
    pub fn seen(&self, zoom: f64, window: (Mercator, Mercator)) -> impl DoubleEndedIterator<Item = &Chunk> {
        let level = self.levels.iter().find(|level| zoom <= level.up_to);
        level.into_iter().flat_map(|level| &level.chunks).filter(move |chunk| chunk.is_in(window))
    }

    /// The box around everything, if there is anything.
    #[must_use]
    pub fn bounds(&self) -> Option<(Mercator, Mercator)> {
        let chunks = self.levels.last()?.chunks.iter();
        chunks.map(|chunk| (chunk.min, chunk.max)).reduce(|(min, max), (low, high)| {
            ([min[0].min(low[0]), min[1].min(low[1])], [max[0].max(high[0]), max[1].max(high[1])])
        })
    }
}

/// A chunk of lines as they are.
fn chunk(lines: &[(Source, Vec<Mercator>)]) -> Option<Chunk> {
    let parts = lines.iter().map(|(source, points)| (*source, points.as_slice()));
    packed(parts)
}

fn packed<'a>(lines: impl Iterator<Item = (Source, &'a [Mercator])> + Clone) -> Option<Chunk> {
    let (mut min, mut max) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for [x, y] in lines.clone().flat_map(|(_, points)| points) {
        min = [min[0].min(*x), min[1].min(*y)];
        max = [max[0].max(*x), max[1].max(*y)];
    }
    let mut out =
        Chunk { group: lines.clone().next()?.0.group, min, max, points: Vec::new(), lines: Vec::new() };
    for (source, points) in lines {
        let start = u32::try_from(out.points.len()).unwrap_or(u32::MAX);
        out.lines.push(Line { tag: source.tag, style: source.style, start });
        #[expect(clippy::cast_possible_truncation, reason = "a few kilometres, to the millimetre")]
        out.points.extend(points.iter().map(|p| [(p[0] - min[0]) as f32, (p[1] - min[1]) as f32]));
    }
    out.points.shrink_to_fit();
    out.lines.shrink_to_fit();
    Some(out)
}

/// The lines as they look at a zoom: places closer than can be seen are one, nothing is drawn twice.
fn simplified(lines: &[(Source, Vec<Mercator>)], zoom: f64) -> Option<Chunk> {
    let side = TOLERANCE / (256.0 * zoom.exp2());
    let mut places: Vec<Mercator> = Vec::new();
    let mut known: FxHashMap<(i64, i64), u32> = FxHashMap::default();
    let mut drawn: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut parts: Vec<(Source, Vec<Mercator>)> = Vec::new();
    for (source, line) in lines {
        let mut part: Vec<Mercator> = Vec::new();
        let mut last = None;
        for point in line {
            #[expect(clippy::cast_possible_truncation, reason = "squares of a zoom level")]
            let square = ((point[0] / side).floor() as i64, (point[1] / side).floor() as i64);
            let here = *known.entry(square).or_insert_with(|| {
                places.push(*point);
                u32::try_from(places.len() - 1).unwrap_or(u32::MAX)
            });
            let Some(before) = last.replace(here).filter(|before| *before != here) else { continue };
            if drawn.insert((before.min(here), before.max(here))) {
                if part.is_empty() {
                    part.push(places[before as usize]);
                }
                part.push(places[here as usize]);
            } else if !part.is_empty() {
                parts.push((*source, thinned(&std::mem::take(&mut part), side * 0.6)));
            }
        }
        if !part.is_empty() {
            parts.push((*source, thinned(&part, side * 0.6)));
        }
    }
    chunk(&parts)
}

/// Leaves out vertices that lie on the line between others (Douglas and Peucker 1973).
fn thinned(line: &[Mercator], tolerance: f64) -> Vec<Mercator> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut is_kept = vec![false; line.len()];
    (is_kept[0], is_kept[line.len() - 1]) = (true, true);
    let mut open = vec![(0, line.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let mut worst = (tolerance, 0);
        for at in from + 1..to {
            let off = off_line(line[at], line[from], line[to]);
            if off > worst.0 {
                worst = (off, at);
            }
        }
        if worst.1 > 0 {
            is_kept[worst.1] = true;
            open.extend([(from, worst.1), (worst.1, to)]);
        }
    }
    line.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept).map(|(point, _)| *point).collect()
}

/// How far a point lies from a segment.
#[must_use]
pub fn off_line(point: Mercator, a: Mercator, b: Mercator) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let squared = dx.mul_add(dx, dy * dy);
    let t = if squared > 0.0 { ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared } else { 0.0 };
    let t = t.clamp(0.0, 1.0);
    (dx.mul_add(t, a[0]) - point[0]).hypot(dy.mul_add(t, a[1]) - point[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(tag: u32) -> Source {
        Source { tag, style: 0, group: 0 }
    }

    fn lines() -> LineSet {
        // A long straight line with many points, the same again, and one too short to be seen far out.
        let sources = [source(0), source(1), source(2)];
        LineSet::new(&sources, &[0.0], |tag, out| match tag {
            2 => out.extend([[0.5, 0.5], [0.500_001, 0.5]]),
            _ => out.extend((0..=100).map(|n| [0.5 + f64::from(n) * 1e-4, 0.5])),
        })
    }

    #[test]
    fn far_out_a_straight_line_is_two_points_drawn_once() {
        let set = lines();
        let chunk = set.seen(5.0, ([0.0; 2], [1.0; 2])).next();
        let drawn: Vec<(u32, usize)> = chunk
            .into_iter()
            .flat_map(Chunk::lines)
            .map(|(line, points)| (line.tag, points.count()))
            .collect();
        assert_eq!(drawn, [(0, 2)]);
    }

    #[test]
    fn near_everything_is_there_as_it_is() {
        let set = lines();
        let chunk = set.seen(15.0, ([0.0; 2], [1.0; 2])).next();
        let counts: Vec<usize> =
            chunk.into_iter().flat_map(Chunk::lines).map(|(_, points)| points.count()).collect();
        assert_eq!(counts, [101, 101, 2]);
    }

    #[test]
    fn what_lies_outside_is_not_looked_at() {
        assert_eq!(lines().seen(15.0, ([0.6, 0.6], [0.7, 0.7])).count(), 0);
    }
}
