//! How is an hour of a crisis drawn on the map? Outlines of the areas that are hit and of the gaps, signs of the places by how
//! they work, and the corners of an area that is being drawn.

use egui::{Color32, Pos2, Shape, Stroke};

use super::camera::Camera;
use super::ground;
use super::pen::Pen;
use super::symbol::{RADIUS, Size, Symbol};
use crate::app::command::Command;
use crate::app::outage::OutageChange;
use crate::lang::Said;
use crate::model::outage::Where;
use crate::model::recognise::area_key;
use crate::outage::Level;
use crate::say;
use crate::scene::crisis::HourDrawn;
use crate::scene::mercator;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::crisis::{colour, shown};
use crate::ui::icons;
use crate::ui::state::{MapMode, Selection, Shown, View};
use crate::ui::theme;

/// An area that is hit.
const HIT: Color32 = Color32::from_rgb(0x8a, 0x2b, 0xe2);

/// Draws what is hit, and the gaps.
pub fn draw(pen: &Pen<'_>) {
    let Pen { painter, cx, view, camera, .. } = *pen;
    if !cx.shows(Shown::Crisis) {
        return;
    }
    if let Some(hour) = cx.hour.filter(|_| view.crisis.shows_gaps) {
        let window = camera.visible(10.0);
        let line = theme::gap_line(cx.theme);
        let width = if camera.zoom < 8.0 { 0.8 } else { 1.4 };
        for gap in hour.gaps.iter().filter(|gap| ground::is_seen(gap, window)) {
            ground::lines(painter, gap, camera, Stroke::new(width, line));
        }
    }
    for ring in
        shown(cx, view).into_iter().flat_map(|scenario| &scenario.areas).filter_map(|area| {
            match &area.place {
                Where::Outlines(outlines) => Some(outlines),
                Where::Everything | Where::Municipalities(_) => None,
            }
        })
    {
        for ring in ring.iter().flatten() {
            let points: Vec<Pos2> = ring.iter().map(|place| camera.screen(mercator(*place))).collect();
            painter.add(Shape::closed_line(points, Stroke::new(2.0, HIT)));
        }
    }
    municipalities(pen);
}

/// The outlines of municipalities that are hit.
fn municipalities(pen: &Pen<'_>) {
    let Pen { painter, cx, view, camera, .. } = *pen;
    let (Some(scene), Some(scenario)) = (cx.scene, shown(cx, view)) else { return };
    let names: Vec<String> = scenario
        .areas
        .iter()
        .filter_map(|area| match &area.place {
            Where::Municipalities(names) => Some(names.iter().map(|name| area_key(name))),
            _ => None,
        })
        .flatten()
        .collect();
    if names.is_empty() {
        return;
    }
    let window = camera.visible(10.0);
    let hit = scene.areas.iter().filter(|area| names.contains(&area_key(&area.name)));
    for area in hit.filter(|area| ground::is_seen(&area.surface, window)) {
        ground::lines(painter, &area.surface, camera, Stroke::new(2.0, HIT));
    }
}

/// Signs of the places of the need: those that work, and those that stand still.
#[must_use]
pub fn symbols(hour: &HourDrawn, cx: &Cx<'_>, camera: &Camera) -> [Vec<Symbol>; 2] {
    let (mut working, mut stopped) = (Vec::new(), Vec::new());
    let window = camera.rect.expand(RADIUS * 2.0);
    let icon = icons::of_need(hour.at.need);
    for (place, at, change) in hour.places() {
        let at = camera.screen(at);
        if !window.contains(at) {
            continue;
        }
        let state = change.level.said(cx.lang);
        let out = if change.level == Level::Stopped { &mut stopped } else { &mut working };
        out.push(Symbol {
            at,
            icon,
            fill: colour(change.level),
            is_hollow: change.level == Level::Stopped,
            selection: Selection::Site(place.site.clone()),
            trial: None,
            others: Vec::new(),
            size: Size::Large,
            name: place.name.clone(),
            title: format!("{}: {state}", place.name),
            is_square: false,
            weight: match change.level {
                Level::Works => 3,
                Level::Limited => 2,
                Level::Stopped => 1,
            },
        });
    }
    [working, stopped]
}

/// What a cell says under the pointer: how many live there, and which place that works is nearest.
#[must_use]
pub fn cell_text(hour: &HourDrawn, cx: &Cx<'_>, cell: usize) -> Option<String> {
    let lang = cx.lang;
    let crisis = &hour.of.crisis;
    let results = crisis.results();
    let people = lang.persons(*results.situation.demand.people.get(cell)?);
    let need = hour.at.need.said(lang).to_lowercase();
    let Some((place, cost)) = hour.nearest.get(cell).copied().flatten() else {
        let why = crisis.reason(hour.at.need, cell, hour.at.hour).said(lang);
        return Some(say!(
            lang,
            "{people}: når ingen som fungerar ({why})",
            "{people}: reach none that works ({why})"
        ));
    };
    let (name, way) = (&crisis.places.get(place)?.name, lang.cost(cost, results.measure()));
    Some(say!(
        lang,
        "{people} · {way} till närmaste som fungerar ({need}): {name}",
        "{people} · {way} to the nearest that works ({need}): {name}"
    ))
}

/// The outline that was drawn becomes the area of the scenario.
pub fn finish(cx: &Cx<'_>, view: &mut View, (id, at): (u32, usize), actions: &mut Vec<Action>) {
    let ring = std::mem::take(&mut view.closures.ring);
    let Some(mut scenario) = cx.session.project().outages.scenario(id).cloned() else { return };
    if let Some(area) = scenario.areas.get_mut(at) {
        area.place = Where::Outlines(vec![vec![ring]]);
        actions.push(Action::Edit(Command::Outage(OutageChange::Keep(Box::new(scenario)))));
    }
    actions.push(Action::Mode(MapMode::Browse));
}

/// Is a click one that draws an area?
#[must_use]
pub const fn is_drawing(view: &View) -> bool {
    matches!(view.mode, MapMode::DrawClosure | MapMode::DrawOutage(..))
}
