//! In which coordinate system is a file that does not say so?

use egui::Ui;

use super::card::framed;
use crate::app::load::NeedsCrs;
use crate::lang::Said;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::DataState;
use crate::ui::systems::{Picked, systems};
use crate::ui::widgets::{icon_button_if, warning};

/// A file that waits for its coordinate system: why, and the choice.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut DataState, asked: &NeedsCrs, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let path = &asked.file.path;
    framed(ui, |ui| {
        warning(ui, cx.theme, asked.error.said(lang));
        // Of several that fit none is proposed: it would be a guess.
        let only = || asked.fits().first().filter(|_| asked.fits().len() == 1);
        let chosen = state.crs_of.get(path).or_else(only).copied();
        let label = ui.label(lang.pick("Koordinatsystem", "Coordinate system"));
        let text = chosen.map_or_else(|| "–".to_owned(), crate::geometry::Crs::name);
        let (picked, response) = systems(ui, lang, ("unplaced", path), text, chosen, None);
        response.labelled_by(label.id);
        if let Some(Picked::System(crs)) = picked {
            state.crs_of.insert(path.clone(), crs);
        }
        ui.horizontal_wrapped(|ui| {
            let text = lang.pick("Läs in med valt system", "Load with this coordinate system");
            if icon_button_if(ui, chosen.is_some(), icons::DONE, text).clicked()
                && let Some(crs) = chosen
            {
                actions.push(Action::File(FileAction::ReadIn(path.clone(), crs)));
            }
            if icon_button_if(ui, true, icons::CHECK, lang.pick("Granska filen…", "Check the file…"))
                .clicked()
            {
                actions.push(Action::File(FileAction::LookAt(path.clone(), None)));
            }
            if ui.button(lang.pick("Läs inte in filen", "Leave the file out")).clicked() {
                actions.push(Action::File(FileAction::DropUnplaced(path.clone())));
            }
        });
    });
}
