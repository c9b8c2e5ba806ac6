//! Roads in words: the legs of a route, and how far a limit reaches.

use egui::{CollapsingHeader, Ui};

use crate::app::telling::words;
use crate::lang::{Lang, Said, capital};
use crate::network::Leg;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::ReachState;
use crate::ui::theme;
use crate::ui::widgets::{figure, muted, toggle};
use crate::units::{Metres, Seconds};

/// The legs of the route to the nearest service, in the order of travel.
pub fn route_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let lang = cx.lang;
    let Some(results) = cx.results().filter(|results| results.travel.is_by_road()) else { return };
    let Some(routes) = cx.ways.routes.answer() else { return };
    let Some(first) = routes.iter().find(|route| route.way.rank == 0) else { return };
    let route = &first.way.route;
    let legs = merged(&route.legs, lang);
    let count = lang.count(legs.len());
    let title = if legs.len() == 1 {
        lang.pick("Vägen dit, 1 del", "The way there, 1 part").to_owned()
    } else {
        say!(lang, "Vägen dit, {count} delar", "The way there, {count} parts")
    };
    CollapsingHeader::new(title).id_salt("route").default_open(true).show(ui, |ui| {
        let walk = |ui: &mut Ui, text: &str, metres: Metres| {
            if metres.value() >= 1.0 {
                muted(ui, format!("{text} {}", lang.distance(metres)));
            }
        };
        walk(ui, lang.pick("Till vägen, till fots:", "To the road, on foot:"), route.access_from);
        for (name, length, time) in &legs {
            let way = words::both(lang, Some((*length).into()), Some((*time).into()), results.measure());
            figure(ui, name, &way);
        }
        walk(ui, lang.pick("Från vägen, till fots:", "From the road, on foot:"), route.access_to);
    });
}

/// Legs on roads of one name as one; without a name, of one class.
fn merged(legs: &[Leg], lang: Lang) -> Vec<(String, Metres, Seconds)> {
    let mut out: Vec<(String, Metres, Seconds)> = Vec::new();
    for leg in legs {
        let name = leg.name.clone().unwrap_or_else(|| capital(&leg.class.said(lang)));
        match out.last_mut() {
            Some((known, length, time)) if *known == name => {
                *length += leg.length;
                *time += leg.time;
            }
            _ => out.push((name, leg.length, leg.time)),
        }
    }
    out
}

/// The button that shows how far a limit reaches along roads, and what it reaches.
pub fn reach_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ReachState) {
    let lang = cx.lang;
    let Some(results) = cx.results().filter(|results| results.travel.is_by_road()) else { return };
    ui.add_space(4.0);
    if toggle(ui, state.shows_reach, icons::REACH, lang.pick("Räckvidd längs väg", "Reach along roads"))
        .clicked()
    {
        state.shows_reach = !state.shows_reach;
    }
    if !state.shows_reach {
        return;
    }
    let Some(drawn) = cx.ways.reach.answer() else {
        ui.horizontal(|ui| {
            ui.spinner();
            muted(ui, lang.pick("Letar längs vägarna…", "Looking along the roads…"));
        });
        return;
    };
    let Some(reach) = &drawn.reach else {
        muted(ui, lang.pick("Ingen väg i närheten.", "No road nearby."));
        return;
    };
    for at in 0..2 {
        let limit = words::short(lang, reach.limits[at], results.measure());
        let people = lang.persons(reach.people[at]);
        let km = lang.number(reach.road[at].km(), 0);
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 18.0), egui::Sense::hover());
            let line = [rect.left_center(), rect.right_center()];
            ui.painter().line_segment(line, (4.0, theme::REACH[1 - at]));
            figure(
                ui,
                &say!(lang, "Inom {limit}", "Within {limit}"),
                &say!(lang, "{people}, {km} km väg", "{people}, {km} km of road"),
            );
        });
    }
}
