//! Which columns of the population layers count a group of people, such as 65+?

use super::Results;
use crate::model::{LayerId, PeopleGroup, Role, recognise};

/// The columns of population layers that count a group, each with its layers.
#[must_use]
pub fn group_columns(results: &Results) -> Vec<(String, PeopleGroup, Vec<LayerId>)> {
    let mut found: Vec<(String, PeopleGroup, Vec<LayerId>)> = Vec::new();
    for layer in &results.project.layers {
        let Role::Population { field } = &layer.role else { continue };
        for column in layer.table.columns.iter().filter(|column| recognise::has_numbers(column)) {
            let Some(group) = PeopleGroup::of_column(&column.name).filter(|_| column.name != *field) else {
                continue;
            };
            match found.iter_mut().find(|(name, ..)| *name == column.name) {
                Some((_, _, layers)) => layers.push(layer.id),
                None => found.push((column.name.clone(), group, vec![layer.id])),
            }
        }
    }
    found
}
