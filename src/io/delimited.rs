//! Which cells has a table of text? CSV as people, registers and spreadsheets write it: comma, semicolon, tab or bar
//! between, values in quotes or not, in any encoding. What the cells say is told by `table`.

mod separator;

use std::ops::Range;

use rayon::prelude::*;

use super::IoError;
use super::encoding::{self, Decoded};
use super::formula::unshielded;
use super::input::{Input, LoadOptions, ReadLayer};
use super::table::{self, Cells, Head, Source};
use crate::model::{Message, Remark, RemarkKind};
use crate::progress::Progress;

pub(in crate::io) use self::separator::tells;

/// Bytes that are read as one part.
const PART: usize = 1 << 18;

/// Lines in one value beyond which its quote is one that nobody closed.
const LINES_OF_A_VALUE: u64 = 500;

/// A table of text, its rows with the line each begins on.
pub(in crate::io) struct Rows {
    pub names: Vec<String>,
    /// Filled up to the number of names.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads a table of text as names and rows of texts.
///
/// # Errors
/// [`IoError`] when it is empty, or when cancelled.
pub(in crate::io) fn rows(input: &Input<'_>, progress: &dyn Progress) -> Result<Rows, IoError> {
    let decoded = encoding::decode(input.bytes(progress)?, None);
    let Parsed { parts, .. } = parsed(input.file(), &decoded.text, progress)?;
    let Some(first) = parts.first() else { return Err(empty(input.file())) };
    let Head { names, first, .. } = Head::of(first);
    let row = |cells: &Cells, row: usize| {
        let values = (0..names.len()).map(|column| cells.get(row, column).to_owned()).collect();
        (cells.line(row), values)
    };
    let rows = parts.iter().enumerate().flat_map(|(at, cells)| {
        let from = if at == 0 { first } else { 0 };
        (from..cells.len()).map(|at| row(cells, at)).collect::<Vec<_>>()
    });
    let rows = rows.collect();
    Ok(Rows { names, rows })
}

/// Reads a table of text as a layer.
///
/// # Errors
/// [`IoError`] when it is empty, is in an unknown system, when no row can be used, or when cancelled.
pub(in crate::io) fn read(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let file = input.file();
    let decoded = encoding::decode(input.bytes(progress)?, options.encoding);
    let Parsed { parts, mut remarks } = parsed(file, &decoded.text, progress)?;
    remarks.splice(0..0, decoded.remarks());
    let read = table::layer(Source { file, parts, remarks }, options, progress)?;
    let Decoded { encoding, .. } = decoded;
    Ok(ReadLayer { encoding: Some(encoding), ..read })
}

fn empty(file: &str) -> IoError {
    IoError::Table { file: file.into(), message: Message::new("filen är tom", "the file is empty") }
}

/// The cells of a text, and what is to be said of how they were told apart.
struct Parsed {
    parts: Vec<Cells>,
    remarks: Vec<Remark>,
}

fn parsed(file: &str, text: &str, progress: &dyn Progress) -> Result<Parsed, IoError> {
    // A first line that is empty, or says the separator to a spreadsheet, is none of the table.
    let (said, skipped) = separator::said(text);
    let rest = &text[skipped..];
    if rest.trim().is_empty() {
        return Err(empty(file));
    }
    let line = 1 + lines_in(&text[..skipped]);
    let by = said.unwrap_or_else(|| separator::of(rest));
    let mut remarks = Vec::new();
    let mut form = Form { separator: by, has_quotes: rest.contains('"') };
    let mut whole = cut(rest, form, line, progress)?;
    if let Some(open) = whole.open {
        // The rest of the file is not one value.
        form.has_quotes = false;
        whole = cut(rest, form, line, progress)?;
        let message = Message::new(
            format!(
                "citattecknet på rad {open} avslutas aldrig: citattecken läses som vanliga tecken i hela filen"
            ),
            format!(
                "the quote on line {open} is never closed: quotes are read as plain signs in all of the file"
            ),
        );
        remarks.push(Remark { number: None, kind: RemarkKind::TableForm { message }, place: None });
    }
    let read = |(range, line): &(Range<usize>, u64)| {
        progress.check()?;
        Ok(cells(&rest[range.clone()], form, *line))
    };
    let parts: Result<Vec<Cells>, IoError> = whole.parts.par_iter().map(read).collect();
    let parts: Vec<Cells> = parts?.into_iter().filter(|cells| cells.len() > 0).collect();
    Ok(Parsed { parts, remarks })
}

#[derive(Debug, Clone, Copy)]
struct Form {
    separator: u8,
    has_quotes: bool,
}

impl Form {
    fn reader(self, text: &str) -> csv::Reader<&[u8]> {
        csv::ReaderBuilder::new()
            .delimiter(self.separator)
            .quoting(self.has_quotes)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes())
    }
}

fn lines_in(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// A text cut into parts of whole rows.
struct Whole {
    /// Each with its first line.
    parts: Vec<(Range<usize>, u64)>,
    /// The line of a quote that is opened and never closed: what begins there takes in more lines than a value has.
    open: Option<u64>,
}

fn cut(text: &str, form: Form, line: u64, progress: &dyn Progress) -> Result<Whole, IoError> {
    let mut whole = Whole { parts: Vec::new(), open: None };
    let mut from = (0, line);
    if form.has_quotes {
        from = cut_at_records(text, form, line, &mut whole, progress)?;
    } else {
        while text.len() - from.0 > PART {
            let Some(length) = memchr::memchr(b'\n', &text.as_bytes()[from.0 + PART..]) else { break };
            let end = from.0 + PART + length + 1;
            whole.parts.push((from.0..end, from.1));
            from = (end, from.1 + lines_in(&text[from.0..end]));
        }
    }
    if from.0 < text.len() {
        whole.parts.push((from.0..text.len(), from.1));
    }
    Ok(whole)
}

/// Cuts where a row ends, though a value in quotes has lines of its own; gives the beginning and line of the rest.
fn cut_at_records(
    text: &str,
    form: Form,
    line: u64,
    whole: &mut Whole,
    progress: &dyn Progress,
) -> Result<(usize, u64), IoError> {
    let mut reader = form.reader(text);
    let mut record = csv::ByteRecord::new();
    let mut from = (0, line);
    let mut last = (0, 0);
    for nth in 0_u64.. {
        if nth.is_multiple_of(8192) {
            progress.check()?;
        }
        let before = reader.position().line();
        // A reader of bytes in memory that is flexible and asks for no UTF-8 has nothing to refuse.
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            break;
        }
        let (after, end) = (reader.position().line(), reader.position().byte());
        last = (before, after);
        if after - before > LINES_OF_A_VALUE {
            whole.open = Some(before + line - 1);
            break;
        }
        let end = usize::try_from(end).unwrap_or(usize::MAX).min(text.len());
        if end - from.0 >= PART {
            whole.parts.push((from.0..end, from.1));
            from = (end, after + line - 1);
        }
    }
    // A last value of several lines whose quote nobody closed has taken in rows.
    let is_odd = || memchr::memchr_iter(b'"', text.as_bytes()).count() % 2 == 1;
    if whole.open.is_none() && last.1 > last.0 + 1 && is_odd() {
        whole.open = Some(last.0 + line - 1);
    }
    Ok(from)
}

/// The cells of a part.
fn cells(text: &str, form: Form, first: u64) -> Cells {
    let mut reader = form.reader(text);
    let mut record = csv::ByteRecord::new();
    let mut cells = Cells::default();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(1, csv::Position::line) + first - 1;
        let ends = (0..record.len()).filter_map(|at| record.range(at)).map(|range| range.end);
        // Cut at signs of ASCII, what was a text is one.
        let may_be_shielded = memchr::memchr(b'\'', record.as_slice()).is_some();
        match std::str::from_utf8(record.as_slice()) {
            Ok(_) if may_be_shielded => {
                record.iter().for_each(|cell| cells.push(unshielded(&String::from_utf8_lossy(cell))));
            }
            Ok(text) => cells.push_all(text, ends),
            Err(_) => record.iter().for_each(|cell| cells.push(&String::from_utf8_lossy(cell))),
        }
        cells.end_row(u32::try_from(line).unwrap_or(u32::MAX));
    }
    cells
}

#[cfg(test)]
mod tests;
