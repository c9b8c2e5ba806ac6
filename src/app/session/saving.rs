//! How is a project saved, or packed with all its files for somebody else?

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::saved::{Contested, SavedAs};
use super::{Session, panicked};
use crate::app::Results;
use crate::app::following::Clock;
use crate::app::notice::Notice;
use crate::app::project_tables::{Styling, result_tables};
use crate::io::project_file::{self, Beside, FileVersion, Locked, PackedFile, ProjectLock};
use crate::io::{IoError, OpenBy};
use crate::model::travel::TravelError;
use crate::model::{Project, RoadClosure};
use crate::progress::Progress;

impl Session {
    /// The closures with the roads they were made on, as far as the results know them.
    #[must_use]
    pub fn closures_made_on(&self) -> Vec<RoadClosure> {
        let closures = self.project.closures.as_ref();
        self.results.as_ref().map_or_else(|| closures.clone(), |results| results.travel.made_on(closures))
    }

    /// The project as it is saved: with what its closures were made on.
    pub(super) fn to_be_saved(&self) -> Project {
        Project { closures: Arc::new(self.closures_made_on()), ..self.project.clone() }
    }

    /// How other programs draw the tables of results in a saved project.
    pub fn style_tables_by(&mut self, styling: Styling) {
        self.styling = styling;
    }

    /// Saves the project, with the results as tables where they are those of now. Where they are still being computed, the
    /// project is saved at once, and the tables follow.
    pub fn save(&mut self, path: PathBuf) {
        self.save_or_over(path, false);
    }

    /// The same over whatever somebody else has saved there, and though they have it open.
    pub fn save_over(&mut self, path: PathBuf) {
        self.contested = None;
        self.save_or_over(path, true);
    }

    fn save_or_over(&mut self, path: PathBuf, over_others: bool) {
        // One after the other: a save that is cut short would be taken for somebody else's.
        if self.saving.is_running() && !self.saves_quietly {
            self.saves_next.retain(|(next, _)| *next != path);
            self.saves_next.push((path, over_others));
            return;
        }
        self.tables_are_due = !self.is_current() && !self.project.is_empty();
        self.start_saving(path, over_others);
    }

    /// Who works here, now.
    pub(super) fn open_by(&self) -> OpenBy {
        OpenBy::here(&self.log.who, (self.log.clock())())
    }

    /// Keeps the lock of the file that was opened, or tells who has it.
    pub(super) fn take_lock(&mut self, locked: Locked) {
        match locked {
            Locked::Ours(lock) => self.lock = Some(lock),
            Locked::Theirs(by) => self.notices.push(Notice::OpenElsewhere(by)),
            Locked::Untold => {}
        }
    }

    fn start_saving(&mut self, path: PathBuf, over_others: bool) {
        let project = self.to_be_saved();
        self.saving_revision = self.revision;
        self.saves_quietly = false;
        // What lies packed in the file that it came from comes along.
        let packed_in = self.path.clone();
        let is_own = self.path.as_ref() == Some(&path);
        let expected = self.version.clone().filter(|_| is_own && !over_others);
        let needs_lock = !is_own || self.lock.is_none();
        let by = self.open_by();
        let results = self.results.clone().filter(|_| self.is_current());
        let (styling, clock) = (self.styling, self.log.clock());
        self.saving.start(&self.wake, move |progress| {
            // Before anything is made that may not be written.
            let locked = if needs_lock { ProjectLock::take(&path, &by) } else { Locked::Untold };
            let lock = match locked {
                Locked::Ours(lock) => Some(lock),
                Locked::Theirs(by) if !over_others => return Err(refused(path, by, expected.as_ref())),
                Locked::Theirs(_) | Locked::Untold => None,
            };
            let tables = results.as_ref().map(|results| result_tables(results, &project, styling, &clock()));
            let tables = tables.transpose()?;
            let beside = Beside {
                packed_in: packed_in.as_deref(),
                results: tables.as_ref(),
                expected: expected.as_ref(),
                by: Some(&by),
                ..Beside::default()
            };
            let version = project_file::save_as(&path, &project, &beside, progress)?;
            Ok(SavedAs { path, version, lock })
        });
    }

    /// Brings the tables of results into the file that was saved before they were there, if it is still just that project.
    pub(super) fn save_tables_that_are_due(&mut self) {
        if !self.tables_are_due || !self.is_current() || self.saving.is_running() {
            return;
        }
        self.tables_are_due = false;
        if let Some(path) = self.path.clone().filter(|_| !self.has_unsaved_edits()) {
            self.start_saving(path, false);
            self.saves_quietly = true;
        }
    }

    /// Writes a copy of the project with all its files in it, and its results; the project stays where it is.
    pub fn pack(&mut self, path: PathBuf) {
        let (project, packed_in) = (self.to_be_saved(), self.path.clone());
        let (results, is_current) = (self.results.clone(), self.is_current());
        let (styling, clock, by) = (self.styling, self.log.clock(), self.open_by());
        self.exporting.start(&self.wake, move |progress| {
            let packing = Packing { project: &project, results, is_current, styling, clock, by };
            let files = packing.pack(&path, packed_in.as_deref(), progress)?;
            Ok(Notice::packed(path, &files))
        });
    }

    pub(super) fn take_saved(&mut self) {
        let Some(done) = self.saving.poll() else { return };
        let is_quiet = std::mem::take(&mut self.saves_quietly);
        match done {
            Ok(Ok(SavedAs { path, version, lock })) => {
                self.saved_revision = self.saving_revision;
                if lock.is_some() || self.path.as_ref() != Some(&path) {
                    self.lock = lock;
                }
                self.version = Some(version);
                self.path = Some(path.clone());
                if let Some(place) =
                    self.rescue_place.as_ref().filter(|_| self.saved_revision == self.revision)
                {
                    place.clear();
                }
                self.forget_restored();
                if !is_quiet {
                    self.notices.push(Notice::Saved(path));
                }
            }
            // What follows by itself asks nothing: the next save does.
            Ok(Err(IoError::ProjectChanged { .. } | IoError::ProjectOpen { .. })) if is_quiet => {}
            Ok(Err(IoError::ProjectChanged { path, by })) => {
                self.contested = Some(Contested { path, by, has_changed: true });
            }
            Ok(Err(IoError::ProjectOpen { path, by })) => {
                self.contested = Some(Contested { path, by, has_changed: false });
            }
            Ok(Err(error)) => self.notices.push(Notice::Io(error)),
            Err(panic) => self.notices.push(panicked(panic)),
        }
        if !self.saves_next.is_empty() {
            let (path, over_others) = self.saves_next.remove(0);
            self.save_or_over(path, over_others);
        }
    }
}

/// Why a project that another program has open is not saved: it has saved meanwhile, or may do so.
fn refused(path: PathBuf, by: OpenBy, expected: Option<&FileVersion>) -> IoError {
    match is_other(&path, expected) {
        Some(by) => IoError::ProjectChanged { path, by },
        None => IoError::ProjectOpen { path, by },
    }
}

/// Who saved a file meanwhile, where it is not what is expected.
fn is_other(path: &Path, expected: Option<&FileVersion>) -> Option<OpenBy> {
    let expected = expected?;
    let found = project_file::open(path).ok()?;
    if found.version() == Some(expected) {
        return None;
    }
    project_file::saved_by(path).ok()
}

/// A project that is packed.
struct Packing<'a> {
    project: &'a Project,
    /// The newest, and whether they are of the project as it is.
    results: Option<Arc<Results>>,
    is_current: bool,
    styling: Styling,
    clock: Clock,
    by: OpenBy,
}

impl Packing<'_> {
    /// Packs it with its results, which are computed where they are not those of now; without where no ways can be had.
    fn pack(
        &self,
        path: &Path,
        packed_in: Option<&Path>,
        progress: &dyn Progress,
    ) -> Result<Vec<PackedFile>, IoError> {
        let newest = self.results.as_ref();
        let results = match newest.filter(|_| self.is_current) {
            Some(results) => Some(Arc::clone(results)),
            None => match Results::compute(self.project, newest.map(AsRef::as_ref), progress) {
                Ok(results) => Some(Arc::new(results)),
                Err(TravelError::Cancelled(cancelled)) => return Err(cancelled.into()),
                Err(TravelError::NoAnswer(_)) => None,
            },
        };
        let tables =
            results.as_ref().map(|of| result_tables(of, self.project, self.styling, &(self.clock)()));
        let tables = tables.transpose()?;
        let beside = Beside { results: tables.as_ref(), by: Some(&self.by), ..Beside::packed_in(packed_in) };
        project_file::pack(path, self.project, &beside, progress)
    }
}
