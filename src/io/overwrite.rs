//! Would a file that is about to be written replace one that was read? What a user has given is never written over.

use std::path::{Path, PathBuf};

use super::IoError;
use super::input::table_named;

/// Refuses when an output is one of the inputs, by whatever name.
///
/// # Errors
/// [`IoError::IsInput`] with the output.
pub fn refuse_overwriting<'a>(
    inputs: impl IntoIterator<Item = &'a Path>,
    outputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), IoError> {
    let inputs: Vec<&Path> = inputs.into_iter().collect();
    overwritten(&inputs, outputs).map_or(Ok(()), |(_, path)| Err(IoError::IsInput { path: path.to_owned() }))
}

/// The first output that is one of the inputs, by whatever name, and which of them.
pub fn overwritten<'a>(
    inputs: &[&Path],
    outputs: impl IntoIterator<Item = &'a Path>,
) -> Option<(usize, &'a Path)> {
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| real(&file_of(input))).collect();
    outputs.into_iter().find_map(|output| {
        let written = real(output);
        Some((inputs.iter().position(|input| *input == written)?, output))
    })
}

/// The file of an input, which may name a table of it.
fn file_of(input: &Path) -> PathBuf {
    table_named(input).map_or_else(|| input.to_owned(), |(file, _)| file)
}

/// Is there a file of this name?
#[must_use]
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

/// A path without links and detours; of a file that is not there yet, the real folder and its name.
fn real(path: &Path) -> PathBuf {
    let of_folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(of_folder).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_known_by_every_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let input = folder.path().join("pop.geojson");
        std::fs::write(&input, "x").expect("a file");
        let same = folder.path().join(".").join("pop.geojson");
        let refused = refuse_overwriting([input.as_path()], [same.as_path()]);
        assert!(matches!(refused, Err(IoError::IsInput { .. })));
        let other = folder.path().join("demand.geojson");
        assert!(refuse_overwriting([input.as_path()], [other.as_path()]).is_ok());
    }
}
