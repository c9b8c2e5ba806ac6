//! What lies near a place of a crisis: cells, by which groups and municipalities are told, and stores.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::app::Results;
use crate::geometry::PlanePoint;
use crate::model::outage::Known;
use crate::model::{RuralGroup, ServiceIx, ServiceKind};

pub type Located = GeomWithData<[f64; 2], ServiceIx>;

/// What lies near a place: cells and stores.
pub struct Around {
    cells: RTree<Located>,
    pub stores: RTree<Located>,
}

impl Around {
    #[must_use]
    pub fn of(results: &Results) -> Self {
        let points = (0u32..).zip(&results.situation.demand.points);
        let cells = points.map(|(at, point)| Located::new([point.e, point.n], ServiceIx(at)));
        let stores = results.situation.of_kind(ServiceKind::Grocery).iter().filter_map(|ix| {
            let point = results.situation.service(*ix)?.point;
            Some(Located::new([point.e, point.n], *ix))
        });
        Self { cells: RTree::bulk_load(cells.collect()), stores: RTree::bulk_load(stores.collect()) }
    }

    /// The municipality that only cells name, as the nearest of them does.
    pub fn other_area(&self, point: PlanePoint, results: &Results) -> Option<u32> {
        let cell = self.cells.nearest_neighbor([point.e, point.n])?.data.at();
        results.situation.demand.other_areas.get(cell).copied().flatten()
    }

    /// Does a place lie in a locality? As its nearest cell.
    pub fn locality(&self, point: PlanePoint, results: &Results) -> Known {
        let Some(rural) = &results.rural else { return Known::Unknown };
        let nearest = self.cells.nearest_neighbor([point.e, point.n]).map(|located| located.data.at());
        match nearest.and_then(|cell| rural.groups.get(cell).copied().flatten()) {
            Some(RuralGroup::Locality) => Known::Yes,
            Some(_) => Known::No,
            None => Known::Unknown,
        }
    }
}
