//! How is unsaved work kept from a crash, and given back at the next start?

use std::path::{Path, PathBuf};

use super::{LeftBehind, Session};
use crate::io::project_file::{self, Beside, RescuedOf};
use crate::io::settings_file::remove_rescued;

/// Seconds from an edit until the work is rescued, whatever is edited meanwhile.
const RESCUE_AFTER_S: f64 = 1.0;

impl Session {
    /// Restores work that another run left behind.
    pub fn restore(&mut self, path: &Path) {
        self.restored = self.left_behind.iter().find(|left| left.path == path).cloned();
        self.left_behind.retain(|left| left.path != path);
        self.open_project(path.to_owned(), true);
    }

    /// Forgets work that another run left behind.
    pub fn discard_left_behind(&mut self, path: &Path) {
        self.left_behind.retain(|left| left.path != path);
        remove_rescued(path);
    }

    /// What was restored is saved, or given up in order: it is offered no more.
    pub(super) fn forget_restored(&mut self) {
        if let Some(restored) = self.restored.take() {
            remove_rescued(&restored.path);
        }
    }

    /// Finds out what was left behind, beside the window.
    pub(super) fn look_at_left(&mut self) {
        let paths: Vec<PathBuf> = self.left_behind.iter().map(|left| left.path.clone()).collect();
        if !paths.is_empty() {
            self.looking_at_left
                .start(&self.wake, move |_| paths.into_iter().map(LeftBehind::look).collect());
        }
    }

    pub(super) fn take_left(&mut self) {
        let Some(Ok(found)) = self.looking_at_left.poll() else { return };
        let found: Vec<LeftBehind> = found;
        for left in &mut self.left_behind {
            if let Some(known) = found.iter().find(|known| known.path == left.path) {
                left.clone_from(known);
            }
        }
    }

    pub(super) fn start_rescuing(&mut self, now: f64) {
        let is_due = self.has_unsaved_edits()
            && self.rescued_revision != self.revision
            && now - self.unrescued_since >= RESCUE_AFTER_S
            && !self.rescuing.is_running();
        let Some(place) = self.rescue_place.as_ref().filter(|_| is_due) else { return };
        // Work that was restored and not saved since is still work on its file; that of no file says so.
        let restored = self.restored.as_ref().filter(|_| self.path.is_none());
        let of = self.path.clone().or_else(|| restored?.of.clone()).unwrap_or_default();
        let version = self.version.clone().or_else(|| restored?.version.clone());
        let (path, project, by) = (place.file.clone(), self.to_be_saved(), self.open_by());
        self.rescued_revision = self.revision;
        self.rescuing.start(&self.wake, move |progress| {
            let rescued_of = Some(RescuedOf { path: &of, version: version.as_ref() });
            let beside = Beside { by: Some(&by), rescued_of, ..Beside::default() };
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
