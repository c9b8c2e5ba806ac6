//! What does the window remember of the places? The order of their table, and which of them it leaves out.

use std::collections::BTreeSet;

use crate::siting::Verdict;

/// What is looked at in the step of places.
#[derive(Debug, Clone)]
pub struct PlacesState {
    /// The column of the table, and whether the largest stand first.
    pub sort: (PlaceColumn, bool),
    /// A part of the names shown.
    pub filter: String,
    pub hidden_verdicts: BTreeSet<Verdict>,
}

impl Default for PlacesState {
    fn default() -> Self {
        Self { sort: (PlaceColumn::default(), true), filter: String::new(), hidden_verdicts: BTreeSet::new() }
    }
}

/// A column of the table of places that can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlaceColumn {
    Name,
    Area,
    Verdict,
    Gap,
    Near,
    Far,
    Nearest,
    /// People left without any store if it closes.
    Left,
    #[default]
    Extra,
    Fuel,
    Sot,
    Rescue,
}
