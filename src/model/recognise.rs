//! What do the words in files mean? Column names and values that registers, OpenStreetMap and Pipos use.
//! Every guess is shown to the user and can be changed. Does not know files.

use std::borrow::Cow;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::{AreaFields, Column, ContextUse, KindRule, KindSet, Role, ServiceKind};

/// Names of population columns, lower case, best first.
const POPULATION: [&str; 14] = [
    "beftotalt",
    "bef_totalt",
    "pop",
    "population",
    "folkmangd",
    "folkmängd",
    "befolkning",
    "totalt",
    "invanare",
    "invånare",
    "antal_personer",
    "personer",
    "total",
    "people",
];

/// Names of area code columns, lower case.
const AREA_CODES: [&str; 11] = [
    "kommun_kod",
    "kommunkod",
    "knkod",
    "kom_kod",
    "lan_kod",
    "lankod",
    "lnkod",
    "länskod",
    "lanskod",
    "kod",
    "code",
];

/// Names of area name columns, lower case.
const AREA_NAMES: [&str; 11] = [
    "kommun",
    "kommunnamn",
    "knnamn",
    "kom_namn",
    "lan",
    "län",
    "lannamn",
    "lnnamn",
    "lansnamn",
    "namn",
    "name",
];

/// Words that name a kind, as parts of a lower-case name or value. The first hit wins.
const KIND_WORDS: &[(&str, ServiceKind)] = &[
    ("apotek", ServiceKind::Pharmacy),
    ("pharmac", ServiceKind::Pharmacy),
    ("paket", ServiceKind::Parcel),
    ("parcel", ServiceKind::Parcel),
    ("postombud", ServiceKind::Parcel),
    ("post_office", ServiceKind::Parcel),
    ("post och paket", ServiceKind::Parcel),
    ("utlämning", ServiceKind::Parcel),
    ("drivmedel", ServiceKind::Fuel),
    ("bensin", ServiceKind::Fuel),
    ("tankstation", ServiceKind::Fuel),
    ("fuel", ServiceKind::Fuel),
    ("livsmedel", ServiceKind::Grocery),
    ("dagligvar", ServiceKind::Grocery),
    ("matbutik", ServiceKind::Grocery),
    ("grocer", ServiceKind::Grocery),
    ("supermarket", ServiceKind::Grocery),
    ("convenience", ServiceKind::Grocery),
    ("lanthandel", ServiceKind::Grocery),
    ("kontant", ServiceKind::Payment),
    ("betal", ServiceKind::Payment),
    ("bankomat", ServiceKind::Payment),
    ("uttagsautomat", ServiceKind::Payment),
    ("dagskass", ServiceKind::Payment),
    ("payment", ServiceKind::Payment),
    ("cash", ServiceKind::Payment),
    ("bank och valuta", ServiceKind::Payment),
    ("räddning", ServiceKind::Rescue),
    ("raddning", ServiceKind::Rescue),
    ("brandstation", ServiceKind::Rescue),
    ("fire_station", ServiceKind::Rescue),
    ("rescue", ServiceKind::Rescue),
    ("polis", ServiceKind::Other),
    ("police", ServiceKind::Other),
    ("samlingslokal", ServiceKind::Other),
    ("folkets hus", ServiceKind::Other),
    ("bygdegård", ServiceKind::Other),
    ("community_hall", ServiceKind::Other),
    ("vårdcentral", ServiceKind::Other),
    ("skola", ServiceKind::Other),
];

/// Whole words that are too short to be looked for inside others.
const KIND_WHOLE_WORDS: &[(&str, ServiceKind)] = &[
    ("atm", ServiceKind::Payment),
    ("bank", ServiceKind::Payment),
    ("general", ServiceKind::Grocery),
    ("post", ServiceKind::Parcel),
    ("sot", ServiceKind::Sot),
];

/// The kind that a name or value speaks of.
#[must_use]
pub fn kind_from_words(text: &str) -> Option<ServiceKind> {
    let text = text.trim().to_lowercase();
    if let Some(kind) = ServiceKind::from_id(&text) {
        return Some(kind);
    }
    if let Some((_, kind)) = KIND_WHOLE_WORDS.iter().find(|(word, _)| *word == text) {
        return Some(*kind);
    }
    KIND_WORDS.iter().find(|(word, _)| text.contains(word)).map(|(_, kind)| *kind)
}

/// Columns whose values name the kind, lower case, the most telling first.
const KIND_COLUMNS: [&str; 8] =
    ["service", "services", "servicetyp", "servicekategori", "kind", "shop", "amenity", "category"];

/// The kinds a feature's own properties tell.
#[must_use]
pub fn kinds_of_feature(properties: &Map<String, Value>) -> KindSet {
    let mut kinds = KindSet::EMPTY;
    for wanted in KIND_COLUMNS {
        for (_, value) in properties.iter().filter(|(name, _)| name.to_lowercase() == wanted) {
            match value {
                Value::String(text) => {
                    kinds =
                        text.split([';', ',', '|']).filter_map(kind_from_words).fold(kinds, KindSet::with);
                }
                Value::Array(items) => {
                    kinds = items
                        .iter()
                        .filter_map(Value::as_str)
                        .filter_map(kind_from_words)
                        .fold(kinds, KindSet::with);
                }
                _ => {}
            }
        }
        // OSM says `shop` and `amenity` of one thing; every other column is enough by itself.
        if !kinds.is_empty() && wanted != "shop" {
            break;
        }
    }
    kinds
}

/// A column of this list, in the order of the list.
fn column_among<'a>(columns: &'a [Column], names: &[&str]) -> Option<&'a Column> {
    names.iter().find_map(|name| columns.iter().find(|column| column.name.to_lowercase() == *name))
}

/// The column that counts people.
#[must_use]
pub fn population_field(columns: &[Column]) -> Option<String> {
    column_among(columns, &POPULATION).filter(|column| column.numbers > 0).map(|column| column.name.clone())
}

/// The columns that name an area.
#[must_use]
pub fn area_fields(columns: &[Column]) -> AreaFields {
    AreaFields {
        code: column_among(columns, &AREA_CODES).map(|column| column.name.clone()),
        name: column_among(columns, &AREA_NAMES).map(|column| column.name.clone()),
    }
}

/// The columns of a population layer that may name a cell's own area.
#[must_use]
pub fn own_area_columns(columns: &[Column]) -> Vec<String> {
    let known = |column: &&Column| {
        let name = column.name.to_lowercase();
        name != "name"
            && name != "namn"
            && (AREA_CODES.contains(&name.as_str()) || AREA_NAMES.contains(&name.as_str()))
    };
    columns.iter().filter(known).map(|column| column.name.clone()).collect()
}

/// An area's name without what registers add to it: case, "kommun", "län", the genitive s.
#[must_use]
pub fn area_key(name: &str) -> String {
    let mut key = name.trim().to_lowercase();
    for ending in [" kommun", " stad", " län"] {
        if let Some(short) = key.strip_suffix(ending) {
            key = short.trim_end().to_owned();
        }
    }
    if key.chars().count() > 3 && key.ends_with('s') {
        key.pop();
    }
    key
}

/// What a file tells of itself before a role is chosen.
#[derive(Debug, Clone, Copy)]
pub struct Hints<'a> {
    pub file_name: &'a str,
    pub columns: &'a [Column],
    /// Share of features that are polygons, 0…1.
    pub polygons: f64,
    /// Share of features whose own properties tell a kind, 0…1.
    pub with_kind: f64,
    /// Is the kind the same for all that tell one?
    pub one_kind: Option<ServiceKind>,
}

/// The role a file most likely plays.
#[must_use]
pub fn role(hints: Hints<'_>) -> Role {
    let name = hints.file_name.to_lowercase();
    let has = |wanted: &str| hints.columns.iter().any(|column| column.name.to_lowercase() == wanted);
    if has("status") && (name.contains("sot") || has("in_favour_of") || has("status_date")) {
        return Role::SotPlaces;
    }
    let population = population_field(hints.columns);
    let areas = area_fields(hints.columns);
    let names_areas = ["kommun", "lan.", "län.", "municipalit", "areas", "omrad", "områd", "region"]
        .iter()
        .any(|word| name.contains(word));
    if hints.polygons > 0.5 && names_areas && (areas.code.is_some() || areas.name.is_some()) {
        return Role::Areas(areas);
    }
    if ["water", "vatten", "lakes", "sjo", "sjö"].iter().any(|word| name.contains(word)) {
        return Role::Context(ContextUse::Water);
    }
    if ["places", "orter", "tatort", "tätort", "stader", "städer"].iter().any(|word| name.contains(word)) {
        return Role::Context(ContextUse::Places);
    }
    if let Some(kind) = hints.one_kind.filter(|_| hints.with_kind > 0.5) {
        return if kind == ServiceKind::Sot {
            Role::SotPlaces
        } else {
            Role::Services(KindRule::All(kind.into()))
        };
    }
    if let Some(field) = population.filter(|_| !has("name") || hints.polygons > 0.5) {
        return Role::Population { field };
    }
    if let Some(kind) = kind_from_words(&name.replace(".geojson", "")) {
        return Role::Services(KindRule::All(kind.into()));
    }
    if hints.with_kind > 0.5 {
        return Role::Services(KindRule::EachItsOwn);
    }
    if hints.polygons > 0.5 && (areas.code.is_some() || areas.name.is_some()) {
        return Role::Areas(areas);
    }
    Role::Context(ContextUse::Other)
}

/// A value without the quotes of JSON; null is empty.
#[must_use]
pub fn plain_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    }
}

/// The first of these properties that has a value; case does not matter.
#[must_use]
pub fn text_of(properties: &Map<String, Value>, wanted: &[&str]) -> Option<String> {
    wanted.iter().find_map(|name| {
        let (_, value) = properties.iter().find(|(key, _)| key.to_lowercase() == *name)?;
        Some(plain_text(value)).filter(|text| !text.is_empty())
    })
}

/// What a feature calls itself.
#[must_use]
pub fn name_of(properties: &Map<String, Value>) -> Option<String> {
    text_of(properties, &["name", "namn", "ombud", "title", "benämning", "brand", "operator", "chain"])
}

/// A service's sub-kind, as written.
#[must_use]
pub fn form_of(properties: &Map<String, Value>) -> Option<String> {
    text_of(properties, &["form", "serviceform", "omb_typ", "station_type", "fire_station:type"])
}

/// Minutes from alarm to departure that a register states for a rescue station.
#[must_use]
pub fn turnout_of(properties: &Map<String, Value>) -> Option<f64> {
    let text = text_of(properties, &["turnout_min", "turnout", "anspanningstid", "anspänningstid"])?;
    let minutes: f64 = text.replace(',', ".").trim().trim_end_matches("min").trim().parse().ok()?;
    (0.0..=120.0).contains(&minutes).then_some(minutes)
}

/// Two values of a properties object, without building the rest of it.
#[must_use]
pub fn pick(text: &[u8], wanted: [&str; 2]) -> [Option<Value>; 2] {
    let mut found = [None, None];
    let mut reader = serde_json::Deserializer::from_slice(text);
    // The text was read once already; if it fails here there simply is no value.
    let _ = reader.deserialize_map(Picker { wanted, found: &mut found });
    found
}

struct Picker<'a> {
    wanted: [&'a str; 2],
    found: &'a mut [Option<Value>; 2],
}

impl<'de> Visitor<'de> for Picker<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if let Some(at) = self.wanted.iter().position(|name| !name.is_empty() && *name == key) {
                self.found[at] = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kinds(value: Value) -> Vec<ServiceKind> {
        let Value::Object(map) = value else { return Vec::new() };
        kinds_of_feature(&map).iter().collect()
    }

    #[test]
    fn features_tell_their_kinds() {
        assert_eq!(
            kinds(json!({"Servicetyp": "Apoteksvaror", "Serviceform": "Apotek"})),
            [ServiceKind::Pharmacy]
        );
        assert_eq!(
            kinds(json!({"shop": "convenience", "amenity": "fuel"})),
            [ServiceKind::Grocery, ServiceKind::Fuel]
        );
        assert_eq!(kinds(json!({"service": "grocery;parcel"})), [ServiceKind::Grocery, ServiceKind::Parcel]);
        assert_eq!(kinds(json!({"category": "Dagligvarukedjor"})), [ServiceKind::Grocery]);
        assert_eq!(kinds(json!({"category": "Uttagsautomater"})), [ServiceKind::Payment]);
        assert_eq!(kinds(json!({"name": "Apotek"})), []);
    }

    #[test]
    fn area_names_match_over_registers() {
        assert_eq!(area_key("Strömsunds kommun"), area_key("Strömsund"));
        assert_eq!(area_key("Jämtlands län"), area_key("Jämtlands"));
        assert_eq!(area_key("Åre kommun"), area_key("Åre"));
    }
}
