//! What does the window remember of the reserve power that is sized? Whose it is, and why a file gave no list.

use crate::model::{Message, SiteId};

/// The form of a place's reserve power; its list is part of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizingForm {
    /// Where the list of the place stands.
    pub site: SiteId,
    /// Why the file that was read last gave no list.
    pub refused: Option<Message>,
}

impl SizingForm {
    #[must_use]
    pub const fn of(site: SiteId) -> Self {
        Self { site, refused: None }
    }
}
