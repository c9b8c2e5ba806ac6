//! What a limit reaches along roads, in two steps; and the roads that most depend on. Lines, never areas.

use egui::epaint::Mesh;
use egui::{Color32, Painter, Pos2, Shape};

use super::camera::Camera;
use super::roads::on_screen;
use super::strip;
use crate::scene::colours;
use crate::ui::context::Cx;
use crate::ui::state::{TableId, View};
use crate::ui::theme;

/// The most important roads: the first and the last of the list.
const CRITICAL: [Color32; 2] = [theme::colour(colours::CRITICAL[0]), theme::colour(colours::CRITICAL[1])];

/// Draws the roads reached from the chosen place; tells whether there was anything to draw.
pub fn draw(painter: &Painter, cx: &Cx<'_>, camera: &Camera) -> bool {
    let Some(drawn) = cx.ways.reach.answer() else { return false };
    #[expect(clippy::cast_possible_truncation, reason = "a small factor")]
    let width = 2.6 * ((camera.zoom - 10.0) * 0.25).exp2().clamp(0.7, 2.6) as f32;
    let mut points: Vec<Pos2> = Vec::new();
    // Seen on dark cells too: a white edge below both.
    let mut edge = Mesh::default();
    let mut meshes = [Mesh::default(), Mesh::default()];
    for chunk in drawn.lines.seen(camera.zoom, camera.visible(12.0)) {
        for (line, places) in chunk.lines() {
            on_screen(camera, places, &mut points);
            let step = usize::from(line.style);
            strip::add(&mut edge, &points, width + 1.8, Color32::WHITE);
            strip::add(&mut meshes[step], &points, width, theme::REACH[step]);
        }
    }
    for mesh in std::iter::once(edge).chain(meshes) {
        if !mesh.is_empty() {
            painter.add(Shape::mesh(mesh));
        }
    }
    true
}

/// Draws the most important roads while their table is open, the first of them above the others.
pub fn draw_critical(painter: &Painter, cx: &Cx<'_>, view: &View, camera: &Camera) {
    if !view.shows_table(TableId::Critical) {
        return;
    }
    let Some(drawn) = cx.ways.critical.answer() else { return };
    let shown = drawn.shown(
        view.reach.critical.order,
        view.reach.critical.is_large,
        cx.results().map_or_else(Default::default, crate::app::Results::measure),
    );
    let mut mesh = Mesh::default();
    let mut points: Vec<Pos2> = Vec::new();
    #[expect(clippy::cast_precision_loss, reason = "some fifty roads")]
    let count = shown.len().max(2) as f32 - 1.0;
    for (rank, (at, road)) in shown.iter().enumerate().rev() {
        on_screen(camera, drawn.lines[*at].iter().copied(), &mut points);
        #[expect(clippy::cast_precision_loss, reason = "some fifty roads")]
        let share = rank as f32 / count;
        let width = 3.0f32.mul_add(1.0 - share, 3.0);
        if view.reach.critical.chosen == Some(road.stretch) {
            strip::add(&mut mesh, &points, width + 8.0, theme::SELECTION);
        }
        strip::add(&mut mesh, &points, width + 2.0, Color32::WHITE);
        strip::add(&mut mesh, &points, width, CRITICAL[0].lerp_to_gamma(CRITICAL[1], share));
    }
    if !mesh.is_empty() {
        painter.add(Shape::mesh(mesh));
    }
}
