//! What lies over the map: legend, scale, attribution, coordinates, the mark of demo data. Part of every picture of it.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::camera::Camera;
use super::pen::Pen;
use super::{pipos, plan};
use crate::app::work::planner::Pick;
use crate::lang::Lang;
use crate::say;
use crate::scene::classes::{Colouring, SMALLEST_POINTS, level_at};
use crate::scene::colours;
use crate::scene::legend::{self, Line};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Drawer, PlanCells, Shown, View};
use crate::ui::theme::{self, MapColours};

const MARGIN: f32 = 10.0;
const LINE: f32 = 17.0;
/// Maps narrower than this have short legends.
const NARROW: f32 = 700.0;
/// Room that the zoom buttons take in the upper left corner.
const BUTTONS: egui::Vec2 = vec2(42.0, 124.0);

/// Draws everything; returns the legend, and the other boxes that names must keep clear of.
pub fn draw(pen: &Pen<'_>) -> (Option<Rect>, Vec<Rect>) {
    let Pen { painter, cx, view, camera, colours, has_tiles, .. } = pen;
    let mut boxes = Vec::new();
    let legend = legend(pen);
    boxes.push(scale_bar(painter, cx.lang, camera, colours));
    boxes.push(attribution(painter, cx, camera, colours, *has_tiles));
    if cx.session.project().is_demo() {
        let text = legend::demo_mark(cx.lang);
        boxes.push(tag(
            painter,
            pos2(camera.rect.center().x, camera.rect.top() + MARGIN),
            Align2::CENTER_TOP,
            text,
            colours,
        ));
    }
    if let Some(place) = view.map.pointer.filter(|_| !view.map.is_pictured) {
        let lang = cx.lang;
        let text = format!("{}, {}", lang.number(place.lon, 5), lang.number(place.lat, 5));
        let at = camera.rect.right_bottom() + vec2(-MARGIN, -MARGIN - 44.0);
        boxes.push(tag(painter, at, Align2::RIGHT_BOTTOM, &text, colours));
    }
    (legend, boxes)
}

fn tag(painter: &Painter, at: Pos2, anchor: Align2, text: &str, colours: &MapColours) -> Rect {
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(12.0), colours.label);
    let rect = anchor.anchor_size(at, galley.size() + vec2(12.0, 6.0));
    painter.rect_filled(rect, 4.0, colours.box_fill);
    painter.galley(rect.min + vec2(6.0, 3.0), galley, colours.label);
    rect
}

fn legend(pen: &Pen<'_>) -> Option<Rect> {
    let Pen { painter, camera, colours, .. } = pen;
    let (title, note, mut lines) = lines_of(pen)?;
    // On a small map the legend would be all there is: only what it is about.
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    if lines.len() as f32 * LINE > camera.rect.height() * 0.6 {
        lines.clear();
    }
    let text = |text: &str, size: f32| {
        painter.layout_no_wrap(text.to_owned(), FontId::proportional(size), colours.label)
    };
    let title = text(&title, 13.0);
    let rows: Vec<_> =
        lines.iter().map(|line| (line, text(&line.text, 12.0), text(&line.figure, 12.0))).collect();
    let text_width = rows.iter().map(|(_, text, _)| text.size().x).fold(0.0, f32::max);
    let figure_width = rows.iter().map(|(_, _, figure)| figure.size().x).fold(0.0, f32::max);
    let width = (28.0 + text_width + 14.0 + figure_width).max(title.size().x);
    let note = note.map(|note| {
        painter.layout(note, FontId::proportional(11.0), colours.label.gamma_multiply(0.75), width)
    });
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let height = 22.0 + rows.len() as f32 * LINE + note.as_ref().map_or(0.0, |note| note.size().y + 2.0);
    let size = vec2(width + 20.0, height + 14.0);
    let corner = camera.rect.left_bottom() + vec2(MARGIN, -MARGIN);
    let is_beside = corner.y - size.y < camera.rect.top() + BUTTONS.y;
    let corner = corner + vec2(if is_beside { BUTTONS.x } else { 0.0 }, 0.0);
    let rect = Align2::LEFT_BOTTOM.anchor_size(corner, size);
    painter.rect(rect, 6.0, colours.box_fill, Stroke::new(1.0, colours.box_line), egui::StrokeKind::Inside);
    let mut at = rect.min + vec2(10.0, 7.0);
    painter.galley(at, title, colours.label);
    at.y += 22.0;
    for (line, text, figure) in rows {
        swatch(painter, Rect::from_min_size(at + vec2(0.0, 2.0), vec2(18.0, 12.0)), line, colours);
        painter.galley(at + vec2(28.0, 0.0), text, colours.label);
        let x = rect.right() - 10.0 - figure.size().x;
        painter.galley(pos2(x, at.y), figure, colours.label);
        at.y += LINE;
    }
    if let Some(note) = note {
        painter.galley(at, note, colours.label.gamma_multiply(0.75));
    }
    Some(rect)
}

/// The sign or the colour of a line.
fn swatch(painter: &Painter, rect: Rect, line: &Line, colours: &MapColours) {
    let colour = theme::colour(line.colour);
    if let Some(sign) = line.sign {
        let (middle, font) = (rect.center(), FontId::proportional(10.5));
        painter.circle_filled(middle, 7.5, colour);
        painter.text(middle, Align2::CENTER_CENTER, icons::of_sign(sign), font, Color32::WHITE);
    } else {
        let edge = Stroke::new(1.0, colours.box_line);
        painter.rect(rect, 2.0, colour, edge, egui::StrokeKind::Inside);
    }
}

fn lines_of(pen: &Pen<'_>) -> Option<(String, Option<String>, Vec<Line>)> {
    let Pen { cx, view, camera, .. } = *pen;
    let (lang, scene, has_candidates) = (cx.lang, cx.scene?, cx.shows(Shown::Candidates));
    let results = &scene.results;
    if has_candidates && view.colouring == Colouring::Off {
        return Some((
            lang.pick("Platser efter bedömning", "Places by verdict").into(),
            None,
            legend::of_verdicts(results, lang),
        ));
    }
    if let Some(comparison) = pipos::shown(cx, view) {
        let lines = legend::of_pipos(comparison, lang);
        let title = lang.pick("Avstånd jämfört med Pipos", "Distance compared with Pipos").into();
        return Some((title, note(cx, true, camera), lines));
    }
    if let Some(legend) = plan_lines(pen) {
        return Some(legend);
    }
    let cells = pen.drawn.cells?;
    let colouring = cells.colouring;
    if colouring == Colouring::Off || scene.levels.is_empty() {
        return None;
    }
    // Beside the verdicts, and on a narrow map, there is no room for both: the shares stand in the step Reach.
    let is_short = has_candidates || camera.rect.width() <= NARROW;
    let (title, mut lines) = legend::of_cells(scene, cells, is_short, lang);
    if cx.shows(Shown::Coverage) && view.reach.shows_gaps {
        let text = lang.pick("Lucka i täckningen", "Gap in coverage");
        lines.push(Line::swatch(colours::GAP_LINE, text, String::new()));
    }
    lines.extend(critical_line(cx, view));
    let note = note(cx, colouring == Colouring::Distance, camera);
    if has_candidates {
        lines.extend(legend::of_verdicts(results, lang));
    }
    if let Some(drawn) = pen.drawn.plan {
        lines.extend(legend::of_plan(drawn, lang));
    }
    Some((title, note, lines))
}

/// The most important roads, while they are drawn.
fn critical_line(cx: &Cx<'_>, view: &View) -> Option<Line> {
    let is_shown = view.drawer.shows(Drawer::Critical);
    cx.ways.critical.answer().filter(|drawn| is_shown && !drawn.roads.is_empty())?;
    let text = cx.lang.pick("viktig väg (bredare: viktigare)", "critical road (wider: more critical)");
    Some(Line::swatch(colours::CRITICAL[0], text, String::new()))
}

/// What was measured, and whether blocks are drawn.
fn note(cx: &Cx<'_>, is_measured: bool, camera: &Camera) -> Option<String> {
    let scene = cx.scene?;
    let level = level_at(scene, camera.points_per_metre(), SMALLEST_POINTS);
    let block_m = level.and_then(|at| scene.levels.get(at)).map_or(0.0, |level| level.side_m);
    legend::note(&scene.results, is_measured, block_m, cx.lang)
}

/// The legend of a plan that colours the cells: its places, and what the colours mean.
fn plan_lines(pen: &Pen<'_>) -> Option<(String, Option<String>, Vec<Line>)> {
    let Pen { cx, view, camera, .. } = *pen;
    let (lang, drawn, results) = (cx.lang, pen.drawn.plan?, cx.results()?);
    let cells = plan::colours(pen)?;
    let is_pair = matches!(drawn.shown.pick, Pick::Difference(..));
    let mut lines: Vec<Line> = Vec::new();
    let mut swatch = |colour, text: String, figure| lines.push(Line::swatch(colour, text, figure));
    // On a narrow map the legend would hide the plan.
    let cells_said = Some(cells).filter(|_| camera.rect.width() > NARROW);
    let figure = |class: usize| {
        cells_said.map_or_else(String::new, |cells| {
            let people = cells.counts[class].0;
            let (short, persons) = (lang.people(people), lang.persons(people));
            say!(lang, "{short} invånare", "{persons}")
        })
    };
    let title = match view.plan.cells {
        PlanCells::Change => {
            let names = [
                lang.pick("mycket närmare", "much nearer"),
                lang.pick("närmare", "nearer"),
                lang.pick("lika långt", "the same"),
                lang.pick("längre bort", "farther"),
                lang.pick("mycket längre bort", "much farther"),
            ];
            for (class, (name, colour)) in names.into_iter().zip(colours::CHANGE).enumerate() {
                swatch(colour, name.into(), figure(class));
            }
            if is_pair {
                lang.pick("Skillnad: från A till B", "Difference: from A to B")
            } else {
                lang.pick("Skillnad mot i dag", "Difference from today")
            }
        }
        PlanCells::After | PlanCells::Before | PlanCells::People => {
            for (class, (name, colour)) in
                legend::distance_names(lang, results).into_iter().zip(colours::DISTANCE).enumerate()
            {
                swatch(colour, name, figure(class));
            }
            match (view.plan.cells, is_pair) {
                (PlanCells::Before, true) => lang.pick("Till närmaste i A", "To the nearest in A"),
                (PlanCells::Before, false) => {
                    lang.pick("I dag: till närmaste SOT-punkt", "Today: to the nearest SOT point")
                }
                (_, true) => lang.pick("Till närmaste i B", "To the nearest in B"),
                (_, false) => lang.pick("Planen: till närmaste plats", "The plan: to the nearest place"),
            }
        }
    };
    if cells.counts[5].1 > 0 {
        swatch(colours::NO_VALUE, lang.pick("inget värde", "no value").into(), figure(5));
    }
    if view.plan.cells != PlanCells::Before {
        lines.extend(legend::of_plan(drawn, lang));
    }
    Some((title.to_owned(), note(cx, true, camera), lines))
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
