//! The cells of the population: one mesh, culled, coloured by their classes.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Shape, pos2};

use super::pen::Pen;
use crate::scene::Scene;
use crate::scene::classes::{CellClasses, Colouring, SMALLEST_POINTS, Scale, level_at};
use crate::ui::theme;

/// Squares larger than this show their edges.
const EDGE_POINTS: f64 = 9.0;

/// The mesh of everything seen.
#[must_use]
pub fn shape(pen: &Pen<'_>, scene: &Scene, colours: &CellClasses, opacity: f32) -> Option<Shape> {
    let camera = pen.camera;
    if colours.colouring == Colouring::Off {
        return None;
    }
    let at = level_at(scene, camera.points_per_metre(), SMALLEST_POINTS)?;
    let (level, classes) = (scene.levels.get(at)?, colours.classes.get(at)?);
    let mut palette = colours.scale.palette(pen.cx.theme).map(|of| theme::colour(of).gamma_multiply(opacity));
    let pointed = pen.view.map.pointed_class[0].filter(|_| colours.scale == Scale::Distance);
    let lit = pen.view.map.lit.filter(|(scale, _)| *scale == colours.scale).map(|(_, class)| class);
    if let Some(lit) = pointed.or(lit) {
        let others = (0u8..).zip(&mut palette).filter(|(class, _)| *class != lit);
        others.for_each(|(_, colour)| *colour = colour.gamma_multiply(0.18));
    }
    let (min, max) = camera.visible(40.0);
    let first = scene.results.situation.demand.sides_m.first().map_or(1000.0, |side| f64::from(*side));
    let side_points = first.max(100.0) * camera.points_per_metre();
    let inset = if at == 0 && side_points > EDGE_POINTS { 0.5 } else { 0.0 };
    let mut mesh = Mesh::default();
    for (corners, class) in level.corners.iter().zip(classes) {
        // Corner 0 is south-west, corner 2 north-east; Mercator grows to the south.
        if corners[2][0] < min[0]
            || corners[0][0] > max[0]
            || corners[0][1] < min[1]
            || corners[2][1] > max[1]
        {
            continue;
        }
        let colour = palette[usize::from(*class)];
        let base = u32::try_from(mesh.vertices.len()).unwrap_or(0);
        for (corner, (dx, dy)) in corners.iter().zip([(1.0, -1.0), (-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)]) {
            let at = camera.screen(*corner);
            let pos = pos2(at.x + dx * inset, at.y + dy * inset);
            mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color: colour });
        }
        mesh.indices.extend([base, base + 1, base + 2, base, base + 2, base + 3]);
    }
    Some(Shape::mesh(mesh))
}
