//! Which places take part in a question, in which role and why? Said before anything is solved, without costs of travel.

use super::places::{self, Exclusion, Place, UnknownFavoured};
use super::pose;
use super::question::Question;
use super::unsolvable::Unsolvable;
use crate::app::Results;
use crate::location::Role;
use crate::model::SiteId;

/// The places of a question with their roles, and the pairs that exclude each other.
#[derive(Debug, Clone)]
pub struct Preview {
    pub places: Vec<Place>,
    pub exclusions: Vec<Exclusion>,
    pub unknown_favoured: Vec<UnknownFavoured>,
}

impl Preview {
    #[must_use]
    pub fn count(&self, role: Role) -> usize {
        self.places.iter().filter(|place| place.role == role).count()
    }

    #[must_use]
    pub fn position(&self, site: &SiteId) -> Option<usize> {
        self.places.iter().position(|place| place.is(site))
    }
}

/// The roles of a question.
///
/// # Errors
/// [`Unsolvable`] when the question names what is not there.
pub fn preview(question: &Question, results: &Results) -> Result<Preview, Unsolvable> {
    let (places, _) = pose::with_roles(question, results)?;
    let (exclusions, unknown_favoured) = places::exclusions(question, results, &places)?;
    Ok(Preview { places, exclusions, unknown_favoured })
}
