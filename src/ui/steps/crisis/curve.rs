//! How many have what they need over the hours? The curve of those who have it for sure, the band up to the best case, the line of
//! every day, and the changes marked; a click goes to an hour.

use egui::{Color32, Ui};
use egui_plot::{Corner, Legend, Line, Plot, PlotPoints, PlotUi, Points, Polygon, VLine};

use crate::app::Results;
use crate::app::exports::Export;
use crate::app::outage::{Crisis, GroupName, NeedCrisis, band, people};
use crate::lang::{Lang, Said};
use crate::model::outage::HOURS;
use crate::outage::{Case, Counts};
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
    let of = |(hour, both): (usize, &[Vec<Counts>; 2])| {
        [x(hour), both[case as usize].first().map_or(0.0, |all| all.supplied)]
    };
    need.hours.hours.iter().enumerate().map(of).collect()
}

/// What is drawn.
struct Curves {
    worst: Vec<[f64; 2]>,
    best: Vec<[f64; 2]>,
    /// Without what the scenario adds, removes and fuels, where it does.
    before: Option<Vec<[f64; 2]>>,
    everyday: Counts,
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
    let what = need.need.said(lang).to_lowercase();
    muted(ui, say!(lang, "Personer som har {what} inom gränsen", "People with {what} within the threshold"));
    let curves = Curves {
        worst: series(crisis, view, Case::Worst),
        best: series(crisis, view, Case::Best),
        before: shown.before.as_ref().map(|before| series(before, view, Case::Worst)),
        everyday: need.hours.everyday.first().copied().unwrap_or_default(),
    };
    let formatter =
        move |mark: egui_plot::GridMark, _: &std::ops::RangeInclusive<f64>| lang.number(mark.value, 0);
    // Only whole days have a name.
    let days = move |mark: egui_plot::GridMark, _: &std::ops::RangeInclusive<f64>| {
        if mark.step_size < 24.0 || mark.value < 0.0 { String::new() } else { lang.number(mark.value, 0) }
    };
    let x_axis = egui_plot::AxisHints::new_x()
        .label(lang.pick("timmar", "hours"))
        .formatter(days)
        .label_spacing(18.0..=40.0);
    let y_axis = egui_plot::AxisHints::new_y().formatter(formatter).label_spacing(14.0..=28.0);
    let (hour, usual) = (view.crisis.hour, ui.visuals().weak_text_color());
    let every = step_of(curves.everyday.total);
    let response = Plot::new("crisis-curve")
        .legend(Legend::default().position(Corner::RightBottom).background_alpha(0.6))
        .custom_x_axes(vec![x_axis])
        .custom_y_axes(vec![y_axis])
        .x_grid_spacer(egui_plot::uniform_grid_spacer(|_| [24.0; 3]))
        .y_grid_spacer(egui_plot::uniform_grid_spacer(move |_| [every; 3]))
        .include_y(0.0)
        .include_y(curves.everyday.supplied * 1.05)
        .height(ui.available_height())
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .label_formatter(|_| None)
        .show(ui, |plot| {
            draw(plot, cx, &curves, usual);
            plot.vline(VLine::new("", x(hour)).color(theme::SELECTION).width(1.5));
            let at = plot.response().hover_pos().map(|at| hour_at(plot.plot_from_screen(at).x));
            (at, plot.response().clicked())
        });
    let (near, is_clicked) = response.inner;
    if let Some(at) = near {
        if is_clicked {
            view.crisis.hour = at;
        }
        response.response.on_hover_text_at_pointer(told(crisis, need, &curves, at, lang));
    }
}

/// The band, the lines and the hours at which something changes.
fn draw(plot: &mut PlotUi<'_>, cx: &Cx<'_>, curves: &Curves, usual: Color32) {
    let lang = cx.lang;
    let sure = theme::surfaces(cx.theme).accent;
    let band = lang.pick("upp till i bästa fall", "up to the best case");
    for (least, most) in curves.worst.windows(2).zip(&curves.best) {
        let (from, to) = (least[0][0], least[1][0]);
        let (low, high) = (least[0][1], most[1]);
        let corners = vec![[from, low], [to, low], [to, high], [from, high]];
        let quad = Polygon::new(band, PlotPoints::from(corners)).fill_color(sure.gamma_multiply(0.22));
        plot.polygon(quad.stroke(egui::Stroke::NONE).allow_hover(false));
    }
    let every = curves.everyday.supplied;
    let every = PlotPoints::from(vec![[0.0, every], [x(HOURS - 1), every]]);
    let every = Line::new(lang.pick("till vardags", "every day"), every).color(usual).width(1.5);
    plot.line(every.style(egui_plot::LineStyle::dashed_loose()));
    if let Some(before) = &curves.before {
        let name = lang.pick("utan ändringarna", "without the changes");
        plot.line(Line::new(name, stepped(before)).color(Color32::from_rgb(0xb3, 0x7a, 0x00)).width(1.5));
    }
    plot.line(Line::new(lang.pick("säkert", "for sure"), stepped(&curves.worst)).color(sure).width(2.5));
    let is_change = |pair: &&[[f64; 2]]| (pair[0][1] - pair[1][1]).abs() >= 0.5;
    let changes: Vec<[f64; 2]> = curves.worst.windows(2).filter(is_change).map(|pair| pair[1]).collect();
    let name = lang.pick("något ändras", "something changes");
    plot.points(Points::new(name, PlotPoints::from(changes)).color(sure).radius(4.0));
}

/// An hour in words, group by group.
fn told(crisis: &Crisis, need: &NeedCrisis, curves: &Curves, at: usize, lang: Lang) -> String {
    let supplied = band(curves.worst[at][1], curves.best[at][1], lang);
    let (usual, total) = (people(curves.everyday.supplied, lang), people(curves.everyday.total, lang));
    let first = say!(
        lang,
        "Timme {at}: {supplied} av {total} (till vardags {usual})",
        "Hour {at}: {supplied} of {total} (every day {usual})"
    );
    let [least, most] = &need.hours.hours[at];
    let group = |(name, slot): &(GroupName, usize)| {
        let supplied = band(least[*slot].supplied, most[*slot].supplied, lang);
        let of = people(least[*slot].total, lang);
        format!("{}: {supplied} / {of}", name.said(lang))
    };
    let groups = crisis.groups.iter().filter(|(name, _)| *name != GroupName::Everyone).map(group);
    std::iter::once(first).chain(groups).collect::<Vec<_>>().join("\n")
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

/// So many people from one line to the next: a round number, five to ten of which are all.
fn step_of(all: f64) -> f64 {
    let whole = 10f64.powf(all.max(10.0).log10().floor());
    match all / whole {
        few if few < 2.0 => whole / 5.0,
        some if some < 5.0 => whole / 2.0,
        _ => whole,
    }
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
