//! What do the words in files mean? Column names and values that registers, OpenStreetMap and Pipos use.
//! Every guess is shown to the user and can be changed. Does not know files.

use serde_json::Value;

use super::area_names::column_among;
pub use super::area_names::{
    AreaLevel, area_code, area_fields, area_key, area_level, code_key, is_of_municipality, level_of_code,
    own_area_columns,
};
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

/// Names of columns of the ids of squares, lower case.
const CELLS: [&str; 13] = [
    "rutid",
    "rut_id",
    "ruta",
    "rutid_scb",
    "ruta_id",
    "rutaid",
    "cell",
    "cell_id",
    "cellid",
    "grid_id",
    "gridid",
    "ruta_1km",
    "square_id",
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

/// The same, of a file whose only column of words may have another name.
#[must_use]
pub fn area_fields_of(table: &FeatureTable) -> AreaFields {
    let found = area_fields(&table.columns);
    if found.code.is_some() || found.name.is_some() {
        return found;
    }
    AreaFields { code: None, name: only_naming_column(table) }
}

/// Does a column count people, by its name?
#[must_use]
pub fn is_population_column(column: &str) -> bool {
    POPULATION.contains(&folded(column).as_str())
}

/// Does a column hold the ids of squares, by its name?
#[must_use]
pub fn is_cell_column(column: &str) -> bool {
    let name = folded(column).replace([' ', '-'], "_");
    CELLS.contains(&name.as_str())
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
    fn thousands_or_decimals() {
        for text in ["1,234", "12.500", "-999,000"] {
            assert!(written_number(text).is_some_and(|number| number.is_ambiguous), "{text}");
        }
        for text in ["0,125", "1,23", "1234,567", "1 234", "12,5"] {
            assert!(written_number(text).is_some_and(|number| !number.is_ambiguous), "{text}");
        }
        assert_eq!(written_number("1,234,567"), None);
    }
}
