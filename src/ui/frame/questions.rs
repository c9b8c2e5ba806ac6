//! What must be decided at once? The map of the network, work left behind, edits not saved.

use egui::Ui;

use super::form_window;
use crate::ui::action::{Action, FileAction, Setting};
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::widgets::muted;

/// Asked at the first start: may the map be fetched from the network?
pub fn welcome(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    if !view.dialogs.shows_welcome {
        return;
    }
    let lang = cx.lang;
    form_window(lang.pick("Bakgrundskarta", "Background map")).show(ui.ctx(), |ui| {
        ui.set_width(400.0);
        ui.label(lang.pick(
            "Vill du se OpenStreetMap som bakgrund? Då hämtas kartbilder från nätet för det område du tittar på. Dina data lämnar aldrig datorn, och allt fungerar också utan nät.",
            "Do you want OpenStreetMap as background? Map tiles for the area you look at are then fetched from the network. Your data never leave the computer, and everything works without a network too.",
        ));
        ui.horizontal(|ui| {
            if ui.button(lang.pick("Nej, utan nät", "No, without network")).clicked() {
                actions.push(Action::Set(Setting::OnlineMap(false)));
            }
            if ui.button(lang.pick("Ja, hämta karta", "Yes, fetch the map")).clicked() {
                actions.push(Action::Set(Setting::OnlineMap(true)));
            }
        });
        muted(ui, lang.pick("Kan ändras när som helst under Inställningar.", "Can be changed at any time under Settings."));
    });
}

/// Work that another run left behind.
pub fn rescue(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let Some(left) = cx.session.left_behind.first().filter(|_| !view.dialogs.shows_welcome) else { return };
    let lang = cx.lang;
    form_window(lang.pick("Osparat arbete finns kvar", "Unsaved work is left")).show(ui.ctx(), |ui| {
        ui.set_width(400.0);
        ui.label(lang.pick(
            "Programmet avslutades förra gången utan att arbetet sparades. Vill du ha tillbaka det?",
            "The program ended last time without the work being saved. Do you want it back?",
        ));
        ui.horizontal(|ui| {
            if ui.button(lang.pick("Återställ arbetet", "Restore the work")).clicked() {
                actions.push(Action::File(FileAction::Restore(left.clone())));
            }
            if ui.button(lang.pick("Ta bort", "Delete it")).clicked() {
                actions.push(Action::File(FileAction::DiscardRescued));
            }
        });
    });
}

/// Closing with unsaved edits.
pub fn closing(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    if !view.dialogs.asks_to_close {
        return;
    }
    let lang = cx.lang;
    form_window(lang.pick("Spara ändringarna?", "Save the edits?")).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        ui.label(lang.pick(
            "Projektet har ändringar som inte är sparade.",
            "The project has edits that are not saved.",
        ));
        ui.horizontal(|ui| {
            if ui.button(lang.pick("Spara", "Save")).clicked() {
                actions.push(Action::SaveAndClose);
            }
            if ui.button(lang.pick("Avsluta utan att spara", "Quit without saving")).clicked() {
                actions.push(Action::CloseNow);
            }
            if ui.button(lang.pick("Stanna kvar", "Stay")).clicked() {
                view.dialogs.asks_to_close = false;
            }
        });
    });
}
