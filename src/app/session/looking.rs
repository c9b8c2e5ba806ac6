//! Are the files of the open project still what they were when they were read? Looked for when somebody asks.

use super::looked::{Looked, digests};
use super::{Session, panicked};
use crate::app::information::{self, FileState};
use crate::app::notice::Notice;
use crate::io::IoError;

impl Session {
    /// Looks at the files of the project.
    pub fn look_at_files(&mut self) {
        let (project, path) = (self.project.clone(), self.path.clone());
        self.looking.start(&self.wake, move |progress| {
            let states = information::states(&project, path.as_deref(), progress)?;
            Ok(Looked { digests: digests(&project).cloned().collect(), states })
        });
    }

    /// How it stands with each file, layers first, then roads; `None` while nobody has looked at these files.
    #[must_use]
    pub fn file_states(&self) -> Option<&[FileState]> {
        let is_of_these = |looked: &&Looked| looked.digests.iter().eq(digests(&self.project));
        self.looked.as_ref().filter(is_of_these).map(|looked| &*looked.states)
    }

    pub(super) fn take_looked(&mut self) {
        match self.looking.poll() {
            None | Some(Ok(Err(IoError::Cancelled(_)))) => {}
            Some(Ok(Ok(looked))) => self.looked = Some(looked),
            Some(Ok(Err(error))) => self.notices.push(Notice::Io(error)),
            Some(Err(panic)) => self.notices.push(panicked(panic)),
        }
    }
}
