//! How do the roads of two files become one network? Points at one place are one, a way in both is there once.

use rustc_hash::FxHashMap;

use super::{Barrier, ENDS_MEET_M, NO_NAME, RoadPoint, Roads, TurnRestriction, Way};
use crate::geometry::ground_distance;

/// Points of which a way of another file may be one, by place.
#[derive(Default)]
struct Meeting {
    exact: FxHashMap<RoadPoint, u32>,
    /// Ends of a register by squares of 1e-5 degree.
    ends: FxHashMap<(i32, i32), Vec<u32>>,
}

impl Meeting {
    /// Units of 1e-7 degree of a square, and how far a tenth of a metre reaches, in Sweden's north too.
    const SQUARE: i32 = 100;
    const REACH: i32 = 30;

    fn add(&mut self, ix: u32, point: RoadPoint, is_end: bool) {
        self.exact.entry(point).or_insert(ix);
        if is_end {
            let square = (point.lon_e7.div_euclid(Self::SQUARE), point.lat_e7.div_euclid(Self::SQUARE));
            self.ends.entry(square).or_default().push(ix);
        }
    }

    /// The point that stands for this one; one of a register also within a tenth of a metre of its ends.
    fn find(&self, point: RoadPoint, is_end: bool, points: &[RoadPoint]) -> Option<u32> {
        if let Some(ix) = self.exact.get(&point) {
            return Some(*ix);
        }
        if !is_end {
            return None;
        }
        let squares = |at: i32| {
            at.saturating_sub(Self::REACH).div_euclid(Self::SQUARE)
                ..=at.saturating_add(Self::REACH).div_euclid(Self::SQUARE)
        };
        let near = squares(point.lon_e7).flat_map(|lon| squares(point.lat_e7).map(move |lat| (lon, lat)));
        near.filter_map(|square| self.ends.get(&square))
            .flatten()
            .map(|ix| (ground_distance(points[*ix as usize].place(), point.place()).value(), *ix))
            .filter(|(apart, _)| *apart <= ENDS_MEET_M)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, ix)| ix)
    }
}

impl Roads {
    /// By way of another file: the way here that it is, if any.
    ///
    /// Neighbouring extracts both hold the ways across their border: twice in the network they could not be closed, and
    /// a ban on one would not hold on the other. Lines of a register have no ids that hold in two files: those are the
    /// same that lie and say the same.
    fn same_ways(&self, other: &Self) -> Vec<Option<u32>> {
        let by_id = !other.meets_at_ends;
        let key = |roads: &Self, ix: usize| {
            let points = roads.refs_of(ix).iter().map(|point| roads.points[*point as usize]);
            (if by_id { roads.ways[ix].id } else { 0 }, points.collect::<Vec<_>>())
        };
        let known: FxHashMap<_, u32> =
            (0u32..).take(self.ways.len()).map(|ix| (key(self, ix as usize), ix)).collect();
        let plain =
            |roads: &Self, ix: usize| Way { id: 0, first_ref: 0, name: NO_NAME, ..roads.ways[ix].clone() };
        (0..other.ways.len())
            .map(|ix| {
                let found = *known.get(&key(other, ix))?;
                let is_same = by_id
                    || plain(self, found as usize) == plain(other, ix)
                        && self.name_of(found as usize) == other.name_of(ix);
                is_same.then_some(found)
            })
            .collect()
    }

    /// By point: is it of a way that is not one of those that are known elsewhere, or does something stand at it?
    fn is_used_beside(&self, known: &[Option<u32>]) -> Vec<bool> {
        let mut is_used = vec![false; self.points.len()];
        for (ix, _) in known.iter().enumerate().filter(|(_, known)| known.is_none()) {
            for point in self.refs_of(ix) {
                is_used[*point as usize] = true;
            }
        }
        let stands = self.barriers.iter().map(|b| b.point).chain(self.turns.iter().map(|turn| turn.via));
        for point in stands {
            is_used[point as usize] = true;
        }
        is_used
    }

    /// By point: does a way begin or end there?
    fn is_end(&self) -> Vec<bool> {
        let mut is_end = vec![false; self.points.len()];
        for way in 0..self.ways.len() {
            if let [first, .., last] = self.refs_of(way) {
                is_end[*first as usize] = true;
                is_end[*last as usize] = true;
            }
        }
        is_end
    }

    /// Adds the roads of another file. Points at exactly the same place become one, and a way that is there already
    /// is counted and not added.
    pub fn append(&mut self, other: Self) {
        let same = self.same_ways(&other);
        // A vertex inside a way of a register is nobody else's.
        let (mine, theirs) = (self.is_end(), other.is_end());
        let mut meeting = Meeting::default();
        for (ix, point) in (0u32..).zip(&self.points) {
            let is_end = self.meets_at_ends && mine[ix as usize];
            if is_end || !self.meets_at_ends {
                meeting.add(ix, *point, is_end);
            }
        }
        let is_used = other.is_used_beside(&same);
        let mut places = Vec::with_capacity(other.points.len());
        for (at, point) in other.points.iter().enumerate() {
            let may_meet = !other.meets_at_ends || theirs[at];
            let known = if may_meet { meeting.find(*point, other.meets_at_ends, &self.points) } else { None };
            let next = u32::try_from(self.points.len()).unwrap_or(u32::MAX);
            if known.is_none() && is_used[at] {
                self.points.push(*point);
            }
            places.push(known.unwrap_or(next));
        }
        // Of files of both sorts the vertices that may meet are joined by now; what comes next meets at any.
        self.meets_at_ends = if self.ways.is_empty() {
            other.meets_at_ends
        } else {
            self.meets_at_ends && other.meets_at_ends
        };
        let shift = |n: u32, by: usize| n + u32::try_from(by).unwrap_or(0);
        let names = self.names.len();
        let mut numbers = Vec::with_capacity(other.ways.len());
        for (ix, (way, same)) in other.ways.iter().zip(&same).enumerate() {
            if let Some(same) = same {
                numbers.push(*same);
                continue;
            }
            numbers.push(u32::try_from(self.ways.len()).unwrap_or(u32::MAX));
            let first_ref = u32::try_from(self.refs.len()).unwrap_or(u32::MAX);
            self.refs.extend(other.refs_of(ix).iter().map(|at| places[*at as usize]));
            let name = if way.name == NO_NAME { NO_NAME } else { shift(way.name, names) };
            self.ways.push(Way { first_ref, name, ..way.clone() });
        }
        self.names.extend(other.names);
        let place = |ix: u32| places[ix as usize];
        self.barriers.extend(other.barriers.into_iter().map(|b| Barrier { point: place(b.point), ..b }));
        self.turns.extend(other.turns.into_iter().map(|turn| TurnRestriction {
            from_way: numbers[turn.from_way as usize],
            to_way: numbers[turn.to_way as usize],
            via: place(turn.via),
            is_only: turn.is_only,
        }));
        let duplicates = same.iter().flatten().count() as u64;
        if duplicates > 0 {
            *self.report.remarks.entry("in_two_files".into()).or_default() += duplicates;
        }
        self.report.add(other.report);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::roads::RoadClass;

    fn roads(places: &[i32], ways: &[(i64, &[u32])]) -> Roads {
        let points = places.iter().map(|at| RoadPoint { lon_e7: *at, lat_e7: 630_000_000 }).collect();
        let mut out = Roads { points, ..Roads::default() };
        for (id, refs) in ways {
            let first_ref = u32::try_from(out.refs.len()).expect("few");
            out.ways.push(Way::plain(*id, first_ref, RoadClass::Secondary));
            out.refs.extend(*refs);
        }
        out
    }

    // The first file ends where the second begins, and both hold the way across the border.
    #[test]
    fn a_way_in_two_files_is_one_way() {
        let mut all = roads(&[1, 2, 3], &[(7, &[0, 1]), (8, &[1, 2])]);
        let mut other = roads(&[2, 3, 4], &[(8, &[0, 1]), (9, &[1, 2])]);
        other.turns.push(TurnRestriction { from_way: 0, to_way: 1, via: 1, is_only: false });
        all.append(other);
        assert_eq!(all.points.len(), 4);
        assert_eq!(all.ways.iter().map(|way| way.id).collect::<Vec<_>>(), [7, 8, 9]);
        assert_eq!((all.refs_of(1), all.refs_of(2)), (&[1, 2][..], &[2, 3][..]));
        let turn = TurnRestriction { from_way: 1, to_way: 2, via: 2, is_only: false };
        assert_eq!(all.turns, [turn]);
        assert_eq!(all.report.remarks.get("in_two_files"), Some(&1));
    }
}
