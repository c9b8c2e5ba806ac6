//! What do the machines of a place come to? The set, its diesel, the load hour by hour, and what has to be looked at.

use egui::{Align2, FontId, Pos2, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Place, what_is_missing};
use crate::app::sizing::{assumed_line, lines};
use crate::lang::{Lang, Said as _};
use crate::model::PowerAssumptions;
use crate::power::Sizing;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::theme;
use crate::ui::widgets::{answer, figure, heading, muted, warning};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, place: &Place<'_>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Det blir", "It comes to"));
    let sizing = match &place.sizing {
        Ok(sizing) => sizing,
        Err(fault) => {
            warning(ui, cx.theme, what_is_missing(cx, place, fault));
            return;
        }
    };
    let assumed = &place.list.assumed;
    let mut lines = lines(sizing, assumed, lang).into_iter();
    if let Some(set) = lines.next() {
        answer(ui, &format!("{}: {}", set.name, set.value));
    }
    for line in lines {
        figure(ui, &line.name, &line.value);
    }
    for one in &sizing.warnings {
        warning(ui, cx.theme, format!("{} {}", icons::FLAG, one.said(lang)));
    }
    heading(ui, lang.pick("Last timme för timme", "Load hour by hour"));
    chart(ui, cx, sizing, assumed);
    muted(ui, assumed_line(assumed, lang));
}

/// A bar an hour, as high as the set at most; the line is the least load.
fn chart(ui: &mut Ui, cx: &Cx<'_>, sizing: &Sizing, assumed: &PowerAssumptions) {
    let lang = cx.lang;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 96.0), Sense::hover());
    let plot = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - 16.0));
    let of = theme::surfaces(cx.theme);
    let painter = ui.painter();
    painter.rect_filled(plot, 2.0, of.faint);
    let width = plot.width() / 24.0;
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    let high = |kw: f64| plot.bottom() - plot.height() * (kw / sizing.set_kw).clamp(0.0, 1.0) as f32;
    let hour_at =
        |at: Pos2| hours().find(|(hour, left)| *hour < 24 && at.x < plot.left() + (left + 1.0) * width);
    let pointed = response.hover_pos().and_then(hour_at).map(|(hour, _)| hour);
    for (hour, left) in hours().take(24) {
        let x = plot.left() + left * width;
        let bar = Rect::from_min_max(
            pos2(x + 1.0, high(sizing.day.kw[hour])),
            pos2(x + width - 1.0, plot.bottom()),
        );
        let colour = if pointed == Some(hour) { of.text } else { of.accent };
        painter.rect_filled(bar, 1.0, colour);
    }
    let least = high(sizing.set_kw * assumed.least_load);
    painter.hline(plot.x_range(), least, Stroke::new(1.0, theme::warning_colour(cx.theme)));
    for (hour, left) in hours().filter(|(hour, _)| hour % 6 == 0) {
        let align = match hour {
            0 => Align2::LEFT_TOP,
            24 => Align2::RIGHT_TOP,
            _ => Align2::CENTER_TOP,
        };
        let at = pos2(plot.left() + left * width, plot.bottom() + 2.0);
        painter.text(at, align, hour.to_string(), FontId::proportional(theme::UNIT), of.weak);
    }
    let kw = |value: f64| lang.number(value, 1);
    let most = sizing.day.kw.iter().copied().fold(0.0, f64::max);
    let fewest = sizing.day.kw.iter().copied().fold(f64::INFINITY, f64::min);
    let label = say!(
        lang,
        "Last timme för timme: som mest {} kW, som minst {} kW",
        "Load hour by hour: {} kW at most, {} kW at least",
        kw(most),
        kw(fewest)
    );
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, label.clone()));
    if let Some(hour) = pointed {
        response.on_hover_text_at_pointer(told_of(hour, sizing, lang));
    }
    let (set, least) = (kw(sizing.set_kw), kw(sizing.set_kw * assumed.least_load));
    muted(
        ui,
        say!(
            lang,
            "Full höjd är aggregatets {set} kW, linjen lägsta last {least} kW.",
            "Full height is the set's {set} kW, the line the least load, {least} kW."
        ),
    );
}

/// Every hour and the end of the last, with its place along the chart.
fn hours() -> impl Iterator<Item = (usize, f32)> {
    (0..=24_u8).map(|hour| (usize::from(hour), f32::from(hour)))
}

fn told_of(hour: usize, sizing: &Sizing, lang: Lang) -> String {
    let (kw, litres) = (lang.number(sizing.day.kw[hour], 1), lang.number(sizing.day.litres[hour], 1));
    let next = hour + 1;
    say!(
        lang,
        "Kl. {hour:02}–{next:02}: {kw} kW, {litres} liter diesel",
        "{hour:02}–{next:02}: {kw} kW, {litres} litres of diesel"
    )
}
