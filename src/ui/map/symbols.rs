//! Services, SOT places, candidates and trial points as signs; dense ones as one sign with a count.

use std::collections::BTreeSet;

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use rustc_hash::FxHashMap;

use super::camera::Camera;
use super::ground::Labels;
use super::pen::Pen;
use super::symbol::{RADIUS, Size, Symbol};
use crate::lang::{Lang, Said};
use crate::model::{Project, ServiceKind, SiteId};
use crate::say;
use crate::scene::Scene;
use crate::scene::plan::PlanDrawn;
use crate::siting::Host;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Member, Selection, Shown, View};
use crate::ui::theme;

/// From this zoom on every sign stands alone.
const ALL_ALONE_ZOOM: f64 = 13.0;

/// So many services of a kind are never drawn as dots, from this zoom on.
const FEW: usize = 60;
const FEW_ZOOM: f64 = 8.0;

/// The weight of SOT places among signs.
const SOT_WEIGHT: u8 = 4;

/// So many names of signs at most.
const MOST_NAMES: usize = 60;

/// From this zoom on the other kinds are drawn too.
const OTHER_KINDS_ZOOM: f64 = 9.6;

/// Every sign seen, clusters made.
#[must_use]
pub fn symbols(
    scene: &Scene,
    cx: &Cx<'_>,
    view: &View,
    plan: Option<&PlanDrawn>,
    camera: &Camera,
) -> Vec<Symbol> {
    let (project, lang) = (cx.session.project(), cx.lang);
    let mut single = Vec::new();
    // Under a plan the other stores would only hide it; near by they are places one could choose instead.
    if cx.hour.is_none() && (plan.is_none() || camera.zoom >= OTHER_KINDS_ZOOM) {
        services(scene, cx, view, camera, &mut single);
    }
    if cx.shows(Shown::Candidates) {
        candidates(scene, cx, view, camera, &mut single);
    }
    let scale = 256.0 * camera.zoom.exp2();
    let size = |kind| {
        let size = Size::of_spacing(scene.spacing.get(&kind).copied().unwrap_or(f64::INFINITY) * scale);
        // A handful is never lost among the cells.
        let is_few = scene.results.situation.of_kind(kind).len() <= FEW && camera.zoom >= FEW_ZOOM;
        if is_few { size.max(Size::Small) } else { size }
    };
    let mut out = match cx.hour {
        Some(hour) => {
            let of = size(hour.at.need.kind().unwrap_or(ServiceKind::Sot));
            let [working, stopped] = super::crisis::symbols(hour, cx, camera);
            let mut out = cluster(stopped, of, camera);
            out.extend(cluster(working, of.max(Size::Small), camera));
            out
        }
        None => cluster(single, size(view.kind), camera),
    };
    if plan.is_none() && cx.hour.is_none() {
        sots(scene, project, camera, lang, size(ServiceKind::Sot), &mut out);
    }
    if let Some(plan) = plan {
        super::plan::symbols(plan, camera, lang, &mut out);
    }
    trials(project, view, camera, &mut out);
    out
}

fn is_visible(project: &Project, site: &SiteId) -> bool {
    match site {
        SiteId::Feature { layer, .. } => project.layer(*layer).is_some_and(|layer| layer.is_visible),
        SiteId::Added(_) | SiteId::Trial(_) => true,
        SiteId::Held(_) => false,
    }
}

fn services(scene: &Scene, cx: &Cx<'_>, view: &View, camera: &Camera, out: &mut Vec<Symbol>) {
    let (project, as_candidates) = (cx.session.project(), cx.shows(Shown::Candidates));
    let window = camera.rect.expand(RADIUS * 2.0);
    for (service, at) in scene.results.situation.services.iter().zip(&scene.services) {
        // In the step of places, stores stand as candidates; SOT places always have their own sign.
        let shown = service.kinds.without(ServiceKind::Sot);
        let shown = if as_candidates { shown.without(ServiceKind::Grocery) } else { shown };
        let chosen = !as_candidates && shown.contains(view.kind);
        let Some(kind) = (if chosen { Some(view.kind) } else { shown.iter().next() }) else { continue };
        if !chosen && camera.zoom < OTHER_KINDS_ZOOM {
            continue;
        }
        let at = camera.screen(*at);
        if !window.contains(at) || !is_visible(project, &service.site) {
            continue;
        }
        let is_closed = project.closed_services.contains(&service.site);
        out.push(Symbol {
            at,
            icon: if is_closed { icons::CLOSED_ROAD } else { icons::of_kind(kind) },
            fill: theme::kind_colour(kind),
            is_hollow: is_closed,
            selection: Selection::Site(service.site.clone()),
            trial: None,
            others: Vec::new(),
            size: Size::Large,
            name: service.name.clone(),
            title: if is_closed { closed_title(&service.name, cx.lang) } else { service.name.clone() },
            is_square: false,
            weight: if chosen { 2 } else { 1 },
        });
    }
}

/// What a service is called that is thought away.
fn closed_title(name: &str, lang: Lang) -> String {
    say!(lang, "{name} (nedlagd i simuleringen)", "{name} (closed in the simulation)")
}

fn candidates(scene: &Scene, cx: &Cx<'_>, view: &View, camera: &Camera, out: &mut Vec<Symbol>) {
    let project = cx.session.project();
    let window = camera.rect.expand(RADIUS * 2.0);
    for (candidate, at) in scene.results.candidates.iter().zip(&scene.candidates) {
        let at = camera.screen(*at);
        let is_shown = matches!(candidate.host, Host::Store(_))
            && !view.places.hidden_verdicts.contains(&candidate.verdict)
            && window.contains(at)
            && is_visible(project, &candidate.site);
        if is_shown {
            out.push(Symbol {
                at,
                icon: icons::of_verdict(candidate.verdict),
                fill: theme::verdict_colour(candidate.verdict),
                is_hollow: project.closed_services.contains(&candidate.site),
                selection: Selection::Site(candidate.site.clone()),
                trial: None,
                others: Vec::new(),
                size: Size::Large,
                name: candidate.name.clone(),
                title: format!("{}: {}", candidate.name, candidate.verdict.said(cx.lang)),
                is_square: false,
                weight: 3,
            });
        }
    }
}

fn sots(scene: &Scene, project: &Project, camera: &Camera, lang: Lang, size: Size, out: &mut Vec<Symbol>) {
    let window = camera.rect.expand(RADIUS * 2.0);
    for (sot, at) in scene.results.situation.sot_places.iter().zip(&scene.sots) {
        let at = camera.screen(*at) + vec2(0.0, -size.radius() * 1.6);
        if sot.is_visible_in(project) && window.contains(at) {
            out.push(Symbol {
                at,
                icon: icons::of_kind(ServiceKind::Sot),
                fill: theme::kind_colour(ServiceKind::Sot),
                is_hollow: !sot.status.is_serving(),
                selection: Selection::Site(sot.site.clone()),
                trial: None,
                others: Vec::new(),
                size,
                name: sot.name.clone(),
                title: format!("{}: {} ({})", sot.name, sot.status.said(lang), sot.status_date),
                is_square: false,
                weight: SOT_WEIGHT,
            });
        }
    }
}

fn trials(project: &Project, view: &View, camera: &Camera, out: &mut Vec<Symbol>) {
    for trial in project.trials.iter() {
        let place = view.dragged_to(trial.id).unwrap_or(trial.place);
        let at = camera.screen(crate::scene::mercator(place));
        out.push(Symbol {
            at,
            icon: icons::TRIAL,
            fill: theme::SELECTION,
            is_hollow: false,
            selection: Selection::Site(SiteId::Trial(trial.id)),
            trial: Some(trial.id),
            others: Vec::new(),
            size: Size::Large,
            name: trial.name.clone(),
            title: trial.name.clone(),
            is_square: false,
            weight: 9,
        });
    }
}

/// Joins signs that fall into the same square of a grid fixed to the ground, so that a pan joins none anew.
fn cluster(single: Vec<Symbol>, size: Size, camera: &Camera) -> Vec<Symbol> {
    let single: Vec<Symbol> = single.into_iter().map(|symbol| Symbol { size, ..symbol }).collect();
    if camera.zoom >= ALL_ALONE_ZOOM {
        return spread(single);
    }
    let origin = camera.mercator(pos2(0.0, 0.0));
    let scale = 256.0 * camera.zoom.exp2();
    let mut order: Vec<(i64, i64)> = Vec::new();
    let mut squares: FxHashMap<(i64, i64), Symbol> = FxHashMap::default();
    for symbol in single {
        #[expect(clippy::cast_possible_truncation, reason = "screen points over a square's side")]
        let key = (
            ((f64::from(symbol.at.x) + origin[0] * scale) / size.apart()).floor() as i64,
            ((f64::from(symbol.at.y) + origin[1] * scale) / size.apart()).floor() as i64,
        );
        match squares.get_mut(&key) {
            None => {
                order.push(key);
                squares.insert(key, symbol);
            }
            Some(first) => join(first, symbol, camera),
        }
    }
    order.into_iter().filter_map(|key| squares.remove(&key)).collect()
}

/// Puts a sign behind another; the more important one stands in front.
fn join(first: &mut Symbol, mut other: Symbol, camera: &Camera) {
    if other.weight > first.weight {
        std::mem::swap(first, &mut other);
        first.others = std::mem::take(&mut other.others);
    }
    first.others.push(member(&other, camera));
}

/// What is known of a sign where it stands behind another.
#[must_use]
pub fn member(symbol: &Symbol, camera: &Camera) -> Member {
    let Symbol { selection, title, icon, .. } = symbol;
    Member { selection: selection.clone(), title: title.clone(), icon, place: camera.place(symbol.at) }
}

/// Moves signs on one spot apart, in a ring, so that each can be clicked.
fn spread(single: Vec<Symbol>) -> Vec<Symbol> {
    let mut spots: FxHashMap<(i32, i32), usize> = FxHashMap::default();
    let mut out = Vec::with_capacity(single.len());
    for mut symbol in single {
        #[expect(clippy::cast_possible_truncation, reason = "screen points")]
        let key = ((symbol.at.x / 14.0).round() as i32, (symbol.at.y / 14.0).round() as i32);
        let before = spots.entry(key).or_insert(0);
        if *before > 0 {
            #[expect(clippy::cast_precision_loss, reason = "a handful of signs")]
            let angle = (*before as f32 - 1.0) * std::f32::consts::TAU / 6.0;
            symbol.at += vec2(angle.cos(), angle.sin()) * symbol.radius() * 2.2;
        }
        *before += 1;
        out.push(symbol);
    }
    out
}

/// Draws one sign.
pub fn draw(painter: &Painter, symbol: &Symbol, is_chosen: bool, is_hovered: bool) {
    let radius = if is_hovered { symbol.radius() + 1.5 } else { symbol.radius() };
    if is_chosen {
        painter.circle_filled(symbol.at, radius + 5.0, theme::SELECTION.gamma_multiply(0.35));
        painter.circle_stroke(symbol.at, radius + 4.0, Stroke::new(2.5, theme::SELECTION));
    }
    if symbol.size == Size::Dot {
        painter.circle_filled(symbol.at, radius + 0.4, Color32::WHITE);
        painter.circle_filled(symbol.at, radius, symbol.fill);
        return;
    }
    let ring = if symbol.size == Size::Small { 1.0 } else { 1.5 };
    let sign = if symbol.is_square {
        let square = |half: f32| Rect::from_center_size(symbol.at, Vec2::splat(2.0 * half));
        painter.rect_filled(square(radius + ring + 1.0), 4.0, Color32::WHITE);
        painter.rect_filled(square(radius + 0.5), 3.0, symbol.fill);
        Color32::WHITE
    } else if symbol.is_hollow {
        painter.circle_filled(symbol.at, radius + ring, Color32::WHITE);
        painter.circle_stroke(symbol.at, radius - 0.5, Stroke::new(2.0, symbol.fill));
        symbol.fill
    } else {
        painter.circle_filled(symbol.at, radius + ring, Color32::WHITE);
        painter.circle_filled(symbol.at, radius, symbol.fill);
        Color32::WHITE
    };
    let centre = Align2::CENTER_CENTER;
    if symbol.size == Size::Small {
        // No room beside it: the colour says of what, the number how many.
        let (text, font) = match symbol.count() {
            1 => (symbol.icon.to_owned(), FontId::proportional(8.5)),
            count => (number(count), theme::bold_font(8.0)),
        };
        painter.text(symbol.at, centre, text, font, sign);
        return;
    }
    painter.text(symbol.at, centre, symbol.icon, FontId::proportional(13.5), sign);
    if symbol.count() > 1 {
        let at = symbol.at + vec2(radius * 0.85, -radius * 0.85);
        painter.circle_filled(at, 7.5, Color32::WHITE);
        painter.circle_filled(at, 6.5, Color32::from_rgb(0x33, 0x33, 0x33));
        painter.text(at, centre, number(symbol.count()), FontId::proportional(9.0), Color32::WHITE);
    }
}

fn number(count: usize) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// The signs of the places that are ticked: a SOT place stands for the store that hosts it.
fn ticked(cx: &Cx<'_>) -> BTreeSet<SiteId> {
    let selected = cx.session.project().selected.iter();
    let Some(results) = cx.results() else { return selected.cloned().collect() };
    let sign = |site: &SiteId| {
        let sot = cx.candidate(site).and_then(|candidate| results.situation.sot_places.get(candidate.sot?));
        sot.map_or_else(|| site.clone(), |sot| sot.site.clone())
    };
    selected.map(sign).collect()
}

/// Draws the names of signs: of what is chosen always, of the others where there is room and signs are large.
pub fn names(pen: &Pen<'_>, symbols: &[Symbol], taken: &mut Labels) {
    let (view, ticked) = (pen.view, ticked(pen.cx));
    let rank = |symbol: &Symbol| {
        let is_ticked = matches!(&symbol.selection, Selection::Site(site) if ticked.contains(site));
        let is_chosen = view.selection.as_ref() == Some(&symbol.selection);
        let is_hovered = view.hover.as_ref() == Some(&symbol.selection);
        match (is_chosen || is_ticked || is_hovered, symbol.size) {
            (true, _) => Some(0),
            // SOT places are what the map is about, at every scale where there is room.
            (false, Size::Small | Size::Large) if symbol.weight == SOT_WEIGHT => Some(1),
            (false, Size::Large) if symbol.count() == 1 && !symbol.is_square => {
                Some(10 - symbol.weight.min(9))
            }
            _ => None,
        }
    };
    let mut named: Vec<(u8, &Symbol)> =
        symbols.iter().filter_map(|symbol| rank(symbol).map(|rank| (rank, symbol))).collect();
    named.sort_by_key(|(rank, _)| *rank);
    for (rank, symbol) in named.into_iter().take(MOST_NAMES) {
        let below = symbol.at + vec2(0.0, symbol.radius() + 3.0);
        let above = symbol.at - vec2(0.0, symbol.radius() + 3.0);
        let beside = vec2(symbol.radius() + 6.0, 0.0);
        let places = [
            (below, Align2::CENTER_TOP),
            (above, Align2::CENTER_BOTTOM),
            (symbol.at + beside, Align2::LEFT_CENTER),
            (symbol.at - beside, Align2::RIGHT_CENTER),
        ];
        if rank == 0 {
            taken.draw_always(pen, places[0], &symbol.name, 12.5);
            continue;
        }
        for (at, anchor) in places {
            if taken.draw(pen.painter, at, anchor, &symbol.name, 12.0, &pen.colours) {
                break;
            }
        }
    }
}

/// The sign under a point of the screen, the last drawn first.
#[must_use]
pub fn at_point(symbols: &[Symbol], at: Pos2) -> Option<&Symbol> {
    symbols.iter().rev().find(|symbol| symbol.at.distance(at) <= symbol.radius().max(4.0) + 3.0)
}
