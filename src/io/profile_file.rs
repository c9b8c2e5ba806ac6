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
    let profile: TravelProfile = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    match profile.first_fault() {
        Some(fault) => Err(wrong(fault)),
        None => Ok(profile),
    }
}
