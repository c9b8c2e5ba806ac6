//! What lies over the map: scale, sources, coordinates, the mark of demo data. Part of every picture of it.

use egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::camera::Camera;
use super::pen::Pen;
use crate::geometry::plane_from_place;
use crate::lang::Lang;
use crate::scene::legend;
use crate::ui::context::Cx;
use crate::ui::state::Corner;
use crate::ui::theme::MapColours;

const MARGIN: f32 = 10.0;

/// Draws everything; returns the boxes that names must keep clear of.
pub fn draw(pen: &Pen<'_>) -> Vec<Rect> {
    let Pen { painter, cx, view, camera, colours, has_tiles, .. } = pen;
    let mut boxes = Vec::new();
    boxes.push(scale_bar(painter, cx.lang, camera, colours));
    boxes.push(attribution(painter, cx, camera, colours, *has_tiles));
    if cx.session.project().is_demo() {
        let text = legend::demo_mark(cx.lang);
        let is_taken = view.map.legend_corner == Corner::UpperRight;
        let (at, align) = if is_taken {
            (pos2(camera.rect.center().x, camera.rect.top() + MARGIN), Align2::CENTER_TOP)
        } else {
            (pos2(camera.rect.right() - MARGIN, camera.rect.top() + MARGIN), Align2::RIGHT_TOP)
        };
        boxes.push(tag(
            painter, // Where the legend is not.
            at, align, text, colours,
        ));
    }
    if let Some(place) = view.map.pointer.filter(|_| !view.map.is_pictured) {
        let lang = cx.lang;
        let plane = plane_from_place(place).map_or_else(String::new, |point| {
            format!("N {}  E {}  ·  ", lang.number(point.n, 0), lang.number(point.e, 0))
        });
        let (lat, lon) = (lang.number(place.lat, 4), lang.number(place.lon, 4));
        let east = lang.pick("Ö", "E");
        let text = format!("{plane}{lat}° N  {lon}° {east}");
        let at = camera.rect.right_bottom() + vec2(-MARGIN, -MARGIN - 44.0);
        boxes.push(tag(painter, at, Align2::RIGHT_BOTTOM, &text, colours));
    }
    boxes
}

fn tag(painter: &Painter, at: Pos2, anchor: Align2, text: &str, colours: &MapColours) -> Rect {
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(12.0), colours.label);
    let rect = anchor.anchor_size(at, galley.size() + vec2(12.0, 6.0));
    painter.rect_filled(rect, 4.0, colours.box_fill);
    painter.galley(rect.min + vec2(6.0, 3.0), galley, colours.label);
    rect
}

fn scale_bar(painter: &Painter, lang: Lang, camera: &Camera, colours: &MapColours) -> Rect {
    let (_, points, text) = legend::scale(camera.points_per_metre(), lang);
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    let width = points as f32;
    let right = camera.rect.right() - MARGIN - 6.0;
    let y = camera.rect.bottom() - MARGIN - 24.0;
    let rect = Rect::from_min_max(pos2(right - width - 6.0, y - 18.0), pos2(right + 6.0, y + 6.0));
    painter.rect_filled(rect, 4.0, colours.box_fill);
    let stroke = Stroke::new(1.5, colours.label);
    painter.line_segment([pos2(right - width, y), pos2(right, y)], stroke);
    for x in [right - width, right] {
        painter.line_segment([pos2(x, y - 5.0), pos2(x, y)], stroke);
    }
    let middle = pos2(right - width / 2.0, y - 3.0);
    painter.text(middle, Align2::CENTER_BOTTOM, text, FontId::proportional(11.0), colours.label);
    rect
}

/// The sources of what is seen, and of the background map.
fn attribution(
    painter: &Painter,
    cx: &Cx<'_>,
    camera: &Camera,
    colours: &MapColours,
    has_tiles: bool,
) -> Rect {
    let at = camera.rect.right_bottom() + vec2(-4.0, -3.0);
    let text = legend::sources(cx.session.project(), has_tiles, cx.lang);
    let galley = painter.layout_no_wrap(text, FontId::proportional(10.5), colours.label);
    let rect = Align2::RIGHT_BOTTOM.anchor_size(at, galley.size() + vec2(8.0, 2.0));
    painter.rect_filled(rect, 3.0, colours.box_fill);
    painter.galley(rect.min + vec2(4.0, 1.0), galley, colours.label);
    rect
}
