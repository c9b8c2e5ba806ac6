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
        Role::Services(_) | Role::SotPlaces => match attribute(name) {
            Some(def) => return Some(format!("attribute:{}", def.id)),
            None => of_place(&folded(name)),
        },
        _ => None,
    };
    let own_area = || !recognise::own_area_columns(std::slice::from_ref(column)).is_empty();
    let known = of_role.or_else(|| recognise::place_use(name));
    known.or_else(|| own_area().then_some("own_area")).map(str::to_owned)
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

/// What a column of places is taken for by its name, folded.
fn of_place(name: &str) -> Option<&'static str> {
    let lists: [(&[&str], &str); 5] = [
        (&["id"], "id"),
        (&recognise::NAMES, "name"),
        (&recognise::KIND_COLUMNS, "kind"),
        (&recognise::FORMS, "form"),
        (&recognise::TURNOUTS, "turnout_min"),
    ];
    lists.into_iter().find(|(names, _)| names.contains(&name)).map(|(_, what)| what)
}
