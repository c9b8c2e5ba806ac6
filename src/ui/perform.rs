//! What does an action of the window do? Each is performed once, after drawing.

use egui::{Context, KeyboardShortcut};

use std::cmp::Reverse;

use super::action::{Action, CrisisAsk, FileAction, MergeStep, SaveAnswer, Setting, Simple};
use super::frame::commands::{self, Entry};
use super::map;
use super::state::{
    AreasShown, CompareTab, FollowTab, Goal, Height, Leaving, MapMode, PathUse, Selection, StepId, TableId,
};
use super::steps;
use crate::app::command::Command;
use crate::app::comparing::as_text;
use crate::app::exports::Export;
use crate::app::notice::Notice;
use crate::app::settings::Theme;
use crate::app::work::listing::copied;
use crate::geometry::LonLat;
use crate::lang::Lang;
use crate::model::{Bookmark, SiteId};
use crate::say;

use super::app::{App, Dialog, PACKED, SaveAs};

impl App {
    pub(super) fn keys(&mut self, ctx: &Context) {
        self.escape(ctx);
        // Longer combinations first: Ctrl+Shift+S is not Ctrl+S.
        let mut keys: Vec<(KeyboardShortcut, Entry)> =
            commands::all().flat_map(|entry| entry.shortcuts().map(move |keys| (keys, entry))).collect();
        keys.sort_by_key(|(keys, _)| Reverse(keys.modifiers.shift));
        for (keys, entry) in keys {
            // A text field has its own undo.
            let is_typing =
                ctx.text_edit_focused() && matches!(entry, Entry::Do(Simple::Undo | Simple::Redo));
            if !is_typing && ctx.input_mut(|input| input.consume_shortcut(&keys)) {
                self.perform(ctx, entry.action());
            }
        }
    }

    fn ask_crisis(&mut self, ask: CrisisAsk) {
        let state = &self.view.crisis;
        match ask {
            CrisisAsk::Best(scenarios) => {
                let book = &self.session.project().outages;
                self.crisis.ask_best(&self.wake, book, &scenarios, state.asked.clone());
            }
            CrisisAsk::StopBest => self.crisis.stop_best(),
            CrisisAsk::Roads => self.crisis.ask_roads(&self.wake, state.at()),
        }
    }

    pub(super) fn closing(&mut self, ctx: &Context) {
        if !self.session.saving.is_running()
            && let Some(leaving) = self.view.dialogs.leaves_after_save.take()
            && !self.session.has_unsaved_edits()
        {
            self.leave(ctx, leaving);
        }
        // A project that was read waits while the one that is open has edits.
        if let Some(path) = self.session.waiting_project.clone()
            && self.view.dialogs.leaving.is_none()
        {
            self.view.dialogs.leaving = Some(Leaving::Open(path));
        }
        if ctx.input(|input| input.viewport().close_requested()) && !self.may_close {
            if self.session.has_unsaved_edits() {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.view.dialogs.leaving = Some(Leaving::Close);
            } else {
                self.may_close = true;
            }
        }
    }

    /// Does one action.
    pub(super) fn perform(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Do(simple) => self.perform_simple(ctx, simple),
            Action::Edit(command) => self.session.edit(command, None),
            Action::EditBy(id, command) => self.edit_by(id, command, ctx.input(|input| input.time)),
            Action::Select(selection) => self.select(selection),
            Action::SelectAndGo(selection, goal) => {
                self.view.selection = Some(selection);
                self.view.map.goal = Some(goal);
            }
            Action::Go(goal) => self.view.map.goal = Some(goal),
            Action::Pin(place, text) => {
                self.view.map.goal = Some(Goal::at(place, Some(11.0)));
                self.view.map.pin = Some((place, text));
            }
            Action::Step(step) => {
                self.view.is_folded = false;
                self.view.map.lit = None;
                self.view.step = step;
            }
            Action::Crisis(ask) => self.ask_crisis(ask),
            Action::BackTo(steps) => {
                self.close_forms_of_things();
                self.session.undo_steps(steps);
            }
            Action::ShowBookmark(at) => self.show_bookmark(at),
            Action::RemoveBookmark(at) => self.remove_bookmark(at),
            Action::Mode(mode) => {
                self.view.closures.ring.clear();
                self.view.mode = mode;
            }
            Action::ShowClosure(id) => {
                self.view.step = StepId::REACH;
                self.view.closures.show(id);
            }
            Action::File(action) => self.perform_on_files(action),
            Action::Set(setting) => self.set(setting),
            Action::DismissNotice(at) => {
                if at < self.session.notices.len() {
                    self.session.notices.remove(at);
                }
            }
            Action::FindCritical(is_wanted) => self.find_critical(is_wanted),
            Action::Plan(ask) => self.planner.ask(&self.wake, ask),
            Action::Stay => {
                self.view.dialogs.leaving = None;
                self.session.waiting_project = None;
            }
            Action::Leave(leaving) => self.leave(ctx, leaving),
            Action::SaveAndLeave(leaving) => self.save_and_leave(ctx, leaving),
            Action::CopyFeatures => self.copy_features(),
            Action::ShowBeside => self.show_beside(),
            Action::CopyBeside => self.copy_beside(ctx),
            Action::Area(area) => self.show_area(area),
            Action::Contested(answer) => self.contested(answer),
            Action::Merge(step) => self.merge(step),
            Action::LookAtFiles => self.session.look_at_files(),
            Action::ShowMunicipality(name) => self.show_municipality(name),
            Action::CopyRows(text, count) => self.copied(ctx, &text, Notice::RowsCopied(count)),
            Action::Copy(text) => self.copied(ctx, &text, Notice::Copied(text.clone())),
        }
    }

    fn set(&mut self, setting: Setting) {
        match setting {
            Setting::Theme(theme) => self.settings.theme = theme,
            Setting::Language(lang) => self.settings.lang = lang,
            Setting::OnlineMap(is_on) => self.settings.online_map = Some(is_on),
            Setting::Start(is_on) => self.settings.shows_start = is_on,
            Setting::Scale(scale) => self.settings.scale = scale,
            Setting::User(user) => self.settings.user = user,
            Setting::LayersFormat(format) => self.settings.layers_format = format,
            Setting::LayersForm(form) => self.settings.layers_form = form,
        }
        self.save_settings();
    }

    /// What is done about a save that would have gone over the work of somebody else.
    fn contested(&mut self, answer: SaveAnswer) {
        let Some(contested) = self.session.contested.take() else { return };
        match answer {
            SaveAnswer::Elsewhere => self.perform_save_as(),
            SaveAnswer::TakeIn => self.session.look_at_copy(contested.path),
            SaveAnswer::Reload => self.session.open_project(contested.path, false),
            SaveAnswer::Again => self.session.save(contested.path),
            SaveAnswer::Over => self.session.save_over(contested.path),
            SaveAnswer::Nothing => {}
        }
    }

    fn perform_save_as(&mut self) {
        self.ask_path(PathUse::SaveProject, SaveAs::Project, "projekt.gpkg");
    }

    /// A step of taking in another copy of the project.
    fn merge(&mut self, step: MergeStep) {
        match step {
            MergeStep::Choose(at, choice) => self.session.choose_of_copy(at, choice),
            MergeStep::Take => {
                self.close_forms_of_things();
                self.session.take_of_copy();
            }
            MergeStep::Drop => self.session.merging = None,
        }
    }

    /// Opens what lies over the map.
    fn open_sheet(&mut self, sheet: Simple) {
        let dialogs = &mut self.view.dialogs;
        match sheet {
            Simple::Start => dialogs.shows_start = true,
            Simple::Tour => {
                dialogs.shows_start = false;
                dialogs.tour = Some(0);
            }
            Simple::Information => {
                dialogs.shows_information = true;
                self.session.look_at_files();
            }
            Simple::History => dialogs.shows_history = !dialogs.shows_history,
            Simple::Settings => dialogs.shows_settings = true,
            _ => dialogs.shows_about = true,
        }
    }

    /// An edit by a widget: one step with those before it by the same, while it is held.
    pub(super) fn edit_by(&mut self, id: egui::Id, command: crate::app::command::Command, now: f64) {
        let gesture = match self.view.gesture {
            Some((known, gesture, used)) if known == id && now - used < 1.5 => gesture,
            _ => self.session.begin_gesture(),
        };
        self.view.gesture = Some((id, gesture, now));
        self.session.edit(command, Some(gesture));
    }

    /// Looks for the most important roads, or stops looking.
    pub(super) fn find_critical(&mut self, is_wanted: bool) {
        let results = self.session.results.as_ref().filter(|_| is_wanted);
        self.ways.find_critical(&self.wake, results, self.view.kind);
    }

    pub(super) fn perform_simple(&mut self, ctx: &Context, simple: Simple) {
        match simple {
            Simple::Open => {
                self.view.step = StepId::DATA;
                self.ask(Dialog::Open);
            }
            Simple::OpenRoads => {
                self.view.step = StepId::DATA;
                self.ask_to_open(PathUse::OpenRoads, Dialog::OpenRoads);
            }
            Simple::Import => self.ask_to_open(PathUse::Import, Dialog::Import),
            Simple::ComparePipos => self.ask_to_open(PathUse::ComparePipos, Dialog::ComparePipos),
            Simple::OpenDemo => self.ask_to_leave(ctx, Leaving::Example),
            Simple::NewProject => self.ask_to_leave(ctx, Leaving::New),
            Simple::Save => self.save(),
            Simple::SaveAs => self.perform_save_as(),
            Simple::Pack => self.ask_path(PathUse::Pack, SaveAs::Pack, PACKED),
            Simple::Undo => {
                self.close_forms_of_things();
                self.session.undo();
            }
            Simple::Redo => {
                self.close_forms_of_things();
                self.session.redo();
            }
            Simple::ZoomIn => self.zoom(0.5),
            Simple::ZoomOut => self.zoom(-0.5),
            Simple::Overview => self.view.map.wants_overview = true,
            Simple::GoTo | Simple::Search => self.view.dialogs.search = Some(String::new()),
            Simple::Measure => {
                self.view.map.measured.clear();
                self.view.mode = MapMode::Measure;
            }
            Simple::AddBookmark => self.add_bookmark(),
            Simple::TogglePanel => self.view.is_folded = !self.view.is_folded,
            Simple::Start
            | Simple::Tour
            | Simple::Information
            | Simple::History
            | Simple::Settings
            | Simple::About => self.open_sheet(simple),
            Simple::Merge => self.ask_to_open(PathUse::Merge, Dialog::Merge),
            Simple::PlaceTrial => self.view.mode = MapMode::PlaceTrial,
            Simple::CloseRoad => self.close_on_the_map(MapMode::CloseRoad),
            Simple::DrawClosure => self.close_on_the_map(MapMode::DrawClosure),
            Simple::ExportSelected => self.perform_on_files(FileAction::AskExport(Export::Selected)),
            Simple::SaveMap => self.open_map_form(),
            Simple::Report => self.open_report_form(),
            Simple::ToggleTheme => {
                let is_light = self.settings.theme == Theme::Light;
                self.set(Setting::Theme(if is_light { Theme::Dark } else { Theme::Light }));
            }
            Simple::ToggleLanguage => {
                let is_swedish = self.settings.lang == Lang::Sv;
                self.set(Setting::Language(if is_swedish { Lang::En } else { Lang::Sv }));
            }
            Simple::ToggleOnlineMap => self.set(Setting::OnlineMap(self.settings.online_map != Some(true))),
            Simple::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Saves where the project lies, or asks where it shall.
    fn save(&mut self) {
        match self.session.path.clone() {
            Some(path) => self.session.save(path),
            None => self.perform_save_as(),
        }
    }

    fn select(&mut self, selection: Option<Selection>) {
        // The inspector may open over what was clicked: then the map goes there.
        if let Some(Selection::Site(site)) = &selection
            && let Some(place) = self.place_of(site)
        {
            self.view.map.goal = Some(Goal::at(place, None));
        }
        self.view.selection = selection;
        self.view.map.members = None;
        self.view.sheet.scrolls_to_selection = true;
    }

    fn show_bookmark(&mut self, at: usize) {
        // A file may hold anything.
        let is_place =
            |bookmark: &&Bookmark| bookmark.centre.lat.abs() < 85.0 && bookmark.centre.lon.abs() <= 180.0;
        if let Some(bookmark) = self.session.project().bookmarks.get(at).filter(is_place) {
            let map = &mut self.view.map;
            map.memory.center_at(walkers::lon_lat(bookmark.centre.lon, bookmark.centre.lat));
            // A zoom out of range leaves the map's own.
            let _ = map.memory.set_zoom(bookmark.zoom);
        }
    }

    /// Filters everything to a municipality, or to none.
    fn show_area(&mut self, area: Option<String>) {
        self.view.area = area;
        self.view.selection = None;
        self.view.map.wants_overview = true;
    }

    /// The sheet of a municipality, where one looks already if that step has it.
    fn show_municipality(&mut self, name: String) {
        self.show_area(Some(name));
        let view = &mut self.view;
        if view.step == StepId::FOLLOW {
            view.follow.tab = FollowTab::Municipality;
        } else {
            if !steps::with_tables_of_what_is(view.step) {
                view.step = StepId::REACH;
            }
            (view.sheet.tab, view.tables.areas) = (TableId::Areas, AreasShown::Sheet);
        }
        view.sheet.set_open(view.step, true);
        view.sheet.set_height(view.step, Height::Full);
    }

    /// The places side by side, as high as the sheet goes.
    fn show_beside(&mut self) {
        let view = &mut self.view;
        (view.step, view.compare.tab) = (StepId::COMPARE, CompareTab::Beside);
        // The sheet needs the room that the inspector takes.
        view.selection = None;
        view.is_folded = false;
        view.sheet.set_open(StepId::COMPARE, true);
        view.sheet.set_height(StepId::COMPARE, Height::Full);
    }

    /// The features that the table of a layer lists, for a spreadsheet.
    fn copy_features(&mut self) {
        if let Some(found) = self.listing.found().cloned() {
            self.copying.start(&self.wake, move |_| (copied(&found), found.features.len()));
        }
    }

    /// What lies side by side, for a spreadsheet.
    fn copy_beside(&mut self, ctx: &Context) {
        if let Some(made) = self.beside.made().cloned() {
            let text = as_text(&made.comparison, self.settings.lang);
            self.copied(ctx, &text, Notice::RowsCopied(made.comparison.rows.len()));
        }
    }

    /// Lays a text on the clipboard, and says so.
    fn copied(&mut self, ctx: &Context, text: &str, notice: Notice) {
        ctx.copy_text(text.to_owned());
        self.session.notices.push(notice);
    }

    fn save_and_leave(&mut self, ctx: &Context, leaving: Leaving) {
        self.view.dialogs.leaving = None;
        self.session.waiting_project = None;
        self.view.dialogs.leaves_after_save = Some(leaving).filter(|_| self.session.path.is_some());
        self.perform_simple(ctx, Simple::Save);
    }

    /// Where a service or a SOT place lies.
    fn place_of(&self, site: &SiteId) -> Option<LonLat> {
        let situation = &self.session.results.as_ref()?.situation;
        let service =
            situation.services.iter().find(|service| service.site == *site).map(|service| service.place);
        service.or_else(|| situation.sot_places.iter().find(|sot| sot.site == *site).map(|sot| sot.place))
    }

    /// Asks first where edits would be lost.
    fn ask_to_leave(&mut self, ctx: &Context, leaving: Leaving) {
        if self.session.has_unsaved_edits() {
            self.view.dialogs.leaving = Some(leaving);
        } else {
            self.leave(ctx, leaving);
        }
    }

    /// Lets go of the project for what takes its place.
    fn leave(&mut self, ctx: &Context, leaving: Leaving) {
        self.view.dialogs.leaving = None;
        match leaving {
            Leaving::Close => {
                self.may_close = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Leaving::New => self.session.new_project(),
            Leaving::Example => self.session.open_demo(),
            Leaving::Open(path) => self.session.open_waiting(path),
        }
    }

    /// Keeps the view of the map to come back to.
    fn add_bookmark(&mut self) {
        let Some(centre) = self.view.map.memory.detached() else { return };
        let lang = self.settings.lang;
        let mut bookmarks = self.session.project().bookmarks.as_ref().clone();
        let is_taken = |n: usize| {
            let name = say!(lang, "Vy {n}", "View {n}");
            self.session.project().bookmarks.iter().any(|bookmark| bookmark.name == name)
        };
        let n = (1..=bookmarks.len() + 1).find(|n| !is_taken(*n)).unwrap_or(1);
        bookmarks.push(Bookmark {
            name: say!(lang, "Vy {n}", "View {n}"),
            centre: LonLat::new(centre.x(), centre.y()),
            zoom: self.view.map.memory.zoom(),
        });
        let name = bookmarks.last().map(|bookmark| bookmark.name.clone()).unwrap_or_default();
        self.session.edit(Command::SetBookmarks(bookmarks), None);
        self.session.notices.push(Notice::Bookmarked(name));
    }

    fn remove_bookmark(&mut self, at: usize) {
        let mut bookmarks = self.session.project().bookmarks.as_ref().clone();
        if at < bookmarks.len() {
            bookmarks.remove(at);
            self.session.edit(Command::SetBookmarks(bookmarks), None);
        }
    }

    /// A form may be about a thing that an undo takes away.
    fn close_forms_of_things(&mut self) {
        self.view.dialogs.fact = None;
        self.view.dialogs.new_service = None;
        self.view.dialogs.status = None;
    }

    fn zoom(&mut self, by: f64) {
        let map = &mut self.view.map;
        map::Camera::new(map.rect, &map.memory).zoom_at(&mut map.memory, map.rect.center(), by);
    }

    /// A road or an area is closed by the next clicks on the map.
    fn close_on_the_map(&mut self, mode: MapMode) {
        self.view.closures.ring.clear();
        self.view.mode = mode;
        self.view.step = StepId::REACH;
        self.view.closures.opens = true;
    }
}
