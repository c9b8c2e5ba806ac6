//! How far has a SOT place come? The statuses of the source; a status always shows its date.

use crate::lang::{Lang, Said};

/// The state of a SOT place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SotStatus {
    Idea,
    InPlan,
    NotStarted,
    Paused,
    Procurement,
    Establishing,
    InPlace,
    InOperation,
    Inaugurated,
    Closed,
}

impl SotStatus {
    pub const ALL: [Self; 10] = [
        Self::Idea,
        Self::InPlan,
        Self::NotStarted,
        Self::Paused,
        Self::Procurement,
        Self::Establishing,
        Self::InPlace,
        Self::InOperation,
        Self::Inaugurated,
        Self::Closed,
    ];

    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::InPlan => "in_plan",
            Self::NotStarted => "not_started",
            Self::Paused => "paused",
            Self::Procurement => "procurement",
            Self::Establishing => "establishing",
            Self::InPlace => "in_place",
            Self::InOperation => "in_operation",
            Self::Inaugurated => "inaugurated",
            Self::Closed => "closed",
        }
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Idea => ("idé", "idea"),
            Self::InPlan => ("i plan (KSP)", "in plan (KSP)"),
            Self::NotStarted => ("ej påbörjad", "not started"),
            Self::Paused => ("pausad", "paused"),
            Self::Procurement => ("upphandling pågår", "procurement under way"),
            Self::Establishing => ("under etablering", "establishing"),
            Self::InPlace => ("på plats", "in place"),
            Self::InOperation => ("i drift", "in operation"),
            Self::Inaugurated => ("invigd", "inaugurated"),
            Self::Closed => ("nedlagd", "closed"),
        }
    }

    /// Reads an id, or the Swedish or English words.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace(['-', '_'], " ");
        if text == "upphandling" || text == "etablering" || text == "i plan" {
            return Self::ALL.into_iter().find(|s| s.words().0.contains(&text));
        }
        Self::ALL.into_iter().find(|status| {
            let (sv, en) = status.words();
            text == status.id().replace('_', " ") || text == sv.to_lowercase() || text == en.to_lowercase()
        })
    }

    /// Does the place serve people today?
    #[must_use]
    pub const fn is_serving(self) -> bool {
        matches!(self, Self::InPlace | Self::InOperation | Self::Inaugurated)
    }
}

impl Said for SotStatus {
    fn said(&self, lang: Lang) -> String {
        let (sv, en) = self.words();
        lang.pick(sv, en).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_and_words_of_both_languages() {
        for status in SotStatus::ALL {
            assert_eq!(SotStatus::parse(status.id()), Some(status));
            assert_eq!(SotStatus::parse(&status.said(Lang::Sv)), Some(status));
            assert_eq!(SotStatus::parse(&status.said(Lang::En)), Some(status));
        }
        assert_eq!(SotStatus::parse("Upphandling"), Some(SotStatus::Procurement));
        assert_eq!(SotStatus::parse("unknown"), None);
    }
}
