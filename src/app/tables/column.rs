//! What is a table? Columns, each with its name in files, its title on screen and what stands in it; rows are given to it.

use std::cmp::Ordering;
use std::path::Path;

use super::csv::{TableStyle, write_table, written};
use super::value::Value;
use crate::io::IoError;
use crate::lang::Lang;

/// How a column is shown on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub title: String,
    /// Its place among the columns on screen.
    pub turn: u8,
    /// So wide to begin with, in points.
    pub width: f32,
}

type ValueOf<'a, R> = Box<dyn Fn(&R) -> Value + 'a>;
type OrderOf<'a, R> = Box<dyn Fn(&R, &R) -> Ordering + 'a>;

/// A column of a table whose rows are `R`.
pub struct Column<'a, R> {
    /// What it is known by: the name in files, where it stands in them.
    pub id: String,
    pub is_in_files: bool,
    pub shown: Option<Shown>,
    value: ValueOf<'a, R>,
    /// What rows are sorted by, where that is not the value alone.
    order: Option<OrderOf<'a, R>>,
}

impl<'a, R> Column<'a, R> {
    /// A column of files.
    pub(super) fn new(id: impl Into<String>, value: impl Fn(&R) -> Value + 'a) -> Self {
        Self { id: id.into(), is_in_files: true, shown: None, value: Box::new(value), order: None }
    }

    /// A column that stands on screen alone.
    pub(super) fn of_screen(id: &str, shown: Shown, value: impl Fn(&R) -> Value + 'a) -> Self {
        Self { is_in_files: false, shown: Some(shown), ..Self::new(id, value) }
    }

    pub(super) fn shown_as(self, shown: Shown) -> Self {
        Self { shown: Some(shown), ..self }
    }

    pub(super) fn shown_if(self, is_shown: bool, shown: Shown) -> Self {
        Self { shown: is_shown.then_some(shown), ..self }
    }

    pub(super) fn ordered(self, order: impl Fn(&R, &R) -> Ordering + 'a) -> Self {
        Self { order: Some(Box::new(order)), ..self }
    }

    #[must_use]
    pub fn value(&self, row: &R) -> Value {
        (self.value)(row)
    }

    /// Which row stands first when the table is sorted by this column, smaller first.
    #[must_use]
    pub fn order(&self, a: &R, b: &R) -> Ordering {
        self.order.as_ref().map_or_else(|| self.value(a).order(&self.value(b)), |order| order(a, b))
    }
}

/// A table: its columns; rows are given to it.
pub struct Table<'a, R> {
    pub columns: Vec<Column<'a, R>>,
}

impl<'a, R> Table<'a, R> {
    /// The columns on screen, in their order.
    #[must_use]
    pub fn on_screen(&self) -> Vec<(&Column<'a, R>, &Shown)> {
        let mut columns: Vec<_> =
            self.columns.iter().filter_map(|column| Some((column, column.shown.as_ref()?))).collect();
        columns.sort_by_key(|(_, shown)| shown.turn);
        columns
    }

    /// What is on screen as text with tabs, as a spreadsheet takes it from the clipboard.
    #[must_use]
    pub fn copied<'r>(&self, rows: impl IntoIterator<Item = &'r R>, lang: Lang) -> String
    where
        R: 'r,
    {
        let columns = self.on_screen();
        let style = if lang == Lang::Sv { TableStyle::Swedish } else { TableStyle::Plain };
        // A tab or a line end inside a text would tear the table.
        let line = |parts: Vec<String>| {
            let clean = parts.into_iter().map(|part| part.replace(['\t', '\n', '\r'], " "));
            clean.collect::<Vec<_>>().join("\t")
        };
        let head = line(columns.iter().map(|(_, shown)| shown.title.clone()).collect());
        let text = |value: &Value| written(value, style, &mut String::new()).into_owned();
        let of_row = |row: &R| line(columns.iter().map(|(column, _)| text(&column.value(row))).collect());
        std::iter::once(head).chain(rows.into_iter().map(of_row)).collect::<Vec<_>>().join("\n")
    }

    /// Writes the columns of files.
    ///
    /// # Errors
    /// [`IoError::Write`] when the file cannot be written.
    pub fn write(
        &self,
        path: &Path,
        style: TableStyle,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<(), IoError> {
        let columns: Vec<&Column<'a, R>> = self.columns.iter().filter(|column| column.is_in_files).collect();
        let header: Vec<String> = columns.iter().map(|column| column.id.clone()).collect();
        let values = |row: R| columns.iter().map(|column| column.value(&row)).collect();
        write_table(path, style, &header, rows.into_iter().map(values))
    }
}

/// A column on screen: its place, its title and its width in points.
pub(super) fn shown(turn: u8, title: impl Into<String>, width: f32) -> Shown {
    Shown { title: title.into(), turn, width }
}
