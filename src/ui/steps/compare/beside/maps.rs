//! A small picture of what is around a place or the places of a plan: land and water, who lives there and has it within the threshold, roads, units.

use egui::epaint::{Mesh, PathStroke, Vertex, WHITE_UV};
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, pos2};

use crate::model::ServiceKind;
use crate::scene::beside::Surroundings;
use crate::scene::ground::ground_scene;
use crate::scene::{Mercator, Surface};
use crate::ui::context::Cx;
use crate::ui::theme::{self, MapColours};

/// From the Mercator square to the picture.
#[derive(Clone, Copy)]
struct View {
    rect: Rect,
    centre: Mercator,
    /// Points a unit of the square.
    scale: f64,
}

impl View {
    fn new(rect: Rect, centre: Mercator, half: f64) -> Self {
        // The shorter side shows the same to each side.
        let side = f64::from(rect.width().min(rect.height()));
        Self { rect, centre, scale: side / (2.0 * half).max(1e-12) }
    }

    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    fn screen(&self, at: Mercator) -> Pos2 {
        let middle = self.rect.center();
        pos2(
            ((at[0] - self.centre[0]) * self.scale) as f32 + middle.x,
            ((at[1] - self.centre[1]) * self.scale) as f32 + middle.y,
        )
    }

    /// The corners of what is seen.
    fn window(&self) -> (Mercator, Mercator) {
        let half = [f64::from(self.rect.width()) / 2.0, f64::from(self.rect.height()) / 2.0];
        let half = half.map(|side| side / self.scale);
        (
            [self.centre[0] - half[0], self.centre[1] - half[1]],
            [self.centre[0] + half[0], self.centre[1] + half[1]],
        )
    }

    /// The zoom of a map of this scale.
    fn zoom(&self) -> f64 {
        (self.scale / 256.0).log2()
    }
}

pub fn draw(painter: &Painter, cx: &Cx<'_>, rect: Rect, around: &Surroundings) {
    let view = View::new(rect, around.centre, around.half);
    let colours = theme::map_colours(cx.theme);
    painter.rect_filled(rect, 4.0, colours.ground);
    ground(painter, cx, &view, &colours);
    cells(painter, cx, &view, around);
    roads(painter, cx, &view, &colours);
    units(painter, cx, &view, around);
    for site in &around.sites {
        let at = view.screen(*site);
        painter.circle_filled(at, 6.0, colours.label_halo);
        painter.circle_stroke(at, 6.0, Stroke::new(2.5, theme::SELECTION));
    }
    painter.rect_stroke(rect, 4.0, Stroke::new(1.0, colours.fine_line), egui::StrokeKind::Inside);
    painter.text(
        rect.right_top() + egui::vec2(-6.0, 4.0),
        Align2::RIGHT_TOP,
        "N ↑",
        FontId::proportional(12.0),
        colours.label,
    );
}

fn is_seen(surface: &Surface, (min, max): (Mercator, Mercator)) -> bool {
    (0..2).all(|axis| surface.min[axis] <= max[axis] && surface.max[axis] >= min[axis])
}

/// Land, lakes and borders.
fn ground(painter: &Painter, cx: &Cx<'_>, view: &View, colours: &MapColours) {
    let window = view.window();
    let fill = |surface: &Surface, colour: Color32| {
        let vertices = surface.vertices.iter();
        let vertices = vertices.map(|at| Vertex { pos: view.screen(*at), uv: WHITE_UV, color: colour });
        let mesh =
            Mesh { vertices: vertices.collect(), indices: surface.triangles.clone(), ..Mesh::default() };
        painter.add(Shape::mesh(mesh));
    };
    if cx.has_ground {
        let land = ground_scene();
        let neighbours = land.neighbours.iter().map(|one| (&one.surface, colours.abroad));
        let home = land.municipalities.iter().map(|one| (&one.surface, colours.home));
        let lakes = land.lakes.iter().map(|one| (&one.surface, colours.water));
        let all = neighbours.chain(home).chain(lakes);
        all.filter(|(surface, _)| is_seen(surface, window))
            .for_each(|(surface, colour)| fill(surface, colour));
    }
    let Some(scene) = cx.scene else { return };
    for (_, surface) in scene.water.iter().filter(|(_, surface)| is_seen(surface, window)) {
        fill(surface, colours.water);
    }
}

/// Everybody near, darker where they have the place within the threshold.
fn cells(painter: &Painter, cx: &Cx<'_>, view: &View, around: &Surroundings) {
    let within = theme::REACH[1];
    let beyond = theme::map_colours(cx.theme).label.gamma_multiply(0.28);
    let mut mesh = Mesh::default();
    for cell in &around.cells {
        let corners = cell.corners.map(|at| view.screen(at));
        if !Rect::from_points(&corners).expand(1.0).intersects(view.rect) {
            continue;
        }
        let color = if cell.is_within { within.gamma_multiply(0.75) } else { beyond };
        let base = u32::try_from(mesh.vertices.len()).unwrap_or(0);
        mesh.vertices.extend(corners.map(|pos| Vertex { pos, uv: WHITE_UV, color }));
        mesh.indices.extend([base, base + 1, base + 2, base, base + 2, base + 3]);
    }
    painter.add(Shape::mesh(mesh));
}

/// The larger roads, where roads are loaded.
fn roads(painter: &Painter, cx: &Cx<'_>, view: &View, colours: &MapColours) {
    let Some(roads) = cx.scene.and_then(|scene| scene.roads.as_ref()) else { return };
    let stroke = |rank: u8| Stroke::new(if rank <= 2 { 1.6 } else { 0.9 }, colours.label.gamma_multiply(0.7));
    for chunk in roads.lines.seen(view.zoom(), view.window()) {
        for (line, places) in chunk.lines() {
            let points: Vec<Pos2> = places.map(|at| view.screen(at)).collect();
            painter.add(Shape::line(points, PathStroke::from(stroke(line.style))));
        }
    }
}

/// A dot for each unit, in the colour of its kind.
fn units(painter: &Painter, cx: &Cx<'_>, view: &View, around: &Surroundings) {
    let halo = theme::map_colours(cx.theme).label_halo;
    // Stores and SOT points last, above all others.
    let rank = |kind: ServiceKind| match kind {
        ServiceKind::Sot => 2,
        ServiceKind::Grocery => 1,
        _ => 0,
    };
    let mut units: Vec<&(Mercator, ServiceKind)> = around.units.iter().collect();
    units.sort_by_key(|(_, kind)| rank(*kind));
    for (at, kind) in units {
        let at = view.screen(*at);
        if view.rect.contains(at) {
            painter.circle_filled(at, 4.0, halo);
            painter.circle_filled(at, 3.0, theme::kind_mark(*kind, cx.theme));
        }
    }
}
