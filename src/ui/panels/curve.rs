//! The coverage curve: which share of the people has at most how far?

use egui::Ui;
use egui_plot::{Line, Plot, PlotPoints, VLine};

use crate::app::Results;
use crate::lang::Said;
use crate::model::ServiceKind;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::theme;
use crate::ui::widgets::muted;
use crate::units::Measure;

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
    let unit = kind.unit(lang);
    let shown = results.kind(kind);
    Plot::new("coverage")
        .legend(egui_plot::Legend::default().position(egui_plot::Corner::RightBottom))
        .x_axis_label(km)
        .y_axis_label("%")
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
                let curve = of_kind.coverage.spread.curve(measure.from_units(step), up_to);
                let points: PlotPoints<'_> = curve
                    .into_iter()
                    .map(|(cost, people)| [measure.in_units(cost), people.share_of(total) * 100.0])
                    .collect();
                let is_on = of_kind.coverage.kind == kind;
                let colour = theme::kind_mark(of_kind.coverage.kind, cx.theme);
                let line = Line::new(of_kind.coverage.kind.said(lang), points)
                    .color(if is_on { colour } else { colour.gamma_multiply(0.35) })
                    .width(if is_on { 3.0 } else { 1.2 });
                plot.line(line);
            }
            plot.vline(VLine::new(lang.pick("Gräns", "Threshold"), limit).color(theme::gap_line(cx.theme)));
        });
}
