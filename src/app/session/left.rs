//! What did a program leave behind that ended without saving? The project, when it was last worked on, and where it lies.

use std::path::{Path, PathBuf};

use crate::io::project_file::{self, FileVersion};
use crate::lang::Lang;
use crate::say;

/// Work that another run left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftBehind {
    /// Where the rescued work lies.
    pub path: PathBuf,
    /// The file that it is unsaved work on; empty where it was never saved; `None` where that is not known.
    pub of: Option<PathBuf>,
    /// What that file held when the work began, where that is known.
    pub version: Option<FileVersion>,
    /// The name of the project; may be empty.
    pub name: String,
    /// When it was rescued, as `2026-11-30T14:32:05+01:00`; empty where that is not known.
    pub at: String,
}

impl LeftBehind {
    /// Of which nothing is known yet but its place.
    #[must_use]
    pub const fn at(path: PathBuf) -> Self {
        Self { path, of: None, version: None, name: String::new(), at: String::new() }
    }

    /// What can be told of rescued work; of a file that cannot be read, nothing but its place.
    #[must_use]
    pub fn look(path: PathBuf) -> Self {
        let origin = project_file::origin(&path).ok();
        let name = project_file::open(&path).map(|saved| saved.name().to_owned()).unwrap_or_default();
        let Some(origin) = origin else { return Self { name, ..Self::at(path) } };
        let (of, version, at) = (origin.rescued_of, origin.rescued_version, origin.saved_at);
        Self { path, of, version, name, at }
    }

    /// The file that it goes on as work on, with what that held: where both are known and the file is there.
    #[must_use]
    pub fn goes_on_with(&self) -> Option<(PathBuf, FileVersion)> {
        let of = self.of.clone().filter(|of| of.is_file())?;
        Some((of, self.version.clone()?))
    }

    /// The project, with the day and the minute of its last edit.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let file = |of: &Path| of.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = match (self.of.as_deref().map(file), self.name.as_str()) {
            (Some(Some(file)), _) => say!(lang, "projektet {file}", "the project {file}"),
            (Some(None), "") => {
                lang.pick("ett projekt som aldrig sparats", "a project that was never saved").to_owned()
            }
            (None, "") => lang.pick("ett projekt", "a project").to_owned(),
            (None, name) => say!(lang, "projektet ”{name}”", "the project “{name}”"),
            (Some(None), name) => say!(
                lang,
                "projektet ”{name}”, som aldrig sparats",
                "the project “{name}”, which was never saved"
            ),
        };
        let minute: String = self.at.replace('T', " ").chars().take(16).collect();
        if minute.is_empty() {
            return name;
        }
        say!(lang, "{name}, senast ändrat {minute}", "{name}, last changed {minute}")
    }
}
