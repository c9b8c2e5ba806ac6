//! What is late, blocked or out of order? One row each, the late ones first.

use egui::{RichText, Ui};

use super::looked_at::{board_of, is_wanted};
use crate::app::Results;
use crate::app::following::Card;
use crate::lang::Said;
use crate::model::process::Concern;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::card::opened;
use crate::ui::state::View;
use crate::ui::table::{ROW, clickable, names};
use crate::ui::theme;
use crate::ui::widgets::{muted, row_name};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let board = board_of(cx);
    let mut rows: Vec<(&Card, &Concern)> = board
        .cards
        .iter()
        .filter(|card| is_wanted(view, card))
        .flat_map(|card| card.concerns.iter().map(move |concern| (card, concern)))
        .filter(|(_, concern)| view.follow.only.is_none_or(|kind| concern.kind() == kind))
        .collect();
    rows.sort_by_key(|(_, concern)| concern.kind());
    if rows.is_empty() {
        let text = lang.pick(
            "Inget är försenat, hindrat eller gjort i fel ordning, så långt det är nedskrivet.",
            "Nothing is late, blocked or out of order, as far as it is written down.",
        );
        muted(ui, text);
        return;
    }
    let heads = [
        lang.pick("Plats", "Place"),
        lang.pick("Kommun", "Municipality"),
        lang.pick("Vad", "What"),
        lang.pick("Varför", "Why"),
    ];
    let table = clickable(ui, [160.0, 110.0, 110.0, 560.0]);
    table.header(ROW, |mut header| names(&mut header, heads)).body(|body| {
        body.rows(ROW, rows.len(), |mut row| {
            let Some((card, concern)) = rows.get(row.index()) else { return };
            row.set_selected(view.selects(&card.site));
            let mut is_clicked = false;
            row.col(|ui| {
                let label = say!(lang, "Öppna {}", "Open {}", card.name);
                is_clicked |= row_name(ui, &card.name, &label).clicked();
            });
            row.col(|ui| {
                ui.label(card.municipality.as_deref().unwrap_or("–"));
            });
            row.col(|ui| {
                let text = format!("{} {}", icons::FLAG, concern.kind().said(lang));
                ui.label(RichText::new(text).color(theme::warning_colour(cx.theme)));
            });
            row.col(|ui| {
                let text = concern.said(lang);
                ui.add(egui::Label::new(&text).truncate()).on_hover_text(&text);
            });
            if row.response().clicked() || is_clicked {
                actions.push(opened(card));
            }
        });
    });
}
