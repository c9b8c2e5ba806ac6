//! Where do our distances differ from Pipos' own? A mark for each place, by how much longer or shorter ours is.

use egui::epaint::Mesh;
use egui::{Color32, Painter, Rect, vec2};
use rustc_hash::FxHashSet;

use super::camera::Camera;
use crate::scene::colours;
use crate::scene::ways::DrawnComparison;
use crate::ui::context::Cx;
use crate::ui::state::{Shown, TableId, View};
use crate::ui::theme;

/// The size of a mark; of those that would lie on one another the largest difference is drawn.
const MARK: f32 = 6.0;
const APART: f32 = 3.0;

/// The comparison, while its table is open in its step.
#[must_use]
pub fn shown<'a>(cx: &Cx<'a>, view: &View) -> Option<&'a DrawnComparison> {
    let is_open = cx.shows(Shown::Coverage) && view.shows_table(TableId::Pipos);
    cx.ways.pipos.answer().filter(|_| is_open)?.as_ref().ok()
}

fn colour(class: u8, cx: &Cx<'_>) -> Color32 {
    theme::colour(colours::of_change(class, cx.theme))
}

pub fn draw(painter: &Painter, cx: &Cx<'_>, view: &View, camera: &Camera) {
    let Some(drawn) = shown(cx, view) else { return };
    let seen = camera.rect.expand(MARK);
    let mut taken: FxHashSet<(i32, i32)> = FxHashSet::default();
    let mut marks = Vec::new();
    for (place, class) in &drawn.marks {
        let at = camera.screen(*place);
        #[expect(clippy::cast_possible_truncation, reason = "points of the screen")]
        let spot = ((at.x / APART).floor() as i32, (at.y / APART).floor() as i32);
        if seen.contains(at) && taken.insert(spot) {
            marks.push((at, *class));
        }
    }
    // The largest differences lie on top.
    let mut mesh = Mesh::default();
    for (at, class) in marks.into_iter().rev() {
        let edge = Rect::from_center_size(at, vec2(MARK, MARK));
        mesh.add_colored_rect(edge, Color32::from_black_alpha(120));
        mesh.add_colored_rect(edge.shrink(0.5), colour(class, cx));
    }
    painter.add(mesh);
}
