//! What does the window remember of its tables? By which column each is sorted, and what is filtered of a layer.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::work::listing::Filter;
use crate::model::LayerId;

/// By which column a table is sorted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Sort {
    /// By its id; `None` as the table comes.
    pub column: Option<String>,
    /// The largest stand first.
    pub is_down: bool,
}

impl Sort {
    /// Sorts by a column: the largest first, or the other way round where it was so already.
    pub fn by(&mut self, column: &str) {
        self.is_down = self.column.as_deref() != Some(column) || !self.is_down;
        self.column = Some(column.to_owned());
    }
}

/// What the table of municipalities shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AreasShown {
    /// How far people have, a row each.
    #[default]
    Reach,
    /// The county table, beside what was printed.
    County,
    /// The one that is chosen, beside its county.
    Sheet,
}

/// The tables of several steps.
#[derive(Debug, Clone, Default)]
pub struct TablesState {
    sorts: BTreeMap<&'static str, Sort>,
    /// The order of each table's rows, and what it was found for.
    orders: BTreeMap<&'static str, (u64, Arc<Vec<usize>>)>,
    pub features: FeaturesState,
    pub areas: AreasShown,
}

impl TablesState {
    /// The order of a table's rows: the one known, while what it is found for stays the same.
    pub fn order(
        &mut self,
        table: &'static str,
        of: u64,
        find: impl FnOnce() -> Vec<usize>,
    ) -> Arc<Vec<usize>> {
        if let Some((_, order)) = self.orders.get(table).filter(|(known, _)| *known == of) {
            return Arc::clone(order);
        }
        let order = Arc::new(find());
        self.orders.insert(table, (of, Arc::clone(&order)));
        order
    }

    pub fn sort(&mut self, table: &'static str) -> &mut Sort {
        self.sorts.entry(table).or_default()
    }
}

/// The table of a layer's features.
#[derive(Debug, Clone, Default)]
pub struct FeaturesState {
    pub layer: Option<LayerId>,
    pub filter: Filter,
    /// The column filtered by number, and its ends as they are typed.
    pub number: (String, [String; 2]),
}
