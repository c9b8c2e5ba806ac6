//! What of a line or a ring lies in a box? So that a picture holds no points that nobody sees.

use super::Mercator;

type Bounds = (Mercator, Mercator);

/// A ring cut off at the sides of a box (Sutherland and Hodgman, 1974); empty where nothing of it lies inside. Where the
/// ring leaves the box, its sides run along the box: to be filled, not stroked.
#[must_use]
pub fn ring(points: &[Mercator], bounds: Bounds) -> Vec<Mercator> {
    let mut out: Vec<Mercator> = points.to_vec();
    if points.iter().all(|point| holds(bounds, *point)) {
        return out;
    }
    for axis in 0..2 {
        for (limit, keeps_less) in [(bounds.0[axis], false), (bounds.1[axis], true)] {
            out = half(&out, axis, limit, keeps_less);
        }
    }
    out
}

/// The part of a ring on one side of a line.
fn half(points: &[Mercator], axis: usize, limit: f64, keeps_less: bool) -> Vec<Mercator> {
    let is_in = |point: Mercator| if keeps_less { point[axis] <= limit } else { point[axis] >= limit };
    let mut out = Vec::with_capacity(points.len());
    let Some(mut before) = points.last().copied() else { return out };
    for point in points.iter().copied() {
        if is_in(point) != is_in(before) {
            out.push(crossing(before, point, axis, limit));
        }
        if is_in(point) {
            out.push(point);
        }
        before = point;
    }
    out
}

fn crossing(a: Mercator, b: Mercator, axis: usize, limit: f64) -> Mercator {
    let part = (limit - a[axis]) / (b[axis] - a[axis]);
    let mut at = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
    at[axis] = limit;
    at
}

/// The runs of a line whose stretches may be seen in a box.
#[must_use]
pub fn runs(points: &[Mercator], bounds: Bounds) -> Vec<&[Mercator]> {
    let (mut out, mut start) = (Vec::new(), None);
    for at in 1..points.len() {
        if is_near(points[at - 1], points[at], bounds) {
            start.get_or_insert(at - 1);
        } else if let Some(first) = start.take() {
            out.push(&points[first..at]);
        }
    }
    out.extend(start.map(|first| &points[first..]));
    out
}

fn holds((min, max): Bounds, point: Mercator) -> bool {
    (0..2).all(|axis| point[axis] >= min[axis] && point[axis] <= max[axis])
}

fn is_near(a: Mercator, b: Mercator, (min, max): Bounds) -> bool {
    (0..2).all(|axis| a[axis].min(b[axis]) <= max[axis] && a[axis].max(b[axis]) >= min[axis])
}

/// Do two boxes meet?
#[must_use]
pub fn meet(a: Bounds, b: Bounds) -> bool {
    (0..2).all(|axis| a.0[axis] <= b.1[axis] && a.1[axis] >= b.0[axis])
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Bounds = ([0.0, 0.0], [1.0, 1.0]);

    fn area(ring: &[Mercator]) -> f64 {
        let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
        (pairs.map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0).abs()
    }

    #[test]
    fn a_ring_is_cut_off_at_the_box() {
        let square = [[0.5, 0.5], [2.0, 0.5], [2.0, 2.0], [0.5, 2.0]];
        assert!((area(&ring(&square, BOX)) - 0.25).abs() < 1e-12);
        let around = [[-1.0, -1.0], [3.0, -1.0], [3.0, 3.0], [-1.0, 3.0]];
        assert!((area(&ring(&around, BOX)) - 1.0).abs() < 1e-12);
        assert!(ring(&[[2.0, 2.0], [3.0, 2.0], [3.0, 3.0]], BOX).is_empty());
        let inside = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]];
        assert_eq!(ring(&inside, BOX), inside);
        assert!(ring(&[], BOX).is_empty());
    }

    #[test]
    fn a_line_is_kept_in_runs() {
        let line = [[-2.0, 0.5], [0.5, 0.5], [3.0, 0.5], [3.0, 5.0], [0.2, 5.0], [0.2, 0.2]];
        let found = runs(&line, BOX);
        assert_eq!(found, [&line[0..3], &line[4..6]]);
        assert!(runs(&line[3..5], BOX).is_empty() && runs(&[], BOX).is_empty());
    }
}
