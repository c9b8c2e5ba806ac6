//! How are closed roads drawn, and how is an area drawn that shall be closed? Crosses, hatched areas, corners by click.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, FontId, Key, Painter, Pos2, Rect, Response, Shape, Stroke, Ui, pos2, vec2};
use geo::TriangulateEarcut;

use super::camera::Camera;
use super::crisis;
use crate::app::streets;
use crate::geometry::LonLat;
use crate::lang::Said;
use crate::model::{ClosureShape, RoadClosure};
use crate::network::{POINT_REACH_M, Snap};
use crate::say;
use crate::scene::colours::{self, Rgb};
use crate::scene::mercator;
use crate::scene::roads::is_drawn;
use crate::ui::action::Action;
use crate::ui::closures::{add, closed_stretches, cut_count};
use crate::ui::context::Cx;
use crate::ui::state::{MapMode, View};
use crate::ui::theme;
use crate::units::Metres;

const CLOSED: Color32 = {
    let Rgb { r, g, b, .. } = colours::CLOSED;
    Color32::from_rgb(r, g, b)
};
const ASIDE: Color32 = Color32::from_rgb(0x80, 0x80, 0x80);

/// Half the size of a cross.
const MARK: f32 = 8.0;

/// A click this near the first corner closes the ring.
const NEAR: f32 = 10.0;

/// Points between two lines of a hatching.
const HATCH: f32 = 9.0;

/// Draws the closures of the project, and the ring that is being drawn.
pub fn draw(painter: &Painter, cx: &Cx<'_>, view: &View, camera: &Camera) {
    for closure in cx.session.project().closures.iter() {
        let colour = if closure.is_active { CLOSED } else { ASIDE };
        let is_chosen = view.closures.chosen == Some(closure.id);
        // The road cannot be passed from junction to junction.
        for closed in closed_stretches(cx, closure) {
            stretch(painter, cx, camera, *closed, CLOSED.gamma_multiply(0.55));
        }
        match &closure.shape {
            ClosureShape::Point(place) => cross(painter, camera.screen(mercator(*place)), colour, is_chosen),
            ClosureShape::Line(places) => {
                let line: Vec<Pos2> = places.iter().map(|place| camera.screen(mercator(*place))).collect();
                painter.line(line, Stroke::new(4.0, colour.gamma_multiply(0.8)));
                cross(painter, camera.screen(mercator(closure.shape.place())), colour, is_chosen);
            }
            ClosureShape::Area(ring) => area(painter, camera, ring, colour, is_chosen),
        }
    }
    if crisis::is_drawing(view) {
        in_progress(painter, view, camera);
    }
    if view.mode == MapMode::CloseRoad {
        pointed(painter, cx, view, camera);
    }
}

/// The road that a click would close, and its name.
fn pointed(painter: &Painter, cx: &Cx<'_>, view: &View, camera: &Camera) {
    let Some(place) = view.map.pointer else { return };
    let at = camera.screen(mercator(place));
    let (text, colour) = if let Some(snap) = road_at(cx, place, camera) {
        stretch(painter, cx, camera, snap.stretch, CLOSED.gamma_multiply(0.75));
        cross(painter, camera.screen(mercator(snap.place)), CLOSED, false);
        let name =
            cx.results().and_then(|results| streets::called(results, &snap, cx.lang)).unwrap_or_default();
        (say!(cx.lang, "Stäng här: {name}", "Close here: {name}"), CLOSED)
    } else {
        let text = cx.lang.pick(
            "Ingen ritad väg här. Zooma in för att nå mindre vägar",
            "No road is drawn here. Zoom in to reach smaller roads",
        );
        (text.to_owned(), ASIDE)
    };
    let galley = painter.layout_no_wrap(text, FontId::proportional(13.0), Color32::WHITE);
    let rect = Rect::from_min_size(at + vec2(14.0, 10.0), galley.size() + vec2(12.0, 6.0));
    // Beside the pointer, but on the map.
    let over = (rect.right() - painter.clip_rect().right()).max(0.0);
    let rect = rect.translate(vec2(-over, 0.0));
    painter.rect_filled(rect, 4.0, colour);
    painter.galley(rect.min + vec2(6.0, 3.0), galley, Color32::WHITE);
}

/// A stretch of road, from junction to junction.
fn stretch(painter: &Painter, cx: &Cx<'_>, camera: &Camera, stretch: u32, colour: Color32) {
    let line = cx.results().map(|results| streets::line(results, stretch)).unwrap_or_default();
    let line: Vec<Pos2> = line.into_iter().map(|place| camera.screen(mercator(place))).collect();
    painter.line(line, Stroke::new(5.0, colour));
}

fn cross(painter: &Painter, at: Pos2, colour: Color32, is_chosen: bool) {
    if !painter.clip_rect().expand(20.0).contains(at) {
        return;
    }
    if is_chosen {
        painter.circle_stroke(at, MARK + 5.0, Stroke::new(2.0, theme::SELECTION));
    }
    painter.circle(at, MARK + 1.5, Color32::WHITE, Stroke::new(2.0, colour));
    let arm = MARK * 0.55;
    for (from, to) in [(vec2(-arm, -arm), vec2(arm, arm)), (vec2(-arm, arm), vec2(arm, -arm))] {
        painter.line_segment([at + from, at + to], Stroke::new(3.0, colour));
    }
}

fn area(painter: &Painter, camera: &Camera, ring: &[LonLat], colour: Color32, is_chosen: bool) {
    let corners: Vec<Pos2> = ring.iter().map(|place| camera.screen(mercator(*place))).collect();
    let bounds = Rect::from_points(&corners);
    if corners.len() < 3 || !bounds.intersects(painter.clip_rect()) {
        return;
    }
    painter.add(filled(&corners, colour.gamma_multiply(0.22)));
    hatch(
        painter,
        &corners,
        bounds.intersect(painter.clip_rect()),
        Stroke::new(1.2, colour.gamma_multiply(0.7)),
    );
    let edge =
        Stroke::new(if is_chosen { 3.0 } else { 1.8 }, if is_chosen { theme::SELECTION } else { colour });
    painter.add(Shape::closed_line(corners, edge));
}

/// A surface of any form, triangle by triangle.
fn filled(corners: &[Pos2], colour: Color32) -> Shape {
    let ring: Vec<geo::Coord> =
        corners.iter().map(|at| geo::Coord { x: f64::from(at.x), y: f64::from(at.y) }).collect();
    let triangles = geo::Polygon::new(ring.into(), Vec::new()).earcut_triangles_raw();
    let mut mesh = Mesh::default();
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    let vertices = triangles.vertices.iter().map(|at| pos2(at[0] as f32, at[1] as f32));
    mesh.vertices.extend(vertices.map(|pos| Vertex { pos, uv: WHITE_UV, color: colour }));
    mesh.indices.extend(triangles.triangle_indices.iter().filter_map(|ix| u32::try_from(*ix).ok()));
    Shape::mesh(mesh)
}

/// Diagonal lines inside a ring: red alone says nothing to colour-blind eyes.
fn hatch(painter: &Painter, corners: &[Pos2], seen: Rect, stroke: Stroke) {
    // A line is x + y = sum; along it the place is x.
    let mut sum = ((seen.left() + seen.top()) / HATCH).ceil() * HATCH;
    while sum < seen.right() + seen.bottom() {
        let mut crossings: Vec<f32> = Vec::new();
        for (at, a) in corners.iter().enumerate() {
            let b = corners[(at + 1) % corners.len()];
            let (side_a, side_b) = (a.x + a.y - sum, b.x + b.y - sum);
            if (side_a < 0.0) != (side_b < 0.0) {
                crossings.push(a.x + (b.x - a.x) * side_a / (side_a - side_b));
            }
        }
        crossings.sort_by(f32::total_cmp);
        for ends in crossings.chunks_exact(2) {
            painter.line_segment([pos2(ends[0], sum - ends[0]), pos2(ends[1], sum - ends[1])], stroke);
        }
        sum += HATCH;
    }
}

fn in_progress(painter: &Painter, view: &View, camera: &Camera) {
    let mut line: Vec<Pos2> =
        view.closures.ring.iter().map(|place| camera.screen(mercator(*place))).collect();
    for corner in &line {
        painter.circle(*corner, 4.0, Color32::WHITE, Stroke::new(2.0, CLOSED));
    }
    line.extend(view.map.pointer.map(|place| camera.screen(mercator(place))));
    if line.len() > 2 {
        painter.add(filled(&line, CLOSED.gamma_multiply(0.15)));
    }
    painter.line(line, Stroke::new(1.8, CLOSED));
}

/// The road nearest to a point of the map among those that are drawn: as near as a finger can tell, or as a closure
/// reaches. What is not drawn cannot be meant.
#[must_use]
pub fn road_at(cx: &Cx<'_>, place: LonLat, camera: &Camera) -> Option<Snap> {
    const POINTS: f64 = 12.0;
    let reach = Metres::new(POINT_REACH_M.max((POINTS / camera.points_per_metre()).min(5_000.0)));
    streets::nearest(cx.results()?, place, reach, |class, stretches| is_drawn(class, camera.zoom, stretches))
}

/// A click where a road shall be closed, or on a corner of the area.
pub fn click(cx: &Cx<'_>, view: &mut View, camera: &Camera, response: &Response, actions: &mut Vec<Action>) {
    let Some(at) = response.interact_pointer_pos() else { return };
    let place = camera.place(at);
    if view.mode == MapMode::CloseRoad {
        // Where no road is drawn nothing is closed: the mode stays, and the pointer says why.
        if let Some(snap) = road_at(cx, place, camera) {
            actions.extend(add(cx, ClosureShape::Point(snap.place)));
            actions.push(Action::Mode(MapMode::Browse));
        }
        return;
    }
    let first = view.closures.ring.first().map(|first| camera.screen(mercator(*first)));
    let is_back = view.closures.ring.len() >= 3 && first.is_some_and(|first| first.distance(at) <= NEAR);
    // The second click of two is no corner of its own.
    if is_back || response.double_clicked() {
        finish(cx, view, actions);
    } else {
        view.closures.ring.push(place);
    }
}

/// Enter ends the area, Backspace takes back a corner; Escape leaves every mode by itself.
pub fn keys(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    if !crisis::is_drawing(view) || ui.ctx().text_edit_focused() {
        return;
    }
    if ui.input(|input| input.key_pressed(Key::Backspace)) {
        view.closures.ring.pop();
    }
    if ui.input(|input| input.key_pressed(Key::Enter)) {
        finish(cx, view, actions);
    }
}

fn finish(cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    if view.closures.ring.len() < 3 {
        return;
    }
    if let MapMode::DrawOutage(scenario, area) = view.mode {
        return crisis::finish(cx, view, (scenario, area), actions);
    }
    actions.extend(add(cx, ClosureShape::Area(std::mem::take(&mut view.closures.ring))));
    actions.push(Action::Mode(MapMode::Browse));
}

/// The closure under the pointer.
#[must_use]
pub fn at_point<'a>(cx: &Cx<'a>, camera: &Camera, at: Pos2) -> Option<&'a RoadClosure> {
    let closures = &cx.session.project().closures;
    let near = |place: LonLat| camera.screen(mercator(place)).distance(at) <= MARK + 3.0;
    let is_at = |closure: &&RoadClosure| match &closure.shape {
        ClosureShape::Area(ring) => contains(ring, camera, at),
        shape => near(shape.place()),
    };
    // A mark lies on an area, not under it.
    let is_mark = |closure: &&RoadClosure| !matches!(closure.shape, ClosureShape::Area(_));
    closures
        .iter()
        .filter(is_mark)
        .find(is_at)
        .or_else(|| closures.iter().filter(|closure| !is_mark(closure)).find(is_at))
}

fn contains(ring: &[LonLat], camera: &Camera, at: Pos2) -> bool {
    let corners: Vec<Pos2> = ring.iter().map(|place| camera.screen(mercator(*place))).collect();
    let mut is_inside = false;
    for (ix, a) in corners.iter().enumerate() {
        let b = corners[(ix + 1) % corners.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y) {
            is_inside = !is_inside;
        }
    }
    is_inside
}

/// Name, effect, reason, and whether it hits a road.
#[must_use]
pub fn text(cx: &Cx<'_>, closure: &RoadClosure) -> String {
    let lang = cx.lang;
    let effect = closure.effect.said(lang);
    let mut text = format!("{}: {effect}", closure.name);
    if !closure.reason.trim().is_empty() {
        text += &say!(lang, ". Skäl: {}", ". Reason: {}", closure.reason);
    }
    if !closure.is_active {
        text += lang.pick(" (gäller inte nu)", " (does not hold now)");
    } else if cut_count(cx, closure) == Some(0) {
        text += lang.pick(" – träffar ingen väg", " – hits no road");
    }
    text
}
