//! What lies near a place of a crisis: cells, by which groups and municipalities are told, and stores.

use crate::app::Results;
use crate::geometry::{NearestPoint, PlanePoint};
use crate::model::outage::Known;
use crate::model::{RuralGroup, ServiceKind};

/// What lies near a place: cells and stores.
pub struct Around {
    cells: NearestPoint,
    /// By their positions among the services.
    pub stores: NearestPoint,
}

impl Around {
    #[must_use]
    pub fn of(results: &Results) -> Self {
        let cells = (0u32..).zip(results.situation.demand.points.iter().copied());
        let stores = results
            .situation
            .of_kind(ServiceKind::Grocery)
            .iter()
            .filter_map(|ix| Some((ix.0, results.situation.service(*ix)?.point)));
        Self { cells: NearestPoint::new(cells), stores: NearestPoint::new(stores) }
    }

    /// The municipality that only cells name, as the nearest of them does.
    pub fn other_area(&self, point: PlanePoint, results: &Results) -> Option<u32> {
        let (cell, _) = self.cells.to(point)?;
        results.situation.demand.other_areas.get(cell as usize).copied().flatten()
    }

    /// Does a place lie in a locality? As its nearest cell.
    pub fn locality(&self, point: PlanePoint, results: &Results) -> Known {
        let Some(rural) = &results.rural else { return Known::Unknown };
        let nearest = self.cells.to(point);
        match nearest.and_then(|(cell, _)| rural.groups.get(cell as usize).copied().flatten()) {
            Some(RuralGroup::Locality) => Known::Yes,
            Some(_) => Known::No,
            None => Known::Unknown,
        }
    }
}
