//! How does something that is written down become a change of the project?

use crate::app::command::Command;
use crate::app::following::FollowChange;
use crate::model::SiteId;
use crate::ui::action::Action;

/// Writes a change of a place down; one step with others of the same widget.
pub(super) struct Pen<'a> {
    pub site: &'a SiteId,
    pub actions: &'a mut Vec<Action>,
}

impl Pen<'_> {
    pub fn write(&mut self, change: FollowChange) {
        self.actions.push(Action::Edit(Command::Follow(self.site.clone(), change)));
    }

    pub fn write_by(&mut self, id: egui::Id, change: FollowChange) {
        self.actions.push(Action::EditBy(id, Command::Follow(self.site.clone(), change)));
    }
}
