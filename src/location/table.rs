//! What does it cost to get from each demand to each site? A table by site, dense or sparse.

use std::sync::Arc;

/// Stands where there is no way.
pub const NO_COST: u32 = u32::MAX;

/// Costs in whole units (millimetres, milliseconds, the last digit of a file), site by site. Copies share them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CostTable {
    demand_count: usize,
    /// Where each site's row begins; one more than there are sites.
    starts: Arc<Vec<usize>>,
    /// Does every row hold every demand?
    is_dense: bool,
    /// Which demand; empty in a dense table.
    demand: Arc<Vec<u32>>,
    cost: Arc<Vec<u32>>,
}

impl CostTable {
    /// Makes a table of rows in order of demand. It is kept dense where that takes less memory.
    ///
    /// # Panics
    /// In debug builds when a demand lies outside the table or a row is not in order.
    #[must_use]
    pub fn from_rows(demand_count: usize, rows: &[Vec<(u32, u32)>]) -> Self {
        let entries: usize = rows.iter().map(Vec::len).sum();
        if entries * 2 >= demand_count * rows.len() {
            let mut cost = vec![NO_COST; demand_count * rows.len()];
            for (row, into) in rows.iter().zip(cost.chunks_mut(demand_count.max(1))) {
                for &(demand, entry) in row {
                    into[demand as usize] = entry;
                }
            }
            return Self::dense(demand_count, rows.len(), cost);
        }
        let (mut starts, mut demand, mut cost) = (vec![0], Vec::new(), Vec::new());
        for row in rows {
            debug_assert!(row.is_sorted_by(|a, b| a.0 < b.0));
            demand.extend(row.iter().map(|entry| entry.0));
            cost.extend(row.iter().map(|entry| entry.1));
            starts.push(cost.len());
        }
        Self {
            demand_count,
            starts: starts.into(),
            is_dense: false,
            demand: demand.into(),
            cost: cost.into(),
        }
    }

    /// A table of every pair, row-major by site; [`NO_COST`] where there is no way.
    ///
    /// # Panics
    /// In debug builds when the table has another size.
    #[must_use]
    pub fn dense(demand_count: usize, site_count: usize, cost: Vec<u32>) -> Self {
        debug_assert_eq!(cost.len(), demand_count * site_count);
        let starts: Vec<usize> = (0..=site_count).map(|site| site * demand_count).collect();
        Self {
            demand_count,
            starts: starts.into(),
            is_dense: true,
            demand: Arc::default(),
            cost: cost.into(),
        }
    }

    #[must_use]
    pub const fn demand_count(&self) -> usize {
        self.demand_count
    }

    #[must_use]
    pub fn site_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The demand this site reaches, and the cost, in order of demand.
    pub fn row(&self, site: usize) -> impl Iterator<Item = (u32, u32)> + '_ {
        let range = self.range(site);
        let which = if self.is_dense { None } else { self.demand.get(range.clone()) };
        self.cost[range].iter().enumerate().filter(|(_, cost)| **cost != NO_COST).map(
            move |(position, &cost)| {
                let demand =
                    which.map_or(u32::try_from(position).unwrap_or(u32::MAX), |which| which[position]);
                (demand, cost)
            },
        )
    }

    /// Calls `each` with the demand from `first` until `last` in a site's row. `cursor` is where the last block
    /// ended: blocks are read in rising order.
    pub(super) fn block(
        &self,
        site: usize,
        first: usize,
        last: usize,
        cursor: &mut usize,
        mut each: impl FnMut(usize, u32),
    ) {
        let range = self.range(site);
        if self.is_dense {
            for (demand, cost) in (first..last).zip(&self.cost[range][first..last]) {
                if *cost != NO_COST {
                    each(demand, *cost);
                }
            }
            return;
        }
        let (which, costs) = (&self.demand[range.clone()], &self.cost[range]);
        while let Some(&demand) = which.get(*cursor).filter(|demand| (**demand as usize) < last) {
            if costs[*cursor] != NO_COST {
                each(demand as usize, costs[*cursor]);
            }
            *cursor += 1;
        }
    }

    /// The cost between one site and one demand, where there is a way.
    #[must_use]
    pub fn get(&self, site: usize, demand: usize) -> Option<u32> {
        let range = self.range(site);
        let cost = if self.is_dense {
            *self.cost[range].get(demand)?
        } else {
            let wanted = u32::try_from(demand).ok()?;
            let position = self.demand[range.clone()].binary_search(&wanted).ok()?;
            self.cost[range][position]
        };
        (cost != NO_COST).then_some(cost)
    }

    fn range(&self, site: usize) -> std::ops::Range<usize> {
        match (self.starts.get(site), self.starts.get(site + 1)) {
            (Some(&from), Some(&to)) => from..to,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dense_and_sparse_say_the_same() {
        let sparse = CostTable::from_rows(5, &[vec![(1, 7), (4, 2)], vec![(0, 3)]]);
        assert!(!sparse.demand.is_empty());
        let n = NO_COST;
        let dense = CostTable::dense(5, 2, vec![n, 7, n, n, 2, 3, n, n, n, n]);
        for site in 0..2 {
            assert!(sparse.row(site).eq(dense.row(site)));
            for demand in 0..6 {
                assert_eq!(sparse.get(site, demand), dense.get(site, demand));
            }
        }
        assert_eq!(dense.get(0, 4), Some(2));
        assert_eq!(dense.get(1, 1), None);
        assert_eq!(dense.get(2, 0), None);
    }
}
