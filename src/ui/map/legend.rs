//! What do the colours mean? One card in a corner of the map: the classes with their limits and people, then the signs.
//! It is part of every picture of the map; a click on a class lights its cells alone, a drag moves it to another corner.

use std::sync::Arc;

use egui::{
    Align2, Color32, FontId, Galley, Painter, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo,
};
use egui::{pos2, vec2};

use super::pen::Pen;
use super::{pipos, plan};
use crate::lang::Said as _;
use crate::outage::{Case, Level};
use crate::say;
use crate::scene::classes::{CellClasses, Colouring, SMALLEST_POINTS, Scale, level_at};
use crate::scene::colours;
use crate::scene::legend::{self, Line, Ramp};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Corner, MapMode, PlanCells, Shown, TableId, View};
use crate::ui::theme::{self, MapColours};
use crate::ui::widgets::focus_ring;

const MARGIN: f32 = 10.0;
const PAD: f32 = 10.0;
const LINE: f32 = 17.0;
/// How wide what is inside is.
const WIDTH: f32 = 216.0;
const BARS: f32 = 20.0;
const BAND: f32 = 9.0;
/// Room that the zoom buttons take in the upper left corner, and the scale and the sources at the lower right.
const BUTTONS: Vec2 = vec2(42.0, 196.0);
const SCALE: f32 = 58.0;

/// What the card says.
struct Said {
    title: String,
    ramp: Option<Ramp>,
    lines: Vec<Line>,
    note: Option<String>,
}

/// Where the card and its parts were drawn.
pub struct Laid {
    pub rect: Rect,
    fold: Rect,
    /// The classes, and what each says.
    classes: Vec<(Rect, String)>,
    scale: Option<Scale>,
}

impl Corner {
    fn align(self) -> Align2 {
        match self {
            Self::LowerLeft => Align2::LEFT_BOTTOM,
            Self::LowerRight => Align2::RIGHT_BOTTOM,
            Self::UpperLeft => Align2::LEFT_TOP,
            Self::UpperRight => Align2::RIGHT_TOP,
        }
    }

    /// The corner of a map.
    #[must_use]
    pub fn of(self, map: Rect) -> egui::Pos2 {
        self.align().pos_in_rect(&map)
    }

    fn nearest(map: Rect, at: egui::Pos2) -> Self {
        match (at.x < map.center().x, at.y < map.center().y) {
            (true, true) => Self::UpperLeft,
            (true, false) => Self::LowerLeft,
            (false, true) => Self::UpperRight,
            (false, false) => Self::LowerRight,
        }
    }

    /// Where a card stands in it, clear of what always stands there.
    fn place(self, map: Rect, size: Vec2) -> Rect {
        let map = map.shrink(MARGIN);
        let map = match self {
            Self::UpperLeft => Rect::from_min_max(map.min + vec2(BUTTONS.x, 0.0), map.max),
            Self::LowerRight => Rect::from_min_max(map.min, map.max - vec2(0.0, SCALE)),
            // On a low map the card stands beside the buttons.
            Self::LowerLeft if map.bottom() - size.y < map.top() + BUTTONS.y => {
                Rect::from_min_max(map.min + vec2(BUTTONS.x, 0.0), map.max)
            }
            _ => map,
        };
        self.align().align_size_within_rect(size, map)
    }
}

/// Draws the card; `None` where there is nothing to explain.
pub fn draw(pen: &Pen<'_>) -> Option<Laid> {
    let Pen { painter, view, camera, colours, .. } = pen;
    // On the smallest of maps it would be all there is.
    if camera.rect.width() < WIDTH + 120.0 || camera.rect.height() < 150.0 {
        return None;
    }
    let said = said(pen)?;
    let is_low = camera.rect.height() < 300.0;
    let is_small = view.map.legend_is_small || view.mode != MapMode::Browse || is_low;
    let text = |text: &str, size: f32, colour| {
        painter.layout(text.to_owned(), FontId::proportional(size), colour, WIDTH - 28.0)
    };
    let title = painter.layout(said.title.clone(), theme::bold_font(13.0), colours.label, WIDTH - 22.0);
    let rows: Vec<(&Line, Arc<Galley>, Arc<Galley>)> = said
        .lines
        .iter()
        .filter(|_| !is_small)
        .map(|line| (line, text(&line.text, 12.0, colours.label), text(&line.figure, 12.0, colours.label)))
        .collect();
    let note = said
        .note
        .as_ref()
        .filter(|_| !is_small)
        .map(|note| painter.layout(note.clone(), FontId::proportional(11.0), colours.faint_label, WIDTH));
    let ramp_height = said.ramp.as_ref().map_or(0.0, |_| BARS + BAND + 20.0);
    let rows_height: f32 = rows.iter().map(|(_, text, _)| text.size().y.max(LINE)).sum();
    let note_height = note.as_ref().map_or(0.0, |note| note.size().y + 4.0);
    let height = title.size().y + 6.0 + ramp_height + rows_height + note_height;
    let size = vec2(WIDTH, height) + Vec2::splat(2.0 * PAD) - vec2(0.0, 4.0);
    let rect = view.map.legend_corner.place(camera.rect, size);
    let rect = rect.translate(view.map.legend_drag.unwrap_or_default());
    painter.rect(rect, 8.0, colours.box_fill, Stroke::new(1.0, colours.box_line), egui::StrokeKind::Inside);
    let mut at = rect.min + Vec2::splat(PAD) - vec2(0.0, 1.0);
    let fold = Rect::from_min_size(pos2(rect.right() - 28.0, rect.top() + 5.0), vec2(22.0, 22.0));
    painter.galley(at, Arc::clone(&title), colours.label);
    at.y += title.size().y + 6.0;
    let mut classes = Vec::new();
    if let Some(ramp) = &said.ramp {
        classes = draw_ramp(painter, Rect::from_min_size(at, vec2(WIDTH, ramp_height)), ramp, pen);
        at.y += ramp_height;
    }
    for (line, text, figure) in rows {
        let height = text.size().y.max(LINE);
        swatch(painter, Rect::from_min_size(at + vec2(0.0, 2.0), vec2(18.0, 12.0)), line, colours);
        painter.galley(pos2(rect.right() - PAD - figure.size().x, at.y), figure, colours.label);
        painter.galley(at + vec2(26.0, 0.0), text, colours.label);
        at.y += height;
    }
    if let Some(note) = note {
        painter.galley(at + vec2(0.0, 2.0), note, colours.faint_label);
    }
    let scale = said.ramp.as_ref().map(|ramp| ramp.scale);
    Some(Laid { rect, fold, classes, scale })
}

/// The classes in a row, a bar of people over each, the limits below between them.
fn draw_ramp(painter: &Painter, rect: Rect, ramp: &Ramp, pen: &Pen<'_>) -> Vec<(Rect, String)> {
    let Pen { view, colours, .. } = pen;
    #[expect(clippy::cast_precision_loss, reason = "a handful of classes")]
    let side = rect.width() / ramp.classes.len() as f32;
    let mut laid = Vec::new();
    for (at, class) in (0u8..).zip(&ramp.classes) {
        let left = rect.left() + side * f32::from(at);
        let column = Rect::from_min_size(pos2(left, rect.top()), vec2(side, BARS + BAND + 2.0));
        let lit = view.map.lit.filter(|(scale, _)| *scale == ramp.scale).map(|(_, class)| class);
        let is_pale = lit.is_some_and(|lit| lit != at);
        let colour = theme::colour(class.colour).gamma_multiply(if is_pale { 0.25 } else { 1.0 });
        let bar = (BARS - 2.0) * class.part.sqrt();
        let foot = rect.top() + BARS;
        let middle = left + side / 2.0;
        let bar = Rect::from_min_max(pos2(middle - 3.0, foot - bar), pos2(middle + 3.0, foot));
        painter.rect_filled(bar, 1.0, colours.faint_label.gamma_multiply(if is_pale { 0.3 } else { 0.9 }));
        let band = Rect::from_min_size(pos2(left, foot + 2.0), vec2(side - 1.0, BAND));
        painter.rect_filled(band, 2.0, colour);
        if lit == Some(at) {
            painter.rect_stroke(band, 2.0, Stroke::new(1.5, colours.label), egui::StrokeKind::Outside);
        }
        laid.push((column, class.told.clone()));
    }
    for (at, limit) in (1u8..).zip(&ramp.limits) {
        let x = rect.left() + side * f32::from(at);
        let top = rect.top() + BARS + BAND + 3.0;
        painter.line_segment(
            [pos2(x - 0.5, top - 1.0), pos2(x - 0.5, top + 2.0)],
            Stroke::new(1.0, colours.label),
        );
        let at = pos2(x, top + 1.0);
        painter.text(at, Align2::CENTER_TOP, limit, FontId::proportional(11.0), colours.label);
    }
    laid
}

/// Takes in what is done with the card: after it is drawn, so that nothing below it is clicked.
pub fn interact(ui: &Ui, cx: &Cx<'_>, view: &mut View, laid: &Laid) {
    let lang = cx.lang;
    let id = egui::Id::unique("legend");
    let name = |response: Response, text: &str, is_on: bool| {
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, text));
        response
    };
    // Moved by the pointer alone: nothing to stop at with the keyboard.
    let card = ui.interact(laid.rect, id, Sense::DRAG);
    card.widget_info(|| WidgetInfo::labeled(Role::Group, true, lang.pick("Teckenförklaring", "Legend")));
    if card.dragged() {
        let moved = view.map.legend_drag.unwrap_or_default() + card.drag_delta();
        view.map.legend_drag = Some(moved);
    } else if view.map.legend_drag.take().is_some() {
        view.map.legend_corner = Corner::nearest(view.map.rect, laid.rect.center());
        ui.ctx().request_repaint();
    }
    let (icon, text) = if view.map.legend_is_small {
        (icons::DOWN, lang.pick("Visa hela teckenförklaringen", "Show the whole legend"))
    } else {
        (icons::UP, lang.pick("Fäll ihop teckenförklaringen", "Fold the legend"))
    };
    let fold = name(ui.interact(laid.fold, id.with("fold"), Sense::click()), text, false).on_hover_text(text);
    let colour = if fold.hovered() { ui.visuals().text_color() } else { ui.visuals().weak_text_color() };
    ui.painter().text(laid.fold.center(), Align2::CENTER_CENTER, icon, FontId::proportional(16.0), colour);
    focus_ring(ui, &fold);
    if fold.clicked() {
        view.map.legend_is_small = !view.map.legend_is_small;
    }
    for (at, (rect, told)) in (0u8..).zip(&laid.classes) {
        let this = laid.scale.map(|scale| (scale, at));
        let is_on = view.map.lit == this;
        let class = name(ui.interact(*rect, id.with(at), Sense::click()), told, is_on).on_hover_ui(|ui| {
            ui.label(told);
            crate::ui::widgets::muted(
                ui,
                lang.pick("Klicka för att lyfta fram rutorna", "Click to highlight its cells"),
            );
        });
        focus_ring(ui, &class);
        if class.clicked() {
            view.map.lit = if is_on { None } else { this };
        }
    }
    if laid.classes.is_empty() {
        view.map.lit = None;
    }
}

/// The sign or the colour of a line.
fn swatch(painter: &Painter, rect: Rect, line: &Line, colours: &MapColours) {
    let colour = theme::colour(line.colour);
    if let Some(sign) = line.sign {
        let (middle, font) = (rect.center(), FontId::proportional(10.5));
        painter.circle_filled(middle, 7.5, colour);
        painter.text(middle, Align2::CENTER_CENTER, icons::of_sign(sign), font, Color32::WHITE);
    } else if line.is_outline {
        painter.rect_stroke(rect, 2.0, Stroke::new(1.6, colour), egui::StrokeKind::Inside);
    } else {
        let edge = Stroke::new(1.0, colours.box_line);
        painter.rect(rect, 2.0, colour, edge, egui::StrokeKind::Inside);
    }
}

/// What there is to explain.
fn said(pen: &Pen<'_>) -> Option<Said> {
    let Pen { cx, view, .. } = *pen;
    let (lang, scene, has_candidates) = (cx.lang, cx.scene?, cx.shows(Shown::Candidates));
    let results = &scene.results;
    if has_candidates && view.colouring == Colouring::Off {
        let title = lang.pick("Platser efter bedömning", "Places by verdict").into();
        return Some(Said { title, ramp: None, lines: legend::of_verdicts(results, lang), note: None });
    }
    if let Some(comparison) = pipos::shown(cx, view) {
        let lines = legend::of_pipos(comparison, cx.theme, lang);
        let title = lang.pick("Avstånd jämfört med Pipos", "Distance compared with Pipos").into();
        return Some(Said { title, ramp: None, lines, note: note(pen, true) });
    }
    if let Some(of_plan) = said_of_hour(pen).or_else(|| said_of_plan(pen)) {
        return Some(of_plan);
    }
    let cells = pen.drawn.cells?;
    let is_off = cells.colouring == Colouring::Off || scene.levels.is_empty();
    if is_off {
        return None;
    }
    let ramp = legend::ramp(scene, cells, cx.theme, lang);
    let (title, mut lines) = match &ramp {
        Some(_) => {
            (legend::title(cells, lang), legend::no_value(cells, cx.theme, lang).into_iter().collect())
        }
        None => legend::of_cells(scene, cells, cx.theme, lang),
    };
    if cx.shows(Shown::Coverage) && view.reach.shows_gaps {
        let text = lang.pick("Lucka i täckningen", "Gap in coverage");
        lines.push(Line::outline(colours::gap_line(cx.theme), text));
    }
    lines.extend(critical_line(cx, view));
    if has_candidates {
        lines.extend(legend::of_verdicts(results, lang));
    }
    if let Some(drawn) = pen.drawn.plan {
        lines.extend(legend::of_plan(drawn, lang));
    }
    Some(Said { title, ramp, lines, note: note(pen, cells.colouring == Colouring::Distance) })
}

/// The most important roads, while they are drawn.
fn critical_line(cx: &Cx<'_>, view: &View) -> Option<Line> {
    let is_shown = view.shows_table(TableId::Critical);
    cx.ways.critical.answer().filter(|drawn| is_shown && !drawn.roads.is_empty())?;
    let text = cx.lang.pick("viktig väg (bredare: viktigare)", "critical road (wider: more critical)");
    Some(Line::swatch(colours::CRITICAL[0], text, String::new()))
}

/// What was measured, and whether blocks are drawn.
fn note(pen: &Pen<'_>, is_measured: bool) -> Option<String> {
    let (scene, camera) = (pen.cx.scene?, pen.camera);
    let level = level_at(scene, camera.points_per_metre(), SMALLEST_POINTS);
    let block_m = level.and_then(|at| scene.levels.get(at)).map_or(0.0, |level| level.side_m);
    legend::note(&scene.results, is_measured, block_m, pen.cx.lang)
}

/// The legend of an hour of a crisis: the way to the nearest place that works, and how places work.
fn said_of_hour(pen: &Pen<'_>) -> Option<Said> {
    let Pen { cx, view, .. } = *pen;
    let (lang, hour, scene) = (cx.lang, cx.hour?, cx.scene?);
    let (need, at) = (hour.at.need.said(lang), hour.at.hour);
    let case = match hour.at.case {
        Case::Worst => lang.pick("säkert", "for sure"),
        Case::Best => lang.pick("i bästa fall", "at best"),
    };
    let title = say!(lang, "Timme {at}: {need}, {case}", "Hour {at}: {need}, {case}");
    let mut lines: Vec<Line> = legend::no_value(&hour.colours, cx.theme, lang).into_iter().collect();
    if view.crisis.shows_gaps {
        let text = lang.pick("Når ingen som fungerar inom gränsen", "None that works within the threshold");
        lines.push(Line::outline(colours::gap_line(cx.theme), text));
    }
    for level in [Level::Works, Level::Limited, Level::Stopped] {
        let count = hour.levels.values().filter(|change| change.level == level).count();
        lines.push(Line::swatch(colours::level(level), level.said(lang), lang.count(count)));
    }
    let ramp = legend::ramp(scene, &hour.colours, cx.theme, lang);
    Some(Said { title, ramp, lines, note: note(pen, true) })
}

/// The legend of a plan that colours the cells: its places, and what the colours mean.
fn said_of_plan(pen: &Pen<'_>) -> Option<Said> {
    let Pen { cx, view, .. } = *pen;
    let (lang, drawn, scene) = (cx.lang, pen.drawn.plan?, cx.scene?);
    let cells: &CellClasses = plan::colours(pen)?;
    let title = legend::plan_title(&drawn.shown.pick, view.plan.cells.shows(), lang);
    let mut lines: Vec<Line> = legend::no_value(cells, cx.theme, lang).into_iter().collect();
    if view.plan.cells != PlanCells::Before {
        lines.extend(legend::of_plan(drawn, lang));
    }
    let ramp = legend::ramp(scene, cells, cx.theme, lang);
    Some(Said { title: title.to_owned(), ramp, lines, note: note(pen, true) })
}
