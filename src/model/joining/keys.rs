//! By which columns do two tables meet? Those that are called alike and tell the rows of the other table apart: squares,
//! ids and codes before names, and a name with its municipality, since villages share names.

use rustc_hash::FxHashMap;

use super::rows::{Rows, is_area};
use super::towns::Municipalities;
use crate::model::recognise::{self, folded};
use crate::model::{Gives, Key, Pair};
use crate::progress::{Cancelled, Progress};

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

/// The pairs of the surest kind by which rows meet, of equals those by which most do; else why there are none.
///
/// # Errors
/// When cancelled. Inside: the pairs that were tried.
pub(super) fn found(
    own: &Rows<'_>,
    other: &Rows<'_>,
    gives: &Gives,
    towns: &Municipalities<'_>,
    progress: &dyn Progress,
) -> Result<Result<Vec<Pair>, Vec<Vec<Pair>>>, Cancelled> {
    let mut tried = Vec::new();
    let mut some: Option<(usize, Vec<Pair>)> = None;
    for alike in candidates(own, other, gives) {
        let mut best: Option<(usize, Vec<Pair>)> = None;
        for pairs in alike {
            progress.check()?;
            if let Some(met) = met_by(own, other, &pairs, towns)
                && met > best.as_ref().map_or(0, |(most, _)| *most)
            {
                best = Some((met, pairs.clone()));
            }
            tried.push(pairs);
        }
        let Some((met, pairs)) = best else { continue };
        // A pair of a surer kind goes before one by which more rows meet by chance.
        if met * 2 >= own.len().min(other.len()) {
            return Ok(Ok(pairs));
        }
        if met > some.as_ref().map_or(0, |(most, _)| *most) {
            some = Some((met, pairs));
        }
    }
    Ok(some.map(|(_, pairs)| pairs).ok_or(tried))
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

/// Columns that are looked at on either side.
const MOST_COLUMNS: usize = 200;

/// Pairs worth trying by kinds, the surest kind first: squares; columns of one name; a name in its municipality; the
/// municipality alone; numbers of rows.
fn candidates(own: &Rows<'_>, other: &Rows<'_>, gives: &Gives) -> [Vec<Vec<Pair>>; 5] {
    let named = |rows: &Rows<'_>| -> Vec<(String, String)> {
        rows.names().take(MOST_COLUMNS).map(|name| (name.to_owned(), folded(name))).collect()
    };
    let (owns, others) = (named(own), named(other));
    let pairs = |is_so: &dyn Fn(&str, &str) -> bool| {
        let of = |one: &(String, String)| {
            let met = others.iter().filter(|two| is_so(&one.1, &two.1));
            met.map(|two| Pair::of_columns(&one.0, &two.0)).collect::<Vec<_>>()
        };
        owns.iter().flat_map(of).collect::<Vec<_>>()
    };
    let both = |one: &str, two: &str, is_so: &dyn Fn(&str) -> bool| is_so(one) && is_so(two);
    let squares = pairs(&|one, two| both(one, two, &recognise::is_cell_column));
    let towns = pairs(&|one, two| both(one, two, &recognise::is_of_municipality));
    let is_name = |name: &str| recognise::NAMES.contains(&name) || PLACE_NAMES.contains(&name);
    let of_one_list = |one: &str, two: &str| {
        let in_both = |list: &[&str]| list.contains(&one) && list.contains(&two);
        in_both(&recognise::NAMES) || in_both(&PLACE_NAMES)
    };
    let names = pairs(&of_one_list);
    let same = pairs(&|one, two| {
        one == two && !is_name(one) && !recognise::is_of_municipality(one) && !is_no_key(one)
    });
    let numbers = pairs(&|one, two| one == two && ROW_NUMBERS.contains(&one));
    let town =
        match (towns.first(), gives) {
            (Some(pair), _) => Some(pair.clone()),
            (None, Gives::Places) => municipality(&owns)
                .map(|name| Pair { own: Key::Column(name), other: Key::MunicipalityOfPlace }),
            (None, Gives::Columns(_)) => municipality(&others)
                .map(|name| Pair { own: Key::MunicipalityOfPlace, other: Key::Column(name) }),
        };
    // A name alone never meets one in another municipality.
    let named = names.into_iter().map(|name| std::iter::once(name).chain(town.clone()).collect()).collect();
    let alone = |pairs: Vec<Pair>| pairs.into_iter().map(|pair| vec![pair]).collect::<Vec<_>>();
    // A municipality is where nothing stands more exactly than that.
    let towns = match gives {
        Gives::Places => Vec::new(),
        Gives::Columns(_) if towns.is_empty() => alone(town.into_iter().collect()),
        Gives::Columns(_) => alone(towns),
    };
    [alone(squares), alone(same), named, towns, alone(numbers)]
}

/// Names of columns that number the rows of a file, and so say nothing of what stands in them.
const ROW_NUMBERS: [&str; 8] = ["id", "fid", "ogc_fid", "objectid", "gid", "nr", "number", "löpnr"];

/// Is a column no key, though both tables have it: a count, a coordinate, the number of a row?
fn is_no_key(name: &str) -> bool {
    const NONE: [&str; 22] = [
        "x",
        "y",
        "e",
        "n",
        "lon",
        "lat",
        "long",
        "latitude",
        "longitude",
        "easting",
        "northing",
        "antal",
        "count",
        "status",
        "typ",
        "type",
        "year",
        "år",
        "date",
        "datum",
        "wkt",
        "lan",
    ];
    ROW_NUMBERS.contains(&name) || NONE.contains(&name) || recognise::is_population_column(name)
}

/// Columns of what a place is called, where a register of services would have its own name for it.
const PLACE_NAMES: [&str; 14] = [
    "city", "postort", "ort", "by", "plats", "tätort", "tatort", "småort", "smaort", "locality", "village",
    "place", "name", "namn",
];

fn municipality(names: &[(String, String)]) -> Option<String> {
    names.iter().find(|(name, _)| recognise::is_of_municipality(name)).map(|(name, _)| name.clone())
}
