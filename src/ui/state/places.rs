//! What does the window remember of the places? The order of their table, and which of them it leaves out.

use std::collections::BTreeSet;

use crate::siting::Verdict;

/// What is looked at in the step of places.
#[derive(Debug, Clone, Default)]
pub struct PlacesState {
    /// A part of the names shown.
    pub filter: String,
    pub hidden_verdicts: BTreeSet<Verdict>,
}
