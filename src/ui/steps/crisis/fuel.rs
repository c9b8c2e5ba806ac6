//! Where does the fuel go in the hour that is looked at, how long does it last, and what is fuelled first?

use egui::Ui;

use super::changes::name;
use super::curve::exports;
use super::scenario::keep;
use crate::app::Results;
use crate::app::exports::Export;
use crate::app::outage::{Crisis, FuelPlan, people, span};
use crate::lang::{Lang, Said};
use crate::model::outage::{Known, Range, Refuel};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::crisis::shown;
use crate::ui::icons;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::theme::Bold as _;
use crate::ui::widgets::{figure, icon_button, muted, row_name, strong};

/// A range as whole numbers.
fn whole(range: Range, lang: Lang) -> String {
    span(&lang.number(range.0, 0), &lang.number(range.1, 0))
}

/// Days to a tenth; where less than one is left, to a hundredth.
fn days_said(days: Range, lang: Lang) -> String {
    let decimals = if days.0 < 1.0 { 2 } else { 1 };
    span(&lang.number(days.0, decimals), &lang.number(days.1, decimals))
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let (Some(of), Some(plan)) = (&cx.crisis.shown, cx.crisis.fuel()) else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    let crisis = &of.crisis;
    ui.columns(3, |columns| {
        scrolled(&mut columns[0], "uses", |ui| uses(ui, plan, lang));
        scrolled(&mut columns[1], "stations", |ui| {
            stations(ui, crisis, plan, lang, actions);
            stores(ui, crisis, plan, lang);
        });
        scrolled(&mut columns[2], "first", |ui| first(ui, cx, view, crisis, plan, actions));
    });
}

/// A column of its own, its lines at the left.
pub(super) fn scrolled(ui: &mut Ui, id: &str, show: impl FnOnce(&mut Ui)) {
    egui::ScrollArea::vertical().id_salt(id).auto_shrink(false).show(ui, |ui| {
        ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), show);
    });
}

fn uses(ui: &mut Ui, plan: &FuelPlan, lang: Lang) {
    let hour = plan.hour;
    strong(ui, say!(lang, "Liter per dygn, timme {hour}", "Litres a day, hour {hour}"));
    for (which, litres) in &plan.uses {
        figure(ui, &which.said(lang), &whole(*litres, lang));
    }
    let sum = plan.uses.iter().fold(Range(0.0, 0.0), |sum, (_, one)| Range(sum.0 + one.0, sum.1 + one.1));
    figure(ui, lang.pick("Tillsammans", "Together"), &whole(sum, lang));
    muted(
        ui,
        lang.pick(
            "Ordningen är ett antagande: det som står först tankas först. Talen per person står under Antaganden.",
            "The order is an assumption: what stands first is fuelled first. The numbers for each person stand under Assumptions.",
        ),
    );
}

fn stations(ui: &mut Ui, crisis: &Crisis, plan: &FuelPlan, lang: Lang, actions: &mut Vec<Action>) {
    strong(ui, lang.pick("Stationer som pumpar", "Stations that pump"));
    let pumping: Vec<_> = plan.stations.iter().filter(|station| station.pumps != Known::No).collect();
    if pumping.is_empty() {
        muted(ui, lang.pick("Ingen station pumpar den här timmen.", "No station pumps in this hour."));
    }
    for station in pumping {
        let place = &crisis.places[station.place];
        let label = say!(lang, "Visa {} på kartan", "Show {} on the map", place.name);
        if row_name(ui, &place.name, &label).clicked() {
            let goal = Goal::at(place.place, Some(9.5));
            actions.push(Action::SelectAndGo(Selection::Site(place.site.clone()), goal));
        }
        let sure = match station.pumps {
            Known::Yes => lang.pick("säkert", "for sure"),
            _ => lang.pick("kanske", "perhaps"),
        };
        let days = station.days.map_or_else(
            || lang.pick("ingen tar något", "nobody takes any").to_owned(),
            |days| say!(lang, "räcker {} dygn", "lasts {} days", days_said(days, lang)),
        );
        let (people, litres) = (people(station.people, lang), lang.number(station.litres_a_day, 0));
        muted(
            ui,
            say!(
                lang,
                "{sure}; närmast för {people} personer, {litres} l/dygn, {days}",
                "{sure}; nearest for {people} people, {litres} l a day, {days}"
            ),
        );
    }
}

/// Who depends on the stores that work, beside an everyday.
fn stores(ui: &mut Ui, crisis: &Crisis, plan: &FuelPlan, lang: Lang) {
    const TOLD: usize = 12;
    strong(ui, lang.pick("Butiker som fungerar säkert", "Stores that work for sure"));
    if plan.stores.is_empty() {
        muted(ui, lang.pick("Ingen butik fungerar den här timmen.", "No store works in this hour."));
    }
    for store in plan.stores.iter().take(TOLD) {
        let place = &crisis.places[store.place];
        figure(ui, &place.name, &people(store.people, lang));
        let (usual, kg) = (people(store.everyday, lang), lang.number(store.kg_a_day, 0));
        muted(
            ui,
            say!(
                lang,
                "närmast för så många, till vardags {usual}; livsmedel {kg} kg/dygn",
                "nearest for so many, every day {usual}; food {kg} kg a day"
            ),
        );
    }
}

fn first(ui: &mut Ui, cx: &Cx<'_>, view: &View, crisis: &Crisis, plan: &FuelPlan, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    exports(ui, cx, &[Export::CrisisFuel], actions);
    strong(ui, lang.pick("Tanka först", "Refuel first"));
    if plan.first.is_empty() {
        muted(
            ui,
            lang.pick(
                "Inget känt aggregat blir stående under avbrottet.",
                "No known set comes to a stop during the outage.",
            ),
        );
    }
    for (number, one) in (1..).zip(&plan.first) {
        let place = name(cx, &one.site);
        let hour = lang.number(one.empty_at_h, 1);
        ui.add(egui::Label::new(egui::RichText::new(format!("{number}. {place}")).bold()).wrap());
        let (litres, gain) = (whole(one.litres, lang), lang.number(one.people_hours, 0));
        let from = one.from.map_or_else(
            || lang.pick("ingen station pumpar säkert då", "no station pumps for sure then").to_owned(),
            |(station, trip)| {
                let time = trip.time.map_or_else(String::new, |time| format!(", {}", lang.minutes(time)));
                format!("{} {}{time}", crisis.places[station].name, lang.km(trip.length))
            },
        );
        muted(
            ui,
            say!(
                lang,
                "tom vid timme {hour}; {litres} liter räddar {gain} persontimmar; närmaste pump: {from}",
                "empty at hour {hour}; {litres} litres keep {gain} people-hours; nearest pump: {from}"
            ),
        );
        let text = say!(lang, "Tanka {place} i scenariot", "Refuel {place} in the scenario");
        if icon_button(ui, icons::ADD, &text).clicked()
            && let Some(scenario) = shown(cx, view)
        {
            let mut next = scenario.clone();
            next.refuels.push(Refuel {
                site: one.site.clone(),
                hour: one.empty_at_h,
                litres: one.litres.1.round(),
            });
            actions.push(Action::Edit(keep(next)));
        }
    }
}
