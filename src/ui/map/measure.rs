//! How far is it between the points clicked? As the crow flies, and by road where roads are loaded.

use egui::{Align2, FontId, Key, Shape, Stroke, Ui, pos2, vec2};

use super::pen::Pen;
use crate::geometry::{LonLat, ground_distance};
use crate::lang::Lang;
use crate::say;
use crate::scene::mercator;
use crate::ui::context::Cx;
use crate::ui::state::{MapMode, View};
use crate::ui::theme;
use crate::units::Metres;

/// The whole length as the crow flies.
fn straight(points: &[LonLat]) -> Metres {
    points.windows(2).map(|pair| ground_distance(pair[0], pair[1])).sum()
}

/// What was measured, in words.
fn told(cx: &Cx<'_>, points: &[LonLat]) -> String {
    let lang: Lang = cx.lang;
    let straight = lang.distance(straight(points));
    let by_road = cx.ways.measured.answer().map(|answer| match answer {
        Some((along, _)) => {
            let (length, time) = (lang.distance(along.length), lang.minutes(along.time));
            say!(lang, " · {length} längs väg, {time}", " · {length} by road, {time}")
        }
        None => lang.pick(" · ingen väg dit", " · no road there").to_owned(),
    });
    let by_road = by_road.unwrap_or_default();
    say!(lang, "{straight} fågelvägen{by_road}", "{straight} in a straight line{by_road}")
}

/// Draws the points, the line between them, the way by road, and how far it is.
pub fn draw(pen: &Pen<'_>) {
    let Pen { painter, cx, view, camera, colours, .. } = *pen;
    if view.mode != MapMode::Measure {
        return;
    }
    let lang = cx.lang;
    if let Some(Some((_, line))) = cx.ways.measured.answer() {
        let line = line.iter().map(|point| camera.screen(*point)).collect();
        painter.add(Shape::line(line, Stroke::new(3.0, theme::SELECTION)));
    }
    let mut points = view.map.measured.clone();
    let is_fixed = points.len() > 1;
    points.extend(view.map.pointer.filter(|_| !is_fixed && !points.is_empty()));
    let drawn: Vec<_> = points.iter().map(|point| camera.screen(mercator(*point))).collect();
    painter.extend(Shape::dashed_line(&drawn, Stroke::new(1.5, colours.label), 6.0, 4.0));
    for at in &drawn {
        painter.circle(*at, 4.0, colours.box_fill, Stroke::new(2.0, theme::SELECTION));
    }
    let text = if points.len() > 1 {
        told(cx, &points)
    } else {
        lang.pick("Klicka på startpunkten.", "Click where to begin measuring.").to_owned()
    };
    let hint = lang.pick(
        "Klicka för fler punkter · Backsteg tar bort den sista · Esc avslutar",
        "Click for more points · Backspace removes the last · Esc ends",
    );
    let text = painter.layout_no_wrap(text, theme::bold_font(14.0), colours.label);
    let hint = painter.layout_no_wrap(hint.to_owned(), FontId::proportional(12.0), colours.faint_label);
    let size = vec2(text.size().x.max(hint.size().x) + 24.0, text.size().y + hint.size().y + 16.0);
    let at = pos2(camera.rect.center().x, camera.rect.top() + 34.0);
    let rect = Align2::CENTER_TOP.anchor_size(at, size);
    painter.rect(rect, 8.0, colours.box_fill, Stroke::new(1.0, colours.box_line), egui::StrokeKind::Inside);
    painter.galley(rect.min + vec2(12.0, 7.0), text.clone(), colours.label);
    painter.galley(rect.min + vec2(12.0, 9.0 + text.size().y), hint, colours.faint_label);
}

/// Takes back the last point.
pub fn keys(ui: &Ui, view: &mut View) {
    let is_typing = ui.ctx().text_edit_focused();
    if view.mode == MapMode::Measure && !is_typing && ui.input(|input| input.key_pressed(Key::Backspace)) {
        view.map.measured.pop();
    }
}
