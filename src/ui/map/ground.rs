//! The calm ground under the data: areas, water, outlines, gaps, names.

use egui::epaint::{Mesh, PathStroke, Vertex, WHITE_UV};
use std::sync::Arc;

use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke};

use super::camera::Camera;
use super::pen::Pen;
use crate::model::LayerId;
use crate::scene::labels::{self, Frame, Taken};
use crate::scene::{Scene, Surface};
use crate::ui::theme::{self, MapColours};

/// Draws areas and water; without an online map also their surfaces.
pub fn surfaces(
    painter: &Painter,
    scene: &Scene,
    camera: &Camera,
    colours: &MapColours,
    has_tiles: bool,
    opacity_of: &dyn Fn(LayerId) -> Option<f32>,
) {
    let window = camera.visible(20.0);
    if !has_tiles {
        for area in &scene.areas {
            if let Some(opacity) = opacity_of(area.layer).filter(|_| is_seen(&area.surface, window)) {
                fill(painter, &area.surface, camera, colours.area.gamma_multiply(opacity));
            }
        }
    }
    for (layer, surface) in &scene.water {
        let Some(opacity) = opacity_of(*layer).filter(|_| is_seen(surface, window)) else { continue };
        if !has_tiles {
            fill(painter, surface, camera, colours.water.gamma_multiply(opacity));
        }
        lines(painter, surface, camera, Stroke::new(1.0, colours.water_line.gamma_multiply(opacity)));
    }
}

/// Draws the outlines of areas and other context, above the cells.
pub fn outlines(
    painter: &Painter,
    scene: &Scene,
    camera: &Camera,
    colours: &MapColours,
    opacity_of: &dyn Fn(LayerId) -> Option<f32>,
) {
    let window = camera.visible(20.0);
    for area in &scene.areas {
        if let Some(opacity) = opacity_of(area.layer).filter(|_| is_seen(&area.surface, window)) {
            lines(
                painter,
                &area.surface,
                camera,
                Stroke::new(1.2, colours.area_line.gamma_multiply(opacity)),
            );
        }
    }
    for (layer, surface) in &scene.context {
        if let Some(opacity) = opacity_of(*layer).filter(|_| is_seen(surface, window)) {
            lines(painter, surface, camera, Stroke::new(1.0, colours.label.gamma_multiply(0.5 * opacity)));
        }
    }
}

pub fn is_seen(surface: &Surface, (min, max): ([f64; 2], [f64; 2])) -> bool {
    surface.min[0] <= max[0]
        && surface.max[0] >= min[0]
        && surface.min[1] <= max[1]
        && surface.max[1] >= min[1]
}

pub fn fill(painter: &Painter, surface: &Surface, camera: &Camera, colour: Color32) {
    let vertices = surface.vertices.iter().map(|point| Vertex {
        pos: camera.screen(*point),
        uv: WHITE_UV,
        color: colour,
    });
    let mesh = Mesh { vertices: vertices.collect(), indices: surface.triangles.clone(), ..Mesh::default() };
    painter.add(Shape::mesh(mesh));
}

/// Draws a surface's lines, leaving out vertices that fall on the same point of the screen.
pub fn lines(painter: &Painter, surface: &Surface, camera: &Camera, stroke: Stroke) {
    for line in &surface.lines {
        let mut points: Vec<Pos2> = Vec::with_capacity(line.len());
        for at in line.iter().map(|point| camera.screen(*point)) {
            if points.last().is_none_or(|last| last.distance_sq(at) > 1.0) {
                points.push(at);
            }
        }
        if points.len() > 1 {
            painter.add(Shape::line(points, PathStroke::from(stroke)));
        }
    }
}

/// Names drawn so far; a new one must not touch any.
#[derive(Default)]
pub struct Labels {
    taken: Taken,
    /// What is named already, and where.
    named: Vec<(String, Pos2)>,
}

fn frame(rect: Rect) -> Frame {
    Frame { min: rect.min.into(), max: rect.max.into() }
}

impl Labels {
    /// Is the same name drawn near already? A place and its store are often called the same.
    fn is_named(&self, text: &str, at: Pos2) -> bool {
        const NEAR: f32 = 90.0;
        self.named.iter().any(|(known, there)| known == text && there.distance(at) < NEAR)
    }

    /// Keeps a part of the map free of names.
    pub fn block(&mut self, rect: Rect) {
        self.taken.block(frame(rect));
    }

    /// Draws a name with a halo where there is room.
    pub fn draw(
        &mut self,
        painter: &Painter,
        at: Pos2,
        anchor: Align2,
        text: &str,
        size: f32,
        colours: &MapColours,
    ) -> bool {
        if self.is_named(text, at) {
            return false;
        }
        let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(size), colours.label);
        let rect = anchor.anchor_size(at, galley.size());
        if !self.taken.take(frame(rect), frame(painter.clip_rect())) {
            return false;
        }
        self.named.push((text.to_owned(), at));
        halo(painter, rect.min, galley, colours);
        true
    }

    /// Draws the name of what is chosen, whatever it touches; others keep clear of it.
    pub fn draw_always(&mut self, pen: &Pen<'_>, (at, anchor): (Pos2, Align2), text: &str, size: f32) {
        let font = theme::bold_font(size);
        let galley = pen.painter.layout_no_wrap(text.to_owned(), font, pen.colours.label);
        let room = pen.camera.rect.shrink(4.0);
        let rect = anchor.anchor_size(at, galley.size());
        let inside =
            |low: f32, high: f32, least: f32, most: f32| (most - high).min(0.0) + (least - low).max(0.0);
        let rect = rect.translate(egui::vec2(
            inside(rect.left(), rect.right(), room.left(), room.right()),
            inside(rect.top(), rect.bottom(), room.top(), room.bottom()),
        ));
        self.block(rect);
        self.named.push((text.to_owned(), at));
        halo(pen.painter, rect.min, galley, &pen.colours);
    }
}

/// Draws text with a halo: no box, so that the map goes on below it.
fn halo(painter: &Painter, at: Pos2, galley: Arc<Galley>, colours: &MapColours) {
    const WIDTH: f32 = 1.8;
    for step in 0u8..8 {
        let angle = f32::from(step) * std::f32::consts::TAU / 8.0;
        let offset = egui::vec2(angle.cos(), angle.sin()) * WIDTH;
        painter.galley_with_override_text_color(at + offset, Arc::clone(&galley), colours.label_halo);
    }
    painter.galley_with_override_text_color(at, galley, colours.label);
}

/// Draws the names of areas and places, the larger first.
pub fn names(
    painter: &Painter,
    scene: &Scene,
    camera: &Camera,
    colours: &MapColours,
    taken: &mut Labels,
    opacity_of: &dyn Fn(LayerId) -> Option<f32>,
) {
    let (min, max) = camera.visible(0.0);
    let is_inside = |at: [f64; 2]| at[0] >= min[0] && at[0] <= max[0] && at[1] >= min[1] && at[1] <= max[1];
    let most = labels::most(camera.zoom);
    let mut drawn = 0;
    for label in scene.labels.iter().filter(|label| is_inside(label.at) && opacity_of(label.layer).is_some())
    {
        if drawn >= most {
            break;
        }
        let at = camera.screen(label.at);
        let size = labels::size(label.weight);
        let text_at = at + egui::vec2(0.0, 11.0);
        if taken.draw(painter, text_at, Align2::CENTER_TOP, &label.name, size, colours) {
            drawn += 1;
        }
    }
    if scene.labels.is_empty() && camera.zoom > 4.5 {
        for area in
            scene.areas.iter().filter(|area| is_inside(area.label_at) && opacity_of(area.layer).is_some())
        {
            taken.draw(
                painter,
                camera.screen(area.label_at),
                Align2::CENTER_CENTER,
                &area.name,
                12.5,
                colours,
            );
        }
    }
}
