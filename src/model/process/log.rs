//! Who changed what, and when? The log of a project; it is never undone, undoing writes an entry of its own.

use std::sync::Arc;

use crate::lang::{Lang, Said};

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Logged {
    #[default]
    Done,
    Undone,
    Redone,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    /// The time as the program was told it, `YYYY-MM-DD` with or without `THH:MM:SS` and zone.
    pub at: String,
    /// The name that the user gave; empty where none was.
    pub who: String,
    pub logged: Logged,
    /// In both languages, Swedish first: whoever opens the project reads their own.
    pub what: [String; 2],
    /// The place it was about, by its name then.
    pub place: String,
}

impl Said for LogEntry {
    fn said(&self, lang: Lang) -> String {
        let [sv, en] = &self.what;
        let what = lang.pick(sv, en);
        let before = match self.logged {
            Logged::Done => "",
            Logged::Undone => lang.pick("ångrade: ", "undid: "),
            Logged::Redone => lang.pick("gjorde om: ", "did again: "),
        };
        if self.place.is_empty() {
            format!("{before}{what}")
        } else {
            format!("{}: {before}{what}", self.place)
        }
    }
}

/// Entries of two logs in the order of their times; of one time mine come first.
#[must_use]
pub fn logs_together(mine: &[Arc<LogEntry>], theirs: &[Arc<LogEntry>]) -> Vec<Arc<LogEntry>> {
    let mut all: Vec<Arc<LogEntry>> = mine.iter().chain(theirs).cloned().collect();
    // A stable sort; times of one zone are in the order of their letters.
    all.sort_by(|a, b| a.at.cmp(&b.at));
    all
}
