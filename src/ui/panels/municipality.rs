//! The sheet of the municipality that is chosen: its figures beside those of its county, its places, its gaps, its best
//! ranked places, and what differs from the printed county table.

use egui::{RichText, Sense, Ui, WidgetInfo, vec2};

use super::card;
use super::common::goal_of_gap;
use crate::app::Results;
use crate::app::municipality::{Best, Figure, GapHere, Sheet, as_text, source_of};
use crate::lang::Said;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::theme::{self, Bold as _};
use crate::ui::widgets::{heading, icon_button, muted, row_name, text_button, warning};

/// The lists stand beside the figures where there is room for both, points.
const BESIDE: f32 = 720.0;
/// So many of a list are shown.
const SHOWN: usize = 8;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(name) = view.area.clone() else { return choose(ui, cx, results, actions) };
    let Some(sheet) = cx.municipal.sheet(&name).cloned() else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    head(ui, cx, &sheet, results, actions);
    egui::ScrollArea::vertical().auto_shrink(false).id_salt("sheet").show(ui, |ui| {
        let room = ui.available_width() - 14.0;
        if room < BESIDE {
            ui.set_max_width(room);
            figures(ui, cx, &sheet, results);
            lists(ui, cx, view, &sheet, actions);
            return;
        }
        ui.horizontal_top(|ui| {
            for (is_figures, width) in [(true, room * 0.6), (false, room * 0.4 - 24.0)] {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    if is_figures {
                        figures(ui, cx, &sheet, results);
                    } else {
                        lists(ui, cx, view, &sheet, actions);
                    }
                });
                ui.add_space(16.0);
            }
        });
    });
}

/// Nothing is chosen yet: one of those that are loaded.
fn choose(ui: &mut Ui, cx: &Cx<'_>, results: &Results, actions: &mut Vec<Action>) {
    muted(ui, cx.lang.pick("Välj en kommun:", "Choose a municipality:"));
    let mut names: Vec<&str> =
        results.areas.iter().filter_map(|row| results.situation.area_name(row.area)).collect();
    names.sort_unstable();
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for name in names {
                let label = say!(cx.lang, "Visa kommunbladet för {name}", "Show the sheet of {name}");
                if row_name(ui, name, &label).clicked() {
                    actions.push(Action::ShowMunicipality(name.to_owned()));
                }
            }
        });
    });
}

/// Which municipality, beside what, and how it is taken along.
fn head(ui: &mut Ui, cx: &Cx<'_>, sheet: &Sheet, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&sheet.name).bold().size(17.0));
        let (beside, note) = (sheet.beside.said(lang), sheet.beside_note.said(lang));
        let code = if sheet.code.is_empty() { String::new() } else { format!("{} · ", sheet.code) };
        muted(ui, say!(lang, "{code}bredvid: {beside}, {note}", "{code}beside it: {beside}, {note}"));
        if icon_button(ui, icons::COPY, lang.pick("Kopiera som tabell", "Copy as table")).clicked() {
            actions.push(Action::CopyRows(as_text(sheet, results, lang), sheet.figures.len()));
        }
    });
}

/// Every figure with the county's, under the heading of its part.
fn figures(ui: &mut Ui, cx: &Cx<'_>, sheet: &Sheet, results: &Results) {
    let lang = cx.lang;
    let beside = sheet.beside.said(lang);
    let heads = [sheet.name.clone(), beside.clone(), lang.pick("andel", "share").to_owned()];
    let mut part = None;
    for figure in &sheet.figures {
        if part != Some(figure.part) {
            part = Some(figure.part);
            ui.add_space(8.0);
            row(ui, &figure.part.said(lang), &heads, true);
        }
        let share = figure.share().map_or_else(String::new, |share| lang.percent(share));
        let values = [figure.said(figure.own, lang), figure.said(figure.beside, lang), share];
        let label = label(figure, sheet, &values, cx);
        let response = row(ui, &figure.name.said(lang), &values, false);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, label.clone()));
        response.on_hover_ui(|ui| {
            ui.label(source_of(figure, results, lang));
        });
    }
}

/// A figure as it is read aloud.
fn label(figure: &Figure, sheet: &Sheet, values: &[String; 3], cx: &Cx<'_>) -> String {
    let (name, beside) = (figure.name.said(cx.lang), sheet.beside.said(cx.lang));
    let part = figure.part.said(cx.lang);
    let [own, other, share] = values;
    let share = if share.is_empty() { String::new() } else { format!(", {share}") };
    format!("{part}, {name}: {} {own}, {beside} {other}{share}", sheet.name)
}

/// A name with three values at the right, each in its column.
fn row(ui: &mut Ui, name: &str, values: &[String; 3], is_head: bool) -> egui::Response {
    let width = ui.available_width();
    let columns = [width * 0.19, width * 0.21, width * 0.15];
    let colour = if is_head { ui.visuals().weak_text_color() } else { ui.visuals().text_color() };
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::FontId::proportional(theme::UNIT);
    let (bold, of_values) = (theme::bold_font(body.size), if is_head { small } else { body.clone() });
    let taken: f32 = columns.iter().sum();
    let strong = ui.visuals().text_color();
    let font = if is_head { bold } else { body };
    let name = ui.painter().layout(name.to_owned(), font, strong, (width - taken - 8.0).max(60.0));
    let lay = |(text, room): (&String, f32)| {
        ui.painter().layout(text.clone(), of_values.clone(), colour, (room - 8.0).max(30.0))
    };
    let values: Vec<_> = values.iter().zip(columns).map(lay).collect();
    let tallest = values.iter().map(|galley| galley.size().y).fold(name.size().y, f32::max);
    let (rect, response) = ui.allocate_exact_size(vec2(width, tallest + 2.0), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let mut right = rect.left() + width - taken;
    ui.painter().galley(rect.min + vec2(0.0, 1.0), name, strong);
    for (galley, room) in values.into_iter().zip(columns) {
        right += room;
        let at = egui::pos2(right - galley.size().x, rect.top() + 1.0);
        ui.painter().galley(at, galley, colour);
    }
    if is_head {
        let line = egui::Stroke::new(1.0, ui.visuals().widgets.noninteractive.bg_stroke.color);
        ui.painter().hline(rect.x_range(), rect.bottom() + 1.0, line);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 2.0, ui.visuals().widgets.hovered.bg_fill.gamma_multiply(0.15));
    }
    response
}

/// What differs from the print, the places, the best ranked, the gaps.
fn lists(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, sheet: &Sheet, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if !sheet.remarks.is_empty() {
        heading(ui, lang.pick("Mot den tryckta länstabellen", "Against the printed county table"));
        for remark in &sheet.remarks {
            warning(ui, cx.theme, remark.said(lang));
        }
    }
    heading(ui, lang.pick("SOT-platser och uppföljning", "SOT places and follow-up"));
    if sheet.cards.is_empty() {
        muted(ui, lang.pick("Ingen plats följs här.", "No place is followed here."));
    }
    for of in &sheet.cards {
        card::line(ui, cx, view, of, actions);
    }
    if !sheet.best.is_empty() {
        heading(ui, lang.pick("Högst i rangordningen", "Highest in the ranking"));
        for best in sheet.best.iter().take(SHOWN) {
            ranked(ui, cx, best, sheet.ranked, actions);
        }
        more(ui, cx, sheet.best.len());
    }
    let kind = view.kind;
    let gaps: Vec<&GapHere> = sheet.gaps.iter().filter(|gap| gap.kind == kind).collect();
    let name = kind.said(lang);
    heading(ui, &say!(lang, "Luckor: {name}", "Gaps: {name}"));
    if gaps.is_empty() {
        muted(ui, lang.pick("Ingen lucka rör kommunen.", "No gap touches the municipality."));
    }
    for of in gaps.iter().take(SHOWN) {
        gap(ui, cx, of, actions);
    }
    more(ui, cx, gaps.len());
}

/// How many of a list are not shown.
fn more(ui: &mut Ui, cx: &Cx<'_>, count: usize) {
    if let Some(more) = count.checked_sub(SHOWN).filter(|more| *more > 0) {
        let more = cx.lang.count(more);
        muted(ui, say!(cx.lang, "… och {more} till", "… and {more} more"));
    }
}

/// A place with its rank; a click chooses it.
fn ranked(ui: &mut Ui, cx: &Cx<'_>, best: &Best, of: usize, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if text_button(ui, &best.name).clicked() {
        let selection = Selection::Site(best.site.clone());
        actions.push(Action::SelectAndGo(selection, Goal::at(best.place, None)));
    }
    let (rank, of) = (lang.count(best.rank), lang.count(of));
    let (score, verdict) = (lang.number(best.score * 100.0, 1), best.verdict.said(lang));
    muted(
        ui,
        say!(
            lang,
            "rang {rank} av {of}, {score} av 100 · {verdict}",
            "rank {rank} of {of}, {score} of 100 · {verdict}"
        ),
    );
}

/// A gap with the people of the municipality in it; a click shows it.
fn gap(ui: &mut Ui, cx: &Cx<'_>, of: &GapHere, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let number = lang.count(of.at + 1);
    let response = text_button(ui, &say!(lang, "Lucka {number}", "Gap {number}"));
    let origin = cx
        .results()
        .and_then(|results| results.situation.demand.origins.get(usize::try_from(of.first).ok()?).copied());
    if response.clicked()
        && let Some((origin, goal)) = origin.zip(goal_of_gap(cx, of.kind, of.at))
    {
        actions.push(Action::SelectAndGo(Selection::Gap(of.kind, origin), goal));
    }
    let (here, all) = (lang.persons(of.people_here), lang.people(of.people));
    let measure = cx.results().map_or_else(Default::default, Results::measure);
    let far = match of.max {
        Some(max) => {
            let max = lang.cost(max, measure);
            say!(lang, ", upp till {max}", ", up to {max}")
        }
        None => String::new(),
    };
    let text = if of.people_here == of.people {
        format!("{here}{far}")
    } else {
        say!(lang, "{here} här av {all} i hela luckan{far}", "{here} here of {all} in the whole gap{far}")
    };
    muted(ui, text);
}
