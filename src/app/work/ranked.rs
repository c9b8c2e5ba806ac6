//! In which order do places stand now? The ranking and the flags follow every edit within a frame;
//! the shares of random weightings, which take longer, are drawn by a job.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::Results;
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::model::{Factor, Project, RankingModel, SiteId};
use crate::siting::PlaceFlags;
use crate::siting::ranking::{DRAWS, Grid, Ranked as Place, Ranking, Shares, shares};

/// What a ranking was made from; compared by address.
struct Of {
    results: Arc<Results>,
    model: Arc<RankingModel>,
    selected: Arc<BTreeSet<SiteId>>,
}

/// What the project says of the limit of each factor.
type Limits = [Option<f64>; Factor::COUNT];

fn limits_of(model: &RankingModel) -> Limits {
    Factor::ALL.map(|factor| model.setting(factor).limit)
}

/// The comparison shown.
#[derive(Default)]
pub struct Ranked {
    of: Option<Of>,
    pub ranking: Ranking,
    /// By candidate.
    pub flags: Vec<PlaceFlags>,
    /// The limits that the flags were raised by.
    limits: Option<Limits>,
    /// What the shares are of; weights do not change them.
    drawn: Option<(Grid, u64)>,
    pub shares: Option<Shares>,
    drawing: Slot<Option<Shares>>,
}

impl Ranked {
    /// Ranks anew where something changed while places are compared; without results nothing is compared.
    /// What is known stays when one looks at something else, for as long as it is of the results of now.
    pub fn follow(
        &mut self,
        wake: &Wake,
        results: Option<&Arc<Results>>,
        is_comparing: bool,
        project: &Project,
    ) -> Option<Panicked> {
        let Some(results) = results else {
            *self = Self::default();
            return None;
        };
        let is_same_results = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(&of.results, results));
        if is_comparing {
            self.rank(wake, results, is_same_results, project);
        } else if self.of.is_some() && !is_same_results {
            // Candidates are numbered otherwise now; weightings are known by their values and may still hold.
            (self.of, self.limits) = (None, None);
            (self.ranking, self.flags) = Default::default();
        }
        match self.drawing.poll()? {
            Ok(shares) => self.shares = shares,
            Err(panic) => return Some(panic),
        }
        None
    }

    fn rank(&mut self, wake: &Wake, results: &Arc<Results>, is_same_results: bool, project: &Project) {
        let (model, selected) = (&project.ranking, &project.selected);
        let is_same = self.of.as_ref().is_some_and(|of| {
            is_same_results && Arc::ptr_eq(&of.model, model) && Arc::ptr_eq(&of.selected, selected)
        });
        if is_same {
            return;
        }
        self.ranking = results.rank(model, selected);
        // Weights raise no flags.
        let limits = limits_of(model);
        if !is_same_results || self.limits != Some(limits) {
            self.flags = (0..results.candidates.len()).map(|at| results.flags(at, model)).collect();
            self.limits = Some(limits);
        }
        self.of = Some(Of {
            results: Arc::clone(results),
            model: Arc::clone(model),
            selected: Arc::clone(selected),
        });
        self.draw(wake, model.seed);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::demo;
    use crate::model::Parameters;
    use crate::progress::Unwatched;

    fn compute(project: &Project) -> Arc<Results> {
        Arc::new(Results::compute(project, None, &Unwatched).expect("nobody cancels"))
    }

    #[test]
    fn the_comparison_stays_while_one_looks_at_something_else() {
        let wake: Wake = Arc::new(|| {});
        let mut project = demo::project(&Unwatched).expect("the demo");
        let results = compute(&project);
        let mut ranked = Ranked::default();
        ranked.follow(&wake, Some(&results), true, &project);
        ranked.shares = ranked.drawing.wait().and_then(Result::ok).flatten();
        let count = ranked.ranking.places.len();
        assert!(count > 60 && ranked.shares.is_some());
        ranked.follow(&wake, Some(&results), false, &project);
        assert_eq!((ranked.ranking.places.len(), ranked.flags.len()), (count, results.candidates.len()));
        ranked.follow(&wake, Some(&results), true, &project);
        assert!(ranked.shares.is_some() && !ranked.is_busy(), "no weighting is drawn again");
        // Of other results nothing is left to be read, unless one compares.
        project.parameters = Parameters { town_people: 1.0, ..project.parameters.clone() };
        let other = compute(&project);
        ranked.follow(&wake, Some(&other), false, &project);
        assert!(ranked.ranking.places.is_empty() && ranked.flags.is_empty());
        ranked.follow(&wake, Some(&other), true, &project);
        assert_eq!(ranked.flags.len(), other.candidates.len());
    }

    #[test]
    fn a_weight_leaves_the_flags_and_a_limit_raises_them_anew() {
        let wake: Wake = Arc::new(|| {});
        let mut project = demo::project(&Unwatched).expect("the demo");
        let results = compute(&project);
        let mut ranked = Ranked::default();
        ranked.follow(&wake, Some(&results), true, &project);
        let flags = ranked.flags.as_ptr();
        Arc::make_mut(&mut project.ranking).setting_mut(Factor::Fuel).weight = 77.0;
        ranked.follow(&wake, Some(&results), true, &project);
        assert_eq!(ranked.flags.as_ptr(), flags, "the same flags");
        let all = |ranked: &Ranked| ranked.flags.iter().map(|place| place.flags.len()).sum::<usize>();
        let before = all(&ranked);
        Arc::make_mut(&mut project.ranking).setting_mut(Factor::Rescue).limit = Some(0.0);
        ranked.follow(&wake, Some(&results), true, &project);
        assert!(all(&ranked) > before);
    }
}
