//! Roads on the map: the calm ground of routes and closures, thinned and culled; their names; what one points at.

use egui::epaint::Mesh;
use egui::{Align2, Color32, Painter, Pos2, Shape, pos2};
use rustc_hash::FxHashSet;

use super::camera::Camera;
use super::ground::Labels;
use super::pen::Pen;
use super::strip;
use crate::app::settings::Theme;
use crate::app::streets;
use crate::scene::Scene;
use crate::scene::roads::{FERRY, POINTED_ZOOM, RoadScene};
use crate::ui::context::Cx;
use crate::ui::state::View;

/// Names of roads are drawn from here on.
const NAMES_ZOOM: f64 = 13.0;

/// At most so many names.
const MOST_NAMES: usize = 60;

/// Points of the screen within which a road is pointed at.
const POINTING: f64 = 5.0;

/// Widths by rank at zoom 12.
const WIDTHS: [f32; 8] = [3.4, 3.0, 2.5, 1.8, 1.5, 1.0, 0.7, 1.1];

fn width(rank: u8, zoom: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a small factor")]
    let growth = ((zoom - 12.0) * 0.42).exp2() as f32;
    let least = if rank <= 2 { 0.42 } else { 0.3 };
    WIDTHS[usize::from(rank)] * growth.clamp(least, 4.5)
}

/// Which road layers are shown now, by their place in the result; `None` when no road is.
fn shown(cx: &Cx<'_>, view: &View, scene: &Scene) -> Option<Vec<bool>> {
    if !view.reach.shows_roads {
        return None;
    }
    let now = &cx.session.project().roads;
    let layers = scene.results.project.roads.iter();
    let is_shown: Vec<bool> =
        layers.map(|layer| now.iter().any(|known| known.id == layer.id && known.is_visible)).collect();
    is_shown.contains(&true).then_some(is_shown)
}

fn is_shown(roads: &RoadScene, layers: &[bool], stretch: u32) -> bool {
    // Nearly always there is one layer, or all are seen.
    !layers.contains(&false) || layers.get(roads.layer_of(stretch)).copied().unwrap_or(true)
}

/// Draws the roads: smallest first.
pub fn draw(painter: &Painter, cx: &Cx<'_>, view: &View, camera: &Camera, scene: &Scene) {
    let Some((roads, layers)) = scene.roads.as_ref().zip(shown(cx, view, scene)) else { return };
    let colours = self::colours(cx.theme);
    let mut casing = Mesh::default();
    let mut mesh = Mesh::default();
    let mut points: Vec<Pos2> = Vec::new();
    let has_casing = camera.zoom >= 11.0;
    for chunk in roads.lines.seen(camera.zoom, camera.visible(12.0)).rev() {
        for (line, places) in chunk.lines() {
            if !is_shown(roads, &layers, line.tag) {
                continue;
            }
            on_screen(camera, places, &mut points);
            let width = width(line.style, camera.zoom);
            let colour = colours.of_rank[usize::from(line.style)];
            if line.style == FERRY {
                strip::add_dashed(&mut mesh, &points, width, colour, [7.0, 5.0], camera.rect);
                continue;
            }
            if has_casing && line.style <= 4 {
                strip::add(&mut casing, &points, width + 1.6, colours.casing);
            }
            strip::add(&mut mesh, &points, width, colour);
        }
    }
    for mesh in [casing, mesh] {
        if !mesh.is_empty() {
            painter.add(Shape::mesh(mesh));
        }
    }
}

/// A line on the screen, without points that fall on one another.
pub fn on_screen(camera: &Camera, places: impl Iterator<Item = [f64; 2]>, points: &mut Vec<Pos2>) {
    points.clear();
    for at in places.map(|place| camera.screen(place)) {
        if points.last().is_none_or(|last: &Pos2| last.distance_sq(at) > 0.2) {
            points.push(at);
        }
    }
}

/// Draws the names of roads at the middle of their stretches, each once, where there is room.
pub fn names(pen: &Pen<'_>, labels: &mut Labels) {
    let Pen { painter, cx, view, camera, colours, .. } = pen;
    let Some(scene) = cx.scene.filter(|_| camera.zoom >= NAMES_ZOOM) else { return };
    let Some((roads, layers)) = scene.roads.as_ref().zip(shown(cx, view, scene)) else { return };
    let mut drawn: FxHashSet<&str> = FxHashSet::default();
    let mut points = Vec::new();
    for chunk in roads.lines.seen(camera.zoom, camera.visible(0.0)) {
        for (line, places) in chunk.lines() {
            if drawn.len() >= MOST_NAMES {
                return;
            }
            let Some(name) = streets::name(&scene.results, line.tag).filter(|name| !drawn.contains(name))
            else {
                continue;
            };
            if !is_shown(roads, &layers, line.tag) {
                continue;
            }
            on_screen(camera, places, &mut points);
            let length: f32 = points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
            let Some(at) = along(&points, 0.5).filter(|at| camera.rect.contains(*at)) else { continue };
            // About seven points a letter; a name longer than its road would be read of another.
            #[expect(clippy::cast_precision_loss, reason = "letters of a name")]
            let room = name.chars().count() as f32 * 6.0;
            if length > room && labels.draw(painter, at, Align2::CENTER_CENTER, name, 11.0, colours) {
                drawn.insert(name);
            }
        }
    }
}

/// The point at a share of a line's length.
#[must_use]
pub fn along(points: &[Pos2], share: f32) -> Option<Pos2> {
    let length: f32 = points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let mut left = length * share;
    for pair in points.windows(2) {
        let step = pair[0].distance(pair[1]);
        if left <= step {
            let share = if step > 0.0 { left / step } else { 0.0 };
            return Some(pair[0] + (pair[1] - pair[0]) * share);
        }
        left -= step;
    }
    points.last().copied()
}

/// The road under a point of the screen.
#[must_use]
pub fn at_point(cx: &Cx<'_>, view: &View, camera: &Camera, at: Pos2) -> Option<u32> {
    if camera.zoom < POINTED_ZOOM {
        return None;
    }
    let scene = cx.scene?;
    let (roads, layers) = (scene.roads.as_ref()?, shown(cx, view, scene)?);
    let edge = camera.mercator(pos2(at.x + 1.0, at.y));
    let point = camera.mercator(at);
    let stretch = roads.at(camera.zoom, point, (edge[0] - point[0]) * POINTING)?;
    is_shown(roads, &layers, stretch).then_some(stretch)
}

/// The colours of roads.
#[derive(Debug, Clone, Copy)]
pub struct RoadColours {
    pub of_rank: [Color32; 8],
    pub casing: Color32,
}

/// Greys that neither stand out from the cells nor vanish in them.
#[must_use]
pub fn colours(theme: Theme) -> RoadColours {
    let casing = match theme {
        Theme::Light => Color32::from_rgb(0xf4, 0xf2, 0xec),
        Theme::Dark => Color32::from_rgb(0x1a, 0x1e, 0x21),
    };
    let of_rank = [0, 1, 2, 3, 4, 5, 6, 7]
        .map(|rank| crate::ui::theme::colour(crate::scene::colours::road(rank, theme)));
    RoadColours { of_rank, casing }
}
