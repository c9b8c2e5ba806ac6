//! How is a plan drawn on the map? Lines from the cells to their places, signs and names of the chosen places.

use egui::epaint::Mesh;
use egui::{Align2, Color32, Rect, Shape, pos2, vec2};

use super::camera::Camera;
use super::ground::Labels;
use super::pen::Pen;
use super::strip;
use super::symbol::{RADIUS, Symbol};
use crate::lang::Lang;
use crate::say;
use crate::scene::classes::{CellClasses, level_at};
use crate::scene::plan::PlanDrawn;
use crate::ui::state::{PlanCells, Selection, View};
use crate::ui::theme;

/// Lines start from squares at least this large on the screen, so that they stay countable.
const LINE_POINTS: f64 = 7.0;

/// The colours of the cells in the step of planning.
#[must_use]
pub fn colours<'a>(pen: &Pen<'a>) -> Option<&'a CellClasses> {
    let drawn = pen.drawn.plan?;
    match pen.view.plan.cells {
        PlanCells::After => Some(&drawn.after),
        PlanCells::Before => Some(&drawn.before),
        PlanCells::Change => Some(&drawn.change),
        PlanCells::People => None,
    }
}

/// Draws the lines.
pub fn lines(pen: &Pen<'_>) {
    let Pen { painter, cx, view, camera, .. } = *pen;
    let is_shown = view.plan.shows_lines && view.plan.cells != PlanCells::Before;
    let Some(drawn) = pen.drawn.plan.filter(|_| is_shown) else { return };
    let level = cx.scene.and_then(|scene| level_at(scene, camera.points_per_metre(), LINE_POINTS));
    let Some(lines) = level.and_then(|at| drawn.lines.get(at)) else { return };
    let chosen = chosen(drawn, view);
    let dark = theme::map_colours(cx.theme).ground.r() < 128;
    let (plain, strong) = if dark {
        (Color32::from_rgb(0xd8, 0xdc, 0xe0), theme::SELECTION.lerp_to_gamma(Color32::WHITE, 0.3))
    } else {
        (Color32::from_rgb(0x22, 0x26, 0x2a), theme::SELECTION)
    };
    let mut mesh = Mesh::default();
    let seen = camera.rect.expand(4.0);
    for line in lines {
        let ends = line.ends.map(|end| camera.screen(end));
        if !Rect::from_two_pos(ends[0], ends[1]).intersects(seen) {
            continue;
        }
        let (width, colour) = match chosen {
            Some(site) if site == line.site => (1.6, strong.gamma_multiply(0.8)),
            Some(_) => (0.6, plain.gamma_multiply(0.18)),
            None => (0.8, plain.gamma_multiply(0.38)),
        };
        strip::add(&mut mesh, &ends, width, colour);
    }
    if !mesh.is_empty() {
        painter.add(Shape::mesh(mesh));
    }
}

/// The chosen place among the sites shown.
fn chosen(drawn: &PlanDrawn, view: &View) -> Option<u32> {
    let Some(Selection::Site(site)) = &view.selection else { return None };
    drawn.shown.sites.iter().position(|shown| shown.site == *site).and_then(|at| u32::try_from(at).ok())
}

/// Signs of the chosen places.
pub fn symbols(drawn: &PlanDrawn, camera: &Camera, lang: Lang, out: &mut Vec<Symbol>) {
    let window = camera.rect.expand(RADIUS * 2.0);
    for (site, at) in drawn.shown.sites.iter().zip(&drawn.sites) {
        let Some(at) = at.map(|at| camera.screen(at)).filter(|at| window.contains(*at)) else { continue };
        let name = &site.name;
        let title = if site.exists {
            say!(lang, "{name}: finns redan, med i planen", "{name}: exists, in the plan")
        } else {
            say!(lang, "{name}: ny i planen", "{name}: new in the plan")
        };
        out.push(Symbol::of_plan(at, site.exists, Selection::Site(site.site.clone()), title));
    }
}

/// Names of the chosen places, where there is room.
pub fn names(pen: &Pen<'_>, labels: &mut Labels) {
    let Pen { painter, camera, colours, .. } = pen;
    let Some(drawn) = pen.drawn.plan else { return };
    for (site, at) in drawn.shown.sites.iter().zip(&drawn.sites) {
        let Some(at) = at.map(|at| camera.screen(at)) else { continue };
        let right = pos2(at.x + RADIUS + 5.0, at.y);
        if !labels.draw(painter, right, Align2::LEFT_CENTER, &site.name, 13.0, colours) {
            let below = at + vec2(0.0, RADIUS + 4.0);
            labels.draw(painter, below, Align2::CENTER_TOP, &site.name, 13.0, colours);
        }
    }
}
