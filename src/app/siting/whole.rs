//! How do decimals become whole numbers without losing anything? By a power of ten, kept beside them.

use crate::lang::Lang;
use crate::location::{Limit, Problem};
use crate::say;

/// A power of ten by which numbers became whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Ten to this.
    pub digits: i32,
    /// Did every number become whole by it, or was something rounded?
    pub is_exact: bool,
}

impl Default for Scale {
    fn default() -> Self {
        Self { digits: 0, is_exact: true }
    }
}

impl Scale {
    /// The finest scale up to the decimals wanted at which `greatest` does not pass `limit`.
    #[must_use]
    pub fn fitting(wanted: u32, greatest: f64, limit: f64) -> Self {
        let wanted = i32::try_from(wanted).unwrap_or(i32::MAX).min(18);
        let digits =
            (-18..=wanted).rev().find(|digits| greatest * 10f64.powi(*digits) <= limit).unwrap_or(-18);
        Self { digits, is_exact: digits == wanted }
    }

    /// The same with at most so many decimals.
    #[must_use]
    pub fn fitting_to(most: u32, wanted: u32, greatest: f64, limit: f64) -> Self {
        let scale = Self::fitting(wanted.min(most), greatest, limit);
        Self { is_exact: scale.is_exact && wanted <= most, ..scale }
    }

    #[must_use]
    pub fn factor(self) -> f64 {
        10f64.powi(self.digits)
    }

    /// The whole number that stands for a value.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative; saturates")]
    pub fn whole(self, value: f64) -> u64 {
        // Dividing by a whole power is exact where multiplying by a fraction is not.
        let scaled = if self.digits >= 0 { value * self.factor() } else { value / 10f64.powi(-self.digits) };
        scaled.round() as u64
    }

    /// The whole number that stands for the most that is allowed: what is above it is above the value.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative; saturates")]
    pub fn whole_at_most(self, value: f64) -> u64 {
        let scaled = value * self.factor();
        let near = scaled.round();
        // 0.3 × 10 is 3 in spite of the last bit.
        if (scaled - near).abs() <= near.abs() * 1e-12 { near as u64 } else { scaled.floor() as u64 }
    }

    /// The whole number that stands for a cost under a limit: where something is rounded it is rounded up, so that
    /// no plan passes the limit.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative; saturates")]
    pub fn whole_cost(self, value: f64) -> u64 {
        if self.is_exact {
            return self.whole(value);
        }
        let scaled = value * self.factor();
        let near = scaled.round();
        if (scaled - near).abs() <= near.abs() * 1e-12 { near as u64 } else { scaled.ceil() as u64 }
    }

    /// What numbers are rounded to, where they are.
    #[must_use]
    pub fn rounded_to(self) -> Option<f64> {
        (!self.is_exact).then(|| 1.0 / self.factor())
    }

    /// Why an answer that is proven for costs rounded up is not proven for those that were written.
    #[must_use]
    pub fn doubt(self, problem: &Problem, lang: Lang) -> Option<String> {
        let unit = self.rounded_to().filter(|_| matches!(problem.limit, Limit::Budget(_)))?;
        let unit = lang.number(unit, 6);
        Some(say!(
            lang,
            "inte bevisat: kostnaderna är avrundade uppåt till jämna {unit}, och en plan som kostar precis budgeten kan saknas",
            "not proven: costs are rounded up to multiples of {unit}, and a plan that costs exactly the budget may be missed"
        ))
    }

    /// The value that a whole number stands for.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "shown to users")]
    pub fn value(self, whole: u64) -> f64 {
        let whole = whole as f64;
        if self.digits >= 0 { whole / self.factor() } else { whole * 10f64.powi(-self.digits) }
    }
}

/// Decimals of a number as it is written shortest.
#[must_use]
pub fn decimals(value: f64) -> u32 {
    if value.fract() == 0.0 {
        return 0;
    }
    let text = value.to_string();
    text.split_once('.').map_or(0, |(_, fraction)| u32::try_from(fraction.len()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_become_whole_and_come_back() {
        assert_eq!([1.0, 0.5, 12.125, 0.1].map(decimals), [0, 1, 3, 1]);
        let scale = Scale::fitting(2, 100.0, 1e6);
        assert_eq!(scale, Scale { digits: 2, is_exact: true });
        assert_eq!(scale.whole(12.34), 1234);
        assert!((scale.value(1234) - 12.34).abs() < 1e-12);
        assert_eq!(scale.whole_at_most(12.349), 1234);
        assert_eq!(Scale { digits: 1, is_exact: true }.whole_at_most(0.3), 3);
    }

    #[test]
    fn what_does_not_fit_is_rounded_and_says_so() {
        let scale = Scale::fitting(5, 50_000.0, f64::from(u32::MAX));
        assert_eq!(scale, Scale { digits: 4, is_exact: false });
        let coarse = Scale::fitting(0, 5e10, f64::from(u32::MAX));
        assert_eq!(coarse, Scale { digits: -2, is_exact: false });
        assert_eq!(coarse.whole(5e10), 500_000_000);
        assert!((coarse.value(500_000_000) - 5e10).abs() < 1.0);
        assert_eq!(coarse.whole_cost(101.0), 2, "rounded up");
        assert_eq!(coarse.rounded_to(), Some(100.0));
    }
}
