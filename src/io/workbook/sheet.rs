//! What stands in the cells of a sheet? Every cell as text: numbers without their format, days as ISO 8601 writes them.
//! Columns without anything in them are none. What merged cells say holds for all rows that they cover, unless it is a
//! number.

use std::fmt::Write as _;

use calamine::{CellErrorType, DataRef, Dimensions, ExcelDateTime};

use super::book::{Workbook, broken, too_large};
use crate::io::IoError;
use crate::io::table::Cells;
use crate::model::Message;
use crate::progress::Progress;

/// Cells taken between two looks at "stop?".
const CHUNK: u64 = 1 << 14;

/// More cells than this, empty ones between others too, no register has.
const MOST_CELLS: usize = 30_000_000;

/// Cells that merged ones are put into, at most.
const MOST_FILLED: usize = 5_000_000;

/// A sheet, read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub cells: Cells,
    /// What is to be said of how it was read.
    pub messages: Vec<Message>,
}

/// The cells of a sheet that hold something, in its order.
#[derive(Debug, Default)]
struct Grid {
    text: String,
    cells: Vec<Cell>,
}

/// A cell that holds something. Row and column count from 0.
#[derive(Debug, Clone, Copy)]
struct Cell {
    row: u32,
    column: u32,
    /// Where its text stands.
    start: u32,
    end: u32,
    is_number: bool,
}

/// Reads a sheet.
///
/// # Errors
/// [`IoError`] when it cannot be read, would fill the memory, or when cancelled.
pub(super) fn read(book: &mut Workbook<'_>, name: &str, progress: &dyn Progress) -> Result<Sheet, IoError> {
    let mut grid = grid(book, name, usize::MAX, progress)?;
    let merged = book.book.merge_cells_by_sheet_name(name).map_err(|error| broken(book.file, &error))?;
    let too_large = || too_large(book.file);
    let messages = grid.fill(&merged).ok_or_else(too_large)?;
    let cells = grid.table(book.limit).ok_or_else(too_large)?;
    Ok(Sheet { cells, messages })
}

/// The first rows of a sheet.
///
/// # Errors
/// Those of [`read`].
pub(super) fn start(
    book: &mut Workbook<'_>,
    name: &str,
    rows: usize,
    progress: &dyn Progress,
) -> Result<Cells, IoError> {
    let grid = grid(book, name, rows, progress)?;
    grid.table(book.limit).ok_or_else(|| too_large(book.file))
}

fn grid(book: &mut Workbook<'_>, name: &str, rows: usize, progress: &dyn Progress) -> Result<Grid, IoError> {
    let Workbook { book, file, limit } = book;
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(file, &error))?;
    let mut grid = Grid::default();
    let mut seen = 0;
    for nth in 0_u64.. {
        if nth.is_multiple_of(CHUNK) {
            progress.check()?;
        }
        let Some(cell) = reader.next_cell().map_err(|error| broken(file, &error))? else { break };
        let (row, column) = cell.get_position();
        let last = grid.cells.last().map(|last| (last.row, last.column));
        seen += usize::from(last.is_none_or(|(before, _)| before != row));
        if seen > rows {
            break;
        }
        // Written in the order of the sheet, by the standard; else what is read would not be what stands there.
        if last.is_some_and(|last| (row, column) <= last) {
            return Err(broken(file, &"cells out of order"));
        }
        grid.take(row, column, cell.get_value());
        // One text of the workbook may stand in millions of cells.
        if grid.text.len() as u64 > *limit || grid.cells.len() > MOST_CELLS {
            return Err(too_large(file));
        }
    }
    Ok(grid)
}

impl Grid {
    fn take(&mut self, row: u32, column: u32, value: &DataRef<'_>) {
        let place = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let (before, start) = (self.text.len(), place(&self.text));
        let is_number = write_value(&mut self.text, value);
        if self.text[before..].trim().is_empty() {
            self.text.truncate(before);
        } else {
            self.cells.push(Cell { row, column, start, end: place(&self.text), is_number });
        }
    }

    /// Puts what merged cells say into all rows that they cover; a number never, for it would be summed once for each.
    /// `None` when that is too much.
    fn fill(&mut self, merged: &[Dimensions]) -> Option<Vec<Message>> {
        let last = self.cells.last().map_or(0, |cell| cell.row);
        let (mut texts, mut numbers, mut filled) = (0_usize, 0_usize, Vec::new());
        for region in merged.iter().filter(|region| region.end.0 > region.start.0) {
            let found = self.cells.binary_search_by_key(&region.start, |cell| (cell.row, cell.column));
            let Some(cell) = found.ok().map(|at| self.cells[at]) else { continue };
            if cell.is_number {
                numbers += 1;
                continue;
            }
            texts += 1;
            let rows = cell.row + 1..=region.end.0.min(last);
            if filled.len() + rows.size_hint().0 > MOST_FILLED {
                return None;
            }
            filled.extend(rows.map(|row| Cell { row, ..cell }));
        }
        if !filled.is_empty() {
            // What stands in a cell itself comes first and holds.
            self.cells.append(&mut filled);
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
            self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        }
        Some(said_of_merged(texts, numbers))
    }

    /// The rows, without columns that hold nothing. `None` when they are too much.
    fn table(&self, limit: u64) -> Option<Cells> {
        let mut used: Vec<u32> = Vec::new();
        for cell in &self.cells {
            if let Err(at) = used.binary_search(&cell.column) {
                used.insert(at, cell.column);
            }
        }
        let place = |cell: &Cell| used.partition_point(|column| *column < cell.column);
        let mut cells = Cells::default();
        let mut length = 0_u64;
        for row in self.cells.chunk_by(|a, b| a.row == b.row) {
            let mut next = 0;
            for cell in row {
                let at = place(cell);
                length += u64::from(cell.end - cell.start);
                if cells.count() + (at - next) >= MOST_CELLS || length > limit {
                    return None;
                }
                (next..at).for_each(|_| cells.push(""));
                cells.push(&self.text[cell.start as usize..cell.end as usize]);
                next = at + 1;
            }
            cells.end_row(row.first().map_or(0, |cell| cell.row) + 1);
        }
        Some(cells)
    }
}

fn said_of_merged(texts: usize, numbers: usize) -> Vec<Message> {
    let texts = (texts > 0).then(|| {
        Message::new(
            format!("sammanslagna celler ({texts}): det som står i dem gäller alla rader som de täcker"),
            format!("merged cells ({texts}): what stands in them holds for all rows that they cover"),
        )
    });
    let numbers = (numbers > 0).then(|| {
        Message::new(
            format!(
                "sammanslagna celler med tal ({numbers}): talet står bara på den första raden, så att det inte räknas flera gånger"
            ),
            format!(
                "merged cells with numbers ({numbers}): the number stands in the first row only, so that it is not counted several times"
            ),
        )
    });
    texts.into_iter().chain(numbers).collect()
}

/// Writes a value as text; was it a number?
pub(super) fn write_value(out: &mut String, value: &DataRef<'_>) -> bool {
    match value {
        DataRef::Int(number) => {
            let _ = write!(out, "{number}");
            return true;
        }
        DataRef::Float(number) => {
            write_number(out, *number);
            return true;
        }
        DataRef::String(text) | DataRef::DurationIso(text) => out.push_str(text),
        DataRef::SharedString(text) => out.push_str(text),
        DataRef::Bool(said) => out.push_str(if *said { "true" } else { "false" }),
        DataRef::DateTime(time) => write_time(out, time),
        DataRef::DateTimeIso(text) => out.push_str(text.strip_suffix("T00:00:00").unwrap_or(text)),
        DataRef::Error(fault) => {
            let _ = write!(out, "{fault}");
        }
        DataRef::Empty => {}
    }
    false
}

fn write_number(out: &mut String, number: f64) {
    let is_plain = number == 0.0 || (1e-6..1e16).contains(&number.abs());
    let _ = if !number.is_finite() {
        write!(out, "{}", CellErrorType::Num)
    } else if is_plain {
        write!(out, "{number}")
    } else {
        // `1e300` is no number as tables write them, `1.0e300` is.
        let text = format!("{number:e}");
        match text.split_once('e') {
            Some((whole, power)) if !whole.contains('.') => write!(out, "{whole}.0e{power}"),
            _ => write!(out, "{text}"),
        }
    };
}

/// A date as ISO 8601 writes it, with a time where it has one; a time of day alone as such.
fn write_time(out: &mut String, time: &ExcelDateTime) {
    let days = time.as_f64();
    // The last day of Excel is that of the year 9999.
    if time.is_duration() || !(0.0..2_958_466.0).contains(&days) {
        return write_number(out, days);
    }
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let has_day = days >= 1.0;
    let has_time = days.fract() != 0.0 || !has_day;
    if has_day {
        let _ = write!(out, "{year:04}-{month:02}-{day:02}");
    }
    if has_day && has_time {
        out.push('T');
    }
    if has_time {
        let _ = write!(out, "{hour:02}:{minute:02}");
    }
    // What is left of a second is what a day's part in binary cannot hold.
    if has_time && (second > 0 || milli > 0) {
        let _ = write!(out, ":{second:02}");
    }
}
