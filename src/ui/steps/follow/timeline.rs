//! What is planned and done when? A row for each place: what is planned as a bar with its margin, what is done as a dot,
//! and where today is.

use egui::{Align2, FontId, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};
use jiff::civil::Date;

use super::looked_at::{board_of, is_wanted};
use crate::app::Results;
use crate::app::following::{Card, day_of};
use crate::lang::{Lang, Said};
use crate::model::process::{Follow, Timing, When, days_between, timing};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::panels::card;
use crate::ui::state::{Selection, View};
use crate::ui::theme;
use crate::ui::widgets::{muted, row_name};

/// Width of the names, points.
const NAMES: f32 = 150.0;
const ROW: f32 = 30.0;

/// Something with a date.
struct Mark {
    from: Date,
    to: Date,
    /// As late as this it is not late.
    margin: Option<Date>,
    kind: Kind,
    words: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Status,
    Planned,
    Late,
    Done,
}

/// Everything of a place that has a date.
fn marks(of: &Card, noted: Option<&Follow>, today: Date, lang: Lang) -> Vec<Mark> {
    let mark = |when: When, margin, kind, words| Mark {
        from: when.first_day(),
        to: when.last_day(),
        margin,
        kind,
        words,
    };
    let mut all = Vec::new();
    if let Some(when) = When::parse(&of.date) {
        all.push(mark(when, None, Kind::Status, of.status_said(lang)));
    }
    for (step, noted) in noted.into_iter().flat_map(|noted| &noted.steps) {
        let name = step.said(lang);
        if let Some(when) = noted.planned.filter(|_| !noted.state.is_over()) {
            let weeks = noted.margin_weeks.unwrap_or(0);
            let is_late = matches!(timing(noted, today), Some(Timing::Late(_)));
            let kind = if is_late { Kind::Late } else { Kind::Planned };
            let date = when.said(lang);
            let words = say!(
                lang,
                "{name}: planerat till {date}, marginal {weeks} veckor",
                "{name}: planned for {date}, margin {weeks} weeks"
            );
            all.push(mark(when, Some(when.last_day_with(weeks)), kind, words));
        }
        if let Some(when) = noted.done {
            let date = when.said(lang);
            all.push(mark(when, None, Kind::Done, say!(lang, "{name}: klart {date}", "{name}: done {date}")));
        }
    }
    all
}

/// Days to points.
struct Axis {
    first: Date,
    days: f32,
    left: f32,
    width: f32,
}

impl Axis {
    #[expect(clippy::cast_precision_loss, reason = "days of some decades")]
    fn new(marks: impl Iterator<Item = (Date, Date)>, today: Date, rect: Rect) -> Self {
        let (mut first, mut last) = (today, today);
        for (from, to) in marks {
            (first, last) = (first.min(from), last.max(to));
        }
        let first = Date::new(first.year(), 1, 1).unwrap_or(first);
        let last = Date::new(last.year(), 12, 31).unwrap_or(last);
        let days = days_between(first, last).max(1) as f32;
        Self { first, days, left: rect.left(), width: rect.width() }
    }

    #[expect(clippy::cast_precision_loss, reason = "days of some decades")]
    fn x(&self, day: Date) -> f32 {
        self.left + self.width * days_between(self.first, day) as f32 / self.days
    }
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let today = day_of(cx.today);
    let board = board_of(cx);
    let project = cx.session.project();
    let rows: Vec<(&Card, Vec<Mark>)> = board
        .cards
        .iter()
        .filter(|card| is_wanted(view, card))
        .map(|card| (card, marks(card, project.follow(&card.site), today, lang)))
        .filter(|(_, marks)| !marks.is_empty())
        .collect();
    if rows.is_empty() || today == Date::MIN {
        muted(ui, lang.pick("Här finns inga datum att visa.", "There are no dates to show here."));
        return;
    }
    muted(
        ui,
        lang.pick(
            "Ring: statusens datum. Stapel: planerat, ljusare del: marginal. Punkt: klart. Linje: i dag.",
            "Ring: date of the status. Bar: planned, paler part: margin. Dot: done. Line: today.",
        ),
    );
    let room = ui.available_rect_before_wrap();
    let plot =
        Rect::from_min_max(pos2(room.left() + NAMES, room.top()), pos2(room.right() - 20.0, room.bottom()));
    let spans = rows
        .iter()
        .flat_map(|(_, marks)| marks.iter().map(|mark| (mark.from, mark.margin.unwrap_or(mark.to))));
    let axis = Axis::new(spans, today, plot);
    years(ui, &axis, today, plot, lang);
    ui.add_space(20.0);
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (card, marks) in &rows {
            row(ui, cx, view, (card, marks), &axis, actions);
        }
    });
}

/// The first day of each year, and today.
fn years(ui: &Ui, axis: &Axis, today: Date, plot: Rect, lang: Lang) {
    let weak = ui.visuals().weak_text_color();
    let font = FontId::proportional(12.0);
    let line = |x: f32, stroke: Stroke| {
        ui.painter().line_segment([pos2(x, plot.top() + 16.0), pos2(x, plot.bottom())], stroke);
    };
    let now = axis.x(today);
    let words = lang.pick("i dag", "today");
    let today_rect = ui.painter().text(
        pos2(now, plot.top()),
        Align2::CENTER_TOP,
        words,
        font.clone(),
        ui.visuals().text_color(),
    );
    line(now, Stroke::new(1.5, ui.visuals().hyperlink_color));
    let mut free_from = plot.left() - 20.0;
    for year in axis.first.year()..=axis.first.year().saturating_add(200) {
        let Ok(day) = Date::new(year, 1, 1) else { return };
        let x = axis.x(day);
        if x > plot.right() {
            return;
        }
        line(x, Stroke::new(1.0, weak.gamma_multiply(0.4)));
        let text = Rect::from_center_size(pos2(x, plot.top() + 8.0), vec2(34.0, 16.0));
        // A year that would lie over another or over today is a line alone.
        if text.left() > free_from && !text.intersects(today_rect.expand(3.0)) {
            ui.painter().text(pos2(x, plot.top()), Align2::CENTER_TOP, year.to_string(), font.clone(), weak);
            free_from = text.right() + 6.0;
        }
    }
}

fn row(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    (card, marks): (&Card, &[Mark]),
    axis: &Axis,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let selection = Selection::Site(card.site.clone());
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        let name = ui.allocate_ui(vec2(NAMES - 30.0, ROW), |ui| {
            ui.set_width(NAMES - 30.0);
            row_name(ui, &card.name, &say!(lang, "Öppna {}", "Open {}", card.name))
        });
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        if name.inner.clicked() {
            actions.push(card::opened(card));
        }
        for (at, mark) in marks.iter().enumerate() {
            let shape = draw(ui, cx, mark, axis, rect.center().y);
            let id = ui.scope_id().with((card.site.text(), at));
            let response = ui.interact(shape.expand(3.0), id, Sense::hover());
            let words = format!("{}: {}", card.name, mark.words);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.clone()));
            if response.hovered() {
                view.pointed = Some(selection.clone());
            }
            response.on_hover_text(&mark.words);
        }
    });
}

/// The mark, and where it lies.
fn draw(ui: &Ui, cx: &Cx<'_>, mark: &Mark, axis: &Axis, y: f32) -> Rect {
    const HALF: f32 = 5.0;
    let of = theme::surfaces(cx.theme);
    let painter = ui.painter();
    let (from, to) = (axis.x(mark.from), axis.x(mark.to));
    let middle: Pos2 = pos2(f32::midpoint(from, to), y);
    match mark.kind {
        Kind::Status => {
            painter.circle_stroke(middle, HALF, Stroke::new(1.5, ui.visuals().text_color()));
            Rect::from_center_size(middle, vec2(HALF * 2.0, HALF * 2.0))
        }
        Kind::Done => {
            painter.circle_filled(middle, HALF, ui.visuals().text_color());
            Rect::from_center_size(middle, vec2(HALF * 2.0, HALF * 2.0))
        }
        Kind::Planned | Kind::Late => {
            let colour = if mark.kind == Kind::Late { theme::warning_colour(cx.theme) } else { of.accent };
            let bar = Rect::from_min_max(pos2(from, y - HALF), pos2(to.max(from + 4.0), y + HALF));
            let end = mark.margin.map_or(bar.right(), |day| axis.x(day)).max(bar.right());
            let margin = Rect::from_min_max(bar.right_top(), pos2(end, y + HALF));
            painter.rect_filled(margin, 0.0, colour.gamma_multiply(0.35));
            painter.rect_filled(bar, 2.0, colour);
            bar.union(margin)
        }
    }
}
