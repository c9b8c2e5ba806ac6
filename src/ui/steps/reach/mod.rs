//! Step Reach (Nå): how far do people have to the nearest service, and where are the gaps?

mod answer;
mod closures;
mod figures;
mod histogram;
mod profile;
mod rural;
mod speeds;
mod travel;
mod winter;

use crate::ui::panels::tables;
use crate::ui::state::{Shown, StepId};
use crate::ui::steps::row::Step;
use egui::Ui;

use crate::lang::Said;
use crate::model::ServiceKind;
use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::{colouring_choice, how, nothing_yet};
use crate::ui::state::View;
use crate::ui::widgets::{answer, heading, icon_button, muted, toggle};

/// Its row.
pub const STEP: Step = Step {
    id: StepId::REACH,
    names: ["Tillgänglighet", "Reach"],
    icon: icons::REACH,
    key: egui::Key::Num2,
    shown: &[Shown::Coverage],
    panel: show,
    tables: tables::show,
};

fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else {
        return nothing_yet(ui, cx, actions);
    };
    if results.situation.demand.is_empty() {
        return no_population(ui, cx, actions);
    }
    answer::show(ui, cx, view, results, actions);
    figures::first(ui, cx, view, results);
    histogram::show(ui, cx, view, results, actions);
    heading(ui, lang.pick("Typ av service", "Kind of service"));
    ui.horizontal_wrapped(|ui| {
        for kind in ServiceKind::measured() {
            if results.kind(kind).is_some()
                && toggle(ui, view.kind == kind, icons::of_kind(kind), &kind.said(lang)).clicked()
            {
                view.kind = kind;
                view.map.lit = None;
            }
        }
    });
    travel::show(ui, cx, actions);
    closures::show(ui, cx, view, actions);
    heading(ui, lang.pick("Visa på kartan", "Show on the map"));
    colouring_choice(ui, cx, &mut view.colouring);
    ui.checkbox(&mut view.reach.shows_gaps, lang.pick("Luckor", "Gaps"));
    if results.travel.is_by_road() {
        ui.checkbox(&mut view.reach.shows_roads, lang.pick("Vägar", "Roads"));
    }
    if let Some(result) = results.kind(view.kind) {
        figures::in_the_whole_area(ui, lang, &result.summary, results.measure());
        figures::groups(ui, cx, view);
        figures::gaps(ui, cx, view, actions);
    }
    how(ui, cx);
}

/// Without people no figure means anything: say what is missing, and how to get it.
fn no_population(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    answer(ui, lang.pick("Befolkning saknas.", "Population is missing."));
    muted(
        ui,
        lang.pick(
            "Utan befolkning går det inte att säga hur långt invånarna har. Läs in rutor eller punkter med antal personer, eller välj rollen Befolkning för ett lager under Data.",
            "Without population nobody can say how far people have. Load cells or points with a number of people, or choose the role Population for a layer under Data.",
        ),
    );
    if icon_button(ui, icons::OPEN, lang.pick("Öppna befolkning…", "Open population…")).clicked() {
        actions.push(Action::Do(Simple::Open));
    }
}
