//! What has another copy of a project, beside the one that is open?

use std::path::{Path, PathBuf};

use super::opening::{Opened, open_project};
use crate::app::merging::{Choice, Merge, compare};
use crate::app::notice::Notice;
use crate::io::project_file::FileVersion;
use crate::io::{IoError, stem};
use crate::model::Project;
use crate::progress::Progress;

/// The work of another copy, and what was chosen of it.
pub struct Merging {
    pub merge: Merge,
    /// In the order of the differences.
    pub choices: Vec<Choice>,
    /// The file, and what it held.
    pub(super) path: PathBuf,
    pub(super) version: Option<FileVersion>,
    /// The revision of the project that was compared.
    pub(super) revision: u64,
}

/// The work of a project file beside a project, and what is told of that file.
///
/// # Errors
/// [`IoError`] when the file cannot be read, or when cancelled.
pub fn compare_file(
    mine: &Project,
    path: &Path,
    progress: &dyn Progress,
) -> Result<(Merge, Vec<Notice>, Option<FileVersion>), IoError> {
    let Opened { project, notices, version, .. } = open_project(path, progress)?;
    let mut merge = compare(mine, &project);
    // Copies bear one name: the file tells them apart.
    if merge.name.is_empty() || merge.name == mine.name {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        stem(&file).clone_into(&mut merge.name);
    }
    Ok((merge, notices, version))
}
