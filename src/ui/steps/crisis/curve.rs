//! How many have what they need over the hours? The curve of those who have it for sure, the band up to the best case, the line of
//! every day, and the changes marked; a click goes to an hour.

use egui::{Color32, Ui};
use egui_plot::{Corner, Legend, Line, Plot, PlotPoints, Points, Polygon, VLine};

use super::answer::{band, people};
use crate::app::Results;
use crate::app::exports::Export;
use crate::app::outage::{Crisis, GroupName};
use crate::lang::Said;
use crate::model::outage::HOURS;
use crate::outage::Case;
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::theme;
use crate::ui::widgets::{icon_button, muted};

/// An hour as a number on an axis.
#[expect(clippy::cast_precision_loss, reason = "hours of a week")]
const fn x(hour: usize) -> f64 {
    hour as f64
}

/// The hour nearest to a place on the axis.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held within a week")]
fn hour_at(x: f64) -> usize {
    x.round().clamp(0.0, 168.0) as usize
}

/// The people supplied of a crisis, by hour.
fn series(crisis: &Crisis, view: &View, case: Case) -> Vec<[f64; 2]> {
    let Some(need) = crisis.need(view.crisis.need) else { return Vec::new() };
    let of = |(hour, both): (usize, &[Vec<crate::outage::Counts>; 2])| {
        [x(hour), both[case as usize].first().map_or(0.0, |all| all.supplied)]
    };
    need.hours.hours.iter().enumerate().map(of).collect()
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(shown) = &cx.crisis.shown else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    exports(ui, cx, &[Export::CrisisHours, Export::CrisisHour], actions);
    let crisis = &shown.crisis;
    let Some(need) = crisis.need(view.crisis.need) else { return };
    let (worst, best) = (series(crisis, view, Case::Worst), series(crisis, view, Case::Best));
    let before = shown.before.as_ref().map(|before| series(before, view, Case::Worst));
    let everyday = need.hours.everyday.first().copied().unwrap_or_default();
    let changes: Vec<[f64; 2]> =
        worst.windows(2).filter(|pair| (pair[0][1] - pair[1][1]).abs() >= 0.5).map(|pair| pair[1]).collect();
    let (sure, usual) = (theme::surfaces(cx.theme).accent, ui.visuals().weak_text_color());
    let names = [
        lang.pick("säkert", "for sure"),
        lang.pick("upp till i bästa fall", "up to the best case"),
        lang.pick("till vardags", "every day"),
        lang.pick("utan ändringarna", "without the changes"),
        lang.pick("något ändras", "something changes"),
    ];
    let formatter =
        move |mark: egui_plot::GridMark, _: &std::ops::RangeInclusive<f64>| lang.number(mark.value, 0);
    let x_axis = egui_plot::AxisHints::new_x()
        .label(lang.pick("timmar", "hours"))
        .formatter(formatter)
        .label_spacing(18.0..=40.0);
    let y_axis = egui_plot::AxisHints::new_y()
        .label(say!(lang, "personer som har {}", "people with {}", need.need.said(lang).to_lowercase()))
        .formatter(formatter)
        .label_spacing(14.0..=28.0);
    let hour = view.crisis.hour;
    let response = Plot::new("crisis-curve")
        .legend(Legend::default().position(Corner::RightBottom).background_alpha(0.6))
        .custom_x_axes(vec![x_axis])
        .custom_y_axes(vec![y_axis])
        .x_grid_spacer(egui_plot::uniform_grid_spacer(|_| [168.0, 24.0, 6.0]))
        .include_y(0.0)
        .include_y(everyday.supplied * 1.05)
        .height(ui.available_height())
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .label_formatter(|_| None)
        .show(ui, |plot| {
            let faint = sure.gamma_multiply(0.22);
            for pair in 0..HOURS - 1 {
                let (a, b) = (worst[pair], worst[pair + 1]);
                let (c, d) = (best[pair + 1], best[pair]);
                let quad = Polygon::new(
                    names[1],
                    PlotPoints::from(vec![[a[0], a[1]], [b[0], a[1]], [c[0], d[1]], [d[0], d[1]]]),
                );
                let _ = (b, c);
                plot.polygon(quad.fill_color(faint).stroke(egui::Stroke::NONE).allow_hover(false));
            }
            plot.line(
                Line::new(
                    names[2],
                    PlotPoints::from(vec![[0.0, everyday.supplied], [x(HOURS - 1), everyday.supplied]]),
                )
                .color(usual)
                .width(1.5)
                .style(egui_plot::LineStyle::dashed_loose()),
            );
            if let Some(before) = &before {
                plot.line(
                    Line::new(names[3], stepped(before))
                        .color(Color32::from_rgb(0xb3, 0x7a, 0x00))
                        .width(1.5),
                );
            }
            plot.line(Line::new(names[0], stepped(&worst)).color(sure).width(2.5));
            plot.points(Points::new(names[4], PlotPoints::from(changes.clone())).color(sure).radius(4.0));
            plot.vline(VLine::new("", x(hour)).color(theme::SELECTION).width(1.5));
            let at = plot.response().hover_pos().map(|at| hour_at(plot.plot_from_screen(at).x));
            (at, plot.response().clicked())
        });
    let (near, is_clicked) = response.inner;
    if let Some(at) = near {
        if is_clicked {
            view.crisis.hour = at;
        }
        let supplied = band(worst[at][1], best[at][1], lang);
        let (usual, total) = (people(everyday.supplied, lang), people(everyday.total, lang));
        let mut text = say!(
            lang,
            "Timme {at}: {supplied} av {total} (till vardags {usual})",
            "Hour {at}: {supplied} of {total} (every day {usual})"
        );
        for (name, slot) in crisis.groups.iter().filter(|(name, _)| *name != GroupName::Everyone) {
            let [least, most] = &need.hours.hours[at];
            let supplied = band(least[*slot].supplied, most[*slot].supplied, lang);
            let of = people(least[*slot].total, lang);
            text += &format!("\n{}: {supplied} / {of}", name.said(lang));
        }
        response.response.on_hover_text_at_pointer(text);
    }
}

/// What of it can be written to files.
pub(super) fn exports(ui: &mut Ui, cx: &Cx<'_>, all: &[Export], actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        for export in all {
            let text = format!("{}…", export.said(cx.lang));
            if icon_button(ui, icons::EXPORT, &text).clicked() {
                actions.push(Action::File(FileAction::AskExport(*export)));
            }
        }
    });
}

/// A line that stays until the next hour.
fn stepped(points: &[[f64; 2]]) -> PlotPoints<'static> {
    let mut out = Vec::with_capacity(points.len() * 2);
    for pair in points.windows(2) {
        out.push(pair[0]);
        out.push([pair[1][0], pair[0][1]]);
    }
    out.extend(points.last().copied());
    PlotPoints::from(out)
}
