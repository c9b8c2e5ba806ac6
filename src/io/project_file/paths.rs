//! How does a project name its source files, so that it can be moved together with them?

use std::path::{Component, Path, PathBuf};

/// The path as saved: relative with `/` where the file lies in the project's folder or below it, else absolute.
///
/// JSON holds text only: what is not Unicode in a name is replaced, and the file has to be pointed out anew.
pub fn saved_from_path(project_file: &Path, source: &Path) -> String {
    let source = absolute(source);
    let folder = folder_of(project_file);
    let inside = relative(&folder, &source).or_else(|| {
        // The same folder can be reached by two names, through a link.
        relative(&folder.canonicalize().ok()?, &source.canonicalize().ok()?)
    });
    inside.unwrap_or_else(|| source.to_string_lossy().into_owned())
}

/// The file meant by a saved path.
pub fn path_from_saved(project_file: &Path, saved: &str) -> PathBuf {
    if Path::new(saved).is_absolute() {
        return saved.into();
    }
    let mut path = folder_of(project_file);
    path.extend(saved.split('/'));
    path
}

fn relative(folder: &Path, source: &Path) -> Option<String> {
    let names: Option<Vec<_>> = source
        .strip_prefix(folder)
        .ok()?
        .components()
        .map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        })
        .collect();
    names.filter(|names| !names.is_empty()).map(|names| names.join("/"))
}

fn folder_of(project_file: &Path) -> PathBuf {
    absolute(project_file).parent().map_or_else(PathBuf::new, Path::to_owned)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
