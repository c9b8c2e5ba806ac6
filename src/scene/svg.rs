//! How is a map written as a picture of lines? SVG, which every browser and office program opens, without a window.

use std::fmt::Write as _;

use super::classes::{CellClasses, Colouring, SMALLEST_POINTS, level_at};
use super::colours::{self, MapColours, Rgb};
use super::labels::{Frame, Taken, most, size};
use super::legend::{self, Line};
use super::signs::Sign;
use super::{Mercator, Scene, Surface};
use crate::app::settings::Theme;
use crate::lang::{Lang, Said};
use crate::model::{LayerId, Role, ServiceKind};
use crate::say;

/// What a picture shows.
#[derive(Debug, Clone, Copy)]
pub struct Picture {
    /// Points.
    pub width: f64,
    pub height: f64,
    pub kind: ServiceKind,
    pub colouring: Colouring,
    pub shows_gaps: bool,
    pub theme: Theme,
    pub lang: Lang,
}

const MARGIN: f64 = 12.0;
const LINE: f64 = 17.0;
const RADIUS: f64 = 7.5;
/// The mean width of a letter of the usual fonts, as a part of their size.
const LETTER: f64 = 0.54;

/// Where on the picture a point of the Mercator square lies.
struct Camera {
    scale: f64,
    origin: Mercator,
    corner: [f64; 2],
    points_per_metre: f64,
}

impl Camera {
    /// Shows a box with a margin, and leaves so much free at the left, at the top and at the bottom.
    fn of((min, max): (Mercator, Mercator), picture: &Picture, [left, top, bottom]: [f64; 3]) -> Self {
        let room = [picture.width - left, picture.height - top - bottom];
        let (wide, high) = ((max[0] - min[0]).max(1e-7), (max[1] - min[1]).max(1e-7));
        let within = |room: f64| (room - 4.0 * MARGIN).max(MARGIN);
        let scale = (within(room[0]) / wide).min(within(room[1]) / high);
        let corner = [left + (room[0] - wide * scale) / 2.0, top + (room[1] - high * scale) / 2.0];
        // A unit of the square is the equator, longer than the ground by the latitude.
        let middle = super::lon_lat_of([f64::midpoint(min[0], max[0]), f64::midpoint(min[1], max[1])]);
        let metres = 40_075_016.686 * middle.lat.to_radians().cos();
        Self { scale, origin: min, corner, points_per_metre: scale / metres }
    }

    /// Shows everything as large as it can be without people or services under the legend.
    fn beside_legend(scene: &Scene, cells: &CellClasses, picture: &Picture) -> Option<Self> {
        let bounds = scene.bounds?;
        // The mark of example data stands above.
        let top = if scene.results.project.is_demo() { 22.0 } else { 0.0 };
        let legend_of = |camera: &Self| Legend::of(scene, cells, camera.block_m(scene, cells), picture);
        let mut camera = Self::of(bounds, picture, [0.0, top, 0.0]);
        let (mut width, mut height) = (0.0_f64, 0.0_f64);
        // What the legend says of blocks depends on the scale: it is measured again where it has become larger.
        for _ in 0..3 {
            let legend = legend_of(&camera);
            if !camera.hides(scene, &legend, picture) {
                break;
            }
            (width, height) = (width.max(legend.width), height.max(legend.height));
            let beside = Self::of(bounds, picture, [width + MARGIN, top, 0.0]);
            let above = Self::of(bounds, picture, [0.0, top, height + MARGIN]);
            camera = if beside.scale > above.scale { beside } else { above };
        }
        Some(camera)
    }

    /// Would people or services that are drawn lie under the legend?
    fn hides(&self, scene: &Scene, legend: &Legend, picture: &Picture) -> bool {
        let from = [MARGIN + legend.width + RADIUS, picture.height - MARGIN - legend.height - RADIUS];
        let is_under = |point: &Mercator| {
            let [x, y] = self.at(*point);
            x < from[0] && y > from[1]
        };
        let situation = &scene.results.situation;
        let services = situation.of_kind(picture.kind).iter().filter_map(|ix| scene.services.get(ix.at()));
        let sots = situation.sot_places.iter().zip(&scene.sots);
        let sots = sots.filter(|(sot, _)| sot.is_visible_in(&scene.results.project)).map(|(_, at)| at);
        let corners = scene.levels.first().filter(|_| picture.colouring != Colouring::Off);
        let corners = corners.into_iter().flat_map(|level| level.corners.iter().flatten());
        corners.chain(services).chain(sots).any(is_under)
    }

    /// The side of the blocks that cells are drawn in, metres; 0 for the cells themselves.
    fn block_m(&self, scene: &Scene, cells: &CellClasses) -> f64 {
        let level = level_at(scene, self.points_per_metre, SMALLEST_POINTS);
        let level = level.filter(|_| cells.colouring != Colouring::Off);
        level.map_or(0.0, |at| scene.levels[at].side_m)
    }

    fn at(&self, point: Mercator) -> [f64; 2] {
        [
            (point[0] - self.origin[0]) * self.scale + self.corner[0],
            (point[1] - self.origin[1]) * self.scale + self.corner[1],
        ]
    }

    /// As the zoom of the window, for how many names there are.
    fn zoom(&self) -> f64 {
        (self.scale / 256.0).log2()
    }
}

/// The picture of a result; nothing where there is nothing to show.
#[must_use]
pub fn write(scene: &Scene, picture: &Picture) -> Option<String> {
    let cells = CellClasses::new(scene, picture.kind, picture.colouring);
    let camera = Camera::beside_legend(scene, &cells, picture)?;
    let mut out =
        Writer { out: String::new(), colours: colours::map_colours(picture.theme), picture, camera };
    let (width, height) = (picture.width, picture.height);
    let title = xml(&title(picture));
    out.line(&format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="Noto Sans, Segoe UI, Helvetica, Arial, sans-serif" role="img"><title>{title}</title>"#
    ));
    out.line(&format!(r#"<rect width="{width}" height="{height}" {}/>"#, fill(out.colours.ground)));
    out.ground(scene);
    out.cells(scene, &cells);
    out.outlines(scene);
    out.services(scene);
    let mut taken = Taken::default();
    let legend = Legend::of(scene, &cells, out.camera.block_m(scene, &cells), picture);
    let legend_at = (legend.width, legend.height);
    out.legend(legend, &mut taken);
    out.scale(scene, legend_at, &mut taken);
    out.names(scene, &mut taken);
    out.line("</svg>");
    Some(out.out)
}

fn title(picture: &Picture) -> String {
    let (lang, kind) = (picture.lang, picture.kind.unit(picture.lang));
    match picture.colouring {
        Colouring::Distance => say!(lang, "Till närmaste {kind}", "To the nearest {kind}"),
        _ => picture.kind.said(lang),
    }
}

/// What the legend says, and how much room it takes.
struct Legend {
    title: String,
    lines: Vec<Line>,
    /// SOT places of this line and after are drawn hollow.
    hollow_from: usize,
    note: Option<String>,
    width: f64,
    height: f64,
}

impl Legend {
    fn of(scene: &Scene, cells: &CellClasses, block_m: f64, picture: &Picture) -> Self {
        let (lang, kind) = (picture.lang, picture.kind);
        let (title, mut lines) = if cells.colouring == Colouring::Off || scene.levels.is_empty() {
            (kind.said(lang), Vec::new())
        } else {
            legend::of_cells(scene, cells, picture.theme, lang)
        };
        if picture.shows_gaps && !scene.gaps_of(kind).is_empty() {
            let text = lang.pick("Lucka i täckningen", "Gap in coverage");
            lines.push(Line::outline(colours::gap_line(picture.theme), text));
        }
        let colour = colours::kind_colour(kind);
        let count = lang.count(scene.results.situation.of_kind(kind).len());
        if kind != ServiceKind::Sot {
            let line = Line::swatch(colour, kind.said(lang), count);
            lines.push(Line { sign: Some(Sign::Kind(kind)), ..line });
        }
        let shown =
            scene.results.situation.sot_places.iter().filter(|sot| sot.is_visible_in(&scene.results.project));
        let (serving, others): (Vec<_>, Vec<_>) = shown.partition(|sot| sot.status.is_serving());
        let hollow_from = lines.len() + usize::from(!serving.is_empty());
        for (count, text) in [
            (serving.len(), lang.pick("SOT-punkt som finns", "SOT point that exists")),
            (others.len(), lang.pick("SOT-punkt, annan status", "SOT point, other status")),
        ] {
            let (colour, sign) = (colours::kind_colour(ServiceKind::Sot), Some(Sign::Kind(ServiceKind::Sot)));
            let line = Line { sign, ..Line::swatch(colour, text, lang.count(count)) };
            lines.extend(Some(line).filter(|_| count > 0));
        }
        let note = legend::note(&scene.results, cells.colouring == Colouring::Distance, block_m, lang);
        let widest = |of: fn(&Line) -> &str, points: f64| {
            lines.iter().map(|line| wide(of(line), points)).fold(0.0, f64::max)
        };
        let (texts, figures) = (widest(|line| &line.text, 12.0), widest(|line| &line.figure, 12.0));
        let note_width = note.as_deref().map_or(0.0, |note| wide(note, 11.0));
        let width = (28.0 + texts + 14.0 + figures).max(wide(&title, 13.0)).max(note_width) + 20.0;
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let height = 36.0 + lines.len() as f64 * LINE + if note.is_some() { LINE } else { 0.0 };
        Self { title, lines, hollow_from, note, width, height }
    }
}

struct Writer<'a> {
    out: String,
    colours: MapColours,
    picture: &'a Picture,
    camera: Camera,
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn ground(&mut self, scene: &Scene) {
        let (area, water, line) = (self.colours.area, self.colours.water, self.colours.water_line);
        self.line(r#"<g id="ground">"#);
        for shape in scene.areas.iter().filter(|shape| is_shown(scene, shape.layer)) {
            self.surface(&shape.surface, &fill(area));
        }
        for (_, surface) in scene.water.iter().filter(|(layer, _)| is_shown(scene, *layer)) {
            self.surface(surface, &format!(r#"{} stroke="{}""#, fill(water), hex(line)));
        }
        self.line("</g>");
    }

    fn outlines(&mut self, scene: &Scene) {
        let (line, label) = (hex(self.colours.area_line), hex(self.colours.label));
        self.line(&format!(r#"<g id="areas" fill="none" stroke="{line}" stroke-width="1.2">"#));
        for shape in scene.areas.iter().filter(|shape| is_shown(scene, shape.layer)) {
            self.surface(&shape.surface, "");
        }
        for (_, surface) in scene.context.iter().filter(|(layer, _)| is_shown(scene, *layer)) {
            self.surface(surface, &format!(r#"stroke="{label}" stroke-opacity="0.5""#));
        }
        self.line("</g>");
        if self.picture.shows_gaps {
            let gap = hex(colours::gap_line(self.picture.theme));
            self.line(&format!(r#"<g id="gaps" fill="none" stroke="{gap}" stroke-width="1.8">"#));
            for surface in scene.gaps_of(self.picture.kind) {
                self.surface(surface, "");
            }
            self.line("</g>");
        }
    }

    /// A surface with its holes; corners that fall on one point are one.
    fn surface(&mut self, surface: &Surface, style: &str) {
        let mut path = String::new();
        for line in &surface.lines {
            let mut last = [f64::NAN; 2];
            let mut count = 0;
            for at in line.iter().map(|point| self.camera.at(*point)) {
                if (at[0] - last[0]).abs() + (at[1] - last[1]).abs() < 0.5 {
                    continue;
                }
                let _ = write!(path, "{}{:.1} {:.1}", if count == 0 { 'M' } else { 'L' }, at[0], at[1]);
                (last, count) = (at, count + 1);
            }
        }
        if !path.is_empty() {
            self.line(&format!(r#"<path d="{path}" fill-rule="evenodd" {style}/>"#));
        }
    }

    /// The cells, a path for each class.
    fn cells(&mut self, scene: &Scene, cells: &CellClasses) {
        let is_population = |role: &Role| matches!(role, Role::Population { .. });
        let shown = scene.results.project.layers.iter().find(|l| l.is_visible && is_population(&l.role));
        let level = level_at(scene, self.camera.points_per_metre, SMALLEST_POINTS);
        let (Some(layer), Some(at)) = (shown.filter(|_| cells.colouring != Colouring::Off), level) else {
            return;
        };
        let opacity = f64::from(layer.opacity) * 0.92;
        let mut paths = vec![String::new(); cells.scale.palette(self.picture.theme).len()];
        for (corners, class) in scene.levels[at].corners.iter().zip(&cells.classes[at]) {
            let path = &mut paths[usize::from(*class)];
            for (ix, corner) in corners.iter().enumerate() {
                let [x, y] = self.camera.at(*corner);
                let _ = write!(path, "{}{x:.1} {y:.1}", if ix == 0 { 'M' } else { 'L' });
            }
            path.push('Z');
        }
        self.line(&format!(r#"<g id="cells" fill-opacity="{opacity:.2}" shape-rendering="crispEdges">"#));
        for (path, colour) in
            paths.iter().zip(cells.scale.palette(self.picture.theme)).filter(|(path, _)| !path.is_empty())
        {
            self.line(&format!(r#"<path d="{path}" {}/>"#, fill(colour)));
        }
        self.line("</g>");
    }

    /// The services of the kind that serve today, and the SOT places.
    fn services(&mut self, scene: &Scene) {
        let (situation, kind) = (&scene.results.situation, self.picture.kind);
        self.line(r#"<g id="services">"#);
        // SOT places are drawn with their status below.
        for ix in situation.of_kind(kind).iter().filter(|_| kind != ServiceKind::Sot) {
            let Some(at) = scene.services.get(ix.at()) else { continue };
            let name = &situation.services[ix.at()].name;
            self.sign(self.camera.at(*at), Sign::Kind(kind), colours::kind_colour(kind), false, name);
        }
        for (sot, at) in situation
            .sot_places
            .iter()
            .zip(&scene.sots)
            .filter(|(sot, _)| sot.is_visible_in(&scene.results.project))
        {
            let (sign, colour) = (Sign::Kind(ServiceKind::Sot), colours::kind_colour(ServiceKind::Sot));
            let at = self.camera.at(*at);
            let name = format!("{}: {}", sot.name, sot.status.said(self.picture.lang));
            self.sign([at[0], at[1] - RADIUS * 1.6], sign, colour, !sot.status.is_serving(), &name);
        }
        self.line("</g>");
    }

    fn sign(&mut self, [x, y]: [f64; 2], sign: Sign, colour: Rgb, is_hollow: bool, name: &str) {
        let (colour, name) = (hex(colour), xml(name));
        let ring = RADIUS + 1.2;
        let (inner, stroke) =
            if is_hollow { ("#ffffff", colour.as_str()) } else { (colour.as_str(), "#ffffff") };
        let scale = RADIUS * 1.35 / 24.0;
        let (left, top) = (x - 12.0 * scale, y - 12.0 * scale);
        self.line(&format!(
            r##"<g><title>{name}</title><circle cx="{x:.1}" cy="{y:.1}" r="{ring:.1}" fill="#ffffff"/><circle cx="{x:.1}" cy="{y:.1}" r="{RADIUS}" fill="{inner}" stroke="{colour}"/><path d="{}" transform="translate({left:.1} {top:.1}) scale({scale:.3})" fill="none" stroke="{stroke}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></g>"##,
            sign.path()
        ));
    }

    fn legend(&mut self, legend: Legend, taken: &mut Taken) {
        let Legend { title, lines, hollow_from, note, width, height } = legend;
        let (x, y) = (MARGIN, self.picture.height - MARGIN - height);
        taken.block(frame(x, y, width, height));
        self.line(r#"<g id="legend">"#);
        self.panel(x, y, width, height);
        let mut below = y + 21.0;
        self.text([x + 10.0, below], 13.0, "start", &title, r#" font-weight="600""#);
        for (at, line) in lines.into_iter().enumerate() {
            below += LINE;
            if let Some(sign) = line.sign {
                let is_hollow = at >= hollow_from && line.sign == Some(Sign::Kind(ServiceKind::Sot));
                self.sign([x + 19.0, below - 4.5], sign, line.colour, is_hollow, &line.text);
            } else {
                let (top, style, edge) = (below - 10.5, fill(line.colour), hex(self.colours.box_line));
                self.line(&format!(
                    r#"<rect x="{:.1}" y="{top:.1}" width="18" height="12" rx="2" {style} stroke="{edge}"/>"#,
                    x + 10.0
                ));
            }
            self.text([x + 38.0, below], 12.0, "start", &line.text, "");
            self.text([x + width - 10.0, below], 12.0, "end", &line.figure, "");
        }
        if let Some(note) = note {
            self.text([x + 10.0, below + LINE], 11.0, "start", &note, r#" fill-opacity="0.75""#);
        }
        self.line("</g>");
    }

    /// Scale, sources, and the mark of demonstration data.
    fn scale(&mut self, scene: &Scene, legend: (f64, f64), taken: &mut Taken) {
        let (lang, project) = (self.picture.lang, &scene.results.project);
        let sources = legend::sources(project, false, lang);
        let wide_sources = wide(&sources, 10.5);
        self.line(r#"<g id="scale">"#);
        let (_, points, text) = legend::scale(self.camera.points_per_metre, lang);
        let width = points.max(wide_sources) + 16.0;
        let right = self.picture.width - MARGIN;
        // Above the legend where there is no room beside it.
        let is_beside = MARGIN + legend.0 + MARGIN <= right - width;
        let lift = if is_beside { 0.0 } else { legend.1 + MARGIN };
        let bottom = self.picture.height - MARGIN - lift;
        self.panel(right - width, bottom - 46.0, width, 46.0);
        taken.block(frame(right - width, bottom - 46.0, width, 46.0));
        let (from, to, y) = (right - 8.0 - points, right - 8.0, bottom - 20.0);
        let colour = hex(self.colours.label);
        self.line(&format!(
            r#"<path d="M{from:.1} {:.1}v5H{to:.1}v-5" fill="none" stroke="{colour}" stroke-width="1.5"/>"#,
            y - 5.0
        ));
        self.text([f64::midpoint(from, to), y - 8.0], 11.0, "middle", &text, "");
        self.text([to, bottom - 6.0], 10.5, "end", &sources, "");
        if project.is_demo() {
            let mark = legend::demo_mark(lang);
            let width = wide(mark, 12.0) + 16.0;
            let x = (self.picture.width - width) / 2.0;
            self.panel(x, MARGIN, width, 22.0);
            taken.block(frame(x, MARGIN, width, 22.0));
            self.text([self.picture.width / 2.0, MARGIN + 15.0], 12.0, "middle", mark, "");
        }
        self.line("</g>");
    }

    fn names(&mut self, scene: &Scene, taken: &mut Taken) {
        let picture = frame(0.0, 0.0, self.picture.width, self.picture.height);
        self.line(r#"<g id="names">"#);
        let mut left = most(self.camera.zoom());
        let places = scene.labels.iter().filter(|label| is_shown(scene, label.layer));
        let mut names: Vec<(&str, [f64; 2], f64)> = places
            .map(|label| {
                let at = self.camera.at(label.at);
                (label.name.as_str(), [at[0], at[1] + 22.0], f64::from(size(label.weight)))
            })
            .collect();
        if names.is_empty() {
            let areas = scene.areas.iter().filter(|area| is_shown(scene, area.layer));
            names.extend(areas.map(|area| {
                let at = self.camera.at(area.label_at);
                (area.name.as_str(), [at[0], at[1] + 4.0], 12.5)
            }));
            left = names.len();
        }
        let halo = hex(Rgb { a: 255, ..self.colours.label_halo });
        for (name, [x, y], points) in names {
            let width = wide(name, points);
            if left == 0 {
                break;
            }
            if taken.take(frame(x - width / 2.0, y - points, width, points * 1.3), picture) {
                left -= 1;
                let style = format!(
                    r#" paint-order="stroke" stroke="{halo}" stroke-width="3" stroke-opacity="0.85" stroke-linejoin="round""#
                );
                self.text([x, y], points, "middle", name, &style);
            }
        }
        self.line("</g>");
    }

    fn panel(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let (inside, edge) = (fill(Rgb { a: 255, ..self.colours.box_fill }), hex(self.colours.box_line));
        self.line(&format!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="6" {inside} fill-opacity="0.95" stroke="{edge}"/>"#
        ));
    }

    fn text(&mut self, [x, y]: [f64; 2], points: f64, anchor: &str, text: &str, style: &str) {
        let (colour, text) = (hex(self.colours.label), xml(text));
        self.line(&format!(
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{points}" text-anchor="{anchor}" fill="{colour}"{style}>{text}</text>"#
        ));
    }
}

fn is_shown(scene: &Scene, layer: LayerId) -> bool {
    scene.results.project.layer(layer).is_some_and(|layer| layer.is_visible)
}

/// About how wide a text is.
#[expect(clippy::cast_precision_loss, reason = "letters of a name")]
fn wide(text: &str, points: f64) -> f64 {
    text.chars().count() as f64 * points * LETTER
}

#[expect(clippy::cast_possible_truncation, reason = "points of a picture")]
fn frame(x: f64, y: f64, width: f64, height: f64) -> Frame {
    Frame::at([x as f32, y as f32], [width as f32, height as f32])
}

pub(super) fn hex(colour: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b)
}

fn fill(colour: Rgb) -> String {
    format!(r#"fill="{}""#, hex(colour))
}

/// A text as XML has it; what XML cannot hold is left out.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            sign if sign < ' ' => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}
