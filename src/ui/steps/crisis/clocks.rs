//! When does each place work? A row for each place and its bar over the week: works, works with limits, stands still; below a
//! thin one of the best case where that is another.

use egui::{Align2, FontId, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::curve::exports;
use crate::app::Results;
use crate::app::exports::Export;
use crate::app::outage::{Crisis, cause_said, line_said};
use crate::lang::{Lang, Said};
use crate::model::outage::HORIZON_H;
use crate::outage::{Case, Level, Minute, Timeline};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::crisis::colour;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::theme;
use crate::ui::widgets::{muted, row_name};

const NAMES: f32 = 190.0;
const KNOWN: f32 = 230.0;
const ROW: f32 = 26.0;

/// How badly a place is hit, the worst first: minutes that it stands still.
fn hit(line: &Timeline) -> u64 {
    line.stopped.minutes_before(HORIZON_H * 60)
}

/// The places of the need that is looked at, in the order of the list.
fn places(crisis: &Crisis, cx: &Cx<'_>, view: &View) -> Vec<usize> {
    let mut found: Vec<usize> = (0..crisis.places.len())
        .filter(|place| crisis.timelines(*place, view.crisis.need).is_some())
        .filter(|place| cx.is_in_area(view, crisis.places[*place].area))
        .collect();
    let key = |place: &usize| {
        let lines = crisis.timelines(*place, view.crisis.need);
        (lines.map_or(0, |lines| hit(&lines[0])), crisis.places[*place].name.clone())
    };
    found.sort_by_cached_key(key);
    found
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(shown) = &cx.crisis.shown else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    let crisis = &shown.crisis;
    let rows = places(crisis, cx, view);
    if rows.is_empty() {
        muted(ui, lang.pick("Ingen plats i data ger det här.", "No place in the data gives this."));
        return;
    }
    key(ui, lang, |ui| exports(ui, cx, &[Export::CrisisClocks], actions));
    let width = ui.available_width();
    axis(ui, view, width);
    egui::ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, rows.len(), |ui, seen| {
        for place in seen.filter_map(|at| rows.get(at)) {
            row(ui, cx, view, crisis, *place, actions);
        }
    });
}

/// What the colours mean.
fn key(ui: &mut Ui, lang: Lang, more: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        for level in [Level::Works, Level::Limited, Level::Stopped] {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 10.0), Sense::hover());
            ui.painter().rect_filled(rect, 2.0, colour(level));
            ui.label(level.said(lang));
        }
        muted(ui, lang.pick("Tunn linje: i bästa fall.", "Thin line: at best."));
        more(ui);
    });
}

/// Where the bars of a row stand.
fn bars(row: Rect) -> Rect {
    let right = (row.right() - KNOWN).max(row.left() + NAMES + 120.0);
    Rect::from_min_max(pos2(row.left() + NAMES, row.top()), pos2(right, row.bottom()))
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a week on a screen")]
fn at(bars: Rect, minute: Minute) -> f32 {
    let share = minute.min(HORIZON_H * 60) as f32 / (HORIZON_H * 60) as f32;
    bars.left() + bars.width() * share
}

fn axis(ui: &mut Ui, view: &View, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, 16.0), Sense::hover());
    let bars = bars(rect);
    let weak = ui.visuals().weak_text_color();
    // On a narrow bar only every second day has room for its name, or fewer.
    let days = [1, 2, 7].into_iter().find(|days| at(bars, days * 24 * 60) - bars.left() >= 42.0).unwrap_or(7);
    for hour in (0..=7).step_by(days as usize).map(|day: Minute| day * 24) {
        let x = at(bars, hour * 60);
        ui.painter().text(
            pos2(x, rect.center().y),
            Align2::CENTER_CENTER,
            format!("{hour} h"),
            FontId::proportional(11.0),
            weak,
        );
    }
    let x = at(bars, Minute::try_from(view.crisis.hour * 60).unwrap_or(0));
    ui.painter().vline(x, rect.y_range(), Stroke::new(1.5, theme::SELECTION));
}

fn row(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, crisis: &Crisis, place: usize, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(lines) = crisis.timelines(place, view.crisis.need) else { return };
    let of = &crisis.places[place];
    let width = ui.available_width();
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, ROW - ui.spacing().item_spacing.y), Sense::click());
    let selection = Selection::Site(of.site.clone());
    if view.selection.as_ref() == Some(&selection) {
        ui.painter().rect_filled(rect, 3.0, ui.visuals().selection.bg_fill.gamma_multiply(0.5));
    }
    let names = Rect::from_min_max(rect.min, pos2(rect.left() + NAMES - 8.0, rect.bottom()));
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(names).id_salt(("clock", place)));
    let label = say!(lang, "Visa {} på kartan", "Show {} on the map", of.name);
    let is_entered = row_name(&mut inside, &of.name, &label).clicked();
    let bars = bars(rect);
    let minute = Minute::try_from(view.crisis.hour * 60).unwrap_or(0);
    draw(ui, bars, lines);
    ui.painter().vline(at(bars, minute), bars.y_range(), Stroke::new(1.5, theme::SELECTION));
    let now = lines[view.crisis.case as usize].at(minute).copied();
    let text = now.map_or_else(String::new, |change| {
        let why = cause_said(crisis, change.cause, lang);
        if change.level == Level::Works {
            change.level.said(lang)
        } else {
            format!("{} ({})", change.level.said(lang), why.to_lowercase())
        }
    });
    let known = Rect::from_min_max(pos2(bars.right() + 8.0, rect.top()), rect.max);
    let mut inside = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(known)
            .layout(egui::Layout::left_to_right(egui::Align::Center))
            .id_salt(("state", place)),
    );
    inside.add(egui::Label::new(egui::RichText::new(text).small()).truncate());
    if response.clicked() || is_entered {
        actions.push(Action::SelectAndGo(selection, Goal::at(of.place, Some(9.0))));
    }
    if response.hovered() {
        view.pointed = Some(Selection::Site(of.site.clone()));
        response.on_hover_text_at_pointer(told(crisis, place, lines, lang));
    }
}

/// The clock in words, for sure and at best, and what is known of its power.
fn told(crisis: &Crisis, place: usize, lines: &[Timeline; 2], lang: Lang) -> String {
    let of = &crisis.places[place];
    let power = of.power_by.said(lang);
    let tank =
        of.state.own_power.as_ref().filter(|_| of.state.has_own_power != crate::model::outage::Known::No);
    let tank = tank.map_or_else(String::new, |set| {
        let hours = set.tank_h().said(lang);
        say!(lang, "\nTanken räcker {hours} h", "\nThe tank lasts {hours} h")
    });
    let (worst, best) = (line_said(crisis, &lines[0], lang), line_said(crisis, &lines[1], lang));
    let sure = lang.pick("Säkert", "For sure");
    let mut text = format!("{}\n{power}{tank}\n{sure}: {worst}", of.name);
    if worst != best {
        text += &say!(lang, "\nI bästa fall: {best}", "\nAt best: {best}");
    }
    text
}

fn draw(ui: &Ui, bars: Rect, lines: &[Timeline; 2]) {
    let end = HORIZON_H * 60;
    for (case, line) in Case::BOTH.into_iter().zip(lines) {
        if case.is_best() && lines[0].changes == lines[1].changes {
            continue;
        }
        let (top, bottom) = if case.is_best() {
            (bars.bottom() - 5.0, bars.bottom() - 2.0)
        } else {
            (bars.top() + 4.0, bars.bottom() - 7.0)
        };
        for (which, change) in line.changes.iter().enumerate().filter(|(_, change)| change.at < end) {
            let to = line.changes.get(which + 1).map_or(end, |next| next.at);
            let from: Pos2 = pos2(at(bars, change.at), top);
            let span = Rect::from_min_max(from, pos2(at(bars, to).max(from.x + 1.0), bottom));
            ui.painter().rect_filled(span, 1.5, colour(change.level));
        }
    }
}
