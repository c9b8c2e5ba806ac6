//! What lies over the map: legend, scale, attribution, coordinates, the mark of demo data. Part of every picture of it.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::camera::Camera;
use super::cells::{SMALLEST_POINTS, level_at};
use super::reach::CRITICAL;
use super::{pipos, plan};
use crate::app::Results;
use crate::lang::{Lang, Said};
use crate::model::RuralGroup;
use crate::model::travel::TravelModel;
use crate::say;
use crate::siting::Verdict;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::plan_drawn::PlanDrawn;
use crate::ui::planner::Pick;
use crate::ui::state::{Colouring, Drawer, PlanCells, Step, View};
use crate::ui::theme::{self, MapColours};
use crate::ui::words::short_number;

const MARGIN: f32 = 10.0;
const LINE: f32 = 17.0;
/// Maps narrower than this have short legends.
const NARROW: f32 = 700.0;
/// Room that the zoom buttons take in the upper left corner.
const BUTTONS: egui::Vec2 = vec2(42.0, 124.0);

/// Draws everything; returns the boxes that names must keep clear of.
pub fn draw(
    painter: &Painter,
    cx: &Cx<'_>,
    view: &View,
    camera: &Camera,
    colours: &MapColours,
    has_tiles: bool,
) -> Vec<Rect> {
    let mut boxes = Vec::new();
    boxes.extend(legend(painter, cx, view, camera, colours));
    boxes.push(scale_bar(painter, cx.lang, camera, colours));
    boxes.push(attribution(painter, cx, camera, colours, has_tiles));
    if cx.session.project().is_demo() {
        let text = cx.lang.pick("Demodata – illustrativa", "Demo data – illustrative");
        boxes.push(tag(
            painter,
            pos2(camera.rect.center().x, camera.rect.top() + MARGIN),
            Align2::CENTER_TOP,
            text,
            colours,
        ));
    }
    if let Some(place) = view.pointer.filter(|_| !view.is_pictured) {
        let lang = cx.lang;
        let text = format!("{}, {}", lang.number(place.lon, 5), lang.number(place.lat, 5));
        let at = camera.rect.right_bottom() + vec2(-MARGIN, -MARGIN - 44.0);
        boxes.push(tag(painter, at, Align2::RIGHT_BOTTOM, &text, colours));
    }
    boxes
}

fn tag(painter: &Painter, at: Pos2, anchor: Align2, text: &str, colours: &MapColours) -> Rect {
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(12.0), colours.label);
    let rect = anchor.anchor_size(at, galley.size() + vec2(12.0, 6.0));
    painter.rect_filled(rect, 4.0, colours.box_fill);
    painter.galley(rect.min + vec2(6.0, 3.0), galley, colours.label);
    rect
}

/// One line of the legend.
struct Line {
    colour: Color32,
    icon: Option<&'static str>,
    text: String,
    figure: String,
}

fn legend(
    painter: &Painter,
    cx: &Cx<'_>,
    view: &View,
    camera: &Camera,
    colours: &MapColours,
) -> Option<Rect> {
    let (title, note, mut lines) = lines_of(cx, view, camera)?;
    // On a small map the legend would be all there is: only what it is about.
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    if lines.len() as f32 * LINE > camera.rect.height() * 0.6 {
        lines.clear();
    }
    let text = |text: &str, size: f32| {
        painter.layout_no_wrap(text.to_owned(), FontId::proportional(size), colours.label)
    };
    let title = text(&title, 13.0);
    let rows: Vec<_> =
        lines.iter().map(|line| (line, text(&line.text, 12.0), text(&line.figure, 12.0))).collect();
    let text_width = rows.iter().map(|(_, text, _)| text.size().x).fold(0.0, f32::max);
    let figure_width = rows.iter().map(|(_, _, figure)| figure.size().x).fold(0.0, f32::max);
    let width = (28.0 + text_width + 14.0 + figure_width).max(title.size().x);
    let note = note.map(|note| {
        painter.layout(note, FontId::proportional(11.0), colours.label.gamma_multiply(0.75), width)
    });
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let height = 22.0 + rows.len() as f32 * LINE + note.as_ref().map_or(0.0, |note| note.size().y + 2.0);
    let size = vec2(width + 20.0, height + 14.0);
    let corner = camera.rect.left_bottom() + vec2(MARGIN, -MARGIN);
    let is_beside = corner.y - size.y < camera.rect.top() + BUTTONS.y;
    let corner = corner + vec2(if is_beside { BUTTONS.x } else { 0.0 }, 0.0);
    let rect = Align2::LEFT_BOTTOM.anchor_size(corner, size);
    painter.rect(rect, 6.0, colours.box_fill, Stroke::new(1.0, colours.box_line), egui::StrokeKind::Inside);
    let mut at = rect.min + vec2(10.0, 7.0);
    painter.galley(at, title, colours.label);
    at.y += 22.0;
    for (line, text, figure) in rows {
        let swatch = Rect::from_min_size(at + vec2(0.0, 2.0), vec2(18.0, 12.0));
        match line.icon {
            Some(icon) => {
                painter.circle_filled(swatch.center(), 7.5, line.colour);
                painter.text(
                    swatch.center(),
                    Align2::CENTER_CENTER,
                    icon,
                    FontId::proportional(10.5),
                    Color32::WHITE,
                );
            }
            None => {
                painter.rect(
                    swatch,
                    2.0,
                    line.colour,
                    Stroke::new(1.0, colours.box_line),
                    egui::StrokeKind::Inside,
                );
            }
        }
        painter.galley(at + vec2(28.0, 0.0), text, colours.label);
        let x = rect.right() - 10.0 - figure.size().x;
        painter.galley(pos2(x, at.y), figure, colours.label);
        at.y += LINE;
    }
    if let Some(note) = note {
        painter.galley(at, note, colours.label.gamma_multiply(0.75));
    }
    Some(rect)
}

fn lines_of(cx: &Cx<'_>, view: &View, camera: &Camera) -> Option<(String, Option<String>, Vec<Line>)> {
    let (lang, scene) = (cx.lang, cx.scene?);
    let results = &scene.results;
    if view.step.shows_candidates() && view.colouring == Colouring::Off {
        return Some((
            lang.pick("Platser efter bedömning", "Places by verdict").into(),
            None,
            verdict_lines(cx),
        ));
    }
    if let Some(comparison) = pipos::shown(cx, view) {
        let lines = pipos::legend(comparison, lang).into_iter().map(|(colour, text, count)| {
            let figure = lang.count(count);
            Line { colour, icon: None, text, figure }
        });
        let title = lang.pick("Avstånd mot Pipos", "Distance against Pipos").into();
        return Some((title, note(cx, true, camera), lines.collect()));
    }
    if let Some(legend) = plan_lines(cx, view, camera) {
        return Some(legend);
    }
    let cells = cx.colours?;
    let colouring = cells.colouring;
    if colouring == Colouring::Off || scene.levels.is_empty() {
        return None;
    }
    // Beside the verdicts there is no room for both: the shares of the cells stand in the step Reach.
    let is_short = view.step.shows_candidates();
    let figure = |class: usize| {
        if is_short {
            return String::new();
        }
        let (people, count) = cells.counts[class];
        let (people, count) = (lang.people(people), lang.count(count));
        say!(lang, "{people} pers., {count} rutor", "{people} people, {count} cells")
    };
    let mut lines: Vec<Line> = Vec::new();
    let title = match colouring {
        Colouring::Distance => {
            let kind = view.kind.unit(lang);
            let names = distance_names(lang, results);
            for (class, (text, colour)) in names.into_iter().zip(theme::DISTANCE).enumerate() {
                lines.push(Line { colour, icon: None, text, figure: figure(class) });
            }
            say!(lang, "Till närmaste {kind}", "To the nearest {kind}")
        }
        Colouring::Groups => {
            for (class, (group, colour)) in RuralGroup::ALL.into_iter().zip(theme::GROUPS).enumerate() {
                lines.push(Line { colour, icon: None, text: group.said(lang), figure: figure(class) });
            }
            lang.pick("Tätort och landsbygd", "Localities and countryside").into()
        }
        Colouring::People | Colouring::Off => {
            for (class, colour) in theme::PEOPLE.into_iter().enumerate() {
                let from = lang.number(theme::PEOPLE_BOUNDS[class], 0);
                let text = match theme::PEOPLE_BOUNDS.get(class + 1) {
                    Some(next) => format!("{from} – {}", lang.number(next - 1.0, 0)),
                    None => format!("≥ {from}"),
                };
                lines.push(Line { colour, icon: None, text, figure: figure(class) });
            }
            lang.pick("Invånare per km²", "People per km²").into()
        }
    };
    if cells.counts[5].1 > 0 {
        lines.push(Line {
            colour: theme::NO_VALUE,
            icon: None,
            text: lang.pick("inget värde", "no value").into(),
            figure: figure(5),
        });
    }
    if view.step == Step::Reach && view.show_gaps {
        let text = lang.pick("lucka (kontur)", "gap (outline)").into();
        lines.push(Line { colour: theme::GAP_LINE, icon: None, text, figure: String::new() });
    }
    lines.extend(critical_line(cx, view));
    let note = note(cx, colouring == Colouring::Distance, camera);
    if view.step.shows_candidates() {
        lines.extend(verdict_lines(cx));
    }
    if let Some(drawn) = plan::drawn(cx, view) {
        lines.extend(place_lines(drawn, lang));
    }
    Some((title, note, lines))
}

/// The most important roads, while they are drawn.
fn critical_line(cx: &Cx<'_>, view: &View) -> Option<Line> {
    let is_shown = view.drawer == Drawer::Critical && view.drawer_is_open;
    cx.ways.critical.answer().filter(|drawn| is_shown && !drawn.roads.is_empty())?;
    let text = cx.lang.pick("viktig väg (bredare: viktigare)", "critical road (wider: more critical)").into();
    Some(Line { colour: CRITICAL[0], icon: None, text, figure: String::new() })
}

/// What was measured, and whether blocks are drawn.
fn note(cx: &Cx<'_>, is_measured: bool, camera: &Camera) -> Option<String> {
    let (lang, scene) = (cx.lang, cx.scene?);
    let level = level_at(scene, camera, SMALLEST_POINTS)
        .and_then(|at| scene.levels.get(at))
        .map_or(0.0, |level| level.side_m);
    let mut notes = Vec::new();
    if is_measured {
        notes.push(scene.results.travel.method().said(lang));
    }
    if level > 0.0 {
        let side = lang.number(level / 1000.0, 0);
        notes.push(say!(lang, "utzoomat: {side} km-block", "zoomed out: {side} km blocks"));
    }
    (!notes.is_empty()).then(|| notes.join(" · "))
}

/// The places of a plan.
fn place_lines(drawn: &PlanDrawn, lang: Lang) -> impl Iterator<Item = Line> {
    plan::legend(drawn, lang).into_iter().map(move |(colour, icon, text, count)| Line {
        colour,
        icon: Some(icon),
        text,
        figure: lang.count(count),
    })
}

/// The legend of a plan that colours the cells: its places, and what the colours mean.
fn plan_lines(cx: &Cx<'_>, view: &View, camera: &Camera) -> Option<(String, Option<String>, Vec<Line>)> {
    let (lang, drawn, results) = (cx.lang, plan::drawn(cx, view)?, cx.results()?);
    let cells = plan::colours(cx, view)?;
    let is_pair = matches!(drawn.shown.pick, Pick::Difference(..));
    let mut lines: Vec<Line> = Vec::new();
    let mut swatch = |colour, text: String, figure| lines.push(Line { colour, icon: None, text, figure });
    // On a narrow map the legend would hide the plan.
    let cells_said = Some(cells).filter(|_| camera.rect.width() > NARROW);
    let figure = |class: usize| {
        cells_said.map_or_else(String::new, |cells| {
            let people = lang.people(cells.counts[class].0);
            say!(lang, "{people} pers.", "{people} people")
        })
    };
    let title = match view.plan_cells {
        PlanCells::Change => {
            let names = [
                lang.pick("mycket närmare", "much nearer"),
                lang.pick("närmare", "nearer"),
                lang.pick("lika långt", "the same"),
                lang.pick("längre bort", "farther"),
                lang.pick("mycket längre bort", "much farther"),
            ];
            for (class, (name, colour)) in names.into_iter().zip(theme::CHANGE).enumerate() {
                swatch(colour, name.into(), figure(class));
            }
            if is_pair {
                lang.pick("Skillnad: från A till B", "Difference: from A to B")
            } else {
                lang.pick("Skillnad mot i dag", "Difference from today")
            }
        }
        PlanCells::After | PlanCells::Before | PlanCells::People => {
            for (class, (name, colour)) in
                distance_names(lang, results).into_iter().zip(theme::DISTANCE).enumerate()
            {
                swatch(colour, name, figure(class));
            }
            match (view.plan_cells, is_pair) {
                (PlanCells::Before, true) => lang.pick("Till närmaste i A", "To the nearest in A"),
                (PlanCells::Before, false) => {
                    lang.pick("I dag: till närmaste SOT-punkt", "Today: to the nearest SOT point")
                }
                (_, true) => lang.pick("Till närmaste i B", "To the nearest in B"),
                (_, false) => lang.pick("Planen: till närmaste plats", "The plan: to the nearest place"),
            }
        }
    };
    if cells.counts[5].1 > 0 {
        swatch(theme::NO_VALUE, lang.pick("inget värde", "no value").into(), figure(5));
    }
    if view.plan_cells != PlanCells::Before {
        lines.extend(place_lines(drawn, lang));
    }
    Some((title.to_owned(), note(cx, true, camera), lines))
}

/// The classes of costs, in words.
fn distance_names(lang: Lang, results: &Results) -> [String; 5] {
    let measure = results.measure();
    let limit = measure.in_units(results.limit());
    let bounds = theme::DISTANCE_BOUNDS.map(|part| short_number(lang, limit * part));
    let unit = measure.unit();
    [
        format!("≤ {} {unit}", bounds[0]),
        format!("{} – {} {unit}", bounds[0], bounds[1]),
        format!("{} – {} {unit}", bounds[1], bounds[2]),
        format!("{} – {} {unit}", bounds[2], bounds[3]),
        format!("> {} {unit}", bounds[3]),
    ]
}

fn verdict_lines(cx: &Cx<'_>) -> Vec<Line> {
    let Some(results) = cx.session.results.as_ref() else { return Vec::new() };
    Verdict::ALL
        .into_iter()
        .map(|verdict| Line {
            colour: theme::verdict_colour(verdict),
            icon: Some(icons::of_verdict(verdict)),
            text: verdict.said(cx.lang),
            figure: cx.lang.count(results.candidates.iter().filter(|c| c.verdict == verdict).count()),
        })
        .collect()
}

fn scale_bar(painter: &Painter, lang: Lang, camera: &Camera, colours: &MapColours) -> Rect {
    let wanted = 120.0 / camera.points_per_metre();
    let power = 10f64.powf(wanted.log10().floor());
    let metres = [5.0, 2.0, 1.0].into_iter().map(|f| f * power).find(|m| *m <= wanted).unwrap_or(power);
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    let width = (metres * camera.points_per_metre()) as f32;
    let text = if metres >= 1000.0 {
        format!("{} km", lang.number(metres / 1000.0, 0))
    } else {
        format!("{} m", lang.number(metres, 0))
    };
    let right = camera.rect.right() - MARGIN - 6.0;
    let y = camera.rect.bottom() - MARGIN - 24.0;
    let rect = Rect::from_min_max(pos2(right - width - 6.0, y - 18.0), pos2(right + 6.0, y + 6.0));
    painter.rect_filled(rect, 4.0, colours.box_fill);
    let stroke = Stroke::new(1.5, colours.label);
    painter.line_segment([pos2(right - width, y), pos2(right, y)], stroke);
    for x in [right - width, right] {
        painter.line_segment([pos2(x, y - 5.0), pos2(x, y)], stroke);
    }
    let middle = pos2(right - width / 2.0, y - 3.0);
    painter.text(middle, Align2::CENTER_BOTTOM, text, FontId::proportional(11.0), colours.label);
    rect
}

/// The sources of what is seen, and of the background map.
fn attribution(
    painter: &Painter,
    cx: &Cx<'_>,
    camera: &Camera,
    colours: &MapColours,
    has_tiles: bool,
) -> Rect {
    let mut parts = Vec::new();
    if has_tiles {
        parts.push("© OpenStreetMap contributors".to_owned());
    }
    let project = cx.session.project();
    if project.is_demo() {
        parts.push(cx.lang.pick("Sotplan demo", "Sotplan demo").into());
    }
    let dates: Vec<&str> = project.layers.iter().filter_map(|layer| layer.source.date.as_deref()).collect();
    if let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) {
        let span = if first == last { (*first).to_owned() } else { format!("{first} – {last}") };
        parts.push(say!(cx.lang, "data {span}", "data {span}"));
    }
    if parts.is_empty() {
        parts.push("Sotplan".into());
    }
    let at = camera.rect.right_bottom() + vec2(-4.0, -3.0);
    let text = parts.join(" · ");
    let galley = painter.layout_no_wrap(text, FontId::proportional(10.5), colours.label);
    let rect = Align2::RIGHT_BOTTOM.anchor_size(at, galley.size() + vec2(8.0, 2.0));
    painter.rect_filled(rect, 3.0, colours.box_fill);
    painter.galley(rect.min + vec2(4.0, 1.0), galley, colours.label);
    rect
}
