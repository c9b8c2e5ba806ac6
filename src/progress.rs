//! How far has long work come, and should it stop? A small trait, so that the core knows no threads.

/// Work was asked to stop before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Watches a piece of long work.
pub trait Progress: Sync {
    /// Tells that `done` of `total` units are finished.
    fn report(&self, done: u64, total: u64);

    /// Is the result no longer wanted?
    fn is_cancelled(&self) -> bool;

    /// # Errors
    /// [`Cancelled`] when the result is no longer wanted.
    fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}

/// Nobody watches and nobody cancels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn report(&self, _done: u64, _total: u64) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}
