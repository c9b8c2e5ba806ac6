//! What does an action of the window do? Each is performed once, after drawing.

use egui::Context;

use super::action::{Action, Simple};
use super::map;
use super::state::{MapMode, PathField, PathUse, Step};
use crate::app::notice::Notice;
use crate::app::session::Export;
use crate::app::settings::Theme;
use crate::lang::Lang;

use super::app::{App, Dialog, SaveAs};

impl App {
    pub(super) fn keys(&mut self, ctx: &Context) {
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

    pub(super) fn closing(&mut self, ctx: &Context) {
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

    /// Does one action.
    pub(super) fn perform(&mut self, ctx: &Context, action: Action) {
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
}
