//! Which group of people does a column of a population layer count? Ages and seasonal visitors, by the column's name.
//! Does not know the layer, nor how many there are.

use super::recognise::folded;
use crate::lang::{Lang, Said};
use crate::say;

/// A group that a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleGroup {
    /// Years; without an end, everybody older too.
    Ages {
        from: u16,
        to: Option<u16>,
    },
    Seasonal,
}

/// Words that may stand beside the years.
const BESIDE: [&str; 18] = [
    "ald",
    "alder",
    "ålder",
    "age",
    "aged",
    "ages",
    "bef",
    "befolkning",
    "pop",
    "population",
    "people",
    "personer",
    "antal",
    "år",
    "ar",
    "years",
    "folk",
    "inv",
];

/// Words that mean "and older".
const OLDER: [&str; 9] = ["plus", "w", "äldre", "aldre", "older", "over", "över", "uppåt", "uppat"];

/// Words that bind the others.
const BETWEEN: [&str; 5] = ["och", "and", "to", "till", "the"];

/// Parts of words that mean people who do not live there.
const SEASONAL: [&str; 6] = ["säsong", "sasong", "seasonal", "fritidsboende", "sommarboende", "besökare"];

impl PeopleGroup {
    /// The group that a column's name tells.
    #[must_use]
    pub fn of_column(name: &str) -> Option<Self> {
        let name = folded(name);
        if SEASONAL.iter().any(|word| name.contains(word)) {
            return Some(Self::Seasonal);
        }
        let mut years: Vec<u16> = Vec::new();
        let mut is_older = name.contains('+');
        for part in parts(&name) {
            if part.starts_with(|first: char| first.is_ascii_digit()) {
                years.push(part.parse().ok().filter(|year| *year <= 120)?);
            } else if OLDER.contains(&part) {
                is_older = true;
            } else if !BESIDE.contains(&part) && !BETWEEN.contains(&part) {
                return None;
            }
        }
        match years.as_slice() {
            [from] if is_older => Some(Self::Ages { from: *from, to: None }),
            [from, to] if from < to && !is_older => Some(Self::Ages { from: *from, to: Some(*to) }),
            _ => None,
        }
    }
}

/// Runs of letters and runs of digits.
fn parts(name: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for piece in name.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            out.push(part);
            rest = after;
        }
    }
    out
}

impl Said for PeopleGroup {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Ages { from, to: Some(to) } => say!(lang, "{from}–{to} år", "aged {from}–{to}"),
            Self::Ages { from, to: None } => say!(lang, "{from} år och äldre", "aged {from} and over"),
            Self::Seasonal => {
                lang.pick("säsongsboende och besökare", "seasonal residents and visitors").into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_tell_ages() {
        let older = |from| Some(PeopleGroup::Ages { from, to: None });
        for name in [
            "65+",
            "65_plus",
            "Ålder 65 och äldre",
            "ald65_w",
            "pop_65plus",
            "age65+",
            "65-w",
            "65 år och över",
        ] {
            assert_eq!(PeopleGroup::of_column(name), older(65), "{name}");
        }
        assert_eq!(PeopleGroup::of_column("80+"), older(80));
        for name in ["65-79", "ald65_79", "Ålder 65–79 år", "age_65_to_79"] {
            assert_eq!(
                PeopleGroup::of_column(name),
                Some(PeopleGroup::Ages { from: 65, to: Some(79) }),
                "{name}"
            );
        }
        assert_eq!(PeopleGroup::of_column("säsongsboende"), Some(PeopleGroup::Seasonal));
    }

    #[test]
    fn what_counts_no_group_is_none() {
        for name in [
            "beftotalt",
            "population",
            "kommun_kod",
            "rutid_scb",
            "bef_2024",
            "pop65",
            "x",
            "1 km",
            "80-65",
            "hus_65+",
        ] {
            assert_eq!(PeopleGroup::of_column(name), None, "{name}");
        }
    }
}
