//! Who works at which computer? For the file beside an open project, and for what is said to the next who wants it.

use std::fs;

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Said};

/// Who has a project open, or saved it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenBy {
    /// The name that the user gave, else that of the system.
    pub who: String,
    pub computer: String,
    /// `YYYY-MM-DDTHH:MM:SS`, of that computer's clock.
    pub since: String,
}

impl OpenBy {
    /// This user at this computer, as the system tells them.
    #[must_use]
    pub fn here(who: &str, since: String) -> Self {
        let told = |names: [&str; 2]| names.into_iter().find_map(|name| std::env::var(name).ok());
        let who = Some(who.trim().to_owned()).filter(|who| !who.is_empty());
        Self {
            who: who.or_else(|| told(["USER", "USERNAME"])).unwrap_or_default(),
            computer: told(["COMPUTERNAME", "HOSTNAME"]).or_else(host_name).unwrap_or_default(),
            since,
        }
    }
}

impl Said for OpenBy {
    /// As the end of a sentence: “, by whom, at which computer, when”; nothing where nothing is known.
    fn said(&self, lang: Lang) -> String {
        let mut out = String::new();
        if !self.who.is_empty() {
            out = format!(", {} {}", lang.pick("av", "by"), self.who);
        }
        if !self.computer.is_empty() {
            out = format!("{out} ({})", self.computer);
        }
        // To the minute: nobody asks for more.
        let since: String = self.since.replace('T', " ").chars().take(16).collect();
        if since.is_empty() { out } else { format!("{out}, {since}") }
    }
}

/// What Linux calls the computer.
fn host_name() -> Option<String> {
    let name = fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}
