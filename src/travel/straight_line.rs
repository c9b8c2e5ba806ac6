//! How far as the crow flies, times a detour factor? The labelled fallback where no roads are loaded.
//! Does not know roads, people or kinds.

use rayon::prelude::*;
use rstar::RTree;
use rustc_hash::FxHashMap;

use crate::geometry::{Located, PlanePoint};
use crate::model::travel::{
    CostRows, Method, NO_SITE, Nearest, Pairs, Reach, TravelError, TravelModel, Trip,
};
use crate::progress::{Cancelled, Progress};
use crate::units::{Cost, Measure, Metres, Seconds, TOLERANCE};

/// Plane distance in SWEREF 99 TM × a factor, an estimate of the road distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StraightLine {
    pub detour_factor: f64,
    pub speed_kmh: Option<f64>,
    /// Without a speed lengths are counted, whatever is said here.
    pub measure: Measure,
}

/// Demand points handled between two looks at "stop?".
const CHUNK: usize = 4096;

impl TravelModel for StraightLine {
    fn method(&self) -> Method {
        Method::StraightLine { detour_factor: self.detour_factor, speed_kmh: self.speed_kmh }
    }

    fn measure(&self) -> Measure {
        if self.metres_a_second().is_some() { self.measure } else { Measure::Distance }
    }

    /// # Complexity
    /// O(demand · log sites) with an R-tree over the sites.
    fn nearest(&self, pairs: Pairs<'_>, k: usize, progress: &dyn Progress) -> Result<Nearest, TravelError> {
        let Pairs { demand, sites, head_starts, .. } = pairs;
        let order = Order::new(self, head_starts);
        let tree = order.tree(sites, k);
        let mut found_sites = vec![NO_SITE; demand.len() * k];
        let mut metres = vec![f64::INFINITY; demand.len() * k];
        if k == 0 || sites.is_empty() {
            return Ok(self.table(k, found_sites, metres, head_starts));
        }
        let rows = found_sites.par_chunks_mut(CHUNK * k).zip(metres.par_chunks_mut(CHUNK * k));
        rows.zip(demand.par_chunks(CHUNK)).try_for_each(|((found_sites, metres), points)| {
            progress.check()?;
            let slots = found_sites.chunks_mut(k).zip(metres.chunks_mut(k));
            for (point, (sites_out, metres_out)) in points.iter().zip(slots) {
                order.nearest_of(&tree, *point, sites_out, metres_out);
            }
            Ok::<_, Cancelled>(())
        })?;
        Ok(self.table(k, found_sites, metres, head_starts))
    }

    /// # Complexity
    /// O(sites · (log demand + answers)) with an R-tree over the demand.
    fn rows(
        &self,
        pairs: Pairs<'_>,
        cutoff: Option<Cost>,
        progress: &dyn Progress,
    ) -> Result<CostRows, TravelError> {
        let Pairs { demand, sites, head_starts, .. } = pairs;
        let Some(cutoff) = cutoff else { return self.all_rows(pairs, progress) };
        let tree = RTree::bulk_load((0u32..).zip(demand).map(|(ix, p)| Located::new(*p, ix)).collect());
        let measure = self.measure();
        // A hair wider than the cutoff, so that rounding of the division loses nobody.
        let radius = self.length_of(cutoff.widened()).value() / self.detour_factor * (1.0 + 1e-12);
        let rows: Result<Vec<_>, Cancelled> = sites
            .par_iter()
            .enumerate()
            .map(|(at, site)| {
                progress.check()?;
                let head_start = head_starts.get(at).copied().unwrap_or_default();
                let near = tree.locate_within_distance([site.e, site.n], radius * radius);
                let mut row: Vec<Reach> = near
                    .map(|cell| Reach {
                        demand: cell.data,
                        trip: self.trip_after(*site, cell.point, head_start),
                    })
                    .filter(|reach| reach.trip.cost(measure).is_ok_and(|cost| cost.is_within(cutoff)))
                    .collect();
                row.sort_unstable_by_key(|reach| reach.demand);
                Ok(row)
            })
            .collect();
        Ok(CostRows::from_rows(rows?))
    }
}

impl StraightLine {
    /// The trip between two places.
    #[must_use]
    pub fn trip(&self, from: PlanePoint, to: PlanePoint) -> Trip {
        self.trip_after(from, to, Seconds::ZERO)
    }

    /// The same, with the time before anybody moves.
    fn trip_after(&self, from: PlanePoint, to: PlanePoint, head_start: Seconds) -> Trip {
        let length = Metres::new(from.distance(to).value() * self.detour_factor);
        let time = self.metres_a_second().map(|speed| Seconds::new(length.value() / speed) + head_start);
        Trip { length, time }
    }

    fn metres_a_second(&self) -> Option<f64> {
        self.speed_kmh.filter(|speed| *speed > 0.0).map(|speed| speed / 3.6)
    }

    /// The longest length within a cost.
    fn length_of(&self, cost: Cost) -> Metres {
        match (self.measure(), self.metres_a_second()) {
            (Measure::Time, Some(speed)) => Metres::new(cost.seconds().value() * speed),
            _ => cost.metres(),
        }
    }

    fn table(&self, k: usize, sites: Vec<u32>, metres: Vec<f64>, head_starts: &[Seconds]) -> Nearest {
        let head_start =
            |site: &u32| head_starts.get(*site as usize).map_or(0.0, |head_start| head_start.value());
        let seconds = self.metres_a_second().map_or_else(Vec::new, |speed| {
            let trips = metres.iter().zip(&sites);
            trips.map(|(m, site)| if m.is_finite() { m / speed + head_start(site) } else { 0.0 }).collect()
        });
        Nearest::new(k, self.measure(), sites, metres, seconds, Vec::new())
    }

    fn all_rows(&self, pairs: Pairs<'_>, progress: &dyn Progress) -> Result<CostRows, TravelError> {
        let row = |(at, site): (usize, &PlanePoint)| {
            progress.check()?;
            let head_start = pairs.head_starts.get(at).copied().unwrap_or_default();
            let reach = |(demand, point): (u32, &PlanePoint)| Reach {
                demand,
                trip: self.trip_after(*site, *point, head_start),
            };
            Ok((0u32..).zip(pairs.demand).map(reach).collect())
        };
        let rows: Result<Vec<_>, Cancelled> = pairs.sites.par_iter().enumerate().map(row).collect();
        Ok(CostRows::from_rows(rows?))
    }
}

/// What "nearest" is by: the length, and where times are counted the way that a head start is worth.
struct Order {
    detour_factor: f64,
    /// Metres, one a site; empty = none.
    head_starts: Vec<f64>,
    least_head_start: f64,
    /// Metres that make no difference.
    same: f64,
}

impl Order {
    fn new(line: &StraightLine, head_starts: &[Seconds]) -> Self {
        let speed = line.metres_a_second().filter(|_| line.measure() == Measure::Time);
        let head_starts: Vec<f64> = speed
            .map(|speed| head_starts.iter().map(|start| start.value() * speed).collect())
            .unwrap_or_default();
        let least = head_starts.iter().copied().fold(f64::INFINITY, f64::min);
        Self {
            detour_factor: line.detour_factor,
            least_head_start: if least.is_finite() { least } else { 0.0 },
            head_starts,
            same: TOLERANCE * speed.unwrap_or(1.0),
        }
    }

    fn head_start(&self, site: u32) -> f64 {
        self.head_starts.get(site as usize).copied().unwrap_or(0.0)
    }

    /// The sites to look among. Of those at one position with one head start only the first k can be among the k nearest
    /// of any point: a thousand at one place are looked at as k.
    fn tree(&self, sites: &[PlanePoint], k: usize) -> RTree<Located> {
        let mut seen: FxHashMap<[u64; 3], usize> = FxHashMap::default();
        let is_looked_at = |(site, point): &(u32, &PlanePoint)| {
            let key = [point.e, point.n, self.head_start(*site)].map(f64::to_bits);
            let count = seen.entry(key).or_default();
            *count += 1;
            *count <= k
        };
        let sites = (0u32..).zip(sites).filter(is_looked_at);
        RTree::bulk_load(sites.map(|(ix, p)| Located::new(*p, ix)).collect())
    }

    /// The nearest sites of a point. Of sites that are equally far (see [`TOLERANCE`]) the one that stands first
    /// comes first, at the least of their costs, so that costs never fall with the rank.
    fn nearest_of(&self, tree: &RTree<Located>, point: PlanePoint, sites: &mut [u32], metres: &mut [f64]) {
        let k = sites.len();
        // The k nearest, and all that are as far as the last of them.
        let mut found = SmallList::default();
        // The least costs so far, no more than k of them. Without head starts they come in their order.
        let mut least: Vec<f64> = Vec::new();
        let mut enough = f64::INFINITY;
        for (site, distance2) in tree.nearest_neighbor_iter_with_distance_2([point.e, point.n]) {
            let length = distance2.sqrt() * self.detour_factor;
            if length + self.least_head_start > enough {
                break;
            }
            let cost = length + self.head_start(site.data);
            found.push((cost, site.data));
            if self.head_starts.is_empty() {
                if found.len() == k {
                    enough = cost + self.same;
                }
                continue;
            }
            if least.len() < k || least.last().is_some_and(|last| cost < *last) {
                least.truncate(k - 1);
                least.insert(least.partition_point(|known| *known <= cost), cost);
            }
            if least.len() == k {
                enough = least[k - 1] + self.same;
            }
        }
        let mut rest = found.as_mut();
        rest.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (slot, length) in sites.iter_mut().zip(metres) {
            let Some((shortest, _)) = rest.first().copied() else { break };
            let ties = rest.iter().take_while(|(cost, _)| *cost <= shortest + self.same);
            let Some((at, (_, site))) = ties.enumerate().min_by_key(|(_, (_, site))| *site) else { break };
            *slot = *site;
            *length = (shortest - self.head_start(*slot)).max(0.0);
            // What comes before the one taken moves one place back; its order stays.
            rest[..=at].rotate_right(1);
            rest = &mut rest[1..];
        }
    }
}

/// Lengths and sites: a few without the heap, any number with it.
#[derive(Default)]
struct SmallList {
    few: [(f64, u32); 8],
    count: usize,
    many: Vec<(f64, u32)>,
}

impl SmallList {
    fn push(&mut self, item: (f64, u32)) {
        if self.many.is_empty() && self.count < self.few.len() {
            self.few[self.count] = item;
            self.count += 1;
        } else {
            if self.many.is_empty() {
                self.many.extend_from_slice(&self.few);
            }
            self.many.push(item);
        }
    }

    fn len(&self) -> usize {
        self.count.max(self.many.len())
    }

    fn as_mut(&mut self) -> &mut [(f64, u32)] {
        if self.many.is_empty() { &mut self.few[..self.count] } else { &mut self.many }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Unwatched;
    use proptest::prelude::*;

    const LINE: StraightLine =
        StraightLine { detour_factor: 1.3, speed_kmh: Some(70.0), measure: Measure::Distance };

    fn points(max: usize) -> impl Strategy<Value = Vec<PlanePoint>> {
        // Whole kilometres on a small board, so that ties and repeated points do occur.
        proptest::collection::vec((0i32..30, 0i32..30), 0..max).prop_map(|cells| {
            cells
                .into_iter()
                .map(|(e, n)| PlanePoint::new(f64::from(e) * 1000.0, f64::from(n) * 1000.0))
                .collect()
        })
    }

    /// The slow and certain answer.
    fn brute_force(point: PlanePoint, sites: &[PlanePoint]) -> Vec<(f64, usize)> {
        let mut all: Vec<_> = sites.iter().enumerate().map(|(i, s)| (point.distance2(*s), i)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        all
    }

    proptest! {
        #[test]
        fn turnout_counts_where_times_do(demand in points(20), sites in points(12), minutes in proptest::collection::vec(0u8..15, 12)) {
            let line = StraightLine { measure: Measure::Time, ..LINE };
            let head_starts: Vec<Seconds> = minutes.iter().map(|m| Seconds::from_minutes(f64::from(*m))).collect();
            let head_starts = &head_starts[..sites.len()];
            let pairs = Pairs { head_starts, ..Pairs::visitors(&demand, &sites) };
            let nearest = line.nearest(pairs, 2, &Unwatched).expect("not cancelled");
            let rows = line.rows(pairs, Some(Seconds::from_minutes(20.0).into()), &Unwatched).expect("not cancelled");
            for (i, point) in demand.iter().enumerate() {
                let time = |s: usize| line.trip_after(*point, sites[s], head_starts[s]).time.expect("a speed").value();
                let mut all: Vec<f64> = (0..sites.len()).map(time).collect();
                for (s, time) in all.iter().enumerate() {
                    let is_in = rows.row(s).iter().any(|reach| reach.demand as usize == i);
                    prop_assert_eq!(is_in, *time <= 1200.0 + 1e-3);
                }
                all.sort_by(f64::total_cmp);
                for rank in 0..2 {
                    let found = nearest.at(i, rank).and_then(|(_, trip)| trip.time).map(Seconds::value);
                    let wanted = all.get(rank).copied();
                    prop_assert!(found.zip(wanted).map_or(found == wanted, |(a, b)| (a - b).abs() < 1e-6), "{:?} {:?}", found, wanted);
                }
            }
        }

        #[test]
        fn nearest_equals_brute_force(demand in points(40), sites in points(25), k in 1usize..5) {
            let nearest = LINE.nearest(Pairs::visitors(&demand, &sites), k, &Unwatched).expect("not cancelled");
            for (i, point) in demand.iter().enumerate() {
                let expected = brute_force(*point, &sites);
                for rank in 0..k {
                    let found = nearest.at(i, rank).map(|(site, trip)| (site, trip.length.value()));
                    let wanted = expected.get(rank).map(|(d2, site)| (*site, d2.sqrt() * 1.3));
                    prop_assert_eq!(found, wanted);
                }
            }
        }

        #[test]
        fn rows_equal_brute_force(demand in points(40), sites in points(10), km in 0.0f64..25.0) {
            let cutoff = Metres::from_km(km);
            let rows = LINE.rows(Pairs::visitors(&demand, &sites), Some(cutoff.into()), &Unwatched).expect("not cancelled");
            for (i, site) in sites.iter().enumerate() {
                let expected: Vec<u32> = (0u32..).zip(&demand)
                    .filter(|(_, point)| LINE.trip(*site, **point).length.is_within(cutoff))
                    .map(|(ix, _)| ix)
                    .collect();
                let found: Vec<u32> = rows.row(i).iter().map(|reach| reach.demand).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
