//! The sheet itself: names of rows on the left and places above stay where they are while the rest is scrolled.

use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::words::{self, Pens, Text};
use super::{curves, maps};
use crate::app::comparing::{Comparison, PlaceKind, SentenceKind};
use crate::lang::Said;
use crate::scene::beside::Made;
use crate::ui::context::Cx;
use crate::ui::theme;

/// The column of names, and the narrowest of a place, points.
const NAMES: f32 = 196.0;
const NARROWEST: f32 = 164.0;
/// The head with the places, the pictures, the curves.
const HEAD: f32 = 46.0;
const MAPS: f32 = 168.0;
const CURVES: f32 = 240.0;
/// Between text and the edges of its cell.
const PAD: f32 = 6.0;

/// A line of the sheet.
enum Line {
    Group(String),
    Row {
        name: Arc<Galley>,
        label: String,
        hint: String,
        cells: Vec<(Arc<Galley>, Text)>,
        height: f32,
    },
    /// Across all places.
    Wide {
        name: Arc<Galley>,
        galley: Arc<Galley>,
        label: String,
        height: f32,
    },
    Maps,
    Curves,
}

impl Line {
    fn height(&self) -> f32 {
        match self {
            Self::Group(_) => 34.0,
            Self::Row { height, .. } | Self::Wide { height, .. } => *height,
            Self::Maps => MAPS,
            Self::Curves => CURVES,
        }
    }
}

/// How wide everything is.
#[derive(Clone, Copy)]
struct Widths {
    column: f32,
    count: usize,
}

impl Widths {
    fn of(room: f32, count: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "six at most")]
        let column = ((room - NAMES) / count.max(1) as f32).max(NARROWEST);
        Self { column, count }
    }

    #[expect(clippy::cast_precision_loss, reason = "six at most")]
    fn places(self) -> f32 {
        self.column * self.count as f32
    }

    #[expect(clippy::cast_precision_loss, reason = "six at most")]
    fn left(self, at: usize) -> f32 {
        NAMES + self.column * at as f32
    }
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, made: &Made) {
    let pens = Pens::of(ui, cx);
    // The bar beside the rows takes some of the room.
    let room = ui.available_width() - 14.0;
    let widths = Widths::of(room, made.comparison.places.len());
    let lines = lines(ui, cx, &pens, &made.comparison, widths);
    let height = HEAD + lines.iter().map(Line::height).sum::<f32>() + 12.0;
    let size = vec2(NAMES + widths.places(), height);
    egui::ScrollArea::both().auto_shrink(false).id_salt("beside").show_viewport(ui, |ui, viewport| {
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let seen = Rect::from_min_size(rect.min + viewport.min.to_vec2(), viewport.size());
        let frame = Frame { rect, seen: seen.intersect(ui.clip_rect()), widths };
        let mut top = rect.top() + HEAD;
        for (nth, line) in lines.iter().enumerate() {
            frame.line(ui, cx, made, line, top, nth);
            top += line.height();
        }
        frame.head(ui, cx, &pens, &made.comparison);
    });
}

/// Every line, laid out.
fn lines(ui: &Ui, cx: &Cx<'_>, pens: &Pens, comparison: &Comparison, widths: Widths) -> Vec<Line> {
    let lang = cx.lang;
    let mut out = vec![Line::Maps];
    let mut group = None;
    for row in comparison.rows.iter().filter(|row| row.same_as.is_none()) {
        if group != Some(row.group) {
            group = Some(row.group);
            out.push(Line::Group(row.group.said(lang)));
        }
        let unit = row.unit.text(lang);
        let name = row.name.said(lang);
        let hint = cx.results().map(|results| words::sources_of(row, results, lang)).unwrap_or_default();
        let texts = (0..comparison.places.len()).map(|at| words::of_cell(pens, comparison, row, at, cx));
        // A unit that stands in the name or beside every value is not said twice.
        let is_named = unit.is_empty() || name.contains(unit) || matches!(unit, "km" | "min" | "kVA");
        let title = if is_named { pens.plain(&name, false) } else { pens.with_unit(&name, unit) };
        out.push(laid_out(ui, title, (name, hint), texts, widths));
    }
    out.push(Line::Group(
        lang.pick("Invånare efter hur långt de har till orten", "People by how far they have to the village")
            .into(),
    ));
    out.push(Line::Curves);
    out.push(Line::Group(
        lang.pick(
            "Vad talar för var och en, och vad vet vi inte?",
            "What speaks for each, and what do we not know?",
        )
        .into(),
    ));
    let parts: [(&str, &[SentenceKind]); 3] = [
        (lang.pick("Talar för", "Speaks for it"), &[SentenceKind::For]),
        (lang.pick("Talar emot", "Speaks against it"), &[SentenceKind::Against]),
        (lang.pick("Vet vi inte", "We do not know"), &[SentenceKind::NoData, SentenceKind::Question]),
    ];
    for (name, kinds) in parts {
        let texts =
            (0..comparison.places.len()).map(|at| words::sentences(pens, comparison, Some(at), kinds, lang));
        out.push(laid_out(ui, pens.plain(name, true), (name.to_owned(), String::new()), texts, widths));
    }
    let shared = words::sentences(pens, comparison, None, &[SentenceKind::Question], lang);
    if !shared.label.is_empty() {
        let name = galley(ui, pens.plain(lang.pick("Om alla", "About all"), true), NAMES - 2.0 * PAD);
        let text = galley(ui, shared.job, widths.places() - 2.0 * PAD);
        let height = text.size().y.max(name.size().y) + 2.0 * PAD;
        out.push(Line::Wide { name, galley: text, label: shared.label, height });
    }
    out
}

fn galley(ui: &Ui, mut job: egui::text::LayoutJob, width: f32) -> Arc<Galley> {
    job.wrap.max_width = width;
    ui.painter().layout_job(job)
}

fn laid_out(
    ui: &Ui,
    title: egui::text::LayoutJob,
    (label, hint): (String, String),
    texts: impl Iterator<Item = Text>,
    widths: Widths,
) -> Line {
    let name = galley(ui, title, NAMES - 2.0 * PAD);
    let lay = |text: Text| (galley(ui, text.job.clone(), widths.column - 2.0 * PAD), text);
    let cells: Vec<(Arc<Galley>, Text)> = texts.map(lay).collect();
    let tallest = cells.iter().map(|(galley, _)| galley.size().y).fold(name.size().y, f32::max);
    Line::Row { name, label, hint, cells, height: tallest + 2.0 * PAD }
}

/// Where everything lies in this frame.
struct Frame {
    /// All of the sheet, and what of it is seen.
    rect: Rect,
    seen: Rect,
    widths: Widths,
}

impl Frame {
    /// What is seen of the places, below their head and beside the names.
    fn body(&self) -> Rect {
        Rect::from_min_max(self.seen.min + vec2(NAMES, HEAD), self.seen.max)
    }

    /// What is seen of the names.
    fn names(&self) -> Rect {
        let right = self.seen.left() + NAMES;
        Rect::from_min_max(self.seen.min + vec2(0.0, HEAD), pos2(right, self.seen.bottom()))
    }

    fn line(&self, ui: &mut Ui, cx: &Cx<'_>, made: &Made, line: &Line, top: f32, nth: usize) {
        let rule = Stroke::new(1.0, theme::surfaces(cx.theme).line);
        let across = self.seen.x_range();
        let below = Rect::from_min_max(self.seen.min + vec2(0.0, HEAD), self.seen.max);
        let lined = ui.painter().with_clip_rect(below);
        match line {
            Line::Group(title) => {
                let at = pos2(self.seen.left() + PAD, top + 10.0);
                let colour = ui.visuals().text_color();
                lined.text(at, Align2::LEFT_TOP, title, theme::bold_font(15.0), colour);
                lined.hline(across, top + line.height() - 2.0, rule);
            }
            Line::Row { name, label, hint, cells, height } => {
                self.name(ui, name, top);
                let rect = Rect::from_min_size(pos2(self.seen.left(), top), vec2(NAMES, *height));
                say(ui, rect.intersect(self.names()), (nth, usize::MAX), label, hint);
                for (at, (galley, text)) in cells.iter().enumerate() {
                    let min = pos2(self.rect.left() + self.widths.left(at), top);
                    self.text(ui, galley, min);
                    let cell = Rect::from_min_size(min, vec2(self.widths.column, *height));
                    say(ui, cell.intersect(self.body()), (nth, at), &text.label, &text.hint);
                }
                lined.hline(across, top + height, Stroke::new(0.5, rule.color));
            }
            Line::Wide { name, galley, label, height } => {
                self.name(ui, name, top);
                let min = pos2(self.rect.left() + NAMES, top);
                self.text(ui, galley, min);
                let rect = Rect::from_min_size(min, vec2(self.widths.places(), *height));
                say(ui, rect.intersect(self.body()), (nth, usize::MAX), label, "");
            }
            Line::Maps => self.maps(ui, cx, made, top),
            Line::Curves => {
                let width = self.body().width().min(self.widths.places());
                let min = pos2(self.body().left(), top + PAD);
                let rect = Rect::from_min_size(min, vec2(width - PAD, CURVES - 2.0 * PAD));
                let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("beside-curves"));
                child.set_clip_rect(self.body());
                curves::show(&mut child, cx, &made.comparison);
            }
        }
    }

    fn name(&self, ui: &Ui, galley: &Arc<Galley>, top: f32) {
        let at = pos2(self.seen.left() + PAD, top + PAD);
        paint(ui, self.names(), at, galley);
    }

    fn text(&self, ui: &Ui, galley: &Arc<Galley>, min: Pos2) {
        paint(ui, self.body(), min + vec2(PAD, PAD), galley);
    }

    fn maps(&self, ui: &mut Ui, cx: &Cx<'_>, made: &Made, top: f32) {
        let lang = cx.lang;
        // Every place is seen at one scale, a plan at its own.
        let of_places = made.comparison.places.iter().zip(&made.surroundings);
        let half = of_places
            .clone()
            .find(|(place, _)| place.kind != PlaceKind::Plan)
            .map(|(_, around)| around.half_m);
        let limit = lang.cost(made.comparison.limit, made.comparison.measure);
        let pens = Pens::of(ui, cx);
        let scale = half.map(|half| {
            let half = lang.number(half / 1000.0, 0);
            crate::say!(lang, "{half} km åt varje håll. ", "{half} km to each side. ")
        });
        let has_plan = of_places.clone().any(|(place, _)| place.kind == PlaceKind::Plan);
        let own = if has_plan {
            lang.pick(" En plan visas hel, i egen skala.", " A plan is shown whole, at its own scale.")
        } else {
            ""
        };
        let scale = scale.unwrap_or_default();
        let below = crate::say!(
            lang,
            "{scale}Blå rutor når hit inom {limit}.{own}",
            "{scale}Blue cells are within {limit} of it.{own}"
        );
        let title = pens.titled(lang.pick("Omgivningen", "Surroundings"), &below);
        self.name(ui, &galley(ui, title, NAMES - 2.0 * PAD), top);
        for (at, around) in made.surroundings.iter().enumerate() {
            let min = pos2(self.rect.left() + self.widths.left(at) + PAD, top + PAD);
            let rect = Rect::from_min_size(min, vec2(self.widths.column - 2.0 * PAD, MAPS - 2.0 * PAD));
            let painter = ui.painter().with_clip_rect(rect.intersect(self.body()));
            maps::draw(&painter, cx, rect, around);
            let place = made.comparison.places.get(at).map_or("", |place| place.label.as_str());
            let label =
                crate::say!(lang, "Karta över {place} med omgivning", "Map of {place} and its surroundings");
            say(ui, rect.intersect(self.body()), (usize::MAX, at), &label, &below);
        }
    }

    /// The places, above everything.
    fn head(&self, ui: &mut Ui, cx: &Cx<'_>, pens: &Pens, comparison: &Comparison) {
        let lang = cx.lang;
        let band = Rect::from_min_size(self.seen.min, vec2(self.seen.width(), HEAD));
        let seen = Rect::from_min_max(band.min + vec2(NAMES, 0.0), band.max);
        let rule = Stroke::new(1.0, theme::surfaces(cx.theme).line);
        ui.painter().with_clip_rect(self.seen).hline(self.seen.x_range(), band.bottom(), rule);
        for (at, place) in comparison.places.iter().enumerate() {
            let min = pos2(self.rect.left() + self.widths.left(at), band.top());
            let municipality = place.municipality.clone();
            let none = || match place.kind {
                PlaceKind::Plan => place.kind.said(lang),
                _ => lang.pick("ingen kommun", "no municipality").into(),
            };
            let known = municipality.unwrap_or_else(none);
            let is_reference = comparison.reference == Some(at);
            let reference = if is_reference { lang.pick(" · referens", " · reference") } else { "" };
            let below = format!("{known}{reference}");
            let text = galley(ui, pens.titled(&place.label, &below), self.widths.column - 2.0 * PAD - 14.0);
            let painter = ui.painter().with_clip_rect(seen);
            let mark = Rect::from_min_size(min + vec2(PAD, PAD + 4.0), vec2(8.0, 8.0));
            painter.rect_filled(mark, 2.0, theme::place_colour(at, cx.theme));
            painter.galley(min + vec2(PAD + 14.0, PAD), text, ui.visuals().text_color());
            let cell = Rect::from_min_size(min, vec2(self.widths.column, HEAD));
            let label = format!("{}, {}", place.full(), place.kind.said(lang));
            say(ui, cell.intersect(seen), (usize::MAX - 1, at), &label, &place.kind.said(lang));
        }
    }
}

fn paint(ui: &Ui, clip: Rect, at: Pos2, galley: &Arc<Galley>) {
    let area = Rect::from_min_size(at, galley.size());
    if area.intersects(clip) {
        ui.painter().with_clip_rect(clip).galley(at, Arc::clone(galley), ui.visuals().text_color());
    }
}

/// What is read aloud of a part of the sheet, and told under the pointer.
fn say(ui: &mut Ui, rect: Rect, id: (usize, usize), label: &str, hint: &str) {
    let id = ui.scope_id().with(("beside", id));
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, label));
    if !hint.is_empty() {
        response.on_hover_text(hint);
    }
}
