//! What must be decided at once? Work left behind, edits not saved.

use egui::Ui;

use super::form_window;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::state::{Leaving, View};

/// Work that another run left behind.
pub fn rescue(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let Some(left) = cx.session.left_behind.first() else { return };
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
            if ui.button(lang.pick("Kasta det osparade arbetet", "Discard the unsaved work")).clicked() {
                actions.push(Action::File(FileAction::DiscardRescued));
            }
        });
    });
}

/// Closing with unsaved edits.
pub fn closing(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let Some(leaving) = view.dialogs.leaving.clone() else { return };
    let lang = cx.lang;
    form_window(lang.pick("Spara ändringarna?", "Save the edits?")).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        ui.label(lang.pick(
            "Projektet har ändringar som inte är sparade.",
            "The project has edits that are not saved.",
        ));
        let without = if leaving == Leaving::Close {
            lang.pick("Avsluta utan att spara", "Quit without saving")
        } else {
            lang.pick("Fortsätt utan att spara", "Continue without saving")
        };
        ui.horizontal(|ui| {
            if ui.button(lang.pick("Spara", "Save")).clicked() {
                actions.push(Action::SaveAndLeave(leaving.clone()));
            }
            if ui.button(without).clicked() {
                actions.push(Action::Leave(leaving.clone()));
            }
            if ui.button(lang.pick("Stanna kvar", "Stay")).clicked() {
                actions.push(Action::Stay);
            }
        });
    });
}
