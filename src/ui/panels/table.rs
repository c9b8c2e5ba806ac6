//! What do all tables below the map have in common? Their tabs, their rows, and that a wide one scrolls.

use egui::{Align, Layout, RichText, Ui};

use crate::say;
use crate::ui::context::Cx;
use crate::ui::theme;
use crate::ui::widgets::choice;

pub const ROW: f32 = 24.0;

/// The names of tables in a row; the one that is shown closes when it is chosen again.
pub fn tabs<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    is_open: &mut bool,
    shown: &mut T,
    all: &[T],
    named: impl Fn(T) -> &'static str,
) {
    ui.horizontal_wrapped(|ui| {
        for tab in all {
            let name = named(*tab);
            let is_on = *shown == *tab && *is_open;
            let label = say!(cx.lang, "Tabell: {name}", "Table: {name}");
            if choice(ui, is_on, name, &label).clicked() {
                *is_open = !is_on;
                *shown = *tab;
                // Panels find their sizes while drawing: once more, so that none is left half moved.
                ui.ctx().request_repaint();
            }
        }
        computing(ui, cx);
    });
}

/// Says that the figures are of before the last change.
fn computing(ui: &mut Ui, cx: &Cx<'_>) {
    if cx.session.results.is_some() && !cx.session.is_current() {
        let text = cx.lang.pick("räknar om…", "computing anew…");
        ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
    }
}

/// A table wider than its place is scrolled, and one sees that it can be.
pub fn wide(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    egui::ScrollArea::horizontal()
        .auto_shrink(false)
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysVisible)
        .show(ui, show);
}

pub fn right(ui: &mut Ui, text: String) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
}
