//! The answer in words for the hour that is looked at, the hour itself, and whose need it is about.

use egui::{Slider, Ui};

use crate::app::outage::{Crisis, band, not_known, people, working};
use crate::app::telling::words::short;
use crate::lang::{Lang, Said};
use crate::model::ServiceKind;
use crate::model::outage::{HOURS, Need};
use crate::outage::{Case, Counts};
use crate::say;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::widgets::{answer, choice, figure, heading, muted, sign_button, warning};

/// What people have in the hour, with its verb, as in "have food within 10 km".
const fn has(need: Need, lang: Lang) -> &'static str {
    let [sv, en] = match need {
        Need::Kind(ServiceKind::Grocery) => ["har livsmedel", "have food"],
        Need::Kind(ServiceKind::Fuel) => ["har drivmedel", "have fuel"],
        Need::Kind(ServiceKind::Pharmacy) => ["har apotek", "have a pharmacy"],
        Need::Kind(ServiceKind::Parcel) => ["har post och paket", "have parcel services"],
        Need::Kind(ServiceKind::Payment) => ["har betaltjänster", "have payment services"],
        Need::Kind(ServiceKind::Rescue) => ["nås av räddningstjänst", "are reached by rescue services"],
        Need::Kind(ServiceKind::Sot) => ["har SOT-punkt", "have a SOT point"],
        Need::Kind(ServiceKind::Other) => ["har annan service", "have other service"],
        Need::Information => ["har information", "have information"],
        Need::WarmRoom => ["har värmestuga", "have a warm room"],
    };
    lang.pick(sv, en)
}

fn counts(crisis: &Crisis, need: Need, hour: usize) -> Option<[Counts; 2]> {
    let hours = &crisis.need(need)?.hours.hours;
    let [worst, best] = hours.get(hour)?;
    Some([*worst.first()?, *best.first()?])
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) {
    let lang = cx.lang;
    if let Some(error) = &cx.crisis.refused {
        warning(ui, cx.theme, error.said(lang));
        return;
    }
    let Some(shown) = &cx.crisis.shown else {
        answer(ui, lang.pick("Räknar…", "Computing…"));
        ui.spinner();
        return;
    };
    let crisis = &shown.crisis;
    if cx.crisis.is_computing() {
        muted(
            ui,
            lang.pick(
                "Räknar om; det här är svaret från före ändringen.",
                "Computing anew; this is the answer from before the change.",
            ),
        );
    }
    for one in &shown.idle {
        warning(ui, cx.theme, one.said(lang));
    }
    if crisis.need(view.crisis.need).is_none()
        && let Some(first) = crisis.needs.first()
    {
        view.crisis.need = first.need;
    }
    let (need, hour) = (view.crisis.need, view.crisis.hour);
    let Some([worst, best]) = counts(crisis, need, hour) else { return };
    let everyday =
        crisis.need(need).and_then(|need| need.hours.everyday.first().copied()).unwrap_or_default();
    // Number and unit stay on one line.
    let limit = short(lang, crisis.results().limit(), crisis.results().measure()).replace(' ', "\u{a0}");
    let (supplied, total) = (band(worst.supplied, best.supplied, lang), people(worst.total, lang));
    let (has, usual) = (has(need, lang), people(everyday.supplied, lang));
    answer(
        ui,
        &say!(
            lang,
            "Timme {hour}: {supplied} av {total} {has} inom {limit}. Till vardags: {usual}.",
            "Hour {hour}: {supplied} of {total} {has} within {limit}. Every day: {usual}."
        ),
    );
}

/// The figures of the hour.
pub fn figures(ui: &mut Ui, cx: &Cx<'_>, view: &View) {
    let lang = cx.lang;
    let Some(shown) = &cx.crisis.shown else { return };
    let (crisis, need, hour) = (&shown.crisis, view.crisis.need, view.crisis.hour);
    let Some([worst, best]) = counts(crisis, need, hour) else { return };
    heading(ui, lang.pick("Timmen i siffror", "The hour in figures"));
    let [least, most] = working(crisis, need, hour);
    let places = if least == most {
        lang.count(least)
    } else {
        format!("{}–{}", lang.count(least), lang.count(most))
    };
    figure(ui, lang.pick("Platser som fungerar", "Places that work"), &places);
    if worst.limited > 0.0 {
        let name = lang.pick("Bara med begränsningar, säkert", "With limits only, for sure");
        figure(ui, name, &people(worst.limited, lang));
    }
    figure(
        ui,
        lang.pick("Längre bort än gränsen", "Beyond the threshold"),
        &band(best.beyond.min(worst.beyond), best.beyond.max(worst.beyond), lang),
    );
    figure(
        ui,
        lang.pick("Når ingen som fungerar", "Reach none that works"),
        &band(best.without.min(worst.without), best.without.max(worst.without), lang),
    );
    groups(ui, crisis, view, lang);
    let [home, home_best] = &crisis.homes[hour];
    let both = |pick: fn(&crate::app::outage::Home) -> f64| band(pick(home_best), pick(home), lang);
    figure(ui, lang.pick("Utan el hemma", "Without power at home"), &both(|home| home.without_power));
    figure(ui, lang.pick("Utan mobil hemma", "Without mobile at home"), &both(|home| home.without_mobile));
    if home.cold > 0.0 {
        figure(ui, lang.pick("Kallt hemma", "Cold at home"), &both(|home| home.cold));
    }
}

/// Each group of people: how many of it have what is needed, for sure and at best.
fn groups(ui: &mut Ui, crisis: &Crisis, view: &View, lang: Lang) {
    let Some(hours) = crisis.need(view.crisis.need).map(|need| &need.hours) else { return };
    let Some([worst, best]) = hours.hours.get(view.crisis.hour) else { return };
    for (name, slot) in crisis.groups.iter().skip(1) {
        let (least, most, all) = (worst[*slot].supplied, best[*slot].supplied, worst[*slot].total);
        let name = say!(lang, "Når det: {}", "Supplied: {}", name.said(lang));
        let of = people(all, lang);
        figure(ui, &name, &format!("{} / {of}", band(least, most, lang)));
    }
}

/// The hour: dragged, typed, played.
pub fn hour(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) {
    let lang = cx.lang;
    heading(ui, lang.pick("Timme", "Hour"));
    ui.horizontal(|ui| {
        let is_playing = view.crisis.played_at.is_some();
        let (icon, text) = if is_playing {
            (icons::PAUSE, lang.pick("Pausa", "Pause"))
        } else {
            (icons::PLAY, lang.pick("Spela upp timmarna", "Play the hours"))
        };
        if sign_button(ui, true, icon, text).clicked() {
            if !is_playing && view.crisis.hour >= HOURS - 1 {
                view.crisis.hour = 0;
            }
            view.crisis.played_at = (!is_playing).then(|| ui.input(|input| input.time));
        }
        let mut hour = view.crisis.hour;
        ui.spacing_mut().slider_width = (ui.available_width() - 64.0).max(80.0);
        let slider = Slider::new(&mut hour, 0..=HOURS - 1).suffix(" h");
        let response = ui.add(slider);
        let label = lang.pick("Timme sedan krisen började", "Hours since the crisis began");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, label));
        if response.changed() {
            view.crisis.hour = hour;
            view.crisis.played_at = None;
        }
    });
    ui.horizontal_wrapped(|ui| {
        for hour in [0, 4, 24, 48, 72, 168] {
            let label = say!(lang, "Gå till timme {hour}", "Go to hour {hour}");
            if choice(ui, view.crisis.hour == hour, &hour.to_string(), &label).clicked() {
                view.crisis.hour = hour;
            }
        }
    });
}

/// Which need is looked at, and which case of what is not known.
pub fn needs(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) {
    let lang = cx.lang;
    let Some(shown) = &cx.crisis.shown else { return };
    heading(ui, lang.pick("Kartan visar", "The map shows"));
    ui.horizontal_wrapped(|ui| {
        for need in &shown.crisis.needs {
            let name = need.need.said(lang);
            let label = say!(lang, "Visa: {name}", "Show: {name}");
            if choice(ui, view.crisis.need == need.need, &name, &label).clicked() {
                view.crisis.need = need.need;
                if let Some(kind) = need.need.kind() {
                    view.kind = kind;
                }
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        for (case, name) in [
            (Case::Worst, lang.pick("Säkert", "For sure")),
            (Case::Best, lang.pick("I bästa fall", "At best")),
        ] {
            let label = say!(lang, "Kartan visar det som är {name}", "The map shows what is {name}");
            let hint = lang.pick(
                "Det som ingen vet räknas på två sätt: det sämsta som kan vara, och det bästa.",
                "What nobody knows is counted in two ways: the worst that can be, and the best.",
            );
            if choice(ui, view.crisis.case == case, name, &label).on_hover_text(hint).clicked() {
                view.crisis.case = case;
            }
        }
    });
    ui.checkbox(&mut view.crisis.shows_gaps, lang.pick("Ringa in luckorna", "Outline the gaps"));
}

/// What the model does not know.
pub fn how(ui: &mut Ui, cx: &Cx<'_>) {
    heading(ui, cx.lang.pick("Bra att veta", "Good to know"));
    for line in not_known(cx.lang) {
        muted(ui, line);
    }
}
