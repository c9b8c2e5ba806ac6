//! Has another program the project open? A small file beside it says who and since when; it counts only while the system
//! holds its lock, so that one left behind by a crash stands in nobody's way.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use crate::io::OpenBy;

/// A project that this program has open; given back when dropped.
#[derive(Debug)]
pub struct ProjectLock {
    path: PathBuf,
    /// Holds the system's lock.
    _file: File,
}

/// What came of trying to open a project for writing.
#[derive(Debug)]
pub enum Locked {
    Ours(ProjectLock),
    /// Another program has it open.
    Theirs(OpenBy),
    /// Nothing can be told: the folder cannot be written, or knows no locks.
    Untold,
}

impl ProjectLock {
    /// Says that this program has the project open, unless another has.
    #[must_use]
    pub fn take(project: &Path, by: &OpenBy) -> Locked {
        let Some(path) = beside(project) else { return Locked::Untold };
        let opened = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let Ok(mut file) = opened else { return Locked::Untold };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let _ = file.read_to_string(&mut text);
                return Locked::Theirs(serde_json::from_str(&text).unwrap_or_default());
            }
            Err(TryLockError::Error(_)) => {
                let _ = fs::remove_file(&path);
                return Locked::Untold;
            }
        }
        let text = serde_json::to_vec(by).unwrap_or_default();
        // Who it is is comfort; the lock is what counts.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(&text));
        Locked::Ours(Self { path, _file: file })
    }
}

impl Drop for ProjectLock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn beside(project: &Path) -> Option<PathBuf> {
    let mut name = project.file_name()?.to_owned();
    name.push(".sotplan-lock");
    Some(project.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eva() -> OpenBy {
        OpenBy { who: "Eva Ek".into(), computer: "krokom-7".into(), since: "2026-11-29T10:00:00".into() }
    }

    #[test]
    fn the_second_is_told_who_has_it_and_gets_it_when_the_first_lets_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = folder.path().join("kommunen å.gpkg");
        let Locked::Ours(first) = ProjectLock::take(&project, &eva()) else { panic!("free") };
        let Locked::Theirs(who) = ProjectLock::take(&project, &OpenBy::default()) else { panic!("taken") };
        assert_eq!(who, eva());
        drop(first);
        assert!(matches!(ProjectLock::take(&project, &OpenBy::default()), Locked::Ours(_)));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is left behind");
    }

    #[test]
    fn what_a_crash_left_behind_stands_in_nobodys_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = folder.path().join("p.gpkg");
        fs::write(folder.path().join("p.gpkg.sotplan-lock"), "{\"who\":\"Eva\"}").expect("written");
        assert!(matches!(ProjectLock::take(&project, &eva()), Locked::Ours(_)));
        fs::write(folder.path().join("p.gpkg.sotplan-lock"), "no JSON").expect("written");
        assert!(matches!(ProjectLock::take(&project, &eva()), Locked::Ours(_)));
    }

    #[test]
    fn a_folder_that_is_not_there_tells_nothing() {
        assert!(matches!(ProjectLock::take(Path::new("/no such folder/p.gpkg"), &eva()), Locked::Untold));
    }
}
