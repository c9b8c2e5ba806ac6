//! A day of the year, whatever the year.

use serde::{Deserialize, Serialize};

/// A day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MonthDay {
    pub month: u8,
    pub day: u8,
}

impl MonthDay {
    /// Is there such a day, in a leap year at least?
    #[must_use]
    pub const fn exists(self) -> bool {
        let days = match self.month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        self.day >= 1 && self.day <= days
    }

    /// Does it lie within days of the year, both included? They may pass the turn of the year.
    #[must_use]
    pub fn is_within(self, [from, to]: [Self; 2]) -> bool {
        if from <= to { (from..=to).contains(&self) } else { self >= from || self <= to }
    }

    /// Halfway to a later day, which may lie beyond the turn of the year; months count thirty days.
    pub(super) fn middle_of(self, to: Self) -> Self {
        const YEAR: u16 = 360;
        let number = |day: Self| (u16::from(day.month).max(1) - 1) * 30 + u16::from(day.day.clamp(1, 30)) - 1;
        let (first, last) = (number(self), number(to));
        let last = if last < first { last + YEAR } else { last };
        let middle = u16::midpoint(first, last) % YEAR;
        let part = |n: u16| u8::try_from(n).unwrap_or(1);
        // February has no thirtieth.
        let (month, day) = (part(middle / 30 + 1), part(middle % 30 + 1));
        Self { month, day: if month == 2 { day.min(28) } else { day } }
    }
}
