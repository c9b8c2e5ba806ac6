//! A sparse rural road network of any size: the same seed gives the same roads.
//! A jittered lattice of junctions, of which some links are missing, with winding links and a few main roads.

use sotplan::geometry::{LocalScale, LonLat};
use sotplan::model::roads::{RoadClass, RoadPoint, Roads, Way};

/// A small generator of random numbers (Marsaglia, *Xorshift RNGs*, 2003).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// In 0…1.
    pub fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Metres between neighbouring junctions.
const SPACING_M: f64 = 700.0;

/// Shape points on a link.
const SHAPE: usize = 3;

/// Roads with about `junctions` junctions.
pub fn roads(junctions: usize, seed: u64) -> Roads {
    let side = (junctions as f64).sqrt().ceil() as usize;
    let mut random = Random::new(seed);
    let mut out = Roads::default();
    let south_west = LonLat::new(12.0, 60.0);
    let scale = LocalScale::at(63.0);
    let place = |east: f64, north: f64| {
        RoadPoint::from(LonLat::new(
            south_west.lon + east / scale.m_per_lon,
            south_west.lat + north / scale.m_per_lat,
        ))
    };
    let mut nodes = Vec::with_capacity(side * side);
    for row in 0..side {
        for column in 0..side {
            let jitter = |random: &mut Random| (random.next() - 0.5) * 0.7 * SPACING_M;
            let at = (
                column as f64 * SPACING_M + jitter(&mut random),
                row as f64 * SPACING_M + jitter(&mut random),
            );
            nodes.push(at);
            out.points.push(place(at.0, at.1));
        }
    }
    let link = |out: &mut Roads, random: &mut Random, a: usize, b: usize, is_main: bool| {
        let first_ref = out.refs.len() as u32;
        let ((ax, ay), (bx, by)) = (nodes[a], nodes[b]);
        out.refs.push(a as u32);
        for step in 1..=SHAPE {
            let t = step as f64 / (SHAPE + 1) as f64;
            let wind = |random: &mut Random| (random.next() - 0.5) * 0.2 * SPACING_M;
            let (x, y) = (ax + (bx - ax) * t + wind(random), ay + (by - ay) * t + wind(random));
            out.refs.push(out.points.len() as u32);
            out.points.push(place(x, y));
        }
        out.refs.push(b as u32);
        let (class, limit) = if is_main { (RoadClass::Primary, 900) } else { (RoadClass::Unclassified, 0) };
        let id = out.ways.len() as i64;
        out.ways.push(Way {
            limit_forward: limit,
            limit_backward: limit,
            ..Way::plain(id, first_ref, class)
        });
    };
    for row in 0..side {
        for column in 0..side {
            let at = row * side + column;
            let is_main = row % 16 == 0 || column % 16 == 0;
            if column + 1 < side && (row % 16 == 0 || random.next() < 0.72) {
                link(&mut out, &mut random, at, at + 1, row % 16 == 0 && is_main);
            }
            if row + 1 < side && (column % 16 == 0 || random.next() < 0.72) {
                link(&mut out, &mut random, at, at + side, column % 16 == 0 && is_main);
            }
        }
    }
    out
}

/// Places scattered over the same land.
pub fn places(count: usize, junctions: usize, seed: u64) -> Vec<LonLat> {
    let side = (junctions as f64).sqrt().ceil() * SPACING_M;
    let scale = LocalScale::at(63.0);
    let mut random = Random::new(seed);
    (0..count)
        .map(|_| {
            LonLat::new(
                12.0 + random.next() * side / scale.m_per_lon,
                60.0 + random.next() * side / scale.m_per_lat,
            )
        })
        .collect()
}
