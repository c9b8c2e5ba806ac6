//! Which speeds does a file state? The JSON form of a travel profile, checked.

use std::path::Path;

use serde_json::Value;

use super::source::file_name;
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
    let wrong = |message: String| fault(Message::new(message.clone(), message));
    let said: Value = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    // What is left out is as in the set that it names.
    let basis = said.get("basis").cloned().map(serde_json::from_value::<SpeedSet>).transpose();
    let defaults = basis.map_err(|error| wrong(format!("basis: {error}")))?.unwrap_or_default().profile();
    let mut whole = serde_json::to_value(&defaults).map_err(|error| wrong(error.to_string()))?;
    lay_over(&mut whole, &said);
    let mut profile: TravelProfile =
        serde_json::from_value(whole).map_err(|error| wrong(error.to_string()))?;
    let known = serde_json::to_value(&defaults).map_err(|error| wrong(error.to_string()))?;
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
