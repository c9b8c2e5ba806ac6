//! How are the values of one column kept? By type, each text once.
//! Does not know features: a row is a number.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};
use serde_json::Value;

use super::entry::Entry;

/// One column of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    pub name: String,
    /// Features that have a value, refused ones too.
    pub filled: usize,
    /// Of these, values that are numbers.
    pub numbers: usize,
    /// The first values, as written.
    pub samples: Vec<String>,
    /// The rows that have a value, ascending; `None` where all of the first have one.
    rows: Option<Vec<u32>>,
    values: Values,
}

/// The values of a column, in the order of their rows.
#[derive(Debug, Clone, PartialEq, Default)]
enum Values {
    #[default]
    None,
    Integers(Vec<i64>),
    Reals(Vec<f64>),
    Flags(Vec<bool>),
    Texts(Texts),
    /// Of several types, or of none of them.
    Mixed(Vec<Value>),
}

impl Values {
    fn count(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Integers(all) => all.len(),
            Self::Reals(all) => all.len(),
            Self::Flags(all) => all.len(),
            Self::Texts(texts) => texts.at.len(),
            Self::Mixed(all) => all.len(),
        }
    }

    fn at(&self, at: usize) -> Option<Entry<'_>> {
        match self {
            Self::None => None,
            Self::Integers(all) => all.get(at).map(|number| Entry::Integer(*number)),
            Self::Reals(all) => all.get(at).map(|number| Entry::Real(*number)),
            Self::Flags(all) => all.get(at).map(|said| Entry::Flag(*said)),
            Self::Texts(texts) => texts.at.get(at).map(|text| Entry::Text(texts.get(*text as usize))),
            Self::Mixed(all) => all.get(at).and_then(Entry::of),
        }
    }

    fn as_written(&self) -> Vec<Value> {
        (0..self.count()).filter_map(|at| Some(self.at(at)?.to_value())).collect()
    }
}

/// Texts, each of which is kept once as far as that pays.
#[derive(Debug, Clone, PartialEq, Default)]
struct Texts {
    all: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// The text of each value.
    at: Vec<u32>,
    /// By digest, while the table is made.
    known: FxHashMap<u64, u32>,
}

impl Texts {
    /// Texts looked at before it is told whether they repeat.
    const TRIED: usize = 1_024;

    fn get(&self, text: usize) -> &str {
        let end = self.ends[text];
        let start = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..end]
    }

    fn place(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        // Where nearly every text is another one, looking for it is work for nothing.
        let repeats = self.at.len() < Self::TRIED || self.ends.len() * 2 < self.at.len();
        if repeats {
            let mut hasher = FxHasher::default();
            text.hash(&mut hasher);
            let known = *self.known.entry(hasher.finish()).or_insert(next);
            if known != next && self.get(known as usize) == text {
                return known;
            }
        }
        self.all.push_str(text);
        self.ends.push(self.all.len());
        next
    }

    fn push(&mut self, text: &str) {
        let place = self.place(text);
        self.at.push(place);
    }
}

/// The type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// No value at all.
    Empty,
    Integer,
    Real,
    Boolean,
    /// Texts `YYYY-MM-DD`, with a time behind or not.
    Date,
    Text,
    /// Of several types.
    Mixed,
}

impl ColumnType {
    /// The stable name in reports.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Text => "text",
            Self::Mixed => "mixed",
        }
    }
}

/// Does a text begin with a day as ISO 8601 writes it?
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && bytes.get(10).is_none_or(|byte| matches!(byte, b'T' | b' '))
}

impl Column {
    /// The type of its values.
    #[must_use]
    pub fn kind(&self) -> ColumnType {
        match &self.values {
            Values::None => ColumnType::Empty,
            Values::Integers(_) => ColumnType::Integer,
            Values::Reals(_) => ColumnType::Real,
            Values::Flags(_) => ColumnType::Boolean,
            Values::Texts(texts) if (0..texts.ends.len()).all(|text| is_date(texts.get(text))) => {
                ColumnType::Date
            }
            Values::Texts(_) => ColumnType::Text,
            Values::Mixed(all) if all.iter().all(Value::is_number) => ColumnType::Real,
            Values::Mixed(_) => ColumnType::Mixed,
        }
    }

    pub(super) fn new(name: &str) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The value of a row.
    #[must_use]
    pub fn entry(&self, row: u32) -> Option<Entry<'_>> {
        self.values.at(self.position(row)?)
    }

    /// Where the value of a row stands among those there are.
    fn position(&self, row: u32) -> Option<usize> {
        match &self.rows {
            None => Some(row as usize),
            Some(rows) => rows.binary_search(&row).ok(),
        }
    }

    /// What a function makes of each value; of a text that repeats it is asked once.
    pub fn mapped<T: Send>(&self, made_of: impl Fn(Entry<'_>) -> T + Sync) -> Mapped<'_, T> {
        let made = match &self.values {
            Values::Texts(texts) => (0..texts.ends.len())
                .into_par_iter()
                .map(|text| made_of(Entry::Text(texts.get(text))))
                .collect(),
            values => {
                (0..values.count()).into_par_iter().filter_map(|at| values.at(at)).map(&made_of).collect()
            }
        };
        Mapped { column: self, made }
    }

    /// Rows come in ascending order.
    pub(super) fn push(&mut self, row: u32, entry: Entry<'_>) {
        let count = self.values.count();
        match &mut self.rows {
            None if row as usize == count => {}
            Some(rows) => rows.push(row),
            None => self.rows = Some((0u32..).take(count).chain([row]).collect()),
        }
        match (&mut self.values, entry) {
            (Values::Integers(all), Entry::Integer(number)) => all.push(number),
            (Values::Reals(all), Entry::Real(number)) => all.push(number),
            (Values::Flags(all), Entry::Flag(said)) => all.push(said),
            (Values::Texts(texts), Entry::Text(text)) => texts.push(text),
            (Values::Mixed(all), entry) => all.push(entry.to_value()),
            (Values::None, Entry::Integer(number)) => self.values = Values::Integers(vec![number]),
            (Values::None, Entry::Real(number)) => self.values = Values::Reals(vec![number]),
            (Values::None, Entry::Flag(said)) => self.values = Values::Flags(vec![said]),
            (Values::None, Entry::Text(text)) => {
                let mut texts = Texts::default();
                texts.push(text);
                self.values = Values::Texts(texts);
            }
            (_, entry) => {
                let mut all = self.values.as_written();
                all.push(entry.to_value());
                self.values = Values::Mixed(all);
            }
        }
    }

    /// Nothing more comes: texts need not be found again.
    pub(super) fn finish(&mut self) {
        if let Values::Texts(texts) = &mut self.values {
            texts.known = FxHashMap::default();
        }
    }

    /// Puts the values of another part of the file behind these, its rows counted on from `before`.
    pub(super) fn append(&mut self, other: Self, before: u32) {
        let count = self.values.count();
        let is_dense = self.rows.is_none() && other.rows.is_none() && count == before as usize;
        if !is_dense {
            let own = self.rows.take().unwrap_or_else(|| (0u32..).take(count).collect());
            let others = other.values.count();
            let theirs = other.rows.clone().unwrap_or_else(|| (0u32..).take(others).collect());
            self.rows = Some(own.into_iter().chain(theirs.into_iter().map(|row| row + before)).collect());
        }
        match (&mut self.values, other.values) {
            (_, Values::None) => {}
            (Values::Integers(all), Values::Integers(more)) => all.extend(more),
            (Values::Reals(all), Values::Reals(more)) => all.extend(more),
            (Values::Flags(all), Values::Flags(more)) => all.extend(more),
            (Values::Texts(texts), Values::Texts(more)) => {
                let count = u32::try_from(more.ends.len()).unwrap_or(u32::MAX);
                let new: Vec<u32> = (0..count).map(|text| texts.place(more.get(text as usize))).collect();
                texts.at.extend(more.at.iter().map(|text| new[*text as usize]));
            }
            (values @ Values::None, more) => *values = more,
            (_, more) => {
                let mut all = self.values.as_written();
                all.extend(more.as_written());
                self.values = Values::Mixed(all);
            }
        }
    }
}

/// What a function made of the values of a column.
#[derive(Debug)]
pub struct Mapped<'a, T> {
    column: &'a Column,
    /// By text where the column holds texts, else by value.
    made: Vec<T>,
}

impl<T> Mapped<'_, T> {
    /// What was made of the value of a row; nothing where it has none.
    #[must_use]
    pub fn get(&self, row: u32) -> Option<&T> {
        let at = self.column.position(row)?;
        match &self.column.values {
            Values::Texts(texts) => self.made.get(*texts.at.get(at)? as usize),
            _ => self.made.get(at),
        }
    }
}
