//! Which weights do pairwise judgements come to, and do the judgements agree with each other?
//! The analytic hierarchy process: the principal eigenvector by power iteration, and the consistency ratio.
//! Saaty, The Analytic Hierarchy Process (1980); unanswered pairs after Harker, Mathematical Modelling 9 (1987).
//! Does not know what is judged.

/// Saaty's mean consistency index of random matrices, by size.
const RANDOM_INDEX: [f64; 16] =
    [0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

/// Above this, judgements contradict each other too much (Saaty).
pub const CONSISTENT_UP_TO: f64 = 0.10;

/// Judgements of each pair: how many times as much the first means. `None` is not answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgements {
    size: usize,
    ratios: Vec<Option<f64>>,
}

/// The judgement that fits the others worst.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Odd {
    pub first: usize,
    pub second: usize,
    pub given: f64,
    /// What the weights that come out of all judgements say.
    pub implied: f64,
}

/// What judgements come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// Sum to 1.
    pub weights: Vec<f64>,
    pub lambda_max: f64,
    /// `None` while a pair is not answered: there is no random index for it.
    pub consistency_ratio: Option<f64>,
    /// `None` when every judgement fits.
    pub odd: Option<Odd>,
}

impl Judgements {
    /// `ratio(i, j)` for `i < j`; the other half is its inverse.
    pub fn new(size: usize, ratio: impl Fn(usize, usize) -> Option<f64>) -> Self {
        let mut ratios = vec![None; size * size];
        for i in 0..size {
            ratios[i * size + i] = Some(1.0);
            for j in i + 1..size {
                let given = ratio(i, j).filter(|ratio| *ratio > 0.0);
                ratios[i * size + j] = given;
                ratios[j * size + i] = given.map(|ratio| 1.0 / ratio);
            }
        }
        Self { size, ratios }
    }

    fn at(&self, i: usize, j: usize) -> Option<f64> {
        self.ratios[i * self.size + j]
    }

    /// How many pairs are answered, and how many there are.
    #[must_use]
    pub fn answered(&self) -> (usize, usize) {
        let pairs = self.size * self.size.saturating_sub(1) / 2;
        let answered = self.ratios.iter().flatten().count().saturating_sub(self.size) / 2;
        (answered, pairs)
    }

    /// The first that no chain of judgements ties to the first of all: without it weights are a guess.
    #[must_use]
    pub fn first_untied(&self) -> Option<usize> {
        let mut is_tied = vec![false; self.size];
        let mut open = vec![0];
        while let Some(i) = open.pop().filter(|i| *i < self.size) {
            if !std::mem::replace(&mut is_tied[i], true) {
                open.extend((0..self.size).filter(|j| self.at(i, *j).is_some()));
            }
        }
        is_tied.iter().position(|tied| !tied)
    }

    /// Weights and consistency; `None` when judgements do not tie everything together.
    ///
    /// # Complexity
    /// Some tens of products of the matrix with a vector.
    #[must_use]
    pub fn solve(&self) -> Option<Solution> {
        let n = self.size;
        if n == 0 || self.first_untied().is_some() {
            return None;
        }
        // Harker: an unanswered pair is 0, and the row's diagonal counts it.
        let open = |i: usize| (0..n).filter(|j| self.at(i, *j).is_none()).count();
        let entry = |i: usize, j: usize| match self.at(i, j) {
            _ if i == j => 1.0 + as_number(open(i)),
            given => given.unwrap_or(0.0),
        };
        let product = |weights: &[f64]| -> Vec<f64> {
            (0..n).map(|i| (0..n).map(|j| entry(i, j) * weights[j]).sum()).collect()
        };
        let mut weights = vec![1.0 / as_number(n); n];
        for _ in 0..10_000 {
            let mut next = product(&weights);
            let sum: f64 = next.iter().sum();
            for weight in &mut next {
                *weight /= sum;
            }
            let change = next.iter().zip(&weights).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            weights = next;
            if change < 1e-15 {
                break;
            }
        }
        let lambda_max =
            product(&weights).iter().zip(&weights).map(|(sum, weight)| sum / weight).sum::<f64>()
                / as_number(n);
        let (answered, pairs) = self.answered();
        let consistency_ratio = (answered == pairs).then(|| {
            let random = RANDOM_INDEX.get(n).copied().unwrap_or(1.59);
            // Two things cannot contradict each other.
            if n < 3 { 0.0 } else { ((lambda_max - as_number(n)) / (as_number(n) - 1.0) / random).max(0.0) }
        });
        Some(Solution { odd: self.odd(&weights), weights, lambda_max, consistency_ratio })
    }

    /// The judgement farthest from what the weights say, as a ratio.
    fn odd(&self, weights: &[f64]) -> Option<Odd> {
        let mut worst: Option<(f64, Odd)> = None;
        for first in 0..self.size {
            for second in first + 1..self.size {
                let Some(given) = self.at(first, second) else { continue };
                let implied = weights[first] / weights[second];
                let off = (given / implied).ln().abs();
                if off > 1e-9 && worst.is_none_or(|(known, _)| off > known) {
                    worst = Some((off, Odd { first, second, given, implied }));
                }
            }
        }
        worst.map(|(_, odd)| odd)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a handful of factors")]
const fn as_number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(rows: &[&[f64]]) -> Judgements {
        Judgements::new(rows.len(), |i, j| Some(rows[i][j - i - 1]))
    }

    /// Saaty's choice of a house: λmax 9.669, CR 0.169, printed with three decimals.
    #[test]
    fn the_house_of_saaty() {
        let house = judged(&[
            &[5.0, 3.0, 7.0, 6.0, 6.0, 1.0 / 3.0, 1.0 / 4.0],
            &[1.0 / 3.0, 5.0, 3.0, 3.0, 1.0 / 5.0, 1.0 / 7.0],
            &[6.0, 3.0, 4.0, 6.0, 1.0 / 5.0],
            &[1.0 / 3.0, 1.0 / 4.0, 1.0 / 7.0, 1.0 / 8.0],
            &[1.0 / 2.0, 1.0 / 5.0, 1.0 / 6.0],
            &[1.0 / 5.0, 1.0 / 6.0],
            &[1.0 / 2.0],
            &[],
        ]);
        let found = house.solve().expect("complete");
        let printed = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333];
        for (found, printed) in found.weights.iter().zip(printed) {
            assert!((found - printed).abs() < 6e-4, "{found} is not {printed}");
        }
        assert!((found.lambda_max - 9.669).abs() < 1e-3, "{}", found.lambda_max);
        let ratio = found.consistency_ratio.expect("complete");
        assert!((ratio - 0.169).abs() < 1e-3 && ratio > CONSISTENT_UP_TO, "{ratio}");
        let odd = found.odd.expect("an odd one");
        assert_eq!((odd.first, odd.second), (2, 6), "neighbourhood against condition, as Saaty found");
        assert!((odd.given - 6.0).abs() < 1e-12 && (odd.implied - 0.188 / 0.167).abs() < 0.02);
    }

    /// Three things, λmax by the cubic: (1, 2, 6; ½, 1, 2; …) is almost consistent.
    #[test]
    fn three_things_by_the_closed_form() {
        let (a, b, c): (f64, f64, f64) = (3.0, 5.0, 3.0);
        let found = judged(&[&[a, b], &[c], &[]]).solve().expect("complete");
        // For three the eigenvector is the geometric mean of the rows, and λmax = 1 + t + 1/t, t³ = b / (a c).
        let means = [(a * b).cbrt(), (c / a).cbrt(), (1.0 / (b * c)).cbrt()];
        let sum: f64 = means.iter().sum();
        for (found, mean) in found.weights.iter().zip(means) {
            assert!((found - mean / sum).abs() < 1e-9);
        }
        let t = (b / (a * c)).cbrt();
        assert!((found.lambda_max - (1.0 + t + 1.0 / t)).abs() < 1e-9);
        let ratio = found.consistency_ratio.expect("complete");
        assert!((ratio - (found.lambda_max - 3.0) / 2.0 / 0.58).abs() < 1e-9);
    }

    #[test]
    fn consistent_judgements_give_their_weights_back() {
        let weights = [0.5, 0.3, 0.15, 0.05];
        let all = Judgements::new(4, |i, j| Some(weights[i] / weights[j]));
        let found = all.solve().expect("complete");
        assert!(found.weights.iter().zip(weights).all(|(a, b)| (a - b).abs() < 1e-12));
        assert!(found.consistency_ratio.is_some_and(|ratio| ratio < 1e-9));
        assert_eq!(found.odd, None);
        // A chain is enough, since nothing contradicts it; how far they agree is not known then.
        let chain = Judgements::new(4, |i, j| (j == i + 1).then(|| weights[i] / weights[j]));
        let found = chain.solve().expect("tied together");
        assert!(found.weights.iter().zip(weights).all(|(a, b)| (a - b).abs() < 1e-9));
        assert_eq!((found.consistency_ratio, chain.answered()), (None, (3, 6)));
    }

    #[test]
    fn what_is_not_tied_is_named() {
        let loose = Judgements::new(4, |i, j| ((i, j) == (0, 1) || (i, j) == (2, 3)).then_some(2.0));
        assert_eq!((loose.first_untied(), loose.solve()), (Some(2), None));
        assert_eq!(Judgements::new(0, |_, _| None).solve(), None);
        assert_eq!(Judgements::new(1, |_, _| None).solve().map(|found| found.weights), Some(vec![1.0]));
    }
}
