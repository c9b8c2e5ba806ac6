//! Which sites does the relaxation choose at given reduced costs? The Lagrangian subproblem: the least, or a
//! continuous knapsack.

/// The slack of the limit: how much may still be chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Slack {
    /// Exactly this many.
    Count(usize),
    /// Any that cost at most this together.
    Budget(u64),
}

/// The cheapest choice; with a budget, of parts of sites.
#[derive(Debug, Clone, Default)]
pub(super) struct Selection {
    /// How much of each site is chosen, 0 … 1.
    pub share: Vec<f64>,
    /// The sum of share × reduced cost; no whole choice is cheaper.
    pub sum: f64,
    /// By how much the sum rises at least if the site is chosen (where it is not) or is not (where it is).
    pub penalty: Vec<f64>,
    order: Vec<u32>,
    /// What a unit of budget is worth: the ratio of the break item, the first site that did not fit whole.
    break_ratio: f64,
}

impl Selection {
    /// Chooses. There must be at least as many sites as are to be counted.
    pub fn choose(&mut self, reduced_cost: &[f64], cost: &[u64], slack: Slack) {
        self.share.clear();
        self.share.resize(reduced_cost.len(), 0.0);
        self.order.clear();
        self.order.extend((0u32..).take(reduced_cost.len()));
        self.sum = 0.0;
        match slack {
            Slack::Count(count) => self.choose_count(reduced_cost, count),
            Slack::Budget(budget) => self.choose_budget(reduced_cost, cost, budget),
        }
    }

    fn choose_count(&mut self, reduced_cost: &[f64], count: usize) {
        let by_cost =
            |a: &u32, b: &u32| reduced_cost[*a as usize].total_cmp(&reduced_cost[*b as usize]).then(a.cmp(b));
        if count > 0 && count < self.order.len() {
            self.order.select_nth_unstable_by(count, by_cost);
        }
        for site in self.order.iter().take(count) {
            self.share[*site as usize] = 1.0;
            self.sum += reduced_cost[*site as usize];
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a bound, rounded to the safe side by its user")]
    fn choose_budget(&mut self, reduced_cost: &[f64], cost: &[u64], budget: u64) {
        let ratio = |site: u32| reduced_cost[site as usize] / (cost[site as usize].max(1) as f64);
        let free = |site: u32| cost[site as usize] == 0;
        self.order.retain(|site| reduced_cost[*site as usize] < 0.0);
        self.order.sort_unstable_by(|a, b| {
            free(*b).cmp(&free(*a)).then(ratio(*a).total_cmp(&ratio(*b))).then(a.cmp(b))
        });
        let mut left = budget as f64;
        self.break_ratio = 0.0;
        for site in &self.order {
            let wants = cost[*site as usize] as f64;
            let share = if wants <= left { 1.0 } else { left / wants };
            self.share[*site as usize] = share;
            self.sum += share * reduced_cost[*site as usize];
            left -= share * wants;
            if share < 1.0 {
                self.break_ratio = -ratio(*site);
                break;
            }
        }
    }

    /// The penalties of the last choice.
    #[expect(clippy::cast_precision_loss, reason = "a bound, rounded to the safe side by its user")]
    pub fn find_penalties(&mut self, reduced_cost: &[f64], cost: &[u64], slack: Slack) {
        self.penalty.clear();
        self.penalty.resize(reduced_cost.len(), 0.0);
        match slack {
            Slack::Count(count) => {
                let (mut dearest, mut next) = (f64::NEG_INFINITY, f64::INFINITY);
                for (reduced_cost, share) in reduced_cost.iter().zip(&self.share) {
                    if *share > 0.5 {
                        dearest = dearest.max(*reduced_cost);
                    } else {
                        next = next.min(*reduced_cost);
                    }
                }
                for ((penalty, reduced_cost), share) in
                    self.penalty.iter_mut().zip(reduced_cost).zip(&self.share)
                {
                    *penalty = if *share > 0.5 {
                        next - reduced_cost
                    } else if count == 0 {
                        f64::INFINITY
                    } else {
                        reduced_cost - dearest
                    };
                }
            }
            Slack::Budget(_) => {
                for (site, penalty) in self.penalty.iter_mut().enumerate() {
                    let with_budget = reduced_cost[site] + self.break_ratio * cost[site] as f64;
                    *penalty = if self.share[site] > 0.0 { -with_budget } else { with_budget }.max(0.0);
                }
            }
        }
    }
}
