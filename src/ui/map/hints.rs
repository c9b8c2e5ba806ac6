//! What is under the pointer, in few words?

use egui::Response;

use super::camera::Camera;
use super::symbol::Symbol;
use super::{closures, crisis, roads, symbols};
use crate::app::streets;
use crate::app::telling::words;
use crate::geometry::LonLat;
use crate::lang::Said;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::state::{MapMode, View};

/// What is under the pointer, in few words.
pub fn show(response: &Response, cx: &Cx<'_>, view: &View, camera: &Camera, symbols: &[Symbol]) {
    // While a road is chosen to be closed, its name alone stands at the pointer.
    let is_free = view.map.drag.is_none() && !matches!(view.mode, MapMode::CloseRoad | MapMode::Measure);
    let Some(at) = response.hover_pos().filter(|_| is_free) else { return };
    let text = match symbols::at_point(symbols, at) {
        Some(symbol) if symbol.count() > 1 => {
            let (title, more) = (&symbol.title, symbol.count() - 1);
            Some(say!(
                cx.lang,
                "{title} och {more} till: klicka för att se vilka",
                "{title} and {more} more: click to see which"
            ))
        }
        Some(symbol) => Some(symbol.title.clone()),
        None => match closures::at_point(cx, camera, at) {
            Some(closure) => Some(closures::text(cx, closure)),
            None => place_text(cx, view, camera, at),
        },
    };
    if let Some(text) = text {
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(320.0);
            ui.label(text);
        });
    }
}

/// The road pointed at and the cell around it.
fn place_text(cx: &Cx<'_>, view: &View, camera: &Camera, at: egui::Pos2) -> Option<String> {
    let road = roads::at_point(cx, view, camera, at);
    let road = road.zip(cx.results());
    let road = road.and_then(|(stretch, results)| streets::told(results, stretch, cx.lang));
    let cell = view.map.pointer.and_then(|place| cell_text(cx, view, place));
    let lines: Vec<String> = road.into_iter().chain(cell).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn cell_text(cx: &Cx<'_>, view: &View, place: LonLat) -> Option<String> {
    let (lang, scene) = (cx.lang, cx.scene?);
    let results = &scene.results;
    let cell = scene.cell_at(place)?;
    if let Some(hour) = cx.hour {
        return crisis::cell_text(hour, cx, cell);
    }
    let people = lang.persons(results.situation.demand.people[cell]);
    let result = results.kind(view.kind)?;
    let unit = view.kind.unit(lang);
    Some(match result.coverage.at(cell, 0) {
        Ok((service, trip)) => {
            let name = results.situation.service(service).map_or("", |service| service.name.as_str());
            let way = words::trip(lang, trip, results.measure());
            say!(
                lang,
                "{people} · {way} till närmaste {unit}: {name}",
                "{people} · {way} to the nearest {unit}: {name}"
            )
        }
        Err(reason) => format!("{people}: {}", reason.said(lang)),
    })
}
