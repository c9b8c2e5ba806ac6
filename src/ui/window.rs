//! Where does everything stand in the window? Bar, rail, step, map, table, inspector, forms.

use egui::{CentralPanel, Frame, Panel, Ui};

use super::action::{Action, Simple};
use super::context::Cx;
use super::state::{Step, View};
use super::{map, panels, widgets};

use super::app::App;

impl App {
    pub(super) fn draw(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Self {
            session,
            view,
            settings,
            scene,
            colours,
            ways,
            ranked,
            planner,
            trial,
            drawn,
            online,
            today,
            ..
        } = self;
        let cx = Cx {
            session,
            settings,
            scene: scene.as_ref(),
            colours: colours.as_ref(),
            ways,
            ranked,
            planner,
            trial,
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
        drawer(ui, &cx, view, actions);
        CentralPanel::no_frame().show(ui, |ui| map::show(ui, &cx, view, online.as_mut(), actions));
        if view.is_pictured {
            return;
        }
        over_the_map(ui, &cx, view, actions);
    }
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

/// The tables below the map.
fn drawer(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
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
            panels::drawer::show(ui, cx, view, actions);
        });
    } else {
        Panel::bottom("drawer-closed").exact_size(34.0).show(ui, |ui| {
            panels::drawer::show(ui, cx, view, actions);
        });
    }
}

/// Messages, buttons and forms.
fn over_the_map(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let corner = view.map_rect.right_top() + egui::vec2(-424.0, 8.0);
    egui::Area::new(egui::Id::unique("notices")).fixed_pos(corner).order(egui::Order::Foreground).show(
        ui.ctx(),
        |ui| {
            panels::top::notices(ui, cx, actions);
        },
    );
    map_buttons(ui, cx, view, actions);
    panels::top::search(ui, cx, view, actions);
    panels::top::settings(ui, cx, view, actions);
    panels::forms::path(ui, cx, view, actions);
    panels::forms::fact(ui, cx, view, actions);
    panels::forms::new_service(ui, cx, view, actions);
    panels::forms::welcome(ui, cx, view, actions);
    panels::forms::rescue(ui, cx, view, actions);
    panels::forms::closing(ui, cx, view, actions);
}
