//! By which columns do two tables meet? Those that are called alike and tell the rows of the other table apart: squares,
//! ids and codes before names, and a name with its municipality, since villages share names.

use rustc_hash::FxHashMap;

use super::rows::{Rows, is_area};
use super::towns::Municipalities;
use crate::model::recognise::{self, folded};
use crate::model::{Gives, Key, Pair};

/// Rows of the other table for each that may be met, by the key.
pub(super) type ByKey = FxHashMap<String, Vec<usize>>;

/// The rows by their keys.
pub(super) fn by_key(keys: &[Option<String>]) -> ByKey {
    let mut rows = ByKey::default();
    for (row, key) in keys.iter().enumerate() {
        if let Some(key) = key {
            rows.entry(key.clone()).or_default().push(row);
        }
    }
    rows
}

/// The pairs by which most rows meet, where they tell the other table's rows apart.
///
/// # Errors
/// Those that were tried.
pub(super) fn found(
    own: &Rows<'_>,
    other: &Rows<'_>,
    gives: &Gives,
    towns: &Municipalities<'_>,
) -> Result<Vec<Pair>, Vec<Vec<Pair>>> {
    let mut best: Option<(usize, Vec<Pair>)> = None;
    let tried = candidates(own, other, gives);
    for pairs in &tried {
        let Some(met) = met_by(own, other, pairs, towns) else { continue };
        if met > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((met, pairs.clone()));
        }
    }
    best.map(|(_, pairs)| pairs).ok_or(tried)
}

/// How many rows of the side that is asked meet one; `None` where the keys do not tell the other's rows apart.
fn met_by(own: &Rows<'_>, other: &Rows<'_>, pairs: &[Pair], towns: &Municipalities<'_>) -> Option<usize> {
    let areas: Vec<bool> = pairs.iter().map(|pair| is_area(&pair.own) || is_area(&pair.other)).collect();
    let keys_of = |rows: &Rows<'_>, keys: Vec<&Key>| rows.keys(&keys, &areas, towns);
    let others = by_key(&keys_of(other, pairs.iter().map(|pair| &pair.other).collect()));
    // A few rows twice are dirt; where most are, it is another key.
    let rows: usize = others.values().map(Vec::len).sum();
    let is_told = |key: &String| others.get(key).is_some_and(|rows| rows.len() == 1);
    if others.keys().filter(|key| is_told(key)).count() * 2 < rows {
        return None;
    }
    let owns = keys_of(own, pairs.iter().map(|pair| &pair.own).collect());
    Some(owns.iter().flatten().filter(|key| is_told(key)).count())
}

/// Pairs worth trying, the surest first: of equals the first is taken.
fn candidates(own: &Rows<'_>, other: &Rows<'_>, gives: &Gives) -> Vec<Vec<Pair>> {
    let owns: Vec<&str> = own.names().collect();
    let others: Vec<&str> = other.names().collect();
    let pairs = |is_so: &dyn Fn(&str, &str) -> bool| {
        let with = |one: &str| {
            let met = others.iter().filter(|two| is_so(one, two));
            met.map(|two| Pair::of_columns(one, two)).collect::<Vec<_>>()
        };
        owns.iter().flat_map(|one| with(one)).collect::<Vec<_>>()
    };
    let is_named = |one: &str, two: &str, names: &[&str]| {
        names.contains(&folded(one).as_str()) && names.contains(&folded(two).as_str())
    };
    let squares = pairs(&|one, two| recognise::is_cell_column(one) && recognise::is_cell_column(two));
    let is_municipal =
        |one: &str, two: &str| recognise::is_of_municipality(one) && recognise::is_of_municipality(two);
    let towns = pairs(&is_municipal);
    let names = pairs(&|one, two| is_named(one, two, &recognise::NAMES) || is_named(one, two, &PLACE_NAMES));
    let same = pairs(&|one, two| folded(one) == folded(two) && !is_municipal(one, two));
    let mut all: Vec<Vec<Pair>> = squares.into_iter().map(|pair| vec![pair]).collect();
    let is_name = |pair: &Pair| names.contains(pair);
    all.extend(same.into_iter().filter(|pair| !is_name(pair)).map(|pair| vec![pair]));
    let town =
        match (towns.first(), gives) {
            (Some(pair), _) => Some(pair.clone()),
            (None, Gives::Places) => municipality(&owns)
                .map(|name| Pair { own: Key::Column(name), other: Key::MunicipalityOfPlace }),
            (None, Gives::Columns(_)) => municipality(&others)
                .map(|name| Pair { own: Key::MunicipalityOfPlace, other: Key::Column(name) }),
        };
    match town {
        // A name alone never meets one in another municipality.
        Some(town) => all.extend(names.into_iter().map(|name| vec![name, town.clone()])),
        None => all.extend(names.into_iter().map(|name| vec![name])),
    }
    all.extend(towns.into_iter().map(|pair| vec![pair]));
    all
}

/// Columns of what a place is called, where a register of services would have its own name for it.
const PLACE_NAMES: [&str; 14] = [
    "city", "postort", "ort", "by", "plats", "tätort", "tatort", "småort", "smaort", "locality", "village",
    "place", "name", "namn",
];

fn municipality(names: &[&str]) -> Option<String> {
    names.iter().find(|name| recognise::is_of_municipality(name)).map(|name| (*name).to_owned())
}
