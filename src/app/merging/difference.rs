//! What do two copies of a project say otherwise, and whose word goes?

use crate::app::command::Command;
use crate::model::Message;

/// Whose word goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Mine,
    Theirs,
    /// Both stand beside each other: an item of a list.
    Both,
}

/// Something that the two projects say otherwise, or only the other says.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The place it is about; empty where it is about none.
    pub place: String,
    pub what: Message,
    /// `None`: nothing is said of it here.
    pub mine: Option<Message>,
    pub theirs: Message,
    /// Where the other's word goes.
    pub taken: Vec<Command>,
    /// Where both stand; empty where only one can.
    pub beside: Vec<Command>,
}

impl Difference {
    /// What holds while nobody has chosen: what only the other has is taken, items stand beside each other, and of
    /// two words mine stays.
    #[must_use]
    pub const fn standard(&self) -> Choice {
        if self.mine.is_none() {
            Choice::Theirs
        } else if self.beside.is_empty() {
            Choice::Mine
        } else {
            Choice::Both
        }
    }

    /// Do both say something, and not the same?
    #[must_use]
    pub const fn is_contradiction(&self) -> bool {
        self.mine.is_some()
    }
}
