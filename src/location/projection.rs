//! Which shares of sites keep the limit and are nearest to those wanted?

use super::selection::Slack;

/// The nearest shares to those wanted that keep the limit; returns the price of the limit, from which the next search starts.
pub(super) fn project(wanted: &mut [f64], norm: &[f64], cost: &[u64], slack: Slack, from: f64) -> f64 {
    let (amount, is_exact) = match slack {
        Slack::Count(count) => (as_f64(count), true),
        Slack::Budget(budget) => (as_amount(budget), false),
    };
    let size = |at: usize| if is_exact { 1.0 } else { as_amount(cost[at]) };
    let at_price = |price: f64| {
        let (mut sum, mut slope) = (0.0, 0.0);
        for (at, (wanted, norm)) in wanted.iter().zip(norm).enumerate() {
            let size = size(at);
            let share = wanted - price * size / norm;
            if share > 0.0 {
                if share < 1.0 {
                    slope += size * size / norm;
                }
                sum += size * share.min(1.0);
            }
        }
        (sum, slope)
    };
    let price = if !is_exact && at_price(0.0).0 <= amount { 0.0 } else { root(at_price, amount, from) };
    for (at, (wanted, norm)) in wanted.iter_mut().zip(norm).enumerate() {
        *wanted = (*wanted - price * size(at) / norm).clamp(0.0, 1.0);
    }
    price
}

/// Where a falling function, given with its slope, has this value: Newton's method within a bracket.
fn root(function: impl Fn(f64) -> (f64, f64), value: f64, from: f64) -> f64 {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut at = from;
    for turn in 0..200 {
        let (now, slope) = function(at);
        if (now - value).abs() <= 1e-12 * value.max(1.0) {
            break;
        }
        if now > value {
            low = at;
        } else {
            high = at;
        }
        let newton = at + (now - value) / slope.max(1e-300);
        let is_within = newton > low && newton < high && newton.is_finite() && turn < 100;
        at = if is_within {
            newton
        } else if low.is_infinite() {
            high - 1.0 - high.abs()
        } else if high.is_infinite() {
            low + 1.0 + low.abs()
        } else {
            f64::midpoint(low, high)
        };
        if high - low <= 1e-15 * at.abs() {
            break;
        }
    }
    at
}

#[expect(clippy::cast_precision_loss, reason = "bounds are rounded to the safe side")]
pub(super) fn as_f64(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "bounds are rounded to the safe side")]
fn as_amount(amount: u64) -> f64 {
    amount as f64
}
