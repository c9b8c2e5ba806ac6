//! What is going on in a running program? The project, its history, its results, the work under way.
//! The window calls `tick` each frame: it never waits, never reads a file itself.

mod copies;
mod editing;
mod exporting;
mod importing;
mod left;
mod loading;
mod looked;
mod looking;
mod merging;
mod opening;
mod packed;
mod rescuing;
mod saved;
mod saving;

pub use self::copies::{Merging, compare_file};
pub use self::left::LeftBehind;
use self::looked::Looked;
use self::opening::held_notice;
pub use self::opening::{Opened, open_project};
pub use self::saved::{Contested, SavedAs};
pub use super::importing::Importing;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::command::Command;
use super::export::Stamp;
use super::following::Log;
use super::history::{Gesture, History};
use super::jobs::{Panicked, Slot, Wake};
use super::load::{self, NeedsCrs, ReadFile};
use super::notice::Notice;
use super::project_tables::{Styling, unstyled};
use super::results::Results;
use crate::io::project_file::{FileVersion, Locked, ProjectLock};
use crate::io::settings_file::RescuePlace;
use crate::io::{IoError, LoadOptions, Loaded};
use crate::lang::{Lang, Said};
use crate::model::travel::TravelError;
use crate::model::{Held, Layer, Project, Refusal, Refused, Suggestion};

type LoadResult = Vec<Result<ReadFile, IoError>>;

/// A running program's state, without any window.
pub struct Session {
    project: Project,
    /// Rises with every change of the project.
    revision: u64,
    saved_revision: u64,
    rescued_revision: u64,
    /// When the first edit was made that is not rescued.
    unrescued_since: f64,
    history: History,
    log: Log,
    next_gesture: Gesture,
    pub path: Option<PathBuf>,
    pub results: Option<Arc<Results>>,
    pub notices: Vec<Notice>,
    wake: Wake,
    stamp: Stamp,
    rescue_place: Option<RescuePlace>,
    /// Work that a program no longer running left behind.
    pub left_behind: Vec<LeftBehind>,
    looking_at_left: Slot<Vec<LeftBehind>>,
    /// The rescued work that was restored, until it is saved.
    restored: Option<LeftBehind>,
    /// Services found in road files, to be added if the user wants them.
    pub found: Vec<Loaded>,
    /// Files whose coordinate system has to be chosen.
    pub unplaced: Vec<NeedsCrs>,
    pub loading: Slot<LoadResult>,
    pub importing: Importing,
    /// Files asked for while others are read.
    waiting: Vec<load::WantedFile>,
    /// Files that were opened together with a project, to be read once that is there.
    after_opening: Vec<load::WantedFile>,
    pub reading_again: Slot<Result<Layer, IoError>>,
    pub opening: Slot<Result<Opening, IoError>>,
    pub computing: Slot<Result<Results, TravelError>>,
    /// The revision of which the ways could not be had: not asked again before the project is another.
    unanswered: Option<u64>,
    pub saving: Slot<Result<SavedAs, IoError>>,
    /// What its file held when it was opened or saved last.
    version: Option<FileVersion>,
    /// While this program has the file open.
    lock: Option<ProjectLock>,
    /// A save that would have gone over the work of somebody else: asked about.
    pub contested: Option<Contested>,
    /// The tables of results are to follow into the file that was saved.
    tables_are_due: bool,
    /// Asked for while another save runs, and whether it goes over others.
    saves_next: Vec<(PathBuf, bool)>,
    /// What is being saved was told already.
    saves_quietly: bool,
    styling: Styling,
    rescuing: Slot<Result<(), IoError>>,
    pub exporting: Slot<Result<Notice, IoError>>,
    pub looking: Slot<Result<Looked, IoError>>,
    looked: Option<Looked>,
    pub comparing: Slot<Result<(Merging, Vec<Notice>), IoError>>,
    /// The work of another copy, while it is chosen what of it is taken.
    pub merging: Option<Merging>,
    saving_revision: u64,
    /// The window should show all of the data.
    /// A project that was read, while the one that is open has edits that are not saved.
    pub waiting_project: Option<PathBuf>,
    pub wants_overview: bool,
    suggesting: Slot<Suggestions>,
    suggestions: Suggestions,
}

/// What each of the edits that wait could be for, and of which revision of the project that was found.
#[derive(Default)]
struct Suggestions {
    revision: u64,
    by_held: BTreeMap<u32, Vec<Suggestion>>,
}

/// The answer of the job that opens a project.
pub struct Opening {
    opened: Box<Opened>,
    locked: Locked,
}

impl Session {
    /// An empty session; `rescue` is the folder for rescued work.
    #[must_use]
    pub fn new(wake: Wake, stamp: Stamp, rescue: Option<&Path>) -> Self {
        let (rescue_place, left_behind) = rescue.map_or((None, Vec::new()), RescuePlace::take);
        let day = stamp.date.clone();
        let mut session = Self {
            project: Project::default(),
            revision: 0,
            saved_revision: 0,
            rescued_revision: 0,
            unrescued_since: 0.0,
            history: History::default(),
            log: Log::new(Arc::new(move || day.clone())),
            next_gesture: 1,
            path: None,
            results: None,
            notices: Vec::new(),
            wake,
            stamp,
            rescue_place,
            left_behind: left_behind.into_iter().map(LeftBehind::at).collect(),
            looking_at_left: Slot::default(),
            restored: None,
            found: Vec::new(),
            unplaced: Vec::new(),
            loading: Slot::default(),
            importing: Importing::default(),
            waiting: Vec::new(),
            after_opening: Vec::new(),
            reading_again: Slot::default(),
            opening: Slot::default(),
            computing: Slot::default(),
            unanswered: None,
            saving: Slot::default(),
            version: None,
            lock: None,
            contested: None,
            tables_are_due: false,
            saves_next: Vec::new(),
            saves_quietly: false,
            styling: unstyled,
            rescuing: Slot::default(),
            exporting: Slot::default(),
            looking: Slot::default(),
            looked: None,
            comparing: Slot::default(),
            merging: None,
            saving_revision: 0,
            waiting_project: None,
            wants_overview: false,
            suggesting: Slot::default(),
            suggestions: Suggestions::default(),
        };
        session.look_at_left();
        session
    }

    #[must_use]
    pub const fn project(&self) -> &Project {
        &self.project
    }

    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// The project's file, else its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        let file = self.path.as_ref().and_then(|path| path.file_name());
        let name = file.map_or_else(|| self.project.name.clone(), |name| name.to_string_lossy().into_owned());
        if name == super::demo::NAME {
            return lang.pick(super::demo::NAME, "Jämtland (example)").into();
        }
        if name.is_empty() { lang.pick("Namnlöst projekt", "Unnamed project").into() } else { name }
    }

    #[must_use]
    pub const fn has_unsaved_edits(&self) -> bool {
        self.revision != self.saved_revision
    }

    /// Do the results shown say what the project says?
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.results.as_ref().is_some_and(|results| results.is_current(&self.project))
    }

    fn change(&mut self, project: Project) {
        if self.rescued_revision == self.revision || !self.has_unsaved_edits() {
            self.unrescued_since = f64::NAN;
        }
        self.project = project;
        self.revision += 1;
    }

    /// Replaces everything by another project.
    fn replace(&mut self, project: Project, path: Option<PathBuf>) {
        self.change(project);
        self.history.forget();
        self.saved_revision = self.revision;
        self.rescued_revision = self.revision;
        self.path = path;
        self.results = None;
        self.tables_are_due = false;
        self.saves_next.clear();
        self.restored = None;
        self.found.clear();
        self.unplaced.clear();
        self.merging = None;
        self.comparing.cancel();
        self.suggestions = Suggestions::default();
        self.computing.cancel();
        self.cancel_loading();
        self.wants_overview = true;
        if let Some(place) = &self.rescue_place {
            place.clear();
        }
        self.forget_restored();
    }

    /// Opens the project that waited.
    pub fn open_waiting(&mut self, path: PathBuf) {
        self.waiting_project = None;
        self.open_project(path, false);
    }

    /// The user's own data take the place of the example, where nothing was done with that.
    fn leave_example(&mut self) {
        self.change(Project::default());
        self.history.forget();
        self.saved_revision = self.revision;
        self.results = None;
        self.wants_overview = true;
        self.notices.push(Notice::ExampleReplaced);
    }

    pub fn new_project(&mut self) {
        self.replace(Project::default(), None);
    }

    /// Opens the demonstration.
    pub fn open_demo(&mut self) {
        self.opening.start(&self.wake, |progress| {
            let project = super::demo::project(progress)?;
            Ok(Opening { opened: Opened::of(project).into(), locked: Locked::Untold })
        });
    }

    /// Reads a layer's file again, with another coordinate system or from another place.
    pub fn read_again(&mut self, layer: Arc<Layer>, options: LoadOptions) {
        self.reading_again.start(&self.wake, move |progress| load::read_again(&layer, &options, progress));
    }

    /// Opens a project file; `is_rescued` work keeps no path and counts as unsaved.
    pub fn open_project(&mut self, path: PathBuf, is_rescued: bool) {
        // What is opened again is not open elsewhere.
        if self.path.as_ref() == Some(&path) {
            self.lock = None;
        }
        let by = self.open_by();
        let restored = self.restored.clone().filter(|_| is_rescued);
        self.opening.start(&self.wake, move |progress| {
            let mut opened = open_project(&path, progress)?;
            if is_rescued {
                // It goes on as work on its file: saving looks first whether that is still what it was.
                let goes_on = restored.and_then(|restored| restored.goes_on_with());
                (opened.path, opened.version) = goes_on.unzip();
                opened.notices.push(Notice::Rescued(opened.path.clone()));
                let locked = opened.path.as_ref().map(|path| ProjectLock::take(path, &by));
                return Ok(Opening { opened: opened.into(), locked: locked.unwrap_or(Locked::Untold) });
            }
            Ok(Opening { opened: opened.into(), locked: ProjectLock::take(&path, &by) })
        });
    }

    /// Is anything under way?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.loading.is_running()
            || self.importing.is_busy()
            || self.reading_again.is_running()
            || self.opening.is_running()
            || self.computing.is_running()
            || self.saving.is_running()
            || self.exporting.is_running()
            || self.looking.is_running()
            || self.looking_at_left.is_running()
            || self.comparing.is_running()
            || self.suggesting.is_running()
    }

    /// Takes in what jobs have finished and starts what is due; `now` in seconds of any clock.
    pub fn tick(&mut self, now: f64) {
        if self.unrescued_since.is_nan() {
            self.unrescued_since = now;
        }
        self.take_opened();
        self.take_loaded();
        self.take_drafts();
        self.read_waiting();
        self.take_reread();
        self.take_saved();
        self.take_looked();
        self.take_compared();
        self.take_results();
        self.save_tables_that_are_due();
        if let Some(done) = self.exporting.poll() {
            let notice = done.map_or_else(panicked, |done| done.unwrap_or_else(Notice::Io));
            self.notices.push(notice);
        }
        if let Some(Err(panic)) = self.rescuing.poll() {
            self.notices.push(panicked(panic));
        }
        self.start_computing();
        self.look_for_suggestions();
        self.take_left();
        self.start_rescuing(now);
    }

    fn take_opened(&mut self) {
        match self.opening.poll() {
            None | Some(Ok(Err(IoError::Cancelled(_)))) => {}
            Some(Ok(Ok(Opening { opened, locked }))) => {
                let Opened { project, path, notices, version, .. } = *opened;
                let is_rescued = notices.iter().any(|notice| matches!(notice, Notice::Rescued(_)));
                let restored = self.restored.take().filter(|_| is_rescued);
                self.replace(project, path);
                (self.version, self.restored) = (version, restored);
                self.take_lock(locked);
                if is_rescued {
                    self.revision += 1;
                }
                self.notices.extend(notices);
            }
            Some(Ok(Err(error))) => self.notices.push(Notice::Io(error)),
            Some(Err(panic)) => self.notices.push(panicked(panic)),
        }
    }

    fn take_reread(&mut self) {
        match self.reading_again.poll() {
            None | Some(Ok(Err(IoError::Cancelled(_)))) => {}
            Some(Ok(Ok(layer))) => {
                let waited = self.project.held.len();
                self.edit(Command::ReplaceLayer(Arc::new(layer)), None);
                self.notices.extend(held_notice(&self.project, waited));
            }
            Some(Ok(Err(error))) => self.notices.push(Notice::Io(error)),
            Some(Err(panic)) => self.notices.push(panicked(panic)),
        }
    }

    fn take_results(&mut self) {
        match self.computing.poll() {
            None | Some(Ok(Err(TravelError::Cancelled(_)))) => {}
            Some(Ok(Err(TravelError::NoAnswer(why)))) => {
                self.unanswered = Some(self.revision);
                self.notices.push(Notice::NoWays(why));
            }
            Some(Ok(Ok(results))) => {
                self.remark_nothing_fits(&results);
                self.results = Some(Arc::new(results));
            }
            Some(Err(panic)) => self.notices.push(panicked(panic)),
        }
    }

    /// A layer whose features all fail its role would be a silent zero: say so, once.
    fn remark_nothing_fits(&mut self, fresh: &Results) {
        for layer in &fresh.project.layers {
            let Some(report) = fresh.report(layer) else { continue };
            let was_known = self.results.as_ref().is_some_and(|old| {
                old.project.layer(layer.id).is_some_and(|known| known.role == layer.role)
                    && old.report(layer).is_some_and(|report| report.features_used == 0)
            });
            if report.features_used == 0 && !was_known {
                let why = |lang| {
                    report.refused.first().map(|refused| refused.reason.said(lang)).unwrap_or_default()
                };
                let is_counted = |refused: &Refused| matches!(refused.reason, Refusal::CountedBefore { .. });
                if layer.table.features.is_empty() || report.refused.iter().all(is_counted) {
                    continue;
                }
                self.notices.push(Notice::NothingFits {
                    layer: layer.name.clone(),
                    why: why(Lang::Sv),
                    why_en: why(Lang::En),
                });
            }
        }
    }

    /// What an edit that waits could be for; nothing while that is looked for.
    #[must_use]
    pub fn suggestions_for(&self, held: &Held) -> &[Suggestion] {
        self.suggestions.by_held.get(&held.id).map_or(&[], Vec::as_slice)
    }

    fn look_for_suggestions(&mut self) {
        match self.suggesting.poll() {
            Some(Ok(found)) => self.suggestions = found,
            // Not again before the project is another.
            Some(Err(_)) => {
                self.suggestions = Suggestions { revision: self.revision, ..Suggestions::default() }
            }
            None => {}
        }
        let is_due = !self.project.held.is_empty() && self.suggestions.revision != self.revision;
        if is_due && !self.suggesting.is_running() {
            let (project, revision) = (self.project.clone(), self.revision);
            self.suggesting.start(&self.wake, move |_| {
                let found = project.held.iter().map(|held| (held.id, project.suggestions(held)));
                Suggestions { revision, by_held: found.collect() }
            });
        }
    }

    /// While work runs it is left to finish: a slider that is dragged must not starve its own result.
    fn start_computing(&mut self) {
        let is_unanswered = self.unanswered == Some(self.revision);
        if self.computing.is_running() || self.is_current() || self.project.is_empty() || is_unanswered {
            return;
        }
        let project = self.project.clone();
        let previous = self.results.clone();
        self.computing
            .start(&self.wake, move |progress| Results::compute(&project, previous.as_deref(), progress));
    }

    /// The program ends in order: nothing is left to rescue.
    pub fn close(&mut self) {
        // A save under way is finished, never cut.
        self.saving.wait();
        self.rescuing.wait();
        if let Some(place) = &self.rescue_place {
            place.clear();
        }
    }

    /// Waits until all work is done; for tests.
    pub fn settle(&mut self) {
        for _ in 0..10_000 {
            self.tick(0.0);
            if !self.is_busy() && (self.is_current() || self.project.is_empty()) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
}

fn panicked(panic: Panicked) -> Notice {
    Notice::Panicked(panic.0)
}
