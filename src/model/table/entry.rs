//! What does a table say in one place? A number, a text, yes or no, or what is none of these.

use serde_json::Value;

/// A value of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry<'a> {
    Integer(i64),
    Real(f64),
    Flag(bool),
    Text(&'a str),
    /// A list, an object, or a number that is neither of the above, as it was written.
    Other(&'a Value),
}

impl<'a> Entry<'a> {
    /// A number that was written as one.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "people, codes and money are far below 2^53")]
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(number as f64),
            Self::Real(number) => Some(number),
            Self::Other(value) => value.as_f64(),
            Self::Flag(_) | Self::Text(_) => None,
        }
    }

    /// As people read it: without quotes and the space around.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => Value::from(number).to_string(),
            Self::Flag(said) => said.to_string(),
            Self::Text(text) => text.trim().to_owned(),
            Self::Other(value) => value.to_string(),
        }
    }

    /// Was it written as text? A number in quotes may be anything.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// The value of a JSON member; nothing for null.
    #[must_use]
    pub fn of(value: &'a Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(said) => Self::Flag(*said),
            Value::String(text) => Self::Text(text),
            Value::Number(number) => match (number.as_i64(), number.is_f64(), number.as_f64()) {
                (Some(whole), ..) => Self::Integer(whole),
                (None, true, Some(real)) => Self::Real(real),
                _ => Self::Other(value),
            },
            Value::Array(_) | Value::Object(_) => Self::Other(value),
        })
    }

    /// As a member of a JSON object.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Integer(number) => number.into(),
            Self::Real(number) => number.into(),
            Self::Flag(said) => said.into(),
            Self::Text(text) => text.into(),
            Self::Other(value) => value.clone(),
        }
    }
}

/// As a member of a JSON object.
impl serde::Serialize for Entry<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(number) => to.serialize_i64(*number),
            Self::Real(number) => to.serialize_f64(*number),
            Self::Flag(said) => to.serialize_bool(*said),
            Self::Text(text) => to.serialize_str(text),
            Self::Other(value) => value.serialize(to),
        }
    }
}
