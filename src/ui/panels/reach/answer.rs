//! How many have farther than the threshold, and what changes that? The answer first, in plain words.

use egui::Ui;

use crate::analysis::CoverageSummary;
use crate::app::Results;
use crate::app::command::Command;
use crate::app::telling::words::short;
use crate::lang::Said;
use crate::model::ServiceKind;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::Goal;
use crate::ui::widgets::{answer, muted};
use crate::units::{Measure, People};

/// The answer, and what it depends on.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, results: &Results, actions: &mut Vec<Action>) {
    said(ui, cx, kind, results);
    over_water(ui, cx, results, actions);
    closures_cost(ui, cx, kind, results);
    closed_on_trial(ui, cx, actions);
}

fn said(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, results: &Results) {
    let lang = cx.lang;
    let measure = results.measure();
    if let Some(result) = results.kind(kind) {
        let summary = &result.summary;
        let beyond = lang.people(summary.people_beyond);
        let share = lang.percent(summary.people_beyond.share_of(summary.people_total));
        let limit = short(lang, results.limit(), measure);
        let unit = kind.unit(lang);
        let farther = if measure == Measure::Time { "longer" } else { "farther" };
        answer(
            ui,
            &say!(
                lang,
                "{beyond} personer, {share}, har längre än {limit} till närmaste {unit}.",
                "{beyond} people, {share}, have {farther} than {limit} to the nearest {unit}."
            ),
        );
        // Who has no value is no better off than who has far: as large as the figure above.
        for (reason, people) in &summary.people_without_value {
            let people = lang.people(*people);
            let why = reason.said(lang);
            let text = say!(
                lang,
                "{people} personer till saknar värde: {why}.",
                "{people} people more have no value: {why}."
            );
            answer(ui, &text);
        }
    } else {
        answer(
            ui,
            lang.pick(
                "Slaget finns inte i data. Välj ett annat eller läs in ett lager.",
                "The kind is not in the data. Choose another or load a layer.",
            ),
        );
    }
}

/// Who walks over water to the road, and the way there on the map.
fn over_water(ui: &mut Ui, cx: &Cx<'_>, results: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(first) = results.over_water.first() else { return };
    let people: People = results.over_water.iter().map(|place| place.people).sum();
    let (count, people) = (lang.count(results.over_water.len()), lang.people(people));
    let text = say!(
        lang,
        "{count} platser ({people} personer) har vatten mellan sig och närmaste väg: ingen väg ligger på deras sida. Visa den med flest",
        "{count} places ({people} people) have water between them and their road: none lies on their side. Show the one with most"
    );
    if ui.add(egui::Button::new(text).frame(false).wrap()).clicked() {
        actions.push(Action::Go(Goal { place: first.place, zoom: Some(12.0) }));
    }
}

/// What the closed roads do to the figure above.
fn closures_cost(ui: &mut Ui, cx: &Cx<'_>, kind: ServiceKind, results: &Results) {
    let lang = cx.lang;
    let Some(result) = results.kind(kind) else { return };
    let Some(open) = &result.open else { return };
    let not_within = |summary: &CoverageSummary| summary.people_total - summary.people_within;
    let (now, before) = (not_within(&result.summary), not_within(open));
    let before_text = lang.people(before);
    let more = lang.people(now - before);
    let measure = results.measure();
    let mean = |summary: &CoverageSummary| {
        summary.spread.mean.map_or_else(|| "–".to_owned(), |mean| lang.cost(mean, measure))
    };
    let (mean_now, mean_before) = (mean(&result.summary), mean(open));
    ui.label(say!(
        lang,
        "Vägavstängningarna: {more} personer fler än de {before_text} utan dem når ingen inom gränsen. Medel {mean_before} utan, {mean_now} med.",
        "The road closures: {more} people more than the {before_text} without them reach none within the threshold. Mean {mean_before} without, {mean_now} with."
    ));
    let Some(farther) = &result.farther else { return };
    if farther.people == People::ZERO && farther.cut_off == People::ZERO {
        muted(ui, lang.pick("Ingen får längre väg.", "Nobody has a longer way."));
        return;
    }
    let people = lang.people(farther.people);
    let (by, most) = (lang.cost(farther.mean, measure), lang.cost(farther.most, measure));
    ui.label(say!(
        lang,
        "{people} personer får längre väg: i medel {by}, som mest {most}.",
        "{people} people have a longer way: by {by} on average, {most} at most."
    ));
    if farther.cut_off > People::ZERO {
        let people = lang.people(farther.cut_off);
        ui.strong(say!(lang, "{people} personer når ingen alls.", "{people} people reach none at all."));
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
        ui.strong(say!(lang, "Stängda på prov: {count}.", "Closed on trial: {count}."));
        if ui.link(lang.pick("Öppna alla igen", "Open all again")).clicked() {
            actions.push(Action::Edit(Command::OpenAllServices));
        }
    });
}
