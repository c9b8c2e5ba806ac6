//! What do the parts of comparing have in common? The scope, the edits, the exports.

use crate::app::Results;
use crate::app::command::Command;
use crate::app::exports::Export;
use crate::app::ranking::RankingChange;
use crate::lang::Said;
use crate::model::{Exclusion, Scope};
use crate::say;
use crate::ui::action::{Action, FileAction};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::widgets::{heading, icon_button};
use egui::Ui;
use std::collections::BTreeSet;

/// Which places take part, and those that do not, with the reason.
pub fn scope_ui(ui: &mut Ui, cx: &Cx<'_>, results: &Results, actions: &mut Vec<Action>) {
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

pub fn exports(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    heading(ui, cx.lang.pick("Exportera tabeller", "Export tables"));
    for export in [Export::FactorTable, Export::RankingTable] {
        if icon_button(ui, icons::EXPORT, &export.said(cx.lang)).clicked() {
            actions.push(Action::File(FileAction::AskExport(export)));
        }
    }
}

/// The candidates that the scope holds, ranked or left out.
pub fn in_scope(cx: &Cx<'_>) -> BTreeSet<usize> {
    let ranking = &cx.ranked.ranking;
    let ranked = ranking.places.iter().map(|place| place.candidate);
    ranked.chain(ranking.left_out.iter().map(|(at, _)| *at)).collect()
}

/// An edit of the comparison as one step.
pub fn edit(change: RankingChange) -> Action {
    Action::Edit(Command::Rank(change))
}

/// An edit by a widget that is dragged or typed in.
pub fn edit_by(id: egui::Id, change: RankingChange) -> Action {
    Action::EditBy(id, Command::Rank(change))
}
