//! On which days of the year is a road closed to cars, by OpenStreetMap's `…:conditional` tags?
//! Only conditions that name days of the year are understood; hours, weekdays, weights and weather are not.

use super::tag_list::Tags;
use crate::model::MonthDay;

/// Keys that speak of a car, the most special first.
const KEYS: [&str; 4] =
    ["motorcar:conditional", "motor_vehicle:conditional", "vehicle:conditional", "access:conditional"];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The days on which the road is closed to cars, and how many of its conditions are thereby obeyed.
pub(super) fn closed_days(tags: Tags<'_>) -> (Option<[MonthDay; 2]>, usize) {
    let Some(value) = KEYS.iter().find_map(|key| tags.find(key)) else { return (None, 0) };
    // Several conditions are joined by semicolons outside brackets: more than one is more than is understood.
    let days = match value.split_once('@') {
        Some((access, days)) if access.trim() == "no" => days_of(days),
        _ => None,
    };
    (days, usize::from(days.is_some()))
}

/// `(Oct 15-Jun 6)`, `may-oct`, `Nov 01 - Apr 30`, `winter`.
fn days_of(text: &str) -> Option<[MonthDay; 2]> {
    let text = text.trim();
    let text = text.strip_prefix('(').map_or(text, |inner| inner.trim_end_matches(')')).trim().to_lowercase();
    let (from, to) = text.split_once(['-', '–'])?;
    Some([day_of(from, false)?, day_of(to, true)?])
}

/// A day, or the first or last of a month.
fn day_of(text: &str, is_last: bool) -> Option<MonthDay> {
    let mut words = text.split_whitespace();
    let month = words.next()?;
    let month = MONTHS
        .iter()
        .position(|known| month.get(..3) == Some(known) && month.chars().all(char::is_alphabetic))?;
    let month = u8::try_from(month + 1).ok()?;
    let day = match words.next() {
        Some(day) => day.trim_end_matches('.').parse().ok()?,
        None if is_last => (1..=31).rev().find(|day| MonthDay { month, day: *day }.exists())?,
        None => 1,
    };
    let found = MonthDay { month, day };
    (words.next().is_none() && found.exists()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_year_and_nothing_else() {
        let day = |month, day| MonthDay { month, day };
        let check = |value: &str, wanted: Option<[MonthDay; 2]>| {
            let tags = [("motor_vehicle:conditional", value)];
            assert_eq!(closed_days(Tags(&tags)), (wanted, usize::from(wanted.is_some())), "{value}");
        };
        check("no @ (Oct 15-Jun 6)", Some([day(10, 15), day(6, 6)]));
        check("no @ (may-oct)", Some([day(5, 1), day(10, 31)]));
        check("no @ Nov 1 - Apr 30", Some([day(11, 1), day(4, 30)]));
        check("no @ (November-February)", Some([day(11, 1), day(2, 29)]));
        for other in [
            "yes @ (may-oct)",
            "no @ (22:00-06:00)",
            "no @ (Mo-Fr 07:00-09:00)",
            "no @ (weight > 3.5)",
            "no @ (Oct 15-Jun 6); destination @ (Jul-Aug)",
            "no @ (Feb 31-Mar 1)",
            "no @ winter",
            "no",
        ] {
            check(other, None);
        }
        assert_eq!(closed_days(Tags(&[("maxspeed:conditional", "30 @ (may-oct)")])), (None, 0));
        assert_eq!(closed_days(Tags(&[("access:conditional", "no @ (may-oct)")])).1, 1);
    }
}
