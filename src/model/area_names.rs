//! Which columns say in which area something lies, of what level are they, and how are codes and names compared that
//! registers write in many ways?

use super::folded::folded;
use super::{AreaFields, Column};

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

/// Other names of columns of municipalities, lower case.
const MUNICIPALITY: [&str; 5] =
    ["kommun_namn", "kommun_nr", "municipality", "municipality_name", "municipality_code"];

/// A column of this list, in the order of the list.
pub(super) fn column_among<'a>(columns: &'a [Column], names: &[&str]) -> Option<&'a Column> {
    names.iter().find_map(|name| columns.iter().find(|column| folded(&column.name) == *name))
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

/// Does a column hold codes or names of municipalities, by its name?
#[must_use]
pub fn is_of_municipality(column: &str) -> bool {
    let name = folded(column).replace([' ', '-'], "_");
    let is_listed = |names: &[&str]| names.contains(&name.as_str());
    (is_listed(&AREA_CODES) || is_listed(&AREA_NAMES) || MUNICIPALITY.contains(&name.as_str()))
        && area_level(&name) == Some(AreaLevel::Municipality)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_names_match_over_registers() {
        assert_eq!(area_key("Strömsunds kommun"), area_key("Strömsund"));
        assert_eq!(area_key("Jämtlands län"), area_key("Jämtlands"));
        assert_eq!(area_key("Åre kommun"), area_key("Åre"));
        assert_eq!(area_key("A\u{30a}re"), area_key("Åre"), "decomposed");
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
