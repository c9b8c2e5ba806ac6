//! How is a place laid beside others, wherever one meets it: in the inspector, on the map, in tables, in the search?

use egui::Ui;

use super::action::Action;
use super::context::Cx;
use super::icons;
use super::theme;
use super::widgets::{icon_button, icon_button_if, muted, sign_button, toggle};
use crate::app::command::Command;
use crate::app::comparing::{compared_as, name_of};
use crate::model::{Compared, Side, SiteId};
use crate::say;

/// The edit that makes these the places side by side.
pub fn edit(compared: Compared) -> Action {
    Action::Edit(Command::Compare(compared))
}

/// The choice with a place more, or without it where it is there already.
fn turned(cx: &Cx<'_>, side: &Side) -> Compared {
    let compared = Compared::clone(&cx.session.project().compared);
    if compared.has(side) { compared.without(side) } else { compared.with(side.clone()) }
}

/// What a place is compared as; a SOT place and its store are one.
fn meant(cx: &Cx<'_>, site: &SiteId) -> Option<Side> {
    compared_as(site, cx.results()?).map(Side::Place)
}

/// The button of the inspector, and what lies there already.
pub fn compare_ui(ui: &mut Ui, cx: &Cx<'_>, site: &SiteId, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(side) = meant(cx, site) else { return };
    let compared = &cx.session.project().compared;
    let is_on = compared.has(&side);
    ui.horizontal_wrapped(|ui| {
        let name = lang.pick("Jämför med andra orter", "Compare with other villages");
        if compared.is_full() && !is_on {
            let most = Compared::MOST;
            let full = say!(lang, "{most} jämförs redan", "{most} are compared already");
            icon_button_if(ui, false, icons::COMPARE, name).on_disabled_hover_text(full);
        } else if toggle(ui, is_on, icons::COMPARE, name).clicked() {
            actions.push(edit(turned(cx, &side)));
        }
        if is_on && compared.len() >= Compared::FEWEST {
            let count = compared.len();
            let text = say!(lang, "Visa de {count} sida vid sida", "Show the {count} side by side");
            if icon_button(ui, icons::RIGHT, &text).clicked() {
                actions.push(Action::ShowBeside);
            }
        }
    });
    if is_on && compared.len() < Compared::FEWEST {
        muted(ui, lang.pick("Välj minst en ort till.", "Choose at least one more village."));
    }
}

/// The tick in a row of a table.
pub fn tick(ui: &mut Ui, cx: &Cx<'_>, side: &Side, name: &str, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let compared = &cx.session.project().compared;
    let is_on = compared.has(side);
    let label = if is_on {
        say!(lang, "Jämför inte {name}", "Do not compare {name}")
    } else {
        say!(lang, "Jämför {name}", "Compare {name}")
    };
    let icon = if is_on { icons::DONE } else { icons::ADD };
    let response = sign_button(ui, is_on || !compared.is_full(), icon, &label);
    if is_on {
        let mark = theme::surfaces(cx.theme).accent;
        ui.painter().rect_stroke(
            response.rect.shrink(1.0),
            4.0,
            egui::Stroke::new(1.0, mark),
            egui::StrokeKind::Inside,
        );
    }
    if response.clicked() {
        actions.push(edit(turned(cx, side)));
    }
}

/// What stands in a menu about a place, and what it does; nothing where it cannot be compared.
pub fn entry(cx: &Cx<'_>, site: &SiteId) -> Option<(String, Action)> {
    let (lang, results) = (cx.lang, cx.results()?);
    let side = meant(cx, site)?;
    let project = cx.session.project();
    let name = name_of(&side, results, project);
    if project.compared.has(&side) {
        let text = say!(lang, "Jämför inte {name}", "Do not compare {name}");
        return Some((text, edit(turned(cx, &side))));
    }
    let text = say!(lang, "Jämför {name}", "Compare {name}");
    (!project.compared.is_full()).then(|| (text, edit(turned(cx, &side))))
}

/// Places and plans that a search finds to lay beside the others.
pub fn hits(cx: &Cx<'_>, wanted: &str) -> Vec<(String, Action)> {
    const MOST: usize = 6;
    let wanted = wanted.trim().to_lowercase();
    let project = cx.session.project();
    let Some(results) = cx.results().filter(|_| !wanted.is_empty() && !project.compared.is_full()) else {
        return Vec::new();
    };
    let sot = |at: Option<usize>| at.and_then(|at| results.situation.sot_places.get(at));
    let candidates = results.candidates.iter().filter(|candidate| {
        let names = [Some(candidate.name.as_str()), sot(candidate.sot).map(|sot| sot.name.as_str())];
        names.into_iter().flatten().any(|name| name.to_lowercase().contains(&wanted))
    });
    let trials = project.trials.iter().filter(|trial| trial.name.to_lowercase().contains(&wanted));
    let plans = project.plans.scenarios.iter().filter(|plan| plan.name.to_lowercase().contains(&wanted));
    // What the user made and named goes first: there is less of it.
    let sides = plans.map(|plan| (Side::Plan(plan.id), None));
    let sides = sides.chain(trials.map(|trial| (SiteId::Trial(trial.id).into(), None)));
    let sides = sides.chain(candidates.map(|one| (Side::Place(one.site.clone()), one.area)));
    let fresh = sides.filter(|(side, _)| !project.compared.has(side));
    let hit = |(side, area): (Side, Option<crate::model::AreaIx>)| {
        let name = name_of(&side, results, project);
        let municipality = results.situation.area_name(area).map(|name| format!(" ({name})"));
        let name = name + &municipality.unwrap_or_default();
        (say!(cx.lang, "Jämför {name}", "Compare {name}"), edit(turned(cx, &side)))
    };
    fresh.take(MOST).map(hit).collect()
}
