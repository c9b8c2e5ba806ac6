//! Which smallest change of one weight puts the second place before the first? The other weights keep their
//! proportions. In closed form, each answer tried by scoring anew. Does not know places or factors by name.

use super::grid::Grid;

/// What it takes to put the second before the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Swap {
    /// There are not two places with a score.
    TooFew,
    /// They have the same score as it is.
    Equal,
    /// No change of a single weight does.
    Never,
    /// Just beyond `to` the second leads. Shares of all weight, 0 to 1.
    Change { column: usize, from: f64, to: f64 },
}

/// The smallest change of one weight that puts `second` before `first`; `weights` sum to 1.
///
/// With the weight of column k at `t`, the others times `s = (1 − t) / (1 − w)`, and `r = t / s`, a score is
/// `(a + r v) / (b + r)`: `a` the sum of the other weighted values, `b` of the other known weights. Two
/// scores are equal where `(a₁ + r v₁)(b₂ + r k₂) = (a₂ + r v₂)(b₁ + r k₁)`, with `k` 1 where the value is
/// known and 0 where it is left out: a quadratic equation in `r`.
///
/// # Complexity
/// Factors squared.
#[must_use]
pub fn smallest(grid: &Grid, weights: &[f64], first: usize, second: usize) -> Swap {
    let gap = |weights: &[f64]| Some(grid.score(second, weights)? - grid.score(first, weights)?);
    match gap(weights) {
        None => return Swap::TooFew,
        Some(gap) if gap >= 0.0 => return Swap::Equal,
        Some(_) => {}
    }
    let mut best: Option<(f64, Swap)> = None;
    for (column, from) in weights.iter().copied().enumerate() {
        if from >= 1.0 {
            continue;
        }
        for r in crossings(grid, weights, first, second, column) {
            let to = r / (r + 1.0 - from);
            let change = (to - from).abs();
            // Just beyond it the second must lead; a score that only touches the other swaps nothing.
            let beyond = to + (to - from).signum() * 1e-7;
            let swaps = (0.0..=1.0).contains(&beyond)
                && gap(&with(weights, column, beyond)).is_some_and(|gap| gap > 0.0);
            if swaps && best.is_none_or(|(known, _)| change < known - 1e-12) {
                best = Some((change, Swap::Change { column, from, to }));
            }
        }
    }
    best.map_or(Swap::Never, |(_, swap)| swap)
}

/// The weights with one of them at `to`, the others in their proportions.
#[must_use]
pub fn with(weights: &[f64], column: usize, to: f64) -> Vec<f64> {
    let scale = (1.0 - to) / (1.0 - weights[column]);
    let other = |(at, weight): (usize, &f64)| if at == column { to } else { weight * scale };
    weights.iter().enumerate().map(other).collect()
}

/// Where the two scores are equal, as `r` of [`smallest`], not negative.
fn crossings(grid: &Grid, weights: &[f64], first: usize, second: usize, column: usize) -> Vec<f64> {
    let parts = |row: usize| {
        let (mut a, mut b) = (0.0, 0.0);
        for (at, weight) in weights.iter().enumerate().filter(|(at, _)| *at != column) {
            if let Some(value) = grid.at(row, at) {
                a += weight * value;
                b += weight;
            }
        }
        let value = grid.at(row, column);
        (a, b, value.unwrap_or(0.0), f64::from(u8::from(value.is_some())))
    };
    let ((a1, b1, v1, k1), (a2, b2, v2, k2)) = (parts(first), parts(second));
    let square = v1 * k2 - v2 * k1;
    let linear = a1 * k2 + v1 * b2 - a2 * k1 - v2 * b1;
    let constant = a1 * b2 - a2 * b1;
    roots(square, linear, constant).into_iter().filter(|r| r.is_finite() && *r >= 0.0).collect()
}

/// The real roots of `square x² + linear x + constant`, without loss of digits where they differ much.
fn roots(square: f64, linear: f64, constant: f64) -> Vec<f64> {
    let size = square.abs().max(linear.abs()).max(constant.abs());
    if square.abs() <= 1e-14 * size {
        return if linear.abs() <= 1e-14 * size { Vec::new() } else { vec![-constant / linear] };
    }
    let under = linear * linear - 4.0 * square * constant;
    if under < 0.0 {
        return Vec::new();
    }
    let q = -0.5 * (linear + under.sqrt().copysign(linear));
    let mut found = vec![q / square];
    if q != 0.0 {
        found.push(constant / q);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[Option<f64>]]) -> Grid {
        Grid::new(rows[0].len(), &rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
    }

    /// Tries every weight in small steps: the least change after which the second leads.
    fn scanned(grid: &Grid, weights: &[f64]) -> Option<f64> {
        const STEPS: u32 = 20_000;
        let leads = |weights: &[f64]| grid.score(1, weights) > grid.score(0, weights);
        let mut least: Option<f64> = None;
        for column in 0..weights.len() {
            for step in 0..STEPS {
                let to = f64::from(step) / f64::from(STEPS);
                if leads(&with(weights, column, to)) {
                    let change = (to - weights[column]).abs();
                    least = Some(least.map_or(change, |known| known.min(change)));
                }
            }
        }
        least
    }

    #[test]
    fn two_factors_by_hand() {
        // 0.6·0.8 + 0.4·0.2 = 0.56 against 0.6·0.4 + 0.4·0.7 = 0.52; equal at w = 5/9.
        let grid = grid(&[&[Some(0.8), Some(0.2)], &[Some(0.4), Some(0.7)]]);
        let Swap::Change { from, to, column } = smallest(&grid, &[0.6, 0.4], 0, 1) else { panic!("a swap") };
        assert_eq!(column, 0);
        assert!((from - 0.6).abs() < 1e-12 && (to - 5.0 / 9.0).abs() < 1e-12);
    }

    #[test]
    fn the_closed_form_is_the_scan_of_all_weights() {
        // A small generator, so that every run tries the same hundred grids.
        let mut state = 17_u64;
        let mut unit = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(state >> 40).expect("24 bits")) / f64::from(1_u32 << 24)
        };
        let (mut swapped, mut never) = (0, 0);
        for _ in 0..60 {
            let mut row = || (0..4).map(|_| Some(unit()).filter(|value| *value > 0.15)).collect::<Vec<_>>();
            let mut rows = [row(), row()];
            let raw: Vec<f64> = (0..4).map(|_| 0.05 + unit()).collect();
            let sum: f64 = raw.iter().sum();
            let weights: Vec<f64> = raw.iter().map(|weight| weight / sum).collect();
            let order = Grid::new(4, &rows);
            if order.score(1, &weights) > order.score(0, &weights) {
                rows.swap(0, 1);
            }
            let grid = Grid::new(4, &rows);
            match (smallest(&grid, &weights, 0, 1), scanned(&grid, &weights)) {
                (Swap::Change { from, to, .. }, Some(least)) => {
                    swapped += 1;
                    assert!(((to - from).abs() - least).abs() < 1.5e-4, "{from} {to} {least}");
                }
                (Swap::Never, None) => never += 1,
                (found, least) => panic!("{found:?} against {least:?} for {rows:?} {weights:?}"),
            }
        }
        assert!(swapped > 20 && never > 0, "both are tried: {swapped} {never}");
    }

    #[test]
    fn the_cases_without_a_change() {
        let better = grid(&[&[Some(0.8), Some(0.7)], &[Some(0.4), Some(0.6)]]);
        assert_eq!(smallest(&better, &[0.5, 0.5], 0, 1), Swap::Never, "better by every factor");
        let same = grid(&[&[Some(0.8), Some(0.2)], &[Some(0.2), Some(0.8)]]);
        assert_eq!(smallest(&same, &[0.5, 0.5], 0, 1), Swap::Equal);
        let unknown = grid(&[&[Some(0.8), Some(0.2)], &[None, None]]);
        assert_eq!(smallest(&unknown, &[0.5, 0.5], 0, 1), Swap::TooFew);
        let one = grid(&[&[Some(0.8)], &[Some(0.2)]]);
        assert_eq!(smallest(&one, &[1.0], 0, 1), Swap::Never, "a single weight has nothing to give to");
    }
}
