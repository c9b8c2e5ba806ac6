//! What if a store with a SOT point stood at the trial point?

use egui::Ui;

use super::common::{copy_place, nearest, people_within};
use super::{follow, reserve, ways};
use crate::app::command::Command;
use crate::app::streets;
use crate::geometry::LonLat;
use crate::lang::Said;
use crate::model::{ServiceKind, SiteId};
use crate::say;
use crate::siting::SiteFigures;
use crate::ui::action::Action;
use crate::ui::beside::compare_ui;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Selection, Shown, View};
use crate::ui::widgets::{figure, heading, icon_button, muted, warning};
use crate::units::{Measure, People};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, selection: &Selection, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Selection::Site(site @ SiteId::Trial(id)) = selection else { return };
    let Some(trial) = cx.session.project().trials.iter().find(|trial| trial.id == *id) else { return };
    let place = view.dragged_to(*id).unwrap_or(trial.place);
    muted(ui, lang.pick("Tänk om en butik med SOT-punkt låg här. Ingen butik finns på platsen: inte möjlig i dag.", "What if a store with a SOT point stood here? There is no store at the place: not possible today."));
    if cx.shows(Shown::Follow) {
        muted(
            ui,
            lang.pick(
                "Det du skriver här följs på tavlan. En status räknas inte i siffrorna: lägg till butiken när den finns.",
                "What you write here is followed on the board. A status does not count in the figures: add the store once there is one.",
            ),
        );
        follow::show(ui, cx, &mut view.dialogs, site, actions);
    } else {
        follow::in_short(ui, cx, site, actions);
    }
    let label = ui.label(lang.pick("Namn", "Name"));
    let mut name = trial.name.clone();
    let field =
        ui.add(egui::TextEdit::singleline(&mut name).desired_width(f32::INFINITY)).labelled_by(label.id);
    if field.changed() {
        actions.push(Action::EditBy(field.id, Command::RenameTrial(*id, name)));
    }
    let mut is_chosen = cx.session.project().selected.contains(site);
    if ui.checkbox(&mut is_chosen, lang.pick("Vald för export", "Chosen for export")).changed() {
        actions.push(Action::Edit(Command::Select { site: site.clone(), is_selected: is_chosen }));
    }
    compare_ui(ui, cx, site, actions);
    reserve::at(ui, cx, &mut view.dialogs, site);
    ways::reach_ui(ui, cx, &mut view.reach);
    no_road(ui, cx, place);
    match cx.trial.figures() {
        Some(Ok(figures)) => trial_figures(ui, cx, figures),
        Some(Err(error)) => {
            warning(ui, cx.theme, error.said(lang));
        }
        None => {}
    }
    ui.add_space(6.0);
    if icon_button(ui, icons::DELETE, lang.pick("Ta bort testplatsen", "Remove test site")).clicked() {
        actions.push(Action::Edit(Command::RemoveTrial(*id)));
        actions.push(Action::Select(None));
    }
    copy_place(ui, cx, place, actions);
}

/// Nobody gets to a place without a road: better said than a row of zeros.
fn no_road(ui: &mut Ui, cx: &Cx<'_>, place: LonLat) {
    let lang = cx.lang;
    let Some((results, scene)) = cx.results().zip(cx.scene) else { return };
    let Some(point) = scene.reprojection.plane(place) else { return };
    if streets::is_reached(results, point) != Some(false) {
        return;
    }
    let limit = lang.distance(results.project.parameters.profile.max_access);
    let text = say!(
        lang,
        "Ingen väg inom {limit} från punkten: ingen når den.",
        "No road within {limit} of the point: nobody reaches it."
    );
    warning(ui, cx.theme, text);
}

fn trial_figures(ui: &mut Ui, cx: &Cx<'_>, figures: &SiteFigures) {
    let lang = cx.lang;
    heading(ui, lang.pick("Människor", "People"));
    people_within(ui, cx, figures.people_within);
    if figures.people_without_today > People::ZERO {
        let people = lang.people(figures.people_without_today);
        figure(ui, lang.pick("Når ingen butik i dag", "Reach no store today"), &people);
    }
    figure(
        ui,
        lang.pick("Får den som närmaste butik", "Get it as nearest store"),
        &lang.people(figures.people_nearest),
    );
    figure(
        ui,
        lang.pick("Lyfts ur lucka för livsmedel", "Moved out of a grocery gap"),
        &lang.people(figures.grocery_gap_people),
    );
    if cx.results().is_some_and(|results| results.kind(ServiceKind::Sot).is_some()) {
        let people = lang.people(figures.sot_gap_people);
        figure(ui, lang.pick("Lyfts ur lucka för SOT", "Moved out of a SOT gap"), &people);
    }
    let mut saved =
        vec![(lang.pick("Kortare väg, person-km", "Shorter way, person-km"), figures.saved_person_km)];
    if let Some(minutes) = figures.saved_person_min {
        saved.push((lang.pick("Kortare tid, person-min", "Shorter time, person-min"), minutes));
    }
    if cx.results().is_some_and(|results| results.measure() == Measure::Time) {
        saved.reverse();
    }
    for (name, sum) in saved {
        figure(ui, name, &lang.number(sum, 0));
    }
    nearest(ui, cx, &figures.nearest);
}
