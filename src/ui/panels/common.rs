//! What do several steps show alike?

use egui::Ui;

use crate::app::command::Command;
use crate::lang::Said;
use crate::model::Parameters;
use crate::scene::classes::Colouring;
use crate::siting::{Candidate, Outcome};
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::widgets::{answer, icon_button, muted};

/// What every step shows before there are results.
pub fn nothing_yet(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if cx.session.is_busy() {
        answer(ui, lang.pick("Räknar…", "Computing…"));
        ui.spinner();
        return;
    }
    answer(ui, lang.pick("Här finns inga data ännu.", "There are no data here yet."));
    muted(
        ui,
        lang.pick(
            "Befolkning och butiker behövs för att se hur långt människor har till service.",
            "Population and stores are needed to see how far people have to services.",
        ),
    );
    if icon_button(ui, icons::OPEN, &Simple::Open.said(lang)).clicked() {
        actions.push(Action::Do(Simple::Open));
    }
    if icon_button(ui, icons::LAYERS, &Simple::OpenDemo.said(lang)).clicked() {
        actions.push(Action::Do(Simple::OpenDemo));
    }
}

/// What the cells are coloured by.
pub fn colouring_choice(ui: &mut Ui, cx: &Cx<'_>, chosen: &mut Colouring) {
    let lang = cx.lang;
    ui.horizontal_wrapped(|ui| {
        let has_groups = cx.results().is_some_and(|results| results.rural.is_some());
        for (colouring, name) in [
            (Colouring::Distance, lang.pick("Avstånd", "Distance")),
            (Colouring::People, lang.pick("Befolkning", "Population")),
            (Colouring::Groups, lang.pick("Tätort och landsbygd", "Localities and countryside")),
            (Colouring::Off, lang.pick("Inga rutor", "No cells")),
        ] {
            if colouring == Colouring::Groups && !has_groups {
                continue;
            }
            if ui.selectable_label(*chosen == colouring, name).clicked() {
                *chosen = colouring;
            }
        }
    });
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the field holds it in range")]
pub fn whole(value: f64) -> usize {
    value.round().max(0.0) as usize
}

pub fn set(parameters: Parameters) -> Action {
    Action::Edit(Command::SetParameters(parameters))
}

/// Counts outcomes for a short line in tables.
#[must_use]
pub fn outcome_line(candidate: &Candidate) -> String {
    let count = |outcome| candidate.rules.iter().filter(|rule| rule.outcome == outcome).count();
    format!("{}/{}/{}", count(Outcome::Met), count(Outcome::NotMet), count(Outcome::Unknown))
}

/// The first letter large, as a line begins.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Which files, and of when.
pub fn sources(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let project = cx.session.project();
    for layer in &project.roads {
        let date = layer.source.date.clone().unwrap_or_else(|| lang.pick("utan datum", "no date").into());
        muted(ui, format!("{} · {date}", layer.name));
    }
    for layer in &project.layers {
        let date = layer.source.date.clone().unwrap_or_else(|| lang.pick("utan datum", "no date").into());
        muted(ui, format!("{} · {date}", layer.name));
    }
    muted(ui, lang.pick("Register är ofullständiga.", "Registers are incomplete."));
}
