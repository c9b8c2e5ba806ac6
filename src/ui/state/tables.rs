//! What does the window remember of its tables? By which column each is sorted, and what is filtered of a layer.

use std::collections::BTreeMap;

use crate::app::work::listing::Filter;
use crate::model::LayerId;

/// By which column a table is sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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

/// The tables of several steps.
#[derive(Debug, Clone, Default)]
pub struct TablesState {
    sorts: BTreeMap<&'static str, Sort>,
    pub features: FeaturesState,
}

impl TablesState {
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
