//! How is a workbook opened that comes from outside? Nothing that it claims of its own size is believed.

use std::io::{Cursor, Read as _};

use calamine::{Reader as _, Xlsx};

use crate::io::IoError;
use crate::io::content::Packing;
use crate::io::input::Input;
use crate::model::Message;
use crate::progress::Progress;

/// Bytes of text that no sheet has, and that are counted in 32 bits.
const MOST_TEXT: u64 = 1 << 31;

/// A length that is claimed before what it counts. The library believes it.
const CLAIM: &[u8] = b"uniqueCount";

/// A workbook in memory that is bounded.
pub(super) struct Workbook<'a> {
    pub book: Xlsx<Cursor<&'a [u8]>>,
    pub file: &'a str,
    /// The most that texts of a sheet may hold together, bytes.
    pub limit: u64,
}

/// Opens a workbook in memory.
///
/// # Errors
/// [`IoError`] when it is none, holds more than a workbook does, or when cancelled.
pub(super) fn opened<'a>(input: &'a Input<'_>, progress: &dyn Progress) -> Result<Workbook<'a>, IoError> {
    let file = input.file();
    let bytes = input.bytes(progress)?;
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let message = Message::new(
            "är en arbetsbok med lösenord eller i det äldre formatet .xls. Spara den i Excel som .xlsx utan lösenord",
            "is a workbook with a password or in the older format .xls. Save it in Excel as .xlsx without a password",
        );
        return Err(IoError::Table { file: file.into(), message });
    }
    bounded(file, bytes, progress)?;
    let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(file, &error))?;
    Ok(Workbook { book, file, limit: Packing::limit(bytes.len() as u64).min(MOST_TEXT) })
}

/// Unpacks everything once and keeps nothing, so that the library is given no more than a real workbook holds, and no
/// claim that it would believe.
fn bounded(file: &str, bytes: &[u8], progress: &dyn Progress) -> Result<(), IoError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook(file))?;
    let mut left = Packing::limit(bytes.len() as u64);
    let mut block = vec![0; 1 << 16];
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|error| broken(file, &error))?;
        let (mut held, mut size) = (0, 0_u64);
        let mut claimed: Option<u64> = None;
        loop {
            progress.check()?;
            let read = entry.read(&mut block[held..]).map_err(|error| broken(file, &error))?;
            if read == 0 {
                break;
            }
            let seen = &block[..held + read];
            // Texts in UTF-16 would hide their claims; Excel writes none.
            if size == 0
                && (seen.starts_with(&[0xff, 0xfe])
                    || seen.starts_with(&[0xfe, 0xff])
                    || seen.starts_with(&[0, b'<'])
                    || seen.starts_with(&[b'<', 0]))
            {
                return Err(broken(file, &"UTF-16"));
            }
            size += read as u64;
            left = left.checked_sub(read as u64).ok_or_else(|| too_large(file))?;
            claimed =
                claimed.max(memchr::memmem::find_iter(seen, CLAIM).filter_map(|at| claim(&seen[at..])).max());
            // What may be the beginning of a claim is looked at again with what follows.
            let kept = seen.len().min(CLAIM.len() + 64);
            let from = seen.len() - kept;
            block.copy_within(from..from + kept, 0);
            held = kept;
        }
        // A text of a workbook takes more bytes than one.
        if claimed.is_some_and(|claimed| claimed > size) {
            return Err(too_large(file));
        }
    }
    Ok(())
}

/// The number behind the name of a claim.
fn claim(text: &[u8]) -> Option<u64> {
    let is_between = |byte: &&u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'');
    let digits =
        text.iter().skip(CLAIM.len()).skip_while(is_between).take_while(|byte| byte.is_ascii_digit());
    let number = |known: Option<u64>, digit: &u8| {
        Some(known.unwrap_or(0).saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    };
    digits.fold(None, number)
}

fn no_workbook(file: &str) -> IoError {
    let message = Message::new(
        "är ingen arbetsbok, eller är avkortad. Öppna den i Excel och spara den på nytt som .xlsx, eller hämta den igen. Är det en tabell av text: byt filändelsen till .csv",
        "is no workbook, or is cut short. Open it in Excel and save it again as .xlsx, or fetch it anew. If it is a table of text, change its ending to .csv",
    );
    IoError::Table { file: file.into(), message }
}

pub(super) fn broken(file: &str, error: &dyn std::fmt::Display) -> IoError {
    let message = Message::new(
        format!("arbetsboken kan inte läsas ({error}). Öppna den i Excel och spara den på nytt som .xlsx"),
        format!("the workbook cannot be read ({error}). Open it in Excel and save it again as .xlsx"),
    );
    IoError::Table { file: file.into(), message }
}

pub(super) fn too_large(file: &str) -> IoError {
    let message = Message::new(
        "arbetsboken säger sig hålla orimligt mycket data och läses inte. Hämta den från en källa du litar på",
        "the workbook claims to hold unreasonably much data and is not read. Get it from a source you trust",
    );
    IoError::Table { file: file.into(), message }
}
