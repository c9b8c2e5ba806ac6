//! What is drawn on the map, in which order?

use egui::Stroke;

use super::pen::Pen;
use super::symbol::Symbol;
use super::{
    cells, closures, crisis, ground, land, legend, measure, overlay, pin, pipos, plan, reach, roads, routes,
    selection, symbols,
};
use crate::model::{LayerId, Role};
use crate::scene::Scene;
use crate::ui::state::Shown;
use crate::ui::theme;

/// Draws everything, from the ground up; returns where the legend stands.
pub fn draw(pen: &Pen<'_>, scene: &Scene, symbols: &[Symbol]) -> Option<legend::Laid> {
    let Pen { painter, cx, view, camera, .. } = *pen;
    let project = cx.session.project();
    let opacity_of =
        |id: LayerId| project.layer(id).filter(|layer| layer.is_visible).map(|layer| layer.opacity);
    ground::surfaces(painter, scene, camera, &pen.colours, pen.has_tiles, &opacity_of);
    population(pen, scene);
    ground::outlines(painter, scene, camera, &pen.colours, &opacity_of);
    roads::draw(painter, cx, view, camera, scene);
    gaps(pen, scene);
    crisis::draw(pen);
    reach::draw_critical(painter, cx, view, camera);
    plan::lines(pen);
    pipos::draw(painter, cx, view, camera);
    if cx.shows(Shown::Coverage) {
        routes::draw_over_water(painter, cx, camera);
    }
    selection::others_paled(pen, scene);
    selection::hovered(pen, scene);
    selection::draw(pen, scene);
    closures::draw(painter, cx, view, camera);
    measure::draw(pen);
    for symbol in symbols {
        let is_chosen = view.selection.as_ref() == Some(&symbol.selection);
        let is_hovered = view.hover.as_ref() == Some(&symbol.selection);
        symbols::draw(painter, symbol, is_chosen, is_hovered);
    }
    selection::over_signs(pen, scene);
    let mut labels = ground::Labels::default();
    let boxes = overlay::draw(pen);
    let legend = legend::draw(pen);
    for rect in legend.iter().map(|legend| legend.rect).chain(boxes) {
        labels.block(rect);
    }
    for symbol in symbols {
        labels.block(egui::Rect::from_center_size(symbol.at, egui::Vec2::splat(2.0 * symbol.radius())));
    }
    pin::draw(pen, &mut labels);
    symbols::names(pen, symbols, &mut labels);
    plan::names(pen, &mut labels);
    if !pen.has_tiles {
        ground::names(painter, scene, camera, &pen.colours, &mut labels, &opacity_of);
    }
    roads::names(pen, &mut labels);
    land::names(pen, &mut labels);
    legend
}

/// The cells, coloured by the plan or by what is chosen.
fn population(pen: &Pen<'_>, scene: &Scene) {
    let layers = &pen.cx.session.project().layers;
    let layer = layers.iter().find(|layer| layer.is_visible && matches!(layer.role, Role::Population { .. }));
    let of_hour = pen.cx.hour.map(|hour| &hour.colours);
    if let (Some(cells), Some(layer)) = (of_hour.or(plan::colours(pen)).or(pen.drawn.cells), layer) {
        let opacity = layer.opacity * if pen.has_tiles { 0.75 } else { 0.92 };
        pen.painter.extend(cells::shape(pen, scene, cells, opacity));
    }
}

fn gaps(pen: &Pen<'_>, scene: &Scene) {
    let Pen { painter, view, camera, .. } = *pen;
    if !view.reach.shows_gaps || !pen.cx.shows(Shown::Coverage) {
        return;
    }
    let window = camera.visible(10.0);
    let line = theme::gap_line(pen.cx.theme);
    // Zoomed out the line must not hide the cells it is about.
    let stroke =
        if camera.zoom < 8.0 { Stroke::new(0.8, line.gamma_multiply(0.8)) } else { Stroke::new(1.4, line) };
    for gap in scene.gaps_of(view.kind).iter().filter(|gap| ground::is_seen(gap, window)) {
        ground::lines(painter, gap, camera, stroke);
    }
}
