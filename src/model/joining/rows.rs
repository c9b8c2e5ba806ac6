//! What does any row of a table say, whether it stands somewhere or not?

use super::towns::Municipalities;
use crate::geometry::{LonLat, PlanePoint};
use crate::model::recognise::{area_key, code_key, folded, is_of_municipality};
use crate::model::{Column, Entry, FeatureTable, Key};

/// All rows of a table: those that stand somewhere, then those that do not.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub table: &'a FeatureTable,
    /// Rows that stand somewhere count.
    pub has_placed: bool,
    /// Rows that stand nowhere count.
    pub has_placeless: bool,
}

/// A column of both.
pub(super) struct Both<'a> {
    placed: Option<&'a Column>,
    placeless: Option<&'a Column>,
}

impl<'a> Rows<'a> {
    /// Every row of a table.
    pub const fn all(table: &'a FeatureTable) -> Self {
        Self { table, has_placed: true, has_placeless: true }
    }

    fn placed(&self) -> usize {
        if self.has_placed { self.table.features.len() } else { 0 }
    }

    pub fn len(&self) -> usize {
        self.placed() + if self.has_placeless { self.table.placeless.rows.len() } else { 0 }
    }

    /// Its number in the file.
    pub fn number(&self, row: usize) -> u32 {
        match row.checked_sub(self.placed()) {
            None => self.table.features[row].number,
            Some(row) => self.table.placeless.rows[row].number,
        }
    }

    pub fn place(&self, row: usize) -> Option<LonLat> {
        (row < self.placed()).then(|| self.table.features[row].place)
    }

    pub fn point(&self, row: usize) -> Option<PlanePoint> {
        (row < self.placed()).then(|| self.table.features[row].point)
    }

    pub fn column(&self, name: &str) -> Both<'a> {
        let is_called = |column: &&Column| column.name == name;
        Both {
            placed: self.table.columns.iter().find(is_called),
            placeless: self.table.placeless.columns.iter().find(is_called),
        }
    }

    pub fn entry(&self, column: &Both<'a>, row: usize) -> Option<Entry<'a>> {
        match row.checked_sub(self.placed()) {
            None => column.placed?.entry(self.table.features[row].row),
            Some(row) => column.placeless?.entry(self.table.placeless.rows[row].row),
        }
    }

    /// The names of its columns, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let placed = &self.table.columns;
        let is_new = move |column: &&Column| placed.iter().all(|known| known.name != column.name);
        let others = self.table.placeless.columns.iter().filter(is_new);
        placed.iter().chain(others).map(|column| column.name.as_str())
    }

    /// What each row is met by; nothing where a part of it is missing.
    pub fn keys(&self, by: &[&Key], is_area: &[bool], towns: &Municipalities<'_>) -> Vec<Option<String>> {
        let columns: Vec<Option<Both<'a>>> = by
            .iter()
            .map(|key| match key {
                Key::Column(name) => Some(self.column(name)),
                Key::MunicipalityOfPlace => None,
            })
            .collect();
        let part = |row: usize, at: usize| match &columns[at] {
            Some(column) => {
                let text = self.entry(column, row)?.text();
                let key = if is_area[at] { towns.key(&text) } else { key_of(&text) };
                Some(key).filter(|key| !key.is_empty())
            }
            None => Some(area_key(&(towns.at)(self.place(row)?)?)),
        };
        let key = |row: usize| {
            let parts: Option<Vec<String>> = (0..by.len()).map(|at| part(row, at)).collect();
            Some(parts?.join("\u{1f}"))
        };
        (0..self.len()).map(key).collect()
    }
}

/// What a value is met by: codes without zeros in front and decimals of nothing, other numbers as they are, words without
/// case and signs.
pub(super) fn key_of(text: &str) -> String {
    let code = code_key(text);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(&code) {
        return code;
    }
    let text = text.trim();
    // `0` and `000` are a code too.
    if code.is_empty() && !text.is_empty() {
        return "0".into();
    }
    if text.starts_with(['-', '+']) && text[1..].parse::<f64>().is_ok()
        || text.split_once(['.', ',']).is_some_and(|(whole, rest)| is_digits(whole) && is_digits(rest))
    {
        return text.replace(',', ".");
    }
    let words = folded(text);
    let words = words.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Does a key speak of a municipality?
pub(super) fn is_area(key: &Key) -> bool {
    match key {
        Key::Column(name) => is_of_municipality(name),
        Key::MunicipalityOfPlace => true,
    }
}
