//! How is a saved number read back as the very same number?
//! `serde_json` may miss a decimal number by its last bit, so a place would drift with every save;
//! the standard library never does.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Error, Map, Number, Value};

/// Deeper than any document, far from the end of the stack.
const DEPTH_MAX: usize = 32;

/// Parses JSON, numbers exact.
///
/// # Errors
/// Where the text is not JSON, is nested too deep, or holds a number that no `f64` can hold.
pub fn parse(text: &str) -> Result<Value, Error> {
    value(serde_json::from_str(text)?, DEPTH_MAX)
}

fn value(raw: &RawValue, depth: usize) -> Result<Value, Error> {
    let text = raw.get();
    let depth = depth.checked_sub(1).ok_or_else(|| wrong("nested too deep"))?;
    match text.as_bytes().first() {
        Some(b'{') => {
            // Owned keys: one with an escape cannot be borrowed.
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            let members = members.into_iter().map(|(name, raw)| Ok((name, value(raw, depth)?)));
            members.collect::<Result<Map<_, _>, Error>>().map(Value::Object)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            items.into_iter().map(|raw| value(raw, depth)).collect::<Result<_, _>>().map(Value::Array)
        }
        Some(b'-' | b'0'..=b'9') if text.contains(['.', 'e', 'E']) => {
            let number: f64 = text.parse().map_err(|_| wrong("not a number"))?;
            Number::from_f64(number).map(Value::Number).ok_or_else(|| wrong("a number is too large"))
        }
        _ => serde_json::from_str(text),
    }
}

fn wrong(message: &str) -> Error {
    serde::de::Error::custom(message)
}
