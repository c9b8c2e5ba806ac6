//! What would one more SOT point change, one place less, or a can of diesel? What the scenario adds, takes away and fuels.

use egui::Ui;

use super::scenario::keep;
use crate::app::comparing::name_of;
use crate::app::outage::people;
use crate::lang::Said;
use crate::model::outage::{OutageScenario, Refuel};
use crate::model::{Side, SiteId};
use crate::outage::Case;
use crate::say;
use crate::ui::action::{Action, CrisisAsk};
use crate::ui::context::Cx;
use crate::ui::crisis::shown;
use crate::ui::icons;
use crate::ui::state::{CrisisTab, Goal, Selection, StepId, View};
use crate::ui::widgets::{figure, heading, icon_button, muted, number_field, row_name, sign_button};

/// What a site is called, whatever it is.
pub(super) fn name(cx: &Cx<'_>, site: &SiteId) -> String {
    let Some(results) = cx.results() else { return site.text() };
    if let Some((_, service)) = cx.service(site) {
        return service.name.clone();
    }
    name_of(&Side::Place(site.clone()), results, cx.session.project())
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(scenario) = shown(cx, view) else { return };
    heading(ui, lang.pick("Vad ändrar en SOT-punkt till?", "What does one more SOT point change?"));
    chosen(ui, cx, view, scenario, actions);
    for site in &scenario.added {
        row(ui, cx, site, lang.pick("SOT-punkt", "SOT point"), actions, || {
            let mut next = scenario.clone();
            next.added.remove(site);
            next
        });
    }
    for site in &scenario.removed {
        row(ui, cx, site, lang.pick("borta", "gone"), actions, || {
            let mut next = scenario.clone();
            next.removed.remove(site);
            next
        });
    }
    for at in 0..scenario.refuels.len() {
        refuel(ui, cx, scenario, at, actions);
    }
    gained(ui, cx);
    roads(ui, cx, actions);
    let best = lang.pick("Hitta de bästa platserna…", "Find the best places…");
    if icon_button(ui, icons::PLAN, best).clicked() {
        view.crisis.tab = CrisisTab::Best;
        view.sheet.set_open(StepId::CRISIS, true);
    }
}

/// What can be done with the place that is chosen on the map.
fn chosen(ui: &mut Ui, cx: &Cx<'_>, view: &View, scenario: &OutageScenario, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(Selection::Site(site)) = &view.selection else {
        muted(
            ui,
            lang.pick(
                "Välj en plats på kartan: då kan den få en SOT-punkt, tas bort eller tankas här.",
                "Choose a place on the map: it can then be given a SOT point, be removed or refuelled here.",
            ),
        );
        return;
    };
    let place = name(cx, site);
    let candidate = cx.candidate(site).map(|candidate| candidate.site.clone());
    let is_trial = matches!(site, SiteId::Trial(_));
    let target = candidate.or_else(|| is_trial.then(|| site.clone()));
    let sot = cx.candidate(site).and_then(|candidate| cx.results()?.situation.sot_places.get(candidate.sot?));
    if sot.is_some_and(|sot| sot.status.is_serving()) {
        muted(ui, say!(lang, "{place} är redan en SOT-punkt.", "{place} is a SOT point already."));
    } else if let Some(target) = target.filter(|target| !scenario.added.contains(target)) {
        let text = say!(lang, "SOT-punkt i {place}", "SOT point in {place}");
        if icon_button(ui, icons::ADD, &text).clicked() {
            let mut next = scenario.clone();
            next.added.insert(target);
            actions.push(Action::Edit(keep(next)));
        }
    }
    if cx.service(site).is_some() && !scenario.removed.contains(site) {
        let text = say!(lang, "Räkna utan {place}", "Leave {place} out");
        if icon_button(ui, icons::REMOVE, &text).clicked() {
            let mut next = scenario.clone();
            next.removed.insert(site.clone());
            actions.push(Action::Edit(keep(next)));
        }
    }
    let mut places = cx.crisis.shown.iter().flat_map(|shown| &shown.crisis.places);
    if places.any(|place| place.site == *site || place.fuelled_at == *site) {
        let text = say!(lang, "Tanka {place} vid timme {}", "Refuel {place} at hour {}", view.crisis.hour);
        if icon_button(ui, icons::CRISIS, &text).clicked() {
            let hour = f64::from(u16::try_from(view.crisis.hour).unwrap_or(0));
            let mut next = scenario.clone();
            next.refuels.push(Refuel { site: site.clone(), hour, litres: 500.0 });
            actions.push(Action::Edit(keep(next)));
        }
    }
}

fn row(
    ui: &mut Ui,
    cx: &Cx<'_>,
    site: &SiteId,
    what: &str,
    actions: &mut Vec<Action>,
    without: impl FnOnce() -> OutageScenario,
) {
    let place = name(cx, site);
    ui.horizontal(|ui| {
        let remove = say!(cx.lang, "Ångra: {what} {place}", "Take back: {what} {place}");
        if sign_button(ui, true, icons::DELETE, &remove).clicked() {
            actions.push(Action::Edit(keep(without())));
        }
        ui.add(egui::Label::new(format!("{place}: {what}")).wrap());
    });
}

fn refuel(ui: &mut Ui, cx: &Cx<'_>, scenario: &OutageScenario, at: usize, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let known = &scenario.refuels[at];
    let place = name(cx, &known.site);
    let with = |fresh: Option<Refuel>| {
        let mut next = scenario.clone();
        match fresh {
            Some(fresh) => next.refuels[at] = fresh,
            None => {
                next.refuels.remove(at);
            }
        }
        keep(next)
    };
    ui.push_id(("refuel", at), |ui| {
        ui.horizontal_wrapped(|ui| {
            let remove = say!(lang, "Ta bort tankningen av {place}", "Remove the refuelling of {place}");
            if sign_button(ui, true, icons::DELETE, &remove).clicked() {
                actions.push(Action::Edit(with(None)));
            }
            ui.add(egui::Label::new(say!(lang, "Tanka {place}", "Refuel {place}")).wrap());
            let mut fresh = known.clone();
            let hour = ui.add(number_field(&mut fresh.hour, lang, 1).range(0.0..=1000.0).suffix(" h"));
            let litres = ui.add(
                number_field(&mut fresh.litres, lang, 0).range(0.0..=100_000.0).speed(10.0).suffix(" l"),
            );
            for (response, text) in [
                (&hour, say!(lang, "Timme då {place} tankas", "Hour at which {place} is refuelled")),
                (&litres, say!(lang, "Liter till {place}", "Litres for {place}")),
            ] {
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, text.clone()));
            }
            if hour.changed() || litres.changed() {
                actions.push(Action::EditBy(
                    if hour.changed() { hour.id } else { litres.id },
                    with(Some(fresh)),
                ));
            }
        });
    });
}

/// The roads whose closure costs most in the hour that is looked at.
fn roads(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    const TOLD: usize = 5;
    let lang = cx.lang;
    if cx.session.project().roads.is_empty() {
        return;
    }
    if cx.crisis.is_asking_roads() {
        ui.spinner();
        return;
    }
    let text =
        lang.pick("Vilken väg skadar mest om den stängs nu?", "Which road hurts most if it closes now?");
    if icon_button(ui, icons::CLOSED_ROAD, text).clicked() {
        actions.push(Action::Crisis(CrisisAsk::Roads));
    }
    let Some((at, found)) = cx.crisis.roads() else { return };
    let (hour, need) = (at.hour, at.need.said(lang).to_lowercase());
    muted(
        ui,
        say!(lang, "Timme {hour}, {need}, till det som fungerar:", "Hour {hour}, {need}, to what works:"),
    );
    if found.is_empty() {
        muted(ui, lang.pick("Ingen väg ändrar något.", "No road changes anything."));
    }
    for road in found.iter().take(TOLD) {
        let name = road.name.clone().unwrap_or_else(|| road.class.said(lang));
        let label = say!(lang, "Visa vägen {name}", "Show the road {name}");
        if row_name(ui, &name, &label).clicked() {
            actions.push(Action::Go(Goal::at(road.middle, Some(11.0))));
        }
        let (cut, more) = (lang.people(road.people_cut_off), lang.number(road.extra_person_min, 0));
        muted(
            ui,
            say!(
                lang,
                "{cut} personer utan väg dit, {more} personminuter längre väg för övriga",
                "{cut} people without a way there, {more} person-minutes longer for the others"
            ),
        );
    }
}

/// What it gives, in people-hours during the outage.
fn gained(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let Some(shown) = &cx.crisis.shown else { return };
    let Some(before) = &shown.before else { return };
    for need in &shown.crisis.needs {
        let of = |crisis: &crate::app::outage::Crisis| crisis.people_hours(need.need, Case::Worst);
        let by = of(&shown.crisis) - of(before);
        if by.abs() >= 1.0 {
            let what = need.need.said(lang);
            let (name, sign) = if by > 0.0 {
                (say!(lang, "{what}: fler persontimmar", "{what}: more people-hours"), "+")
            } else {
                (say!(lang, "{what}: färre persontimmar", "{what}: fewer people-hours"), "−")
            };
            figure(ui, &name, &format!("{sign}{}", people(by.abs().round(), lang)));
        }
    }
    muted(
        ui,
        lang.pick(
            "Säkert, under avbrottet, mot samma scenario utan ändringar.",
            "For sure, during the outage, against the same scenario without changes.",
        ),
    );
}
