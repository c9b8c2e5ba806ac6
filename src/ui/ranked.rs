//! In which order do places stand now? The ranking and the flags follow every edit within a frame;
//! the shares of random weightings, which take longer, are drawn by a job.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::Results;
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::model::{Project, RankingModel, SiteId};
use crate::siting::PlaceFlags;
use crate::siting::ranking::{DRAWS, Grid, Ranked as Place, Ranking, Shares, shares};

/// What a ranking was made from; compared by address.
struct Of {
    results: Arc<Results>,
    model: Arc<RankingModel>,
    selected: Arc<BTreeSet<SiteId>>,
}

/// The comparison shown.
#[derive(Default)]
pub struct Ranked {
    of: Option<Of>,
    pub ranking: Ranking,
    /// By candidate.
    pub flags: Vec<PlaceFlags>,
    /// What the shares are of; weights do not change them.
    drawn: Option<(Grid, u64)>,
    pub shares: Option<Shares>,
    drawing: Slot<Option<Shares>>,
}

impl Ranked {
    /// Ranks anew where something changed; without results nothing is compared.
    pub fn follow(
        &mut self,
        wake: &Wake,
        results: Option<&Arc<Results>>,
        project: &Project,
    ) -> Option<Panicked> {
        let Some(results) = results else {
            *self = Self::default();
            return None;
        };
        let (model, selected) = (&project.ranking, &project.selected);
        let is_same = self.of.as_ref().is_some_and(|of| {
            Arc::ptr_eq(&of.results, results)
                && Arc::ptr_eq(&of.model, model)
                && Arc::ptr_eq(&of.selected, selected)
        });
        if !is_same {
            self.ranking = results.rank(model, selected);
            self.flags = (0..results.candidates.len()).map(|at| results.flags(at, model)).collect();
            let of =
                Of { results: Arc::clone(results), model: Arc::clone(model), selected: Arc::clone(selected) };
            self.of = Some(of);
            self.draw(wake, model.seed);
        }
        match self.drawing.poll()? {
            Ok(shares) => self.shares = shares,
            Err(panic) => return Some(panic),
        }
        None
    }

    /// Draws weightings, unless these values were drawn already.
    fn draw(&mut self, wake: &Wake, seed: u64) {
        let grid = &self.ranking.grid;
        if self.drawn.as_ref().is_some_and(|(known, known_seed)| known == grid && *known_seed == seed) {
            return;
        }
        self.shares = None;
        self.drawn = Some((grid.clone(), seed));
        let grid = grid.clone();
        self.drawing.start(wake, move |progress| shares(&grid, DRAWS, seed, progress).ok());
    }

    /// Are shares still being drawn?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.drawing.is_running()
    }

    /// A candidate in the ranking.
    #[must_use]
    pub fn place(&self, candidate: usize) -> Option<&Place> {
        self.ranking.places.iter().find(|place| place.candidate == candidate)
    }
}
