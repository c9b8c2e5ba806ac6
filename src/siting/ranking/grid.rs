//! What is each place worth by each factor, 0 to 1, and what does a weighting make of it?
//! The weighted linear combination (WLC). Does not know places, factors or readings by name.

use rustc_hash::FxHashMap;

/// Places × factors. Where a value is left out, the other weights of that place share what is left.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    columns: usize,
    /// Row by row; 0 where left out.
    values: Vec<f64>,
    /// 1 where there is a value, 0 where it is left out.
    known: Vec<f64>,
}

impl Grid {
    /// A grid of rows that are equally long.
    #[must_use]
    pub fn new(columns: usize, rows: &[Vec<Option<f64>>]) -> Self {
        let all = || rows.iter().flatten();
        Self {
            columns,
            values: all().map(|value| value.unwrap_or(0.0)).collect(),
            known: all().map(|value| f64::from(u8::from(value.is_some()))).collect(),
        }
    }

    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.columns).unwrap_or(0)
    }

    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> Option<f64> {
        let at = row * self.columns + column;
        (self.known[at] > 0.0).then(|| self.values[at])
    }

    /// The score of a row, 0 to 1; `None` when nothing that weighs is known of it.
    #[must_use]
    pub fn score(&self, row: usize, weights: &[f64]) -> Option<f64> {
        let at = row * self.columns..(row + 1) * self.columns;
        let (mut sum, mut weight) = (0.0, 0.0);
        for ((value, known), share) in self.values[at.clone()].iter().zip(&self.known[at]).zip(weights) {
            sum += share * value;
            weight += share * known;
        }
        (weight > 0.0).then(|| sum / weight)
    }

    /// The rows that differ, how often each stands in the grid, and by row which of them it is: thousands of places that
    /// are worth the same by every factor are scored as one.
    #[must_use]
    pub fn distinct(&self) -> (Self, Vec<usize>, Vec<usize>) {
        let mut known: FxHashMap<Vec<[u64; 2]>, usize> = FxHashMap::default();
        let mut grid = Self { columns: self.columns, ..Self::default() };
        let mut times: Vec<usize> = Vec::new();
        let of_rows = (0..self.rows()).map(|row| {
            let at = row * self.columns..(row + 1) * self.columns;
            let cells = self.values[at.clone()].iter().zip(&self.known[at.clone()]);
            let key = cells.map(|(value, known)| [value.to_bits(), known.to_bits()]).collect();
            let which = *known.entry(key).or_insert_with(|| {
                grid.values.extend(&self.values[at.clone()]);
                grid.known.extend(&self.known[at]);
                times.push(0);
                times.len() - 1
            });
            times[which] += 1;
            which
        });
        let of_rows = of_rows.collect();
        (grid, times, of_rows)
    }

    /// The weights that a row is scored by: 0 where it is left out, the others so that they sum to 1.
    #[must_use]
    pub fn weights_of(&self, row: usize, weights: &[f64]) -> Vec<f64> {
        let known = &self.known[row * self.columns..(row + 1) * self.columns];
        let sum: f64 = known.iter().zip(weights).map(|(known, share)| known * share).sum();
        known
            .iter()
            .zip(weights)
            .map(|(known, share)| if sum > 0.0 { known * share / sum } else { 0.0 })
            .collect()
    }
}

/// Ranks of scores, the highest first: 1 + the number that are higher. Without a score: last.
#[must_use]
pub fn ranks(scores: &[Option<f64>]) -> Vec<usize> {
    let mut sorted: Vec<f64> = scores.iter().flatten().copied().collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let rank = |score: &Option<f64>| match score {
        Some(score) => 1 + sorted.partition_point(|other| other > score),
        None => 1 + sorted.len(),
    };
    scores.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weighting_worked_by_hand() {
        // Three sites by slope, road and land use, weights 0.5, 0.3, 0.2.
        let grid = Grid::new(
            3,
            &[
                vec![Some(0.8), Some(0.5), Some(1.0)],
                vec![Some(0.6), Some(1.0), Some(0.25)],
                vec![Some(0.6), None, Some(0.25)],
            ],
        );
        let weights = [0.5, 0.3, 0.2];
        let score = |row| grid.score(row, &weights).expect("a score");
        assert!((score(0) - 0.75).abs() < 1e-12);
        assert!((score(1) - 0.65).abs() < 1e-12);
        // 0.5/0.7 and 0.2/0.7 of the weight are left: (0.30 + 0.05) / 0.7.
        assert!((score(2) - 0.5).abs() < 1e-12);
        let shares = grid.weights_of(2, &weights);
        assert!((shares[0] - 5.0 / 7.0).abs() < 1e-12 && shares[1].abs() < 1e-12);
        assert_eq!(ranks(&[Some(0.65), Some(0.75), None, Some(0.65)]), [2, 1, 4, 2]);
    }

    #[test]
    fn nothing_known_is_no_score() {
        let grid = Grid::new(2, &[vec![None, None], vec![None, Some(0.0)]]);
        assert_eq!(grid.score(0, &[0.5, 0.5]), None);
        assert_eq!(grid.score(1, &[0.5, 0.5]), Some(0.0), "a known zero is a value");
        assert_eq!(grid.score(1, &[1.0, 0.0]), None, "what is known weighs nothing");
    }
}
