//! How many have farther than the threshold, and what changes that? The answer first, in plain words.

use crate::ui::widgets::strong;
use egui::Ui;

use crate::app::Results;
use crate::app::command::Command;
use crate::app::telling::reaching;
use crate::model::ServiceKind;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Goal, View};
use crate::ui::widgets::answer;

/// The answer, and what it depends on.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &View, results: &Results, actions: &mut Vec<Action>) {
    let kind = view.kind;
    match cx.area_chosen(view).and_then(|row| reaching::beyond_in(results, row, kind, cx.lang)) {
        Some(said) => answer(ui, &said),
        None => reaching::beyond(results, kind, cx.lang).iter().for_each(|said| answer(ui, said)),
    }
    over_water(ui, cx, results, actions);
    closures_cost(ui, cx, kind, results);
    closed_on_trial(ui, cx, actions);
}

/// Who walks over water to the road, and the way there on the map.
fn over_water(ui: &mut Ui, cx: &Cx<'_>, results: &Results, actions: &mut Vec<Action>) {
    let Some((first, told)) = results.over_water.first().zip(reaching::over_water(results, cx.lang)) else {
        return;
    };
    let show = cx.lang.pick("Visa den med flest invånare", "Show the one with most people");
    let text = format!("{told} {show}");
    if ui.add(egui::Button::new(text).frame(false).wrap()).clicked() {
        actions.push(Action::Go(Goal::at(first.place, Some(12.0))));
    }
}

/// What the closed roads do to the figure above.
fn closures_cost(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, results: &Results) {
    let told = results.kind(kind).and_then(|result| reaching::closures(result, results.measure(), cx.lang));
    let Some(told) = told else { return };
    ui.label(told.figures);
    if let Some(farther) = told.farther {
        ui.label(farther);
    }
    if let Some(cut_off) = told.cut_off {
        strong(ui, cut_off);
    }
}

/// Services thought away change every figure: say so beside the answer.
fn closed_on_trial(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let closed = &cx.session.project().closed_services;
    if closed.is_empty() {
        return;
    }
    let lang = cx.lang;
    let count = lang.count(closed.len());
    ui.horizontal_wrapped(|ui| {
        strong(ui, say!(lang, "Nedlagda i simuleringen: {count}.", "Closed in the simulation: {count}."));
        if ui.link(lang.pick("Ångra alla nedläggningar", "Undo all closures")).clicked() {
            actions.push(Action::Edit(Command::OpenAllServices));
        }
    });
}
