//! Which places have come how far? A column for each status that a place has.

use egui::Ui;

use super::looked_at::{board_of, is_wanted};
use crate::app::Results;
use crate::lang::{Said, capital};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::panels::card;
use crate::ui::state::View;
use crate::ui::widgets::{heading, muted};

/// Width of a column, points.
const COLUMN: f32 = 196.0;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let board = board_of(cx);
    let columns = board.columns(|card| is_wanted(view, card));
    if columns.is_empty() {
        let text = lang.pick("Här finns inga platser att visa.", "There are no places to show here.");
        muted(ui, text);
        return;
    }
    egui::ScrollArea::both().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal_top(|ui| {
            for column in columns {
                ui.vertical(|ui| {
                    ui.set_width(COLUMN);
                    let none = lang.pick("utan status", "no status").to_owned();
                    let name = column.status.map_or(none, |status| status.said(lang));
                    let count = lang.count(column.cards.len());
                    heading(ui, &format!("{} ({count})", capital(&name)));
                    for of in column.cards {
                        card::show(ui, cx, view, of, actions);
                    }
                });
                ui.add_space(4.0);
            }
        });
    });
}
