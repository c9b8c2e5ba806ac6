//! How is a project saved, or packed with all its files for somebody else?

use std::path::PathBuf;
use std::sync::Arc;

use super::{Session, panicked};
use crate::app::notice::Notice;
use crate::io::project_file;
use crate::model::{Project, RoadClosure};

impl Session {
    /// The closures with the roads they were made on, as far as the results know them.
    #[must_use]
    pub fn closures_made_on(&self) -> Vec<RoadClosure> {
        let closures = self.project.closures.as_ref();
        self.results.as_ref().map_or_else(|| closures.clone(), |results| results.travel.made_on(closures))
    }

    /// The project as it is saved: with what its closures were made on.
    pub(super) fn to_be_saved(&self) -> Project {
        Project { closures: Arc::new(self.closures_made_on()), ..self.project.clone() }
    }

    /// Saves the project.
    pub fn save(&mut self, path: PathBuf) {
        let project = self.to_be_saved();
        self.saving_revision = self.revision;
        // What lies packed in the file that it came from comes along.
        let packed_in = self.path.clone();
        self.saving.start(&self.wake, move |progress| {
            project_file::save_as(&path, &project, packed_in.as_deref(), progress).map(|()| path)
        });
    }

    /// Writes a copy of the project with all its files in it; the project stays where it is.
    pub fn pack(&mut self, path: PathBuf) {
        let (project, packed_in) = (self.to_be_saved(), self.path.clone());
        self.exporting.start(&self.wake, move |progress| {
            let files = project_file::pack(&path, &project, packed_in.as_deref(), progress)?;
            Ok(Notice::packed(path, &files))
        });
    }

    pub(super) fn take_saved(&mut self) {
        match self.saving.poll() {
            None => {}
            Some(Ok(Ok(path))) => {
                self.saved_revision = self.saving_revision;
                self.path = Some(path.clone());
                if let Some(place) =
                    self.rescue_place.as_ref().filter(|_| self.saved_revision == self.revision)
                {
                    place.clear();
                }
                self.notices.push(Notice::Saved(path));
            }
            Some(Ok(Err(error))) => self.notices.push(Notice::Io(error)),
            Some(Err(panic)) => self.notices.push(panicked(panic)),
        }
    }
}
