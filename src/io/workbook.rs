//! Which sheets has an Excel workbook, and which are tables? What stands in their cells is told by `sheet`, what it means
//! by `table`.
//! A workbook is a packed file from outside: nothing that it claims of its own size is believed.

mod book;
mod sheet;

use calamine::{Reader as _, SheetType, SheetVisible};

use self::book::{Workbook, opened};
use super::IoError;
use super::content;
use super::input::{Input, LoadOptions, Part, ReadLayer};
use super::table::{self, Cells, Source};
use crate::model::{Message, Remark, RemarkKind};
use crate::progress::Progress;

/// Rows read of a sheet to tell whether it is a table.
const TRIED_ROWS: usize = 40;

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
    let stem = content::stem(file);
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

#[cfg(test)]
mod tests;
