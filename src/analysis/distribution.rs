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

/// A whole number that is ordered as the number is (IEEE 754 totalOrder).
const fn rank(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

/// The number of a rank.
const fn value(rank: u64) -> f64 {
    f64::from_bits(if rank >> 63 == 1 { rank & !(1 << 63) } else { !rank })
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
        let mut pairs: Vec<u128> = costs
            .into_iter()
            .filter(|(_, people)| *people > People::ZERO)
            .map(|(length, people)| {
                (u128::from(rank(length.value())) << 64) | u128::from(rank(people.value()))
            })
            .collect();
        // Whole numbers are sorted several times as fast as pairs of others, in the same order.
        pairs.sort_unstable();
        let (costs, people) = (Vec::with_capacity(pairs.len()), Vec::with_capacity(pairs.len()));
        let mut out = Self { costs, people, moment: 0.0 };
        let mut sum = 0.0;
        for pair in pairs {
            #[expect(clippy::cast_possible_truncation, reason = "the two halves of a pair")]
            let (length, people) = (value((pair >> 64) as u64), value(pair as u64));
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
    fn ranks_are_in_order_and_give_the_number_back() {
        let numbers = [f64::NEG_INFINITY, -2.5, -0.0, 0.0, f64::MIN_POSITIVE, 1.0, 1.5, 1e300, f64::INFINITY];
        assert!(numbers.windows(2).all(|pair| rank(pair[0]) < rank(pair[1])));
        assert!(numbers.iter().all(|number| value(rank(*number)).to_bits() == number.to_bits()));
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
