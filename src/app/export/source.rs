//! Which columns of their files do rows of results keep? All of them, behind the program's own, so that every row can be
//! joined back to what it came from. A column whose name is needed gets another one.

use std::collections::BTreeMap;

use super::layer::ResultLayer;
use crate::geometry::Crs;
use crate::io::{JsonWriter, has_own_ids, same_name, source_name};
use crate::model::{Column, Entry, Layer, LayerId, TableBuilder, free_name};

/// The columns of the layers that rows come from, each name once.
#[derive(Default)]
pub(in crate::app) struct SourceColumns<'a> {
    names: Vec<String>,
    /// The names, as keys of JSON.
    keys: Vec<Vec<u8>>,
    layers: BTreeMap<LayerId, Source<'a>>,
}

struct Source<'a> {
    layer: &'a Layer,
    /// In the order of the names.
    columns: Vec<Said<'a>>,
}

/// Where the value of a name is found.
enum Said<'a> {
    Nowhere,
    Column(&'a Column),
    /// The ids that features have beside their columns.
    Id,
}

/// A column by its name in the file, or the ids beside all columns.
#[derive(Clone, Copy, PartialEq)]
enum Wanted<'a> {
    Name(&'a str),
    Id,
}

impl<'a> SourceColumns<'a> {
    /// Those of the layers that a layer's rows come from; names that are taken are those of its own columns.
    pub(super) fn new(layer: &'a dyn ResultLayer, taken: &[String]) -> Self {
        let origins = (0..layer.count()).map(|at| layer.row(at).origin);
        Self::of(origins, |id| layer.source(id), taken)
    }

    /// Those of the layers that these features are of.
    pub(in crate::app) fn of(
        origins: impl Iterator<Item = Option<(LayerId, u32)>>,
        source: impl Fn(LayerId) -> Option<&'a Layer>,
        taken: &[String],
    ) -> Self {
        let mut layers: BTreeMap<LayerId, &Layer> = BTreeMap::new();
        let mut last = None;
        for origin in origins {
            let origin = origin.map(|(id, _)| id);
            if origin != last
                && let Some(found) = origin.and_then(&source)
            {
                layers.insert(found.id, found);
            }
            last = origin;
        }
        let mut wanted: Vec<Wanted<'a>> = Vec::new();
        for layer in layers.values() {
            let ids = has_own_ids(&layer.table).then_some(Wanted::Id);
            let columns = layer.table.columns.iter().map(|column| Wanted::Name(&column.name));
            for one in ids.into_iter().chain(columns) {
                if !wanted.contains(&one) {
                    wanted.push(one);
                }
            }
        }
        let names = named(&wanted, taken);
        let keys = names.iter().map(|name| serde_json::to_vec(name).unwrap_or_default()).collect();
        let layers = layers.into_iter().map(|(id, layer)| {
            let columns = wanted.iter().map(|one| match one {
                Wanted::Name(name) => layer.table.column(name).map_or(Said::Nowhere, Said::Column),
                Wanted::Id if has_own_ids(&layer.table) => Said::Id,
                Wanted::Id => Said::Nowhere,
            });
            (id, Source { layer, columns: columns.collect() })
        });
        Self { keys, layers: layers.collect(), names }
    }

    pub(in crate::app) fn names(&self) -> &[String] {
        &self.names
    }

    /// The one system that all of them are in.
    pub(super) fn crs(&self) -> Option<Crs> {
        let mut systems = self.layers.values().map(|source| source.layer.source.crs);
        let first = systems.next()?;
        systems.all(|other| other == first).then_some(first)
    }

    /// What a row says in each of the names.
    fn values(&self, origin: Option<(LayerId, u32)>) -> impl Iterator<Item = Option<Entry<'_>>> {
        let found = origin.and_then(|(layer, at)| {
            let source = self.layers.get(&layer)?;
            Some((source, source.layer.table.features.get(at as usize)?))
        });
        (0..self.names.len()).map(move |name| {
            let (source, feature) = found?;
            match source.columns[name] {
                Said::Nowhere => None,
                Said::Column(column) => column.entry(feature.row),
                Said::Id => feature.id.as_deref().map(Entry::Text),
            }
        })
    }

    /// Writes the columns of a row; null where it says nothing.
    pub(in crate::app) fn members(&self, origin: Option<(LayerId, u32)>, json: &mut JsonWriter) {
        for (key, value) in self.keys.iter().zip(self.values(origin)) {
            json.raw_key(key);
            json.value(&value);
        }
    }

    /// Puts the columns of a row into a table.
    pub(super) fn put(&self, origin: Option<(LayerId, u32)>, row: u32, table: &mut TableBuilder) {
        for (name, value) in self.names.iter().zip(self.values(origin)) {
            let column = table.column(name);
            if let Some(value) = value {
                table.put(column, row, value);
            }
        }
    }
}

/// The name of each, all different: its own, else with `_source` behind, else with a number behind that.
fn named(wanted: &[Wanted<'_>], taken: &[String]) -> Vec<String> {
    let is_own = |name: &str| taken.iter().any(|known| same_name(known, name));
    let is_theirs = |name: &str| wanted.contains(&Wanted::Name(name));
    let mut given: Vec<String> = Vec::new();
    for one in wanted {
        let (name, is_free) = match *one {
            Wanted::Name(name) => (name, !is_own(name)),
            Wanted::Id => ("id", !is_own("id") && !is_theirs("id")),
        };
        given.push(if is_free {
            name.to_owned()
        } else {
            free_name(&source_name(name), |name| {
                is_own(name)
                    || wanted.iter().any(|one| matches!(one, Wanted::Name(other) if same_name(other, name)))
                    || given.iter().any(|other| same_name(other, name))
            })
        });
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_needed_gives_way() {
        let taken = ["id", "name", "people"].map(String::from);
        let wanted = [
            Wanted::Id,
            Wanted::Name("NAME"),
            Wanted::Name("people"),
            Wanted::Name("people_source"),
            Wanted::Name("rutid_scb"),
        ];
        let names = named(&wanted, &taken);
        assert_eq!(names, ["id_source", "NAME_source", "people_source_2", "people_source", "rutid_scb"]);
        assert_eq!(named(&[Wanted::Id, Wanted::Name("id")], &[]), ["id_source", "id"]);
    }
}
