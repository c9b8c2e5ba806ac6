//! How is a map written as a picture of lines? SVG, which every browser and office program opens, without a window. Here
//! as on the screen, with its legend on it; `paper` composes pages of the same.

mod camera;
mod legend;
mod map;
mod names;
mod pen;

pub use self::camera::{Camera, Projection, Room};
pub use self::legend::LegendOf;
pub use self::map::{Drawing, LARGE, MapOf, Mark, frame};
pub use self::pen::{Anchor, Letters, Look, Pen, fill, hex, xml};

use super::Scene;
use super::classes::{CellClasses, Colouring};
use super::colours;
use super::labels::Taken;
use super::legend as told;
use crate::app::settings::Theme;
use crate::lang::{Lang, Said};
use crate::model::ServiceKind;
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

/// The picture of a result; nothing where there is nothing to show.
#[must_use]
pub fn write(scene: &Scene, picture: &Picture) -> Option<String> {
    let cells = CellClasses::new(scene, picture.kind, picture.colouring);
    let of = MapOf {
        scene,
        cells: &cells,
        kind: picture.kind,
        theme: picture.theme,
        lang: picture.lang,
        shows_gaps: picture.shows_gaps,
        gaps: None,
        shows_services: true,
        shows_sots: true,
        marks: &[],
        no_value: None,
        area: None,
    };
    let mut pen = Pen::new(colours::map_colours(picture.theme));
    let size = [picture.width, picture.height];
    let (camera, legend) = beside_legend(&of, size, pen.colours)?;
    pen.begin(size, "", &title(picture));
    pen.line(&format!(r#"<rect width="{}" height="{}" {}/>"#, size[0], size[1], fill(pen.colours.ground)));
    let mut taken = Taken::default();
    let at = [MARGIN, picture.height - MARGIN - legend.height];
    taken.block(frame(at, [legend.width, legend.height]));
    Drawing { pen: &mut pen, of: &of, camera: &camera }.draw(&mut taken);
    let scale = scale_card(&of, &camera, size, [legend.width, legend.height], &mut taken);
    Drawing { pen: &mut pen, of: &of, camera: &camera }.names(&mut taken);
    pen.line(r#"<g id="legend">"#);
    pen.card(at, [legend.width, legend.height]);
    legend.draw(&mut pen, [at[0] + 10.0, at[1] + 5.0]);
    pen.line("</g>");
    scale.draw(&mut pen, &of, &camera, size);
    Some(pen.end())
}

fn title(picture: &Picture) -> String {
    let (lang, kind) = (picture.lang, picture.kind.unit(picture.lang));
    match picture.colouring {
        Colouring::Distance => say!(lang, "Till närmaste {kind}", "To the nearest {kind}"),
        _ => picture.kind.said(lang),
    }
}

/// Shows everything as large as it can be without people or services under the legend.
fn beside_legend<'a>(
    of: &MapOf<'a>,
    [width, height]: [f64; 2],
    colours: colours::MapColours,
) -> Option<(Camera<'a>, LegendOf)> {
    let bounds = of.scene.bounds?;
    // The mark of example data stands above.
    let top = if of.scene.results.project.is_demo() { 22.0 } else { 0.0 };
    let in_room = |[left, top, bottom]: [f64; 3]| {
        let room = Room { min: [left, top], size: [width - left, height - top - bottom] };
        let whole = Room { min: [0.0; 2], size: [width, height] };
        let reprojection = &of.scene.reprojection;
        let fit =
            Camera::fit(bounds, room.shrunk(2.0 * MARGIN), Projection::Mercator, reprojection, |fits| fits);
        fit.moved_to(room.middle(), whole)
    };
    let legend_of = |camera: &Camera<'_>| LegendOf::new(of, of.block_m(camera), colours);
    let mut camera = in_room([0.0, top, 0.0]);
    let mut legend = legend_of(&camera);
    let (mut wide, mut high) = (0.0_f64, 0.0_f64);
    // What the legend says of blocks depends on the scale: it is measured again where it has become larger.
    for _ in 0..3 {
        let corner = [MARGIN + legend.width + LARGE, height - MARGIN - legend.height - LARGE];
        if !hides(of, &camera, corner) {
            break;
        }
        (wide, high) = (wide.max(legend.width), high.max(legend.height));
        let beside = in_room([wide + MARGIN, top, 0.0]);
        let above = in_room([0.0, top, high + MARGIN]);
        camera = if beside.points_per_metre > above.points_per_metre { beside } else { above };
        legend = legend_of(&camera);
    }
    Some((camera, legend))
}

/// Would people or services that are drawn lie in the lower left corner?
fn hides(of: &MapOf<'_>, camera: &Camera<'_>, corner: [f64; 2]) -> bool {
    let is_under = |point: super::Mercator| {
        let [x, y] = camera.at(point);
        x < corner[0] && y > corner[1]
    };
    let corners = of.scene.levels.first().filter(|_| of.cells.colouring != Colouring::Off);
    let corners = corners.into_iter().flat_map(|level| level.corners.iter().flatten().copied());
    let signs = of.services().map(|(at, _)| at).chain(of.sots().map(|(at, ..)| at));
    corners.chain(signs).any(is_under)
}

/// The card of scale and sources, in the lower right corner.
struct ScaleCard {
    bottom: f64,
    width: f64,
    points: f64,
    said: String,
    sources: String,
}

const SCALE_HIGH: f64 = 46.0;

fn scale_card(
    of: &MapOf<'_>,
    camera: &Camera<'_>,
    [wide, high]: [f64; 2],
    legend: [f64; 2],
    taken: &mut Taken,
) -> ScaleCard {
    let sources = told::sources(&of.scene.results.project, false, of.lang);
    let (_, points, said) = told::scale(camera.points_per_metre, of.lang);
    let letters = Letters::new(10.5, colours::SELECTION);
    let width = points.max(letters.width(&sources)) + 16.0;
    // Above the legend where there is no room beside it.
    let is_beside = MARGIN + legend[0] + MARGIN <= wide - MARGIN - width;
    let lift = if is_beside { 0.0 } else { legend[1] + MARGIN };
    let bottom = high - MARGIN - lift;
    taken.block(frame([wide - MARGIN - width, bottom - SCALE_HIGH], [width, SCALE_HIGH]));
    ScaleCard { bottom, width, points, said, sources }
}

impl ScaleCard {
    fn draw(&self, pen: &mut Pen, of: &MapOf<'_>, camera: &Camera<'_>, [wide, _]: [f64; 2]) {
        let right = wide - MARGIN;
        let colour = pen.colours.label;
        pen.line(r#"<g id="scale">"#);
        pen.card([right - self.width, self.bottom - SCALE_HIGH], [self.width, SCALE_HIGH]);
        let (from, to, y) = (right - 8.0 - self.points, right - 8.0, self.bottom - 20.0);
        let style = format!(r#"fill="none" stroke="{}" stroke-width="1.5""#, hex(colour));
        pen.path(&format!("M{from:.1} {:.1}v5H{to:.1}v-5", y - 5.0), &style);
        let middle = Letters::new(11.0, colour).at(Anchor::Middle);
        pen.text([f64::midpoint(from, to), y - 8.0], &self.said, middle);
        pen.text([to, self.bottom - 6.0], &self.sources, Letters::new(10.5, colour).at(Anchor::End));
        if of.scene.results.project.is_demo() {
            let (mark, letters) = (told::demo_mark(of.lang), Letters::new(12.0, colour).at(Anchor::Middle));
            let width = letters.width(mark) + 16.0;
            let middle = camera.room.middle()[0];
            pen.card([middle - width / 2.0, MARGIN], [width, 22.0]);
            pen.text([middle, MARGIN + 15.0], mark, letters);
        }
        pen.line("</g>");
    }
}
