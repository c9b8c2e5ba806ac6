//! Where do data and print differ, and why is that likely? Reads a row and what is known of the data; changes no number.

use super::dates::Dates;
use super::flag::{Flag, Reason};
use super::line::{Line, LineKind};
use super::printed::{self, Contradiction, DATE};
use crate::model::PeopleGroup;
use crate::units::People;

/// A difference of more than this part is more than people move in a few years: an assumption of ours.
const LARGE: f64 = 0.05;

/// What is known of the data besides the row.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub people_dates: Dates,
    pub store_dates: Dates,
    /// The group that the data count, where nobody knows about everybody.
    pub group: Option<PeopleGroup>,
    /// People who got their municipality by position.
    pub by_place: People,
    /// People in no municipality.
    pub nowhere: People,
}

/// The flags of a row.
pub(super) fn flags(line: &Line, known: &Known) -> Vec<Flag> {
    let Some(row) = line.printed else { return part(line).into_iter().collect() };
    let mut flags: Vec<Flag> = printed::contradictions(row).into_iter().map(Flag::Contradiction).collect();
    if !line.is_held {
        flags.push(Flag::NotInData);
        return flags;
    }
    match (part(line), known.group) {
        (Some(part), _) => flags.push(part),
        (None, Some(group)) => flags.push(Flag::OnlyGroup(group)),
        (None, None) => flags.extend(people(line, known)),
    }
    if let Some((data, by)) = line.land_km2.zip(line.land_difference()) {
        // Printed in whole square kilometres; a sum may be half of one off for each of its parts.
        let parts = line.parts.map_or(0, |(_, of)| of);
        if by.abs() > 0.5 * (f64::from(u32::try_from(parts).unwrap_or(0)) + 1.0) {
            flags.push(Flag::Land { data, printed: row.land_km2 });
        }
    }
    if let Some((data, _)) = line.density()
        && line.density_difference().is_some_and(|by| by != 0.0)
    {
        flags.push(Flag::Density { data, printed: row.density, decimals: row.decimals });
    }
    flags.extend(stores(line, known));
    flags
}

/// A sum of some municipalities is not the county's, whether or not anything is printed of it.
fn part(line: &Line) -> Option<Flag> {
    line.parts.filter(|_| !line.is_whole()).map(|(held, of)| Flag::Part { held, of })
}

fn people(line: &Line, known: &Known) -> Option<Flag> {
    let (row, data) = (line.printed?, line.people?);
    let by = line.people_difference().filter(|by| by.abs() > 0.5)?;
    let county = if line.kind == LineKind::Municipality { row.code.get(..2)? } else { row.code };
    let mixed = printed::of_code(county).and_then(|county| {
        printed::contradictions(county).into_iter().find_map(|found| match found {
            Contradiction::Sum { summed, printed } => Some(Reason::PrintedMixed { summed, printed }),
            Contradiction::Land { .. } | Contradiction::Density { .. } => None,
        })
    });
    let mut reasons = Vec::new();
    // The sum of what is printed of the municipalities: the dates of the print say it all.
    let is_their_sum = matches!(&mixed, Some(Reason::PrintedMixed { summed, .. }) if *summed == data);
    if !is_their_sum {
        match (known.people_dates.only(), known.people_dates.known.is_empty()) {
            (Some(DATE), _) => {}
            (None, true) => reasons.push(Reason::UnknownDate),
            _ => reasons.push(Reason::OtherDates(known.people_dates.clone())),
        }
        if by.abs() > LARGE * row.people {
            reasons.push(Reason::Large(LARGE));
        }
    }
    reasons.extend(mixed);
    if known.by_place > People::ZERO && line.kind == LineKind::Municipality {
        reasons.push(Reason::ByPlace(known.by_place));
    }
    if known.nowhere > People::ZERO && by < 0.0 {
        reasons.push(Reason::NoArea(known.nowhere));
    }
    let printed = People::new(row.people);
    Some(Flag::People { data, printed, reasons })
}

fn stores(line: &Line, known: &Known) -> Option<Flag> {
    let (printed, stores) = (line.printed?.stores?, line.stores.filter(|_| line.is_whole())?);
    let Some(data) = stores.known() else {
        return Some(Flag::StoresUnknown { all: stores.all, unknown: stores.unknown, printed });
    };
    let is_same = usize::try_from(printed).is_ok_and(|printed| printed == data);
    (!is_same).then(|| Flag::Stores { data, printed, dates: known.store_dates.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::line::Stores;
    use super::*;
    use crate::lang::{Lang, Said as _};
    use crate::model::Message;

    /// Åre as printed, but for what is changed.
    fn are(change: impl FnOnce(&mut Line)) -> Line {
        let mut line = Line::new(LineKind::Municipality, "2321", Message::new("Åre", "Åre"));
        (line.is_held, line.people) = (true, Some(People::new(11_727.0)));
        line.stores = Some(Stores { all: 15, full_range: 15, unknown: 0 });
        line.printed = printed::of_code("2321");
        change(&mut line);
        line
    }

    fn dated(date: &str) -> Known {
        let dates = |date: &str| Dates { known: vec![date.into()], has_unknown: false };
        Known { people_dates: dates(date), store_dates: dates("2024"), ..Known::default() }
    }

    fn ids(line: &Line, known: &Known) -> Vec<&'static str> {
        flags(line, known).iter().map(Flag::id).collect()
    }

    #[test]
    fn what_is_as_printed_has_no_flag_and_what_has_no_print_neither() {
        assert_eq!(ids(&are(|_| ()), &dated(DATE)), [""; 0]);
        assert_eq!(ids(&are(|line| line.land_km2 = Some(7_195.4)), &dated(DATE)), [""; 0], "rounding");
        let gotland = are(|line| line.printed = None);
        assert_eq!(ids(&gotland, &Known::default()), [""; 0]);
    }

    #[test]
    fn each_difference_has_its_flag_and_its_likely_reason() {
        let line = are(|line| line.people = Some(People::new(12_811.0)));
        assert_eq!(ids(&line, &dated("2024")), ["people_differ", "density_differs"]);
        let said = flags(&line, &dated("2024"))[0].said(Lang::En);
        assert!(said.starts_with(
            "Population: 12\u{a0}811 in the data, 11\u{a0}727 printed (+1\u{a0}084, +9.2\u{a0}%)."
        ));
        assert!(
            said.contains("data: 2024; printed: 2023-02-22") && said.contains("larger than 5 %"),
            "{said}"
        );
        assert!(said.contains("sum to 130\u{a0}810"), "{said}");
        // 12 811 / 7 195 = 1.78
        assert_eq!(
            flags(&line, &dated("2024"))[1].said(Lang::Sv),
            "Täthet: 1,8 invånare per km² i data, 1,6 i tryck. Det följer av folkmängd och landareal."
        );
        // A few more are no large difference, and an unknown date is said.
        let line = are(|line| line.people = Some(People::new(11_800.0)));
        let said = flags(&line, &Known::default())[0].said(Lang::En);
        assert!(said.contains("the date of the data is unknown") && !said.contains("larger"), "{said}");
        let line = are(|line| line.stores = Some(Stores { all: 12, full_range: 11, unknown: 0 }));
        let said = flags(&line, &dated(DATE))[0].said(Lang::En);
        assert!(said.starts_with("Full-range stores: 11 in the data, 15 printed (−4)."), "{said}");
        let line = are(|line| line.stores = Some(Stores { all: 12, full_range: 11, unknown: 1 }));
        assert_eq!(ids(&line, &dated(DATE)), ["stores_not_comparable"]);
        assert_eq!(ids(&are(|line| line.land_km2 = Some(7_196.0)), &dated(DATE)), ["land_differs"]);
        let grouped = Known { group: Some(PeopleGroup::Seasonal), ..dated("2024") };
        let line = are(|line| line.people = None);
        assert_eq!(ids(&line, &grouped), ["group_counted"]);
    }

    #[test]
    fn a_part_of_a_county_is_not_compared_and_a_county_may_be_the_sum_of_what_is_printed() {
        let county = |people: f64, held: usize| {
            let mut line = Line::new(LineKind::County, "23", Message::new("", ""));
            (line.people, line.parts, line.is_held) = (Some(People::new(people)), Some((held, 8)), true);
            line.printed = printed::of_code("23");
            line
        };
        assert_eq!(ids(&county(60_000.0, 3), &dated("2024")), ["printed_sum", "part_in_data"]);
        let whole = county(130_810.0, 8);
        assert_eq!(ids(&whole, &dated("2024")), ["printed_sum", "people_differ"]);
        let Flag::People { reasons, .. } = &flags(&whole, &dated("2024"))[1] else { panic!("people") };
        assert!(matches!(reasons.as_slice(), [Reason::PrintedMixed { .. }]), "{reasons:?}");
        assert_eq!(ids(&county(132_670.0, 8), &dated("2024")), ["printed_sum"]);
        let alone = Line { people: None, parts: None, is_held: false, ..county(0.0, 8) };
        assert_eq!(ids(&alone, &dated("2024")), ["printed_sum", "not_in_data"]);
        let dalarna = Line { printed: None, ..county(280_000.0, 7) };
        assert_eq!(ids(&dalarna, &dated("2024")), ["part_in_data"], "also where nothing is printed");
    }
}
