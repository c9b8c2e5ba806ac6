//! What have two people written in two copies of a project, and how does the work of the other come into mine? What differs
//! is listed side by side and chosen; nothing of either is lost untold.
//!
//! First the other project is put on my layers and my numbers (`aligned`), then compared thing by thing (`amended`,
//! `followed`, `drawn`, `assumed`): what only the other has is an addition, what both have otherwise a contradiction.

mod aligned;
mod amended;
mod assumed;
mod difference;
mod drawn;
mod followed;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use self::difference::{Choice, Difference};
use super::command::Command;
use crate::model::Project;
use crate::model::process::LogEntry;

/// The work of somebody else beside mine.
#[derive(Debug, Clone, Default)]
pub struct Merge {
    /// What the other project is called.
    pub name: String,
    pub differences: Vec<Difference>,
    /// Layers of the other project that are not in mine; what was written of their places waits for a decision.
    pub without: Vec<String>,
    /// Changes that the other logged and I did not.
    log: Vec<Arc<LogEntry>>,
}

/// The work of another project beside mine.
#[must_use]
pub fn compare(mine: &Project, theirs: &Project) -> Merge {
    let (theirs, without) = aligned::on_my_layers(mine, theirs);
    let theirs = aligned::with_my_numbers(mine, theirs);
    let mut differences = drawn::services(mine, &theirs);
    differences.extend(drawn::trials(mine, &theirs));
    differences.extend(amended::differences(mine, &theirs));
    differences.extend(followed::differences(mine, &theirs));
    differences.extend(drawn::closures(mine, &theirs));
    differences.extend(drawn::marks(mine, &theirs));
    differences.extend(drawn::plans(mine, &theirs));
    differences.extend(drawn::outages(mine, &theirs));
    differences.extend(drawn::bookmarks(mine, &theirs));
    differences.extend(drawn::waiting(mine, &theirs));
    differences.extend(assumed::differences(mine, &theirs));
    let known: BTreeSet<String> = mine.log.iter().map(|entry| format!("{entry:?}")).collect();
    let is_new = |entry: &&Arc<LogEntry>| !known.contains(&format!("{entry:?}"));
    let log = theirs.log.iter().filter(is_new).cloned().collect();
    Merge { name: theirs.name, differences, without, log }
}

impl Merge {
    /// Is there nothing to take?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// What comes of the choices, as one step; `None` where nothing is taken. `choices` in the order of the differences.
    #[must_use]
    pub fn command(&self, choices: &[Choice]) -> Option<Command> {
        let mut commands = Vec::new();
        for (at, difference) in self.differences.iter().enumerate() {
            match choices.get(at).copied().unwrap_or_else(|| difference.standard()) {
                Choice::Mine => {}
                Choice::Theirs => commands.extend(difference.taken.iter().cloned()),
                Choice::Both => commands.extend(difference.beside.iter().cloned()),
            }
        }
        if commands.is_empty() {
            return None;
        }
        Some(Command::Merge { name: self.name.clone(), commands, log: self.log.clone() })
    }

    /// The choices that hold while nobody has chosen.
    #[must_use]
    pub fn standard(&self) -> Vec<Choice> {
        self.differences.iter().map(Difference::standard).collect()
    }
}
