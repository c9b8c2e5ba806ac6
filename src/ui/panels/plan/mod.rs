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

use egui::Ui;

use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{PlanCells, PlanTab, View};
use crate::ui::widgets::{answer, choice, heading, muted};

/// The panel on the left.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return crate::ui::panels::common::nothing_yet(ui, cx, actions) };
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
        on_the_map(ui, cx, view);
        answer::keep(ui, cx, view, actions);
    }
    question::show(ui, cx, view, results, actions);
    answer::how(ui, cx);
}

fn on_the_map(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) {
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
            if choice(ui, view.plan_cells == cells, name, &label).clicked() {
                view.plan_cells = cells;
            }
        }
    });
    ui.checkbox(&mut view.plan_lines, lang.pick("Linjer: vem går vart", "Lines: who goes where"));
}

/// The tables below the map.
pub fn drawer(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let named = |tab| match tab {
        PlanTab::Chosen => lang.pick("Valda platser", "Chosen places"),
        PlanTab::Roles => lang.pick("Roller", "Roles"),
        PlanTab::Others => lang.pick("Näst bäst", "Next best"),
        PlanTab::Curve => lang.pick("Avvägning", "Trade-off"),
        PlanTab::Order => lang.pick("En om året", "One a year"),
        PlanTab::Scenarios => lang.pick("Scenarier", "Scenarios"),
    };
    crate::ui::panels::table::tabs(
        ui,
        cx,
        &mut view.drawer_is_open,
        &mut view.plan_tab,
        &PlanTab::ALL,
        named,
    );
    if !view.drawer_is_open || cx.results().is_none() {
        return;
    }
    // The room stays as it is, whatever the tab holds: the map must not jump.
    ui.set_min_height(ui.available_height());
    ui.push_id(("plan", view.plan_tab as u8), |ui| match view.plan_tab {
        PlanTab::Chosen => chosen::table(ui, cx, view, actions),
        PlanTab::Roles => roles::table(ui, cx, view, actions),
        PlanTab::Others => others::show(ui, cx, view, actions),
        PlanTab::Curve => curve::show(ui, cx, view, actions),
        PlanTab::Order => order::show(ui, cx, actions),
        PlanTab::Scenarios => scenarios::show(ui, cx, view, actions),
    });
}
