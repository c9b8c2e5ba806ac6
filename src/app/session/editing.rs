//! How is the project of a running program changed, undone and redone? Each change is a command, and is logged.

use super::Session;
use crate::app::command::Command;
use crate::app::following::Clock;
use crate::app::history::Gesture;
use crate::model::process::Logged;

impl Session {
    /// A name for the next gesture; its commands become one step.
    pub fn begin_gesture(&mut self) -> Gesture {
        self.next_gesture += 1;
        self.next_gesture
    }

    #[expect(clippy::needless_pass_by_value, reason = "a command is done once")]
    pub fn edit(&mut self, command: Command, gesture: Option<Gesture>) {
        let mut next = self.history.edit(&self.project, command.clone(), gesture);
        self.log.write(&self.project, &mut next, &command, Logged::Done, gesture);
        self.change(next);
    }

    pub fn undo(&mut self) {
        let command = self.history.undo_command().cloned();
        if let (Some(mut before), Some(command)) = (self.history.undo(&self.project), command) {
            self.log.write(&self.project, &mut before, &command, Logged::Undone, None);
            self.change(before);
        }
    }

    /// Whose changes are logged from now on; empty where nobody gave a name.
    pub fn log_as(&mut self, who: &str) {
        if self.log.who != who {
            who.clone_into(&mut self.log.who);
        }
    }

    /// The clock that the log is written by; until then it knows the day of the session.
    pub fn log_by(&mut self, clock: Clock) {
        self.log.set_clock(clock);
    }

    /// Undoes so many steps at once, or redoes so many where it is below 0.
    pub fn undo_steps(&mut self, steps: isize) {
        for _ in 0..steps.unsigned_abs() {
            if steps > 0 { self.undo() } else { self.redo() }
        }
    }

    pub fn redo(&mut self) {
        let command = self.history.redo_command().cloned();
        if let (Some(mut after), Some(command)) = (self.history.redo(&self.project), command) {
            self.log.write(&self.project, &mut after, &command, Logged::Redone, None);
            self.change(after);
        }
    }
}
