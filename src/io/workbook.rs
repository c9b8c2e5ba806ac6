//! Which sheets has an Excel workbook, and which are tables? What stands in their cells is told by `sheet`, what it means
//! by `table`.
//! A workbook is a packed file from outside: nothing that it claims of its own size is believed.

mod sheet;

use std::io::{Cursor, Read as _};

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx};

use super::IoError;
use super::content::Packing;
use super::input::{Input, LoadOptions, Part, ReadLayer};
use super::table::{self, Cells, Source};
use crate::model::{Message, Remark, RemarkKind};
use crate::progress::Progress;

/// Rows read of a sheet to tell whether it is a table.
const TRIED_ROWS: usize = 40;

/// Bytes of text that no sheet has, and that are counted in 32 bits.
const MOST_TEXT: u64 = 1 << 31;

/// A length that is claimed before what it counts. The library believes it.
const CLAIM: &[u8] = b"uniqueCount";

/// A workbook in memory that is bounded.
struct Workbook<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
    file: &'a str,
    /// The most that texts of a sheet may hold together, bytes.
    limit: u64,
}

/// Is it a workbook, by its first bytes?
pub(in crate::io) fn tells(start: &[u8]) -> bool {
    let has = |part: &[u8]| memchr::memmem::find(start, part).is_some();
    let is_of_others = has(b"word/") || has(b"ppt/");
    start.starts_with(b"PK\x03\x04") && (has(b"xl/") || has(b"[Content_Types].xml") && !is_of_others)
}

/// The sheets of a workbook that are tables; without a name where there is one.
pub(in crate::io) fn parts(input: &Input<'_>, progress: &dyn Progress) -> Result<Vec<Part>, IoError> {
    let mut book = opened(input, progress)?;
    let Sheets { tables, others } = sheets(&mut book, progress)?;
    let is_only = tables.len() == 1;
    let layers = tables.into_iter().map(|name| Part::Layer((!is_only).then_some(name)));
    Ok(layers.chain(others.into_iter().map(Part::Unread)).collect())
}

/// Reads a sheet as a layer: the one that is named, the only one, or the only one whose rows stand somewhere.
///
/// # Errors
/// [`IoError`] with the sheets there are, where it is not clear which is meant; when it cannot be read, nothing of it
/// can be used, or when cancelled.
pub(in crate::io) fn layer(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let file = input.file();
    let mut book = opened(input, progress)?;
    if let Some(part) = &options.part {
        if !book.book.sheet_names().contains(part) {
            let names = book.book.sheet_names().join(", ");
            return Err(IoError::File {
                file: file.into(),
                message: Message::new(
                    format!("bladet {part} finns inte i arbetsboken. Den har: {names}"),
                    format!("the workbook has no sheet {part}. It has: {names}"),
                ),
            });
        }
        return sheet(&mut book, part, true, options, progress);
    }
    let Sheets { tables, .. } = sheets(&mut book, progress)?;
    if let [only] = tables.as_slice() {
        return sheet(&mut book, only, false, options, progress);
    }
    let mut placed = Vec::new();
    for name in &tables {
        match sheet(&mut book, name, true, options, progress) {
            Ok(read) if !read.table.features.is_empty() => placed.push(read),
            Err(error @ IoError::Cancelled(_)) => return Err(error),
            _ => {}
        }
    }
    if let (Some(only), true) = (placed.pop(), placed.is_empty()) {
        return Ok(only);
    }
    let names = tables.join(", ");
    let message = Message::new(
        format!("arbetsboken har flera blad ({names}). Skriv vilket: {file}:BLAD"),
        format!("the workbook has several sheets ({names}). Say which: {file}:SHEET"),
    );
    Err(IoError::File { file: file.into(), message })
}

fn sheet(
    book: &mut Workbook<'_>,
    name: &str,
    is_part: bool,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let file = book.file;
    let read = sheet::read(book, name, progress)?;
    let remark = |message| Remark { number: None, kind: RemarkKind::TableForm { message }, place: None };
    let remarks = read.messages.into_iter().map(remark).collect();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let called = if is_part { format!("{file} ({name})") } else { file.to_owned() };
    let source = Source { file: &called, parts: vec![read.cells], remarks };
    let read = table::layer(source, options, progress)?;
    if !is_part {
        return Ok(read);
    }
    // What the sheet is may stand in its name or in the file's.
    let told_by = format!("{stem} {}.xlsx", name.replace(['/', '\\'], " "));
    let part = Some((name.to_owned(), format!("{stem} – {name}")));
    Ok(ReadLayer { part, told_by: Some(told_by), ..read })
}

/// The sheets that are tables, and the others.
struct Sheets {
    tables: Vec<String>,
    others: Vec<String>,
}

fn sheets(book: &mut Workbook<'_>, progress: &dyn Progress) -> Result<Sheets, IoError> {
    let mut out = Sheets { tables: Vec::new(), others: Vec::new() };
    for sheet in book.book.sheets_metadata().to_vec() {
        let is_shown = sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
        // What cannot be read is said when it is read.
        let start = if is_shown {
            sheet::start(book, &sheet.name, TRIED_ROWS, progress)
        } else {
            Ok(Cells::default())
        };
        let widest = |cells: &Cells| (0..cells.len()).map(|row| cells.width(row)).max().unwrap_or(0);
        match start {
            Ok(cells) if is_shown && cells.len() == 0 => {}
            // A sheet of words in one column is a note.
            Ok(cells) if is_shown && (widest(&cells) > 1 || cells.len() > TRIED_ROWS / 2) => {
                out.tables.push(sheet.name);
            }
            Ok(_) => out.others.push(sheet.name),
            Err(error @ IoError::Cancelled(_)) => return Err(error),
            Err(_) => out.tables.push(sheet.name),
        }
    }
    if out.tables.is_empty() {
        let message = Message::new(
            "arbetsboken har inget blad med en tabell. Välj en annan fil",
            "the workbook has no sheet with a table. Choose another file",
        );
        return Err(IoError::Table { file: book.file.into(), message });
    }
    Ok(out)
}

fn opened<'a>(input: &'a Input<'_>, progress: &dyn Progress) -> Result<Workbook<'a>, IoError> {
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
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file, &error))?;
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

fn broken(file: &str, error: &dyn std::fmt::Display) -> IoError {
    let message = Message::new(
        format!("arbetsboken kan inte läsas ({error}). Öppna den i Excel och spara den på nytt som .xlsx"),
        format!("the workbook cannot be read ({error}). Open it in Excel and save it again as .xlsx"),
    );
    IoError::Table { file: file.into(), message }
}

fn too_large(file: &str) -> IoError {
    let message = Message::new(
        "arbetsboken säger sig hålla orimligt mycket data och läses inte. Hämta den från en källa du litar på",
        "the workbook claims to hold unreasonably much data and is not read. Get it from a source you trust",
    );
    IoError::Table { file: file.into(), message }
}

#[cfg(test)]
mod tests;
