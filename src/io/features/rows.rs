//! How does a row of a typed table become a feature? The same for every format that has columns: what is counted, which
//! column is the id, what says that the file is a demonstration.

use rustc_hash::FxHashSet;

use super::{Intake, Placed, Placing, check, sample_of};
use crate::model::{Entry, Refusal, RemarkKind};

/// The columns of a table in an intake.
pub(in crate::io) struct Columns {
    at: Vec<usize>,
    id: Option<usize>,
    source: Option<usize>,
}

/// A row, before it is a feature.
pub(in crate::io) struct RowIn<'a> {
    pub number: u32,
    /// The id that the format gives it.
    pub id: Option<Box<str>>,
    pub shape: Result<geo::Geometry, Refusal>,
    pub remarks: Vec<RemarkKind>,
    /// What it says, by position of the column.
    pub said: Vec<(usize, Entry<'a>)>,
}

impl Columns {
    /// Makes the columns of these names, each its own.
    pub fn new(names: &[String], intake: &mut Intake) -> Self {
        let at = names.iter().map(|name| intake.columns.column(name)).collect();
        let called = |wanted: &str| names.iter().position(|name| name == wanted);
        Self { at, id: called("id"), source: called("source") }
    }

    /// Takes in a row.
    pub fn take(&self, row: RowIn<'_>, placing: &Placing, intake: &mut Intake) {
        let RowIn { number, id, shape, mut remarks, said } = row;
        let mut own_id = None;
        for (column, entry) in &said {
            intake.count(self.at[*column], *entry);
            if self.source == Some(*column) && *entry == Entry::Text("demo") {
                intake.mark_demo();
            }
            if self.id == Some(*column) {
                own_id = Some(sample_of(*entry).into());
            }
        }
        let placed = shape.and_then(check::checked).and_then(|shape| placing.place(shape, &mut remarks));
        // Which way rings run is a rule of GeoJSON's.
        let placed = placed.map(|placed| Placed { runs_wrong: false, ..placed });
        let said = said.into_iter().map(|(column, entry)| (self.at[column], entry));
        intake.take(number, id.or(own_id), placed, remarks, said);
    }
}

/// A row of a format in which each feature names what it says.
pub(in crate::io) struct FreeRow<'a> {
    pub number: u32,
    /// The id that the format gives it.
    pub id: Option<Box<str>>,
    pub shape: Result<geo::Geometry, Refusal>,
    pub remarks: Vec<RemarkKind>,
    pub said: Vec<(&'a str, Entry<'a>)>,
}

impl FreeRow<'_> {
    /// Takes it in.
    pub fn take(self, placing: &Placing, intake: &mut Intake) {
        let Self { number, id, shape, mut remarks, said } = self;
        let mut own_id = None;
        let mut placed = Vec::with_capacity(said.len());
        for (name, entry) in said {
            let column = intake.columns.column(name);
            intake.count(column, entry);
            if name == "source" && entry == Entry::Text("demo") {
                intake.mark_demo();
            }
            if name == "id" && !matches!(entry, Entry::Other(other) if !other.is_number()) {
                own_id = Some(sample_of(entry).into());
            }
            placed.push((column, entry));
        }
        let shape = shape.and_then(check::checked).and_then(|shape| placing.place(shape, &mut remarks));
        let shape = shape.map(|placed| Placed { runs_wrong: false, ..placed });
        intake.take(number, id.or(own_id), shape, remarks, placed);
    }
}

/// Names of columns of which each is its own: of two of one name the second is called `name (2)`.
pub(in crate::io) fn told_apart(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut known = FxHashSet::default();
    names.into_iter().map(|name| told_apart_from(&mut known, name)).collect()
}

/// The name of a column beside those that are known; of two of one name the first keeps it.
pub(in crate::io) fn told_apart_from(known: &mut FxHashSet<String>, name: String) -> String {
    if known.insert(name.clone()) {
        return name;
    }
    // As far behind as there are names: a table of one name alone is looked through once.
    let other = |nth: &usize| !known.contains(&format!("{name} ({nth})"));
    let far = known.len() + 1;
    let nth = (2..=9).chain(far..=far * 2).find(other).unwrap_or_default();
    let name = format!("{name} ({nth})");
    known.insert(name.clone());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_however_many_are_alike() {
        let few = told_apart(["a", "b", "a", "a (2)", "a"].map(str::to_owned));
        assert_eq!(few, ["a", "b", "a (2)", "a (2) (2)", "a (3)"]);
        let many = told_apart((0..20_000).map(|_| "a".to_owned()));
        assert_eq!(many.iter().collect::<FxHashSet<_>>().len(), 20_000);
    }
}
