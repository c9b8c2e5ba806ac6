//! Which are the best plans so far, and which bound rules out a better one? Losses are whole numbers, bounds are not.

/// The best plans so far, in rising order of what they lose.
#[derive(Debug, Clone)]
pub(super) struct Pool {
    pub plans: Vec<(u64, Vec<u32>)>,
    pub size: usize,
    /// Plans that lose this or more are not wanted.
    limit: u64,
}

impl Pool {
    pub fn new(size: usize, limit: u64) -> Self {
        Self { plans: Vec::new(), size, limit }
    }

    /// A plan must lose less than this to be kept.
    pub fn threshold(&self) -> u64 {
        match self.plans.last() {
            Some((loss, _)) if self.plans.len() >= self.size => self.limit.min(*loss),
            _ => self.limit,
        }
    }

    /// Takes a plan in; is it the best?
    pub fn offer(&mut self, loss: u64, sites: &[u32]) -> bool {
        if loss >= self.threshold() || self.plans.iter().any(|(_, have)| have == sites) {
            return false;
        }
        let at = self.plans.partition_point(|(have, _)| *have <= loss);
        self.plans.insert(at, (loss, sites.to_vec()));
        self.plans.truncate(self.size);
        at == 0
    }

    /// The loss of the incumbent, the best plan so far.
    pub fn incumbent(&self) -> Option<u64> {
        self.plans.first().map(|(loss, _)| *loss)
    }
}

/// Bounds are sums of rounded numbers: this much is allowed for that.
fn tolerance(bound: f64) -> f64 {
    1e-6 + 1e-11 * bound.abs()
}

/// The least whole loss that the bound leaves possible.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded to the safe side, not negative"
)]
pub(super) fn whole(bound: f64) -> u64 {
    if bound.is_finite() { (bound - tolerance(bound)).ceil().max(0.0) as u64 } else { 0 }
}

/// The target value of an ascent: the threshold, or a little above the bound where no plan is known.
#[expect(clippy::cast_precision_loss, reason = "a target to ascend to")]
pub(super) fn target(threshold: u64, bound: f64) -> f64 {
    match threshold {
        u64::MAX => bound.max(0.0) * 1.1 + 100.0,
        loss => loss as f64,
    }
}
