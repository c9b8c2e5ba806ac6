//! On what does the answer rest, and on what does it hang most? Every number with its source, each can be changed.

use egui::{Ui, WidgetInfo};

use super::curve::exports;
use super::fuel::scrolled;
use crate::app::Results;
use crate::app::command::Command;
use crate::app::exports::Export;
use crate::app::outage::{OutageChange, delay_said, edge_said, people};
use crate::lang::{Lang, Said};
use crate::model::outage::{AssumptionRow, Chain, OutageAssumptions, Range, Unsaid};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::widgets::{choice, figure, icon_button, muted, number_field, strong};

/// The edit that makes the assumptions so.
pub(super) fn assume(assumptions: OutageAssumptions) -> Command {
    Command::Outage(OutageChange::Assume(Box::new(assumptions)))
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, _: &mut View, _: &Results, actions: &mut Vec<Action>) {
    ui.columns(3, |columns| {
        scrolled(&mut columns[0], "numbers", |ui| numbers(ui, cx, actions));
        scrolled(&mut columns[1], "edges", |ui| edges(ui, cx));
        scrolled(&mut columns[2], "hangs", |ui| hangs(ui, cx));
    });
}

fn numbers(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let assumed = &cx.session.project().outages.assumptions;
    strong(ui, lang.pick("Antaganden, gäller alla scenarier", "Assumptions, for all scenarios"));
    muted(ui, lang.pick("Reservkraft där inget är sagt", "Reserve power where nothing is said"));
    ui.horizontal_wrapped(|ui| {
        for (unsaid, name) in [
            (
                Unsaid::Unknown,
                lang.pick("kanske (mellan sämsta och bästa)", "perhaps (between worst and best)"),
            ),
            (Unsaid::No, lang.pick("nej", "no")),
        ] {
            let label = say!(
                lang,
                "Reservkraft där inget är sagt: {name}",
                "Reserve power where nothing is said: {name}"
            );
            if choice(ui, assumed.own_power_unsaid == unsaid, name, &label).clicked() {
                actions.push(Action::Edit(assume(OutageAssumptions {
                    own_power_unsaid: unsaid,
                    ..assumed.clone()
                })));
            }
        }
    });
    exports(ui, cx, &[Export::CrisisAssumptions, Export::CrisisScenario], actions);
    for row in assumed.rows() {
        ui.push_id(row.id, |ui| number(ui, lang, &row, assumed, actions));
    }
    if *assumed != OutageAssumptions::default()
        && icon_button(
            ui,
            crate::ui::icons::UNDO,
            lang.pick("Tillbaka till standard", "Back to the standard"),
        )
        .clicked()
    {
        actions.push(Action::Edit(assume(OutageAssumptions::default())));
    }
}

/// A number, or the least and the most.
fn number(
    ui: &mut Ui,
    lang: Lang,
    row: &AssumptionRow,
    assumed: &OutageAssumptions,
    actions: &mut Vec<Action>,
) {
    let name = lang.pick(row.names[0], row.names[1]);
    ui.add(egui::Label::new(name).wrap());
    ui.horizontal(|ui| {
        let Range(mut least, mut most) = row.value;
        let unit = format!(" {}", row.unit);
        let is_whole = row.value.0.fract() == 0.0 && row.value.1.fract() == 0.0;
        let decimals = if is_whole { 0 } else { 2 };
        let field = |value, ui: &mut Ui, what: &str| {
            let drag = number_field(value, lang, decimals).range(0.0..=1e6).speed(0.1).suffix(&unit);
            let drag = ui.add(drag);
            let label = format!("{name} {what}");
            drag.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
            drag
        };
        let first = field(&mut least, ui, if row.is_single { "" } else { lang.pick("(minst)", "(least)") });
        let mut changed = first.changed().then_some(first.id);
        if row.is_single {
            most = least;
        } else {
            ui.label("–");
            let second = field(&mut most, ui, lang.pick("(mest)", "(most)"));
            changed = changed.or(second.changed().then_some(second.id));
            if first.changed() {
                most = most.max(least);
            } else {
                least = least.min(most);
            }
        }
        if let Some(id) = changed {
            let next = assumed.clone().with(row.id, Range(least, most));
            actions.push(Action::EditBy(id, assume(next)));
        }
    });
}

fn edges(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    strong(
        ui,
        lang.pick("Beroenden (ändras under Händelsekedja)", "Dependencies (changed under Event chain)"),
    );
    for edge in Chain::with(&cx.session.project().outages.assumptions.edits).edges {
        let name = edge_said(&edge, lang);
        figure(ui, &name, &delay_said(&edge, lang));
        let basis = edge.basis.said(lang);
        let (effect, source) = (edge.effect.said(lang), lang.pick(edge.source[0], edge.source[1]));
        let changed = if edge.is_changed { lang.pick(" · ändrat här", " · changed here") } else { "" };
        muted(ui, format!("{effect} · {basis}: {source}{changed}"));
    }
}

fn hangs(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    strong(ui, lang.pick("Svaret beror mest på", "The answer depends most on"));
    muted(
        ui,
        lang.pick(
            "Persontimmar fler än i det sämsta fallet, över alla behov, om bara detta antas vara som bäst.",
            "People-hours more than in the worst case, over all needs, if this alone is at its best.",
        ),
    );
    if cx.crisis.is_asking_hangs() {
        ui.spinner();
    }
    let Some(found) = cx.crisis.hangs() else { return };
    if found.is_empty() {
        muted(
            ui,
            lang.pick(
                "Inget av det som är osäkert ändrar svaret.",
                "Nothing that is unsure changes the answer.",
            ),
        );
    }
    for one in found.iter() {
        figure(ui, &one.what.said(lang), &people(one.people_hours.round(), lang));
    }
}
