//! Step Plan (Planera): where should SOT points stand, how sure is that, and what does another choice cost?

mod answer;
mod chosen;
mod common;
mod curve;
mod more;
mod order;
mod others;
mod question;
mod roles;
mod scenarios;

use crate::ui::icons;
use crate::ui::state::{Shown, StepId};
use crate::ui::steps::row::Step;
use egui::Ui;

use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::panels::common::about_everything;
use crate::ui::state::{PlanCells, PlanState, PlanTab, View};
use crate::ui::table::{Tab, Tabs};
use crate::ui::widgets::{answer, choice, heading, muted};

/// Its row.
pub const STEP: Step = Step {
    id: StepId("plan"),
    names: ["Planera", "Plan"],
    icon: icons::PLAN,
    key: egui::Key::Num5,
    shown: &[Shown::Plan],
    panel: show,
    tables,
};

/// The panel on the left.
fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return crate::ui::panels::common::nothing_yet(ui, cx, actions) };
    about_everything(ui, cx, view);
    if results.candidates.is_empty() || results.situation.demand.is_empty() {
        answer(
            ui,
            lang.pick(
                "Planen behöver både befolkning och platser att välja mellan.",
                "A plan needs both population and places to choose from.",
            ),
        );
        muted(
            ui,
            lang.pick(
                "Läs in befolkning och livsmedelsbutiker eller SOT-platser under Data.",
                "Load population and grocery stores or SOT places under Data.",
            ),
        );
        return;
    }
    answer::show(ui, cx, actions);
    if cx.planner.shown.is_some() && !cx.planner.is_solving() {
        on_the_map(ui, cx, &mut view.plan);
        answer::keep(ui, cx, &mut view.plan, actions);
    }
    question::show(ui, cx, view, results, actions);
    answer::how(ui, cx);
}

fn on_the_map(ui: &mut Ui, cx: &Cx<'_>, state: &mut PlanState) {
    let lang = cx.lang;
    heading(ui, lang.pick("Rutorna visar", "The cells show"));
    let is_pair = cx
        .planner
        .shown
        .as_ref()
        .is_some_and(|shown| matches!(shown.pick, crate::app::work::planner::Pick::Difference(..)));
    let names = if is_pair { ["A", "B"] } else { [lang.pick("I dag", "Today"), lang.pick("Planen", "Plan")] };
    ui.horizontal_wrapped(|ui| {
        for (cells, name) in [
            (PlanCells::Before, names[0]),
            (PlanCells::After, names[1]),
            (PlanCells::Change, lang.pick("Skillnad", "Difference")),
            (PlanCells::People, lang.pick("Befolkning", "Population")),
        ] {
            let label = say!(lang, "Rutorna visar: {name}", "Cells show: {name}");
            if choice(ui, state.cells == cells, name, &label).clicked() {
                state.cells = cells;
            }
        }
    });
    ui.checkbox(
        &mut state.shows_lines,
        lang.pick("Linjer: vilken plats rutorna hör till", "Lines: who goes where"),
    );
}

/// The tables below the map.
const TABS: Tabs<PlanTab> = Tabs {
    all: &[
        Tab {
            id: PlanTab::Chosen,
            names: ["Valda platser", "Chosen places"],
            draw: |ui, cx, view, _, actions| chosen::table(ui, cx, view, actions),
        },
        Tab {
            id: PlanTab::Roles,
            names: ["Roller", "Roles"],
            draw: |ui, cx, view, _, actions| roles::table(ui, cx, view, actions),
        },
        Tab {
            id: PlanTab::Others,
            names: ["Näst bäst", "Next best"],
            draw: |ui, cx, view, _, actions| others::show(ui, cx, &mut view.plan, actions),
        },
        Tab {
            id: PlanTab::Curve,
            names: ["Avvägning", "Trade-off"],
            draw: |ui, cx, view, _, actions| curve::show(ui, cx, &mut view.plan, actions),
        },
        Tab {
            id: PlanTab::Order,
            names: ["En plats per år", "One per year"],
            draw: |ui, cx, _, _, actions| order::show(ui, cx, actions),
        },
        Tab {
            id: PlanTab::Scenarios,
            names: ["Scenarier", "Scenarios"],
            draw: |ui, cx, view, _, actions| scenarios::show(ui, cx, &mut view.plan, actions),
        },
    ],
    shown: |view| &mut view.plan.tab,
};

fn tables(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    TABS.show(ui, cx, view, actions);
}
