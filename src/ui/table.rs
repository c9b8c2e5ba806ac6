//! What do all tables below the map have in common? Their tabs, their rows, and that a wide one scrolls.

use crate::ui::theme::Bold as _;
use egui::{Align, Layout, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use super::action::Action;
use super::context::Cx;
use super::icons;
use super::state::View;
use super::theme;
use super::widgets::{choice, sign_button};
use crate::app::Results;
use crate::app::tables::Value;
use crate::lang::Lang;
use crate::say;

pub const ROW: f32 = 24.0;

/// One of several tables that take turns.
pub struct Tab<T> {
    pub id: T,
    pub names: [&'static str; 2],
    pub draw: fn(&mut Ui, &Cx<'_>, &mut View, &Results, &mut Vec<Action>),
}

/// The tables of a step.
pub struct Tabs<T: 'static> {
    pub all: &'static [Tab<T>],
    /// Where the window remembers which is shown.
    pub shown: fn(&mut View) -> &mut T,
}

/// Strips narrower than this name their tables in a menu.
const NARROW: f32 = 620.0;

impl<T: Copy + PartialEq> Tabs<T> {
    /// Draws the names in a row, and the table that is shown; it closes when it is chosen again.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
        ui.horizontal(|ui| {
            if ui.available_width() < NARROW && self.all.len() > 3 {
                self.menu(ui, cx, view);
            } else {
                self.all.iter().for_each(|tab| self.name(ui, cx, view, tab));
            }
            computing(ui, cx);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| controls(ui, cx, view));
        });
        let is_open = view.sheet.is_open(view.step);
        let Some(results) = cx.results().filter(|_| is_open) else { return };
        // The room stays as it is, whatever the table holds: the map must not jump.
        ui.set_min_height(ui.available_height());
        let shown = *(self.shown)(view);
        if let Some(tab) = self.all.iter().find(|tab| tab.id == shown) {
            ui.push_id(tab.names, |ui| {
                // Rows stand closer than controls.
                ui.spacing_mut().item_spacing.y = 2.0;
                (tab.draw)(ui, cx, view, results, actions);
            });
        }
    }

    fn name(&self, ui: &mut Ui, cx: &Cx<'_>, view: &mut View, tab: &Tab<T>) {
        let name = cx.lang.pick(tab.names[0], tab.names[1]);
        let is_on = *(self.shown)(view) == tab.id && view.sheet.is_open(view.step);
        let label = say!(cx.lang, "Tabell: {name}", "Table: {name}");
        if choice(ui, is_on, name, &label).clicked() {
            view.sheet.set_open(view.step, !is_on);
            *(self.shown)(view) = tab.id;
            // Panels find their sizes while drawing: once more, so that none is left half moved.
            ui.ctx().request_repaint();
        }
    }

    fn menu(&self, ui: &mut Ui, cx: &Cx<'_>, view: &mut View) {
        let shown = *(self.shown)(view);
        let name = self
            .all
            .iter()
            .find(|tab| tab.id == shown)
            .map_or("", |tab| cx.lang.pick(tab.names[0], tab.names[1]));
        let title = say!(cx.lang, "Tabell: {name}", "Table: {name}");
        let menu = ui.menu_button(format!("{title} {}", icons::UP), |ui| {
            for tab in self.all {
                self.name(ui, cx, view, tab);
            }
        });
        let label = cx.lang.pick("Välj tabell", "Choose a table");
        menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label));
    }
}

/// Higher, lower, closed.
fn controls(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) {
    let (lang, step) = (cx.lang, view.step);
    if !view.sheet.is_open(step) {
        return;
    }
    let height = view.sheet.height(step);
    if sign_button(ui, true, icons::CLOSE, lang.pick("Stäng tabellen", "Close the table")).clicked() {
        view.sheet.set_open(step, false);
    }
    let smaller = lang.pick("Lägre tabell", "Lower table");
    if sign_button(ui, height.smaller() != height, icons::DOWN, smaller).clicked() {
        view.sheet.set_height(step, height.smaller());
    }
    let larger = lang.pick("Högre tabell", "Higher table");
    if sign_button(ui, height.larger() != height, icons::UP, larger).clicked() {
        view.sheet.set_height(step, height.larger());
    }
}

/// Says that the figures are of before the last change.
fn computing(ui: &mut Ui, cx: &Cx<'_>) {
    if cx.session.results.is_some() && !cx.session.is_current() {
        let text = cx.lang.pick("räknar om…", "recalculating…");
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

/// A cell of a table: numbers at the right.
pub fn value(ui: &mut Ui, lang: Lang, value: &Value) {
    let text = value.said(lang);
    if let Value::Share(share) = value {
        share_bar(ui, *share);
    }
    if value.is_number() {
        right(ui, text);
    } else {
        // What does not fit is told under the pointer.
        ui.add(egui::Label::new(text).truncate());
    }
}

/// A bar behind a share: longer where it is more.
fn share_bar(ui: &Ui, share: f64) {
    let rect = ui.max_rect();
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    let width = (share.clamp(0.0, 1.0) as f32) * rect.width();
    let bar = egui::Rect::from_min_size(
        rect.left_top() + egui::vec2(0.0, 3.0),
        egui::vec2(width, rect.height() - 6.0),
    );
    ui.painter().rect_filled(bar, 2.0, ui.visuals().selection.bg_fill);
}

/// A striped table with columns of these widths, whose rows can be clicked.
pub fn clickable(ui: &mut Ui, widths: impl IntoIterator<Item = f32>) -> TableBuilder<'_> {
    let table = TableBuilder::new(ui)
        .min_scrolled_height(0.0)
        .striped(true)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center));
    widths
        .into_iter()
        .fold(table, |table, width| table.column(Column::initial(width).resizable(true).clip(true)))
}

/// The names of columns that nothing is sorted by.
pub fn names<'a>(header: &mut TableRow<'_, '_>, names: impl IntoIterator<Item = &'a str>) {
    for name in names {
        header.col(|ui| {
            ui.label(RichText::new(name).small().bold());
        });
    }
}
