//! The map: ground, camera and frame. What is drawn lies in `layers`, what pointer and keys do in `pointer`.

mod camera;
mod cells;
mod closures;
mod ground;
mod here;
mod hints;
mod layers;
mod menu;
mod overlay;
mod pen;
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
use super::state::{Fitted, Goal, View};
use super::theme;
use super::tiles::OnlineMap;
use crate::geometry::LonLat;
use crate::scene::mercator;

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
    let is_fitted = is_fitted(view);
    if !is_fitted
        && before.is_positive()
        && before.center() != rect.center()
        && view.map.memory.detached().is_some()
    {
        let place = Camera::new(before, &view.map.memory).place(rect.center());
        view.map.memory.center_at(lon_lat(place.lon, place.lat));
    }
    prepare_camera(rect, cx, view, is_fitted);
    let has_tiles = online.is_some();
    let colours = theme::map_colours(cx.theme);
    ui.painter().rect_filled(rect, 0.0, colours.ground);
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
    if let Some(scene) = cx.scene {
        let pen = Pen { painter: &painter, cx, view, camera: &camera, colours, has_tiles, drawn };
        let legend = layers::draw(&pen, scene, &symbols);
        let legend = legend.map(|legend| legend.translate(-rect.left_bottom().to_vec2()));
        if view.map.fitted.is_some() && legend != view.map.legend {
            ui.ctx().request_repaint();
        }
        view.map.legend = legend;
    }
    hints::show(&response, cx, view, &camera, &symbols);
    menu::show(&response, cx, view, actions);
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

/// A legend that is seen from the lower left corner of the map, on the screen.
fn on_map(legend: egui::Rect, rect: egui::Rect) -> egui::Rect {
    legend.translate(rect.left_bottom().to_vec2())
}

/// Does a place lie on the map, clear of its edge and of the legend?
fn is_seen(rect: egui::Rect, view: &View, place: LonLat) -> bool {
    const EDGE: f32 = 24.0;
    let at = Camera::new(rect, &view.map.memory).screen(mercator(place));
    let legend = view.map.legend.map(|legend| on_map(legend, rect));
    rect.shrink(EDGE).contains(at) && !legend.is_some_and(|legend| legend.expand(EDGE / 2.0).contains(at))
}

/// Overview and "go there", once the size of the map is known.
fn prepare_camera(rect: egui::Rect, cx: &Cx<'_>, view: &mut View, is_fitted: bool) {
    if let Some(bounds) = cx.scene.and_then(|scene| scene.bounds) {
        let last = view.map.fitted.filter(|_| is_fitted);
        // A legend that has grown is kept clear of; one that has shrunk moves nothing.
        let legend =
            match (last.filter(|last| last.rect == rect).and_then(|last| last.legend), view.map.legend) {
                (Some(before), Some(now)) => Some(before.union(now)),
                (before, now) => now.or(before),
            };
        let is_other = |last: Fitted| (last.rect, last.bounds, last.legend) != (rect, bounds, legend);
        if view.map.wants_overview || last.is_some_and(is_other) {
            let over = legend.map(|legend| on_map(legend, rect));
            Camera::show_box(rect, &mut view.map.memory, bounds, over);
            view.map.wants_overview = false;
            view.map.fitted = camera_of(view).map(|camera| Fitted { rect, bounds, legend, camera });
        }
    }
    if let Some(Goal { place, zoom }) = view.map.goal.take()
        && (zoom.is_some() || !is_seen(rect, view, place))
    {
        view.map.memory.center_at(lon_lat(place.lon, place.lat));
        if let Some(zoom) = zoom.filter(|zoom| view.map.memory.zoom() < *zoom) {
            // The goal's zoom is one of ours, inside the range.
            let _ = view.map.memory.set_zoom(zoom);
        }
    }
    if view.map.memory.detached().is_none() {
        view.map.memory.center_at(lon_lat(15.0, 63.0));
        let _ = view.map.memory.set_zoom(6.0);
    }
}
