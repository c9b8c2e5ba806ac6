//! What is a step of the work? The row that its folder gives.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use crate::lang::Lang;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons::Icon;
use crate::ui::state::{Shown, StepId, View};

/// Draws a part of the window.
pub type Draw = fn(&mut Ui, &Cx<'_>, &mut View, &mut Vec<Action>);

/// A step of the work.
pub struct Step {
    pub id: StepId,
    pub names: [&'static str; 2],
    pub icon: Icon,
    pub key: Key,
    /// What map, inspector and work in the background show with it.
    pub shown: &'static [Shown],
    /// The panel on the left.
    pub panel: Draw,
    /// The sheet of tables.
    pub tables: Draw,
}

impl Step {
    #[must_use]
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.names[0], self.names[1])
    }

    #[must_use]
    pub const fn shortcut(&self) -> KeyboardShortcut {
        KeyboardShortcut::new(Modifiers::COMMAND, self.key)
    }
}
