//! How is unsaved work kept from a crash, and given back at the next start?

use std::path::Path;

use super::Session;
use crate::io::project_file::{self, Beside};
use crate::io::settings_file::remove_rescued;

/// Seconds from an edit until the work is rescued, whatever is edited meanwhile.
const RESCUE_AFTER_S: f64 = 1.0;

impl Session {
    /// Restores work that another run left behind.
    pub fn restore(&mut self, path: &Path) {
        self.left_behind.retain(|left| left.path != path);
        self.open_project(path.to_owned(), true);
    }

    /// Forgets work that another run left behind.
    pub fn discard_left_behind(&mut self) {
        self.left_behind.drain(..).for_each(|left| remove_rescued(&left.path));
    }

    pub(super) fn start_rescuing(&mut self, now: f64) {
        let is_due = self.has_unsaved_edits()
            && self.rescued_revision != self.revision
            && now - self.unrescued_since >= RESCUE_AFTER_S
            && !self.rescuing.is_running();
        let Some(place) = self.rescue_place.as_ref().filter(|_| is_due) else { return };
        let (path, project, of, by) =
            (place.file.clone(), self.to_be_saved(), self.path.clone(), self.open_by());
        self.rescued_revision = self.revision;
        self.rescuing.start(&self.wake, move |progress| {
            let beside = Beside { by: Some(&by), rescued_of: of.as_deref(), ..Beside::default() };
            project_file::save_as(&path, &project, &beside, progress).map(drop)
        });
    }

    /// Seconds until `tick` has something to do by itself.
    #[must_use]
    pub fn next_tick_in(&self, now: f64) -> Option<f64> {
        (self.has_unsaved_edits() && self.rescued_revision != self.revision)
            .then(|| (self.unrescued_since + RESCUE_AFTER_S - now).max(0.05))
    }
}
