//! How is a table written for a spreadsheet? As CSV, also as a Swedish Excel opens it, or as a workbook.

use std::path::Path;

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

/// A value as it stands in a file.
pub(super) fn written(value: &Value, style: TableStyle) -> String {
    if let Value::Text(text) = value {
        return shielded(text).into_owned();
    }
    let Some((value, decimals)) = value.in_files() else { return String::new() };
    let text = format!("{value:.decimals$}");
    if style == TableStyle::Swedish { text.replace('.', ",") } else { text }
}

/// Writes a table: as a workbook where the path ends so, whatever the style; else as CSV.
pub(in crate::app) fn write_table(
    path: &Path,
    style: TableStyle,
    header: &[String],
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<(), IoError> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        return write_sheet(path, header, rows);
    }
    let failed =
        |message: String| IoError::Write { path: path.to_owned(), source: std::io::Error::other(message) };
    let (bom, delimiter): (&[u8], u8) = match style {
        TableStyle::Plain | TableStyle::Excel => (b"", b','),
        TableStyle::Swedish => (b"\xef\xbb\xbf", b';'),
    };
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    table
        .write_record(header.iter().map(|name| shielded(name).into_owned()))
        .map_err(|error| failed(error.to_string()))?;
    for row in rows {
        let row = row.iter().map(|value| written(value, style));
        table.write_record(row).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = table.into_inner().map_err(|error| failed(error.to_string()))?;
    write_atomically(path, &[bom, &bytes])
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
