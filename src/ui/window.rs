//! Where does everything stand in the window? Bar, rail, step, map, table, inspector, forms.

use egui::{CentralPanel, Frame, Panel, Ui};

use super::action::{Action, Simple};
use super::app::App;
use super::context::Cx;
use super::map::Drawn;
use super::state::{Shown, StepId, View};
use super::steps::{self, Step};
use super::{frame, map, panels, widgets};
use crate::lang::Said;

impl App {
    pub(super) fn draw(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let step = steps::of(self.view.step);
        let Self { session, view, settings, scene, ways, ranked, planner, trial, today, .. } = self;
        let cx = Cx {
            session,
            settings,
            scene: scene.as_ref(),
            ways,
            ranked,
            planner,
            trial,
            lang: settings.lang,
            theme: settings.theme,
            today,
            shown: step.shown,
        };
        let drawn = Drawn {
            cells: self.colours.as_ref(),
            plan: self
                .drawn
                .as_ref()
                .filter(|drawn| scene.as_ref().is_some_and(|scene| drawn.is_of(scene)))
                .filter(|_| cx.shows(Shown::Plan)),
        };
        around(ui, &cx, view, actions);
        step_panel(ui, &cx, step, view, actions);
        inspector(ui, &cx, view, actions);
        drawer(ui, &cx, step, view, actions);
        CentralPanel::no_frame()
            .show(ui, |ui| map::show(ui, &cx, view, drawn, self.online.as_mut(), actions));
        if !view.map.is_pictured {
            over_the_map(ui, &cx, view, actions);
        }
    }
}

/// The bar above, the line below, the rail of steps.
fn around(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    Panel::top("bar").exact_size(42.0).show(ui, |ui| frame::bar::show(ui, cx, view, actions));
    Panel::bottom("status").exact_size(28.0).show(ui, |ui| frame::status::show(ui, cx, actions));
    Panel::left("rail").exact_size(98.0).resizable(false).show(ui, |ui| {
        frame::rail::show(ui, cx, view, actions);
    });
}

/// The panel of the step.
fn step_panel(ui: &mut Ui, cx: &Cx<'_>, step: &Step, view: &mut View, actions: &mut Vec<Action>) {
    Panel::left("step").default_size(312.0).size_range(270.0..=460.0).resizable(true).show(ui, |ui| {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            // The scroll bar must not lie over figures.
            let margin = egui::Margin { left: 0, right: 8, top: 6, bottom: 12 };
            Frame::new().inner_margin(margin).show(ui, |ui| {
                if step.id != StepId::DATA {
                    panels::data::held::note(ui, cx);
                }
                (step.panel)(ui, cx, view, actions);
            });
        });
    });
}

/// What is chosen, while something is.
fn inspector(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    if view.selection.is_none() {
        return;
    }
    let panel = Panel::right("inspector").default_size(330.0).size_range(290.0..=480.0).resizable(true);
    panel.show(ui, |ui| {
        ui.add_space(6.0);
        panels::inspector::show(ui, cx, view, actions);
    });
}

/// Zoom and overview, always at hand on the map.
fn map_buttons(ui: &Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let at = view.map.rect.left_top() + egui::vec2(10.0, 10.0);
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

/// The tables below the map.
fn drawer(ui: &mut Ui, cx: &Cx<'_>, step: &Step, view: &mut View, actions: &mut Vec<Action>) {
    if view.drawer.is_open {
        // In a low window the map keeps the larger part.
        let room = ui.available_height();
        let height = (room * 0.32).clamp(110.0, 210.0);
        let (id, height) = if step.works_in_tables {
            ("drawer-compare", (room * 0.5).clamp(180.0, 460.0))
        } else {
            ("drawer", height)
        };
        let most = (room - 120.0).clamp(200.0, 700.0);
        Panel::bottom(id).default_size(height).size_range(110.0..=most).resizable(true).show(ui, |ui| {
            (step.drawer)(ui, cx, view, actions);
        });
    } else {
        Panel::bottom("drawer-closed").exact_size(34.0).show(ui, |ui| {
            (step.drawer)(ui, cx, view, actions);
        });
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
    frame::path::show(ui, cx, view, actions);
    frame::records::fact(ui, cx, view, actions);
    frame::records::new_service(ui, cx, view, actions);
    frame::questions::welcome(ui, cx, view, actions);
    frame::questions::rescue(ui, cx, view, actions);
    frame::questions::closing(ui, cx, view, actions);
}
