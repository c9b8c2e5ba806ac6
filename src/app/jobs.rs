//! How does long work run beside the window? Typed slots: newest wins, cancel is cooperative,
//! the result is sent first and the window woken after, a panic becomes a message.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::sync::{Arc, LazyLock};

use crate::io::said_by;
use crate::progress::Progress;

/// Wakes whoever polls slots.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The work panicked; what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panicked(pub String);

struct Shared {
    done: AtomicU64,
    total: AtomicU64,
    is_cancelled: AtomicBool,
    wake: Wake,
}

impl Progress for Shared {
    fn report(&self, done: u64, total: u64) {
        let before = self.percent();
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        if self.percent() != before {
            (self.wake)();
        }
    }

    fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}

impl Shared {
    fn percent(&self) -> u64 {
        self.done.load(Ordering::Relaxed) * 100 / self.total.load(Ordering::Relaxed).max(1)
    }
}

struct Running<T> {
    receiver: Receiver<Result<T, Panicked>>,
    shared: Arc<Shared>,
}

/// The threads of searches; `None` where the system gives no more threads.
static SEARCHERS: LazyLock<Option<rayon::ThreadPool>> =
    LazyLock::new(|| rayon::ThreadPoolBuilder::new().thread_name(|at| format!("search {at}")).build().ok());

/// Room for one piece of work of a type.
pub struct Slot<T> {
    running: Option<Running<T>>,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { running: None }
    }
}

impl<T: Send + 'static> Slot<T> {
    /// Starts work; what ran before is cancelled and its result dropped.
    pub fn start(&mut self, wake: &Wake, work: impl FnOnce(&dyn Progress) -> T + Send + 'static) {
        self.cancel();
        let (sender, receiver) = sync_channel(1);
        let shared = Arc::new(Shared {
            done: AtomicU64::new(0),
            total: AtomicU64::new(1),
            is_cancelled: AtomicBool::new(false),
            wake: Arc::clone(wake),
        });
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| work(theirs.as_ref())));
            // Nobody listens any more when the slot was reused: that is what was asked.
            let _ = sender.send(result.map_err(|panic| Panicked(said_by(panic.as_ref()))));
            (theirs.wake)();
        });
        self.running = Some(Running { receiver, shared });
    }

    /// The same for a search that may take minutes: it has threads of its own, so that what is quick never waits for it.
    pub fn start_search(&mut self, wake: &Wake, work: impl FnOnce(&dyn Progress) -> T + Send + 'static) {
        self.start(wake, move |progress| match SEARCHERS.as_ref() {
            Some(pool) => pool.install(|| work(progress)),
            None => work(progress),
        });
    }

    /// The result, once.
    pub fn poll(&mut self) -> Option<Result<T, Panicked>> {
        let result = match self.running.as_ref()?.receiver.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(Panicked("the work ended without a result".into())),
        };
        self.running = None;
        Some(result)
    }

    /// Waits for the result; for tests and for closing the program.
    pub fn wait(&mut self) -> Option<Result<T, Panicked>> {
        let running = self.running.take()?;
        Some(running.receiver.recv().unwrap_or_else(|error| Err(Panicked(error.to_string()))))
    }
}

impl<T> Slot<T> {
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// How far the work has come, 0…1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a bar on the screen")]
    pub fn progress(&self) -> Option<f32> {
        let shared = &self.running.as_ref()?.shared;
        let total = shared.total.load(Ordering::Relaxed).max(1);
        Some((shared.done.load(Ordering::Relaxed) as f32 / total as f32).clamp(0.0, 1.0))
    }

    /// Asks the work to stop and waits for what it has: its result is still taken in.
    pub fn stop(&self) {
        if let Some(running) = &self.running {
            running.shared.is_cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Asks the work to stop and forgets it.
    pub fn cancel(&mut self) {
        if let Some(running) = self.running.take() {
            running.shared.is_cancelled.store(true, Ordering::Relaxed);
        }
    }
}

impl<T> Drop for Slot<T> {
    fn drop(&mut self) {
        self.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silent() -> Wake {
        Arc::new(|| {})
    }

    #[test]
    fn the_newest_work_wins() {
        let mut slot = Slot::default();
        let (release, held) = sync_channel::<()>(0);
        slot.start(&silent(), move |progress| {
            let _ = held.recv();
            i32::from(!progress.is_cancelled())
        });
        slot.start(&silent(), |_| 2);
        let _ = release.send(());
        assert_eq!(slot.wait(), Some(Ok(2)));
    }

    /// A search that holds all its threads; results are computed on the others meanwhile.
    #[test]
    fn a_search_keeps_nobody_waiting() {
        use rayon::prelude::*;
        let mut search = Slot::default();
        let is_released = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&is_released);
        let (begun, has_begun) = sync_channel::<()>(1);
        search.start_search(&silent(), move |_| {
            let _ = begun.send(());
            let waits = |_| {
                while !theirs.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                }
            };
            (0..4 * rayon::current_num_threads()).into_par_iter().for_each(waits);
        });
        has_begun.recv().expect("the search begins");
        let mut quick = Slot::default();
        quick.start(&silent(), |_| (0..1000_u64).into_par_iter().sum::<u64>());
        assert_eq!(quick.wait(), Some(Ok(499_500)));
        assert!(search.is_running() && search.poll().is_none(), "the search goes on");
        is_released.store(true, Ordering::Relaxed);
        assert_eq!(search.wait(), Some(Ok(())));
    }

    #[test]
    fn a_panic_becomes_a_message() {
        let mut slot: Slot<()> = Slot::default();
        slot.start(&silent(), |_| panic!("the floor gave way"));
        assert_eq!(slot.wait(), Some(Err(Panicked("the floor gave way".into()))));
        assert!(!slot.is_running());
    }
}
