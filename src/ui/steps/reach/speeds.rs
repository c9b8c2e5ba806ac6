//! Which speeds and waits does travel by road assume? Each can be changed, and all set back.

use egui::{CollapsingHeader, Ui};

use super::profile::{ACCESS, OTHERS, row};
use super::{rural, winter};
use crate::app::command::Command;
use crate::lang::{Said, capital};
use crate::model::roads::RoadClass;
use crate::model::{Parameters, SpeedSet, Tracks, TravelProfile};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::panels::common::set;
use crate::ui::widgets::{NumberRow, icon_button_if, muted};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    sets(ui, cx, actions);
    row(ui, cx, &ACCESS, actions);
    access_counts(ui, cx, actions);
    winter::show(ui, cx, actions);
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    CollapsingHeader::new(lang.pick("Hastigheter", "Speeds")).id_salt("speeds").show(ui, |ui| {
        muted(
            ui,
            lang.pick(
                "Antaganden, alla kan ändras. Hastighet per vägklass gäller där ingen gräns är skyltad; 0 = inte för bil.",
                "Assumptions, all can be changed. The speed of a class holds where no limit is signed; 0 = not for cars.",
            ),
        );
        let set_itself = parameters.profile.set_itself();
        let text = lang.pick("Återställ antagandena", "Reset the assumptions");
        if icon_button_if(ui, parameters.profile != set_itself, icons::UNDO, text).clicked() {
            actions.push(set_profile(parameters, set_itself));
        }
        tracks(ui, cx, actions);
        for class in RoadClass::ALL.iter().filter(|class| **class != RoadClass::Ferry) {
            class_row(ui, cx, *class, actions);
        }
        ui.separator();
        for field in &OTHERS {
            row(ui, cx, field, actions);
        }
        obstacles(ui, cx, actions);
        turnout(ui, cx, actions);
        rural::show(ui, cx, actions);
    });
}

/// Do gates and bans that a register states hold cars back?
fn obstacles(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let mut obeys = parameters.profile.obeys_obstacles;
    let hint = lang.pick(
        "Antagande: bommar, pollare och förbud mot trafik i vägregistret gäller bilar. Pipos ser inte på dem",
        "Assumption: gates, bollards and bans on traffic in the road register hold for cars. Pipos does not look at them",
    );
    let text = lang.pick("Bommar och trafikförbud gäller", "Gates and bans on traffic hold");
    if ui.checkbox(&mut obeys, text).on_hover_text(hint).changed() {
        let profile = TravelProfile { obeys_obstacles: obeys, ..parameters.profile.clone() };
        actions.push(set_profile(parameters, profile));
    }
}

/// The ready sets of assumptions, and whether the one chosen has been changed.
fn sets(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    ui.horizontal_wrapped(|ui| {
        ui.label(lang.pick("Antaganden", "Assumptions"));
        for set in SpeedSet::ALL {
            let hint = match set {
                SpeedSet::Default => lang.pick(
                    "Så fort som folk kör: en del av hastighetsgränsen, långsammare på grus, smala och enskilda vägar. Gången mellan plats och väg räknas",
                    "As people drive: a part of the limit, slower on gravel, narrow and private roads. The walk between place and road counts",
                ),
                SpeedSet::Pipos => lang.pick(
                    "Som Pipos räknar på NVDB: skyltad hastighet utan avdrag, registrets längder, ingen gångsträcka till vägen, färja 10 km/h utan väntan",
                    "As Pipos counts on NVDB: the posted limit in full, the register’s lengths, no walk to the road, ferries at 10 km/h without a wait",
                ),
            };
            let is_on = parameters.profile.basis == set && parameters.profile.is_as_set();
            if ui.selectable_label(is_on, capital(&set.said(lang))).on_hover_text(hint).clicked() && !is_on {
                let profile = TravelProfile { basis: set, ..parameters.profile.clone() }.set_itself();
                actions.push(set_profile(parameters, profile));
            }
        }
    });
    if !parameters.profile.is_as_set() {
        muted(ui, say!(lang, "Ändrat från: {}", "Changed from: {}", parameters.profile.basis.said(lang)));
    }
}

fn set_profile(parameters: &Parameters, profile: TravelProfile) -> Action {
    set(Parameters { profile, ..parameters.clone() })
}

/// Does the walk between place and road count?
fn access_counts(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let mut counts = parameters.profile.counts_access;
    let hint = lang.pick(
        "Antagande: gången från rutans mitt till vägen läggs till i km och minuter. Pipos räknar den inte",
        "Assumption: the walk from the middle of the cell to the road is added to km and minutes. Pipos does not count it",
    );
    let text = lang.pick("Räkna med gångsträckan till vägen", "Count the walk to the road");
    if ui.checkbox(&mut counts, text).on_hover_text(hint).changed() {
        let profile = TravelProfile { counts_access: counts, ..parameters.profile.clone() };
        actions.push(set_profile(parameters, profile));
    }
}

/// Which forest and field tracks are roads for cars.
fn tracks(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let hint = lang.pick(
        "Antagande: där inget sägs om en skogsväg räknas den inte som bilväg. I skogsbygd kan det vara rättare att ta med grusade",
        "Assumption: a forest track of which nothing is said is no road for cars. In forest country it may be truer to take gravelled ones",
    );
    ui.label(lang.pick("Skogs- och jordbruksvägar för bil", "Forest and field tracks for cars"))
        .on_hover_text(hint);
    ui.horizontal_wrapped(|ui| {
        for choice in Tracks::ALL_CHOICES {
            let is_on = parameters.profile.tracks == choice;
            if ui.selectable_label(is_on, choice.said(lang)).on_hover_text(hint).clicked() && !is_on {
                let mut parameters = parameters.clone();
                parameters.profile.tracks = choice;
                actions.push(set(parameters));
            }
        }
    });
}

fn class_row(ui: &mut Ui, cx: &Cx<'_>, class: RoadClass, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let id = class.id();
    let name = class.said(lang);
    let hint = say!(
        lang,
        "Antagande: bilens medelfart på {name} (OpenStreetMap: {id}) där ingen gräns är skyltad; 0 = inte för bil",
        "Assumption: a car's mean speed on a {name} (OpenStreetMap: {id}) where no limit is signed; 0 = not for cars"
    );
    let speed = parameters.profile.speeds_kmh.get(&class).copied().unwrap_or(0.0);
    let row =
        NumberRow { name: &name, hint: &hint, unit: "km/h", decimals: 0, range: 0.0..=200.0, speed: 1.0 };
    if let Some((id, speed)) = row.show(ui, lang, speed) {
        let mut parameters = parameters.clone();
        parameters.profile.speeds_kmh.insert(class, if speed < 1.0 { 0.0 } else { speed });
        actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
    }
}

/// Minutes from alarm to departure, by a station's form.
fn turnout(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let names = [
        lang.pick("Anspänning, heltid", "Turnout, full-time"),
        lang.pick("Anspänning, deltid", "Turnout, part-time"),
        lang.pick("Anspänning, värn", "Turnout, volunteers"),
    ];
    let hint = lang.pick(
        "Antagande: minuter från larm till avfärd, efter stationens form",
        "Assumption: minutes from alarm to departure, by the station's form",
    );
    let parameters = &cx.session.project().parameters;
    for (at, name) in names.into_iter().enumerate() {
        let row = NumberRow { name, hint, unit: "min", decimals: 1, range: 0.0..=120.0, speed: 0.1 };
        if let Some((id, minutes)) = row.show(ui, lang, parameters.profile.turnout_min[at]) {
            let mut parameters = parameters.clone();
            parameters.profile.turnout_min[at] = minutes;
            actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
        }
    }
}
