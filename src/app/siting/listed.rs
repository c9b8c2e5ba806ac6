//! How are many things named shortly? A few names and the count of the rest, a number of places.

use crate::lang::Lang;
use crate::{say, say_many};

/// So many are named; the rest are counted.
const NAMED: usize = 5;

/// A list of names, the rest counted.
pub fn listed(names: impl ExactSizeIterator<Item = String>, lang: Lang) -> String {
    let left = names.len().saturating_sub(NAMED);
    let mut text = names.take(NAMED).collect::<Vec<_>>().join(", ");
    if left > 0 {
        text += &say!(lang, " och {left} till", " and {left} more");
    }
    text
}

/// A number of places.
#[must_use]
pub fn places(count: usize, lang: Lang) -> String {
    let said = lang.count(count);
    say_many!(lang, count, "{said} plats" | "{said} platser", "{said} place" | "{said} places")
}
