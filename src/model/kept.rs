//! What of a saved project does this version of the program not understand? Kept as it was, for the version that does.

use std::collections::BTreeMap;

use serde_json::Value;

/// Members that are not understood, by where they stand.
#[derive(Debug, Clone, PartialEq)]
pub enum Unknown {
    /// Of an object: members of its own, and what is not understood within those that are.
    Object { own: BTreeMap<String, Value>, within: BTreeMap<String, Unknown> },
    /// Of a list: by the id of the item.
    Items(Vec<(Value, Unknown)>),
}

/// Members by which an item of a list is known again.
const KEYS: [&str; 4] = ["id", "site", "was", "factor"];

fn key_of(item: &Value) -> Option<&Value> {
    KEYS.iter().find_map(|key| item.get(key))
}

impl Unknown {
    /// What stands in a document and not in what was understood of it.
    #[must_use]
    pub fn between(written: &Value, understood: &Value) -> Option<Self> {
        match (written, understood) {
            (Value::Object(written), Value::Object(understood)) => {
                let (mut own, mut within) = (BTreeMap::new(), BTreeMap::new());
                for (name, value) in written {
                    match understood.get(name) {
                        // What says nothing is not written, and nothing is lost.
                        None if value.is_null() => {}
                        None => {
                            own.insert(name.clone(), value.clone());
                        }
                        Some(known) => {
                            within.extend(Self::between(value, known).map(|unknown| (name.clone(), unknown)));
                        }
                    }
                }
                (!own.is_empty() || !within.is_empty()).then_some(Self::Object { own, within })
            }
            (Value::Array(written), Value::Array(understood)) => {
                let mut items = Vec::new();
                for item in written {
                    let Some(key) = key_of(item) else { continue };
                    let known = understood.iter().find(|known| key_of(known) == Some(key));
                    let unknown = known.and_then(|known| Self::between(item, known));
                    items.extend(unknown.map(|unknown| (key.clone(), unknown)));
                }
                (!items.is_empty()).then_some(Self::Items(items))
            }
            _ => None,
        }
    }

    /// Puts it back where it stood, as far as that is still there; what this version writes itself stays.
    pub fn put_back(&self, into: &mut Value) {
        match (self, into) {
            (Self::Object { own, within }, Value::Object(into)) => {
                for (name, value) in own {
                    into.entry(name.clone()).or_insert_with(|| value.clone());
                }
                for (name, unknown) in within {
                    if let Some(value) = into.get_mut(name) {
                        unknown.put_back(value);
                    }
                }
            }
            (Self::Items(items), Value::Array(into)) => {
                for (key, unknown) in items {
                    if let Some(item) = into.iter_mut().find(|item| key_of(item) == Some(key)) {
                        unknown.put_back(item);
                    }
                }
            }
            _ => {}
        }
    }

    /// The members by their names, the outer first: `profile.later`.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Object { own, within } => {
                let inner = within.iter().flat_map(|(name, unknown)| {
                    unknown.names().into_iter().map(move |inner| format!("{name}.{inner}"))
                });
                own.keys().cloned().chain(inner).collect()
            }
            Self::Items(items) => {
                let mut names: Vec<String> = items.iter().flat_map(|(_, unknown)| unknown.names()).collect();
                names.sort();
                names.dedup();
                names
            }
        }
    }
}

/// What a project keeps without understanding it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kept {
    /// Documents: version and text, by name.
    pub documents: BTreeMap<String, (i64, String)>,
    /// Members of documents that are understood, by the document's name.
    pub members: BTreeMap<String, Unknown>,
}

impl Kept {
    /// Everything by name.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let members = self.members.iter().flat_map(|(document, unknown)| {
            unknown.names().into_iter().map(move |name| format!("{document}.{name}"))
        });
        self.documents.keys().cloned().chain(members).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_unknown_comes_back_where_it_stood() {
        let written = json!({"a": 1, "later": [1], "deep": {"b": 2, "more": {"x": null}},
            "list": [{"id": 1, "c": 3, "new": true}, {"id": 2, "c": 4}], "empty": null});
        let understood = json!({"a": 1, "deep": {"b": 2}, "list": [{"id": 1, "c": 3}, {"id": 2, "c": 4}]});
        let unknown = Unknown::between(&written, &understood).expect("something");
        assert_eq!(unknown.names(), ["later", "deep.more", "list.new"]);
        // Edited since: an item is gone, another is new, a value is another.
        let mut next = json!({"a": 9, "deep": {"b": 5}, "list": [{"id": 3, "c": 1}, {"id": 1, "c": 7}]});
        unknown.put_back(&mut next);
        let wanted = json!({"a": 9, "deep": {"b": 5, "more": {"x": null}}, "later": [1],
            "list": [{"id": 3, "c": 1}, {"id": 1, "c": 7, "new": true}]});
        assert_eq!(next, wanted);
        assert_eq!(Unknown::between(&understood, &understood), None);
    }
}
