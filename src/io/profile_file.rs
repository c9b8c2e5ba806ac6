//! Which speeds does a file state? The JSON form of a travel profile, checked.

use std::path::Path;

use super::IoError;
use crate::model::TravelProfile;

/// Reads speeds and assumptions; members left out keep their defaults.
///
/// # Errors
/// [`IoError::Open`], or [`IoError::Profile`] for a value that no traveller could have.
pub fn read_profile(path: &Path) -> Result<TravelProfile, IoError> {
    let text = std::fs::read(path).map_err(|source| IoError::Open { path: path.to_owned(), source })?;
    let wrong = |message: String| IoError::Profile { path: path.to_owned(), message };
    let json: serde_json::Value = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    let defaults =
        serde_json::to_value(TravelProfile::default()).map_err(|error| wrong(error.to_string()))?;
    if let Some(name) = unknown(&json, &defaults) {
        return Err(wrong(format!("there is no “{name}”")));
    }
    let mut profile: TravelProfile =
        serde_json::from_value(json).map_err(|error| wrong(error.to_string()))?;
    for (class, speed) in TravelProfile::default().speeds_kmh {
        profile.speeds_kmh.entry(class).or_insert(speed);
    }
    match profile.first_fault() {
        Some(fault) => Err(wrong(fault)),
        None => Ok(profile),
    }
}

/// The first member that a profile does not have: a slip of the pen would change nothing in silence.
fn unknown(said: &serde_json::Value, known: &serde_json::Value) -> Option<String> {
    let (Some(said), Some(known)) = (said.as_object(), known.as_object()) else { return None };
    said.iter().find_map(|(name, value)| match known.get(name) {
        None => Some(name.clone()),
        Some(inner) => unknown(value, inner).map(|below| format!("{name}.{below}")),
    })
}
