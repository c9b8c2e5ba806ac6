//! How does one factor count? Its value function with its ends, and what a missing value counts as.

use egui::Ui;

use super::common::{edit, edit_by};
use crate::app::Results;
use crate::app::ranking::RankingChange;
use crate::app::telling::words::short_number;
use crate::lang::Said;
use crate::model::{Direction, Factor, MissingRule, ValueFunction};
use crate::say;
use crate::siting::ranking::Worth;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::widgets::{NumberRow, muted};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, results: &Results, factor: Factor, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let setting = *cx.session.project().ranking.setting(factor);
    muted(ui, factor.meaning(lang));
    let worth =
        cx.ranked.ranking.factors.iter().find(|(known, _, _)| *known == factor).map(|(_, _, worth)| *worth);
    let known = || results.readings.iter().filter_map(|readings| readings[factor.index()].ok());
    let (min, max) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let (min, max) = if min < max { (min, max) } else { (0.0, 1.0) };
    let (worst, best) = match (worth, factor.direction()) {
        (Some(Worth::Linear { worst, best }), _) => (worst, best),
        (_, Direction::LessIsBetter) => (max, min),
        _ => (min, max),
    };
    shapes(ui, cx, factor, setting.function, (min, max), actions);
    let measure = results.measure();
    let unit = factor.unit().text(measure, lang);
    let number = |ui: &mut Ui, name: &str, hint: &str, value: f64, least: f64| {
        let speed = ((max - min) / 200.0).max(0.01);
        let decimals = if max - min < 20.0 { 2 } else { 0 };
        let unit = if unit.len() > 4 { "" } else { unit };
        NumberRow { name, hint, unit, decimals, range: least..=1e9, speed }.show(ui, lang, value)
    };
    let mut set = |changed: Option<(egui::Id, f64)>, function: &dyn Fn(f64) -> ValueFunction| {
        if let Some((id, value)) = changed {
            actions.push(edit_by(id, RankingChange::Function(factor, function(value))));
        }
    };
    match setting.function {
        ValueFunction::Linear { worst: fixed_worst, best: fixed_best } => {
            let hint = lang.pick(
                "Från början sämsta och bästa värdet bland platserna som jämförs; ändra det för att låsa det",
                "From the start the worst and best value among the places compared; change it to fix it",
            );
            let changed = number(ui, lang.pick("Sämst (0)", "Worst (0)"), hint, worst, 0.0);
            let differs = |end: f64, other: f64| if (end - other).abs() < 1e-9 { end + 1e-3 } else { end };
            set(changed, &|value| ValueFunction::Linear {
                worst: Some(differs(value, best)),
                best: fixed_best,
            });
            let changed = number(ui, lang.pick("Bäst (1)", "Best (1)"), hint, best, 0.0);
            set(changed, &|value| ValueFunction::Linear {
                worst: fixed_worst,
                best: Some(differs(value, worst)),
            });
            if fixed_worst.or(fixed_best).is_some()
                && ui
                    .small_button(
                        lang.pick("Låt platserna bestämma ändarna", "Let the places decide the ends"),
                    )
                    .clicked()
            {
                actions.push(edit(RankingChange::Function(factor, ValueFunction::default())));
            }
        }
        ValueFunction::Step { at } => {
            let name = if factor.direction() == Direction::LessIsBetter {
                lang.pick("Högst", "At most")
            } else {
                lang.pick("Minst", "At least")
            };
            set(number(ui, name, name, at, 0.0), &|at| ValueFunction::Step { at });
        }
        ValueFunction::Ideal { at, below, above } => {
            let best = lang.pick("Bäst vid", "Best at");
            set(number(ui, best, best, at, 0.0), &|at| ValueFunction::Ideal { at, below, above });
            let under = lang.pick("Inget värt så långt under", "Worth nothing so far below");
            set(number(ui, under, under, below, 1e-3), &|below| ValueFunction::Ideal { at, below, above });
            let over = lang.pick("Inget värt så långt över", "Worth nothing so far above");
            set(number(ui, over, over, above, 1e-3), &|above| ValueFunction::Ideal { at, below, above });
        }
    }
    missing(ui, cx, results, factor, setting.missing, actions);
    let (min, max) = (short_number(lang, min), short_number(lang, max));
    muted(ui, say!(lang, "I data: {min} till {max} {unit}", "In the data: {min} to {max} {unit}").trim_end());
}

fn missing(
    ui: &mut Ui,
    cx: &Cx<'_>,
    results: &Results,
    factor: Factor,
    chosen: MissingRule,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let places = &cx.ranked.ranking.places;
    let count =
        places.iter().filter(|place| results.readings[place.candidate][factor.index()].is_err()).count();
    let count = lang.count(count);
    ui.label(say!(lang, "Saknas värdet ({count} platser)", "Where it is missing ({count} places)"));
    ui.horizontal_wrapped(|ui| {
        for rule in MissingRule::ALL {
            let response = ui.selectable_label(chosen == rule, rule.said(lang));
            let hint = match rule {
                MissingRule::LeaveOut => lang.pick(
                    "Platsen räknas på det som är känt; de andra vikterna delar på resten",
                    "The place is scored by what is known; the other weights share the rest",
                ),
                MissingRule::Worst => lang.pick(
                    "Okänt räknas som sämst: straffar den som inte har frågat",
                    "Unknown counts as the worst: punishes not having asked",
                ),
                MissingRule::Neutral => lang.pick(
                    "Okänt räknas som mitt emellan sämst och bäst",
                    "Unknown counts as half way between worst and best",
                ),
            };
            if response.on_hover_text(hint).clicked() && chosen != rule {
                actions.push(edit(RankingChange::Missing(factor, rule)));
            }
        }
    });
}

/// Which shape the function has.
fn shapes(
    ui: &mut Ui,
    cx: &Cx<'_>,
    factor: Factor,
    chosen: ValueFunction,
    (min, max): (f64, f64),
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let (middle, half) = (f64::midpoint(min, max), (max - min) / 2.0);
    let choices = [
        (
            lang.pick("Rak", "Straight"),
            ValueFunction::default(),
            lang.pick("Linjär mellan två ändar", "Linear between two ends"),
        ),
        (
            lang.pick("Tröskel", "Threshold"),
            ValueFunction::Step { at: middle },
            lang.pick("Allt eller inget vid ett värde (steg)", "All or nothing at a value (step)"),
        ),
        (
            lang.pick("Lagom", "Ideal"),
            ValueFunction::Ideal { at: middle, below: half, above: half },
            lang.pick("Bäst vid ett värde, avtar åt båda håll", "Best at a value, falling to both sides"),
        ),
    ];
    ui.horizontal_wrapped(|ui| {
        for (name, function, hint) in choices {
            let is_on = std::mem::discriminant(&function) == std::mem::discriminant(&chosen);
            if ui.selectable_label(is_on, name).on_hover_text(hint).clicked() && !is_on {
                actions.push(edit(RankingChange::Function(factor, function)));
            }
        }
    });
}
