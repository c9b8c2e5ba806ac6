//! Lines as triangles with soft edges, many in one mesh: the quick way to draw tens of thousands of roads.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Rect, Vec2, vec2};

/// Corners sharper than this are cut, not drawn out to a point.
const LONGEST_MITRE: f32 = 1.6;

/// Adds a line to a mesh.
pub fn add(mesh: &mut Mesh, points: &[Pos2], width: f32, colour: Color32) {
    if points.len() < 2 {
        return;
    }
    // Across the line: soft, full, soft; a wide line is full between two edges.
    let half = (width - 1.0) / 2.0;
    let soft = Color32::TRANSPARENT;
    let (columns, count): ([(f32, Color32); 4], u32) = if half > 0.0 {
        ([(-half - 1.0, soft), (-half, colour), (half, colour), (half + 1.0, soft)], 4)
    } else {
        let colour = colour.gamma_multiply(width);
        ([(-1.0, soft), (0.0, colour), (1.0, soft), (1.0, soft)], 3)
    };
    let base = u32::try_from(mesh.vertices.len()).unwrap_or(0);
    for (at, point) in points.iter().enumerate() {
        let before = (at > 0).then(|| (*point - points[at - 1]).normalized());
        let after = points.get(at + 1).map(|next| (*next - *point).normalized());
        let across = across(before, after);
        for (off, colour) in &columns[..count as usize] {
            mesh.vertices.push(Vertex { pos: *point + across * *off, uv: WHITE_UV, color: *colour });
        }
    }
    for row in 0..u32::try_from(points.len() - 1).unwrap_or(0) {
        for column in 0..count - 1 {
            let a = base + row * count + column;
            let b = a + count;
            mesh.indices.extend([a, a + 1, b, a + 1, b + 1, b]);
        }
    }
}

/// The direction across a line at a vertex, longer at corners so that the width stays.
fn across(before: Option<Vec2>, after: Option<Vec2>) -> Vec2 {
    let turned = |v: Vec2| vec2(-v.y, v.x);
    match (before, after) {
        (Some(a), Some(b)) => {
            let sum = a + b;
            let length = sum.length();
            if length < 0.2 { turned(b) } else { turned(sum / length) * (2.0 / length).min(LONGEST_MITRE) }
        }
        (Some(only), None) | (None, Some(only)) => turned(only),
        (None, None) => Vec2::ZERO,
    }
}

/// Adds a dashed line; only what is seen is cut into dashes.
pub fn add_dashed(
    mesh: &mut Mesh,
    points: &[Pos2],
    width: f32,
    colour: Color32,
    [dash, gap]: [f32; 2],
    seen: Rect,
) {
    let period = dash + gap;
    let mut along = 0.0;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = a.distance(b);
        if let Some((from, to)) = inside(a, b, seen.expand(width)).filter(|_| length > 0.0) {
            let direction = (b - a) / length;
            let (from, to) = (from * length, to * length);
            let mut start = ((along + from) / period).floor() * period - along;
            while start < to {
                let (p, q) = (start.max(from), (start + dash).min(to));
                if q > p {
                    add(mesh, &[a + direction * p, a + direction * q], width, colour);
                }
                start += period;
            }
        }
        along += length;
    }
}

/// The part of a segment inside a rectangle, as shares of its length (Liang and Barsky 1984).
fn inside(a: Pos2, b: Pos2, rect: Rect) -> Option<(f32, f32)> {
    let d = b - a;
    let (mut from, mut to) = (0.0f32, 1.0f32);
    for (p, q) in [
        (-d.x, a.x - rect.left()),
        (d.x, rect.right() - a.x),
        (-d.y, a.y - rect.top()),
        (d.y, rect.bottom() - a.y),
    ] {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn a_line_far_longer_than_the_window_has_dashes_only_in_it() {
        let mut mesh = Mesh::default();
        let seen = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let line = [pos2(-1e6, 50.0), pos2(1e6, 50.0)];
        add_dashed(&mut mesh, &line, 2.0, Color32::WHITE, [6.0, 4.0], seen);
        let dashes = mesh.vertices.len() / 8;
        assert!((10..=12).contains(&dashes), "{dashes}");
        assert!(mesh.vertices.iter().all(|vertex| seen.expand(8.0).contains(vertex.pos)));
    }

    #[test]
    fn a_wide_line_is_as_wide_as_asked_for() {
        let mut mesh = Mesh::default();
        add(&mut mesh, &[pos2(0.0, 0.0), pos2(10.0, 0.0)], 5.0, Color32::WHITE);
        let full: Vec<f32> =
            mesh.vertices.iter().filter(|v| v.color == Color32::WHITE).map(|v| v.pos.y).collect();
        assert_eq!(full, [-2.0, 2.0, -2.0, 2.0]);
    }
}
