//! In which hours of a week is something so? A set of whole hours, 0…168.

use super::spans::{Minute, Spans};
use crate::model::outage::HOURS;

/// A set of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct HourSet([u64; 3]);

const _: () = assert!(HOURS <= 192);

impl HourSet {
    pub const NONE: Self = Self([0; 3]);

    /// Every hour.
    #[must_use]
    pub fn all() -> Self {
        (0..HOURS).fold(Self::NONE, Self::with)
    }

    /// The hours at whose beginning it is so.
    #[must_use]
    pub fn of(spans: &Spans) -> Self {
        let mut out = Self::NONE;
        for (from, to) in spans.iter() {
            let first = from.div_ceil(60) as usize;
            out = (first..HOURS).take_while(|hour| at_hour(*hour) < to).fold(out, Self::with);
        }
        out
    }

    #[must_use]
    pub const fn with(mut self, hour: usize) -> Self {
        self.0[hour / 64] |= 1 << (hour % 64);
        self
    }

    #[must_use]
    pub const fn contains(self, hour: usize) -> bool {
        self.0[hour / 64] & (1 << (hour % 64)) != 0
    }

    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1], self.0[2] | other.0[2]])
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self([self.0[0] & other.0[0], self.0[1] & other.0[1], self.0[2] & other.0[2]])
    }

    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self([self.0[0] & !other.0[0], self.0[1] & !other.0[1], self.0[2] & !other.0[2]])
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0[0] | self.0[1] | self.0[2] == 0
    }

    #[must_use]
    pub const fn len(self) -> u32 {
        self.0[0].count_ones() + self.0[1].count_ones() + self.0[2].count_ones()
    }

    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..HOURS).filter(move |hour| self.contains(*hour))
    }
}

/// The minute at which an hour begins.
#[must_use]
pub fn at_hour(hour: usize) -> Minute {
    Minute::try_from(hour).unwrap_or(Minute::MAX).saturating_mul(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_as_its_first_minute() {
        let hours = HourSet::of(&Spans::between(30, 61).or(&Spans::between(180, 181)));
        assert_eq!(hours.iter().collect::<Vec<_>>(), [1, 3]);
        assert_eq!(HourSet::of(&Spans::between(0, Minute::MAX)), HourSet::all());
        assert_eq!(HourSet::all().len() as usize, HOURS);
        assert!(HourSet::all().without(hours).and(hours).is_empty());
    }
}
