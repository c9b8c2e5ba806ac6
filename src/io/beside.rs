//! Where is kept what was made of a large file, so that the next start has it at once? Beside the file, by content.
//! What is missing, damaged or of another version is no error: it is made again. Does not know what is kept.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::JoinHandle;

use super::settings_file::Folders;
use super::{sha256_hex, write_atomically};

/// Making that takes less than this is not worth a file, seconds.
pub const WORTH_S: f64 = 0.04;

/// Length of the sum that tells damaged bytes: CRC-32. Content is told by a SHA-256 of the file itself.
const SUM: usize = 4;

/// Files that are being written.
static WRITERS: Mutex<Vec<JoinHandle<()>>> = Mutex::new(Vec::new());

/// What is kept of a file, told by the ending of its name.
#[derive(Debug, Clone, Copy)]
pub struct Beside {
    pub ending: &'static str,
    /// Changes with every change of what is kept or of how it is made.
    pub magic: &'static [u8],
}

/// What was found beside a file.
pub struct Found {
    bytes: Vec<u8>,
    /// Where the body begins.
    from: usize,
}

impl Found {
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.bytes[self.from..]
    }
}

impl Beside {
    /// Where it may lie: beside the file, or in the user's cache folder where that cannot be written.
    fn candidates(self, path: &Path) -> Vec<PathBuf> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(self.ending);
        let mut found = vec![PathBuf::from(beside)];
        if let (Some(folders), Some(name)) = (Folders::of_user(), path.file_name()) {
            let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
            let place = sha256_hex(folder.as_bytes());
            let mut name = name.to_owned();
            name.push(format!(".{}{}", &place[..16], self.ending));
            found.push(folders.cache.join("roads").join(name));
        }
        found
    }

    /// What was kept of a file, whatever its content is now; `None` where nothing sound is there.
    #[must_use]
    pub fn read(self, path: &Path) -> Option<Found> {
        if !is_whole(path) {
            return None;
        }
        self.candidates(path).iter().find_map(|kept| {
            let bytes = std::fs::read(kept).ok()?;
            let body = bytes.strip_prefix(self.magic)?;
            let (sum, body) = body.split_at_checked(SUM)?;
            if crc32fast::hash(body).to_le_bytes() != sum {
                return None;
            }
            Some(Found { from: self.magic.len() + SUM, bytes })
        })
    }

    /// Makes something and keeps it, meanwhile: nobody waits for it but [`finish`].
    pub fn write_later(self, path: &Path, make: impl FnOnce() -> Option<Vec<u8>> + Send + 'static) {
        let path = path.to_owned();
        let keep = move || {
            if let Some(body) = make() {
                self.write(&path, &body);
            }
        };
        let writer = std::thread::Builder::new().name("keep".into()).spawn(keep);
        if let (Ok(writer), Ok(mut writers)) = (writer, WRITERS.lock()) {
            writers.retain(|writer| !writer.is_finished());
            writers.push(writer);
        }
    }

    /// Keeps something. A folder that cannot be written is passed over: the next start makes it again.
    fn write(self, path: &Path, body: &[u8]) {
        if !is_whole(path) {
            return;
        }
        let sum = crc32fast::hash(body).to_le_bytes();
        for kept in self.candidates(path) {
            if let Some(folder) = kept.parent() {
                let _ = std::fs::create_dir_all(folder);
            }
            match write_atomically(&kept, &[self.magic, &sum, body]) {
                Ok(()) => return,
                Err(error) => log::info!("{error}"),
            }
        }
    }
}

/// Waits until everything is kept: before the program ends.
pub fn finish() {
    let writers = WRITERS.lock().map(|mut writers| std::mem::take(&mut *writers)).unwrap_or_default();
    for writer in writers {
        // One that panicked has kept nothing; the next start makes it again.
        let _ = writer.join();
    }
}

/// Does the file hold all of its content? An open database has what was written last in another file beside it.
fn is_whole(path: &Path) -> bool {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    std::fs::metadata(wal).map_or(true, |meta| meta.len() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: Beside = Beside { ending: ".kept", magic: b"Kept 2\n" };

    /// What is found beside the file with these bytes in its cache.
    fn found(path: &Path, bytes: &[u8]) -> Option<Vec<u8>> {
        std::fs::write(path.with_extension("txt.kept"), bytes).expect("a write");
        KEPT.read(path).map(|found| found.body().to_vec())
    }

    #[test]
    fn a_cache_that_was_changed_anywhere_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("roads.txt");
        let body: Vec<u8> = (0..=255).chain([0; 40]).collect();
        KEPT.write(&path, &body);
        let whole = std::fs::read(folder.path().join("roads.txt.kept")).expect("the cache");
        assert_eq!(found(&path, &whole), Some(body));
        // Of the version, of the sum and of the body: every byte, one bit or all of them.
        for at in 0..whole.len() {
            for change in [1u8, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= change;
                assert_eq!(found(&path, &bytes), None, "byte {at} changed by {change}");
            }
            assert_eq!(found(&path, &whole[..at]), None, "cut off after {at} bytes");
        }
        let mut swapped = whole.clone();
        swapped.swap(20, 21);
        assert_eq!(found(&path, &swapped), None, "two bytes that changed places");
        assert_eq!(found(&path, &[&whole[..], b"\0"].concat()), None, "one byte more");
        // Of another version, older or newer, though sound in itself.
        for magic in [b"Kept 1\n", b"Kept 3\n"] {
            let mut other = whole.clone();
            other[..magic.len()].copy_from_slice(magic);
            assert_eq!(found(&path, &other), None);
        }
    }
}
