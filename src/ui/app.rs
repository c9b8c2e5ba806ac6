//! What does the window know, and what happens in a frame? Finished work is taken in, panels draw, actions are done.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Ui};

use super::state::{CrisisTab, JoinWhat, Selection, Shown, TableId, View};
use super::steps;
use super::theme;
use super::tiles::OnlineMap;
use crate::app::export::{Stamp, TableStyle};
use crate::app::exports::Export;
use crate::app::jobs::{Panicked, Slot, Wake};
use crate::app::notice::Notice;
use crate::app::session::Session;
use crate::app::settings::{Settings, Theme};
use crate::app::work::crisis::{Also, CrisisWork, Wanted};
use crate::app::work::listing::Listing;
use crate::app::work::municipal::Municipal;
use crate::app::work::planner::Planner;
use crate::app::work::ranked::Ranked;
use crate::app::work::trial::TrialFigures;
use crate::io::IoError;
use crate::io::settings_file::{self, Folders};
use crate::model::{Load, SiteId};
use crate::report::{MapFormat, ReportFormat};
use crate::scene::Scene;
use crate::scene::beside::Beside;
use crate::scene::classes::CellClasses;
use crate::scene::crisis::HourDrawn;
use crate::scene::ground::{coarse_ground_scene, ground_scene};
use crate::scene::plan::PlanDrawn;
use crate::scene::ways::Ways;

/// What a file dialog was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialog {
    Open,
    OpenRoads,
    Import,
    Join(usize, JoinWhat),
    ComparePipos,
    /// Another copy of the project.
    Merge,
    /// A list of machines.
    Loads,
    /// The picture of an organisation.
    Logo,
    Save(SaveAs),
}

/// The name proposed for a packed project.
pub(super) const PACKED: &str = "projekt_packat.gpkg";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SaveAs {
    Project,
    Pack,
    Export(Export),
    Map(MapFormat),
    Report(ReportFormat),
}

/// What came of writing pages or a report: the first file, and how many.
type Written = Result<(PathBuf, usize), IoError>;

/// The settings of a machine, as far as they can be true; the usual ones where there are none.
#[must_use]
pub fn settings_of(folders: Option<&Folders>) -> Settings {
    let read =
        folders.and_then(|folders| settings_file::read_settings(&folders.settings.join("settings.json")));
    read.map_or_else(Settings::default, Settings::believed)
}

/// Brings the map that is built in into map coordinates, beside the window.
fn ground_made(wake: &Wake) -> Slot<()> {
    let mut slot = Slot::default();
    slot.start(wake, |_| {
        // Kept by the makers themselves.
        let _ = (coarse_ground_scene(), ground_scene());
    });
    slot
}

/// The window.
pub struct App {
    pub session: Session,
    pub view: View,
    pub settings: Settings,
    pub(super) folders: Option<Folders>,
    pub(super) scene: Option<Arc<Scene>>,
    pub(super) making_scene: Slot<Scene>,
    pub(super) colours: Option<CellClasses>,
    pub(super) ways: Ways,
    pub(super) ranked: Ranked,
    pub planner: Planner,
    pub crisis: CrisisWork,
    pub trial: TrialFigures,
    pub beside: Beside,
    pub municipal: Municipal,
    pub(super) listing: Listing,
    pub(super) copying: Slot<(String, usize)>,
    /// A list of machines, and the place that it is of.
    pub(super) reading_loads: Slot<(SiteId, Result<Vec<Load>, IoError>)>,
    /// Files that were asked for and are not read yet.
    pub(super) asked: Vec<PathBuf>,
    pub(super) making_ground: Slot<()>,
    pub(super) has_ground: bool,
    pub(super) drawn: Option<PlanDrawn>,
    pub(super) hour: Option<HourDrawn>,
    pub(super) online: Option<OnlineMap>,
    pub(super) dialog: Slot<(Dialog, Vec<PathBuf>)>,
    pub(super) saving_map: Slot<Result<PathBuf, IoError>>,
    /// Pages of maps, or a report, being written.
    pub(super) writing: Slot<Written>,
    pub(super) pictured_since: Option<f64>,
    /// The picture asked for, and where it shall lie.
    pub(super) screenshot: Option<(PathBuf, std::sync::mpsc::Receiver<Arc<egui::ColorImage>>)>,
    pub(super) wake: Wake,
    pub(super) today: String,
    pub(super) is_styled: Option<(Theme, f32)>,
    pub(super) may_close: bool,
    pub(super) has_dialogs: bool,
    /// What the window is called now.
    pub(super) title: String,
}

impl App {
    /// A window's state; `folders` are where settings, tiles and rescued work lie.
    #[must_use]
    pub fn new(ctx: &Context, folders: Option<Folders>, stamp: Stamp) -> Self {
        theme::install_fonts(ctx);
        ctx.add_plugin(super::steering::SeenSigns);
        let waker = ctx.clone();
        let wake: Wake = Arc::new(move || waker.request_repaint());
        let settings = settings_of(folders.as_ref());
        let today = stamp.date.clone();
        let rescue = folders.as_ref().map(|folders| folders.rescue.as_path());
        let mut session = Session::new(Arc::clone(&wake), stamp, rescue);
        session.importing.mappings.clone_from(&settings.mappings);
        session.style_tables_by(crate::scene::qgis::styles);
        let view = View::default();
        Self {
            session,
            view,
            settings,
            folders,
            scene: None,
            making_scene: Slot::default(),
            colours: None,
            ways: Ways::default(),
            ranked: Ranked::default(),
            planner: Planner::default(),
            crisis: CrisisWork::default(),
            trial: TrialFigures::default(),
            beside: Beside::default(),
            municipal: Municipal::default(),
            listing: Listing::default(),
            copying: Slot::default(),
            reading_loads: Slot::default(),
            asked: Vec::new(),
            making_ground: ground_made(&wake),
            has_ground: false,
            drawn: None,
            hour: None,
            online: None,
            dialog: Slot::default(),
            saving_map: Slot::default(),
            writing: Slot::default(),
            pictured_since: None,
            screenshot: None,
            wake,
            today,
            is_styled: None,
            title: String::new(),
            may_close: false,
            has_dialogs: false,
        }
    }

    /// The files of the command line, or the demo.
    pub fn open_at_start(&mut self, files: Vec<PathBuf>) {
        if files.is_empty() {
            self.session.open_demo();
            self.view.dialogs.shows_start = self.settings.shows_start;
        } else {
            self.open_paths(files);
        }
    }

    /// Is what is shown drawn from the newest result?
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        let has_layers = !self.session.project().is_empty();
        let scene = self.scene.as_ref().zip(self.session.results.as_ref());
        let is_newest = scene.is_some_and(|(scene, results)| Arc::ptr_eq(&scene.results, results));
        !self.saving_map.is_running()
            && !self.writing.is_running()
            && !self.reading_loads.is_running()
            && !self.making_ground.is_running()
            && !self.ways.is_busy()
            && !self.ranked.is_busy()
            && !self.planner.is_busy()
            && !self.crisis.is_busy()
            && !self.trial.is_busy()
            && !self.beside.is_busy()
            && !self.municipal.is_busy()
            && !self.listing.is_busy()
            && (!has_layers || (self.session.is_current() && is_newest))
    }

    /// Is there a map to look at: the one that is built in, if nothing else yet?
    #[must_use]
    pub const fn has_map(&self) -> bool {
        self.has_ground
    }

    /// Draws one frame.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.before_drawing(&ctx);
        let mut actions = Vec::new();
        self.draw(ui, &mut actions);
        for action in actions {
            self.perform(&ctx, action);
        }
        if let Some(online) = &mut self.online
            && online.end_frame(ctx.input(|input| input.time))
        {
            self.session.notices.push(Notice::NoMapTiles);
        }
    }

    /// The window is called what the project is: among several windows one finds the right one.
    fn be_called(&mut self, ctx: &Context) {
        let mark = if self.session.has_unsaved_edits() { " •" } else { "" };
        let title = format!("{}{mark} – Sotplan", self.session.name(self.settings.lang));
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The next window opens as this one is left.
    fn remember_sizes(&mut self, ctx: &Context) {
        let (inner, is_maximised) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect, viewport.maximized.unwrap_or(false) || viewport.fullscreen.unwrap_or(false))
        });
        self.settings.is_maximised = is_maximised;
        if let Some(inner) = inner.filter(|inner| !is_maximised && inner.is_positive()) {
            let size = inner.size() * ctx.zoom_factor();
            self.settings.window = Some([size.x.round(), size.y.round()]);
        }
        for (known, width) in self.settings.panels.iter_mut().zip(self.view.widths) {
            if width > 0.0 {
                *known = width.round();
            }
        }
    }

    pub(super) fn before_drawing(&mut self, ctx: &Context) {
        let style = (self.settings.theme, self.settings.scale);
        if self.is_styled != Some(style) {
            theme::apply(ctx, style.0, style.1);
            self.is_styled = Some(style);
        }
        self.be_called(ctx);
        self.remember_sizes(ctx);
        let now = ctx.input(|input| input.time);
        self.session.log_as(&self.settings.user);
        self.session.tick(now);
        if let Some(seconds) = self.session.next_tick_in(now) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(seconds));
        }
        if std::mem::take(&mut self.session.wants_overview) {
            self.view.forget_project();
            self.scene = None;
        }
        if let Some(seconds) = self.view.crisis.play(now) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(seconds));
        }
        self.follow_results();
        self.take_copy(ctx);
        self.remember_opened();
        self.fade_messages(ctx, now);
        self.take_dialog();
        self.take_loads();
        self.take_map_image(ctx);
        self.keys(ctx);
        self.dropped_files(ctx);
        self.closing(ctx);
        match (self.settings.online_map == Some(true), self.online.is_some()) {
            (true, false) if self.has_dialogs => {
                let cache = self.folders.as_ref().map(|folders| folders.cache.join("tiles"));
                self.online = Some(OnlineMap::new(ctx, cache));
            }
            (false, true) => self.online = None,
            _ => {}
        }
    }

    /// Rows for a spreadsheet, when they are ready.
    fn take_copy(&mut self, ctx: &Context) {
        match self.copying.poll() {
            Some(Ok((text, count))) => {
                ctx.copy_text(text);
                self.session.notices.push(Notice::RowsCopied(count));
            }
            Some(Err(panic)) => self.session.notices.push(Notice::Panicked(panic.0)),
            None => {}
        }
    }

    /// What is chosen but no longer there, after an undo or with other files, is let go.
    pub(super) fn drop_what_is_gone(&mut self) {
        let Some(results) = self.session.results.as_ref().filter(|_| self.session.is_current()) else {
            return;
        };
        if results.kind(self.view.kind).is_none()
            && let Some(first) = results.kinds.first()
        {
            self.view.kind = first.coverage.kind;
        }
        let situation = &results.situation;
        // A municipality that is gone hides everything else no longer.
        let has_area = |name: &String| {
            results.areas.iter().any(|row| situation.area_name(row.area) == Some(name.as_str()))
        };
        if self.view.area.as_ref().is_some_and(|name| !has_area(name)) {
            self.view.area = None;
        }
        let is_there = match &self.view.selection {
            Some(Selection::Site(SiteId::Trial(id))) => {
                self.session.project().trials.iter().any(|trial| trial.id == *id)
            }
            Some(Selection::Site(site)) => {
                situation.services.iter().any(|service| service.site == *site)
                    || situation.sot_places.iter().any(|sot| sot.site == *site)
            }
            Some(Selection::Area(layer, _)) => situation.areas.iter().any(|area| area.layer == *layer),
            Some(Selection::Cell(origin) | Selection::Gap(_, origin)) => {
                self.session.project().layer(origin.layer).is_some()
            }
            None => true,
        };
        if !is_there {
            self.view.selection = None;
            self.view.map.members = None;
        }
    }

    /// Good news goes by itself after a while; warnings and errors stay until read.
    pub(super) fn fade_messages(&mut self, ctx: &Context, now: f64) {
        const SHOWN_S: f64 = 7.0;
        let is_good = |notice: &Notice| !notice.stays();
        if !self.session.notices.iter().any(is_good) {
            self.view.dialogs.info_seen = None;
            return;
        }
        let since = *self.view.dialogs.info_seen.get_or_insert(now);
        if now - since >= SHOWN_S {
            self.session.notices.retain(|notice| !is_good(notice));
            self.view.dialogs.info_seen = None;
        } else {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64((SHOWN_S - now + since).max(0.05)));
        }
    }

    /// The picture of the newest result, made beside the window.
    fn follow_scene(&mut self) {
        match self.making_scene.poll() {
            Some(Ok(scene)) => self.scene = Some(Arc::new(scene)),
            Some(Err(panic)) => self.session.notices.push(Notice::Panicked(panic.0)),
            None => {}
        }
        match &self.session.results {
            None => self.scene = None,
            Some(results) => {
                let is_shown = self.scene.as_ref().is_some_and(|scene| Arc::ptr_eq(&scene.results, results));
                if !is_shown && !self.making_scene.is_running() {
                    let results = Arc::clone(results);
                    let roads = self.scene.as_ref().and_then(|scene| scene.roads.clone());
                    self.making_scene.start(&self.wake, move |_| Scene::new(&results, roads.as_ref()));
                }
            }
        }
    }

    /// A new result is brought into map coordinates beside the window.
    pub(super) fn follow_results(&mut self) {
        if let Some(made) = self.making_ground.poll() {
            // Without it the map has no ground; everything else works.
            self.has_ground = made.is_ok();
        }
        self.follow_scene();
        self.drop_what_is_gone();
        let results = self.session.results.as_ref();
        let failed =
            self.ways.follow(&self.wake, results, self.session.project(), &self.view.wanted_of_roads());
        let step = steps::of(self.view.step);
        let is_comparing = step.shown.contains(&Shown::Ranking);
        let is_planning = step.shown.contains(&Shown::Plan);
        let ranking = self.ranked.follow(&self.wake, results, is_comparing, self.session.project());
        let planning = self.planner.follow(&self.wake, results, self.session.project());
        let trial = self.trial.follow(&self.wake, results, self.view.trial_place(self.session.project()));
        let crisis = self.follow_crisis();
        let results = self.session.results.as_ref();
        let is_listed = self.view.shows_table(TableId::Features);
        let layer = self.view.features_layer(self.session.project()).filter(|_| is_listed);
        let listed =
            self.listing.follow(&self.wake, layer.map(|layer| (layer, &self.view.tables.features.filter)));
        let beside = self.beside.follow(&self.wake, results, self.session.project());
        let wanted = self.view.wanted_of_municipality(&self.today);
        let municipal = self.municipal.follow(&self.wake, results, self.session.project(), wanted);
        let written = self.follow_writing();
        let panics =
            written.into_iter().chain(ranking).chain(planning).chain(trial).chain(listed).chain(beside);
        let panics = panics.chain(municipal).chain(crisis);
        self.session.notices.extend(failed.into_iter().chain(panics.map(|panic| Notice::Panicked(panic.0))));
        let kind = self.view.kind;
        let colouring = self.view.colouring_shown(is_planning && self.planner.shown.is_some());
        match &self.scene {
            None => self.colours = None,
            Some(scene) => {
                let shown = self.planner.shown.as_ref().filter(|_| is_planning);
                let fits = |shown| self.drawn.as_ref().is_some_and(|drawn| drawn.fits(shown, scene));
                if let Some(shown) = shown.filter(|shown| !fits(*shown)) {
                    // A plan of newer or older results waits until both are there; another plan is not drawn for it.
                    let before = self.drawn.take().filter(|drawn| drawn.is_same_plan(shown));
                    self.drawn = PlanDrawn::new(shown, scene).or(before);
                }
                if self.planner.shown.is_none() {
                    self.drawn = None;
                }
                if !self.colours.as_ref().is_some_and(|colours| colours.fit(scene, kind, colouring)) {
                    self.colours = Some(CellClasses::new(scene, kind, colouring));
                }
            }
        }
    }

    /// The scenario that is looked at, and the hour of it that is drawn.
    fn follow_crisis(&mut self) -> Option<Panicked> {
        let is_shown = steps::of(self.view.step).shown.contains(&Shown::Crisis);
        let results = self.session.results.as_ref();
        let (state, book) = (&self.view.crisis, &self.session.project().outages);
        let scenario = book.shown(state.chosen);
        let is_open = self.view.sheet.is_open(self.view.step);
        let wanted = scenario.filter(|_| is_shown && self.session.is_current()).map(|scenario| Wanted {
            scenario,
            assumptions: &book.assumptions,
            book,
            at: state.at(),
            gaps: state.shows_gaps || (is_open && state.tab == CrisisTab::Gaps),
            also: match state.tab {
                CrisisTab::Fuel if is_open => Also::Fuel,
                CrisisTab::Assumptions if is_open => Also::Sensitivity,
                CrisisTab::Scenarios if is_open => Also::Scenarios,
                _ => Also::Nothing,
            },
        });
        let panicked = self.crisis.follow(&self.wake, results, wanted);
        let (Some(scene), Some(shown)) = (&self.scene, &self.crisis.shown) else {
            self.hour = None;
            return panicked;
        };
        let at = state.at();
        if is_shown && !self.hour.as_ref().is_some_and(|hour| hour.fits(shown, at, scene)) {
            // An hour of newer or older results waits until both are there.
            self.hour = HourDrawn::new(shown, at, scene).or(self.hour.take());
        }
        if let (Some(hour), Some((at, gaps))) = (&mut self.hour, self.crisis.gaps()) {
            hour.take_gaps(at, gaps, scene);
        }
        panicked
    }

    pub(super) const fn csv_style(&self) -> TableStyle {
        if self.view.dialogs.swedish_csv { TableStyle::Swedish } else { TableStyle::Plain }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self) {
        self.save_sizes();
        self.session.close();
    }
}
