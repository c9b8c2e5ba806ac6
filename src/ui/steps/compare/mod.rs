//! Step Compare (Jämför): what should one look at in each place, in which order do the weights put them,
//! and how much does that hang on the weights? Flags first, the ranking second.

mod beside;
mod common;
mod flags;
mod functions;
mod pairwise;
mod rank;

use crate::ui::icons;
use crate::ui::state::{Shown, StepId};
use crate::ui::steps::row::Step;
use egui::Ui;

use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::panels::common::about_everything;
use crate::ui::state::{CompareTab, View};
use crate::ui::table::{Tab, Tabs};
use crate::ui::widgets::{answer, muted};

/// Its row.
pub const STEP: Step = Step {
    id: StepId::COMPARE,
    names: ["Jämför", "Compare"],
    icon: icons::COMPARE,
    key: egui::Key::Num4,
    shown: &[Shown::Candidates, Shown::Ranking],
    panel: show,
    tables,
};

/// The panel on the left.
fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let Some(results) = cx.results() else { return crate::ui::panels::common::nothing_yet(ui, cx, actions) };
    about_everything(ui, cx, view);
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
    match view.compare.tab {
        CompareTab::Flags => flags::panel(ui, cx, results, actions),
        CompareTab::Ranking => rank::panel(ui, cx, &mut view.compare, results, actions),
        CompareTab::Pairwise => pairwise::panel(ui, cx, actions),
        CompareTab::Beside => beside::panel(ui, cx, view, actions),
    }
}

/// The tables below the map.
const TABS: Tabs<CompareTab> = Tabs {
    all: &[
        Tab { id: CompareTab::Flags, names: ["Flaggor", "Flags"], draw: flags::table },
        Tab {
            id: CompareTab::Ranking,
            names: ["Rangordning", "Ranking"],
            draw: |ui, cx, view, results, actions| rank::table(ui, cx, view, results, actions),
        },
        Tab {
            id: CompareTab::Pairwise,
            names: ["Parvis bedömning", "Pairwise judgements"],
            draw: |ui, cx, _, _, actions| pairwise::table(ui, cx, actions),
        },
        Tab { id: CompareTab::Beside, names: ["Jämför orter", "Compare villages"], draw: beside::sheet },
    ],
    shown: |view| &mut view.compare.tab,
};

fn tables(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    TABS.show(ui, cx, view, actions);
}
