//! What is a reading worth, 0 (worst) to 1 (best)? Value functions with their ends filled in.
//! Does not know weights.

use crate::model::{Direction, Factor, MissingRule, ValueFunction};

/// A value function whose ends are numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Worth {
    /// From 0 at `worst` to 1 at `best`. Equal ends tell no place from another: all are worth a half.
    Linear {
        worst: f64,
        best: f64,
    },
    Step {
        at: f64,
        more_is_better: bool,
    },
    Ideal {
        at: f64,
        below: f64,
        above: f64,
    },
}

impl Worth {
    /// Fills in the ends that a function leaves to the places compared.
    #[must_use]
    pub fn of(factor: Factor, function: ValueFunction, readings: impl Iterator<Item = f64>) -> Self {
        let more_is_better = factor.direction() == Direction::MoreIsBetter;
        match function {
            ValueFunction::Linear { worst, best } => {
                let bounds = readings.fold(None, |bounds: Option<(f64, f64)>, value| {
                    Some(bounds.map_or((value, value), |(min, max)| (min.min(value), max.max(value))))
                });
                let (min, max) = bounds.unwrap_or((0.0, 0.0));
                let (low, high) = if more_is_better { (min, max) } else { (max, min) };
                Self::Linear { worst: worst.unwrap_or(low), best: best.unwrap_or(high) }
            }
            ValueFunction::Step { at } => Self::Step { at, more_is_better },
            ValueFunction::Ideal { at, below, above } => Self::Ideal { at, below, above },
        }
    }

    /// The worth of a reading.
    #[must_use]
    pub fn at(self, reading: f64) -> f64 {
        match self {
            Self::Linear { worst, best } => {
                let span = best - worst;
                // A zero without a sign: it is written into tables.
                if span.abs() < f64::EPSILON { 0.5 } else { ((reading - worst) / span).clamp(0.0, 1.0) + 0.0 }
            }
            Self::Step { at, more_is_better } => {
                f64::from(u8::from(if more_is_better { reading >= at } else { reading <= at }))
            }
            Self::Ideal { at, below, above } => {
                let side = if reading < at { below } else { above };
                (1.0 - (reading - at).abs() / side).clamp(0.0, 1.0)
            }
        }
    }

    /// The worth of more than any number.
    #[must_use]
    pub fn beyond_measure(self) -> f64 {
        match self {
            Self::Linear { worst, best } => f64::from(u8::from(best >= worst)),
            Self::Step { more_is_better, .. } => f64::from(u8::from(more_is_better)),
            Self::Ideal { .. } => 0.0,
        }
    }

    /// Does a larger reading mean a better place? `None` where neither way does throughout.
    #[must_use]
    pub fn more_is_better(self) -> Option<bool> {
        match self {
            Self::Linear { worst, best } => Some(best >= worst),
            Self::Step { more_is_better, .. } => Some(more_is_better),
            Self::Ideal { .. } => None,
        }
    }
}

/// What a missing reading counts as: a worth, or `None` for left out.
#[must_use]
pub const fn of_missing(rule: MissingRule) -> Option<f64> {
    match rule {
        MissingRule::LeaveOut => None,
        MissingRule::Worst => Some(0.0),
        MissingRule::Neutral => Some(0.5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(factor: Factor, function: ValueFunction, reading: f64) -> f64 {
        Worth::of(factor, function, [2.0, 4.0, 10.0].into_iter()).at(reading)
    }

    #[test]
    fn each_function_by_hand() {
        let linear = ValueFunction::default();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} is not {b}");
        close(worth(Factor::Town, linear, 4.0), 0.25);
        close(worth(Factor::Fuel, linear, 4.0), 0.75);
        let fixed = ValueFunction::Linear { worst: Some(5.0), best: Some(0.0) };
        close(worth(Factor::Fuel, fixed, 4.0), 0.2);
        close(worth(Factor::Fuel, fixed, 9.0), 0.0);
        let step = ValueFunction::Step { at: 4.0 };
        close(worth(Factor::Town, step, 4.0), 1.0);
        close(worth(Factor::Town, step, 3.9), 0.0);
        close(worth(Factor::Fuel, step, 4.0), 1.0);
        close(worth(Factor::Fuel, step, 4.1), 0.0);
        let ideal = ValueFunction::Ideal { at: 4.0, below: 2.0, above: 8.0 };
        close(worth(Factor::Fuel, ideal, 4.0), 1.0);
        close(worth(Factor::Fuel, ideal, 3.0), 0.5);
        close(worth(Factor::Fuel, ideal, 6.0), 0.75);
        close(worth(Factor::Fuel, ideal, 30.0), 0.0);
    }

    #[test]
    fn equal_ends_tell_nothing() {
        let same = Worth::of(Factor::Fuel, ValueFunction::default(), [3.0, 3.0].into_iter());
        assert!((same.at(3.0) - 0.5).abs() < 1e-12);
        let needed = Worth::of(Factor::ExtraTravel, ValueFunction::default(), [3.0, 3.0].into_iter());
        assert!((needed.beyond_measure() - 1.0).abs() < 1e-12, "who cannot get there needs it most");
    }
}
