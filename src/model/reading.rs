//! How is a file read where its names do not tell? Which column means what, and which rows are wanted.
//! What the user says stays with the layer and holds whenever its file is read again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::folded::folded;
use super::written::written_number;
use super::{
    Entry, FeatureTable, Join, Message, Refusal, Refused, Remark, RemarkKind, Row, STORE_ATTRIBUTES,
};
use crate::lang::{Lang, Said};
use crate::say;

/// What the user says of a file's columns and rows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Column by its [`Meaning`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Meaning, String>,
    /// Rows for which all of these hold are wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Other tables that say more of its rows, or where they stand, in the order they are joined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<Join>,
}

/// What a column can mean whatever it is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Tells the feature from all others, from one delivery of the file to the next.
    Id,
    Name,
    /// Which kinds of service there are.
    Kind,
    /// The sub-kind, shown as written.
    Form,
    /// An attribute of stores, by its id.
    Attribute(String),
}

impl Meaning {
    /// All of them, the most asked for first.
    pub fn all() -> impl Iterator<Item = Self> {
        let attributes = STORE_ATTRIBUTES.iter().map(|def| Self::Attribute(def.id.to_owned()));
        [Self::Name, Self::Kind, Self::Id, Self::Form].into_iter().chain(attributes)
    }

    /// The name of a column that means this by itself.
    fn own_name(&self) -> &str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Kind => "service",
            Self::Form => "form",
            Self::Attribute(id) => id,
        }
    }
}

impl Said for Meaning {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Id => lang.pick("Id", "Id").into(),
            Self::Name => lang.pick("Namn", "Name").into(),
            Self::Kind => lang.pick("Typ av service", "Kind of service").into(),
            Self::Form => lang.pick("Form (undertyp)", "Form (sub-kind)").into(),
            Self::Attribute(id) => {
                super::attribute(id).map_or_else(|| id.clone(), |def| def.label(lang).into())
            }
        }
    }
}

/// What a row must say to be wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub column: String,
    pub test: Test,
    pub value: String,
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    Is,
    IsNot,
    Contains,
    AtLeast,
    AtMost,
    Filled,
    Empty,
}

impl Test {
    pub const ALL: [Self; 7] =
        [Self::Is, Self::IsNot, Self::Contains, Self::AtLeast, Self::AtMost, Self::Filled, Self::Empty];

    /// Does it compare with a value?
    #[must_use]
    pub const fn has_value(self) -> bool {
        !matches!(self, Self::Filled | Self::Empty)
    }

    /// Does it compare numbers?
    #[must_use]
    pub const fn is_of_numbers(self) -> bool {
        matches!(self, Self::AtLeast | Self::AtMost)
    }
}

impl Said for Test {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Is => lang.pick("är", "is"),
            Self::IsNot => lang.pick("är inte", "is not"),
            Self::Contains => lang.pick("innehåller", "contains"),
            Self::AtLeast => lang.pick("är minst", "is at least"),
            Self::AtMost => lang.pick("är högst", "is at most"),
            Self::Filled => lang.pick("är ifylld", "is filled in"),
            Self::Empty => lang.pick("är tom", "is empty"),
        }
        .into()
    }
}

impl Said for Condition {
    fn said(&self, lang: Lang) -> String {
        let (column, test, value) = (&self.column, self.test.said(lang), self.value.trim());
        if self.test.has_value() {
            say!(lang, "{column} {test} {value}", "{column} {test} {value}")
        } else {
            say!(lang, "{column} {test}", "{column} {test}")
        }
    }
}

impl Condition {
    /// Does a row say so? Texts are compared whatever their case, numbers as numbers; a value that is not there is
    /// none of any value.
    #[must_use]
    pub fn holds(&self, row: Row<'_>) -> bool {
        let entry = row.get(&self.column);
        let text = entry.map(Entry::text).filter(|text| !text.trim().is_empty());
        let wanted = self.value.trim();
        let numbers = || {
            let number =
                entry.and_then(|entry| entry.number().or_else(|| Some(written_number(&entry.text())?.value)));
            number.zip(written_number(wanted).map(|number| number.value))
        };
        let is_same = || {
            let same = text.as_deref().is_some_and(|text| folded(text) == folded(wanted));
            #[expect(clippy::float_cmp, reason = "a number that was written equal is equal")]
            let is_number = numbers().is_some_and(|(own, wanted)| own == wanted);
            same || is_number
        };
        match self.test {
            Test::Is => is_same(),
            Test::IsNot => !is_same(),
            Test::Contains => text.is_some_and(|text| folded(&text).contains(&folded(wanted))),
            Test::AtLeast => numbers().is_some_and(|(own, wanted)| own >= wanted),
            Test::AtMost => numbers().is_some_and(|(own, wanted)| own <= wanted),
            Test::Filled => text.is_some(),
            Test::Empty => text.is_none(),
        }
    }

    /// Can it be answered? A number is compared with a number.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let value = self.value.trim();
        !self.column.is_empty()
            && (!self.test.has_value() || !value.is_empty())
            && (!self.test.is_of_numbers() || written_number(value).is_some())
    }
}

impl Reading {
    /// Is nothing said?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty() && self.conditions.is_empty() && self.joins.is_empty()
    }

    /// The table as the user means it: columns mean what is said, and rows that are not wanted are refused, each with
    /// the condition that it fails.
    pub fn apply(&self, table: &mut FeatureTable) {
        for (meaning, column) in &self.columns {
            table.call(meaning.own_name(), column);
        }
        if let Some(column) = self.columns.get(&Meaning::Id) {
            identify(table, column);
        }
        if self.conditions.is_empty() {
            return;
        }
        let features = std::mem::take(&mut table.features);
        let (mut kept, mut refused) = (Vec::with_capacity(features.len()), Vec::new());
        for feature in features {
            match self.conditions.iter().find(|condition| !condition.holds(table.row(&feature))) {
                None => kept.push(feature),
                Some(condition) => {
                    let said = Message::new(condition.said(Lang::Sv), condition.said(Lang::En));
                    let reason = Refusal::NotWanted { field: condition.column.clone(), condition: said };
                    refused.push(Refused { number: feature.number, reason, place: Some(feature.place) });
                }
            }
        }
        table.features = kept;
        let gone: BTreeSet<u32> = refused.iter().map(|refused| refused.number).collect();
        table.report.remarks.retain(|remark| remark.number.is_none_or(|number| !gone.contains(&number)));
        table.report.refused.append(&mut refused);
        table.report.refused.sort_by_key(|refused| refused.number);
    }
}

/// Features are known by what a column says, where it tells each from all others.
fn identify(table: &mut FeatureTable, column: &str) {
    let text = |table: &FeatureTable, at: usize| {
        let text = table.row(&table.features[at]).get(column).map(|entry| entry.text().trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    let ids: Vec<Option<String>> = (0..table.features.len()).map(|at| text(table, at)).collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids.iter().flatten() {
        *seen.entry(id).or_default() += 1;
    }
    table.report.remarks.retain(|remark| !matches!(remark.kind, RemarkKind::DuplicateId { .. }));
    let mut remarks = Vec::new();
    for (feature, id) in table.features.iter_mut().zip(&ids) {
        let is_own = |id: &&String| seen.get(id.as_str()) == Some(&1);
        feature.id = id.as_ref().filter(is_own).map(|id| id.as_str().into());
        if let Some(id) = id.as_ref().filter(|id| !is_own(id)) {
            let kind = RemarkKind::DuplicateId { id: id.clone() };
            remarks.push(Remark { number: Some(feature.number), kind, place: Some(feature.place) });
        }
    }
    table.report.remarks.append(&mut remarks);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::recognise;
    use crate::model::table::tests::table_of;

    fn condition(column: &str, test: Test, value: &str) -> Condition {
        Condition { column: column.into(), test, value: value.into() }
    }

    #[test]
    fn rows_are_wanted_by_text_and_by_number() {
        let table = table_of(&[
            json!({"typ": "Butik ", "yta": 120, "kod": "0115"}),
            json!({"typ": "Automat", "yta": "80,5", "kod": "115"}),
            json!({"typ": null, "kod": ""}),
        ]);
        let kept = |column: &str, test, value: &str| {
            let condition = condition(column, test, value);
            let holds = table.features.iter().filter(|feature| condition.holds(table.row(feature)));
            holds.map(|feature| feature.number).collect::<Vec<_>>()
        };
        assert_eq!(kept("typ", Test::Is, "butik"), [1]);
        assert_eq!(kept("typ", Test::IsNot, "butik"), [2, 3]);
        assert_eq!(kept("typ", Test::Contains, "UT"), [1, 2]);
        assert_eq!(kept("yta", Test::AtLeast, "80,5"), [1, 2]);
        assert_eq!(kept("yta", Test::AtMost, "100"), [2]);
        assert_eq!(kept("typ", Test::Filled, ""), [1, 2]);
        assert_eq!(kept("kod", Test::Empty, ""), [3]);
        assert_eq!(kept("finns inte", Test::Filled, ""), [0u32; 0]);
        assert!(!condition("yta", Test::AtLeast, "många").is_complete());
    }

    #[test]
    fn what_is_not_wanted_is_counted_with_its_condition() {
        let mut table = table_of(&[json!({"typ": "a"}), json!({"typ": "b"}), json!({"typ": "a"})]);
        table.report.features_in = 3;
        let reading = Reading { conditions: vec![condition("typ", Test::Is, "a")], ..Reading::default() };
        reading.apply(&mut table);
        assert_eq!(table.features.iter().map(|feature| feature.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(table.report.refused.len(), 1);
        assert_eq!(table.report.refused[0].reason.code(), "not_wanted");
        assert!(table.report.refused[0].reason.said(Lang::Sv).contains("typ är a"));
    }

    #[test]
    fn a_column_means_what_is_said_whatever_it_is_called() {
        let mut table = table_of(&[
            json!({"Butiksnamn": "Hallens lanthandel", "name": "fel", "nr": 7, "Bemannad?": "unstaffed"}),
            json!({"Butiksnamn": "Kalls livs", "name": "fel", "nr": 7}),
            json!({"Butiksnamn": "Vallbo", "name": "fel", "nr": 9}),
        ]);
        let columns = [
            (Meaning::Name, "Butiksnamn"),
            (Meaning::Id, "nr"),
            (Meaning::Attribute("staffing".into()), "Bemannad?"),
        ];
        let columns = columns.map(|(meaning, column)| (meaning, column.to_owned())).into();
        Reading { columns, ..Reading::default() }.apply(&mut table);
        let names: Vec<_> =
            table.features.iter().filter_map(|feature| recognise::name_of(table.row(feature))).collect();
        assert_eq!(names, ["Hallens lanthandel", "Kalls livs", "Vallbo"]);
        let ids: Vec<_> = table.features.iter().map(|feature| feature.id.as_deref()).collect();
        assert_eq!(ids, [None, None, Some("9")], "an id of two is an id of none");
        let staffing = table.row(&table.features[0]).called("staffing").next().map(Entry::text);
        assert_eq!(staffing.as_deref(), Some("unstaffed"));
    }
}
