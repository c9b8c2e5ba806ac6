//! The routes of the chosen cell: by which roads to the nearest service, and to the second nearest.

use egui::epaint::Mesh;
use egui::{Align2, Color32, FontId, Painter, Pos2, Shape, vec2};

use super::camera::Camera;
use super::roads::{along, on_screen};
use super::strip;
use crate::app::telling::words;
use crate::ui::context::Cx;
use crate::ui::theme::{self, MapColours};
use crate::units::Measure;

/// Draws the walks over water that no road of their own side spares.
pub fn draw_over_water(painter: &Painter, cx: &Cx<'_>, camera: &Camera) {
    let Some(results) = cx.results() else { return };
    let mut mesh = Mesh::default();
    for place in &results.over_water {
        let ends = [place.place, place.road].map(|place| camera.screen(crate::scene::mercator(place)));
        if ends.iter().all(|end| !camera.rect.expand(40.0).contains(*end)) {
            continue;
        }
        strip::add_dashed(&mut mesh, &ends, 2.0, theme::OVER_WATER, [3.0, 3.0], camera.rect);
        painter.circle_stroke(ends[0], 4.0, (1.6, theme::OVER_WATER));
    }
    if !mesh.is_empty() {
        painter.add(Shape::mesh(mesh));
    }
}

/// Draws the routes, the nearest above the second.
pub fn draw(painter: &Painter, cx: &Cx<'_>, camera: &Camera, colours: &MapColours) {
    let Some(routes) = cx.ways.routes.answer() else { return };
    let measure = cx.results().map_or_else(Measure::default, crate::app::Results::measure);
    let mut mesh = Mesh::default();
    let mut points: Vec<Pos2> = Vec::new();
    let mut labels: Vec<(Pos2, String, usize)> = Vec::new();
    for drawn in routes.iter().rev() {
        on_screen(camera, drawn.line.iter().copied(), &mut points);
        let rank = drawn.way.rank;
        if rank == 0 {
            strip::add(&mut mesh, &points, 6.0, Color32::WHITE);
            strip::add(&mut mesh, &points, 3.6, theme::SELECTION);
        } else {
            strip::add_dashed(&mut mesh, &points, 4.0, Color32::WHITE, [9.0, 6.0], camera.rect);
            strip::add_dashed(&mut mesh, &points, 2.2, theme::SELECTION, [9.0, 6.0], camera.rect);
        }
        for access in drawn.access {
            let ends = access.map(|place| camera.screen(place));
            strip::add_dashed(&mut mesh, &ends, 1.6, theme::SELECTION, [2.0, 3.0], camera.rect);
        }
        // The second's label farther out, so that the two do not meet.
        let share = if rank == 0 { 0.5 } else { 0.72 };
        if let Some(at) = along(&points, share) {
            labels.push((at, words::trip(cx.lang, drawn.way.trip, measure), rank));
        }
    }
    if !mesh.is_empty() {
        painter.add(Shape::mesh(mesh));
    }
    for (at, text, rank) in labels {
        let size = if rank == 0 { 13.0 } else { 11.5 };
        let galley = painter.layout_no_wrap(text, FontId::proportional(size), colours.label);
        let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size() + vec2(10.0, 4.0));
        painter.rect_filled(rect, 4.0, colours.box_fill);
        painter.rect_stroke(rect, 4.0, (1.0, theme::SELECTION), egui::StrokeKind::Inside);
        painter.galley(rect.min + vec2(5.0, 2.0), galley, colours.label);
    }
}
