//! What came of a save? Where the project lies now, and what its file holds; or whose work it would have gone over.

use std::path::PathBuf;

use crate::io::OpenBy;
use crate::io::project_file::{FileVersion, ProjectLock};

/// A project that was saved.
pub struct SavedAs {
    pub path: PathBuf,
    pub version: FileVersion,
    /// Taken with the save, where the file was not open here before.
    pub lock: Option<ProjectLock>,
}

/// A save that would have gone over the work of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    pub path: PathBuf,
    /// Who saved it meanwhile, or has it open.
    pub by: OpenBy,
    /// It was saved meanwhile; otherwise it is open elsewhere.
    pub has_changed: bool,
}
