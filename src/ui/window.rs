//! Where does everything stand in the window? Bar, rail, step, map, table, inspector, forms.

use egui::{CentralPanel, Frame, Panel, Ui};

use super::action::{Action, Simple};
use super::app::App;
use super::context::Cx;
use super::map::Drawn;
use super::state::{Height, Shown, StepId, View};
use super::steps::{self, Step};
use super::{frame, map, panels, widgets};
use crate::lang::Said;

/// Narrowest and widest, points.
const STEP_WIDTH: std::ops::Range<f32> = 280.0..420.0;
/// Narrower windows show the inspector in the place of the panel, points.
const NARROW: f32 = 900.0;
const INSPECTOR_WIDTH: std::ops::Range<f32> = 300.0..480.0;

impl App {
    pub(super) fn draw(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let step = steps::of(self.view.step);
        // What the pointer was on is marked everywhere in the next frame.
        let pointed = self.view.pointed.take();
        if pointed != self.view.hover {
            ui.ctx().request_repaint();
        }
        self.view.hover = pointed;
        let Self {
            session,
            view,
            settings,
            scene,
            ways,
            ranked,
            planner,
            crisis,
            trial,
            beside,
            municipal,
            listing,
            today,
            ..
        } = self;
        let cx = Cx {
            is_writing: self.writing.is_running(),
            session,
            settings,
            scene: scene.as_deref(),
            ways,
            ranked,
            planner,
            crisis,
            trial,
            beside,
            municipal,
            listing,
            has_ground: self.has_ground,
            lang: settings.lang,
            theme: settings.theme,
            today,
            shown: step.shown,
            hour: self.hour.as_ref().filter(|hour| {
                step.shown.contains(&Shown::Crisis) && scene.as_ref().is_some_and(|scene| hour.is_of(scene))
            }),
        };
        let plan = self.drawn.as_ref().filter(|drawn| cx.scene.is_some_and(|scene| drawn.is_of(scene)));
        let drawn = Drawn { cells: self.colours.as_ref(), plan: plan.filter(|_| cx.shows(Shown::Plan)) };
        around(ui, &cx, view, actions);
        step_panel(ui, &cx, step, view, actions);
        inspector(ui, &cx, view, actions);
        sheet(ui, &cx, step, view, actions);
        CentralPanel::no_frame()
            .show(ui, |ui| map::show(ui, &cx, view, drawn, self.online.as_mut(), actions));
        if !view.map.is_pictured {
            over_the_map(ui, &cx, view, actions);
        }
    }
}

/// The bar above, the line below, the rail of steps.
fn around(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    Panel::top("bar").exact_size(40.0).show(ui, |ui| frame::bar::show(ui, cx, view, actions));
    Panel::bottom("status").exact_size(26.0).show(ui, |ui| frame::status::show(ui, cx, actions));
    Panel::left("rail").exact_size(92.0).resizable(false).show(ui, |ui| {
        frame::rail::show(ui, cx, view, actions);
    });
}

/// The panel of the step, unless it is folded to the rail.
fn step_panel(ui: &mut Ui, cx: &Cx<'_>, step: &Step, view: &mut View, actions: &mut Vec<Action>) {
    // In a narrow window there is room for one panel beside the map.
    let is_narrow = ui.available_width() < NARROW && view.selection.is_some();
    if view.is_folded || is_narrow {
        return;
    }
    let width = cx.settings.panels[0].clamp(STEP_WIDTH.start, STEP_WIDTH.end);
    // What is in the panel never changes its width: a click must not meet another button.
    let panel = Panel::left("step").default_size(width).size_range(STEP_WIDTH.start..=STEP_WIDTH.end);
    let response = panel.resizable(true).show(ui, |ui| {
        of_fixed_size(ui, |ui| {
            egui::ScrollArea::vertical().auto_shrink(false).id_salt(step.id.0).show(ui, |ui| {
                // The scroll bar must not lie over figures.
                let margin = egui::Margin { left: 4, right: 10, top: 8, bottom: 16 };
                Frame::new().inner_margin(margin).show(ui, |ui| {
                    if step.id != StepId::DATA {
                        steps::data::held::note(ui, cx);
                    }
                    (step.panel)(ui, cx, view, actions);
                });
            });
        });
    });
    view.widths[0] = response.response.rect.width();
}

/// Draws into the room there is, and takes no more: what is too wide must not move the borders of panels.
fn of_fixed_size(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
    inside.set_clip_rect(room.expand2(egui::vec2(6.0, 0.0)).intersect(ui.clip_rect()));
    show(&mut inside);
    ui.advance_cursor_after_rect(room);
}

/// What is chosen, while something is.
fn inspector(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    if view.selection.is_none() {
        return;
    }
    let width = cx.settings.panels[1].clamp(INSPECTOR_WIDTH.start, INSPECTOR_WIDTH.end);
    let panel = Panel::right("inspector").default_size(width);
    let panel = panel.size_range(INSPECTOR_WIDTH.start..=INSPECTOR_WIDTH.end).resizable(true);
    let response = panel.show(ui, |ui| {
        of_fixed_size(ui, |ui| {
            ui.add_space(8.0);
            panels::inspector::show(ui, cx, view, actions);
        });
    });
    view.widths[1] = response.response.rect.width();
}

/// Zoom and overview, always at hand on the map.
fn map_buttons(ui: &Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let at = view.map.rect.left_top() + egui::vec2(10.0, 10.0);
    // On a low map they stand beside each other, in an area that has never been a high one.
    let (id, layout) = if view.map.rect.height() < 230.0 {
        ("map-buttons-low", egui::Layout::left_to_right(egui::Align::Center))
    } else {
        ("map-buttons", egui::Layout::top_down(egui::Align::Center))
    };
    egui::Area::new(egui::Id::unique(id)).fixed_pos(at).order(egui::Order::Middle).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(3.0).show(ui, |ui| {
            ui.with_layout(layout, |ui| {
                for action in [Simple::ZoomIn, Simple::ZoomOut, Simple::Overview, Simple::Measure] {
                    if widgets::sign_button(ui, true, action.icon(), &action.said(cx.lang)).clicked() {
                        actions.push(Action::Do(action));
                    }
                }
                frame::bookmarks::show(ui, cx, actions);
            })
        });
    });
}

/// The sheet of tables over the lower map: a strip with their names, and the table while it is open.
fn sheet(ui: &mut Ui, cx: &Cx<'_>, step: &Step, view: &mut View, actions: &mut Vec<Action>) {
    const STRIP: f32 = 34.0;
    let room = ui.available_height();
    if !view.sheet.is_open(step.id) {
        Panel::bottom("sheet-closed").exact_size(STRIP).resizable(false).show(ui, |ui| {
            (step.tables)(ui, cx, view, actions);
        });
        return;
    }
    let height = view.sheet.dragged.unwrap_or_else(|| view.sheet.height(step.id).points(room));
    let height = height.clamp(STRIP * 2.0, (room - 60.0).max(STRIP * 2.0));
    let response = Panel::bottom("sheet").exact_size(height).resizable(false).show(ui, |ui| {
        of_fixed_size(ui, |ui| (step.tables)(ui, cx, view, actions));
    });
    grip(ui, response.response.rect, step.id, view, room);
}

/// The upper edge of the sheet: dragged to one of its heights.
fn grip(ui: &Ui, sheet: egui::Rect, step: StepId, view: &mut View, room: f32) {
    let edge = egui::Rect::from_center_size(sheet.center_top(), egui::vec2(sheet.width(), 8.0));
    let response = ui.interact(edge, egui::Id::unique("sheet-grip"), egui::Sense::DRAG);
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeVertical);
    }
    let colour = ui.visuals().weak_text_color().gamma_multiply(0.6);
    let mark = egui::Rect::from_center_size(sheet.center_top() + egui::vec2(0.0, 4.0), egui::vec2(36.0, 3.0));
    ui.painter().rect_filled(mark, 1.5, colour);
    if response.dragged() {
        let height = view.sheet.dragged.unwrap_or(sheet.height()) - response.drag_delta().y;
        view.sheet.dragged = Some(height);
    } else if let Some(height) = view.sheet.dragged.take() {
        view.sheet.set_height(step, Height::nearest(height, room));
        ui.ctx().request_repaint();
    }
}

/// Messages, buttons and forms.
fn over_the_map(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let corner = view.map.rect.right_top() + egui::vec2(-424.0, 8.0);
    egui::Area::new(egui::Id::unique("notices")).fixed_pos(corner).order(egui::Order::Foreground).show(
        ui.ctx(),
        |ui| {
            frame::notices::show(ui, cx, actions);
        },
    );
    map_buttons(ui, cx, view, actions);
    frame::search::show(ui, cx, view, actions);
    frame::settings::show(ui, cx, view, actions);
    frame::import::show(ui, cx, view, actions);
    frame::sizing::show(ui, cx, view, actions);
    frame::map_page::show(ui, cx, view, actions);
    frame::report::show(ui, cx, view, actions);
    frame::path::show(ui, cx, view, actions);
    frame::records::fact(ui, cx, view, actions);
    frame::records::new_service(ui, cx, view, actions);
    frame::status_form::show(ui, cx, view, actions);
    frame::deciding::show(ui, cx, view, actions);
    frame::about::show(ui, cx, view);
    frame::history::show(ui, cx, view, actions);
    frame::information::show(ui, cx, view, actions);
    frame::merging::show(ui, cx, actions);
    frame::start::show(ui, cx, view, actions);
    frame::tour::show(ui, cx, view, actions);
    frame::questions::rescue(ui, cx, actions);
    frame::questions::contested(ui, cx, actions);
    frame::questions::closing(ui, cx, view, actions);
}
