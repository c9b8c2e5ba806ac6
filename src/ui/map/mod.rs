//! The map: ground, camera and frame. What is drawn lies in `layers`, what pointer and keys do in `pointer`.

mod camera;
mod cells;
mod closures;
mod crisis;
mod ground;
mod here;
mod hints;
mod land;
mod layers;
mod legend;
mod measure;
mod members;
mod menu;
mod overlay;
mod pen;
mod pin;
mod pipos;
mod plan;
mod pointer;
mod reach;
mod roads;
mod routes;
mod selection;
mod strip;
mod symbol;
mod symbols;

use egui::{DragPanButtons, Ui};
use walkers::{Map, Tiles, lon_lat};

pub use self::camera::Camera;
pub use self::pen::Drawn;
use self::pen::Pen;
use super::action::Action;
use super::context::Cx;
use super::state::{Fitted, Goal, MapMode, View};
use super::theme;
use super::tiles::OnlineMap;
use crate::geometry::LonLat;
use crate::scene::{Mercator, mercator};

/// Draws the map and takes in what is done on it.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    drawn: Drawn<'_>,
    online: Option<&mut OnlineMap>,
    actions: &mut Vec<Action>,
) {
    let rect = ui.available_rect_before_wrap();
    // A panel that opens takes room; it must not move the ground under the pointer.
    let before = std::mem::replace(&mut view.map.rect, rect);
    keep_ground(rect, before, cx, view);
    let has_tiles = online.is_some();
    let colours = theme::map_colours(cx.theme);
    ui.painter().rect_filled(rect, 0.0, colours.ground);
    if has_tiles {
        // Where no tile has come yet, or none can, there is still a map.
        let camera = Camera::new(rect, &view.map.memory);
        let painter = ui.painter().with_clip_rect(rect);
        let pen = Pen { painter: &painter, cx, view, camera: &camera, colours, has_tiles: false, drawn };
        land::draw(&pen);
    }
    let tiles = online.map(|online| online as &mut dyn Tiles);
    let map = Map::new(tiles, &mut view.map.memory, lon_lat(15.0, 63.0))
        .zoom_gesture(false)
        .double_click_to_zoom(false)
        .panning(false)
        .drag_pan_buttons(DragPanButtons::empty());
    let response = map.show(ui, |_, _, _, _| ()).response;
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, cx.lang.pick("Karta", "Map")));
    let camera = Camera::new(rect, &view.map.memory);
    let painter = ui.painter().with_clip_rect(rect);
    if has_tiles {
        // Paler, so that the data stays the figure and the map the ground.
        let veil = colours.ground.gamma_multiply(if colours.ground.r() > 128 { 0.35 } else { 0.6 });
        painter.rect_filled(rect, 0.0, veil);
    }
    let symbols =
        cx.scene.map(|scene| symbols::symbols(scene, cx, view, drawn.plan, &camera)).unwrap_or_default();
    pointer::interact(ui, &response, cx, view, &camera, &symbols, actions);
    let camera = Camera::new(rect, &view.map.memory);
    let pen = Pen { painter: &painter, cx, view, camera: &camera, colours, has_tiles, drawn };
    land::draw(&pen);
    if cx.scene.is_none() {
        land::names(&pen, &mut ground::Labels::default());
    }
    let laid = cx.scene.map(|scene| layers::draw(&pen, scene, &symbols));
    if let Some(laid) = laid {
        remember_legend(ui, cx, view, laid);
    }
    // What is pointed at in a chart is told anew each frame; only a change draws the map again.
    let [now, before] = view.map.pointed_class;
    if now != before {
        ui.ctx().request_repaint();
    }
    view.map.pointed_class = [None, now];
    hints::show(&response, cx, view, &camera, &symbols);
    menu::show(&response, cx, view, actions);
    members::show(ui, cx, view, &camera, actions);
}

/// Keeps the ground where it is under the pointer, unless the map is fitted.
fn keep_ground(rect: egui::Rect, before: egui::Rect, cx: &Cx<'_>, view: &mut View) {
    let is_fitted = is_fitted(view);
    if !is_fitted
        && before.is_positive()
        && before.center() != rect.center()
        && view.map.memory.detached().is_some()
    {
        let place = Camera::new(before, &view.map.memory).place(rect.center());
        view.map.memory.center_at(lon_lat(place.lon, place.lat));
    }
    prepare_camera(rect, before, cx, view, is_fitted);
}

/// Takes in what is done with the legend, and where it stands: the camera keeps clear of it.
fn remember_legend(ui: &Ui, cx: &Cx<'_>, view: &mut View, laid: Option<legend::Laid>) {
    let rect = view.map.rect;
    let corner = view.map.legend_corner.of(rect).to_vec2();
    let legend = laid.as_ref().filter(|_| view.map.legend_drag.is_none());
    let legend =
        legend.map(|laid| laid.rect.translate(-corner)).or(view.map.legend.filter(|_| laid.is_some()));
    if view.map.fitted.is_some() && legend != view.map.legend {
        ui.ctx().request_repaint();
    }
    view.map.legend = legend;
    // While something is drawn on the map, the legend is not in the way.
    let is_free = view.mode == MapMode::Browse && !view.map.is_pictured;
    if let Some(laid) = laid.filter(|_| is_free) {
        legend::interact(ui, cx, view, &laid);
    }
}

/// Longitude, latitude and zoom.
fn camera_of(view: &View) -> Option<[f64; 3]> {
    let at = view.map.memory.detached()?;
    Some([at.x(), at.y(), view.map.memory.zoom()])
}

/// Does the camera stand where it was last fitted? Then it is fitted again when the map, the data or the legend change;
/// once the user has moved it, never by itself.
fn is_fitted(view: &View) -> bool {
    view.map.fitted.is_some_and(|fitted| Some(fitted.camera) == camera_of(view))
}

/// Where the legend stood last, on the map as it is now.
fn on_map(legend: egui::Rect, view: &View, rect: egui::Rect) -> egui::Rect {
    legend.translate(view.map.legend_corner.of(rect).to_vec2())
}

/// Does a place lie on the map, clear of its edge and of the legend?
fn is_seen(rect: egui::Rect, view: &View, place: LonLat) -> bool {
    const EDGE: f32 = 24.0;
    let at = Camera::new(rect, &view.map.memory).screen(mercator(place));
    let legend = view.map.legend.map(|legend| on_map(legend, view, rect));
    rect.shrink(EDGE).contains(at) && !legend.is_some_and(|legend| legend.expand(EDGE / 2.0).contains(at))
}

/// Overview and "go there", once the size of the map is known.
fn prepare_camera(rect: egui::Rect, before: egui::Rect, cx: &Cx<'_>, view: &mut View, is_fitted: bool) {
    if let Some(bounds) = bounds(cx, view) {
        let last = view.map.fitted.filter(|_| is_fitted);
        // A legend that has grown is kept clear of; one that has shrunk moves nothing.
        let legend =
            match (last.filter(|last| last.rect == rect).and_then(|last| last.legend), view.map.legend) {
                (Some(before), Some(now)) => Some(before.union(now)),
                (before, now) => now.or(before),
            };
        let is_other = |last: Fitted| (last.rect, last.bounds, last.legend) != (rect, bounds, legend);
        if view.map.wants_overview || last.is_some_and(is_other) {
            let over = legend.map(|legend| on_map(legend, view, rect));
            Camera::show_box(rect, &mut view.map.memory, bounds, over);
            view.map.wants_overview = false;
            view.map.fitted = camera_of(view).map(|camera| Fitted { rect, bounds, legend, camera });
        }
    }
    let goal = view.map.goal.take();
    if let Some(bounds) = goal.and_then(|goal| goal.bounds) {
        let over = view.map.legend.map(|legend| on_map(legend, view, rect));
        Camera::show_box(rect, &mut view.map.memory, bounds, over);
        view.map.fitted = None;
    } else if let Some(Goal { place, zoom, .. }) = goal
        && (zoom.is_some() || !is_seen(rect, view, place))
    {
        view.map.memory.center_at(lon_lat(place.lon, place.lat));
        if let Some(zoom) = zoom.filter(|zoom| view.map.memory.zoom() < *zoom) {
            // The goal's zoom is one of ours, inside the range.
            let _ = view.map.memory.set_zoom(zoom);
        }
    }
    let is_empty = cx.scene.is_none() && cx.session.project().is_empty();
    if view.map.memory.detached().is_none() || (is_empty && before != rect) {
        Camera::show_box(rect, &mut view.map.memory, sweden(), None);
    }
}

/// The corners of Sweden: what is shown while nothing is loaded.
fn sweden() -> (Mercator, Mercator) {
    let (west, east) = (mercator(LonLat::new(10.9, 69.1)), mercator(LonLat::new(24.2, 55.3)));
    ([west[0], west[1]], [east[0], east[1]])
}

/// What is shown as a whole: the municipality that is looked at, else everything.
fn bounds(cx: &Cx<'_>, view: &View) -> Option<(Mercator, Mercator)> {
    let scene = cx.scene?;
    let wanted = view.area.as_ref();
    let area =
        wanted.and_then(|wanted| scene.results.situation.areas.iter().find(|area| area.name == *wanted));
    let shape = area.and_then(|area| {
        scene.areas.iter().find(|shape| (shape.layer, shape.feature_ix) == (area.layer, area.feature_ix))
    });
    shape.map(|shape| (shape.surface.min, shape.surface.max)).or(scene.bounds)
}
