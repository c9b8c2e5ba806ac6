//! How are distances, or times, spread over people? Mean, percentiles and the curve, people-weighted.

use crate::units::{Cost, People};

/// The rounding rule of a percentile, printed beside it.
///
/// A percentile is the smallest cost at which the cumulated people reach the share; no interpolation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Distribution {
    /// Rising costs of inhabited cells, metres or seconds.
    costs: Vec<f64>,
    /// People cumulated up to and including the same place.
    people: Vec<f64>,
    /// Sum of cost × people.
    moment: f64,
}

/// The figures of a spread that are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spread {
    pub mean: Option<Cost>,
    pub p50: Option<Cost>,
    pub p90: Option<Cost>,
    pub max: Option<Cost>,
}

impl Distribution {
    #[must_use]
    pub fn spread(&self) -> Spread {
        Spread { mean: self.mean(), p50: self.percentile(0.5), p90: self.percentile(0.9), max: self.max() }
    }

    /// # Complexity
    /// O(n log n).
    #[must_use]
    pub fn new(costs: impl IntoIterator<Item = (Cost, People)>) -> Self {
        let mut pairs: Vec<(f64, f64)> = costs
            .into_iter()
            .filter(|(_, people)| *people > People::ZERO)
            .map(|(length, people)| (length.value(), people.value()))
            .collect();
        pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut out = Self::default();
        let mut sum = 0.0;
        for (length, people) in pairs {
            sum += people;
            out.moment += length * people;
            out.costs.push(length);
            out.people.push(sum);
        }
        out
    }

    #[must_use]
    pub fn people(&self) -> People {
        People::new(self.people.last().copied().unwrap_or(0.0))
    }

    /// People at most this far away (see [`Cost::is_within`]).
    #[must_use]
    pub fn people_within(&self, limit: Cost) -> People {
        let count = self.costs.partition_point(|length| *length <= limit.widened().value());
        People::new(count.checked_sub(1).map_or(0.0, |last| self.people[last]))
    }

    #[must_use]
    pub fn mean(&self) -> Option<Cost> {
        let people = self.people().value();
        (people > 0.0).then(|| Cost::new(self.moment / people))
    }

    /// The smallest cost at which the cumulated people reach the share (0…1).
    #[must_use]
    pub fn percentile(&self, share: f64) -> Option<Cost> {
        let wanted = self.people().value() * share;
        let at = self.people.partition_point(|sum| *sum < wanted);
        self.costs.get(at).or(self.costs.last()).map(|length| Cost::new(*length))
    }

    #[must_use]
    pub fn max(&self) -> Option<Cost> {
        self.costs.last().map(|length| Cost::new(*length))
    }

    /// The coverage curve at whole steps: (length, people within it), from zero to beyond the farthest.
    #[must_use]
    pub fn curve(&self, step: Cost, up_to: Cost) -> Vec<(Cost, People)> {
        if step <= Cost::ZERO {
            return Vec::new();
        }
        let steps = (up_to.value() / step.value()).floor().max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number, not below zero"
        )]
        let steps = steps.min(1e6) as u32;
        (0..=steps)
            .map(|i| Cost::new(f64::from(i) * step.value()))
            .map(|length| (length, self.people_within(length)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(f64, f64)]) -> Distribution {
        Distribution::new(pairs.iter().map(|(m, p)| (Cost::new(*m), People::new(*p))))
    }

    #[test]
    fn percentiles_are_lengths_that_occur() {
        let spread = check(&[(300.0, 1.0), (100.0, 5.0), (200.0, 4.0), (900.0, 0.0)]);
        assert_eq!(spread.percentile(0.5), Some(Cost::new(100.0)));
        assert_eq!(spread.percentile(0.51), Some(Cost::new(200.0)));
        assert_eq!(spread.percentile(0.9), Some(Cost::new(200.0)));
        assert_eq!(spread.percentile(0.91), Some(Cost::new(300.0)));
        assert_eq!(spread.max(), Some(Cost::new(300.0)), "nobody lives at 900");
        assert_eq!(spread.mean(), Some(Cost::new(160.0)));
    }

    #[test]
    fn within_means_up_to_and_including() {
        let spread = check(&[(100.0, 5.0), (200.0, 4.0)]);
        assert_eq!(spread.people_within(Cost::new(99.99)), People::ZERO);
        assert_eq!(spread.people_within(Cost::new(100.0)), People::new(5.0));
        assert_eq!(check(&[]).percentile(0.5), None);
    }
}
