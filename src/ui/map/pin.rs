//! Where is the place that was asked for by its coordinates? A cross with its text, until Escape.

use egui::{Align2, Stroke, vec2};

use super::ground::Labels;
use super::pen::Pen;
use crate::scene::mercator;
use crate::ui::theme;

pub fn draw(pen: &Pen<'_>, taken: &mut Labels) {
    let Some((place, text)) = &pen.view.map.pin else { return };
    let at = pen.camera.screen(mercator(*place));
    for (width, colour) in [(5.0, pen.colours.label_halo), (2.5, theme::SELECTION)] {
        for arm in [vec2(10.0, 0.0), vec2(0.0, 10.0)] {
            pen.painter.line_segment([at - arm, at + arm], Stroke::new(width, colour));
        }
        pen.painter.circle_stroke(at, 6.0, Stroke::new(width * 0.6, colour));
    }
    taken.draw_always(pen, (at + vec2(0.0, 14.0), Align2::CENTER_TOP), text, 12.5);
}
