//! How wide are the columns of a table? As what stands in them wants it, no narrower than its longest word where there is
//! room.

use super::document::Table;
use crate::scene::letters::{Weight, width};

/// Points of each column, which fill the width together.
#[must_use]
pub fn widths(table: &Table, wide: f64, points: f64, padding: f64) -> Vec<f64> {
    /// What a single column asks for at most, as a part of the table.
    const MOST: f64 = 0.5;
    let count = table.head.len().max(1);
    let of = |at: usize| {
        let head = table.head.get(at).map(|text| (text, Weight::Bold));
        let cells = table.rows.iter().filter_map(move |row| Some((row.get(at)?, Weight::Regular)));
        head.into_iter().chain(cells)
    };
    let is_numeric = |at: usize| table.numeric.get(at) == Some(&true);
    let widest = |at: usize, split: fn(char) -> bool| {
        let parts = of(at).flat_map(|(text, weight)| {
            text.split(split).map(|part| width(part, points, weight)).collect::<Vec<_>>()
        });
        parts.fold(0.0, f64::max) + padding
    };
    let wanted: Vec<f64> =
        (0..count).map(|at| widest(at, |letter| letter == '\n').clamp(24.0, wide * MOST)).collect();
    // Lines break where those who lay them out break them; a number is never broken.
    let splits = |letter: char| matches!(letter, ' ' | '\n');
    let least = |at: usize| {
        let most = if is_numeric(at) { wide * MOST } else { wide * 0.25 };
        widest(at, splits).clamp(20.0, most)
    };
    let least: Vec<f64> = (0..count).map(least).collect();
    let sum: f64 = wanted.iter().sum();
    if sum <= wide {
        // What is left goes where the texts are.
        return wanted.iter().map(|one| one * wide / sum).collect();
    }
    let needed: f64 = least.iter().sum();
    if needed >= wide {
        // Columns with long words give way first: short words stay whole.
        let short = wide * 0.12;
        let spare: f64 = least.iter().map(|one| (one - short).max(0.0)).sum();
        if spare >= needed - wide {
            let part = (needed - wide) / spare;
            return least.iter().map(|one| one - (one - short).max(0.0) * part).collect();
        }
        return least.iter().map(|one| one * wide / needed).collect();
    }
    let over: f64 = wanted.iter().zip(&least).map(|(wanted, least)| (wanted - least).max(0.0)).sum();
    let part = if over > 0.0 { (wide - needed) / over } else { 0.0 };
    wanted.iter().zip(&least).map(|(wanted, least)| least + (wanted - least).max(0.0) * part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_table_and_words_fit() {
        let cells = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let long =
            "en lång mening som får gå över flera rader eftersom den inte ryms på en enda rad i tabellen";
        let table = Table::new(
            "x",
            String::new(),
            cells(&["Namn", "Värde", "Varför"]),
            vec![cells(&["Drivmedelsanläggning", "12,5 km", long])],
        );
        let found = widths(&table, 470.0, 9.0, 6.0);
        assert!((found.iter().sum::<f64>() - 470.0).abs() < 1e-6, "{found:?}");
        assert!(found[0] >= width("Drivmedelsanläggning", 9.0, Weight::Regular) && found[2] > found[1]);
    }
}
