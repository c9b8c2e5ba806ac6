//! What stands in the cells of a table? Their texts, one behind the other: no cell is an allocation of its own.

/// Rows of cells, a part of a table that is read by itself.
#[derive(Debug, Default, Clone, PartialEq)]
pub(in crate::io) struct Cells {
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
    rows: Vec<RowAt>,
}

/// A row: its line in the file, from 1, and the first cell behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct RowAt {
    line: u32,
    end: usize,
}

impl Cells {
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Puts cells behind the others that stand in one text and end there.
    pub fn push_all(&mut self, text: &str, ends: impl Iterator<Item = usize>) {
        let before = self.text.len();
        self.text.push_str(text);
        self.ends.extend(ends.map(|end| before + end));
    }

    /// The cells since the last row are a row; one without any content is none.
    pub fn end_row(&mut self, line: u32) {
        let first = self.rows.last().map_or(0, |row| row.end);
        let is_blank = (first..self.ends.len()).all(|at| self.cell(at).trim().is_empty());
        if is_blank {
            self.ends.truncate(first);
            self.text.truncate(self.ends.last().copied().unwrap_or(0));
        } else {
            self.rows.push(RowAt { line, end: self.ends.len() });
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// All cells of all rows.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    pub fn line(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |row| row.line)
    }

    fn cell(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        let end = |row: usize| self.rows.get(row).map_or(0, |row| row.end);
        row.checked_sub(1).map_or(0, end)..end(row)
    }

    /// The cell of a row, without the space around it; empty where the row has none there.
    pub fn get(&self, row: usize, column: usize) -> &str {
        let range = self.range(row);
        if column < range.len() { self.cell(range.start + column).trim() } else { "" }
    }

    /// How many cells of a row stand up to its last one with content.
    pub fn width(&self, row: usize) -> usize {
        let range = self.range(row);
        let is_filled = |at: &usize| !self.cell(*at).trim().is_empty();
        range.clone().rev().find(is_filled).map_or(0, |at| at + 1 - range.start)
    }

    /// The cells of a row, without the space around them.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        self.range(row).map(|at| self.cell(at).trim())
    }
}
