//! What would a store at this place do? The figures of the trial point that is looked at, found beside whoever looks:
//! a search that runs is left to finish, so that a point that is dragged always has the newest that is known.

use std::sync::Arc;

use crate::app::Results;
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::geometry::{LonLat, plane_from_place};
use crate::model::travel::TravelError;
use crate::siting::SiteFigures;

/// Figures, or why there are none, and what they are of.
struct Known {
    results: Arc<Results>,
    place: LonLat,
    figures: Result<SiteFigures, TravelError>,
}

/// The figures of one trial point at a time.
#[derive(Default)]
pub struct TrialFigures {
    known: Option<Known>,
    finding: Slot<Option<Known>>,
}

impl TrialFigures {
    /// Asks for the figures of a place, and takes in those that were found; tells of work that failed.
    pub fn follow(
        &mut self,
        wake: &Wake,
        results: Option<&Arc<Results>>,
        place: Option<LonLat>,
    ) -> Option<Panicked> {
        let failed = match self.finding.poll() {
            Some(Ok(found)) => {
                self.known = found.or(self.known.take());
                None
            }
            Some(Err(panic)) => Some(panic),
            None => None,
        };
        let Some((results, place)) = results.zip(place) else {
            *self = Self::default();
            return failed;
        };
        let is_known = self.is_of(results, place);
        if !is_known && !self.finding.is_running() && failed.is_none() {
            let results = Arc::clone(results);
            self.finding.start(wake, move |_| {
                let figures = results.figures_at(plane_from_place(place)?);
                Some(Known { results, place, figures })
            });
        }
        failed
    }

    fn is_of(&self, results: &Arc<Results>, place: LonLat) -> bool {
        let is_it = |known: &Known| Arc::ptr_eq(&known.results, results) && known.place == place;
        self.known.as_ref().is_some_and(is_it)
    }

    /// The newest figures, be they of where the point was a moment ago; or why there are none.
    ///
    /// # Errors
    /// Why the figures could not be found.
    #[must_use]
    pub fn figures(&self) -> Option<Result<&SiteFigures, &TravelError>> {
        self.known.as_ref().map(|known| known.figures.as_ref())
    }

    /// Are figures still to come?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.finding.is_running()
    }
}
