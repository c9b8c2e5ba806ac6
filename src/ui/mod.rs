//! The window: shows the state, returns actions. The thread that draws never waits and never reads a file.

pub mod action;
mod context;
mod icons;
mod map;
mod panels;
pub mod state;
mod theme;
mod tiles;
mod widgets;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Panel, Ui};

use self::action::{Action, Simple};
use self::context::Cx;
use self::state::{Drawer, MapMode, PathField, PathUse, Selection, Step, View};
use self::tiles::OnlineMap;
use crate::app::Results;
use crate::app::export::{CsvStyle, Stamp};
use crate::app::jobs::{Slot, Wake};
use crate::app::notice::Notice;
use crate::app::session::{Export, Session};
use crate::app::settings::{Settings, Theme};
use crate::app::work::planner::Planner;
use crate::app::work::ranked::Ranked;
use crate::geometry::Crs;
use crate::io::settings_file::{self, Folders};
use crate::io::{IoError, LoadOptions, write_atomically};
use crate::lang::Lang;
use crate::model::{Layer, LayerId, SiteId, SourcePlace};
use crate::scene::Scene;
use crate::scene::classes::CellClasses;
use crate::scene::plan::PlanDrawn;
use crate::scene::ways::{PiposTable, Ways};

/// What a file dialog was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialog {
    Open,
    OpenRoads,
    ComparePipos,
    Save(SaveAs),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SaveAs {
    Project,
    Export(Export),
    Map,
}

/// The window.
pub struct App {
    pub session: Session,
    pub view: View,
    pub settings: Settings,
    folders: Option<Folders>,
    scene: Option<Scene>,
    making_scene: Slot<Scene>,
    colours: Option<CellClasses>,
    ways: Ways,
    ranked: Ranked,
    pub planner: Planner,
    drawn: Option<PlanDrawn>,
    online: Option<OnlineMap>,
    dialog: Slot<(Dialog, Vec<PathBuf>)>,
    saving_map: Slot<Result<PathBuf, IoError>>,
    pictured_since: Option<f64>,
    /// The picture asked for, and where it shall lie.
    screenshot: Option<(PathBuf, std::sync::mpsc::Receiver<Arc<egui::ColorImage>>)>,
    wake: Wake,
    today: String,
    is_styled: Option<(Theme, f32)>,
    may_close: bool,
    has_dialogs: bool,
}

/// Opens the window with these files, or the demo.
///
/// # Errors
/// When the system has no window or no graphics.
pub fn run(files: Vec<PathBuf>, lang: Option<Lang>) -> anyhow::Result<()> {
    // Libraries speak only when asked to: a map without network would write a line for each tile.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("off")).init();
    // The map library wants one; a second call would be refused, which is just as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = eframe::NativeOptions {
        renderer: eframe::Renderer::Wgpu,
        viewport: egui::ViewportBuilder::default()
            .with_title("Sotplan")
            .with_app_id("sotplan")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([960.0, 600.0])
            .with_drag_and_drop(true),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Sotplan",
        options,
        Box::new(move |cc| {
            let mut app = App::new(&cc.egui_ctx, Folders::of_user(), Stamp::today());
            if let Some(lang) = lang {
                app.settings.lang = lang;
            }
            app.has_dialogs = true;
            app.open_at_start(files);
            Ok(Box::new(app))
        }),
    )
    .map_err(|error| anyhow::anyhow!("the window could not be opened: {error}"))
}

impl App {
    /// A window's state; `folders` are where settings, tiles and rescued work lie.
    #[must_use]
    pub fn new(ctx: &Context, folders: Option<Folders>, stamp: Stamp) -> Self {
        theme::install_fonts(ctx);
        let waker = ctx.clone();
        let wake: Wake = Arc::new(move || waker.request_repaint());
        let settings: Settings = folders
            .as_ref()
            .and_then(|folders| settings_file::read_settings(&folders.settings.join("settings.json")))
            .unwrap_or_default();
        let today = stamp.date.clone();
        let rescue = folders.as_ref().map(|folders| folders.rescue.as_path());
        let session = Session::new(Arc::clone(&wake), stamp, rescue);
        let view = View { shows_welcome: settings.online_map.is_none(), ..View::default() };
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
            drawn: None,
            online: None,
            dialog: Slot::default(),
            saving_map: Slot::default(),
            pictured_since: None,
            screenshot: None,
            wake,
            today,
            is_styled: None,
            may_close: false,
            has_dialogs: false,
        }
    }

    /// The files of the command line, or the demo.
    pub fn open_at_start(&mut self, files: Vec<PathBuf>) {
        if files.is_empty() {
            self.session.open_demo();
        } else {
            self.session.open_files(files);
        }
    }

    /// Is what is shown drawn from the newest result?
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        let has_layers = !self.session.project().is_empty();
        let scene = self.scene.as_ref().zip(self.session.results.as_ref());
        let is_newest = scene.is_some_and(|(scene, results)| Arc::ptr_eq(&scene.results, results));
        !self.saving_map.is_running()
            && !self.ways.is_busy()
            && !self.ranked.is_busy()
            && !self.planner.is_busy()
            && (!has_layers || (self.session.is_current() && is_newest))
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

    fn before_drawing(&mut self, ctx: &Context) {
        let style = (self.settings.theme, self.settings.scale);
        if self.is_styled != Some(style) {
            // With large text the table would leave too little room for the map; it is one click away.
            if style.1 > 1.3 {
                self.view.drawer_is_open = false;
            }
            theme::apply(ctx, style.0, style.1);
            self.is_styled = Some(style);
        }
        let now = ctx.input(|input| input.time);
        self.session.tick(now);
        if let Some(seconds) = self.session.next_tick_in(now) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(seconds));
        }
        if std::mem::take(&mut self.session.wants_overview) {
            self.view.wants_overview = true;
            self.view.selection = None;
            self.view.pipos = None;
            self.scene = None;
        }
        self.follow_results();
        self.fade_messages(ctx, now);
        self.take_dialog();
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

    /// What is chosen but no longer there, after an undo or with other files, is let go.
    fn drop_what_is_gone(&mut self) {
        let Some(results) = self.session.results.as_ref().filter(|_| self.session.is_current()) else {
            return;
        };
        if results.kind(self.view.kind).is_none()
            && let Some(first) = results.kinds.first()
        {
            self.view.kind = first.coverage.kind;
        }
        let situation = &results.situation;
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
        }
    }

    /// Good news goes by itself after a while; warnings and errors stay until read.
    fn fade_messages(&mut self, ctx: &Context, now: f64) {
        const SHOWN_S: f64 = 7.0;
        let is_good = |notice: &Notice| !notice.stays();
        if !self.session.notices.iter().any(is_good) {
            self.view.info_seen = None;
            return;
        }
        let since = *self.view.info_seen.get_or_insert(now);
        if now - since >= SHOWN_S {
            self.session.notices.retain(|notice| !is_good(notice));
            self.view.info_seen = None;
        } else {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64((SHOWN_S - now + since).max(0.05)));
        }
    }

    /// A new result is brought into map coordinates beside the window.
    fn follow_results(&mut self) {
        match self.making_scene.poll() {
            Some(Ok(scene)) => self.scene = Some(scene),
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
        // Figures of an older result are no longer needed.
        let is_old = |(of, _, _): &(Arc<Results>, _, _)| {
            !self.session.results.as_ref().is_some_and(|results| Arc::ptr_eq(of, results))
        };
        if self.view.trial_figures.as_ref().is_some_and(is_old) {
            self.view.trial_figures = None;
        }
        self.drop_what_is_gone();
        let results = self.session.results.as_ref();
        let failed =
            self.ways.follow(&self.wake, results, self.session.project(), &self.view.wanted_of_roads());
        let is_comparing = self.view.step == Step::Compare;
        let ranking = self.ranked.follow(&self.wake, results, is_comparing, self.session.project());
        let planning = self.planner.follow(&self.wake, results, self.session.project());
        let failed = failed.into_iter().chain(ranking).chain(planning);
        self.session.notices.extend(failed.map(|panic| Notice::Panicked(panic.0)));
        let kind = self.view.kind;
        let colouring = self.view.colouring_shown(self.planner.shown.is_some());
        match &self.scene {
            None => self.colours = None,
            Some(scene) => {
                let shown = self.planner.shown.as_ref().filter(|_| self.view.step == Step::Plan);
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

    fn draw(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Self {
            session, view, settings, scene, colours, ways, ranked, planner, drawn, online, today, ..
        } = self;
        let cx = Cx {
            session,
            settings,
            scene: scene.as_ref(),
            colours: colours.as_ref(),
            ways,
            ranked,
            planner,
            drawn: drawn.as_ref().filter(|drawn| scene.as_ref().is_some_and(|scene| drawn.is_of(scene))),
            lang: settings.lang,
            theme: settings.theme,
            today,
        };
        Panel::top("bar").exact_size(42.0).show(ui, |ui| panels::top::bar(ui, &cx, view, actions));
        Panel::bottom("status").exact_size(28.0).show(ui, |ui| panels::top::status(ui, &cx, actions));
        Panel::left("rail").exact_size(76.0).resizable(false).show(ui, |ui| {
            panels::top::rail(ui, &cx, view, actions);
        });
        Panel::left("step").default_size(312.0).size_range(270.0..=460.0).resizable(true).show(ui, |ui| {
            egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                // The scroll bar must not lie over figures.
                let margin = egui::Margin { left: 0, right: 8, top: 6, bottom: 12 };
                Frame::new().inner_margin(margin).show(ui, |ui| {
                    if view.step != Step::Data {
                        panels::held::note(ui, &cx);
                    }
                    match view.step {
                        Step::Data => panels::data::show(ui, &cx, view, actions),
                        Step::Reach => panels::reach::show(ui, &cx, view, actions),
                        Step::Places => panels::places::show(ui, &cx, view, actions),
                        Step::Compare => panels::compare::show(ui, &cx, view, actions),
                        Step::Plan => panels::plan::show(ui, &cx, view, actions),
                    }
                });
            });
        });
        if view.selection.is_some() {
            Panel::right("inspector").default_size(330.0).size_range(290.0..=480.0).resizable(true).show(
                ui,
                |ui| {
                    ui.add_space(6.0);
                    panels::inspector::show(ui, &cx, view, actions);
                },
            );
        }
        if view.drawer_is_open {
            // In a low window the map keeps the larger part.
            let room = ui.available_height();
            let height = (room * 0.32).clamp(110.0, 210.0);
            // Comparing is done in the table: it has a height of its own.
            let (id, height) = if view.step == Step::Compare {
                ("drawer-compare", (room * 0.5).clamp(180.0, 460.0))
            } else {
                ("drawer", height)
            };
            let most = (room - 120.0).clamp(200.0, 700.0);
            Panel::bottom(id).default_size(height).size_range(110.0..=most).resizable(true).show(ui, |ui| {
                panels::drawer::show(ui, &cx, view, actions);
            });
        } else {
            Panel::bottom("drawer-closed").exact_size(34.0).show(ui, |ui| {
                panels::drawer::show(ui, &cx, view, actions);
            });
        }
        CentralPanel::no_frame().show(ui, |ui| map::show(ui, &cx, view, online.as_mut(), actions));
        if view.is_pictured {
            return;
        }
        let corner = view.map_rect.right_top() + egui::vec2(-424.0, 8.0);
        egui::Area::new(egui::Id::unique("notices")).fixed_pos(corner).order(egui::Order::Foreground).show(
            ui.ctx(),
            |ui| {
                panels::top::notices(ui, &cx, actions);
            },
        );
        map_buttons(ui, &cx, view, actions);
        panels::top::search(ui, &cx, view, actions);
        panels::top::settings(ui, &cx, view, actions);
        panels::forms::path(ui, &cx, view, actions);
        panels::forms::fact(ui, &cx, view, actions);
        panels::forms::new_service(ui, &cx, view, actions);
        panels::forms::welcome(ui, &cx, view, actions);
        panels::forms::rescue(ui, &cx, view, actions);
        panels::forms::closing(ui, &cx, view, actions);
    }

    fn keys(&mut self, ctx: &Context) {
        // Longer combinations first: Ctrl+Shift+S is not Ctrl+S.
        let mut simple: Vec<Simple> = Simple::ALL.into_iter().filter(|s| s.shortcut().is_some()).collect();
        simple.sort_by_key(|s| std::cmp::Reverse(s.shortcut().is_some_and(|k| k.modifiers.shift)));
        for action in simple {
            // A text field has its own undo.
            let is_typing = ctx.text_edit_focused() && matches!(action, Simple::Undo | Simple::Redo);
            if let Some(shortcut) = action.shortcut().filter(|_| !is_typing)
                && ctx.input_mut(|input| input.consume_shortcut(&shortcut))
            {
                self.perform(ctx, Action::Do(action));
            }
        }
    }

    fn dropped_files(&mut self, ctx: &Context) {
        let paths: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !paths.is_empty() {
            self.session.open_files(paths);
        }
    }

    fn closing(&mut self, ctx: &Context) {
        if self.view.closes_after_save && !self.session.saving.is_running() {
            self.view.closes_after_save = false;
            if !self.session.has_unsaved_edits() {
                self.may_close = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
        if ctx.input(|input| input.viewport().close_requested()) && !self.may_close {
            if self.session.has_unsaved_edits() {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.view.asks_to_close = true;
            } else {
                self.may_close = true;
            }
        }
    }

    fn take_dialog(&mut self) {
        let Some(Ok((dialog, paths))) = self.dialog.poll() else { return };
        let Some(first) = paths.first().cloned() else {
            if matches!(dialog, Dialog::Open | Dialog::OpenRoads | Dialog::ComparePipos) {
                self.session.notices.push(Notice::DialogMissing);
            }
            return;
        };
        self.view.path_field = None;
        match dialog {
            Dialog::Open => self.open_paths(paths),
            Dialog::OpenRoads => self.open_roads(paths),
            Dialog::ComparePipos => self.compare_pipos(PiposTable { path: first, column: None }),
            Dialog::Save(SaveAs::Project) => self.session.save(first.with_extension("gpkg")),
            Dialog::Save(SaveAs::Export(Export::Plan)) => self.export_plan(first),
            Dialog::Save(SaveAs::Export(Export::Critical)) => self.export_critical(first),
            Dialog::Save(SaveAs::Export(Export::Pipos)) => self.export_pipos(first),
            Dialog::Save(SaveAs::Export(export)) => self.session.export(export, first, self.csv_style()),
            Dialog::Save(SaveAs::Map) => self.view.map_image = Some(first.with_extension("png")),
        }
    }

    fn open_paths(&mut self, paths: Vec<PathBuf>) {
        for path in &paths {
            self.settings.remember(path.clone());
        }
        self.save_settings();
        self.session.open_files(paths);
    }

    fn open_roads(&mut self, paths: Vec<PathBuf>) {
        for path in &paths {
            self.settings.remember_roads(path.clone());
        }
        self.save_settings();
        self.session.open_roads(paths);
    }

    const fn csv_style(&self) -> CsvStyle {
        if self.view.swedish_csv { CsvStyle::Swedish } else { CsvStyle::Plain }
    }

    /// Asks the system for a path, beside the window; the field in the window stays as the other way.
    fn ask(&mut self, dialog: Dialog) {
        if !self.has_dialogs {
            return;
        }
        let name = match dialog {
            Dialog::Open | Dialog::OpenRoads | Dialog::ComparePipos => String::new(),
            Dialog::Save(SaveAs::Project) => "projekt.gpkg".into(),
            Dialog::Save(SaveAs::Export(export)) => export.file_name().into(),
            Dialog::Save(SaveAs::Map) => "karta.png".into(),
        };
        self.dialog.start(&self.wake, move |_| {
            let files = rfd::FileDialog::new();
            let paths = match dialog {
                Dialog::Open => files
                    .add_filter("GeoJSON, GeoPackage, OpenStreetMap", &OPENED)
                    .pick_files()
                    .unwrap_or_default(),
                Dialog::OpenRoads => files
                    .add_filter("OpenStreetMap, GeoJSON, GeoPackage", &OPENED)
                    .pick_files()
                    .unwrap_or_default(),
                Dialog::ComparePipos => files
                    .add_filter("CSV, GeoJSON", &["csv", "tsv", "txt", "geojson", "json"])
                    .pick_file()
                    .into_iter()
                    .collect(),
                Dialog::Save(_) => files.set_file_name(name).save_file().into_iter().collect(),
            };
            (dialog, paths)
        });
    }

    fn ask_path(&mut self, purpose: PathUse, dialog: SaveAs, name: &str) {
        let folder = self.session.path.as_ref().and_then(|path| path.parent()).map(PathBuf::from);
        let text = folder.map_or_else(|| name.to_owned(), |folder| folder.join(name).display().to_string());
        self.view.path_field = Some(PathField { purpose, text });
        self.ask(Dialog::Save(dialog));
    }

    /// Reads a layer's file again, in another coordinate system or from another place.
    fn read_again(&mut self, layer: LayerId, crs: Option<Crs>, path: Option<PathBuf>) {
        let Some(layer) = self.session.project().layer(layer) else { return };
        let mut moved = Layer::clone(layer);
        if let Some(path) = path {
            moved.source.place = SourcePlace::File(path);
        }
        let options = LoadOptions {
            crs,
            role: Some(moved.role.clone()),
            part: moved.source.part.clone(),
            ..LoadOptions::default()
        };
        self.session.read_again(Arc::new(moved), options);
    }

    /// Does one action.
    fn perform(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Do(simple) => self.perform_simple(ctx, simple),
            Action::Edit(command) => self.session.edit(command, None),
            Action::EditBy(id, command) => self.edit_by(id, command, ctx.input(|input| input.time)),
            Action::Select(selection) => {
                self.view.selection = selection;
                self.view.scroll_to_selection = true;
            }
            Action::SelectAndGo(selection, goal) => {
                self.view.selection = Some(selection);
                self.view.goal = Some(goal);
            }
            Action::Go(goal) => self.view.goal = Some(goal),
            Action::Step(step) => self.view.step = step,
            Action::Mode(mode) => {
                self.view.ring.clear();
                self.view.mode = mode;
            }
            Action::ShowClosure(id) => {
                self.view.step = Step::Reach;
                self.view.closure = Some(id);
                self.view.opens_closures = true;
                self.view.scrolls_to_closure = true;
            }
            Action::OpenPaths(paths) => self.open_paths(paths),
            Action::OpenRoads(paths) => self.open_roads(paths),
            Action::RelinkRoads(id, path) => self.session.read_roads_again(id, path),
            Action::AddFound(wanted) => self.session.add_found(&wanted),
            Action::DropFound => self.session.drop_found(),
            Action::ReadIn(path, crs) => self.session.read_in(&path, crs),
            Action::DropUnplaced(path) => self.session.drop_unplaced(&path),
            Action::SavePath(path) => self.session.save(path),
            Action::ExportTo(Export::Plan, path) => self.export_plan(path),
            Action::ExportTo(Export::Critical, path) => self.export_critical(path),
            Action::ExportTo(Export::Pipos, path) => self.export_pipos(path),
            Action::ComparePipos(table) => self.compare_pipos(table),
            Action::ExportTo(export, path) => self.session.export(export, path, self.csv_style()),
            Action::SaveMapTo(path) => self.view.map_image = Some(path),
            Action::AskExport(export) => {
                self.ask_path(PathUse::Export(export), SaveAs::Export(export), export.file_name());
            }
            Action::ReadAgain(layer, crs) => {
                self.read_again(layer, Some(crs), None);
            }
            Action::Relink(layer, path) => {
                self.read_again(layer, None, Some(path));
            }
            Action::DismissNotice(at) => {
                if at < self.session.notices.len() {
                    self.session.notices.remove(at);
                }
            }
            Action::CancelLoading => {
                self.session.cancel_loading();
                self.session.opening.cancel();
            }
            Action::FindCritical(is_wanted) => self.find_critical(is_wanted),
            Action::Plan(ask) => self.planner.ask(&self.wake, ask),
            Action::SetOnlineMap(is_on) => {
                self.settings.online_map = Some(is_on);
                self.view.shows_welcome = false;
                self.save_settings();
            }
            Action::SetScale(scale) => {
                self.settings.scale = scale;
                self.save_settings();
            }
            Action::SetUser(user) => {
                self.settings.user = user;
                self.save_settings();
            }
            Action::Restore(path) => self.session.restore(&path),
            Action::DiscardRescued => self.session.discard_left_behind(),
            Action::CloseNow => {
                self.may_close = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Action::SaveAndClose => {
                self.view.asks_to_close = false;
                self.view.closes_after_save = self.session.path.is_some();
                self.perform_simple(ctx, Simple::Save);
            }
            Action::Copy(text) => {
                ctx.copy_text(text.clone());
                self.session.notices.push(Notice::Copied(text));
            }
        }
    }

    /// An edit by a widget: one step with those before it by the same, while it is held.
    fn edit_by(&mut self, id: egui::Id, command: crate::app::command::Command, now: f64) {
        let gesture = match self.view.gesture {
            Some((known, gesture, used)) if known == id && now - used < 1.5 => gesture,
            _ => self.session.begin_gesture(),
        };
        self.view.gesture = Some((id, gesture, now));
        self.session.edit(command, Some(gesture));
    }

    /// Writes the plan on the map.
    fn export_plan(&mut self, path: PathBuf) {
        match self.planner.exported() {
            Some(plan) => self.session.export_plan(path, Arc::new(plan)),
            None => self.session.notices.push(Notice::NoPlan),
        }
    }

    /// Writes the most important roads in the order of the table.
    fn export_critical(&mut self, path: PathBuf) {
        let measure = self.session.results.as_ref().map(|results| results.measure()).unwrap_or_default();
        match self.ways.critical.answer() {
            Some(drawn) => {
                let roads = drawn
                    .shown(self.view.critical_order, self.view.critical_is_large, measure)
                    .into_iter()
                    .map(|(_, road)| road.clone());
                let roads = roads.collect();
                self.session.export_critical(path, self.view.kind, roads);
            }
            None => self.session.notices.push(Notice::NoCritical),
        }
    }

    /// Sets a table of Pipos' own distances beside ours.
    fn compare_pipos(&mut self, table: PiposTable) {
        // The same file may be another by now.
        self.ways.pipos.forget();
        self.view.pipos = Some(table);
        self.view.step = Step::Reach;
        self.view.drawer = Drawer::Pipos;
        self.view.drawer_is_open = true;
    }

    fn export_pipos(&mut self, path: PathBuf) {
        match (self.ways.pipos.answer(), &self.view.pipos) {
            (Some(Ok(drawn)), Some(table)) => {
                let (comparison, style) = (Arc::clone(&drawn.comparison), self.csv_style());
                self.session.export_pipos(path, table.path.clone(), comparison, style);
            }
            _ => self.session.notices.push(Notice::NoPipos),
        }
    }

    /// Looks for the most important roads, or stops looking.
    fn find_critical(&mut self, is_wanted: bool) {
        let results = self.session.results.as_ref().filter(|_| is_wanted);
        self.ways.find_critical(&self.wake, results, self.view.kind);
    }

    fn perform_simple(&mut self, ctx: &Context, simple: Simple) {
        let middle = self.view.map_rect.center();
        match simple {
            Simple::Open => {
                self.view.step = Step::Data;
                self.ask(Dialog::Open);
            }
            Simple::OpenRoads => {
                self.view.step = Step::Data;
                self.view.path_field = Some(PathField { purpose: PathUse::OpenRoads, text: String::new() });
                self.ask(Dialog::OpenRoads);
            }
            Simple::ComparePipos => {
                let purpose = PathUse::ComparePipos;
                self.view.path_field = Some(PathField { purpose, text: String::new() });
                self.ask(Dialog::ComparePipos);
            }
            Simple::OpenDemo => self.session.open_demo(),
            Simple::NewProject => self.session.new_project(),
            Simple::Save => match self.session.path.clone() {
                Some(path) => self.session.save(path),
                None => self.ask_path(PathUse::SaveProject, SaveAs::Project, "projekt.gpkg"),
            },
            Simple::SaveAs => self.ask_path(PathUse::SaveProject, SaveAs::Project, "projekt.gpkg"),
            Simple::Undo | Simple::Redo => {
                // A form may be about a thing that is gone now.
                self.view.draft = None;
                self.view.new_service = None;
                if simple == Simple::Undo { self.session.undo() } else { self.session.redo() }
            }
            Simple::ZoomIn | Simple::ZoomOut => {
                let by = if simple == Simple::ZoomIn { 0.5 } else { -0.5 };
                map::Camera::new(self.view.map_rect, &self.view.map).zoom_at(&mut self.view.map, middle, by);
            }
            Simple::Overview => self.view.wants_overview = true,
            Simple::PlaceTrial => self.view.mode = MapMode::PlaceTrial,
            Simple::CloseRoad | Simple::DrawClosure => {
                let is_area = simple == Simple::DrawClosure;
                let mode = if is_area { MapMode::DrawClosure } else { MapMode::CloseRoad };
                self.perform(ctx, Action::Mode(mode));
                self.view.step = Step::Reach;
                self.view.opens_closures = true;
            }
            Simple::ExportSelected => self.perform(ctx, Action::AskExport(Export::Selected)),
            Simple::SaveMap => self.ask_path(PathUse::SaveMap, SaveAs::Map, "karta.png"),
            Simple::ToggleTheme => {
                self.settings.theme =
                    if self.settings.theme == Theme::Light { Theme::Dark } else { Theme::Light };
                self.save_settings();
            }
            Simple::ToggleLanguage => {
                self.settings.lang = if self.settings.lang == Lang::Sv { Lang::En } else { Lang::Sv };
                self.save_settings();
            }
            Simple::ToggleOnlineMap => {
                let is_on = self.settings.online_map != Some(true);
                self.perform(ctx, Action::SetOnlineMap(is_on));
            }
            Simple::Search => self.view.search = Some(String::new()),
            Simple::Settings => self.view.shows_settings = true,
            Simple::StepData => self.view.step = Step::Data,
            Simple::StepReach => self.view.step = Step::Reach,
            Simple::StepPlaces => self.view.step = Step::Places,
            Simple::StepCompare => self.view.step = Step::Compare,
            Simple::StepPlan => self.view.step = Step::Plan,
            Simple::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    fn save_settings(&mut self) {
        let Some(folders) = &self.folders else { return };
        // A few hundred bytes; settings are comfort, so a failure is told and nothing more.
        if let Err(error) =
            settings_file::write_settings(&folders.settings.join("settings.json"), &self.settings)
        {
            self.session.notices.push(Notice::Io(error));
        }
    }

    /// The map as a picture: the part of the window that shows it, with legend, scale and sources.
    fn take_map_image(&mut self, ctx: &Context) {
        if let Some(done) = self.saving_map.poll() {
            self.session.notices.push(match done {
                Ok(Ok(path)) => Notice::MapSaved(path),
                Ok(Err(error)) => Notice::Io(error),
                Err(panic) => Notice::Panicked(panic.0),
            });
        }
        let now = ctx.input(|input| input.time);
        self.view.is_pictured = self.view.map_image.is_some() || self.screenshot.is_some();
        if self.view.map_image.is_some() && now - *self.pictured_since.get_or_insert(now) < FADED_S {
            ctx.request_repaint();
            return;
        }
        if let Some(path) = self.view.map_image.take() {
            self.pictured_since = None;
            let (sender, receiver) = std::sync::mpsc::sync_channel(1);
            let wake = Arc::clone(&self.wake);
            let callback = egui::ScreenshotCallback::new(move |image| {
                let _ = sender.send(image);
                wake();
            });
            ctx.send_viewport_cmd(egui::ViewportCommand::Screenshot(callback));
            ctx.request_repaint();
            self.screenshot = Some((path, receiver));
        }
        if let Some((path, receiver)) = self.screenshot.take() {
            match receiver.try_recv() {
                Ok(image) => {
                    let region = image.region(&self.view.map_rect, Some(ctx.pixels_per_point()));
                    self.saving_map.start(&self.wake, move |_| write_png(&path, &region).map(|()| path));
                }
                Err(std::sync::mpsc::TryRecvError::Empty) => self.screenshot = Some((path, receiver)),
                Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                    let message = "the window gave no picture";
                    let source = std::io::Error::other(message);
                    self.session.notices.push(Notice::Io(IoError::Write { path, source }));
                }
            }
        }
    }
}

/// Endings that the dialogs offer.
const OPENED: [&str; 10] =
    ["geojson", "json", "geojsonl", "ndjson", "gpkg", "pbf", "osm", "xml", "gz", "bz2"];

/// Buttons and messages fade out; the picture of the map is taken when they are gone.
const FADED_S: f64 = 0.4;

fn write_png(path: &std::path::Path, picture: &egui::ColorImage) -> Result<(), IoError> {
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap_or(0));
    let bytes: Vec<u8> = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
    let mut png = std::io::Cursor::new(Vec::new());
    let failed =
        |message: String| IoError::Write { path: path.to_owned(), source: std::io::Error::other(message) };
    image::write_buffer_with_format(
        &mut png,
        &bytes,
        width,
        height,
        image::ExtendedColorType::Rgba8,
        image::ImageFormat::Png,
    )
    .map_err(|error| failed(error.to_string()))?;
    write_atomically(path, &[png.get_ref()])
}

/// Zoom and overview, always at hand on the map.
fn map_buttons(ui: &Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    use crate::lang::Said;
    let at = view.map_rect.left_top() + egui::vec2(10.0, 10.0);
    egui::Area::new(egui::Id::unique("map-buttons")).fixed_pos(at).order(egui::Order::Middle).show(
        ui.ctx(),
        |ui| {
            Frame::popup(ui.style()).inner_margin(3.0).show(ui, |ui| {
                for action in [Simple::ZoomIn, Simple::ZoomOut, Simple::Overview] {
                    if widgets::sign_button(ui, true, action.icon(), &action.said(cx.lang)).clicked() {
                        actions.push(Action::Do(action));
                    }
                }
            });
        },
    );
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self) {
        self.session.close();
    }
}
