//! Where do settings, tiles and rescued work lie on this machine, and how are they read and written?

use std::fs::File;
use std::path::{Path, PathBuf};

use super::{IoError, write_atomically};

/// The folders the program may use on a machine.
#[derive(Debug, Clone)]
pub struct Folders {
    pub settings: PathBuf,
    pub cache: PathBuf,
    /// Work saved by itself, for after a crash.
    pub rescue: PathBuf,
}

impl Folders {
    /// Where the system keeps such files; `None` without a home.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        let user = directories::ProjectDirs::from("se", "Sotplan", "sotplan")?;
        Some(Self {
            settings: user.config_dir().to_owned(),
            cache: user.cache_dir().to_owned(),
            rescue: user.data_local_dir().join("rescue"),
        })
    }
}

/// Reads a settings file; a missing or broken one is `None`: settings are comfort, never data.
#[must_use]
pub fn read_settings<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// # Errors
/// [`IoError::Write`] when the folder or file cannot be written.
pub fn write_settings<T: serde::Serialize>(path: &Path, value: &T) -> Result<(), IoError> {
    let failed = |source| IoError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let text = serde_json::to_vec_pretty(value).map_err(|error| failed(error.into()))?;
    write_atomically(path, &[&text])
}

/// The place where one running program rescues its work. Held by a lock while the program lives.
#[derive(Debug)]
pub struct RescuePlace {
    pub file: PathBuf,
    lock_path: PathBuf,
    _lock: File,
}

impl RescuePlace {
    /// Takes a free place, and lists the work that programs no longer running left behind.
    #[must_use]
    pub fn take(folder: &Path) -> (Option<Self>, Vec<PathBuf>) {
        if std::fs::create_dir_all(folder).is_err() {
            return (None, Vec::new());
        }
        let mut left = Vec::new();
        let mut taken = None;
        for n in 1..=64u32 {
            let lock_path = folder.join(format!("rescue-{n}.lock"));
            let file = folder.join(format!("rescue-{n}.gpkg"));
            if taken.is_some() && !file.exists() {
                continue;
            }
            let Ok(lock) = File::options().create(true).append(true).open(&lock_path) else { continue };
            if lock.try_lock().is_err() {
                continue;
            }
            if file.exists() {
                left.push(file);
            } else {
                taken = Some(Self { file, lock_path, _lock: lock });
            }
        }
        (taken, left)
    }

    /// Forgets the rescued work: it was saved, or is not wanted.
    pub fn clear(&self) {
        let _ = std::fs::remove_file(&self.file);
    }
}

impl Drop for RescuePlace {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.lock_path);
    }
}

/// Removes rescued work that is not wanted any more.
pub fn remove_rescued(path: &Path) {
    let _ = std::fs::remove_file(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_left_by_a_dead_program_is_found_but_not_that_of_a_living_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, left) = RescuePlace::take(folder.path());
        let first = first.expect("a place");
        assert!(left.is_empty());
        std::fs::write(&first.file, b"work").expect("written");
        let (second, left) = RescuePlace::take(folder.path());
        assert!(left.is_empty(), "the first still lives");
        assert_ne!(second.map(|place| place.file.clone()), Some(first.file.clone()));
        drop(first);
        let (_, left) = RescuePlace::take(folder.path());
        assert_eq!(left.len(), 1);
    }
}
