//! How did it stand with the files of a project when somebody looked?

use crate::app::information::FileState;
use crate::model::Project;

/// How it stood with each file.
pub struct Looked {
    /// The digests of the files that were looked at.
    pub digests: Vec<String>,
    pub states: Vec<FileState>,
}

/// The digests of a project's files, layers first, then roads.
pub fn digests(project: &Project) -> impl Iterator<Item = &String> {
    let layers = project.layers.iter().map(|layer| &layer.source.sha256);
    layers.chain(project.roads.iter().map(|layer| &layer.source.sha256))
}
