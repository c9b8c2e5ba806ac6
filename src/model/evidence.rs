//! How do we know? Every fact that decides a verdict carries who said it, when, and on what ground.

use crate::lang::{Lang, Said};

/// The ground of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    Observed,
    Register,
    Calculated,
    Stated,
    #[default]
    None,
}

impl EvidenceKind {
    /// The kinds a person can give by hand.
    pub const BY_HAND: [Self; 3] = [Self::Observed, Self::Stated, Self::Register];

    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Register => "register",
            Self::Calculated => "calculated",
            Self::Stated => "stated",
            Self::None => "none",
        }
    }
}

impl Said for EvidenceKind {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Observed => lang.pick("sett på plats", "observed"),
            Self::Register => lang.pick("register", "register"),
            Self::Calculated => lang.pick("beräknat", "calculated"),
            Self::Stated => lang.pick("uppgett", "stated"),
            Self::None => lang.pick("ingen uppgift", "no evidence"),
        }
        .into()
    }
}

/// Who says a fact, when, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    pub kind: EvidenceKind,
    /// Who says so: a person, or the file.
    pub who: String,
    /// The date, `YYYY-MM-DD`, or empty when the source gives none.
    pub when: String,
    /// What it rests on: a visit, a call, an agreement …
    pub what: String,
}

impl Evidence {
    #[must_use]
    pub fn register(file: &str, when: &str) -> Self {
        Self { kind: EvidenceKind::Register, who: file.into(), when: when.into(), what: String::new() }
    }

    #[must_use]
    pub fn calculated(what: impl Into<String>) -> Self {
        Self { kind: EvidenceKind::Calculated, what: what.into(), ..Self::default() }
    }

    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }
}

/// Is it a date as evidence bears it: a day, a month or a year that there is, or nothing?
#[must_use]
pub fn is_evidence_date(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() {
        return true;
    }
    let parts: Vec<&str> = text.split('-').collect();
    let is_number =
        |part: &str, digits: usize| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [year] => is_number(year, 4),
        [year, month] => {
            is_number(year, 4) && is_number(month, 2) && (1..=12).contains(&month.parse::<u8>().unwrap_or(0))
        }
        [year, month, day] => {
            is_number(year, 4)
                && is_number(month, 2)
                && is_number(day, 2)
                && text.parse::<jiff::civil::Date>().is_ok()
        }
        _ => false,
    }
}

impl Said for Evidence {
    fn said(&self, lang: Lang) -> String {
        let parts = [self.kind.said(lang), self.who.clone(), self.when.clone(), self.what.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_date() {
        for text in ["2026-11-27", "2026-11", "2026", "", " 2024-02-29 "] {
            assert!(is_evidence_date(text), "{text}");
        }
        for text in ["2026-11-27telefonsamtal", "27/11", "2026-13", "2023-02-29", "igår", "2026-1-2"] {
            assert!(!is_evidence_date(text), "{text}");
        }
    }
}
