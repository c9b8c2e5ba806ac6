//! What of a plan is drawn? Lines from cells to places and the colours of the cells, brought into map coordinates
//! once for each plan and result. Does not know the camera.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::classes::CellClasses;
use super::{CellLevel, Mercator, Scene, mercator};
use crate::app::Results;
use crate::app::work::planner::Shown;

/// A line from a square to the place that serves most of its people.
#[derive(Debug, Clone, Copy)]
pub struct PlanLine {
    pub ends: [Mercator; 2],
    /// Position among the sites shown.
    pub site: u32,
}

/// What the cells under a plan show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanShows {
    After,
    Before,
    Change,
    /// The population, whatever else is chosen.
    People,
}

/// A plan that can be drawn.
pub struct PlanDrawn {
    pub shown: Arc<Shown>,
    results: Arc<Results>,
    /// By site shown; `None` where it is not in the data.
    pub sites: Vec<Option<Mercator>>,
    /// By level of the scene.
    pub lines: Vec<Vec<PlanLine>>,
    pub before: CellClasses,
    pub after: CellClasses,
    pub change: CellClasses,
}

impl PlanDrawn {
    /// Nothing when the plan is of other results than the picture: its cells would be others.
    #[must_use]
    pub fn new(shown: &Arc<Shown>, scene: &Scene) -> Option<Self> {
        if !Arc::ptr_eq(&shown.results, &scene.results) {
            return None;
        }
        let sites: Vec<Option<Mercator>> = shown.sites.iter().map(|site| site.place.map(mercator)).collect();
        let lines = scene.levels.iter().map(|level| lines(level, shown, scene, &sites)).collect();
        Some(Self {
            shown: Arc::clone(shown),
            results: Arc::clone(&scene.results),
            lines,
            before: CellClasses::of_costs(scene, &shown.difference.before),
            after: CellClasses::of_costs(scene, &shown.difference.after),
            change: CellClasses::of_changes(scene, &shown.difference),
            sites,
        })
    }

    /// Is it of the results that are drawn?
    #[must_use]
    pub fn is_of(&self, scene: &Scene) -> bool {
        Arc::ptr_eq(&self.results, &scene.results)
    }

    /// Is it the same plan, though perhaps of other results?
    #[must_use]
    pub fn is_same_plan(&self, shown: &Shown) -> bool {
        self.shown.pick == shown.pick
            && self.shown.sites.len() == shown.sites.len()
            && self.shown.sites.iter().zip(&shown.sites).all(|(a, b)| a.site == b.site)
    }

    #[must_use]
    pub fn fits(&self, shown: &Arc<Shown>, scene: &Scene) -> bool {
        Arc::ptr_eq(&self.shown, shown) && Arc::ptr_eq(&self.results, &scene.results)
    }
}

fn middle(corners: &[Mercator; 4]) -> Mercator {
    [f64::midpoint(corners[0][0], corners[2][0]), f64::midpoint(corners[0][1], corners[2][1])]
}

/// The cells themselves have a line to each place that serves them, blocks one.
fn lines(level: &CellLevel, shown: &Shown, scene: &Scene, sites: &[Option<Mercator>]) -> Vec<PlanLine> {
    let line = |square: usize, site: u32| {
        let from = middle(level.corners.get(square)?);
        Some(PlanLine { ends: [from, (*sites.get(site as usize)?)?], site })
    };
    if level.side_m <= 0.0 {
        return shown.served.iter().filter_map(|(cell, site)| line(*cell as usize, *site)).collect();
    }
    let people = &scene.results.situation.demand.people;
    let mut first: Vec<Option<u32>> = vec![None; people.len()];
    for (cell, site) in &shown.served {
        if let Some(slot) = first.get_mut(*cell as usize) {
            slot.get_or_insert(*site);
        }
    }
    let mut out = Vec::new();
    for square in 0..level.corners.len() {
        let mut by_site: FxHashMap<u32, f64> = FxHashMap::default();
        for cell in level.members(square) {
            if let Some(site) = first[*cell as usize] {
                *by_site.entry(site).or_default() += people[*cell as usize].value();
            }
        }
        // Of equal ones the first, so that nothing hangs on the order of a table.
        let most = by_site.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        out.extend(most.and_then(|(site, _)| line(square, site)));
    }
    out
}
