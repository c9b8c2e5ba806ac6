//! What does the window remember of a file that is looked at before it is loaded?

use crate::model::Gives;

/// What is taken from another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinWhat {
    Columns,
    Places,
}

impl JoinWhat {
    #[must_use]
    pub const fn gives(self) -> Gives {
        match self {
            Self::Columns => Gives::Columns(Vec::new()),
            Self::Places => Gives::Places,
        }
    }
}

/// What of the sheet is shown.
#[derive(Debug, Clone, Default)]
pub struct ImportState {
    /// The table that is shown.
    pub at: usize,
    pub tab: ImportTab,
    /// The name under which the choices will be kept.
    pub name: String,
}

/// What of a table is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ImportTab {
    #[default]
    Rows,
    Map,
    Refused,
    Difference,
}
