//! How does the work of another copy of the project come into the one that is open? Read and compared as a job; chosen in
//! the window; taken as one step.

use std::path::PathBuf;

use super::copies::{Merging, compare_file};
use super::{Session, panicked};
use crate::app::merging::Choice;
use crate::app::notice::Notice;
use crate::io::IoError;

impl Session {
    /// Looks into another copy of the project.
    pub fn look_at_copy(&mut self, path: PathBuf) {
        let (project, revision) = (self.project.clone(), self.revision);
        self.comparing.start(&self.wake, move |progress| {
            let (merge, notices, version) = compare_file(&project, &path, progress)?;
            let choices = merge.standard();
            Ok((Merging { merge, choices, path, version, revision }, notices))
        });
    }

    pub(super) fn take_compared(&mut self) {
        match self.comparing.poll() {
            None | Some(Ok(Err(IoError::Cancelled(_)))) => {}
            Some(Ok(Ok((merging, notices)))) => {
                self.notices.extend(notices);
                if merging.merge.is_empty() {
                    self.know_what_was_read(&merging);
                    self.notices.push(Notice::NothingToMerge(merging.merge.name));
                } else {
                    self.merging = Some(merging);
                }
            }
            Some(Ok(Err(error))) => self.notices.push(Notice::Io(error)),
            Some(Err(panic)) => self.notices.push(panicked(panic)),
        }
    }

    /// The project's own file was read: what stands in it now is known here, and may be saved over.
    fn know_what_was_read(&mut self, merging: &Merging) {
        if self.path.as_ref() == Some(&merging.path) {
            self.version.clone_from(&merging.version);
        }
    }

    /// Another choice for one of the differences.
    pub fn choose_of_copy(&mut self, at: usize, choice: Choice) {
        if let Some(known) = self.merging.as_mut().and_then(|merging| merging.choices.get_mut(at)) {
            *known = choice;
        }
    }

    /// Takes what was chosen, as one step.
    pub fn take_of_copy(&mut self) {
        let Some(merging) = self.merging.take() else { return };
        // What was compared has changed meanwhile: numbers may be others.
        if merging.revision != self.revision {
            self.notices.push(Notice::MergeOutdated);
            return;
        }
        self.know_what_was_read(&merging);
        if let Some(command) = merging.merge.command(&merging.choices) {
            self.edit(command, None);
        }
    }
}
