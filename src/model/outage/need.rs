//! What do people need of places in a crisis? The kinds of service that coverage is computed for, information and a warm
//! room.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Said};
use crate::model::ServiceKind;

/// What somebody needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    Kind(ServiceKind),
    /// A place where the municipality informs.
    Information,
    /// A room that is warm.
    WarmRoom,
}

impl Need {
    pub const COUNT: usize = 9;

    /// All of them, what decides most first.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Kind(ServiceKind::Grocery),
        Self::Kind(ServiceKind::Fuel),
        Self::Kind(ServiceKind::Payment),
        Self::Information,
        Self::Kind(ServiceKind::Pharmacy),
        Self::WarmRoom,
        Self::Kind(ServiceKind::Sot),
        Self::Kind(ServiceKind::Parcel),
        Self::Kind(ServiceKind::Rescue),
    ];

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.id(),
            Self::Information => "information",
            Self::WarmRoom => "warm_room",
        }
    }

    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.id() == id)
    }

    /// The kind of service, where it is one.
    #[must_use]
    pub const fn kind(self) -> Option<ServiceKind> {
        match self {
            Self::Kind(kind) => Some(kind),
            Self::Information | Self::WarmRoom => None,
        }
    }
}

impl Said for Need {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Kind(kind) => kind.said(lang),
            Self::Information => lang.pick("Information", "Information").into(),
            Self::WarmRoom => lang.pick("Värmestuga", "Warm room").into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measured_kind_is_a_need_with_a_name() {
        for kind in ServiceKind::measured() {
            assert!(Need::ALL.contains(&Need::Kind(kind)), "{kind:?}");
        }
        for need in Need::ALL {
            assert_eq!(Need::from_id(need.id()), Some(need));
        }
    }
}
