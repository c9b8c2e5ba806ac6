//! What is said where the user's language is not known yet? A text in both languages.

use crate::lang::{Lang, Said};

/// A text in both languages, made where the user's language is not known. As an error it is English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{en}")]
pub struct Message {
    sv: String,
    en: String,
}

impl Message {
    #[must_use]
    pub fn new(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self { sv: sv.into(), en: en.into() }
    }
}

impl Said for Message {
    fn said(&self, lang: Lang) -> String {
        lang.pick(&self.sv, &self.en).into()
    }
}
