//! How far as the crow flies, times a detour factor? The labelled fallback where no roads are loaded.
//! Does not know roads, people or kinds.

use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::geometry::PlanePoint;
use crate::model::travel::{CostRows, Method, NO_SITE, Nearest, Pairs, Reach, TravelModel, Trip};
use crate::progress::{Cancelled, Progress};
use crate::units::{Cost, Measure, Metres, Seconds};

/// Plane distance in SWEREF 99 TM × a factor, an estimate of the road distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StraightLine {
    pub detour_factor: f64,
    pub speed_kmh: Option<f64>,
    /// Without a speed lengths are counted, whatever is said here.
    pub measure: Measure,
}

type Site = GeomWithData<[f64; 2], u32>;

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
    fn nearest(&self, pairs: Pairs<'_>, k: usize, progress: &dyn Progress) -> Result<Nearest, Cancelled> {
        let Pairs { demand, sites, .. } = pairs;
        let tree = site_tree(sites);
        let mut found_sites = vec![NO_SITE; demand.len() * k];
        let mut metres = vec![f64::INFINITY; demand.len() * k];
        if k == 0 || sites.is_empty() {
            return Ok(self.table(k, found_sites, metres));
        }
        let rows = found_sites.par_chunks_mut(CHUNK * k).zip(metres.par_chunks_mut(CHUNK * k));
        rows.zip(demand.par_chunks(CHUNK)).try_for_each(|((found_sites, metres), points)| {
            progress.check()?;
            let slots = found_sites.chunks_mut(k).zip(metres.chunks_mut(k));
            for (point, (sites_out, metres_out)) in points.iter().zip(slots) {
                self.nearest_of(&tree, *point, sites_out, metres_out);
            }
            Ok(())
        })?;
        Ok(self.table(k, found_sites, metres))
    }

    /// # Complexity
    /// O(sites · (log demand + answers)) with an R-tree over the demand.
    fn rows(
        &self,
        pairs: Pairs<'_>,
        cutoff: Option<Cost>,
        progress: &dyn Progress,
    ) -> Result<CostRows, Cancelled> {
        let Pairs { demand, sites, .. } = pairs;
        let Some(cutoff) = cutoff.map(|cutoff| self.length_of(cutoff)) else {
            return self.all_rows(pairs, progress);
        };
        let tree = site_tree(demand);
        // A hair wider than the cutoff, so that rounding of the division loses nobody.
        let radius = cutoff.value() / self.detour_factor * (1.0 + 1e-12);
        let rows: Result<Vec<_>, Cancelled> = sites
            .par_iter()
            .map(|site| {
                progress.check()?;
                let near = tree.locate_within_distance([site.e, site.n], radius * radius);
                let mut row: Vec<Reach> = near
                    .map(|cell| {
                        let point = PlanePoint::new(cell.geom()[0], cell.geom()[1]);
                        Reach { demand: cell.data, trip: self.trip(*site, point) }
                    })
                    .filter(|reach| reach.trip.length <= cutoff)
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
        let length = Metres::new(from.distance(to).value() * self.detour_factor);
        let time = self.metres_a_second().map(|speed| Seconds::new(length.value() / speed));
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

    fn table(&self, k: usize, sites: Vec<u32>, metres: Vec<f64>) -> Nearest {
        let seconds = self.metres_a_second().map_or_else(Vec::new, |speed| {
            metres.iter().map(|metres| if metres.is_finite() { metres / speed } else { 0.0 }).collect()
        });
        Nearest::new(k, self.measure(), sites, metres, seconds, Vec::new())
    }

    fn all_rows(&self, pairs: Pairs<'_>, progress: &dyn Progress) -> Result<CostRows, Cancelled> {
        let row = |site: &PlanePoint| {
            progress.check()?;
            let reach =
                |(demand, point): (u32, &PlanePoint)| Reach { demand, trip: self.trip(*site, *point) };
            Ok((0u32..).zip(pairs.demand).map(reach).collect())
        };
        let rows: Result<Vec<_>, Cancelled> = pairs.sites.par_iter().map(row).collect();
        Ok(CostRows::from_rows(rows?))
    }

    fn nearest_of(&self, tree: &RTree<Site>, point: PlanePoint, sites: &mut [u32], metres: &mut [f64]) {
        let k = sites.len();
        let mut filled = 0;
        let mut last2 = f64::INFINITY;
        // One more than k, and all that are exactly as far as the last: ties go to the lower number.
        let mut ranked: [(f64, u32); 8] = [(f64::INFINITY, NO_SITE); 8];
        let mut extra: Vec<(f64, u32)> = Vec::new();
        for (site, distance2) in tree.nearest_neighbor_iter_with_distance_2([point.e, point.n]) {
            if filled >= k && distance2 > last2 {
                break;
            }
            if filled < ranked.len() {
                ranked[filled] = (distance2, site.data);
            } else {
                extra.push((distance2, site.data));
            }
            filled += 1;
            last2 = distance2;
        }
        let order = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        let mut all: &mut [(f64, u32)] = &mut ranked[..filled.min(8)];
        if !extra.is_empty() {
            extra.extend_from_slice(all);
            all = &mut extra;
        }
        all.sort_unstable_by(order);
        for ((slot, length), (distance2, site)) in sites.iter_mut().zip(metres).zip(all.iter()) {
            *slot = *site;
            *length = distance2.sqrt() * self.detour_factor;
        }
    }
}

fn site_tree(points: &[PlanePoint]) -> RTree<Site> {
    RTree::bulk_load((0u32..).zip(points).map(|(ix, p)| Site::new([p.e, p.n], ix)).collect())
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
                    .filter(|(_, point)| LINE.trip(*site, **point).length <= cutoff)
                    .map(|(ix, _)| ix)
                    .collect();
                let found: Vec<u32> = rows.row(i).iter().map(|reach| reach.demand).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
