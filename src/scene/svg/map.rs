//! How is a map drawn as SVG, whatever it stands on? Ground, cells, roads, outlines, signs and names, from below. Does not
//! know what stands beside it.

use std::fmt::Write as _;
use std::sync::Arc;

use super::camera::Camera;
use super::pen::{Look, Pen, add_points, fill, hex};
use crate::app::settings::Theme;
use crate::lang::{Lang, Said as _};
use crate::model::{AreaIx, Layer, LayerId, Role, ServiceKind, SiteId, SotPlace};
use crate::scene::classes::{CellClasses, Colouring, SMALLEST_POINTS, level_at};
use crate::scene::colours::{self, Rgb};
use crate::scene::ground::{coarse_ground_scene, ground_scene};
use crate::scene::labels::{Frame, Taken};
use crate::scene::roads::FERRY;
use crate::scene::signs::Sign;
use crate::scene::{Mercator, Scene, Surface, clip};

/// From this zoom of the window on the fine ground is drawn.
const FINE_ZOOM: f64 = 6.3;

/// A place that stands out.
#[derive(Debug, Clone)]
pub struct Mark {
    pub at: Mercator,
    pub sign: Sign,
    pub colour: Rgb,
    pub is_hollow: bool,
    pub name: String,
    /// The site that it is, whose own sign it hides.
    pub site: Option<SiteId>,
}

/// What a map shows.
pub struct MapOf<'a> {
    pub scene: &'a Scene,
    pub cells: &'a CellClasses,
    pub kind: ServiceKind,
    pub theme: Theme,
    pub lang: Lang,
    pub shows_gaps: bool,
    /// Gaps of something else than the kind's coverage.
    pub gaps: Option<&'a [Surface]>,
    pub shows_services: bool,
    pub shows_sots: bool,
    pub marks: &'a [Mark],
    /// What it means that a cell has no value, where that is not plain.
    pub no_value: Option<&'a str>,
    /// The area that the map is about, and whose services its legend counts; the cells count their own.
    pub area: Option<AreaIx>,
}

impl MapOf<'_> {
    #[must_use]
    pub fn gaps(&self) -> &[Surface] {
        match self.gaps {
            _ if !self.shows_gaps => &[],
            Some(gaps) => gaps,
            None => self.scene.gaps_of(self.kind),
        }
    }

    /// The side of the blocks that cells are drawn in, metres; 0 for the cells themselves.
    #[must_use]
    pub fn block_m(&self, camera: &Camera<'_>) -> f64 {
        let level = level_at(self.scene, camera.points_per_metre, SMALLEST_POINTS);
        let level = level.filter(|_| self.cells.colouring != Colouring::Off);
        level.map_or(0.0, |at| self.scene.levels[at].side_m)
    }

    /// Are cells drawn? Not while their layer is hidden.
    #[must_use]
    pub fn shows_cells(&self) -> bool {
        let has_cells = self.cells.colouring != Colouring::Off && !self.scene.levels.is_empty();
        has_cells && self.population().is_some()
    }

    fn population(&self) -> Option<&Layer> {
        let is_it = |layer: &&Arc<Layer>| layer.is_visible && matches!(layer.role, Role::Population { .. });
        self.scene.results.project.layers.iter().find(is_it).map(AsRef::as_ref)
    }

    /// All services of the kind that stand on the map, as a sign of their own or marked.
    #[must_use]
    pub fn counted_services(&self) -> usize {
        let situation = &self.scene.results.situation;
        let services = situation.of_kind(self.kind).iter().filter_map(|ix| situation.services.get(ix.at()));
        let is_own = |area: Option<AreaIx>| self.area.is_none() || area == self.area;
        services.filter(|service| is_own(service.area) && self.is_visible(&service.site)).count()
    }

    /// The same of SOT places that serve, or do not.
    #[must_use]
    pub fn counted_sots(&self, serving: bool) -> usize {
        let project = &self.scene.results.project;
        let all = self.scene.results.situation.sot_places.iter().filter(|_| self.shows_sots);
        let is_own = |sot: &&SotPlace| self.area.is_none() || sot.area == self.area;
        all.filter(is_own)
            .filter(|sot| sot.is_visible_in(project) && sot.status.is_serving() == serving)
            .count()
    }

    /// Are there any, wherever they stand?
    #[must_use]
    pub fn has_sots(&self, serving: bool) -> bool {
        let project = &self.scene.results.project;
        let mut all = self.scene.results.situation.sot_places.iter().filter(|_| self.shows_sots);
        all.any(|sot| sot.is_visible_in(project) && sot.status.is_serving() == serving)
    }

    pub(super) fn is_shown(&self, layer: LayerId) -> bool {
        self.scene.results.project.layer(layer).is_some_and(|layer| layer.is_visible)
    }

    fn has_sign(&self, site: &SiteId) -> bool {
        let is_marked = self.marks.iter().any(|mark| mark.site.as_ref() == Some(site));
        self.is_visible(site) && !is_marked
    }

    fn is_visible(&self, site: &SiteId) -> bool {
        match site {
            SiteId::Feature { layer, .. } => self.is_shown(*layer),
            SiteId::Added(_) | SiteId::Trial(_) => true,
            SiteId::Held(_) => false,
        }
    }

    /// The places of services of the kind that are drawn, with their names.
    pub fn services(&self) -> impl Iterator<Item = (Mercator, &str)> {
        let situation = &self.scene.results.situation;
        // SOT places are drawn with their status.
        let is_drawn = self.shows_services && self.kind != ServiceKind::Sot;
        let all = situation.of_kind(self.kind).iter().filter(move |_| is_drawn);
        all.filter_map(|ix| Some((situation.services.get(ix.at())?, self.scene.services.get(ix.at())?)))
            .filter(|(service, _)| self.has_sign(&service.site))
            .map(|(service, at)| (*at, service.name.as_str()))
    }

    /// The SOT places that are drawn: where, whether they serve, their name and status.
    pub fn sots(&self) -> impl Iterator<Item = (Mercator, bool, &str, String)> {
        let all = self.scene.results.situation.sot_places.iter().zip(&self.scene.sots);
        all.filter(|(sot, _)| self.shows_sots && sot.is_visible_in(&self.scene.results.project))
            .filter(|(sot, _)| self.has_sign(&sot.site))
            .map(|(sot, at)| (*at, sot.status.is_serving(), sot.name.as_str(), sot.status.said(self.lang)))
    }
}

/// Draws a map in the room of its camera.
pub struct Drawing<'a> {
    pub pen: &'a mut Pen,
    pub of: &'a MapOf<'a>,
    pub camera: &'a Camera<'a>,
}

impl Drawing<'_> {
    /// Everything but names.
    pub fn draw(&mut self, taken: &mut Taken) {
        self.ground();
        self.cells();
        self.roads();
        self.outlines();
        self.signs(taken);
    }

    fn ground(&mut self) {
        let (camera, colours) = (self.camera, self.pen.colours);
        let made = if camera.zoom() < FINE_ZOOM { coarse_ground_scene() } else { ground_scene() };
        self.pen.line(r#"<g id="ground">"#);
        for country in &made.neighbours {
            self.surface(&country.surface, &fill(colours.abroad));
        }
        for one in &made.municipalities {
            self.surface(&one.surface, &fill(colours.home));
        }
        self.lines(&made.borders.municipalities, colours.fine_line, 0.6);
        self.lines(&made.borders.counties, colours.county_line, 0.9);
        // Areas that are loaded have borders of their own, and hide those of the ground.
        for shape in self.of.scene.areas.iter().filter(|shape| self.of.is_shown(shape.layer)) {
            self.surface(&shape.surface, &fill(colours.area));
        }
        for lake in &made.lakes {
            self.surface(&lake.surface, &fill(colours.water));
        }
        self.lines(&made.borders.countries, colours.area_line, 1.0);
        self.lines(&made.borders.coast, colours.water_line, 0.7);
        for (_, surface) in self.of.scene.water.iter().filter(|(layer, _)| self.of.is_shown(*layer)) {
            // Rivers are lines, and have nothing to fill.
            if !surface.triangles.is_empty() {
                self.surface(surface, &fill(colours.water));
            }
            self.outline(surface, colours.water_line, 0.6, 1.0);
        }
        self.pen.line("</g>");
    }

    /// The cells, a path for each class.
    fn cells(&mut self) {
        let (scene, cells, camera) = (self.of.scene, self.of.cells, self.camera);
        let shown = self.of.population();
        let level = level_at(scene, camera.points_per_metre, SMALLEST_POINTS);
        let (Some(layer), Some(at)) = (shown.filter(|_| cells.colouring != Colouring::Off), level) else {
            return;
        };
        let opacity = f64::from(layer.opacity) * 0.92;
        let palette = cells.scale.palette(self.of.theme);
        let mut paths = vec![String::new(); palette.len()];
        let (min, max) = camera.window;
        let is_out = |corner: &Mercator| {
            corner[0] < min[0] || corner[0] > max[0] || corner[1] < min[1] || corner[1] > max[1]
        };
        for (corners, class) in scene.levels[at].corners.iter().zip(&cells.classes[at]) {
            if corners.iter().all(is_out) {
                continue;
            }
            let path = &mut paths[usize::from(*class)];
            for (ix, corner) in corners.iter().enumerate() {
                let [x, y] = camera.at(*corner);
                let _ = write!(path, "{}{x:.1} {y:.1}", if ix == 0 { 'M' } else { 'L' });
            }
            path.push('Z');
        }
        self.pen.line(&format!(r#"<g id="cells" fill-opacity="{opacity:.2}" shape-rendering="crispEdges">"#));
        for (path, colour) in paths.iter().zip(palette) {
            self.pen.path(path, &fill(colour));
        }
        self.pen.line("</g>");
    }

    /// The roads that one sees at this scale.
    fn roads(&mut self) {
        /// Widths by rank, points.
        const WIDTHS: [f64; 8] = [1.4, 1.2, 1.1, 0.8, 0.6, 0.4, 0.3, 0.6];
        let Some(roads) = &self.of.scene.roads else { return };
        if !self.of.scene.results.project.roads.iter().any(|layer| layer.is_visible) {
            return;
        }
        let mut paths = vec![String::new(); WIDTHS.len()];
        for chunk in roads.lines.seen(self.camera.zoom(), self.camera.window).rev() {
            for (line, places) in chunk.lines() {
                let points: Vec<Mercator> = places.collect();
                for run in clip::runs(&points, self.camera.window) {
                    let path = &mut paths[usize::from(line.style)];
                    add_points(path, run.iter().map(|point| self.camera.at(*point)), false);
                }
            }
        }
        self.pen.line(r#"<g id="roads" fill="none" stroke-linecap="round" stroke-linejoin="round">"#);
        for (rank, path) in (0u8..8).zip(&paths).rev() {
            let (wide, colour) = (WIDTHS[usize::from(rank)], hex(colours::road(rank, self.of.theme)));
            let dash = if rank == FERRY { r#" stroke-dasharray="4 3""# } else { "" };
            self.pen.path(path, &format!(r#"stroke="{colour}" stroke-width="{wide}"{dash}"#));
        }
        self.pen.line("</g>");
    }

    fn outlines(&mut self) {
        let colours = self.pen.colours;
        self.pen.line(r#"<g id="areas" fill="none">"#);
        for shape in self.of.scene.areas.iter().filter(|shape| self.of.is_shown(shape.layer)) {
            self.outline(&shape.surface, colours.area_line, 0.9, 1.0);
        }
        for (_, surface) in self.of.scene.context.iter().filter(|(layer, _)| self.of.is_shown(*layer)) {
            self.outline(surface, colours.label, 0.8, 0.5);
        }
        for surface in self.of.gaps() {
            let wide = if self.camera.zoom() < 7.5 { 0.7 } else { 1.1 };
            self.outline(surface, colours::gap_line(self.of.theme), wide, 1.0);
        }
        if let Some(shape) = self.of.area.and_then(|area| self.of.scene.area_shape(area)) {
            self.outline(&shape.surface, colours.label, 1.8, 0.9);
        }
        self.pen.line("</g>");
    }

    /// Services, SOT places and marks; where signs would lie on each other, the later ones are dots.
    fn signs(&mut self, taken: &mut Taken) {
        let (of, camera) = (self.of, self.camera);
        let mut placed: Vec<[f64; 2]> = Vec::new();
        let marks: Vec<[f64; 2]> = of.marks.iter().map(|mark| camera.at(mark.at)).collect();
        let sots: Vec<_> = of
            .sots()
            .map(|(at, serves, name, status)| (camera.at(at), serves, format!("{name}: {status}")))
            .collect();
        placed.extend(marks.iter().chain(sots.iter().map(|(at, ..)| at)));
        let services: Vec<([f64; 2], &str)> = of.services().map(|(at, name)| (camera.at(at), name)).collect();
        let inside: Vec<_> = services.into_iter().filter(|(at, _)| camera.room.holds(*at)).collect();
        let radius = self.radius(of.kind, inside.len());
        self.pen.line(r#"<g id="services">"#);
        let (mut signs, colour) = (Vec::new(), colours::kind_colour(of.kind));
        for (at, name) in inside {
            let is_near = |other: &[f64; 2]| (at[0] - other[0]).hypot(at[1] - other[1]) < radius * 1.7;
            match radius {
                _ if radius <= DOT || placed.iter().any(is_near) => self.pen.dot(at, DOT, colour, name),
                _ => {
                    placed.push(at);
                    signs.push((at, name));
                }
            }
        }
        for (at, name) in signs {
            self.sign(at, radius, Look { sign: Sign::Kind(of.kind), colour, is_hollow: false, name }, taken);
        }
        let radius = self.radius(ServiceKind::Sot, sots.len());
        for (at, serves, name) in sots.iter().filter(|(at, ..)| camera.room.holds(*at)) {
            let (sign, colour) = (Sign::Kind(ServiceKind::Sot), colours::kind_colour(ServiceKind::Sot));
            self.sign(*at, radius.max(SMALL), Look { sign, colour, is_hollow: !serves, name }, taken);
        }
        for (mark, at) in of.marks.iter().zip(&marks).filter(|(_, at)| camera.room.holds(**at)) {
            let look =
                Look { sign: mark.sign, colour: mark.colour, is_hollow: mark.is_hollow, name: &mark.name };
            self.sign(*at, mark_radius(of.marks.len()), look, taken);
        }
        self.pen.line("</g>");
    }

    fn sign(&mut self, at: [f64; 2], radius: f64, look: Look<'_>, taken: &mut Taken) {
        self.pen.sign(at, radius, look);
        let side = 2.0 * radius;
        taken.block(frame([at[0] - radius, at[1] - radius], [side, side]));
    }

    /// How large signs of a kind are: the more of them there are for each point of the picture, the smaller.
    fn radius(&self, kind: ServiceKind, count: usize) -> f64 {
        let spacing = self.of.scene.spacing.get(&kind).copied().unwrap_or(f64::INFINITY);
        let spacing = spacing * self.camera.square_points();
        if spacing >= 40.0 || count <= FEW / 2 {
            LARGE
        } else if spacing >= 16.0 || count <= FEW {
            SMALL
        } else {
            DOT
        }
    }

    fn is_seen(&self, surface: &Surface) -> bool {
        clip::meet((surface.min, surface.max), self.camera.window)
    }

    /// A surface with its holes, filled.
    fn surface(&mut self, surface: &Surface, style: &str) {
        if !self.is_seen(surface) {
            return;
        }
        let mut path = String::new();
        for line in &surface.lines {
            let ring = clip::ring(line, self.camera.window);
            add_points(&mut path, ring.iter().map(|point| self.camera.at(*point)), true);
        }
        self.pen.path(&path, &format!(r#"fill-rule="evenodd" {style}"#));
    }

    /// The lines of a surface.
    fn outline(&mut self, surface: &Surface, colour: Rgb, wide: f64, opacity: f64) {
        if self.is_seen(surface) {
            self.stroke(
                &surface.lines,
                &format!(
                    r#"fill="none" stroke="{}" stroke-width="{wide}" stroke-opacity="{opacity}""#,
                    hex(colour)
                ),
            );
        }
    }

    fn lines(&mut self, lines: &[Vec<Mercator>], colour: Rgb, wide: f64) {
        self.stroke(lines, &format!(r#"fill="none" stroke="{}" stroke-width="{wide}""#, hex(colour)));
    }

    fn stroke(&mut self, lines: &[Vec<Mercator>], style: &str) {
        let mut path = String::new();
        for run in lines.iter().flat_map(|line| clip::runs(line, self.camera.window)) {
            add_points(&mut path, run.iter().map(|point| self.camera.at(*point)), false);
        }
        self.pen.path(&path, &format!(r#"stroke-linejoin="round" {style}"#));
    }
}

/// Radii of signs, points.
const DOT: f64 = 1.7;
pub(super) const SMALL: f64 = 4.2;
pub const LARGE: f64 = 6.0;

/// So many marks and more are smaller: they still stand out, and leave room for one another.
pub(super) const MANY_MARKS: usize = 20;

pub(super) fn mark_radius(count: usize) -> f64 {
    if count > MANY_MARKS { SMALL } else { LARGE * 1.15 }
}

/// So many signs of a kind are never dots.
const FEW: usize = 120;

#[expect(clippy::cast_possible_truncation, reason = "points of a picture")]
#[must_use]
pub fn frame([x, y]: [f64; 2], [width, height]: [f64; 2]) -> Frame {
    Frame::at([x as f32, y as f32], [width as f32, height as f32])
}
