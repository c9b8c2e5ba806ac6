//! Where do our distances differ from Pipos' own? A mark for each place, by how much longer or shorter ours is.

use egui::{Color32, Painter, vec2};

use super::camera::Camera;
use crate::app::pipos::Comparison;
use crate::lang::Lang;
use crate::ui::context::Cx;
use crate::ui::scene::mercator;
use crate::ui::state::{Drawer, Step, View};
use crate::ui::theme;

/// Differences within these parts are told apart: much shorter, shorter, the same.
const PARTS: [f64; 2] = [0.01, 0.1];

/// The comparison, while its table is open in its step.
#[must_use]
pub fn shown<'a>(cx: &Cx<'a>, view: &View) -> Option<&'a Comparison> {
    let is_open = view.step == Step::Reach && view.drawer == Drawer::Pipos && view.drawer_is_open;
    cx.ways.pipos.answer().filter(|_| is_open)?.as_ref().ok()
}

/// The class of a difference, as a part of theirs: 0 ours is much shorter … 4 much longer.
fn class(theirs: f64, more: f64) -> usize {
    let part = more / theirs.max(100.0);
    match (part.abs() > PARTS[0], part.abs() > PARTS[1], part > 0.0) {
        (false, ..) => 2,
        (true, true, false) => 0,
        (true, false, false) => 1,
        (true, false, true) => 3,
        (true, true, true) => 4,
    }
}

pub fn draw(painter: &Painter, cx: &Cx<'_>, view: &View, camera: &Camera) {
    let Some(comparison) = shown(cx, view) else { return };
    let seen = camera.rect.expand(6.0);
    // The largest differences lie on top.
    for row in comparison.rows.iter().rev() {
        let at = camera.screen(mercator(row.place));
        if !seen.contains(at) {
            continue;
        }
        let colour =
            row.more().map_or(theme::NO_VALUE, |more| theme::CHANGE[class(row.theirs.value(), more)]);
        let rect = egui::Rect::from_center_size(at, vec2(6.0, 6.0));
        painter.rect(rect, 1.0, colour, (0.5, Color32::from_black_alpha(120)), egui::StrokeKind::Inside);
    }
}

/// The names of the classes with their colours, and how many places each has.
#[must_use]
pub fn legend(comparison: &Comparison, lang: Lang) -> Vec<(Color32, String, usize)> {
    let names = [
        lang.pick("kortare här, mer än 10 %", "shorter here, more than 10 %"),
        lang.pick("kortare här, 1–10 %", "shorter here, 1–10 %"),
        lang.pick("lika, inom 1 %", "the same, within 1 %"),
        lang.pick("längre här, 1–10 %", "longer here, 1–10 %"),
        lang.pick("längre här, mer än 10 %", "longer here, more than 10 %"),
    ];
    let mut counts = [0; 6];
    for row in &comparison.rows {
        counts[row.more().map_or(5, |more| class(row.theirs.value(), more))] += 1;
    }
    let named = names.into_iter().zip(theme::CHANGE).zip(counts);
    let mut lines: Vec<_> = named.map(|((name, colour), count)| (colour, name.to_owned(), count)).collect();
    if counts[5] > 0 {
        lines.push((theme::NO_VALUE, lang.pick("inget värde här", "no value here").to_owned(), counts[5]));
    }
    lines
}
