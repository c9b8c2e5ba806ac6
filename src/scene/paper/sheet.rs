//! How is a page of a map laid out? The map as large as it can be, the rest beside it where the page lies, below it where
//! it stands.

use super::size::{POINTS_PER_MM, nice_scale};
use super::sources::sources;
use crate::app::settings::Theme;
use crate::lang::Lang;
use crate::say;
use crate::scene::labels::Taken;
use crate::scene::legend::{self as told, Line};
use crate::scene::letters::{self, Weight};
use crate::scene::svg::{
    Anchor, Camera, Drawing, LegendOf, Letters, MapOf, Pen, Projection, Room, fill, frame, hex,
};
use crate::scene::{Mercator, colours};

/// A page to be drawn.
pub struct Sheet<'a> {
    pub of: MapOf<'a>,
    /// Width and height, points of print.
    pub size: [f64; 2],
    pub margin: f64,
    /// What it must show.
    pub bounds: (Mercator, Mercator),
    /// Stands above the map; a picture in a report has its words elsewhere.
    pub title: &'a str,
    pub has_title: bool,
    pub subtitle: &'a str,
    /// Another title of the legend, and further lines.
    pub legend_title: Option<String>,
    pub legend_lines: Vec<Line>,
    /// What else is to be known of what is shown, a paragraph each.
    pub notes: Vec<String>,
    /// `YYYY-MM-DD`.
    pub date: &'a str,
    pub number: Option<[usize; 2]>,
}

/// The width of the column beside a map, points.
const COLUMN: f64 = 186.0;
const GAP: f64 = 12.0;
/// Legends are as on the screen, smaller.
const LEGEND: f64 = 0.72;
const SMALL: f64 = 7.0;
const LINE: f64 = 8.8;

/// Draws a page.
#[must_use]
pub fn draw(sheet: &Sheet<'_>) -> String {
    let mut pen = Pen::new(colours::map_colours(sheet.of.theme));
    let [width, height] = sheet.size;
    // Points of print: of no unit they would be those of a screen, and the page a quarter smaller.
    pen.begin(sheet.size, "pt", sheet.title);
    let ground = match sheet.of.theme {
        Theme::Light => r##"fill="#ffffff""##.to_owned(),
        Theme::Dark => fill(pen.colours.box_fill),
    };
    pen.line(&format!(r#"<rect width="{width:.2}" height="{height:.2}" {ground}/>"#));
    let page = Room { min: [0.0; 2], size: sheet.size }.shrunk(sheet.margin);
    let top = if sheet.has_title { head(&mut pen, sheet, page) } else { 0.0 };
    let body = Room { min: [page.min[0], page.min[1] + top], size: [page.size[0], page.size[1] - top] };
    let projection = Projection::for_paper(sheet.bounds);
    // How large the map is depends on what stands beside it, and that on the scale only in its blocks.
    let is_beside = body.size[0] >= body.size[1];
    let mut rest = 0.0_f64;
    let mut camera = None;
    for _ in 0..3 {
        let room = map_room(body, is_beside, rest);
        let reprojection = &sheet.of.scene.reprojection;
        let scaled = |fits: f64| 1000.0 * POINTS_PER_MM / nice_scale(fits);
        let fit = Camera::fit(sheet.bounds, room.shrunk(10.0), projection, reprojection, scaled);
        let fit = fit.moved_to(room.middle(), room);
        let beside = Beside::new(sheet, &fit, pen.colours, body, is_beside);
        let has_room = is_beside || beside.height <= rest + 0.5;
        rest = rest.max(beside.height);
        camera = Some((fit, beside));
        if has_room {
            break;
        }
    }
    if let Some((camera, beside)) = camera {
        map(&mut pen, sheet, &camera);
        beside.draw(&mut pen, sheet, &camera, body, is_beside);
    }
    pen.end()
}

/// Title and subtitle; how much room they take.
fn head(pen: &mut Pen, sheet: &Sheet<'_>, page: Room) -> f64 {
    let (points, wide) = (17.0, page.size[0]);
    let ink = pen.colours.label;
    let mut below = page.min[1];
    for line in letters::some_lines(sheet.title, points, Weight::Bold, wide, 3) {
        below += points * 1.05;
        pen.text([page.min[0], below], &line, Letters::new(points, ink).bold());
    }
    for line in letters::some_lines(sheet.subtitle, 9.5, Weight::Regular, wide, 4) {
        below += 13.0;
        pen.text([page.min[0], below], &line, Letters::new(9.5, pen.colours.faint_label));
    }
    below + 9.0 - page.min[1]
}

/// Where the map lies.
fn map_room(body: Room, is_beside: bool, rest: f64) -> Room {
    let size = if is_beside {
        [body.size[0] - COLUMN - GAP, body.size[1]]
    } else {
        [body.size[0], (body.size[1] - rest - GAP).max(body.size[1] * 0.35)]
    };
    Room { min: body.min, size }
}

fn map(pen: &mut Pen, sheet: &Sheet<'_>, camera: &Camera<'_>) {
    let Room { min: [x, y], size: [wide, high] } = camera.room;
    pen.line(&format!(
        r#"<clipPath id="map"><rect x="{x:.2}" y="{y:.2}" width="{wide:.2}" height="{high:.2}"/></clipPath><g clip-path="url(#map)">"#
    ));
    let sea = fill(pen.colours.ground);
    pen.line(&format!(r#"<rect x="{x:.2}" y="{y:.2}" width="{wide:.2}" height="{high:.2}" {sea}/>"#));
    let mut taken = Taken::default();
    let mark = told::demo_mark(sheet.of.lang);
    let letters = Letters::new(9.0, pen.colours.label).at(Anchor::Middle);
    let card = [letters.width(mark) + 14.0, 17.0];
    let at = [x + (wide - card[0]) / 2.0, y + 6.0];
    let is_demo = sheet.of.scene.results.project.is_demo();
    if is_demo {
        taken.block(frame(at, card));
    }
    Drawing { pen, of: &sheet.of, camera }.draw(&mut taken);
    Drawing { pen, of: &sheet.of, camera }.names(&mut taken);
    pen.line("</g>");
    if is_demo {
        pen.card(at, card);
        pen.text([at[0] + card[0] / 2.0, at[1] + 12.0], mark, letters);
    }
    let edge = hex(pen.colours.area_line);
    pen.line(&format!(
        r#"<rect x="{x:.2}" y="{y:.2}" width="{wide:.2}" height="{high:.2}" fill="none" stroke="{edge}" stroke-width="0.8"/>"#
    ));
}

/// What stands beside or below a map.
struct Beside {
    legend: LegendOf,
    /// Paragraphs in lines: of the notes, of the sources.
    notes: Vec<String>,
    sources: Vec<String>,
    height: f64,
}

/// Room of the scale bar and the arrow.
const SCALE_HIGH: f64 = 44.0;

/// The map keeps its room, however many files there are: a report lists them all.
const SOURCE_LINES: usize = 16;

/// Between the legend and notes below it.
const NOTES_GAP: f64 = 6.0;

impl Beside {
    fn new(
        sheet: &Sheet<'_>,
        camera: &Camera<'_>,
        colours: colours::MapColours,
        body: Room,
        is_beside: bool,
    ) -> Self {
        let wide = column(body, is_beside);
        let legend = LegendOf::new(&sheet.of, sheet.of.block_m(camera), colours)
            .telling(sheet.legend_title.clone(), sheet.legend_lines.clone())
            .for_paper(LEGEND, wide);
        let broken = |text: &String| letters::lines(text, SMALL, Weight::Regular, wide);
        let notes: Vec<String> = sheet.notes.iter().flat_map(broken).collect();
        let mut sources =
            letters::some_lines(&sources_said(sheet), SMALL, Weight::Regular, wide, SOURCE_LINES);
        sources.extend(broken(&made_said(sheet, camera)));
        let of_lines = |count: usize| f64::from(u16::try_from(count).unwrap_or(u16::MAX)) * LINE;
        let left = legend.inner() + of_lines(notes.len()) + if notes.is_empty() { 0.0 } else { NOTES_GAP };
        let right = SCALE_HIGH + of_lines(sources.len());
        let height = if is_beside { left + right } else { left.max(right) };
        Self { legend, notes, sources, height }
    }

    fn draw(&self, pen: &mut Pen, sheet: &Sheet<'_>, camera: &Camera<'_>, body: Room, is_beside: bool) {
        let wide = column(body, is_beside);
        let map = camera.room.max();
        let [x, y] = if is_beside { [map[0] + GAP, body.min[1]] } else { [body.min[0], map[1] + GAP] };
        pen.line(r#"<g id="legend">"#);
        self.legend.draw(pen, [x, y - 4.0]);
        let mut below = y - 4.0 + self.legend.inner() + NOTES_GAP - 4.0;
        let letters = Letters::new(SMALL, pen.colours.label);
        for note in &self.notes {
            below += LINE;
            pen.text([x, below], note, letters);
        }
        pen.line(r#"</g><g id="scale">"#);
        // Beside the map, from the foot of the page; below it, from the foot of the map.
        let [x, top] = if is_beside {
            let high = SCALE_HIGH + LINE * f64::from(u16::try_from(self.sources.len()).unwrap_or(u16::MAX));
            [x, (body.max()[1] - high).max(below + 6.0)]
        } else {
            [x + wide + GAP * 2.0, y]
        };
        scale(pen, sheet.of.lang, camera, [x, top], wide);
        let mut below = top + SCALE_HIGH;
        let letters = Letters::new(SMALL, pen.colours.faint_label);
        for line in &self.sources {
            pen.text([x, below], line, letters);
            below += LINE;
        }
        pen.line("</g>");
    }
}

/// How wide a column of text is.
fn column(body: Room, is_beside: bool) -> f64 {
    if is_beside { COLUMN } else { (body.size[0] - 2.0 * GAP) / 2.0 }
}

/// A bar of a round length, the scale as a number, and an arrow to the north.
fn scale(pen: &mut Pen, lang: Lang, camera: &Camera<'_>, [x, y]: [f64; 2], wide: f64) {
    let ink = pen.colours.label;
    let (_, points, said) = told::scale(camera.points_per_metre, lang);
    let style = format!(r#"fill="none" stroke="{}" stroke-width="1""#, hex(ink));
    pen.path(
        &format!("M{x:.1} {:.1}v5h{points:.1}v-5M{:.1} {:.1}v5", y + 12.0, x + points / 2.0, y + 14.0),
        &style,
    );
    pen.text([x, y + 9.0], "0", Letters::new(8.0, ink));
    pen.text([x + points, y + 9.0], &said, Letters::new(8.0, ink).at(Anchor::End));
    pen.text([x, y + 30.0], &scale_said(camera, lang), Letters::new(9.0, ink).bold());
    let (at, foot) = (x + wide - 10.0, y + 30.0);
    let solid = format!(r#"{} stroke="none""#, fill(ink));
    pen.path(&format!("M{at:.1} {:.1}l5 20l-5 -4l-5 4Z", y + 4.0), &solid);
    pen.text([at, foot + 4.0], "N", Letters::new(8.5, ink).bold().at(Anchor::Middle));
}

/// As a number. In the square of web maps it holds in the middle only.
fn scale_said(camera: &Camera<'_>, lang: Lang) -> String {
    let scale = lang.number(1000.0 * POINTS_PER_MM / camera.points_per_metre, 0);
    match camera.projection {
        Projection::Sweref => format!("1:{scale}"),
        Projection::Mercator => say!(lang, "ungefär 1:{scale}", "about 1:{scale}"),
    }
}

fn sources_said(sheet: &Sheet<'_>) -> String {
    let lang = sheet.of.lang;
    let all = sources(&sheet.of.scene.results, sheet.of.kind, lang).join("; ");
    say!(lang, "Källor: {all}", "Sources: {all}")
}

/// Of which day, by what, and in which projection.
fn made_said(sheet: &Sheet<'_>, camera: &Camera<'_>) -> String {
    let (lang, date, version) = (sheet.of.lang, sheet.date, env!("CARGO_PKG_VERSION"));
    let projection = match camera.projection {
        Projection::Sweref => "SWEREF 99 TM",
        Projection::Mercator => "Web Mercator",
    };
    let page = sheet.number.map(|[page, of]| say!(lang, " Sida {page} av {of}.", " Page {page} of {of}."));
    let page = page.unwrap_or_default();
    say!(
        lang,
        "Karta i {projection}, {date}, Sotplan {version}.{page}",
        "Map in {projection}, {date}, Sotplan {version}.{page}"
    )
}
