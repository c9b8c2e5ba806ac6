//! The map: what is drawn in which order, and what pointer and keys do to it.

mod camera;
mod cells;
mod closures;
mod ground;
mod overlay;
mod pipos;
mod plan;
mod reach;
mod roads;
mod routes;
mod strip;
mod symbol;
mod symbols;

use egui::{CursorIcon, DragPanButtons, Key, MouseWheelUnit, PointerButton, Response, Stroke, Ui, vec2};
use walkers::{Map, Tiles, lon_lat};

pub use self::camera::{Camera, ZOOM};
pub use self::reach::STEPS as REACH_STEPS;
use self::symbol::Symbol;
use super::action::Action;
use super::context::Cx;
use super::state::{Drag, Goal, MapMode, NewService, Selection, View};
use super::theme;
use super::tiles::OnlineMap;
use crate::app::command::Command;
use crate::app::telling::words;
use crate::app::travel::Travel;
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::{ClosureShape, DemandOrigin, EvidenceKind, LayerId, ServiceKind, SiteId, TrialPoint};
use crate::say;
use crate::scene::{Scene, mercator};
use crate::units::Measure;

/// Zoom of one notch of a wheel.
const WHEEL_STEP: f64 = 0.5;

/// Lines from a service to its people are drawn up to this many.
const CATCHMENT_LINES: usize = 3_000;

/// Draws the map and takes in what is done on it.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    online: Option<&mut OnlineMap>,
    actions: &mut Vec<Action>,
) {
    let rect = ui.available_rect_before_wrap();
    // A panel that opens takes room; it must not move the ground under the pointer.
    let before = std::mem::replace(&mut view.map_rect, rect);
    if before.is_positive() && before.center() != rect.center() && view.map.detached().is_some() {
        let place = Camera::new(before, &view.map).place(rect.center());
        view.map.center_at(lon_lat(place.lon, place.lat));
    }
    prepare_camera(rect, cx, view);
    let has_tiles = online.is_some();
    let colours = theme::map_colours(cx.theme);
    ui.painter().rect_filled(rect, 0.0, colours.ground);
    let tiles = online.map(|online| online as &mut dyn Tiles);
    let map = Map::new(tiles, &mut view.map, lon_lat(15.0, 63.0))
        .zoom_gesture(false)
        .double_click_to_zoom(false)
        .panning(false)
        .drag_pan_buttons(DragPanButtons::empty());
    let response = map.show(ui, |_, _, _, _| ()).response;
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, cx.lang.pick("Karta", "Map")));
    let camera = Camera::new(rect, &view.map);
    let painter = ui.painter().with_clip_rect(rect);
    if has_tiles {
        // Paler, so that the data stays the figure and the map the ground.
        let veil = colours.ground.gamma_multiply(if colours.ground.r() > 128 { 0.35 } else { 0.6 });
        painter.rect_filled(rect, 0.0, veil);
    }
    let symbols = cx
        .scene
        .map(|scene| {
            symbols::symbols(scene, cx.session.project(), view, plan::drawn(cx, view), &camera, cx.lang)
        })
        .unwrap_or_default();
    interact(ui, &response, cx, view, &camera, &symbols, actions);
    let camera = Camera::new(rect, &view.map);
    if let Some(scene) = cx.scene {
        draw(&painter, cx, view, &camera, scene, &symbols, has_tiles);
    }
    tooltip(&response, cx, view, &camera, &symbols);
    context_menu(&response, cx, view, actions);
}

/// Overview and "go there", once the size of the map is known.
fn prepare_camera(rect: egui::Rect, cx: &Cx<'_>, view: &mut View) {
    if view.wants_overview
        && let Some((min, max)) = cx.scene.and_then(|scene| scene.bounds)
    {
        Camera::show_box(rect, &mut view.map, min, max);
        view.wants_overview = false;
    }
    if let Some(Goal { place, zoom }) = view.goal.take() {
        view.map.center_at(lon_lat(place.lon, place.lat));
        if let Some(zoom) = zoom.filter(|zoom| view.map.zoom() < *zoom) {
            // The goal's zoom is one of ours, inside the range.
            let _ = view.map.set_zoom(zoom);
        }
    }
    if view.map.detached().is_none() {
        view.map.center_at(lon_lat(15.0, 63.0));
        let _ = view.map.set_zoom(6.0);
    }
}

fn draw(
    painter: &egui::Painter,
    cx: &Cx<'_>,
    view: &View,
    camera: &Camera,
    scene: &Scene,
    symbols: &[Symbol],
    has_tiles: bool,
) {
    let colours = theme::map_colours(cx.theme);
    let project = cx.session.project();
    let opacity_of =
        |id: LayerId| project.layer(id).filter(|layer| layer.is_visible).map(|layer| layer.opacity);
    ground::surfaces(painter, scene, camera, &colours, has_tiles, &opacity_of);
    let population = project
        .layers
        .iter()
        .find(|layer| layer.is_visible && matches!(layer.role, crate::model::Role::Population { .. }));
    let planned = plan::colours(cx, view);
    if let (Some(cells), Some(layer)) = (planned.or(cx.colours), population) {
        let opacity = layer.opacity * if has_tiles { 0.75 } else { 0.92 };
        painter.extend(cells::shape(scene, cells, camera, opacity));
    }
    ground::outlines(painter, scene, camera, &colours, &opacity_of);
    roads::draw(painter, cx, view, camera, scene);
    if view.show_gaps && view.step == super::state::Step::Reach {
        let window = camera.visible(10.0);
        // Zoomed out the line must not hide the cells it is about.
        let stroke = if camera.zoom < 8.0 {
            Stroke::new(0.5, theme::GAP_LINE.gamma_multiply(0.6))
        } else {
            Stroke::new(1.4, theme::GAP_LINE)
        };
        for gap in scene.gaps_of(view.kind).iter().filter(|gap| ground::is_seen(gap, window)) {
            ground::lines(painter, gap, camera, stroke);
        }
    }
    reach::draw_critical(painter, cx, view, camera);
    plan::lines(painter, cx, view, camera);
    pipos::draw(painter, cx, view, camera);
    if view.step == super::state::Step::Reach {
        routes::draw_over_water(painter, cx, camera);
    }
    selection_shape(painter, cx, view, camera, scene);
    closures::draw(painter, cx, view, camera);
    for symbol in symbols {
        let is_chosen = view.selection.as_ref() == Some(&symbol.selection);
        let is_hovered = view.hover.as_ref() == Some(&symbol.selection);
        symbols::draw(painter, symbol, is_chosen, is_hovered);
    }
    let boxes = overlay::draw(painter, cx, view, camera, &colours, has_tiles);
    let mut labels = ground::Labels::default();
    for rect in boxes {
        labels.block(rect);
    }
    for symbol in symbols {
        labels.block(egui::Rect::from_center_size(symbol.at, vec2(16.0, 16.0)));
    }
    plan::names(painter, cx, view, camera, &colours, &mut labels);
    if !has_tiles {
        ground::names(painter, scene, camera, &colours, &mut labels, &opacity_of);
    }
    roads::names(painter, cx, view, camera, &colours, &mut labels);
}

/// The chosen thing: a cell with its routes, a service with its people, a gap, an area.
fn selection_shape(painter: &egui::Painter, cx: &Cx<'_>, view: &View, camera: &Camera, scene: &Scene) {
    let results = &scene.results;
    match &view.selection {
        Some(Selection::Cell(origin)) => {
            let Some(cell) = cx.cell(*origin) else { return };
            let Some(level) = scene.levels.first() else { return };
            let Some(corners) = level.corners.get(cell) else { return };
            let points: Vec<_> = corners.iter().map(|corner| camera.screen(*corner)).collect();
            let middle = camera.screen(mercator(results.situation.demand.places[cell]));
            if results.travel.road().is_some() {
                routes::draw(painter, cx, camera, &theme::map_colours(cx.theme));
            } else if let Some(result) = results.kind(view.kind) {
                for (rank, width) in [(1, 1.2), (0, 2.2)] {
                    if let Ok((service, trip)) = result.coverage.at(cell, rank) {
                        let end = camera.screen(scene.services[service.at()]);
                        let stroke = Stroke::new(width, theme::SELECTION);
                        if rank == 0 {
                            painter.line_segment([middle, end], stroke);
                        } else {
                            painter.extend(egui::Shape::dashed_line(&[middle, end], stroke, 6.0, 4.0));
                        }
                        let text = words::trip(cx.lang, trip, results.measure());
                        let at = middle + (end - middle) * 0.5;
                        painter.text(
                            at,
                            egui::Align2::CENTER_BOTTOM,
                            text,
                            egui::FontId::proportional(12.0),
                            theme::SELECTION,
                        );
                    }
                }
            }
            painter.add(egui::Shape::closed_line(points, Stroke::new(2.5, theme::SELECTION)));
        }
        Some(Selection::Site(_)) if reach::draw(painter, cx, camera) => {}
        // The lines of a plan say who goes where.
        Some(Selection::Site(_)) if plan::drawn(cx, view).is_some() => {}
        Some(Selection::Site(site)) => catchment(painter, cx, view, camera, scene, site),
        Some(Selection::Gap(kind, origin)) => {
            let Some(result) = results.kind(*kind) else { return };
            let first = cx.cell(*origin);
            let at =
                result.gaps.iter().position(|(gap, _)| gap.cells.first().map(|cell| *cell as usize) == first);
            if let Some(surface) = at.and_then(|at| scene.gaps_of(*kind).get(at)) {
                ground::lines(painter, surface, camera, Stroke::new(3.0, theme::SELECTION));
            }
        }
        Some(Selection::Area(layer, feature_ix)) => {
            let area = scene.areas.iter().find(|area| area.layer == *layer && area.feature_ix == *feature_ix);
            if let Some(area) = area {
                ground::lines(painter, &area.surface, camera, Stroke::new(3.0, theme::SELECTION));
            }
        }
        None => {}
    }
}

/// Marks of the cells for which a service is the nearest of its kind, lines where lines are measured; rings around a trial point.
fn catchment(
    painter: &egui::Painter,
    cx: &Cx<'_>,
    view: &View,
    camera: &Camera,
    scene: &Scene,
    site: &SiteId,
) {
    let results = &scene.results;
    if let SiteId::Trial(id) = site {
        let dragged = view.drag.as_ref().filter(|drag| drag.trial == *id).map(|drag| drag.place);
        let Some(place) = dragged.or_else(|| cx.place_of(site)) else { return };
        let middle = camera.screen(mercator(place));
        // By road no ring says how far one gets.
        let (Travel::Line(line), Measure::Distance) = (&results.travel, results.measure()) else { return };
        for radius in results.project.parameters.people_radii {
            #[expect(clippy::cast_possible_truncation, reason = "screen points")]
            let points = (radius.value() / line.detour_factor * camera.points_per_metre()) as f32;
            painter.circle_stroke(middle, points, Stroke::new(1.2, theme::SELECTION.gamma_multiply(0.7)));
        }
        return;
    }
    let Some((ix, service)) = cx.service(site) else { return };
    let kind = view.kind_shown(service.kinds);
    let Some(result) = kind.and_then(|kind| results.kind(kind)) else { return };
    let Some(number) = result.coverage.services.iter().position(|known| *known == ix) else { return };
    let middle = camera.screen(scene.services[ix.at()]);
    let stroke = Stroke::new(0.8, theme::SELECTION.gamma_multiply(0.45));
    let demand = &results.situation.demand;
    let mine = (0..demand.len())
        .filter(|cell| result.coverage.nearest.at(*cell, 0).is_some_and(|(s, _)| s == number));
    let by_road = results.travel.road().is_some();
    for cell in mine.take(CATCHMENT_LINES) {
        let at = camera.screen(mercator(demand.places[cell]));
        if by_road {
            // A line would look like a way that nobody travels.
            painter.circle_filled(at, 2.2, theme::SELECTION);
        } else {
            painter.line_segment([middle, at], stroke);
        }
    }
}

/// Pointer and keys.
fn interact(
    ui: &Ui,
    response: &Response,
    cx: &Cx<'_>,
    view: &mut View,
    camera: &Camera,
    symbols: &[Symbol],
    actions: &mut Vec<Action>,
) {
    let at = response.hover_pos();
    view.pointer = at.map(|at| camera.place(at));
    let symbol = at.and_then(|at| symbols::at_point(symbols, at));
    view.hover = symbol.map(|symbol| symbol.selection.clone());
    wheel_and_keys(ui, response, view, camera);
    closures::keys(ui, cx, view, actions);
    drag(ui, response, cx, view, camera, symbols, actions);
    if response.double_clicked() && symbol.is_none() && view.mode == MapMode::Browse {
        if let Some(at) = response.interact_pointer_pos() {
            camera.zoom_at(&mut view.map, at, 1.0);
        }
    } else if response.clicked() {
        click(cx, view, camera, response, symbol, actions);
    }
    if response.secondary_clicked() {
        view.menu_at = response.interact_pointer_pos().map(|at| camera.place(at));
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) && view.mode != MapMode::Browse {
        actions.push(Action::Mode(MapMode::Browse));
    }
    let cursor = match (&view.mode, symbol, &view.drag) {
        (_, _, Some(_)) => CursorIcon::Grabbing,
        (MapMode::Browse, Some(symbol), None) if symbol.trial.is_some() => CursorIcon::Grab,
        (MapMode::Browse, Some(_), None) => CursorIcon::PointingHand,
        (MapMode::Browse, None, None) => CursorIcon::Default,
        _ => CursorIcon::Crosshair,
    };
    if response.hovered() {
        ui.ctx().set_cursor_icon(cursor);
    }
}

fn wheel_and_keys(ui: &Ui, response: &Response, view: &mut View, camera: &Camera) {
    if let Some(at) = response.hover_pos() {
        let mut by = 0.0;
        let pinch = f64::from(ui.input(egui::InputState::zoom_delta));
        let mut is_wheel = false;
        ui.input(|input| {
            for event in &input.events {
                if let egui::Event::MouseWheel { unit, delta, .. } = event {
                    is_wheel = true;
                    let notches = match unit {
                        MouseWheelUnit::Line | MouseWheelUnit::Page => f64::from(delta.y),
                        MouseWheelUnit::Point => f64::from(delta.y) / 100.0,
                    };
                    by += notches * WHEEL_STEP;
                }
            }
        });
        // Ctrl and wheel arrive as both: the wheel's even steps count.
        if !is_wheel && (pinch - 1.0).abs() > 1e-3 {
            by += pinch.log2();
        }
        if by.abs() > 1e-4 {
            camera.zoom_at(&mut view.map, at, by.clamp(-2.0, 2.0));
        }
    }
    if response.clicked() || response.dragged() {
        response.request_focus();
    }
    if response.has_focus() {
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(
                response.id,
                egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() },
            );
        });
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let step = 80.0;
        for (key, by) in [
            (Key::ArrowLeft, vec2(step, 0.0)),
            (Key::ArrowRight, vec2(-step, 0.0)),
            (Key::ArrowUp, vec2(0.0, step)),
            (Key::ArrowDown, vec2(0.0, -step)),
        ] {
            if pressed(key) {
                camera.pan(&mut view.map, by);
            }
        }
        for (key, by) in [(Key::Plus, 0.5), (Key::Equals, 0.5), (Key::Minus, -0.5)] {
            if pressed(key) {
                camera.zoom_at(&mut view.map, camera.rect.center(), by);
            }
        }
    }
}

/// Drags a trial point, else the map.
fn drag(
    ui: &Ui,
    response: &Response,
    cx: &Cx<'_>,
    view: &mut View,
    camera: &Camera,
    symbols: &[Symbol],
    actions: &mut Vec<Action>,
) {
    if response.drag_started_by(PointerButton::Primary) {
        let origin = ui.input(|input| input.pointer.press_origin()).or(response.interact_pointer_pos());
        let symbol = origin.and_then(|at| symbols::at_point(symbols, at));
        if let Some(trial) = symbol.and_then(|symbol| symbol.trial)
            && let Some(place) = cx.place_of(&SiteId::Trial(trial))
        {
            view.drag = Some(Drag { trial, place });
            actions.push(Action::Select(Some(Selection::Site(SiteId::Trial(trial)))));
        }
    }
    match (&mut view.drag, response.interact_pointer_pos()) {
        (Some(drag), Some(at)) if response.dragged() => {
            drag.place = camera.place(at);
        }
        (None, _)
            if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) =>
        {
            camera.pan(&mut view.map, response.drag_delta());
        }
        _ => {}
    }
    if (response.drag_stopped() || !ui.input(|input| input.pointer.any_down()))
        && let Some(drag) = view.drag.take()
    {
        actions.push(Action::Edit(Command::MoveTrial(drag.trial, drag.place)));
    }
}

fn click(
    cx: &Cx<'_>,
    view: &mut View,
    camera: &Camera,
    response: &Response,
    symbol: Option<&Symbol>,
    actions: &mut Vec<Action>,
) {
    let Some(at) = response.interact_pointer_pos() else { return };
    let place = camera.place(at);
    match view.mode.clone() {
        MapMode::CloseRoad | MapMode::DrawClosure => closures::click(cx, view, camera, response, actions),
        MapMode::Browse => {
            if let Some(symbol) = symbol {
                if symbol.count > 1 && camera.zoom < *ZOOM.end() - 2.0 {
                    camera.zoom_at(&mut view.map, at, 1.5);
                }
                actions.push(Action::Select(Some(symbol.selection.clone())));
            } else if let Some(closure) = closures::at_point(cx, camera, at)
                .filter(|closure| !matches!(closure.shape, ClosureShape::Area(_)))
            {
                actions.push(Action::ShowClosure(closure.id));
            } else {
                actions.push(Action::Select(thing_at(cx, place)));
            }
        }
        MapMode::PlaceTrial => {
            actions.extend(place_trial(cx, place));
            actions.push(Action::Mode(MapMode::Browse));
        }
        MapMode::AddService(kind) => {
            view.new_service = Some(new_service(cx, kind, place, None));
            actions.push(Action::Mode(MapMode::Browse));
        }
        MapMode::Move(site) => {
            view.new_service = Some(new_service(cx, ServiceKind::Other, place, Some(site)));
            actions.push(Action::Mode(MapMode::Browse));
        }
    }
}

/// The form for a service that a hand adds, or moves, here.
fn new_service(cx: &Cx<'_>, kind: ServiceKind, place: LonLat, moving: Option<SiteId>) -> NewService {
    NewService {
        kind,
        place,
        name: String::new(),
        evidence_kind: EvidenceKind::Stated,
        who: String::new(),
        when: cx.today.to_owned(),
        what: String::new(),
        moving,
    }
}

/// A new trial point, chosen at once.
fn place_trial(cx: &Cx<'_>, place: LonLat) -> Vec<Action> {
    let id = cx.session.project().next_trial_id();
    let number = id.0;
    let name = say!(cx.lang, "Provpunkt {number}", "Trial point {number}");
    vec![
        Action::Edit(Command::AddTrial(TrialPoint { id, name, place })),
        Action::Select(Some(Selection::Site(SiteId::Trial(id)))),
    ]
}

/// The cell at a place, else the area.
fn thing_at(cx: &Cx<'_>, place: LonLat) -> Option<Selection> {
    let scene = cx.scene?;
    if let Some(cell) = scene.cell_at(place) {
        let origin: DemandOrigin = *scene.results.situation.demand.origins.get(cell)?;
        return Some(Selection::Cell(origin));
    }
    scene.area_at(place).map(|area| Selection::Area(area.layer, area.feature_ix))
}

/// What is under the pointer, in few words.
fn tooltip(response: &Response, cx: &Cx<'_>, view: &View, camera: &Camera, symbols: &[Symbol]) {
    // While a road is chosen to be closed, its name alone stands at the pointer.
    let is_free = view.drag.is_none() && view.mode != MapMode::CloseRoad;
    let Some(at) = response.hover_pos().filter(|_| is_free) else { return };
    let text = match symbols::at_point(symbols, at) {
        Some(symbol) if symbol.count > 1 => {
            let (title, more) = (&symbol.title, symbol.count - 1);
            Some(say!(
                cx.lang,
                "{title} och {more} till: klicka för att zooma in",
                "{title} and {more} more: click to zoom in"
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
    let road = road.zip(cx.results().and_then(|results| results.travel.road()));
    let road = road.map(|(stretch, travel)| roads::text(travel.network(), stretch, cx.lang));
    let cell = view.pointer.and_then(|place| cell_text(cx, view, place));
    let lines: Vec<String> = road.into_iter().chain(cell).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn cell_text(cx: &Cx<'_>, view: &View, place: LonLat) -> Option<String> {
    let (lang, scene) = (cx.lang, cx.scene?);
    let results = &scene.results;
    let cell = scene.cell_at(place)?;
    let people = lang.people(results.situation.demand.people[cell]);
    let result = results.kind(view.kind)?;
    let unit = view.kind.unit(lang);
    Some(match result.coverage.at(cell, 0) {
        Ok((service, trip)) => {
            let name = results.situation.service(service).map_or("", |service| service.name.as_str());
            let way = words::trip(lang, trip, results.measure());
            say!(
                lang,
                "{people} personer · {way} till närmaste {unit}: {name}",
                "{people} people · {way} to the nearest {unit}: {name}"
            )
        }
        Err(reason) => format!("{people}: {}", reason.said(lang)),
    })
}

/// What can be done here.
fn context_menu(response: &Response, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang: Lang = cx.lang;
    response.context_menu(|ui| {
        let Some(place) = view.menu_at else { return };
        if ui.button(lang.pick("Sätt ut provpunkt här", "Place trial point here")).clicked() {
            actions.extend(place_trial(cx, place));
            ui.close();
        }
        for kind in ServiceKind::added_by_hand() {
            let unit = kind.unit(lang);
            if ui.button(say!(lang, "Lägg till {unit} här…", "Add {unit} here…")).clicked() {
                view.new_service = Some(new_service(cx, kind, place, None));
                ui.close();
            }
        }
        ui.separator();
        close_road_entries(ui, cx, view, place, actions);
        ui.separator();
        if ui.button(lang.pick("Vad finns här?", "What is here?")).clicked() {
            actions.push(Action::Select(thing_at(cx, place)));
            ui.close();
        }
        if ui.button(lang.pick("Kopiera koordinater", "Copy coordinates")).clicked() {
            actions.push(Action::Copy(format!("{:.6}, {:.6}", place.lon, place.lat)));
            ui.close();
        }
    });
}

/// Closing roads, from the menu of the map.
fn close_road_entries(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, place: LonLat, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let has_roads = !cx.session.project().roads.is_empty();
    let why = lang.pick("Det finns inga vägar inlästa", "There are no roads loaded");
    let here = egui::Button::new(lang.pick("Stäng vägen här", "Close the road here"));
    let camera = Camera::new(view.map_rect, &view.map);
    let road = super::panels::closures::road_at(cx, place, &camera);
    let name = road.as_ref().and_then(|snap| super::panels::closures::road_name(cx, snap));
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
        actions.extend(super::panels::closures::add(cx, ClosureShape::Point(snap.place)));
        ui.close();
    }
    let area = egui::Button::new(lang.pick("Rita område som stängs…", "Draw area to close…"));
    if ui.add_enabled(has_roads, area).on_disabled_hover_text(why).clicked() {
        view.ring.clear();
        actions.push(Action::Mode(MapMode::DrawClosure));
        ui.close();
    }
}
