//! At which cost does a point have one more of its sites within reach? Lists as steps of cost.
//! Source: Cornuéjols, Nemhauser and Wolsey (1980), A canonical representation of simple plant location problems.

/// The levels of the lists: at each, a point has one more of its sites within reach, and is not served nearer unless
/// one of them is chosen.
#[derive(Default)]
pub(super) struct Levels {
    /// Which entries come to each level; the sites before it in the same point are within reach too.
    pub starts: Vec<usize>,
    pub site: Vec<u32>,
    pub is_first: Vec<bool>,
    /// What not being served at the level costs, weight × cost.
    pub most: Vec<f64>,
    /// Position in the subproblem of each level's point, and the cost to the sites that come to the level.
    pub point: Vec<u32>,
    pub cost: Vec<f64>,
}

impl Levels {
    pub fn len(&self) -> usize {
        self.most.len()
    }

    /// The sites within reach at a level.
    pub fn within(&self, level: usize) -> &[u32] {
        let first = (0..=level).rev().find(|at| self.is_first[*at]).unwrap_or(level);
        &self.site[self.starts[first]..self.starts[level + 1]]
    }

    /// The level of a point at this cost: that of its farthest sites within it.
    pub fn at(&self, point: u32, cost: f64) -> Option<u32> {
        let first = self.point.partition_point(|own| *own < point);
        let own = self.point[first..].iter().zip(&self.cost[first..]);
        let within = own.take_while(|(own, at)| **own == point && **at <= cost).count();
        let level = u32::try_from(first + within.checked_sub(1)?).ok()?;
        // The last level of a list that was cut off may stand for more than is known of it.
        self.most.get(level as usize).filter(|most| most.is_finite()).map(|_| level)
    }

    /// How much is chosen of the sites within reach at each level.
    pub fn reached(&self, share: &[f64], into: &mut [f64]) {
        let mut sum = 0.0;
        for (level, into) in into.iter_mut().enumerate() {
            if self.is_first[level] {
                sum = 0.0;
            }
            for site in &self.site[self.starts[level]..self.starts[level + 1]] {
                sum += share[*site as usize];
            }
            *into = sum;
        }
    }

    /// What choosing each site saves at these prices.
    pub fn saved(&self, price: &[f64], into: &mut [f64]) {
        into.fill(0.0);
        let mut sum = 0.0;
        for level in (0..self.len()).rev() {
            sum += price[level];
            for site in &self.site[self.starts[level]..self.starts[level + 1]] {
                into[*site as usize] += sum;
            }
            if self.is_first[level] {
                sum = 0.0;
            }
        }
    }
}
