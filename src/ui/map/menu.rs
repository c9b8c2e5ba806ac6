//! What can be done at a place of the map? The menu of the secondary button.

use egui::{Response, Ui};

use super::camera::Camera;
use super::closures::road_at;
use super::here::{new_service, place_trial, thing_at};
use crate::app::streets;
use crate::geometry::{LonLat, plane_from_place};
use crate::model::{Area, ClosureShape, ServiceKind, SiteId};
use crate::say;
use crate::scene::mercator;
use crate::ui::action::Action;
use crate::ui::beside;
use crate::ui::closures::add;
use crate::ui::context::Cx;
use crate::ui::state::{MapMode, View};

/// What can be done here.
pub fn show(response: &Response, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    response.context_menu(|ui| {
        let Some(place) = view.map.menu_at else { return };
        if ui.button(lang.pick("Placera testplats här", "Place test site here")).clicked() {
            actions.extend(place_trial(cx, place));
            ui.close();
        }
        for kind in ServiceKind::added_by_hand() {
            let unit = kind.unit(lang);
            if ui.button(say!(lang, "Lägg till {unit} här…", "Add {unit} here…")).clicked() {
                view.dialogs.new_service = Some(new_service(cx, kind, place, None));
                ui.close();
            }
        }
        ui.separator();
        close_road_entries(ui, cx, view, place, actions);
        ui.separator();
        compare_entry(ui, cx, view, place, actions);
        municipality_entry(ui, cx, place, actions);
        if ui.button(lang.pick("Vad finns här?", "What is here?")).clicked() {
            actions.push(Action::Select(thing_at(cx, place)));
            ui.close();
        }
        if let Some(point) = plane_from_place(place)
            && ui.button(lang.pick("Kopiera SWEREF 99 TM (N, E)", "Copy SWEREF 99 TM (N, E)")).clicked()
        {
            actions.push(Action::Copy(format!("{:.0}, {:.0}", point.n, point.e)));
            ui.close();
        }
        if ui.button(lang.pick("Kopiera WGS 84 (lon, lat)", "Copy WGS 84 (lon, lat)")).clicked() {
            actions.push(Action::Copy(format!("{:.6}, {:.6}", place.lon, place.lat)));
            ui.close();
        }
    });
}

/// Points of the screen within which a place is meant.
const MEANT: f32 = 24.0;

/// Lays the store, SOT place or test site here beside others, or takes it away again.
fn compare_entry(ui: &mut Ui, cx: &Cx<'_>, view: &View, place: LonLat, actions: &mut Vec<Action>) {
    let Some(results) = cx.results() else { return };
    let camera = Camera::new(view.map.rect, &view.map.memory);
    let here = camera.screen(mercator(place));
    let candidates = results.candidates.iter().map(|one| (one.site.clone(), one.place));
    let trials = cx.session.project().trials.iter().map(|one| (SiteId::Trial(one.id), one.place));
    let apart = |at: LonLat| camera.screen(mercator(at)).distance(here);
    let near = candidates.chain(trials).map(|(site, at)| (site, apart(at)));
    let nearest = near.filter(|(_, apart)| *apart <= MEANT).min_by(|a, b| a.1.total_cmp(&b.1));
    let Some((name, action)) = nearest.and_then(|(site, _)| beside::entry(cx, &site)) else { return };
    if ui.button(name).clicked() {
        actions.push(action);
        ui.close();
    }
}

/// The sheet of the municipality here.
fn municipality_entry(ui: &mut Ui, cx: &Cx<'_>, place: LonLat, actions: &mut Vec<Action>) {
    let Some(here) = cx.scene.and_then(|scene| scene.area_at(place)) else { return };
    let is_it = |area: &&Area| (area.layer, area.feature_ix) == (here.layer, here.feature_ix);
    let area = cx.results().and_then(|results| results.situation.areas.iter().find(is_it));
    let Some(name) = area.map(|area| area.name.clone()) else { return };
    if ui.button(say!(cx.lang, "Visa kommunbladet för {name}", "Show the sheet of {name}")).clicked() {
        actions.push(Action::ShowMunicipality(name));
        ui.close();
    }
}

/// Closing roads, from the menu of the map.
fn close_road_entries(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, place: LonLat, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let has_roads = !cx.session.project().roads.is_empty();
    let why = lang.pick("Det finns inga vägar inlästa", "There are no roads loaded");
    let here = egui::Button::new(lang.pick("Stäng vägen här", "Close the road here"));
    let camera = Camera::new(view.map.rect, &view.map.memory);
    let road = road_at(cx, place, &camera);
    let name =
        road.as_ref().zip(cx.results()).and_then(|(snap, results)| streets::called(results, snap, cx.lang));
    let not_here = if has_roads {
        lang.pick(
            "Ingen ritad väg här. Zooma in för att nå mindre vägar",
            "No road is drawn here. Zoom in to reach smaller roads",
        )
    } else {
        why
    };
    let response = ui.add_enabled(road.is_some(), here).on_disabled_hover_text(not_here);
    let response = match name {
        Some(name) => response.on_hover_text(name),
        None => response,
    };
    if let (true, Some(snap)) = (response.clicked(), road) {
        actions.extend(add(cx, ClosureShape::Point(snap.place)));
        ui.close();
    }
    let area = egui::Button::new(lang.pick("Rita område som stängs…", "Draw area to close…"));
    if ui.add_enabled(has_roads, area).on_disabled_hover_text(why).clicked() {
        view.closures.ring.clear();
        actions.push(Action::Mode(MapMode::DrawClosure));
        ui.close();
    }
}
