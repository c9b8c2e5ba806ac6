//! Which systems does the EPSG dataset know, by name? From the table beside this file.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A system of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    pub code: u16,
    pub name: &'static str,
    pub datum: &'static str,
    /// Its first axis is north, by the letter.
    pub is_north_first: bool,
    /// How far from the truth its way to WGS 84 may be, metres; 0 for one that transforms nothing; `None` where it is
    /// not computed.
    pub accuracy_m: Option<f64>,
}

static TABLE: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut datum = "";
    let mut table = Vec::new();
    for line in include_str!("known.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('@') {
            datum = name;
            continue;
        }
        let mut words = line.splitn(4, ' ');
        let (code, axis, accuracy, name) = (words.next(), words.next(), words.next(), words.next());
        let code = code.and_then(|code| code.parse().ok());
        if let (Some(code), Some(axis), Some(accuracy), Some(name)) = (code, axis, accuracy, name) {
            let (is_north_first, accuracy_m) = (axis == "n", accuracy.parse().ok());
            table.push(Known { code, name, datum, is_north_first, accuracy_m });
        }
    }
    table.sort_unstable_by_key(|known| known.code);
    table
});

static BY_NAME: LazyLock<FxHashMap<String, Vec<u16>>> = LazyLock::new(|| {
    let mut names: FxHashMap<String, Vec<u16>> = FxHashMap::default();
    for known in TABLE.iter() {
        names.entry(letters(known.name)).or_default().push(known.code);
    }
    names
});

pub fn by_code(code: u16) -> Option<&'static Known> {
    TABLE.binary_search_by_key(&code, |known| known.code).ok().and_then(|at| TABLE.get(at))
}

/// The systems of a name, however it is spaced, cased and punctuated.
pub fn by_name(name: &str) -> &'static [u16] {
    BY_NAME.get(&letters(name)).map_or(&[], Vec::as_slice)
}

pub fn all() -> &'static [Known] {
    &TABLE
}

/// A name without what differs between those who write it.
pub fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
