//! How is a table written for a spreadsheet? As CSV, also as a Swedish Excel opens it.

use std::path::Path;

use super::value::Value;
use crate::io::{IoError, write_atomically};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvStyle {
    /// Comma, decimal point.
    #[default]
    Plain,
    /// Byte order mark, semicolon, decimal comma: what a Swedish Excel opens.
    Swedish,
}

/// A value as it stands in a file.
pub(super) fn written(value: &Value, style: CsvStyle) -> String {
    if let Value::Text(text) = value {
        return text.clone();
    }
    let Some((value, decimals)) = value.in_files() else { return String::new() };
    let text = format!("{value:.decimals$}");
    if style == CsvStyle::Swedish { text.replace('.', ",") } else { text }
}

pub(in crate::app) fn write_table(
    path: &Path,
    style: CsvStyle,
    header: &[String],
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<(), IoError> {
    let failed =
        |message: String| IoError::Write { path: path.to_owned(), source: std::io::Error::other(message) };
    let (bom, delimiter): (&[u8], u8) = match style {
        CsvStyle::Plain => (b"", b','),
        CsvStyle::Swedish => (b"\xef\xbb\xbf", b';'),
    };
    let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    table.write_record(header).map_err(|error| failed(error.to_string()))?;
    for row in rows {
        let row = row.iter().map(|value| written(value, style));
        table.write_record(row).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = table.into_inner().map_err(|error| failed(error.to_string()))?;
    write_atomically(path, &[bom, &bytes])
}
