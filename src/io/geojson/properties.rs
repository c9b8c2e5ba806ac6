//! What do a feature's properties say? Passes over them once, counting columns and keeping values.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::io::features::{Intake, sample_of};
use crate::model::Entry;

/// Counts columns while passing over the properties once, and takes what they say.
pub(super) struct PropertyScan<'c, 'a> {
    pub intake: &'c mut Intake,
    pub said: &'c mut Vec<(usize, Said<'a>)>,
    pub own_id: Option<Box<str>>,
}

impl<'de> Visitor<'de> for &mut PropertyScan<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let value: Said<'de> = map.next_value()?;
            let column = self.intake.columns.column(&key);
            let Some(entry) = value.entry() else { continue };
            self.intake.count(column, entry);
            if key == "source" && entry == Entry::Text("demo") {
                self.intake.mark_demo();
            }
            if key == "id" && !matches!(entry, Entry::Other(other) if !other.is_number()) {
                self.own_id = Some(sample_of(entry).into());
            }
            // Of a name given twice the last holds.
            match self.said.iter_mut().find(|(known, _)| *known == column) {
                Some((_, known)) => *known = value,
                None => self.said.push((column, value)),
            }
        }
        Ok(())
    }
}

/// A property's value.
pub(super) enum Said<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Flag(bool),
    Text(Cow<'a, str>),
    /// A list, an object, or a whole number beyond 63 bits.
    Other(serde_json::Value),
}

impl Said<'_> {
    /// The value of a table, where anything is said.
    pub fn entry(&self) -> Option<Entry<'_>> {
        Some(match self {
            Said::Null => return None,
            Said::Integer(number) => Entry::Integer(*number),
            Said::Real(number) => Entry::Real(*number),
            Said::Flag(said) => Entry::Flag(*said),
            Said::Text(text) => Entry::Text(text),
            Said::Other(value) => Entry::Other(value),
        })
    }
}

impl<'de> Deserialize<'de> for Said<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SaidVisitor;

        impl<'de> Visitor<'de> for SaidVisitor {
            type Value = Said<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Said::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Said::Flag(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Said::Integer(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(i64::try_from(value).map_or_else(|_| Said::Other(value.into()), Said::Integer))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Said::Real(value))
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Said::Text(Cow::Borrowed(value)))
            }
            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Said::Text(Cow::Owned(value.to_owned())))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                serde_json::Value::deserialize(SeqAccessDeserializer::new(seq)).map(Said::Other)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                serde_json::Value::deserialize(MapAccessDeserializer::new(map)).map(Said::Other)
            }
        }

        deserializer.deserialize_any(SaidVisitor)
    }
}
