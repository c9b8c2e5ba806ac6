//! Which other table does a layer take more from, by what do their rows meet, and what came of it? How they are joined
//! is told by `joining`.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Message;
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::say;

/// Another table, and what a layer takes from it whenever it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    pub file: PathBuf,
    /// Which table of a file with several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What must say the same in both; found by names and values where nothing is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Pair>,
    pub gives: Gives,
    /// A row of the layer that meets none has 0 in the columns of numbers; else nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent_is_zero: bool,
    /// Numbers of a row that several rows of the layer meet are spread over them by this column of the layer; by its
    /// people where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread_by: Option<String>,
}

/// What a join gives to the layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// These columns of the other table; all of them where none is named.
    Columns(Vec<String>),
    /// The place of the row met, for rows that stand nowhere.
    Places,
}

/// What must say the same in two tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Of the layer.
    pub own: Key,
    /// Of the other table.
    pub other: Key,
}

/// What a row is met by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    Column(String),
    /// The municipality that it lies in, by the boundaries that are built in.
    MunicipalityOfPlace,
}

impl Pair {
    /// Two columns.
    #[must_use]
    pub fn of_columns(own: &str, other: &str) -> Self {
        Self { own: Key::Column(own.to_owned()), other: Key::Column(other.to_owned()) }
    }
}

impl Said for Key {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Column(name) => name.clone(),
            Self::MunicipalityOfPlace => {
                lang.pick("kommunen den ligger i", "the municipality it lies in").into()
            }
        }
    }
}

impl Said for Pair {
    fn said(&self, lang: Lang) -> String {
        match (&self.own, &self.other) {
            (own, other) if own == other => own.said(lang),
            (own, other) => format!("{} = {}", own.said(lang), other.said(lang)),
        }
    }
}

/// What came of a join.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// Its position among the joins of the reading.
    pub nth: usize,
    /// The file of the other table without folders, and the table in it.
    pub table: String,
    /// SHA-256 of that file, lower-case hex.
    pub sha256: String,
    pub date: Option<String>,
    pub by: Vec<Pair>,
    pub gives: Gives,
    /// Rows of the layer that asked, and those that met a row.
    pub asked: usize,
    pub met: usize,
    /// Rows of the other table, and those that met a row.
    pub rows: usize,
    pub rows_met: usize,
    /// Rows of the other table that say the same as one that is used, by which they are met.
    pub repeated: usize,
    /// Rows of the other table that could not be read.
    pub refused: usize,
    /// Rows of the layer that met none or could not be told, each with its key and why, as far as they are listed.
    pub without: Vec<Unmet>,
    /// The same of the other table.
    pub left: Vec<Unmet>,
    /// The columns that the other table has.
    pub table_columns: Vec<String>,
    /// Columns that were added.
    pub columns: Vec<Added>,
}

/// A row that is not joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet {
    /// Number in its file, from 1.
    pub number: u32,
    /// What it is called by the columns of the join.
    pub key: String,
    pub why: Why,
    pub place: Option<LonLat>,
}

/// Why a row is not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The key is empty.
    NoKey,
    /// No row says the same.
    NoneSuch,
    /// Several rows say the same, and not the same beside.
    Several(usize),
}

/// A column that a join adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    pub name: String,
    /// The sum of its numbers in the other table and in the layer; none of a column of texts.
    pub sums: Option<(f64, f64)>,
    pub sharing: Sharing,
}

/// How rows of a layer that meet the same row have its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sharing {
    /// No two meet the same.
    No,
    /// Each has its share, by this column of the layer.
    SpreadBy(String),
    /// Each has all of it: it is not a number to be added up.
    Repeated,
}

impl Said for Why {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::NoKey => lang.pick("saknar värde att koppla efter", "has no value to join by").into(),
            Self::NoneSuch => lang.pick("motsvaras av ingen rad", "meets no row").into(),
            Self::Several(rows) => say!(
                lang,
                "motsvaras av {rows} rader som säger olika",
                "meets {rows} rows that say different things"
            ),
        }
    }
}

impl Joined {
    /// What came of it in a sentence, with how many rows met and what the numbers add up to.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::new(self.sentence(Lang::Sv), self.sentence(Lang::En))
    }

    fn sentence(&self, lang: Lang) -> String {
        let by: Vec<String> = self.by.iter().map(|pair| pair.said(lang)).collect();
        let (table, by, outcome) = (&self.table, by.join(", "), self.outcome(lang));
        match self.gives {
            Gives::Columns(_) => {
                say!(lang, "{table} kopplad efter {by}: {outcome}", "{table} joined by {by}: {outcome}")
            }
            Gives::Places => say!(
                lang,
                "platser från {table} efter {by}: {outcome}",
                "places from {table} by {by}: {outcome}"
            ),
        }
    }

    /// How many rows met, and what the numbers add up to.
    #[must_use]
    pub fn outcome(&self, lang: Lang) -> String {
        let [asked, met, rows, rows_met] =
            [self.asked, self.met, self.rows, self.rows_met].map(|count| lang.count(count));
        let first = match self.gives {
            Gives::Columns(_) => say!(
                lang,
                "{met} av {asked} objekt fick värden; {rows_met} av tabellens {rows} rader används",
                "{met} of {asked} features got values; {rows_met} of the table's {rows} rows are used"
            ),
            Gives::Places => {
                say!(lang, "{met} av {asked} rader fick en plats", "{met} of {asked} rows got a place")
            }
        };
        let sums = self.columns.iter().filter_map(|column| column.sum(lang));
        std::iter::once(first).chain(sums).collect::<Vec<_>>().join("; ")
    }
}

impl Added {
    /// What its numbers add up to here, and in the other table.
    fn sum(&self, lang: Lang) -> Option<String> {
        let name = &self.name;
        if self.sharing == Sharing::Repeated {
            return Some(say!(
                lang,
                "{name}: samma tal på flera objekt, ska inte summeras",
                "{name}: the same number on several features, not to be added up"
            ));
        }
        let [table, here] = <[f64; 2]>::from(self.sums?).map(|sum| lang.number(sum, 0));
        Some(match &self.sharing {
            Sharing::SpreadBy(by) => say!(
                lang,
                "{name}: {here} av {table}, fördelat efter {by}",
                "{name}: {here} of {table}, spread by {by}"
            ),
            _ => say!(lang, "{name}: {here} av {table}", "{name}: {here} of {table}"),
        })
    }
}
