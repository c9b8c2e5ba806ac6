//! How are distances spread over people? Mean, percentiles and the curve, people-weighted.

use crate::units::{Metres, People};

/// The rounding rule of a percentile, printed beside it.
///
/// A percentile is the smallest length at which the cumulated people reach the share; no interpolation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Distribution {
    /// Rising lengths of inhabited cells, metres.
    metres: Vec<f64>,
    /// People cumulated up to and including the same place.
    people: Vec<f64>,
    /// Sum of length × people, metre-people.
    moment: f64,
}

impl Distribution {
    /// # Complexity
    /// O(n log n).
    #[must_use]
    pub fn new(lengths: impl IntoIterator<Item = (Metres, People)>) -> Self {
        let mut pairs: Vec<(f64, f64)> = lengths
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
            out.metres.push(length);
            out.people.push(sum);
        }
        out
    }

    #[must_use]
    pub fn people(&self) -> People {
        People::new(self.people.last().copied().unwrap_or(0.0))
    }

    /// People at most this far away.
    #[must_use]
    pub fn people_within(&self, limit: Metres) -> People {
        let count = self.metres.partition_point(|length| *length <= limit.value());
        People::new(count.checked_sub(1).map_or(0.0, |last| self.people[last]))
    }

    #[must_use]
    pub fn mean(&self) -> Option<Metres> {
        let people = self.people().value();
        (people > 0.0).then(|| Metres::new(self.moment / people))
    }

    /// The smallest length at which the cumulated people reach the share (0…1).
    #[must_use]
    pub fn percentile(&self, share: f64) -> Option<Metres> {
        let wanted = self.people().value() * share;
        let at = self.people.partition_point(|sum| *sum < wanted);
        self.metres.get(at).or(self.metres.last()).map(|length| Metres::new(*length))
    }

    #[must_use]
    pub fn max(&self) -> Option<Metres> {
        self.metres.last().map(|length| Metres::new(*length))
    }

    /// The coverage curve at whole steps: (length, people within it), from zero to beyond the farthest.
    #[must_use]
    pub fn curve(&self, step: Metres, up_to: Metres) -> Vec<(Metres, People)> {
        if step <= Metres::ZERO {
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
            .map(|i| Metres::new(f64::from(i) * step.value()))
            .map(|length| (length, self.people_within(length)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(f64, f64)]) -> Distribution {
        Distribution::new(pairs.iter().map(|(m, p)| (Metres::new(*m), People::new(*p))))
    }

    #[test]
    fn percentiles_are_lengths_that_occur() {
        let spread = check(&[(300.0, 1.0), (100.0, 5.0), (200.0, 4.0), (900.0, 0.0)]);
        assert_eq!(spread.percentile(0.5), Some(Metres::new(100.0)));
        assert_eq!(spread.percentile(0.51), Some(Metres::new(200.0)));
        assert_eq!(spread.percentile(0.9), Some(Metres::new(200.0)));
        assert_eq!(spread.percentile(0.91), Some(Metres::new(300.0)));
        assert_eq!(spread.max(), Some(Metres::new(300.0)), "nobody lives at 900");
        assert_eq!(spread.mean(), Some(Metres::new(160.0)));
    }

    #[test]
    fn within_means_up_to_and_including() {
        let spread = check(&[(100.0, 5.0), (200.0, 4.0)]);
        assert_eq!(spread.people_within(Metres::new(99.999)), People::ZERO);
        assert_eq!(spread.people_within(Metres::new(100.0)), People::new(5.0));
        assert_eq!(check(&[]).percentile(0.5), None);
    }
}
