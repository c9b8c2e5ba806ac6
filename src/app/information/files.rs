//! Are the files of a project there, and are they what they were when they were read?

use std::collections::BTreeSet;
use std::path::Path;

use crate::io::{Input, IoError, project_file};
use crate::lang::{Lang, Said};
use crate::model::{Project, SourceFile, SourcePlace};
use crate::progress::Progress;

/// How it stands with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// The same bytes as were read.
    Same,
    /// Other bytes.
    Changed,
    /// Not there, or it cannot be opened.
    Missing,
    /// In the project file itself.
    Packed,
    /// Not where it was; a copy that was unpacked on this computer before is read.
    Kept,
    /// In the program itself.
    BuiltIn,
}

impl FileState {
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Packed => "packed",
            Self::Kept => "kept",
            Self::BuiltIn => "built-in",
        }
    }
}

impl Said for FileState {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Same => lang.pick("oförändrad", "unchanged"),
            Self::Changed => lang.pick("har ändrats", "has changed"),
            Self::Missing => lang.pick("hittas inte", "not found"),
            Self::Packed => lang.pick("i projektfilen", "in the project file"),
            Self::Kept => lang.pick("en kopia på den här datorn", "a copy on this computer"),
            Self::BuiltIn => lang.pick("i programmet", "in the program"),
        }
        .into()
    }
}

/// How it stands with each file of a project, layers first, then roads. `project_file` is where it was saved: what lies
/// packed in it is read from there.
///
/// # Errors
/// [`IoError`] when the project file cannot be read, or when cancelled.
pub fn states(
    project: &Project,
    project_file: Option<&Path>,
    progress: &dyn Progress,
) -> Result<Vec<FileState>, IoError> {
    let packed = project_file.map(project_file::packed_files).transpose()?.unwrap_or_default();
    let packed: BTreeSet<&str> = packed.iter().map(|file| file.digest.as_str()).collect();
    let layers = project.layers.iter().map(|layer| {
        let joins = &layer.source.reading.joins;
        let joined = layer.table.report.joined.iter();
        let joined =
            joined.filter_map(|told| Some((joins.get(told.nth)?.file.as_path(), told.sha256.as_str())));
        (&layer.source, joined.collect::<Vec<_>>())
    });
    let all = layers.chain(project.roads.iter().map(|layer| (&layer.source, Vec::new())));
    all.map(|(source, joined)| {
        let own = of_source(source, &packed, progress)?;
        let mut worst = own;
        for (path, digest) in joined {
            let state = of_file(path, digest, &packed, progress)?;
            if matches!(state, FileState::Changed | FileState::Missing) {
                worst = state;
            }
        }
        Ok(worst)
    })
    .collect()
}

fn of_source(
    source: &SourceFile,
    packed: &BTreeSet<&str>,
    progress: &dyn Progress,
) -> Result<FileState, IoError> {
    match &source.place {
        SourcePlace::File(path) => of_file(path, &source.sha256, packed, progress),
        SourcePlace::Demo(_) | SourcePlace::BuiltIn(_) => Ok(FileState::BuiltIn),
    }
}

fn of_file(
    path: &Path,
    digest: &str,
    packed: &BTreeSet<&str>,
    progress: &dyn Progress,
) -> Result<FileState, IoError> {
    if packed.contains(digest) {
        return Ok(FileState::Packed);
    }
    let found = Input::open(path).and_then(|input| input.sha256(progress).map(str::to_owned));
    match found {
        Ok(found) if found == digest => Ok(FileState::Same),
        Ok(_) => Ok(FileState::Changed),
        Err(error @ IoError::Cancelled(_)) => Err(error),
        Err(_) => Ok(FileState::Missing),
    }
}
