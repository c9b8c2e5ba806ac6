//! Which sites would be chosen if each had a price of its own? The part of the relaxation that knows the limit.

/// How much may still be chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Room {
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
    /// The sum of share × price; no whole choice is cheaper.
    pub sum: f64,
    /// By how much the sum rises at least if the site is chosen (where it is not) or is not (where it is).
    pub penalty: Vec<f64>,
    order: Vec<u32>,
    /// What a unit of budget is worth: the ratio of the first site that did not fit whole.
    worth: f64,
}

impl Selection {
    /// Chooses. There must be at least as many sites as are to be counted.
    pub fn choose(&mut self, price: &[f64], cost: &[u64], room: Room) {
        self.share.clear();
        self.share.resize(price.len(), 0.0);
        self.order.clear();
        self.order.extend((0u32..).take(price.len()));
        self.sum = 0.0;
        match room {
            Room::Count(count) => self.choose_count(price, count),
            Room::Budget(budget) => self.choose_budget(price, cost, budget),
        }
    }

    fn choose_count(&mut self, price: &[f64], count: usize) {
        let by_price = |a: &u32, b: &u32| price[*a as usize].total_cmp(&price[*b as usize]).then(a.cmp(b));
        if count > 0 && count < self.order.len() {
            self.order.select_nth_unstable_by(count, by_price);
        }
        for site in self.order.iter().take(count) {
            self.share[*site as usize] = 1.0;
            self.sum += price[*site as usize];
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a bound, rounded to the safe side by its user")]
    fn choose_budget(&mut self, price: &[f64], cost: &[u64], budget: u64) {
        let ratio = |site: u32| price[site as usize] / (cost[site as usize].max(1) as f64);
        let free = |site: u32| cost[site as usize] == 0;
        self.order.retain(|site| price[*site as usize] < 0.0);
        self.order.sort_unstable_by(|a, b| {
            free(*b).cmp(&free(*a)).then(ratio(*a).total_cmp(&ratio(*b))).then(a.cmp(b))
        });
        let mut left = budget as f64;
        self.worth = 0.0;
        for site in &self.order {
            let wants = cost[*site as usize] as f64;
            let share = if wants <= left { 1.0 } else { left / wants };
            self.share[*site as usize] = share;
            self.sum += share * price[*site as usize];
            left -= share * wants;
            if share < 1.0 {
                self.worth = -ratio(*site);
                break;
            }
        }
    }

    /// Works out the penalties of the last choice.
    #[expect(clippy::cast_precision_loss, reason = "a bound, rounded to the safe side by its user")]
    pub fn weigh(&mut self, price: &[f64], cost: &[u64], room: Room) {
        self.penalty.clear();
        self.penalty.resize(price.len(), 0.0);
        match room {
            Room::Count(count) => {
                let (mut dearest, mut next) = (f64::NEG_INFINITY, f64::INFINITY);
                for (price, share) in price.iter().zip(&self.share) {
                    if *share > 0.5 {
                        dearest = dearest.max(*price);
                    } else {
                        next = next.min(*price);
                    }
                }
                for ((penalty, price), share) in self.penalty.iter_mut().zip(price).zip(&self.share) {
                    *penalty = if *share > 0.5 {
                        next - price
                    } else if count == 0 {
                        f64::INFINITY
                    } else {
                        price - dearest
                    };
                }
            }
            Room::Budget(_) => {
                for (site, penalty) in self.penalty.iter_mut().enumerate() {
                    let reduced = price[site] + self.worth * cost[site] as f64;
                    *penalty = if self.share[site] > 0.0 { -reduced } else { reduced }.max(0.0);
                }
            }
        }
    }
}
