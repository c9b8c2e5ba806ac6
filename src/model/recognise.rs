//! What do the words in files mean? Column names and values that registers, OpenStreetMap and Pipos use.
//! Every guess is shown to the user and can be changed. Does not know files.

use serde_json::Value;

pub use super::folded::folded;
pub use super::written::{WrittenNumber, may_be_thousands, written_number};
use super::{AreaFields, Column, ContextUse, Entry, FeatureTable, KindRule, KindSet, Role, Row, ServiceKind};

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

/// The kind that a name or value speaks of.
#[must_use]
pub fn kind_from_words(text: &str) -> Option<ServiceKind> {
    let text = folded(text);
    if let Some(kind) = ServiceKind::from_id(&text) {
        return Some(kind);
    }
    ServiceKind::from_words(&text)
}

/// Columns whose values name the kind, lower case, the most telling first.
pub const KIND_COLUMNS: [&str; 8] =
    ["service", "services", "servicetyp", "servicekategori", "kind", "shop", "amenity", "category"];

/// The kinds a feature's own properties tell.
#[must_use]
pub fn kinds_of_feature(row: Row<'_>) -> KindSet {
    let mut kinds = KindSet::EMPTY;
    for wanted in KIND_COLUMNS {
        for value in row.called(wanted) {
            match value {
                Entry::Text(text) => {
                    kinds =
                        text.split([';', ',', '|']).filter_map(kind_from_words).fold(kinds, KindSet::with);
                }
                Entry::Other(Value::Array(items)) => {
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
    names.iter().find_map(|name| columns.iter().find(|column| folded(&column.name) == *name))
}

/// The column that a user means: as written, else whatever the case, if only one is called so.
pub fn column_called<'a>(said: &str, columns: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if let Some(exact) = columns.clone().find(|column| *column == said) {
        return Some(exact);
    }
    let wanted = folded(said);
    let mut same = columns.filter(|column| folded(column) == wanted);
    let first = same.next()?;
    same.all(|other| other == first).then_some(first)
}

/// The column that counts people.
#[must_use]
pub fn population_field(columns: &[Column]) -> Option<String> {
    column_among(columns, &POPULATION).filter(|column| has_numbers(column)).map(|column| column.name.clone())
}

/// The column that counts the people of a named place.
#[must_use]
pub fn place_population_field(columns: &[Column]) -> Option<String> {
    const OF_PLACES: [&str; 6] = ["bef", "pop_max", "antal_bef", "antal_inv", "inv", "population_total"];
    population_field(columns).or_else(|| {
        column_among(columns, &OF_PLACES)
            .filter(|column| has_numbers(column))
            .map(|column| column.name.clone())
    })
}

/// Does a column hold numbers, be it as text?
#[must_use]
pub fn has_numbers(column: &Column) -> bool {
    let is_written = |sample: &String| written_number(sample).is_some();
    column.numbers > 0 || !column.samples.is_empty() && column.samples.iter().all(is_written)
}

/// The columns that name an area. Code and name are of one level: among municipalities that of the county is no
/// name of theirs.
#[must_use]
pub fn area_fields(columns: &[Column]) -> AreaFields {
    let of = |names: &[&str], level: Option<AreaLevel>| {
        let of_level = |name: &&&str| area_level(name) == level;
        let names: Vec<&str> = names.iter().filter(of_level).copied().collect();
        column_among(columns, &names).map(|column| column.name.clone())
    };
    let both = |level: Option<AreaLevel>| (of(&AREA_CODES, level), of(&AREA_NAMES, level));
    let (plain_code, plain_name) = both(None);
    let (code, name) = both(Some(AreaLevel::Municipality));
    if code.is_some() || name.is_some() {
        return AreaFields { code: code.or(plain_code), name: name.or(plain_name) };
    }
    if plain_code.is_some() {
        return AreaFields { code: plain_code, name: plain_name.or_else(|| both(Some(AreaLevel::County)).1) };
    }
    let (code, name) = both(Some(AreaLevel::County));
    AreaFields { code, name: plain_name.filter(|_| name.is_none()).or(name) }
}

/// The same, of a file whose only column of words may have another name.
#[must_use]
pub fn area_fields_of(table: &FeatureTable) -> AreaFields {
    let found = area_fields(&table.columns);
    if found.code.is_some() || found.name.is_some() {
        return found;
    }
    AreaFields { code: None, name: only_naming_column(table) }
}

/// Which kind of area a column speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaLevel {
    Municipality,
    County,
}

/// The level that a column's name tells; `kod`, `namn` and the like tell none.
#[must_use]
pub fn area_level(column: &str) -> Option<AreaLevel> {
    let name = folded(column);
    if name.starts_with("kom") || name.starts_with("kn") || name.starts_with("municipal") {
        Some(AreaLevel::Municipality)
    } else if ["lan", "län", "ln", "county"].iter().any(|start| name.starts_with(start)) {
        Some(AreaLevel::County)
    } else {
        None
    }
}

/// The columns in which a feature may name its own area, the codes first.
#[must_use]
pub fn own_area_columns(columns: &[Column]) -> Vec<String> {
    let is_plain = |name: &str| name == "name" || name == "namn" || name == "kod" || name == "code";
    let known = |names: &'static [&str]| {
        columns.iter().filter(move |column| {
            let name = folded(&column.name);
            !is_plain(&name) && names.contains(&name.as_str())
        })
    };
    known(&AREA_CODES).chain(known(&AREA_NAMES)).map(|column| column.name.clone()).collect()
}

/// An area's code as registers write it: of a municipality four digits, of a county two. What spreadsheets make of
/// 0115, 115 or 115.0, is the same code. `None` of a level: a code of three or four digits that begins with a
/// Swedish county is a municipality's.
#[must_use]
pub fn area_code(text: &str, level: Option<AreaLevel>) -> String {
    let text = text.trim();
    let digits = text
        .split_once('.')
        .filter(|(_, rest)| rest.bytes().all(|b| b == b'0'))
        .map_or(text, |(whole, _)| whole);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return text.to_owned();
    }
    let padded = format!("{digits:0>4}");
    let is_municipal = || digits.len() == 3 && is_county(&padded[..2]);
    match level {
        Some(AreaLevel::Municipality) if digits.len() == 3 => padded,
        Some(AreaLevel::County) if digits.len() == 1 => format!("0{digits}"),
        None if is_municipal() => padded,
        _ => digits.to_owned(),
    }
}

/// The codes of Sweden's 21 counties (Statistics Sweden): 01–25 without 02, 11, 15 and 16.
fn is_county(digits: &str) -> bool {
    digits.parse::<u8>().is_ok_and(|code| (1..=25).contains(&code) && ![2, 11, 15, 16].contains(&code))
}

/// The level that a code tells by its form: four digits that begin with a county, or a county's two.
#[must_use]
pub fn level_of_code(text: &str) -> Option<AreaLevel> {
    let code = area_code(text, None);
    let is_digits = code.bytes().all(|b| b.is_ascii_digit());
    match code.len() {
        4 if is_digits && is_county(&code[..2]) => Some(AreaLevel::Municipality),
        2 if is_digits && is_county(&code) => Some(AreaLevel::County),
        _ => None,
    }
}

/// What a code is found by: zeros in front and decimals of nothing do not matter.
#[must_use]
pub fn code_key(text: &str) -> String {
    let code = area_code(text, None);
    if code.bytes().all(|b| b.is_ascii_digit()) && !code.is_empty() {
        return code.trim_start_matches('0').to_owned();
    }
    folded(&code)
}

/// An area's name without what registers add to it: case, "kommun", "län", the genitive s.
#[must_use]
pub fn area_key(name: &str) -> String {
    let mut key = folded(name);
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

/// The only column of words, where every feature has another one: it names the features.
#[must_use]
pub fn only_naming_column(table: &FeatureTable) -> Option<String> {
    let mut words = table.columns.iter().filter(|column| column.filled > 0 && column.numbers == 0);
    let column = words.next().filter(|column| column.filled == table.features.len())?;
    if words.next().is_some() {
        return None;
    }
    let mut seen = std::collections::BTreeSet::new();
    let is_new = |feature: &super::Feature| {
        let text = column.entry(feature.row).map(Entry::text).unwrap_or_default();
        !text.is_empty() && seen.insert(folded(&text))
    };
    table.features.iter().all(is_new).then(|| column.name.clone())
}

/// The role that the name of a file, its columns and a sample of its features tell.
#[must_use]
pub fn role_of(file: &str, table: &FeatureTable) -> Role {
    let step = (table.features.len() / 200).max(1);
    let mut seen = 0.0;
    let mut polygons = 0.0;
    let mut with_kind = 0.0;
    let mut kinds = KindSet::EMPTY;
    for feature in table.features.iter().step_by(step) {
        seen += 1.0;
        let is_polygon = matches!(
            feature.shape.as_deref(),
            Some(geo::Geometry::Polygon(_) | geo::Geometry::MultiPolygon(_))
        );
        polygons += f64::from(u8::from(is_polygon));
        let own = kinds_of_feature(table.row(feature));
        with_kind += f64::from(u8::from(!own.is_empty()));
        kinds = kinds.union(own);
    }
    let mut each = kinds.iter();
    let one_kind = each.next().filter(|_| each.next().is_none());
    let share = |part: f64| if seen > 0.0 { part / seen } else { 0.0 };
    role(&Hints {
        file_name: file,
        columns: &table.columns,
        areas: area_fields_of(table),
        polygons: share(polygons),
        with_kind: share(with_kind),
        one_kind,
    })
}

/// What a file tells of itself before a role is chosen.
#[derive(Debug, Clone)]
pub struct Hints<'a> {
    pub file_name: &'a str,
    pub columns: &'a [Column],
    /// The columns that name an area, as [`area_fields_of`] finds them.
    pub areas: AreaFields,
    /// Share of features that are polygons, 0…1.
    pub polygons: f64,
    /// Share of features whose own properties tell a kind, 0…1.
    pub with_kind: f64,
    /// Is the kind the same for all that tell one?
    pub one_kind: Option<ServiceKind>,
}

/// The role a file most likely plays.
#[must_use]
pub fn role(hints: &Hints<'_>) -> Role {
    let name = folded(hints.file_name);
    let has = |wanted: &str| hints.columns.iter().any(|column| folded(&column.name) == wanted);
    if has("status") && (name.contains("sot") || has("in_favour_of") || has("status_date")) {
        return Role::SotPlaces;
    }
    let population = population_field(hints.columns);
    let areas = hints.areas.clone();
    let names_areas = ["kommun", "lan.", "län.", "municipalit", "areas", "omrad", "områd", "region"]
        .iter()
        .any(|word| name.contains(word));
    if hints.polygons > 0.5 && names_areas && (areas.code.is_some() || areas.name.is_some()) {
        return Role::Areas(areas);
    }
    let names_water = ["water", "vatten", "lakes", "sjo", "sjö"].iter().any(|word| name.contains(word));
    if names_water && hints.polygons > 0.5 {
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

/// What a feature calls itself.
#[must_use]
pub fn name_of(row: Row<'_>) -> Option<String> {
    row.text_of(&NAMES)
}

/// Columns of names, best first.
pub const NAMES: [&str; 8] = ["name", "namn", "ombud", "title", "benämning", "brand", "operator", "chain"];
/// Columns of sub-kinds, best first.
pub const FORMS: [&str; 5] = ["form", "serviceform", "omb_typ", "station_type", "fire_station:type"];
/// Columns of minutes from alarm to departure.
pub const TURNOUTS: [&str; 4] = ["turnout_min", "turnout", "anspanningstid", "anspänningstid"];

/// Does a column's name say that it holds a coordinate?
#[must_use]
pub fn place_use(column: &str) -> Option<&'static str> {
    match folded(column).as_str() {
        "x" | "easting" | "east" | "e" | "öst" | "ost" | "sweref_x" | "x_koord" | "xkoord" => Some("x"),
        "y" | "northing" | "north" | "n" | "norr" | "nord" | "sweref_y" | "y_koord" | "ykoord" => Some("y"),
        "lon" | "longitude" | "long" | "lng" | "longitud" | "wgs84_lon" => Some("lon"),
        "lat" | "latitude" | "latitud" | "wgs84_lat" => Some("lat"),
        _ => None,
    }
}

/// A service's sub-kind, as written.
#[must_use]
pub fn form_of(row: Row<'_>) -> Option<String> {
    row.text_of(&FORMS)
}

/// Minutes from alarm to departure that a register states for a rescue station; the text as an error where it is
/// none of 0 to 120.
///
/// # Errors
/// The value as written.
pub fn turnout_of(row: Row<'_>) -> Result<Option<f64>, String> {
    let Some(text) = row.text_of(&TURNOUTS) else { return Ok(None) };
    let plain = text.replace(',', ".");
    let minutes = plain.trim().trim_end_matches("min").trim().parse::<f64>().ok();
    let minutes = minutes.filter(|minutes| (0.0..=120.0).contains(minutes));
    minutes.map(Some).ok_or(text)
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::table_of;
    use super::*;
    use serde_json::json;

    fn kinds(value: Value) -> Vec<ServiceKind> {
        let table = table_of(&[value]);
        kinds_of_feature(table.row(&table.features[0])).iter().collect()
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
        assert_eq!(area_key("A\u{30a}re"), area_key("Åre"), "decomposed");
    }

    #[test]
    fn thousands_or_decimals() {
        for text in ["1,234", "12.500", "-999,000"] {
            assert!(written_number(text).is_some_and(|number| number.is_ambiguous), "{text}");
        }
        for text in ["0,125", "1,23", "1234,567", "1 234", "12,5"] {
            assert!(written_number(text).is_some_and(|number| !number.is_ambiguous), "{text}");
        }
        assert_eq!(written_number("1,234,567"), None);
    }

    #[test]
    fn codes_keep_their_zeros() {
        for text in ["0115", "115", "115.0", " 115 "] {
            assert_eq!(area_code(text, Some(AreaLevel::Municipality)), "0115");
            assert_eq!(area_code(text, None), "0115");
            assert_eq!(code_key(text), "115");
        }
        assert_eq!(area_code("1", Some(AreaLevel::County)), "01");
        assert_eq!(area_code("1", Some(AreaLevel::Municipality)), "1");
        assert_eq!(area_code("260", None), "260", "no county has the code 02");
        assert_eq!(area_code("0115A0010", None), "0115A0010");
    }
}
