//! How do the members of rows become columns? Under the names of the form, the source's columns behind them.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::heads::Heads;
use super::source::SourceColumns;
use crate::io::JsonWriter;
use crate::model::{Entry, LayerId, TableBuilder};

/// Columns that grow row by row; parts of a table are made side by side and merged.
pub(in crate::app) struct RowColumns<'a> {
    builder: TableBuilder,
    source: &'a SourceColumns<'a>,
    heads: Heads,
    /// What a name is called is asked once, not for every row.
    known: FxHashMap<String, usize>,
}

impl<'a> RowColumns<'a> {
    /// The columns, by the heads of their own members, in their order.
    pub(in crate::app) fn new(own: &[String], source: &'a SourceColumns<'a>, heads: Heads) -> Self {
        let mut builder = TableBuilder::default();
        for name in own.iter().chain(source.names()) {
            builder.column(name);
        }
        Self { builder, source, heads, known: FxHashMap::default() }
    }

    /// Puts a row: what is written of it, and what the source says of it.
    pub(in crate::app) fn put(
        &mut self,
        row: u32,
        origin: Option<(LayerId, u32)>,
        write: impl FnOnce(&mut JsonWriter),
    ) {
        let (builder, heads) = (&mut self.builder, self.heads);
        for (name, value) in written(write) {
            let called = || builder.column(&heads.of(&name));
            let column = self.known.get(&name).copied().unwrap_or_else(called);
            self.known.entry(name).or_insert(column);
            if let Some(entry) = Entry::of(&value) {
                builder.put(column, row, entry);
            }
        }
        self.source.put(origin, row, builder);
    }

    pub(in crate::app) fn finish(self) -> TableBuilder {
        self.builder
    }
}

/// The members of a row, by name.
fn written(write: impl FnOnce(&mut JsonWriter)) -> serde_json::Map<String, Value> {
    let mut json = JsonWriter::default();
    json.begin_object();
    write(&mut json);
    json.end_object();
    serde_json::from_slice(&json.into_bytes()).unwrap_or_default()
}
