//! Which speeds does a file state? The JSON form of a travel profile, checked.

use std::path::Path;

use serde_json::Value;

use super::content::file_name;
use super::{IoError, guarded};
use crate::model::{Message, SpeedSet, TravelProfile};

/// Reads speeds and assumptions; members and classes left out keep their defaults.
///
/// # Errors
/// [`IoError::Open`], or [`IoError::Profile`] for a value that no traveller could have and for a member that
/// no profile has: what is misspelt, or another file altogether, would change nothing without a word.
pub fn read_profile(path: &Path) -> Result<TravelProfile, IoError> {
    guarded(&file_name(path), || read(path))
}

fn read(path: &Path) -> Result<TravelProfile, IoError> {
    let text = std::fs::read(path).map_err(|source| IoError::Open { path: path.to_owned(), source })?;
    let fault = |message: Message| IoError::Profile { path: path.to_owned(), message };
    let inner = |message: String| fault(Message::new(message.clone(), message));
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let said: Value = serde_json::from_slice(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        fault(Message::new(
            format!("inte giltig JSON på rad {line}, tecken {column}"),
            format!("not valid JSON at line {line}, column {column}"),
        ))
    })?;
    if !said.is_object() {
        return Err(fault(Message::new("inte ett objekt {…}", "not an object {…}")));
    }
    // What is left out is as in the set that it names.
    let basis = said.get("basis").cloned().map(serde_json::from_value::<SpeedSet>).transpose();
    let defaults = basis
        .map_err(|_| {
            let found = &said["basis"];
            fault(Message::new(
                format!("basis är {found}; färdiga antaganden är default och pipos"),
                format!("basis is {found}; the ready sets are default and pipos"),
            ))
        })?
        .unwrap_or_default()
        .profile();
    let mut whole = serde_json::to_value(&defaults).map_err(|error| inner(error.to_string()))?;
    let known = whole.clone();
    if let Some((name, found)) = other_sort(&said, &known, "") {
        return Err(fault(Message::new(
            format!("{name} är {found}, ett annat slags värde än väntat"),
            format!("{name} is {found}, another sort of value than expected"),
        )));
    }
    lay_over(&mut whole, &said);
    let mut profile: TravelProfile =
        serde_json::from_value(whole).map_err(|error| inner(error.to_string()))?;
    if let Some(name) = unknown_member(&said, &known) {
        return Err(fault(Message::new(
            format!("inget värde heter {name}"),
            format!("no member is called {name}"),
        )));
    }
    for (class, speed) in defaults.speeds_kmh {
        profile.speeds_kmh.entry(class).or_insert(speed);
    }
    match profile.first_fault() {
        Some(found) => Err(fault(found)),
        None => Ok(profile),
    }
}

/// Puts what is said in place of what is there.
fn lay_over(whole: &mut Value, said: &Value) {
    match (whole, said) {
        (Value::Object(whole), Value::Object(said)) => {
            for (name, value) in said {
                lay_over(whole.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (whole, said) => *whole = said.clone(),
    }
}

/// The first member that is a text where a number is known, or the like.
fn other_sort(said: &Value, known: &Value, above: &str) -> Option<(String, Value)> {
    let (said, known) = (said.as_object()?, known.as_object()?);
    said.iter().find_map(|(name, value)| {
        let full = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        // Of classes any may be said; what is null may be anything.
        let known = if above == "speeds_kmh" { known.values().next()? } else { known.get(name)? };
        if value.is_object() && known.is_object() {
            return other_sort(value, known, &full);
        }
        let is_same = known.is_null() || std::mem::discriminant(value) == std::mem::discriminant(known);
        (!is_same && !value.is_null()).then(|| (full, value.clone()))
    })
}

/// The first member that is not among those known.
fn unknown_member(said: &Value, known: &Value) -> Option<String> {
    let (said, known) = (said.as_object()?, known.as_object()?);
    said.iter().find_map(|(name, value)| match known.get(name) {
        None => Some(name.clone()),
        // Classes are checked when they are read.
        Some(_) if name == "speeds_kmh" => None,
        Some(known) => unknown_member(value, known).map(|inner| format!("{name}.{inner}")),
    })
}
