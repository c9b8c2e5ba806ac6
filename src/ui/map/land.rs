//! The map that is built in, under everything else: neighbours, Sweden's municipalities and counties, lakes, coast, names.

use egui::epaint::PathStroke;
use egui::{Align2, Pos2, Shape, Stroke};

use super::ground::{Labels, fill, is_seen};
use super::pen::Pen;
use crate::scene::Mercator;
use crate::scene::ground::{GroundScene, NamedSurface, coarse_ground_scene, ground_scene};

/// From this zoom on the fine map is drawn.
const FINE_ZOOM: f64 = 6.3;
/// From this zoom on borders of municipalities are drawn, and from the next their names.
const MUNICIPALITY_ZOOM: f64 = 6.6;
const MUNICIPALITY_NAME_ZOOM: f64 = 7.6;

/// The map fit for the zoom; `None` until it is made.
fn ground(pen: &Pen<'_>) -> Option<&'static GroundScene> {
    let is_made = pen.cx.has_ground && !pen.has_tiles;
    is_made.then(|| if pen.camera.zoom < FINE_ZOOM { coarse_ground_scene() } else { ground_scene() })
}

/// Draws land, water and borders.
pub fn draw(pen: &Pen<'_>) {
    let Some(ground) = ground(pen) else { return };
    let Pen { painter, camera, colours, .. } = *pen;
    let window = camera.visible(20.0);
    for country in ground.neighbours.iter().filter(|country| is_seen(&country.surface, window)) {
        fill(painter, &country.surface, camera, colours.abroad);
    }
    for one in ground.municipalities.iter().filter(|one| is_seen(&one.surface, window)) {
        fill(painter, &one.surface, camera, colours.home);
    }
    let borders = &ground.borders;
    if camera.zoom >= MUNICIPALITY_ZOOM {
        lines(pen, &borders.municipalities, Stroke::new(0.8, colours.fine_line));
    }
    lines(pen, &borders.counties, Stroke::new(1.0, colours.county_line));
    for lake in ground.lakes.iter().filter(|lake| is_seen(&lake.surface, window)) {
        fill(painter, &lake.surface, camera, colours.water);
    }
    lines(pen, &borders.countries, Stroke::new(1.2, colours.area_line));
    lines(pen, &borders.coast, Stroke::new(0.8, colours.water_line));
}

/// Draws what of lines is in the window, without points that fall on the same point of the screen: a coast may have
/// thousands of them, of which a window sees a few.
fn lines(pen: &Pen<'_>, all: &[Vec<Mercator>], stroke: Stroke) {
    let window = pen.camera.visible(20.0);
    let mut run: Vec<Pos2> = Vec::new();
    for line in all {
        for pair in line.windows(2) {
            if is_near(pair[0], pair[1], window) {
                if run.is_empty() {
                    run.push(pen.camera.screen(pair[0]));
                }
                let at = pen.camera.screen(pair[1]);
                if run.last().is_none_or(|last| last.distance_sq(at) > NEAR_SQUARED) {
                    run.push(at);
                }
            } else {
                end_of_run(pen, &mut run, stroke);
            }
        }
        end_of_run(pen, &mut run, stroke);
    }
}

/// Points of the screen nearer than this are drawn as one, squared.
const NEAR_SQUARED: f32 = 4.0;

fn end_of_run(pen: &Pen<'_>, run: &mut Vec<Pos2>, stroke: Stroke) {
    if run.len() > 1 {
        pen.painter.add(Shape::line(run.clone(), PathStroke::from(stroke)));
    }
    run.clear();
}

/// Could the line between two points be seen in a window?
fn is_near(a: Mercator, b: Mercator, (min, max): (Mercator, Mercator)) -> bool {
    (0..2).all(|axis| a[axis].min(b[axis]) <= max[axis] && a[axis].max(b[axis]) >= min[axis])
}

/// Draws the names of counties, close up those of municipalities, and of neighbours far out; paler than those of the data.
pub fn names(pen: &Pen<'_>, taken: &mut Labels) {
    let Some(ground) = ground(pen) else { return };
    let zoom = pen.camera.zoom;
    let mut faint = pen.colours;
    faint.label = faint.faint_label;
    let mut draw = |at: Mercator, name: &str, size: f32| {
        taken.draw(pen.painter, pen.camera.screen(at), Align2::CENTER_CENTER, name, size, &faint);
    };
    if zoom < 7.0 {
        for country in &ground.neighbours {
            draw(
                country.label_at,
                &country.names[usize::from(pen.cx.lang == crate::lang::Lang::En)].to_uppercase(),
                11.0,
            );
        }
    }
    let (places, size): (&[NamedSurface], f32) = if zoom >= MUNICIPALITY_NAME_ZOOM {
        (&ground.municipalities, 12.0)
    } else if zoom > 4.6 {
        (&ground.counties, 12.0)
    } else {
        (&[], 12.0)
    };
    let window = pen.camera.visible(0.0);
    for place in places.iter().filter(|place| is_seen(&place.surface, window)) {
        draw(place.label_at, &place.name, size);
    }
}
