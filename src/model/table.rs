//! What do the features of a file say? Columns by type, each text once, beside places and shapes.
//! Does not know formats: whatever was read becomes the same table, and nobody reads text again.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};
use serde_json::Value;

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

/// What a file holds.
#[derive(Debug, Default)]
pub struct FeatureTable {
    pub features: Vec<Feature>,
    pub columns: Vec<Column>,
    /// What was refused and remarked when reading, before the role.
    pub report: LayerReport,
    /// Features that say of themselves that they are a demonstration.
    pub is_demo: bool,
    names: OnceLock<Names>,
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
        Self { features, columns, report, is_demo, names: OnceLock::new() }
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

/// A value of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry<'a> {
    Integer(i64),
    Real(f64),
    Flag(bool),
    Text(&'a str),
    /// A list, an object, or a number that is neither of the above, as it was written.
    Other(&'a Value),
}

impl<'a> Entry<'a> {
    /// A number that was written as one.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "people, codes and money are far below 2^53")]
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(number as f64),
            Self::Real(number) => Some(number),
            Self::Other(value) => value.as_f64(),
            Self::Flag(_) | Self::Text(_) => None,
        }
    }

    /// As people read it: without quotes and the space around.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => Value::from(number).to_string(),
            Self::Flag(said) => said.to_string(),
            Self::Text(text) => text.trim().to_owned(),
            Self::Other(value) => value.to_string(),
        }
    }

    /// Was it written as text? A number in quotes may be anything.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// The value of a JSON member; nothing for null.
    #[must_use]
    pub fn of(value: &'a Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(said) => Self::Flag(*said),
            Value::String(text) => Self::Text(text),
            Value::Number(number) => match (number.as_i64(), number.is_f64(), number.as_f64()) {
                (Some(whole), ..) => Self::Integer(whole),
                (None, true, Some(real)) => Self::Real(real),
                _ => Self::Other(value),
            },
            Value::Array(_) | Value::Object(_) => Self::Other(value),
        })
    }

    /// As a member of a JSON object.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Integer(number) => number.into(),
            Self::Real(number) => number.into(),
            Self::Flag(said) => said.into(),
            Self::Text(text) => text.into(),
            Self::Other(value) => value.clone(),
        }
    }
}

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

impl Column {
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
    fn push(&mut self, row: u32, entry: Entry<'_>) {
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

    /// Puts the values of another part of the file behind these, its rows counted on from `before`.
    fn append(&mut self, other: Self, before: u32) {
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
        self.columns.push(Column { name: name.into(), ..Column::default() });
        self.by_name.insert(name.into(), self.columns.len() - 1);
        self.columns.len() - 1
    }

    /// Counts a value of a feature, whether the feature is used or not.
    pub fn count(&mut self, column: usize, sample: String, is_number: bool) {
        let column = &mut self.columns[column];
        column.filled += 1;
        column.numbers += usize::from(is_number);
        if column.samples.len() < Self::SAMPLES && !column.samples.contains(&sample) {
            column.samples.push(sample);
        }
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
            if let Values::Texts(texts) = &mut column.values {
                texts.known = FxHashMap::default();
            }
        }
        self.columns
    }
}

#[cfg(test)]
pub mod tests {
    use serde_json::json;

    use super::*;

    /// A table of these objects, a row each.
    pub fn table_of(objects: &[Value]) -> FeatureTable {
        let mut builder = TableBuilder::default();
        let mut features = Vec::new();
        for (row, object) in (0u32..).zip(objects) {
            for (name, value) in object.as_object().expect("an object") {
                let column = builder.column(name);
                if let Some(entry) = Entry::of(value) {
                    builder.count(column, entry.text(), entry.number().is_some());
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
