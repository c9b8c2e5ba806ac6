//! What does the window remember of the places? The order of their table, and which of them it leaves out.

use std::collections::BTreeSet;

use crate::siting::Verdict;

/// What is looked at in the step of places.
#[derive(Debug, Clone)]
pub struct PlacesState {
    /// The column chosen of the table, by its name, and whether the largest stand first.
    pub sort: (Option<String>, bool),
    /// A part of the names shown.
    pub filter: String,
    pub hidden_verdicts: BTreeSet<Verdict>,
}

impl Default for PlacesState {
    fn default() -> Self {
        Self { sort: (None, true), filter: String::new(), hidden_verdicts: BTreeSet::new() }
    }
}
