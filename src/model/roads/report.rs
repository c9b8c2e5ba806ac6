//! What did a road file hold, and what became of it? Counts by stable names, with the first of each.
//! Knows no language: `told` says it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a road file held, and what became of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RoadReport {
    /// Objects of the file: nodes, ways, relations; or line features.
    pub nodes_in: u64,
    pub ways_in: u64,
    pub relations_in: u64,
    /// Ways that became roads or ferries.
    pub ways_used: u64,
    /// Ways that are no roads: buildings, rivers …
    pub ways_other: u64,
    /// Road ways not used, by reason (a stable name).
    pub ways_refused: BTreeMap<String, u64>,
    /// Columns of a register that are not read, since their names are cut and may mean two things.
    pub unclear_columns: Vec<String>,
    /// The tables of a database that were read.
    pub tables: Vec<String>,
    /// What was not as it should be though the way is used, by a stable name: nodes missing, values unknown.
    pub remarks: BTreeMap<String, u64>,
    /// The first of each reason and remark, with the way's id, at most some twenty.
    pub examples: Vec<String>,
    pub turns_read: u64,
    /// Turn restrictions not obeyed, by reason: via a way, conditional, incomplete, not for cars.
    pub turns_left: BTreeMap<String, u64>,
    pub barriers_read: u64,
    /// Objects that an editor has deleted, or a server hides, and that the file still holds.
    #[serde(default)]
    pub deleted: u64,
    /// Ways with conditions by time or season that are not obeyed (`…:conditional`).
    pub conditional: u64,
    /// Remarks that the server wrote into the file: a query that ran out of time gives what it found so far.
    #[serde(default)]
    pub server_says: Vec<String>,
    /// The server says that it left roads out.
    #[serde(default)]
    pub is_cut_by_server: bool,
    /// Values of columns that nobody knows, by column. The road is used without.
    #[serde(default)]
    pub unknown_values: BTreeMap<String, UnknownValues>,
    /// Stated lengths beside those of the lines.
    #[serde(default)]
    pub lengths: StatedLengths,
    /// What the file's columns were taken for: (what it means, the column's name).
    #[serde(default)]
    pub columns: Vec<(String, String)>,
}

/// Values of one column that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnknownValues {
    pub count: u64,
    /// The first of them, with its feature's number.
    pub feature: i64,
    pub value: String,
}

/// A line whose stated length is far from the drawn, metres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LengthOutlier {
    pub feature: i64,
    pub stated_m: f64,
    pub drawn_m: f64,
}

/// Outliers that are listed.
pub const LISTED_OUTLIERS: usize = 100;

/// Lengths that a file states beside those drawn, metres.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StatedLengths {
    /// Of the lines that state one.
    pub stated_m: f64,
    pub drawn_m: f64,
    /// Lines whose stated length is more than a tenth longer or shorter than the drawn.
    pub outliers: u64,
    /// The first hundred of them.
    pub listed: Vec<LengthOutlier>,
}

/// Examples kept of one reason, and in all.
const EXAMPLES_EACH: u64 = 3;
pub const EXAMPLES: usize = 20;

impl RoadReport {
    /// Counts a way that is not used, and keeps the first of each reason in words.
    pub fn refuse(&mut self, reason: &str, what: &str, detail: &str) {
        let count = self.ways_refused.entry(reason.into()).or_default();
        *count += 1;
        let is_first = *count <= EXAMPLES_EACH;
        self.example(is_first, reason, &format!("{what} {detail}"));
    }

    /// Counts what is worth a remark though the way is used.
    pub fn note(&mut self, reason: &str, what: &str) {
        let count = self.remarks.entry(reason.into()).or_default();
        *count += 1;
        let is_first = *count <= EXAMPLES_EACH;
        self.example(is_first, reason, what);
    }

    fn example(&mut self, is_first: bool, reason: &str, what: &str) {
        if is_first && self.examples.len() < EXAMPLES {
            let what: String = what.trim_end().chars().take(120).collect();
            self.examples.push(format!("{reason}: {what}"));
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.nodes_in += other.nodes_in;
        self.ways_in += other.ways_in;
        self.relations_in += other.relations_in;
        self.ways_used += other.ways_used;
        self.ways_other += other.ways_other;
        self.turns_read += other.turns_read;
        self.barriers_read += other.barriers_read;
        self.conditional += other.conditional;
        self.deleted += other.deleted;
        self.lengths.stated_m += other.lengths.stated_m;
        self.lengths.drawn_m += other.lengths.drawn_m;
        self.lengths.outliers += other.lengths.outliers;
        self.lengths.listed.extend(other.lengths.listed);
        self.lengths.listed.truncate(LISTED_OUTLIERS);
        self.server_says.extend(other.server_says);
        self.is_cut_by_server |= other.is_cut_by_server;
        self.columns.extend(other.columns);
        self.columns.dedup();
        for (column, values) in other.unknown_values {
            let count = values.count;
            self.unknown_values.entry(column).or_insert(UnknownValues { count: 0, ..values }).count += count;
        }
        self.examples.extend(other.examples);
        for (mine, others) in [
            (&mut self.ways_refused, other.ways_refused),
            (&mut self.turns_left, other.turns_left),
            (&mut self.remarks, other.remarks),
        ] {
            for (reason, count) in others {
                *mine.entry(reason).or_default() += count;
            }
        }
    }
}
