//! What is a column of a layer taken for? Told for people who look at a file before they use it; what reads the
//! columns are `recognise`, `situation` and the roles.

use super::recognise::{self, folded};
use super::{Column, Layer, Meaning, Role, attribute};

/// What a column is taken for in the role of its layer; nothing where nobody reads it.
#[must_use]
pub fn column_use(layer: &Layer, column: &Column) -> Option<String> {
    let name = column.name.as_str();
    let said = layer.source.reading.columns.iter().find(|(_, said)| *said == name);
    if let Some((meaning, _)) = said {
        return Some(of_meaning(meaning));
    }
    let of_role = match &layer.role {
        Role::Population { field } if field == name => Some("population"),
        Role::Areas(fields) if fields.code.as_deref() == Some(name) => Some("area_code"),
        Role::Areas(fields) if fields.name.as_deref() == Some(name) => Some("area_name"),
        Role::Services(_) | Role::SotPlaces => return of_place(column),
        _ => None,
    };
    let of_role = of_role.or_else(|| recognise::place_use(name));
    let own_area = || !recognise::own_area_columns(std::slice::from_ref(column)).is_empty();
    of_role.or_else(|| own_area().then_some("own_area")).map(str::to_owned)
}

fn of_meaning(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Id => "id".into(),
        Meaning::Name => "name".into(),
        Meaning::Kind => "kind".into(),
        Meaning::Form => "form".into(),
        Meaning::Attribute(id) => format!("attribute:{id}"),
    }
}

fn of_place(column: &Column) -> Option<String> {
    let name = folded(&column.name);
    if let Some(def) = attribute(&column.name) {
        return Some(format!("attribute:{}", def.id));
    }
    let is_among = |names: &[&str]| names.contains(&name.as_str());
    let known = if name == "id" {
        Some("id")
    } else if is_among(&recognise::NAMES) {
        Some("name")
    } else if is_among(&recognise::KIND_COLUMNS) {
        Some("kind")
    } else if is_among(&recognise::FORMS) {
        Some("form")
    } else if is_among(&recognise::TURNOUTS) {
        Some("turnout_min")
    } else {
        recognise::place_use(&column.name)
    };
    let own_area = || !recognise::own_area_columns(std::slice::from_ref(column)).is_empty();
    known.or_else(|| own_area().then_some("own_area")).map(str::to_owned)
}
