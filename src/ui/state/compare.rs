//! What does the window remember of comparing? The table shown, its order, the factor that is open.

use crate::model::Factor;

/// What is looked at in the step of comparing.
#[derive(Debug, Clone)]
pub struct CompareState {
    pub tab: CompareTab,
    /// The column of the table of flags, and whether the largest stand first.
    pub sort: (FlagColumn, bool),
    /// The factor whose value function is open.
    pub open_factor: Option<Factor>,
    /// What is typed to find a place to lay beside the others.
    pub wanted: String,
}

impl Default for CompareState {
    fn default() -> Self {
        Self {
            tab: CompareTab::default(),
            sort: (FlagColumn::default(), true),
            open_factor: None,
            wanted: String::new(),
        }
    }
}

/// What the step of comparing shows: the flags first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CompareTab {
    #[default]
    Flags,
    Ranking,
    Pairwise,
    /// Some of the places side by side.
    Beside,
}

/// A column of the table of flags that can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FlagColumn {
    Name,
    Area,
    Verdict,
    #[default]
    Flags,
    Questions,
    Factor(Factor),
}
