//! What does the window remember of evidence, while it is typed?

use crate::model::{Evidence, EvidenceKind};

/// Evidence being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceDraft {
    pub kind: EvidenceKind,
    pub who: String,
    pub when: String,
    pub what: String,
}

impl EvidenceDraft {
    /// Somebody says so today; who is asked, not assumed.
    #[must_use]
    pub fn of(today: &str) -> Self {
        let (who, when, what) = (String::new(), today.to_owned(), String::new());
        Self { kind: EvidenceKind::Stated, who, when, what }
    }

    /// As it is kept.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let [who, when, what] = [&self.who, &self.when, &self.what].map(|text| text.trim().to_owned());
        Evidence { kind: self.kind, who, when, what }
    }
}
