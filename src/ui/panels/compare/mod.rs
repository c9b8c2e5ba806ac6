//! Step Compare (Jämför): what should one look at in each place, in which order do the weights put them,
//! and how much does that hang on the weights? Flags first, the ranking second.

mod flags;
mod functions;
mod pairwise;
pub mod place;
mod rank;

use std::collections::BTreeSet;

use egui::Ui;

use crate::app::Results;
use crate::app::command::Command;
use crate::app::ranking::RankingChange;
use crate::app::session::Export;
use crate::lang::Said;
use crate::model::{Exclusion, Scope};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{CompareTab, View};
use crate::ui::widgets::{answer, heading, icon_button, muted};

/// An edit of the comparison as one step.
fn edit(change: RankingChange) -> Action {
    Action::Edit(Command::Rank(change))
}

/// An edit by a widget that is dragged or typed in.
fn edit_by(id: egui::Id, change: RankingChange) -> Action {
    Action::EditBy(id, Command::Rank(change))
}

/// The panel on the left.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let Some(results) = cx.results() else { return super::places::nothing_yet(ui, cx, actions) };
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
    super::drawer::tabs(ui, cx, &mut view.drawer_is_open, &mut view.compare, &CompareTab::ALL, named);
    let Some(results) = cx.results().filter(|_| view.drawer_is_open) else { return };
    ui.push_id(("compare", view.compare as u8), |ui| match view.compare {
        CompareTab::Flags => flags::table(ui, cx, view, results, actions),
        CompareTab::Ranking => rank::table(ui, cx, view, results, actions),
        CompareTab::Pairwise => pairwise::table(ui, cx, actions),
    });
}

/// Which places take part, and those that do not, with the reason.
fn scope_ui(ui: &mut Ui, cx: &Cx<'_>, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let model = &cx.session.project().ranking;
    heading(ui, lang.pick("Vilka platser?", "Which places?"));
    ui.horizontal_wrapped(|ui| {
        for scope in Scope::ALL {
            if ui.selectable_label(model.scope == scope, scope.said(lang)).clicked() && model.scope != scope {
                actions.push(edit(RankingChange::Scope(scope)));
            }
        }
    });
    let left_out = &cx.ranked.ranking.left_out;
    for why in Exclusion::ALL {
        let count = left_out.iter().filter(|(_, known)| *known == why).count();
        let mut is_out = !model.released.contains(&why);
        let name = why.said(lang);
        let mut text = say!(lang, "Utelämna: {name}", "Leave out: {name}");
        if is_out {
            text = format!("{text} ({})", lang.count(count));
        }
        let names: Vec<&str> = left_out
            .iter()
            .filter(|(_, known)| *known == why)
            .map(|(at, _)| results.candidates[*at].name.as_str())
            .collect();
        let response = ui.checkbox(&mut is_out, text);
        let response = if names.is_empty() { response } else { response.on_hover_text(names.join(", ")) };
        if response.changed() {
            actions.push(edit(RankingChange::Release(why, !is_out)));
        }
    }
}

fn exports(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    heading(ui, cx.lang.pick("Ta med figurerna", "Take the figures along"));
    for export in [Export::FactorTable, Export::RankingTable] {
        if icon_button(ui, icons::EXPORT, &export.said(cx.lang)).clicked() {
            actions.push(Action::AskExport(export));
        }
    }
}

/// The candidates that the scope holds, ranked or left out.
fn in_scope(cx: &Cx<'_>) -> BTreeSet<usize> {
    let ranking = &cx.ranked.ranking;
    let ranked = ranking.places.iter().map(|place| place.candidate);
    ranked.chain(ranking.left_out.iter().map(|(at, _)| *at)).collect()
}
