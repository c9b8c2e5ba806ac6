//! What do pointer and keys do on the map?

use egui::{CursorIcon, Key, MouseWheelUnit, PointerButton, Response, Ui, vec2};

use super::camera::Camera;
use super::here::{new_service, place_trial, thing_at};
use super::symbol::Symbol;
use super::{closures, measure, members, symbols};
use crate::app::command::Command;
use crate::model::{ClosureShape, ServiceKind, SiteId};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Drag, MapMode, Selection, View};

/// Zoom of one notch of a wheel.
const WHEEL_STEP: f64 = 0.5;

/// Takes in a frame of pointer and keys.
pub fn interact(
    ui: &Ui,
    response: &Response,
    cx: &Cx<'_>,
    view: &mut View,
    camera: &Camera,
    symbols: &[Symbol],
    actions: &mut Vec<Action>,
) {
    let at = response.hover_pos();
    view.map.pointer = at.map(|at| camera.place(at));
    let symbol = at.and_then(|at| symbols::at_point(symbols, at));
    if let Some(symbol) = symbol {
        view.pointed = Some(symbol.selection.clone());
    }
    // What is done on the map is done where it stands: the ground does not move under the pointer.
    if response.clicked() || response.dragged() || response.secondary_clicked() {
        view.map.fitted = None;
        view.map.members = None;
    }
    wheel_and_keys(ui, response, view, camera);
    closures::keys(ui, cx, view, actions);
    measure::keys(ui, view);
    drag(ui, response, cx, view, camera, symbols, actions);
    if response.double_clicked() && symbol.is_none() && view.mode == MapMode::Browse {
        if let Some(at) = response.interact_pointer_pos() {
            camera.zoom_at(&mut view.map.memory, at, 1.0);
        }
    } else if response.clicked() {
        click(cx, view, camera, response, symbol, actions);
    }
    if response.secondary_clicked() {
        view.map.menu_at = response.interact_pointer_pos().map(|at| camera.place(at));
    }
    let cursor = match (&view.mode, symbol, &view.map.drag) {
        (_, _, Some(_)) => CursorIcon::Grabbing,
        (MapMode::Browse, Some(symbol), None) if symbol.trial.is_some() => CursorIcon::Grab,
        (MapMode::Browse, Some(_), None) => CursorIcon::PointingHand,
        (MapMode::Browse, None, None) => CursorIcon::Default,
        _ => CursorIcon::Crosshair,
    };
    if response.hovered() {
        ui.ctx().set_cursor_icon(cursor);
    }
}

fn wheel_and_keys(ui: &Ui, response: &Response, view: &mut View, camera: &Camera) {
    if let Some(at) = response.hover_pos() {
        let mut by = 0.0;
        let pinch = f64::from(ui.input(egui::InputState::zoom_delta));
        let mut is_wheel = false;
        ui.input(|input| {
            for event in &input.events {
                if let egui::Event::MouseWheel { unit, delta, .. } = event {
                    is_wheel = true;
                    let notches = match unit {
                        MouseWheelUnit::Line | MouseWheelUnit::Page => f64::from(delta.y),
                        MouseWheelUnit::Point => f64::from(delta.y) / 100.0,
                    };
                    by += notches * WHEEL_STEP;
                }
            }
        });
        // Ctrl and wheel arrive as both: the wheel's even steps count.
        if !is_wheel && (pinch - 1.0).abs() > 1e-3 {
            by += pinch.log2();
        }
        if by.abs() > 1e-4 {
            camera.zoom_at(&mut view.map.memory, at, by.clamp(-2.0, 2.0));
        }
    }
    if response.clicked() || response.dragged() {
        response.request_focus();
    }
    if response.has_focus() {
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(
                response.id,
                egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() },
            );
        });
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let step = 80.0;
        for (key, by) in [
            (Key::ArrowLeft, vec2(step, 0.0)),
            (Key::ArrowRight, vec2(-step, 0.0)),
            (Key::ArrowUp, vec2(0.0, step)),
            (Key::ArrowDown, vec2(0.0, -step)),
        ] {
            if pressed(key) {
                camera.pan(&mut view.map.memory, by);
            }
        }
        for (key, by) in [(Key::Plus, 0.5), (Key::Equals, 0.5), (Key::Minus, -0.5)] {
            if pressed(key) {
                camera.zoom_at(&mut view.map.memory, camera.rect.center(), by);
            }
        }
    }
}

/// Drags a trial point, else the map.
fn drag(
    ui: &Ui,
    response: &Response,
    cx: &Cx<'_>,
    view: &mut View,
    camera: &Camera,
    symbols: &[Symbol],
    actions: &mut Vec<Action>,
) {
    if response.drag_started_by(PointerButton::Primary) {
        let origin = ui.input(|input| input.pointer.press_origin()).or(response.interact_pointer_pos());
        let symbol = origin.and_then(|at| symbols::at_point(symbols, at));
        if let Some(trial) = symbol.and_then(|symbol| symbol.trial)
            && let Some(place) = cx.place_of(&SiteId::Trial(trial))
        {
            view.map.drag = Some(Drag { trial, place });
            actions.push(Action::Select(Some(Selection::Site(SiteId::Trial(trial)))));
        }
    }
    match (&mut view.map.drag, response.interact_pointer_pos()) {
        (Some(drag), Some(at)) if response.dragged() => {
            drag.place = camera.place(at);
        }
        (None, _)
            if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) =>
        {
            camera.pan(&mut view.map.memory, response.drag_delta());
        }
        _ => {}
    }
    if (response.drag_stopped() || !ui.input(|input| input.pointer.any_down()))
        && let Some(drag) = view.map.drag.take()
    {
        actions.push(Action::Edit(Command::MoveTrial(drag.trial, drag.place)));
    }
}

fn click(
    cx: &Cx<'_>,
    view: &mut View,
    camera: &Camera,
    response: &Response,
    symbol: Option<&Symbol>,
    actions: &mut Vec<Action>,
) {
    let Some(at) = response.interact_pointer_pos() else { return };
    let place = camera.place(at);
    match view.mode.clone() {
        MapMode::CloseRoad | MapMode::DrawClosure | MapMode::DrawOutage(..) => {
            closures::click(cx, view, camera, response, actions);
        }
        MapMode::Browse => {
            if let Some(symbol) = symbol {
                if symbol.count() > 1 {
                    view.map.members = Some(members::of(symbol, camera));
                } else {
                    actions.push(Action::Select(Some(symbol.selection.clone())));
                }
            } else if let Some(closure) = closures::at_point(cx, camera, at)
                .filter(|closure| !matches!(closure.shape, ClosureShape::Area(_)))
            {
                actions.push(Action::ShowClosure(closure.id));
            } else {
                actions.push(Action::Select(thing_at(cx, place)));
            }
        }
        MapMode::Measure => view.map.measured.push(place),
        MapMode::PlaceTrial => {
            actions.extend(place_trial(cx, place));
            actions.push(Action::Mode(MapMode::Browse));
        }
        MapMode::AddService(kind) => {
            view.dialogs.new_service = Some(new_service(cx, kind, place, None));
            actions.push(Action::Mode(MapMode::Browse));
        }
        MapMode::Move(site) => {
            view.dialogs.new_service = Some(new_service(cx, ServiceKind::Other, place, Some(site)));
            actions.push(Action::Mode(MapMode::Browse));
        }
    }
}
