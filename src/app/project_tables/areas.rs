//! Which areas stand in the project file? Those of the table of areas, with its columns. Who lives in none has a row that
//! stands nowhere, so that the rows sum to the people in.

use super::rows::TableRows;
use crate::app::Results;
use crate::app::tables::{self, AreaLine, Value};
use crate::io::JsonWriter;
use crate::lang::Lang;
use crate::model::ServiceKind;

/// The rows of the table of areas.
pub(super) struct Areas<'a> {
    results: &'a Results,
    columns: Vec<String>,
    values: Vec<Vec<Value>>,
}

impl<'a> Areas<'a> {
    pub fn new(results: &'a Results) -> Self {
        let table = tables::areas(results, ServiceKind::Grocery, Lang::En);
        let columns: Vec<_> = table.columns.iter().filter(|column| column.is_in_files).collect();
        let row = |row| {
            let line = AreaLine::of(row);
            columns.iter().map(|column| column.value(&line)).collect()
        };
        Self {
            results,
            columns: columns.iter().map(|column| column.id.clone()).collect(),
            values: results.areas.iter().map(row).collect(),
        }
    }
}

impl TableRows for Areas<'_> {
    fn count(&self) -> usize {
        self.values.len()
    }

    fn columns(&self) -> Vec<String> {
        self.columns.clone()
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        for (name, value) in self.columns.iter().zip(&self.values[at]) {
            match value.in_files() {
                // The same figure as in the table of text.
                Some((value, decimals)) => {
                    let written = format!("{value:.decimals$}").parse().unwrap_or(value);
                    json.number_member(name, written);
                }
                None => match value {
                    Value::Text(text) if !text.is_empty() => json.member(name, text),
                    _ => json.member(name, &()),
                },
            }
        }
    }

    fn kind(&self) -> &'static str {
        "MULTIPOLYGON"
    }

    fn shape(&self, at: usize) -> Option<geo::Geometry> {
        let area = self.results.areas[at].area?;
        Some(self.results.situation.areas.get(area.at())?.shape.clone().into())
    }
}
