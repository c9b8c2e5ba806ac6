//! Step Crisis (Kris): when the power goes, who still has what hour by hour, what hangs on what, and what would one SOT point
//! more change?

mod answer;
mod areas;
mod assumptions;
mod best;
mod chain;
mod changes;
mod clocks;
mod compared;
mod curve;
mod fuel;
mod gaps;
mod municipalities;
mod scenario;

use egui::Ui;

use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::{about_everything, nothing_yet};
use crate::ui::state::{CrisisTab, Shown, StepId, View};
use crate::ui::steps::row::Step;
use crate::ui::table::{Tab, Tabs};
use crate::ui::widgets::{answer as big_answer, muted};

/// Its row.
pub const STEP: Step = Step {
    id: StepId::CRISIS,
    names: ["Kris", "Crisis"],
    icon: icons::CRISIS,
    key: egui::Key::Num7,
    shown: &[Shown::Crisis],
    panel: show,
    tables,
};

/// The panel on the left.
fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return nothing_yet(ui, cx, actions) };
    about_everything(ui, cx, view);
    if results.situation.demand.is_empty() || results.situation.services.is_empty() {
        big_answer(
            ui,
            lang.pick(
                "Krisen behöver både befolkning och service att räkna på.",
                "A crisis needs both population and services to count on.",
            ),
        );
        return;
    }
    if cx.session.project().outages.scenarios.is_empty() {
        big_answer(ui, lang.pick("Vad händer när strömmen går?", "What happens when the power goes?"));
        muted(
            ui,
            lang.pick(
                "Börja med ett färdigt scenario. Allt i det går att ändra.",
                "Begin with a ready scenario. Everything in it can be changed.",
            ),
        );
        scenario::ready(ui, cx, view, actions);
        return;
    }
    answer::show(ui, cx, view);
    answer::hour(ui, cx, view);
    answer::needs(ui, cx, view);
    answer::figures(ui, cx, view);
    scenario::show(ui, cx, view, actions);
    areas::show(ui, cx, view, actions);
    changes::show(ui, cx, view, actions);
    answer::how(ui, cx);
}

/// The tables below the map.
const TABS: Tabs<CrisisTab> = Tabs {
    all: &[
        Tab { id: CrisisTab::Curve, names: ["Kurva", "Curve"], draw: curve::show },
        Tab { id: CrisisTab::Clocks, names: ["Klockor", "Clocks"], draw: clocks::show },
        Tab { id: CrisisTab::Chain, names: ["Händelsekedja", "Event chain"], draw: chain::show },
        Tab {
            id: CrisisTab::Municipalities,
            names: ["Kommuner", "Municipalities"],
            draw: municipalities::show,
        },
        Tab { id: CrisisTab::Gaps, names: ["Luckor", "Gaps"], draw: gaps::show },
        Tab { id: CrisisTab::Fuel, names: ["Drivmedel", "Fuel"], draw: fuel::show },
        Tab { id: CrisisTab::Best, names: ["Bästa platser", "Best places"], draw: best::show },
        Tab { id: CrisisTab::Scenarios, names: ["Scenarier", "Scenarios"], draw: compared::show },
        Tab { id: CrisisTab::Assumptions, names: ["Antaganden", "Assumptions"], draw: assumptions::show },
    ],
    shown: |view| &mut view.crisis.tab,
};

fn tables(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    TABS.show(ui, cx, view, actions);
}
