//! Who changed what, and when? The log of the project, the newest first.

use egui::Ui;

use crate::app::Results;
use crate::lang::Said;
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::table::{ROW, clickable, names};
use crate::ui::widgets::{muted, text_button};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, _: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let log = &cx.session.project().log;
    ui.horizontal_wrapped(|ui| {
        if text_button(ui, &Simple::History.said(lang)).clicked() {
            actions.push(Action::Do(Simple::History));
        }
        muted(
            ui,
            lang.pick(
                "Loggen sparas med projektet. Att ångra skriver en egen rad.",
                "The log is saved with the project. Undoing writes a row of its own.",
            ),
        );
    });
    if log.is_empty() {
        muted(ui, lang.pick("Inget har ändrats ännu.", "Nothing has been changed yet."));
        return;
    }
    let heads = [lang.pick("När", "When"), lang.pick("Vem", "Who"), lang.pick("Vad", "What")];
    let table = clickable(ui, [170.0, 160.0, 560.0]);
    table.header(ROW, |mut header| names(&mut header, heads)).body(|body| {
        body.rows(ROW, log.len(), |mut row| {
            let Some(entry) = log.iter().rev().nth(row.index()) else { return };
            row.col(|ui| {
                // Seconds and zone are for the file.
                let at: String = entry.at.chars().take(16).collect();
                ui.label(at.replace('T', " "));
            });
            row.col(|ui| {
                let nobody = lang.pick("inget namn angivet", "no name given");
                ui.label(if entry.who.is_empty() { nobody } else { &entry.who });
            });
            row.col(|ui| {
                let text = entry.said(lang);
                ui.add(egui::Label::new(&text).truncate()).on_hover_text(&text);
            });
        });
    });
}
