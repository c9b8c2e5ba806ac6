//! How exactly is a date of the process known? A day, a month, a quarter or a year; nothing is made more exact than it
//! was said.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::lang::{Lang, Said};
use crate::say;

/// A date as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum When {
    Year(i16),
    /// 1…4.
    Quarter(i16, i8),
    /// 1…12.
    Month(i16, i8),
    Day(Date),
}

fn number<T: std::str::FromStr>(text: &str, digits: usize) -> Option<T> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn quarter_of(text: &str) -> Option<i8> {
    let text = text.trim().to_lowercase();
    let digit = ["kvartal", "quarter", "kv", "q"].into_iter().find_map(|word| text.strip_prefix(word))?;
    number(digit.trim_start_matches(['.', ' ']), 1).filter(|quarter| (1..=4).contains(quarter))
}

impl When {
    /// Reads `2024`, `2024-Q2` (also `Q2 2024`, `kvartal 2 2024`), `2024-05` or `2024-05-31`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((front, back)) = text.split_once(['-', ' '])
            && let Some(year) = number(front, 4)
            && let Some(quarter) = quarter_of(back)
        {
            return Some(Self::Quarter(year, quarter));
        }
        if let Some((front, back)) = text.rsplit_once([' ', '-'])
            && let Some(year) = number(back, 4)
            && let Some(quarter) = quarter_of(front)
        {
            return Some(Self::Quarter(year, quarter));
        }
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [year] => number(year, 4).map(Self::Year),
            [year, month] => {
                let month = number(month, 2).filter(|month| (1..=12).contains(month))?;
                Some(Self::Month(number(year, 4)?, month))
            }
            [year, month, day] => {
                Date::new(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok().map(Self::Day)
            }
            _ => None,
        }
    }

    /// The stable form in files; it sorts by time within its kind.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Day(day) => day.to_string(),
        }
    }

    /// The first day that it can mean.
    #[must_use]
    pub fn first_day(self) -> Date {
        let of = |year, month| Date::new(year, month, 1).unwrap_or(Date::MIN);
        match self {
            Self::Year(year) => of(year, 1),
            Self::Quarter(year, quarter) => of(year, (quarter - 1) * 3 + 1),
            Self::Month(year, month) => of(year, month),
            Self::Day(day) => day,
        }
    }

    /// The last day that it can mean: before it is over, nothing is late.
    #[must_use]
    pub fn last_day(self) -> Date {
        match self {
            Self::Year(year) => Date::new(year, 12, 31).unwrap_or(Date::MAX),
            Self::Quarter(year, quarter) => Self::Month(year, quarter * 3).last_day(),
            Self::Month(..) => self.first_day().last_of_month(),
            Self::Day(day) => day,
        }
    }

    /// The last day, and so many weeks more.
    #[must_use]
    pub fn last_day_with(self, margin_weeks: u16) -> Date {
        self.last_day().saturating_add(i64::from(margin_weeks).weeks())
    }
}

impl TryFrom<String> for When {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is no date: YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD"))
    }
}

impl From<When> for String {
    fn from(when: When) -> Self {
        when.text()
    }
}

impl Said for When {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Quarter(year, quarter) => say!(lang, "kvartal {quarter} {year}", "Q{quarter} {year}"),
            _ => self.text(),
        }
    }
}

/// Days from one day to another; below 0 where the other comes first.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn dates_are_as_exact_as_they_were_said() {
        for (text, first, last) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024-Q2", "2024-04-01", "2024-06-30"),
            ("Q2 2024", "2024-04-01", "2024-06-30"),
            ("kvartal 1 2024", "2024-01-01", "2024-03-31"),
            ("2024-Q4", "2024-10-01", "2024-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            (" 2023-05-25 ", "2023-05-25", "2023-05-25"),
        ] {
            let when = When::parse(text).expect(text);
            assert_eq!((when.first_day(), when.last_day()), (day(first), day(last)), "{text}");
            assert_eq!(When::parse(&when.text()), Some(when));
            for lang in [Lang::Sv, Lang::En] {
                assert_eq!(When::parse(&when.said(lang)), Some(when));
            }
        }
        for text in ["", "i vår", "2024-Q5", "2024-13", "2023-02-29", "24-05", "2024-5", "2024-Q", "Q0 2024"]
        {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_margin_is_counted_in_weeks_from_the_last_day() {
        let when = When::parse("2024-Q2").expect("a quarter");
        assert_eq!(when.last_day_with(2), day("2024-07-14"));
        assert_eq!(When::parse("9999").expect("a year").last_day_with(u16::MAX), Date::MAX);
        assert_eq!(days_between(day("2024-06-30"), day("2024-07-14")), 14);
        assert_eq!(days_between(day("2024-03-01"), day("2023-03-01")), -366);
    }
}
