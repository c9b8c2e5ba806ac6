//! How is the chosen thing drawn? A cell with its routes, a service with its people, a gap, an area.

use egui::{Align2, FontId, Shape, Stroke};

use super::pen::Pen;
use super::{ground, reach, routes};
use crate::app::Results;
use crate::app::telling::words;
use crate::app::travel::Travel;
use crate::model::{DemandOrigin, LayerId, ServiceKind, SiteId};
use crate::scene::{Scene, mercator};
use crate::ui::state::Selection;
use crate::ui::theme;
use crate::units::Measure;

/// Lines from a service to its people are drawn up to this many.
const CATCHMENT_LINES: usize = 3_000;

/// Draws the chosen thing.
pub fn draw(pen: &Pen<'_>, scene: &Scene) {
    match &pen.view.selection {
        Some(Selection::Cell(origin)) => cell(pen, scene, *origin),
        Some(Selection::Site(_)) if reach::draw(pen.painter, pen.cx, pen.camera) => {}
        // The lines of a plan say who goes where.
        Some(Selection::Site(_)) if pen.drawn.plan.is_some() => {}
        Some(Selection::Site(SiteId::Trial(_))) => rings(pen, scene),
        Some(Selection::Site(site)) => catchment(pen, scene, site),
        // Over the signs: see `over_signs`.
        Some(Selection::Gap(..) | Selection::Area(..)) | None => {}
    }
}

/// Draws the edge of the gap or the area that is chosen, over the signs that would hide it.
pub fn over_signs(pen: &Pen<'_>, scene: &Scene) {
    for stroke in [Stroke::new(6.0, pen.colours.label_halo), Stroke::new(3.0, theme::SELECTION)] {
        match &pen.view.selection {
            Some(Selection::Gap(kind, origin)) => outline_gap(pen, scene, *kind, *origin, stroke),
            Some(Selection::Area(layer, feature_ix)) => outline_area(pen, scene, *layer, *feature_ix, stroke),
            _ => {}
        }
    }
}

/// Draws the edge of what the pointer is on, in the map or anywhere else; signs draw themselves.
pub fn hovered(pen: &Pen<'_>, scene: &Scene) {
    let stroke = Stroke::new(2.0, theme::SELECTION.gamma_multiply(0.8));
    match &pen.view.hover {
        Some(Selection::Gap(kind, origin)) => outline_gap(pen, scene, *kind, *origin, stroke),
        Some(Selection::Area(layer, feature_ix)) => outline_area(pen, scene, *layer, *feature_ix, stroke),
        Some(Selection::Cell(origin)) => {
            let corners = pen.cx.cell(*origin).and_then(|cell| scene.levels.first()?.corners.get(cell));
            if let Some(corners) = corners {
                let points = corners.iter().map(|corner| pen.camera.screen(*corner)).collect();
                pen.painter.add(Shape::closed_line(points, stroke));
            }
        }
        Some(Selection::Site(_)) | None => {}
    }
}

/// Pales everything outside the municipality that is looked at.
pub fn others_paled(pen: &Pen<'_>, scene: &Scene) {
    let Some(wanted) = &pen.view.area else { return };
    let Some(area) = scene.results.situation.areas.iter().find(|area| area.name == *wanted) else { return };
    let veil = pen.colours.ground.gamma_multiply(0.55);
    for other in
        scene.areas.iter().filter(|other| (other.layer, other.feature_ix) != (area.layer, area.feature_ix))
    {
        if ground::is_seen(&other.surface, pen.camera.visible(20.0)) {
            ground::fill(pen.painter, &other.surface, pen.camera, veil);
        }
    }
    let stroke = Stroke::new(2.0, pen.colours.label.gamma_multiply(0.7));
    outline_area(pen, scene, area.layer, area.feature_ix, stroke);
}

/// Its edge, and the ways to the nearest services.
fn cell(pen: &Pen<'_>, scene: &Scene, origin: DemandOrigin) {
    let Pen { painter, cx, camera, .. } = *pen;
    let Some(cell) = cx.cell(origin) else { return };
    let Some(level) = scene.levels.first() else { return };
    let Some(corners) = level.corners.get(cell) else { return };
    let points: Vec<_> = corners.iter().map(|corner| camera.screen(*corner)).collect();
    if scene.results.travel.is_by_road() {
        routes::draw(painter, cx, camera, &pen.colours);
    } else {
        straight_ways(pen, scene, cell);
    }
    painter.add(Shape::closed_line(points, Stroke::new(2.5, theme::SELECTION)));
}

/// Straight lines to the nearest service and the second nearest.
fn straight_ways(pen: &Pen<'_>, scene: &Scene, cell: usize) {
    let Pen { painter, cx, view, camera, .. } = *pen;
    let results: &Results = &scene.results;
    let Some(result) = results.kind(view.kind) else { return };
    let middle = camera.screen(mercator(results.situation.demand.places[cell]));
    for (rank, width) in [(1, 1.2), (0, 2.2)] {
        let Ok((service, trip)) = result.coverage.at(cell, rank) else { continue };
        let end = camera.screen(scene.services[service.at()]);
        let stroke = Stroke::new(width, theme::SELECTION);
        if rank == 0 {
            painter.line_segment([middle, end], stroke);
        } else {
            painter.extend(Shape::dashed_line(&[middle, end], stroke, 6.0, 4.0));
        }
        let text = words::trip(cx.lang, trip, results.measure());
        let at = middle + (end - middle) * 0.5;
        painter.text(at, Align2::CENTER_BOTTOM, text, FontId::proportional(12.0), theme::SELECTION);
    }
}

fn outline_gap(pen: &Pen<'_>, scene: &Scene, kind: ServiceKind, origin: DemandOrigin, stroke: Stroke) {
    let Some(result) = scene.results.kind(kind) else { return };
    let first = pen.cx.cell(origin);
    let at = result.gaps.iter().position(|(gap, _)| gap.cells.first().map(|cell| *cell as usize) == first);
    if let Some(surface) = at.and_then(|at| scene.gaps_of(kind).get(at)) {
        ground::lines(pen.painter, surface, pen.camera, stroke);
    }
}

fn outline_area(pen: &Pen<'_>, scene: &Scene, layer: LayerId, feature_ix: usize, stroke: Stroke) {
    let area = scene.areas.iter().find(|area| area.layer == layer && area.feature_ix == feature_ix);
    if let Some(area) = area {
        ground::lines(pen.painter, &area.surface, pen.camera, stroke);
    }
}

/// Rings around a trial point: how far people may have.
fn rings(pen: &Pen<'_>, scene: &Scene) {
    let Pen { painter, view, camera, .. } = *pen;
    let results = &scene.results;
    let Some(place) = view.trial_place(pen.cx.session.project()) else { return };
    let middle = camera.screen(mercator(place));
    // By road no ring says how far one gets.
    let (Travel::Line(line), Measure::Distance) = (&results.travel, results.measure()) else { return };
    for radius in results.project.parameters.people_radii {
        #[expect(clippy::cast_possible_truncation, reason = "screen points")]
        let points = (radius.value() / line.detour_factor * camera.points_per_metre()) as f32;
        painter.circle_stroke(middle, points, Stroke::new(1.2, theme::SELECTION.gamma_multiply(0.7)));
    }
}

/// Marks of the cells for which a service is the nearest of its kind, lines where lines are measured.
fn catchment(pen: &Pen<'_>, scene: &Scene, site: &SiteId) {
    let Pen { painter, cx, view, camera, .. } = *pen;
    let results = &scene.results;
    let Some((ix, service)) = cx.service(site) else { return };
    let kind = view.kind_shown(service.kinds);
    let Some(result) = kind.and_then(|kind| results.kind(kind)) else { return };
    let Some(number) = result.coverage.services.iter().position(|known| *known == ix) else { return };
    let middle = camera.screen(scene.services[ix.at()]);
    let stroke = Stroke::new(0.8, theme::SELECTION.gamma_multiply(0.45));
    let demand = &results.situation.demand;
    let mine = (0..demand.len())
        .filter(|cell| result.coverage.nearest.at(*cell, 0).is_some_and(|(s, _)| s == number));
    let by_road = results.travel.is_by_road();
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
