//! How far has a search come? The best plan and the bound so far, written by the search and read while it runs.
//! Does not know who reads.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::posed::Posed;
use crate::location::{Plan, Watch};
use crate::progress::Progress;

/// So many improvements are kept for the curve of a search; the newest is always kept.
const MOMENTS: usize = 400;

/// What was known at a moment of a search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    pub seconds: f64,
    /// The best plan's, if there was one.
    pub value: Option<u64>,
    /// What no plan can beat.
    pub bound: u64,
}

/// What a search knows now.
#[derive(Debug, Clone, Default)]
pub struct Now {
    /// The question made ready; `None` while the ways are still measured.
    pub posed: Option<Arc<Posed>>,
    pub plan: Option<Plan>,
    pub moments: Vec<Moment>,
    pub seconds: f64,
}

impl Now {
    /// Relative gap between plan and bound, 0…1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    pub fn gap(&self) -> Option<f64> {
        let last = self.moments.last()?;
        let (low, high) = (last.value?.min(last.bound), last.value?.max(last.bound));
        Some(if high == low { 0.0 } else { (high - low) as f64 / high as f64 })
    }
}

/// Shared between a search and whoever watches it.
pub struct Live {
    start: Instant,
    now: Mutex<Now>,
}

impl Default for Live {
    fn default() -> Self {
        Self { start: Instant::now(), now: Mutex::default() }
    }
}

impl Live {
    fn lock(&self) -> MutexGuard<'_, Now> {
        // Whatever a panicking writer left is still a state that was true.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known now.
    #[must_use]
    pub fn now(&self) -> Now {
        Now { seconds: self.start.elapsed().as_secs_f64(), ..self.lock().clone() }
    }

    /// The question is ready; the search begins.
    pub fn pose(&self, posed: &Arc<Posed>) {
        self.lock().posed = Some(Arc::clone(posed));
    }
}

/// Watches a search, and passes on whether to stop.
pub struct LiveWatch<'a> {
    pub progress: &'a dyn Progress,
    pub live: &'a Live,
    /// Called when something is new.
    pub wake: &'a (dyn Fn() + Send + Sync),
}

impl Progress for LiveWatch<'_> {
    fn report(&self, done: u64, total: u64) {
        self.progress.report(done, total);
    }

    fn is_cancelled(&self) -> bool {
        self.progress.is_cancelled()
    }
}

impl Watch for LiveWatch<'_> {
    fn improved(&self, plan: Option<&Plan>, bound: u64) {
        {
            let mut now = self.live.lock();
            let seconds = self.live.start.elapsed().as_secs_f64();
            now.plan = plan.cloned().or_else(|| now.plan.take());
            let moment = Moment { seconds, value: now.plan.as_ref().map(|plan| plan.value), bound };
            if now.moments.len() == MOMENTS {
                now.moments.pop();
            }
            now.moments.push(moment);
        }
        (self.wake)();
    }
}

/// Passes on only "stop?".
pub struct Stopped<'a>(pub &'a dyn Progress);

impl Progress for Stopped<'_> {
    fn report(&self, _done: u64, _total: u64) {}
    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

impl Watch for Stopped<'_> {
    fn improved(&self, _plan: Option<&Plan>, _bound: u64) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Unwatched;

    #[test]
    fn the_best_is_kept_and_the_gap_closes() {
        let live = Live::default();
        let watch = LiveWatch { progress: &Unwatched, live: &live, wake: &|| {} };
        watch.improved(None, 50);
        assert_eq!(live.now().gap(), None);
        watch.improved(Some(&Plan { sites: vec![1], value: 100 }), 50);
        watch.improved(None, 75);
        assert_eq!((live.now().gap(), live.now().plan.map(|plan| plan.value)), (Some(0.25), Some(100)));
        for _ in 0..2 * MOMENTS {
            watch.improved(None, 100);
        }
        assert_eq!((live.now().gap(), live.now().moments.len()), (Some(0.0), MOMENTS));
    }
}
