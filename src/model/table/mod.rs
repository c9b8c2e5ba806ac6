//! What do the features of a file say? Columns by type, each text once, beside places and shapes.
//! Does not know formats: whatever was read becomes the same table, and nobody reads text again.

mod column;
mod entry;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

pub use self::column::{Column, ColumnType, Mapped};
pub use self::entry::Entry;
use super::LayerReport;
use super::folded::folded;
use crate::geometry::{LonLat, PlanePoint};

/// A usable feature of a file.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Number in the file, from 1.
    pub number: u32,
    /// The feature's `id`, else its property `id`, where one is given and unique.
    pub id: Option<Box<str>>,
    pub place: LonLat,
    pub point: PlanePoint,
    /// Lines and polygons keep their shape, in degrees.
    pub shape: Option<Box<geo::Geometry>>,
    /// Its row in the columns of the table.
    pub row: u32,
}

/// The name wanted, else with the first number behind that makes it one that is not taken.
#[must_use]
pub fn free_name(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{wanted}_{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct FeatureTable {
    pub features: Vec<Feature>,
    pub columns: Vec<Column>,
    /// What was refused and remarked when reading, before the role.
    pub report: LayerReport,
    /// Features that say of themselves that they are a demonstration.
    pub is_demo: bool,
    /// Rows that stand nowhere: no analysis uses them, but who writes the file again keeps them.
    pub placeless: Placeless,
    names: OnceLock<Names>,
    /// What the user says that columns mean, whatever they are called: the name they go by, and their position.
    meant: Vec<(String, usize)>,
}

/// What rows without a geometry say, apart from the columns of those that are used.
#[derive(Debug, Default)]
pub struct Placeless {
    pub rows: Vec<PlacelessRow>,
    pub columns: Vec<Column>,
}

/// A row without a geometry.
#[derive(Debug, Clone)]
pub struct PlacelessRow {
    /// Number in the file, from 1.
    pub number: u32,
    pub id: Option<Box<str>>,
    /// Its row in the columns of [`Placeless`].
    pub row: u32,
}

/// Columns by their names.
#[derive(Debug, Default)]
struct Names {
    /// By the name as it is compared: positions of columns, in the order of their names as written.
    folded: FxHashMap<String, Vec<usize>>,
    /// Positions of all columns in the order of their names.
    sorted: Vec<usize>,
}

impl FeatureTable {
    /// A table of these features and columns.
    #[must_use]
    pub fn new(features: Vec<Feature>, columns: Vec<Column>, report: LayerReport, is_demo: bool) -> Self {
        let placeless = Placeless::default();
        Self { features, columns, report, is_demo, placeless, names: OnceLock::new(), meant: Vec::new() }
    }

    /// With the rows that stand nowhere.
    #[must_use]
    pub fn with_placeless(mut self, placeless: Placeless) -> Self {
        self.placeless = placeless;
        self
    }

    /// Lets a column go by a name too, in place of what bears that name; nothing where there is no such column.
    pub fn call(&mut self, name: &str, column: &str) {
        if let Some(at) = self.columns.iter().position(|known| known.name == column) {
            self.meant.retain(|(known, _)| known != name);
            self.meant.push((name.to_owned(), at));
            self.names = OnceLock::new();
        }
    }

    /// Adds columns behind those there are.
    pub fn add_columns(&mut self, columns: Vec<Column>) {
        self.columns.extend(columns);
        self.names = OnceLock::new();
    }

    /// Gives rows that stand nowhere a place, so that they are features as if they always had one: by their position
    /// among [`Placeless`] rows, ascending.
    pub fn give_places(&mut self, placed: &[(usize, LonLat, PlanePoint)]) {
        let mut placeless = std::mem::take(&mut self.placeless);
        // Rows ascend with the numbers of the features, as in every table.
        let mut all: Vec<(Feature, Option<u32>)> =
            std::mem::take(&mut self.features).into_iter().map(|feature| (feature, None)).collect();
        for (nth, place, point) in placed {
            let PlacelessRow { number, id, row } = placeless.rows[*nth].clone();
            all.push((Feature { number, id, place: *place, point: *point, shape: None, row: 0 }, Some(row)));
        }
        all.sort_by_key(|(feature, _)| feature.number);
        let names = self.columns.iter().chain(&placeless.columns).map(|column| column.name.clone());
        let mut columns: Vec<Column> = Vec::new();
        for name in names {
            if columns.iter().any(|known| known.name == name) {
                continue;
            }
            let called = |known: &&Column| known.name == name;
            let (old, other) = (self.columns.iter().find(called), placeless.columns.iter().find(called));
            let mut new = Column::new(&name);
            for (row, (feature, from)) in (0u32..).zip(&all) {
                let entry = match from {
                    None => old.and_then(|column| column.entry(feature.row)),
                    Some(from) => other.and_then(|column| column.entry(*from)),
                };
                if let Some(entry) = entry {
                    new.push(row, entry);
                }
            }
            new.finish();
            let counted = old.or(other);
            new.filled = counted.map_or(0, |column| column.filled);
            new.numbers = counted.map_or(0, |column| column.numbers);
            new.samples = counted.map(|column| column.samples.clone()).unwrap_or_default();
            columns.push(new);
        }
        self.columns = columns;
        let rows = (0u32..).zip(all);
        self.features = rows.map(|(row, (feature, _))| Feature { row, ..feature }).collect();
        let numbers: std::collections::BTreeSet<u32> =
            placed.iter().map(|(nth, ..)| placeless.rows[*nth].number).collect();
        placeless.rows.retain(|row| !numbers.contains(&row.number));
        let is_placed = |number: u32| numbers.contains(&number);
        self.report.refused.retain(|refused| !(refused.reason.is_placeless() && is_placed(refused.number)));
        self.placeless = placeless;
        self.names = OnceLock::new();
    }

    /// What a feature says.
    #[must_use]
    pub fn row(&self, feature: &Feature) -> Row<'_> {
        Row { table: self, row: feature.row }
    }

    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..self.columns.len()).collect();
            sorted.sort_by(|a, b| self.columns[*a].name.cmp(&self.columns[*b].name));
            let mut names = Names { sorted, ..Names::default() };
            for at in &names.sorted {
                names.folded.entry(folded(&self.columns[*at].name)).or_default().push(*at);
            }
            for (name, at) in &self.meant {
                names.folded.insert(folded(name), vec![*at]);
            }
            names
        })
    }
}

/// What one feature says.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a FeatureTable,
    row: u32,
}

impl<'a> Row<'a> {
    /// The value of a column; nothing where there is none.
    #[must_use]
    pub fn get(self, column: &str) -> Option<Entry<'a>> {
        self.table.column(column)?.entry(self.row)
    }

    /// The values there are, in the order of their columns' names.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, Entry<'a>)> {
        let columns = self.table.names().sorted.iter().map(move |at| &self.table.columns[*at]);
        columns.filter_map(move |column| Some((column.name.as_str(), column.entry(self.row)?)))
    }

    /// The values of the columns that the user says the meaning of, by the names they go by.
    pub fn meant(self) -> impl Iterator<Item = (&'a str, Entry<'a>)> {
        let columns = self.table.meant.iter().map(|(name, at)| (name, &self.table.columns[*at]));
        columns.filter_map(move |(name, column)| Some((name.as_str(), column.entry(self.row)?)))
    }

    /// The values of the columns of a name as it is compared: see [`folded`].
    pub fn called(self, name: &str) -> impl Iterator<Item = Entry<'a>> {
        let found = self.table.names().folded.get(name).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(move |at| self.table.columns[*at].entry(self.row))
    }

    /// The first of these columns that has a value, as text; case does not matter.
    #[must_use]
    pub fn text_of(self, wanted: &[&str]) -> Option<String> {
        wanted.iter().find_map(|name| {
            let text = self.called(name).next()?.text();
            Some(text).filter(|text| !text.is_empty())
        })
    }
}

/// Makes the columns of a table, row by row, also in parts of a file that are read side by side.
#[derive(Debug, Default)]
pub struct TableBuilder {
    columns: Vec<Column>,
    by_name: FxHashMap<String, usize>,
}

impl TableBuilder {
    /// Samples that a column keeps.
    const SAMPLES: usize = 4;

    /// The position of a column, in the order in which they are first seen.
    pub fn column(&mut self, name: &str) -> usize {
        if let Some(at) = self.by_name.get(name) {
            return *at;
        }
        self.columns.push(Column::new(name));
        self.by_name.insert(name.into(), self.columns.len() - 1);
        self.columns.len() - 1
    }

    /// The name of a column.
    #[must_use]
    pub fn name(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", |column| column.name.as_str())
    }

    /// Counts a value of a feature, whether the feature is used or not.
    pub fn count(&mut self, column: usize, is_number: bool, sample: impl FnOnce() -> String) {
        let column = &mut self.columns[column];
        column.filled += 1;
        column.numbers += usize::from(is_number);
        if column.samples.len() < Self::SAMPLES {
            let sample = sample();
            if !column.samples.contains(&sample) {
                column.samples.push(sample);
            }
        }
    }

    /// Counts all values of a column at once, and the first different ones.
    pub fn tally(&mut self, column: usize, filled: usize, numbers: usize, samples: &[String]) {
        let column = &mut self.columns[column];
        column.filled += filled;
        column.numbers += numbers;
        let room = Self::SAMPLES.saturating_sub(column.samples.len());
        column.samples.extend(samples.iter().take(room).cloned());
    }

    /// Keeps a value of a feature that is used. Rows come in ascending order, a column once in each.
    pub fn put(&mut self, column: usize, row: u32, entry: Entry<'_>) {
        self.columns[column].push(row, entry);
    }

    /// Puts another part of the file behind this one, which has so many rows.
    pub fn merge(&mut self, other: Self, rows: u32) {
        for theirs in other.columns {
            let at = self.column(&theirs.name);
            let ours = &mut self.columns[at];
            ours.filled += theirs.filled;
            ours.numbers += theirs.numbers;
            for sample in &theirs.samples {
                if ours.samples.len() < Self::SAMPLES && !ours.samples.contains(sample) {
                    ours.samples.push(sample.clone());
                }
            }
            ours.append(theirs, rows);
        }
    }

    /// The columns.
    #[must_use]
    pub fn finish(mut self) -> Vec<Column> {
        for column in &mut self.columns {
            column.finish();
        }
        self.columns
    }
}

#[cfg(test)]
pub mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A table of these objects, a row each.
    pub fn table_of(objects: &[Value]) -> FeatureTable {
        let mut builder = TableBuilder::default();
        let mut features = Vec::new();
        for (row, object) in (0u32..).zip(objects) {
            for (name, value) in object.as_object().expect("an object") {
                let column = builder.column(name);
                if let Some(entry) = Entry::of(value) {
                    builder.count(column, entry.number().is_some(), || entry.text());
                    builder.put(column, row, entry);
                }
            }
            let (place, point) = (LonLat::new(15.0, 63.0), PlanePoint::default());
            features.push(Feature { number: row + 1, id: None, place, point, shape: None, row });
        }
        FeatureTable::new(features, builder.finish(), LayerReport::default(), false)
    }

    /// The values come back as they went in, in whichever parts they are put together.
    #[test]
    fn a_table_gives_back_what_was_put_in() {
        let rows: Vec<Value> = (0..3_000u32)
            .map(|at| {
                let mut row =
                    json!({"id": at, "same": "text", "own": format!("å{at}"), "real": f64::from(at) / 4.0});
                let object = row.as_object_mut().expect("an object");
                if at % 7 == 0 {
                    object.insert("sparse".into(), json!(at));
                }
                let mixed = [
                    json!(1),
                    json!("1"),
                    json!(1.5),
                    json!([1, null]),
                    json!(u64::MAX),
                    json!(true),
                    json!(null),
                ];
                object.insert("mixed".into(), mixed[(at % 7) as usize].clone());
                if at > 2_000 {
                    object.insert("late".into(), json!(at % 2 == 0));
                }
                row
            })
            .collect();
        let whole = table_of(&rows);
        for cut in [0, 1, 999, 2_001, 3_000] {
            let mut parts = TableBuilder::default();
            let (first, second) = rows.split_at(cut);
            for (part, before) in [(first, 0), (second, cut)] {
                let mut builder = TableBuilder::default();
                for (row, object) in (0u32..).zip(part) {
                    for (name, value) in object.as_object().expect("an object") {
                        let column = builder.column(name);
                        if let Some(entry) = Entry::of(value) {
                            builder.put(column, row, entry);
                        }
                    }
                }
                parts.merge(builder, u32::try_from(before).expect("few"));
            }
            let table =
                FeatureTable::new(whole.features.clone(), parts.finish(), LayerReport::default(), false);
            for (feature, object) in table.features.iter().zip(&rows) {
                for (name, value) in object.as_object().expect("an object") {
                    let found = table.row(feature).get(name).map_or(Value::Null, Entry::to_value);
                    assert_eq!(found, *value, "{name} of {} cut at {cut}", feature.number);
                    let same = whole.row(feature).get(name).map_or(Value::Null, Entry::to_value);
                    assert_eq!(same, *value);
                }
                assert!(table.row(feature).get("none").is_none());
            }
        }
    }

    #[test]
    fn names_are_found_whatever_their_case() {
        let table =
            table_of(&[json!({"NAMN": " Åre ", "namn": "b", "tom": ""}), json!({"namn": "c", "tom": null})]);
        let row = |at: usize| table.row(&table.features[at]);
        assert_eq!(row(0).text_of(&["namn"]), Some("Åre".into()), "the first in the order of names");
        assert_eq!(row(1).text_of(&["tom", "namn"]), Some("c".into()));
        assert_eq!(row(1).text_of(&["tom"]), None);
        let names: Vec<&str> = row(0).entries().map(|(name, _)| name).collect();
        assert_eq!(names, ["NAMN", "namn", "tom"]);
    }
}
