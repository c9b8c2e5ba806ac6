//! Step Compare (Jämför): what should one look at in each place, in which order do the weights put them,
//! and how much does that hang on the weights? Flags first, the ranking second.

mod common;
mod flags;
mod functions;
mod pairwise;
pub mod place;
mod rank;

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{CompareTab, View};
use crate::ui::widgets::{answer, muted};

/// The panel on the left.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let Some(results) = cx.results() else { return crate::ui::panels::common::nothing_yet(ui, cx, actions) };
    if results.candidates.is_empty() {
        answer(
            ui,
            cx.lang.pick("Här finns inga platser att jämföra.", "There are no places to compare here."),
        );
        muted(
            ui,
            cx.lang.pick(
                "Läs in livsmedelsbutiker eller SOT-platser under Data.",
                "Load grocery stores or SOT places under Data.",
            ),
        );
        return;
    }
    match view.compare {
        CompareTab::Flags => flags::panel(ui, cx, results, actions),
        CompareTab::Ranking => rank::panel(ui, cx, view, results, actions),
        CompareTab::Pairwise => pairwise::panel(ui, cx, actions),
    }
}

/// The tables below the map.
pub fn drawer(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let named = |tab| match tab {
        CompareTab::Flags => lang.pick("Flaggor", "Flags"),
        CompareTab::Ranking => lang.pick("Rangordning", "Ranking"),
        CompareTab::Pairwise => lang.pick("Parvis bedömning", "Pairwise judgements"),
    };
    crate::ui::panels::table::tabs(
        ui,
        cx,
        &mut view.drawer_is_open,
        &mut view.compare,
        &CompareTab::ALL,
        named,
    );
    let Some(results) = cx.results().filter(|_| view.drawer_is_open) else { return };
    ui.push_id(("compare", view.compare as u8), |ui| match view.compare {
        CompareTab::Flags => flags::table(ui, cx, view, results, actions),
        CompareTab::Ranking => rank::table(ui, cx, view, results, actions),
        CompareTab::Pairwise => pairwise::table(ui, cx, actions),
    });
}
