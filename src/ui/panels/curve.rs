//! The coverage curve: which share of the people has at most how far?

use egui::Ui;
use egui_plot::{AxisHints, Line, Plot, PlotPoints, VLine};

use crate::app::Results;
use crate::app::results::KindResult;
use crate::lang::Said;
use crate::model::ServiceKind;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::theme;
use crate::ui::widgets::muted;
use crate::units::{Cost, Measure};

/// Numbers along the axes are all as dark, however near they stand.
const LABELS: egui::Rangef = egui::Rangef { min: 1.0, max: 2.0 };

pub fn show(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, results: &Results) {
    let lang = cx.lang;
    let total = results.situation.demand.total();
    let measure = results.measure();
    let limit = measure.in_units(results.limit());
    let (step, least) = match measure {
        Measure::Distance => (0.25, 30.0),
        Measure::Time => (0.5, 60.0),
    };
    let up_to = measure.from_units((limit * 3.0).max(least));
    let km = measure.unit();
    muted(
        ui,
        say!(
            lang,
            "Andel av befolkningen (%) som har högst så långt ({km}) till närmaste",
            "Share of the population (%) that has at most this far ({km}) to the nearest"
        ),
    );
    names(ui, cx, kind, results);
    let unit = kind.unit(lang);
    let shown = results.kind(kind);
    // Lines at round numbers, all of one strength.
    let every = nice_step(measure.in_units(up_to));
    Plot::new("coverage")
        .x_grid_spacer(egui_plot::uniform_grid_spacer(move |_| [every; 3]))
        .y_grid_spacer(egui_plot::uniform_grid_spacer(|_| [20.0; 3]))
        .grid_spacing(egui::Rangef::new(1.0, 16.0))
        .custom_x_axes(vec![AxisHints::new_x().label(km).label_spacing(LABELS)])
        .custom_y_axes(vec![AxisHints::new_y().label("%").label_spacing(LABELS)])
        .height(ui.available_height())
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .include_y(0.0)
        .include_y(100.0)
        .include_x(0.0)
        .label_formatter(move |hover| {
            let (egui_plot::HoverPosition::NearDataPoint { position: point, .. }
            | egui_plot::HoverPosition::Elsewhere { position: point }) = hover;
            // Always the figure of the kind in question, wherever the pointer is above that cost.
            let at = point.x.max(0.0);
            let share = shown?.coverage.spread.people_within(measure.from_units(at)).share_of(total);
            let (at, share) = (lang.number(at, 1), lang.number(share * 100.0, 1));
            Some(say!(
                lang,
                "{share} % har högst {at} {km} till närmaste {unit}",
                "{share} % have at most {at} {km} to the nearest {unit}"
            ))
        })
        .show(ui, |plot| {
            for of_kind in &results.kinds {
                plot.line(line_of(cx, of_kind, kind, results, (measure.from_units(step), up_to)));
            }
            plot.vline(VLine::new(lang.pick("Gräns", "Threshold"), limit).color(theme::gap_line(cx.theme)));
        });
}

/// The curve of a kind; that of the kind in question stands out.
fn line_of<'a>(
    cx: &Cx<'_>,
    of_kind: &KindResult,
    kind: ServiceKind,
    results: &Results,
    (step, up_to): (Cost, Cost),
) -> Line<'a> {
    let (total, measure) = (results.situation.demand.total(), results.measure());
    let curve = of_kind.coverage.spread.curve(step, up_to).into_iter();
    let points: PlotPoints<'_> =
        curve.map(|(cost, people)| [measure.in_units(cost), people.share_of(total) * 100.0]).collect();
    let is_on = of_kind.coverage.kind == kind;
    let colour = theme::kind_mark(of_kind.coverage.kind, cx.theme);
    Line::new(of_kind.coverage.kind.said(cx.lang), points)
        .color(if is_on { colour } else { colour.gamma_multiply(0.35) })
        .width(if is_on { 3.0 } else { 1.2 })
}

/// A round step that divides a width into six or so.
fn nice_step(width: f64) -> f64 {
    let rough = (width / 6.0).max(1e-9);
    let power = 10f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|step| step * power).into_iter().find(|step| *step >= rough).unwrap_or(power)
}

/// The kinds in the colours of their lines, above the plot and never on it.
fn names(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, results: &Results) {
    ui.horizontal_wrapped(|ui| {
        for of_kind in &results.kinds {
            let known = of_kind.coverage.kind;
            let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), egui::Sense::hover());
            let is_on = known == kind;
            let line = [rect.left_center(), rect.right_center()];
            let width = if is_on { 3.0 } else { 1.5 };
            ui.painter().line_segment(line, egui::Stroke::new(width, theme::kind_mark(known, cx.theme)));
            let text = egui::RichText::new(known.said(cx.lang)).small();
            ui.label(if is_on { theme::Bold::bold(text) } else { text });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert!((nice_step(30.0) - 5.0).abs() < 1e-9);
        assert!((nice_step(60.0) - 10.0).abs() < 1e-9);
        assert!((nice_step(7.0) - 2.0).abs() < 1e-9);
        assert!((nice_step(1.0) - 0.2).abs() < 1e-9);
    }
}
