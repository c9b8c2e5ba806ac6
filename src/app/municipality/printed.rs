//! What does the printed county table say, and where does it contradict itself? Figures of Jämtlands län, its
//! municipalities and what it is compared with, exactly as they were printed. Nothing here is repaired.
//!
//! Source: table of 22 February 2023, population by Statistics Sweden, stores by Pipos, shown by Länsstyrelsen i Jämtlands
//! län and Umeå universitet on 25 May 2023. It holds for these areas alone; any other county has no printed values.

use crate::lang::Lang;
use crate::units::People;

/// The day that the table gives for all of its figures.
pub const DATE: &str = "2023-02-22";

/// Where the table comes from.
#[must_use]
pub const fn source(lang: Lang) -> &'static str {
    lang.pick(
        "folkmängd SCB, butiker Pipos, 2023-02-22; visad av Länsstyrelsen i Jämtlands län och Umeå universitet 2023-05-25",
        "population Statistics Sweden, stores Pipos, 2023-02-22; shown by the county board of Jämtland and Umeå University on 2023-05-25",
    )
}

/// A row of the table.
#[derive(Debug, PartialEq)]
pub struct Printed {
    /// Four digits of a municipality, two of a county, none of the country.
    pub code: &'static str,
    pub name: &'static str,
    pub land_km2: f64,
    pub people: f64,
    /// People for each square kilometre of land, with the decimals that were printed.
    pub density: f64,
    pub decimals: usize,
    /// Full-range stores; printed of some areas alone.
    pub stores: Option<u32>,
}

const fn row(
    code: &'static str,
    name: &'static str,
    (land_km2, people): (f64, f64),
    (density, decimals): (f64, usize),
    stores: Option<u32>,
) -> Printed {
    Printed { code, name, land_km2, people, density, decimals, stores }
}

/// As printed.
pub const ROWS: [Printed; 13] = [
    row("2326", "Berg", (5_710.0, 7_061.0), (1.2, 1), None),
    row("2305", "Bräcke", (3_408.0, 6_298.0), (1.8, 1), None),
    row("2361", "Härjedalen", (11_284.0, 10_090.0), (0.9, 1), Some(14)),
    row("2309", "Krokom", (6_154.0, 14_966.0), (2.4, 1), None),
    row("2303", "Ragunda", (2_511.0, 5_284.0), (2.1, 1), Some(5)),
    row("2313", "Strömsund", (10_464.0, 11_605.0), (1.1, 1), None),
    row("2321", "Åre", (7_195.0, 11_727.0), (1.6, 1), Some(15)),
    row("2380", "Östersund", (2_208.0, 63_779.0), (28.9, 1), None),
    row("23", "Jämtlands län", (48_935.0, 132_670.0), (2.7, 1), Some(94)),
    row("25", "Norrbottens län", (97_239.0, 249_177.0), (2.6, 1), Some(136)),
    row("24", "Västerbottens län", (54_665.0, 276_295.0), (5.0, 0), Some(144)),
    row("22", "Västernorrlands län", (21_684.0, 243_265.0), (11.2, 1), Some(111)),
    row("", "Riket", (407_284.0, 10_521_556.0), (25.4, 1), None),
];

/// The row of a code: four digits, two, or none for the country.
#[must_use]
pub fn of_code(code: &str) -> Option<&'static Printed> {
    ROWS.iter().find(|row| row.code == code)
}

/// The printed counties and the country.
pub fn regions() -> impl Iterator<Item = &'static Printed> {
    ROWS.iter().filter(|row| row.code.len() < 4)
}

/// The printed municipalities of a county.
pub fn municipalities_of(county: &str) -> impl Iterator<Item = &'static Printed> {
    ROWS.iter().filter(move |row| row.code.len() == 4 && !county.is_empty() && row.code.starts_with(county))
}

/// A place where the table contradicts itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Contradiction {
    /// The municipalities sum to other people than the county is printed with.
    Sum { summed: People, printed: People },
    /// The land of the municipalities sums to another area, by more than rounding explains.
    Land { summed: f64, printed: f64 },
    /// People by land is another density than is printed; so many people would give the one printed.
    Density { quotient: f64, printed: f64, decimals: usize, would_be: People },
}

/// Where a printed row contradicts the table.
#[must_use]
pub fn contradictions(row: &'static Printed) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let parts: Vec<&Printed> = municipalities_of(row.code).collect();
    if !parts.is_empty() {
        let people: f64 = parts.iter().map(|part| part.people).sum();
        if (people - row.people).abs() > 0.5 {
            let (summed, printed) = (People::new(people), People::new(row.people));
            found.push(Contradiction::Sum { summed, printed });
        }
        // Whole square kilometres: each row, and the sum, may be half of one off.
        let land: f64 = parts.iter().map(|part| part.land_km2).sum();
        if (land - row.land_km2).abs() > 0.5 * (f64::from(u32::try_from(parts.len()).unwrap_or(0)) + 1.0) {
            found.push(Contradiction::Land { summed: land, printed: row.land_km2 });
        }
    }
    let quotient = row.people / row.land_km2;
    if !is_rounded(quotient, row.density, row.decimals) {
        let would_be = People::new((row.density * row.land_km2).round());
        let (printed, decimals) = (row.density, row.decimals);
        found.push(Contradiction::Density { quotient, printed, decimals, would_be });
    }
    found
}

/// Is a printed number the value, rounded to the decimals that were printed?
#[must_use]
pub fn is_rounded(value: f64, printed: f64, decimals: usize) -> bool {
    let step = 10f64.powi(-i32::try_from(decimals).unwrap_or(0));
    (value - printed).abs() <= step * 0.5 + 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_contradicts_itself_in_two_places_and_rounding_is_none() {
        let found: Vec<(&str, Contradiction)> =
            ROWS.iter().flat_map(|row| contradictions(row).into_iter().map(|one| (row.name, one))).collect();
        let sum = Contradiction::Sum { summed: People::new(130_810.0), printed: People::new(132_670.0) };
        assert_eq!(found[0], ("Jämtlands län", sum));
        let (name, Contradiction::Density { quotient, printed, would_be, .. }) = found[1] else {
            panic!("{found:?}")
        };
        assert_eq!((name, found.len()), ("Riket", 2));
        assert!((quotient - 25.833).abs() < 0.001 && (printed - 25.4).abs() < 1e-9);
        // 25.4 × 407 284
        assert_eq!(would_be, People::new(10_345_014.0));
        // 48 934 beside 48 935 is what eight roundings make.
        let land: f64 = municipalities_of("23").map(|row| row.land_km2).sum();
        assert_eq!(land.to_bits(), 48_934.0f64.to_bits());
        // 5 is printed without a decimal: 5.05 rounds to it.
        assert!(is_rounded(276_295.0 / 54_665.0, 5.0, 0) && !is_rounded(276_295.0 / 54_665.0, 5.0, 1));
    }

    #[test]
    fn rows_are_found_by_code() {
        assert_eq!(of_code("2321").map(|row| row.name), Some("Åre"));
        assert_eq!(of_code("").map(|row| row.name), Some("Riket"));
        assert_eq!(of_code("0980"), None, "Gotland is not in the table");
        assert_eq!(municipalities_of("23").count(), 8);
        assert_eq!(municipalities_of("").count(), 0, "the country's are not all there");
        assert_eq!(regions().map(|row| row.code).collect::<Vec<_>>(), ["23", "25", "24", "22", ""]);
    }
}
