//! What is drawn in a frame, read off its shapes: texts that are cut off, lie over another or are too faint.

use std::fmt::Write as _;

use egui::epaint::{ClippedShape, TextShape};
use egui::{Color32, Rect, Shape};
use egui_kittest::kittest::{By, Queryable};

use crate::bench::Window;

/// A text as it is drawn.
struct Text {
    rect: Rect,
    clip: Rect,
    words: String,
    colour: Color32,
    /// The surface behind it.
    behind: Option<Color32>,
    is_elided: bool,
    size: f32,
    /// Of all shapes.
    turn: usize,
}

/// Everything drawn in the last frame.
struct Seen {
    texts: Vec<Text>,
    /// Surfaces that hide what is below, and when they were drawn.
    fills: Vec<(usize, Rect)>,
}

impl Seen {
    fn of(window: &Window) -> Self {
        let mut flat = Vec::new();
        for ClippedShape { clip_rect, shape, .. } in &window.harness.output().shapes {
            flatten(*clip_rect, shape, &mut flat);
        }
        let mut seen = Self { texts: Vec::new(), fills: Vec::new() };
        let mut surfaces: Vec<(Rect, Color32)> = Vec::new();
        for (turn, (clip, shape)) in flat.into_iter().enumerate() {
            match shape {
                Shape::Rect(of) if of.fill.a() == 255 => {
                    let rect = of.rect.intersect(clip);
                    surfaces.push((rect, of.fill));
                    seen.fills.push((turn, rect));
                }
                Shape::Text(of) => {
                    let behind =
                        |rect: Rect| surfaces.iter().rev().find(|(fill, _)| fill.contains(rect.center()));
                    seen.texts.extend(rows_of(&of, clip, turn, |rect| behind(rect).map(|(_, fill)| *fill)));
                }
                _ => {}
            }
        }
        seen
    }
}

fn flatten(clip: Rect, shape: &Shape, out: &mut Vec<(Rect, Shape)>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| flatten(clip, shape, out)),
        Shape::Rect(_) | Shape::Text(_) => out.push((clip, shape.clone())),
        _ => {}
    }
}

/// Every text that is drawn, whole.
pub fn texts(window: &Window) -> Vec<String> {
    let mut flat = Vec::new();
    for ClippedShape { clip_rect, shape, .. } in &window.harness.output().shapes {
        flatten(*clip_rect, shape, &mut flat);
    }
    let text = |(_, shape)| match shape {
        Shape::Text(text) => Some(text.galley.job.text.clone()),
        _ => None,
    };
    flat.into_iter().filter_map(text).collect()
}

/// The rows of a text: one that begins in the middle of a line covers no rectangle.
fn rows_of(of: &TextShape, clip: Rect, turn: usize, behind: impl Fn(Rect) -> Option<Color32>) -> Vec<Text> {
    let Some(section) = of.galley.job.sections.first() else { return Vec::new() };
    let colour = of.override_text_color.unwrap_or(section.format.color);
    let colour = if colour == Color32::PLACEHOLDER { of.fallback_color } else { colour };
    let (size, is_elided) = (section.format.font_id.size, of.galley.elided);
    let rows = of.galley.rows.iter().map(|row| {
        let rect = row.row.visuals.mesh_bounds.translate(row.pos.to_vec2() + of.pos.to_vec2());
        let text: String = row.row.glyphs.iter().map(|glyph| glyph.chr).collect();
        Text { rect, clip, words: text, colour, behind: behind(rect), is_elided, size, turn }
    });
    rows.filter(|row| !row.words.trim().is_empty() && row.rect.is_positive() && clip.intersects(row.rect))
        .collect()
}

/// The ratio of luminance by WCAG 2.2, of a colour over a surface.
fn contrast(text: Color32, surface: Color32) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let linear = colour
            .map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let parts = |colour: Color32| [colour.r(), colour.g(), colour.b()].map(|part| f64::from(part) / 255.0);
    let share = f64::from(text.a()) / 255.0;
    let (above, below) = (parts(text), parts(surface));
    let mixed = [0, 1, 2].map(|at| above[at] + below[at] * (1.0 - share));
    let (a, b) = (luminance(mixed), luminance(below));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What is wrong with what is seen.
pub fn faults(window: &Window) -> String {
    let seen = Seen::of(window);
    let view = &window.app().view;
    // Tables scroll sideways and columns are as wide as one draws them; names on the map have tests of their own.
    let map = view.map.rect;
    let sheet = Rect::from_min_max(egui::pos2(map.left(), map.bottom()), egui::pos2(map.right(), 4000.0));
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime")]
    let disabled: Vec<Rect> = window
        .harness
        .query_all(By::new().predicate(|node| node.is_disabled()))
        .map(|node| node.rect())
        .collect();
    let mut out = String::new();
    for (at, text) in seen.texts.iter().enumerate() {
        // What the map draws itself may stand half outside it.
        let is_of_map = map.expand(2.0).contains_rect(text.clip) || map.contains(text.rect.center());
        let on_map = is_of_map && text.clip.contains_rect(map.shrink(2.0));
        let in_sheet = sheet.expand(8.0).contains_rect(text.clip);
        let words: String = text.words.chars().take(60).collect();
        let is_off = disabled.iter().any(|rect| rect.expand(2.0).contains(text.rect.center()));
        if !on_map && !in_sheet {
            if text.is_elided {
                let _ = writeln!(out, "shortened: {words}");
            }
            if text.rect.left() < text.clip.left() - 1.5 || text.rect.right() > text.clip.right() + 1.5 {
                let _ = writeln!(out, "cut off: {words} {:?} in {:?}", text.rect, text.clip);
            }
        }
        if let Some(behind) = text.behind.filter(|_| !on_map && !is_off) {
            let ratio = contrast(text.colour, behind);
            // Large text may have less, by WCAG 1.4.3, and so may signs, by 1.4.11.
            let is_sign =
                text.words.chars().all(|c| ('\u{e000}'..='\u{f8ff}').contains(&c) || c.is_whitespace());
            let least = if text.size >= 22.0 || is_sign { 3.0 } else { 4.5 };
            if ratio < least {
                let _ = writeln!(out, "faint ({ratio:.2}): {words} {:?} on {behind:?}", text.colour);
            }
        }
        for other in seen.texts[..at].iter().filter(|_| !on_map) {
            let shared = other.rect.intersect(text.rect).intersect(other.clip).intersect(text.clip);
            let is_hidden = || {
                let between = |(turn, _): &&(usize, Rect)| *turn > other.turn && *turn < text.turn;
                seen.fills.iter().filter(between).any(|(_, fill)| fill.expand(1.0).contains_rect(shared))
            };
            if shared.width() > 2.0 && shared.height() > 3.0 && other.words != text.words && !is_hidden() {
                let under: String = other.words.chars().take(60).collect();
                let _ = writeln!(out, "over each other: {under} | {words} at {shared:?}");
            }
        }
    }
    out
}

/// The measure itself sees what it is for.
#[test]
fn what_cannot_be_read_is_seen() {
    assert!(contrast(Color32::BLACK, Color32::WHITE) > 20.9);
    assert!((contrast(Color32::from_gray(0x76), Color32::WHITE) - 4.54).abs() < 0.01);
    let mut harness = egui_kittest::Harness::new_ui(|ui| {
        ui.set_max_width(60.0);
        ui.add(egui::Label::new("a long line that does not fit").truncate());
    });
    harness.run_steps(2);
    let is_short = |shape: &ClippedShape| matches!(&shape.shape, Shape::Text(text) if text.galley.elided);
    assert!(harness.output().shapes.iter().any(is_short));
}
