//! What can be wrong with a place, that somebody has to decide? The kinds of findings, their words and what they mean.

use crate::lang::{Lang, Said};

/// What was found of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Another of its kind and name stands nearby.
    SameName,
    /// Another of its kind, by another name, stands within metres.
    SamePlace,
    /// It lies outside the country.
    OutsideCountry,
    /// It lies outside the areas that are loaded.
    OutsideAreas,
    /// It lies in the sea or a lake.
    InWater,
    /// No road is near.
    FarFromRoad,
    /// A store that nobody seems to staff.
    Unstaffed,
    /// The people of a layer are more or fewer than they should be.
    Total,
}

impl FindingKind {
    /// In the order they are looked at.
    pub const ALL: [Self; 8] = [
        Self::SameName,
        Self::SamePlace,
        Self::OutsideCountry,
        Self::OutsideAreas,
        Self::InWater,
        Self::FarFromRoad,
        Self::Unstaffed,
        Self::Total,
    ];

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::SamePlace => "same_place",
            Self::SameName => "same_name",
            Self::OutsideCountry => "outside_country",
            Self::OutsideAreas => "outside_areas",
            Self::InWater => "in_water",
            Self::FarFromRoad => "far_from_road",
            Self::Unstaffed => "unstaffed",
            Self::Total => "total",
        }
    }

    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Are two places concerned, of which one may be too many?
    #[must_use]
    pub const fn is_of_two(self) -> bool {
        matches!(self, Self::SamePlace | Self::SameName)
    }
}

impl Said for FindingKind {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::SameName => lang.pick("Trolig dubblett", "Probable duplicate"),
            Self::SamePlace => lang.pick("Två på samma plats", "Two at one place"),
            Self::OutsideCountry => lang.pick("Utanför Sverige", "Outside Sweden"),
            Self::OutsideAreas => lang.pick("Utanför områdena", "Outside the areas"),
            Self::InWater => lang.pick("I vatten", "In water"),
            Self::FarFromRoad => lang.pick("Långt från väg", "Far from any road"),
            Self::Unstaffed => lang.pick("Kan vara obemannad", "May be unstaffed"),
            Self::Total => lang.pick("Summan stämmer inte", "The total disagrees"),
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_is_found_by_it() {
        for kind in FindingKind::ALL {
            assert_eq!(FindingKind::from_id(kind.id()), Some(kind));
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.id().into()));
        }
        assert_eq!(FindingKind::from_id("no_such"), None);
    }
}
