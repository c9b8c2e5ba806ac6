//! What must be decided at once? Work left behind, edits not saved.

use egui::Ui;

use super::form_window;
use crate::lang::Said as _;
use crate::say;
use crate::ui::action::{Action, FileAction, SaveAnswer};
use crate::ui::context::Cx;
use crate::ui::state::{Leaving, View};
use crate::ui::widgets::muted;

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
        let what = left.said(lang);
        ui.label(say!(lang, "Det gäller {what}.", "It is {what}."));
        if let Some(of) = &left.of {
            muted(ui, of.display().to_string());
        }
        ui.horizontal(|ui| {
            if ui.button(lang.pick("Återställ arbetet", "Restore the work")).clicked() {
                actions.push(Action::File(FileAction::Restore(left.path.clone())));
            }
            if ui.button(lang.pick("Kasta det osparade arbetet", "Discard the unsaved work")).clicked() {
                actions.push(Action::File(FileAction::DiscardRescued(left.path.clone())));
            }
        });
    });
}

/// A save that would have gone over the work of somebody else.
pub fn contested(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let Some(contested) = &cx.session.contested else { return };
    let (lang, path) = (cx.lang, &contested.path);
    let (title, text) = if contested.has_changed {
        let by = contested.by.said(lang);
        let text = say!(
            lang,
            "Projektet har sparats på annat håll sedan du öppnade det{by}. Inget har skrivits över.",
            "The project has been saved elsewhere since you opened it{by}. Nothing was written over."
        );
        (lang.pick("Filen har ändrats", "The file has changed"), text)
    } else {
        let by = contested.by.said(lang);
        let text = say!(
            lang,
            "Projektet är öppet i ett annat fönster{by}. Inget har sparats.",
            "The project is open in another window{by}. Nothing was saved."
        );
        (lang.pick("Filen är öppen på annat håll", "The file is open elsewhere"), text)
    };
    form_window(title).show(ui.ctx(), |ui| {
        ui.set_width(460.0);
        ui.label(text);
        ui.label(path.display().to_string());
        ui.add_space(4.0);
        let mut offer = |ui: &mut Ui, text: &str, answer: SaveAnswer| {
            if ui.button(text).clicked() {
                actions.push(Action::Contested(answer));
            }
        };
        offer(
            ui,
            lang.pick("Spara under ett annat namn…", "Save under another name…"),
            SaveAnswer::Elsewhere,
        );
        if contested.has_changed {
            let take = lang.pick("Hämta in ändringarna och välj…", "Take in the changes and choose…");
            offer(ui, take, SaveAnswer::TakeIn);
            let reload = lang.pick(
                "Läs in filen igen (dina osparade ändringar försvinner)",
                "Read the file again (your unsaved edits are lost)",
            );
            offer(ui, reload, SaveAnswer::Reload);
        } else {
            offer(ui, lang.pick("Försök igen", "Try again"), SaveAnswer::Again);
        }
        let over = lang.pick("Skriv över det som finns i filen", "Write over what is in the file");
        offer(ui, over, SaveAnswer::Over);
        offer(ui, lang.pick("Avbryt", "Cancel"), SaveAnswer::Nothing);
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
