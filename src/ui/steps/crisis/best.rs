//! Which places would keep most people supplied? What is asked, and the answer with its proof.

use egui::Ui;

use super::fuel::scrolled;
use super::scenario::keep;
use crate::app::Results;
use crate::app::outage::{Best, Over};
use crate::lang::{Lang, Said};
use crate::say;
use crate::ui::action::{Action, CrisisAsk};
use crate::ui::context::Cx;
use crate::ui::crisis::shown;
use crate::ui::icons;
use crate::ui::panels::common::whole;
use crate::ui::state::{CrisisState, View};
use crate::ui::widgets::{NumberRow, answer, choice, figure, icon_button, muted, primary_button};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    ui.columns(2, |columns| {
        scrolled(&mut columns[0], "asked", |ui| asked(ui, cx, view, actions));
        scrolled(&mut columns[1], "best", |ui| found(ui, cx, view, actions));
    });
}

fn asked(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let state = &mut view.crisis;
    let count = f64::from(u16::try_from(state.asked.count).unwrap_or(1));
    let row = NumberRow {
        name: lang.pick("SOT-punkter till", "More SOT points"),
        hint: "",
        unit: "",
        decimals: 0,
        range: 1.0..=200.0,
        speed: 0.05,
    };
    if let Some((_, fresh)) = row.show(ui, lang, count) {
        state.asked.count = whole(fresh).max(1);
    }
    needs(ui, cx, &mut view.crisis);
    if cx.session.project().outages.scenarios.len() > 1 {
        scenarios(ui, cx, &mut view.crisis, actions);
    }
    if cx.crisis.is_asking_best() {
        ui.spinner();
        if icon_button(
            ui,
            icons::CLOSE,
            lang.pick("Avbryt, behåll det som finns", "Stop, keep what is there"),
        )
        .clicked()
        {
            actions.push(Action::Crisis(CrisisAsk::StopBest));
        }
        return;
    }
    let may = !view.crisis.asked.needs.is_empty() && cx.crisis.shown.is_some();
    if primary_button(ui, may, icons::PLAN, lang.pick("Hitta platserna", "Find the places")).clicked() {
        let one = shown(cx, view).map(|scenario| scenario.id);
        let over =
            if view.crisis.over.is_empty() { one.into_iter().collect() } else { view.crisis.over.clone() };
        actions.push(Action::Crisis(CrisisAsk::Best(over)));
    }
}

/// Which needs count.
fn needs(ui: &mut Ui, cx: &Cx<'_>, state: &mut CrisisState) {
    let lang = cx.lang;
    muted(ui, lang.pick("Behov som räknas", "Needs that count"));
    ui.horizontal_wrapped(|ui| {
        let all: Vec<_> =
            cx.crisis.shown.iter().flat_map(|shown| &shown.crisis.needs).map(|need| need.need).collect();
        for need in all {
            let mut is_in = state.asked.needs.contains(&need);
            if ui.checkbox(&mut is_in, need.said(lang)).changed() {
                state.asked.needs.retain(|known| *known != need);
                if is_in {
                    state.asked.needs.push(need);
                }
            }
        }
    });
}

/// Which scenarios count, how much each, and whether the worst alone does.
fn scenarios(ui: &mut Ui, cx: &Cx<'_>, state: &mut CrisisState, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let book = &cx.session.project().outages;
    muted(ui, lang.pick("Scenarier som räknas", "Scenarios that count"));
    let shown: Vec<u32> = book.shown(state.chosen).into_iter().map(|scenario| scenario.id).collect();
    for scenario in &book.scenarios {
        let over = if state.over.is_empty() { shown.clone() } else { state.over.clone() };
        let mut is_in = over.contains(&scenario.id);
        ui.horizontal(|ui| {
            if ui.checkbox(&mut is_in, &scenario.name).changed() {
                state.over = over;
                state.over.retain(|known| *known != scenario.id);
                if is_in {
                    state.over.push(scenario.id);
                }
            }
            let mut weight = scenario.weight;
            let field = crate::ui::widgets::number_field(&mut weight, lang, 2).range(0.0..=100.0).speed(0.05);
            let drag = ui.add(field.prefix(lang.pick("vikt ", "weight ")));
            let label = say!(lang, "Vikt för {}", "Weight of {}", scenario.name);
            drag.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
            if drag.changed() {
                let next = crate::model::outage::OutageScenario { weight, ..scenario.clone() };
                actions.push(Action::EditBy(drag.id, keep(next)));
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        for over in [Over::Expected, Over::Worst] {
            let name = over.said(lang);
            let label = say!(lang, "Räkna på {name}", "Count {name}");
            if choice(ui, state.asked.over == over, &name, &label).clicked() {
                state.asked.over = over;
            }
        }
    });
}

fn found(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let book = &cx.session.project().outages;
    let best = cx.session.results.as_ref().and_then(|results| cx.crisis.best(results, book));
    let Some(best) = best else {
        muted(
            ui,
            lang.pick(
                "Platserna som ger flest persontimmar med det som behövs, bland alla butiker, SOT-platser och testplatser. Pausade, nedlagda och platser som inte är möjliga i dag är inte med. Ändras scenariot eller ett antagande får man leta igen.",
                "The places that give most people-hours with what is needed, among all stores, SOT places and test sites. Paused and closed places, and those not possible today, are left out. If the scenario or an assumption changes, look again.",
            ),
        );
        return;
    };
    answer(ui, &names(best, lang));
    let proof = best.proof.said(lang);
    let seconds = lang.number(best.seconds, 1);
    muted(
        ui,
        say!(
            lang,
            "{proof}; {} möjliga platser, {seconds} s",
            "{proof}; {} possible places, {seconds} s",
            best.options
        ),
    );
    for of in &best.scenarios {
        let gained = lang.number(of.after - of.before, 0);
        figure(ui, &of.name, &say!(lang, "+{gained} persontimmar", "+{gained} people-hours"));
        let (after, all) = (lang.number(of.after, 0), lang.number(of.everyone, 0));
        muted(
            ui,
            say!(lang, "{after} av {all} om alla hade allt", "{after} of {all} if everybody had everything"),
        );
    }
    muted(
        ui,
        lang.pick(
            "Räknat för dem som drabbas hemma och dem som har behovet till vardags.",
            "Counted for those who are hit at home and those who have the need every day.",
        ),
    );
    for (name, status) in &best.left_out {
        let status = status.said(lang);
        muted(ui, say!(lang, "Inte med: {name} ({status})", "Left out: {name} ({status})"));
    }
    if let Some(scenario) = shown(cx, view)
        && icon_button(ui, icons::ADD, lang.pick("Lägg dem i scenariot", "Put them into the scenario"))
            .clicked()
    {
        let mut next = scenario.clone();
        next.added.extend(best.chosen.iter().map(|one| one.site.clone()));
        actions.push(Action::Edit(keep(next)));
    }
}

fn names(best: &Best, lang: Lang) -> String {
    if best.chosen.is_empty() {
        return lang.pick("Ingen plats ger något mer.", "No place gives anything more.").into();
    }
    let one = |one: &crate::app::outage::SotOption| match &one.municipality {
        Some(municipality) => format!("{} ({municipality})", one.name),
        None => one.name.clone(),
    };
    best.chosen.iter().map(one).collect::<Vec<_>>().join(", ")
}
