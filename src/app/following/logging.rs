//! Which changes are logged, and under whose name? Everything that decides a number or a text; not how it is drawn. Does
//! not know the clock: whoever starts the session gives it one.

use std::sync::Arc;

use crate::app::command::Command;
use crate::app::history::Gesture;
use crate::lang::{Lang, Said as _};
use crate::model::Project;
use crate::model::process::{LogEntry, Logged};

/// Tells the time, `YYYY-MM-DD` or more.
pub type Clock = Arc<dyn Fn() -> String + Send + Sync>;

/// Whose changes are logged, and by which clock.
pub struct Log {
    clock: Clock,
    /// The user's name; empty until they gave one.
    pub who: String,
    /// The gesture of the newest entry, which goes on in it.
    gesture: Option<Gesture>,
}

impl Log {
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock, who: String::new(), gesture: None }
    }

    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// The clock itself, for work beside the frame.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Arc::clone(&self.clock)
    }

    /// Writes down a command that led from one project to the next. `gesture` makes it one entry with those before it.
    pub fn write(
        &mut self,
        before: &Project,
        next: &mut Project,
        command: &Command,
        logged: Logged,
        gesture: Option<Gesture>,
    ) {
        if !command.is_logged() {
            return;
        }
        let continues = gesture.is_some() && self.gesture == gesture;
        self.gesture = gesture;
        let site = command.site();
        // A place that the command takes away or brings has its name on one side only.
        let name = |project: &Project| site.and_then(|site| project.site_name(site));
        let entry = LogEntry {
            at: (self.clock)(),
            who: self.who.trim().to_owned(),
            logged,
            what: [command.said(Lang::Sv), command.said(Lang::En)],
            place: name(before).or_else(|| name(next)).unwrap_or_default(),
        };
        let entries = Arc::make_mut(&mut next.log);
        if continues {
            entries.pop();
        }
        entries.push(Arc::new(entry));
    }
}
