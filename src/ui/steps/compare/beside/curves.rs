//! One diagram: how many people have at most how far to each place, a line a place.

use egui::Ui;
use egui_plot::{AxisHints, Line, LineStyle, Plot, PlotPoints, VLine};

use crate::app::comparing::Comparison;
use crate::lang::Said as _;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::theme;

/// Numbers along the axes are all as dark, however near they stand.
const LABELS: egui::Rangef = egui::Rangef { min: 1.0, max: 2.0 };

pub fn show(ui: &mut Ui, cx: &Cx<'_>, comparison: &Comparison) {
    let (lang, measure) = (cx.lang, comparison.measure);
    let unit = measure.unit();
    names(ui, cx, comparison);
    let limit = measure.in_units(comparison.limit);
    let people = lang.pick("invånare", "people");
    let names: Vec<String> = comparison.places.iter().map(|place| place.label.clone()).collect();
    let steps: Vec<Vec<[f64; 2]>> = comparison
        .curves
        .iter()
        .map(|curve| curve.points.iter().map(|(cost, sum)| [measure.in_units(*cost), sum.value()]).collect())
        .collect();
    let told = steps.clone();
    Plot::new("beside-curves")
        .custom_x_axes(vec![AxisHints::new_x().label(unit).label_spacing(LABELS)])
        .custom_y_axes(vec![AxisHints::new_y().label(people).label_spacing(LABELS)])
        .height(ui.available_height())
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .include_x(0.0)
        .include_y(0.0)
        .label_formatter(move |hover| {
            let (egui_plot::HoverPosition::NearDataPoint { position: point, .. }
            | egui_plot::HoverPosition::Elsewhere { position: point }) = hover;
            let reached = |line: &Vec<[f64; 2]>| {
                line.iter().take_while(|step| step[0] <= point.x.max(0.0)).last().map_or(0.0, |step| step[1])
            };
            let all = names.iter().zip(&told).map(|(name, line)| {
                let sum = lang.number(reached(line), 0);
                format!("{name}: {sum}")
            });
            let at = lang.number(point.x.max(0.0).floor(), 0);
            let all = all.collect::<Vec<_>>().join("\n");
            Some(say!(lang, "Inom {at} {unit}\n{all}", "Within {at} {unit}\n{all}"))
        })
        .show(ui, |plot| {
            for (at, (place, line)) in comparison.places.iter().zip(steps).enumerate() {
                let points: PlotPoints<'_> = line.into();
                let style = match at % 3 {
                    0 => LineStyle::Solid,
                    1 => LineStyle::dashed_dense(),
                    _ => LineStyle::dotted_dense(),
                };
                let line = Line::new(place.label.clone(), points);
                plot.line(line.color(theme::place_colour(at, cx.theme)).style(style).width(2.5));
            }
            plot.vline(VLine::new(lang.pick("Gräns", "Threshold"), limit).color(theme::gap_line(cx.theme)));
        });
}

/// The places in the colours of their lines, above the plot and never on it.
fn names(ui: &mut Ui, cx: &Cx<'_>, comparison: &Comparison) {
    ui.horizontal_wrapped(|ui| {
        for (at, place) in comparison.places.iter().enumerate() {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), egui::Sense::hover());
            let line = [rect.left_center(), rect.right_center()];
            ui.painter().line_segment(line, egui::Stroke::new(3.0, theme::place_colour(at, cx.theme)));
            ui.label(egui::RichText::new(format!("{}, {}", place.label, place.kind.said(cx.lang))).small());
        }
    });
}
