//! From where is a source file of a saved project read? From the project file where it lies packed in it, else from
//! where it was; what was unpacked once serves also after a crash.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::app::information::FileState;
use crate::app::load;
use crate::io::settings_file::Folders;
use crate::io::{IoError, LoadOptions, Loaded, project_file};
use crate::model::{Gives, Join, SourcePlace};
use crate::progress::Progress;

/// The files that lie in a project file.
pub(super) struct Packed<'a> {
    project: &'a Path,
    digests: BTreeSet<String>,
    /// Where they are laid.
    folder: PathBuf,
}

impl<'a> Packed<'a> {
    pub fn of(project: &'a Path) -> Result<Self, IoError> {
        let files = project_file::packed_files(project)?;
        let folder = Folders::of_user().map_or_else(std::env::temp_dir, |folders| folders.cache);
        Ok(Self {
            project,
            digests: files.into_iter().map(|file| file.digest).collect(),
            folder: folder.join("packed"),
        })
    }

    /// Where a file of this digest is read from, if not from where it was.
    pub fn path_of(
        &self,
        digest: &str,
        place: &Path,
        progress: &dyn Progress,
    ) -> Result<Option<PathBuf>, IoError> {
        if self.digests.contains(digest) {
            return project_file::unpack(self.project, digest, &self.folder, progress).map(Some);
        }
        let Some(name) = place.file_name().filter(|_| !place.exists()) else { return Ok(None) };
        let known = self.folder.join(digest).join(name);
        Ok(known.is_file().then_some(known))
    }

    /// How it stands with a file that was read and is what it was.
    pub fn state_of(&self, digest: &str, place: &SourcePlace) -> FileState {
        match place {
            SourcePlace::Demo(_) | SourcePlace::BuiltIn(_) => FileState::BuiltIn,
            SourcePlace::File(_) if self.digests.contains(digest) => FileState::Packed,
            SourcePlace::File(path) if path.exists() => FileState::Same,
            SourcePlace::File(_) => FileState::Kept,
        }
    }

    /// Reads a layer's file with the tables joined to it, wherever they lie; it is known by where it was.
    pub fn read(
        &self,
        source: &project_file::SavedSource,
        options: &LoadOptions,
        progress: &dyn Progress,
    ) -> Result<Loaded, IoError> {
        let SourcePlace::File(path) = &source.place else {
            return load::read_place(&source.place, options, progress);
        };
        let own = self.path_of(&source.sha256, path, progress)?;
        let mut found = options.clone();
        let digests = in_order_of_joins(&options.reading.joins, &source.joined);
        for (join, digest) in found.reading.joins.iter_mut().zip(digests) {
            if let Some(path) = self.path_of(digest, &join.file, progress)? {
                join.file = path;
            }
        }
        let place = own.map_or_else(|| source.place.clone(), SourcePlace::File);
        let mut loaded = load::read_place(&place, &found, progress)?;
        loaded.source.place = source.place.clone();
        loaded.source.reading.joins.clone_from(&options.reading.joins);
        Ok(loaded)
    }
}

/// The digests of joined files in the order of the joins: they are told with those first that give places.
fn in_order_of_joins<'a>(joins: &[Join], told: &'a [String]) -> Vec<&'a str> {
    let mut order: Vec<usize> = (0..joins.len()).collect();
    order.sort_by_key(|at| joins[*at].gives != Gives::Places);
    // One that was not needed is not told: which it was nobody can say.
    if order.len() != told.len() {
        return Vec::new();
    }
    let mut digests = vec![""; joins.len()];
    for (at, digest) in order.into_iter().zip(told) {
        digests[at] = digest;
    }
    digests
}
