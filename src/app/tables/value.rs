//! What stands in one cell of a table, how is it read on screen, and which comes first?

use std::cmp::Ordering;

use crate::lang::Lang;
use crate::units::{Metres, People, Seconds};

/// What stands in one cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Nothing,
    Text(String),
    Number {
        value: f64,
        in_files: usize,
        on_screen: usize,
    },
    /// A number that says whether it is more or less.
    Difference {
        value: f64,
        in_files: usize,
        on_screen: usize,
    },
    People(People),
    /// A part of a whole, 0…1.
    Share(f64),
}

impl Value {
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number with so many decimals, in files and on screen.
    #[must_use]
    pub const fn number(value: f64, decimals: usize) -> Self {
        Self::Number { value, in_files: decimals, on_screen: decimals }
    }

    /// Kilometres; metres in files.
    #[must_use]
    pub fn km(length: Option<Metres>) -> Self {
        length.map_or(Self::Nothing, |length| Self::Number { value: length.km(), in_files: 3, on_screen: 1 })
    }

    #[must_use]
    pub fn minutes(time: Option<Seconds>) -> Self {
        time.map_or(Self::Nothing, |time| Self::Number { value: time.minutes(), in_files: 2, on_screen: 1 })
    }

    #[must_use]
    pub fn people(people: Option<People>) -> Self {
        people.map_or(Self::Nothing, Self::People)
    }

    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
    pub const fn count(count: usize) -> Self {
        Self::number(count as f64, 0)
    }

    /// As people read it: "–" where there is nothing.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        match self {
            Self::Nothing => "–".into(),
            Self::Text(text) if text.is_empty() => "–".into(),
            Self::Text(text) => text.clone(),
            Self::Number { value, on_screen, .. } => lang.number(*value, *on_screen),
            Self::Difference { value, on_screen, .. } => {
                let sign = if *value > 0.0 { "+" } else { "" };
                format!("{sign}{}", lang.number(*value, *on_screen))
            }
            Self::People(people) => lang.people(*people),
            Self::Share(share) => lang.percent(*share),
        }
    }

    /// The number, and with how many decimals it stands in files; nothing for a text.
    #[must_use]
    pub fn in_files(&self) -> Option<(f64, usize)> {
        Some(match self {
            Self::Nothing | Self::Text(_) => return None,
            Self::Number { value, in_files, .. } | Self::Difference { value, in_files, .. } => {
                (*value, *in_files)
            }
            Self::People(people) => (people.value(), usize::from(people.value().fract().abs() > 1e-9)),
            Self::Share(share) => (*share, 4),
        })
    }

    /// Does it stand at the right of its column?
    #[must_use]
    pub const fn is_number(&self) -> bool {
        !matches!(self, Self::Text(_))
    }

    fn as_number(&self) -> Option<f64> {
        match self {
            Self::Nothing | Self::Text(_) => None,
            Self::Number { value, .. } | Self::Difference { value, .. } | Self::Share(value) => Some(*value),
            Self::People(people) => Some(people.value()),
        }
    }

    /// Smaller first; texts by their letters. Where there is nothing is before every number.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        if let (Self::Text(own), Self::Text(other)) = (self, other) {
            return own.cmp(other);
        }
        let number = |value: &Self| value.as_number().unwrap_or(f64::NEG_INFINITY);
        number(self).total_cmp(&number(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_said_and_sorted() {
        let value = Value::Difference { value: 1.25, in_files: 3, on_screen: 1 };
        assert_eq!(value.said(Lang::Sv), "+1,2");
        assert_eq!(Value::text("").said(Lang::Sv), "–");
        assert_eq!(Value::Share(0.5).said(Lang::Sv), "50,0\u{a0}%");
        let mut values = [Value::number(2.0, 0), Value::Nothing, Value::number(1.0, 0)];
        values.sort_by(Value::order);
        assert_eq!(values, [Value::Nothing, Value::number(1.0, 0), Value::number(2.0, 0)]);
        assert_eq!(Value::text("b").order(&Value::text("a")), Ordering::Greater);
    }
}
