//! How is a table written for a spreadsheet? As CSV, also as a Swedish Excel opens it, or as a workbook.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use rayon::prelude::*;

use super::value::Value;
use crate::io::{IoError, SheetCell, sheet, shielded, write_atomically};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableStyle {
    /// Comma, decimal point.
    #[default]
    Plain,
    /// Byte order mark, semicolon, decimal comma: what a Swedish Excel opens.
    Swedish,
    /// A workbook, in which numbers are numbers whatever the language of the office program.
    Excel,
}

impl TableStyle {
    /// The name of a table's file, whose name as CSV is this.
    #[must_use]
    pub fn file_name(self, name: &str) -> String {
        match (self, name.strip_suffix(".csv")) {
            (Self::Excel, Some(stem)) => format!("{stem}.xlsx"),
            _ => name.to_owned(),
        }
    }

    /// The names of several files.
    #[must_use]
    pub fn file_names(self, names: &[&str]) -> Vec<String> {
        names.iter().map(|name| self.file_name(name)).collect()
    }
}

/// A value as it stands in a file; a number is written into `room`.
pub(super) fn written<'a>(value: &'a Value, style: TableStyle, room: &'a mut String) -> Cow<'a, str> {
    if let Value::Text(text) = value {
        return shielded(text);
    }
    let Some((value, decimals)) = value.in_files() else { return "".into() };
    room.clear();
    // Writing into memory does not fail.
    let _ = write!(room, "{value:.decimals$}");
    if style == TableStyle::Swedish { room.replace('.', ",").into() } else { room.as_str().into() }
}

/// Writes a table: as a workbook where the path ends so, whatever the style; else as CSV.
pub(in crate::app) fn write_table(
    path: &Path,
    style: TableStyle,
    header: &[String],
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<(), IoError> {
    if is_workbook(path) {
        return write_sheet(path, header, rows);
    }
    let lines = lines(style, rows).map_err(|error| failed(path, &error))?;
    write_lines(path, style, header, &[lines])
}

/// Writes a table of several rows for each of `count` things, on all cores: else as [`write_table`].
pub(in crate::app) fn write_long_table<Rows: Iterator<Item = Vec<Value>>>(
    path: &Path,
    style: TableStyle,
    header: &[String],
    count: usize,
    rows_of: impl Fn(usize) -> Rows + Sync,
) -> Result<(), IoError> {
    /// Things whose rows are written together.
    const CHUNK: usize = 256;
    if is_workbook(path) {
        return write_sheet(path, header, (0..count).flat_map(rows_of));
    }
    let chunk = |from: usize| lines(style, (from..(from + CHUNK).min(count)).flat_map(&rows_of));
    let firsts: Vec<usize> = (0..count).step_by(CHUNK).collect();
    let lines: Result<Vec<Vec<u8>>, csv::Error> = firsts.into_par_iter().map(chunk).collect();
    write_lines(path, style, header, &lines.map_err(|error| failed(path, &error))?)
}

fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

fn failed(path: &Path, error: &csv::Error) -> IoError {
    IoError::Write { path: path.to_owned(), source: std::io::Error::other(error.to_string()) }
}

fn writer(style: TableStyle) -> csv::Writer<Vec<u8>> {
    let delimiter = if style == TableStyle::Swedish { b';' } else { b',' };
    csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new())
}

fn lines(style: TableStyle, rows: impl IntoIterator<Item = Vec<Value>>) -> Result<Vec<u8>, csv::Error> {
    let (mut table, mut room) = (writer(style), String::new());
    for row in rows {
        for value in &row {
            table.write_field(written(value, style, &mut room).as_bytes())?;
        }
        table.write_record(None::<&[u8]>)?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

fn write_lines(path: &Path, style: TableStyle, header: &[String], lines: &[Vec<u8>]) -> Result<(), IoError> {
    let bom: &[u8] = if style == TableStyle::Swedish { b"\xef\xbb\xbf" } else { b"" };
    let names = header.iter().map(|name| Value::text(name.clone())).collect();
    let head = self::lines(style, [names]).map_err(|error| failed(path, &error))?;
    let parts: Vec<&[u8]> = [bom, &head].into_iter().chain(lines.iter().map(Vec::as_slice)).collect();
    write_atomically(path, &parts)
}

fn write_sheet(
    path: &Path,
    header: &[String],
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<(), IoError> {
    let cell = |value: &Value| match value {
        Value::Nothing => SheetCell::Nothing,
        Value::Text(text) => SheetCell::Text(text.clone()),
        Value::Share(share) => SheetCell::Share(*share),
        other => other.in_files().map_or(SheetCell::Nothing, |(value, decimals)| {
            // As CSV has it: the files say the same whatever their form.
            let text = format!("{value:.decimals$}");
            SheetCell::Number { value: text.parse().unwrap_or(value), decimals }
        }),
    };
    let rows = rows.into_iter().map(|row| row.iter().map(cell).collect()).collect::<Vec<Vec<SheetCell>>>();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let bytes = sheet(&name, header, &rows).map_err(|message| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        IoError::File { file, message }
    })?;
    write_atomically(path, &[&bytes])
}
