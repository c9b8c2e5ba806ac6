//! How many people have how far? Bars by distance in the colours of the map, the threshold as a line that is dragged.

use egui::{Align2, CursorIcon, FontId, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::travel::with_limit;
use crate::app::Results;
use crate::app::command::Command;
use crate::app::telling::words::short_number;
use crate::lang::Lang;
use crate::model::ServiceKind;
use crate::say;
use crate::scene::classes::{Scale, cost_class};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::theme;
use crate::ui::widgets::{focus_ring, muted};
use crate::units::{Cost, Measure, People};

const BINS: usize = 32;
const HEIGHT: f32 = 92.0;
const AXIS: f32 = 18.0;

/// What the bars stand for.
struct Bars {
    measure: Measure,
    /// The whole width, in the unit.
    up_to: f64,
    people: [People; BINS],
    /// Farther than the width.
    beyond: People,
}

impl Bars {
    fn of(results: &Results, kind: ServiceKind, cx: &Cx<'_>, view: &View) -> Option<Self> {
        let measure = results.measure();
        let result = results.kind(kind)?;
        let limit = measure.in_units(results.limit());
        // The width does not follow the threshold while that is dragged.
        let usual = if measure == Measure::Distance { 30.0 } else { 40.0 };
        let up_to =
            [1.0, 2.0, 4.0, 8.0, 16.0].map(|times| usual * times).into_iter().find(|w| *w >= limit * 1.2);
        let up_to = up_to.unwrap_or(limit * 2.0);
        let mut bars = Self { measure, up_to, people: [People::ZERO; BINS], beyond: People::ZERO };
        let demand = &results.situation.demand;
        let Some(area) = cx.area_chosen(view).and_then(|row| row.area) else {
            // Of everybody the result knows the distribution: no cell is looked at.
            let within = |end: f64| result.coverage.spread.people_within(measure.from_units(end));
            for bin in 0..BINS {
                let [from, to] = bars.ends(bin);
                bars.people[bin] = within(to) - if bin == 0 { People::ZERO } else { within(from) };
            }
            bars.beyond = result.coverage.spread.people() - within(up_to);
            return Some(bars);
        };
        for cell in (0..demand.len()).filter(|cell| demand.areas[*cell] == Some(area)) {
            let Some((_, cost)) = result.coverage.nearest.cost(cell, 0) else { continue };
            bars.add(measure.in_units(cost), demand.people[cell]);
        }
        Some(bars)
    }

    fn add(&mut self, at: f64, people: People) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a few bars"
        )]
        let bin = (at / self.up_to * BINS as f64) as usize;
        match self.people.get_mut(bin) {
            Some(bar) => *bar += people,
            None => self.beyond += people,
        }
    }

    /// From where to where a bar reaches, in the unit.
    #[expect(clippy::cast_precision_loss, reason = "a few bars")]
    fn ends(&self, bin: usize) -> [f64; 2] {
        [bin, bin + 1].map(|at| at as f64 / BINS as f64 * self.up_to)
    }
}

/// The bars; a drag of the line sets the threshold.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(bars) = Bars::of(results, view.kind, cx, view) else { return };
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT + AXIS), Sense::click_and_drag());
    let plot = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - AXIS));
    let parameters = &cx.session.project().parameters;
    let limit = bars.measure.in_units(parameters.limit(bars.measure));
    let unit = bars.measure.unit();
    draw(ui, cx, &bars, plot, limit);
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    let line = plot.left() + (limit / bars.up_to) as f32 * plot.width();
    let near_line = |x: f32| (x - line).abs() < 8.0;
    let is_held = response.dragged() || response.hover_pos().is_some_and(|at| near_line(at.x));
    if is_held {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    handle(ui, cx, plot, line, is_held, &format!("{} {unit}", short_number(lang, limit)));
    let text = say!(
        lang,
        "Fördelning av avståndet; dra linjen för att ändra gränsen ({} {unit})",
        "Distribution of the distance; drag the line to change the threshold ({} {unit})",
        short_number(lang, limit)
    );
    response.widget_info(|| WidgetInfo::slider(true, limit, text.clone()));
    focus_ring(ui, &response);
    let origin = ui.input(|input| input.pointer.press_origin());
    // Once held, the line leaves the pointer's first place behind.
    let is_line = view.reach.holds_threshold || origin.is_some_and(|at| near_line(at.x));
    view.reach.holds_threshold = response.dragged() && is_line;
    if let Some(value) = by_keys(ui, &response, limit) {
        let changed = Command::SetParameters(Box::new(with_limit(parameters, bars.measure, value)));
        actions.push(Action::EditBy(response.id, changed));
    }
    if response.dragged()
        && is_line
        && let Some(at) = response.interact_pointer_pos()
    {
        let part = f64::from(((at.x - plot.left()) / plot.width()).clamp(0.01, 1.0));
        // Halves of a unit: nobody means 9.83 km.
        let value = (part * bars.up_to * 2.0).round().max(1.0) / 2.0;
        if (value - limit).abs() > 1e-9 {
            let changed = Command::SetParameters(Box::new(with_limit(parameters, bars.measure, value)));
            actions.push(Action::EditBy(response.id, changed));
        }
    } else if let Some(at) = response.hover_pos().filter(|at| plot.contains(*at) && !is_held) {
        let part = (at.x - plot.left()) / plot.width();
        let told = told(&bars, part, lang);
        // Its cells stand out on the map.
        let cost = Cost::new(f64::from(part) * bars.up_to);
        view.map.pointed_class[0] = Some(cost_class(cost, Cost::new(limit)));
        response.clone().on_hover_text_at_pointer(told);
    }
    if bars.beyond > People::ZERO {
        let (people, end) = (lang.persons(bars.beyond), short_number(lang, bars.up_to));
        let text = say!(
            lang,
            "Utanför bilden: {people} har längre än {end} {unit}.",
            "Beyond the picture: {people} with more than {end} {unit}."
        );
        muted(ui, text);
    }
}

/// The threshold after an arrow key, half a unit a press.
fn by_keys(ui: &Ui, response: &egui::Response, limit: f64) -> Option<f64> {
    if !response.has_focus() {
        return None;
    }
    ui.memory_mut(|memory| {
        let arrows = egui::EventFilter { horizontal_arrows: true, ..Default::default() };
        memory.set_focus_lock_filter(response.id, arrows);
    });
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    match (pressed(egui::Key::ArrowRight), pressed(egui::Key::ArrowLeft)) {
        (true, _) => Some(limit + 0.5),
        (_, true) => Some((limit - 0.5).max(0.5)),
        _ => None,
    }
}

/// What the bar pointed at says.
fn told(bars: &Bars, part: f32, lang: Lang) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few bars"
    )]
    let bin = ((part * BINS as f32) as usize).min(BINS - 1);
    let [from, to] = bars.ends(bin).map(|end| lang.number(end, 1));
    let (people, unit) = (lang.persons(bars.people[bin]), bars.measure.unit());
    say!(lang, "{from}–{to} {unit}: {people}", "{from}–{to} {unit}: {people}")
}

fn draw(ui: &Ui, cx: &Cx<'_>, bars: &Bars, plot: Rect, limit: f64) {
    let (painter, lang) = (ui.painter(), cx.lang);
    let most = bars.people.iter().map(|people| people.value()).fold(1.0, f64::max);
    let palette = Scale::Distance.palette(cx.theme);
    #[expect(clippy::cast_precision_loss, reason = "a few bars")]
    let side = plot.width() / BINS as f32;
    for (at, people) in (0u8..).zip(&bars.people) {
        let [from, to] = bars.ends(usize::from(at));
        let class = cost_class(Cost::new(f64::midpoint(from, to)), Cost::new(limit));
        // The root: a town of many would leave nothing to see of those who have far.
        #[expect(clippy::cast_possible_truncation, reason = "screen points")]
        let height = (people.value() / most).sqrt() as f32 * (plot.height() - 16.0);
        let left = plot.left() + f32::from(at) * side;
        let bar =
            Rect::from_min_max(pos2(left, plot.bottom() - height), pos2(left + side - 1.0, plot.bottom()));
        painter.rect_filled(bar, 1.0, theme::colour(palette[usize::from(class)]));
    }
    let weak = ui.visuals().weak_text_color();
    painter.line_segment([plot.left_bottom(), plot.right_bottom()], Stroke::new(1.0, weak));
    let font = FontId::proportional(theme::UNIT);
    let y = plot.bottom() + 2.0;
    for (part, align) in [(0.0, Align2::LEFT_TOP), (0.5, Align2::CENTER_TOP), (1.0, Align2::RIGHT_TOP)] {
        let x = plot.left() + part * plot.width();
        let value = short_number(lang, f64::from(part) * bars.up_to);
        let text = if part > 0.9 { format!("{value} {}", bars.measure.unit()) } else { value };
        painter.text(pos2(x, y), align, text, font.clone(), weak);
    }
}

/// The line of the threshold, with its grip and what it is.
fn handle(ui: &Ui, cx: &Cx<'_>, plot: Rect, x: f32, is_held: bool, text: &str) {
    let colour = if is_held { theme::SELECTION } else { theme::gap_line(cx.theme) };
    let painter = ui.painter();
    let top = plot.top() + 14.0;
    painter.line_segment([pos2(x, top), pos2(x, plot.bottom())], Stroke::new(1.5, colour));
    painter.circle_filled(pos2(x, top), 4.0, colour);
    let font = theme::bold_font(theme::UNIT);
    let galley = painter.layout_no_wrap(text.to_owned(), font, ui.visuals().text_color());
    let left = (x - galley.size().x / 2.0).clamp(plot.left(), plot.right() - galley.size().x);
    painter.galley(pos2(left, plot.top() - 4.0), galley, ui.visuals().text_color());
}
