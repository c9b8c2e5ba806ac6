//! What does one more place gain, and what is traded for what? Curves whose points are plans; a click shows one.

use crate::ui::theme::Bold as _;
use egui::{RichText, Ui};
use egui_plot::{Line, Plot, PlotPoint, PlotUi, Points};

use crate::app::siting::Posed;
use crate::app::siting::decide::{CurvePoint, pareto};
use crate::app::telling::planning;
use crate::app::work::planner::{Ask, Job, Pick, Series};
use crate::lang::{Lang, Said};
use crate::location::Objective;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{PlanPlot, PlanState};
use crate::ui::theme;
use crate::ui::widgets::{choice, icon_button, muted};

/// A point of a plot and the plan behind it.
#[derive(Clone)]
struct Dot {
    at: [f64; 2],
    pick: Pick,
    text: String,
    is_proven: bool,
    is_front: bool,
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut PlanState, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(answered) = &cx.planner.answer else { return super::common::not_asked(ui, cx) };
    ui.horizontal_wrapped(|ui| {
        if cx.planner.is_drawing_curve() {
            ui.spinner();
            if icon_button(
                ui,
                icons::CLOSE,
                lang.pick("Avbryt, behåll det som finns", "Stop, keep what is there"),
            )
            .clicked()
            {
                actions.push(Action::Plan(Ask::Stop(Job::Curve)));
            }
        } else if icon_button(ui, icons::PLAN, lang.pick("Räkna kurvorna", "Compute the curves")).clicked() {
            actions.push(Action::Plan(Ask::Curve));
        }
        for plot in PlanPlot::ALL {
            let name = match plot {
                PlanPlot::Value => lang.pick("Målet", "The goal"),
                PlanPlot::People => lang.pick("Människor inom gränsen", "People within"),
                PlanPlot::Worst => lang.pick("Längsta avstånd", "Longest distance"),
                PlanPlot::Pareto => lang.pick("Mot varandra (Pareto)", "Against each other (Pareto)"),
            };
            let label = say!(lang, "Kurva: {name}", "Curve: {name}");
            if choice(ui, state.plot == plot, name, &label).clicked() {
                state.plot = plot;
            }
        }
    });
    let lines = answered.curves.read(|series| lines(cx, state.plot, series));
    if lines.iter().all(|(_, dots)| dots.is_empty()) {
        muted(
            ui,
            lang.pick(
                "Den bästa planen för varje antal platser, en punkt i taget; varje punkt är en plan som kan visas på kartan.",
                "The best plan of each number of places, point by point; each point is a plan that can be shown on the map.",
            ),
        );
        return;
    }
    let table_width = 250.0;
    ui.horizontal_top(|ui| {
        let plot_width = (ui.available_width() - table_width).max(240.0);
        ui.allocate_ui(egui::vec2(plot_width, ui.available_height()), |ui| {
            plot(ui, cx, state, &lines, actions);
        });
        egui::ScrollArea::vertical().id_salt("points").auto_shrink(false).show(ui, |ui| {
            ui.vertical(|ui| points(ui, cx, &lines, actions));
        });
    });
}

/// The points of a plot, line by line.
fn lines(cx: &Cx<'_>, plot: PlanPlot, series: &[Series]) -> Vec<(Objective, Vec<Dot>)> {
    let mut out = Vec::new();
    for (at, of) in series.iter().enumerate() {
        let objective = of.posed.problem.objective;
        let is_shown = match plot {
            PlanPlot::Value => at == 0,
            _ => true,
        };
        if is_shown {
            let dots = of.points.iter().enumerate();
            let dots = dots.filter_map(|(at, point)| dot(cx, plot, of, point, at.checked_sub(1)));
            out.push((objective, dots.collect::<Vec<Dot>>()));
        }
    }
    if plot == PlanPlot::Pareto {
        let of = |dot: &Dot| {
            let count = if let Pick::Point(_, count) = dot.pick { count } else { 0 };
            (count, dot.at[1], dot.at[0])
        };
        let all: Vec<_> = out.iter().flat_map(|(_, dots)| dots.iter().map(of)).collect();
        let front = pareto(&all);
        for (dot, is_front) in out.iter_mut().flat_map(|(_, dots)| dots.iter_mut()).zip(front) {
            dot.is_front = is_front;
        }
    }
    out
}

fn dot(cx: &Cx<'_>, plot: PlanPlot, of: &Series, point: &CurvePoint, before: Option<usize>) -> Option<Dot> {
    let lang = cx.lang;
    let posed: &Posed = &of.posed;
    let figures = point.figures.as_ref()?;
    let count = super::common::to_f64(point.count);
    let value = posed.value(point.answer.plan()?.value);
    let worst = posed.measure.in_units(figures.worst?);
    let at = match plot {
        PlanPlot::Value => [count, value],
        PlanPlot::People => [count, figures.people_within],
        PlanPlot::Worst => [count, worst],
        PlanPlot::Pareto => [worst, figures.people_within],
    };
    let objective = posed.problem.objective;
    let earlier = before.and_then(|at| of.points.get(at)).and_then(|point| point.answer.plan());
    let gain = earlier.map(|earlier| (value - posed.value(earlier.value)).abs());
    let is_proven = point.answer.is_proven();
    let mut text = if plot == PlanPlot::Value {
        planning::point_by_value(posed, point.count, value, gain, lang)
    } else {
        planning::point_by_people(posed, point.count, figures, lang)
    };
    if !is_proven {
        text = format!("{text}; {}", point.answer.proof().said(lang));
    }
    Some(Dot { at, pick: Pick::Point(objective, point.count), text, is_proven, is_front: false })
}

fn colour(at: usize) -> egui::Color32 {
    [theme::PLAN_NEW, theme::SELECTION, egui::Color32::from_rgb(0xb3, 0x7a, 0x00)][at % 3]
}

fn axes(cx: &Cx<'_>, plot: PlanPlot) -> (String, String) {
    let lang: Lang = cx.lang;
    // Of the answer: what is counted may have changed since.
    let answer = cx.planner.answer.as_ref();
    let unit = answer.map_or("km", |answer| answer.solved.posed.measure.unit());
    let count = lang.pick("antal platser", "number of places").to_owned();
    let people = lang.pick("personer inom gränsen", "people within").to_owned();
    let worst = say!(lang, "längsta väg, {unit}", "worst way, {unit}");
    match plot {
        PlanPlot::Value => (count, lang.pick("målets värde", "value of the goal").into()),
        PlanPlot::People => (count, people),
        PlanPlot::Worst => (count, worst),
        PlanPlot::Pareto => (worst, people),
    }
}

fn plot(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &PlanState,
    lines: &[(Objective, Vec<Dot>)],
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let (x, y) = axes(cx, state.plot);
    let shown = cx.planner.shown.as_ref().map(|shown| shown.pick.clone());
    let dots: Vec<Dot> = lines.iter().flat_map(|(_, dots)| dots.clone()).collect();
    let formatter = move |mark: egui_plot::GridMark, _: &std::ops::RangeInclusive<f64>| {
        lang.number(mark.value, usize::from(mark.step_size < 1.0))
    };
    let x_axis = egui_plot::AxisHints::new_x().label(x).formatter(formatter).label_spacing(18.0..=40.0);
    let y_axis = egui_plot::AxisHints::new_y().label(y).formatter(formatter).label_spacing(14.0..=28.0);
    let corner = match state.plot {
        PlanPlot::Value | PlanPlot::Worst => egui_plot::Corner::RightTop,
        PlanPlot::People => egui_plot::Corner::LeftTop,
        PlanPlot::Pareto => egui_plot::Corner::RightBottom,
    };
    let response = Plot::new(("trade-off", state.plot as u8))
        .legend(egui_plot::Legend::default().position(corner).background_alpha(0.6))
        .custom_x_axes(vec![x_axis])
        .custom_y_axes(vec![y_axis])
        .height(ui.available_height())
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .label_formatter(|_| None)
        .show(ui, |plot| {
            draw_lines(plot, state.plot, lines, lang);
            if let Some(dot) = dots.iter().find(|dot| Some(&dot.pick) == shown.as_ref()) {
                plot.points(
                    Points::new("", vec![dot.at]).color(theme::gap_line(cx.theme)).radius(8.0).filled(false),
                );
            }
            let pointer = plot.response().hover_pos();
            let near = pointer.and_then(|pointer| {
                let distance = |dot: &&Dot| {
                    plot.screen_from_plot(PlotPoint::new(dot.at[0], dot.at[1])).distance(pointer)
                };
                let nearest = dots.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
                nearest.filter(|dot| distance(dot) < 24.0).cloned()
            });
            (near, plot.response().clicked())
        });
    let (near, is_clicked) = response.inner;
    if let Some(dot) = near {
        if is_clicked {
            actions.push(Action::Plan(Ask::Show(dot.pick)));
        }
        response.response.on_hover_text_at_pointer(dot.text);
    }
}

/// The curves, and their points: filled where they are proven, or on the front.
fn draw_lines(plot: &mut PlotUi<'_>, shown: PlanPlot, lines: &[(Objective, Vec<Dot>)], lang: Lang) {
    for (at, (objective, dots)) in lines.iter().enumerate() {
        let points: Vec<[f64; 2]> = dots.iter().map(|dot| dot.at).collect();
        let name = objective.said(lang);
        if shown != PlanPlot::Pareto {
            plot.line(Line::new(name.clone(), points.clone()).color(colour(at)).width(2.0));
        }
        for (is_solid, radius) in [(true, 4.5), (false, 3.5)] {
            let solid = |dot: &&Dot| {
                (if shown == PlanPlot::Pareto { dot.is_front } else { dot.is_proven }) == is_solid
            };
            let some: Vec<[f64; 2]> = dots.iter().filter(solid).map(|dot| dot.at).collect();
            plot.points(Points::new(name.clone(), some).color(colour(at)).radius(radius).filled(is_solid));
        }
    }
}

/// The same points as a list, for the keyboard and for those who listen.
fn points(ui: &mut Ui, cx: &Cx<'_>, lines: &[(Objective, Vec<Dot>)], actions: &mut Vec<Action>) {
    let shown = cx.planner.shown.as_ref().map(|shown| &shown.pick);
    for (at, (objective, dots)) in lines.iter().enumerate() {
        ui.label(RichText::new(objective.said(cx.lang)).small().bold().color(colour(at)));
        for dot in dots {
            let text = RichText::new(&dot.text).small();
            let button = egui::Button::selectable(shown == Some(&dot.pick), text).wrap();
            if ui.add(button).clicked() {
                actions.push(Action::Plan(Ask::Show(dot.pick.clone())));
            }
        }
    }
}
