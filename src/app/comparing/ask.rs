//! Whom to ask about what is not known of a place?

use crate::lang::{Lang, Said};

/// Whom to ask about what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    Store,
    Municipality,
    StoreAndMunicipality,
    PropertyOwner,
    Village,
    CountyBoard,
    /// Nobody: a layer or a column is to be loaded.
    Data,
}

impl Ask {
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Municipality => "municipality",
            Self::StoreAndMunicipality => "store_and_municipality",
            Self::PropertyOwner => "property_owner",
            Self::Village => "village",
            Self::CountyBoard => "county_board",
            Self::Data => "load_data",
        }
    }
}

impl Said for Ask {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Store => lang.pick("Fråga butiken", "Ask the store"),
            Self::Municipality => lang.pick("Fråga kommunen", "Ask the municipality"),
            Self::StoreAndMunicipality => {
                lang.pick("Fråga butiken och kommunen", "Ask the store and the municipality")
            }
            Self::PropertyOwner => lang.pick("Fråga fastighetsägaren", "Ask the property owner"),
            Self::Village => lang.pick("Fråga bygdens föreningar", "Ask the village’s associations"),
            Self::CountyBoard => lang.pick("Fråga länsstyrelsen", "Ask the county board"),
            Self::Data => lang.pick("Saknas i inlästa data", "Not in the data loaded"),
        }
        .into()
    }
}
