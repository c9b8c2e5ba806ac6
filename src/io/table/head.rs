//! Where does a table begin, and what are its columns called? Titles stand above the names at times, and at times no
//! names stand at all: both are said.

use rustc_hash::FxHashSet;

use super::Cells;
use super::kinds::look;
use crate::io::features::rows::told_apart_from;
use crate::lang::Lang;
use crate::model::Message;
use crate::say_many;

/// Rows in which the names of the columns are looked for, and with which they are compared.
const LOOKED_AT: usize = 30;
const COMPARED: usize = 100;

/// The head of a table.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::io) struct Head {
    pub names: Vec<String>,
    /// The row of the first values.
    pub first: usize,
    /// What stands above the names.
    titles: Vec<String>,
    /// The first row holds values already.
    has_no_names: bool,
    /// Columns whose name is empty, though they have values, by the name they get.
    unnamed: Vec<String>,
}

impl Head {
    /// The head of a table, told by its first rows.
    pub fn of(cells: &Cells) -> Self {
        let compared = cells.len().min(COMPARED);
        let widths: Vec<usize> = (0..compared).map(|row| cells.width(row)).collect();
        let usual = usual(&widths);
        let at = row_of_names(cells, &widths, usual);
        let has_no_names = holds_values(cells, at, compared);
        let width = (at..compared).map(|row| widths[row]).max().unwrap_or(0).max(1);
        let width = if has_no_names { width } else { width_of_table(cells, at, compared) };
        let (mut names, mut unnamed) = (Vec::with_capacity(width), Vec::new());
        let mut known = FxHashSet::default();
        for column in 0..width {
            let written = if has_no_names { "" } else { cells.get(at, column) };
            let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
            let name = if written.is_empty() { format!("kolumn {}", column + 1) } else { written.clone() };
            let name = told_apart_from(&mut known, name);
            if written.is_empty() && !has_no_names {
                unnamed.push(name.clone());
            }
            names.push(name);
        }
        let title =
            |row: usize| cells.row(row).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        let titles = (0..at).map(title).collect();
        Self { names, first: at + usize::from(!has_no_names), titles, has_no_names, unnamed }
    }

    /// What is to be said of how the head was read.
    pub fn messages(&self) -> Vec<Message> {
        let mut out = Vec::new();
        if !self.titles.is_empty() {
            let rows = self.titles.len();
            let titles: Vec<String> =
                self.titles.iter().take(3).map(|title| title.chars().take(80).collect()).collect();
            let (sv, en) = (titles.join("”, ”"), titles.join("”, “"));
            let said = |lang| {
                say_many!(
                    lang,
                    rows,
                    "{rows} rad ovanför kolumnnamnen är ingen del av tabellen: ”{sv}”"
                        | "{rows} rader ovanför kolumnnamnen är ingen del av tabellen: ”{sv}”",
                    "{rows} row above the column names is no part of the table: “{en}”"
                        | "{rows} rows above the column names are no part of the table: “{en}”",
                )
            };
            out.push(Message::new(said(Lang::Sv), said(Lang::En)));
        }
        if self.has_no_names {
            let last = self.names.len();
            out.push(Message::new(
                format!(
                    "tabellen har inga kolumnnamn, av första raden att döma: kolumnerna heter kolumn 1 till kolumn {last}"
                ),
                format!(
                    "the table has no column names, judging by its first row: the columns are called kolumn 1 to kolumn {last}"
                ),
            ));
        }
        if !self.unnamed.is_empty() {
            let names = self.unnamed.join(", ");
            out.push(Message::new(
                format!("kolumner utan namn heter här {names}"),
                format!("columns without a name are called {names} here"),
            ));
        }
        out
    }
}

/// The width that most rows have; of equals the larger.
fn usual(widths: &[usize]) -> usize {
    let count = |width: usize| widths.iter().filter(|other| **other == width).count();
    widths.iter().copied().max_by_key(|width| (count(*width), *width)).unwrap_or(0)
}

/// The columns of a table whose names stand in a row: those with a name, and those behind with values in many rows.
fn width_of_table(cells: &Cells, names: usize, compared: usize) -> usize {
    let named = cells.width(names);
    let below = compared.saturating_sub(names + 1);
    let is_used = |column: &usize| {
        let filled = (names + 1..compared).filter(|row| !cells.get(*row, *column).is_empty()).count();
        filled * 5 > below * 4
    };
    // A row of values that is longer than the names is a fault of that row, unless nearly all are.
    named + (named..).take_while(is_used).take_while(|_| below > 0).take(16_384).count()
}

/// The row of the names: the first that is as wide as the table, or the widest of those of words above the values.
fn row_of_names(cells: &Cells, widths: &[usize], usual: usize) -> usize {
    let filled = |row: usize| cells.row(row).filter(|text| !text.is_empty()).count();
    let is_wide = |row: &usize| {
        let enough = (usual * 4).div_ceil(5).min(usual.saturating_sub(1)).max(1);
        widths[*row] >= enough && filled(*row) >= usual.div_ceil(2).max(usual.min(2))
    };
    let rows = 0..widths.len().min(LOOKED_AT);
    let Some(first) = rows.clone().find(is_wide) else { return 0 };
    // Two cells of a title above three names are no names: those of words just above the first values are.
    let is_of_words = |row: &usize| !cells.row(*row).any(look_is_number);
    let words = (first..rows.end).take_while(is_of_words);
    // Of equals the first; a table of words alone has its names on top.
    // A row that is wider than the table is one of its rows.
    words.max_by_key(|row| (widths[*row].min(usual), std::cmp::Reverse(*row))).unwrap_or(first)
}

fn look_is_number(text: &str) -> bool {
    !text.is_empty() && look(text).is_number()
}

/// Does the row hold values and no names? Numbers stand where numbers stand below, and no word above numbers.
fn holds_values(cells: &Cells, row: usize, compared: usize) -> bool {
    let below = row + 1..compared;
    let share = |column: usize, is_so: &dyn Fn(&str) -> bool| {
        let values = below.clone().map(|row| cells.get(row, column)).filter(|text| !text.is_empty());
        let (all, so) = values.fold((0, 0), |(all, so), text| (all + 1, so + usize::from(is_so(text))));
        all > 0 && so * 2 > all
    };
    let (mut like_values, mut like_names) = (0, 0);
    for column in 0..cells.width(row) {
        let text = cells.get(row, column);
        if text.is_empty() {
            continue;
        }
        let is_number = look_is_number(text);
        if is_number {
            // Years are names of columns, unless years stand below.
            let is_name = is_year(text) && !share(column, &is_year) && !below.is_empty();
            like_values += usize::from(!is_name);
            like_names += usize::from(is_name);
        } else if share(column, &look_is_number) {
            like_names += 1;
        }
    }
    like_values > 0 && like_names == 0 || like_values > like_names
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1900..=2100).contains(&year))
}
