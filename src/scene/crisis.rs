//! What of an hour of a crisis is drawn? The colours of the cells by the way to the nearest place that works, how well each
//! place works, and the outlines of the gaps; brought into map coordinates when hour, need or crisis are others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::classes::CellClasses;
use super::{Mercator, Scene, Surface};
use crate::app::export::outline_degrees;
use crate::app::work::crisis::{Computed, HourGaps, HourOf};
use crate::model::SiteId;
use crate::outage::{Change, Level};
use crate::units::Cost;

/// An hour that can be drawn.
pub struct HourDrawn {
    pub of: Arc<Computed>,
    pub at: HourOf,
    pub colours: CellClasses,
    /// How the places of the need work, by site.
    pub levels: BTreeMap<SiteId, Change>,
    /// Which place that works is nearest, by cell.
    pub nearest: Vec<Option<(usize, Cost)>>,
    gaps_of: Option<Arc<HourGaps>>,
    pub gaps: Vec<Surface>,
}

impl HourDrawn {
    /// Nothing where the crisis is of other results than the picture.
    #[must_use]
    pub fn new(of: &Arc<Computed>, at: HourOf, scene: &Scene) -> Option<Self> {
        let crisis = &of.crisis;
        if !Arc::ptr_eq(crisis.results(), &scene.results) {
            return None;
        }
        let nearest = crisis.nearest_at(at.need, at.hour, at.case);
        let costs: Vec<Option<Cost>> = nearest.iter().map(|one| one.map(|(_, cost)| cost)).collect();
        let minute = u32::try_from(at.hour * 60).unwrap_or(u32::MAX);
        let level = |(place, one): (usize, &crate::app::outage::Place)| {
            let lines = crisis.timelines(place, at.need)?;
            Some((one.site.clone(), *lines[at.case as usize].at(minute)?))
        };
        Some(Self {
            of: Arc::clone(of),
            at,
            colours: CellClasses::of_costs(scene, &costs),
            levels: crisis.places.iter().enumerate().filter_map(level).collect(),
            nearest,
            gaps_of: None,
            gaps: Vec::new(),
        })
    }

    #[must_use]
    pub fn fits(&self, of: &Arc<Computed>, at: HourOf, scene: &Scene) -> bool {
        Arc::ptr_eq(&self.of, of) && self.at == at && self.is_of(scene)
    }

    /// Is it of the results that are drawn?
    #[must_use]
    pub fn is_of(&self, scene: &Scene) -> bool {
        Arc::ptr_eq(self.of.crisis.results(), &scene.results)
    }

    /// Takes in the gaps, where they are of this hour.
    pub fn take_gaps(&mut self, at: HourOf, gaps: &Arc<HourGaps>, scene: &Scene) {
        let is_known = self.gaps_of.as_ref().is_some_and(|known| Arc::ptr_eq(known, gaps));
        if at != self.at || is_known {
            return;
        }
        let surface =
            |outline: &geo::MultiPolygon| Surface::of(&outline_degrees(outline, &scene.reprojection).into());
        self.gaps = gaps.iter().map(|(_, outline)| surface(outline)).collect();
        self.gaps_of = Some(Arc::clone(gaps));
    }

    /// How a place works in the hour.
    #[must_use]
    pub fn level(&self, site: &SiteId) -> Option<Level> {
        self.levels.get(site).map(|change| change.level)
    }

    /// Places of the need, where each lies on the map and how it works.
    pub fn places(&self) -> impl Iterator<Item = (&crate::app::outage::Place, Mercator, &Change)> {
        let crisis = &self.of.crisis;
        crisis
            .places
            .iter()
            .filter_map(|place| Some((place, super::mercator(place.place), self.levels.get(&place.site)?)))
    }
}
